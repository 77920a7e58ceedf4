//! A market that is ready to be drawn from, with any model.

mod build;
#[cfg(test)]
mod tests;

use self::build::{Frame, build};
use crate::{
    MarketModel, NearestCorrelationResult,
    bootstrap::Bootstrap,
    cohorts::Cohorts,
    growth::GrowthBlock,
    lognormal::Lognormal,
    normals::{Drawn, Sampler},
    paths::Paths,
    regimes::Regimes,
    student_t::StudentT,
    vector_autoregression::VectorAutoregression,
};
use wherewithal_base::{Result, control::Control, wire::Wire};
use wherewithal_math::{
    dispatch::{Kernel, dispatch},
    random::{LANES, LaneStream, Stream, purpose},
};

/// A validated market, ready to be drawn from.
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

/// A correlation matrix of a market model that was not positive semi-definite, and its replacement.
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
    /// A model whose normal numbers are drawn in advance, a whole block at a time.
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
    /// Validates a model for `paths` paths of `steps` steps, of which `steps_per_year` (1 or 12) make a year. The
    /// caller has validated the four numbers. `control` can stop the repair of correlations that contradict each other,
    /// which may take a second.
    ///
    /// # Errors
    /// The codes of invalid values, at the path of the field within the model; `operation.cancelled`.
    pub fn new(
        model: &MarketModel,
        steps: u32,
        steps_per_year: u32,
        paths: u64,
        seed: u64,
        control: &Control<'_>,
    ) -> Result<Self> {
        let stream = Stream::new(seed, purpose::MARKET);
        let built = build(model, Frame { steps, steps_per_year, seed, stream, control })?;
        Ok(Self {
            asset_classes: built.asset_classes,
            steps,
            paths: built.paths.map_or(paths, |most| paths.min(most)),
            stream,
            regimes: Stream::new(seed, purpose::MARKET_REGIMES),
            model: built.model,
            correlation_repairs: built.correlation_repairs,
        })
    }

    /// The names of the asset classes.
    pub fn asset_classes(&self) -> &[String] {
        &self.asset_classes
    }

    /// The number of steps.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// The number of paths: the requested number, or fewer if the model has fewer.
    pub fn paths(&self) -> u64 {
        self.paths
    }

    /// The correlation matrices that had to be repaired.
    pub fn correlation_repairs(&self) -> &[CorrelationRepair] {
        &self.correlation_repairs
    }

    /// Mean and standard deviation of the growth factor of each asset class in one step; `None` unless they are the
    /// same in every step and known in closed form.
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

    /// The same market with a single asset class, whose growth is the sum of the others' growth times `factors`; `None`
    /// unless it can be computed once for all paths.
    pub fn combined(&self, factors: &[f64]) -> Option<Self> {
        let Model::Bootstrap(model) = &self.model else { return None };
        let model = Model::Bootstrap(model.combined(factors));
        Some(Self { asset_classes: vec![String::new()], model, ..self.clone() })
    }

    /// Fills in the growth of the paths from `block * LANES` on. It depends only on seed, path and step.
    pub fn fill(&self, block: u64, growth: &mut GrowthBlock) {
        dispatch(Fill { market: self, block, growth });
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
                // Taken out and put back, because the model writes into `growth` while it reads the numbers.
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
