//! The models and the sampling methods, compared with their theoretical moments.

use super::*;
use crate::normals;
use wherewithal_base::control::Control;
use wherewithal_math::normal;

fn single(expected_return: f64, volatility: f64, sampling: Sampling) -> MarketModel {
    MarketModel::Lognormal {
        asset_classes: vec![class("shares", expected_return, volatility)],
        inflation: InflationModel::default(),
        correlations: Vec::new(),
        sampling,
    }
}

fn pair(correlation: f64, sampling: Sampling) -> MarketModel {
    MarketModel::Lognormal {
        asset_classes: vec![class("shares", 0.07, 0.2), class("bonds", 0.03, 0.05)],
        inflation: InflationModel { expected: 0.02, volatility: 0.01, persistence: 0.5, initial: None },
        correlations: vec![vec![1.0, correlation, 0.0], vec![correlation, 1.0, 0.0], vec![0.0, 0.0, 1.0]],
        sampling,
    }
}

fn student_t(degrees_of_freedom: f64, sampling: Sampling) -> MarketModel {
    MarketModel::StudentT {
        asset_classes: vec![class("shares", 0.07, 0.2), class("bonds", 0.03, 0.05)],
        inflation: InflationModel::default(),
        correlations: Vec::new(),
        degrees_of_freedom,
        sampling,
    }
}

fn regime(name: &str, expected_return: f64, volatility: f64, inflation: f64) -> MarketRegime {
    MarketRegime {
        name: name.to_owned(),
        asset_classes: vec![class("shares", expected_return, volatility)],
        expected_inflation: inflation,
        inflation_volatility: 0.0,
        correlations: Vec::new(),
    }
}

/// Three regimes that can be told from the return; the second is never followed by the third.
fn regimes(transitions_per_year: u32) -> MarketModel {
    MarketModel::RegimeSwitching {
        regimes: vec![
            regime("calm", 0.0, 0.0, 0.02),
            regime("boom", 1.0, 0.0, 0.03),
            regime("bust", 3.0, 0.0, 0.0),
        ],
        transitions: vec![vec![0.9, 0.08, 0.02], vec![0.4, 0.6, 0.0], vec![0.2, 0.3, 0.5]],
        transitions_per_year,
        initial_probabilities: Vec::new(),
        inflation_persistence: 0.0,
        initial_inflation: None,
        sampling: Sampling::Random,
    }
}

fn state(name: &str, mean: f64, volatility: f64, initial: Option<f64>) -> StateVariable {
    StateVariable { name: name.to_owned(), mean, volatility, initial }
}

fn bond(name: &str, yield_state: &str, duration: f64, convexity: f64) -> StateDrivenAssetClass {
    StateDrivenAssetClass::Bond {
        name: name.to_owned(),
        yield_state: yield_state.to_owned(),
        duration,
        convexity,
        annual_fee: 0.0,
    }
}

fn yields(volatilities: [f64; 2], initial: [f64; 2], periods_per_year: u32) -> MarketModel {
    let [of_inflation, of_bills] = volatilities;
    let mut correlations = vec![vec![0.0; 5]; 5];
    for (index, row) in correlations.iter_mut().enumerate() {
        row[index] = 1.0;
    }
    (correlations[0][1], correlations[1][0]) = (0.4, 0.4);
    MarketModel::VectorAutoregression {
        states: vec![
            state("inflation", 0.02, of_inflation, Some(initial[0])),
            state("bills", 0.03, of_bills, Some(initial[1])),
        ],
        coefficients: vec![vec![0.6, 0.1], vec![0.2, 0.7]],
        periods_per_year,
        asset_classes: vec![
            bond("bills", "bills", 0.0, 0.0),
            bond("bonds", "bills", 5.0, 30.0),
            StateDrivenAssetClass::Premium {
                name: "shares".to_owned(),
                rate_state: Some("bills".to_owned()),
                premium: 0.04,
                volatility: 0.0,
                annual_fee: 0.01,
            },
        ],
        inflation_state: Some("inflation".to_owned()),
        correlations,
        sampling: Sampling::Random,
    }
}

fn history() -> MarketHistory {
    MarketHistory {
        asset_classes: vec!["shares".to_owned()],
        periods_per_year: 12,
        returns: (0..60).map(|month| vec![0.001 * f64::from(month)]).collect(),
        inflation: (0..60).map(|month| 0.0001 * f64::from(month)).collect(),
        cape: Vec::new(),
    }
}

fn given_paths() -> MarketModel {
    let path = |shift: f64| MarketPath {
        returns: (0..30).map(|year| vec![0.01 * f64::from(year) + shift, -0.002 * f64::from(year)]).collect(),
        inflation: if shift > 0.0 { vec![0.03; 30] } else { Vec::new() },
    };
    MarketModel::Paths {
        asset_classes: vec!["shares".to_owned(), "bonds".to_owned()],
        periods_per_year: 1,
        paths: vec![path(0.0), path(0.5), path(0.25)],
        annual_fees: vec![0.0, 0.01],
    }
}

/// The logarithms of one column, step by step, path by path.
fn logs(market: &Market, column: usize, paths: usize) -> Vec<Vec<f64>> {
    let mut growth = GrowthBlock::new(market);
    let mut found = Vec::new();
    for block in 0..paths.div_ceil(LANES) as u64 {
        market.fill(block, &mut growth);
        for lane in 0..LANES {
            found.push(growth.steps().map(|rows| libm::log(rows[column][lane])).collect());
        }
    }
    found.truncate(paths);
    found
}

