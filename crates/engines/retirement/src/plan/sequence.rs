//! The effect of the returns in the first years of retirement.

use super::{RetirementQuintile, RetirementSequence};
use wherewithal_base::{Result, order};
use wherewithal_math::{is_covered, proportion::Proportion, quantile::quantiles};
use wherewithal_simulation::internal::mean_and_deviation;

/// The fifths of the paths by their early returns, and the correlation with the final balance. Paths with equal returns
/// are ordered by their numbers.
#[expect(
    clippy::indexing_slicing,
    reason = "fifths of the paths lie within them, and one probability has one quantile"
)]
pub(super) fn sequence_of_returns(
    early_returns: Vec<f64>,
    terminals: &[f64],
    successes: &[bool],
) -> Result<RetirementSequence> {
    let correlation = correlation(&early_returns, terminals);
    let mut paths: Vec<PathReturn> = early_returns
        .into_iter()
        .zip(terminals)
        .zip(successes)
        .map(|((early_return, terminal), success)| PathReturn {
            early_return,
            terminal: *terminal,
            success: *success,
        })
        .collect();
    // Stable, so that equal returns keep the order of the paths.
    order::sort_by(&mut paths, |left, right| left.early_return.total_cmp(&right.early_return));
    let mut quintiles = Vec::new();
    for number in 1..=5 {
        let bound = |number: usize| paths.len() * number / 5;
        let fifth = &paths[bound(number - 1)..bound(number)];
        // With fewer than five paths, some of the fifths are empty.
        let (Some(first), Some(last)) = (fifth.first(), fifth.last()) else { continue };
        let terminals: Vec<f64> = fifth.iter().map(|path| path.terminal).collect();
        let returns: Vec<f64> = fifth.iter().map(|path| path.early_return).collect();
        let successes = fifth.iter().filter(|path| path.success).count();
        quintiles.push(RetirementQuintile {
            quintile: number as u32,
            paths: fifth.len() as u64,
            lowest_return: first.early_return,
            mean_return: mean_and_deviation(&returns).0,
            highest_return: last.early_return,
            success_probability: Proportion::new(successes, fifth.len()).probability(),
            mean_terminal_real: mean_and_deviation(&terminals).0,
            median_terminal_real: quantiles(&terminals, &[0.5])?[0],
        });
    }
    Ok(RetirementSequence { correlation, quintiles })
}

struct PathReturn {
    early_return: f64,
    terminal: f64,
    success: bool,
}

/// Pearson's correlation; `None` if one of the two does not vary.
fn correlation(left: &[f64], right: &[f64]) -> Option<f64> {
    if !varies(left) || !varies(right) {
        return None;
    }
    let ((left_mean, left_deviation), (right_mean, right_deviation)) =
        (mean_and_deviation(left), mean_and_deviation(right));
    let products: Vec<f64> =
        left.iter().zip(right).map(|(left, right)| (left - left_mean) * (right - right_mean)).collect();
    let covariance = mean_and_deviation(&products).0 * left.len() as f64 / (left.len() as f64 - 1.0);
    let correlation = covariance / (left_deviation * right_deviation);
    correlation.is_finite().then(|| correlation.clamp(-1.0, 1.0))
}

/// Whether values differ by more than rounding. The deviation does not tell: the mean of equal values is rounded, and they
/// then deviate from it.
fn varies(values: &[f64]) -> bool {
    let lowest = values.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    !is_covered(lowest, highest)
}

#[cfg(test)]
mod tests {
    use super::correlation;

    #[test]
    fn what_does_not_vary_has_no_correlation() {
        // The mean of three equal numbers is not always that number.
        let equal = [0.1 + 0.2, 0.3, 0.3];
        assert_eq!(correlation(&equal, &[1.0, 2.0, 3.0]), None);
        assert_eq!(correlation(&[1.0, 2.0, 3.0], &equal), None);
        assert_eq!(correlation(&[1.0, 2.0, 3.0], &[-2.0, -4.0, -6.0]), Some(-1.0));
    }
}
