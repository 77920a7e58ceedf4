//! What a reader should know of the return of a period.

use wherewithal_base::num::gate::to_f64;

use super::{PerformanceInput, PerformancePeriod, PerformanceWarning, period::Period};

/// The warning of a period, if there is one.
pub(super) fn of(
    period: &Period<'_>,
    told: &PerformancePeriod,
    input: &PerformanceInput,
) -> Option<PerformanceWarning> {
    let PerformancePeriod { start, end, start_value, net_flow, gain, average_capital, .. } = *told;
    let Some(r#return) = told.r#return.value else {
        return Some(PerformanceWarning::NoCapital { start, end, average_capital });
    };
    let is_large = to_f64(net_flow.abs()) > input.large_flow * to_f64(start_value);
    if period.has_flows_at_unknown_times() && is_large {
        return Some(PerformanceWarning::LargeFlow { start, end, net_flow, start_value });
    }
    let is_jump = period.flows.is_empty() && r#return.abs() > input.jump;
    is_jump.then_some(PerformanceWarning::Jump { start, end, gain, r#return })
}
