//! `wherewithal schema`.

use clap::Args;
use wherewithal_contract::registry;

use super::{operations::json, output};
use crate::{error::Result, http};

/// Describe one operation.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The name of the operation, such as debt.amortize.
    operation: String,
}

impl Schema {
    pub(super) fn run(&self) -> Result<()> {
        output::write(&json(&http::detail(registry().get(&self.operation)?))?)
    }
}
