//! Correlated lognormal returns with inflation that reverts to its mean.

use std::f64::consts::LOG2_E;

use super::{AssetClass, InflationModel, growth::GrowthBlock, limits, normals::Normals};
use crate::{convention, correlation::Correlation};
use wherewithal_base::{Result, error::At};
use wherewithal_math::{
    self as math, branch_free,
    random::{LANES, Lanes},
};

/// Inflation is kept at or above this, so that prices stay positive.
const LEAST_INFLATION: f64 = -0.9;

/// The largest exponent of [`branch_free::exp2`].
const MOST_DOUBLINGS: f64 = 1000.0;

#[derive(Debug, Clone)]
pub(super) struct Lognormal {
    assets: Vec<LogReturn>,
    /// The same to base 2.
    binary_assets: Vec<LogReturn>,
    inflation: Inflation,
    /// Whether shocks may be so large that a logarithm leaves the range of [`branch_free::exp2`].
    has_wide_shocks: bool,
}

/// The logarithmic growth of one step: a mean, and the weights of the standard normal numbers of all variables up to
/// this one.
#[derive(Debug, Clone)]
pub(super) struct LogReturn {
    pub(super) mean: f64,
    pub(super) weights: Vec<f64>,
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
    /// The model with the correlations of the asset classes and, last, of inflation.
    pub(super) fn new(
        asset_classes: &[AssetClass],
        inflation: &InflationModel,
        correlation: &Correlation,
        steps_per_year: u32,
    ) -> Result<Self> {
        let steps_per_year = f64::from(steps_per_year);
        let of_inflation = correlation.factor.row(asset_classes.len()).to_vec();
        let assets = log_returns(asset_classes, correlation, steps_per_year)?;
        Ok(Self {
            binary_assets: assets.iter().map(LogReturn::to_base_2).collect(),
            assets,
            inflation: Inflation::new(inflation, of_inflation, steps_per_year).at("inflation")?,
            has_wide_shocks: false,
        })
    }

    /// Mean and standard deviation of the growth factor of each asset class in one step.
    pub(super) fn moments(&self) -> Vec<[f64; 2]> {
        self.assets.iter().map(LogReturn::moments).collect()
    }

    /// The same model for shocks that are not normal. Growth in one step is limited to a factor of 2^1000 in either
    /// direction.
    pub(super) fn with_wide_shocks(self) -> Self {
        Self { has_wide_shocks: true, ..self }
    }

    #[inline(always)]
    #[expect(
        clippy::indexing_slicing,
        clippy::unreachable,
        reason = "there are at most as many normal numbers as asset classes, and every step has prices"
    )]
    pub(super) fn fill(&self, draws: &mut impl Normals, growth: &mut GrowthBlock) {
        let mut normals: [Lanes; limits::MAX_ASSET_CLASSES + 2] =
            [[0.0; LANES]; limits::MAX_ASSET_CLASSES + 2];
        // Normal numbers come in pairs: the asset classes and inflation, rounded up to an even number.
        let pairs = self.assets.len() / 2 + 1;
        let mut inflation = [self.inflation.initial; LANES];
        for rows in growth.steps_mut() {
            draws.next(&mut normals[..2 * pairs]);
            let [assets @ .., prices] = rows else { unreachable!("every step has prices") };
            for (row, asset) in assets.iter_mut().zip(&self.binary_assets) {
                *row = weighted([asset.mean; LANES], &asset.weights, &normals);
                if self.has_wide_shocks {
                    for logarithm in row.iter_mut() {
                        *logarithm = logarithm.clamp(-MOST_DOUBLINGS, MOST_DOUBLINGS);
                    }
                }
                for growth in row.iter_mut() {
                    *growth = branch_free::exp2(*growth);
                }
            }
            *prices = self.inflation.advance(&mut inflation, &normals);
        }
    }
}

/// `start` plus the weighted sum of the normal numbers.
#[inline(always)]
pub(super) fn weighted(start: Lanes, weights: &[f64], normals: &[Lanes]) -> Lanes {
    let mut sum = start;
    for (weight, normals) in weights.iter().zip(normals) {
        for (sum, normal) in sum.iter_mut().zip(normals) {
            *sum += weight * normal;
        }
    }
    sum
}

