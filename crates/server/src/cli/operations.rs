//! `wherewithal operations`.

use std::io::{self, IsTerminal as _};

use clap::Args;
use wherewithal_contract::registry;

use super::output;
use crate::{
    error::{Error, Result},
    http,
    render::table::{Align, Column, Row, Table},
};

/// List the operations.
#[derive(Debug, Args)]
pub(super) struct Operations {
    /// As JSON, in the form of the server's list.
    #[arg(long)]
    json: bool,
}

impl Operations {
    pub(super) fn run(&self) -> Result<()> {
        if self.json {
            return output::write(&json(&http::operations())?);
        }
        if !io::stdout().is_terminal() {
            return output::write(lines().as_bytes());
        }
        let rows = registry()
            .operations()
            .iter()
            .map(|operation| Row::new(vec![operation.name().into(), operation.summary().into()]));
        let table = Table {
            caption: "Operations".to_owned(),
            columns: vec![Column::new("Operation", Align::Word), Column::new("Description", Align::Left)],
            rows: rows.collect(),
        };
        output::write(table.terminal(output::width()).as_bytes())
    }
}

/// A line for each operation, for other programs: its name, and after spaces its description.
fn lines() -> String {
    let operations = registry().operations();
    let width = operations.iter().map(|operation| operation.name().len()).max().unwrap_or(0);
    operations.iter().map(|of| format!("{:width$}  {}\n", of.name(), of.summary())).collect()
}

/// Indented JSON, ending with a line break.
pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|error| Error::internal(&error))?;
    text.push(b'\n');
    Ok(text)
}
