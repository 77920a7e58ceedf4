//! `wherewithal openapi`.

use super::output;
use crate::error::Result;

pub(super) fn run() -> Result<()> {
    output::write(crate::openapi::text().as_bytes())
}
