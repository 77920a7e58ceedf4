//! Offers for one loan, compared.

use super::{
    amounts::{Amounts, Share, months, narrow},
    monthly::{MonthlyLoan, MonthlyTerms},
    refinance::MAX_POINTS,
};
use crate::loan::MAX_TERM_MONTHS;
use wherewithal_base::{
    Result, check,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// Offers for a loan of one principal.
#[derive(Debug, Clone, Wire)]
pub struct LoanComparisonInput {
    /// The principal; greater than zero.
    #[wire(above = 0)]
    pub principal: Decimal,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The offers, 2 to 10. All costs at closing are paid in cash.
    #[wire(length = 2..=10)]
    pub offers: Vec<LoanOffer>,
    /// The months for which the costs are shown, each 1 to 1200; by default, the end of every year of the longest
    /// offer.
    #[wire(default, range = 1..=1200, length = ..=1200)]
    pub horizons: Vec<u32>,
    /// How payments, interest and points are rounded to the minor unit of the currency.
    #[wire(default)]
    pub rounding: Rounding,
}

/// One offer: a loan that is repaid by level monthly payments.
#[derive(Debug, Clone, Wire)]
pub struct LoanOffer {
    /// A unique name by which the answer refers to the offer.
    pub name: String,
    /// Nominal annual rate as a fraction (0.065 is 6.5 %), compounded monthly, from 0 to 10.
    #[wire(rate, range = 0..=10)]
    pub annual_rate: Decimal,
    /// The number of monthly payments, 1 to 1200.
    #[wire(range = 1..=1200)]
    pub term_months: u32,
    /// Discount points in percent of the principal: 1.5 is 1.5 %. From 0 to 50.
    #[wire(default, range = 0..=50)]
    pub points: Decimal,
    /// All other costs at closing.
    #[wire(default)]
    pub fees: Decimal,
    /// The lender's credit towards the costs; at most the principal.
    #[wire(default)]
    pub lender_credit: Decimal,
}

/// The offers with their costs, and which is cheapest for how long.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanComparisonResult {
    /// The offers in the order of the input.
    pub offers: Vec<ComparedOffer>,
    /// The cheapest offer by the month in which the loan is repaid: one entry for each range of months.
    pub best: Vec<BestOffer>,
    /// For each pair of offers with different costs at closing: when the dearer one breaks even.
    pub break_evens: Vec<OfferBreakEven>,
}

/// An offer and what it costs.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ComparedOffer {
    /// Its name.
    pub name: String,
    /// The monthly payment.
    pub payment: Decimal,
    /// The points as an amount.
    pub points: Decimal,
    /// Points and fees less the lender's credit; negative when the credit is more.
    pub upfront_cost: Decimal,
    /// The sum of all interest.
    pub total_interest: Decimal,
    /// The costs at closing and all payments.
    pub total_paid: Decimal,
    /// The costs at closing and all interest.
    pub total_cost: Decimal,
    /// Its cost until each horizon.
    pub costs: Vec<OfferCost>,
}

/// The cost of an offer until a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct OfferCost {
    /// The month.
    pub month: u32,
    /// The payments so far, without the costs at closing.
    pub paid: Decimal,
    /// The interest in them.
    pub interest: Decimal,
    /// The remaining balance.
    pub balance: Decimal,
    /// The costs at closing and the interest so far: what the loan costs if it is repaid in that month.
    pub cost: Decimal,
}

/// The cheapest offer of a range of months.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct BestOffer {
    /// The name of the offer; of several that cost the same, the first in the list.
    pub offer: String,
    /// The first month of the range.
    pub first_month: u32,
    /// The last month of the range; the end of the longest offer in the last range.
    pub last_month: u32,
}

/// The break-even of the offer with the higher costs at closing.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct OfferBreakEven {
    /// The offer that costs more at closing.
    pub offer: String,
    /// The offer that it is compared with.
    pub against: String,
    /// By cash: the first month, from 1, at which its payments so far and its costs at closing are no more than the
    /// other's; null if they never are. What is owed does not count.
    pub cash: Option<u32>,
    /// By interest: the first month, from 1, until which its interest and its costs at closing are no more than the
    /// other's; null if they never are. This is the measure of `best`.
    pub interest: Option<u32>,
}

/// The costs of several offers for one loan, and the cheapest, depending on how long the loan is kept.
///
/// The cost until a month is the costs at closing and the interest until then. Nothing is discounted: money now and
/// money later count the same.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, LoanComparisonInput, LoanOffer};
/// use wherewithal::{money::Currency, num::{Decimal, Rounding}, rates::percent};
///
/// let offer = |name: &str, rate: Decimal, points: &str| -> wherewithal::Result<LoanOffer> {
///     Ok(LoanOffer {
///         name: name.to_owned(),
///         annual_rate: rate,
///         term_months: 360,
///         points: points.parse()?,
///         fees: Decimal::ZERO,
///         lender_credit: Decimal::ZERO,
///     })
/// };
/// let compared = debt::compare_loans(&LoanComparisonInput {
///     principal: "300000".parse()?,
///     currency: Currency::USD,
///     offers: vec![offer("no points", percent("6.5")?, "0")?, offer("one point", percent("6.25")?, "1")?],
///     horizons: vec![60],
///     rounding: Rounding::HalfEven,
/// })?;
/// assert_eq!(compared.break_evens[0].interest, Some(48));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.too_short`, `text.invalid`, `amount.out_of_range`, `rate.out_of_range`, `term.out_of_range`,
/// `list.too_long`, `decimal.too_precise`, `payment.never_repays`, each at the path of its field.
pub fn compare_loans(input: &LoanComparisonInput) -> Result<LoanComparisonResult> {
    let amounts = Amounts::of(input.currency)?;
    let principal = amounts.read_positive(input.principal, "principal")?;
    check::length(input.offers.len(), 2..=10).at("offers")?;
    check::names(input.offers.iter().map(|offer| offer.name.as_str()), "name").at("offers")?;
    let mut offers = Vec::with_capacity(input.offers.len());
    for (index, offer) in input.offers.iter().enumerate() {
        let priced = PricedOffer::new(offer, amounts, principal, input.rounding);
        offers.push(priced.at_index("offers", index)?);
    }
    let end = offers.iter().fold(0, |end, offer| end.max(offer.loan.len()));
    let horizons = horizons(&input.horizons, end)?;
    Ok(LoanComparisonResult {
        offers: offers.iter().map(|offer| offer.compared(&horizons)).collect::<Result<_>>()?,
        best: best_offers(&offers, end),
        break_evens: break_evens(&offers, end),
    })
}

