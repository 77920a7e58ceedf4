//! Values by key.

/// Values by key, in the order of the keys. It is made for few keys, such as tax years: a new one moves those behind it.
#[derive(Debug, Clone)]
pub(crate) struct Tally<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Tally<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<K: Ord + Copy, V: Default> Tally<K, V> {
    /// The value of a key, which is the default if there was none.
    #[expect(clippy::indexing_slicing, reason = "the place is that of an entry")]
    pub(crate) fn at(&mut self, key: K) -> &mut V {
        let place = match self.place(key) {
            Ok(place) => place,
            Err(place) => {
                self.entries.insert(place, (key, V::default()));
                place
            }
        };
        &mut self.entries[place].1
    }

    pub(crate) fn get(&self, key: K) -> Option<&V> {
        let place = self.place(key).ok()?;
        self.entries.get(place).map(|(_, value)| value)
    }

    pub(crate) fn remove(&mut self, key: K) -> Option<V> {
        let place = self.place(key).ok()?;
        Some(self.entries.remove(place).1)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = K> {
        self.entries.iter().map(|(key, _)| *key)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &(K, V)> {
        self.entries.iter()
    }

    pub(crate) fn into_entries(self) -> Vec<(K, V)> {
        self.entries
    }

    fn place(&self, key: K) -> Result<usize, usize> {
        self.entries.binary_search_by_key(&key, |(key, _)| *key)
    }
}