/// The distance of Kolmogorov and Smirnov times the root of the count; 1.9495 is exceeded once in a thousand (scipy
/// 1.17.1, kstwobign.isf(0.001)).
fn kolmogorov_smirnov(mut values: Vec<f64>, cumulative: impl Fn(f64) -> f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let count = values.len() as f64;
    let distances = values.iter().enumerate().map(|(below, value)| {
        let probability = cumulative(*value);
        (probability - below as f64 / count).max((below + 1) as f64 / count - probability)
    });
    distances.fold(0.0, f64::max) * count.sqrt()
}

/// The correlation of two columns times the root of their length: about standard normal where there is none.
fn score(left: &[f64], right: &[f64]) -> f64 {
    let (a, b) = (mean(left.iter().copied()), mean(right.iter().copied()));
    let product = mean(left.iter().zip(right).map(|(x, y)| (x - a) * (y - b)));
    let squares = |values: &[f64], centre: f64| mean(values.iter().map(|x| (x - centre) * (x - centre)));
    product / (squares(left, a) * squares(right, b)).sqrt() * (left.len() as f64).sqrt()
}

/// The shocks of a lognormal class in annual steps: arithmetic mean 0.07, volatility 0.2.
fn shocks(logs: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mean = libm::log1p(0.07) - 0.02;
    logs.iter().map(|path| path.iter().map(|log| (log - mean) / 0.2).collect()).collect()
}

#[test]
fn every_sampling_draws_normal_numbers_that_are_independent_from_step_to_step() {
    for sampling in [Sampling::Random, Sampling::Antithetic, Sampling::MomentMatching, Sampling::Sobol] {
        let market = market_of(&pair(0.0, sampling), 12, 4096);
        let of_shares = shocks(&logs(&market, 0, 4096));
        let distance = kolmogorov_smirnov(of_shares.concat(), normal::cumulative);
        assert!(distance < 1.9495, "{sampling:?} {distance}");
        let column = |step: usize| -> Vec<f64> { of_shares.iter().map(|path| path[step]).collect() };
        let of_bonds: Vec<f64> = logs(&market, 1, 4096).iter().map(|path| path[3]).collect();
        for other in [column(1), column(4), column(11), of_bonds] {
            let score = score(&column(3), &other);
            assert!(score.abs() < 4.5, "{sampling:?} {score}");
        }
    }
}

/// A market in annual steps.
fn market_of(model: &MarketModel, steps: u32, paths: u64) -> Market {
    Market::new(model, steps, 1, paths, 20_261_122, &Control::default()).unwrap()
}

#[test]
fn neighbouring_paths_are_independent() {
    for model in [pair(0.5, Sampling::Random), student_t(5.0, Sampling::Random)] {
        let found = logs(&market_of(&model, 8, 8192), 0, 8192);
        let (even, odd): (Vec<f64>, Vec<f64>) = found.chunks(2).map(|two| (two[0][2], two[1][2])).unzip();
        assert!(score(&even, &odd).abs() < 4.5);
        let squares = |values: &[f64]| -> Vec<f64> { values.iter().map(|x| x * x).collect() };
        assert!(score(&squares(&even), &squares(&odd)).abs() < 4.5);
    }
}

#[test]
fn antithetic_paths_cancel_exactly() {
    for model in [pair(0.3, Sampling::Antithetic), student_t(3.0, Sampling::Antithetic)] {
        let market = market_of(&model, 10, 64);
        let mut growth = GrowthBlock::new(&market);
        for block in 0..4 {
            market.fill(block, &mut growth);
            let logs: Vec<Vec<f64>> = growth.steps().map(|rows| rows[0].map(libm::log).to_vec()).collect();
            let twice_the_mean = 2.0 * (libm::log1p(0.07) - 0.02);
            for step in &logs {
                for two in step.chunks(2) {
                    assert!((two[0] + two[1] - twice_the_mean).abs() < 1e-14, "{two:?}");
                    assert_ne!(two[0], two[1]);
                }
            }
            assert_ne!(logs[0][0], logs[0][2]);
        }
    }
}

#[test]
fn matched_moments_are_exact_in_every_batch() {
    let found = shocks(&logs(&market_of(&pair(0.0, Sampling::MomentMatching), 6, 512), 0, 512));
    for batch in found.chunks(normals::BATCH) {
        for step in 0..6 {
            let first = mean(batch.iter().map(|path| path[step]));
            let second = mean(batch.iter().map(|path| path[step] * path[step]));
            assert!(first.abs() < 1e-13 && (second - 1.0).abs() < 1e-12, "{first} {second}");
        }
    }
    assert_ne!(found[0], found[256]);
    // The blocks of a batch are the same in whatever order they are filled.
    let market = market_of(&pair(0.0, Sampling::MomentMatching), 6, 512);
    let (mut forwards, mut alone) = (GrowthBlock::new(&market), GrowthBlock::new(&market));
    for block in 0..20 {
        market.fill(block, &mut forwards);
    }
    market.fill(19, &mut alone);
    assert_eq!(forwards.rows, alone.rows);
}

