//! Version 1: tags of SGML, of which those around a value need no end.

use std::borrow::Cow;

use wherewithal_base::{Error, ErrorCode, Result, control::Control};

use super::document::{Building, Document, malformed};

/// The longest name of a tag.
const MOST_CHARACTERS: usize = 100;

/// The document of a text after its header.
///
/// # Errors
/// `file.unrecognized`, `markup.malformed`, `markup.forbidden`, `input.too_large`, `operation.cancelled`.
pub(super) fn document<'a>(text: &'a str, control: &Control) -> Result<Document<'a>> {
    let Some(start) = position_of_root(text) else {
        return Err(Error::new(ErrorCode::FileUnrecognized, "the file has no element `OFX`"));
    };
    let mut tags = Tags {
        rest: text.get(start..).unwrap_or_default(),
        line: 1 + lines(text.get(..start).unwrap_or_default()),
    };
    let mut building = Building::under(control);
    while let Some(tag) = tags.next()? {
        let Tag { name, value, line } = tag;
        if let Some(name) = name.strip_prefix('/') {
            building.close_named(&upper(name), line)?;
        } else if value.is_empty() {
            building.open(upper(name), line)?;
        } else {
            building.open(upper(name), line)?;
            building.value(entities(value));
            building.close();
            tags.skip_end_of(name);
        }
    }
    building.finish()
}

fn position_of_root(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(place) = text.get(from..).and_then(|rest| rest.find('<')) {
        let place = from + place;
        if text.get(place..place + 5).is_some_and(|tag| tag.eq_ignore_ascii_case("<OFX>")) {
            return Some(place);
        }
        from = place + 1;
    }
    None
}

/// A tag and the text after it.
struct Tag<'a> {
    name: &'a str,
    value: &'a str,
    line: u32,
}

struct Tags<'a> {
    rest: &'a str,
    line: u32,
}

impl<'a> Tags<'a> {
    fn next(&mut self) -> Result<Option<Tag<'a>>> {
        let Some(start) = self.rest.find('<') else { return Ok(None) };
        self.advance(start + 1);
        let line = self.line;
        if self.rest.starts_with('!') {
            let message = format!("line {line}: declarations and comments are not read");
            return Err(Error::new(ErrorCode::MarkupForbidden, message));
        }
        let Some(end) = self.rest.find('>') else {
            return Err(malformed(line, "a tag has no end"));
        };
        let name = self.advance(end).trim();
        if name.is_empty() || name.len() > MOST_CHARACTERS || name.contains('<') {
            return Err(malformed(line, "a tag has no name"));
        }
        self.advance(1);
        let length = self.rest.find('<').unwrap_or(self.rest.len());
        let value = self.advance(length).trim();
        Ok(Some(Tag { name, value, line }))
    }

    /// Skips the end tag of a value, if it has one.
    fn skip_end_of(&mut self, name: &str) {
        let end = self.rest.strip_prefix("</").and_then(|rest| rest.get(..name.len()));
        let closes = self.rest.get(name.len() + 2..).is_some_and(|rest| rest.starts_with('>'));
        if end.is_some_and(|end| end.eq_ignore_ascii_case(name)) && closes {
            self.advance(name.len() + 3);
        }
    }

    /// Goes over some bytes, and gives them.
    fn advance(&mut self, bytes: usize) -> &'a str {
        let (over, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line = self.line.saturating_add(lines(over));
        self.rest = rest;
        over
    }
}

fn lines(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

fn upper(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        Cow::Owned(name.to_ascii_uppercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// A value with its entities as characters. Banks also write a bare `&`, which stays.
fn entities(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut written = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find('&') {
        let (before, entity) = rest.split_at(start);
        written.push_str(before);
        // No entity is longer: without the limit, a value of bare ampersands would be searched to its end for each.
        let end = entity.bytes().take(9).position(|byte| byte == b';');
        let name = end.and_then(|end| entity.get(1..end));
        match name.and_then(character) {
            Some(character) => {
                written.push(character);
                rest = end.and_then(|end| entity.get(end + 1..)).unwrap_or_default();
            }
            None => {
                written.push('&');
                rest = entity.get(1..).unwrap_or_default();
            }
        }
    }
    written.push_str(rest);
    Cow::Owned(written)
}

/// The character of an entity.
fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|character| !character.is_control())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(String, String, u32)>> {
        let document = document(text, &Control::default())?;
        Ok(document
            .nodes()
            .map(|node| (node.name().to_owned(), node.value().to_owned(), node.line()))
            .collect())
    }

    #[test]
    fn values_need_no_end_tag() {
        let text =
            "OFXHEADER:100\n\n<OFX>\n<A><NAME>AT&amp;T & SONS &#233;\n<MEMO>\n<X>1</X><B></B></A></OFX>";
        let found = read(text).unwrap();
        let named: Vec<(&str, &str)> =
            found.iter().map(|(name, value, _)| (name.as_str(), value.as_str())).collect();
        assert_eq!(
            named,
            [("OFX", ""), ("A", ""), ("NAME", "AT&T & SONS é"), ("MEMO", ""), ("X", "1"), ("B", "")]
        );
        assert_eq!(found[2].2, 4);
        let document = document(text, &Control::default()).unwrap();
        let root = document.nodes().next().unwrap();
        // The empty memo contains nothing: what follows it stands beside it.
        let children: Vec<&str> = root.child("A").unwrap().children().map(|node| node.name()).collect();
        assert_eq!(children, ["NAME", "MEMO", "X", "B"]);
    }

    #[test]
    fn bare_ampersands_stay_and_take_no_time() {
        let many = "&".repeat(1_000_000);
        for (written, value) in [
            ("A & B && C", "A & B && C"),
            ("&amp", "&amp"),
            ("&amp;&#233;&unknown;&#x1F600;&;", "&é&unknown;😀&;"),
            (many.as_str(), many.as_str()),
        ] {
            let found = read(&format!("<OFX><NAME>{written}</OFX>")).unwrap();
            assert_eq!(found[1].1, value);
        }
    }

    #[test]
    fn broken_tags_are_refused() {
        for (text, code) in [
            ("<OFX><A>", ErrorCode::MarkupMalformed),
            ("<OFX></A></OFX>", ErrorCode::MarkupMalformed),
            ("<OFX><A", ErrorCode::MarkupMalformed),
            ("<OFX><></OFX>", ErrorCode::MarkupMalformed),
            ("<OFX><!ENTITY a></OFX>", ErrorCode::MarkupForbidden),
            ("OFXHEADER:100", ErrorCode::FileUnrecognized),
        ] {
            assert_eq!(read(text).unwrap_err().code(), code, "{text}");
        }
        assert_eq!(read(&"<OFX>".repeat(100)).unwrap_err().code(), ErrorCode::InputTooLarge);
    }
}
