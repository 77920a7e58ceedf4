//! What is known of securities by their ids.

use std::collections::BTreeMap;

use wherewithal_base::money::Currency;

use super::{Family, Id, Security};
use crate::input::{LotOption, SecurityKind};

/// What is known of a security, whether an event named it or not.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// What it is, if the caller or a change of its symbol said so.
    pub(super) kind: Option<SecurityKind>,
    /// What it gives a right to.
    pub(super) option: Option<LotOption>,
    /// Its currency, if it is another than that of the book.
    pub(super) currency: Option<Currency>,
    /// Its family, if that is known before an event names it.
    pub(super) family: Option<Id<Family>>,
    /// The security itself, from the first event on that names it.
    pub(super) security: Option<Id<Security>>,
}

/// The securities that are known, by id.
#[derive(Debug, Clone, Default)]
pub(super) struct Directory {
    places: BTreeMap<String, usize>,
    all: Vec<Known>,
}

impl Directory {
    pub(super) fn get(&self, id: &str) -> Option<&Known> {
        self.all.get(*self.places.get(id)?)
    }

    /// The entry of a security, which is new if nothing was known of it.
    #[expect(clippy::indexing_slicing, reason = "places are those of entries")]
    pub(super) fn entry(&mut self, id: &str) -> &mut Known {
        let place = match self.places.get(id) {
            Some(place) => *place,
            None => {
                self.places.insert(id.to_owned(), self.all.len());
                self.all.push(Known::default());
                self.all.len() - 1
            }
        };
        &mut self.all[place]
    }

    /// Puts what was known of a security back; of one of which nothing was known, the entry is the last that was made.
    pub(super) fn put_back(&mut self, id: &str, before: Option<Known>) {
        match before {
            Some(known) => *self.entry(id) = known,
            None => {
                self.places.remove(id);
                self.all.pop();
            }
        }
    }

    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Known> {
        self.all.iter_mut()
    }
}
