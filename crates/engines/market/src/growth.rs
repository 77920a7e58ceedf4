//! The output of a market for a simulation: growth factors of neighbouring paths side by side.

use crate::{market::Market, normals::Scratch};
use wherewithal_math::random::{LANES, Lanes};

/// The growth factors (1.05 is +5 %) of [`LANES`] neighbouring paths: for each step, one row for each asset class
/// (after its fee) and one for prices.
#[derive(Debug, Clone)]
pub struct GrowthBlock {
    pub(crate) rows: Vec<Lanes>,
    width: usize,
    /// The price-earnings ratio at the start of each step; empty if the market has none.
    capes: Vec<Lanes>,
    pub(crate) scratch: Scratch,
}

impl GrowthBlock {
    /// A block for `market`, to be filled repeatedly.
    pub fn new(market: &Market) -> Self {
        let width = market.asset_classes().len() + 1;
        let steps = market.steps() as usize;
        Self {
            rows: vec![[1.0; LANES]; width * steps],
            width,
            capes: vec![[f64::INFINITY; LANES]; if market.has_cape() { steps } else { 0 }],
            scratch: Scratch::default(),
        }
    }

    /// The rows of each step: those of the asset classes, then that of prices.
    #[inline(always)]
    pub fn steps(&self) -> impl Iterator<Item = &[Lanes]> {
        self.rows.chunks_exact(self.width)
    }

    /// The rows of each step, to be written.
    #[inline(always)]
    pub(crate) fn steps_mut(&mut self) -> impl Iterator<Item = &mut [Lanes]> {
        self.rows.chunks_exact_mut(self.width)
    }

    /// The rows of each step, and its price-earnings ratios if the market has them, to be written.
    #[inline(always)]
    pub(crate) fn steps_and_capes_mut(&mut self) -> impl Iterator<Item = (&mut [Lanes], Option<&mut Lanes>)> {
        // A market without ratios has no row of them, but still all of its steps.
        let capes = self.capes.iter_mut().map(Some).chain(std::iter::repeat_with(|| None));
        self.rows.chunks_exact_mut(self.width).zip(capes)
    }

    /// The price-earnings ratios at the start of a step, counted from 0; `None` if the market has none.
    #[inline(always)]
    pub fn cape(&self, step: usize) -> Option<&Lanes> {
        self.capes.get(step)
    }

    /// The factors by which an asset class grows in a step, both counted from 0.
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "the caller counts steps and asset classes of the market")]
    pub fn asset(&self, step: usize, asset: usize) -> &Lanes {
        &self.rows[step * self.width + asset]
    }

    /// The factors by which prices rise in a step, counted from 0.
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "the caller counts steps of the market")]
    pub fn prices(&self, step: usize) -> &Lanes {
        &self.rows[(step + 1) * self.width - 1]
    }
}
