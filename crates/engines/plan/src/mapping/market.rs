//! The market of the plan.

use super::Context;
use wherewithal_market::{AssetClass, InflationModel, MarketModel, Sampling};

impl Context<'_> {
    /// Lognormal returns of the assumed asset classes, or of all investments together, and constant inflation.
    pub(super) fn market(&self) -> MarketModel {
        let assumptions = self.assumptions;
        let class = |name: &str, (expected_return, volatility), return_convention| AssetClass {
            name: name.to_owned(),
            expected_return,
            volatility,
            return_convention,
            annual_fee: assumptions.annual_fee.unwrap_or_default(),
        };
        let asset_classes = match (assumptions.expected_return, assumptions.volatility) {
            (Some(expected), Some(volatility)) => {
                let convention = assumptions.return_convention.unwrap_or_default();
                vec![class("All investments", (expected, volatility), convention)]
            }
            _ => assumptions
                .asset_classes
                .iter()
                .map(|given| {
                    let moments = (given.expected_return, given.volatility);
                    class(&given.name, moments, assumptions.convention_of(given))
                })
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
