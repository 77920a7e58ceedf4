//! The rate of interest behind level payments.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    PaymentTiming, RateRoot, check,
    growth::Growth,
    internal_rate::{default_guess, nearest},
    moments::{self, LOG_RATES, Moments},
};
use crate::{
    Error, ErrorCode, Result,
    math::{Brent, RootStatus, exp, exp_m1},
};

/// The rate of interest per period at which level payments turn a present value into a future value.
///
/// Arguments and signs are those of [`pmt()`](super::pmt()); the rate is a fraction above -1. When `pv` and
/// `fv` have the same sign and `pmt` the other, there may be two rates or none: of two, the one nearest
/// `guess` is returned. The guess has no other influence. The residual is the present value of all that is
/// received and paid.
///
/// ```
/// use wherewithal::time_value::{PaymentTiming, rate};
///
/// // A loan of 8,000, repaid by 48 payments of 200.
/// let found = rate(48.0, -200.0, 8_000.0, 0.0, PaymentTiming::End, 0.1)?;
/// assert_eq!((found.rate * 12.0 * 1e4).round() / 1e4, 0.0924);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `term.out_of_range`, `rate.out_of_range` (guess); `rate.no_solution` when no rate
/// satisfies the equation, as when all amounts have one sign.
pub fn rate(nper: f64, pmt: f64, pv: f64, fv: f64, when: PaymentTiming, guess: f64) -> Result<RateRoot> {
    check::positive_periods(nper, "nper")?;
    check::finite(pmt, "pmt")?;
    check::finite(pv, "pv")?;
    check::finite(fv, "fv")?;
    check::rate(guess, "guess")?;
    let annuity = Annuity::new(nper, pmt, pv, fv, when);
    if !annuity.has_both_signs() {
        return Err(no_solution("the payment, the present value and the future value are not of both signs"));
    }
    if annuity.payment_opposes_both_values() {
        return annuity.nearer_of_two(guess);
    }
    let settled = moments::settle(annuity.moments(0.0), nper, LOG_RATES, |x| annuity.moments(x));
    if let Some((log_rate, iterations)) = settled {
        return annuity.root(log_rate, iterations);
    }
    let (lower, upper) = LOG_RATES;
    annuity.root_between(lower, upper)?.ok_or_else(|| {
        no_solution(
            "the amounts balance only at a rate too near -100 % or too large to be written as a number",
        )
    })
}

/// Level payments between two values; the amounts are divided by the largest of them.
#[derive(Debug, Clone, Copy)]
struct Annuity {
    nper: f64,
    pmt: f64,
    pv: f64,
    fv: f64,
    when: PaymentTiming,
    unit: f64,
}

impl Annuity {
    fn new(nper: f64, pmt: f64, pv: f64, fv: f64, when: PaymentTiming) -> Self {
        let unit = pmt.abs().max(pv.abs()).max(fv.abs()).max(f64::MIN_POSITIVE);
        Self { nper, pmt: pmt / unit, pv: pv / unit, fv: fv / unit, when, unit }
    }

    fn has_both_signs(self) -> bool {
        let amounts = [self.pmt, self.pv, self.fv];
        amounts.iter().any(|amount| *amount > 0.0) && amounts.iter().any(|amount| *amount < 0.0)
    }

    fn payment_opposes_both_values(self) -> bool {
        self.pmt * self.pv < 0.0 && self.pmt * self.fv < 0.0
    }

    /// The moments at the log rate `x`, discounted to the start when it is positive and compounded to the end
    /// when negative.
    fn moments(self, x: f64) -> Moments {
        let level = LevelTimes::new(self.nper, x);
        let below_one = |amount: f64| if amount == 0.0 { 0.0 } else { amount * exp(-self.nper * x.abs()) };
        let (pv, fv) = if x < 0.0 { (below_one(self.pv), self.fv) } else { (self.pv, below_one(self.fv)) };
        // A payment at the beginning of a period comes one period earlier.
        let (earlier, growth) = match self.when {
            PaymentTiming::End => (0.0, 1.0),
            PaymentTiming::Begin => (1.0, exp(x)),
        };
        let mut moments = Moments::default();
        moments.add(pv, 0.0, 0.0);
        moments.add(self.pmt * growth * level.value, level.mean - earlier, level.variance);
        moments.add(fv, self.nper, 0.0);
        moments
    }

