//! Ids of a household document: 1 to 64 letters, digits, points, hyphens and underscores, unique in the document.

use std::collections::{BTreeMap, BTreeSet};

/// The longest id.
const MAX_ID: usize = 64;

/// The ids that are taken.
pub(super) struct Ids {
    taken: BTreeSet<String>,
    /// The number that was given last to ids that would be the same.
    numbers: BTreeMap<String, u32>,
}

impl Ids {
    pub(super) fn taken<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        Self { taken: ids.map(str::to_owned).collect(), numbers: BTreeMap::new() }
    }

    /// The id with a hyphen for each character that it must not have, and with a number if it is taken.
    pub(super) fn give(&mut self, id: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
        let plain: String = id.chars().map(plain).take(MAX_ID).collect();
        let mut given = plain.clone();
        let number = self.numbers.entry(plain.clone()).or_insert(1);
        while !self.taken.insert(given.clone()) {
            *number += 1;
            let end = format!("-{number}");
            given = plain.chars().take(MAX_ID - end.len()).chain(end.chars()).collect();
        }
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_plain_and_stay_apart() {
        let mut ids = Ids::taken(["ann"].into_iter());
        assert_eq!(ids.give("Checking …1234"), "Checking--1234");
        assert_eq!(ids.give("Checking *1234"), "Checking--1234-2");
        assert_eq!(ids.give("ann"), "ann-2");
        assert_eq!(ids.give(&"x".repeat(100)).len(), 64);
        assert_eq!(ids.give(&"x".repeat(100)), format!("{}-2", "x".repeat(62)));
    }
}
