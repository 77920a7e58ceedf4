//! Stable sorting, compiled once for all types.
//!
//! The standard library compiles its sort for each type and order, four kilobytes at a time: a tenth of a browser module
//! that sorts short lists of many types. Here one sort orders places, and each type only moves its items there.

use std::cmp::Ordering;

/// Sorts items in a stable order.
///
/// ```
/// let mut names = vec!["spring", "a", "well"];
/// wherewithal_base::order::sort_by(&mut names, |a, b| a.len().cmp(&b.len()));
/// assert_eq!(names, ["a", "well", "spring"]);
/// ```
#[expect(clippy::indexing_slicing, reason = "the places are those of the items")]
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let places = sorted_places(items.len(), &|a, b| compare(&items[a], &items[b]));
    let mut slots: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| slots[place].take()));
}

/// Sorts items by a key, in a stable order.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The places from 0 to below `count` in order; equal ones stay in sequence.
#[must_use]
pub fn sorted_places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items in proptest::collection::vec((0_u8..9, any::<u8>()), 0..99)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            super::sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, theirs);
        }
    }
}
