//! The XML of a part, one piece after another. Document types and entities beyond the five of XML are refused.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesEnd, BytesStart, Event},
};
use wherewithal_base::{Error, ErrorCode, Result};

use super::part::Part;

/// The most elements within each other.
const DEEPEST: usize = 64;

/// The markup of a part.
pub(super) struct Markup<'a> {
    reader: Reader<Part<'a>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// A piece of the markup.
pub(super) enum Piece<'m> {
    /// An element begins; one without content begins and ends.
    Start(BytesStart<'m>),
    /// An element ends.
    End(BytesEnd<'m>),
    Text(Cow<'m, str>),
    /// What an entity stands for.
    Character(char),
    /// A comment, a declaration, an instruction.
    Other,
    /// The part is at its end.
    Over,
}

impl<'a> Markup<'a> {
    pub(super) fn of(part: Part<'a>) -> Self {
        let mut reader = Reader::from_reader(part);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The next piece.
    ///
    /// # Errors
    /// `markup.malformed`, `markup.forbidden`, `archive.malformed`, `input.too_large`, `operation.cancelled`.
    pub(super) fn next(&mut self) -> Result<Piece<'_>> {
        self.buffer.clear();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => {
                let part = self.reader.get_mut();
                let failure = part.failure();
                return Err(failure.unwrap_or_else(|| malformed(part.name(), &error.to_string())));
            }
        };
        let name = self.reader.get_ref().name();
        Ok(match event {
            Event::Start(tag) | Event::Empty(tag) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    let message = format!(
                        "the elements of the part {name:?} are nested more than {DEEPEST} levels deep"
                    );
                    return Err(Error::new(ErrorCode::InputTooLarge, message));
                }
                Piece::Start(tag)
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Piece::End(tag)
            }
            Event::Text(text) => Piece::Text(text.xml10_content()),
            Event::CData(text) => Piece::Text(text.xml10_content()),
            Event::GeneralRef(entity) => {
                let resolved =
                    entity.resolve_char_ref().map_err(|error| malformed(name, &error.to_string()))?;
                let resolved = resolved.or_else(|| character(entity.as_ref()));
                Piece::Character(
                    resolved.ok_or_else(|| forbidden(name, "an entity that XML does not define"))?,
                )
            }
            Event::DocType(_) => return Err(forbidden(name, "a document type")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Piece::Other,
            Event::Eof if self.depth > 0 => return Err(malformed(name, "an element has no end")),
            Event::Eof => Piece::Over,
        })
    }

    /// The refusal of markup that is no workbook's.
    pub(super) fn malformed(&self, what: &str) -> Error {
        malformed(self.reader.get_ref().name(), what)
    }

    /// Adds the text of the element that has just begun, such as `v`, up to its end.
    ///
    /// # Errors
    /// Those of [`next`](Self::next).
    pub(super) fn value(&mut self, into: &mut String) -> Result<()> {
        self.content(true, into)
    }

    /// Adds the text of the item that has just begun, `si` or `is`, up to its end: that of each `t`, but not how it is
    /// pronounced (`rPh`).
    ///
    /// # Errors
    /// Those of [`next`](Self::next).
    pub(super) fn item(&mut self, into: &mut String) -> Result<()> {
        self.content(false, into)
    }

    fn content(&mut self, is_value: bool, into: &mut String) -> Result<()> {
        // How deep the elements lie whose text counts, and does not; 0 outside them.
        let (mut depth, mut told, mut hidden) = (1_usize, usize::from(is_value), 0);
        while depth > 0 {
            match self.next()? {
                Piece::Start(tag) => {
                    depth += 1;
                    match tag.local_name().as_ref() {
                        "t" if told == 0 => told = depth,
                        "rPh" if hidden == 0 => hidden = depth,
                        _ => {}
                    }
                }
                Piece::End(_) => {
                    told = if told == depth { 0 } else { told };
                    hidden = if hidden == depth { 0 } else { hidden };
                    depth -= 1;
                }
                Piece::Text(text) if told > 0 && hidden == 0 => into.push_str(&text),
                Piece::Character(character) if told > 0 && hidden == 0 => into.push(character),
                Piece::Text(_) | Piece::Character(_) | Piece::Other => {}
                Piece::Over => return Err(self.malformed("an element has no end")),
            }
        }
        Ok(())
    }
}

/// An attribute of an element by its name without a prefix.
///
/// # Errors
/// `markup.malformed`.
pub(super) fn attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Result<Option<Cow<'t, str>>> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| damaged(&error.to_string()))?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            return value.map(Some).map_err(|error| damaged(&error.to_string()));
        }
    }
    Ok(None)
}

/// The refusal of what cannot be read as attributes.
pub(super) fn damaged(reason: &str) -> Error {
    let message = format!("the attributes of an element are damaged: {}", cut(reason));
    Error::new(ErrorCode::MarkupMalformed, message)
}

/// Whether an attribute says yes.
pub(super) fn is_true(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true"))
}

/// The five entities of XML.
fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn cut(reason: &str) -> String {
    reason.chars().take(100).collect()
}

fn malformed(part: &str, reason: &str) -> Error {
    Error::new(ErrorCode::MarkupMalformed, format!("the part {part:?} is no markup: {}", cut(reason)))
}

fn forbidden(part: &str, what: &str) -> Error {
    Error::new(ErrorCode::MarkupForbidden, format!("the part {part:?} has {what}, which is not read"))
}
