//! The rows and cells of a sheet (ECMA-376 part 1, 18.3).

use quick_xml::events::BytesStart;
use wherewithal_base::{Error, ErrorCode, Result};

use super::{
    archive::Archive,
    book::{Book, BookSheet},
    markup::{Markup, Piece, attribute, damaged},
    strings::{Strings, unescaped},
    value::{day, decimal},
};
use crate::{
    address,
    collect::cut,
    csv::{CellKind, Sheet},
};

/// The number of the last row that a sheet can have.
const LAST_ROW: u32 = 1_048_576;

/// What was read of a sheet.
pub(super) struct Cells<'s> {
    pub(super) sheet: Sheet<'s>,
    /// Whether the sheet has no more rows.
    pub(super) is_whole: bool,
}

/// The rows of a sheet that have cells, up to the first one beyond a limit.
///
/// # Errors
/// `archive.malformed`, `markup.malformed`, `markup.forbidden`, `input.too_large`, `operation.cancelled`.
pub(super) fn sheet<'s>(
    archive: &Archive<'_>,
    book: &Book,
    strings: &'s Strings,
    sheet: &BookSheet,
    most: usize,
) -> Result<Cells<'s>> {
    let Some(part) = &sheet.part else {
        return Err(Error::new(ErrorCode::FileUnrecognized, "the sheet has no cells"));
    };
    let mut markup = archive.markup(part)?;
    let mut reader = Reader {
        book,
        strings,
        name: &sheet.name,
        sheet: Sheet::of(&strings.text),
        row: 0,
        is_in_row: false,
        column: 0,
        text: String::new(),
    };
    let mut is_inside = false;
    loop {
        let met = match markup.next()? {
            Piece::Start(tag) => Met::start(&tag)?,
            Piece::End(tag) => Met::end(tag.local_name().as_ref()),
            Piece::Over => return Ok(Cells { sheet: reader.sheet, is_whole: true }),
            Piece::Text(_) | Piece::Character(_) | Piece::Other => Met::Other,
        };
        match met {
            Met::Data => is_inside = true,
            Met::DataEnd => is_inside = false,
            Met::Row(number) if is_inside => reader.begin_row(number)?,
            Met::RowEnd if is_inside => {
                reader.is_in_row = false;
                reader.sheet.end_row()?;
                if reader.sheet.count() > most {
                    return Ok(Cells { sheet: reader.sheet, is_whole: false });
                }
            }
            Met::Cell(tag) if is_inside => reader.cell(tag, &mut markup)?,
            _ => {}
        }
    }
}

/// What was met in a sheet.
enum Met {
    Data,
    DataEnd,
    /// A row with its number, if it says one.
    Row(Option<u32>),
    RowEnd,
    Cell(CellTag),
    Other,
}

/// What the tag of a cell says.
#[derive(Clone, Copy, Default)]
struct CellTag {
    /// Its column and row, if it says them.
    place: Option<(usize, u32)>,
    /// The index of its format.
    format: usize,
    value: ValueKind,
}

/// What the value of a cell is (18.18.11).
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum ValueKind {
    #[default]
    Number,
    Shared,
    Text,
    Inline,
    Truth,
    Error,
    Date,
}

impl Met {
    fn start(tag: &BytesStart<'_>) -> Result<Self> {
        Ok(match tag.local_name().as_ref() {
            "sheetData" => Self::Data,
            "row" => match attribute(tag, "r")? {
                Some(number) => {
                    Self::Row(Some(number.trim().parse().map_err(|_| damaged("a row has no number"))?))
                }
                None => Self::Row(None),
            },
            "c" => Self::Cell(CellTag::of(tag)?),
            _ => Self::Other,
        })
    }

    fn end(name: &str) -> Self {
        match name {
            "sheetData" => Self::DataEnd,
            "row" => Self::RowEnd,
            _ => Self::Other,
        }
    }
}

impl CellTag {
    fn of(tag: &BytesStart<'_>) -> Result<Self> {
        let mut said = Self::default();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| damaged(&error.to_string()))?;
            let value = attribute.value.as_ref();
            match attribute.key.as_ref() {
                "r" => {
                    said.place = Some(address::parsed(value).ok_or_else(|| damaged("a cell has no place"))?);
                }
                "s" => {
                    said.format = value.parse().map_err(|_| damaged("the format of a cell is no number"))?
                }
                "t" => {
                    said.value = match value {
                        "n" => ValueKind::Number,
                        "s" => ValueKind::Shared,
                        "str" => ValueKind::Text,
                        "inlineStr" => ValueKind::Inline,
                        "b" => ValueKind::Truth,
                        "e" => ValueKind::Error,
                        "d" => ValueKind::Date,
                        _ => return Err(damaged("the type of a cell is none that cells have")),
                    }
                }
                _ => {}
            }
        }
        Ok(said)
    }
}

