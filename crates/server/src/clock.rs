//! The one clock of the server.

use std::time::SystemTime;

use wherewithal_store::Timestamp;

use crate::error::{Error, Result};

/// The present moment.
///
/// # Errors
/// When the clock of the machine stands outside the years 0001 to 9999.
#[expect(clippy::disallowed_methods, reason = "this module is the server's one clock")]
pub(crate) fn now() -> Result<Timestamp> {
    Timestamp::try_from(SystemTime::now()).map_err(Error::from)
}
