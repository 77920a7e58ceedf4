//! The rate at which what was put in, what was taken out and what is left balance.

use wherewithal_base::{Error, ErrorCode, Result, control::Control, dates::Date, num::gate::to_f64};
use wherewithal_math::{exp_m1, ln_1p};
use wherewithal_risk::{Measure, UndefinedReason};
use wherewithal_time_value::{IrrOptions, RateRange, xirr_under};

use super::{MoneyWeightedReturn, PerformanceFlow, PerformanceInput, PerformanceValue, annual::Annual};

/// Where rates are looked for: from the loss of all but a billionth a year to a billionfold gain.
const RANGE: RateRange = RateRange { lower: -0.999_999_999, upper: 1e9 };

/// The money-weighted return of the whole time.
pub(super) fn money_weighted(
    input: &PerformanceInput,
    (first, last): (&PerformanceValue, &PerformanceValue),
    flows: &[PerformanceFlow],
    annual: &Annual,
    control: &Control<'_>,
) -> Result<MoneyWeightedReturn> {
    let mut dates: Vec<Date> = Vec::with_capacity(flows.len() + 2);
    let mut amounts: Vec<f64> = Vec::with_capacity(flows.len() + 2);
    let paid = flows.iter().map(|flow| (flow.date, -to_f64(flow.amount)));
    let start = (first.date, -to_f64(first.value));
    let end = (last.date, to_f64(last.value));
    for (date, amount) in [start].into_iter().chain(paid).chain([end]) {
        dates.push(date);
        // Without the sign of a zero.
        amounts.push(amount + 0.0);
    }
    let options = IrrOptions { all_roots: Some(RANGE), ..IrrOptions::default() };
    let found = xirr_under(&dates, &amounts, input.day_count, &options, control);
    let rates = match found {
        Ok(found) => found.all_roots.unwrap_or_default(),
        Err(error) => {
            let reason = reason(&error, &amounts).ok_or(error)?;
            return Ok(MoneyWeightedReturn {
                period_return: Measure::undefined(reason),
                annual_return: annual.undefined(reason),
                rates: Vec::new(),
            });
        }
    };
    let rate = match rates.as_slice() {
        [] => Err(UndefinedReason::NoRate),
        [only] => Ok(only.rate),
        _ => Err(UndefinedReason::SeveralRates),
    };
    Ok(MoneyWeightedReturn { period_return: whole(rate, annual), annual_return: annual.stated(rate), rates })
}

/// The return of the whole time from the rate a year.
fn whole(rate: Result<f64, UndefinedReason>, annual: &Annual) -> Measure {
    match rate {
        Ok(rate) => Measure::of(exp_m1(annual.years() * ln_1p(rate))),
        Err(reason) => Measure::undefined(reason),
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
