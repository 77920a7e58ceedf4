//! The equation of advances and payments, and its root.
//!
//! A flow at `t` whole periods and a fraction `f` of one is divided by `(1 + f i) (1 + i)^t` (Regulation Z, Appendix J,
//! (b)(8)). Where periods are years and `f` is zero, `t` need not be whole, and this is the equation of the European
//! directives.
//!
//! Between two flows in order of time, the growth `(1 + f i) (1 + i)^t` of the later one over that of the earlier one
//! never falls as the rate rises. Two theorems on internal rates of return need only this, so they hold here: a root at
//! which no running balance changes sign is the only one (D. Teichroew, A. A. Robichek and M. Montalbano, "An Analysis
//! of Criteria for Investment and Financing Decisions under Certainty", Management Science 12, 1965), and a rate at
//! which no running balance changes sign has no root above it (E. Laguerre, 1883).

use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_math::{CompensatedSum, Newton, RootStatus, exp, exp_m1, ln_1p};

/// An amount and its time.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimedAmount {
    /// In minor units: payments positive, advances negative.
    pub(super) amount: i128,
    /// Periods from the start.
    pub(super) periods: f64,
    /// A fraction of one more period, from 0 to below 1, which earns simple interest.
    pub(super) fraction: f64,
}

impl TimedAmount {
    /// The present value of one unit at this time.
    pub(super) fn discount(self, rate: f64) -> f64 {
        exp(-self.periods * ln_1p(rate)) / (1.0 + self.fraction * rate)
    }

    /// The value at the start, in minor units.
    pub(super) fn present_value(self, rate: f64) -> f64 {
        to_f64(self.amount) * self.discount(rate)
    }
}

/// A rate at which payments and advances have the same value.
#[derive(Debug, Clone, Copy)]
pub(super) struct EquationRoot {
    /// The rate per period, above -1.
    pub(super) rate: f64,
    /// The value of the payments less the value of the advances, in minor units.
    pub(super) residual: f64,
    pub(super) iterations: u32,
    pub(super) status: RootStatus,
}

/// The rate per period at which the flows, in order of time, balance: the positive root nearest to zero or, if no root
/// is positive, the negative one nearest to zero.
pub(super) fn solve(flows: &[TimedAmount]) -> Result<EquationRoot> {
    let balance: i128 = flows.iter().map(|flow| flow.amount).sum();
    if balance == 0 {
        return Ok(EquationRoot { rate: 0.0, residual: 0.0, iterations: 1, status: RootStatus::Exact });
    }
    let mut search = Search::new(flows);
    let outer = if balance > 0 { search.above_zero()? } else { search.below_zero()? };
    let root = match outer {
        Some(root) if search.is_the_only_one(root.0) => root,
        Some(root) => search.nearest_to_zero(balance > 0, root)?,
        None => search.positive_root()?.ok_or_else(|| no_rate(flows))?,
    };
    let rate = exp_m1(root.0);
    let mut residual = CompensatedSum::default();
    for flow in flows {
        residual.add(flow.present_value(rate));
    }
    let residual = residual.value();
    let status = match root.1 {
        RootStatus::Tangent => RootStatus::Tangent,
        _ if residual == 0.0 => RootStatus::Exact,
        _ => RootStatus::Converged,
    };
    Ok(EquationRoot { rate, residual, iterations: search.evaluations, status })
}

/// A root in the log rate, the logarithm of one plus the rate.
type LogRoot = (f64, RootStatus);

/// The range of log rates: below it, the rate rounds to -100 %; above it, the rate overflows.
const LOG_RATES: (f64, f64) = (-36.0, 700.0);

/// Two roots closer than this, times the span of the flows, count as one.
const SMALLEST_INTERVAL: f64 = 1e-6;

/// The limit on evaluations times flows: some seconds of work. The equation of an ordinary transaction is evaluated a
/// few dozen times.
const MAX_VALUED_FLOWS: usize = 100_000_000;

struct Search<'a> {
    flows: &'a [TimedAmount],
    /// The divisor that brings amounts near one.
    unit: f64,
    /// The periods from the start to the last flow.
    span: f64,
    evaluations: u32,
}

/// The sum of the values at a log rate, its slope, and a bound of the size of its curvature.
struct Values {
    value: f64,
    slope: f64,
    curvature: f64,
    gross: f64,
}

