//! A value for each entry of a table.

use std::{
    marker::PhantomData,
    ops::{Index, IndexMut},
};

use super::{Id, Table};

/// A value for each entry of a table that gets no more.
#[derive(Debug, Clone)]
pub(crate) struct OfEach<I, T> {
    values: Vec<T>,
    of: PhantomData<fn() -> I>,
}

impl<I, T: Clone> OfEach<I, T> {
    /// The same for all entries.
    pub(crate) fn new(table: &Table<I>, value: T) -> Self {
        Self { values: vec![value; table.len()], of: PhantomData }
    }
}

impl<I, T> OfEach<I, T> {
    /// Other values for the same entries.
    pub(crate) fn map<U>(self, other: impl FnMut(T) -> U) -> OfEach<I, U> {
        OfEach { values: self.values.into_iter().map(other).collect(), of: PhantomData }
    }

    /// The values, each with its entry, in the order of the table.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Id<I>, &T)> {
        self.values.iter().enumerate().map(|(place, value)| (Id::at(place), value))
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.values.iter_mut()
    }
}

impl<I, T> Index<Id<I>> for OfEach<I, T> {
    type Output = T;

    #[expect(clippy::indexing_slicing, reason = "the table has got no more entries")]
    fn index(&self, id: Id<I>) -> &T {
        &self.values[id.place()]
    }
}

impl<I, T> IndexMut<Id<I>> for OfEach<I, T> {
    #[expect(clippy::indexing_slicing, reason = "the table has got no more entries")]
    fn index_mut(&mut self, id: Id<I>) -> &mut T {
        &mut self.values[id.place()]
    }
}
