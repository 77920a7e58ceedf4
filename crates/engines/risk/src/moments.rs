//! Means, deviations and higher moments.

use wherewithal_math::{CompensatedSum, sum};

use crate::{
    DeviationDivisor, MomentEstimator,
    measure::{Found, UndefinedReason},
};

/// A deviation below this part of the largest number that it is computed from is rounding: nothing varies.
const ROUNDING: f64 = 1e-14;

/// The mean of numbers, and the sums of the powers of their distances from it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moments {
    pub(crate) count: f64,
    pub(crate) mean: f64,
    squares: f64,
    cubes: f64,
    fourths: f64,
    /// The largest number that they were computed from.
    size: f64,
}

impl Moments {
    /// The moments of numbers, at least one of them, which were computed from numbers of at most `size`.
    ///
    /// Two passes: sums of powers about zero would lose digits.
    pub(crate) fn of(values: &[f64], size: f64) -> Self {
        let count = values.len() as f64;
        let mean = sum(values.iter().copied()) / count;
        let [mut squares, mut cubes, mut fourths] = [CompensatedSum::default(); 3];
        for value in values {
            let distance = value - mean;
            let square = distance * distance;
            squares.add(square);
            cubes.add(square * distance);
            fourths.add(square * square);
        }
        let squares = squares.value();
        if is_rounding(squares, count, size) {
            return Self { count, mean, squares: 0.0, cubes: 0.0, fourths: 0.0, size };
        }
        Self { count, mean, squares, cubes: cubes.value(), fourths: fourths.value(), size }
    }

    /// Whether anything varies.
    pub(crate) fn vary(&self) -> bool {
        self.squares > 0.0
    }

    /// The sum of squares, and the size.
    pub(crate) fn spread(&self) -> [f64; 2] {
        [self.squares, self.size]
    }

    pub(crate) fn squares(&self) -> f64 {
        self.squares
    }

    /// The standard deviation, which may be zero.
    pub(crate) fn deviation(&self, divisor: DeviationDivisor) -> Found {
        Ok((self.squares / divisor.of(self.count)?).sqrt())
    }

    /// The standard deviation, as a divisor.
    pub(crate) fn positive_deviation(&self, divisor: DeviationDivisor) -> Found {
        let deviation = self.deviation(divisor)?;
        if deviation > 0.0 { Ok(deviation) } else { Err(UndefinedReason::NoDeviation) }
    }

    /// The skewness.
    pub(crate) fn skewness(&self, estimator: MomentEstimator) -> Found {
        let count = self.count;
        self.has(3.0, estimator)?;
        let population = self.cubes / count / (self.squares / count * (self.squares / count).sqrt());
        Ok(match estimator {
            MomentEstimator::Population => population,
            MomentEstimator::Adjusted => population * (count * (count - 1.0)).sqrt() / (count - 2.0),
        })
    }

    /// The kurtosis, less the 3 of a normal distribution.
    pub(crate) fn excess_kurtosis(&self, estimator: MomentEstimator) -> Found {
        let count = self.count;
        self.has(4.0, estimator)?;
        let variance = self.squares / count;
        let population = self.fourths / count / (variance * variance) - 3.0;
        Ok(match estimator {
            MomentEstimator::Population => population,
            MomentEstimator::Adjusted => {
                (count - 1.0) / ((count - 2.0) * (count - 3.0)) * ((count + 1.0) * population + 6.0)
            }
        })
    }

    /// Whether there are enough numbers, and whether they vary.
    fn has(&self, adjusted: f64, estimator: MomentEstimator) -> Result<(), UndefinedReason> {
        let needed = if estimator == MomentEstimator::Adjusted { adjusted } else { 2.0 };
        if self.count < needed {
            return Err(UndefinedReason::TooFewReturns);
        }
        if self.vary() { Ok(()) } else { Err(UndefinedReason::NoDeviation) }
    }
}

impl DeviationDivisor {
    /// What a sum of squares is divided by.
    pub(crate) fn of(self, count: f64) -> Found {
        let divisor = match self {
            Self::Sample => count - 1.0,
            Self::Population => count,
        };
        if divisor > 0.0 { Ok(divisor) } else { Err(UndefinedReason::TooFewReturns) }
    }
}

/// Whether numbers vary by no more than rounding, given the sum of the squares of their distances from the mean, and the
/// largest number that they were computed from.
pub(crate) fn is_rounding(squares: f64, count: f64, size: f64) -> bool {
    (squares / count).sqrt() <= ROUNDING * size
}

/// Whether numbers vary together by no more than rounding, given the sum of the products of their distances from the means,
/// and of either side the sum of the squares and the largest number that they were computed from.
pub(crate) fn is_rounding_of_products(products: f64, count: f64, own: [f64; 2], theirs: [f64; 2]) -> bool {
    let spread = |[squares, _]: [f64; 2]| (squares / count).sqrt();
    (products / count).abs() <= ROUNDING * (own[1] * spread(theirs) + theirs[1] * spread(own))
}

/// The largest absolute value.
pub(crate) fn size(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |size: f64, value| size.max(value.abs()))
}
