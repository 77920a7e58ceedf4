//! Returns of a year.

use wherewithal_math::{exp_m1, is_covered, ln_1p};
use wherewithal_risk::{Measure, UndefinedReason};

use super::Annualization;

/// How the return of the whole time becomes one of a year, and whether it is stated.
pub(super) struct Annual {
    annualization: Annualization,
    years: f64,
}

impl Annual {
    pub(super) fn new(annualization: Annualization, years: f64) -> Self {
        Self { annualization, years }
    }

    pub(super) fn years(&self) -> f64 {
        self.years
    }

    /// The return a year of the return of the whole time.
    pub(super) fn of(&self, whole: Measure) -> Option<Measure> {
        let rate = match (whole.value, whole.reason) {
            (Some(value), _) if value <= -1.0 => Ok(-1.0),
            (Some(value), _) => Ok(exp_m1(ln_1p(value) / self.years)),
            (None, reason) => Err(reason.unwrap_or(UndefinedReason::NoCapital)),
        };
        self.stated(rate)
    }

    /// A rate a year, if it is asked for.
    pub(super) fn stated(&self, rate: Result<f64, UndefinedReason>) -> Option<Measure> {
        let rate = match rate {
            Ok(rate) => rate,
            Err(reason) => return self.undefined(reason),
        };
        match self.annualization {
            Annualization::Never => None,
            Annualization::AYearOrMore if !is_covered(self.years, 1.0) => {
                Some(Measure::undefined(UndefinedReason::UnderOneYear))
            }
            Annualization::AYearOrMore | Annualization::Always => Some(Measure::of(rate)),
        }
    }

    /// No rate, for a reason, if one is asked for.
    pub(super) fn undefined(&self, reason: UndefinedReason) -> Option<Measure> {
        (self.annualization != Annualization::Never).then(|| Measure::undefined(reason))
    }
}
