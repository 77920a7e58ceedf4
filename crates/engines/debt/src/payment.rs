//! The level payment and a month's interest, each rounded once from its exact value.

use num_bigint::BigUint;

use super::rate_fraction::RateFraction;
use wherewithal_base::{
    Error, ErrorCode, Result,
    num::{Decimal, Rounding},
};
use wherewithal_math::powi;

/// A bound on the error of the 28-digit power (1 + i)^-n, doubled for the rest of the formula: each of at most 5200
/// factors has an error below 3 × 10^-28, and so has each product.
const POWER_ERROR_DIGITS: u32 = 23;

/// The payment that repays `principal` in `months` equal parts, in minor units: P i / (1 - (1 + i)^-n), rounded once
/// from its exact value.
///
/// Doubles decide nearly every loan, and decimals of 28 digits nearly all of the rest. If their error could change the
/// rounding, as near a tie, integers of unlimited length decide.
pub(crate) fn level_payment(
    principal: i64,
    rate: RateFraction,
    months: u32,
    rounding: Rounding,
) -> Result<i64> {
    if rate.numerator == 0 {
        return minor_units(rounded_quotient(principal.unsigned_abs().into(), months.into(), rounding));
    }
    if let Some(payment) = quick_payment(principal, rate, months, rounding) {
        return Ok(payment);
    }
    match estimated_payment(principal, rate, months, rounding)? {
        Some(payment) => Ok(payment),
        None => exact_payment(principal, rate, months, rounding),
    }
}

/// The level payment P i / (1 - v^n) with v = 1 / (1 + i) in doubles, or `None` if their error could change the
/// rounding.
///
/// With u = 2^-53: i is within u of its value, v within 3 u, and v^n by repeated squaring within 5 n u, to first order;
/// so is 1 - v^n within u + 5 n u v^n / (1 - v^n), and three more operations give the payment. The bound used here is
/// more than twice that.
fn quick_payment(principal: i64, rate: RateFraction, months: u32, rounding: Rounding) -> Option<i64> {
    const UNIT: f64 = f64::EPSILON / 2.0;
    /// Up to this size, whole numbers and halves are exact in a double.
    const LARGEST: f64 = 2_251_799_813_685_248.0;

    if principal.unsigned_abs() >= 1 << 51 || rate.numerator >= 1 << 53 || rate.denominator >= 1 << 53 {
        return None;
    }
    let i = rate.numerator as f64 / rate.denominator as f64;
    let principal = principal as f64;
    // A power of a number below one cannot overflow.
    let discount = powi(1.0 / (1.0 + i), months.cast_signed());
    let repaid = 1.0 - discount;
    let payment = principal * i / repaid;
    let share = 10.0 + 12.0 * f64::from(months) * discount / repaid;
    let error = payment * UNIT * share;
    // Written so that NaN fails too.
    if !(payment < LARGEST && error < 0.25) {
        return None;
    }
    let nearest = payment.round_ties_even();
    let beyond = payment - nearest;
    let is_clear = match rounding {
        Rounding::HalfEven | Rounding::HalfUp => beyond.abs() + error < 0.5,
        Rounding::Down | Rounding::Up => beyond.abs() > error,
    };
    let rounded = match rounding {
        Rounding::HalfEven | Rounding::HalfUp => nearest,
        Rounding::Down => payment.floor(),
        Rounding::Up => payment.ceil(),
    };
    is_clear.then_some(rounded as i64)
}

/// The payment by 28-digit decimals; `None` if their error bound allows two answers.
fn estimated_payment(
    principal: i64,
    rate: RateFraction,
    months: u32,
    rounding: Rounding,
) -> Result<Option<i64>> {
    let (interest, repaid) = annuity(rate, months)?;
    // The rate is too small for 28 digits.
    if repaid.is_zero() {
        return Ok(None);
    }
    let payment = Decimal::from(principal).times(interest)?.divided_by(repaid)?;
    // Dividing by a small `repaid` magnifies the error of the power. The error of i, at most 10^-28 / i, is smaller,
    // because 1 - (1 + i)^-n is at most n i.
    let error =
        payment.plus(Decimal::ONE)?.times(Decimal::new(2, POWER_ERROR_DIGITS)?)?.divided_by(repaid)?;
    // If both ends of the error interval round to the same amount, so does the exact payment between them.
    let low = payment.minus(error)?.round(0, rounding);
    let high = payment.plus(error)?.round(0, rounding);
    if low != high {
        return Ok(None);
    }
    i64::try_from(low.mantissa()).map(Some).map_err(|_| out_of_range())
}

/// The level payment before rounding, to about 20 digits.
pub(crate) fn unrounded_level_payment(principal: i64, rate: RateFraction, months: u32) -> Result<Decimal> {
    let (interest, repaid) = annuity(rate, months)?;
    let principal = Decimal::from(principal);
    // Without a rate, or with one that is too small for 28 digits, each payment repays an equal part.
    if repaid.is_zero() {
        return principal.divided_by(Decimal::from(months));
    }
    principal.times(interest)?.divided_by(repaid)
}