impl<'a> Search<'a> {
    fn new(flows: &'a [TimedAmount]) -> Self {
        let unit = flows.iter().map(|flow| to_f64(flow.amount.abs())).fold(1.0, f64::max);
        let span = flows.iter().map(|flow| flow.periods + flow.fraction).fold(0.0, f64::max);
        Self { flows, unit, span, evaluations: 0 }
    }

    /// The values at a log rate: as of the start if the rate is positive and as of the end if it is negative, so that
    /// no factor exceeds one by much.
    fn values(&mut self, x: f64) -> Values {
        self.evaluations = self.evaluations.saturating_add(1);
        let reference = if x < 0.0 { self.span } else { 0.0 };
        let (growth, rate) = (exp(x), exp_m1(x));
        let (mut value, mut slope) = (CompensatedSum::default(), CompensatedSum::default());
        let (mut curvature, mut gross) = (0.0, 0.0);
        for flow in self.flows {
            let simple = 1.0 + flow.fraction * rate;
            let term = to_f64(flow.amount) / self.unit * exp((reference - flow.periods) * x) / simple;
            value.add(term);
            slope.add(term * (reference - flow.periods - flow.fraction * growth / simple));
            // The logarithm of the factor has a slope of at most this size, and a curvature of at most a quarter.
            let steepest = (reference - flow.periods).abs() + 1.0;
            curvature += term.abs() * (steepest * steepest + 0.25);
            gross += term.abs();
        }
        Values { value: value.value(), slope: slope.value(), curvature, gross }
    }

    /// A root above zero, where the sum of the flows is positive.
    fn above_zero(&mut self) -> Result<Option<LogRoot>> {
        // The first step changes the value of the last flow by a factor of e.
        self.outwards(1.0 / self.span.max(1.0), LOG_RATES.1, true)
    }

    /// A root below zero, where the sum of the flows is negative.
    fn below_zero(&mut self) -> Result<Option<LogRoot>> {
        // Beyond this, the factor of the first flow, seen from the end, underflows.
        let limit = LOG_RATES.0.max(-700.0 / self.span.max(1.0));
        self.outwards(-1.0 / self.span.max(1.0), limit, false)
    }

    /// From zero outwards, doubling, to where the sign has changed.
    fn outwards(&mut self, first: f64, limit: f64, positive_at_zero: bool) -> Result<Option<LogRoot>> {
        let (mut inner, mut outer) = (0.0, first);
        loop {
            let value = self.values(outer).value;
            if (value > 0.0) != positive_at_zero {
                if inner != 0.0 {
                    return self.crossing(inner, outer);
                }
                // The sign is taken just beside zero, on the side of the search: zero itself may be a root.
                let near = first.signum() * 1e-300;
                if (self.values(near).value > 0.0) == positive_at_zero {
                    return self.crossing(near, outer);
                }
                // Payments and advances differ by less than double precision can show.
                return Ok(Some((0.0, RootStatus::Converged)));
            }
            if outer == limit {
                return Ok(None);
            }
            inner = outer;
            outer = if (2.0 * outer).abs() < limit.abs() { 2.0 * outer } else { limit };
        }
    }

    /// The root between two log rates on one side of zero, if the sign changes there.
    fn crossing(&mut self, a: f64, b: f64) -> Result<Option<LogRoot>> {
        let (lower, upper) = (a.min(b), a.max(b));
        let positive_below = self.values(lower).value > 0.0;
        let positive_above = self.values(upper).value > 0.0;
        if positive_below == positive_above {
            return Ok(None);
        }
        let root = Newton::default().find(lower, upper, 0.5 * (lower + upper), |x| {
            let values = self.values(x);
            (values.value, values.slope)
        })?;
        Ok(Some((root.value, root.status)))
    }

    /// Whether no other root can exist: the flows change sign at most once, or no running balance at the root changes
    /// sign.
    fn is_the_only_one(&self, x: f64) -> bool {
        /// The largest effect of rounding on a balance, relative to the sum of the absolute values.
        const NOISE: f64 = 1e-12;

        let mut changes = 0;
        let mut last = 0;
        for flow in self.flows {
            let sign = flow.amount.signum();
            if last != 0 && sign != 0 && sign != last {
                changes += 1;
            }
            last = if sign == 0 { last } else { sign };
        }
        if changes <= 1 {
            return true;
        }
        let (mut balance, mut gross) = (0.0_f64, 0.0_f64);
        let (mut positive, mut negative) = (false, false);
        for value in self.terms(x) {
            if gross > 0.0 {
                positive |= balance > -NOISE * gross;
                negative |= balance < NOISE * gross;
            }
            balance += value;
            gross += value.abs();
        }
        positive != negative
    }

