//! Markets: how asset classes and prices move along each path, whatever the model behind it.

mod bootstrap;
mod check;
mod correlation;
mod input;
mod lognormal;
#[cfg(test)]
mod tests;

use self::{bootstrap::Bootstrap, lognormal::Lognormal};
use super::purpose;
use crate::{
    Result,
    math::{
        dispatch::{Kernel, dispatch},
        random::{LANES, LaneStream, Lanes, Stream},
    },
};

pub use input::{AssetClass, BootstrapBlocks, InflationModel, MarketHistory, MarketModel};

/// A market that was checked and made ready to be drawn from.
#[derive(Debug, Clone)]
pub(crate) struct Market {
    asset_classes: Vec<String>,
    steps: u32,
    paths: u64,
    stream: Stream,
    model: Model,
}

#[derive(Debug, Clone)]
enum Model {
    Lognormal(Lognormal),
    Bootstrap(Bootstrap),
}

impl Market {
    /// Checks a model for `paths` paths of `steps` steps, of which `steps_per_year` (1 or 12) make a year. The caller
    /// has checked the four numbers.
    ///
    /// # Errors
    /// `market.*` and `number.not_finite`, at the path of the field within the model.
    pub(crate) fn new(
        model: &MarketModel,
        steps: u32,
        steps_per_year: u32,
        paths: u64,
        seed: u64,
    ) -> Result<Self> {
        let (asset_classes, model) = match model {
            MarketModel::Lognormal { asset_classes, inflation, correlations } => (
                asset_classes.iter().map(|class| class.name.clone()).collect(),
                Model::Lognormal(Lognormal::new(asset_classes, inflation, correlations, steps_per_year)?),
            ),
            MarketModel::Bootstrap { history, blocks, annual_fees } => (
                history.asset_classes.clone(),
                Model::Bootstrap(Bootstrap::new(history, *blocks, annual_fees, steps_per_year)?),
            ),
        };
        Ok(Self { asset_classes, steps, paths, stream: Stream::new(seed, purpose::MARKET), model })
    }

    /// The names of the asset classes.
    pub(crate) fn asset_classes(&self) -> &[String] {
        &self.asset_classes
    }

    /// The number of steps.
    pub(crate) fn steps(&self) -> u32 {
        self.steps
    }

    /// The number of paths.
    pub(crate) fn paths(&self) -> u64 {
        self.paths
    }

    /// Fills in the growth of the paths from `block * LANES` on. It is a function of seed, path and step only.
    pub(crate) fn fill(&self, block: u64, growth: &mut GrowthBlock) {
        dispatch(Fill { market: self, block, growth });
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
        let mut draws: LaneStream = self.market.stream.lanes(self.block * LANES as u64);
        match &self.market.model {
            Model::Lognormal(model) => model.fill(&mut draws, self.growth),
            Model::Bootstrap(model) => model.fill(&mut draws, self.growth),
        }
    }
}

/// The growth factors (1.05 is +5 %) of [`LANES`] neighbouring paths: for each step one row for each asset class,
/// after its fee, and one for prices.
#[derive(Debug, Clone)]
pub(crate) struct GrowthBlock {
    rows: Vec<Lanes>,
    width: usize,
}

impl GrowthBlock {
    /// A block for `market`, to be filled again and again.
    pub(crate) fn new(market: &Market) -> Self {
        let width = market.asset_classes.len() + 1;
        Self { rows: vec![[1.0; LANES]; width * market.steps as usize], width }
    }

    /// The rows of each step: those of the asset classes, then that of prices.
    #[inline(always)]
    pub(crate) fn steps(&self) -> impl Iterator<Item = &[Lanes]> {
        self.rows.chunks_exact(self.width)
    }

    /// The rows of each step, to be written.
    #[inline(always)]
    fn steps_mut(&mut self) -> impl Iterator<Item = &mut [Lanes]> {
        self.rows.chunks_exact_mut(self.width)
    }

    /// The factors by which an asset class grows in a step, both counted from 0.
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "the caller counts steps and asset classes of the market")]
    pub(crate) fn asset(&self, step: usize, asset: usize) -> &Lanes {
        &self.rows[step * self.width + asset]
    }

    /// The factors by which prices rise in a step, counted from 0.
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "the caller counts steps of the market")]
    pub(crate) fn prices(&self, step: usize) -> &Lanes {
        &self.rows[(step + 1) * self.width - 1]
    }
}
