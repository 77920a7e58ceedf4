//! Days that ascend.

use wherewithal_base::{Error, ErrorCode, dates::Date};

/// The place of the first day that does not follow the one before it, with its error: `list.duplicate` or `dates.out_of_order`.
pub(crate) fn first_out_of_order(dates: impl Iterator<Item = Date> + Clone) -> Option<(usize, Error)> {
    let pairs = dates.clone().zip(dates.skip(1)).enumerate();
    let (place, (before, date)) = pairs.into_iter().find(|(_, (before, date))| date <= before)?;
    let code = if date == before { ErrorCode::ListDuplicate } else { ErrorCode::DatesOutOfOrder };
    Some((place + 1, Error::new(code, format!("{date} follows {before}; the days of this list ascend"))))
}
