use super::{
    Filing, TaxYear, TaxableIncome, Taxes,
    rules::{EarlyWithdrawal, Rules, Schedule},
};
use crate::{TaxBracket, TaxableSocialSecurity};

const NOW: TaxYear = TaxYear { price_level: 1.0, months_before: None };

fn schedule(ordinary: &[(f64, f64)]) -> Schedule {
    let brackets = ordinary.iter().map(|&(above, rate)| TaxBracket { above, rate });
    Schedule {
        deduction: 0.0,
        ordinary: brackets.collect(),
        long_term_gains: Vec::new(),
        social_security: TaxableSocialSecurity::Share { share: 0.0 },
    }
}

/// The lower brackets of the federal income tax of 2025.
fn of_2025() -> Taxes {
    Taxes {
        rules: Rules::Brackets {
            single: schedule(&[(0.0, 0.10), (11_925.0, 0.12), (48_475.0, 0.22), (103_350.0, 0.24)]),
            joint: schedule(&[(0.0, 0.10), (23_850.0, 0.12), (96_950.0, 0.22), (206_700.0, 0.24)]),
            state: 0.0,
            inflation_indexed: true,
        },
        early_withdrawal: EarlyWithdrawal { rate: 0.1, until_age: 60 },
    }
}

fn ordinary(amount: f64) -> TaxableIncome {
    TaxableIncome { ordinary: amount, ..TaxableIncome::default() }
}

fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
}

/// The thresholds are those of Revenue Procedure 2024-40 as PyPI fin-assist 0.4.5 (`registry_data/tax.json`, single) and PyPI
/// taxcalc 6.8.0 (`policy_current_law.json`, `II_brk1` to `II_brk3`, both filings) ship them, which agree. The tax at each is
/// their arithmetic: 1,192.50 + 0.12 x 36,550 = 5,578.50, and so on.
#[test]
fn brackets_give_the_published_tax() {
    let taxes = of_2025();
    let single = [(11_925.0, 1_192.50), (48_475.0, 5_578.50), (103_350.0, 17_651.0)];
    for (income, tax) in single {
        assert_near(taxes.bill(&ordinary(income), Filing::Single, NOW).total(), tax);
    }
    let joint = [(23_850.0, 2_385.0), (96_950.0, 11_157.0), (206_700.0, 35_302.0)];
    for (income, tax) in joint {
        assert_near(taxes.bill(&ordinary(income), Filing::Joint, NOW).total(), tax);
    }
}

/// Indexed brackets tax real income alike, whatever the level of prices.
#[test]
fn indexed_brackets_follow_prices() {
    let bill = of_2025().bill(&ordinary(2.0 * 48_475.0), Filing::Single, TaxYear { price_level: 2.0, ..NOW });
    assert_near(bill.total(), 2.0 * 5_578.50);
}

#[test]
fn early_withdrawals_cost_the_penalty_on_top() {
    let taxes = of_2025();
    let income = TaxableIncome { early_withdrawals: 1_000.0, ..ordinary(11_925.0) };
    let bill = taxes.bill(&income, Filing::Single, NOW);
    assert_near(bill.penalty, 100.0);
    assert_near(bill.total(), 1_292.50);
    assert!(taxes.early_withdrawal.applies_at(59));
    assert!(!taxes.early_withdrawal.applies_at(60));
}

#[test]
fn two_file_jointly_and_one_alone() {
    assert!(matches!(Filing::of(2), Filing::Joint));
    assert!(matches!(Filing::of(1), Filing::Single));
}
