//! The rate of a month, by the rule of a debt.

use num_bigint::BigUint;

use super::input::DebtInterest;
use crate::{
    loan::annual_rate,
    rate_fraction::RateFraction,
    schedule::accrual::{PERIODIC_RATE_ONE, too_large},
};
use wherewithal_base::{Result, num::Decimal};

/// The days of a year for interest by the day.
const DAYS_OF_YEAR: u64 = 365;
/// The fewest days from a day of the month to that of the next.
const FEWEST_DAYS: i32 = 28;

/// The rates of the months at one annual rate.
pub(super) struct MonthRates {
    /// The rates of months of 28 to 31 days.
    by_days: [RateFraction; 4],
}

impl MonthRates {
    pub(super) fn new(interest: DebtInterest, annual: Decimal) -> Result<Self> {
        let annual = annual_rate(annual)?;
        let of_days = |days: u32| match interest {
            DebtInterest::Monthly => Ok(annual.divided_by(12)),
            DebtInterest::Daily => {
                let day = annual.divided_by(DAYS_OF_YEAR);
                Ok(RateFraction::reduced(day.numerator * u64::from(days), day.denominator))
            }
            DebtInterest::DailyCompounded => compounded(annual, days),
        };
        Ok(Self { by_days: [of_days(28)?, of_days(29)?, of_days(30)?, of_days(31)?] })
    }

    /// The rate of a month of so many days.
    pub(super) fn of(&self, days: i32) -> RateFraction {
        let [shortest, .., longest] = &self.by_days;
        let index = usize::try_from(days - FEWEST_DAYS);
        *index.map_or(shortest, |index| self.by_days.get(index).unwrap_or(longest))
    }
}

/// (1 + r/365)^days - 1, rounded half to even to 18 places from its exact value.
fn compounded(annual: RateFraction, days: u32) -> Result<RateFraction> {
    let year = BigUint::from(annual.denominator) * DAYS_OF_YEAR;
    let base = year.pow(days);
    let growth = (&year + annual.numerator).pow(days) - &base;
    let scaled = growth * PERIODIC_RATE_ONE;
    let mut units = &scaled / &base;
    let twice_the_rest = (scaled - &units * &base) * 2_u32;
    if twice_the_rest > base || (twice_the_rest == base && units.bit(0)) {
        units += 1_u32;
    }
    let numerator = u64::try_from(units).map_err(|_| too_large())?;
    Ok(RateFraction::reduced(numerator, PERIODIC_RATE_ONE))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Python's `decimal` at 60 digits: (1 + Decimal("0.2399") / 365) ** days - 1, to 18 places.
    #[test]
    fn a_month_has_the_interest_of_its_days() {
        let rates = |interest| MonthRates::new(interest, "0.2399".parse().unwrap()).unwrap();
        let is = |rate: RateFraction, expected: f64| {
            (rate.numerator as f64 / rate.denominator as f64 - expected).abs() < 1e-16
        };
        let compounded = rates(DebtInterest::DailyCompounded);
        for (days, expected) in [(28, 0.01856751428443221), (31, 0.020577226500333393)] {
            assert!(is(compounded.of(days), expected));
            assert!(is(rates(DebtInterest::Daily).of(days), 0.2399 * f64::from(days) / 365.0));
            assert!(is(rates(DebtInterest::Monthly).of(days), 0.2399 / 12.0));
        }
    }
}
