//! Divisors by age.

use super::DistributionDivisor;
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_reference::required_distribution::distribution_divisor;

/// From this age on, the published table has a single divisor.
const LAST_PUBLISHED_AGE: u32 = 120;

#[derive(Debug, Clone)]
pub(super) struct Divisors {
    first_age: u32,
    first: f64,
    last: f64,
    by_age: Vec<f64>,
}

impl Divisors {
    pub(super) fn new(divisors: &[DistributionDivisor]) -> Result<Self> {
        let published = uniform_table();
        let divisors = if divisors.is_empty() { published.as_slice() } else { divisors };
        let (Some(first), Some(last)) = (divisors.first(), divisors.last()) else {
            return Err(Error::new(ErrorCode::ListEmpty, "there is no divisor").at("divisors"));
        };
        check::length(divisors.len(), 1..=limits::MAX_TABLE_AGE as usize).at("divisors")?;
        for (index, (divisor, age)) in divisors.iter().zip(first.age..).enumerate() {
            limits::age(divisor.age, 0, limits::MAX_TABLE_AGE).at("age").at_index("divisors", index)?;
            check::number(divisor.divisor, 1.0..=200.0, ErrorCode::NumberOutOfRange)
                .at("divisor")
                .at_index("divisors", index)?;
            if divisor.age != age {
                let message = format!(
                    "the divisor is for age {}; it must be for age {age}, because ages must have no gaps",
                    divisor.age
                );
                return Err(Error::new(ErrorCode::ListIncomplete, message)
                    .at("age")
                    .at_index("divisors", index));
            }
        }
        let by_age = divisors.iter().map(|divisor| divisor.divisor).collect();
        Ok(Self { first_age: first.age, first: first.divisor, last: last.divisor, by_age })
    }

    /// The divisor of an age.
    pub(super) fn at(&self, age: u32) -> f64 {
        match age.checked_sub(self.first_age) {
            Some(index) => self.by_age.get(index as usize).copied().unwrap_or(self.last),
            None => self.first + f64::from(self.first_age - age),
        }
    }
}

/// The Uniform Lifetime Table.
fn uniform_table() -> Vec<DistributionDivisor> {
    let divisor = |age| distribution_divisor(age, None).map(|divisor| DistributionDivisor { age, divisor });
    (0..=LAST_PUBLISHED_AGE).filter_map(divisor).collect()
}
