//! Interest accrual: exact fractions of a balance, rounded once.

use num_bigint::BigUint;

use super::agreement::InterestAccrual;
use crate::{
    loan,
    payment::rounded_quotient,
    rate_fraction::{RateFraction, greatest_common_divisor},
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::{Date, DayCount, Frequency},
    error::At,
    num::{Decimal, Rounding},
    rates::Compounding,
};

/// The decimal places of a periodic rate that compounding makes irrational.
const PERIODIC_RATE_PLACES: u32 = 18;
/// One, in units of the last of those places.
pub(crate) const PERIODIC_RATE_ONE: u64 = 10_u64.pow(PERIODIC_RATE_PLACES);

/// How interest accrues at one annual rate.
///
/// Interest is a whole number of parts of the balance, with `denominator` parts to the whole, so that the interest of
/// several balances and times adds up exactly and is rounded once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Accrual {
    pub(crate) annual_rate: Decimal,
    pub(crate) day_count: DayCount,
    /// The annual rate as a reduced fraction.
    annual: RateFraction,
    /// The rate of a regular period; `None` if interest accrues by the day.
    regular: Option<RateFraction>,
    denominator: u64,
}

impl Accrual {
    pub(crate) fn new(kind: InterestAccrual, annual_rate: Decimal, frequency: Frequency) -> Result<Self> {
        let annual = loan::annual_rate(annual_rate).at("annualRate")?;
        let per_year = u64::from(frequency.per_year());
        let accrual = |day_count: DayCount, regular, time_denominator: u64| Self {
            annual_rate,
            day_count,
            annual,
            regular,
            denominator: annual.denominator * time_denominator,
        };
        let (compounding, odd_days) = match kind {
            InterestAccrual::Daily { day_count } => {
                // Every day is a whole number of parts, so that the interest of any days adds up exactly.
                return Ok(accrual(day_count, None, day_count.denominator()));
            }
            InterestAccrual::Periodic { compounding, odd_days } => (compounding, odd_days),
            InterestAccrual::Flat { odd_days, .. } => (None, odd_days),
        };
        let compounded = compounding.map(|compounding| compounding_periods(compounding).at("accrual"));
        match compounded.transpose()? {
            Some(periods) if periods != per_year => {
                let regular = compounded_rate(annual, periods, per_year)?;
                let fixed = accrual(odd_days, Some(regular), 1);
                Ok(Self { denominator: PERIODIC_RATE_ONE, ..fixed })
            }
            _ => {
                let basis = odd_days.denominator();
                // The least common multiple: both a period and a day are then whole numbers of parts.
                let time = basis / greatest_common_divisor(basis, per_year) * per_year;
                Ok(accrual(odd_days, Some(annual.divided_by(per_year)), time))
            }
        }
    }

    /// The least common multiple of a number and the denominator.
    pub(crate) fn common_denominator(&self, other: u64) -> u64 {
        // Rates have at most twelve decimal places, so the multiple is that of a rate of twelve places.
        self.denominator / greatest_common_divisor(self.denominator, other) * other
    }

    /// The same interest in other parts, `denominator` to the whole.
    pub(crate) fn with_denominator(&self, denominator: u64) -> Self {
        Self { denominator, ..*self }
    }

    /// The interest of a regular period as a fraction of the balance; `None` if interest accrues by the day.
    pub(crate) fn regular(&self) -> Option<RateFraction> {
        self.regular
    }

    /// The interest of a regular period in parts of the balance; zero if interest accrues by the day.
    pub(crate) fn period_parts(&self) -> u128 {
        let parts = |rate: RateFraction| {
            u128::from(rate.numerator) * u128::from(self.denominator / rate.denominator.max(1))
        };
        self.regular.map_or(0, parts)
    }

    /// The interest of the days from `start` to `end` in parts of the balance.
    pub(crate) fn day_parts(&self, start: Date, end: Date) -> u128 {
        let numerator = u128::from(self.annual.numerator) * u128::from(self.day_count.numerator(start, end));
        let denominator = u128::from(self.annual.denominator) * u128::from(self.day_count.denominator());
        let denominator_here = u128::from(self.denominator);
        if denominator_here.is_multiple_of(denominator) {
            return numerator * (denominator_here / denominator);
        }
        // Below 10^14 × 10^7 × 10^18 × 2 for any two dates.
        (numerator * denominator_here * 2 + denominator) / (denominator * 2)
    }

