//! `wherewithal example`.

use clap::Args;
use wherewithal_contract::registry;

use super::{
    call::Layout,
    output::{self, indented},
};
use crate::error::{Error, Result};

/// Print an example of the input of one operation.
#[derive(Debug, Args)]
pub(super) struct Example {
    /// The name of the operation, such as debt.amortize.
    operation: String,
    /// How the JSON is laid out.
    #[arg(long, value_enum, default_value_t = Layout::Indented)]
    layout: Layout,
}

impl Example {
    pub(super) fn run(&self) -> Result<()> {
        let operation = registry().get(&self.operation)?;
        let example = operation.examples().first().ok_or_else(|| Error::internal(&"no example"))?;
        let mut text = example.input.trim().as_bytes().to_vec();
        if self.layout.is_indented() {
            text = indented(&text);
        }
        text.push(b'\n');
        output::write(&text)
    }
}
