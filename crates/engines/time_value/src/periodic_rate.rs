//! The rate of interest implied by level payments.

use super::{
    PaymentTiming, RateRoot, check,
    growth::Growth,
    internal_rate::{default_guess, nearest},
    lanes::{Between, Lanes},
    moments::{self, LOG_RATES, MAX_STEPS, Moments, SETTLED},
};
use wherewithal_base::{Error, ErrorCode, Result, wire::Wire};
use wherewithal_math::{Brent, RootStatus, branch_free::exp_and_exp_m1};

/// The rate of interest per period at which level payments turn a present value into a future value.
///
/// Arguments and signs are those of [`pmt()`](super::pmt()); the rate is a fraction above -1. If `pv` and `fv` have the
/// same sign and `pmt` the opposite one, there may be two rates or none; of two, the one nearest `guess` is returned.
/// The guess has no other influence. The residual is the present value of everything received and paid.
///
/// ```
/// # use wherewithal_time_value::wherewithal;
/// use wherewithal::time_value::{PaymentTiming, rate};
///
/// // A loan of 8,000, repaid by 48 payments of 200.
/// let found = rate(48.0, -200.0, 8_000.0, 0.0, PaymentTiming::End, 0.1)?;
/// assert_eq!((found.rate * 12.0 * 1e4).round() / 1e4, 0.0924);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, `term.out_of_range`, `rate.out_of_range` (guess); `solve.no_solution` if no rate satisfies the
/// equation, for example because all amounts have the same sign.
pub fn rate(nper: f64, pmt: f64, pv: f64, fv: f64, when: PaymentTiming, guess: f64) -> Result<RateRoot> {
    check::positive_periods(nper, "nper")?;
    check::finite(pmt, "pmt")?;
    check::finite(pv, "pv")?;
    check::finite(fv, "fv")?;
    check::rate(guess, "guess")?;
    let annuity = Annuity::new(nper, pmt, pv, fv, when);
    if !annuity.has_both_signs() {
        return Err(no_solution(
            "the payment, the present value and the future value all have the same sign",
        ));
    }
    if annuity.payment_opposes_both_values() {
        return annuity.nearer_of_two(guess);
    }
    let first = annuity.moments_at_zero().balancing_step();
    let settled = moments::settle(first, nper, LOG_RATES, |x| Some(annuity.moments(x)));
    if let Some((log_rate, iterations)) = settled {
        return annuity.root(log_rate, iterations);
    }
    let (lower, upper) = LOG_RATES;
    annuity.root_between(lower, upper)?.ok_or_else(|| {
        no_solution("the amounts balance only at a rate that is too near -100 % or too large to represent")
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
    #[inline(always)]
    fn new(nper: f64, pmt: f64, pv: f64, fv: f64, when: PaymentTiming) -> Self {
        // Never zero, so that amounts of zero stay zero.
        let unit = pmt.abs().max(pv.abs()).max(fv.abs()).max(f64::MIN_POSITIVE);
        Self { nper, pmt: pmt / unit, pv: pv / unit, fv: fv / unit, when, unit }
    }

    #[inline(always)]
    fn has_both_signs(self) -> bool {
        let lowest = self.pmt.min(self.pv).min(self.fv);
        let highest = self.pmt.max(self.pv).max(self.fv);
        lowest < 0.0 && highest > 0.0
    }

    #[inline(always)]
    fn payment_opposes_both_values(self) -> bool {
        self.pmt * self.pv < 0.0 && self.pmt * self.fv < 0.0
    }

    /// The moments at the log rate `x`, discounted to the start if it is positive and compounded to the end if it is
    /// negative.
    #[inline(always)]
    pub(super) fn moments(self, x: f64) -> Moments {
        self.moments_of(&LevelTimes::new(self.nper, x), x)
    }

    /// The moments at a rate of zero.
    #[inline(always)]
    pub(super) fn moments_at_zero(self) -> Moments {
        self.moments_of(&LevelTimes::at_zero(self.nper), 0.0)
    }

    #[inline(always)]
    fn moments_of(self, level: &LevelTimes, x: f64) -> Moments {
        let (pv, fv) =
            if x < 0.0 { (self.pv * level.power, self.fv) } else { (self.pv, self.fv * level.power) };
        // A payment at the beginning of a period comes one period earlier.
        let earlier = match self.when {
            PaymentTiming::End => 0.0,
            PaymentTiming::Begin => 1.0,
        };
        let mut moments = Moments::default();
        moments.add(pv, 0.0, 0.0);
        let payments = self.pmt * self.when.growth_to_period_end(level.rate) * level.value;
        moments.add(payments, level.mean - earlier, level.variance);
        moments.add(fv, self.nper, 0.0);
        moments
    }

    /// Receipts and payments balance at most twice: the logarithm of their ratio has a single extremum, where their
    /// mean times meet, with one root on each side of it or none.
    fn nearer_of_two(self, guess: f64) -> Result<RateRoot> {
        /// Beyond this log rate, one payment outweighs all others.
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
            // The mean times never meet, so there is at most one root.
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
        // The same function as in the lanes, so that both give the same bits.
        let rate = exp_and_exp_m1(log_rate).1;
        let growth = Growth::<false>::new(rate);
        let payments = self.pmt * self.when.growth_to_period_end(rate) * growth.present_annuity(self.nper);
        let residual = check::result((self.pv + payments + growth.grow(self.fv, -self.nper)) * self.unit)?;
        let status = if residual == 0.0 { RootStatus::Exact } else { RootStatus::Converged };
        Ok(RateRoot { rate, residual, iterations: iterations + 1, status })
    }
}

/// The rates of several annuities at once: NaN if there may be two rates or none, if the steps do not become small, or
/// if the terms are not ordinary.
pub(super) struct LaneRates(pub(super) PaymentTiming);

impl Lanes for LaneRates {
    #[inline(always)]
    fn run<const N: usize>(
        &self,
        [nper, pmt, pv, fv]: [&[f64; N]; 4],
        _: &mut Between<N>,
        results: &mut [f64; N],
    ) {
        /// Up to these terms and amounts, and a growth over all periods of up to e^500, the residual is finite.
        const ORDINARY_PERIODS: std::ops::RangeInclusive<f64> = 1.0..=1e6;
        const ORDINARY_AMOUNT: f64 = 1e40;
        const ORDINARY_EXPONENT: f64 = 500.0;

        let (lower, upper) = LOG_RATES;
        let annuity = |nper: f64, pmt: f64, pv: f64, fv: f64| Annuity::new(nper, pmt, pv, fv, self.0);
        // The log rate; NaN once a lane has failed. A lane moves until its steps are small.
        let (mut log_rates, mut moving) = ([0.0; N], [1.0; N]);
        for steps in 0..MAX_STEPS {
            let lanes = log_rates.iter_mut().zip(&mut moving).zip(nper).zip(pmt).zip(pv).zip(fv);
            for (((((x, moving), nper), pmt), pv), fv) in lanes {
                let annuity = annuity(*nper, *pmt, *pv, *fv);
                let moments = if steps == 0 { annuity.moments_at_zero() } else { annuity.moments(*x) };
                let step = moments.balancing_step();
                let next = *x + step;
                let next = if next >= lower && next <= upper { next } else { f64::NAN };
                *x = if *moving > 0.0 { next } else { *x };
                // The comparison is false for NaN, so a failed lane stops.
                *moving = if (step * nper).abs() > SETTLED { *moving } else { 0.0 };
            }
            if moving.iter().all(|moving| *moving == 0.0) {
                break;
            }
        }
        let lanes = log_rates.iter().zip(&moving).zip(nper).zip(pmt).zip(pv).zip(fv);
        for (result, (((((x, moving), nper), pmt), pv), fv)) in results.iter_mut().zip(lanes) {
            let annuity = annuity(*nper, *pmt, *pv, *fv);
            let is_ordinary = ORDINARY_PERIODS.contains(nper)
                && annuity.unit <= ORDINARY_AMOUNT
                && (nper * x).abs() <= ORDINARY_EXPONENT;
            let has_one = annuity.has_both_signs() && !annuity.payment_opposes_both_values();
            let rate = exp_and_exp_m1(*x).1;
            *result = if is_ordinary && has_one && *moving == 0.0 { rate } else { f64::NAN };
        }
    }
}

/// Payments of one at the end of each period: their value, and the mean and variance of their times, weighted by value.
struct LevelTimes {
    /// The rate per period.
    rate: f64,
    /// The growth over all periods or its inverse, whichever is at most one.
    power: f64,
    value: f64,
    mean: f64,
    variance: f64,
}

impl LevelTimes {
    /// Valued at the start if the log rate `x` is positive, at the end if it is negative.
    #[inline(always)]
    fn new(nper: f64, x: f64) -> Self {
        /// Below it, the discount factor is negligible beside one.
        const LOWEST_EXPONENT: f64 = -700.0;

        let exponent = -nper * x.abs();
        let exponent = if exponent < LOWEST_EXPONENT { LOWEST_EXPONENT } else { exponent };
        let (power, below) = exp_and_exp_m1(exponent);
        let rate = exp_and_exp_m1(x).1;
        let value = if rate == 0.0 { nper } else { -below / rate.abs() };
        let per_period = (1.0 + rate) / rate;
        let at_end = if x < 0.0 { nper / below } else { -nper * power / below };
        // Near a rate of zero the closed forms lose digits by cancellation; one term of their series is accurate enough
        // for a step.
        let near_zero = Self::at_zero(nper);
        let is_near_zero = exponent > -1e-3;
        let mean = if is_near_zero { near_zero.mean - near_zero.variance * x } else { per_period - at_end };
        let variance = if is_near_zero {
            near_zero.variance
        } else {
            per_period / rate - nper * nper * power / (below * below)
        };
        Self { rate, power, value, mean, variance }
    }

    /// At a rate of zero.
    #[inline(always)]
    fn at_zero(nper: f64) -> Self {
        // Mean and variance of the whole numbers from 1 to n, the times of the payments.
        let variance = (nper * nper - 1.0) / 12.0;
        Self { rate: 0.0, power: 1.0, value: nper, mean: 0.5 * (nper + 1.0), variance }
    }
}

fn no_solution(reason: &str) -> Error {
    Error::new(ErrorCode::SolveNoSolution, format!("no rate satisfies the equation: {reason}"))
}

/// Input of `time_value.rate`.
#[derive(Debug, Clone, Wire)]
pub struct RateInput {
    /// Number of periods, above zero; it need not be whole.
    #[wire(above = 0)]
    pub nper: f64,
    /// Payment in each period; received is positive, paid is negative.
    pub pmt: f64,
    /// Present value: what is received now, such as a loan (positive), or paid now (negative).
    pub pv: f64,
    /// Future value, received (positive) or paid (negative) at the end.
    #[wire(default)]
    pub fv: f64,
    /// When in each period the payment is made.
    #[wire(default)]
    pub when: PaymentTiming,
    /// If there are two rates, the one nearest this is returned; a fraction above -1.
    #[wire(rate, default = default_guess, above = -1)]
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
