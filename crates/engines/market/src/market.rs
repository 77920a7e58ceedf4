//! A market ready to be drawn from, whatever the model behind it.

#[cfg(test)]
mod tests;

use crate::{
    AssetClass, MarketModel, NearestCorrelationResult, Sampling,
    bootstrap::Bootstrap,
    cohorts::Cohorts,
    correlation::Correlation,
    growth::GrowthBlock,
    limits,
    lognormal::Lognormal,
    normals::{Drawn, Sampler},
    paths::Paths,
    regimes::{self, Regimes},
    student_t::StudentT,
    vector_autoregression::{self, VectorAutoregression},
};
use wherewithal_base::{Result, error::At, wire::Wire};
use wherewithal_math::{
    dispatch::{Kernel, dispatch},
    random::{LANES, LaneStream, Stream, purpose},
};

/// A market that was checked and made ready to be drawn from.
#[derive(Debug, Clone)]
pub struct Market {
    asset_classes: Vec<String>,
    steps: u32,
    paths: u64,
    stream: Stream,
    /// The regimes of the paths.
    regimes: Stream,
    model: Model,
    correlation_repairs: Vec<CorrelationRepair>,
}

/// A correlation matrix of a market model that was not positive semi-definite, and what took its place.
#[derive(Debug, Clone, Wire)]
pub struct CorrelationRepair {
    /// The path of the matrix within the model, such as `correlations` or `regimes[1].correlations`.
    pub path: String,

    /// The nearest correlation matrix, which was used.
    pub nearest: NearestCorrelationResult,
}

#[derive(Debug, Clone)]
enum Model {
    Lognormal(Lognormal),
    Bootstrap(Bootstrap),
    Cohorts(Cohorts),
    Paths(Paths),
    /// A model whose normal numbers are drawn before, all those of a block at once.
    Sampled(Sampler, SampledModel),
}

#[derive(Debug, Clone)]
enum SampledModel {
    Lognormal(Lognormal),
    StudentT(StudentT),
    Regimes(Regimes),
    VectorAutoregression(VectorAutoregression),
}

impl Market {
    /// Checks a model for `paths` paths of `steps` steps, of which `steps_per_year` (1 or 12) make a year. The caller
    /// has checked the four numbers.
    ///
    /// # Errors
    /// The codes of invalid values and `number.not_finite`, at the path of the field within the model.
    pub fn new(model: &MarketModel, steps: u32, steps_per_year: u32, paths: u64, seed: u64) -> Result<Self> {
        let stream = Stream::new(seed, purpose::MARKET);
        let mut market = Self {
            asset_classes: names(model),
            steps,
            paths,
            stream,
            regimes: Stream::new(seed, purpose::MARKET_REGIMES),
            model: Model::Cohorts(Cohorts::default()),
            correlation_repairs: Vec::new(),
        };
        let with_inflation = market.asset_classes.len() + 1;
        let sampled = |sampling: Sampling, width: usize, draws_per_step: usize, model: SampledModel| {
            let sampler = Sampler::new(stream, seed, sampling, width, steps as usize * draws_per_step);
            Model::Sampled(sampler, model)
        };
        market.model = match model {
            MarketModel::Lognormal { asset_classes, inflation, correlations, sampling } => {
                let correlation =
                    market.correlation(|names| Correlation::with_inflation(correlations, names))?;
                let model = Lognormal::new(asset_classes, inflation, &correlation, steps_per_year)?;
                match sampling {
                    Sampling::Random => Model::Lognormal(model),
                    _ => sampled(*sampling, with_inflation, 1, SampledModel::Lognormal(model)),
                }
            }
            MarketModel::StudentT {
                asset_classes,
                inflation,
                correlations,
                degrees_of_freedom,
                sampling,
            } => {
                let correlation =
                    market.correlation(|names| Correlation::with_inflation(correlations, names))?;
                let model = Lognormal::new(asset_classes, inflation, &correlation, steps_per_year)?;
                let model = StudentT::new(model, *degrees_of_freedom, seed).at("degreesOfFreedom")?;
                sampled(*sampling, with_inflation, 1, SampledModel::StudentT(model))
            }
            MarketModel::Bootstrap { history, blocks, annual_fees } => {
                Model::Bootstrap(Bootstrap::new(history, *blocks, annual_fees, steps_per_year)?)
            }
            MarketModel::HistoricalCohorts { history, circular, annual_fees } => {
                let model = Cohorts::new(history, *circular, annual_fees, steps, steps_per_year)?;
                market.paths = paths.min(model.starts);
                Model::Cohorts(model)
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
                let (model, correlations) = Regimes::new(&parts, steps_per_year)?;
                for (index, correlation) in correlations.into_iter().enumerate() {
                    market.note_repair(&format!("regimes[{index}].correlations"), correlation);
                }
                sampled(*sampling, with_inflation, model.periods_per_step, SampledModel::Regimes(model))
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
                let width = states.len() + asset_classes.len();
                let correlation = market.correlation(|_| Correlation::new(correlations, width))?;
                let parts = vector_autoregression::Parts {
                    states,
                    coefficients,
                    periods_per_year: *periods_per_year,
                    asset_classes,
                    inflation_state: inflation_state.as_deref(),
                    correlation: &correlation,
                };
                let model = VectorAutoregression::new(&parts, steps_per_year)?;
                sampled(*sampling, width, model.periods_per_step, SampledModel::VectorAutoregression(model))
            }
            MarketModel::Paths { asset_classes, periods_per_year, paths: given, annual_fees } => {
                let model =
                    Paths::new(asset_classes, *periods_per_year, given, annual_fees, steps, steps_per_year)?;
                market.paths = paths.min(model.paths);
                Model::Paths(model)
            }
        };
        Ok(market)
    }

