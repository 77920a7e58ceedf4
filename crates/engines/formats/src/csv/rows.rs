//! Rows and cells of a table, without a copy of a cell unless its quotes ask for one.
//!
//! The rules of a text are those of RFC 4180 as common programs apply them: a cell that begins with a quote ends at the next single
//! one, two quotes in it are one, and what follows the closing quote belongs to the cell. A quote elsewhere is a character.
//! The `csv` crate, with which a test compares, has the same rules, but takes a quote that is never closed for closed.

use std::borrow::Cow;

use wherewithal_base::{Error, ErrorCode, Result};

use super::sheet::{CellKind, Sheet};
use crate::DecimalMark;

/// The most cells of a row.
pub(super) const MOST_CELLS: usize = 1_000;

/// Where the rows of a table stand.
#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    /// In a text, with a separator between cells.
    Text(&'a str),
    /// In a sheet of a workbook, whose cells are apart.
    Sheet(&'a Sheet<'a>),
}

impl<'a> From<&'a str> for Source<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

/// A row of a table.
#[derive(Debug, Default)]
pub(crate) struct Row<'a> {
    pub(crate) cells: Vec<Cow<'a, str>>,
    /// What the cells of a sheet have; empty for a text, whose cells are texts.
    pub(crate) kinds: Vec<CellKind>,
    /// The number of the row, counted from 1; empty lines count.
    pub(crate) number: u32,
    /// The number of the line on which it starts, counted from 1.
    pub(crate) line: u32,
}

impl Row<'_> {
    /// A cell without spaces around it; empty if the row is shorter.
    pub(crate) fn cell(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", |cell| cell.trim())
    }

    /// What a cell has.
    pub(crate) fn kind(&self, place: usize) -> CellKind {
        self.kinds.get(place).copied().unwrap_or_default()
    }

    /// The decimal mark of a cell, in a file with one for its texts.
    pub(crate) fn mark(&self, place: usize, of_file: DecimalMark) -> DecimalMark {
        if self.kind(place) == CellKind::Number { DecimalMark::Point } else { of_file }
    }

    /// Whether every cell is empty.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// The cells that are not empty.
    pub(crate) fn filled(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// The row as a text, to show it.
    pub(crate) fn shown(&self) -> String {
        let mut shown = String::new();
        for cell in &self.cells {
            if shown.len() > 800 {
                break;
            }
            if !shown.is_empty() {
                shown.push(',');
            }
            shown.push_str(cell.trim());
        }
        shown.trim_end_matches(',').to_owned()
    }
}

/// The rows of a table, one after another.
#[derive(Clone)]
pub(crate) enum Rows<'a> {
    Text(Split<'a>),
    Sheet { sheet: &'a Sheet<'a>, next: usize },
}

impl<'a> Rows<'a> {
    pub(crate) fn of(source: impl Into<Source<'a>>, separator: u8) -> Self {
        match source.into() {
            Source::Text(text) => Self::Text(Split::of(text, separator)),
            Source::Sheet(sheet) => Self::Sheet { sheet, next: 0 },
        }
    }

    /// Reads the next row; `false` at the end.
    ///
    /// # Errors
    /// `quote.unclosed`, `input.too_large`.
    pub(crate) fn read(&mut self, row: &mut Row<'a>) -> Result<bool> {
        match self {
            Self::Text(split) => split.read(row),
            Self::Sheet { sheet, next } => {
                let is_row = sheet.read(*next, row);
                *next += 1;
                Ok(is_row)
            }
        }
    }
}

/// The rows of a text.
#[derive(Clone)]
pub(crate) struct Split<'a> {
    text: &'a str,
    separator: u8,
    at: usize,
    line: u32,
    number: u32,
}

impl<'a> Split<'a> {
    fn of(text: &'a str, separator: u8) -> Self {
        Self { text, separator, at: 0, line: 1, number: 0 }
    }