    /// Converts parts of balances to interest in minor units, rounded.
    pub(crate) fn interest(&self, parts: u128, rounding: Rounding) -> Result<i64> {
        i64::try_from(rounded_quotient(parts, self.denominator, rounding)).map_err(|_| too_large())
    }

    /// Converts parts of one unit to a decimal with as many places as fit.
    pub(crate) fn decimal(&self, parts: u128) -> Result<Decimal> {
        let denominator = u128::from(self.denominator);
        let whole = i128::try_from(parts / denominator).map_err(|_| too_large())?;
        // The remainder is below the denominator, so it fits into 64 bits.
        let rest = Decimal::from((parts % denominator) as u64).divided_by(Decimal::from(self.denominator))?;
        Decimal::from_i128(whole, 0)?.plus(rest)
    }
}

/// `balance` × `parts`.
pub(crate) fn cost(balance: i64, parts: u128) -> Result<u128> {
    u128::from(balance.max(0).unsigned_abs()).checked_mul(parts).ok_or_else(too_large)
}

fn compounding_periods(compounding: Compounding) -> Result<u64> {
    compounding.periods_per_year().map(u64::from).ok_or_else(|| {
        let message = "the interest of a loan must compound a fixed number of times a year; use annual, semiannual, \
            quarterly, monthly, semimonthly, biweekly, weekly or daily compounding, or accrual by the day for simple interest";
        Error::new(ErrorCode::CompoundingUnsupported, message).at("compounding")
    })
}

/// (1 + r/c)^(c/p) - 1 for a nominal rate r that compounds c times a year, and p payments a year; rounded half to even
/// to 18 places from its exact value.
fn compounded_rate(annual: RateFraction, compounded: u64, per_year: u64) -> Result<RateFraction> {
    // In lowest terms, so that the powers stay as small as possible.
    let common = greatest_common_divisor(compounded, per_year);
    let (power, root) = ((compounded / common) as u32, (per_year / common) as u32);
    let base = BigUint::from(annual.denominator) * compounded;
    let growth = (&base + annual.numerator).pow(power);
    let base = base.pow(power);
    // The largest whole number of units whose power does not exceed the growth.
    let scaled = &growth * BigUint::from(PERIODIC_RATE_ONE).pow(root) / &base;
    let mut units = scaled.nth_root(root);
    // Half a unit more, compared exactly: (2 u + 1)^root / (2 × 10^18)^root against growth / base.
    let half = (&units * 2_u32 + 1_u32).pow(root) * &base;
    let bound = growth * (BigUint::from(PERIODIC_RATE_ONE) * 2_u32).pow(root);
    if half < bound || (half == bound && units.bit(0)) {
        units += 1_u32;
    }
    let rate = units - BigUint::from(PERIODIC_RATE_ONE);
    let numerator = u64::try_from(rate).map_err(|_| too_large())?;
    Ok(RateFraction::reduced(numerator, PERIODIC_RATE_ONE))
}

pub(crate) fn too_large() -> Error {
    Error::new(ErrorCode::ResultTooLarge, "an amount of the schedule is above 9.2 × 10^18 minor units")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Python 3.11's `decimal` at 80 digits: (1 + r/c) ** (c/p) - 1, quantized to 18 places.
    #[test]
    fn a_compounded_rate_is_right_to_the_last_place() {
        let cases = [
            ("0.06", Compounding::Semiannual, Frequency::Monthly, "0.004938622031196978"),
            ("0.05", Compounding::Semiannual, Frequency::Biweekly, "0.001901236800867836"),
            ("0.0725", Compounding::Semiannual, Frequency::Weekly, "0.001370493171194568"),
            ("0.0479", Compounding::Annual, Frequency::Monthly, "0.003906624499839989"),
            ("0.065", Compounding::Daily, Frequency::Monthly, "0.005430878461379493"),
            ("0.0525", Compounding::Monthly, Frequency::Biweekly, "0.002016857669803491"),
            ("0.12", Compounding::Quarterly, Frequency::Semimonthly, "0.004938622031196978"),
            ("9.99", Compounding::Semiannual, Frequency::Monthly, "0.347818866479111924"),
        ];
        for (rate, compounding, frequency, expected) in cases {
            let kind =
                InterestAccrual::Periodic { compounding: Some(compounding), odd_days: DayCount::default() };
            let accrual = Accrual::new(kind, rate.parse().unwrap(), frequency).unwrap();
            let found = accrual.decimal(accrual.period_parts()).unwrap();
            assert_eq!(found, expected.parse().unwrap(), "{rate} {compounding:?} {frequency:?}");
        }
    }
}
