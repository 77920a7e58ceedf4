use proptest::prelude::*;

use super::{
    compiled::Portfolio,
    lanes::{Keep, run_group},
    *,
};
use crate::{
    FlowTiming, Rebalancing, Steps,
    paths::{GROUP, GroupRows},
};
use wherewithal_base::control::Control;
use wherewithal_market::{
    AssetClass, BootstrapBlocks, InflationModel, MarketHistory, MarketModel, ReturnConvention, Sampling,
    internal::GrowthBlock,
};
use wherewithal_math::{dispatch::ways, parallel::Tally};

fn class(name: &str, expected_return: f64, volatility: f64) -> AssetClass {
    AssetClass {
        name: name.to_owned(),
        expected_return,
        volatility,
        return_convention: ReturnConvention::Arithmetic,
        annual_fee: 0.0,
    }
}

fn market(volatile: bool) -> MarketModel {
    let scale = if volatile { 1.0 } else { 0.0 };
    MarketModel::Lognormal {
        asset_classes: vec![class("shares", 0.07, 0.16 * scale), class("bonds", 0.03, 0.06 * scale)],
        inflation: InflationModel {
            expected: 0.02,
            volatility: 0.01 * scale,
            persistence: 0.5,
            initial: None,
        },
        correlations: Vec::new(),
        sampling: Sampling::Random,
    }
}

fn simulation(volatile: bool) -> PortfolioInput {
    PortfolioInput {
        initial_balance: 100_000.0,
        years: 20,
        steps: Steps::Annual,
        market: market(volatile),
        allocation: PortfolioAllocation::Fixed { weights: vec![0.6, 0.4] },
        rebalancing: Rebalancing::EveryStep,
        flows: Vec::new(),
        annual_fee: 0.0,
        paths: 1000,
        seed: 5,
        percentiles: vec![5.0, 25.0, 50.0, 75.0, 95.0],
        fan_money: FanMoney::Both,
        target: None,
        target_inflation_linked: false,
    }
}

fn answer(simulation: &PortfolioInput) -> PortfolioResult {
    portfolio(simulation, &Control::default()).unwrap()
}

fn power(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

fn assert_close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{found} is not {expected}");
}

fn flow(amount: f64, timing: FlowTiming) -> PortfolioFlow {
    PortfolioFlow { amount, timing, inflation_linked: true, ..Default::default() }
}

#[test]
fn without_volatility_balances_compound_as_the_closed_form_says() {
    // Rebalanced each year at 60/40: 5.4 %. Flows rise with prices by 2 %, so in today's money they are an annuity at
    // 1.054 / 1.02.
    let real = 1.054 / 1.02;
    for (timing, factor) in [(FlowTiming::End, 1.0), (FlowTiming::Start, real)] {
        let result = answer(&PortfolioInput { flows: vec![flow(500.0, timing)], ..simulation(false) });
        for row in result.fan {
            let all = power(real, f64::from(row.year));
            let balance = 100_000.0 * all + 500.0 * factor * (all - 1.0) / (real - 1.0);
            assert_close(row.real.unwrap(), balance, 1e-12);
            assert_close(row.nominal.unwrap(), balance * power(1.02, f64::from(row.year)), 1e-12);
        }
    }
}

#[test]
fn what_is_never_rebalanced_drifts() {
    let never = PortfolioInput { rebalancing: Rebalancing::Never, ..simulation(false) };
    let drifted = 60_000.0 * power(1.07, 20.0) + 40_000.0 * power(1.03, 20.0);
    assert_close(answer(&never).terminal_nominal.mean, drifted, 1e-12);
    // Every class loses the same share by a withdrawal, so its size in parts of the balance decides alone.
    let half = PortfolioInput {
        flows: vec![PortfolioFlow {
            amount: -50_000.0,
            end_year: Some(1),
            timing: FlowTiming::Start,
            ..Default::default()
        }],
        ..never.clone()
    };
    assert_close(answer(&half).terminal_nominal.mean, drifted / 2.0, 1e-12);
    // A deposit is invested by the weights.
    let twice = PortfolioInput {
        flows: vec![PortfolioFlow {
            amount: 100_000.0,
            end_year: Some(1),
            timing: FlowTiming::Start,
            ..Default::default()
        }],
        ..never
    };
    assert_close(answer(&twice).terminal_nominal.mean, drifted * 2.0, 1e-12);
}

