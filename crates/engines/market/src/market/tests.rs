mod models;

use super::*;
use crate::*;
use wherewithal_math::dispatch::ways;
use wherewithal_math::random::Lanes;

fn class(name: &str, expected_return: f64, volatility: f64) -> AssetClass {
    AssetClass {
        name: name.to_owned(),
        expected_return,
        volatility,
        return_convention: ReturnConvention::Arithmetic,
        annual_fee: 0.0,
    }
}

fn lognormal() -> MarketModel {
    MarketModel::Lognormal {
        asset_classes: vec![class("shares", 0.07, 0.16), class("bonds", 0.035, 0.06)],
        inflation: InflationModel { expected: 0.025, volatility: 0.012, persistence: 0.6, initial: None },
        correlations: vec![vec![1.0, 0.15, -0.1], vec![0.15, 1.0, -0.2], vec![-0.1, -0.2, 1.0]],
        sampling: Sampling::Random,
    }
}

fn bootstrap(blocks: BootstrapBlocks) -> MarketModel {
    let returns = (0..30).map(|year| vec![0.01 * f64::from(year), 0.001 * f64::from(year) - 0.01]).collect();
    let inflation = (0..30).map(|year| 0.0001 * f64::from(year)).collect();
    let asset_classes = vec!["shares".to_owned(), "bonds".to_owned()];
    let history = MarketHistory { asset_classes, periods_per_year: 1, returns, inflation, cape: Vec::new() };
    MarketModel::Bootstrap { history, blocks, annual_fees: Vec::new() }
}

fn market(model: &MarketModel, steps: u32, steps_per_year: u32) -> Market {
    Market::new(model, steps, steps_per_year, 1000, 7, &Control::default()).unwrap()
}

