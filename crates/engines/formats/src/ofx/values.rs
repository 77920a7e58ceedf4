//! Dates and amounts of OFX.

use wherewithal_base::{
    Error, ErrorCode,
    dates::{Date, date},
    num::Decimal,
};

use super::document::Node;
use crate::{collect::Fault, printed::number::number};

/// The date of an element: its first eight digits. A time and a zone may follow (3.2.8.2), and do not move the day that the
/// bank has written.
pub(super) fn dated(node: &Node<'_, '_>, name: &str) -> Result<Option<Date>, Fault> {
    dated_text(node.text(name), name)
}

/// The date of a text.
pub(super) fn dated_text(text: &str, name: &str) -> Result<Option<Date>, Fault> {
    if text.is_empty() || text.starts_with("00000000") {
        return Ok(None);
    }
    let malformed = || {
        let message = format!(
            "{:?} is not a date of OFX; it begins with eight digits",
            text.chars().take(40).collect::<String>()
        );
        Fault::at(Error::new(ErrorCode::DateMalformed, message), name, text)
    };
    let digits = text
        .get(..8)
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        .ok_or_else(malformed)?;
    let followed = text.get(8..).is_some_and(|rest| {
        rest.is_empty()
            || rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '[' | '.' | 'T' | ' '))
    });
    if !followed {
        return Err(malformed());
    }
    let number = |range: std::ops::Range<usize>| {
        digits.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or_default()
    };
    date(number(0..4).cast_signed(), number(4..6), number(6..8))
        .map(Some)
        .map_err(|error| Fault::at(error, name, text))
}

/// The date of an element that a record must have.
pub(super) fn needed_date(node: &Node<'_, '_>, name: &str) -> Result<Date, Fault> {
    dated(node, name)?.ok_or_else(|| missing(name))
}

/// The amount of an element, with the decimal mark of the file.
pub(super) fn amount(node: &Node<'_, '_>, name: &str) -> Result<Option<Decimal>, Fault> {
    let text = node.text(name);
    if text.is_empty() {
        return Ok(None);
    }
    number(text, node.mark()).map(Some).map_err(|error| Fault::at(error, name, text))
}

/// The amount of an element that a record must have.
pub(super) fn needed_amount(node: &Node<'_, '_>, name: &str) -> Result<Decimal, Fault> {
    amount(node, name)?.ok_or_else(|| missing(name))
}

pub(super) fn missing(name: &str) -> Fault {
    Fault::at(Error::new(ErrorCode::FieldMissing, format!("the record has no {name}")), name, "")
}