#[test]
fn quasi_random_paths_spread_the_long_run_evenly_and_integrate_better() {
    // The first coordinate decides the sum over all steps: one path in each of as many equal parts as there are paths.
    let found = shocks(&logs(&market_of(&single(0.07, 0.2, Sampling::Sobol), 20, 1024), 0, 1024));
    let mut cells: Vec<usize> = found
        .iter()
        .map(|path| (normal::cumulative(path.iter().sum::<f64>() / 20f64.sqrt()) * 1024.0) as usize)
        .collect();
    cells.sort_unstable();
    assert!(cells.iter().enumerate().all(|(index, cell)| index == *cell));
    // The mean over 20 years of what one has grown to; its deviation over seeds against that of random paths.
    let expected = mean((1..=20).map(|year| libm::pow(1.07, f64::from(year))));
    let average = |path: Vec<f64>| {
        let mut sum = 0.0;
        let growth = path.into_iter().map(|log| {
            sum += log;
            libm::exp(sum)
        });
        mean(growth)
    };
    let error = |sampling: Sampling| {
        let squares = (0..12).map(|seed| {
            let market =
                Market::new(&single(0.07, 0.1, sampling), 20, 1, 1024, seed, &Control::default()).unwrap();
            let error = mean(logs(&market, 0, 1024).into_iter().map(average)) / expected - 1.0;
            error * error
        });
        mean(squares).sqrt()
    };
    let (random, quasi_random) = (error(Sampling::Random), error(Sampling::Sobol));
    assert!(quasi_random < random / 10.0, "{quasi_random} {random}");
}

#[test]
fn quasi_random_paths_beyond_the_table_are_padded_at_random() {
    // 40 years of months with three variables need 1440 coordinates.
    let market = Market::new(&pair(0.2, Sampling::Sobol), 480, 12, 256, 3, &Control::default()).unwrap();
    let found = logs(&market, 0, 256);
    let deviation = 0.2 / 12f64.sqrt();
    let monthly_mean = (libm::log1p(0.07) - 0.02) / 12.0;
    let normals = found.iter().flatten().map(|log| (log - monthly_mean) / deviation).collect();
    let distance = kolmogorov_smirnov(normals, normal::cumulative);
    assert!(distance < 1.9495, "{distance}");
}

#[test]
fn student_t_shocks_have_their_distribution_and_the_stated_volatility() {
    let found = shocks(&logs(&market_of(&student_t(4.0, Sampling::Random), 10, 4096), 0, 4096));
    let scaled: Vec<f64> = found.concat().into_iter().map(|shock| shock * 2f64.sqrt()).collect();
    // The distribution with four degrees of freedom in closed form (checked against scipy 1.17.1, stats.t.cdf).
    let distance = kolmogorov_smirnov(scaled, |t| {
        let square = t * t / (1.0 + t * t / 4.0);
        0.5 + 0.375 * t / (1.0 + t * t / 4.0).sqrt() * (1.0 - square / 12.0)
    });
    assert!(distance < 1.9495, "{distance}");
    // With ten degrees of freedom the fourth moment is 4 and the standard error of the variance sqrt(3 / count).
    let found = shocks(&logs(&market_of(&student_t(10.0, Sampling::Random), 10, 8192), 0, 8192)).concat();
    let variance = mean(found.iter().map(|shock| shock * shock));
    assert!((variance - 1.0).abs() < 4.5 * (3.0 / found.len() as f64).sqrt(), "{variance}");
    let kurtosis = mean(found.iter().map(|shock| shock * shock * shock * shock));
    // Its own standard error, from the eighth moment 1120, is 0.116.
    assert!((kurtosis - 4.0).abs() < 0.52, "{kurtosis}");
}

#[test]
fn extremes_of_student_t_come_together() {
    let market = market_of(&student_t(6.0, Sampling::Random), 10, 4096);
    let size = |column: usize| -> Vec<f64> {
        let values = logs(&market, column, 4096).concat();
        let centre = mean(values.iter().copied());
        values.into_iter().map(|log| (log - centre).abs()).collect()
    };
    assert!(score(&size(0), &size(1)) > 20.0);
    // Without correlation; the standard error is larger by the root of the mean fourth power of the factor, 2.
    let raw = |column: usize| logs(&market, column, 4096).concat();
    assert!(score(&raw(0), &raw(1)).abs() < 4.5 * 2f64.sqrt());
}

/// The regime of each step of each path.
fn places(market: &Market, paths: usize) -> Vec<Vec<usize>> {
    let step = |log: &f64| match libm::exp(*log) {
        growth if growth < 1.01 => 0,
        growth if growth < 2.01 => 1,
        _ => 2,
    };
    logs(market, 0, paths).iter().map(|path| path.iter().map(step).collect()).collect()
}

#[test]
fn regimes_follow_their_transitions_from_the_stationary_distribution_on() {
    let market = market_of(&regimes(1), 50, 4096);
    let found = places(&market, 4096);
    // The left eigenvector for the eigenvalue 1 is (0.8, 0.184, 0.032) / 1.016.
    let stationary: [f64; 3] = [0.8 / 1.016, 0.184 / 1.016, 0.032 / 1.016];
    for step in [0, 1, 20, 49] {
        for (place, share) in stationary.into_iter().enumerate() {
            let count = found.iter().filter(|path| path[step] == place).count() as f64;
            let error = (share * (1.0 - share) / 4096f64).sqrt();
            assert!((count / 4096.0 - share).abs() < 4.5 * error, "{step} {place} {count}");
        }
    }
    let transitions = [[0.9, 0.08, 0.02], [0.4, 0.6, 0.0], [0.2, 0.3, 0.5]];
    let mut counts = [[0.0; 3]; 3];
    for path in &found {
        for two in path.windows(2) {
            counts[two[0]][two[1]] += 1.0;
        }
    }
    for (row, expected) in counts.iter().zip(transitions) {
        let total: f64 = row.iter().sum();
        for (count, probability) in row.iter().zip(expected) {
            let error = (probability * (1.0 - probability) / total).sqrt();
            assert!((count / total - probability).abs() <= 4.5 * error, "{counts:?}");
        }
    }
    // Prices follow the regime.
    let prices = logs(&market, 1, 64);
    for (path, prices) in found.iter().zip(&prices) {
        for (place, price) in path.iter().zip(prices) {
            assert!((libm::expm1(*price) - [0.02, 0.03, 0.0][*place]).abs() < 1e-15);
        }
    }
}

