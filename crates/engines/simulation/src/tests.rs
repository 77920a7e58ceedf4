use std::sync::Mutex;

use proptest::prelude::*;

use super::{
    paths::{GROUP, GroupRows},
    *,
};
use wherewithal_base::control::{Control, Progress};
use wherewithal_market::ReturnConvention;
use wherewithal_math::{dispatch::ways, parallel::Tally};

fn answer(simulation: &SimulationInput) -> SimulationResult {
    run(simulation, &Control::default()).unwrap()
}

/// For closed forms, apart from the simulation's own functions.
fn power(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

fn assert_close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{found} is not {expected}");
}

fn saving() -> SimulationInput {
    SimulationInput {
        initial_balance: 100_000.0,
        months: 360,
        expected_return: 0.07 - 0.15 * 0.15 / 2.0,
        volatility: 0.15,
        return_convention: ReturnConvention::Logarithmic,
        flows: vec![SimulationFlow { amount: 1000.0, ..Default::default() }],
        seed: 1,
        percentiles: vec![10.0, 50.0, 90.0],
        target: Some(1_500_000.0),
        ..SimulationInput::default()
    }
}

fn retirement() -> SimulationInput {
    SimulationInput {
        initial_balance: 1_000_000.0,
        months: 354,
        expected_return: 0.06,
        volatility: 0.12,
        inflation: 0.025,
        annual_fee: 0.003,
        flows: vec![
            SimulationFlow {
                amount: -4000.0,
                inflation_linked: true,
                timing: FlowTiming::Start,
                ..Default::default()
            },
            SimulationFlow { amount: 500.0, start_month: 61, annual_growth: 0.02, ..Default::default() },
        ],
        paths: 3000,
        seed: 7,
        ..SimulationInput::default()
    }
}

#[test]
fn without_volatility_balances_compound_as_the_closed_form_says() {
    for (timing, annuity_due) in [(FlowTiming::End, false), (FlowTiming::Start, true)] {
        for amount in [1000.0, -200.0] {
            let result = answer(&SimulationInput {
                initial_balance: 50_000.0,
                months: 300,
                expected_return: 0.06,
                annual_fee: 0.01,
                flows: vec![SimulationFlow { amount, timing, ..Default::default() }],
                paths: 3,
                ..SimulationInput::default()
            });
            let growth = power(1.06 * 0.99, 1.0 / 12.0);
            for row in result.fan {
                let all = power(growth, f64::from(row.month));
                let annuity = amount * (all - 1.0) / (growth - 1.0) * if annuity_due { growth } else { 1.0 };
                assert_close(row.nominal, 50_000.0 * all + annuity, 1e-12);
            }
            assert!(result.terminal_nominal.standard_deviation <= 1e-15 * result.terminal_nominal.mean);
        }
    }
}

#[test]
fn flows_rise_on_anniversaries_and_with_prices() {
    let simulation = SimulationInput {
        months: 40,
        inflation: 0.03,
        flows: vec![
            SimulationFlow {
                amount: 100.0,
                start_month: 3,
                end_month: Some(27),
                annual_growth: 0.1,
                ..Default::default()
            },
            SimulationFlow {
                amount: 10.0,
                start_month: 30,
                inflation_linked: true,
                timing: FlowTiming::Start,
                ..Default::default()
            },
        ],
        ..SimulationInput::default()
    };
    let rows = path(&SimulationPathInput { simulation, path: 0 }).unwrap().rows;
    let end: Vec<f64> = [2, 3, 14, 15, 26, 27, 28].map(|month: usize| rows[month].end_flow).to_vec();
    let expected = [0.0, 100.0, 100.0, 110.0, 110.0, 121.0, 0.0];
    for (found, expected) in end.iter().zip(expected) {
        assert_close(*found, expected, 1e-15);
    }
    assert_eq!(rows[29].start_flow, 0.0);
    for month in [30, 36, 40] {
        assert_close(rows[month].start_flow, 10.0 * power(1.03, month as f64 / 12.0), 1e-14);
        assert_close(rows[month].nominal, rows[month].real * power(1.03, month as f64 / 12.0), 1e-14);
    }
}

