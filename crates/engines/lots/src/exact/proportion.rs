//! Parts of amounts.

use std::cmp::Ordering;

use wherewithal_base::{Error, ErrorCode, Result};

use super::Wide;

/// `amount` × `part` / `whole`, rounded half to even to an integer. `whole` is positive, `part` from 0 to any size.
///
/// # Errors
/// `decimal.overflow` if the result does not fit into 127 bits.
pub(crate) fn proportion(amount: i128, part: i128, whole: i128) -> Result<i128> {
    debug_assert!(whole > 0 && part >= 0, "parts and wholes are quantities");
    if part == whole {
        return Ok(amount);
    }
    // The processor multiplies and divides 64 bits several times as fast as 128, and nearly all amounts are as small.
    if let (Ok(small), Ok(part), Ok(whole)) =
        (u64::try_from(amount.unsigned_abs()), u64::try_from(part), u64::try_from(whole))
        && let Some(product) = small.checked_mul(part)
    {
        let (quotient, remainder) = (product / whole, product % whole);
        let magnitude =
            i128::from(quotient) + i128::from(rounds_up(quotient % 2 == 1, remainder, whole - remainder));
        return Ok(if amount < 0 { -magnitude } else { magnitude });
    }
    match amount.checked_mul(part) {
        Some(product) => Ok(rounded_quotient(product, whole)),
        // Coins with eighteen decimals of very large amounts: rare, so the width of any integer is fast enough.
        None => wide_proportion(amount, part, whole),
    }
}

/// The same where everything fits into 64 bits, and `part` is no more than `whole`.
#[inline]
pub(crate) fn narrow_proportion(amount: i64, part: i64, whole: i64) -> i64 {
    debug_assert!(0 <= part && part <= whole && whole > 0, "parts and wholes are quantities");
    let (magnitude, part, whole) = (amount.unsigned_abs(), part.unsigned_abs(), whole.unsigned_abs());
    let rounded = match magnitude.checked_mul(part) {
        Some(product) => {
            let (quotient, remainder) = (product / whole, product % whole);
            quotient + u64::from(rounds_up(quotient % 2 == 1, remainder, whole - remainder))
        }
        None => {
            let (product, whole) = (u128::from(magnitude) * u128::from(part), u128::from(whole));
            let (quotient, remainder) = (product / whole, product % whole);
            // No more than the amount, since the part is no more than the whole.
            let up = rounds_up(quotient % 2 == 1, remainder, whole - remainder);
            u64::try_from(quotient).unwrap_or(u64::MAX) + u64::from(up)
        }
    };
    let rounded = rounded.cast_signed();
    if amount < 0 { -rounded } else { rounded }
}

/// The quotient rounded half to even, where `divisor` is positive.
pub(crate) fn rounded_quotient(dividend: i128, divisor: i128) -> i128 {
    let (quotient, remainder) = (dividend.abs() / divisor, dividend.abs() % divisor);
    let magnitude = quotient + i128::from(rounds_up(quotient % 2 == 1, remainder, divisor - remainder));
    if dividend < 0 { -magnitude } else { magnitude }
}

/// Whether a quotient is rounded up, given how far it is from the integers below and above.
fn rounds_up<T: Ord>(is_odd: bool, from_lower: T, from_upper: T) -> bool {
    match from_lower.cmp(&from_upper) {
        Ordering::Less => false,
        Ordering::Equal => is_odd,
        Ordering::Greater => true,
    }
}

fn wide_proportion(amount: i128, part: i128, whole: i128) -> Result<i128> {
    Wide::of(amount).times(part).rounded_quotient(&Wide::of(whole)).ok_or_else(overflow)
}

pub(crate) fn overflow() -> Error {
    Error::new(ErrorCode::DecimalOverflow, "an amount or a quantity of the book has too many digits")
}

/// Compares `a` / `b` with `c` / `d` exactly, where `b` and `d` are positive.
pub(crate) fn compare_quotients(a: i128, b: i128, c: i128, d: i128) -> Ordering {
    if let (Some(left), Some(right)) = (a.checked_mul(d), c.checked_mul(b)) {
        return left.cmp(&right);
    }
    Wide::of(a).times(d).compare(&Wide::of(c).times(b))
}

/// Divides an amount among parts that are given one after the other, so that the rounded shares add up to the amount
/// whatever the parts: the share of a part is the rounded share of all parts up to it, less what was given out before.
pub(crate) struct Running {
    amount: i128,
    whole: i128,
    done: i128,
    given: i128,
}

impl Running {
    /// An amount for parts that add up to `whole`, which is positive.
    pub(crate) fn new(amount: i128, whole: i128) -> Self {
        Self { amount, whole, done: 0, given: 0 }
    }

    /// The share of the next part.
    pub(crate) fn next(&mut self, part: i128) -> Result<i128> {
        self.done += part;
        let up_to_here = proportion(self.amount, self.done, self.whole)?;
        let share = up_to_here - self.given;
        self.given = up_to_here;
        Ok(share)
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ties_go_to_the_even_digit() {
        assert_eq!(proportion(5, 1, 2).unwrap(), 2);
        assert_eq!(proportion(7, 1, 2).unwrap(), 4);
        assert_eq!(proportion(-5, 1, 2).unwrap(), -2);
        assert_eq!(proportion(10, 2, 3).unwrap(), 7);
    }

    proptest! {
        #[test]
        fn narrow_and_wide_agree(
            bits in 1u32..63,
            amount in -i64::MAX..i64::MAX,
            part in 0i64..i64::MAX,
            whole in 1i64..i64::MAX,
        ) {
            let narrowed = |value: i64| i128::from(value >> (63 - bits));
            let (amount, part, whole) = (narrowed(amount), narrowed(part), narrowed(whole).max(1));
            prop_assert_eq!(proportion(amount, part, whole).unwrap(), wide_proportion(amount, part, whole).unwrap());
        }

        #[test]
        fn a_narrow_proportion_is_a_proportion(
            bits in 1u32..63,
            amount in -i64::MAX..i64::MAX,
            whole in 1i64..i64::MAX,
            share in 0.0..=1.0f64,
        ) {
            let narrowed = |value: i64| value >> (63 - bits);
            let (amount, whole) = (narrowed(amount), narrowed(whole).max(1));
            let part = ((whole as f64 * share) as i64).min(whole);
            let wide = proportion(amount.into(), part.into(), whole.into()).unwrap();
            prop_assert_eq!(i128::from(narrow_proportion(amount, part, whole)), wide);
        }

        #[test]
        fn shares_add_up(amount in -1_000_000i128..1_000_000, parts in prop::collection::vec(1i128..1000, 1..20)) {
            let mut running = Running::new(amount, parts.iter().sum());
            let shares: Vec<i128> = parts.iter().map(|part| running.next(*part).unwrap()).collect();
            prop_assert_eq!(shares.iter().sum::<i128>(), amount);
        }

        #[test]
        fn quotients_compare_without_overflow(a in any::<i128>(), b in 1..i128::MAX, c in any::<i128>(), d in 1..i128::MAX) {
            let exact = (BigInt::from(a) * BigInt::from(d)).cmp(&(BigInt::from(c) * BigInt::from(b)));
            prop_assert_eq!(compare_quotients(a, b, c, d), exact);
        }
    }
}
