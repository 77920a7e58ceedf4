//! What a measure is: a value, or the reason why it has none.

use wherewithal_base::wire::Wire;

/// A measure of a series: a value, or the reason why it is undefined.
///
/// ```
/// # use wherewithal_risk::wherewithal;
/// use wherewithal::risk::{Measure, UndefinedReason};
///
/// let nothing_varies = Measure::undefined(UndefinedReason::NoDeviation);
/// assert_eq!((nothing_varies.value, nothing_varies.reason), (None, Some(UndefinedReason::NoDeviation)));
/// assert_eq!(Measure::of(f64::INFINITY).reason, Some(UndefinedReason::TooLarge));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct Measure {
    /// The value; null if the measure is undefined.
    pub value: Option<f64>,

    /// Why the measure is undefined; left out if it has a value.
    #[wire(omit)]
    pub reason: Option<UndefinedReason>,
}

/// Why a measure is undefined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum UndefinedReason {
    /// There are fewer returns than the definition needs.
    TooFewReturns,
    /// The time is shorter than a year, and the input does not ask for the annual return of a shorter time.
    UnderOneYear,
    /// Nothing varies: the deviation that the measure divides by is zero.
    NoDeviation,
    /// No return lies below the threshold.
    NoDownside,
    /// The series never stands below an earlier value.
    NoDrawdown,
    /// No benchmark is given.
    NoBenchmark,
    /// The benchmark never rises.
    NoBenchmarkRise,
    /// The benchmark never falls.
    NoBenchmarkFall,
    /// What the measure divides by is zero, such as a quantile or a beta.
    ZeroDivisor,
    /// All is lost, or more: there is no compound return.
    TotalLoss,
    /// No money was in, or more was owed than owned.
    NoCapital,
    /// There are several such rates.
    SeveralRates,
    /// There is no such rate.
    NoRate,
    /// The expansion of Cornish and Fisher is no distribution in the tail, because the skewness and the kurtosis are too far
    /// from those of a normal distribution.
    InvalidExpansion,
    /// The value is too large to represent.
    TooLarge,
}

/// A measure on the way: what follows from an undefined one is undefined for the same reason.
pub(crate) type Found = Result<f64, UndefinedReason>;

impl Measure {
    /// A value. One that is not finite is too large to represent.
    #[must_use]
    pub fn of(value: f64) -> Self {
        if value.is_finite() {
            Self { value: Some(value + 0.0), reason: None }
        } else {
            Self::undefined(UndefinedReason::TooLarge)
        }
    }

    /// No value, for a reason.
    #[must_use]
    pub fn undefined(reason: UndefinedReason) -> Self {
        Self { value: None, reason: Some(reason) }
    }
}

impl From<Found> for Measure {
    fn from(found: Found) -> Self {
        found.map_or_else(Self::undefined, Self::of)
    }
}

/// A quotient whose divisor may be zero, for the reason that this has.
pub(crate) fn quotient(dividend: f64, divisor: f64, reason: UndefinedReason) -> Found {
    if divisor == 0.0 { Err(reason) } else { Ok(dividend / divisor) }
}
