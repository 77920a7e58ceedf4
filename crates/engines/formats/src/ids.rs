//! Ids that no two things of a file share.

use std::collections::{BTreeMap, BTreeSet};

/// The longest id.
pub(crate) const MAX_ID: usize = 100;
/// How many characters of an id its number can take, with the hyphen before it.
const NUMBER: usize = 8;

/// The ids that are given so far.
#[derive(Default)]
pub(crate) struct Ids {
    taken: BTreeSet<String>,
    /// The number that is tried next, by what stands before it.
    next: BTreeMap<String, u32>,
}

impl Ids {
    /// An id of at most some characters for something that is called by a text: the text itself, or where another has it,
    /// the text with a number behind it. It takes the time of looking it up, however many are called alike.
    pub(crate) fn unique(&mut self, text: &str, most: usize) -> String {
        let whole = beginning(text, most);
        if self.taken.insert(whole.clone()) {
            return whole;
        }
        let stem = beginning(text, most.saturating_sub(NUMBER));
        let next = self.next.entry(stem.clone()).or_insert(2);
        loop {
            let id = format!("{stem}-{next}");
            *next += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The ids of things that are called by a text: the text, cut and numbered where it is too long.
#[derive(Default)]
pub(crate) struct LongIds {
    ids: Ids,
    by_text: BTreeMap<String, String>,
}

impl LongIds {
    pub(crate) fn of(&mut self, text: &str) -> String {
        // Only what is cut can be like another.
        if text.chars().count() + NUMBER < MAX_ID {
            return text.to_owned();
        }
        if let Some(id) = self.by_text.get(text) {
            return id.clone();
        }
        let id = self.ids.unique(text, MAX_ID);
        self.by_text.insert(text.to_owned(), id.clone());
        id
    }
}

/// The first characters of a text.
fn beginning(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_ids_are_alike() {
        let mut ids = Ids::default();
        for (text, id) in [
            ("1234", "1234"),
            ("1234", "1234-2"),
            ("1234-2", "1234-2-2"),
            ("1234-3", "1234-3"),
            ("1234", "1234-4"),
        ] {
            assert_eq!(ids.unique(text, MAX_ID), id);
        }
        assert_eq!(ids.unique("aaaaaaaaaaaaaaaaaaaa", 12), "aaaaaaaaaaaa");
        assert_eq!(ids.unique("aaaaaaaaaaaaaaaaaaab", 12), "aaaa-2");
    }

    #[test]
    fn a_long_text_is_cut_and_numbered() {
        let mut ids = LongIds::default();
        let (one, other) = (format!("{}x", "A".repeat(100)), format!("{}y", "A".repeat(100)));
        assert_eq!(ids.of("ABC"), "ABC");
        assert_eq!(ids.of(&one), "A".repeat(100));
        assert_eq!(ids.of(&other), format!("{}-2", "A".repeat(92)));
        assert_eq!(ids.of(&one), "A".repeat(100));
    }
}
