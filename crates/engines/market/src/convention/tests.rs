use proptest::prelude::*;

use super::*;
use crate::correlation::Correlation;
use wherewithal_base::control::Control;

fn class(name: usize, expected_return: f64, volatility: f64) -> AssetClass {
    AssetClass {
        name: name.to_string(),
        expected_return,
        volatility,
        return_convention: ReturnConvention::Simple,
        annual_fee: 0.0,
    }
}

/// Mean and standard deviation of a lognormal factor, and the correlation of two, by the formulas of the distribution.
fn simple_correlation(one: (f64, f64), other: (f64, f64), logarithmic: f64) -> f64 {
    let root = |deviation: f64| math::exp_m1(deviation * deviation).sqrt();
    math::exp_m1(logarithmic * one.1 * other.1) / (root(one.1) * root(other.1))
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * expected.abs().max(1.0)
}

/// 8 % and 20 %: ln(1 + 0.04 / 1.1664) = 0.0337186359…, with 40 digits by mpmath.
#[test]
fn a_published_assumption_is_converted() {
    let (mean, deviation) = log_moments(ReturnConvention::Simple, 0.08, 0.2);
    assert!((deviation - 0.183_626_348_869_920_95).abs() < 1e-15, "{deviation}");
    assert!((mean - 0.060_101_723_136_479_36).abs() < 1e-15, "{mean}");
}

#[test]
fn a_correlation_of_one_needs_equal_ratios() {
    let alike = [class(0, 0.1, 0.22), class(1, 0.0, 0.2)];
    let found = log_correlations(&[vec![1.0, 1.0], vec![1.0, 1.0]], &alike).unwrap();
    assert!(near(found[1][0], 1.0));
    let unlike = [class(0, 0.1, 0.5), class(1, 0.0, 0.2)];
    let error = log_correlations(&[vec![1.0, 1.0], vec![1.0, 1.0]], &unlike).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::CorrelationsUnattainable, "[1][0]"));
}

#[test]
fn a_contradiction_in_the_given_matrix_is_repaired_and_reported() {
    let classes = [class(0, 0.05, 0.1), class(1, 0.05, 0.1), class(2, 0.05, 0.1)];
    let rows = [vec![1.0, 0.9, -0.9], vec![0.9, 1.0, 0.9], vec![-0.9, 0.9, 1.0]];
    assert!(Correlation::of_returns(&rows, &classes, &Control::default()).unwrap().nearest.repaired);
}

proptest! {
    /// The moments of the logarithm give back the simple ones.
    #[test]
    fn the_simple_moments_come_back(expected in -0.5..1.0_f64, volatility in 0.0..1.5_f64) {
        let (mean, deviation) = log_moments(ReturnConvention::Simple, expected, volatility);
        let variance = deviation * deviation;
        let growth = math::exp(mean + variance / 2.0);
        prop_assert!(near(growth, 1.0 + expected));
        prop_assert!(near(growth * math::exp_m1(variance).sqrt(), volatility));
    }

    /// A correlation of logarithms, expressed as one of simple returns, comes back; so does one with inflation.
    #[test]
    fn the_correlations_come_back(
        one in (-0.3..0.5_f64, 0.01..0.8_f64),
        other in (-0.3..0.5_f64, 0.01..0.8_f64),
        logarithmic in -1.0..1.0_f64,
        with_inflation in -1.0..1.0_f64,
    ) {
        let classes = [class(0, one.0, one.1), class(1, other.0, other.1)];
        let moments = [one, other].map(|(expected, volatility)| {
            log_moments(ReturnConvention::Simple, expected, volatility)
        });
        let simple = simple_correlation(moments[0], moments[1], logarithmic);
        let of_inflation = with_inflation * moments[0].1 / math::exp_m1(moments[0].1 * moments[0].1).sqrt();
        let rows = [
            vec![1.0, simple, of_inflation],
            vec![simple, 1.0, 0.0],
            vec![of_inflation, 0.0, 1.0],
        ];
        let found = log_correlations(&rows, &classes).unwrap();
        prop_assert!((found[1][0] - logarithmic).abs() < 1e-9, "{} {logarithmic}", found[1][0]);
        prop_assert!((found[2][0] - with_inflation).abs() < 1e-12);
        prop_assert_eq!(found[0][1].to_bits(), found[1][0].to_bits());
    }
}