/// The months of the input, or the end of every year up to `end`.
fn horizons(given: &[u32], end: u32) -> Result<Vec<u32>> {
    if given.is_empty() {
        return Ok((12..end).step_by(12).chain([end]).collect());
    }
    check::length(given.len(), 0..=MAX_TERM_MONTHS as usize).at("horizons")?;
    let checked = given.iter().enumerate();
    checked.map(|(index, month)| months(*month).at_index("horizons", index)).collect()
}

/// An offer and its months, in minor units.
struct PricedOffer<'a> {
    offer: &'a LoanOffer,
    amounts: Amounts,
    principal: i64,
    points: i64,
    total_interest: i128,
    upfront: i64,
    loan: MonthlyLoan,
    /// The interest until each month, from month 0.
    interest: Vec<i128>,
}

impl<'a> PricedOffer<'a> {
    fn new(offer: &'a LoanOffer, amounts: Amounts, principal: i64, rounding: Rounding) -> Result<Self> {
        let terms = MonthlyTerms::read(amounts, offer.annual_rate, offer.term_months, rounding)?;
        let share = Share::read(offer.points, MAX_POINTS, "points")?.divided_by(100);
        let points = narrow(share.of(principal.into(), rounding)?)?;
        let fees = amounts.read(offer.fees, "fees")?;
        let lender_credit = amounts.read_credit(offer.lender_credit, principal)?;
        let loan = terms.level(principal).at("termMonths")?;
        let mut total_interest = 0;
        let mut interest = Vec::with_capacity(loan.months.len());
        for month in &loan.months {
            total_interest += i128::from(month.interest);
            interest.push(total_interest);
        }
        Ok(Self {
            offer,
            amounts,
            principal,
            points,
            upfront: points + fees - lender_credit,
            loan,
            interest,
            total_interest,
        })
    }

    /// The interest until a month, from 1.
    fn interest(&self, month: u32) -> i128 {
        // No more interest accrues once the loan is repaid.
        self.interest.get(month as usize - 1).copied().unwrap_or(self.total_interest)
    }

    /// The payments until a month: the principal repaid and the interest.
    fn paid(&self, month: u32) -> i128 {
        i128::from(self.principal - self.loan.month(month).balance) + self.interest(month)
    }

    /// The costs at closing and the payments until a month.
    fn outlay(&self, month: u32) -> i128 {
        i128::from(self.upfront) + self.paid(month)
    }

    /// The costs at closing and the interest until a month.
    fn cost(&self, month: u32) -> i128 {
        i128::from(self.upfront) + self.interest(month)
    }

    fn compared(&self, horizons: &[u32]) -> Result<ComparedOffer> {
        let write = |units: i128| self.amounts.write(units);
        let cost_until = |month: u32| {
            Ok(OfferCost {
                month,
                paid: write(self.paid(month))?,
                interest: write(self.interest(month))?,
                balance: self.amounts.write(self.loan.month(month).balance)?,
                cost: write(self.cost(month))?,
            })
        };
        let end = self.loan.len();
        Ok(ComparedOffer {
            name: self.offer.name.clone(),
            payment: self.amounts.write(self.loan.payment)?,
            points: self.amounts.write(self.points)?,
            upfront_cost: self.amounts.write(self.upfront)?,
            total_interest: write(self.total_interest)?,
            total_paid: write(self.outlay(end))?,
            total_cost: write(self.cost(end))?,
            costs: horizons.iter().map(|month| cost_until(*month)).collect::<Result<_>>()?,
        })
    }
}

fn best_offers(offers: &[PricedOffer<'_>], end: u32) -> Vec<BestOffer> {
    let mut stretches: Vec<BestOffer> = Vec::new();
    for month in 1..=end {
        // `min_by_key` keeps the first of equals.
        let Some(best) = offers.iter().min_by_key(|offer| offer.cost(month)) else { continue };
        match stretches.last_mut() {
            Some(last) if last.offer == best.offer.name => last.last_month = month,
            _ => stretches.push(BestOffer {
                offer: best.offer.name.clone(),
                first_month: month,
                last_month: month,
            }),
        }
    }
    stretches
}

fn break_evens(offers: &[PricedOffer<'_>], end: u32) -> Vec<OfferBreakEven> {
    let mut found = Vec::new();
    for dearer in offers {
        // Only higher costs at closing have to be recovered.
        for cheaper in offers.iter().filter(|cheaper| cheaper.upfront < dearer.upfront) {
            found.push(OfferBreakEven {
                offer: dearer.offer.name.clone(),
                against: cheaper.offer.name.clone(),
                cash: (1..=end).find(|month| dearer.outlay(*month) <= cheaper.outlay(*month)),
                interest: (1..=end).find(|month| dearer.cost(*month) <= cheaper.cost(*month)),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests;
