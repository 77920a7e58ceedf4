//! Open Financial Exchange: statements of banks, cards and brokers, in version 1 (SGML, whose values need no end tag) and
//! version 2 (XML), by the OFX specification 1.6 and 2.2.

mod document;
mod investment;
mod securities;
mod sgml;
mod statement;
mod values;
mod xml;

use wherewithal_base::{Result, control::Control};

use crate::{
    FileDialect, FileFormat, FileReadInput, FileReading,
    collect::{Collected, Decisions},
    text::Content,
};
use document::Document;
use securities::Securities;
use statement::Reader;
pub(crate) use statement::kind as bank_kind;

/// Reads a file.
///
/// # Errors
/// Those of [`crate::read`].
pub(crate) fn read(content: Content<'_>, input: &FileReadInput, control: &Control) -> Result<FileReading> {
    let Content { text, encoding } = content;
    let document = parsed(&text, control)?;
    let securities = Securities::of(&document);
    let mut collected = Collected::default();
    Reader::of(&document, &securities, input).statements(&mut collected, control)?;
    let file = Decisions { format: FileFormat::Ofx, layout: None, encoding, dialect: FileDialect::default() };
    Ok(collected.finish(file, &input.previous))
}

/// The document of a text: XML if it says so, else SGML, which contains what banks write as the second version without it.
fn parsed<'a>(text: &'a str, control: &Control) -> Result<Document<'a>> {
    let start = text.trim_start();
    if start.starts_with("<?xml") || start.starts_with("<?OFX") {
        xml::document(text, control)
    } else {
        sgml::document(text, control)
    }
}
