//! One path of a simulation, step by step.

use super::{
    PortfolioPathResult, PortfolioPathRow, PortfolioSimulationPath, compiled::Portfolio, lanes::walk,
};
use crate::{
    Error, ErrorCode, Result,
    error::At,
    math::random::{LANES, Lanes},
    simulation::market::GrowthBlock,
};

/// Replays one path of a simulation: the same balances, to the bit, as the path has in
/// [`portfolio`](super::portfolio()).
///
/// # Errors
/// Those of [`portfolio`](super::portfolio()), below `simulation`, and `simulation.path.out_of_range`.
pub fn portfolio_path(input: &PortfolioSimulationPath) -> Result<PortfolioPathResult> {
    let portfolio = Portfolio::new(&input.simulation).at("simulation")?;
    if input.path >= portfolio.paths as u64 {
        let message =
            format!("path {} of {} does not exist; counting starts at 0", input.path, portfolio.paths);
        return Err(Error::new(ErrorCode::SimulationPathOutOfRange, message).at("path"));
    }
    let mut growth = GrowthBlock::new(&portfolio.market);
    portfolio.market.fill(input.path / LANES as u64, &mut growth);
    let lane = (input.path % LANES as u64) as usize;
    let of = |lanes: &Lanes| lanes.get(lane).copied().unwrap_or_default();
    let mut rows = Vec::with_capacity(portfolio.flows.len());
    let mut markets = growth.steps();
    let mut depletion_step = None;
    walk(&portfolio, &growth, |step| {
        let asset_classes = markets.next().unwrap_or_default();
        let (returns, inflation) = asset_classes.split_at(asset_classes.len().saturating_sub(1));
        let price_level = of(step.price_levels);
        let depleted = of(step.depleted);
        // A path that failed at the start of this step or before pays nothing more at the end.
        let failed_before = depletion_step.is_some();
        if depleted > 0.0 && !failed_before {
            depletion_step = Some(depleted as u32);
        }
        let due = |flow: &Lanes| if failed_before { 0.0 } else { of(flow) };
        rows.push(PortfolioPathRow {
            step: step.number as u32,
            start_flow: due(step.start_flow),
            returns: returns.iter().map(|growth| of(growth) - 1.0).collect(),
            portfolio_return: of(step.growth) - 1.0,
            inflation: inflation.first().map_or(0.0, |prices| of(prices) - 1.0),
            price_level,
            end_flow: due(step.end_flow),
            nominal: of(step.balances),
            real: of(step.balances) / price_level,
        });
    });
    if rows.iter().any(|row| !row.nominal.is_finite() || !row.real.is_finite()) {
        return Err(Error::new(ErrorCode::ResultNotFinite, "the balance grows too large to be represented"));
    }
    Ok(PortfolioPathResult {
        path: input.path,
        asset_classes: portfolio.market.asset_classes().to_vec(),
        depletion_step,
        rows,
    })
}