#[test]
fn regimes_of_years_last_twelve_months_and_regimes_of_months_mix_within_a_year() {
    let market = Market::new(&regimes(1), 60, 12, 256, 5, &Control::default()).unwrap();
    let found = logs(&market, 0, 256);
    for path in &found {
        for year in path.chunks(12) {
            assert!(year.iter().all(|log| *log == year[0]));
        }
    }
    assert!(found.iter().any(|path| path[0] != path[12]));
    let market = Market::new(&regimes(12), 20, 1, 256, 5, &Control::default()).unwrap();
    let months: Vec<f64> = logs(&market, 0, 256)
        .concat()
        .into_iter()
        // A year of b boom months and c bust months grows by 2^((b + 2 c) / 12).
        .map(|log| log / libm::log(2.0) * 12.0)
        .collect();
    assert!(months.iter().all(|months| (months - months.round()).abs() < 1e-9));
    assert!(months.iter().any(|months| *months > 0.5 && *months < 11.5));
}

#[test]
fn regimes_have_the_moments_of_their_mixture() {
    let model = MarketModel::RegimeSwitching {
        regimes: vec![regime("calm", 0.09, 0.1, 0.0), regime("crisis", -0.1, 0.3, 0.0)],
        transitions: vec![vec![0.8, 0.2], vec![0.6, 0.4]],
        transitions_per_year: 1,
        initial_probabilities: Vec::new(),
        inflation_persistence: 0.0,
        initial_inflation: None,
        sampling: Sampling::Random,
    };
    let market = market_of(&model, 20, 8192);
    // Shares 3/4 and 1/4; second moments (1 + R)² exp(σ²).
    let expected = 0.75 * 1.09 + 0.25 * 0.9;
    let square = 0.75 * 1.09 * 1.09 * libm::exp(0.01) + 0.25 * 0.81 * libm::exp(0.09);
    let [[found_mean, found_deviation]] = market.moments().unwrap()[..] else { panic!() };
    assert!((found_mean - expected).abs() < 1e-14);
    assert!((found_deviation - (square - expected * expected).sqrt()).abs() < 1e-14);
    let growth: Vec<f64> = logs(&market, 0, 8192).concat().into_iter().map(libm::exp).collect();
    let error = found_deviation / (growth.len() as f64).sqrt();
    // Regimes persist, so that the effective number of steps is smaller: by (1 + 0.2) / (1 - 0.2).
    assert!((mean(growth.iter().copied()) - expected).abs() < 4.5 * error * 1.5);
}

#[test]
fn a_chain_with_several_ends_needs_a_start() {
    let mut model = regimes(1);
    if let MarketModel::RegimeSwitching { transitions, .. } = &mut model {
        *transitions = vec![vec![1.0, 0.0, 0.0], vec![0.0, 1.0, 0.0], vec![0.0, 0.0, 1.0]];
    }
    let error = Market::new(&model, 5, 1, 10, 0, &Control::default()).unwrap_err();
    assert_eq!(error.code().as_str(), "transitions.not_unique");
    if let MarketModel::RegimeSwitching { initial_probabilities, .. } = &mut model {
        *initial_probabilities = vec![0.25, 0.0, 0.75];
    }
    let found = places(&market_of(&model, 5, 4096), 4096);
    assert!(found.iter().all(|path| path.iter().all(|place| *place == path[0] && *place != 1)));
    let bust = found.iter().filter(|path| path[0] == 2).count() as f64;
    assert!((bust / 4096.0 - 0.75).abs() < 4.5 * (0.75 * 0.25 / 4096.0f64).sqrt());
}

#[test]
fn yields_have_the_moments_of_their_equations() {
    // The covariance that the equations keep: scipy 1.17.1, linalg.solve_discrete_lyapunov, and with a lag of one
    // period the coefficients times it.
    let (of_bills, lagged) = (0.00039486419753086415, 0.00031180246913580244);
    let of_inflation = 0.0001956049382716049;
    let together = 0.0001769876543209876;
    let paths = 16_384;
    let market = market_of(&yields([0.01, 0.012], [0.02, 0.03], 1), 80, paths as u64);
    // Bills grow by the yield at the start of the step, prices by the inflation at its end.
    let bills: Vec<Vec<f64>> = logs(&market, 0, paths);
    let prices = logs(&market, 3, paths);
    let bill =
        |step: usize| -> Vec<f64> { bills.iter().map(|path| libm::expm1(path[step]) - 0.03).collect() };
    let inflation: Vec<f64> = prices.iter().map(|path| libm::expm1(path[78]) - 0.02).collect();
    let product = |left: &[f64], right: &[f64]| mean(left.iter().zip(right).map(|(a, b)| a * b));
    let allowed = 4.5 * (2.0 / paths as f64).sqrt();
    for (found, expected) in [
        (product(&bill(79), &bill(79)), of_bills),
        (product(&bill(79), &bill(78)), lagged),
        (product(&inflation, &inflation), of_inflation),
        (product(&inflation, &bill(79)), together),
    ] {
        assert!((found / expected - 1.0).abs() < allowed * 1.2, "{found} {expected}");
    }
    assert!(mean(bill(79).into_iter()).abs() < 4.5 * (of_bills / paths as f64).sqrt());
}

