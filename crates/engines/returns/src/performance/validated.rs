//! The validation of what `returns.performance` is asked.

use wherewithal_base::{Error, ErrorCode, Result, check, dates::Date, error::At as _, order};

use crate::order::first_out_of_order;

use super::{GainPartKind, PerformanceFlow, PerformanceInput, PerformanceValue};

/// The most values.
const MOST_VALUES: usize = 100_000;
/// The most flows, and the most sources of a gain.
const MOST_FLOWS: usize = 200_000;
/// The largest bound of what counts as large.
const MOST_SHARE: f64 = 1e6;

/// The first value and the last, of values that ascend.
pub(super) fn ends(input: &PerformanceInput) -> Result<(&PerformanceValue, &PerformanceValue)> {
    let values = &input.values;
    check::length(values.len(), 2..=MOST_VALUES).at("values")?;
    if let Some((index, error)) = first_out_of_order(values.iter().map(|value| value.date)) {
        return Err(error.at("date").at_index("values", index));
    }
    for (field, share) in [("largeFlow", input.large_flow), ("jump", input.jump)] {
        check::rate(share, (std::ops::Bound::Excluded(0.0), std::ops::Bound::Included(MOST_SHARE)))
            .at(field)?;
    }
    match (values.first(), values.last()) {
        (Some(first), Some(last)) => Ok((first, last)),
        _ => Err(Error::new(ErrorCode::ListTooShort, "there are no values").at("values")),
    }
}

/// The flows in the order of their days, each between the first value and the last.
pub(super) fn flows(
    input: &PerformanceInput,
    ends: (&PerformanceValue, &PerformanceValue),
) -> Result<Vec<PerformanceFlow>> {
    check::length(input.flows.len(), 0..=MOST_FLOWS).at("flows")?;
    for (index, flow) in input.flows.iter().enumerate() {
        between(flow.date, ends).at("date").at_index("flows", index)?;
    }
    let mut sorted = input.flows.clone();
    order::sort_by_key(&mut sorted, |flow| flow.date);
    Ok(sorted)
}

/// The sources of the gain: of days between the values, and none of them the change of prices.
pub(super) fn gain_sources(
    input: &PerformanceInput,
    ends: (&PerformanceValue, &PerformanceValue),
) -> Result<()> {
    check::length(input.gain_sources.len(), 0..=MOST_FLOWS).at("gainSources")?;
    for (index, source) in input.gain_sources.iter().enumerate() {
        between(source.date, ends).at("date").at_index("gainSources", index)?;
        if source.kind == GainPartKind::Price {
            let message = "the change of prices is what the other parts leave of the gain, and is not stated";
            return Err(Error::new(ErrorCode::FieldConflict, message)
                .at("kind")
                .at_index("gainSources", index));
        }
    }
    Ok(())
}

/// That a day lies between the first value and the last.
fn between(date: Date, (first, last): (&PerformanceValue, &PerformanceValue)) -> Result<()> {
    let is_late_enough = if first.before_flows { date >= first.date } else { date > first.date };
    let is_early_enough = if last.before_flows { date < last.date } else { date <= last.date };
    if is_late_enough && is_early_enough {
        return Ok(());
    }
    let message = format!(
        "{date} is not between the first value, of {}, and the last, of {}; what happened on a day before its value is part \
         of that value",
        first.date, last.date
    );
    Err(Error::new(ErrorCode::DateOutOfRange, message))
}
