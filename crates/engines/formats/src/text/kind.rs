//! Files of another kind, which their first bytes give away.

use wherewithal_base::{Error, ErrorCode, Result};

/// First bytes, and what a file that has them is.
const KINDS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive, such as a workbook (XLSX), which `workbooks.read` reads"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook of Excel 97 (XLS); save it as CSV"),
    (b"%PDF", "a PDF; download the transactions as CSV, QIF or OFX"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
];

/// Tags with which web pages begin, in lower case.
const WEB_PAGES: &[&str] = &["<!doctype html", "<html", "<head", "<body", "<table"];

/// That a file is not of a kind that has no transactions as text.
///
/// # Errors
/// `file.wrong_kind`.
pub(super) fn text_only(bytes: &[u8]) -> Result<()> {
    match named(bytes) {
        Some(kind) => Err(Error::new(ErrorCode::FileWrongKind, format!("the content is {kind}"))),
        None => Ok(()),
    }
}

/// What a file is that has no transactions as text; `None` if its first bytes do not say.
pub(crate) fn named(bytes: &[u8]) -> Option<&'static str> {
    let kind = KINDS.iter().find(|(first, _)| bytes.starts_with(first)).map(|(_, kind)| *kind);
    kind.or_else(|| web_page(bytes))
}

fn web_page(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins_with =
        |tag: &&str| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()));
    WEB_PAGES
        .iter()
        .any(begins_with)
        .then_some("a web page, as a site sends it in place of a download when the session has ended")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_kinds_are_named() {
        for (bytes, named) in [
            (b"PK\x03\x04rest".as_slice(), "ZIP"),
            (b"%PDF-1.7", "PDF"),
            (b"  \r\n<!DOCTYPE HTML><html>", "web page"),
            (b"\x1f\x8b\x08", "gzip"),
        ] {
            let error = text_only(bytes).unwrap_err();
            assert_eq!(error.code(), ErrorCode::FileWrongKind);
            assert!(error.message().contains(named), "{}", error.message());
        }
        for bytes in [b"".as_slice(), b"Date,Amount", b"OFXHEADER:100", b"<?xml version=\"1.0\"?><OFX>", b"P"]
        {
            assert!(text_only(bytes).is_ok());
        }
    }
}
