//! Assumptions that are varied.

use crate::{RetirementChange, RetirementPlan};
use wherewithal_base::{Error, ErrorCode, Result, check, wire::Wire};

/// An assumption of a plan. Its value is a change; 0 leaves the plan unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum VariedAssumption {
    /// Annual return of every asset class: a shift as a fraction (0.01 adds one percentage point).
    ExpectedReturn,
    /// Volatility of every asset class: a relative change (0.1 is 10 % more).
    Volatility,
    /// Mean inflation: a shift as a fraction.
    Inflation,
    /// Living expenses in retirement: a relative change.
    Spending,
    /// Everyone's retirement age: a number of whole years later.
    RetirementAge,
    /// Everyone's age at death: a number of whole years more.
    Longevity,
    /// Contributions: a relative change.
    Savings,
    /// Tax rates: a relative change.
    Taxes,
    /// Social Security benefits: a relative change.
    SocialSecurity,
}

impl VariedAssumption {
    pub(super) const ALL: [Self; 9] = [
        Self::ExpectedReturn,
        Self::Volatility,
        Self::Inflation,
        Self::Spending,
        Self::RetirementAge,
        Self::Longevity,
        Self::Savings,
        Self::Taxes,
        Self::SocialSecurity,
    ];

    /// The default low and high values of a tornado.
    pub(super) fn usual_values(self) -> (f64, f64) {
        match self {
            Self::ExpectedReturn | Self::Inflation => (-0.01, 0.01),
            Self::Volatility => (-0.2, 0.2),
            Self::Spending | Self::Savings | Self::Taxes => (-0.1, 0.1),
            Self::RetirementAge => (-2.0, 2.0),
            Self::Longevity => (-5.0, 5.0),
            Self::SocialSecurity => (-0.25, 0.25),
        }
    }

    /// The changed plan.
    ///
    /// # Errors
    /// Those of the change, without a path: the caller knows the field of the value.
    pub(super) fn changed(self, plan: &RetirementPlan, value: f64) -> Result<RetirementPlan> {
        check::finite(value)?;
        let mut changed = plan.clone();
        // Unchanged to the bit: even a change by 0 may round, or be refused.
        if value != 0.0 {
            self.change(value)
                .and_then(|change| change.apply(&mut changed))
                .map_err(|error| Error::new(error.code(), error.message()))?;
        }
        Ok(changed)
    }

    fn change(self, value: f64) -> Result<RetirementChange> {
        Ok(match self {
            Self::ExpectedReturn => RetirementChange::ExpectedReturn { shift: value },
            Self::Volatility => RetirementChange::Volatility { relative: value },
            Self::Inflation => RetirementChange::Inflation { shift: value },
            Self::Spending => RetirementChange::Spending { relative: value },
            Self::RetirementAge => RetirementChange::RetirementAge { person: None, years: whole(value)? },
            Self::Longevity => RetirementChange::Longevity { person: None, years: whole(value)? },
            Self::Savings => RetirementChange::Savings { relative: value },
            Self::Taxes => RetirementChange::Taxes { relative: value },
            Self::SocialSecurity => RetirementChange::SocialSecurity { relative: value },
        })
    }
}

fn whole(value: f64) -> Result<i32> {
    if value.fract() == 0.0 && value.abs() <= 120.0 {
        return Ok(value as i32);
    }
    let message = format!("{value} is not a whole number of years from -120 to 120");
    Err(Error::new(ErrorCode::TermOutOfRange, message))
}
