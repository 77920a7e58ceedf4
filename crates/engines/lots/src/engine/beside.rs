//! What is kept beside some entries of a list that only grows.

/// Values by the index of the entry beside which they stand, in the order of the list. As each comes with the entry that
/// was made last, a list in order takes the place of a map, whose code would be compiled for each kind of value.
#[derive(Debug, Clone)]
pub(crate) struct Beside<T> {
    entries: Vec<(usize, T)>,
}

impl<T> Default for Beside<T> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<T> Beside<T> {
    /// Adds a value beside an entry after all that have one.
    pub(crate) fn push(&mut self, index: usize, value: T) {
        debug_assert!(self.entries.last().is_none_or(|(last, _)| *last < index), "the entry is the last one");
        self.entries.push((index, value));
    }

    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        let place = self.place(index)?;
        self.entries.get(place).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let place = self.place(index)?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        self.entries.iter().map(|(index, value)| (*index, value))
    }

    fn place(&self, index: usize) -> Option<usize> {
        self.entries.binary_search_by_key(&index, |(index, _)| *index).ok()
    }
}