    /// The correlations of the whole model, given the number of asset classes; notes their repair.
    fn correlation(&mut self, checked: impl FnOnce(usize) -> Result<Correlation>) -> Result<Correlation> {
        limits::asset_classes(self.asset_classes.iter().map(String::as_str), "name")?;
        let correlation = checked(self.asset_classes.len()).at("correlations")?;
        self.note_repair("correlations", correlation.clone());
        Ok(correlation)
    }

    fn note_repair(&mut self, path: &str, correlation: Correlation) {
        if correlation.nearest.repaired {
            let repair = CorrelationRepair { path: path.to_owned(), nearest: correlation.nearest };
            self.correlation_repairs.push(repair);
        }
    }

    /// The names of the asset classes.
    pub fn asset_classes(&self) -> &[String] {
        &self.asset_classes
    }

    /// The number of steps.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// The number of paths: as many as were asked for, or fewer where the model has only so many.
    pub fn paths(&self) -> u64 {
        self.paths
    }

    /// The correlation matrices that had to be repaired.
    pub fn correlation_repairs(&self) -> &[CorrelationRepair] {
        &self.correlation_repairs
    }

    /// Mean and standard deviation of the growth factor of each asset class in one step, where they are the same in
    /// every step and known in closed form.
    pub fn moments(&self) -> Option<Vec<[f64; 2]>> {
        match &self.model {
            Model::Lognormal(model) | Model::Sampled(_, SampledModel::Lognormal(model)) => {
                Some(model.moments())
            }
            Model::Bootstrap(model) => model.moments(),
            Model::Sampled(_, SampledModel::Regimes(model)) => model.moments(),
            Model::Cohorts(_) | Model::Paths(_) | Model::Sampled(..) => None,
        }
    }

    /// The same market with one asset class, which grows by the sum of the others' growth times these factors, where
    /// that can be worked out once for all paths.
    pub fn combined(&self, factors: &[f64]) -> Option<Self> {
        let Model::Bootstrap(model) = &self.model else { return None };
        let model = Model::Bootstrap(model.combined(factors));
        Some(Self { asset_classes: vec![String::new()], model, ..self.clone() })
    }

    /// Fills in the growth of the paths from `block * LANES` on. It is a function of seed, path and step only.
    pub fn fill(&self, block: u64, growth: &mut GrowthBlock) {
        dispatch(Fill { market: self, block, growth });
    }
}

/// The names of the asset classes of a model.
fn names(model: &MarketModel) -> Vec<String> {
    let of_classes = |classes: &[AssetClass]| classes.iter().map(|class| class.name.clone()).collect();
    match model {
        MarketModel::Lognormal { asset_classes, .. } | MarketModel::StudentT { asset_classes, .. } => {
            of_classes(asset_classes)
        }
        MarketModel::Bootstrap { history, .. } | MarketModel::HistoricalCohorts { history, .. } => {
            history.asset_classes.clone()
        }
        MarketModel::RegimeSwitching { regimes, .. } => {
            regimes.first().map_or_else(Vec::new, |regime| of_classes(&regime.asset_classes))
        }
        MarketModel::VectorAutoregression { asset_classes, .. } => {
            asset_classes.iter().map(|class| class.name().to_owned()).collect()
        }
        MarketModel::Paths { asset_classes, .. } => asset_classes.clone(),
    }
}

impl Market {
    /// Whether each step comes with a price-earnings ratio.
    pub fn has_cape(&self) -> bool {
        match &self.model {
            Model::Bootstrap(model) => !model.cape.is_empty(),
            Model::Cohorts(model) => !model.cape.is_empty(),
            _ => false,
        }
    }

    /// The draws of the paths of a block.
    #[inline(always)]
    fn draws(&self, block: u64) -> LaneStream {
        self.stream.lanes(block * LANES as u64)
    }
}

/// The filling of one block, for [`dispatch`].
struct Fill<'a> {
    market: &'a Market,
    block: u64,
    growth: &'a mut GrowthBlock,
}

impl Kernel for Fill<'_> {
    #[inline(always)]
    fn run(self) {
        let Self { market, block, growth } = self;
        match &market.model {
            Model::Lognormal(model) => model.fill(&mut market.draws(block), growth),
            Model::Bootstrap(model) => model.fill(&mut market.draws(block), growth),
            Model::Cohorts(model) => model.fill(block, growth),
            Model::Paths(model) => model.fill(block, growth),
            Model::Sampled(sampler, model) => {
                let mut scratch = std::mem::take(&mut growth.scratch);
                sampler.draw(block, &mut scratch);
                if let SampledModel::StudentT(model) = model {
                    model.scale(sampler, block, &mut scratch.normals);
                }
                let mut drawn = Drawn::new(&scratch.normals, sampler.width);
                match model {
                    SampledModel::Lognormal(model)
                    | SampledModel::StudentT(StudentT { lognormal: model, .. }) => {
                        model.fill(&mut drawn, growth);
                    }
                    SampledModel::Regimes(model) => {
                        model.fill(&mut drawn, &mut sampler.lanes(&market.regimes, block), growth);
                    }
                    SampledModel::VectorAutoregression(model) => model.fill(&mut drawn, growth),
                }
                growth.scratch = scratch;
            }
        }
    }
}
