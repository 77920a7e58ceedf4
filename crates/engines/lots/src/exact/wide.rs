//! Whole numbers of up to 512 bits: products of four amounts.
//!
//! They are rare, but a book cannot do without them. The library of numbers of any size is the peer in the tests: its code is
//! ten times as much as this, which each page pays for that loads the module of tax lots.

use std::cmp::Ordering;

/// How many digits to the base 2^32 there are.
const DIGITS: usize = 16;
/// How many of them an amount has.
const OF_AMOUNT: usize = 4;
const BITS: u32 = 32;
const MOST: u64 = u32::MAX as u64;

/// A whole number: a sign, and digits to the base 2^32, the least first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wide {
    is_negative: bool,
    digits: [u64; DIGITS],
}

impl Wide {
    pub(crate) fn of(value: i128) -> Self {
        let mut digits = [0; DIGITS];
        for (digit, bytes) in digits.iter_mut().zip(value.unsigned_abs().to_le_bytes().chunks(4)) {
            *digit = bytes.iter().rev().fold(0, |digit, byte| digit << 8 | u64::from(*byte));
        }
        Self { is_negative: value < 0, digits }
    }

    /// A product, which must fit.
    pub(crate) fn times(&self, factor: i128) -> Self {
        let factor = Self::of(factor);
        let mut product = [0; DIGITS];
        for (shift, by) in factor.digits.iter().take(OF_AMOUNT).enumerate() {
            let mut carry = 0;
            for (place, digit) in product.iter_mut().skip(shift).zip(&self.digits) {
                let sum = *place + digit * by + carry;
                (*place, carry) = (sum & MOST, sum >> BITS);
            }
            debug_assert_eq!(carry, 0, "the product fits");
        }
        Self { is_negative: self.is_negative != factor.is_negative, digits: product }
    }

    /// A difference, which must fit.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        if self.is_negative != other.is_negative {
            let mut carry = 0;
            let mut sum = *self;
            for (digit, other) in sum.digits.iter_mut().zip(&other.digits) {
                let both = *digit + other + carry;
                (*digit, carry) = (both & MOST, both >> BITS);
            }
            debug_assert_eq!(carry, 0, "the difference fits");
            return sum;
        }
        match self.compare_sizes(other) {
            Ordering::Less => {
                let difference = other.less(self);
                Self { is_negative: !difference.is_negative, ..difference }
            }
            Ordering::Equal | Ordering::Greater => self.less(other),
        }
    }

    /// A number with the size of another one, which is no larger, taken off its own.
    fn less(&self, other: &Self) -> Self {
        let mut borrow = 0;
        let mut rest = *self;
        for (digit, other) in rest.digits.iter_mut().zip(&other.digits) {
            let taken = other + borrow;
            borrow = u64::from(*digit < taken);
            *digit = (*digit + (borrow << BITS)) - taken;
        }
        rest
    }

    /// The quotient rounded half to even, where `divisor` is positive and has no more than 256 bits; `None` if the quotient does
    /// not fit into 127 bits.
    pub(crate) fn rounded_quotient(&self, divisor: &Self) -> Option<i128> {
        let mut shifted = *divisor;
        // By 127 bits, and then back bit by bit.
        shifted.digits.rotate_right(OF_AMOUNT - 1);
        shifted = shifted.times(1 << (BITS - 1));
        let mut rest = *self;
        let mut quotient = 0_i128;
        if rest.compare_sizes(&shifted) != Ordering::Less {
            return None;
        }
        for _ in 0..i128::BITS - 1 {
            shifted.halve();
            quotient <<= 1;
            if rest.compare_sizes(&shifted) != Ordering::Less {
                rest = rest.less(&shifted);
                quotient |= 1;
            }
        }
        let up = match rest.times(2).compare_sizes(divisor) {
            Ordering::Less => 0,
            Ordering::Equal => quotient & 1,
            Ordering::Greater => 1,
        };
        let rounded = quotient.checked_add(up)?;
        Some(if self.is_negative { -rounded } else { rounded })
    }

    /// Halves an even number.
    fn halve(&mut self) {
        let mut carry = 0;
        for digit in self.digits.iter_mut().rev() {
            let both = carry << BITS | *digit;
            (*digit, carry) = (both >> 1, both & 1);
        }
    }

    fn compare_sizes(&self, other: &Self) -> Ordering {
        self.digits.iter().rev().cmp(other.digits.iter().rev())
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        let is_below_zero =
            |number: &Self| number.is_negative && number.digits.iter().any(|digit| *digit > 0);
        match (is_below_zero(self), is_below_zero(other)) {
            (false, false) => self.compare_sizes(other),
            (true, true) => other.compare_sizes(self),
            (is_below, _) => {
                if is_below {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;
    use proptest::prelude::*;

    use super::*;

    /// An amount of any size.
    fn amount() -> impl Strategy<Value = i128> {
        (any::<i128>(), 1_u32..128).prop_map(|(value, bits)| (value >> (128 - bits)).max(-i128::MAX))
    }

    proptest! {
        #[test]
        fn products_and_differences_compare_as_numbers_of_any_size(
            one in [amount(), amount(), amount()], other in [amount(), amount(), amount()], last in amount(),
        ) {
            let big = |[a, b, c]: [i128; 3]| BigInt::from(a) * b - BigInt::from(c) * last;
            let wide = |[a, b, c]: [i128; 3]| Wide::of(a).times(b).minus(&Wide::of(c).times(last));
            prop_assert_eq!(wide(one).compare(&wide(other)), big(one).cmp(&big(other)));
            prop_assert_eq!(
                wide(one).times(one[0]).times(last).compare(&wide(other).times(other[0]).times(last)),
                (big(one) * one[0] * last).cmp(&(big(other) * other[0] * last))
            );
        }

        #[test]
        fn a_quotient_is_that_of_numbers_of_any_size(
            factors in [amount(), amount(), amount()], divisors in [amount(), amount()],
        ) {
            let [a, b, c] = factors;
            let [d, e] = divisors.map(|divisor| divisor.abs().max(1));
            let (dividend, divisor) = (BigInt::from(a) * b * c, BigInt::from(d) * e);
            let (twice, whole) = (&dividend * 2 + &divisor, &divisor * 2);
            // Half up by flooring, and down again where a tie went to an odd number.
            let floor: BigInt = if twice < BigInt::ZERO && &twice % &whole != BigInt::ZERO {
                &twice / &whole - 1
            } else {
                &twice / &whole
            };
            let is_tie = &twice % &whole == BigInt::ZERO;
            let rounded = if is_tie && floor.bit(0) { floor - 1 } else { floor };
            let quotient = Wide::of(a).times(b).times(c).rounded_quotient(&Wide::of(d).times(e));
            prop_assert_eq!(quotient, i128::try_from(rounded).ok().filter(|quotient| *quotient > i128::MIN));
        }

        #[test]
        fn ties_go_to_the_even_number(half in -(i128::MAX >> 1)..i128::MAX >> 1, divisor in 1..i128::MAX >> 1) {
            let dividend = Wide::of(2 * half + 1).times(divisor);
            let quotient = dividend.rounded_quotient(&Wide::of(2 * divisor)).unwrap();
            prop_assert_eq!(quotient, half + (half & 1));
        }
    }
}
