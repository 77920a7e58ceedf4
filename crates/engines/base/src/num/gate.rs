//! The one gate between exact decimals and binary floating point.
//!
//! Money becomes an `f64` only for statistics and simulation, and an `f64` becomes money only by rounding to a stated
//! number of places.

use super::{Decimal, Rounding};
use crate::{Error, ErrorCode, Result, check};

/// The powers of ten that an `f64` holds exactly.
const EXACT_POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// The `f64` nearest to a decimal (half to even).
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::num::gate;
///
/// assert_eq!(gate::to_f64("0.1".parse()?), 0.1);
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[must_use]
pub fn to_f64(value: Decimal) -> f64 {
    let nearest = nearest(value.mantissa().unsigned_abs(), value.scale());
    if value.is_negative() { -nearest } else { nearest }
}

/// The `f64` nearest to `mantissa` / 10^`places` (half to even). The mantissa is below 2^96, and `places` at most 28.
#[expect(clippy::cast_precision_loss, reason = "the one rounding of a conversion is half to even")]
fn nearest(mantissa: u128, places: u32) -> f64 {
    let power = EXACT_POWERS.get(places as usize);
    if let Some(power) = power
        && mantissa < 1 << 53
    {
        // Both are exact, so the one rounding of the division is correct.
        return mantissa as f64 / power;
    }
    if mantissa == 0 {
        return 0.0;
    }
    // 10^places = 5^places × 2^places, and 5^places is below 2^66. So the quotient has at least 62 bits: what the
    // division leaves lies far behind the last bit that counts, and one bit tells that there is some.
    let shift = mantissa.leading_zeros();
    let (dividend, divisor) = (mantissa << shift, 5_u128.pow(places));
    let quotient = dividend / divisor;
    let left = u128::from(quotient * divisor != dividend);
    (quotient | left) as f64 * power_of_two(-(shift + places).cast_signed())
}

/// 2^`exponent`, for an exponent from -1022 to 1023.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(u64::from((1023 + exponent).cast_unsigned()) << 52)
}

/// The exact value of `value`, rounded once to `places` decimal places, or to as many as fit.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::num::{Rounding, gate};
///
/// // 1.005 as a binary fraction lies a little below 1.005.
/// assert_eq!(gate::to_decimal(1.005, 2, Rounding::HalfUp)?.to_string(), "1.00");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite` for NaN and the infinities; `decimal.overflow` from 2^96 (7.9 × 10^28) on.
pub fn to_decimal(value: f64, places: u32, rounding: Rounding) -> Result<Decimal> {
    check::finite(value)?;
    // A large number may not have digits left for all places.
    for places in (0..=places.min(28)).rev() {
        if let Some(magnitude) = scaled(value.abs(), places, rounding) {
            let mantissa = if value < 0.0 { -magnitude } else { magnitude };
            return Decimal::from_i128(mantissa, places);
        }
    }
    Err(Error::new(ErrorCode::DecimalOverflow, format!("{value:?} does not fit into 28 digits")))
}

/// `value` × 10^`places`, computed exactly and then rounded; `None` from 2^96 on. `value` is not negative and `places`
/// is at most 28.
fn scaled(value: f64, places: u32, rounding: Rounding) -> Option<i128> {
    // value = significand × 2^exponent, so value × 10^places = (significand × 5^places) × 2^(exponent + places),
    // and the product in brackets is below 2^53 × 2^66.
    let bits = value.to_bits();
    let biased = (bits >> 52) as i32;
    let fraction = u128::from(bits & ((1 << 52) - 1));
    let significand = if biased == 0 { fraction } else { fraction | 1 << 52 };
    let exponent = biased.max(1) - 1075 + places.cast_signed();
    let product = significand * 5u128.pow(places);
    let rounded = if exponent >= 0 {
        let shift = exponent.cast_unsigned();
        if product != 0 && shift > product.leading_zeros() {
            return None;
        }
        // Only zero is shifted by 128 bits or more, and stays zero.
        product.checked_shl(shift).unwrap_or(0)
    } else {
        round_shift(product, exponent.unsigned_abs(), rounding)
    };
    // The mantissa of a decimal has 96 bits.
    i128::try_from(rounded).ok().filter(|magnitude| *magnitude < 1 << 96)
}

/// `product` / 2^`shift`, rounded; `shift` is at least 1 and `product` below 2^127.
fn round_shift(product: u128, shift: u32, rounding: Rounding) -> u128 {
    if shift >= 128 {
        // Less than half a unit, and more than zero unless the product is zero.
        return u128::from(rounding == Rounding::Up && product != 0);
    }
    let whole = product >> shift;
    let rest = product & ((1 << shift) - 1);
    let half = 1 << (shift - 1);
    let outwards = match rounding {
        Rounding::Down => false,
        Rounding::Up => rest != 0,
        Rounding::HalfUp => rest >= half,
        Rounding::HalfEven => rest > half || (rest == half && whole % 2 == 1),
    };
    whole + u128::from(outwards)
}

