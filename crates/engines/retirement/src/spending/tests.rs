//! Properties of every rule, and the parts that vectors do not reach.

use proptest::prelude::*;

use super::*;
use wherewithal_base::ErrorCode;
use wherewithal_math::random::Stream;

fn year(portfolio_return: f64, inflation: f64, other_income: f64) -> SpendingPathYear {
    SpendingPathYear { portfolio_return, inflation, other_income, cape: Some(22.0) }
}

fn path(policy: SpendingPolicy, initial_portfolio: f64, years: Vec<SpendingPathYear>) -> SpendingPathResult {
    spending_path(&SpendingPathInput { policy, initial_portfolio, first_age: 65, years }).unwrap()
}

#[test]
fn the_noise_of_a_year_without_return_is_no_loss() {
    let policy = SpendingPolicy::of(SpendingRule::GuytonKlinger {
        initial_rate: 0.1,
        guardrail: 1.0,
        adjustment: 0.1,
        preservation_end: 15,
        inflation_cap: None,
    });
    for (noise, triggers) in
        [(0.0, vec![]), (-1.2e-16, vec![]), (-1e-6, vec![SpendingTrigger::InflationSkipped])]
    {
        let result = path(policy.clone(), 123_456.78, vec![year(noise, 0.03, 0.0), year(0.0, 0.03, 0.0)]);
        assert_eq!(result.years[1].triggers, triggers, "{noise}");
    }
}

/// Rules that never ask for more than there is.
fn modest_rules() -> impl Strategy<Value = SpendingRule> {
    prop_oneof![
        (0.0..=1.0_f64).prop_map(|rate| SpendingRule::PercentOfPortfolio { rate }),
        (0.0..=1.0_f64, -0.02..0.1_f64, 60_u32..110).prop_map(|(stock_share, stock_growth, last_age)| {
            SpendingRule::VariablePercentage { stock_share, stock_growth, bond_growth: 0.01, last_age }
        }),
        (1.0..40.0_f64).prop_map(|divisor| SpendingRule::RequiredDistribution {
            divisors: vec![DistributionDivisor { age: 70, divisor }],
        }),
        (0.0..=1.0_f64, 0.0..10.0_f64).prop_map(|(base, weight)| SpendingRule::CapeBased {
            base,
            weight,
            cape: None
        }),
        (-0.05..0.1_f64, -0.05..0.05_f64, 0.0..1e6_f64).prop_map(
            |(expected_real_return, spending_tilt, legacy)| SpendingRule::Amortization {
                expected_real_return,
                spending_tilt,
                legacy,
            }
        ),
    ]
}

fn guardrails() -> impl Strategy<Value = SpendingRule> {
    (-0.02..0.08_f64, 0.0..0.3_f64, 0.5..0.9_f64, 0.05..1.0_f64).prop_map(
        |(expected_real_return, volatility, target_success, adjustment)| SpendingRule::RiskGuardrails {
            expected_real_return,
            volatility,
            target_success,
            lower_success: target_success - 0.2,
            upper_success: target_success + 0.09,
            adjustment,
        },
    )
}

fn any_rule() -> impl Strategy<Value = SpendingRule> {
    prop_oneof![
        modest_rules(),
        guardrails(),
        (0.0..=1.0_f64).prop_map(|initial_rate| SpendingRule::ConstantRealWithdrawal { initial_rate }),
        (0.0..=1.0_f64, 0.0..=1.0_f64, 0.0..2.0_f64)
            .prop_map(|(rate, floor, ceiling)| SpendingRule::FloorAndCeiling { rate, floor, ceiling }),
        (0.0..=1.0_f64, 0.0..=1.0_f64, 0.0..2.0_f64)
            .prop_map(|(rate, floor, ceiling)| SpendingRule::DynamicSpending { rate, floor, ceiling }),
        (0.01..=1.0_f64, 0.0..=1.0_f64, 0.0..=1.0_f64, 0_u32..20, prop::option::of(0.0..0.1_f64)).prop_map(
            |(initial_rate, guardrail, adjustment, preservation_end, inflation_cap)| {
                SpendingRule::GuytonKlinger {
                    initial_rate,
                    guardrail,
                    adjustment,
                    preservation_end,
                    inflation_cap,
                }
            }
        ),
        (0.0..=1.0_f64, 0.0..1.0_f64, 0.0..0.5_f64, 1_u32..6, any::<bool>()).prop_map(
            |(initial_rate, threshold, raise, years_between, real_threshold)| SpendingRule::Ratchet {
                initial_rate,
                threshold,
                raise,
                years_between,
                real_threshold,
            }
        ),
    ]
}

