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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn they_agree_with_numpy() {
        // numpy 2.4.6, quantile with its default method "linear".
        let values = [3.5, -1.0, 2.25, 10.0, 7.125, 0.0, 0.0, 5.5, -4.75, 1e3];
        let probabilities = [0.0, 0.05, 0.1, 0.25, 1.0 / 3.0, 0.5, 0.75, 0.9, 0.95, 1.0];
        let expected =
            [-4.75, -3.0625, -1.375, 0.0, 0.0, 2.875, 6.71875, 108.99999999999964, 554.4999999999989, 1000.0];
        let found = quantiles(&mut values.clone(), &probabilities).unwrap();
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() <= 1e-15 * expected.abs(), "{found} {expected}");
        }
        let backwards: Vec<f64> = probabilities.iter().rev().copied().collect();
        let mut found_backwards = quantiles(&mut values.clone(), &backwards).unwrap();
        found_backwards.reverse();
        assert_eq!(found_backwards, found);
    }

    #[test]
    fn bad_input_is_refused_with_its_path() {
        let cases: [(&[f64], &[f64], &str, &str); 5] = [
            (&[], &[0.5], "quantile.values.empty", "values"),
            (&[1.0, f64::NAN], &[0.5], "number.not_finite", "values[1]"),
            (&[f64::INFINITY], &[0.5], "number.not_finite", "values[0]"),
            (&[1.0], &[0.5, 1.5], "probability.out_of_range", "probabilities[1]"),
            (&[1.0], &[f64::NAN], "probability.out_of_range", "probabilities[0]"),
        ];
        for (values, probabilities, code, path) in cases {
            let error = quantiles(&mut values.to_vec(), probabilities).unwrap_err();
            assert_eq!((error.code().as_str(), error.path()), (code, path));
        }
    }

    proptest! {
        #[test]
        fn they_are_those_of_the_sorted_values(
            values in prop::collection::vec(prop_oneof![-1e6..1e6f64, Just(0.0), Just(7.0)], 1..200),
            probabilities in prop::collection::vec(0.0..=1.0f64, 0..8),
        ) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let found = quantiles(&mut values.clone(), &probabilities).unwrap();
            for (found, probability) in found.iter().zip(&probabilities) {
                let place = (sorted.len() - 1) as f64 * probability;
                let lower = sorted[place.floor() as usize];
                let upper = sorted[place.ceil() as usize];
                prop_assert_eq!(*found, lower + (place - place.floor()) * (upper - lower));
            }
        }
    }
}
