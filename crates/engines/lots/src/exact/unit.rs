//! The unit in which the lots of a security are counted.

use wherewithal_base::{
    Result,
    num::{Decimal, Rounding},
};

use super::proportion::overflow;

/// The places that a quantity shows if it is no decimal, such as a seventh.
const PLACES: u32 = 18;

/// The unit in which quantities of a security are counted: 1 / [`denominator`](Self::denominator) of a share.
///
/// A purchase of 1.25 shares needs hundredths, a split of 1 for 7 sevenths. When a finer unit is needed, the quantities of
/// all lots are restated in it, so quantities are integers, arithmetic is exact, and a split and its reverse are the
/// identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    denominator: i128,
    /// The most decimal places of a quantity that every count of units can have.
    places: u32,
    /// Units in the last of those places.
    in_last_place: i128,
}

impl Default for Unit {
    fn default() -> Self {
        Self { denominator: 1, places: 0, in_last_place: 1 }
    }
}

impl Unit {
    fn new(denominator: i128) -> Self {
        let (mut places, mut in_last_place) = (0, denominator);
        while in_last_place % 10 == 0 {
            places += 1;
            in_last_place /= 10;
        }
        Self { denominator, places, in_last_place }
    }

    /// Units in a share.
    pub(crate) fn denominator(self) -> i128 {
        self.denominator
    }

    /// A quantity in units, or `None` if the unit is too coarse for it.
    pub(crate) fn count(self, quantity: Decimal) -> Result<Option<i128>> {
        if quantity.scale() == self.places {
            return quantity.mantissa().checked_mul(self.in_last_place).map(Some).ok_or_else(overflow);
        }
        let power = 10i128.pow(quantity.scale());
        let units = quantity.mantissa().checked_mul(self.denominator).ok_or_else(overflow)?;
        Ok((units % power == 0).then_some(units / power))
    }

    /// The factor by which the unit must become finer to count a quantity.
    pub(crate) fn refinement(self, quantity: Decimal) -> Result<i128> {
        let power = 10i128.pow(quantity.scale());
        let mantissa = quantity.mantissa();
        let product = mantissa.checked_mul(self.denominator).ok_or_else(overflow)?;
        Ok(power / greatest_common_divisor(power, product))
    }

    /// The unit that is finer by a factor.
    pub(crate) fn refined(self, factor: i128) -> Result<Self> {
        if factor == 1 {
            return Ok(self);
        }
        self.denominator.checked_mul(factor).map(Self::new).ok_or_else(overflow)
    }

    /// The unit that is coarser by a divisor of the denominator.
    pub(crate) fn coarsened(self, divisor: i128) -> Self {
        Self::new(self.denominator / divisor)
    }

    /// The number of shares as a decimal: exact if there is one, otherwise rounded half to even to 18 places.
    pub(crate) fn shares(self, units: i128) -> Result<Decimal> {
        let whole = Decimal::from_i128(units, 0)?;
        if self.denominator == 1 {
            return Ok(whole);
        }
        let quotient = whole.divided_by(Decimal::from_i128(self.denominator, 0)?)?;
        Ok(if self.is_decimal(units) { quotient } else { quotient.round(PLACES, Rounding::HalfEven) }
            .normalized())
    }

    /// The number of shares as a fraction in lowest terms, such as `47/7`, if it is no decimal.
    pub(crate) fn fraction(self, units: i128) -> Option<String> {
        if self.is_decimal(units) {
            return None;
        }
        let divisor = greatest_common_divisor(units, self.denominator);
        Some(format!("{}/{}", units / divisor, self.denominator / divisor))
    }

    /// Whether the number of shares has finitely many decimal places.
    fn is_decimal(self, units: i128) -> bool {
        let mut rest = self.denominator / greatest_common_divisor(units, self.denominator);
        for prime in [2, 5] {
            while rest % prime == 0 {
                rest /= prime;
            }
        }
        rest == 1
    }
}

/// The greatest common divisor of two integers of which one is not zero.
pub(crate) fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_unit_becomes_as_fine_as_a_quantity_needs() {
        let unit = Unit::default();
        assert_eq!(unit.count(decimal("1.25")).unwrap(), None);
        assert_eq!(unit.refinement(decimal("1.25")).unwrap(), 4);
        assert_eq!(unit.refined(4).unwrap().count(decimal("1.250")).unwrap(), Some(5));
    }

    #[test]
    fn a_seventh_is_a_fraction_and_a_quarter_a_decimal() {
        let sevenths = Unit::new(28);
        assert_eq!(sevenths.fraction(188).as_deref(), Some("47/7"));
        assert_eq!(sevenths.shares(188).unwrap().to_string(), "6.714285714285714286");
        assert_eq!(sevenths.fraction(7), None);
        assert_eq!(sevenths.shares(7).unwrap().to_string(), "0.25");
    }
}
