//! The clock of the server.

use std::time::SystemTime;

use wherewithal_store::Timestamp;

use crate::error::{Error, Result};

/// The current time.
///
/// # Errors
/// If the clock of the machine is outside the years 0001 to 9999.
#[expect(clippy::disallowed_methods, reason = "this module is the only place that reads the clock")]
pub(crate) fn now() -> Result<Timestamp> {
    Timestamp::try_from(SystemTime::now()).map_err(Error::from)
}
