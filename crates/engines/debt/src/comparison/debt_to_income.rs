//! Debt-to-income ratios.

use super::{
    amounts::{Amounts, Share, ratio},
    monthly::MonthlyTerms,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// The largest number of debts.
const MAX_DEBTS: usize = 1000;
/// The upper limit of the search for the largest loan, in minor units.
const MAX_LOAN: i64 = 1_000_000_000_000_000;

/// An income, the cost of a home and the payments of other debts, all of a month.
#[derive(Debug, Clone, Wire)]
pub struct DebtToIncomeInput {
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The income of a month before taxes and deductions; greater than zero.
    #[wire(above = 0)]
    pub gross_monthly_income: Decimal,
    /// The monthly cost of the home; nothing by default.
    #[wire(default)]
    pub housing: HousingExpense,
    /// The other debts with their payments; at most 1000.
    #[wire(default, length = ..=1000)]
    pub debts: Vec<MonthlyObligation>,
    /// The largest share of income for the home, as a fraction, 0 to 1.
    #[wire(share, range = 0..=1)]
    pub front_end_limit: Option<Decimal>,
    /// The largest share of income for the home and all other debts, as a fraction, 0 to 1.
    #[wire(share, range = 0..=1)]
    pub back_end_limit: Option<Decimal>,
    /// The loan whose largest principal within the limits is to be found.
    pub loan: Option<LoanQuote>,
    /// How the loan's payment is rounded to the minor unit of the currency.
    #[wire(default)]
    pub rounding: Rounding,
}

/// The monthly cost of a home.
#[derive(Debug, Clone, Default, Wire)]
pub struct HousingExpense {
    /// The payment of the mortgage, interest and principal; or the rent.
    #[wire(default)]
    pub principal_and_interest: Decimal,
    /// Property tax.
    #[wire(default)]
    pub property_tax: Decimal,
    /// The home's insurance.
    #[wire(default)]
    pub insurance: Decimal,
    /// Mortgage insurance.
    #[wire(default)]
    pub mortgage_insurance: Decimal,
    /// Association fees (HOA).
    #[wire(default)]
    pub association_fees: Decimal,
    /// Anything else that lenders count, such as ground rent or the payment of a second mortgage.
    #[wire(default)]
    pub other: Decimal,
}

/// The payment of a debt in a month.
#[derive(Debug, Clone, Wire)]
pub struct MonthlyObligation {
    /// A label for display.
    #[wire(default)]
    pub name: String,
    /// The monthly payments.
    pub payment: Decimal,
}

/// The rate and the term at which a loan could be had.
#[derive(Debug, Clone, Wire)]
pub struct LoanQuote {
    /// Nominal annual rate as a fraction (0.065 is 6.5 %), compounded monthly, from 0 to 10.
    #[wire(rate, range = 0..=10)]
    pub annual_rate: Decimal,
    /// The number of level monthly payments, 1 to 1200.
    #[wire(range = 1..=1200)]
    pub term_months: u32,
}

/// Debt-to-income ratios, and what the limits leave.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct DebtToIncomeRatios {
    /// The total monthly cost of the home.
    pub housing_expense: Decimal,
    /// The payments of the other debts.
    pub other_debts: Decimal,
    /// The home and the other debts.
    pub total_debts: Decimal,
    /// The front-end ratio, also housing ratio: the home divided by the income, as a fraction rounded half to even
    /// to six places.
    pub front_end_ratio: Decimal,
    /// The back-end ratio, the debt-to-income ratio itself: the home and the other debts divided by the income, as a
    /// fraction rounded half to even to six places.
    pub back_end_ratio: Decimal,
    /// The limit of the front-end ratio; null if none was given.
    pub front_end: Option<RatioLimit>,
    /// The limit of the back-end ratio; null if none was given.
    pub back_end: Option<RatioLimit>,
    /// The largest payment of interest and principal within all limits, with the other costs of the home and the other
    /// debts unchanged; null without a limit.
    pub largest_payment: Option<Decimal>,
    /// The largest principal with such a payment; null without a loan.
    pub largest_loan: Option<Decimal>,
}

/// A limit on a ratio and what it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct RatioLimit {
    /// The largest allowed numerator of the ratio, rounded down to the minor unit of the currency.
    pub largest: Decimal,
    /// The rest of it; negative if the limit is exceeded.
    pub room: Decimal,
    /// Whether the ratio is within the limit, decided by the exact amounts.
    pub is_met: bool,
}

