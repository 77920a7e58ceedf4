//! Files that are no workbook, which their first bytes give away.

use wherewithal_base::{Error, ErrorCode, Result};

use crate::text::kind;

/// The first bytes of a ZIP archive with entries.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// The first bytes of a compound file: a workbook of Excel 97, or a newer one that is encrypted.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// The stream of a compound file that has an encrypted workbook, in UTF-16 (MS-OFFCRYPTO, 2.3.4).
const ENCRYPTED: &str = "EncryptedPackage";

/// That a file is a ZIP archive.
///
/// # Errors
/// `file.wrong_kind`, with what it is instead.
pub(super) fn workbook_only(bytes: &[u8]) -> Result<()> {
    if bytes.starts_with(ARCHIVE) {
        return Ok(());
    }
    let found = if bytes.is_empty() {
        "empty"
    } else if bytes.starts_with(COMPOUND) && has_encrypted_package(bytes) {
        "a workbook that is encrypted with a password; save it without one"
    } else if bytes.starts_with(COMPOUND) {
        "a workbook of Excel 97 (XLS), whatever its name; save it as XLSX or as CSV"
    } else if let Some(kind) = kind::named(bytes) {
        kind
    } else if is_xml_spreadsheet(bytes) {
        "a spreadsheet of Excel 2003 as XML, whatever its name; save it as XLSX or as CSV"
    } else if std::str::from_utf8(bytes).is_ok() {
        "a text, whatever its name; `formats.read` reads texts"
    } else {
        "no ZIP archive, which a workbook (XLSX) is"
    };
    Err(wrong_kind(found))
}

/// The refusal of a file of another kind.
pub(super) fn wrong_kind(kind: &str) -> Error {
    Error::new(ErrorCode::FileWrongKind, format!("the content is {kind}"))
}

fn has_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

fn is_xml_spreadsheet(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes)).into_owned();
    head.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml")
        && head.contains("urn:schemas-microsoft-com:office:spreadsheet")
}
