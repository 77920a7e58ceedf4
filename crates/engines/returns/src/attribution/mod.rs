//! What made a portfolio do better or worse than its benchmark.

mod input;
mod linking;
mod output;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    error::At as _,
};
use wherewithal_math::sum;

pub use input::{
    AttributionModel, AttributionPeriod, AttributionSegment, EffectLinking, InteractionTreatment,
    ReturnAttributionInput,
};
use linking::Returns;
pub use output::{AttributionEffects, PeriodEffects, ReturnAttribution, SegmentEffects};

/// The most periods, and the most segments of one.
const MOST: usize = 1_000;
/// How far weights may be from 1 together.
const TOLERANCE: f64 = 1e-9;

/// What made a portfolio do better or worse than its benchmark: allocation, selection and interaction, by segment and period, and
/// linked over the whole time.
///
/// ```
/// # use wherewithal_returns::wherewithal;
/// use wherewithal::{control::Control, returns::{self, ReturnAttributionInput}};
///
/// let input: ReturnAttributionInput = serde_json::from_str(r#"{"periods": [{"segments": [
///     {"name": "shares", "portfolioWeight": 0.7, "portfolioReturn": 0.1, "benchmarkWeight": 0.6, "benchmarkReturn": 0.08},
///     {"name": "bonds", "portfolioWeight": 0.3, "portfolioReturn": 0.02, "benchmarkWeight": 0.4, "benchmarkReturn": 0.03}]}]}"#).unwrap();
/// let found = returns::attribution(&input, &Control::default())?;
/// assert_eq!((found.excess_return * 1e6).round(), 16_000.0);
/// assert_eq!((found.total.allocation * 1e6).round(), 5_000.0);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.empty`, `list.too_long`, `list.duplicate`, `text.invalid`, `number.not_finite`, `rate.out_of_range`,
/// `weight.out_of_range`, `weights.sum_not_one`, `field.missing`, `operation.cancelled`.
pub fn attribution(input: &ReturnAttributionInput, control: &Control<'_>) -> Result<ReturnAttribution> {
    check::length(input.periods.len(), 1..=MOST).at("periods")?;
    let mut work = Work::under(control);
    let mut periods = Vec::with_capacity(input.periods.len());
    for (index, period) in input.periods.iter().enumerate() {
        work.done(8 + 4 * period.segments.len())?;
        periods.push(of_period(period, input).at_index("periods", index)?);
    }
    let returns: Vec<Returns> = periods
        .iter()
        .map(|period| Returns { portfolio: period.portfolio_return, benchmark: period.benchmark_return })
        .collect();
    let whole = Returns::compounded(&returns);
    let excess = check::result(whole.excess())?;
    let segments = linked(&periods, &returns, whole, input.linking, &mut work)?;
    let total = together(segments.iter().map(|segment| segment.effects));
    Ok(ReturnAttribution {
        portfolio_return: check::result(whole.portfolio)?,
        benchmark_return: check::result(whole.benchmark)?,
        excess_return: excess,
        residual: check::result(excess - total.total)?,
        total,
        segments,
        periods,
        model: input.model,
        linking: input.linking,
    })
}

/// The effects of a period.
fn of_period(period: &AttributionPeriod, input: &ReturnAttributionInput) -> Result<PeriodEffects> {
    let segments = &period.segments;
    check::length(segments.len(), 1..=MOST).at("segments")?;
    check::names(segments.iter().map(|segment| segment.name.as_str()), "name").at("segments")?;
    let sides =
        segments.iter().enumerate().map(|(index, segment)| Sides::of(segment).at_index("segments", index));
    let sides = sides.collect::<Result<Vec<Sides>>>()?;
    sum_to_one(sides.iter().map(|side| side.portfolio_weight), "portfolio")?;
    sum_to_one(sides.iter().map(|side| side.benchmark_weight), "benchmark")?;
    let portfolio = sum(sides.iter().map(|side| side.portfolio_weight * side.portfolio_return));
    let benchmark = sum(sides.iter().map(|side| side.benchmark_weight * side.benchmark_return));
    let compared = match input.model {
        AttributionModel::BrinsonFachler => benchmark,
        AttributionModel::BrinsonHoodBeebower => 0.0,
    };
    let effects = segments.iter().zip(&sides).map(|(segment, side)| SegmentEffects {
        name: segment.name.clone(),
        effects: side.effects(compared, input.interaction),
    });
    let effects: Vec<SegmentEffects> = effects.collect();
    Ok(PeriodEffects {
        portfolio_return: portfolio,
        benchmark_return: benchmark,
        excess_return: portfolio - benchmark,
        total: together(effects.iter().map(|segment| segment.effects)),
        segments: effects,
    })
}