/// The logarithmic growth of the asset classes in one of `steps_per_year` steps.
pub(super) fn log_returns(
    asset_classes: &[AssetClass],
    correlation: &Correlation,
    steps_per_year: f64,
) -> Result<Vec<LogReturn>> {
    let of_class = |(index, class): (usize, &AssetClass)| {
        // The factor is triangular: the rest of the row is zero.
        let factors = correlation.factor.row(index).iter().take(index + 1);
        log_return(class, factors, steps_per_year).at_index("assetClasses", index)
    };
    asset_classes.iter().enumerate().map(of_class).collect()
}

fn log_return<'a>(
    class: &AssetClass,
    factors: impl Iterator<Item = &'a f64>,
    steps_per_year: f64,
) -> Result<LogReturn> {
    convention::check(class)?;
    let fee = limits::log_of_fee(class.annual_fee).at("annualFee")?;
    let (annual, volatility) =
        convention::log_moments(class.return_convention, class.expected_return, class.volatility);
    // Steps are independent, so variances add up over a year.
    let deviation = volatility / steps_per_year.sqrt();
    Ok(LogReturn {
        mean: (annual + fee) / steps_per_year,
        weights: factors.map(|factor| deviation * factor).collect(),
    })
}

impl LogReturn {
    fn to_base_2(&self) -> Self {
        let weights = self.weights.iter().map(|weight| weight * LOG2_E).collect();
        Self { mean: self.mean * LOG2_E, weights }
    }

    /// Mean and standard deviation of the growth factor.
    pub(super) fn moments(&self) -> [f64; 2] {
        let variance: f64 = self.weights.iter().map(|weight| weight * weight).sum();
        let mean = math::exp(self.mean + variance / 2.0);
        // The moments of a lognormal distribution.
        [mean, mean * math::exp_m1(variance).sqrt()]
    }
}

/// The share of a deviation of inflation that remains after one of `steps_per_year` steps, and the factor of the shocks
/// that preserves the long-run variance of annual steps, volatility² / (1 - persistence²).
pub(super) fn persistence(annual: f64, steps_per_year: f64) -> (f64, f64) {
    let persistence = if steps_per_year == 1.0 { annual } else { math::pow(annual, 1.0 / steps_per_year) };
    // The long-run variance of an autoregression is that of its shocks over one less its squared persistence.
    (persistence, ((1.0 - persistence * persistence) / (1.0 - annual * annual)).sqrt())
}

/// An annual rate of inflation, limited so that prices stay positive.
#[inline(always)]
pub(super) fn at_least(rate: f64) -> f64 {
    if rate > LEAST_INFLATION { rate } else { LEAST_INFLATION }
}

/// The growth of prices in one step, given the annual rates.
#[inline(always)]
pub(super) fn price_factors(rates: &Lanes, steps_per_year: f64) -> Lanes {
    if steps_per_year == 1.0 {
        return rates.map(|rate| 1.0 + rate);
    }
    // The root of the annual factor: the rates are annual, the step is a part of a year.
    rates.map(|rate| branch_free::exp(branch_free::ln_1p(rate) / steps_per_year))
}

impl Inflation {
    fn new(model: &InflationModel, factors: Vec<f64>, steps_per_year: f64) -> Result<Self> {
        let initial = model.initial.unwrap_or(model.expected);
        limits::inflation(model.expected).at("expected")?;
        limits::inflation(initial).at("initial")?;
        limits::inflation_volatility(model.volatility).at("volatility")?;
        limits::persistence(model.persistence).at("persistence")?;
        let (persistence, scale) = persistence(model.persistence, steps_per_year);
        let weights = factors.into_iter().map(|factor| model.volatility * scale * factor).collect();
        Ok(Self { expected: model.expected, initial, persistence, weights, steps_per_year })
    }

    /// The growth of prices in the next step.
    #[inline(always)]
    fn advance(&self, inflation: &mut Lanes, normals: &[Lanes]) -> Lanes {
        let shocks = weighted([0.0; LANES], &self.weights, normals);
        for (inflation, shock) in inflation.iter_mut().zip(shocks) {
            let next = self.expected + self.persistence * (*inflation - self.expected) + shock;
            *inflation = at_least(next);
        }
        price_factors(inflation, self.steps_per_year)
    }
}
