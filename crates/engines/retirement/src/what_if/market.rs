//! Changes of a market of any model.

use wherewithal_market::{
    AssetClass, InflationModel, MarketHistory, MarketModel, MarketPath, StateDrivenAssetClass,
};

/// Shifts the annual return of every asset class.
pub(crate) fn shift_returns(model: &mut MarketModel, shift: f64) {
    let shift_classes = |classes: &mut [AssetClass]| {
        for class in classes {
            class.expected_return += shift;
        }
    };
    match model {
        MarketModel::Lognormal { asset_classes, .. } | MarketModel::StudentT { asset_classes, .. } => {
            shift_classes(asset_classes);
        }
        MarketModel::RegimeSwitching { regimes, .. } => {
            for regime in regimes {
                shift_classes(&mut regime.asset_classes);
            }
        }
        MarketModel::VectorAutoregression { asset_classes, .. } => {
            for class in asset_classes {
                if let StateDrivenAssetClass::Premium { premium, .. } = class {
                    *premium += shift;
                }
            }
        }
        MarketModel::Bootstrap { history, .. } | MarketModel::HistoricalCohorts { history, .. } => {
            shift_rows(&mut history.returns, per_period(shift, history.periods_per_year));
        }
        MarketModel::Paths { paths, periods_per_year, .. } => {
            for path in paths {
                shift_rows(&mut path.returns, per_period(shift, *periods_per_year));
            }
        }
    }
}

fn shift_rows(rows: &mut [Vec<f64>], shift: f64) {
    for value in rows.iter_mut().flatten() {
        *value += shift;
    }
}

fn per_period(shift: f64, periods_per_year: u32) -> f64 {
    shift / f64::from(periods_per_year.max(1))
}

/// Scales the volatility of every asset class.
pub(super) fn scale_volatility(model: &mut MarketModel, factor: f64) {
    let scale_classes = |classes: &mut [AssetClass]| {
        for class in classes {
            class.volatility *= factor;
        }
    };
    match model {
        MarketModel::Lognormal { asset_classes, .. } | MarketModel::StudentT { asset_classes, .. } => {
            scale_classes(asset_classes);
        }
        MarketModel::RegimeSwitching { regimes, .. } => {
            for regime in regimes {
                scale_classes(&mut regime.asset_classes);
            }
        }
        MarketModel::VectorAutoregression { states, asset_classes, inflation_state, .. } => {
            let is_inflation = |name: &str| inflation_state.as_deref() == Some(name);
            for state in states.iter_mut().filter(|state| !is_inflation(&state.name)) {
                state.volatility *= factor;
            }
            for class in asset_classes {
                if let StateDrivenAssetClass::Premium { volatility, .. } = class {
                    *volatility *= factor;
                }
            }
        }
        MarketModel::Bootstrap { history, .. } | MarketModel::HistoricalCohorts { history, .. } => {
            spread(&mut [&mut history.returns], factor);
        }
        MarketModel::Paths { paths, .. } => {
            let mut returns: Vec<&mut Vec<Vec<f64>>> =
                paths.iter_mut().map(|path| &mut path.returns).collect();
            spread(&mut returns, factor);
        }
    }
}

/// Scales the deviation of each return from the mean of its class.
fn spread(tables: &mut [&mut Vec<Vec<f64>>], factor: f64) {
    // With a factor of 1, returns stay the same to the bit.
    if factor == 1.0 {
        return;
    }
    // A table without rows, or with rows of unequal length, is refused when the plan is run.
    let classes = tables.iter().flat_map(|table| table.iter()).map(Vec::len).max().unwrap_or(0);
    for class in 0..classes {
        let column = || tables.iter().flat_map(|table| table.iter()).filter_map(|row| row.get(class));
        let mean = column().sum::<f64>() / column().count() as f64;
        for value in tables.iter_mut().flat_map(|table| table.iter_mut()).filter_map(|row| row.get_mut(class))
        {
            *value = mean + factor * (*value - mean);
        }
    }
}

/// Shifts mean inflation, and the initial inflation if it is given.
pub(super) fn shift_inflation(model: &mut MarketModel, shift: f64) {
    match model {
        MarketModel::Lognormal { inflation, .. } | MarketModel::StudentT { inflation, .. } => {
            let InflationModel { expected, initial, .. } = inflation;
            *expected += shift;
            shift_given(initial, shift);
        }
        MarketModel::RegimeSwitching { regimes, initial_inflation, .. } => {
            for regime in regimes {
                regime.expected_inflation += shift;
            }
            shift_given(initial_inflation, shift);
        }
        MarketModel::VectorAutoregression { states, inflation_state, .. } => {
            let is_inflation = |name: &str| inflation_state.as_deref() == Some(name);
            for state in states.iter_mut().filter(|state| is_inflation(&state.name)) {
                state.mean += shift;
                shift_given(&mut state.initial, shift);
            }
        }
        MarketModel::Bootstrap { history, .. } | MarketModel::HistoricalCohorts { history, .. } => {
            let MarketHistory { returns, inflation, periods_per_year, .. } = history;
            shift_prices(inflation, returns.len(), per_period(shift, *periods_per_year));
        }
        MarketModel::Paths { paths, periods_per_year, .. } => {
            for MarketPath { returns, inflation } in paths {
                shift_prices(inflation, returns.len(), per_period(shift, *periods_per_year));
            }
        }
    }
}

fn shift_given(value: &mut Option<f64>, shift: f64) {
    if let Some(value) = value {
        *value += shift;
    }
}

/// Shifts inflation; an empty list means none.
fn shift_prices(inflation: &mut Vec<f64>, periods: usize, shift: f64) {
    if inflation.is_empty() && shift != 0.0 {
        inflation.resize(periods, 0.0);
    }
    for rise in inflation {
        *rise += shift;
    }
}
