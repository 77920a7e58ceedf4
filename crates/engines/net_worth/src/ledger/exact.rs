//! Quotients of products, rounded once; and ratios of whole numbers.

use std::cmp::Ordering;

use wherewithal_base::{
    Result,
    num::{Decimal, Rounding},
};

/// The product of some numbers divided by that of others, rounded half to even once.
///
/// It is computed in integers, so that a third of a share times three is a share and half a cent is a tie. With more than 38 digits it is
/// computed in decimals, which are exact up to 28.
///
/// # Errors
/// `decimal.division_by_zero`, `decimal.overflow`.
pub(super) fn quotient(over: &[Decimal], under: &[Decimal], places: u32) -> Result<Decimal> {
    let whole = in_integers(over, under, places);
    if let Some(exact) = whole.and_then(|mantissa| Decimal::from_i128(mantissa, places).ok()) {
        return Ok(exact);
    }
    let product = |factors: &[Decimal]| factors.iter().try_fold(Decimal::ONE, |all, one| all.times(*one));
    Ok(product(over)?.divided_by(product(under)?)?.round(places, Rounding::HalfEven))
}

/// The rounded quotient in units of the last of its places, if 38 digits are enough for all that leads to it.
fn in_integers(over: &[Decimal], under: &[Decimal], places: u32) -> Option<i128> {
    let (over, over_scale) = product_of(over)?;
    let (under, under_scale) = product_of(under)?;
    // over / 10^over_scale × 10^places ÷ (under / 10^under_scale), without the tens that both have.
    let common = over_scale.min(under_scale + places);
    let over = over.checked_mul(10_i128.checked_pow(under_scale + places - common)?)?;
    let under = under.checked_mul(10_i128.checked_pow(over_scale - common)?)?;
    let (over, under) = if under < 0 { (over.checked_neg()?, under.checked_neg()?) } else { (over, under) };
    let (whole, rest) = (over.checked_div_euclid(under)?, over.checked_rem_euclid(under)?);
    Some(match rest.cmp(&(under - rest)) {
        Ordering::Less => whole,
        Ordering::Equal => whole + whole.rem_euclid(2),
        Ordering::Greater => whole + 1,
    })
}

/// A product as an integer and the decimal places in it.
fn product_of(factors: &[Decimal]) -> Option<(i128, u32)> {
    factors.iter().map(|factor| factor.normalized()).try_fold((1_i128, 0), |(product, scale), factor| {
        Some((product.checked_mul(factor.mantissa())?, scale + factor.scale()))
    })
}

/// A ratio of whole numbers without a common factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio {
    pub(super) to: i128,
    pub(super) from: i128,
}

impl Ratio {
    pub(super) const NONE: Self = Self { to: 1, from: 1 };

    /// The ratio of two numbers above zero, if it has few enough digits.
    pub(super) fn of(to: Decimal, from: Decimal) -> Option<Self> {
        let (to, from) = (to.normalized(), from.normalized());
        let scale = to.scale().max(from.scale());
        let whole =
            |number: Decimal| number.mantissa().checked_mul(10_i128.checked_pow(scale - number.scale())?);
        Self::reduced(whole(to)?, whole(from)?)
    }

    fn reduced(to: i128, from: i128) -> Option<Self> {
        let (mut divisor, mut rest) = (to, from);
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        (to > 0 && from > 0).then(|| Self { to: to / divisor, from: from / divisor })
    }

    /// The ratio of both, one after the other.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        Self::reduced(self.to.checked_mul(other.to)?, self.from.checked_mul(other.from)?)
    }

    /// The ratio the other way round.
    pub(super) fn reversed(self) -> Self {
        Self { to: self.from, from: self.to }
    }

    /// Both numbers as decimals, if they have few enough digits.
    pub(super) fn decimals(self) -> Option<(Decimal, Decimal)> {
        Some((Decimal::from_i128(self.to, 0).ok()?, Decimal::from_i128(self.from, 0).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn rounded(over: &[&str], under: &[&str], places: u32) -> String {
        let read = |texts: &[&str]| texts.iter().map(|text| decimal(text)).collect::<Vec<_>>();
        quotient(&read(over), &read(under), places).unwrap().to_string()
    }

    #[test]
    fn a_tie_is_one_although_a_factor_is_no_decimal() {
        // 10 thirds of a share times 0.1515 are 0.505, and times 0.1545 they are 0.515.
        assert_eq!(rounded(&["10", "0.1515"], &["3"], 2), "0.50");
        assert_eq!(rounded(&["10", "0.1545"], &["3"], 2), "0.52");
        assert_eq!(rounded(&["-10", "0.1515"], &["3"], 2), "-0.50");
        assert_eq!(rounded(&["-10", "0.1545"], &["3"], 2), "-0.52");
        assert_eq!(rounded(&["10", "0.1545"], &["-3"], 2), "-0.52");
        assert_eq!(rounded(&["1200", "100"], &["10"], 2), "12000.00");
    }

    #[test]
    fn more_digits_than_an_integer_has_are_computed_in_decimals() {
        let long = "1.234567890123456789012345678";
        assert_eq!(rounded(&[long, long], &["1"], 4), "1.5242");
        assert!(quotient(&[Decimal::ONE], &[Decimal::ZERO], 2).is_err());
    }

    #[test]
    fn ratios_have_no_common_factor() {
        assert_eq!(Ratio::of(decimal("1.5"), decimal("1")), Some(Ratio { to: 3, from: 2 }));
        assert_eq!(Ratio::of(decimal("4"), decimal("2.0")), Some(Ratio { to: 2, from: 1 }));
        assert_eq!(Ratio::of(decimal("0"), decimal("2")), None);
        let three_for_two = Ratio { to: 3, from: 2 };
        assert_eq!(three_for_two.times(three_for_two.reversed()), Some(Ratio::NONE));
    }

    proptest! {
        #[test]
        fn a_product_is_rounded_as_decimals_are(one in -9_999_999_i64..9_999_999, other in -99_999_i64..99_999, places in 0_u32..6) {
            let (one, other) = (Decimal::new(one, 4).unwrap(), Decimal::new(other, 3).unwrap());
            let product = one.times(other).unwrap().round(places, Rounding::HalfEven);
            prop_assert_eq!(quotient(&[one, other], &[Decimal::ONE], places).unwrap(), product);
        }
    }
}
