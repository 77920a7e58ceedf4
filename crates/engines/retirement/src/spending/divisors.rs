//! Divisors by age.

use super::{DistributionDivisor, check};
use wherewithal_base::{Error, ErrorCode, Result, error::At as _};
use wherewithal_reference::required_distribution::distribution_divisor;

/// From this age on the published table has one divisor.
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
            return Err(invalid("there is no divisor"));
        };
        if divisors.len() > check::MAX_AGE as usize {
            return Err(invalid(format!("{} divisors were given; there may be at most 150", divisors.len())));
        }
        for (index, (divisor, age)) in divisors.iter().zip(first.age..).enumerate() {
            check::age(divisor.age, 0, "age").at_index("divisors", index)?;
            check::within(divisor.divisor, 1.0, 200.0, ErrorCode::SpendingDivisorsInvalid, "divisor")
                .at_index("divisors", index)?;
            if divisor.age != age {
                let message =
                    format!("the divisor is of age {}; it must be of age {age}, without a gap", divisor.age);
                return Err(Error::new(ErrorCode::SpendingDivisorsInvalid, message)
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

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorCode::SpendingDivisorsInvalid, message).at("divisors")
}