/// That weights add up to 1.
fn sum_to_one(weights: impl Iterator<Item = f64>, whose: &str) -> Result<()> {
    let total = sum(weights);
    if (total - 1.0).abs() <= TOLERANCE {
        return Ok(());
    }
    let message = format!("the weights of the {whose} add up to {total}, not to 1");
    Err(Error::new(ErrorCode::WeightsSumNotOne, message).at("segments"))
}

/// A segment on both sides, with the return that counts.
#[derive(Debug, Clone, Copy)]
struct Sides {
    portfolio_weight: f64,
    portfolio_return: f64,
    benchmark_weight: f64,
    benchmark_return: f64,
}

impl Sides {
    fn of(segment: &AttributionSegment) -> Result<Self> {
        let weight = |value, field| check::number(value, -10.0..=10.0, ErrorCode::WeightOutOfRange).at(field);
        let given = |value: Option<f64>, field| {
            value.map(|value| check::rate(value, -1.0..=1e6).at(field)).transpose()
        };
        let portfolio_weight = weight(segment.portfolio_weight, "portfolioWeight")?;
        let benchmark_weight = weight(segment.benchmark_weight, "benchmarkWeight")?;
        let own = given(segment.portfolio_return, "portfolioReturn")?;
        let others = given(segment.benchmark_return, "benchmarkReturn")?;
        let needed = |given: Option<f64>, weight: f64, other: Option<f64>, field: &str| match given {
            Some(value) => Ok(value),
            None if weight == 0.0 => Ok(other.unwrap_or(0.0)),
            None => Err(Error::new(ErrorCode::FieldMissing, "a segment that is held has a return").at(field)),
        };
        Ok(Self {
            portfolio_weight,
            portfolio_return: needed(own, portfolio_weight, others, "portfolioReturn")?,
            benchmark_weight,
            benchmark_return: needed(others, benchmark_weight, own, "benchmarkReturn")?,
        })
    }

    /// Its effects, where the return of the segment is compared with another.
    fn effects(self, compared: f64, treatment: InteractionTreatment) -> AttributionEffects {
        let more = self.portfolio_weight - self.benchmark_weight;
        let better = self.portfolio_return - self.benchmark_return;
        let allocation = more * (self.benchmark_return - compared);
        let (selection, interaction) = match treatment {
            InteractionTreatment::Separate => (self.benchmark_weight * better, more * better),
            InteractionTreatment::InSelection => (self.portfolio_weight * better, 0.0),
        };
        AttributionEffects::of([allocation, selection, interaction])
    }
}

impl AttributionEffects {
    fn of([allocation, selection, interaction]: [f64; 3]) -> Self {
        // Without the sign of a zero.
        let [allocation, selection, interaction] = [allocation + 0.0, selection + 0.0, interaction + 0.0];
        Self { allocation, selection, interaction, total: allocation + selection + interaction }
    }
}

/// Effects together.
fn together(effects: impl Iterator<Item = AttributionEffects> + Clone) -> AttributionEffects {
    AttributionEffects::of([
        sum(effects.clone().map(|one| one.allocation)),
        sum(effects.clone().map(|one| one.selection)),
        sum(effects.map(|one| one.interaction)),
    ])
}

/// The effects of each segment over the whole time, in the order in which the segments first come.
fn linked(
    periods: &[PeriodEffects],
    returns: &[Returns],
    whole: Returns,
    linking: EffectLinking,
    work: &mut Work<'_, '_>,
) -> Result<Vec<SegmentEffects>> {
    let factors = linking::factors(linking, returns, whole)?;
    let mut names: Vec<&str> = Vec::new();
    let mut by_name: BTreeMap<&str, Vec<(f64, AttributionEffects)>> = BTreeMap::new();
    for (period, factor) in periods.iter().zip(factors) {
        for segment in &period.segments {
            work.done(4)?;
            let own = by_name.entry(&segment.name).or_insert_with(|| {
                names.push(&segment.name);
                Vec::new()
            });
            own.push((factor, segment.effects));
        }
    }
    let mut segments = Vec::with_capacity(names.len());
    for name in names {
        let own = by_name.remove(name).unwrap_or_default();
        work.done(4 + own.len())?;
        segments.push(SegmentEffects { name: name.to_owned(), effects: weighted(&own) });
    }
    Ok(segments)
}

/// The sum of effects, each with its factor.
fn weighted(own: &[(f64, AttributionEffects)]) -> AttributionEffects {
    let with = |part: fn(&AttributionEffects) -> f64| {
        sum(own.iter().map(|(factor, effects)| part(effects) * factor))
    };
    AttributionEffects::of([
        with(|one| one.allocation),
        with(|one| one.selection),
        with(|one| one.interaction),
    ])
}
