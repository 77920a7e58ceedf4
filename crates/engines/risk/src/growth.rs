//! The growth of a value over many periods.

use wherewithal_math::{exp_m1, ln};

/// Two to the power of 512, which is taken out of a product before it overflows or loses digits.
const LARGE: f64 = 1.340_780_792_994_259_7e154;
/// The natural logarithm of [`LARGE`].
const LN_LARGE: f64 = 512.0 * std::f64::consts::LN_2;

/// A product of growth factors, each 0 or more: `mantissa` times [`LARGE`] to the power `steps`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Growth {
    mantissa: f64,
    steps: i32,
}

impl Default for Growth {
    /// No growth.
    fn default() -> Self {
        Self { mantissa: 1.0, steps: 0 }
    }
}

impl Growth {
    /// The growth over the periods of these returns.
    pub(crate) fn over(returns: impl IntoIterator<Item = f64>) -> Self {
        let mut growth = Self::default();
        for value in returns {
            growth.add(value);
        }
        growth
    }

    /// One more period.
    #[inline]
    pub(crate) fn add(&mut self, value: f64) {
        self.scale(1.0 + value);
    }

    /// This growth, followed by another.
    pub(crate) fn followed_by(mut self, other: Self) -> Self {
        self.steps += other.steps;
        self.scale(other.mantissa);
        self
    }

    #[inline]
    fn scale(&mut self, factor: f64) {
        self.mantissa *= factor;
        // Powers of two, so nothing is rounded.
        if self.mantissa > LARGE {
            self.mantissa /= LARGE;
            self.steps += 1;
        } else if self.mantissa < 1.0 / LARGE && self.mantissa > 0.0 {
            self.mantissa *= LARGE;
            self.steps -= 1;
        }
    }

    /// The return over all periods; infinite if it is too large to represent.
    pub(crate) fn total(self) -> f64 {
        match self.steps {
            0 => self.mantissa - 1.0,
            steps if steps > 0 => (0..steps.min(3)).fold(self.mantissa, |value, _| value * LARGE),
            // Less than rounding is left.
            _ => -1.0,
        }
    }

    /// The return over a part or a multiple of all periods, `share` of them.
    pub(crate) fn over_share(self, share: f64) -> f64 {
        exp_m1(share * (ln(self.mantissa) + f64::from(self.steps) * LN_LARGE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_a_power_of_two() {
        assert_eq!(LARGE, wherewithal_math::powi(2.0, 512));
    }

    #[test]
    fn what_is_lost_a_thousand_times_is_not_lost_in_rounding() {
        let shrunk = Growth::over([-0.9; 1000]);
        assert_eq!(shrunk.total(), -1.0);
        assert!((shrunk.over_share(0.001) + 0.9).abs() < 1e-12);
        let grown = Growth::over([9.0; 1000]);
        assert_eq!(grown.total(), f64::INFINITY);
        assert!((grown.over_share(0.001) - 9.0).abs() < 1e-10);
        let back = shrunk.followed_by(grown);
        assert!(back.total().abs() < 1e-9);
    }

    #[test]
    fn a_total_loss_stays_one() {
        let lost = Growth::over([0.5, -1.0]);
        assert_eq!((lost.total(), lost.over_share(0.5)), (-1.0, -1.0));
    }
}
