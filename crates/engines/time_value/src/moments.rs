//! The values of receipts and payments and their mean times, and the step towards the rate that balances them.

use wherewithal_math::branch_free::ln_ratio;

/// Sums over flows of value, value times time and value times squared time: signed, and of absolute values.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Moments {
    pub(super) value: f64,
    pub(super) time: f64,
    pub(super) square: f64,
    pub(super) gross: f64,
    pub(super) gross_time: f64,
    pub(super) gross_square: f64,
}

impl Moments {
    /// An estimate of the change of the log rate that balances receipts and payments.
    ///
    /// With R the value of the receipts and P that of the payments, ln(R/P) is nearly linear in the log rate: its slope
    /// is minus the distance between their mean times, and its curvature the difference of the variances of their
    /// times. This is Halley's step on it, or Newton's where the curvature is too large. From a rate of zero, it is the
    /// logarithm of the ratio of receipts to payments divided by the distance of their mean dates.
    ///
    /// Not finite if receipts or payments are missing or their mean times coincide.
    #[inline(always)]
    pub(super) fn balancing_step(&self) -> f64 {
        self.balance().step()
    }

    #[inline(always)]
    fn balance(&self) -> Balance {
        let (receipts, payments) = self.sides();
        let (per_receipt, per_payment) = (1.0 / receipts.value, 1.0 / payments.value);
        let ratio = receipts.value * per_payment;
        let log_ratio = ln_ratio(ratio, self.value, self.gross);
        let (received, paid) = (receipts.time * per_receipt, payments.time * per_payment);
        let per_distance = 1.0 / (received - paid);
        // The slope of the log ratio is minus the distance of the mean times.
        let newton = log_ratio * per_distance;
        let received_variance = receipts.square * per_receipt - received * received;
        let paid_variance = payments.square * per_payment - paid * paid;
        Balance {
            newton: if (f64::MIN_POSITIVE..=f64::MAX).contains(&ratio) { newton } else { f64::NAN },
            bend: 0.5 * newton * (received_variance - paid_variance) * per_distance,
            per_distance,
            received: Spread { per_value: per_receipt, mean: received, variance: received_variance },
            paid: Spread { per_value: per_payment, mean: paid, variance: paid_variance },
        }
    }

    /// The mean time of the receipts less that of the payments.
    pub(super) fn distance_of_means(&self) -> f64 {
        let (receipts, payments) = self.sides();
        receipts.mean() - payments.mean()
    }

    /// Whether receipts and payments are equal up to rounding.
    pub(super) fn are_balanced(&self) -> bool {
        self.value.abs() <= 1e-12 * self.gross
    }

    /// Adds flows of one sign with a total value, a mean time and a variance of times.
    #[inline(always)]
    pub(super) fn add(&mut self, value: f64, mean: f64, variance: f64) {
        let square = mean * mean + variance;
        self.value += value;
        self.time += value * mean;
        self.square += value * square;
        self.gross += value.abs();
        self.gross_time += value.abs() * mean;
        self.gross_square += value.abs() * square;
    }

    #[inline(always)]
    fn sides(&self) -> (Side, Side) {
        let receipts = Side {
            value: 0.5 * (self.gross + self.value),
            time: 0.5 * (self.gross_time + self.time),
            square: 0.5 * (self.gross_square + self.square),
        };
        let payments = Side {
            value: 0.5 * (self.gross - self.value),
            time: 0.5 * (self.gross_time - self.time),
            square: 0.5 * (self.gross_square - self.square),
        };
        (receipts, payments)
    }
}

/// The moments of flows at a log rate of zero, including those of the third power of time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StartingMoments {
    pub(super) moments: Moments,
    pub(super) cube: f64,
    pub(super) gross_cube: f64,
}

impl StartingMoments {
    /// The first step, from a log rate of zero.
    ///
    /// Householder's step of third order if it is near that of [`Moments::balancing_step`], otherwise the latter. At
    /// zero no flow is discounted, so that the third moment costs little and often saves a step which costs more.
    #[inline(always)]
    pub(super) fn balancing_step(&self) -> f64 {
        let balance = self.moments.balance();
        let receipts = 0.5 * (self.gross_cube + self.cube);
        let payments = 0.5 * (self.gross_cube - self.cube);
        let skew = balance.received.third_cumulant(receipts) - balance.paid.third_cumulant(payments);
        let newton = balance.newton;
        let twist = newton * newton * skew * balance.per_distance * (1.0 / 6.0);
        let third_order = newton * (1.0 - balance.bend) / (1.0 - 2.0 * balance.bend + twist);
        let step = balance.step();
        if (third_order - step).abs() <= 0.5 * step.abs() { third_order } else { step }
    }
}

/// The imbalance of receipts and payments.
struct Balance {
    /// Newton's step of the log rate; NaN if the ratio of the two is not a normal number.
    newton: f64,
    /// The contribution of curvature, relative to the step.
    bend: f64,
    /// One over the distance of the mean times.
    per_distance: f64,
    received: Spread,
    paid: Spread,
}

impl Balance {
    #[inline(always)]
    fn step(&self) -> f64 {
        // The limit keeps Halley's step between two thirds and twice Newton's.
        if self.bend.abs() < 0.5 { self.newton / (1.0 - self.bend) } else { self.newton }
    }
}

/// The distribution of the times of receipts or of payments, weighted by value.
struct Spread {
    /// One over their total value.
    per_value: f64,
    mean: f64,
    variance: f64,
}

impl Spread {
    /// The third cumulant of the times; `cube` is the sum of their third powers, weighted by value.
    #[inline(always)]
    fn third_cumulant(&self, cube: f64) -> f64 {
        cube * self.per_value - self.mean * (3.0 * self.variance + self.mean * self.mean)
    }
}

/// The moments of the receipts or of the payments.
struct Side {
    value: f64,
    time: f64,
    square: f64,
}

impl Side {
    #[inline(always)]
    fn mean(&self) -> f64 {
        self.time / self.value
    }
}

/// The range of log rates (the logarithm of one plus the rate): below it, the rate rounds to -100 %; above it, it
/// overflows.
pub(super) const LOG_RATES: (f64, f64) = (-36.0, 709.0);

/// The method converges cubically, so after a step this small (relative to the span) the error is below rounding.
pub(super) const SETTLED: f64 = 1e-5;

/// The most steps before the search gives up.
pub(super) const MAX_STEPS: u32 = 30;

/// Iterates from a log rate of zero, with `first` as the first step, until the steps are small: the log rate, and how
/// many times the moments were computed.
///
/// `None` if the log rate leaves the range from `lower` to `upper` or the steps do not become small; the caller then
/// searches in a bracket.
pub(super) fn settle(
    first: f64,
    span: f64,
    (lower, upper): (f64, f64),
    mut moments: impl FnMut(f64) -> Option<Moments>,
) -> Option<(f64, u32)> {
    let mut x = 0.0;
    let mut step = first;
    for steps in 1..=MAX_STEPS {
        x += step;
        // A step of NaN is in no range.
        if !(lower..=upper).contains(&x) {
            return None;
        }
        if (step * span).abs() <= SETTLED {
            return Some((x, steps));
        }
        step = moments(x)?.balancing_step();
    }
    None
}
