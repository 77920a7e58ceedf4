//! The ids of accounts and of commodities: their names without the numbers of accounts, not too long, and none for two.

use std::collections::{BTreeMap, BTreeSet};

/// The longest id.
const MAX_ID: usize = 100;

/// Ids, of which each is given once. What has the same id as an earlier one is numbered.
#[derive(Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
    /// The number that is tried next for an id.
    next: BTreeMap<String, u32>,
}

impl Ids {
    /// Keeps an id that the journal states.
    pub(super) fn keep(&mut self, id: &str) {
        self.taken.insert(id.to_owned());
    }

    /// The id for a name as it may be shown.
    pub(super) fn of(&mut self, shown: &str) -> String {
        let wanted: String = shown.chars().take(MAX_ID).collect();
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let end = format!("-{next}");
            *next += 1;
            let id: String = wanted.chars().take(MAX_ID - end.len()).chain(end.chars()).collect();
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_is_given_twice() {
        let mut ids = Ids::default();
        ids.keep("b-2");
        let given: Vec<String> = ["a", "b", "b", "b", "a"].iter().map(|name| ids.of(name)).collect();
        assert_eq!(given, ["a", "b", "b-3", "b-4", "a-2"]);
        let long = "x".repeat(120);
        let (first, second) = (ids.of(&long), ids.of(&long));
        assert_eq!((first.len(), second.len(), second.ends_with("x-2")), (100, 100, true));
    }
}
