//! The rates at which dated flows balance.

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::Control,
    dates::{Date, DayCount},
};
use wherewithal_math::{ln_1p, sum};
use wherewithal_risk::UndefinedReason;
use wherewithal_time_value::{IrrOptions, RateRange, xirr_under};

/// Where rates a year are looked for, where the time is stretched to about a year or longer.
const RANGE: RateRange = RateRange { lower: -0.999_999_999_999, upper: 1e12 };

/// The days of a year of the day count by which flows are compared.
const YEAR: i32 = 365;

/// A rate at which flows balance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Balance {
    /// The logarithm of what one unit becomes in the whole time.
    pub(crate) logarithm: f64,
    /// The net present value, in the unit of the amounts: zero up to rounding.
    pub(crate) residual: f64,
}

/// All rates at which flows balance, ascending, or why there is none. What is received is above zero; none of the flows is before
/// the first day or after the last.
pub(crate) fn balances(
    flows: impl Iterator<Item = (Date, f64)>,
    (first, last): (Date, Date),
    control: &Control<'_>,
) -> Result<Result<Vec<Balance>, UndefinedReason>> {
    let days = first.days_until(last);
    // The rate a year of a few days soon cannot be told from -100 %, or is too large; that of the whole time can. So a time of
    // less than a year is stretched to about one.
    let stretch = (YEAR / days.max(1)).max(1);
    let (mut dates, mut amounts) = (Vec::new(), Vec::new());
    for (date, amount) in flows {
        dates.push(Date::from_day_number(1 + stretch * first.days_until(date))?);
        // Without the sign of a zero.
        amounts.push(amount + 0.0);
    }
    let options = IrrOptions { all_roots: Some(RANGE), ..IrrOptions::default() };
    let roots = match xirr_under(&dates, &amounts, DayCount::Actual365Fixed, &options, control) {
        Ok(found) => found.all_roots.unwrap_or_default(),
        Err(error) => return reason(&error, &amounts).map(Err).ok_or(error),
    };
    let whole = f64::from(stretch * days) / f64::from(YEAR);
    let of = |root: &wherewithal_time_value::RateRoot| Balance {
        logarithm: whole * ln_1p(root.rate),
        residual: root.residual,
    };
    Ok(Ok(roots.iter().map(of).collect()))
}

/// The only one of several rates, or why it is not.
pub(crate) fn only(found: &Result<Vec<Balance>, UndefinedReason>) -> Result<f64, UndefinedReason> {
    match found.as_deref() {
        Ok([only]) => Ok(only.logarithm),
        Ok([]) => Err(UndefinedReason::NoRate),
        Ok(_) => Err(UndefinedReason::SeveralRates),
        Err(reason) => Err(*reason),
    }
}

/// Why there is no rate; `None` if the error says something else.
fn reason(error: &Error, amounts: &[f64]) -> Option<UndefinedReason> {
    match error.code() {
        // Day by day, more went in than ever came back.
        ErrorCode::CashFlowsOneSign | ErrorCode::CashFlowsSingleDate
            if sum(amounts.iter().copied()) < 0.0 =>
        {
            Some(UndefinedReason::TotalLoss)
        }
        ErrorCode::CashFlowsOneSign | ErrorCode::CashFlowsSingleDate => Some(UndefinedReason::NoCapital),
        ErrorCode::SolveNoSolution | ErrorCode::SolveNotConverged => Some(UndefinedReason::NoRate),
        ErrorCode::ResultTooLarge => Some(UndefinedReason::TooLarge),
        _ => None,
    }
}