#[test]
fn bands_rebalance_what_has_strayed() {
    // Shares outgrow bonds: after n years the share of the first class is 0.6 × 1.07^n / (0.6 × 1.07^n + 0.4 × 1.03^n).
    let strays = |absolute: f64| {
        let share = |years: f64| {
            let (first, second) = (0.6 * power(1.07, years), 0.4 * power(1.03, years));
            (first / (first + second), first + second)
        };
        let mut balance = 100_000.0;
        let mut years = 0.0;
        for _ in 0..20 {
            if share(years).0 - 0.6 > absolute {
                balance *= share(years).1;
                years = 0.0;
            }
            years += 1.0;
        }
        balance * share(years).1
    };
    for absolute in [0.0, 0.03, 0.05, 0.2] {
        let rebalancing = Rebalancing::Bands { absolute: Some(absolute), relative: None };
        let found = answer(&PortfolioInput { rebalancing, ..simulation(false) });
        assert_close(found.terminal_nominal.mean, strays(absolute), 1e-12);
        // What the first class gains the second loses, whose target is the smaller.
        let rebalancing = Rebalancing::Bands { absolute: None, relative: Some(absolute / 0.4) };
        let same = answer(&PortfolioInput { rebalancing, ..simulation(false) });
        assert_close(same.terminal_nominal.mean, strays(absolute), 1e-12);
    }
}

#[test]
fn a_glide_path_is_followed_year_by_year() {
    let point = |year, share: f64| PortfolioGlidePoint { year, weights: vec![share, 1.0 - share] };
    let points = vec![point(3, 0.8), point(7, 0.4)];
    let found = answer(&PortfolioInput {
        years: 10,
        allocation: PortfolioAllocation::GlidePath { points },
        annual_fee: 0.01,
        ..simulation(false)
    });
    let shares = [0.8, 0.8, 0.8, 0.7, 0.6, 0.5, 0.4, 0.4, 0.4, 0.4];
    let expected = shares.iter().fold(100_000.0, |balance, share| balance * 0.99 * (1.03 + 0.04 * share));
    assert_close(found.terminal_nominal.mean, expected, 1e-12);
}

#[test]
fn monthly_steps_grow_as_years_do() {
    let monthly = PortfolioInput {
        steps: Steps::Monthly,
        allocation: PortfolioAllocation::Fixed { weights: vec![1.0, 0.0] },
        flows: vec![PortfolioFlow {
            amount: -1000.0,
            frequency: PortfolioFlowFrequency::Annually,
            annual_growth: 0.03,
            ..Default::default()
        }],
        ..simulation(false)
    };
    let expected =
        (0..20).fold(100_000.0, |balance, year| balance * 1.07 - 1000.0 * power(1.03, f64::from(year)));
    assert_close(answer(&monthly).terminal_nominal.mean, expected, 1e-11);
    let annual = PortfolioInput { steps: Steps::Annual, ..monthly };
    assert_close(answer(&annual).terminal_nominal.mean, expected, 1e-12);
}

