//! What a portfolio gained, as money and in percent.

mod annual;
mod input;
mod money_weighted;
mod output;
mod parts;
mod period;
#[cfg(test)]
mod tests;
mod validated;
mod warnings;

use wherewithal_base::{
    Result,
    control::{Control, Work},
    num::{Decimal, gate::to_f64},
};
use wherewithal_risk::{Measure, UndefinedReason};

use annual::Annual;
pub use input::{
    Annualization, FlowDayPolicy, GainPartKind, GainSource, PerformanceFlow, PerformanceInput,
    PerformanceValue,
};
pub use output::{
    GainPart, MoneyWeightedReturn, MoneyWeightedRoot, Performance, PerformancePeriod, PerformanceWarning,
};
use period::Period;

/// What a portfolio gained: as money, and as simple, Modified Dietz, time-weighted and money-weighted return, told together.
///
/// ```
/// # use wherewithal_returns::wherewithal;
/// use wherewithal::{control::Control, dates::date, num::Decimal, returns::{self, PerformanceFlow, PerformanceInput, PerformanceValue}};
///
/// let worth = |date, value: u32, before_flows| PerformanceValue { date, value: Decimal::from(value), before_flows };
/// let values = vec![
///     worth(date(2025, 1, 1)?, 1_000, false),
///     worth(date(2025, 7, 2)?, 1_100, true),
///     worth(date(2026, 1, 1)?, 10_450, false),
/// ];
/// let deposit = PerformanceFlow { date: date(2025, 7, 2)?, amount: Decimal::from(9_900_u32) };
/// let found = returns::performance(&PerformanceInput::new(values, vec![deposit]), &Control::default())?;
/// // Percent up, money down: the deposit came before the loss.
/// assert_eq!(found.gain, "-450".parse()?);
/// assert_eq!(found.time_weighted_return.value.map(|value| (value * 1e6).round()), Some(45_000.0));
/// assert!(found.signs_differ);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.too_short`, `list.too_long`, `list.duplicate`, `dates.out_of_order`, `date.out_of_range`, `field.conflict`,
/// `number.not_finite`, `rate.out_of_range`, `decimal.overflow`, `operation.cancelled`.
pub fn performance(input: &PerformanceInput, control: &Control<'_>) -> Result<Performance> {
    let ends = validated::ends(input)?;
    let flows = validated::flows(input, ends)?;
    validated::gain_sources(input, ends)?;
    control.check()?;
    let (first, last) = ends;
    let whole = Period { first, last, flows: &flows };
    let mut work = Work::under(control);
    let mut periods = Vec::with_capacity(input.values.len() - 1);
    let mut warnings = Vec::new();
    for period in period::all(&input.values, &flows) {
        work.done(8 + 4 * period.flows.len())?;
        let told = period.told(input.day_policy)?;
        warnings.extend(warnings::of(&period, &told, input));
        periods.push(told);
    }
    let years = input.day_count.year_fraction(first.date, last.date);
    let annual = Annual::new(input.annualization, years);
    let quotient = whole.quotient(input.day_policy)?;
    let (inflows, outflows) = moved(&flows)?;
    let gain = whole.gain()?;
    let time_weighted = linked(&periods);
    Ok(Performance {
        start: first.date,
        end: last.date,
        days: first.date.days_until(last.date).unsigned_abs(),
        years,
        start_value: first.value,
        end_value: last.value,
        inflows,
        outflows,
        gain,
        gain_parts: parts::of(input, gain, &quotient)?,
        simple_return: simple(gain, first.value.plus(inflows)?),
        average_capital: quotient.average_capital(),
        modified_dietz_return: quotient.measure()?,
        time_weighted_return: time_weighted,
        time_weighted_annual_return: annual.of(time_weighted),
        money_weighted: money_weighted::money_weighted(ends, &flows, &annual, control)?,
        day_policy: input.day_policy,
        signs_differ: time_weighted.value.is_some_and(|value| value * to_f64(gain) < 0.0),
        periods,
        warnings,
    })
}

/// What was put in, and what was taken out.
fn moved(flows: &[PerformanceFlow]) -> Result<(Decimal, Decimal)> {
    let sum = |is_out: bool| {
        Decimal::sum(flows.iter().map(|flow| flow.amount).filter(|amount| amount.is_negative() == is_out))
    };
    Ok((sum(false)?, sum(true)?.negated()))
}

/// The gain as a fraction of all that was ever in.
fn simple(gain: Decimal, base: Decimal) -> Measure {
    if base <= Decimal::ZERO {
        return Measure::undefined(UndefinedReason::NoCapital);
    }
    Measure::of(to_f64(gain) / to_f64(base))
}

/// The returns of the periods that have one, linked: the product of what each leaves of one unit, less that unit.
fn linked(periods: &[PerformancePeriod]) -> Measure {
    let mut growth = 1.0;
    let mut has_any = false;
    for value in periods.iter().filter_map(|period| period.r#return.value) {
        if value < -1.0 {
            return Measure::undefined(UndefinedReason::TotalLoss);
        }
        growth *= 1.0 + value;
        has_any = true;
    }
    if has_any { Measure::of(growth - 1.0) } else { Measure::undefined(UndefinedReason::NoCapital) }
}
