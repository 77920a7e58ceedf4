//! The rate at which what was put in, what was taken out and what is left balance.

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::Control,
    dates::{Date, DayCount},
    num::gate::to_f64,
};
use wherewithal_math::{exp_m1, ln_1p};
use wherewithal_risk::{Measure, UndefinedReason};
use wherewithal_time_value::{IrrOptions, RateRange, RateRoot, xirr_under};

use super::{MoneyWeightedReturn, MoneyWeightedRoot, PerformanceFlow, PerformanceValue, annual::Annual};

/// Where rates a year are looked for, where the time is stretched to about a year or longer.
const RANGE: RateRange = RateRange { lower: -0.999_999_999_999, upper: 1e12 };

/// The days of a year of the day count by which flows are compared.
const YEAR: i32 = 365;

/// The money-weighted return of the whole time.
pub(super) fn money_weighted(
    (first, last): (&PerformanceValue, &PerformanceValue),
    flows: &[PerformanceFlow],
    annual: &Annual,
    control: &Control<'_>,
) -> Result<MoneyWeightedReturn> {
    let days = first.date.days_until(last.date);
    // The rate a year of a few days soon cannot be told from -100 %, or is too large; that of the whole time can. So a time of
    // less than a year is stretched to about one.
    let stretch = (YEAR / days.max(1)).max(1);
    let mut dates: Vec<Date> = Vec::with_capacity(flows.len() + 2);
    let mut amounts: Vec<f64> = Vec::with_capacity(flows.len() + 2);
    let paid = flows.iter().map(|flow| (flow.date, -to_f64(flow.amount)));
    let start = (first.date, -to_f64(first.value));
    let end = (last.date, to_f64(last.value));
    for (date, amount) in [start].into_iter().chain(paid).chain([end]) {
        dates.push(Date::from_day_number(1 + stretch * first.date.days_until(date))?);
        // Without the sign of a zero.
        amounts.push(amount + 0.0);
    }
    let options = IrrOptions { all_roots: Some(RANGE), ..IrrOptions::default() };
    let found = xirr_under(&dates, &amounts, DayCount::Actual365Fixed, &options, control);
    let roots = match found {
        Ok(found) => found.all_roots.unwrap_or_default(),
        Err(error) => {
            let reason = reason(&error, &amounts).ok_or(error)?;
            return Ok(undefined(reason, Vec::new(), annual));
        }
    };
    let whole = f64::from(stretch * days) / f64::from(YEAR);
    let roots: Vec<MoneyWeightedRoot> = roots.iter().map(|root| root_of(root, whole, annual)).collect();
    Ok(match roots.as_slice() {
        [] => undefined(UndefinedReason::NoRate, roots, annual),
        [only] => MoneyWeightedReturn {
            period_return: only.period_return,
            annual_return: annual.of(only.period_return),
            roots,
        },
        _ => undefined(UndefinedReason::SeveralRates, roots, annual),
    })
}

/// A rate a year of the stretched time, in which the whole time takes so many years, as returns of the whole time and of a
/// year.
fn root_of(root: &RateRoot, whole: f64, annual: &Annual) -> MoneyWeightedRoot {
    let logarithm = whole * ln_1p(root.rate);
    MoneyWeightedRoot {
        period_return: Measure::of(exp_m1(logarithm)),
        annual_return: Measure::of(exp_m1(logarithm / annual.years())),
        residual: root.residual,
    }
}

fn undefined(reason: UndefinedReason, roots: Vec<MoneyWeightedRoot>, annual: &Annual) -> MoneyWeightedReturn {
    MoneyWeightedReturn {
        period_return: Measure::undefined(reason),
        annual_return: annual.undefined(reason),
        roots,
    }
}

/// Why there is no rate; `None` if the error says something else.
fn reason(error: &Error, amounts: &[f64]) -> Option<UndefinedReason> {
    match error.code() {
        // Money went in, and nothing ever came back.
        ErrorCode::CashFlowsOneSign | ErrorCode::CashFlowsSingleDate
            if amounts.iter().any(|amount| *amount < 0.0) && amounts.iter().all(|amount| *amount <= 0.0) =>
        {
            Some(UndefinedReason::TotalLoss)
        }
        ErrorCode::CashFlowsOneSign | ErrorCode::CashFlowsSingleDate => Some(UndefinedReason::NoCapital),
        ErrorCode::SolveNoSolution | ErrorCode::SolveNotConverged => Some(UndefinedReason::NoRate),
        ErrorCode::ResultTooLarge => Some(UndefinedReason::TooLarge),
        _ => None,
    }
}