/// The front-end and back-end ratios of debt to income, and the largest loan within limits.
///
/// The front-end ratio is the home's cost (principal, interest, taxes, insurance and association fees) divided by
/// the gross income; the back-end ratio adds the payments of all other debts.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, DebtToIncomeInput, HousingExpense, MonthlyObligation};
/// use wherewithal::{money::Currency, num::Rounding};
///
/// let ratios = debt::debt_to_income(&DebtToIncomeInput {
///     currency: Currency::USD,
///     gross_monthly_income: "6000".parse()?,
///     housing: HousingExpense { principal_and_interest: "1500".parse()?, ..HousingExpense::default() },
///     debts: vec![MonthlyObligation { name: "car".to_owned(), payment: "300".parse()? }],
///     front_end_limit: None,
///     back_end_limit: None,
///     loan: None,
///     rounding: Rounding::HalfEven,
/// })?;
/// assert_eq!(ratios.front_end_ratio.to_string(), "0.250000");
/// assert_eq!(ratios.back_end_ratio.to_string(), "0.300000");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `amount.out_of_range`, `rate.out_of_range`, `field.missing`, `list.too_long`, `term.out_of_range`,
/// `decimal.too_precise`, each at the path of its field.
pub fn debt_to_income(input: &DebtToIncomeInput) -> Result<DebtToIncomeRatios> {
    let amounts = Amounts::of(input.currency)?;
    let income = amounts.read_positive(input.gross_monthly_income, "grossMonthlyIncome")?;
    let home = input.housing.sum(amounts).at("housing")?;
    let debts = sum_of_debts(&input.debts, amounts)?;
    let total = home.total + debts;

    let limit = |fraction: Option<Decimal>, field: &str, used: i128| {
        fraction.map(|fraction| Limit::read(fraction, field, income, used)).transpose()
    };
    let front_end = limit(input.front_end_limit, "frontEndLimit", home.total)?;
    let back_end = limit(input.back_end_limit, "backEndLimit", total)?;
    // The payment may grow by what a limit has left; the tighter limit decides.
    let margins = [front_end, back_end].into_iter().flatten().map(|limit| limit.largest - limit.used);
    let largest_payment = margins.min().map(|margin| (home.payment + margin).max(0));
    let largest_loan = match (&input.loan, largest_payment) {
        (None, _) => None,
        (Some(_), None) => {
            return Err(Error::new(
                ErrorCode::FieldMissing,
                "the largest loan needs a `frontEndLimit`, a `backEndLimit` or both",
            )
            .at("backEndLimit"));
        }
        (Some(quote), Some(payment)) => {
            let terms = MonthlyTerms::read(amounts, quote.annual_rate, quote.term_months, input.rounding);
            Some(largest_loan(terms.at("loan")?, payment)?)
        }
    };
    Ok(DebtToIncomeRatios {
        housing_expense: amounts.write(home.total)?,
        other_debts: amounts.write(debts)?,
        total_debts: amounts.write(total)?,
        front_end_ratio: ratio(home.total, income)?,
        back_end_ratio: ratio(total, income)?,
        front_end: front_end.map(|limit| limit.written(amounts)).transpose()?,
        back_end: back_end.map(|limit| limit.written(amounts)).transpose()?,
        largest_payment: largest_payment.map(|payment| amounts.write(payment)).transpose()?,
        largest_loan: largest_loan.map(|loan| amounts.write(loan)).transpose()?,
    })
}

/// The cost of a home in minor units.
struct Home {
    payment: i128,
    total: i128,
}

impl HousingExpense {
    fn sum(&self, amounts: Amounts) -> Result<Home> {
        let payment = amounts.read(self.principal_and_interest, "principalAndInterest")?;
        let rest = [
            (self.property_tax, "propertyTax"),
            (self.insurance, "insurance"),
            (self.mortgage_insurance, "mortgageInsurance"),
            (self.association_fees, "associationFees"),
            (self.other, "other"),
        ];
        let mut total = i128::from(payment);
        for (amount, field) in rest {
            total += i128::from(amounts.read(amount, field)?);
        }
        Ok(Home { payment: payment.into(), total })
    }
}

fn sum_of_debts(debts: &[MonthlyObligation], amounts: Amounts) -> Result<i128> {
    check::length(debts.len(), 0..=MAX_DEBTS).at("debts")?;
    let mut sum = 0;
    for (index, debt) in debts.iter().enumerate() {
        sum += i128::from(amounts.read(debt.payment, "payment").at_index("debts", index)?);
    }
    Ok(sum)
}

/// A limit in minor units.
#[derive(Clone, Copy)]
struct Limit {
    largest: i128,
    used: i128,
}

impl Limit {
    fn read(fraction: Decimal, field: &str, income: i64, used: i128) -> Result<Self> {
        // Rounded down, because the next minor unit would exceed the limit.
        let largest = Share::read(fraction, 1, field)?.of(income.into(), Rounding::Down)?;
        Ok(Self { largest, used })
    }

    fn written(self, amounts: Amounts) -> Result<RatioLimit> {
        Ok(RatioLimit {
            largest: amounts.write(self.largest)?,
            room: amounts.write(self.largest - self.used)?,
            is_met: self.used <= self.largest,
        })
    }
}

/// The largest principal whose level payment is at most `payment`. The payment never falls as the principal rises, so
/// bisection finds it.
fn largest_loan(terms: MonthlyTerms, payment: i128) -> Result<i64> {
    let (mut affordable, mut too_large) = (0, MAX_LOAN + 1);
    while too_large - affordable > 1 {
        let middle = affordable + (too_large - affordable) / 2;
        if i128::from(terms.payment(middle)?) <= payment {
            affordable = middle;
        } else {
            too_large = middle;
        }
    }
    Ok(affordable)
}

#[cfg(test)]
mod tests;