#[test]
fn bonds_and_premiums_follow_from_the_yields() {
    // Without shocks: deviations (0.05, -0.02) become (0.028, -0.004), then (0.0164, 0.0028).
    let market = market_of(&yields([0.0, 0.0], [0.07, 0.01], 1), 2, 16);
    let mut growth = GrowthBlock::new(&market);
    market.fill(0, &mut growth);
    let expected = [
        [1.01, 1.01 - 5.0 * 0.016 + 15.0 * 0.016 * 0.016, 1.05 * 0.99, 1.048],
        [1.026, 1.026 - 5.0 * 0.0068 + 15.0 * 0.0068 * 0.0068, 1.066 * 0.99, 1.0364],
    ];
    for (rows, expected) in growth.steps().zip(expected) {
        for (row, expected) in rows.iter().zip(expected) {
            assert!((row[7] - expected).abs() < 1e-14, "{} {expected}", row[7]);
        }
    }
    // Twelve periods of a month make a year.
    let months =
        Market::new(&yields([0.01, 0.012], [0.07, 0.01], 12), 24, 12, 16, 9, &Control::default()).unwrap();
    let years =
        Market::new(&yields([0.01, 0.012], [0.07, 0.01], 12), 2, 1, 16, 9, &Control::default()).unwrap();
    for column in 0..4 {
        for (months, years) in logs(&months, column, 16).iter().zip(logs(&years, column, 16)) {
            for (months, year) in months.chunks(12).zip(years) {
                assert!((months.iter().sum::<f64>() - year).abs() < 1e-13);
            }
        }
    }
}

#[test]
fn stationary_blocks_have_geometric_lengths_and_start_anywhere() {
    let mut model = bootstrap(BootstrapBlocks::Stationary { mean_steps: 5.0 });
    if let MarketModel::Bootstrap { history, .. } = &mut model {
        history.inflation = vec![0.0; 30];
    }
    let found = logs(&market_of(&model, 100, 2048), 0, 2048);
    let year = |log: f64| (libm::expm1(log) * 100.0).round() as usize;
    let (mut goes_on, mut steps, mut starts) = (0.0, 0f64, [0.0; 30]);
    for path in &found {
        starts[year(path[0])] += 1.0;
        for two in path.windows(2) {
            steps += 1.0;
            goes_on += if year(two[1]) == (year(two[0]) + 1) % 30 { 1.0 } else { 0.0 };
        }
    }
    // The next year follows unless another block starts (1 in 5) at one of the 29 other years.
    let share = 1.0 - 0.2 * 29.0 / 30.0;
    let error = (share * (1.0 - share) / steps).sqrt();
    assert!((goes_on / steps - share).abs() < 4.5 * error, "{}", goes_on / steps);
    for count in starts {
        let expected: f64 = 2048.0 / 30.0;
        assert!((count - expected).abs() < 4.5 * expected.sqrt(), "{count}");
    }
    // Lengths: the chance that the next k follow is the k-th power.
    let runs = found
        .iter()
        .flat_map(|path| path.windows(4))
        .filter(|four| four.windows(2).all(|two| year(two[1]) == (year(two[0]) + 1) % 30));
    let found = runs.count() as f64 / (2048.0 * 97.0);
    assert!((found - share * share * share).abs() < 0.01, "{found}");
}

#[test]
fn cohorts_are_the_history_from_each_period_on() {
    let model =
        |circular| MarketModel::HistoricalCohorts { history: history(), circular, annual_fees: Vec::new() };
    // 60 months hold 37 stretches of two years.
    let market = Market::new(&model(false), 24, 12, 10_000, 0, &Control::default()).unwrap();
    assert_eq!(market.paths(), 37);
    assert_eq!(Market::new(&model(false), 24, 12, 5, 0, &Control::default()).unwrap().paths(), 5);
    for (start, path) in logs(&market, 0, 37).iter().enumerate() {
        for (month, log) in path.iter().enumerate() {
            assert!((libm::expm1(*log) - 0.001 * (start + month) as f64).abs() < 1e-15);
        }
    }
    let market = Market::new(&model(true), 2, 1, 10_000, 0, &Control::default()).unwrap();
    assert_eq!(market.paths(), 60);
    for (start, path) in logs(&market, 1, 60).iter().enumerate() {
        for (year, log) in path.iter().enumerate() {
            let months = (0..12).map(|month| 1.0 + 0.0001 * ((start + 12 * year + month) % 60) as f64);
            assert!((libm::exp(*log) - months.product::<f64>()).abs() < 1e-14);
        }
    }
    let error = Market::new(&model(false), 61, 12, 10, 0, &Control::default()).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("list.too_short", "history"));
}

#[test]
fn given_paths_are_given_back() {
    let market = market_of(&given_paths(), 30, 10_000);
    assert_eq!(market.paths(), 3);
    let (shares, bonds, prices) = (logs(&market, 0, 3), logs(&market, 1, 3), logs(&market, 2, 3));
    for (path, shift) in [0.0, 0.5, 0.25].into_iter().enumerate() {
        for year in 0..30 {
            let expected = 1.0 + 0.01 * year as f64 + shift;
            assert!((libm::exp(shares[path][year]) - expected).abs() < 1e-14);
            assert!((libm::exp(bonds[path][year]) - 0.99 * (1.0 - 0.002 * year as f64)).abs() < 1e-14);
            assert!((libm::expm1(prices[path][year]) - if shift > 0.0 { 0.03 } else { 0.0 }).abs() < 1e-15);
        }
    }
}

