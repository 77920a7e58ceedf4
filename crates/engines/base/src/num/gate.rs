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
#[expect(clippy::cast_precision_loss, reason = "the mantissa is below 2^53")]
#[expect(clippy::expect_used, reason = "digits with a point among them are a number")]
pub fn to_f64(value: Decimal) -> f64 {
    let power = EXACT_POWERS.get(value.scale() as usize);
    if let Some(power) = power
        && value.mantissa().unsigned_abs() < 1 << 53
    {
        // Both are exact, so the one rounding of the division is correct.
        return value.mantissa() as f64 / power;
    }
    // The standard library reads decimal text with correct rounding on every platform.
    value.to_string().parse().expect("a decimal is written as a number")
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
    Err(Error::new(ErrorCode::DecimalOverflow, format!("{value:e} does not fit into 28 digits")))
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
    check::finite(value)?;
    match short_decimal(value) {
        Some((mantissa, places)) => Decimal::new(mantissa, places),
        None => exact_decimal_by_text(value),
    }
}

/// The decimal of at most 15 digits with the fewest places that is read as `value`, if arithmetic finds it. No two
/// decimals of so few digits are read as the same number, so it is the shortest form.
fn short_decimal(value: f64) -> Option<(i64, u32)> {
    // Numbers with more places are rare and left to the slower way by text.
    const MAX_PLACES: u32 = 12;

    (0..=MAX_PLACES).zip(EXACT_POWERS).find_map(|(places, power)| {
        let scaled = value * power;
        // The nearest integer; an addition and a cast are faster than `round` on processors without such an
        // instruction.
        let mantissa = (scaled + 0.5_f64.copysign(scaled)) as i64;
        // Both are exact, so the division rounds once, as reading does.
        (mantissa.unsigned_abs() < 1_000_000_000_000_000 && mantissa as f64 / power == value)
            .then_some((mantissa, places))
    })
}

fn exact_decimal_by_text(value: f64) -> Result<Decimal> {
    let text = format!("{value}");
    let significant = text.trim_start_matches('-').replace('.', "");
    let significant = significant.trim_start_matches('0').trim_end_matches('0');
    if significant.len() <= 15 {
        return text.parse();
    }
    match beside_short_decimal(value) {
        Some(short) => short.to_string().parse(),
        None => Err(Error::new(
            ErrorCode::DecimalInexact,
            format!(
                "{value:?} has more than 15 significant digits and may have been rounded: write it as a string"
            ),
        )),
    }
}

/// The number nearest to a decimal of at most 12 significant digits, if it is at most two numbers away from `value`.
///
/// A decimal of 12 digits has a distance of more than 2,000 numbers to the next one, so fewer than one number in 400
/// meets this by chance, and only one decimal can be meant.
fn beside_short_decimal(value: f64) -> Option<f64> {
    let short: f64 = format!("{value:.11e}").parse().ok()?;
    // Numbers of one sign are ordered as their bits are.
    (short.to_bits().abs_diff(value.to_bits()) <= 2).then_some(short)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
        fn arithmetic_finds_the_decimal_of_the_text(
            value in prop_oneof![
                any::<f64>().prop_filter("finite", |value| value.is_finite()),
                (-1_000_000_000_000_000_i64..=1_000_000_000_000_000, 0_i32..=14)
                    .prop_map(|(mantissa, places)| mantissa as f64 / crate::elementary::powi(10.0, places)),
                (-1e6..1e6_f64).prop_map(|value| (value * 100.0).round() / 100.0),
            ],
        ) {
            if let Some((mantissa, places)) = short_decimal(value) {
                let by_text = exact_decimal_by_text(value).unwrap();
                prop_assert_eq!((i128::from(mantissa), places), (by_text.mantissa(), by_text.scale()));
            }
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
        fn the_usual_numbers_need_no_text(cents in -100_000_000_000_i64..100_000_000_000) {
            prop_assert!(short_decimal(cents as f64 / 100.0).is_some());
        }
    }
}