    /// Receipts and payments balance at most twice: the logarithm of their ratio falls to one lowest (or
    /// rises to one highest) point, where their mean times meet, and a root lies on each side of it or none.
    fn nearer_of_two(self, guess: f64) -> Result<RateRoot> {
        /// Log rates beyond which one payment outweighs all others.
        const FAR: f64 = 20.0;
        let (lower, upper) = LOG_RATES;
        let turning = Brent::default().find(-FAR, FAR, |x| self.moments(x).distance_of_means());
        let roots = match turning {
            Ok(turning) if self.moments(turning.value).are_balanced() => [
                Some(RateRoot {
                    status: RootStatus::Tangent,
                    ..self.root(turning.value, turning.iterations)?
                }),
                None,
            ],
            Ok(turning) => {
                [self.root_between(lower, turning.value)?, self.root_between(turning.value, upper)?]
            }
            // The mean times never meet, so there is one root at most.
            Err(_) => [self.root_between(lower, upper)?, None],
        };
        nearest(roots.into_iter().flatten(), guess).ok_or_else(|| {
            no_solution("the payments are too small or too large to balance the values at any rate")
        })
    }

    fn root_between(self, lower: f64, upper: f64) -> Result<Option<RateRoot>> {
        let value = |x: f64| self.moments(x).value;
        if (value(lower) > 0.0) == (value(upper) > 0.0) {
            return Ok(None);
        }
        let found = Brent::default().find(lower, upper, value)?;
        self.root(found.value, found.iterations + 2).map(Some)
    }

    fn root(self, log_rate: f64, iterations: u32) -> Result<RateRoot> {
        let rate = exp_m1(log_rate);
        let growth = Growth::new(rate);
        let payments = self.pmt * self.when.growth_to_period_end(rate) * growth.present_annuity(self.nper);
        let residual = check::result((self.pv + payments + growth.grow(self.fv, -self.nper)) * self.unit)?;
        let status = if residual == 0.0 { RootStatus::Exact } else { RootStatus::Converged };
        Ok(RateRoot { rate, residual, iterations: iterations + 1, status })
    }
}

/// Payments of one at the end of each period: their value and when, on the average of their values, they are
/// made.
struct LevelTimes {
    value: f64,
    mean: f64,
    variance: f64,
}

impl LevelTimes {
    /// Valued at the start when the log rate `x` is positive, at the end when it is negative.
    fn new(nper: f64, x: f64) -> Self {
        if (nper * x).abs() < 1e-3 {
            // Near a rate of zero the closed forms cancel; one term of their series is enough for a step.
            let variance = (nper * nper - 1.0) / 12.0;
            let mean = 0.5 * (nper + 1.0) - variance * x;
            let annuity = Growth::new(exp_m1(x));
            let value = if x < 0.0 { annuity.future_annuity(nper) } else { annuity.present_annuity(nper) };
            return Self { value, mean, variance };
        }
        let rate = exp_m1(x);
        // The power of the growth factor that stays below one, (1+r)^n or its inverse, and that power less
        // one.
        let below = exp_m1(-nper * x.abs());
        let power = 1.0 + below;
        let per_period = (1.0 + rate) / rate;
        let at_end = if x < 0.0 { nper / below } else { -nper * power / below };
        let variance = per_period / rate - nper * nper * power / (below * below);
        Self { value: -below / rate.abs(), mean: per_period - at_end, variance }
    }
}

fn no_solution(reason: &str) -> Error {
    Error::new(ErrorCode::RateNoSolution, format!("no rate satisfies the equation: {reason}"))
}

/// Input of `time_value.rate`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RateInput {
    /// Number of periods, above zero; it need not be whole.
    pub nper: f64,
    /// Payment in each period; received is positive, paid is negative.
    pub pmt: f64,
    /// Present value: what is received now, such as a loan (positive), or paid now (negative).
    pub pv: f64,
    /// Future value, received (positive) or paid (negative) at the end.
    #[serde(default)]
    pub fv: f64,
    /// When in each period the payment is made.
    #[serde(default)]
    pub when: PaymentTiming,
    /// Where there are two rates, the one nearest this is returned; a fraction above -1.
    #[serde(default = "default_guess")]
    pub guess: f64,
}

impl RateInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`rate`].
    pub fn run(&self) -> Result<RateRoot> {
        rate(self.nper, self.pmt, self.pv, self.fv, self.when, self.guess)
    }
}
