//! Names: where they stand, and those that do not exist.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, order, wire::nearest};

use crate::{
    input::{LotElection, LotEvent},
    operations::LotBookInput,
};

/// The error of a name that no `thing` has, with the one that was probably meant.
pub(crate) fn unknown<'a>(thing: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let suggestion = nearest(name, known).map(|name| format!("; did you mean {name:?}?"));
    let message = format!("no {thing} is called {name:?}{}", suggestion.unwrap_or_default());
    Error::new(ErrorCode::NameUnknown, message)
}

/// The first places of names in a list, in the order of the names.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    places: Vec<(&'a str, usize)>,
    /// The first place whose name stands before it as well.
    pub(crate) again: Option<usize>,
}

impl<'a> Places<'a> {
    pub(crate) fn of(names: impl Iterator<Item = &'a str>) -> Self {
        let mut places: Vec<(&str, usize)> = names.zip(0..).collect();
        // Stable, so that the first place of a name comes first.
        order::sort_by_key(&mut places, |(name, _)| *name);
        let mut again = None;
        places.dedup_by(|(name, place), (before, _)| {
            let is_again = name == before;
            again = again.into_iter().chain(is_again.then_some(*place)).min();
            is_again
        });
        Self { places, again }
    }

    /// The first place of a name.
    pub(crate) fn get(&self, name: &str) -> Option<usize> {
        let place = self.places.binary_search_by_key(&name, |(name, _)| *name).ok()?;
        self.places.get(place).map(|(_, place)| *place)
    }

    /// The names.
    fn names(&self) -> impl Iterator<Item = &'a str> {
        self.places.iter().map(|(name, _)| *name)
    }
}

/// The securities that a history knows: those of its events, of the list and of the groups, whether they were ever held or not.
pub(crate) struct Securities<'a>(Places<'a>);

impl<'a> Securities<'a> {
    /// Those of a history.
    pub(crate) fn of(book: &'a LotBookInput) -> Self {
        Self::with(book, &[])
    }

    /// Those of a history and of other events.
    pub(crate) fn with(book: &'a LotBookInput, others: &'a [LotEvent]) -> Self {
        let events = book.events.iter().chain(others);
        let of_events = events.flat_map(|event| [Some(event.security()), event.new_security()]).flatten();
        let of_list = book.securities.iter().flat_map(|security| {
            let underlying = security.option.as_ref().map(|option| option.underlying.as_str());
            [Some(security.id.as_str()), underlying]
        });
        let groups = book.rules.substantially_identical.iter();
        let of_groups = groups.flat_map(|group| &group.securities).map(String::as_str);
        Self(Places::of(of_events.chain(of_list.flatten()).chain(of_groups)))
    }

    /// That a security is known.
    pub(crate) fn require(&self, name: &str) -> Result<()> {
        if self.0.get(name).is_some() {
            return Ok(());
        }
        Err(unknown("security of the events, of `securities` or of a group", name, self.0.names()))
    }

    /// That the securities of elections are known: an election for one that is not concerns nothing, and is a misspelling
    /// more often than a wish for the future. One that is yet to be bought can be listed in `securities`.
    pub(crate) fn require_elected(&self, elections: &[LotElection]) -> Result<()> {
        for (index, election) in elections.iter().enumerate() {
            if let Some(security) = &election.security {
                self.require(security).at("security").at_index("elections", index).at("rules")?;
            }
        }
        Ok(())
    }
}
