//! Pages of lists.

use uuid::Uuid;

use crate::{Code, Error, Result};

/// A page of a list. Lists are in the order of ids, which is the order of insertion.
///
/// ```
/// # use wherewithal_store::{Page, Uuid};
/// let first = Page::first(50);
/// let next = Page { after: Some(Uuid::nil()), ..first };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The id of the last row of the previous page; none for the first page.
    pub after: Option<Uuid>,
    /// The largest number of rows, from 1 to [`Page::MAX`].
    pub limit: u32,
    /// Whether to include inactive rows.
    pub include_inactive: bool,
}

impl Page {
    /// The largest limit.
    pub const MAX: u32 = 1000;

    /// The first page of active rows.
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self { after: None, limit, include_inactive: false }
    }

    /// The limit, after a check.
    pub(crate) fn rows(&self) -> Result<i64> {
        if (1..=Self::MAX).contains(&self.limit) {
            return Ok(self.limit.into());
        }
        Err(Error::new(
            Code::PageLimit,
            format!("a page must have between 1 and {} rows, not {}", Self::MAX, self.limit),
        )
        .at("limit"))
    }

    /// The id before the start of the page.
    pub(crate) fn start(&self) -> Uuid {
        self.after.unwrap_or(Uuid::nil())
    }
}
