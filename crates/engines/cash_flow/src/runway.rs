//! How long an amount lasts.

use crate::amounts::Amounts;
use wherewithal_base::{
    Result, check,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// After so many months an amount counts as one that lasts: a hundred years.
const MAX_MONTHS: u32 = 1200;
/// The largest rate and growth in a year, as a fraction.
const MAX_RATE: i64 = 10;
/// The decimal places of the part of a month.
const PLACES: u32 = 4;

/// Input of `cash_flow.runway`.
#[derive(Debug, Clone, Wire)]
pub struct RunwayInput {
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// What there is, 0 to 10^12.
    #[wire(range = 0..=1000000000000)]
    pub balance: Decimal,
    /// What is spent each month beyond what comes in, at the start of the month; above 0 and at most 10^12.
    #[wire(above = 0, range = ..=1000000000000)]
    pub monthly_outflow: Decimal,
    /// The growth of the outflow after every twelve months, as a fraction above -1 and at most 10 (0.03 is 3 %).
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: Decimal,
    /// The nominal annual rate of interest as a fraction, compounded monthly, above -1 and at most 10. A twelfth of it is
    /// paid at the end of each month on what is left.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_rate: Decimal,
}

/// How long an amount lasts.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Runway {
    /// The number of months whose outflow is paid in full; null if it lasts for more than 1,200 months.
    pub months: Option<u32>,
    /// The same with the part of the next outflow that what is left pays, rounded down to four decimal places.
    pub months_with_part: Option<Decimal>,
    /// What is left after those months, less than the next outflow; after 1,200 months if it lasts.
    pub left: Decimal,
    /// The outflow that is not paid in full; null if it lasts.
    pub next_outflow: Option<Decimal>,
    /// The sum of the outflows that were paid in full.
    pub spent: Decimal,
    /// The sum of the interest; negative if the rate is.
    pub interest: Decimal,
}

/// How many months an amount lasts.
///
/// At the start of each month its outflow is paid if what is left suffices; at the end, interest is added, rounded half to
/// even to the minor unit. After twelve months the outflow grows, rounded likewise.
///
/// ```
/// # use wherewithal_cash_flow::wherewithal;
/// use wherewithal::{cash_flow::{self, RunwayInput}, money::Currency, num::Decimal};
///
/// let answer = cash_flow::runway(&RunwayInput {
///     currency: Currency::USD,
///     balance: "20000".parse()?,
///     monthly_outflow: "3000".parse()?,
///     annual_growth: Decimal::ZERO,
///     annual_rate: Decimal::ZERO,
/// })?;
/// assert_eq!(answer.months, Some(6));
/// assert_eq!(answer.months_with_part, Some("6.6666".parse()?));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `amount.out_of_range`, `rate.out_of_range`, `decimal.too_precise`, `currency.minor_unit_missing`; `decimal.overflow` if an
/// amount grows beyond 28 digits.
pub fn runway(input: &RunwayInput) -> Result<Runway> {
    let amounts = Amounts::of(input.currency)?;
    let mut left = amounts.read(input.balance).at("balance")?;
    let mut outflow = amounts.read_positive(input.monthly_outflow).at("monthlyOutflow")?;
    let bounds = || check::above(-1_i64, MAX_RATE);
    let growth = check::decimal_rate(input.annual_growth, bounds()).at("annualGrowth")?;
    let rate = check::decimal_rate(input.annual_rate, bounds()).at("annualRate")?;
    let twelve = Decimal::from(12_u32);
    let (mut spent, mut interest) = (amounts.zero(), amounts.zero());
    for month in 0..MAX_MONTHS {
        if month > 0 && month % 12 == 0 {
            outflow = amounts.product(outflow, Decimal::ONE.plus(growth)?)?;
        }
        if left < outflow {
            let part = left.divided_by(outflow)?.round(PLACES, Rounding::Down);
            return Ok(Runway {
                months: Some(month),
                months_with_part: Some(Decimal::from(month).plus(part)?.round(PLACES, Rounding::Down)),
                left,
                next_outflow: Some(outflow),
                spent,
                interest,
            });
        }
        left = left.minus(outflow)?;
        spent = spent.plus(outflow)?;
        // Multiplied first, so that the quotient is rounded once.
        let earned = amounts.round(left.times(rate)?.divided_by(twelve)?);
        left = left.plus(earned)?;
        interest = interest.plus(earned)?;
    }
    Ok(Runway { months: None, months_with_part: None, left, next_outflow: None, spent, interest })
}
