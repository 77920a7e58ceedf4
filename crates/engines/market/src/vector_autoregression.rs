//! A vector autoregression of yields and inflation, and the returns that follow from them.

use super::{
    StateDrivenAssetClass, StateVariable,
    growth::GrowthBlock,
    limits,
    lognormal::{self, weighted},
    normals::{Drawn, Normals},
};
use crate::correlation::Correlation;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At};
use wherewithal_math::{
    self as math, branch_free,
    matrix::Matrix,
    random::{LANES, Lanes},
};

const MAX_STATES: usize = 10;
const MAX_COEFFICIENT: f64 = 10.0;
const MAX_DURATION: f64 = 50.0;
const MAX_CONVEXITY: f64 = 5000.0;

/// The growth factor of a bond in one period is kept at or above this.
const LEAST_GROWTH: f64 = 0.01;

/// The expected growth is kept at or above this, so that it has a logarithm.
const LEAST_EXPECTED_GROWTH: f64 = 0.01;

#[derive(Debug, Clone)]
pub(super) struct VectorAutoregression {
    states: Vec<State>,
    assets: Vec<Asset>,
    inflation: Option<usize>,
    pub(super) periods_per_step: usize,
    periods_per_year: f64,
}

#[derive(Debug, Clone)]
struct State {
    mean: f64,
    initial: f64,
    coefficients: Vec<f64>,
    weights: Vec<f64>,
}

#[derive(Debug, Clone)]
struct Asset {
    /// The index of the state variable that is the yield or the rate.
    rate: Option<usize>,
    fee_factor: f64,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Bond { duration: f64, half_convexity: f64 },
    Premium { premium: f64, half_variance: f64, weights: Vec<f64> },
}

/// The parts of a vector autoregression, except for its correlations.
pub(super) struct Parts<'a> {
    pub(super) states: &'a [StateVariable],
    pub(super) coefficients: &'a [Vec<f64>],
    pub(super) periods_per_year: u32,
    pub(super) asset_classes: &'a [StateDrivenAssetClass],
    pub(super) inflation_state: Option<&'a str>,
}

impl StateDrivenAssetClass {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Bond { name, .. } | Self::Premium { name, .. } => name,
        }
    }
}

impl VectorAutoregression {
    pub(super) fn new(parts: &Parts<'_>, correlation: &Correlation, steps_per_year: u32) -> Result<Self> {
        let count = parts.states.len();
        check::length(count, 1..=MAX_STATES).at("states")?;
        check::names(parts.states.iter().map(|state| state.name.as_str()), "name").at("states")?;
        let periods_per_step =
            periods_per_step(parts.periods_per_year, steps_per_year).at("periodsPerYear")?;
        check_coefficients(parts.coefficients, count).at("coefficients")?;
        let place_of = |name: &str| {
            check::place(name, parts.states.iter().map(|state| state.name.as_str()), "state variable")
        };
        let periods_per_year = f64::from(parts.periods_per_year);
        let states = parts.states.iter().zip(parts.coefficients).enumerate();
        let states = states.map(|(index, (variable, coefficients))| {
            state(variable, coefficients, correlation.factor.row(index)).at_index("states", index)
        });
        let assets = parts.asset_classes.iter().enumerate().map(|(index, class)| {
            let factors = correlation.factor.row(count + index);
            asset(class, factors, periods_per_year, place_of).at_index("assetClasses", index)
        });
        Ok(Self {
            states: states.collect::<Result<_>>()?,
            assets: assets.collect::<Result<_>>()?,
            inflation: parts.inflation_state.map(place_of).transpose().at("inflationState")?,
            periods_per_step,
            periods_per_year,
        })
    }

    #[inline(always)]
    #[expect(
        clippy::indexing_slicing,
        clippy::unreachable,
        reason = "the places of state variables were looked up among them, and every step has prices"
    )]
    pub(super) fn fill(&self, normals: &mut Drawn<'_>, growth: &mut GrowthBlock) {
        const WIDTH: usize = MAX_STATES + limits::MAX_ASSET_CLASSES;
        let mut drawn: [Lanes; WIDTH] = [[0.0; LANES]; WIDTH];
        let mut last: [Lanes; MAX_STATES] = [[0.0; LANES]; MAX_STATES];
        for (value, state) in last.iter_mut().zip(&self.states) {
            *value = [state.initial; LANES];
        }
        for rows in growth.steps_mut() {
            rows.fill([1.0; LANES]);
            let [assets @ .., prices] = rows else { unreachable!("every step has prices") };
            for _ in 0..self.periods_per_step {
                normals.next(&mut drawn);
                let next = self.next(&last, &drawn);
                for (row, asset) in assets.iter_mut().zip(&self.assets) {
                    let (before, after) = match asset.rate {
                        Some(place) => (&last[place], &next[place]),
                        None => (&[0.0; LANES], &[0.0; LANES]),
                    };
                    self.grow(asset, before, after, &drawn, row);
                }
                if let Some(place) = self.inflation {
                    let rates = next[place].map(lognormal::at_least);
                    let factors = lognormal::price_factors(&rates, self.periods_per_year);
                    for (price, factor) in prices.iter_mut().zip(factors) {
                        *price *= factor;
                    }
                }
                last = next;
            }
        }
    }

    /// The state variables after one period.
    #[inline(always)]
    fn next(&self, last: &[Lanes; MAX_STATES], drawn: &[Lanes]) -> [Lanes; MAX_STATES] {
        let mut next = [[0.0; LANES]; MAX_STATES];
        for (value, state) in next.iter_mut().zip(&self.states) {
            *value = weighted([state.mean; LANES], &state.weights, drawn);
            for ((coefficient, last), other) in state.coefficients.iter().zip(last).zip(&self.states) {
                for (value, last) in value.iter_mut().zip(last) {
                    *value += coefficient * (last - other.mean);
                }
            }
        }
        next
    }

    /// Multiplies the growth of an asset class by that of one period.
    #[inline(always)]
    fn grow(&self, asset: &Asset, before: &Lanes, after: &Lanes, drawn: &[Lanes], row: &mut Lanes) {
        match &asset.kind {
            Kind::Bond { duration, half_convexity } => {
                for ((growth, before), after) in row.iter_mut().zip(before).zip(after) {
                    let change = after - before;
                    // A second-order Taylor expansion of the price in the yield, plus the yield earned.
                    let factor = 1.0 + before / self.periods_per_year - duration * change
                        + half_convexity * change * change;
                    *growth *= asset.fee_factor * if factor > LEAST_GROWTH { factor } else { LEAST_GROWTH };
                }
            }
            Kind::Premium { premium, half_variance, weights } => {
                let shocks = weighted([0.0; LANES], weights, drawn);
                for ((growth, before), shock) in row.iter_mut().zip(before).zip(shocks) {
                    let expected = 1.0 + (before + premium);
                    let expected =
                        if expected > LEAST_EXPECTED_GROWTH { expected } else { LEAST_EXPECTED_GROWTH };
                    // Half the variance less, so that the mean growth factor is the expected one.
                    let mean = (branch_free::ln(expected) - half_variance) / self.periods_per_year;
                    *growth *= asset.fee_factor * branch_free::exp(mean + shock);
                }
            }
        }
    }
}