/// The decimal that `value` stands for, if it is certain: its shortest form, if that has at most 15 significant digits;
/// else a decimal of at most 12 digits that lies no more than two floating-point numbers away. Dividing percents by 100
/// leaves such numbers: 6.57 / 100 is 0.06570000000000001, which stands for 0.0657.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::num::gate;
///
/// assert_eq!(gate::exact_decimal(6.57 / 100.0)?.to_string(), "0.0657");
/// assert!(gate::exact_decimal(1.0 / 3.0).is_err());
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`; `decimal.inexact` if there is neither; `decimal.overflow`.
pub fn exact_decimal(value: f64) -> Result<Decimal> {
    let value = check::finite(value)?;
    match usual_decimal(value) {
        Some((mantissa, places)) => Decimal::new(mantissa, places),
        None => rare_decimal(value),
    }
}

/// The decimal of at most 15 digits with the fewest places that is read as `value`, if it has few places. No two
/// decimals of so few digits are read as the same number, so it is the shortest form.
fn usual_decimal(value: f64) -> Option<(i64, u32)> {
    // Numbers with more places are rare, and the other way is slower.
    const USUAL_PLACES: u32 = 12;

    (0..=USUAL_PLACES).zip(EXACT_POWERS).find_map(|(places, power)| {
        let mantissa = nearest_integer(value * power);
        // Both are exact, so the division rounds once, as reading does.
        (mantissa.unsigned_abs() < 1_000_000_000_000_000 && mantissa as f64 / power == value)
            .then_some((mantissa, places))
    })
}

/// The nearest integer. An addition and a cast are faster than `round` on processors without such an instruction.
fn nearest_integer(value: f64) -> i64 {
    (value + 0.5_f64.copysign(value)) as i64
}

/// [`exact_decimal`] of a finite number other than zero.
fn rare_decimal(value: f64) -> Result<Decimal> {
    let magnitude = value.abs();
    // From 2^96 on no decimal is so large, and below half of 10^-28 none is so small.
    let found = if (0.5e-28..79_228_162_514_264_337_593_543_950_336.0).contains(&magnitude) {
        beside(magnitude, 15, 0).or_else(|| beside(magnitude, 12, 2))
    } else {
        None
    };
    match found {
        Some((mantissa, places)) => {
            let mantissa = if value < 0.0 { -mantissa } else { mantissa };
            Decimal::from_i128(mantissa, places).map(Decimal::normalized)
        }
        None => Err(no_decimal(value)),
    }
}

#[cold]
fn no_decimal(value: f64) -> Error {
    // A number below 10^-14 has its last digit beyond the last place of a decimal.
    if (1e-14..1e29).contains(&value.abs()) {
        let message = format!(
            "{value:?} has more than 15 significant digits and may have been rounded: write it as a string"
        );
        return Error::new(ErrorCode::DecimalInexact, message);
    }
    Error::new(
        ErrorCode::DecimalOverflow,
        format!("{value:?} does not fit into 28 digits and 28 decimal places"),
    )
}

/// The decimal of at most `digits` significant digits, at most 15, that is nearest to `value`, if `value` is at most
/// `distance` floating-point numbers away from the number that the decimal is read as.
///
/// Decimals of 15 digits lie further apart than floating-point numbers. Those of 12 digits lie more than 2,000 numbers
/// apart: fewer than one number in 400 is within two of one by chance, and only one decimal can be meant.
fn beside(value: f64, digits: u32, distance: u64) -> Option<(i128, u32)> {
    // 315653 / 2^20 is the decimal logarithm of 2, so this is the power of ten at or below the number's power of two.
    let binary_exponent = (value.to_bits() >> 52) as i32 - 1023;
    let exponent = (binary_exponent * 315_653) >> 20;
    let mut places = (digits.cast_signed() - 1 - exponent).min(MAX_PLACES);
    let mut mantissa = rounded_at(value, places)?;
    if mantissa >= 10_u128.pow(digits) {
        // The number has one digit more before its point than its power of two.
        places -= 1;
        mantissa = rounded_at(value, places)?;
    }
    let mantissa = mantissa * 10_u128.pow((-places).max(0).cast_unsigned());
    let places = places.max(0).cast_unsigned();
    // Numbers of one sign are ordered as their bits are.
    let is_near = nearest(mantissa, places).to_bits().abs_diff(value.to_bits()) <= distance;
    is_near.then_some((mantissa.cast_signed(), places))
}

/// The most places of a decimal.
const MAX_PLACES: i32 = 28;

/// The integer nearest to `value` × 10^`places`, which is below 10^16. Where a tie falls does not matter: a number that is
/// halfway between two decimals is beside none.
fn rounded_at(value: f64, places: i32) -> Option<u128> {
    let power = EXACT_POWERS.get(places.unsigned_abs() as usize).copied();
    let rounded = match (power, places >= 0) {
        // The error of an operation is far below the distance of a number from a tie.
        (Some(power), true) => nearest_integer(value * power).unsigned_abs().into(),
        (Some(power), false) => nearest_integer(value / power).unsigned_abs().into(),
        (None, _) => scaled(value, places.unsigned_abs(), Rounding::HalfEven)?.unsigned_abs(),
    };
    Some(rounded)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers of every size, those that a decimal of some digits is read as, and what lies beside these.
    fn any_number() -> impl Strategy<Value = f64> {
        let of_digits = |digits: u32| {
            (-(10_i64.pow(digits))..=10_i64.pow(digits), -30_i32..=15)
                .prop_map(|(mantissa, exponent)| format!("{mantissa}e{exponent}").parse().unwrap())
        };
        let short = prop_oneof![of_digits(3), of_digits(12), of_digits(15), of_digits(17)];
        prop_oneof![
            any::<f64>().prop_filter("finite", |value| value.is_finite()),
            (1e-30..1e30_f64).boxed(),
            (short, 0_u64..4)
                .prop_map(|(value, beside): (f64, u64)| f64::from_bits(value.to_bits() + beside)),
            (-1e6..1e6_f64).prop_map(|value| (value * 100.0).round() / 100.0),
            (-1e2..1e2_f64).prop_map(|value| value / 12.0),
        ]
    }

    /// The rule of [`exact_decimal`], by the digits that the standard library prints.
    fn by_text(value: f64) -> Option<Decimal> {
        let digits = |text: &str| {
            let digits = text.trim_start_matches('-').replace('.', "");
            digits.trim_start_matches('0').trim_end_matches('0').len()
        };
        let text = value.to_string();
        if digits(&text) <= 15 {
            return text.parse().ok();
        }
        let short: f64 = format!("{value:.11e}").parse().unwrap();
        if short.to_bits().abs_diff(value.to_bits()) <= 2 { short.to_string().parse().ok() } else { None }
    }

    #[test]
    fn every_percent_of_up_to_three_places_divided_by_a_hundred_is_its_fraction() {
        for thousandths in 0_i64..=100_000 {
            let fraction = Decimal::new(thousandths, 5).unwrap();
            let percent = thousandths as f64 / 1000.0;
            for computed in [percent / 100.0, percent * 0.01, -percent / -100.0] {
                assert_eq!(exact_decimal(computed).unwrap(), fraction, "{computed:?}");
            }
            assert_eq!(exact_decimal(-percent / 100.0).unwrap(), fraction.negated());
        }
    }

    proptest! {
        #[test]
        fn arithmetic_finds_the_decimal_of_the_text(value in any_number()) {
            match (exact_decimal(value), by_text(value)) {
                (Ok(found), Some(expected)) => {
                    prop_assert_eq!((found.mantissa(), found.scale()), (expected.mantissa(), expected.scale()));
                }
                (found, expected) => prop_assert_eq!(found.ok(), expected),
            }
        }

        #[test]
        fn a_decimal_is_read_as_its_text_is(
            mantissa in prop_oneof![
                0_i128..1 << 96,
                (0_i128..1 << 96, 0_u32..96).prop_map(|(mantissa, bits)| mantissa >> bits),
                // Near a tie between two numbers.
                (1_i128 << 52..1 << 53, 1_u32..43, -1_i128..=1)
                    .prop_map(|(mantissa, bits, beside)| ((2 * mantissa + 1) << bits) / 2 + beside),
            ],
            scale in 0_u32..=28,
        ) {
            let decimal = Decimal::from_i128(mantissa, scale).unwrap();
            let expected: f64 = decimal.to_string().parse().unwrap();
            prop_assert_eq!(to_f64(decimal).to_bits(), expected.to_bits());
            prop_assert_eq!(to_f64(decimal.negated()), -expected);
        }

        #[test]
        fn what_lies_further_from_a_short_decimal_is_refused(
            mantissa in 1_i64..1_000_000_000_000, places in 1_i32..12, distance in 1_u64..40,
        ) {
            let value = mantissa as f64 / crate::elementary::powi(10.0, places);
            let beside = f64::from_bits(value.to_bits() + distance);
            let read = exact_decimal(beside);
            if distance <= 2 {
                prop_assert_eq!(to_f64(read.unwrap()), value);
            } else if let Ok(read) = read {
                // Its own digits are few, by chance.
                prop_assert_eq!(to_f64(read), beside);
            }
        }

        #[test]
        fn amounts_are_found_at_once(cents in -100_000_000_000_i64..100_000_000_000) {
            prop_assert!(usual_decimal(cents as f64 / 100.0).is_some());
        }
    }
}
