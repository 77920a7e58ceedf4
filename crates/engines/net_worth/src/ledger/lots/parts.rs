//! Amounts in parts that add up.

use wherewithal_base::{
    Error, ErrorCode, Result,
    num::{Decimal, Rounding},
};

/// The decimal places to which shares of an amount are computed before they are rounded to its minor unit.
const SHARE_PLACES: u32 = 9;

/// An amount in parts of whole units of `places` decimal places, from the shares that it exactly consists of: each share is
/// rounded down, and the units that are left go to the largest remainders, of equal ones to the first. An amount with more decimal
/// places leaves less than a unit at the end, which goes to the next. An amount below zero is divided as its opposite is.
pub(super) fn apportioned(total: Decimal, shares: &[Decimal], places: u32) -> Result<Vec<Decimal>> {
    if total.is_negative() {
        let mirrored: Vec<Decimal> = shares.iter().map(|share| share.negated()).collect();
        let parts = apportioned(total.negated(), &mirrored, places)?;
        return Ok(parts.into_iter().map(Decimal::negated).collect());
    }
    let unit = Decimal::from_i128(1, places)?;
    let mut parts = Vec::with_capacity(shares.len());
    let mut remainders = Vec::with_capacity(shares.len());
    let mut left = total;
    for (place, share) in shares.iter().enumerate() {
        let share = share.round(SHARE_PLACES, Rounding::HalfEven);
        let towards_zero = share.round(places, Rounding::Down);
        let whole = if towards_zero > share { towards_zero.minus(unit)? } else { towards_zero };
        left = left.minus(whole)?;
        remainders.push((share.minus(whole)?, place));
        parts.push(whole);
    }
    remainders.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    for (_, place) in remainders {
        if left.is_zero() {
            break;
        }
        let step = if left >= unit { unit } else { left };
        left = left.minus(step)?;
        #[expect(clippy::indexing_slicing, reason = "there is a part for each share")]
        let part = &mut parts[place];
        *part = part.plus(step)?;
    }
    if left.is_zero() {
        return Ok(parts);
    }
    let message = format!("the parts of {total} do not add up to it in 28 digits");
    Err(Error::new(ErrorCode::DecimalOverflow, message))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn shown(total: &str, shares: &[&str]) -> Vec<String> {
        let shares: Vec<Decimal> = shares.iter().map(|share| decimal(share)).collect();
        let parts = apportioned(decimal(total), &shares, 2).unwrap();
        parts.iter().map(|part| part.normalized().to_string()).collect()
    }

    #[test]
    fn what_is_left_goes_to_the_largest_remainders() {
        assert_eq!(shown("10.00", &["3.333333333", "3.333333333", "3.333333334"]), ["3.33", "3.33", "3.34"]);
        assert_eq!(shown("0.01", &["0.005", "0.005"]), ["0.01", "0"]);
        assert_eq!(shown("-0.01", &["-0.005", "-0.005"]), ["-0.01", "0"]);
        assert_eq!(shown("0.00", &["1.006", "-1.006"]), ["1.01", "-1.01"]);
        assert_eq!(shown("1.005", &["0.5025", "0.5025"]), ["0.505", "0.5"]);
        assert_eq!(shown("0", &[]), Vec::<String>::new());
    }

    #[test]
    fn parts_that_cannot_add_up_are_an_error() {
        let error = apportioned(decimal("5.00"), &[decimal("1"), decimal("1")], 2).unwrap_err();
        assert_eq!(error.code(), ErrorCode::DecimalOverflow);
        assert!(apportioned(decimal("5.00"), &[], 2).is_err());
    }

    proptest! {
        #[test]
        fn parts_add_up_and_lie_within_a_unit_of_their_shares(shares in prop::collection::vec(-9_999_999_i64..9_999_999, 1..9)) {
            let shares: Vec<Decimal> = shares.into_iter().map(|share| Decimal::new(share, 5).unwrap()).collect();
            let total = Decimal::sum(shares.iter().copied()).unwrap().round(2, Rounding::HalfEven);
            let parts = apportioned(total, &shares, 2).unwrap();
            prop_assert_eq!(Decimal::sum(parts.iter().copied()).unwrap(), total);
            for (part, share) in parts.iter().zip(&shares) {
                prop_assert!(part.minus(*share).unwrap().abs() <= decimal("0.01"));
            }
        }
    }
}
