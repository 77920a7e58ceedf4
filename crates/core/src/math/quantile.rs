//! Exact quantiles by selection.

use crate::{Error, ErrorCode, Result, error::At};

/// The quantiles of `values` at `probabilities` (0 to 1, in any order), without sorting all of them. The values
/// change places.
///
/// Type 7 of Hyndman and Fan, "Sample quantiles in statistical packages" (The American Statistician 50, 1996): at
/// probability p of n values the quantile lies (n - 1) p places above the least, between two values in proportion.
/// It is the default of NumPy and R.
///
/// ```
/// use wherewithal::math::quantile::quantiles;
///
/// let mut values = [4.0, 1.0, 3.0, 2.0];
/// assert_eq!(quantiles(&mut values, &[0.5, 0.0, 0.9])?, [2.5, 1.0, 3.7]);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `quantile.values.empty`; `number.not_finite` at `values`; `probability.out_of_range` at `probabilities`.
pub fn quantiles(values: &mut [f64], probabilities: &[f64]) -> Result<Vec<f64>> {
    let Some(last) = values.len().checked_sub(1) else {
        return Err(Error::new(ErrorCode::QuantileValuesEmpty, "no values were given").at("values"));
    };
    if let Some(index) = values.iter().position(|value| !value.is_finite()) {
        return Err(
            Error::new(ErrorCode::NumberNotFinite, "a value is NaN or infinite").at_index("values", index)
        );
    }
    let mut wanted = Vec::with_capacity(probabilities.len());
    for (index, &probability) in probabilities.iter().enumerate() {
        let place = place(last, probability).at_index("probabilities", index)?;
        wanted.push((place, index));
    }
    wanted.sort_by(|(left, _), (right, _)| left.total_cmp(right));

    // Ascending, so that each selection needs to look only above the one before.
    let mut found = vec![0.0; probabilities.len()];
    let mut start = 0;
    for (place, index) in wanted {
        let below = place as usize;
        let Some(rest) = values.get_mut(start..) else { break };
        let (_, &mut lower, above) = rest.select_nth_unstable_by(below - start, f64::total_cmp);
        let upper = above.iter().copied().reduce(f64::min).unwrap_or(lower);
        if let Some(slot) = found.get_mut(index) {
            *slot = lower + (place - below as f64) * (upper - lower);
        }
        start = below;
    }
    Ok(found)
}

/// How many places above the least value the quantile lies.
fn place(last: usize, probability: f64) -> Result<f64> {
    if (0.0..=1.0).contains(&probability) {
        return Ok(last as f64 * probability);
    }
    Err(Error::new(ErrorCode::ProbabilityOutOfRange, format!("{probability} is not between 0 and 1")))
}
