//! The level payment and a month's interest, each rounded once from its exact value.

use num_bigint::BigUint;

use super::loan::MonthlyRate;
use crate::{Error, ErrorCode, Result, num::Rounding};

/// The payment that repays `principal` in `months` equal parts, in minor units.
///
/// The exact value is the fraction P i (1+i)^n / ((1+i)^n - 1), here with i as a fraction of whole numbers and
/// whole numbers as long as it takes, so that rounding sees the true remainder and a tie is a tie.
pub(super) fn level_payment(
    principal: i64,
    rate: MonthlyRate,
    months: u32,
    rounding: Rounding,
) -> Result<i64> {
    let principal = principal.unsigned_abs();
    if rate.numerator == 0 {
        return minor_units(rounded_quotient(principal.into(), months.into(), rounding));
    }
    let growth = BigUint::from(rate.denominator + rate.numerator).pow(months);
    let unit = BigUint::from(rate.denominator).pow(months);
    let denominator = (&growth - unit) * rate.denominator;
    let numerator = growth * principal * rate.numerator;
    let quotient = &numerator / &denominator;
    let remainder = numerator - &quotient * &denominator;
    let quotient = u64::try_from(quotient).map_err(|_| out_of_range())?;
    let half = (remainder.clone() * 2_u32).cmp(&denominator);
    let exact = remainder == BigUint::ZERO;
    minor_units(u128::from(quotient) + u128::from(rounds_up(quotient.into(), exact, half, rounding)))
}

/// A month's interest on `balance`, in minor units.
pub(super) fn interest(balance: i64, rate: MonthlyRate, rounding: Rounding) -> Result<i64> {
    let product = u128::from(balance.unsigned_abs()) * u128::from(rate.numerator);
    minor_units(rounded_quotient(product, rate.denominator, rounding))
}

/// `dividend` / `divisor`, rounded to a whole number. The divisor is not zero.
fn rounded_quotient(dividend: u128, divisor: u64, rounding: Rounding) -> u128 {
    // Nearly every balance fits into 64 bits, where division is several times faster.
    let (quotient, remainder) = match u64::try_from(dividend) {
        Ok(dividend) => (u128::from(dividend / divisor), dividend % divisor),
        Err(_) => (dividend / u128::from(divisor), (dividend % u128::from(divisor)) as u64),
    };
    let half = (u128::from(remainder) * 2).cmp(&u128::from(divisor));
    quotient + u128::from(rounds_up(quotient, remainder == 0, half, rounding))
}

fn rounds_up(quotient: u128, exact: bool, half: std::cmp::Ordering, rounding: Rounding) -> bool {
    match rounding {
        Rounding::HalfEven => half.is_gt() || (half.is_eq() && quotient % 2 == 1),
        Rounding::HalfUp => half.is_ge(),
        Rounding::Down => false,
        Rounding::Up => !exact,
    }
}

fn minor_units(value: u128) -> Result<i64> {
    i64::try_from(value).map_err(|_| out_of_range())
}

fn out_of_range() -> Error {
    Error::new(ErrorCode::LoanPrincipalOutOfRange, "the payment is above 9.2 × 10^18 minor units")
        .at("principal")
}
