//! Properties that hold for all series.

use proptest::prelude::*;
use wherewithal_base::control::Control;

use super::*;

/// Returns of ordinary sizes, of none, and of large ones.
fn series() -> impl Strategy<Value = Vec<f64>> {
    let one = prop_oneof![
        6 => -0.08..0.09_f64,
        1 => Just(0.0),
        1 => -0.99..4.0_f64,
    ];
    prop::collection::vec(one, 1..80)
}

fn pairs() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((-0.2..0.25_f64, -0.2..0.25_f64), 3..60)
}

fn definitions() -> impl Strategy<Value = QuantileDefinition> {
    prop::sample::select(vec![
        QuantileDefinition::Linear,
        QuantileDefinition::InverseDistribution,
        QuantileDefinition::Weibull,
        QuantileDefinition::MedianUnbiased,
    ])
}

fn of(input: &RiskMeasuresInput) -> RiskMeasures {
    measures(input, &Control::default()).unwrap()
}

fn near(one: Measure, other: Measure) -> bool {
    match (one.value, other.value) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * (1.0 + one.abs().max(other.abs())),
        _ => one.reason == other.reason,
    }
}

fn every(found: &RiskMeasures) -> Vec<Measure> {
    let RiskMeasures { value_at_risk, expected_shortfall, .. } = found;
    let tails = [value_at_risk, expected_shortfall];
    let mut all: Vec<Measure> =
        tails.iter().flat_map(|tail| [tail.historical, tail.normal, tail.cornish_fisher]).collect();
    all.extend([
        found.cumulative_return,
        found.annualized_return,
        found.mean_return,
        found.volatility,
        found.downside_deviation,
        found.semi_variance,
        found.skewness,
        found.excess_kurtosis,
        found.jarque_bera,
        found.jarque_bera_p_value,
        found.sharpe,
        found.sharpe_standard_error,
        found.sharpe_standard_error_mertens,
        found.sortino,
        found.omega,
        found.kappa3,
        found.gain_to_pain,
        found.tail_ratio,
        found.maximum_drawdown,
        found.ulcer_index,
        found.conditional_drawdown_at_risk,
        found.calmar,
        found.sterling,
        found.burke,
        found.martin,
        found.alpha,
        found.beta,
        found.r_squared,
        found.m_squared,
        found.treynor,
        found.information_ratio,
        found.tracking_error,
        found.up_capture,
        found.down_capture,
    ]);
    all
}

