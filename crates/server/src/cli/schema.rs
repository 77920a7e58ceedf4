//! `wherewithal schema`.

use clap::Args;
use wherewithal_contract::{registry, schema};

use super::{operations::json, output};
use crate::{error::Result, http};

/// Describe one operation, or print the JSON Schema of a type.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The name of the operation, such as debt.amortize; or of a type, such as Household.
    operation: String,
}

impl Schema {
    pub(super) fn run(&self) -> Result<()> {
        // Types have capitals and no point.
        let is_type = self.operation.starts_with(|first: char| first.is_ascii_uppercase());
        if is_type {
            return output::write(&json(&schema::of_type(&self.operation)?)?);
        }
        output::write(&json(&http::detail(registry().get(&self.operation)?))?)
    }
}
