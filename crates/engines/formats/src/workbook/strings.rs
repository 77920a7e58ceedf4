//! The texts that cells share (ECMA-376 part 1, 18.4).

use std::borrow::Cow;

use wherewithal_base::{Error, ErrorCode, Result};

use super::{
    archive::Archive,
    markup::{Markup, Piece},
};

/// The most texts that cells can share.
const MOST: usize = 4_000_000;

/// The texts that cells share, one after another.
#[derive(Default)]
pub(super) struct Strings {
    pub(super) text: String,
    /// Where each begins and ends.
    places: Vec<(u32, u32)>,
}

impl Strings {
    /// The texts of a part; none without one.
    ///
    /// # Errors
    /// `archive.malformed`, `markup.malformed`, `markup.forbidden`, `input.too_large`, `operation.cancelled`.
    pub(super) fn of(archive: &Archive<'_>, part: Option<&str>) -> Result<Self> {
        let mut strings = Self::default();
        let Some(part) = part else { return Ok(strings) };
        let mut markup = archive.markup(part)?;
        loop {
            match markup.next()? {
                Piece::Start(tag) if tag.local_name().as_ref() == "si" => strings.add(&mut markup)?,
                Piece::Over => return Ok(strings),
                _ => {}
            }
        }
    }

    fn add(&mut self, markup: &mut Markup<'_>) -> Result<()> {
        let start = self.text.len();
        let mut text = String::new();
        markup.item(&mut text)?;
        self.text.push_str(&unescaped(&text));
        let place = u32::try_from(start).ok().zip(u32::try_from(self.text.len()).ok());
        let place = place.filter(|_| self.places.len() < MOST).ok_or_else(|| {
            Error::new(ErrorCode::InputTooLarge, format!("the cells share more than {MOST} texts"))
        })?;
        self.places.push(place);
        Ok(())
    }

    /// Where the text of an index begins, and how long it is.
    pub(super) fn place(&self, index: usize) -> Option<(usize, usize)> {
        let (start, end) = self.places.get(index)?;
        Some((*start as usize, (end - start) as usize))
    }
}

/// A text with the characters that XML cannot have, which stand in it as `_x000D_` (22.9.2.19, ST_Xstring).
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        written.push_str(before);
        let code = after.get(..4).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code =
            code.filter(|_| after.get(4..5) == Some("_")).and_then(|code| u32::from_str_radix(code, 16).ok());
        match code.and_then(char::from_u32).filter(|character| *character != '\0') {
            Some(character) => {
                written.push(character);
                rest = after.get(5..).unwrap_or_default();
            }
            None => {
                written.push_str("_x");
                rest = after;
            }
        }
    }
    written.push_str(rest);
    Cow::Owned(written)
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn characters_by_their_code_are_read() {
        for (text, expected) in [
            ("plain", "plain"),
            ("two_x000D_\nlines", "two\r\nlines"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00_", "_x00_"),
            ("_xD800_", "_xD800_"),
            ("_x0000_", "_x0000_"),
            ("a_xé", "a_xé"),
            ("_x0041__x0042_", "AB"),
        ] {
            assert_eq!(unescaped(text), expected);
        }
    }
}