    fn read(&mut self, row: &mut Row<'a>) -> Result<bool> {
        row.cells.clear();
        if self.at >= self.text.len() {
            return Ok(false);
        }
        self.number += 1;
        (row.number, row.line) = (self.number, self.line);
        loop {
            let cell = self.cell(row)?;
            if row.cells.len() == MOST_CELLS {
                let message = format!("row {} has more than {MOST_CELLS} cells", self.number);
                return Err(Error::new(ErrorCode::InputTooLarge, message));
            }
            row.cells.push(cell);
            match self.byte() {
                Some(byte) if byte == self.separator => self.at += 1,
                Some(_) => {
                    self.end_of_line();
                    return Ok(true);
                }
                None => return Ok(true),
            }
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips the end of a line: a line feed, a carriage return, or both.
    fn end_of_line(&mut self) {
        if self.byte() == Some(b'\r') {
            self.at += 1;
        }
        if self.byte() == Some(b'\n') {
            self.at += 1;
        }
        self.line += 1;
    }

    /// The next cell, up to the separator or the end of the line.
    fn cell(&mut self, row: &Row<'a>) -> Result<Cow<'a, str>> {
        if self.byte() != Some(b'"') {
            return Ok(Cow::Borrowed(self.bare()));
        }
        let mut cell = Cow::Borrowed("");
        loop {
            self.at += 1;
            add(&mut cell, self.until_quote(row)?);
            if self.byte() != Some(b'"') {
                break;
            }
            // The second of two quotes: the part that follows is quoted too.
            add(&mut cell, "\"");
        }
        add(&mut cell, self.bare());
        Ok(cell)
    }

    /// What has no quotes around it.
    fn bare(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let ends = |byte: &u8| *byte == self.separator || *byte == b'\n' || *byte == b'\r';
        let length = rest.as_bytes().iter().position(ends).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// What stands before the next quote, which is skipped.
    fn until_quote(&mut self, row: &Row<'a>) -> Result<&'a str> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(length) = rest.as_bytes().iter().position(|byte| *byte == b'"') else {
            let message = format!(
                "row {} on line {} has a cell that begins with a quote and never ends: {:?}",
                row.number,
                row.line,
                rest.chars().take(40).collect::<String>()
            );
            return Err(Error::new(ErrorCode::QuoteUnclosed, message));
        };
        self.at += length + 1;
        let quoted = rest.get(..length).unwrap_or_default();
        self.line = self.line.saturating_add(lines(quoted));
        Ok(quoted)
    }
}

/// The ends of lines in a text.
fn lines(text: &str) -> u32 {
    let count = text.bytes().filter(|byte| *byte == b'\n').count();
    let alone = if count == 0 { text.bytes().filter(|byte| *byte == b'\r').count() } else { 0 };
    u32::try_from(count + alone).unwrap_or(u32::MAX)
}

/// Appends a part to a cell, which is copied only if it has another part already.
fn add<'a>(cell: &mut Cow<'a, str>, part: &'a str) {
    if part.is_empty() {
        return;
    }
    if cell.is_empty() {
        *cell = Cow::Borrowed(part);
    } else {
        cell.to_mut().push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, separator: u8) -> Result<Vec<Vec<String>>> {
        let (mut rows, mut row, mut found) = (Rows::of(text, separator), Row::default(), Vec::new());
        while rows.read(&mut row)? {
            found.push(row.cells.iter().map(|cell| cell.to_string()).collect());
        }
        Ok(found)
    }

    #[test]
    fn cells_are_split_as_everybody_splits_them() {
        for (text, expected) in [
            ("a,b\n1,2\n", vec![vec!["a", "b"], vec!["1", "2"]]),
            ("a,b\r\n\r\n1,", vec![vec!["a", "b"], vec![""], vec!["1", ""]]),
            ("\"x, y\",\"say \"\"no\"\"\"", vec![vec!["x, y", "say \"no\""]]),
            ("\"two\nlines\",z\rnext", vec![vec!["two\nlines", "z"], vec!["next"]]),
            ("5\" pipe,\"a\" b", vec![vec!["5\" pipe", "a b"]]),
            ("\"\",\"\"\"\"", vec![vec!["", "\""]]),
        ] {
            assert_eq!(read(text, b',').unwrap(), expected, "{text:?}");
        }
        assert_eq!(read("a;b,c", b';').unwrap(), [["a", "b,c"]]);
    }

    #[test]
    fn a_quote_that_is_never_closed_names_its_row() {
        let error = read("a,b\n1,2\n3,\"open\n5,6\n", b',').unwrap_err();
        assert_eq!(error.code(), ErrorCode::QuoteUnclosed);
        assert!(error.message().starts_with("row 3 on line 3"), "{}", error.message());
        let error = read(&",".repeat(2_000), b',').unwrap_err();
        assert_eq!(error.code(), ErrorCode::InputTooLarge);
    }

    #[test]
    fn lines_and_rows_are_counted_from_one() {
        let text = "a\n\"1\n2\n3\",x\nb\n";
        let (mut rows, mut row, mut places) = (Rows::of(text, b','), Row::default(), Vec::new());
        while rows.read(&mut row).unwrap() {
            places.push((row.number, row.line));
        }
        assert_eq!(places, [(1, 1), (2, 2), (3, 5)]);
    }

    proptest! {
        /// The peer skips empty lines, and takes an open quote for closed.
        #[test]
        fn the_cells_are_those_of_the_csv_crate(text in "[ab,\"\n\r;]{0,40}") {
            let Ok(mut ours) = read(&text, b',') else { return Ok(()) };
            ours.retain(|row| row != &[""]);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let mut theirs: Vec<Vec<String>> =
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            theirs.retain(|row| row != &[""]);
            prop_assert_eq!(ours, theirs);
        }
    }
}
