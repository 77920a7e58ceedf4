//! A benchmark of several indexes.

#[cfg(test)]
mod tests;

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    wire::Wire,
};
use wherewithal_math::sum;

use crate::order::first_out_of_order;

/// The most components, and the most periods.
const MOST_COMPONENTS: usize = 100;
const MOST_PERIODS: usize = 20_000;
/// How far weights may be from 1 together.
const TOLERANCE: f64 = 1e-9;

/// Input of `returns.blended_benchmark`.
#[derive(Debug, Clone, Wire)]
pub struct BlendedBenchmarkInput {
    /// The last day of each period, ascending.
    #[wire(length = 1..=20_000)]
    pub dates: Vec<Date>,

    /// The components, each of another name, whose weights add up to 1.
    #[wire(length = 1..=100)]
    pub components: Vec<BenchmarkComponent>,

    /// When the weights are restored. In between they drift with the returns.
    #[wire(default)]
    pub rebalancing: BenchmarkRebalancing,

    /// The returns of a portfolio in the same periods as fractions, which the benchmark is compared with; empty for none.
    #[wire(share, default, range = -1..=1000000, length = ..=20_000)]
    pub portfolio: Vec<f64>,

    /// The last day of each period of the portfolio, which must be `dates`; empty if the periods are known to be the same.
    #[wire(default, length = ..=20_000)]
    pub portfolio_dates: Vec<Date>,
}

/// A component of a benchmark.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct BenchmarkComponent {
    /// The name, 1 to 100 characters.
    #[wire(length = 1..=100)]
    pub name: String,

    /// Its weight as a fraction from 0 to 1.
    #[wire(share, range = 0..=1)]
    pub weight: f64,

    /// Its return in each period as a fraction, one for each of `dates`.
    #[wire(share, range = -1..=1000000, length = 1..=20_000)]
    pub returns: Vec<f64>,
}

/// When the weights of a benchmark are restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum BenchmarkRebalancing {
    /// At the start of each period.
    #[default]
    EveryPeriod,
    /// At the start of the first period that ends in another month than the one before.
    Monthly,
    /// At the start of the first period that ends in another quarter than the one before.
    Quarterly,
    /// At the start of the first period that ends in another year than the one before.
    Annually,
    /// Never: the components are bought at the start and held.
    Never,
}

/// A benchmark of several indexes.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct BlendedBenchmark {
    /// Its return in each period.
    pub returns: Vec<f64>,
    /// Its return over all periods, compounded.
    pub cumulative_return: f64,
    /// The weights after the last period, in the order of the components; as stated if nothing is left.
    pub end_weights: Vec<f64>,
    /// How often the weights were restored, the start left out.
    pub rebalancings: u32,
    /// The portfolio beside it; null without one.
    pub excess: Option<ExcessReturns>,
}

/// The returns of a portfolio beside those of its benchmark.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct ExcessReturns {
    /// The return of the portfolio over all periods, compounded.
    pub portfolio_return: f64,
    /// The return of the portfolio less that of the benchmark, in each period.
    pub arithmetic: Vec<f64>,
    /// The same over all periods.
    pub arithmetic_cumulative: f64,
    /// What the portfolio became over what the benchmark became, less 1, over all periods; null if nothing is left of the benchmark.
    pub geometric_cumulative: Option<f64>,
}

/// The returns of a benchmark of several indexes, with weights that drift until they are restored, and of a portfolio beside it.
///
/// ```
/// # use wherewithal_returns::wherewithal;
/// use wherewithal::{control::Control, returns::{self, BlendedBenchmarkInput}};
///
/// let input: BlendedBenchmarkInput = serde_json::from_str(r#"{
///     "dates": ["2026-01-31", "2026-02-28"], "rebalancing": "never", "components": [
///         {"name": "shares", "weight": 0.5, "returns": [0.5, 0.1]}, {"name": "bonds", "weight": 0.5, "returns": [0, 0.1]}]}"#).unwrap();
/// let found = returns::blended_benchmark(&input, &Control::default())?;
/// assert_eq!(found.returns[0], 0.25);
/// assert_eq!((found.end_weights[0] * 1e6).round(), 600_000.0);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.empty`, `list.too_long`, `list.length_mismatch`, `list.duplicate`, `dates.out_of_order`, `dates.mismatch`,
/// `field.missing`, `text.invalid`, `number.not_finite`, `rate.out_of_range`, `weight.out_of_range`, `weights.sum_not_one`,
/// `result.too_large`, `operation.cancelled`.
pub fn blended_benchmark(input: &BlendedBenchmarkInput, control: &Control<'_>) -> Result<BlendedBenchmark> {
    validate(input)?;
    control.check()?;
    let stated: Vec<f64> = input.components.iter().map(|component| component.weight).collect();
    let mut amounts = stated.clone();
    let mut growth = 1.0;
    let mut returns = Vec::with_capacity(input.dates.len());
    let mut rebalancings = 0;
    let mut work = Work::under(control);
    let mut before: Option<Date> = None;
    for (period, date) in input.dates.iter().enumerate() {
        work.done(2 + amounts.len())?;
        if before.is_some_and(|before| input.rebalancing.falls_between(before, *date)) {
            rebalancings += 1;
            amounts = stated.iter().map(|weight| weight * growth).collect();
        }
        grow(&mut amounts, &input.components, period);
        let after = check::result(sum(amounts.iter().copied()))?;
        // What is left of nothing has no return; it stays nothing.
        returns.push(if growth > 0.0 { after / growth - 1.0 } else { 0.0 });
        growth = after;
        before = Some(*date);
    }
    let end_weights =
        if growth > 0.0 { amounts.iter().map(|amount| amount / growth).collect() } else { stated };
    Ok(BlendedBenchmark {
        excess: excess(input, &returns, growth)?,
        returns,
        cumulative_return: growth - 1.0,
        end_weights,
        rebalancings,
    })
}

