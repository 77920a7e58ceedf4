//! People, and events in their lives.

use wherewithal_reference::mortality::Sex;

use wherewithal_base::wire::Wire;

/// A person of a plan.
#[derive(Debug, Clone, Wire)]
pub struct RetirementPerson {
    /// The person's unique name; 1 to 100 characters.
    pub name: String,

    /// Year of birth; the age in the first year of the plan must be 0 to 120.
    pub birth_year: u32,

    /// Age at which the person retires: the first year without salary. 0 to 120; it may lie in the past.
    #[wire(range = 0..=120)]
    pub retirement_age: u32,

    /// The lifetime of the person.
    pub mortality: RetirementMortality,
}

/// The lifetime of a person.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum RetirementMortality {
    /// To the same age in every path.
    FixedAge {
        /// The age in the last year of life, of which the whole year counts; from the age in the first year of the plan
        /// to 120.
        #[wire(range = 0..=120)]
        age: u32,
    },
    /// To an age drawn for each path from the period life table of the Social Security Administration (see
    /// `mortality.survival`). The lives of two people are independent. The age in the first year of the plan is at most
    /// 119.
    Table {
        /// The part of the table that applies.
        sex: Sex,
        /// Multiplies the probability of death at every age but the last: below 1 for a healthier life than the
        /// table's; from 0.01 to 100.
        #[wire(default = one, range = 0.01..=100)]
        multiplier: f64,
    },
}

fn one() -> f64 {
    1.0
}

/// A year of a plan.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum RetirementMoment {
    /// A calendar year.
    Year {
        /// The year, 1900 to 2400.
        #[wire(range = 1900..=2400)]
        year: u32,
    },
    /// The year in which a person reaches an age.
    Age {
        /// The person's name.
        person: String,
        /// The age, 0 to 150.
        #[wire(range = 0..=150)]
        age: u32,
    },
    /// The year in which a person reaches the retirement age.
    Retirement {
        /// The person's name.
        person: String,
    },
}
