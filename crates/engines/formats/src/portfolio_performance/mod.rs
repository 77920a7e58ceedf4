//! The file of Portfolio Performance: the XML that XStream makes of its objects.
//!
//! Each object stands where it is met first, and a reference to that place everywhere else, so an account can stand within a
//! transaction of another. `tree` keeps the elements and finds what references mean. Amounts are integers of hundredths, and
//! shares integers of a hundred-millionth, or of a millionth before version 49. Checked against the files and the version
//! history of portfolio-performance/portfolio (name.abuchen.portfolio.tests/src/fileversions and src/scenarios,
//! name.abuchen.portfolio/model/ClientFactory.java).

mod client;
mod transactions;
mod tree;
mod values;

use wherewithal_base::{Result, control::Control};

use crate::{
    FileDialect, FileFormat, FileReadInput, FileReading,
    collect::{Collected, Decisions},
    text::Content,
};

/// Reads a file.
///
/// # Errors
/// Those of [`crate::read`].
pub(crate) fn read(content: Content<'_>, input: &FileReadInput, control: &Control) -> Result<FileReading> {
    let Content { text, encoding } = content;
    let tree = tree::parsed(&text, control)?;
    let client = client::Client::of(&tree)?;
    let mut collected = Collected::default();
    transactions::read(&client, &mut collected, control)?;
    let format = FileFormat::PortfolioPerformance;
    let file = Decisions { format, layout: None, encoding, dialect: FileDialect::default() };
    collected.finish(file, &input.previous)
}

/// Whether a text begins like such a file.
pub(crate) fn is(text: &str) -> bool {
    let start = text.trim_start();
    let start = match start.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, rest)| rest.trim_start()),
        None => start,
    };
    start.strip_prefix("<client").is_some_and(|rest| rest.starts_with(['>', ' ']))
}