#[test]
fn every_instruction_set_fills_the_same_bits_in_every_model() {
    let models = [
        pair(0.4, Sampling::Antithetic),
        pair(0.4, Sampling::MomentMatching),
        pair(0.4, Sampling::Sobol),
        student_t(5.0, Sampling::Random),
        bootstrap(BootstrapBlocks::Stationary { mean_steps: 3.5 }),
        regimes(12),
        yields([0.01, 0.012], [0.02, 0.03], 12),
        MarketModel::HistoricalCohorts { history: history(), circular: true, annual_fees: Vec::new() },
        given_paths(),
    ];
    for model in &models {
        let market = market_of(model, 25, 1000);
        let ways = ways::<Fill<'_>>();
        let mut blocks = vec![GrowthBlock::new(&market); ways.len()];
        for (way, growth) in ways.into_iter().zip(&mut blocks) {
            way(Fill { market: &market, block: 5, growth });
        }
        assert!(blocks.iter().all(|block| block.rows == blocks[0].rows), "{model:?}");
        assert!(blocks[0].rows.iter().flatten().all(|factor| factor.is_finite() && *factor > 0.0));
    }
}

#[test]
fn the_repair_of_correlations_can_be_stopped_in_every_model() {
    let contradicting = |order: usize| -> Vec<Vec<f64>> {
        let value = |row: usize, column: usize| match row + column {
            _ if row == column => 1.0,
            1 => -0.9,
            _ => 0.9,
        };
        (0..order).map(|row| (0..order).map(|column| value(row, column)).collect()).collect()
    };
    let mut simple = lognormal();
    if let MarketModel::Lognormal { asset_classes, .. } = &mut simple {
        asset_classes.iter_mut().for_each(|class| class.return_convention = ReturnConvention::Simple);
    }
    let mut models =
        [lognormal(), simple, student_t(5.0, Sampling::Random), regimes(1), yields([0.01; 2], [0.02; 2], 1)];
    for model in &mut models {
        match model {
            MarketModel::RegimeSwitching { regimes, .. } => {
                for regime in regimes {
                    regime.asset_classes.push(class("bonds", 0.03, 0.05));
                    regime.correlations = contradicting(3);
                }
            }
            MarketModel::VectorAutoregression { correlations, .. } => *correlations = contradicting(5),
            MarketModel::Lognormal { correlations, .. } | MarketModel::StudentT { correlations, .. } => {
                *correlations = contradicting(3);
            }
            other => panic!("{other:?} has no correlations"),
        }
        let repaired = Market::new(model, 1, 1, 10, 7, &Control::default()).unwrap();
        assert!(!repaired.correlation_repairs().is_empty(), "{model:?}");
        let control = Control::default();
        control.cancel();
        let error = Market::new(model, 1, 1, 10, 7, &control).unwrap_err();
        assert_eq!(error.code(), wherewithal_base::ErrorCode::OperationCancelled, "{model:?}");
    }
}

#[test]
fn contradicting_correlations_are_repaired_and_reported() {
    let mut model = lognormal();
    if let MarketModel::Lognormal { correlations, .. } = &mut model {
        *correlations = vec![vec![1.0, 0.9, -0.9], vec![0.9, 1.0, 0.9], vec![-0.9, 0.9, 1.0]];
    }
    let market = Market::new(&model, 1, 1, 1 << 16, 1, &Control::default()).unwrap();
    let [repair] = market.correlation_repairs() else { panic!() };
    assert_eq!(repair.path, "correlations");
    let used = repair.nearest.correlations[0][1];
    assert!(used < 0.6);
    let found = score(&logs(&market, 0, 1 << 14).concat(), &logs(&market, 1, 1 << 14).concat()) / 128.0;
    assert!((found - used).abs() < 4.5 * (1.0 - used * used) / 128.0, "{found} {used}");
    assert!(
        Market::new(&lognormal(), 1, 1, 1, 1, &Control::default()).unwrap().correlation_repairs().is_empty()
    );
}

#[test]
fn samples_are_the_same_at_any_number_of_threads() {
    let sample = MarketSampleInput {
        market: pair(0.4, Sampling::MomentMatching),
        years: 10,
        steps_per_year: 1,
        paths: 5000,
        seed: 7,
        shown_paths: 2,
    };
    let found: Vec<String> = [1, 2, 7]
        .into_iter()
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let result = pool.install(|| crate::sample(&sample, &Control::default())).unwrap();
            serde_json::to_string(&result).unwrap()
        })
        .collect();
    assert!(found.iter().all(|result| *result == found[0]));
}

#[test]
fn samples_tell_the_moments_of_the_model() {
    let sample = MarketSampleInput {
        market: pair(0.4, Sampling::Random),
        years: 20,
        steps_per_year: 1,
        paths: 20_000,
        seed: 7,
        shown_paths: 0,
    };
    let found = crate::sample(&sample, &Control::default()).unwrap();
    let [shares, _, inflation] = &found.columns[..] else { panic!() };
    // scipy 1.17.1, lognorm(0.2, scale=1.07 exp(-0.02)): the moments of the growth factor.
    assert!((shares.expected_mean.unwrap() - 0.07).abs() < 1e-14);
    assert!((shares.expected_standard_deviation.unwrap() - 0.21615794080455444).abs() < 1e-14);
    let count = 400_000f64;
    assert!((shares.mean - 0.07).abs() < 4.5 * 0.2162 / count.sqrt());
    assert!((shares.standard_deviation - 0.2162).abs() < 0.002);
    assert!((shares.skewness.unwrap() - 0.6142947619866).abs() < 0.03);
    assert!((shares.kurtosis.unwrap() - 3.678365777175).abs() < 0.2);
    assert!(shares.autocorrelation.unwrap().abs() < 4.5 / count.sqrt());
    assert!(
        (shares.compound_annual_return - (1.07 * libm::exp(-0.02) - 1.0)).abs() < 4.5 * 0.2 / count.sqrt()
    );
    assert!((inflation.autocorrelation.unwrap() - 0.5).abs() < 0.02);
    assert!(inflation.expected_mean.is_none());
    assert!((found.correlations[0][1] - 0.4).abs() < 0.01);
    assert_eq!((found.paths, found.steps, found.shown_paths.len()), (20_000, 20, 0));
}