/// i and 1 - (1 + i)^-n.
fn annuity(rate: RateFraction, months: u32) -> Result<(Decimal, Decimal)> {
    let interest = Decimal::from(rate.numerator).divided_by(Decimal::from(rate.denominator))?;
    let discount = Decimal::ONE.divided_by(Decimal::ONE.plus(interest)?)?;
    Ok((interest, Decimal::ONE.minus(power(discount, months)?)?))
}

/// `base` to the power `exponent`, for a base from 0 to 1.
fn power(base: Decimal, exponent: u32) -> Result<Decimal> {
    let mut result = Decimal::ONE;
    let (mut square, mut rest) = (base, exponent);
    while rest > 0 {
        if rest % 2 == 1 {
            result = result.times(square)?;
        }
        square = square.times(square)?;
        rest /= 2;
    }
    Ok(result)
}

/// The payment as the fraction P i (1 + i)^n / ((1 + i)^n - 1) of integers, so that rounding sees the exact remainder
/// and recognises a tie.
fn exact_payment(principal: i64, rate: RateFraction, months: u32, rounding: Rounding) -> Result<i64> {
    let growth = BigUint::from(rate.denominator + rate.numerator).pow(months);
    let unit = BigUint::from(rate.denominator).pow(months);
    let denominator = (&growth - unit) * rate.denominator;
    let numerator = growth * principal.unsigned_abs() * rate.numerator;
    let quotient = &numerator / &denominator;
    let remainder = numerator - &quotient * &denominator;
    let quotient = u64::try_from(quotient).map_err(|_| out_of_range())?;
    let half = (remainder.clone() * 2_u32).cmp(&denominator);
    let exact = remainder == BigUint::ZERO;
    minor_units(u128::from(quotient) + u128::from(rounds_up(quotient.into(), exact, half, rounding)))
}

/// A month's interest on `balance`, in minor units.
pub(crate) fn interest(balance: i64, rate: RateFraction, rounding: Rounding) -> Result<i64> {
    let product = u128::from(balance.unsigned_abs()) * u128::from(rate.numerator);
    minor_units(rounded_quotient(product, rate.denominator, rounding))
}

/// `dividend` / `divisor`, rounded to a whole number. The divisor is not zero.
pub(crate) fn rounded_quotient(dividend: u128, divisor: u64, rounding: Rounding) -> u128 {
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
    Error::new(ErrorCode::AmountOutOfRange, "the payment is above 9.2 × 10^18 minor units").at("principal")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POLICIES: [Rounding; 4] = [Rounding::HalfEven, Rounding::HalfUp, Rounding::Down, Rounding::Up];

    proptest! {
        #[test]
        fn where_an_estimate_answers_it_is_exact(
            principal in prop_oneof![1_i64..1_000_000, 1_i64..1_000_000_000_000_000_000],
            numerator in prop_oneof![1_u64..1000, 1_u64..10_000_000_000_000],
            places in 0_u32..=12,
            months in 1_u32..=5200,
        ) {
            let denominator = 12 * 10_u64.pow(places);
            // At most 1000 % a year.
            let rate = RateFraction { numerator: 1 + numerator % (10 * denominator / 12), denominator };
            for rounding in POLICIES {
                let exact = exact_payment(principal, rate, months, rounding).unwrap();
                if let Some(payment) = estimated_payment(principal, rate, months, rounding).unwrap() {
                    prop_assert_eq!(payment, exact);
                }
                if let Some(payment) = quick_payment(principal, rate, months, rounding) {
                    prop_assert_eq!(payment, exact);
                }
            }
        }

        #[test]
        fn the_estimate_answers_for_ordinary_loans(
            principal in 100_000_i64..10_000_000_000,
            basis_points in 1_u64..3000,
            months in 2_u32..=480,
        ) {
            let rate = RateFraction { numerator: basis_points, denominator: 120_000 };
            let estimate = estimated_payment(principal, rate, months, Rounding::HalfEven).unwrap();
            // Only a tie or a difference beyond the error bound is left to whole numbers.
            prop_assert!(estimate.is_some() || months <= 12);
        }
    }

    #[test]
    fn ties_are_left_to_whole_numbers_and_follow_the_policy() {
        // 191275 × 0.02 × 1.02^3 / (1.02^3 - 1) is exactly 66325.5; three times as much is 198976.5.
        let rate = RateFraction { numerator: 1, denominator: 50 };
        for (principal, expected) in
            [(191_275, [66_326, 66_326, 66_325, 66_326]), (573_825, [198_976, 198_977, 198_976, 198_977])]
        {
            for (rounding, expected) in POLICIES.into_iter().zip(expected) {
                let estimate = estimated_payment(principal, rate, 3, rounding).unwrap();
                assert!(estimate.is_none_or(|estimate| estimate == expected));
                assert_eq!(level_payment(principal, rate, 3, rounding).unwrap(), expected, "{rounding:?}");
            }
        }
    }
}
