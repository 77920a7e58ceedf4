//! Replacing a loan with a new one.

use super::{
    ExistingLoan,
    amounts::{Amounts, Share, growth, growth_factor, months, narrow},
    monthly::{MonthlyLoan, MonthlyTerms},
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding, gate},
    wire::Wire,
};

/// The most points, in percent of the principal.
pub(super) const MAX_POINTS: u32 = 50;

/// A loan and the one that would replace it.
#[derive(Debug, Clone, Wire)]
pub struct RefinanceInput {
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The loan as of today.
    pub current_loan: ExistingLoan,
    /// The loan that would repay it.
    pub new_loan: RefinanceLoan,
    /// The month at which both loans are compared as if they were repaid then, because the home is sold or refinanced
    /// again; 1 to 1200. By default, the end of the longer loan.
    #[wire(range = 1..=1200)]
    pub horizon_months: Option<u32>,
    /// The discount rate as an effective annual rate, a fraction above -1 and at most 10 (0.05 is 5 %). Without it,
    /// present values are left out.
    #[wire(rate, above = -1, range = ..=10)]
    pub discount_rate: Option<f64>,
    /// How payments, interest and points are rounded to the minor unit of the currency.
    #[wire(default)]
    pub rounding: Rounding,
}

/// A loan that replaces another. Its first payment is due a month from today.
#[derive(Debug, Clone, Wire)]
pub struct RefinanceLoan {
    /// Nominal annual rate as a fraction (0.055 is 5.5 %), compounded monthly, from 0 to 10.
    #[wire(rate, range = 0..=10)]
    pub annual_rate: Decimal,
    /// The number of level monthly payments, 1 to 1200.
    #[wire(range = 1..=1200)]
    pub term_months: u32,
    /// Discount points in percent of the new principal: 1.5 is 1.5 %. From 0 to 50.
    #[wire(default, range = 0..=50)]
    pub points: Decimal,
    /// All other costs, such as appraisal, title insurance and a prepayment penalty of the old loan.
    #[wire(default)]
    pub fees: Decimal,
    /// The lender's credit towards the costs; at most the principal.
    #[wire(default)]
    pub lender_credit: Decimal,
    /// The amount borrowed beyond the balance and the costs, and paid out in cash.
    #[wire(default)]
    pub cash_out: Decimal,
    /// Whether the costs are paid in cash or borrowed.
    #[wire(default)]
    pub closing_costs: ClosingCostPayment,
}

/// How the costs of a loan are paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ClosingCostPayment {
    /// In cash when the loan is closed.
    #[default]
    Cash,
    /// Added to the principal ("rolled in").
    RolledIn,
}

/// The savings and costs of a new loan compared with the old one.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RefinanceResult {
    /// The principal of the new loan: the old balance, the cash paid out and the costs that are rolled in.
    pub new_principal: Decimal,
    /// The closing costs of the new loan, itemized.
    pub costs: RefinanceCosts,
    /// The regular monthly payment of the old loan.
    pub current_payment: Decimal,
    /// The monthly payment of the new loan.
    pub new_payment: Decimal,
    /// The old payment less the new one; negative if the new one is higher.
    pub monthly_saving: Decimal,
    /// The number of payments left on the old loan.
    pub current_months: u32,
    /// The number of payments of the new loan.
    pub new_months: u32,
    /// The interest still to be paid on the old loan.
    pub current_total_interest: Decimal,
    /// The interest to be paid on the new loan.
    pub new_total_interest: Decimal,
    /// The old loan's interest less the new loan's; negative if the new loan costs more interest.
    pub interest_saved: Decimal,
    /// The months in which refinancing breaks even.
    pub break_even: RefinanceBreakEven,
    /// Both loans at the horizon.
    pub at_horizon: RefinanceAtHorizon,
    /// One row a month, to the end of the longer loan or to the horizon, whichever is later.
    pub schedule: Vec<RefinanceMonth>,
}