#[test]
fn moments_are_those_of_the_lognormal_distribution() {
    let (balance, expected, volatility, years) = (1000.0, 0.08, 0.2, 20.0);
    let simulation = SimulationInput {
        initial_balance: balance,
        months: 240,
        expected_return: expected,
        volatility,
        paths: 200_000,
        seed: 11,
        percentiles: vec![50.0],
        ..SimulationInput::default()
    };
    let count = simulation.paths as f64;
    let arithmetic = answer(&simulation).terminal_nominal;
    let mean = balance * power(1.0 + expected, years);
    let relative_deviation = libm::expm1(volatility * volatility * years).sqrt();
    assert!((arithmetic.mean - mean).abs() < 4.0 * mean * relative_deviation / count.sqrt());
    // The sample deviation of a skewed distribution converges slowly: 4 standard errors are about 5 %.
    assert_close(arithmetic.standard_deviation, mean * relative_deviation, 0.05);

    let simulation = SimulationInput { return_convention: ReturnConvention::Geometric, ..simulation };
    let geometric = answer(&simulation).terminal_nominal;
    let median_error = (std::f64::consts::FRAC_PI_2 / count).sqrt() * volatility * years.sqrt();
    let logarithm = libm::log(geometric.percentiles[0].value / mean);
    assert!(logarithm.abs() < 4.0 * median_error, "{logarithm}");
}

#[test]
fn the_mean_of_a_savings_plan_is_the_future_value_of_its_flows() {
    let simulation = SimulationInput {
        initial_balance: 10_000.0,
        months: 120,
        expected_return: 0.05,
        volatility: 0.18,
        flows: vec![SimulationFlow { amount: 250.0, ..Default::default() }],
        paths: 200_000,
        seed: 3,
        ..SimulationInput::default()
    };
    let terminal = answer(&simulation).terminal_nominal;
    let mean = 10_000.0 * power(1.05, 10.0)
        + (1..=120).map(|month| 250.0 * power(1.05, f64::from(120 - month) / 12.0)).sum::<f64>();
    let standard_error = terminal.standard_deviation / (simulation.paths as f64).sqrt();
    assert!((terminal.mean - mean).abs() < 4.0 * standard_error, "{} {mean}", terminal.mean);
}

#[test]
fn a_known_savings_plan_has_its_known_quantiles() {
    // An independent NumPy 2.4.6 simulation of 4,000,000 paths: w = w exp(m + s z) + 1000, m = 0.07/12 - 0.15^2/24,
    // s = 0.15/sqrt(12), 360 months from 100,000 (default_rng(1), standard_normal).
    let result = answer(&SimulationInput { paths: 400_000, ..saving() });
    let found: Vec<f64> = result.terminal_nominal.percentiles.iter().map(|row| row.value).collect();
    for (found, expected) in found.iter().zip([727_290.0, 1_611_510.0, 3_813_653.0]) {
        assert_close(*found, expected, 0.006);
    }
    assert!(
        (result.target_probability.unwrap() - 0.544_164).abs() < 4.0 * result.target_standard_error.unwrap()
    );
    assert_eq!(result.success.probability, 1.0);
}

#[test]
fn the_answer_is_the_same_at_any_number_of_threads() {
    let simulation = retirement();
    let bytes = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| serde_json::to_string(&answer(&simulation)).unwrap())
    };
    let one = bytes(1);
    assert_eq!(one, bytes(2));
    assert_eq!(one, bytes(7));
    assert_ne!(one, serde_json::to_string(&answer(&SimulationInput { seed: 8, ..retirement() })).unwrap());
}

