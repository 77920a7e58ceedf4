//! The encoding of a file: a byte order mark, else UTF-8 where the bytes are valid, else what the file declares, else a
//! guess from its bytes.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use wherewithal_base::{Error, ErrorCode, Result};

use super::{Content, kind};
use crate::FileEvidence;

/// How many bytes are looked at for a guess, from shortly before the first that is not ASCII.
const LOOKED_AT: usize = 64 * 1024;
const BEFORE: usize = 256;
/// How many bytes of a file can declare its encoding.
const DECLARATION: usize = 1024;

/// The text of bytes.
///
/// # Errors
/// `file.wrong_kind`, `encoding.invalid`.
pub(super) fn decoded(bytes: &[u8]) -> Result<Content<'static>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return with_mark(encoding, rest);
    }
    kind::text_only(bytes)?;
    if let Some(place) = bytes.iter().position(|byte| *byte == 0) {
        return Err(zero(bytes, place));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(found(text.to_owned(), UTF_8, "all bytes are valid UTF-8"));
    }
    let (encoding, reason) = match declared(bytes) {
        Some(encoding) => (encoding, "declared by the file"),
        None => (guessed(bytes), "guessed from the bytes, which are not valid UTF-8"),
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(found(text.into_owned(), encoding, reason))
}

/// The text after a byte order mark, which leaves no doubt: what is invalid is refused.
fn with_mark(encoding: &'static Encoding, bytes: &[u8]) -> Result<Content<'static>> {
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
        let message = format!(
            "the file begins with the mark of {}, but is not valid {}",
            encoding.name(),
            encoding.name()
        );
        return Err(Error::new(ErrorCode::EncodingInvalid, message));
    };
    no_zero(&text)?;
    if encoding == UTF_8 {
        kind::text_only(text.as_bytes())?;
    }
    debug_assert!([UTF_8, UTF_16LE, UTF_16BE].contains(&encoding));
    Ok(found(text.into_owned(), encoding, "the byte order mark"))
}

fn found(text: String, encoding: &'static Encoding, reason: &str) -> Content<'static> {
    let encoding = FileEvidence { value: encoding.name().to_owned(), reason: reason.to_owned(), row: None };
    Content { text: Cow::Owned(text), encoding }
}

/// The encoding that the header of an OFX file or the declaration of an XML document names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..DECLARATION).unwrap_or(bytes)).into_owned();
    let start = head.trim_start();
    let label = if start.starts_with("OFXHEADER") {
        let charset = value_after(start, "CHARSET:")?;
        // OFX names code pages by their number.
        if charset.bytes().all(|byte| byte.is_ascii_digit()) { format!("windows-{charset}") } else { charset }
    } else if start.starts_with("<?xml") {
        value_after(start, "encoding=")?
    } else {
        return None;
    };
    Encoding::for_label(label.as_bytes())
}

/// The word after a key, without quotes around it.
fn value_after(text: &str, key: &str) -> Option<String> {
    let (_, rest) = text.split_once(key)?;
    let is_of_word = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let word: String = rest.trim_start_matches(['"', '\'']).chars().take_while(is_of_word).collect();
    (!word.is_empty()).then_some(word)
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = first.saturating_sub(BEFORE);
    let end = bytes.len().min(start + LOOKED_AT);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(start..end).unwrap_or_default(), end == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// That a text has no zero.
///
/// # Errors
/// `encoding.invalid`.
pub(super) fn no_zero(text: &str) -> Result<()> {
    match text.bytes().position(|byte| byte == 0) {
        Some(place) => Err(zero(text.as_bytes(), place)),
        None => Ok(()),
    }
}

fn zero(bytes: &[u8], place: usize) -> Error {
    let line = bytes.iter().take(place).filter(|byte| **byte == b'\n').count() + 1;
    let message = format!("byte {} on line {line} is zero, so the file is no text", place + 1);
    Error::new(ErrorCode::EncodingInvalid, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, String) {
        let content = decoded(bytes).unwrap();
        (content.text.into_owned(), content.encoding.value)
    }

    #[test]
    fn marks_and_valid_bytes_leave_no_doubt() {
        assert_eq!(read("Café".as_bytes()), ("Café".to_owned(), "UTF-8".to_owned()));
        assert_eq!(read(b"\xef\xbb\xbfDate"), ("Date".to_owned(), "UTF-8".to_owned()));
        assert_eq!(read(b"\xff\xfeD\x00\xe9\x00"), ("Dé".to_owned(), "UTF-16LE".to_owned()));
        assert_eq!(read(b"\xfe\xff\x00D\x00\xe9"), ("Dé".to_owned(), "UTF-16BE".to_owned()));
    }

    #[test]
    fn other_bytes_are_what_the_file_declares_or_a_guess() {
        let ofx = b"OFXHEADER:100\r\nENCODING:USASCII\r\nCHARSET:1252\r\n\r\n<OFX>Caf\xe9";
        assert_eq!(read(ofx).1, "windows-1252");
        let xml = b"<?xml version=\"1.0\" encoding='ISO-8859-1'?><OFX>Caf\xe9</OFX>";
        assert_eq!(
            read(xml),
            (
                String::from("<?xml version=\"1.0\" encoding='ISO-8859-1'?><OFX>Café</OFX>"),
                "windows-1252".to_owned()
            )
        );
        let (text, encoding) = read(b"Date;Betrag\n01.02.2026;5,00;M\xfcller und S\xf6hne, Stra\xdfe\n");
        assert_eq!(encoding, "windows-1252");
        assert!(text.contains("Müller und Söhne, Straße"));
    }

    #[test]
    fn invalid_bytes_after_a_mark_and_zeros_are_refused() {
        for bytes in [
            b"\xef\xbb\xbf\xff".as_slice(),
            b"\xff\xfeD\x00\xd8",
            b"\xff\xfe\x00\xd8\x00\x00",
            b"Date,Amount\n\x001",
        ] {
            assert_eq!(decoded(bytes).err().unwrap().code(), ErrorCode::EncodingInvalid, "{bytes:?}");
        }
        let error = decoded(b"Date,Amount\n\x001").err().unwrap();
        assert_eq!(error.message(), "byte 13 on line 2 is zero, so the file is no text");
    }
}
