//! Minimum distributions.

use super::super::RetirementRequiredDistributions;
use crate::DistributionDivisor;
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_reference::required_distribution::{distribution_divisor, first_distribution_age};

/// The minimum distributions of traditional accounts.
#[derive(Debug, Clone)]
pub(in super::super) enum RequiredDistributions {
    UnitedStates,
    Divisors { start_age: u32, first_age: u32, divisors: Vec<f64> },
}

impl RequiredDistributions {
    pub(super) fn new(given: &RetirementRequiredDistributions) -> Result<Self> {
        match given {
            RetirementRequiredDistributions::UnitedStates => Ok(Self::UnitedStates),
            RetirementRequiredDistributions::Divisors { start_age, divisors } => {
                Self::by_divisors(*start_age, divisors)
            }
        }
    }

    #[expect(clippy::indexing_slicing, reason = "the list is refused where it is empty")]
    fn by_divisors(start_age: u32, given: &[DistributionDivisor]) -> Result<Self> {
        limits::age(start_age, 0, 150).at("startAge")?;
        check::length(given.len(), 1..=150).at("divisors")?;
        let first_age = given[0].age;
        if first_age > start_age {
            let message = format!(
                "the first divisor is for age {first_age}, but distributions start at age {start_age}; add the \
                 divisors between them"
            );
            return Err(Error::new(ErrorCode::AgeOutOfRange, message).at("startAge"));
        }
        let mut divisors = Vec::with_capacity(given.len());
        for ((index, divisor), age) in given.iter().enumerate().zip(first_age..) {
            limits::age(divisor.age, age, age)
                .at("age")
                .and_then(|_| {
                    check::number(divisor.divisor, 1.0..=200.0, ErrorCode::NumberOutOfRange).at("divisor")
                })
                .at_index("divisors", index)?;
            divisors.push(divisor.divisor);
        }
        Ok(Self::Divisors { start_age, first_age, divisors })
    }

    /// The share of the balance at the start of the year that must be paid out to a person of this age, born in
    /// `birth_year`, with a living spouse of `spouse_age`.
    #[expect(
        clippy::expect_used,
        clippy::indexing_slicing,
        reason = "there is a divisor, and none is asked for before the first age"
    )]
    pub(in super::super) fn share(&self, birth_year: u32, age: u32, spouse_age: Option<u32>) -> f64 {
        match self {
            Self::UnitedStates if age >= first_distribution_age(birth_year) => {
                1.0 / distribution_divisor(age, spouse_age).expect("the tables begin before any first age")
            }
            Self::Divisors { start_age, first_age, divisors } if age >= *start_age => {
                // The last divisor applies to all later ages.
                let index = (age - first_age) as usize;
                1.0 / divisors[index.min(divisors.len() - 1)]
            }
            Self::UnitedStates | Self::Divisors { .. } => 0.0,
        }
    }
}