fn periods_per_step(periods_per_year: u32, steps_per_year: u32) -> Result<usize> {
    limits::frequency(periods_per_year)?;
    if periods_per_year < steps_per_year {
        let message = "the periods are years but the steps of the simulation are months; give monthly coefficients, \
            which cannot be derived from annual ones";
        return Err(Error::new(ErrorCode::FrequencyUnsupported, message));
    }
    Ok((periods_per_year / steps_per_year) as usize)
}

#[expect(clippy::expect_used, reason = "the lengths of the rows are checked")]
fn check_coefficients(rows: &[Vec<f64>], count: usize) -> Result<()> {
    check::same_length(rows.len(), count, "state variable")?;
    let range = -MAX_COEFFICIENT..=MAX_COEFFICIENT;
    for (index, row) in rows.iter().enumerate() {
        check::same_length(row.len(), count, "state variable").at_item(index)?;
        for (column, coefficient) in row.iter().enumerate() {
            check::number(*coefficient, range.clone(), ErrorCode::NumberOutOfRange)
                .at_item(column)
                .at_item(index)?;
        }
    }
    let radius = Matrix::of_rows(rows).expect("there are as many rows as columns").spectral_radius();
    // The margin covers the error of the computed eigenvalues.
    // With an eigenvalue of 1 or more, deviations from the means would never die out.
    if radius >= 1.0 - 1e-9 {
        let message =
            format!("the largest absolute value of an eigenvalue is {radius:.6}; it must be below 1");
        return Err(Error::new(ErrorCode::CoefficientsExplosive, message));
    }
    Ok(())
}

fn state(variable: &StateVariable, coefficients: &[f64], factors: &[f64]) -> Result<State> {
    let initial = variable.initial.unwrap_or(variable.mean);
    for (value, field) in [(variable.mean, "mean"), (initial, "initial")] {
        limits::inflation(value).at(field)?;
    }
    limits::inflation_volatility(variable.volatility).at("volatility")?;
    Ok(State {
        mean: variable.mean,
        initial,
        coefficients: coefficients.to_vec(),
        weights: factors.iter().map(|factor| variable.volatility * factor).collect(),
    })
}

fn asset(
    class: &StateDrivenAssetClass,
    factors: &[f64],
    periods_per_year: f64,
    place_of: impl Fn(&str) -> Result<usize>,
) -> Result<Asset> {
    let fee_factor = |fee: f64| Ok(math::exp(limits::log_of_fee(fee).at("annualFee")? / periods_per_year));
    match class {
        StateDrivenAssetClass::Bond { yield_state, duration, convexity, annual_fee, .. } => {
            check::number(*duration, 0.0..=MAX_DURATION, ErrorCode::NumberOutOfRange).at("duration")?;
            check::number(*convexity, 0.0..=MAX_CONVEXITY, ErrorCode::NumberOutOfRange).at("convexity")?;
            Ok(Asset {
                rate: Some(place_of(yield_state).at("yieldState")?),
                fee_factor: fee_factor(*annual_fee)?,
                kind: Kind::Bond { duration: *duration, half_convexity: convexity / 2.0 },
            })
        }
        StateDrivenAssetClass::Premium { rate_state, premium, volatility, annual_fee, .. } => {
            check::growth(*premium).at("premium")?;
            check::volatility(*volatility).at("volatility")?;
            let deviation = volatility / periods_per_year.sqrt();
            Ok(Asset {
                rate: rate_state.as_deref().map(place_of).transpose().at("rateState")?,
                fee_factor: fee_factor(*annual_fee)?,
                kind: Kind::Premium {
                    premium: *premium,
                    half_variance: volatility * volatility / 2.0,
                    weights: factors.iter().map(|factor| deviation * factor).collect(),
                },
            })
        }
    }
}
