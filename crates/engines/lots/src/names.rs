//! Names that do not exist.

use std::collections::BTreeSet;

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, wire::nearest};

use crate::{
    input::{LotElection, LotEvent},
    operations::LotBookInput,
};

/// The most characters of a name in a message.
const MOST_SHOWN: usize = 100;

/// The error of a name that no `thing` has, with the one that was probably meant.
pub(crate) fn unknown<'a>(thing: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let suggestion = nearest(name, known).map(|name| format!("; did you mean {name:?}?"));
    let name: String = name.chars().take(MOST_SHOWN).collect();
    let message = format!("no {thing} is called {name:?}{}", suggestion.unwrap_or_default());
    Error::new(ErrorCode::NameUnknown, message)
}

/// The securities that a history knows: those of its events, of the list and of the groups, whether they were ever held or not.
pub(crate) struct Securities<'a>(BTreeSet<&'a str>);

impl<'a> Securities<'a> {
    /// Those of a history.
    pub(crate) fn of(book: &'a LotBookInput) -> Self {
        let mut known = Self(BTreeSet::new());
        known.add(&book.events);
        for security in &book.securities {
            known.0.insert(security.id.as_str());
            known.0.extend(security.option.as_ref().map(|option| option.underlying.as_str()));
        }
        let groups = book.rules.substantially_identical.iter();
        known.0.extend(groups.flat_map(|group| &group.securities).map(String::as_str));
        known
    }

    /// Adds those of other events.
    pub(crate) fn add(&mut self, events: &'a [LotEvent]) {
        for event in events {
            self.0.insert(event.security());
            self.0.extend(event.new_security());
        }
    }

    /// That a security is known.
    pub(crate) fn require(&self, name: &str) -> Result<()> {
        if self.0.contains(name) {
            return Ok(());
        }
        let known = self.0.iter().copied();
        Err(unknown("security of the events, of `securities` or of a group", name, known))
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