#[test]
fn bad_parameters_are_refused_with_code_and_path() {
    let refused = |model: &MarketModel, code: &str, path: &str| {
        let error = Market::new(model, 10, 1, 100, 0, &Control::default()).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), (code, path), "{error}");
    };
    for degrees_of_freedom in [2.0, -1.0, 1001.0] {
        let model = student_t(degrees_of_freedom, Sampling::Random);
        refused(&model, "number.out_of_range", "degreesOfFreedom");
    }
    refused(&student_t(f64::NAN, Sampling::Random), "number.not_finite", "degreesOfFreedom");
    for mean_steps in [0.5, 31.0] {
        let model = bootstrap(BootstrapBlocks::Stationary { mean_steps });
        refused(&model, "number.out_of_range", "blocks.meanSteps");
    }

    type SpoilRegimes = fn(&mut Vec<MarketRegime>, &mut Vec<Vec<f64>>, &mut Vec<f64>, &mut u32, &mut f64);
    let cases: &[(SpoilRegimes, &str, &str)] = &[
        (|r, _, _, _, _| r.clear(), "list.empty", "regimes"),
        (|r, _, _, _, _| r[1].name = "calm".to_owned(), "list.duplicate", "regimes[1].name"),
        (
            |r, _, _, _, _| r[2].asset_classes[0].name = "other".to_owned(),
            "regimes.differ",
            "regimes[2].assetClasses",
        ),
        (
            |r, _, _, _, _| r[2].asset_classes[0].volatility = -0.1,
            "rate.out_of_range",
            "regimes[2].assetClasses[0].volatility",
        ),
        (
            |r, _, _, _, _| r[0].correlations = vec![vec![1.0]; 3],
            "list.length_mismatch",
            "regimes[0].correlations",
        ),
        (|_, t, _, _, _| drop(t.pop()), "list.length_mismatch", "transitions"),
        (|_, t, _, _, _| t[1] = vec![0.4, 0.7, 0.0], "weights.sum_not_one", "transitions[1]"),
        (|_, t, _, _, _| t[1] = vec![1.4, -0.4, 0.0], "probability.out_of_range", "transitions[1][0]"),
        (|_, _, p, _, _| *p = vec![0.5, 0.5], "list.length_mismatch", "initialProbabilities"),
        (|_, _, p, _, _| *p = vec![0.5; 3], "weights.sum_not_one", "initialProbabilities"),
        (|_, _, _, y, _| *y = 4, "frequency.unsupported", "transitionsPerYear"),
        (|_, _, _, _, p| *p = 1.0, "number.out_of_range", "inflationPersistence"),
    ];
    for (invalidate, code, path) in cases {
        let mut model = regimes(1);
        if let MarketModel::RegimeSwitching {
            regimes,
            transitions,
            initial_probabilities,
            transitions_per_year,
            inflation_persistence,
            ..
        } = &mut model
        {
            invalidate(
                regimes,
                transitions,
                initial_probabilities,
                transitions_per_year,
                inflation_persistence,
            );
        }
        refused(&model, code, path);
    }

    type SpoilYields = fn(
        &mut Vec<StateVariable>,
        &mut Vec<Vec<f64>>,
        &mut Vec<StateDrivenAssetClass>,
        &mut Option<String>,
        &mut u32,
    );
    let cases: &[(SpoilYields, &str, &str)] = &[
        (|s, _, _, _, _| s[1].mean = 11.0, "rate.out_of_range", "states[1].mean"),
        (|s, _, _, _, _| s[1].initial = Some(-0.6), "rate.out_of_range", "states[1].initial"),
        (|s, _, _, _, _| s[1].name = "inflation".to_owned(), "list.duplicate", "states[1].name"),
        (|_, c, _, _, _| drop(c.pop()), "list.length_mismatch", "coefficients"),
        (|_, c, _, _, _| c[0][0] = 11.0, "number.out_of_range", "coefficients[0][0]"),
        (|_, c, _, _, _| c[0][0] = 1.0, "coefficients.explosive", "coefficients"),
        (
            |_, _, a, _, _| a[1] = bond("bonds", "gold", 5.0, 0.0),
            "name.unknown",
            "assetClasses[1].yieldState",
        ),
        (
            |_, _, a, _, _| a[1] = bond("bonds", "bills", 51.0, 0.0),
            "number.out_of_range",
            "assetClasses[1].duration",
        ),
        (|_, _, a, _, _| a[1] = bond("bills", "bills", 5.0, 0.0), "list.duplicate", "assetClasses[1].name"),
        (|_, _, _, i, _| *i = Some("prices".to_owned()), "name.unknown", "inflationState"),
        (|_, _, _, _, y| *y = 2, "frequency.unsupported", "periodsPerYear"),
    ];
    for (invalidate, code, path) in cases {
        let mut model = yields([0.01, 0.01], [0.02, 0.03], 1);
        if let MarketModel::VectorAutoregression {
            states,
            coefficients,
            asset_classes,
            inflation_state,
            periods_per_year,
            ..
        } = &mut model
        {
            invalidate(states, coefficients, asset_classes, inflation_state, periods_per_year);
        }
        refused(&model, code, path);
    }
    let error =
        Market::new(&yields([0.01, 0.01], [0.02, 0.03], 1), 10, 12, 100, 0, &Control::default()).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("frequency.unsupported", "periodsPerYear"));

    let mut model = given_paths();
    if let MarketModel::Paths { paths, .. } = &mut model {
        paths[1].returns.truncate(9);
        refused(&model, "list.too_short", "paths[1]");
    }
    if let MarketModel::Paths { paths, .. } = &mut model {
        paths[1].returns[3].pop();
    }
    let error = Market::new(&model, 5, 1, 100, 0, &Control::default()).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("list.length_mismatch", "paths[1].inflation"));
    if let MarketModel::Paths { paths, .. } = &mut model {
        paths.clear();
    }
    refused(&model, "list.empty", "paths");
}