proptest! {
    #[test]
    fn a_measure_has_a_value_or_a_reason_and_never_both(
        returns in series(),
        lost in any::<bool>(),
        short in any::<bool>(),
        periods in prop::sample::select(vec![0.1, 1.0, 12.0, 252.0, 1e6]),
        free in -0.9..10.0_f64,
    ) {
        let mut returns = returns;
        if lost {
            returns.push(-1.0);
        }
        let benchmark = returns.iter().rev().map(|value| value.max(-0.5) * 0.5).collect();
        let input = RiskMeasuresInput {
            annualize_short_series: short,
            risk_free_rate: free,
            benchmark,
            ..RiskMeasuresInput::new(returns, periods)
        };
        for measure in every(&of(&input)) {
            prop_assert_eq!(measure.value.is_some(), measure.reason.is_none());
            prop_assert!(measure.value.is_none_or(f64::is_finite));
        }
    }

    #[test]
    fn a_drawdown_lies_between_nothing_and_everything(returns in series(), confidence in 0.51..0.99_f64) {
        let input = RiskMeasuresInput { confidence, ..RiskMeasuresInput::new(returns.clone(), 12.0) };
        let found = of(&input);
        let [most, ulcer, tail] =
            [found.maximum_drawdown, found.ulcer_index, found.conditional_drawdown_at_risk].map(|m| m.value.unwrap());
        prop_assert!((0.0..=1.0).contains(&most));
        prop_assert!(ulcer >= 0.0 && ulcer <= most * (1.0 + 1e-12));
        prop_assert!(tail >= 0.0 && tail <= most);
        let episodes = drawdowns(&DrawdownsInput::new(returns), &Control::default()).unwrap();
        prop_assert_eq!(episodes.maximum_depth, most);
        prop_assert!(episodes.current_depth <= most);
        for pair in episodes.episodes.windows(2) {
            prop_assert!(pair[0].recovery_period.unwrap() <= pair[1].peak_period);
        }
        for episode in &episodes.episodes {
            prop_assert!(episode.peak_period < episode.trough_period);
            prop_assert!(episode.recovery_period.is_none_or(|recovery| recovery > episode.trough_period));
            prop_assert!(episode.depth > 0.0 && episode.depth <= most);
        }
    }

    #[test]
    fn a_value_at_risk_is_at_most_its_expected_shortfall(
        returns in series(),
        confidence in 0.501..0.999_f64,
        quantile_definition in definitions(),
    ) {
        let input = RiskMeasuresInput { confidence, quantile_definition, ..RiskMeasuresInput::new(returns, 12.0) };
        let found = of(&input);
        let (risk, shortfall) = (found.value_at_risk, found.expected_shortfall);
        prop_assert!(risk.historical.value.unwrap() <= shortfall.historical.value.unwrap());
        for (risk, shortfall) in [(risk.normal, shortfall.normal), (risk.cornish_fisher, shortfall.cornish_fisher)] {
            if let (Some(risk), Some(shortfall)) = (risk.value, shortfall.value) {
                prop_assert!(risk <= shortfall + 1e-12 * (1.0 + risk.abs()), "{} {}", risk, shortfall);
            }
        }
    }

    /// What does not depend on the order of the returns does not change with it.
    #[test]
    fn the_order_of_returns_changes_only_drawdowns(pairs in pairs(), turn in 0..60_usize) {
        let input = |pairs: &[(f64, f64)]| {
            let (returns, benchmark): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
            RiskMeasuresInput { benchmark, annualize_short_series: true, ..RiskMeasuresInput::new(returns, 12.0) }
        };
        let mut turned = pairs.clone();
        turned.rotate_left(turn % pairs.len());
        let (one, other) = (of(&input(&pairs)), of(&input(&turned)));
        for (one, other) in [
            (one.annualized_return, other.annualized_return),
            (one.volatility, other.volatility),
            (one.skewness, other.skewness),
            (one.excess_kurtosis, other.excess_kurtosis),
            (one.sharpe, other.sharpe),
            (one.sortino, other.sortino),
            (one.omega, other.omega),
            (one.beta, other.beta),
            (one.alpha, other.alpha),
            (one.up_capture, other.up_capture),
            (one.tracking_error, other.tracking_error),
        ] {
            prop_assert!(near(one, other), "{:?} {:?}", one, other);
        }
        prop_assert_eq!(one.value_at_risk.historical, other.value_at_risk.historical);
    }

    /// Leverage of both sides scales deviations and leaves ratios of them alone.
    #[test]
    fn scaling_a_series_and_its_benchmark_alike_scales_deviations_alone(pairs in pairs(), factor in 0.1..3.0_f64) {
        let input = |factor: f64| {
            let (returns, benchmark): (Vec<f64>, Vec<f64>) =
                pairs.iter().map(|(own, theirs)| (own * factor, theirs * factor)).unzip();
            RiskMeasuresInput { benchmark, ..RiskMeasuresInput::new(returns, 12.0) }
        };
        let (one, scaled) = (of(&input(1.0)), of(&input(factor)));
        for (one, scaled) in [
            (one.sharpe, scaled.sharpe),
            (one.sortino, scaled.sortino),
            (one.omega, scaled.omega),
            (one.kappa3, scaled.kappa3),
            (one.gain_to_pain, scaled.gain_to_pain),
            (one.tail_ratio, scaled.tail_ratio),
            (one.skewness, scaled.skewness),
            (one.excess_kurtosis, scaled.excess_kurtosis),
            (one.beta, scaled.beta),
            (one.r_squared, scaled.r_squared),
            (one.information_ratio, scaled.information_ratio),
        ] {
            prop_assert!(near(one, scaled), "{:?} {:?}", one, scaled);
        }
        for (one, scaled) in [
            (one.volatility, scaled.volatility),
            (one.downside_deviation, scaled.downside_deviation),
            (one.tracking_error, scaled.tracking_error),
            (one.value_at_risk.historical, scaled.value_at_risk.historical),
            (one.value_at_risk.normal, scaled.value_at_risk.normal),
            (one.m_squared, scaled.m_squared),
        ] {
            let one = one.value.map_or(one, |value| Measure::of(value * factor));
            prop_assert!(near(one, scaled), "{:?} {:?}", one, scaled);
        }
    }

    #[test]
    fn linked_parts_of_a_series_return_what_the_whole_does(returns in series(), cut in 0..80_usize) {
        let (first, second) = returns.split_at(cut % returns.len());
        let total = |returns: &[f64]| match returns {
            [] => 0.0,
            _ => of(&RiskMeasuresInput::new(returns.to_vec(), 12.0)).cumulative_return.value.unwrap(),
        };
        let whole = total(&returns);
        let linked = (1.0 + total(first)) * (1.0 + total(second)) - 1.0;
        prop_assert!((whole - linked).abs() <= 1e-12 * (1.0 + whole.abs()), "{} {}", whole, linked);
    }

    #[test]
    fn a_series_beside_itself_has_a_beta_of_one_and_no_tracking_error(returns in prop::collection::vec(-0.1..0.1_f64, 3..40)) {
        let found = of(&RiskMeasuresInput { benchmark: returns.clone(), ..RiskMeasuresInput::new(returns, 12.0) });
        prop_assert!(near(found.beta, Measure::of(1.0)) && near(found.r_squared, Measure::of(1.0)));
        prop_assert!(near(found.alpha, Measure::of(0.0)));
        prop_assert_eq!(found.tracking_error.value, Some(0.0));
        prop_assert_eq!(found.information_ratio.reason, Some(UndefinedReason::NoDeviation));
        for capture in [found.up_capture, found.down_capture] {
            prop_assert!(capture.value.is_none_or(|ratio| (ratio - 1.0).abs() < 1e-9));
        }
    }

    #[test]
    fn a_window_has_the_measure_of_its_returns(
        pairs in pairs(),
        window in 1..30_usize,
        adverse in any::<bool>(),
    ) {
        let (mut returns, benchmark): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        if adverse {
            returns.iter_mut().for_each(|value| *value = 0.01);
        }
        let window = window.min(returns.len());
        let whole = RiskMeasuresInput {
            benchmark,
            risk_free_rate: 0.02,
            minimum_acceptable_return: 0.03,
            ..RiskMeasuresInput::new(returns, 12.0)
        };
        let expected: Vec<RiskMeasures> = (0..=whole.returns.len() - window)
            .map(|start| {
                let part = |values: &[f64]| values[start..start + window].to_vec();
                of(&RiskMeasuresInput { returns: part(&whole.returns), benchmark: part(&whole.benchmark), ..whole.clone() })
            })
            .collect();
        type OfMeasures = fn(&RiskMeasures) -> Measure;
        let all: [(RollingMeasure, OfMeasures); 11] = [
            (RollingMeasure::CumulativeReturn, |m| m.cumulative_return),
            (RollingMeasure::MeanReturn, |m| m.mean_return),
            (RollingMeasure::Volatility, |m| m.volatility),
            (RollingMeasure::DownsideDeviation, |m| m.downside_deviation),
            (RollingMeasure::Sharpe, |m| m.sharpe),
            (RollingMeasure::Sortino, |m| m.sortino),
            (RollingMeasure::MaximumDrawdown, |m| m.maximum_drawdown),
            (RollingMeasure::Alpha, |m| m.alpha),
            (RollingMeasure::Beta, |m| m.beta),
            (RollingMeasure::TrackingError, |m| m.tracking_error),
            (RollingMeasure::InformationRatio, |m| m.information_ratio),
        ];
        for (measure, of_measures) in all {
            let input = RollingInput {
                benchmark: whole.benchmark.clone(),
                risk_free_rate: 0.02,
                minimum_acceptable_return: 0.03,
                ..RollingInput::new(measure, whole.returns.clone(), window as u32, 12.0)
            };
            let points = rolling(&input, &Control::default()).unwrap().points;
            prop_assert_eq!(points.len(), expected.len());
            for (index, (point, expected)) in points.iter().zip(&expected).enumerate() {
                prop_assert_eq!(point.period as usize, window + index);
                let found = Measure { value: point.value, reason: point.reason };
                prop_assert!(near(found, of_measures(expected)), "{:?} {:?} {:?}", measure, found, of_measures(expected));
            }
        }
    }
}
