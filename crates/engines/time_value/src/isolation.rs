//! Every rate at which cash flows balance, found with certainty.

use super::{flows::Flows, moments::Moments, signs};
use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
};
use wherewithal_math::{Newton, RootStatus};

/// A root in the log rate, the logarithm of one plus the rate.
#[derive(Debug, Clone, Copy)]
pub(super) struct LogRoot {
    pub(super) log_rate: f64,
    pub(super) iterations: u32,
    pub(super) status: RootStatus,
}

/// The limit on evaluations times flows: some seconds of work. An ordinary series is valued tens to hundreds of times.
const MAX_VALUED_FLOWS: u32 = 1_000_000_000;

/// The smallest interval, times the span of the flows, that is still halved: two closer roots count as one.
const SMALLEST_INTERVAL: f64 = 1e-6;

/// All roots within [`Flows::log_rates`], in ascending order.
///
/// Outer intervals in which a rule of signs excludes every root are cut off. The rest is halved until a bound on
/// Taylor's remainder proves, for each interval, that the value has no root in it or is monotonic, so that its signs at
/// the ends decide.
///
/// # Errors
/// `solve.not_converged` if the flows cancel so closely over a range of rates that the search does not end.
pub(super) fn all_roots(flows: &Flows, control: &Control<'_>) -> Result<Vec<LogRoot>> {
    let max_evaluations = MAX_VALUED_FLOWS / flows.len() as u32;
    let mut evaluations = 0;
    let (lower, upper) = flows.log_rates();
    // Over the span, this log rate is a factor of e: the scale on which the values of the flows change.
    let step = 1.0 / flows.span();
    let highest = outermost(step, upper, &mut evaluations, |x| {
        signs::exclude_roots_beyond(flows.values(x).into_iter())
    });
    let lowest = outermost(-step, lower, &mut evaluations, |x| {
        signs::exclude_roots_beyond(flows.values(x).into_iter().rev())
    });

    let mut work = Work::under(control);
    work.done(evaluations as usize * flows.len())?;
    let mut roots: Vec<LogRoot> = Vec::new();
    let mut open = vec![Interval { lower: lowest, upper: highest }];
    while let Some(interval) = open.pop() {
        evaluations += 1;
        if evaluations > max_evaluations {
            return Err(too_close(interval.middle()));
        }
        work.done(flows.len())?;
        let moments = flows.moments(interval.middle());
        let found = match interval.judge(&moments, flows.span()) {
            Judgement::NoRoot => None,
            Judgement::Monotone => interval.crossing(flows, &mut evaluations, control)?,
            Judgement::Undecided if interval.width() * flows.span() > SMALLEST_INTERVAL => {
                let middle = interval.middle();
                // The lower half comes last and is taken first, so that roots are found in ascending order.
                open.push(Interval { lower: middle, upper: interval.upper });
                open.push(Interval { lower: interval.lower, upper: middle });
                None
            }
            Judgement::Undecided => {
                interval.crossing(flows, &mut evaluations, control)?.or_else(|| interval.touching(&moments))
            }
        };
        if let Some(root) = found {
            // A double root is found from each of the intervals that meet near it.
            let again = roots.last().is_some_and(|last| {
                (root.log_rate - last.log_rate) * flows.span() < 4.0 * SMALLEST_INTERVAL
                    && (root.status == RootStatus::Tangent || last.status == RootStatus::Tangent)
            });
            if !again {
                roots.push(root);
            }
        }
    }
    for root in &mut roots {
        root.iterations = evaluations;
    }
    Ok(roots)
}

/// From `first` outwards, doubling, to the first point that excludes roots beyond it; at most to `limit`.
fn outermost(first: f64, limit: f64, evaluations: &mut u32, excludes: impl Fn(f64) -> bool) -> f64 {
    let mut x = first;
    while x.abs() < limit.abs() {
        *evaluations += 1;
        if excludes(x) {
            return x;
        }
        x *= 2.0;
    }
    limit
}

#[derive(Debug, Clone, Copy)]
struct Interval {
    lower: f64,
    upper: f64,
}

enum Judgement {
    NoRoot,
    Monotone,
    Undecided,
}

impl Interval {
    fn width(self) -> f64 {
        self.upper - self.lower
    }

    fn middle(self) -> f64 {
        0.5 * (self.lower + self.upper)
    }

    /// The bounds that the moments at the middle prove for the value `f(h)` at a distance `h` from it, `|h| <= w`.
    ///
    /// Values are taken as of the mean time of all flows, which changes neither roots nor signs. With `τ` the times
    /// relative to it, `|f(h) - f(0) - h f'(0)| <= h²/2 Σ τ² |value| e^(|τ| w)`, and similarly for `f'`.
    fn judge(self, moments: &Moments, span: f64) -> Judgement {
        let half = 0.5 * self.width();
        let mean = moments.gross_time / moments.gross;
        let slope = moments.time - mean * moments.value;
        let spread = moments.gross_square - mean * moments.gross_time;
        // Times run from zero to the span.
        let farthest = mean.max(span - mean);
        // Slightly enlarged, to cover rounding.
        let bound = spread.max(0.0) * wherewithal_math::exp(farthest * half) * (1.0 + 1e-9);
        if moments.value.abs() > half * slope.abs() + 0.5 * half * half * bound {
            Judgement::NoRoot
        } else if slope.abs() > half * bound {
            Judgement::Monotone
        } else {
            Judgement::Undecided
        }
    }

    /// The root between the ends, if the value changes sign. An end that is a root counts as positive.
    fn crossing(
        self,
        flows: &Flows,
        evaluations: &mut u32,
        control: &Control<'_>,
    ) -> Result<Option<LogRoot>> {
        *evaluations += 2;
        let positive_below = flows.moments(self.lower).value >= 0.0;
        let positive_above = flows.moments(self.upper).value >= 0.0;
        if positive_below == positive_above {
            return Ok(None);
        }
        let mut work = Work::under(control);
        let mut stopped = Ok(());
        let root = Newton::default().find(self.lower, self.upper, self.middle(), |x| {
            if stopped.is_ok() {
                stopped = work.done(flows.len());
            }
            // No number ends the search.
            let moments = stopped.is_ok().then(|| flows.moments(x));
            moments.map_or((f64::NAN, f64::NAN), |moments| (moments.value, -moments.time))
        });
        stopped?;
        let root = root?;
        *evaluations += root.iterations;
        Ok(Some(LogRoot { log_rate: root.value, iterations: 0, status: root.status }))
    }

    /// The root at which the value touches zero without crossing, if it is zero up to rounding.
    fn touching(self, moments: &Moments) -> Option<LogRoot> {
        moments.are_balanced().then(|| LogRoot {
            log_rate: self.middle(),
            iterations: 0,
            status: RootStatus::Tangent,
        })
    }
}

fn too_close(log_rate: f64) -> Error {
    Error::new(
        ErrorCode::SolveNotConverged,
        format!(
            "near the rate {} the cash flows cancel so closely that their roots cannot be distinguished",
            wherewithal_math::exp_m1(log_rate)
        ),
    )
}
