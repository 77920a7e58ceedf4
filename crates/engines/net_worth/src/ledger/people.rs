//! What of an item is whose.

use std::collections::BTreeMap;

use wherewithal_base::{Result, num::Decimal};

use super::{
    input::OwnerShare,
    term::{NetWorthTerm, NetWorthTerms},
};

/// Figures by person; those without a person are held jointly.
pub(super) type ByPerson<'a, T> = BTreeMap<Option<&'a str>, T>;

/// The parts of an amount in proportion to the shares of its owners, each a whole number of units of `places` decimal places or of
/// as many as the amount has. They add up to the amount, in which what others own is not: what rounding down leaves goes to the
/// largest remainders, and of equal ones to the first person by name.
pub(super) fn parts(amount: Decimal, owners: &[OwnerShare], places: u32) -> Result<Vec<Decimal>> {
    let scale = amount.normalized().scale().max(places);
    let unit = Decimal::from_i128(1, scale)?;
    let units = amount.abs().divided_by(unit)?;
    let all = Decimal::sum(owners.iter().map(|owner| owner.share))?;
    let mut shares = Vec::with_capacity(owners.len());
    let mut left = units;
    for (place, owner) in owners.iter().enumerate() {
        let share = units.times(owner.share)?;
        let whole = share.divided_by(all)?.round(0, wherewithal_base::num::Rounding::Down);
        left = left.minus(whole)?;
        // All remainders have one divisor, by which they are not divided: equal ones stay equal.
        shares.push((whole, share.minus(whole.times(all)?)?, &owner.person, place));
    }
    shares.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.2.cmp(other.2)));
    let mut parts = vec![Decimal::ZERO; owners.len()];
    for (whole, _, _, place) in shares {
        let extra = if left >= Decimal::ONE { Decimal::ONE } else { Decimal::ZERO };
        left = left.minus(extra)?;
        let part = whole.plus(extra)?.times(unit)?;
        #[expect(clippy::indexing_slicing, reason = "there is a part for each owner")]
        let slot = &mut parts[place];
        *slot = if amount.is_negative() { part.negated() } else { part };
    }
    Ok(parts)
}

/// A change of an item, by what it comes from.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Changed {
    pub(super) opening: Decimal,
    pub(super) closing: Decimal,
    pub(super) terms: NetWorthTerms,
}

impl Changed {
    pub(super) fn add(&mut self, other: &Self) -> Result<()> {
        self.opening = self.opening.plus(other.opening)?;
        self.closing = self.closing.plus(other.closing)?;
        self.terms.add_all(&other.terms)
    }
}

/// The parts of a change. Each term is divided as an amount is, and so are the values at both ends, so that they are those of the
/// statements of their days. Where a person's terms then differ from the change of that person's part by a few units, the
/// largest term takes them: over all persons they cancel.
pub(super) fn changed_parts(whole: &Changed, owners: &[OwnerShare], places: u32) -> Result<Vec<Changed>> {
    let openings = parts(whole.opening, owners, places)?;
    let closings = parts(whole.closing, owners, places)?;
    let mut divided: Vec<Changed> = (openings.into_iter().zip(closings))
        .map(|(opening, closing)| Changed { opening, closing, terms: NetWorthTerms::default() })
        .collect();
    let mut largest = NetWorthTerm::Saving;
    for term in NetWorthTerm::ALL {
        let amount = whole.terms.of(term);
        if amount.abs() > whole.terms.of(largest).abs() {
            largest = term;
        }
        for (person, part) in divided.iter_mut().zip(parts(amount, owners, places)?) {
            person.terms.add(term, part)?;
        }
    }
    for person in &mut divided {
        let change = person.closing.minus(person.opening)?;
        let missing = change.minus(person.terms.sum()?)?;
        person.terms.add(largest, missing)?;
    }
    Ok(divided)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn owners(shares: &[&str]) -> Vec<OwnerShare> {
        let owner = |(place, share): (usize, &&str)| OwnerShare {
            person: format!("p{place}"),
            share: decimal(share),
        };
        shares.iter().enumerate().map(owner).collect()
    }

    #[test]
    fn the_largest_remainders_take_what_rounding_leaves() {
        let thirds = owners(&["0.333333333333", "0.333333333333", "0.333333333334"]);
        let shown = |amount: &str| -> Vec<String> {
            parts(decimal(amount), &thirds, 2).unwrap().iter().map(Decimal::to_string).collect()
        };
        assert_eq!(shown("100.00"), ["33.33", "33.33", "33.34"]);
        assert_eq!(shown("-0.01"), ["0", "0", "-0.01"]);
        assert_eq!(parts(decimal("0.01"), &owners(&["0.5", "0.5"]), 2).unwrap()[0], decimal("0.01"));
        // A quarter and an eighth of a house whose household's part is 100: two thirds and one.
        assert_eq!(
            parts(decimal("100.00"), &owners(&["0.25", "0.125"]), 2).unwrap(),
            [decimal("66.67"), decimal("33.33")]
        );
        // Of 20 units 8 4/7, 4/7 and 10 6/7: the last has the largest remainder, and of the equal ones the first has the earlier name.
        assert_eq!(
            parts(decimal("0.20"), &owners(&["0.3", "0.02", "0.38"]), 2).unwrap(),
            [decimal("0.09"), decimal("0.00"), decimal("0.11")]
        );
    }

    proptest! {
        #[test]
        fn parts_add_up_and_lie_within_a_unit_of_their_shares(cents in -9_999_999_i64..9_999_999, share in 1_i64..999) {
            let share = Decimal::new(share, 3).unwrap();
            let rest = Decimal::ONE.minus(share).unwrap();
            let owners = [
                OwnerShare { person: "b".to_owned(), share },
                OwnerShare { person: "a".to_owned(), share: rest },
            ];
            let amount = Decimal::new(cents, 2).unwrap();
            let parts = parts(amount, &owners, 2).unwrap();
            prop_assert_eq!(Decimal::sum(parts.iter().copied()).unwrap(), amount);
            let exact = amount.times(share).unwrap();
            prop_assert!(parts[0].minus(exact).unwrap().abs() < decimal("0.01"));
        }

        #[test]
        fn divided_terms_add_up_both_ways(terms in prop::array::uniform10(-99_999_i64..99_999), opening in -99_999_i64..99_999, share in 1_i64..999) {
            let mut whole = Changed { opening: Decimal::new(opening, 2).unwrap(), ..Changed::default() };
            for (term, cents) in NetWorthTerm::ALL.into_iter().zip(terms) {
                whole.terms.add(term, Decimal::new(cents, 2).unwrap()).unwrap();
            }
            whole.closing = whole.opening.plus(whole.terms.sum().unwrap()).unwrap();
            let share = Decimal::new(share, 3).unwrap();
            let owners = [
                OwnerShare { person: "a".to_owned(), share },
                OwnerShare { person: "b".to_owned(), share: Decimal::ONE.minus(share).unwrap() },
            ];
            let divided = changed_parts(&whole, &owners, 2).unwrap();
            let mut sum = Changed::default();
            for person in &divided {
                let change = person.closing.minus(person.opening).unwrap();
                prop_assert_eq!(person.terms.sum().unwrap(), change);
                sum.add(person).unwrap();
            }
            prop_assert_eq!(sum.terms, whole.terms);
            prop_assert_eq!((sum.opening, sum.closing), (whole.opening, whole.closing));
        }
    }
}