/// What reads the cells.
struct Reader<'b, 's> {
    book: &'b Book,
    strings: &'s Strings,
    name: &'b str,
    sheet: Sheet<'s>,
    row: u32,
    is_in_row: bool,
    /// The first column in which the next cell can stand.
    column: usize,
    /// The value of the cell that is read.
    text: String,
}

impl Reader<'_, '_> {
    /// Begins a row, which stands below the one before it.
    fn begin_row(&mut self, number: Option<u32>) -> Result<()> {
        let number = number.unwrap_or(self.row + 1);
        if self.is_in_row || number <= self.row || number > LAST_ROW {
            let message = format!("in the sheet {:?}, row {number} follows row {}", cut(self.name), self.row);
            return Err(Error::new(ErrorCode::MarkupMalformed, message));
        }
        (self.row, self.column, self.is_in_row) = (number, 0, true);
        self.sheet.begin_row(number);
        Ok(())
    }

    /// Reads a cell up to its end.
    fn cell(&mut self, said: CellTag, markup: &mut Markup<'_>) -> Result<()> {
        let (column, row) = said.place.unwrap_or((self.column, self.row));
        if !self.is_in_row || row != self.row || column < self.column {
            return Err(self.refused(column, "stands in no row or another one, or behind a later cell"));
        }
        self.column = column + 1;
        let (mut has_value, mut has_formula) = (false, false);
        self.text.clear();
        let mut passed_over = String::new();
        loop {
            let child = match markup.next()? {
                Piece::Start(tag) => Child::of(tag.local_name().as_ref(), said.value),
                Piece::End(_) => break,
                Piece::Text(_) | Piece::Character(_) | Piece::Other => continue,
                Piece::Over => return Err(markup.malformed("a cell has no end")),
            };
            match child {
                Child::Value => {
                    has_value = true;
                    markup.value(&mut self.text)?;
                }
                Child::Item => markup.item(&mut self.text)?,
                Child::Formula => {
                    has_formula = true;
                    markup.value(&mut passed_over)?;
                }
                Child::Other => markup.value(&mut passed_over)?,
            }
        }
        // The result of a formula can be an empty text, and nothing else that is empty.
        let has_result = match said.value {
            ValueKind::Inline => true,
            ValueKind::Text => has_value,
            _ => !self.text.trim().is_empty(),
        };
        if has_formula && !has_result {
            // As programs write it that do not compute.
            return self.sheet.cell(column, CellKind::Nothing, "=");
        }
        self.add(column, said)
    }

    /// Adds the cell whose value was read.
    fn add(&mut self, column: usize, said: CellTag) -> Result<()> {
        let text = self.text.trim();
        match said.value {
            ValueKind::Text | ValueKind::Inline => {
                self.sheet.cell(column, CellKind::Text, &unescaped(&self.text))
            }
            _ if text.is_empty() => Ok(()),
            ValueKind::Shared => {
                let place = text.parse().ok().and_then(|index| self.strings.place(index));
                let place =
                    place.ok_or_else(|| self.refused(column, "refers to a text that the workbook lacks"))?;
                self.sheet.shared_cell(column, place)
            }
            ValueKind::Truth => {
                let said = if matches!(text, "1" | "true") { "TRUE" } else { "FALSE" };
                self.sheet.cell(column, CellKind::Text, said)
            }
            ValueKind::Error => self.sheet.cell(column, CellKind::Nothing, text),
            // The day is the one that is written, whatever time stands behind it.
            ValueKind::Date => {
                let day = text.split_once('T').map_or(text, |(day, _)| day);
                self.sheet.cell(column, CellKind::Text, day)
            }
            ValueKind::Number => {
                // What is no number is a fault of its row, and of no other.
                let Some(number) = decimal(text) else {
                    return self.sheet.cell(column, CellKind::Text, text);
                };
                let is_date = self.book.dates.get(said.format).copied().unwrap_or(false);
                match is_date.then(|| day(&number, self.book.date_system)).flatten() {
                    Some(day) => self.sheet.cell(column, CellKind::Text, &day.to_string()),
                    None => self.sheet.cell(column, CellKind::Number, &number),
                }
            }
        }
    }

    /// The refusal of a cell that no spreadsheet writes.
    fn refused(&self, column: usize, what: &str) -> Error {
        let cell = address::of_cell(&cut(self.name), column, self.row);
        Error::new(ErrorCode::MarkupMalformed, format!("the cell {cell} {what}"))
    }
}

/// An element within a cell.
enum Child {
    Value,
    Item,
    Formula,
    Other,
}

impl Child {
    fn of(name: &str, value: ValueKind) -> Self {
        match name {
            // A text that stands in the cell itself is its item; what else is written there says the same.
            "v" if value != ValueKind::Inline => Self::Value,
            "is" if value == ValueKind::Inline => Self::Item,
            "f" => Self::Formula,
            _ => Self::Other,
        }
    }
}
