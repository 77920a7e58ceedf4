//! Builds each kind of model from its description.

use super::{CorrelationRepair, Model, SampledModel};
use crate::{
    AssetClass, BootstrapBlocks, InflationModel, MarketHistory, MarketModel, MarketPath, Sampling,
    bootstrap::Bootstrap,
    cohorts::Cohorts,
    convention,
    correlation::Correlation,
    limits,
    lognormal::Lognormal,
    normals::Sampler,
    paths::Paths,
    regimes::{self, Regimes},
    student_t::StudentT,
    vector_autoregression::{self, VectorAutoregression},
};
use wherewithal_base::{Result, control::Control, error::At};
use wherewithal_math::random::Stream;

/// The time that a market covers, the source of its random numbers, and what can stop its preparation.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) steps: u32,
    pub(super) steps_per_year: u32,
    pub(super) seed: u64,
    pub(super) stream: Stream,
    pub(super) control: &'a Control<'a>,
}

/// A built model.
pub(super) struct Built {
    pub(super) asset_classes: Vec<String>,
    pub(super) model: Model,
    /// The number of paths of the model; `None` if it is unlimited.
    pub(super) paths: Option<u64>,
    pub(super) correlation_repairs: Vec<CorrelationRepair>,
}

/// Validates a model.
pub(super) fn build(model: &MarketModel, frame: Frame<'_>) -> Result<Built> {
    match model {
        MarketModel::Lognormal { asset_classes, inflation, correlations, sampling } => {
            lognormal(asset_classes, inflation, correlations, *sampling, frame)
        }
        MarketModel::StudentT { asset_classes, inflation, correlations, degrees_of_freedom, sampling } => {
            student_t(asset_classes, inflation, correlations, *degrees_of_freedom, *sampling, frame)
        }
        MarketModel::Bootstrap { history, blocks, annual_fees } => {
            bootstrap(history, *blocks, annual_fees, frame)
        }
        MarketModel::HistoricalCohorts { history, circular, annual_fees } => {
            cohorts(history, *circular, annual_fees, frame)
        }
        MarketModel::RegimeSwitching {
            regimes,
            transitions,
            transitions_per_year,
            initial_probabilities,
            inflation_persistence,
            initial_inflation,
            sampling,
        } => {
            let parts = regimes::Parts {
                regimes,
                transitions,
                transitions_per_year: *transitions_per_year,
                initial_probabilities,
                inflation_persistence: *inflation_persistence,
                initial_inflation: *initial_inflation,
            };
            regime_switching(&parts, *sampling, frame)
        }
        MarketModel::VectorAutoregression {
            states,
            coefficients,
            periods_per_year,
            asset_classes,
            inflation_state,
            correlations,
            sampling,
        } => {
            let parts = vector_autoregression::Parts {
                states,
                coefficients,
                periods_per_year: *periods_per_year,
                asset_classes,
                inflation_state: inflation_state.as_deref(),
            };
            vector_autoregression(&parts, correlations, *sampling, frame)
        }
        MarketModel::Paths { asset_classes, periods_per_year, paths, annual_fees } => {
            given_paths(asset_classes, *periods_per_year, paths, annual_fees, frame)
        }
    }
}

fn lognormal(
    asset_classes: &[AssetClass],
    inflation: &InflationModel,
    correlations: &[Vec<f64>],
    sampling: Sampling,
    frame: Frame<'_>,
) -> Result<Built> {
    let names = names(asset_classes);
    limits::asset_classes(names.iter().map(String::as_str), "name")?;
    let correlation = Correlation::of_returns(correlations, asset_classes, frame.control)?;
    let model = Lognormal::new(asset_classes, inflation, &correlation, frame.steps_per_year)?;
    let model = match sampling {
        // Independent paths need no table of normal numbers: each step draws its own.
        Sampling::Random => Model::Lognormal(model),
        _ => frame.sampled(sampling, names.len() + 1, 1, SampledModel::Lognormal(model)),
    };
    Ok(Built { asset_classes: names, model, paths: None, correlation_repairs: repairs(&correlation) })
}

fn student_t(
    asset_classes: &[AssetClass],
    inflation: &InflationModel,
    correlations: &[Vec<f64>],
    degrees_of_freedom: f64,
    sampling: Sampling,
    frame: Frame<'_>,
) -> Result<Built> {
    let names = names(asset_classes);
    limits::asset_classes(names.iter().map(String::as_str), "name")?;
    convention::refuse_simple(asset_classes, "a Student-t model")?;
    let correlation = Correlation::of_returns(correlations, asset_classes, frame.control)?;
    let model = Lognormal::new(asset_classes, inflation, &correlation, frame.steps_per_year)?;
    let model = StudentT::new(model, degrees_of_freedom, frame.seed).at("degreesOfFreedom")?;
    let model = frame.sampled(sampling, names.len() + 1, 1, SampledModel::StudentT(model));
    Ok(Built { asset_classes: names, model, paths: None, correlation_repairs: repairs(&correlation) })
}

