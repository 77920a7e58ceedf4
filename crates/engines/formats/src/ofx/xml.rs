//! Version 2: XML. Entities beyond the five of XML, and document types that could declare some, are refused.

use std::borrow::Cow;

use quick_xml::{Reader, events::Event};
use wherewithal_base::{Error, ErrorCode, Result, control::Control};

use super::document::{Building, Document, malformed};

/// The document of a text.
///
/// # Errors
/// `file.unrecognized`, `markup.malformed`, `markup.forbidden`, `input.too_large`, `operation.cancelled`.
pub(super) fn document<'a>(text: &'a str, control: &Control) -> Result<Document<'a>> {
    let mut reader = Reader::from_str(text);
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut building = Building::under(control);
    loop {
        let start = position(&reader);
        let event = reader.read_event().map_err(|error| malformed(lines.at(start), &error.to_string()))?;
        match event {
            Event::Start(tag) => building.open(name(tag.name().as_ref()), lines.at(start))?,
            Event::Empty(tag) => {
                building.open(name(tag.name().as_ref()), lines.at(start))?;
                building.close();
            }
            // The reader has compared its name with that of the start.
            Event::End(_) => building.close(),
            Event::Text(text) => building.value(text.into_inner()),
            Event::CData(text) => building.value(text.into_inner()),
            Event::GeneralRef(entity) => {
                let resolved = match entity.resolve_char_ref() {
                    Ok(Some(character)) => Some(character),
                    Ok(None) => character(entity.as_ref()),
                    Err(error) => return Err(malformed(lines.at(start), &error.to_string())),
                };
                let character = resolved
                    .ok_or_else(|| forbidden(lines.at(start), "an entity that XML does not define"))?;
                building.value(Cow::Owned(character.to_string()));
            }
            Event::DocType(_) => return Err(forbidden(lines.at(start), "a document type")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    building.finish()
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn name(written: &str) -> Cow<'static, str> {
    Cow::Owned(written.to_ascii_uppercase())
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

fn forbidden(line: u32, what: &str) -> Error {
    Error::new(ErrorCode::MarkupForbidden, format!("line {line}: {what} is not read"))
}

/// The lines of a text, counted as the reader goes over it.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of a place that is not before the last one.
    fn at(&mut self, place: usize) -> u32 {
        let over = self.text.as_bytes().get(self.at..place).unwrap_or_default();
        let count = over.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        self.at = self.at.max(place);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> ErrorCode {
        document(text, &Control::default()).err().unwrap().code()
    }

    #[test]
    fn the_five_entities_and_characters_by_number_are_read() {
        let text = "<?xml version=\"1.0\"?>\n<OFX>\n<NAME>A &amp; B &#233;<![CDATA[ <C>]]></NAME></OFX>";
        let document = document(text, &Control::default()).unwrap();
        let node = document.nodes().nth(1).unwrap();
        assert_eq!((node.value(), node.line()), ("A & B é <C>", 3));
    }

    #[test]
    fn what_could_grow_or_reach_out_is_refused() {
        let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\">]><OFX><NAME>&a;</NAME></OFX>";
        assert_eq!(code(bomb), ErrorCode::MarkupForbidden);
        assert_eq!(code("<?xml version=\"1.0\"?><OFX><NAME>&a;</NAME></OFX>"), ErrorCode::MarkupForbidden);
        for text in [
            "<?xml version=\"1.0\"?><OFX><A></OFX>",
            "<?xml version=\"1.0\"?><OFX>",
            "<?OFX?><OFX><A></B></A></OFX>",
        ] {
            assert_eq!(code(text), ErrorCode::MarkupMalformed, "{text}");
        }
        assert_eq!(code("<?xml version=\"1.0\"?><HTML></HTML>"), ErrorCode::FileUnrecognized);
        let deep = format!("<?xml version=\"1.0\"?>{}", "<OFX>".repeat(100));
        assert_eq!(code(&deep), ErrorCode::InputTooLarge);
    }
}
