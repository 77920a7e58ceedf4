//! Means, deviations and correlations of annual rates.

use super::HistoricalStatistics;
use wherewithal_math as math;

/// The statistics of at least two annual `rates` above -1, the first of which is that of `first_year`.
pub(super) fn of(name: &str, rates: &[f64], first_year: u32) -> HistoricalStatistics {
    let logarithms: Vec<f64> = rates.iter().map(|rate| math::ln_1p(*rate)).collect();
    let mut minimum = (f64::INFINITY, first_year);
    let mut maximum = (f64::NEG_INFINITY, first_year);
    for (rate, year) in rates.iter().zip(first_year..) {
        if *rate < minimum.0 {
            minimum = (*rate, year);
        }
        if *rate > maximum.0 {
            maximum = (*rate, year);
        }
    }
    HistoricalStatistics {
        name: name.to_owned(),
        arithmetic_mean: mean(rates),
        geometric_mean: math::exp_m1(mean(&logarithms)),
        standard_deviation: covariance(rates, rates).sqrt(),
        log_volatility: covariance(&logarithms, &logarithms).sqrt(),
        minimum: minimum.0,
        minimum_year: minimum.1,
        maximum: maximum.0,
        maximum_year: maximum.1,
    }
}

/// The correlations of the logarithmic growth of every two series.
#[expect(clippy::indexing_slicing, reason = "rows and columns are counted by the series")]
pub(super) fn correlations(series: &[(&str, Vec<f64>)]) -> Vec<Vec<f64>> {
    let logarithms: Vec<Vec<f64>> =
        series.iter().map(|(_, rates)| rates.iter().map(|rate| math::ln_1p(*rate)).collect()).collect();
    let deviations: Vec<f64> = logarithms.iter().map(|rates| covariance(rates, rates).sqrt()).collect();
    let correlation = |row: usize, column: usize| {
        let scale = deviations[row] * deviations[column];
        if row == column {
            1.0
        // Rounding can carry the quotient past 1, which no correlation matrix may contain.
        } else if scale > 0.0 {
            (covariance(&logarithms[row], &logarithms[column]) / scale).clamp(-1.0, 1.0)
        } else {
            0.0
        }
    };
    (0..series.len()).map(|row| (0..series.len()).map(|column| correlation(row, column)).collect()).collect()
}

fn mean(values: &[f64]) -> f64 {
    math::sum(values.iter().copied()) / values.len() as f64
}

/// The sample covariance (n - 1).
fn covariance(left: &[f64], right: &[f64]) -> f64 {
    let (left_mean, right_mean) = (mean(left), mean(right));
    let products = left.iter().zip(right).map(|(left, right)| (left - left_mean) * (right - right_mean));
    math::sum(products) / (left.len() - 1) as f64
}
