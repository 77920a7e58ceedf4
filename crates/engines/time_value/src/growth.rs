//! Growth at a constant rate, without overflow and without cancellation at tiny rates.

use wherewithal_math::{
    branch_free::{exp_and_exp_m1, ln_1p},
    exp, exp_m1,
};

/// Up to this exponent, positive or negative, the branch-free functions are valid.
const ORDINARY_EXPONENT: f64 = 700.0;

/// Below it, a rate is zero: over no finite number of periods does it change a result.
const NEGLIGIBLE_RATE: f64 = 1e-200;

/// A rate per period, and its logarithm.
///
/// `LANES` selects code for several rows at once: it has no branches and is valid only over
/// [ordinary](Self::is_ordinary) terms. There, both variants give the same bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Growth<const LANES: bool = false> {
    rate: f64,
    log: f64,
}

impl<const LANES: bool> Growth<LANES> {
    /// `rate` is above -1.
    #[inline(always)]
    pub(super) fn new(rate: f64) -> Self {
        let rate = if rate.abs() < NEGLIGIBLE_RATE { 0.0 } else { rate };
        Self { rate, log: ln_1p(rate) }
    }

    /// Rebuilds a growth from a rate and the logarithm that [`new`](Self::new) computed for it.
    #[inline(always)]
    pub(super) fn of(rate: f64, log: f64) -> Self {
        let rate = if rate.abs() < NEGLIGIBLE_RATE { 0.0 } else { rate };
        Self { rate, log }
    }

    /// The logarithm of one plus the rate.
    #[inline(always)]
    pub(super) fn log(self) -> f64 {
        self.log
    }

    /// The growth factor over `periods`; the discount factor if negative.
    #[inline(always)]
    pub(super) fn factor(self, periods: f64) -> f64 {
        self.factor_and_excess(periods).0
    }

    /// Whether growth and discounting over `periods` stay far from overflow and underflow.
    #[inline(always)]
    pub(super) fn is_ordinary(self, periods: f64) -> bool {
        (periods * self.log).abs() <= ORDINARY_EXPONENT
    }

    /// The growth factor over `periods`, and its excess over one.
    #[inline(always)]
    pub(super) fn factor_and_excess(self, periods: f64) -> (f64, f64) {
        let exponent = periods * self.log;
        if LANES || exponent.abs() <= ORDINARY_EXPONENT {
            exp_and_exp_m1(exponent)
        } else {
            (exp(exponent), exp_m1(exponent))
        }
    }

    /// The value that `amount` grows to in `periods`. Zero stays zero even if the factor is too large to represent.
    #[inline(always)]
    pub(super) fn grow(self, amount: f64, periods: f64) -> f64 {
        scaled(amount, self.factor(periods))
    }

    /// The growth factor over `periods`, and the future value of payments of one at the end of each period.
    #[inline(always)]
    fn factor_and_annuity(self, periods: f64) -> (f64, f64) {
        self.with_annuity(self.factor_and_excess(periods), periods)
    }

    /// The growth factor, and its excess over one converted to an annuity.
    #[inline(always)]
    fn with_annuity(self, (factor, excess): (f64, f64), periods: f64) -> (f64, f64) {
        (factor, if self.rate == 0.0 { periods } else { excess / self.rate })
    }

    /// The future value of payments of one at the end of each of `periods`: `((1+r)^n - 1) / r`.
    #[inline(always)]
    pub(super) fn future_annuity(self, periods: f64) -> f64 {
        self.factor_and_annuity(periods).1
    }

    /// The present value of payments of one at the end of each of `periods`: `(1 - (1+r)^-n) / r`.
    #[inline(always)]
    pub(super) fn present_annuity(self, periods: f64) -> f64 {
        -self.future_annuity(-periods)
    }

    /// The negated future value of `pv` now and payments of `pmt` at the end of each of `periods`.
    #[inline(always)]
    pub(super) fn future_value(self, periods: f64, pmt: f64, pv: f64) -> f64 {
        self.future_value_at(self.factor_and_excess(periods), periods, pmt, pv)
    }

    /// [`future_value`](Self::future_value), given the factor of `periods` and its excess.
    #[inline(always)]
    pub(super) fn future_value_at(self, growth: (f64, f64), periods: f64, pmt: f64, pv: f64) -> f64 {
        let (factor, annuity) = self.with_annuity(growth, periods);
        -(scaled(pv, factor) + pmt * annuity)
    }

    /// The negated present value of payments of `pmt` at the end of each of `periods` and of `fv` at the end.
    #[inline(always)]
    pub(super) fn present_value(self, periods: f64, pmt: f64, fv: f64) -> f64 {
        self.present_value_at(self.factor_and_excess(-periods), periods, pmt, fv)
    }

    /// [`present_value`](Self::present_value), given the factor of `-periods` and its excess.
    #[inline(always)]
    pub(super) fn present_value_at(self, growth: (f64, f64), periods: f64, pmt: f64, fv: f64) -> f64 {
        let (factor, annuity) = self.with_annuity(growth, -periods);
        -(scaled(fv, factor) - pmt * annuity)
    }

    /// The level payment at the end of each of `periods` that turns `pv` now into `-fv` at the end.
    #[inline(always)]
    pub(super) fn level_payment(self, periods: f64, pv: f64, fv: f64) -> f64 {
        self.level_payment_at(self.factor_and_excess(self.toward(periods)), periods, pv, fv)
    }

    /// Discounting to the start (negative) or compounding to the end of `periods`, whichever has a factor below one.
    #[inline(always)]
    pub(super) fn toward(self, periods: f64) -> f64 {
        if self.log > 0.0 { -periods } else { periods }
    }

    /// [`level_payment`](Self::level_payment), given the factor and the excess of [`toward`](Self::toward).
    #[inline(always)]
    pub(super) fn level_payment_at(
        self,
        (factor, excess): (f64, f64),
        periods: f64,
        pv: f64,
        fv: f64,
    ) -> f64 {
        let (there, moved) = if self.log > 0.0 { (pv, fv) } else { (fv, pv) };
        let value = there + scaled(moved, factor);
        // The value of payments of one is -excess / |rate|; multiplying by |rate| saves one of two divisions.
        let (value, annuity) =
            if self.rate == 0.0 { (value, periods) } else { (value * self.rate.abs(), -excess) };
        -value / annuity
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

    /// The share of a loan with level payments over `periods` that is repaid after `elapsed` of them: `((1+r)^k - 1) /
    /// ((1+r)^n - 1)`.
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
        // Above it, the difference loses less than two digits by cancellation.
        if (periods * self.rate).abs() > 0.1 {
            return self.future_annuity(periods) - periods;
        }
        // The binomial series of ((1+r)^n - 1) / r - n; each term is below a twentieth of the previous one.
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

/// `amount` times `factor`, except that zero stays zero even if the factor is infinite.
#[inline(always)]
fn scaled(amount: f64, factor: f64) -> f64 {
    if amount == 0.0 { 0.0 } else { amount * factor }
}
