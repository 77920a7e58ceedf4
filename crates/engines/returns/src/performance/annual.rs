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

    /// The return a year of the return of the whole time, if it is asked for.
    pub(super) fn of(&self, whole: Measure) -> Option<Measure> {
        match (self.annualization, whole.value) {
            (Annualization::Never, _) => None,
            (_, None) => Some(whole),
            (Annualization::AYearOrMore, _) if !is_covered(self.years, 1.0) => {
                Some(Measure::undefined(UndefinedReason::UnderOneYear))
            }
            (_, Some(value)) if value <= -1.0 => Some(Measure::of(-1.0)),
            (_, Some(value)) => Some(Measure::of(exp_m1(ln_1p(value) / self.years))),
        }
    }
}
