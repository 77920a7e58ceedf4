//! Journals of double-entry bookkeeping: those of beancount, and those of hledger and Ledger.
//!
//! The two syntaxes are read into the same entries; `balance` gives each entry the amounts that it leaves out, and `records`
//! makes transactions of the accounts that the household owns out of it.

mod balance;
mod beancount;
mod entry;
mod hledger;
mod kinds;
mod legs;
mod names;
mod pads;
mod records;
mod scan;
#[cfg(test)]
mod tests;

use wherewithal_base::{Result, control::Control};

use crate::{
    FileDialect, FileFormat, FileReadInput, FileReading,
    collect::{Collected, Decisions},
    text::Content,
};
pub(crate) use scan::detected;

/// Reads a journal.
///
/// # Errors
/// Those of [`crate::read`].
pub(crate) fn read(
    content: Content<'_>,
    format: FileFormat,
    input: &FileReadInput,
    control: &Control,
) -> Result<FileReading> {
    let Content { text, encoding } = content;
    let mut collected = Collected::default();
    let journal = match format {
        FileFormat::Hledger => hledger::parsed(&text, input, &mut collected, control)?,
        _ => beancount::parsed(&text, &mut collected, control)?,
    };
    records::read(journal, &mut collected, control)?;
    let file = Decisions { format, layout: None, encoding, dialect: FileDialect::default() };
    collected.finish(file, &input.previous)
}
