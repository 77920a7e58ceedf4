//! The binary form of `NUMERIC`: digits to the base of 10000 (`numeric_send` of PostgreSQL).
//!
//! Four 16-bit numbers come first: the number of digits, the power of 10000 of the first digit, the sign, and the
//! number of decimal places.

use wherewithal_base::num::Decimal;

const POSITIVE: u16 = 0x0000;
const NEGATIVE: u16 = 0x4000;

/// The decimal with its decimal places.
pub(super) fn encode(value: Decimal) -> Vec<u8> {
    // The point falls between two digits of the base.
    let groups_after_point = value.scale().div_ceil(4);
    let fill = 10u128.pow(groups_after_point * 4 - value.scale());
    // This cannot overflow: 96 bits and at most three decimal digits more.
    let mut rest = value.mantissa().unsigned_abs() * fill;
    let mut digits: Vec<u16> = Vec::with_capacity(8);
    while rest > 0 {
        digits.push((rest % 10_000) as u16);
        rest /= 10_000;
    }
    let weight = if digits.is_empty() { 0 } else { digits.len() as i16 - groups_after_point as i16 - 1 };
    let sign = if value.is_negative() { NEGATIVE } else { POSITIVE };
    let header = [digits.len() as u16, weight as u16, sign, value.scale() as u16];
    header.into_iter().chain(digits.into_iter().rev()).flat_map(u16::to_be_bytes).collect()
}

/// The decimal with the decimal places in the database; none for NaN, the infinities, and numbers with more than 28
/// digits or 28 decimal places.
pub(super) fn decode(bytes: &[u8]) -> Option<Decimal> {
    let mut words = bytes.chunks_exact(2).map(|word| Some(u16::from_be_bytes(word.try_into().ok()?)));
    let mut word = || words.next().flatten();
    let (count, weight, sign, scale) = (word()?, word()?.cast_signed(), word()?, word()?);
    let mut mantissa: i128 = 0;
    for _ in 0..count {
        mantissa = mantissa.checked_mul(10_000)?.checked_add(word()?.into())?;
    }
    if word().is_some() {
        return None;
    }
    // The last digit is in units of 10^unit; the mantissa is in units of 10^-scale.
    let unit = 4 * (i32::from(weight) - i32::from(count) + 1);
    let shift = unit + i32::from(scale);
    let factor = 10i128.checked_pow(shift.unsigned_abs());
    mantissa = match (mantissa, factor) {
        (0, _) => 0,
        (_, Some(factor)) if shift >= 0 => mantissa.checked_mul(factor)?,
        (_, Some(factor)) if mantissa % factor == 0 => mantissa / factor,
        _ => return None,
    };
    match sign {
        POSITIVE => Decimal::from_i128(mantissa, scale.into()).ok(),
        NEGATIVE => Decimal::from_i128(-mantissa, scale.into()).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    /// The bytes are those of PostgreSQL 15.18: `SELECT encode(numeric_send('-9999999999999.99'), 'hex')`.
    #[test]
    fn reads_and_writes_what_the_server_sends() {
        for (text, bytes) in [
            ("0", words(&[0, 0, 0, 0])),
            ("0.00", words(&[0, 0, 0, 2])),
            ("0.01", words(&[1, 0xffff, 0, 2, 100])),
            ("-0.01", words(&[1, 0xffff, 0x4000, 2, 100])),
            ("1", words(&[1, 0, 0, 0, 1])),
            ("12345.6789", words(&[3, 1, 0, 4, 1, 2345, 6789])),
            ("-9999999999999.99", words(&[5, 3, 0x4000, 2, 9, 9999, 9999, 9999, 9900])),
            ("999999999.999999", words(&[5, 2, 0, 6, 9, 9999, 9999, 9999, 9900])),
        ] {
            assert_eq!(decode(&bytes).unwrap().to_string(), text);
            assert_eq!(decode(&encode(text.parse().unwrap())).unwrap().to_string(), text);
        }
        // The server leaves out trailing zeros: 10000 is one digit of weight 1.
        assert_eq!(decode(&words(&[1, 1, 0, 0, 1])).unwrap().to_string(), "10000");
        assert_eq!(decode(&words(&[1, 1, 0, 2, 1])).unwrap().to_string(), "10000.00");
    }

    #[test]
    fn refuses_what_a_decimal_cannot_say() {
        assert_eq!(decode(&words(&[0, 0, 0xc000, 0])), None, "NaN");
        assert_eq!(decode(&words(&[0, 0, 0xd000, 0])), None, "infinity");
        assert_eq!(decode(&words(&[1, 20, 0, 0, 1])), None, "10^80");
        assert_eq!(decode(&words(&[0, 0, 0, 29])), None, "29 places");
        assert_eq!(decode(&words(&[1, 0, 0, 2])), None, "cut short");
        assert_eq!(decode(&words(&[0, 0, 0, 0, 1])), None, "too long");
        assert_eq!(decode(&[]), None);
    }

    proptest! {
        #[test]
        fn every_decimal_survives(mantissa in -79_228_162_514_264_337_593_543_950_335_i128..=79_228_162_514_264_337_593_543_950_335, scale in 0u32..=28) {
            let value = Decimal::from_i128(mantissa, scale).unwrap();
            let read = decode(&encode(value)).unwrap();
            prop_assert_eq!((read.mantissa(), read.scale()), (mantissa, scale));
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = decode(&bytes);
        }
    }
}