fn some_years() -> impl Strategy<Value = Vec<SpendingPathYear>> {
    let income = prop_oneof![Just(0.0), 0.0..50_000.0_f64];
    prop::collection::vec(
        (-0.9..0.9_f64, -0.1..0.2_f64, income)
            .prop_map(|(growth, inflation, income)| year(growth, inflation, income)),
        1..40,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn spending_is_never_negative_nor_more_than_there_is(
        rule in any_rule(), essential in prop_oneof![Just(0.0), 0.0..60_000.0_f64], years in some_years()
    ) {
        let policy = SpendingPolicy { essential_spending: essential, ..SpendingPolicy::of(rule) };
        for row in path(policy, 1e6, years).years {
            prop_assert!(row.spending >= 0.0 && row.shortfall >= 0.0 && row.portfolio_end >= 0.0, "{row:?}");
            prop_assert!(row.spending <= row.portfolio_start + row.other_income, "{row:?}");
        }
    }

    #[test]
    fn rules_that_look_at_the_portfolio_ask_for_no_more_than_there_is(rule in modest_rules(), years in some_years()) {
        for row in path(SpendingPolicy::of(rule), 1e6, years).years {
            // A sum and a difference round on the way.
            prop_assert!(row.shortfall <= 1e-9 * (row.portfolio_start + row.other_income), "{row:?}");
        }
    }

    #[test]
    fn twice_the_money_is_twice_the_spending_to_the_bit(rule in any_rule(), years in some_years()) {
        let rule_of = |factor: f64| match rule.clone() {
            SpendingRule::Amortization { expected_real_return, spending_tilt, legacy } => {
                SpendingRule::Amortization { expected_real_return, spending_tilt, legacy: legacy * factor }
            }
            other => other,
        };
        let run = |factor: f64| {
            let years = years.iter().map(|year| {
                SpendingPathYear { other_income: year.other_income * factor, ..year.clone() }
            });
            let policy = SpendingPolicy {
                rule: rule_of(factor),
                essential_spending: 9_000.0 * factor,
                minimum_spending: Some(20_000.0 * factor),
                maximum_spending: Some(90_000.0 * factor),
            };
            path(policy, 1e6 * factor, years.collect()).years
        };
        for (one, two) in run(1.0).iter().zip(run(2.0)) {
            prop_assert_eq!(one.spending * 2.0, two.spending);
            prop_assert_eq!(one.portfolio_end * 2.0, two.portfolio_end);
            prop_assert_eq!(&one.triggers, &two.triggers);
        }
    }

    #[test]
    fn constant_real_spending_does_not_look_at_returns(years in some_years(), others in some_years()) {
        let wanted = |years: &[SpendingPathYear], growth: &[SpendingPathYear]| {
            let years = years.iter().zip(growth).map(|(year, other)| {
                SpendingPathYear { portfolio_return: other.portfolio_return, ..year.clone() }
            });
            let rows = path(SpendingPolicy::of(SpendingRule::ConstantReal { annual_spending: 5e4 }), 1e6, years.collect());
            rows.years.iter().map(|row| row.spending + row.shortfall).collect::<Vec<_>>()
        };
        for (one, other) in wanted(&years, &years).into_iter().zip(wanted(&years, &others)) {
            prop_assert!((one - other).abs() <= 1e-9 * one);
        }
    }

    #[test]
    fn floors_and_ceilings_hold(
        rate in 0.01..0.2_f64, floor in 0.0..1.0_f64, ceiling in 0.0..1.0_f64, years in some_years()
    ) {
        let wanted = |rule| -> Vec<f64> {
            let rows = path(SpendingPolicy::of(rule), 1e6, years.clone()).years;
            rows.iter().map(|row| (row.spending + row.shortfall - row.other_income) / row.price_level).collect()
        };
        let near = |low: f64, value: f64, high: f64| value >= low - 1e-6 && value <= high + 1e-6;
        let bengen = wanted(SpendingRule::FloorAndCeiling { rate, floor, ceiling });
        for value in &bengen {
            prop_assert!(near((1.0 - floor) * bengen[0], *value, (1.0 + ceiling) * bengen[0]));
        }
        let vanguard = wanted(SpendingRule::DynamicSpending { rate, floor, ceiling });
        for pair in vanguard.windows(2) {
            prop_assert!(near((1.0 - floor) * pair[0], pair[1], (1.0 + ceiling) * pair[0]));
        }
    }

    #[test]
    fn bounds_of_the_policy_hold(rule in any_rule(), years in some_years()) {
        let policy = SpendingPolicy {
            minimum_spending: Some(30_000.0),
            maximum_spending: Some(45_000.0),
            ..SpendingPolicy::of(rule)
        };
        for row in path(policy, 1e6, years).years {
            let real = (row.spending + row.shortfall) / row.price_level;
            prop_assert!((29_999.999..45_000.001).contains(&real), "{row:?}");
        }
    }

    #[test]
    fn a_withdrawal_is_funded_in_full_or_by_all_there_is(
        withdrawal in 0.0..1e6_f64,
        classes in prop::collection::vec((0_u8..3, 0.0..5e5_f64, -0.5..0.5_f64), 1..8),
    ) {
        let role = |number| [FundingRole::Equity, FundingRole::FixedIncome, FundingRole::Cash][usize::from(number)];
        let weight = 1.0 / classes.len() as f64;
        let classes: Vec<FundingClass> = classes.iter().map(|&(number, balance, last_return)| FundingClass {
            name: "class".into(), role: role(number), balance, target_weight: weight, last_return,
        }).collect();
        let total: f64 = classes.iter().map(|class| class.balance).sum();
        let result = fund_withdrawal(&WithdrawalFundingInput { withdrawal, classes: classes.clone() }).unwrap();
        let withdrawn: f64 = result.classes.iter().map(|class| class.withdrawn).sum();
        let moved: f64 = result.classes.iter().map(|class| class.moved_to_cash).sum();
        prop_assert!((withdrawn + result.shortfall - withdrawal).abs() < 1e-6);
        prop_assert!((result.shortfall - (withdrawal - total).max(0.0)).abs() < 1e-6);
        prop_assert!(moved.abs() < 1e-6);
        // A class of equity that lost is touched only when cash and fixed income are gone.
        let lost_is_touched = classes.iter().zip(&result.classes).any(|(class, funded)| {
            class.role == FundingRole::Equity && class.last_return < 0.0 && funded.withdrawn > 0.0
        });
        for (class, funded) in classes.iter().zip(&result.classes) {
            prop_assert!(funded.balance >= 0.0);
            prop_assert!((class.balance - funded.withdrawn - funded.moved_to_cash - funded.balance).abs() < 1e-6);
            if lost_is_touched && class.role != FundingRole::Equity {
                prop_assert!(funded.balance == 0.0, "{funded:?}");
            }
        }
    }
}

/// The closed form against a simulation of the same returns: the share of paths on which the portfolio pays the first
/// year's spending to the end.
#[test]
fn the_first_spending_of_guardrails_has_nearly_the_target_probability() {
    for (real_return, volatility, years) in [(0.03, 0.08, 30_u32), (0.05, 0.18, 30), (0.04, 0.12, 10)] {
        for target in [0.6, 0.8, 0.95] {
            let rule = SpendingRule::RiskGuardrails {
                expected_real_return: real_return,
                volatility,
                target_success: target,
                lower_success: 0.1,
                upper_success: 0.99,
                adjustment: 1.0,
            };
            let flat = vec![year(0.0, 0.0, 0.0); years as usize];
            let spending = path(SpendingPolicy::of(rule), 1.0, flat).years[0].spending;
            let stream = Stream::new(5, 99);
            let drift = wherewithal_math::ln_1p(real_return) - volatility * volatility / 2.0;
            let lasts = |path: u64| {
                let mut balance = 1.0 - spending;
                for pair in 0..years.div_ceil(2) {
                    for (offset, normal) in stream.normals(path, pair).into_iter().enumerate() {
                        if 2 * pair + offset as u32 + 1 < years && balance >= 0.0 {
                            balance = balance * wherewithal_math::exp(drift + volatility * normal) - spending;
                        }
                    }
                }
                balance >= 0.0
            };
            let share = (0..20_000).filter(|&path| lasts(path)).count() as f64 / 20_000.0;
            assert!((share - target).abs() < 0.03, "{real_return} {volatility} {years} {target}: {share}");
        }
    }
}

#[test]
fn a_policy_that_needs_a_ratio_is_refused_where_neither_has_one() {
    let policy = SpendingPolicy::of(SpendingRule::CapeBased { base: 0.01, weight: 0.5, cape: None });
    let error = compiled::CompiledSpending::new(&policy, false).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::FieldMissing, "rule.cape"));
    assert!(compiled::CompiledSpending::new(&policy, true).is_ok());
}

#[test]
fn numbers_that_are_not_finite_are_refused() {
    let policy = SpendingPolicy::of(SpendingRule::PercentOfPortfolio { rate: f64::NAN });
    let error = spending_path(&SpendingPathInput {
        policy,
        initial_portfolio: 1.0,
        first_age: 65,
        years: vec![year(0.0, 0.0, 0.0)],
    })
    .unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::NumberNotFinite, "policy.rule.rate"));
}
