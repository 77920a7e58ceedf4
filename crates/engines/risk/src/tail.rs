//! What is lost in the worst periods: value at risk and expected shortfall.

use wherewithal_math::normal;

use crate::{
    DeviationDivisor, MomentEstimator, QuantileDefinition,
    measure::{Found, UndefinedReason},
    moments::Moments,
    ranked::Ranked,
};

/// The left tail of a distribution.
pub(crate) struct Tail<'a> {
    pub(crate) moments: &'a Moments,
    pub(crate) ranked: &'a Ranked,
    pub(crate) divisor: DeviationDivisor,
    pub(crate) definition: QuantileDefinition,
    pub(crate) confidence: f64,
}

impl Tail<'_> {
    /// The probability of the tail.
    fn probability(&self) -> f64 {
        1.0 - self.confidence
    }

    /// The quantile of the standard normal distribution, below 0, and its density over the probability of the tail.
    fn normal(&self) -> (f64, f64) {
        let quantile = normal::inverse_inside(self.probability());
        (quantile, normal::density(quantile) / self.probability())
    }

    pub(crate) fn historical_value_at_risk(&self) -> Found {
        Ok(-self.ranked.quantile(self.probability(), self.definition))
    }

    pub(crate) fn historical_shortfall(&self) -> Found {
        Ok(-self.ranked.lower_tail(self.probability(), self.definition))
    }

    pub(crate) fn normal_value_at_risk(&self) -> Found {
        let (quantile, _) = self.normal();
        Ok(-(self.moments.mean + quantile * self.moments.deviation(self.divisor)?))
    }

    pub(crate) fn normal_shortfall(&self) -> Found {
        let (_, density) = self.normal();
        Ok(density * self.moments.deviation(self.divisor)? - self.moments.mean)
    }

    pub(crate) fn cornish_fisher_value_at_risk(&self) -> Found {
        let Shape { skewness, kurtosis } = self.shape()?;
        let (z, _) = self.normal();
        let expanded = z + (z * z - 1.0) * skewness / 6.0 + (z * z - 3.0) * z * kurtosis / 24.0
            - (2.0 * z * z - 5.0) * z * skewness * skewness / 36.0;
        Ok(-(self.moments.mean + expanded * self.moments.deviation(self.divisor)?))
    }

    /// The mean of the expansion over the tail: of a standard normal z below the quantile q, with the density d over the
    /// probability, the means of z, z² - 1 and z³ - 3 z are -d, -q d and -(q² - 1) d, and that of 2 z³ - 5 z is -(2 q² - 1) d.
    pub(crate) fn cornish_fisher_shortfall(&self) -> Found {
        let Shape { skewness, kurtosis } = self.shape()?;
        let (q, density) = self.normal();
        let square = q * q;
        let expanded = 1.0 + q * skewness / 6.0 + (square - 1.0) * kurtosis / 24.0
            - (2.0 * square - 1.0) * skewness * skewness / 36.0;
        Ok(expanded * density * self.moments.deviation(self.divisor)? - self.moments.mean)
    }

    /// Skewness and kurtosis of the population, with which the expansion rises throughout the tail.
    fn shape(&self) -> Result<Shape, UndefinedReason> {
        let estimator = MomentEstimator::Population;
        let shape = Shape {
            skewness: self.moments.skewness(estimator)?,
            kurtosis: self.moments.excess_kurtosis(estimator)?,
        };
        let (quantile, _) = self.normal();
        if shape.rises_up_to(quantile) { Ok(shape) } else { Err(UndefinedReason::InvalidExpansion) }
    }
}

/// What the expansion of Cornish and Fisher corrects a normal distribution for.
struct Shape {
    skewness: f64,
    kurtosis: f64,
}

impl Shape {
    /// Whether the expansion rises at every number up to `end`: its slope, a quadratic polynomial, is above zero there.
    fn rises_up_to(&self, end: f64) -> bool {
        let square = self.skewness * self.skewness;
        let [quadratic, linear, constant] = [
            self.kurtosis / 8.0 - square / 6.0,
            self.skewness / 3.0,
            1.0 - self.kurtosis / 8.0 + 5.0 * square / 36.0,
        ];
        let slope = |z: f64| (quadratic * z + linear) * z + constant;
        if quadratic < 0.0 || slope(end) <= 0.0 {
            return false;
        }
        if quadratic == 0.0 {
            // A line that rises lies below zero far to the left.
            return linear <= 0.0;
        }
        let lowest = -linear / (2.0 * quadratic);
        lowest >= end || slope(lowest) > 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expansion_rises_where_its_slope_is_positive_throughout_the_tail() {
        let rises = |skewness, kurtosis| Shape { skewness, kurtosis }.rises_up_to(-1.645);
        assert!(rises(0.0, 0.0));
        // Fat tails of daily returns: the slope is negative only around the middle.
        assert!(rises(-0.2, 10.0));
        // Thin tails turn the expansion far out.
        assert!(!rises(0.0, -0.5));
        // A long right tail bends the left one back.
        assert!(!rises(2.0, 1.0));
        for (skewness, kurtosis) in [(0.5, 1.0), (-0.5, 0.4), (1.0, 1.2), (-1.5, 4.0), (0.3, 0.0)] {
            let slope = |z: f64| {
                1.0 + z * skewness / 3.0 + (z * z - 1.0) * kurtosis / 8.0
                    - (6.0 * z * z - 5.0) * skewness * skewness / 36.0
            };
            let everywhere = (0..20_000).all(|step| slope(-1.645 - f64::from(step) / 100.0) > 0.0);
            assert_eq!(rises(skewness, kurtosis), everywhere, "{skewness} {kurtosis}");
        }
    }
}
