//! `wherewithal call`.

use std::path::PathBuf;

use clap::Args;
use wherewithal_contract::registry;

use super::{files, output};
use crate::error::Result;

/// Run one operation: JSON in, JSON out.
#[derive(Debug, Args)]
pub(super) struct Call {
    /// The name of the operation, such as debt.amortize.
    operation: String,
    /// The file with the input; standard input without it.
    #[arg(long, short, value_name = "FILE")]
    input: Option<PathBuf>,
}

impl Call {
    pub(super) fn run(&self) -> Result<()> {
        let operation = registry().get(&self.operation)?;
        let input = files::read(self.input.as_deref())?;
        let mut result = operation.call(&input)?;
        result.push(b'\n');
        output::write(&result)
    }
}