#[test]
fn every_instruction_set_gives_the_same_bits() {
    let model = model::Model::new(&retirement()).unwrap();
    let length = (model.reported.len() + 1) * GROUP;
    let ways = ways::<lanes::Group<'_>>();
    let mut outputs = vec![vec![0.0; length]; ways.len()];
    for (way, output) in ways.into_iter().zip(&mut outputs) {
        way(lanes::Group { model: &model, rows: GroupRows { first_path: 512, paths: 48, numbers: output } });
    }
    let bits: Vec<Vec<u64>> =
        outputs.into_iter().map(|output| output.into_iter().map(f64::to_bits).collect()).collect();
    for other in &bits {
        assert!(*other == bits[0]);
    }
    assert!(bits[0].iter().any(|bits| *bits != 0));
}

#[test]
fn a_path_that_cannot_pay_has_failed_for_good() {
    let simulation = SimulationInput {
        initial_balance: 1000.0,
        months: 24,
        flows: vec![
            SimulationFlow { amount: -250.0, end_month: Some(5), ..Default::default() },
            SimulationFlow { amount: 400.0, start_month: 6, ..Default::default() },
        ],
        paths: 10,
        ..SimulationInput::default()
    };
    let result = path(&SimulationPathInput { simulation: simulation.clone(), path: 9 }).unwrap();
    let balances: Vec<f64> = result.rows.iter().take(8).map(|row| row.nominal).collect();
    assert_eq!(balances, [1000.0, 750.0, 500.0, 250.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(result.depletion_month, Some(5));
    assert_eq!((result.rows[5].end_flow, result.rows[6].end_flow), (-250.0, 0.0));

    let result = answer(&simulation);
    assert_eq!((result.success.probability, result.success.standard_error), (0.0, 0.0));
    assert_eq!((result.success.wilson_lower, result.depletion_share), (0.0, 1.0));
    assert!(result.depletion_months.iter().all(|row| row.value == 5.0));
    let solvency: Vec<(u32, f64)> = result.solvency.iter().map(|row| (row.month, row.share)).collect();
    assert_eq!(solvency, [(0, 1.0), (12, 0.0), (24, 0.0)]);
    assert_eq!(result.terminal_nominal.mean, 0.0);
}

#[test]
fn paying_the_last_cent_is_not_a_failure() {
    let simulation = SimulationInput {
        initial_balance: 1000.0,
        months: 4,
        flows: vec![SimulationFlow { amount: -250.0, ..Default::default() }],
        ..SimulationInput::default()
    };
    let result = answer(&simulation);
    assert_eq!((result.success.probability, result.terminal_nominal.mean), (1.0, 0.0));
    assert!(result.depletion_months.is_empty());
}

#[test]
fn the_standard_error_is_that_of_a_proportion() {
    let result = answer(&retirement());
    let p = result.success.probability;
    assert!(p > 0.0 && p < 1.0);
    assert_close(result.success.standard_error, (p * (1.0 - p) / 3000.0).sqrt(), 1e-15);
    assert!(result.success.wilson_lower < p && p < result.success.wilson_upper);
    assert_close(result.depletion_share, 1.0 - p, 1e-12);
    assert_eq!(result.solvency.last().map(|row| row.share), Some(p));
}

#[test]
fn the_fan_has_whole_years_and_the_end() {
    let result = answer(&SimulationInput { months: 30, paths: 5, ..retirement() });
    let months: Vec<u32> = result.fan.iter().map(|row| row.month).step_by(7).collect();
    assert_eq!(months, [0, 12, 24, 30]);
    let months: Vec<u32> = result.solvency.iter().map(|row| row.month).collect();
    assert_eq!(months, [0, 12, 24, 30]);
    let end: Vec<f64> = result.fan.iter().skip(21).map(|row| row.nominal).collect();
    assert_eq!(end, result.terminal_nominal.percentiles.iter().map(|row| row.value).collect::<Vec<_>>());
    let end: Vec<f64> = result.fan.iter().skip(21).map(|row| row.real).collect();
    assert_eq!(end, result.terminal_real.percentiles.iter().map(|row| row.value).collect::<Vec<_>>());
    let (nominal, real, prices) = (result.terminal_nominal, result.terminal_real, power(1.025, 2.5));
    assert_close(real.mean, nominal.mean / prices, 1e-14);
    assert_close(real.standard_deviation, nominal.standard_deviation / prices, 1e-14);
    assert!(result.fan.iter().take(7).all(|row| row.nominal == 1_000_000.0 && row.real == 1_000_000.0));
}

#[test]
fn without_a_fan_the_rest_is_the_same() {
    let question = SimulationInput { months: 30, paths: 700, target: Some(1_000_000.0), ..retirement() };
    let mut result = answer(&question);
    let without = answer(&SimulationInput { fan: false, ..question });
    assert!(without.fan.is_empty());
    result.fan = Vec::new();
    assert_eq!(format!("{without:?}"), format!("{result:?}"));
}

#[test]
fn a_target_in_todays_money_rises_with_prices() {
    let nominal = SimulationInput { target: Some(1_500_000.0), paths: 2000, ..retirement() };
    let linked = SimulationInput { target_inflation_linked: true, ..nominal.clone() };
    let price_level = power(1.025, 354.0 / 12.0);
    let same = SimulationInput { target: Some(1_500_000.0 * price_level), ..nominal.clone() };
    assert_eq!(answer(&linked).target_probability, answer(&same).target_probability);
    assert!(answer(&linked).target_probability < answer(&nominal).target_probability);
    assert_eq!(answer(&SimulationInput { target: Some(0.0), ..nominal }).target_probability, Some(1.0));
}

#[test]
fn progress_ends_at_the_total_and_cancelling_stops_the_run() {
    let heard = Mutex::new(Vec::<Progress>::new());
    let observer = |progress| heard.lock().unwrap().push(progress);
    let control = Control::with_observer(&observer);
    run(&retirement(), &control).unwrap();
    assert!(heard.lock().unwrap().iter().any(|progress| progress.done == progress.total));

    control.cancel();
    assert_eq!(run(&retirement(), &control).unwrap_err().code().as_str(), "operation.cancelled");
}

/// A plan whose withdrawals use up the balance exactly: the payments of an annuity at the monthly growth of the plan.
fn exactly_sufficient(balance: f64, months: u32, monthly_rate: f64, timing: FlowTiming) -> SimulationInput {
    let term = f64::from(months);
    let due = if timing == FlowTiming::Start { 1.0 + monthly_rate } else { 1.0 };
    let payment = if monthly_rate == 0.0 {
        balance / term
    } else {
        balance * monthly_rate / (1.0 - power(1.0 + monthly_rate, -term)) / due
    };
    SimulationInput {
        initial_balance: balance,
        months,
        expected_return: power(1.0 + monthly_rate, 12.0) - 1.0,
        flows: vec![SimulationFlow { amount: -payment, timing, ..Default::default() }],
        paths: 1,
        ..SimulationInput::default()
    }
}

#[test]
fn a_plan_whose_money_exactly_suffices_succeeds() {
    for timing in [FlowTiming::Start, FlowTiming::End] {
        for monthly_rate in [0.0, 0.001, 0.0025, 0.004, 0.005, 0.01] {
            for months in [30, 120, 240, 360, 600] {
                let simulation = exactly_sufficient(500_000.0, months, monthly_rate, timing);
                assert_eq!(answer(&simulation).success.probability, 1.0, "{simulation:?}");
                let followed =
                    path(&SimulationPathInput { simulation: simulation.clone(), path: 0 }).unwrap();
                assert_eq!(followed.depletion_month, None);

                let mut short = simulation;
                short.flows[0].amount *= 1.0 + 1e-6;
                assert_eq!(answer(&short).success.probability, 0.0, "{short:?}");
            }
        }
    }
}

/// The same question in another unit of money.
fn in_units(simulation: &SimulationInput, unit: f64) -> SimulationInput {
    let mut scaled = simulation.clone();
    scaled.initial_balance *= unit;
    scaled.target = scaled.target.map(|target| target * unit);
    scaled.flows.iter_mut().for_each(|flow| flow.amount *= unit);
    scaled
}

#[test]
fn a_balance_at_its_target_reaches_it_in_every_unit_of_money() {
    let idle = SimulationInput {
        initial_balance: 123_456.78,
        months: 36,
        expected_return: 0.03,
        target: Some(123_456.78 * 1.03 * 1.03 * 1.03),
        paths: 1,
        ..SimulationInput::default()
    };
    for exponent in -6..=6 {
        let scaled = in_units(&idle, power(10.0, f64::from(exponent)));
        assert_eq!(answer(&scaled).target_probability, Some(1.0), "10^{exponent}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_unit_of_money_changes_no_decision_and_no_ratio(
        balance in 1_000.0..1e7_f64,
        months in 6_u32..400,
        monthly_rate in prop::sample::select(vec![0.0, 0.002, 0.005]),
        volatility in prop::sample::select(vec![0.0, 0.15]),
        exponent in -6..=6,
    ) {
        let mut simulation = exactly_sufficient(balance, months, monthly_rate, FlowTiming::Start);
        (simulation.volatility, simulation.paths, simulation.target) = (volatility, 200, Some(balance / 2.0));
        let scaled = answer(&in_units(&simulation, power(10.0, f64::from(exponent))));
        let result = answer(&simulation);
        prop_assert_eq!(scaled.success, result.success);
        prop_assert_eq!(scaled.target_probability, result.target_probability);
        prop_assert_eq!(&scaled.solvency, &result.solvency);
        prop_assert_eq!(&scaled.depletion_months, &result.depletion_months);
        let shares = |result: &SimulationResult, money: f64| -> Vec<f64> {
            result.terminal_real.percentiles.iter().map(|row| row.value / money).collect()
        };
        let unit = power(10.0, f64::from(exponent));
        for (scaled, value) in shares(&scaled, balance * unit).iter().zip(shares(&result, balance)) {
            prop_assert!((scaled - value).abs() <= 1e-9 * value.max(1.0), "{} is not {}", scaled, value);
        }
    }
}

#[test]
fn balances_that_cannot_be_represented_are_an_error() {
    let boundless = SimulationInput {
        initial_balance: 1e300,
        months: 1200,
        expected_return: 10.0,
        return_convention: ReturnConvention::Logarithmic,
        ..SimulationInput::default()
    };
    let error = run(&boundless, &Control::default()).unwrap_err();
    assert_eq!(error.code().as_str(), "result.too_large");
    let error = path(&SimulationPathInput { simulation: boundless.clone(), path: 0 }).unwrap_err();
    assert_eq!(error.code().as_str(), "result.too_large");
    // Without percentiles the mean alone tells.
    let error =
        run(&SimulationInput { percentiles: Vec::new(), ..boundless }, &Control::default()).unwrap_err();
    assert_eq!(error.code().as_str(), "result.too_large");
}

#[test]
fn bad_questions_are_refused_with_code_and_path() {
    type Change = fn(&mut SimulationInput);
    let cases: &[(Change, &str, &str)] = &[
        (|s| s.initial_balance = f64::NAN, "number.not_finite", "initialBalance"),
        (|s| s.initial_balance = -1.0, "amount.out_of_range", "initialBalance"),
        (|s| s.months = 0, "term.out_of_range", "months"),
        (|s| s.months = 1201, "term.out_of_range", "months"),
        (|s| s.expected_return = f64::INFINITY, "number.not_finite", "expectedReturn"),
        (|s| s.expected_return = -1.0, "rate.out_of_range", "expectedReturn"),
        (|s| s.expected_return = 10.5, "rate.out_of_range", "expectedReturn"),
        (|s| s.volatility = -0.01, "rate.out_of_range", "volatility"),
        (|s| s.volatility = 5.01, "rate.out_of_range", "volatility"),
        (|s| s.volatility = f64::NAN, "number.not_finite", "volatility"),
        (|s| s.inflation = -1.0, "rate.out_of_range", "inflation"),
        (|s| s.annual_fee = 1.0, "rate.out_of_range", "annualFee"),
        (|s| s.annual_fee = -0.001, "rate.out_of_range", "annualFee"),
        (|s| s.flows[1].amount = f64::NEG_INFINITY, "number.not_finite", "flows[1].amount"),
        (|s| s.flows[1].start_month = 0, "term.out_of_range", "flows[1].startMonth"),
        (|s| s.flows[1].end_month = Some(1201), "term.out_of_range", "flows[1].endMonth"),
        (|s| s.flows[1].end_month = Some(60), "range.out_of_order", "flows[1].startMonth"),
        (|s| s.flows[1].annual_growth = -1.0, "rate.out_of_range", "flows[1].annualGrowth"),
        (|s| s.flows[0].amount = f64::MAX, "result.too_large", "flows[0].amount"),
        (|s| s.flows = vec![SimulationFlow::default(); 1001], "list.too_long", "flows"),
        (|s| s.paths = 0, "paths.out_of_range", "paths"),
        (|s| s.paths = 10_000_001, "paths.out_of_range", "paths"),
        (|s| s.paths = 1_000_000_000_000, "paths.out_of_range", "paths"),
        (|s| s.paths = 10_000_000, "paths.out_of_range", "paths"),
        (|s| s.seed = 1 << 53, "seed.out_of_range", "seed"),
        (|s| s.percentiles = vec![50.0, 100.5], "percentile.out_of_range", "percentiles[1]"),
        (|s| s.percentiles = vec![-1.0], "percentile.out_of_range", "percentiles[0]"),
        (|s| s.percentiles = vec![f64::NAN], "number.not_finite", "percentiles[0]"),
        (|s| s.percentiles = vec![50.0, 10.0], "list.out_of_order", "percentiles[1]"),
        (|s| s.percentiles = vec![50.0, 50.0], "list.out_of_order", "percentiles[1]"),
        (|s| s.percentiles = vec![1.0; 102], "list.too_long", "percentiles"),
        (|s| s.target = Some(f64::NAN), "number.not_finite", "target"),
    ];
    for (change, code, place) in cases {
        let mut simulation = retirement();
        change(&mut simulation);
        let error = run(&simulation, &Control::default()).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), (*code, *place), "{error}");
        let error = path(&SimulationPathInput { simulation, path: 0 }).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), (*code, format!("simulation.{place}").as_str()));
    }
    let error = path(&SimulationPathInput { simulation: retirement(), path: 3000 }).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("index.out_of_range", "path"));
}

