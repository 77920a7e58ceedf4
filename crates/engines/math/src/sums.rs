//! Compensated sums.

/// A running sum of terms in their order, with a separate sum of the rounding errors.
///
/// The error of the result is about one rounding, however many terms there are, as long as the sum of the absolute
/// values is below 10^16 times the result. (A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation
/// endlicher Summen", ZAMM 54, 1974.)
///
/// ```
/// # use wherewithal_math::wherewithal;
/// use wherewithal::math::CompensatedSum;
///
/// let mut total = CompensatedSum::default();
/// for term in [1.0, 1e100, 1.0, -1e100] {
///     total.add(term);
/// }
/// assert_eq!(total.value(), 2.0);
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct CompensatedSum {
    sum: f64,
    lost: f64,
}

impl CompensatedSum {
    /// Adds one term.
    #[inline]
    pub fn add(&mut self, term: f64) {
        let sum = self.sum + term;
        // The smaller of the two numbers loses digits in the sum; these differences are exact and recover them.
        self.lost +=
            if self.sum.abs() >= term.abs() { (self.sum - sum) + term } else { (term - sum) + self.sum };
        self.sum = sum;
    }

    /// The sum so far; not finite once a term or the sum was not finite.
    #[inline]
    #[must_use]
    pub fn value(self) -> f64 {
        // Once the sum has overflowed, `lost` is NaN and must not replace the infinity.
        if self.sum.is_finite() { self.sum + self.lost } else { self.sum }
    }
}

/// The compensated sum of `terms` in their order; zero for an empty sequence.
///
/// ```
/// # use wherewithal_math::wherewithal;
/// use wherewithal::math::sum;
///
/// assert_eq!(sum([0.1; 10]), 1.0);
/// assert_eq!([0.1_f64; 10].iter().sum::<f64>(), 0.9999999999999999);
/// ```
#[must_use]
pub fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    let mut total = CompensatedSum::default();
    for term in terms {
        total.add(term);
    }
    total.value()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_empty_sum_is_zero_and_an_infinite_one_is_infinite() {
        assert_eq!(sum([]), 0.0);
        assert_eq!(sum([f64::MAX, f64::MAX]), f64::INFINITY);
        assert_eq!(sum([f64::INFINITY, 1.0]), f64::INFINITY);
        assert!(sum([f64::INFINITY, f64::NEG_INFINITY]).is_nan());
    }

    proptest! {
        /// Integers of up to 2^40 have exact sums in i128, whatever a binary exponent does to all of them.
        #[test]
        fn sums_of_scaled_integers_are_exact_to_one_rounding(
            terms in prop::collection::vec(-(1_i64 << 40)..(1 << 40), 0..200),
            scale in -20..20_i32,
        ) {
            let unit = super::super::powi(2.0, scale);
            let exact: i128 = terms.iter().map(|&term| i128::from(term)).sum();
            let found = sum(terms.iter().map(|&term| term as f64 * unit));
            prop_assert_eq!(found, exact as f64 * unit);
        }

        #[test]
        fn a_cancelled_giant_leaves_the_rest(rest in -1e6..1e6_f64, giant in 1e8..1e20_f64) {
            prop_assert_eq!(sum([giant, rest, -giant]), rest);
        }
    }
}
