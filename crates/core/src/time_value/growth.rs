//! Growth at a constant rate, without overflow and without cancellation at tiny rates.

use crate::math::{exp, exp_m1, ln_1p};

/// Below it, no term that fits into a number makes a difference that does.
const NEGLIGIBLE_RATE: f64 = 1e-200;

/// A rate per period, and its logarithm.
#[derive(Debug, Clone, Copy)]
pub(super) struct Growth {
    rate: f64,
    log: f64,
}

impl Growth {
    /// `rate` is above -1.
    #[inline]
    pub(super) fn new(rate: f64) -> Self {
        let rate = if rate.abs() < NEGLIGIBLE_RATE { 0.0 } else { rate };
        Self { rate, log: ln_1p(rate) }
    }

    /// What one becomes in `periods` (negative: what one was worth so long ago).
    #[inline]
    pub(super) fn factor(self, periods: f64) -> f64 {
        exp(periods * self.log)
    }

    /// What `amount` becomes in `periods`; nothing stays nothing, even where the factor is too large to
    /// represent.
    #[inline]
    pub(super) fn grow(self, amount: f64, periods: f64) -> f64 {
        if amount == 0.0 { 0.0 } else { amount * self.factor(periods) }
    }

    /// What payments of one at the end of each of `periods` are worth after the last one: `((1+r)^n - 1) /
    /// r`.
    #[inline]
    pub(super) fn future_annuity(self, periods: f64) -> f64 {
        if self.rate == 0.0 { periods } else { exp_m1(periods * self.log) / self.rate }
    }

    /// What payments of one at the end of each of `periods` are worth one period before the first: `(1 -
    /// (1+r)^-n) / r`.
    #[inline]
    pub(super) fn present_annuity(self, periods: f64) -> f64 {
        -self.future_annuity(-periods)
    }

    /// The level payment at the end of each of `periods` that turns `pv` now into `-fv` at the end.
    #[inline]
    pub(super) fn level_payment(self, periods: f64, pv: f64, fv: f64) -> f64 {
        // Discounting or compounding, whichever factor stays below one.
        if self.log > 0.0 {
            -(pv + self.grow(fv, -periods)) / self.present_annuity(periods)
        } else {
            -(self.grow(pv, periods) + fv) / self.future_annuity(periods)
        }
    }

    /// The growth factor of `elapsed` periods over the future value of payments of one in all `periods`:
    /// `(1+r)^k r / ((1+r)^n - 1)`.
    #[inline]
    pub(super) fn factor_per_annuity(self, elapsed: f64, periods: f64) -> f64 {
        if self.log > 0.0 {
            self.factor(elapsed - periods) / self.present_annuity(periods)
        } else {
            self.factor(elapsed) / self.future_annuity(periods)
        }
    }

    /// The share of a loan, repaid in level payments over `periods`, that is repaid after `elapsed` of them:
    /// `((1+r)^k - 1) / ((1+r)^n - 1)`.
    #[inline]
    pub(super) fn share_repaid(self, elapsed: f64, periods: f64) -> f64 {
        if self.log > 0.0 {
            self.factor(elapsed - periods) * self.present_annuity(elapsed) / self.present_annuity(periods)
        } else {
            self.future_annuity(elapsed) / self.future_annuity(periods)
        }
    }

    /// One less [`share_repaid`](Self::share_repaid), without cancellation near the end.
    #[inline]
    pub(super) fn share_owed(self, elapsed: f64, periods: f64) -> f64 {
        let left = periods - elapsed;
        if self.log > 0.0 {
            self.present_annuity(left) / self.present_annuity(periods)
        } else {
            self.factor(elapsed) * self.future_annuity(left) / self.future_annuity(periods)
        }
    }

    /// The interest on payments of one at the end of each of `periods`:
    /// [`future_annuity`](Self::future_annuity) less `periods`.
    #[inline]
    pub(super) fn interest_on_annuity(self, periods: f64) -> f64 {
        if (periods * self.rate).abs() > 0.1 {
            return self.future_annuity(periods) - periods;
        }
        // The binomial series of ((1+r)^n - 1) / r - n; each term is below a twentieth of the one before.
        let mut term = periods;
        let mut sum = 0.0;
        let mut order = 1.0;
        while order < 16.0 {
            term *= self.rate * (periods - order) / (order + 1.0);
            sum += term;
            order += 1.0;
        }
        sum
    }
}