#[test]
fn a_path_that_cannot_pay_has_failed_for_good() {
    let failing = PortfolioInput {
        years: 10,
        market: MarketModel::Lognormal {
            asset_classes: vec![class("cash", 0.0, 0.0)],
            inflation: InflationModel::default(),
            correlations: Vec::new(),
            sampling: Sampling::Random,
        },
        allocation: PortfolioAllocation::Fixed { weights: vec![1.0] },
        flows: vec![
            PortfolioFlow { amount: -30_000.0, end_year: Some(4), ..Default::default() },
            PortfolioFlow { amount: 80_000.0, start_year: 5, ..Default::default() },
        ],
        ..simulation(false)
    };
    for rebalancing in [Rebalancing::EveryStep, Rebalancing::Never] {
        let failing = PortfolioInput { rebalancing, ..failing.clone() };
        let result = answer(&failing);
        assert_eq!((result.success.probability, result.depletion_share), (0.0, 1.0));
        assert!(result.depletion_years.iter().all(|row| row.value == 4.0));
        let solvency: Vec<f64> = result.solvency.iter().map(|row| row.share).collect();
        assert_eq!(solvency, [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        let path = portfolio_path(&PortfolioPathInput { simulation: failing, path: 999 }).unwrap();
        assert_eq!(path.depletion_step, Some(4));
        let nominal: Vec<f64> = path.rows.iter().map(|row| row.nominal).collect();
        assert_eq!(nominal, [70_000.0, 40_000.0, 10_000.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!((path.rows[3].end_flow, path.rows[4].end_flow), (-30_000.0, 0.0));
    }
}

/// A plan that saves for twenty years and spends for twenty.
fn retirement() -> PortfolioInput {
    let corr = [
        [1.0, 0.8, 0.15, 0.6, 0.0, -0.1],
        [0.8, 1.0, 0.1, 0.55, 0.0, -0.1],
        [0.15, 0.1, 1.0, 0.2, 0.3, -0.2],
        [0.6, 0.55, 0.2, 1.0, 0.05, 0.1],
        [0.0, 0.0, 0.3, 0.05, 1.0, 0.4],
        [-0.1, -0.1, -0.2, 0.1, 0.4, 1.0],
    ];
    let classes = [(0.07, 0.16), (0.075, 0.19), (0.035, 0.06), (0.05, 0.13), (0.02, 0.01)];
    let start = FlowTiming::Start;
    PortfolioInput {
        initial_balance: 200_000.0,
        years: 40,
        market: MarketModel::Lognormal {
            asset_classes: classes
                .iter()
                .enumerate()
                .map(|(index, (mean, deviation))| class(&index.to_string(), *mean, *deviation))
                .collect(),
            inflation: InflationModel { expected: 0.025, volatility: 0.012, persistence: 0.6, initial: None },
            correlations: corr.iter().map(|row| row.to_vec()).collect(),
            sampling: Sampling::Random,
        },
        allocation: PortfolioAllocation::Fixed { weights: vec![0.4, 0.2, 0.25, 0.1, 0.05] },
        flows: vec![
            PortfolioFlow { end_year: Some(20), ..flow(20_000.0, start) },
            PortfolioFlow { start_year: 21, ..flow(-40_000.0, start) },
        ],
        fan_money: FanMoney::Real,
        seed: 11,
        ..simulation(true)
    }
}

#[test]
fn a_known_retirement_has_its_known_quantiles() {
    // An independent NumPy 2.4.6 simulation of 2,000,000 paths (default_rng(1), Cholesky factor of the correlations):
    // see the golden vectors of `simulation.portfolio` for the same program.
    let result = answer(&PortfolioInput { paths: 100_000, ..retirement() });
    assert!((result.success.probability - 0.738).abs() < 0.006, "{}", result.success.probability);
    let at = |percentile: f64| {
        result.terminal_real.percentiles.iter().find(|row| row.percentile == percentile).unwrap().value
    };
    assert_close(at(50.0), 3.7e5, 0.03);
    assert_close(at(75.0), 1.01e6, 0.03);
    assert_close(at(95.0), 2.74e6, 0.03);
}

#[test]
fn the_answer_is_the_same_at_any_number_of_threads() {
    for rebalancing in
        [Rebalancing::EveryStep, Rebalancing::Bands { absolute: Some(0.05), relative: Some(0.25) }]
    {
        let simulation = PortfolioInput { rebalancing, paths: 3000, ..retirement() };
        let bytes = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| serde_json::to_string(&answer(&simulation)).unwrap())
        };
        let one = bytes(1);
        assert_eq!(one, bytes(2));
        assert_eq!(one, bytes(7));
    }
}

#[test]
fn every_instruction_set_gives_the_same_bits() {
    for rebalancing in [Rebalancing::EveryStep, Rebalancing::Bands { absolute: Some(0.02), relative: None }] {
        let portfolio = Portfolio::new(
            &PortfolioInput { rebalancing, fan_money: FanMoney::Both, ..retirement() },
            &Control::default(),
        )
        .unwrap();
        let mut growth = GrowthBlock::new(&portfolio.market);
        portfolio.market.fill(3, &mut growth);
        let ways = ways::<Keep<'_>>();
        let mut outputs = vec![vec![0.0; (portfolio.rows.depletion() + 1) * GROUP]; ways.len()];
        for (way, rows) in ways.into_iter().zip(&mut outputs) {
            way(Keep { portfolio: &portfolio, growth: &growth, column: 32, rows });
        }
        let bits = |output: &[f64]| output.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
        assert!(outputs.iter().all(|output| bits(output) == bits(&outputs[0])));
        assert!(outputs[0].iter().any(|x| *x != 0.0));
    }
}

fn history() -> MarketModel {
    let returns = (0..240)
        .map(|month| vec![0.01 * libm::sin(f64::from(month)), 0.004 * libm::cos(f64::from(month) / 3.0)])
        .collect();
    let inflation = (0..240).map(|month| 0.002 * (1.0 + libm::sin(f64::from(month) / 7.0))).collect();
    let asset_classes = vec!["shares".to_owned(), "bonds".to_owned()];
    let history = MarketHistory { asset_classes, periods_per_year: 12, returns, inflation, cape: Vec::new() };
    MarketModel::Bootstrap { history, blocks: BootstrapBlocks::Independent, annual_fees: vec![0.001, 0.002] }
}

fn plans() -> impl Strategy<Value = PortfolioInput> {
    let rebalancing = prop_oneof![
        Just(Rebalancing::EveryStep),
        Just(Rebalancing::Annually),
        Just(Rebalancing::Never),
        (0.0..0.1f64).prop_map(|band| Rebalancing::Bands { absolute: Some(band), relative: None }),
    ];
    let flows = prop::collection::vec(
        (-9000.0..8000.0f64, 1..10u32, 0..10u32, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
            |(amount, start_year, length, start, linked, annually)| PortfolioFlow {
                amount,
                start_year,
                end_year: Some(start_year + length),
                timing: if start { FlowTiming::Start } else { FlowTiming::End },
                inflation_linked: linked,
                frequency: if annually {
                    PortfolioFlowFrequency::Annually
                } else {
                    PortfolioFlowFrequency::EveryStep
                },
                annual_growth: 0.01,
            },
        ),
        0..4,
    );
    let money = prop_oneof![
        Just(FanMoney::Both),
        Just(FanMoney::Nominal),
        Just(FanMoney::Real),
        Just(FanMoney::None)
    ];
    (rebalancing, flows, money, 0.0..1.0f64, 1..8u32, any::<bool>(), any::<bool>(), 1..400u64, any::<u32>())
        .prop_map(|(rebalancing, flows, fan_money, share, years, monthly, historical, paths, seed)| {
            PortfolioInput {
                rebalancing,
                flows,
                fan_money,
                years,
                paths,
                seed: u64::from(seed),
                initial_balance: 20_000.0,
                annual_fee: 0.004,
                steps: if monthly { Steps::Monthly } else { Steps::Annual },
                market: if historical { history() } else { market(true) },
                allocation: PortfolioAllocation::Fixed { weights: vec![share, 1.0 - share] },
                ..simulation(true)
            }
        })
}

/// A portfolio that is withdrawn in equal parts: without returns, its money exactly suffices.
fn withdrawn_in_parts(balance: f64, years: u32, market: MarketModel) -> PortfolioInput {
    let part = flow(-balance / f64::from(years), FlowTiming::Start);
    PortfolioInput {
        initial_balance: balance,
        years,
        market,
        flows: vec![part],
        paths: 200,
        target: Some(balance / 2.0),
        ..simulation(true)
    }
}

/// The same portfolio in another unit of money.
fn in_units(simulation: &PortfolioInput, unit: f64) -> PortfolioInput {
    let mut scaled = simulation.clone();
    scaled.initial_balance *= unit;
    scaled.target = scaled.target.map(|target| target * unit);
    scaled.flows.iter_mut().for_each(|flow| flow.amount *= unit);
    scaled
}

/// A market in which nothing grows.
fn still() -> MarketModel {
    MarketModel::Lognormal {
        asset_classes: vec![class("shares", 0.0, 0.0), class("bonds", 0.0, 0.0)],
        inflation: InflationModel::default(),
        correlations: Vec::new(),
        sampling: Sampling::Random,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_unit_of_money_changes_no_decision_and_no_ratio(
        balance in 1_000.0..1e7_f64,
        years in 1_u32..40,
        volatile in any::<bool>(),
        rebalancing in prop::sample::select(vec![Rebalancing::EveryStep, Rebalancing::Never]),
        exponent in -6..=6,
    ) {
        let given = if volatile { market(true) } else { still() };
        let simulation = PortfolioInput { rebalancing, ..withdrawn_in_parts(balance, years, given) };
        let unit = power(10.0, f64::from(exponent));
        let (result, scaled) = (answer(&simulation), answer(&in_units(&simulation, unit)));
        if !volatile {
            prop_assert_eq!(result.success.probability, 1.0);
        }
        prop_assert_eq!(scaled.success, result.success);
        prop_assert_eq!(scaled.target_probability, result.target_probability);
        prop_assert_eq!(&scaled.solvency, &result.solvency);
        prop_assert_eq!(scaled.depletion_share, result.depletion_share);
        prop_assert_eq!(&scaled.depletion_years, &result.depletion_years);
        let shares = |result: &PortfolioResult, money: f64| -> Vec<f64> {
            result.terminal_real.percentiles.iter().map(|row| row.value / money).collect()
        };
        for (scaled, value) in shares(&scaled, balance * unit).iter().zip(shares(&result, balance)) {
            prop_assert!((scaled - value).abs() <= 1e-9 * value.max(1.0), "{} is not {}", scaled, value);
        }
    }

    #[test]
    fn a_replayed_path_is_the_path_of_the_run_to_the_bit(simulation in plans(), pick in any::<u64>()) {
        let path = pick % simulation.paths;
        let portfolio = Portfolio::new(&simulation, &Control::default()).unwrap();
        let control = Control::default();
        let kept = run::rows(&portfolio, &Tally::new(&control, 1)).unwrap();
        let number = |row: usize| kept.row(row).flatten().copied().nth(path as usize).unwrap();
        let replay = portfolio_path(&PortfolioPathInput { simulation: simulation.clone(), path }).unwrap();
        let per_year = portfolio.steps_per_year as usize;
        for year in 1..=portfolio.rows.years {
            let row = &replay.rows[year * per_year - 1];
            for (kept, replayed) in [(portfolio.rows.nominal(year), row.nominal), (portfolio.rows.real(year), row.real)] {
                if let Some(kept) = kept {
                    prop_assert_eq!(number(kept).to_bits(), replayed.to_bits());
                }
            }
        }
        prop_assert_eq!(number(portfolio.rows.depletion()) as u32, replay.depletion_step.unwrap_or(0));
    }

    #[test]
    fn each_row_follows_from_the_one_before(simulation in plans()) {
        let replay = portfolio_path(&PortfolioPathInput { simulation: simulation.clone(), path: 0 }).unwrap();
        let (mut nominal, mut level) = (simulation.initial_balance, 1.0);
        for row in &replay.rows {
            level *= 1.0 + row.inflation;
            let expected = (nominal + row.start_flow) * (1.0 + row.portfolio_return) + row.end_flow;
            let failed = replay.depletion_step.is_some_and(|step| step <= row.step);
            nominal = if failed { 0.0 } else { expected };
            prop_assert!((row.nominal - nominal).abs() <= 1e-9 * (nominal.abs() + 10_000.0), "{row:?} {expected}");
            prop_assert!((row.real - row.nominal / level).abs() <= 1e-9 * (row.nominal + 1.0));
            nominal = row.nominal;
        }
    }

    #[test]
    fn results_keep_their_order_and_bounds(simulation in plans()) {
        let result = answer(&simulation);
        let p = result.success.probability;
        prop_assert!(0.0 <= result.success.wilson_lower && result.success.wilson_lower <= p && p <= result.success.wilson_upper);
        for pair in result.fan.windows(2) {
            if pair[0].year == pair[1].year {
                prop_assert!(pair[0].nominal <= pair[1].nominal && pair[0].real <= pair[1].real);
            }
            prop_assert_eq!(pair[0].nominal.is_some(), simulation.fan_money != FanMoney::Real);
            prop_assert_eq!(pair[0].real.is_some(), simulation.fan_money != FanMoney::Nominal);
        }
        prop_assert_eq!(result.solvency.last().map(|row| row.share), Some(p));
        prop_assert!(result.solvency.windows(2).all(|pair| pair[0].share >= pair[1].share));
    }

    #[test]
    fn which_money_the_fan_is_in_changes_no_number(simulation in plans()) {
        let both = answer(&PortfolioInput { fan_money: FanMoney::Both, ..simulation.clone() });
        let one = answer(&simulation);
        for (both, one) in both.fan.iter().zip(&one.fan) {
            prop_assert!(one.nominal.is_none() || one.nominal == both.nominal);
            prop_assert!(one.real.is_none() || one.real == both.real);
        }
        prop_assert_eq!(
            serde_json::to_string(&both.terminal_real).unwrap(),
            serde_json::to_string(&one.terminal_real).unwrap()
        );
    }

    #[test]
    fn withdrawing_more_never_raises_success(simulation in plans(), extra in 1.0..500.0f64) {
        let mut greedy = simulation.clone();
        greedy.flows.push(PortfolioFlow { amount: -extra, ..Default::default() });
        prop_assert!(answer(&greedy).success.probability <= answer(&simulation).success.probability);
    }
}

#[test]
fn surplus_lanes_are_left_out() {
    let portfolio =
        Portfolio::new(&PortfolioInput { paths: 300, ..simulation(true) }, &Control::default()).unwrap();
    let mut numbers = vec![0.0; (portfolio.rows.depletion() + 1) * GROUP];
    run_group(&portfolio, GroupRows { first_path: 256, paths: 48, numbers: &mut numbers });
    let row = &numbers[..GROUP];
    assert!(
        row[..48].iter().all(|balance| *balance > 0.0) && row[48..].iter().all(|balance| *balance == 0.0)
    );
}

#[test]
fn bad_questions_are_refused_with_code_and_path() {
    type Change = fn(&mut PortfolioInput);
    let cases: &[(Change, &str, &str)] = &[
        (|s| s.initial_balance = -1.0, "amount.out_of_range", "initialBalance"),
        (|s| s.years = 0, "term.out_of_range", "years"),
        (|s| s.years = 101, "term.out_of_range", "years"),
        (
            |s| {
                s.market = MarketModel::Paths {
                    asset_classes: Vec::new(),
                    periods_per_year: 1,
                    paths: Vec::new(),
                    annual_fees: Vec::new(),
                }
            },
            "list.empty",
            "market.assetClasses",
        ),
        (
            |s| s.allocation = PortfolioAllocation::Fixed { weights: vec![1.0] },
            "list.length_mismatch",
            "allocation.weights",
        ),
        (
            |s| s.allocation = PortfolioAllocation::Fixed { weights: vec![1.5, -0.5] },
            "weight.out_of_range",
            "allocation.weights[0]",
        ),
        (
            |s| s.allocation = PortfolioAllocation::Fixed { weights: vec![0.5, 0.6] },
            "weights.sum_not_one",
            "allocation.weights",
        ),
        (
            |s| s.allocation = PortfolioAllocation::GlidePath { points: Vec::new() },
            "list.empty",
            "allocation.points",
        ),
        (
            |s| {
                let point = PortfolioGlidePoint { year: 2, weights: vec![0.5, 0.5] };
                s.allocation = PortfolioAllocation::GlidePath { points: vec![point.clone(), point] };
            },
            "list.out_of_order",
            "allocation.points[1].year",
        ),
        (
            |s| s.rebalancing = Rebalancing::Bands { absolute: None, relative: None },
            "field.missing",
            "rebalancing",
        ),
        (
            |s| s.rebalancing = Rebalancing::Bands { absolute: Some(2.0), relative: None },
            "rate.out_of_range",
            "rebalancing.absolute",
        ),
        (|s| s.flows = vec![PortfolioFlow::default(); 1001], "list.too_long", "flows"),
        (
            |s| s.flows = vec![PortfolioFlow { amount: f64::NAN, ..Default::default() }],
            "number.not_finite",
            "flows[0].amount",
        ),
        (
            |s| s.flows = vec![PortfolioFlow { start_year: 0, ..Default::default() }],
            "term.out_of_range",
            "flows[0].startYear",
        ),
        (
            |s| s.flows = vec![PortfolioFlow { start_year: 5, end_year: Some(4), ..Default::default() }],
            "range.out_of_order",
            "flows[0].startYear",
        ),
        (
            |s| s.flows = vec![PortfolioFlow { annual_growth: -1.0, ..Default::default() }],
            "rate.out_of_range",
            "flows[0].annualGrowth",
        ),
        (
            |s| s.flows = vec![PortfolioFlow { amount: f64::MAX, ..Default::default() }; 2],
            "result.too_large",
            "flows[1].amount",
        ),
        (|s| s.annual_fee = 1.0, "rate.out_of_range", "annualFee"),
        (|s| s.paths = 0, "paths.out_of_range", "paths"),
        (|s| s.paths = 1_000_000_000_000, "paths.out_of_range", "paths"),
        (|s| s.seed = 1 << 53, "seed.out_of_range", "seed"),
        (|s| s.percentiles = vec![50.0, 10.0], "list.out_of_order", "percentiles[1]"),
        (|s| s.target = Some(f64::INFINITY), "number.not_finite", "target"),
    ];
    for (change, code, place) in cases {
        let mut simulation = simulation(true);
        change(&mut simulation);
        let error = portfolio(&simulation, &Control::default()).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), (*code, *place), "{error}");
        let error = portfolio_path(&PortfolioPathInput { simulation, path: 0 }).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), (*code, format!("simulation.{place}").as_str()));
    }
    let error = portfolio_path(&PortfolioPathInput { simulation: simulation(true), path: 1000 }).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("index.out_of_range", "path"));
}
