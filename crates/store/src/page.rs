//! Lists, a page at a time.

use uuid::Uuid;

use crate::{Code, Error, Result};

/// Which part of a list to read. Lists are in the order of their ids, which is the order of their making.
///
/// ```
/// # use wherewithal_store::{Page, Uuid};
/// let first = Page::first(50);
/// let next = Page { after: Some(Uuid::nil()), ..first };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The id of the last row that was read; none for the first page.
    pub after: Option<Uuid>,
    /// How many rows at most, from 1 to [`Page::MAX`].
    pub limit: u32,
    /// Whether rows that were deactivated are listed too.
    pub include_inactive: bool,
}

impl Page {
    /// The longest page.
    pub const MAX: u32 = 1000;

    /// The first page of active rows.
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self { after: None, limit, include_inactive: false }
    }

    /// The limit, checked.
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

    /// The id that the page starts behind.
    pub(crate) fn start(&self) -> Uuid {
        self.after.unwrap_or(Uuid::nil())
    }
}
