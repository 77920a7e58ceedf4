//! From the bytes of a file to its text.

mod encoding;
pub(crate) mod kind;

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use wherewithal_base::{Error, ErrorCode, Result, error::At as _};

use crate::{FileEvidence, FileReadInput};

/// The text of a file and the encoding in which it was.
pub(crate) struct Content<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: FileEvidence,
}

/// The content of an input.
///
/// # Errors
/// `field.missing`, `field.conflict`, `binary.malformed`, `file.wrong_kind`, `encoding.invalid`.
pub(crate) fn content(input: &FileReadInput) -> Result<Content<'_>> {
    match (&input.text, &input.base64) {
        (Some(text), None) => given(text).at("text"),
        (None, Some(base64)) => bytes(base64).and_then(|bytes| encoding::decoded(&bytes)).at("base64"),
        (None, None) => {
            let message = "a file needs its content: give `text` or `base64`";
            Err(Error::new(ErrorCode::FieldMissing, message).at("text"))
        }
        (Some(_), Some(_)) => {
            let message = "the content is given twice: give `text` or `base64`";
            Err(Error::new(ErrorCode::FieldConflict, message).at("base64"))
        }
    }
}

fn given(text: &str) -> Result<Content<'_>> {
    kind::text_only(text.as_bytes())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    encoding::no_zero(text)?;
    let encoding = FileEvidence { value: "UTF-8".to_owned(), reason: "given as text".to_owned(), row: None };
    Ok(Content { text: Cow::Borrowed(text), encoding })
}

/// The bytes of a file in base64.
///
/// # Errors
/// `binary.malformed`.
pub(crate) fn bytes(base64: &str) -> Result<Vec<u8>> {
    let malformed = |error: base64::DecodeError| {
        Error::new(ErrorCode::BinaryMalformed, format!("the content is not base64: {error}"))
    };
    if base64.bytes().any(|byte| byte.is_ascii_whitespace()) {
        let joined: String = base64.split_ascii_whitespace().collect();
        return STANDARD.decode(joined).map_err(malformed);
    }
    STANDARD.decode(base64).map_err(malformed)
}
