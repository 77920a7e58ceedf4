//! Mistakes of writing and reading numbers.

use wherewithal_base::num::Decimal;

use super::digits_of;

/// Whether two amounts differ by two neighbouring digits that are exchanged.
pub(super) fn is_transposed(one: Decimal, other: Decimal) -> bool {
    if one.is_negative() != other.is_negative() || one == other {
        return false;
    }
    let scale = one.scale().max(other.scale());
    let (one, other) = (digits_of(one, scale), digits_of(other, scale));
    if one.len() != other.len() {
        return false;
    }
    let pairs = one.bytes().zip(other.bytes());
    let different: Vec<(usize, (u8, u8))> = pairs.enumerate().filter(|(_, (a, b))| a != b).collect();
    match different.as_slice() {
        [(first, (a, b)), (second, (c, d))] => first + 1 == *second && a == d && b == c,
        _ => false,
    }
}

/// Whether two amounts have the same digits with the decimal point one to three places apart.
pub(super) fn is_decimal_point(one: Decimal, other: Decimal) -> bool {
    if one.is_negative() != other.is_negative() || one.is_zero() || other.is_zero() {
        return false;
    }
    let (one, other) = (one.normalized(), other.normalized());
    let trimmed = |amount: Decimal| digits_of(amount, 0).trim_end_matches('0').to_owned();
    let magnitude =
        |amount: Decimal| i64::try_from(digits_of(amount, 0).len()).unwrap_or(0) - i64::from(amount.scale());
    let apart = (magnitude(one) - magnitude(other)).abs();
    trimmed(one) == trimmed(other) && (1..=3).contains(&apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn neighbouring_digits_that_are_exchanged_are_seen() {
        for (one, other, expected) in [
            ("-54.10", "-45.10", true),
            ("12.30", "12.03", true),
            ("12.3", "12.03", true),
            ("91.00", "19", true),
            ("100", "10", false),
            ("12.34", "14.32", false),
            ("54", "-45", false),
            ("54", "54", false),
            ("12.34", "21.43", false),
        ] {
            assert_eq!(is_transposed(decimal(one), decimal(other)), expected, "{one} {other}");
        }
    }

    #[test]
    fn a_decimal_point_in_the_wrong_place_is_seen() {
        for (one, other, expected) in [
            ("12.34", "1234", true),
            ("1234", "12.34", true),
            ("-5", "-5000", true),
            ("5", "50000", false),
            ("5", "-50", false),
            ("12.34", "123.5", false),
            ("10", "10.00", false),
        ] {
            assert_eq!(is_decimal_point(decimal(one), decimal(other)), expected, "{one} {other}");
        }
    }
}