/// The costs of a new loan: points and fees less the lender's credit, and how they are paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct RefinanceCosts {
    /// The points as an amount.
    pub points: Decimal,
    /// All other costs.
    pub fees: Decimal,
    /// The lender's credit towards them.
    pub lender_credit: Decimal,
    /// Points and fees less the credit; negative if the credit exceeds the costs.
    pub total: Decimal,
    /// The part of the total that is paid in cash.
    pub paid_in_cash: Decimal,
    /// The part of the total that is added to the principal.
    pub rolled_in: Decimal,
}

/// The first months, counted from 1, at which the costs are recovered; null if they never are.
///
/// Once the old loan would have ended, the savings fall again: a later month can be negative once more, as the table
/// shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct RefinanceBreakEven {
    /// By cash: the cumulative savings in payments reach the costs paid in cash. Balances do not count, so this measure
    /// favours a longer term.
    pub cash: Option<u32>,
    /// By present value: like `cash`, with each saving discounted. Also null without a discount rate.
    pub present_value: Option<u32>,
    /// By interest: the interest saved reaches all costs, rolled in or not. From then on, the loan could be repaid
    /// without a loss: payments and balances both count.
    pub interest: Option<u32>,
}

/// Both loans, repaid in the same month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct RefinanceAtHorizon {
    /// The month.
    pub month: u32,
    /// The payments of the old loan so far.
    pub current_paid: Decimal,
    /// The remaining balance of the old loan.
    pub current_balance: Decimal,
    /// Payments so far and balance: the total cost of keeping the old loan.
    pub current_cost: Decimal,
    /// The costs in cash and the payments of the new loan so far.
    pub new_paid: Decimal,
    /// The remaining balance of the new loan.
    pub new_balance: Decimal,
    /// Cash costs, payments and balance less the cash paid out: the total cost of the new loan.
    pub new_cost: Decimal,
    /// The old cost less the new one: the gain from refinancing if both loans are repaid in that month.
    pub net_benefit: Decimal,
}

/// One month of both loans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct RefinanceMonth {
    /// The month, from 1.
    pub month: u32,
    /// The payment of the old loan.
    pub current_payment: Decimal,
    /// The interest in it.
    pub current_interest: Decimal,
    /// The balance of the old loan after it.
    pub current_balance: Decimal,
    /// The payment of the new loan.
    pub new_payment: Decimal,
    /// The interest in it.
    pub new_interest: Decimal,
    /// The balance of the new loan after it.
    pub new_balance: Decimal,
    /// The old payment less the new one.
    pub saving: Decimal,
    /// The savings so far.
    pub cumulative_saving: Decimal,
    /// The savings so far, each discounted to today; null without a discount rate.
    pub cumulative_present_value: Option<Decimal>,
    /// The interest saved so far less all costs.
    pub net_benefit: Decimal,
}

