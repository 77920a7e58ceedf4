//! Probabilities estimated by counting.

/// The 0.975 quantile of the standard normal distribution.
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// The share of successful trials, as an estimate of a probability.
#[derive(Debug, Clone, Copy)]
pub struct Proportion {
    part: f64,
    whole: f64,
}

impl Proportion {
    /// `part` successes in `whole` trials; `whole` is above 0.
    #[must_use]
    pub fn new(part: usize, whole: usize) -> Self {
        Self { part: part as f64, whole: whole as f64 }
    }

    /// The estimate.
    #[must_use]
    pub fn probability(self) -> f64 {
        self.part / self.whole
    }

    /// The standard error of the estimate.
    #[must_use]
    pub fn standard_error(self) -> f64 {
        let p = self.probability();
        (p * (1.0 - p) / self.whole).sqrt()
    }

    /// The 95 % score interval of Wilson (1927), Journal of the American Statistical Association 22, 209-212.
    #[must_use]
    pub fn wilson_interval(self) -> (f64, f64) {
        let z2 = NORMAL_975 * NORMAL_975;
        let p = self.probability();
        let scale = 1.0 + z2 / self.whole;
        let centre = (p + z2 / (2.0 * self.whole)) / scale;
        let half =
            NORMAL_975 * (p * (1.0 - p) / self.whole + z2 / (4.0 * self.whole * self.whole)).sqrt() / scale;
        // At 0 and 1 the ends are exact; the formula would differ by a rounding error.
        let lower = if self.part == 0.0 { 0.0 } else { (centre - half).max(0.0) };
        let upper = if self.part == self.whole { 1.0 } else { (centre + half).min(1.0) };
        (lower, upper)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wilson_interval_is_that_of_statsmodels() {
        // statsmodels 0.15.0, proportion_confint(k, n, 0.05, "wilson").
        let cases = [
            (0, 10, 0.0, 0.27753279986288926),
            (1, 10, 0.017876213095072924, 0.40415002679523854),
            (7045, 10_000, 0.6954801720137624, 0.7133627726526308),
            (9999, 10_000, 0.9994337311025987, 0.9999823473263989),
            (10_000, 10_000, 0.9996160016293234, 1.0),
            (1, 1, 0.2065493143772374, 1.0),
        ];
        for (part, whole, lower, upper) in cases {
            let found = Proportion::new(part, whole).wilson_interval();
            assert!(
                (found.0 - lower).abs() < 1e-14 && (found.1 - upper).abs() < 1e-14,
                "{part}/{whole}: {found:?}"
            );
        }
    }
}
