//! `wherewithal call`.

use std::{
    io::{self, IsTerminal as _},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
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
    /// How the JSON is laid out.
    #[arg(long, value_enum, default_value_t = Layout::Auto)]
    layout: Layout,
}

/// How JSON is laid out.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Layout {
    /// Indented on a terminal, else on one line.
    Auto,
    /// On one line: the bytes of every other interface.
    Line,
    /// Indented.
    Indented,
}

impl Layout {
    pub(super) fn is_indented(self) -> bool {
        match self {
            Self::Auto => io::stdout().is_terminal(),
            Self::Line => false,
            Self::Indented => true,
        }
    }
}

impl Call {
    pub(super) fn run(&self) -> Result<()> {
        let operation = registry().get(&self.operation)?;
        let input = files::read(self.input.as_deref())?;
        let mut result = operation.call(&input)?;
        if self.layout.is_indented() {
            result = output::indented(&result);
        }
        result.push(b'\n');
        output::write(&result)
    }
}