/// The savings and costs of replacing a loan with a new one, month by month.
///
/// Positive numbers favour the new loan. The gain at a month is the interest saved until then less all costs, which
/// equals the difference between the loans in payments and balance.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, ClosingCostPayment, ExistingLoan, RefinanceInput, RefinanceLoan};
/// use wherewithal::{money::Currency, num::{Decimal, Rounding}, rates::percent};
///
/// let comparison = debt::refinance(&RefinanceInput {
///     currency: Currency::USD,
///     current_loan: ExistingLoan {
///         balance: "250000".parse()?,
///         annual_rate: percent("6.8")?,
///         remaining_months: Some(300),
///         payment: None,
///     },
///     new_loan: RefinanceLoan {
///         annual_rate: percent("5.8")?,
///         term_months: 300,
///         points: Decimal::ZERO,
///         fees: "5000".parse()?,
///         lender_credit: Decimal::ZERO,
///         cash_out: Decimal::ZERO,
///         closing_costs: ClosingCostPayment::Cash,
///     },
///     horizon_months: None,
///     discount_rate: None,
///     rounding: Rounding::HalfEven,
/// })?;
/// assert_eq!(comparison.monthly_saving.to_string(), "154.85");
/// assert_eq!(comparison.break_even.cash, Some(33));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `rate.out_of_range`, `term.out_of_range`, `payment.never_repays`, `decimal.too_precise`,
/// `amount.out_of_range`, `field.missing`, each at the path of its field.
pub fn refinance(input: &RefinanceInput) -> Result<RefinanceResult> {
    let amounts = Amounts::of(input.currency)?;
    let (_, current) = input.current_loan.read(amounts, input.rounding).at("currentLoan")?;
    let balance = amounts.read_positive(input.current_loan.balance, "balance").at("currentLoan")?;
    let closing = input.new_loan.close(amounts, balance, input.rounding).at("newLoan")?;
    let discount_rate = input.discount_rate.map(|rate| growth(rate, "discountRate")).transpose()?;
    let horizon = input.horizon_months.map(months).transpose().at("horizonMonths")?;

    // To the end of the longer loan, because a longer new loan costs money after the old one would have ended.
    let end = current.len().max(closing.loan.len());
    let horizon = horizon.unwrap_or(end);
    let table = Table { amounts, current, closing, discount_rate, rounding: input.rounding };
    let schedule = table.rows(end.max(horizon))?;
    let Table { current, closing, .. } = &table;
    let paid_in_cash = amounts.write(closing.paid_in_cash)?;
    let first = |reached: &dyn Fn(&RefinanceMonth) -> bool| {
        schedule.iter().find(|row| reached(row)).map(|row| row.month)
    };
    Ok(RefinanceResult {
        new_principal: amounts.write(closing.principal)?,
        costs: RefinanceCosts {
            points: amounts.write(closing.points)?,
            fees: amounts.write(closing.fees)?,
            lender_credit: amounts.write(closing.lender_credit)?,
            total: amounts.write(closing.total_costs())?,
            paid_in_cash,
            rolled_in: amounts.write(closing.total_costs() - closing.paid_in_cash)?,
        },
        current_payment: amounts.write(current.payment)?,
        new_payment: amounts.write(closing.loan.payment)?,
        monthly_saving: amounts.write(current.payment - closing.loan.payment)?,
        current_months: current.len(),
        new_months: closing.loan.len(),
        current_total_interest: amounts.write(current.total_interest())?,
        new_total_interest: amounts.write(closing.loan.total_interest())?,
        interest_saved: amounts.write(current.total_interest() - closing.loan.total_interest())?,
        break_even: RefinanceBreakEven {
            cash: first(&|row| row.cumulative_saving >= paid_in_cash),
            present_value: first(&|row| {
                row.cumulative_present_value.is_some_and(|value| value >= paid_in_cash)
            }),
            interest: first(&|row| !row.net_benefit.is_negative()),
        },
        at_horizon: table.at(horizon)?,
        schedule,
    })
}

/// A new loan at closing, in minor units.
struct Closing {
    principal: i64,
    points: i64,
    fees: i64,
    lender_credit: i64,
    cash_out: i64,
    paid_in_cash: i64,
    loan: MonthlyLoan,
}

impl Closing {
    fn total_costs(&self) -> i64 {
        self.points + self.fees - self.lender_credit
    }
}

impl RefinanceLoan {
    fn close(&self, amounts: Amounts, balance: i64, rounding: Rounding) -> Result<Closing> {
        let terms = MonthlyTerms::read(amounts, self.annual_rate, self.term_months, rounding)?;
        let share = Share::read(self.points, MAX_POINTS, "points")?.divided_by(100);
        let fees = amounts.read(self.fees, "fees")?;
        let cash_out = amounts.read(self.cash_out, "cashOut")?;
        let lender_credit = match self.closing_costs {
            ClosingCostPayment::Cash => amounts.read_credit(self.lender_credit, balance + cash_out)?,
            ClosingCostPayment::RolledIn => amounts.read(self.lender_credit, "lenderCredit")?,
        };
        let (principal, points) = match self.closing_costs {
            ClosingCostPayment::Cash => {
                let principal = balance + cash_out;
                (principal, narrow(share.of(principal.into(), rounding)?)?)
            }
            // The points are a share of a principal that contains them.
            ClosingCostPayment::RolledIn => {
                let rest = balance + cash_out + fees - lender_credit;
                if rest <= 0 {
                    return Err(credit_above_principal().at("lenderCredit"));
                }
                let principal = narrow(share.whole_of_rest(rest.into(), rounding)?)?;
                (principal, principal - rest)
            }
        };
        let total = points + fees - lender_credit;
        let paid_in_cash = if self.closing_costs == ClosingCostPayment::Cash { total } else { 0 };
        let loan = terms.level(principal).at("termMonths")?;
        Ok(Closing { principal, points, fees, lender_credit, cash_out, paid_in_cash, loan })
    }
}