/// The logarithmic growth of the asset classes and of prices over all steps, path by path.
fn log_growth(market: &Market, blocks: u64) -> Vec<Vec<f64>> {
    let mut growth = GrowthBlock::new(market);
    let mut sums = Vec::new();
    for block in 0..blocks {
        market.fill(block, &mut growth);
        let mut of_block = vec![vec![0.0; market.asset_classes().len() + 1]; LANES];
        for rows in growth.steps() {
            for (column, row) in rows.iter().enumerate() {
                for (lane, factor) in row.iter().enumerate() {
                    of_block[lane][column] += libm::log(*factor);
                }
            }
        }
        sums.extend(of_block);
    }
    sums
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn moments_are_those_of_the_model() {
    for (steps, steps_per_year) in [(10, 1), (120, 12)] {
        let growth = log_growth(&market(&lognormal(), steps, steps_per_year), 4000);
        let count = growth.len() as f64;
        // Ten years: mean 10 (ln(1 + R) - s²/2) and variance 10 s².
        for (column, rate, volatility) in [(0, 0.07, 0.16), (1, 0.035, 0.06)] {
            let expected = 10.0 * (libm::log1p(rate) - volatility * volatility / 2.0);
            let variance = 10.0 * volatility * volatility;
            let found = mean(growth.iter().map(|row| row[column]));
            assert!((found - expected).abs() < 4.5 * (variance / count).sqrt(), "{found} {expected}");
            let spread = mean(growth.iter().map(|row| (row[column] - found) * (row[column] - found)));
            assert!((spread / variance - 1.0).abs() < 4.5 * (2.0 / count).sqrt(), "{spread} {variance}");
        }
        let (first, second) = (mean(growth.iter().map(|row| row[0])), mean(growth.iter().map(|row| row[1])));
        let covariance = mean(growth.iter().map(|row| (row[0] - first) * (row[1] - second)));
        let correlation = covariance / (10.0 * 0.16 * 0.06);
        assert!((correlation - 0.15).abs() < 4.5 / count.sqrt(), "{correlation}");
    }
}

#[test]
fn inflation_reverts_to_its_mean() {
    let model = MarketModel::Lognormal {
        asset_classes: vec![class("shares", 0.07, 0.16)],
        inflation: InflationModel { expected: 0.02, volatility: 0.0, persistence: 0.5, initial: Some(0.1) },
        correlations: Vec::new(),
        sampling: Sampling::Random,
    };
    let market = market(&model, 3, 1);
    let mut growth = GrowthBlock::new(&market);
    market.fill(0, &mut growth);
    for (step, expected) in [1.06, 1.04, 1.03].into_iter().enumerate() {
        assert!(growth.prices(step).iter().all(|factor| (factor - expected).abs() < 1e-15));
    }
}

#[test]
fn every_instruction_set_fills_the_same_bits() {
    for model in [lognormal(), bootstrap(BootstrapBlocks::Circular { steps: 3 })] {
        let market = market(&model, 25, 1);
        let ways = ways::<Fill<'_>>();
        let mut blocks = vec![GrowthBlock::new(&market); ways.len()];
        for (way, growth) in ways.into_iter().zip(&mut blocks) {
            way(Fill { market: &market, block: 11, growth });
        }
        let blocks: Vec<Vec<Lanes>> = blocks.into_iter().map(|growth| growth.rows).collect();
        assert!(blocks.iter().all(|block| *block == blocks[0]));
        assert_ne!(blocks[0][0], blocks[0][3]);
    }
}

#[test]
fn blocks_are_runs_of_the_history() {
    for (blocks, length, circular) in [
        (BootstrapBlocks::Independent, 1, false),
        (BootstrapBlocks::Moving { steps: 4 }, 4, false),
        (BootstrapBlocks::Circular { steps: 4 }, 4, true),
    ] {
        let market = market(&bootstrap(blocks), 12, 1);
        let mut growth = GrowthBlock::new(&market);
        let mut starts = [0; 30];
        for block in 0..200 {
            market.fill(block, &mut growth);
            for lane in 0..LANES {
                let year = |step: usize| ((growth.asset(step, 0)[lane] - 1.0) * 100.0).round() as usize;
                for step in 0..12 {
                    if step % length == 0 {
                        starts[year(step)] += 1;
                    } else {
                        assert_eq!(year(step), (year(step - 1) + 1) % 30);
                    }
                    let factors = (growth.asset(step, 1)[lane], growth.prices(step)[lane]);
                    let expected = (0.99 + 0.001 * year(step) as f64, 1.0 + 0.0001 * year(step) as f64);
                    assert!((factors.0 - expected.0).abs() < 1e-14 && (factors.1 - expected.1).abs() < 1e-14);
                }
            }
        }
        // Each possible start is drawn about equally often: within five standard errors.
        let possible = if circular { 30 } else { 30 - length + 1 };
        let expected = (200 * LANES * 12 / length) as f64 / possible as f64;
        for (year, &count) in starts.iter().enumerate() {
            let expected = if year < possible { expected } else { 0.0 };
            assert!(
                (f64::from(count) - expected).abs() <= 5.0 * expected.sqrt(),
                "{year}: {count} {expected}"
            );
        }
    }
}

#[test]
fn a_year_of_a_monthly_history_is_twelve_months_in_a_row() {
    let returns: Vec<Vec<f64>> = (0..40).map(|month| vec![0.001 * f64::from(month)]).collect();
    let history = MarketHistory {
        asset_classes: vec!["shares".to_owned()],
        periods_per_year: 12,
        returns: returns.clone(),
        inflation: vec![0.002; 40],
        cape: Vec::new(),
    };
    let blocks = BootstrapBlocks::Independent;
    let market = market(&MarketModel::Bootstrap { history, blocks, annual_fees: vec![0.01] }, 20, 1);
    let mut growth = GrowthBlock::new(&market);
    market.fill(3, &mut growth);
    let years: Vec<f64> = returns
        .windows(12)
        .map(|months| 0.99 * months.iter().map(|month| 1.0 + month[0]).product::<f64>())
        .collect();
    for rows in growth.steps() {
        assert!(rows[0].iter().all(|factor| years.iter().any(|year| (factor / year - 1.0).abs() < 1e-14)));
        assert!(rows[1].iter().all(|factor| (factor / libm::pow(1.002, 12.0) - 1.0).abs() < 1e-14));
    }
}

#[test]
fn bad_models_are_refused_with_code_and_path() {
    type Invalidate = fn(&mut Vec<AssetClass>, &mut InflationModel, &mut Vec<Vec<f64>>);
    let cases: &[(Invalidate, &str, &str)] = &[
        (|a, _, _| a.clear(), "list.empty", "assetClasses"),
        (|a, _, _| a[1].name = "shares".to_owned(), "list.duplicate", "assetClasses[1].name"),
        (|a, _, _| a[0].name = " ".to_owned(), "text.invalid", "assetClasses[0].name"),
        (|a, _, _| a[1].expected_return = -1.0, "rate.out_of_range", "assetClasses[1].expectedReturn"),
        (|a, _, _| a[0].volatility = f64::NAN, "number.not_finite", "assetClasses[0].volatility"),
        (|a, _, _| a[0].volatility = 6.0, "rate.out_of_range", "assetClasses[0].volatility"),
        (|a, _, _| a[0].annual_fee = 1.0, "rate.out_of_range", "assetClasses[0].annualFee"),
        (|_, i, _| i.expected = -0.6, "rate.out_of_range", "inflation.expected"),
        (|_, i, _| i.initial = Some(11.0), "rate.out_of_range", "inflation.initial"),
        (|_, i, _| i.volatility = 2.0, "rate.out_of_range", "inflation.volatility"),
        (|_, i, _| i.persistence = 1.0, "number.out_of_range", "inflation.persistence"),
        (|_, _, c| c[0][1] = 2.0, "number.out_of_range", "correlations[0][1]"),
        (|_, _, c| c[2][2] = 0.9, "correlations.diagonal_not_one", "correlations[2][2]"),
        (
            |_, _, c| {
                c[1].pop();
            },
            "list.length_mismatch",
            "correlations[1]",
        ),
    ];
    for (invalidate, code, path) in cases {
        let mut model = lognormal();
        if let MarketModel::Lognormal { asset_classes, inflation, correlations, .. } = &mut model {
            invalidate(asset_classes, inflation, correlations);
        }
        let error = Market::new(&model, 10, 1, 1000, 7, &Control::default()).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), (*code, *path), "{error}");
    }
}