/// Lets what is in each component earn its return of a period.
#[expect(clippy::indexing_slicing, reason = "the lists have been checked to have a return for each period")]
fn grow(amounts: &mut [f64], components: &[BenchmarkComponent], period: usize) {
    for (amount, component) in amounts.iter_mut().zip(components) {
        *amount *= 1.0 + component.returns[period];
    }
}

impl BenchmarkRebalancing {
    /// Whether the weights are restored between a period that ends on one day and the next, which ends on another.
    fn falls_between(self, one: Date, next: Date) -> bool {
        let month = |date: Date| (date.year(), date.month());
        let quarter = |date: Date| (date.year(), (date.month() - 1) / 3);
        match self {
            Self::EveryPeriod => true,
            Self::Monthly => month(one) != month(next),
            Self::Quarterly => quarter(one) != quarter(next),
            Self::Annually => one.year() != next.year(),
            Self::Never => false,
        }
    }
}

/// The portfolio beside its benchmark, of which so much is left.
fn excess(input: &BlendedBenchmarkInput, returns: &[f64], growth: f64) -> Result<Option<ExcessReturns>> {
    if input.portfolio.is_empty() {
        return Ok(None);
    }
    let own = input.portfolio.iter().fold(1.0, |own, one| own * (1.0 + one));
    let own = check::result(own)?;
    Ok(Some(ExcessReturns {
        portfolio_return: own - 1.0,
        arithmetic: input.portfolio.iter().zip(returns).map(|(own, other)| own - other).collect(),
        arithmetic_cumulative: own - growth,
        geometric_cumulative: (growth > 0.0).then(|| check::result(own / growth - 1.0)).transpose()?,
    }))
}

fn validate(input: &BlendedBenchmarkInput) -> Result<()> {
    let BlendedBenchmarkInput { dates, components, portfolio, portfolio_dates, .. } = input;
    check::length(dates.len(), 1..=MOST_PERIODS).at("dates")?;
    if let Some((place, error)) = first_out_of_order(dates.iter().copied()) {
        return Err(error.at_index("dates", place));
    }
    check::length(components.len(), 1..=MOST_COMPONENTS).at("components")?;
    check::names(components.iter().map(|component| component.name.as_str()), "name").at("components")?;
    for (place, component) in components.iter().enumerate() {
        of_component(component, dates.len()).at_index("components", place)?;
    }
    let total = sum(components.iter().map(|component| component.weight));
    if (total - 1.0).abs() > TOLERANCE {
        let message = format!("the weights add up to {total}, not to 1");
        return Err(Error::new(ErrorCode::WeightsSumNotOne, message).at("components"));
    }
    if portfolio.is_empty() {
        if portfolio_dates.is_empty() {
            return Ok(());
        }
        let message = "`portfolioDates` are given without the returns of the portfolio";
        return Err(Error::new(ErrorCode::FieldMissing, message).at("portfolio"));
    }
    same_dates(portfolio_dates, dates)?;
    in_range(portfolio, dates.len()).at("portfolio")
}

fn of_component(component: &BenchmarkComponent, periods: usize) -> Result<()> {
    check::number(component.weight, 0.0..=1.0, ErrorCode::WeightOutOfRange).at("weight")?;
    in_range(&component.returns, periods).at("returns")
}

/// That there is a return for each period, each from -1 on.
fn in_range(returns: &[f64], periods: usize) -> Result<()> {
    check::same_length(returns.len(), periods, "date")?;
    for (place, value) in returns.iter().enumerate() {
        check::rate(*value, -1.0..=1e6).at_item(place)?;
    }
    Ok(())
}

/// That the dates of the portfolio, if there are any, are those of the benchmark.
fn same_dates(theirs: &[Date], own: &[Date]) -> Result<()> {
    if theirs.is_empty() {
        return Ok(());
    }
    if let Some((place, (other, date))) =
        theirs.iter().zip(own).enumerate().find(|(_, (other, date))| other != date)
    {
        let message =
            format!("the portfolio has {other} where the benchmark has {date}; both need the same periods");
        return Err(Error::new(ErrorCode::DatesMismatch, message).at_index("portfolioDates", place));
    }
    check::same_length(theirs.len(), own.len(), "date").at("portfolioDates").map(drop)
}
