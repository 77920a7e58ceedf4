//! Lists whose entries are addressed by an index of their own type.

use std::{
    marker::PhantomData,
    num::NonZeroU32,
    ops::{Index, IndexMut},
};

use wherewithal_base::order;

/// The place of an entry in a [`Table`] of `T`.
pub(crate) struct Id<T> {
    /// The index and one, so that an absent id takes no more room.
    number: NonZeroU32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    #[expect(clippy::expect_used, reason = "memory ends before 2^32 - 1 entries of a book do")]
    pub(super) fn at(index: usize) -> Self {
        let number = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
        Self { number: number.expect("a table has fewer than 2^32 - 1 entries"), of: PhantomData }
    }

    pub(crate) fn index(self) -> u32 {
        self.number.get() - 1
    }

    /// The index as that of a list.
    pub(crate) fn place(self) -> usize {
        self.index() as usize
    }
}

/// Each id once, in order.
pub(crate) fn distinct<T>(ids: impl Iterator<Item = Id<T>>) -> Vec<Id<T>> {
    let mut ids: Vec<Id<T>> = ids.collect();
    order::sort_by_key(&mut ids, |id| *id);
    ids.dedup();
    ids
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.number.cmp(&other.number)
    }
}

impl<T> std::fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.index().fmt(f)
    }
}

/// A list that only grows, so that an [`Id`] that it gave stays valid: what an event added that is refused goes with all that
/// names it.
#[derive(Debug, Clone)]
pub(crate) struct Table<T> {
    entries: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<T> Table<T> {
    pub(crate) fn push(&mut self, entry: T) -> Id<T> {
        let id = self.next_id();
        self.entries.push(entry);
        id
    }

    /// Drops the entry that was added last, whose id nothing names any more.
    pub(super) fn drop_last(&mut self) {
        self.entries.pop();
    }

    /// The id that the next entry gets.
    pub(crate) fn next_id(&self) -> Id<T> {
        Id::at(self.entries.len())
    }

    /// Makes room for so many further entries.
    pub(crate) fn reserve(&mut self, entries: usize) {
        self.entries.reserve(entries);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Id<T>, &T)> {
        self.entries.iter().enumerate().map(|(index, entry)| (Id::at(index), entry))
    }
}

impl<T> Index<Id<T>> for Table<T> {
    type Output = T;

    #[expect(clippy::expect_used, reason = "ids come from the table, and nothing names one that was dropped")]
    fn index(&self, id: Id<T>) -> &T {
        self.entries.get(id.index() as usize).expect("the id is of this table")
    }
}

impl<T> IndexMut<Id<T>> for Table<T> {
    #[expect(clippy::expect_used, reason = "ids come from the table, and nothing names one that was dropped")]
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        self.entries.get_mut(id.index() as usize).expect("the id is of this table")
    }
}
