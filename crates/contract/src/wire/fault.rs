//! Where the fault of a refused input lies.
//!
//! The reader takes in an object with a tag (`"kind"`) whole before it knows what to read from it, and loses sight of the
//! places in it: of a wrong number deep in a market it says that something is wrong with the market. But it reads such an
//! object in order and stops at the first fault. So an entry lies at or before the fault exactly if the refusal
//! changes when the entry is spoilt, and the fault is found by halving, level by level.

use std::{borrow::Cow, mem};

use wherewithal::Error;

use super::tree::Tree;

/// How many bytes are read again at most, all times together. Where they do not do, the way ends early.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The name of a field that no object has, and of a kind that there is not.
const SPOILT: &str = "\u{0}";

/// The field that says of which kind an object is.
const TAG: &str = "kind";

/// One step on the way from the whole input to a value in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Field(String),
    Item(usize),
}

/// Why an input was refused, and how far on the way to the fault the reader knows.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) error: Error,
    pub(super) path: Vec<Step>,
}

impl Refusal {
    fn is_like(&self, other: &Self) -> bool {
        self.error.code() == other.error.code() && self.error.message() == other.error.message()
    }
}

/// The whole way to the fault in an input that took so many bytes. `read` reads an input and says why it is refused, if it
/// is.
pub(super) fn locate(
    mut whole: Tree<'_>,
    bytes: usize,
    refusal: Refusal,
    read: &dyn Fn(&Tree<'_>) -> Option<Refusal>,
) -> Refusal {
    tags_first(&mut whole);
    let mut search = Search { refusal: &refusal, read, readings: MOST_BYTES / bytes.max(1) };
    let mut path = refusal.path.clone();
    if search.refusal_changes(&whole) != Some(false) || value_at(&mut whole, &path).is_none() {
        return refusal;
    }
    while let Some(step) = search.next(&mut whole, &path) {
        path.push(step);
    }
    Refusal { path, ..refusal }
}

/// Puts the tag of every object first, where the reader looks at it first too.
fn tags_first(value: &mut Tree<'_>) {
    match value {
        Tree::Fields(fields) => {
            if let Some(index) = fields.iter().position(|(name, _)| name == TAG) {
                fields.get_mut(..=index).into_iter().for_each(|before| before.rotate_right(1));
            }
            fields.iter_mut().for_each(|(_, field)| tags_first(field));
        }
        Tree::Items(items) => items.iter_mut().for_each(tags_first),
        _ => {}
    }
}

fn value_at<'a, 'tree>(whole: &'a mut Tree<'tree>, path: &[Step]) -> Option<&'a mut Tree<'tree>> {
    path.iter().try_fold(whole, |value, step| match (value, step) {
        (Tree::Fields(fields), Step::Field(name)) => {
            fields.iter_mut().find(|(field, _)| field == name).map(|(_, value)| value)
        }
        (Tree::Items(items), Step::Item(index)) => items.get_mut(*index),
        _ => None,
    })
}

/// Two values that are refused wherever they stand, each with a message of its own.
fn spoilt<'tree>() -> [Tree<'tree>; 2] {
    let none = || Tree::Text(SPOILT.into());
    [
        Tree::Fields(vec![(SPOILT.into(), Tree::Null), (TAG.into(), none())]),
        Tree::Items(vec![Tree::Items(vec![none()])]),
    ]
}

struct Search<'a> {
    refusal: &'a Refusal,
    read: &'a dyn Fn(&Tree<'_>) -> Option<Refusal>,
    /// How often the input may still be read.
    readings: usize,
}

impl Search<'_> {
    /// `None` where the input may not be read again.
    fn refusal_changes(&mut self, whole: &Tree<'_>) -> Option<bool> {
        self.readings = self.readings.checked_sub(1)?;
        Some(!(self.read)(whole).is_some_and(|again| again.is_like(self.refusal)))
    }

    /// Into which entry of the value at `path` the way to the fault goes on; `None` where it ends there, or nothing may be read
    /// any more.
    fn next(&mut self, whole: &mut Tree<'_>, path: &[Step]) -> Option<Step> {
        let entries = match value_at(whole, path)? {
            Tree::Fields(fields) => fields.len(),
            Tree::Items(items) => items.len(),
            _ => return None,
        };
        // What comes after all entries, such as that one is missing, is a fault of the value itself.
        if self.lies_at_or_before_fault(whole, path, entries)? {
            return None;
        }
        let (mut before, mut after) = (0, entries);
        while before < after {
            let middle = before.midpoint(after);
            if self.lies_at_or_before_fault(whole, path, middle)? {
                before = middle + 1;
            } else {
                after = middle;
            }
        }
        let faulty = before.checked_sub(1)?;
        match value_at(whole, path)? {
            Tree::Fields(fields) => fields.get(faulty).map(|(name, _)| Step::Field(name.to_string())),
            _ => Some(Step::Item(faulty)),
        }
    }

    /// Whether the refusal changes when entry `index` of the value at `path` is spoilt, or where there are no more
    /// entries a spoilt one is added.
    fn lies_at_or_before_fault(&mut self, whole: &mut Tree<'_>, path: &[Step], index: usize) -> Option<bool> {
        for spoilt in spoilt() {
            let entry = Some((SPOILT.into(), spoilt));
            let kept = value_at(whole, path).and_then(|value| exchange(value, index, entry));
            let changes = self.refusal_changes(whole);
            if let Some(value) = value_at(whole, path) {
                exchange(value, index, kept);
            }
            if changes != Some(false) {
                return changes;
            }
        }
        Some(false)
    }
}

type Entry<'tree> = (Cow<'tree, str>, Tree<'tree>);

/// Puts an entry in the place of entry `index`, where there is one, or at the end, and returns what was there. With no entry
/// takes the last away.
fn exchange<'tree>(
    value: &mut Tree<'tree>,
    index: usize,
    entry: Option<Entry<'tree>>,
) -> Option<Entry<'tree>> {
    match (value, entry) {
        (Tree::Fields(fields), Some(entry)) => match fields.get_mut(index) {
            Some(place) => Some(mem::replace(place, entry)),
            None => {
                fields.push(entry);
                None
            }
        },
        (Tree::Items(items), Some((name, entry))) => match items.get_mut(index) {
            Some(place) => Some((name, mem::replace(place, entry))),
            None => {
                items.push(entry);
                None
            }
        },
        (Tree::Fields(fields), None) => fields.pop(),
        (Tree::Items(items), None) => items.pop().map(|item| (Cow::default(), item)),
        _ => None,
    }
}