    /// The present value of each flow.
    fn terms(&self, x: f64) -> impl Iterator<Item = f64> {
        let rate = exp_m1(x);
        self.flows.iter().map(move |flow| flow.present_value(rate) / self.unit)
    }

    /// The root nearest to zero, when `found` may not be the only one.
    fn nearest_to_zero(&mut self, on_the_positive_side: bool, found: LogRoot) -> Result<LogRoot> {
        if on_the_positive_side {
            return Ok(self.first_root(0.0, found.0)?.unwrap_or(found));
        }
        if let Some(root) = self.positive_root()? {
            return Ok(root);
        }
        Ok(self.first_root(0.0, found.0)?.unwrap_or(found))
    }

    /// The least positive root, where there is one.
    fn positive_root(&mut self) -> Result<Option<LogRoot>> {
        let mut bound = 1.0 / self.span.max(1.0);
        while bound < LOG_RATES.1 && self.balance_changes_sign(bound) {
            bound *= 2.0;
        }
        self.first_root(0.0, bound.min(LOG_RATES.1))
    }

    fn balance_changes_sign(&self, x: f64) -> bool {
        let (mut balance, mut positive, mut negative) = (0.0, false, false);
        for value in self.terms(x) {
            balance += value;
            positive |= balance > 0.0;
            negative |= balance < 0.0;
        }
        positive && negative
    }

    /// The first root on the way from `near`, which is not beyond zero, to `far`.
    ///
    /// Intervals are halved until Taylor's remainder proves, for each, that the value has no root in it or is
    /// monotonic.
    fn first_root(&mut self, near: f64, far: f64) -> Result<Option<LogRoot>> {
        let limit = MAX_VALUED_FLOWS / self.flows.len().max(1);
        // Zero counts to the positive side; the negative side ends just before it.
        let near = if far < near { -1e-300 } else { near };
        let mut open = vec![(near, far)];
        while let Some((from, to)) = open.pop() {
            if self.evaluations as usize > limit {
                let message =
                    "advances and payments cancel so closely that their rates cannot be distinguished";
                return Err(Error::new(ErrorCode::SolveNotConverged, message));
            }
            let middle = 0.5 * (from + to);
            let half = 0.5 * (to - from).abs();
            let values = self.values(middle);
            // The bound holds in the middle; towards the ends, no term grows by more than this factor.
            let curvature = values.curvature * exp((self.span + 1.0) * half);
            // The value cannot reach zero within half an interval.
            if values.value.abs() > half * values.slope.abs() + 0.5 * half * half * curvature {
                continue;
            }
            let smallest = 2.0 * half * self.span.max(1.0) <= SMALLEST_INTERVAL;
            // The slope keeps its sign, so there is one root or none, and the signs at the two ends decide.
            if values.slope.abs() > half * curvature || smallest {
                if let Some(root) = self.crossing(from, to)? {
                    return Ok(Some(root));
                }
                if smallest && values.value.abs() <= 1e-12 * values.gross {
                    return Ok(Some((middle, RootStatus::Tangent)));
                }
                continue;
            }
            // The half nearer to zero goes on top, because the first root found is the answer.
            open.push((middle, to));
            open.push((from, middle));
        }
        Ok(None)
    }
}

/// The error of flows without a rate that can be represented.
fn no_rate(flows: &[TimedAmount]) -> Error {
    let sum = |flows: &[TimedAmount]| flows.iter().map(|flow| flow.amount).sum::<i128>();
    let start = flows.iter().take_while(|flow| flow.periods == 0.0 && flow.fraction == 0.0).count();
    // As the rate rises, only the flows at the start keep their value: then the value changes its sign at some rate.
    if flows.get(..start).is_some_and(|at_start| sum(at_start) < 0) && sum(flows) > 0 {
        return too_large().at("payments");
    }
    Error::new(
        ErrorCode::SolveNoSolution,
        "no rate above -100 % makes the payments worth as much as the advances; the payments must repay at least a \
            part of the advances at a later date",
    )
    .at("payments")
}

/// The error of a rate beyond what a decimal holds.
pub(super) fn too_large() -> Error {
    let message = "the annual percentage rate is above 10^28 %; check the amounts and the dates";
    Error::new(ErrorCode::ResultTooLarge, message)
}

#[expect(clippy::cast_precision_loss, reason = "amounts above 2^53 minor units are rounded to 53 bits")]
pub(super) fn to_f64(units: i128) -> f64 {
    units as f64
}