#[test]
fn bad_histories_are_refused_with_code_and_path() {
    type Invalidate = fn(&mut MarketHistory, &mut BootstrapBlocks, &mut Vec<f64>);
    let cases: &[(Invalidate, u32, &str, &str)] = &[
        (|_, _, _| (), 12, "frequency.unsupported", "history.periodsPerYear"),
        (|h, _, _| h.periods_per_year = 4, 1, "frequency.unsupported", "history.periodsPerYear"),
        (|h, _, _| h.asset_classes[1].clear(), 1, "text.invalid", "history.assetClasses[1]"),
        (
            |h, _, _| {
                h.inflation.pop();
            },
            1,
            "list.length_mismatch",
            "history.inflation",
        ),
        (
            |h, _, _| {
                h.returns[4].pop();
            },
            1,
            "list.length_mismatch",
            "history.returns[4]",
        ),
        (|h, _, _| h.returns[4][1] = -1.0, 1, "rate.out_of_range", "history.returns[4][1]"),
        (|h, _, _| h.inflation[9] = f64::NAN, 1, "number.not_finite", "history.inflation[9]"),
        (|h, _, _| h.returns = vec![vec![0.0; 2]; 20_001], 1, "list.too_long", "history.returns"),
        (
            |h, _, _| {
                h.returns.clear();
                h.inflation.clear()
            },
            1,
            "term.out_of_range",
            "history",
        ),
        (|_, b, _| *b = BootstrapBlocks::Moving { steps: 31 }, 1, "term.out_of_range", "blocks.steps"),
        (|_, b, _| *b = BootstrapBlocks::Circular { steps: 0 }, 1, "term.out_of_range", "blocks.steps"),
        (|_, _, f| f.push(0.01), 1, "list.length_mismatch", "annualFees"),
        (|_, _, f| *f = vec![0.0, -0.1], 1, "rate.out_of_range", "annualFees[1]"),
    ];
    for (invalidate, steps_per_year, code, path) in cases {
        let mut model = bootstrap(BootstrapBlocks::Independent);
        if let MarketModel::Bootstrap { history, blocks, annual_fees } = &mut model {
            invalidate(history, blocks, annual_fees);
        }
        let error = Market::new(&model, 10, *steps_per_year, 1000, 7, &Control::default()).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), (*code, *path), "{error}");
    }
}
