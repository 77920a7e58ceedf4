//! What is kept of some entries of a table.

use std::marker::PhantomData;

use super::Id;

/// Values by the id of an entry, of which many may have none. One that is absent takes the room of a pointer.
#[derive(Debug)]
pub(crate) struct ById<I, T> {
    slots: Vec<Option<Box<T>>>,
    of: PhantomData<fn() -> I>,
}

impl<I, T> Default for ById<I, T> {
    fn default() -> Self {
        Self { slots: Vec::new(), of: PhantomData }
    }
}

impl<I, T: Clone> Clone for ById<I, T> {
    fn clone(&self) -> Self {
        Self { slots: self.slots.clone(), of: PhantomData }
    }
}

impl<I, T> ById<I, T> {
    pub(crate) fn get(&self, id: Id<I>) -> Option<&T> {
        self.slots.get(id.place())?.as_deref()
    }

    pub(crate) fn get_mut(&mut self, id: Id<I>) -> Option<&mut T> {
        self.slots.get_mut(id.place())?.as_deref_mut()
    }

    /// Gives an entry a value in place of the one that it had.
    pub(crate) fn insert(&mut self, id: Id<I>, value: T) {
        *self.slot(id) = Some(Box::new(value));
    }

    pub(crate) fn remove(&mut self, id: Id<I>) -> Option<T> {
        self.slots.get_mut(id.place())?.take().map(|value| *value)
    }

    /// The ids of the entries that have a value, each with it, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Id<I>, &T)> {
        self.slots.iter().enumerate().filter_map(|(place, slot)| Some((Id::at(place), slot.as_deref()?)))
    }

    #[expect(clippy::indexing_slicing, reason = "there are as many slots")]
    fn slot(&mut self, id: Id<I>) -> &mut Option<Box<T>> {
        let place = id.place();
        if self.slots.len() <= place {
            self.slots.resize_with(place + 1, || None);
        }
        &mut self.slots[place]
    }
}

impl<I, T: Default> ById<I, T> {
    /// The value of an entry, which is the default if there was none.
    pub(crate) fn at(&mut self, id: Id<I>) -> &mut T {
        self.slot(id).get_or_insert_default()
    }
}

/// Some of the entries of a table.
#[derive(Debug)]
pub(crate) struct Marks<I> {
    marks: Vec<bool>,
    of: PhantomData<fn() -> I>,
}

impl<I> Default for Marks<I> {
    fn default() -> Self {
        Self { marks: Vec::new(), of: PhantomData }
    }
}

impl<I> Marks<I> {
    /// Marks an entry; says whether it was not marked before.
    pub(crate) fn insert(&mut self, id: Id<I>) -> bool {
        let place = id.place();
        if self.marks.len() <= place {
            self.marks.resize(place + 1, false);
        }
        self.marks.get_mut(place).is_some_and(|mark| !std::mem::replace(mark, true))
    }

    pub(crate) fn contains(&self, id: Id<I>) -> bool {
        self.marks.get(id.place()).is_some_and(|mark| *mark)
    }
}
