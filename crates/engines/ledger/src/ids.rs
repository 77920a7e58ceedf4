//! The ids of records, to find the records by them.

use wherewithal_base::{Error, ErrorCode, Result};

/// The ids of a list of records, each with the place of its record.
///
/// ```
/// # use wherewithal_ledger::wherewithal;
/// use wherewithal::ledger::LedgerIds;
///
/// let ids = LedgerIds::of(["b", "a"].into_iter(), "accounts")?;
/// assert_eq!((ids.place("a"), ids.place("c")), (Some(1), None));
/// assert_eq!(ids.places().collect::<Vec<_>>(), [1, 0]);
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct LedgerIds<'a>(Vec<(&'a str, usize)>);

impl<'a> LedgerIds<'a> {
    /// The ids of records in the order of their list, which is called `field` in errors.
    ///
    /// # Errors
    /// `list.duplicate` at the id of the first record whose id an earlier one has.
    pub fn of(ids: impl Iterator<Item = &'a str>, field: &str) -> Result<Self> {
        let mut sorted: Vec<(&str, usize)> = ids.zip(0..).collect();
        sorted.sort_unstable();
        let repeated = sorted.array_windows().filter(|[one, next]| one.0 == next.0).map(|[_, next]| *next);
        if let Some((id, index)) = repeated.min_by_key(|(_, index)| *index) {
            let message = format!("{id:?} is the id of an earlier entry; each needs its own");
            return Err(Error::new(ErrorCode::ListDuplicate, message).at("id").at_index(field, index));
        }
        Ok(Self(sorted))
    }

    /// The place of the record with an id.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "the search gives a place of the list")]
    pub fn place(&self, id: &str) -> Option<usize> {
        let found = self.0.binary_search_by_key(&id, |(own, _)| own).ok()?;
        Some(self.0[found].1)
    }

    /// The places of the records in the order of their ids.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|(_, place)| *place)
    }
}