fn flows() -> impl Strategy<Value = Vec<SimulationFlow>> {
    let flow = (-3000.0..2000.0f64, 1..40u32, 0..40u32, -0.1..0.1f64, any::<bool>(), any::<bool>()).prop_map(
        |(amount, start_month, length, annual_growth, inflation_linked, at_start)| SimulationFlow {
            amount,
            start_month,
            end_month: Some(start_month + length),
            annual_growth,
            inflation_linked,
            timing: if at_start { FlowTiming::Start } else { FlowTiming::End },
        },
    );
    prop::collection::vec(flow, 0..4)
}

prop_compose! {
    fn simulations()(
        initial_balance in 0.0..100_000.0f64,
        months in 1..50u32,
        expected_return in -0.5..0.5f64,
        volatility in 0.0..0.8f64,
        inflation in -0.05..0.2f64,
        annual_fee in 0.0..0.05f64,
        flows in flows(),
        paths in 1..600u64,
        seed in 0..(1u64 << 53),
        convention in 0..3u8,
    ) -> SimulationInput {
        let return_convention = match convention {
            0 => ReturnConvention::Arithmetic,
            1 => ReturnConvention::Geometric,
            _ => ReturnConvention::Logarithmic,
        };
        SimulationInput {
            initial_balance, months, expected_return, volatility, inflation, annual_fee, flows, paths, seed,
            return_convention, ..SimulationInput::default()
        }
    }
}

