//! The market of the plan.

use super::Context;
use wherewithal_market::{AssetClass, InflationModel, MarketModel, ReturnConvention, Sampling};

impl Context<'_> {
    /// Lognormal returns of the assumed asset classes, or of all investments together, and constant inflation.
    pub(super) fn market(&self) -> MarketModel {
        let assumptions = self.assumptions;
        let class = |name: &str, expected_return: f64, volatility: f64| AssetClass {
            name: name.to_owned(),
            expected_return,
            volatility,
            return_convention: ReturnConvention::Arithmetic,
            annual_fee: assumptions.annual_fee,
        };
        let asset_classes = match (assumptions.expected_return, assumptions.volatility) {
            (Some(expected), Some(volatility)) => vec![class("All investments", expected, volatility)],
            _ => assumptions
                .asset_classes
                .iter()
                .map(|given| class(&given.name, given.expected_return, given.volatility))
                .collect(),
        };
        MarketModel::Lognormal {
            asset_classes,
            inflation: InflationModel { expected: assumptions.inflation, ..InflationModel::default() },
            correlations: assumptions.correlations.clone(),
            sampling: Sampling::default(),
        }
    }
}
