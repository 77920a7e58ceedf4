//! The rate at which what was put in, what was taken out and what is left balance.

use wherewithal_base::{Result, control::Control, num::gate::to_f64};
use wherewithal_math::exp_m1;
use wherewithal_risk::Measure;

use super::{MoneyWeightedReturn, MoneyWeightedRoot, PerformanceFlow, PerformanceValue, annual::Annual};
use crate::balance::{balances, only};

/// The money-weighted return of the whole time.
pub(super) fn money_weighted(
    (first, last): (&PerformanceValue, &PerformanceValue),
    flows: &[PerformanceFlow],
    annual: &Annual,
    control: &Control<'_>,
) -> Result<MoneyWeightedReturn> {
    let paid = flows.iter().map(|flow| (flow.date, -to_f64(flow.amount)));
    let start = (first.date, -to_f64(first.value));
    let end = (last.date, to_f64(last.value));
    let all = [start].into_iter().chain(paid).chain([end]);
    let found = balances(all, (first.date, last.date), control)?;
    let period_return = match only(&found) {
        Ok(logarithm) => Measure::of(exp_m1(logarithm)),
        Err(reason) => Measure::undefined(reason),
    };
    let roots = found.unwrap_or_default().into_iter().map(|one| MoneyWeightedRoot {
        period_return: Measure::of(exp_m1(one.logarithm)),
        annual_return: Measure::of(exp_m1(one.logarithm / annual.years())),
        residual: one.residual,
    });
    Ok(MoneyWeightedReturn { period_return, annual_return: annual.of(period_return), roots: roots.collect() })
}