fn balances_of(simulation: &SimulationInput) -> (Vec<Vec<f64>>, Vec<f64>) {
    let control = Control::default();
    let model = model::Model::new(simulation).unwrap();
    let balances = run::balances(&model, &Tally::new(&control, 100)).unwrap();
    let row = |row| balances.row(row).flatten().copied().collect();
    ((0..model.reported.len()).map(row).collect(), row(model.reported.len()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_replayed_path_is_the_path_of_the_run_to_the_bit(simulation in simulations(), pick in any::<u64>()) {
        let (rows, depletion) = balances_of(&simulation);
        let index = pick % simulation.paths;
        let replay = path(&SimulationPathInput { simulation: simulation.clone(), path: index }).unwrap();
        let index = index as usize;
        prop_assert_eq!(replay.depletion_month.unwrap_or(0), depletion[index] as u32);
        let months = (12..simulation.months).step_by(12).chain([simulation.months]);
        for (row, month) in rows.iter().zip(months) {
            prop_assert_eq!(replay.rows[month as usize].nominal.to_bits(), row[index].to_bits());
        }
    }

    #[test]
    fn more_paths_keep_the_first_ones(simulation in simulations(), more in 1..400u64) {
        let (rows, _) = balances_of(&simulation);
        let (longer, _) = balances_of(&SimulationInput { paths: simulation.paths + more, ..simulation });
        for (row, longer) in rows.iter().zip(&longer) {
            prop_assert_eq!(row.as_slice(), &longer[..row.len()]);
        }
    }

    #[test]
    fn results_keep_their_order_and_bounds(simulation in simulations()) {
        let result = answer(&simulation);
        let p = result.success.probability;
        prop_assert!(0.0 <= result.success.wilson_lower && result.success.wilson_lower <= p);
        prop_assert!(p <= result.success.wilson_upper && result.success.wilson_upper <= 1.0);
        for pair in result.fan.windows(2) {
            prop_assert!(pair[0].month < pair[1].month || pair[0].nominal <= pair[1].nominal);
            prop_assert!(pair[1].nominal >= 0.0);
        }
        for pair in result.solvency.windows(2) {
            prop_assert!(pair[0].share >= pair[1].share);
        }
        prop_assert_eq!(result.solvency.last().map(|row| row.share), Some(p));
        for row in &result.depletion_months {
            prop_assert!(row.value >= 1.0 && row.value <= f64::from(simulation.months));
        }
    }

    #[test]
    fn doubling_all_money_doubles_every_balance_exactly(simulation in simulations()) {
        let mut doubled = simulation.clone();
        doubled.initial_balance *= 2.0;
        for flow in &mut doubled.flows {
            flow.amount *= 2.0;
        }
        let (single, double) = (answer(&simulation), answer(&doubled));
        prop_assert_eq!(single.success.probability, double.success.probability);
        for (single, double) in single.fan.iter().zip(&double.fan) {
            prop_assert_eq!(single.nominal * 2.0, double.nominal);
        }
    }

    #[test]
    fn withdrawing_more_never_raises_success(simulation in simulations(), extra in 1.0..500.0f64) {
        let mut greedy = simulation.clone();
        greedy.flows.push(SimulationFlow { amount: -extra, ..Default::default() });
        prop_assert!(answer(&greedy).success.probability <= answer(&simulation).success.probability);
    }
}
