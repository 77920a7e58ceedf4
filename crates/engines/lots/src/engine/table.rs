//! Lists whose entries are addressed by an index of their own type.

use std::{
    marker::PhantomData,
    ops::{Index, IndexMut},
};

/// The place of an entry in a [`Table`] of `T`.
pub(crate) struct Id<T> {
    index: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    pub(crate) fn index(self) -> u32 {
        self.index
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
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
        self.index.cmp(&other.index)
    }
}

impl<T> std::fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.index.fmt(f)
    }
}

/// A list that only grows, so that an [`Id`] that it gave stays valid.
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

    /// The id that the next entry gets.
    #[expect(clippy::expect_used, reason = "memory ends before 2^32 entries of a book do")]
    pub(crate) fn next_id(&self) -> Id<T> {
        let index = u32::try_from(self.entries.len()).expect("a book has fewer than 2^32 entries");
        Id { index, of: PhantomData }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Id<T>, &T)> {
        (0..).zip(&self.entries).map(|(index, entry)| (Id { index, of: PhantomData }, entry))
    }
}

impl<T> Index<Id<T>> for Table<T> {
    type Output = T;

    #[expect(clippy::expect_used, reason = "ids come from the table, which never shrinks")]
    fn index(&self, id: Id<T>) -> &T {
        self.entries.get(id.index as usize).expect("the id is of this table")
    }
}

impl<T> IndexMut<Id<T>> for Table<T> {
    #[expect(clippy::expect_used, reason = "ids come from the table, which never shrinks")]
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        self.entries.get_mut(id.index as usize).expect("the id is of this table")
    }
}