fn credit_above_principal() -> Error {
    Error::new(
        ErrorCode::AmountOutOfRange,
        "the lender's credit is rolled in and leaves no principal; it must be less than the sum of the balance, the \
            cash paid out and the fees",
    )
}

fn present_value_too_large() -> Error {
    Error::new(
        ErrorCode::ResultTooLarge,
        "the present value of the savings is above 10^28 in size; discount at a rate further above -1",
    )
}

/// Both loans side by side.
struct Table {
    amounts: Amounts,
    current: MonthlyLoan,
    closing: Closing,
    discount_rate: Option<f64>,
    rounding: Rounding,
}

impl Table {
    fn rows(&self, end: u32) -> Result<Vec<RefinanceMonth>> {
        let write = |units: i64| self.amounts.write(units);
        let mut rows = Vec::with_capacity(end as usize);
        let (mut saved, mut interest_saved, mut present_value) = (0_i128, 0_i128, 0.0);
        for month in 1..=end {
            let (current, new) = (self.current.month(month), self.closing.loan.month(month));
            let saving = write(current.payment - new.payment)?;
            saved += i128::from(current.payment - new.payment);
            interest_saved += i128::from(current.interest - new.interest);
            let cumulative_present_value = match self.discount_rate {
                Some(rate) => {
                    // Summed unrounded, so that the rounding of a row does not accumulate.
                    present_value += gate::to_f64(saving) * growth_factor(rate, -f64::from(month));
                    let value = gate::to_decimal(present_value, saving.scale(), self.rounding);
                    Some(value.map_err(|_| present_value_too_large().at("discountRate"))?)
                }
                None => None,
            };
            rows.push(RefinanceMonth {
                month,
                current_payment: write(current.payment)?,
                current_interest: write(current.interest)?,
                current_balance: write(current.balance)?,
                new_payment: write(new.payment)?,
                new_interest: write(new.interest)?,
                new_balance: write(new.balance)?,
                saving,
                cumulative_saving: self.amounts.write(saved)?,
                cumulative_present_value,
                net_benefit: self.amounts.write(interest_saved - i128::from(self.closing.total_costs()))?,
            });
        }
        Ok(rows)
    }

    fn at(&self, month: u32) -> Result<RefinanceAtHorizon> {
        let paid = |loan: &MonthlyLoan| -> i128 {
            loan.months.iter().take(month as usize).map(|month| i128::from(month.payment)).sum()
        };
        let (current_paid, current_balance) =
            (paid(&self.current), i128::from(self.current.month(month).balance));
        let new_paid = paid(&self.closing.loan) + i128::from(self.closing.paid_in_cash);
        let new_balance = i128::from(self.closing.loan.month(month).balance);
        let current_cost = current_paid + current_balance;
        // The borrower keeps the cash paid out, so it is not a cost.
        let new_cost = new_paid + new_balance - i128::from(self.closing.cash_out);
        let write = |units: i128| self.amounts.write(units);
        Ok(RefinanceAtHorizon {
            month,
            current_paid: write(current_paid)?,
            current_balance: write(current_balance)?,
            current_cost: write(current_cost)?,
            new_paid: write(new_paid)?,
            new_balance: write(new_balance)?,
            new_cost: write(new_cost)?,
            net_benefit: write(current_cost - new_cost)?,
        })
    }
}

#[cfg(test)]
mod tests;