#[test]
fn a_matrix_of_the_asset_classes_alone_leaves_inflation_uncorrelated() {
    let whole = pair(0.4, Sampling::Random);
    let mut alone = pair(0.0, Sampling::Random);
    if let MarketModel::Lognormal { correlations, .. } = &mut alone {
        *correlations = vec![vec![1.0, 0.4], vec![0.4, 1.0]];
    }
    let drawn = |model: &MarketModel| {
        let market = Market::new(model, 12, 12, 100, 7, &Control::default()).unwrap();
        let mut growth = GrowthBlock::new(&market);
        market.fill(0, &mut growth);
        growth.steps().flatten().copied().collect::<Vec<Lanes>>()
    };
    assert_eq!(drawn(&whole), drawn(&alone));
}

#[test]
fn shocks_beyond_all_measure_stay_on_their_side() {
    let model = MarketModel::StudentT {
        asset_classes: vec![class("shares", 0.07, 5.0)],
        inflation: InflationModel::default(),
        correlations: Vec::new(),
        degrees_of_freedom: 2.1,
        sampling: Sampling::Random,
    };
    let market = Market::new(&model, 2, 1, 100, 7, &Control::default()).unwrap();
    let Model::Sampled(_, SampledModel::StudentT(student_t)) = &market.model else { panic!("{market:?}") };
    let mut growth = GrowthBlock::new(&market);
    // The largest normal number times the largest common factor, upwards and downwards.
    let normals = [[860.0; LANES], [0.0; LANES], [-860.0; LANES], [0.0; LANES]];
    student_t.lognormal.fill(&mut super::normals::Drawn::new(&normals, 2), &mut growth);
    assert_eq!(growth.asset(0, 0), &[libm::exp2(1000.0); LANES]);
    assert_eq!(growth.asset(1, 0), &[libm::exp2(-1000.0); LANES]);
}

#[test]
fn price_earnings_ratios_are_those_of_the_periods_that_were_drawn() {
    // The ratio of a month says which month it is, and so does its return.
    let cape = (0..60).map(|month| 10.0 + f64::from(month)).collect();
    let history = MarketHistory { cape, ..history() };
    let blocks = [
        BootstrapBlocks::Independent,
        BootstrapBlocks::Moving { steps: 7 },
        BootstrapBlocks::Circular { steps: 7 },
        BootstrapBlocks::Stationary { mean_steps: 5.0 },
    ];
    let bootstraps = blocks.map(|blocks| MarketModel::Bootstrap {
        history: history.clone(),
        blocks,
        annual_fees: Vec::new(),
    });
    let cohorts =
        MarketModel::HistoricalCohorts { history: history.clone(), circular: true, annual_fees: Vec::new() };
    for model in bootstraps.into_iter().chain([cohorts]) {
        let market = Market::new(&model, 40, 12, 100, 7, &Control::default()).unwrap();
        let mut growth = GrowthBlock::new(&market);
        market.fill(1, &mut growth);
        for step in 0..40 {
            for (cape, growth) in growth.cape(step).unwrap().iter().zip(growth.asset(step, 0)) {
                assert_eq!(*growth, 1.0 + 0.001 * (cape - 10.0), "{model:?} {step}");
            }
        }
    }
    let market = Market::new(&pair(0.4, Sampling::Random), 40, 12, 100, 7, &Control::default()).unwrap();
    assert!(!market.has_cape() && GrowthBlock::new(&market).cape(0).is_none());
}

#[test]
fn bad_price_earnings_ratios_are_refused_with_code_and_path() {
    let cases: [(Vec<f64>, &str, &str); 4] = [
        (vec![20.0; 59], "list.length_mismatch", "history.cape"),
        ([vec![20.0; 59], vec![0.0]].concat(), "number.out_of_range", "history.cape[59]"),
        ([vec![1001.0], vec![20.0; 59]].concat(), "number.out_of_range", "history.cape[0]"),
        ([vec![f64::NAN], vec![20.0; 59]].concat(), "number.not_finite", "history.cape[0]"),
    ];
    for (cape, code, path) in cases {
        let history = MarketHistory { cape, ..history() };
        let model = MarketModel::HistoricalCohorts { history, circular: true, annual_fees: Vec::new() };
        let error = Market::new(&model, 10, 12, 100, 7, &Control::default()).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), (code, path));
    }
}
