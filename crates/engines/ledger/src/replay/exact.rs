//! Numbers as fractions of integers: a split of 1 for 3 leaves a third of a share, and 3 for 1 leads back from it.

use std::cmp::Ordering;

use wherewithal_base::{
    Error, ErrorCode, Result,
    num::{Decimal, Rounding},
};

/// The places that a number shows if it is no decimal, such as a third.
const PLACES: u32 = 18;

/// A fraction in its lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exact {
    numerator: i128,
    /// Above zero.
    denominator: i128,
}

impl Exact {
    pub(crate) const ZERO: Self = Self { numerator: 0, denominator: 1 };
    pub(crate) const ONE: Self = Self { numerator: 1, denominator: 1 };

    #[cfg(test)]
    pub(crate) fn whole(number: i128) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    fn reduced(numerator: i128, denominator: i128) -> Self {
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        // A divisor of a positive denominator of 127 bits has no more bits.
        let divisor = divisor.cast_signed().max(1);
        Self { numerator: numerator / divisor, denominator: denominator / divisor }
    }

    /// A decimal.
    ///
    /// # Errors
    /// `decimal.overflow`.
    pub(crate) fn of(decimal: Decimal) -> Result<Self> {
        let decimal = decimal.normalized();
        let denominator = 10_i128.checked_pow(decimal.scale()).ok_or_else(overflow)?;
        Ok(Self::reduced(decimal.mantissa(), denominator))
    }

    pub(crate) fn is_zero(self) -> bool {
        self.numerator == 0
    }

    pub(crate) fn is_positive(self) -> bool {
        self.numerator > 0
    }

    /// Numerator and denominator.
    pub(crate) fn parts(self) -> (i128, i128) {
        (self.numerator, self.denominator)
    }

    /// # Errors
    /// `decimal.overflow`.
    pub(crate) fn plus(self, other: Self) -> Result<Self> {
        let divisor =
            greatest_common_divisor(self.denominator.unsigned_abs(), other.denominator.unsigned_abs());
        let (own, others) =
            (self.denominator / divisor.cast_signed(), other.denominator / divisor.cast_signed());
        let sum = || {
            let left = self.numerator.checked_mul(others)?;
            let right = other.numerator.checked_mul(own)?;
            Some(Self::reduced(left.checked_add(right)?, self.denominator.checked_mul(others)?))
        };
        sum().ok_or_else(overflow)
    }

    /// # Errors
    /// `decimal.overflow`.
    pub(crate) fn minus(self, other: Self) -> Result<Self> {
        self.plus(other.negated())
    }

    pub(crate) fn negated(self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }

    /// # Errors
    /// `decimal.overflow`.
    pub(crate) fn times(self, other: Self) -> Result<Self> {
        // Reduced crosswise first, so that a split and its reverse never overflow.
        let left = Self::reduced(self.numerator, other.denominator);
        let right = Self::reduced(other.numerator, self.denominator);
        let product = || {
            Some(Self {
                numerator: left.numerator.checked_mul(right.numerator)?,
                denominator: left.denominator.checked_mul(right.denominator)?,
            })
        };
        product().ok_or_else(overflow)
    }

    /// The reciprocal; `None` of zero.
    pub(crate) fn reciprocal(self) -> Option<Self> {
        match self.numerator.signum() {
            0 => None,
            sign => Some(Self { numerator: sign * self.denominator, denominator: sign * self.numerator }),
        }
    }

    /// Whether the number is at most `tolerance` away from zero.
    ///
    /// # Errors
    /// `decimal.overflow`.
    pub(crate) fn is_within(self, tolerance: Self) -> Result<bool> {
        if self.is_zero() {
            return Ok(true);
        }
        if tolerance.is_zero() {
            return Ok(false);
        }
        let size = Self { numerator: self.numerator.abs(), denominator: self.denominator };
        Ok(tolerance.minus(size)?.numerator >= 0)
    }

    /// The decimal with at least so many decimal places; rounded half to even to 18 if no decimal is the number.
    ///
    /// # Errors
    /// `decimal.overflow`.
    pub(crate) fn decimal(self, places: u32) -> Result<Decimal> {
        let mut scale = 1_i128;
        for digits in 0..=28 {
            if scale % self.denominator == 0 {
                let mantissa = self.numerator.checked_mul(scale / self.denominator).ok_or_else(overflow)?;
                let decimal = Decimal::from_i128(mantissa, digits)?;
                return Ok(if digits < places { decimal.round(places, Rounding::HalfEven) } else { decimal });
            }
            scale = scale.checked_mul(10).ok_or_else(overflow)?;
        }
        self.rounded()
    }

    /// The number rounded half to even to 18 decimal places.
    fn rounded(self) -> Result<Decimal> {
        let scaled = self.numerator.checked_mul(10_i128.pow(PLACES)).ok_or_else(overflow)?;
        let (quotient, rest) = (scaled / self.denominator, (scaled % self.denominator).abs());
        let away = match rest.cmp(&(self.denominator - rest)) {
            Ordering::Less => 0,
            Ordering::Equal => quotient % 2,
            Ordering::Greater => scaled.signum(),
        };
        Decimal::from_i128(quotient + away, PLACES)
    }
}

/// Of two numbers, of which not both are zero.
fn greatest_common_divisor(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        // The processor divides 64 bits several times as fast as 128.
        if let (Ok(mut small), Ok(mut rest)) = (u64::try_from(one), u64::try_from(other)) {
            while rest != 0 {
                (small, rest) = (rest, small % rest);
            }
            return small.into();
        }
        (one, other) = (other, one % other);
    }
    one
}

fn overflow() -> Error {
    Error::new(ErrorCode::DecimalOverflow, "a balance or a number of shares has too many digits")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::of(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_third_and_back_is_the_whole() {
        let third = Exact::whole(3).reciprocal().unwrap();
        let held = exact("10").times(third).unwrap();
        assert_eq!(held.decimal(2).unwrap().to_string(), "3.333333333333333333");
        assert_eq!(held.times(Exact::whole(3)).unwrap(), exact("10.00"));
        assert_eq!(held.negated().decimal(0).unwrap().to_string(), "-3.333333333333333333");
        assert_eq!(Exact::ZERO.reciprocal(), None);
    }

    #[test]
    fn decimals_keep_the_places_of_their_account() {
        assert_eq!(exact("750").decimal(2).unwrap().to_string(), "750.00");
        assert_eq!(exact("-0.125").decimal(2).unwrap().to_string(), "-0.125");
    }

    #[test]
    fn a_tolerance_is_itself_within() {
        assert!(exact("-0.01").is_within(exact("0.01")).unwrap());
        assert!(!exact("0.0100001").is_within(exact("0.01")).unwrap());
        assert!(!exact("0.01").is_within(Exact::ZERO).unwrap());
    }

    proptest! {
        #[test]
        fn sums_are_those_of_decimals(left in any::<i64>(), right in any::<i64>(), places in 0_u32..9, other in 0_u32..9) {
            let (left, right) = (Decimal::new(left, places).unwrap(), Decimal::new(right, other).unwrap());
            let sum = Exact::of(left).unwrap().plus(Exact::of(right).unwrap()).unwrap();
            prop_assert_eq!(sum.decimal(0).unwrap(), left.plus(right).unwrap());
        }

        #[test]
        fn a_product_and_its_reverse_are_the_identity(left in any::<i64>(), right in 1_i64..) {
            let (left, right) = (Exact::whole(left.into()), Exact::whole(right.into()));
            let product = left.times(right).unwrap();
            prop_assert_eq!(product.times(right.reciprocal().unwrap()).unwrap(), left);
        }
    }
}
