//! Numbers in ascending order: their quantiles, and the means of their lower tails.

use wherewithal_math::sum;

use crate::QuantileDefinition;

/// How far a place may lie from a whole number that it is: `1 - 0.95` is not 0.05 in binary.
const ROUNDING: f64 = 1e-9;

/// Numbers in ascending order, at least one.
pub(crate) struct Ranked(Vec<f64>);

impl Ranked {
    pub(crate) fn of(values: &[f64]) -> Self {
        let mut values = values.to_vec();
        values.sort_unstable_by(f64::total_cmp);
        Self(values)
    }

    /// The quantile at a probability.
    #[expect(clippy::indexing_slicing, reason = "a place lies between the first and the last number")]
    pub(crate) fn quantile(&self, probability: f64, definition: QuantileDefinition) -> f64 {
        let place = self.place(probability, definition);
        let below = place as usize;
        let (lower, share) = (self.0[below], place - below as f64);
        if share == 0.0 { lower } else { lower + share * (self.0[below + 1] - lower) }
    }

    /// The mean of the numbers up to the place of the quantile at a probability: it is never above the quantile.
    #[expect(clippy::indexing_slicing, reason = "a place lies between the first and the last number")]
    pub(crate) fn lower_tail(&self, probability: f64, definition: QuantileDefinition) -> f64 {
        let count = self.place(probability, definition) as usize + 1;
        let mean = sum(self.0[..count].iter().copied()) / count as f64;
        // The mean of equal numbers may be rounded to one next to them.
        mean.min(self.0[count - 1])
    }

    /// The place of a quantile, counted from the least number at 0.
    fn place(&self, probability: f64, definition: QuantileDefinition) -> f64 {
        let count = self.0.len() as f64;
        let place = match definition {
            QuantileDefinition::InverseDistribution => whole(count * probability).ceil() - 1.0,
            QuantileDefinition::Weibull => (count + 1.0) * probability - 1.0,
            QuantileDefinition::Linear => (count - 1.0) * probability,
            QuantileDefinition::MedianUnbiased => (count + 1.0 / 3.0) * probability - 2.0 / 3.0,
        };
        whole(place).clamp(0.0, count - 1.0)
    }
}

/// A place, which is a whole number if only rounding separates it from one.
fn whole(place: f64) -> f64 {
    let nearest = place.round();
    if (place - nearest).abs() <= ROUNDING { nearest } else { place }
}
