//! The records of a file, and what each of them is.

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
};

use crate::{
    collect::Place,
    read::{MAX_RECORDS, too_many},
};

/// The most lines of a file.
const MOST_LINES: u32 = 2_000_000;

/// What the records of a section are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// The file has not said it.
    None,
    /// Transactions of an account.
    Bank(Holder),
    /// Transactions of an investment account.
    Investment,
    /// Accounts.
    Accounts,
    /// Securities.
    Securities,
    /// Something else, and the reason for which it is skipped.
    Ignored(&'static str),
}

/// What an account with transactions is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    Bank,
    Cash,
    Card,
    Asset,
    Liability,
}

/// A line of a record.
pub(super) struct Line<'a> {
    pub(super) code: char,
    pub(super) value: &'a str,
}

/// A record.
pub(super) struct Record<'a> {
    pub(super) section: Section,
    pub(super) place: Place,
    pub(super) lines: Vec<Line<'a>>,
}

impl<'a> Record<'a> {
    /// The value of the first line with a letter.
    pub(super) fn find(&self, code: char) -> Option<&'a str> {
        self.lines.iter().find(|line| line.code == code).map(|line| line.value)
    }

    /// The same, or nothing.
    pub(super) fn value(&self, code: char) -> &'a str {
        self.find(code).unwrap_or_default()
    }

    /// The same, if it has a text.
    pub(super) fn text(&self, code: char) -> Option<String> {
        Some(self.value(code)).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

/// The records of a text. A record without lines is none.
///
/// # Errors
/// `input.too_large`, `operation.cancelled`.
pub(super) fn of<'a>(text: &'a str, control: &Control) -> Result<Vec<Record<'a>>> {
    let mut records: Vec<Record<'a>> = Vec::new();
    let mut section = Section::None;
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut place = Place { row: 0, line: 1 };
    let mut row = 0;
    let mut work = Work::under(control);
    // Old programs end a line with a carriage return alone.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    for (number, line) in (1_u32..).zip(text.split(end)) {
        work.done(2)?;
        if number > MOST_LINES {
            let message = format!("the file has more than {MOST_LINES} lines; read it in parts");
            return Err(Error::new(ErrorCode::InputTooLarge, message));
        }
        let line = line.trim();
        if let Some(header) = line.strip_prefix('!') {
            finish(&mut records, section, place, &mut lines, &mut row)?;
            section = section_of(header).unwrap_or(section);
        } else if line.starts_with('^') {
            finish(&mut records, section, place, &mut lines, &mut row)?;
        } else if let Some(code) = line.chars().next() {
            if lines.is_empty() {
                place.line = number;
            }
            lines.push(Line { code, value: line.get(code.len_utf8()..).unwrap_or_default().trim() });
        }
    }
    finish(&mut records, section, place, &mut lines, &mut row)?;
    Ok(records)
}

/// Adds a record, if it has lines.
fn finish<'a>(
    records: &mut Vec<Record<'a>>,
    section: Section,
    place: Place,
    lines: &mut Vec<Line<'a>>,
    row: &mut u32,
) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    if records.len() == MAX_RECORDS {
        return Err(too_many());
    }
    *row += 1;
    let place = Place { row: *row, line: place.line };
    records.push(Record { section, place, lines: std::mem::take(lines) });
    Ok(())
}

/// What the records after a header are; `None` for a header that leaves it as it was.
pub(super) fn section_of(header: &str) -> Option<Section> {
    let header = header.trim().to_ascii_lowercase();
    let Some(kind) = header.strip_prefix("type:") else {
        // Options concern the program that reads the file.
        return header.starts_with("account").then_some(Section::Accounts);
    };
    Some(match kind.split_whitespace().collect::<Vec<_>>().join(" ").as_str() {
        "bank" => Section::Bank(Holder::Bank),
        "cash" => Section::Bank(Holder::Cash),
        "ccard" => Section::Bank(Holder::Card),
        "oth a" | "oth s" => Section::Bank(Holder::Asset),
        "oth l" => Section::Bank(Holder::Liability),
        "invst" | "port" | "mutual" => Section::Investment,
        "security" => Section::Securities,
        "cat" => Section::Ignored("a category of a list"),
        "class" => Section::Ignored("a class of a list"),
        "tag" => Section::Ignored("a tag of a list"),
        "memorized" => Section::Ignored("a memorized transaction, which is a template"),
        "prices" => Section::Ignored("a price of a list"),
        "budget" => Section::Ignored("a budget"),
        "bill" | "invitem" | "template" | "tax" | "invoice" => Section::Ignored("a record of a business"),
        _ => Section::Ignored("a record of an unknown kind"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_what_records_are() {
        let text = "!Option:AutoSwitch\n!Account\nNChecking\nTBank\n^\n!Type:Bank\nD1/2/26\nT-5\n^\n^\n!Type:Cat\nNFood\n^\n";
        let records = of(text, &Control::default()).unwrap();
        let found: Vec<(Section, u32, u32)> =
            records.iter().map(|record| (record.section, record.place.row, record.place.line)).collect();
        assert_eq!(
            found,
            [
                (Section::Accounts, 1, 3),
                (Section::Bank(Holder::Bank), 2, 7),
                (Section::Ignored("a category of a list"), 3, 12)
            ]
        );
        assert_eq!(of("!Type:Bank\rD1/2/26\rT5\r^\r", &Control::default()).unwrap().len(), 1);
    }
}