fn bootstrap(
    history: &MarketHistory,
    blocks: BootstrapBlocks,
    annual_fees: &[f64],
    frame: Frame<'_>,
) -> Result<Built> {
    let model = Bootstrap::new(history, blocks, annual_fees, frame.steps_per_year)?;
    Ok(Built {
        asset_classes: history.asset_classes.clone(),
        model: Model::Bootstrap(model),
        paths: None,
        correlation_repairs: Vec::new(),
    })
}

fn cohorts(history: &MarketHistory, circular: bool, annual_fees: &[f64], frame: Frame<'_>) -> Result<Built> {
    let model = Cohorts::new(history, circular, annual_fees, frame.steps, frame.steps_per_year)?;
    Ok(Built {
        asset_classes: history.asset_classes.clone(),
        paths: Some(model.starts),
        model: Model::Cohorts(model),
        correlation_repairs: Vec::new(),
    })
}

fn regime_switching(parts: &regimes::Parts<'_>, sampling: Sampling, frame: Frame<'_>) -> Result<Built> {
    let (model, correlations) = Regimes::new(parts, frame.steps_per_year, frame.control)?;
    let names = parts.regimes.first().map_or_else(Vec::new, |regime| names(&regime.asset_classes));
    let repairs = correlations
        .iter()
        .enumerate()
        .filter_map(|(index, correlation)| repair(format!("regimes[{index}].correlations"), correlation));
    // Regimes may change more often than steps end, and each period has its own shocks.
    let draws_per_step = model.periods_per_step;
    Ok(Built {
        model: frame.sampled(sampling, names.len() + 1, draws_per_step, SampledModel::Regimes(model)),
        asset_classes: names,
        paths: None,
        correlation_repairs: repairs.collect(),
    })
}

fn vector_autoregression(
    parts: &vector_autoregression::Parts<'_>,
    correlations: &[Vec<f64>],
    sampling: Sampling,
    frame: Frame<'_>,
) -> Result<Built> {
    let names: Vec<String> = parts.asset_classes.iter().map(|class| class.name().to_owned()).collect();
    let width = parts.states.len() + names.len();
    limits::asset_classes(names.iter().map(String::as_str), "name")?;
    let correlation = Correlation::new(correlations, width, frame.control).at("correlations")?;
    let model = VectorAutoregression::new(parts, &correlation, frame.steps_per_year)?;
    let draws_per_step = model.periods_per_step;
    let model = SampledModel::VectorAutoregression(model);
    Ok(Built {
        asset_classes: names,
        model: frame.sampled(sampling, width, draws_per_step, model),
        paths: None,
        correlation_repairs: repairs(&correlation),
    })
}

fn given_paths(
    asset_classes: &[String],
    periods_per_year: u32,
    paths: &[MarketPath],
    annual_fees: &[f64],
    frame: Frame<'_>,
) -> Result<Built> {
    let model =
        Paths::new(asset_classes, periods_per_year, paths, annual_fees, frame.steps, frame.steps_per_year)?;
    Ok(Built {
        asset_classes: asset_classes.to_vec(),
        paths: Some(model.paths),
        model: Model::Paths(model),
        correlation_repairs: Vec::new(),
    })
}

impl Frame<'_> {
    /// A model whose normal numbers are drawn in advance: `width` numbers, `draws_per_step` times in each step.
    fn sampled(self, sampling: Sampling, width: usize, draws_per_step: usize, model: SampledModel) -> Model {
        let draws = self.steps as usize * draws_per_step;
        Model::Sampled(Sampler::new(self.stream, self.seed, sampling, width, draws), model)
    }
}

fn names(asset_classes: &[AssetClass]) -> Vec<String> {
    asset_classes.iter().map(|class| class.name.clone()).collect()
}

/// The repair of a model's only matrix, if it needed one.
fn repairs(correlation: &Correlation) -> Vec<CorrelationRepair> {
    repair("correlations".to_owned(), correlation).into_iter().collect()
}

fn repair(path: String, correlation: &Correlation) -> Option<CorrelationRepair> {
    let nearest = &correlation.nearest;
    nearest.repaired.then(|| CorrelationRepair { path, nearest: nearest.clone() })
}
