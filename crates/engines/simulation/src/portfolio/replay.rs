//! One path of a simulation, step by step.

use super::{
    PortfolioPathInput, PortfolioPathResult, PortfolioPathRow,
    compiled::Portfolio,
    lanes::{Observer, Step, walk},
};
use wherewithal_base::{Error, ErrorCode, Result, control::Control, error::At};
use wherewithal_market::internal::GrowthBlock;
use wherewithal_math::random::{LANES, Lanes};

/// Replays one path of a simulation: the same balances, to the bit, as the path has in
/// [`portfolio`](super::portfolio()).
///
/// # Errors
/// Those of [`portfolio`](super::portfolio()), below `simulation`, and `index.out_of_range`.
pub fn portfolio_path(input: &PortfolioPathInput) -> Result<PortfolioPathResult> {
    portfolio_path_under(input, &Control::default())
}

/// [`portfolio_path`], which `control` can stop.
///
/// # Errors
/// Those of [`portfolio_path`], and `operation.cancelled`.
pub fn portfolio_path_under(
    input: &PortfolioPathInput,
    control: &Control<'_>,
) -> Result<PortfolioPathResult> {
    let portfolio = Portfolio::new(&input.simulation, control).at("simulation")?;
    if input.path >= portfolio.paths as u64 {
        let message =
            format!("path {} of {} does not exist; counting starts at 0", input.path, portfolio.paths);
        return Err(Error::new(ErrorCode::IndexOutOfRange, message).at("path"));
    }
    let mut growth = GrowthBlock::new(&portfolio.market);
    portfolio.market.fill(input.path / LANES as u64, &mut growth);
    let mut ledger = Ledger {
        lane: (input.path % LANES as u64) as usize,
        markets: growth.steps(),
        depletion_step: None,
        rows: Vec::with_capacity(portfolio.flows.len()),
    };
    walk(&portfolio, &growth, &mut ledger);
    let Ledger { rows, depletion_step, .. } = ledger;
    if rows.iter().any(|row| !row.nominal.is_finite() || !row.real.is_finite()) {
        return Err(Error::new(ErrorCode::ResultTooLarge, "the balance grows too large to be represented"));
    }
    Ok(PortfolioPathResult {
        path: input.path,
        asset_classes: portfolio.market.asset_classes().to_vec(),
        depletion_step,
        rows,
    })
}

/// Records the steps of one lane.
struct Ledger<M> {
    lane: usize,
    /// The growth of the market, step by step.
    markets: M,
    depletion_step: Option<u32>,
    rows: Vec<PortfolioPathRow>,
}

impl<'a, M: Iterator<Item = &'a [Lanes]>> Observer for Ledger<M> {
    #[expect(
        clippy::indexing_slicing,
        clippy::unreachable,
        reason = "the lane is below LANES, and every step of the market has prices"
    )]
    fn see(&mut self, step: &Step<'_>) {
        let of = |lanes: &Lanes| lanes[self.lane];
        let Some([assets @ .., prices]) = self.markets.next() else { unreachable!("every step has prices") };
        let price_level = of(step.price_levels);
        let depleted = of(step.depleted);
        // A path that failed before this step pays nothing in it.
        let failed_before = self.depletion_step.is_some();
        if depleted > 0.0 && !failed_before {
            self.depletion_step = Some(depleted as u32);
        }
        let due = |flow: &Lanes| if failed_before { 0.0 } else { of(flow) };
        self.rows.push(PortfolioPathRow {
            step: step.number as u32,
            start_flow: due(step.start_flow),
            returns: assets.iter().map(|growth| of(growth) - 1.0).collect(),
            portfolio_return: of(step.growth) - 1.0,
            inflation: of(prices) - 1.0,
            price_level,
            end_flow: due(step.end_flow),
            nominal: of(step.balances),
            real: of(step.balances) / price_level,
        });
    }
}
