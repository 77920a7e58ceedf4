//! Correlated lognormal returns with inflation that reverts to its mean.

use super::{AssetClass, GrowthBlock, InflationModel, check, correlation};
use crate::{
    Result,
    error::At,
    math::{
        self, branch_free,
        random::{LANES, LaneStream, Lanes},
    },
    simulation::ReturnConvention,
};

/// Inflation is kept at or above this, so that prices stay positive.
const LEAST_INFLATION: f64 = -0.9;

#[derive(Debug, Clone)]
pub(super) struct Lognormal {
    assets: Vec<LogReturn>,
    inflation: Inflation,
}

/// The logarithmic growth of one step: a mean, and weights of as many standard normal numbers as there are variables
/// up to this one.
#[derive(Debug, Clone)]
struct LogReturn {
    mean: f64,
    weights: Vec<f64>,
}

/// The annual rate of inflation from step to step.
#[derive(Debug, Clone)]
struct Inflation {
    expected: f64,
    initial: f64,
    persistence: f64,
    weights: Vec<f64>,
    steps_per_year: f64,
}

impl Lognormal {
    pub(super) fn new(
        asset_classes: &[AssetClass],
        inflation: &InflationModel,
        correlations: &[Vec<f64>],
        steps_per_year: u32,
    ) -> Result<Self> {
        check::names(asset_classes.iter().map(|class| class.name.as_str()), "name")?;
        let mut factors = correlation::factor(correlations, asset_classes.len() + 1)?;
        let of_inflation = factors.pop().unwrap_or_default();
        let steps_per_year = f64::from(steps_per_year);
        let log_return = |(index, (class, factors))| {
            log_return(class, factors, steps_per_year).at_index("assetClasses", index)
        };
        let assets = asset_classes.iter().zip(factors).enumerate().map(log_return).collect::<Result<_>>()?;
        Ok(Self {
            assets,
            inflation: Inflation::new(inflation, of_inflation, steps_per_year).at("inflation")?,
        })
    }

    #[inline(always)]
    pub(super) fn fill(&self, draws: &mut LaneStream, growth: &mut GrowthBlock) {
        let mut normals: [Lanes; check::MAX_ASSET_CLASSES + 2] = [[0.0; LANES]; check::MAX_ASSET_CLASSES + 2];
        let pairs = self.assets.len() / 2 + 1;
        let mut inflation = [self.inflation.initial; LANES];
        for rows in growth.steps_mut() {
            for pair in normals.chunks_exact_mut(2).take(pairs) {
                pair.copy_from_slice(&draws.normals());
            }
            let Some((prices, assets)) = rows.split_last_mut() else { continue };
            for (row, asset) in assets.iter_mut().zip(&self.assets) {
                *row = weighted([asset.mean; LANES], &asset.weights, &normals).map(branch_free::exp);
            }
            *prices = self.inflation.advance(&mut inflation, &normals);
        }
    }
}

/// `start` plus the weighted sum of the normal numbers.
#[inline(always)]
fn weighted(start: Lanes, weights: &[f64], normals: &[Lanes]) -> Lanes {
    let mut sum = start;
    for (weight, normals) in weights.iter().zip(normals) {
        for (sum, normal) in sum.iter_mut().zip(normals) {
            *sum += weight * normal;
        }
    }
    sum
}

fn log_return(class: &AssetClass, factors: Vec<f64>, steps_per_year: f64) -> Result<LogReturn> {
    let (expected, volatility) = (class.expected_return, class.volatility);
    check::expected_return(expected).at("expectedReturn")?;
    check::volatility(volatility).at("volatility")?;
    let fee = check::fee(class.annual_fee).at("annualFee")?;
    let annual = match class.return_convention {
        ReturnConvention::Arithmetic => math::ln_1p(expected) - volatility * volatility / 2.0,
        ReturnConvention::Geometric => math::ln_1p(expected),
        ReturnConvention::Logarithmic => expected,
    };
    let deviation = volatility / steps_per_year.sqrt();
    Ok(LogReturn {
        mean: (annual + fee) / steps_per_year,
        weights: factors.into_iter().map(|factor| deviation * factor).collect(),
    })
}

impl Inflation {
    fn new(model: &InflationModel, factors: Vec<f64>, steps_per_year: f64) -> Result<Self> {
        let initial = model.initial.unwrap_or(model.expected);
        check::inflation(model.expected).at("expected")?;
        check::inflation(initial).at("initial")?;
        check::inflation_volatility(model.volatility).at("volatility")?;
        check::persistence(model.persistence).at("persistence")?;
        let annual = model.persistence;
        let persistence =
            if steps_per_year == 1.0 { annual } else { math::pow(annual, 1.0 / steps_per_year) };
        // So that the long-run variance, volatility² / (1 - persistence²), is that of annual steps.
        let scale = ((1.0 - persistence * persistence) / (1.0 - annual * annual)).sqrt();
        let weights = factors.into_iter().map(|factor| model.volatility * scale * factor).collect();
        Ok(Self { expected: model.expected, initial, persistence, weights, steps_per_year })
    }

    /// The growth of prices in the next step.
    #[inline(always)]
    fn advance(&self, inflation: &mut Lanes, normals: &[Lanes]) -> Lanes {
        let shocks = weighted([0.0; LANES], &self.weights, normals);
        for (inflation, shock) in inflation.iter_mut().zip(shocks) {
            let next = self.expected + self.persistence * (*inflation - self.expected) + shock;
            *inflation = if next > LEAST_INFLATION { next } else { LEAST_INFLATION };
        }
        if self.steps_per_year == 1.0 {
            return inflation.map(|rate| 1.0 + rate);
        }
        inflation.map(|rate| branch_free::exp(branch_free::ln_1p(rate) / self.steps_per_year))
    }
}
