//! The cells of a sheet of a workbook, row by row, as texts.

use std::borrow::Cow;

use wherewithal_base::{Error, ErrorCode, Result};

use super::rows::{MOST_CELLS, Row};
use crate::{address, collect::Fault};

/// The most cells between the first column and the last ones of all rows.
const MOST_IN_ALL: usize = 10_000_000;

/// What a cell has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum CellKind {
    /// A text, whose meaning the column gives it as in any table.
    #[default]
    Text,
    /// A number, written with a decimal point whatever the rest of the file has.
    Number,
    /// No value: the error that a formula came to, or a formula that was never computed.
    Nothing,
}

/// The fault of a row with a cell without a value, at a place in the column of a name.
pub(super) fn without_value(row: &Row<'_>, place: usize, column: &str) -> Fault {
    let found = row.cell(place);
    let message = if found.starts_with('#') {
        format!("the formula of the cell came to the error {:?}", found.chars().take(40).collect::<String>())
    } else {
        "the formula of the cell has no stored result; open the workbook in a spreadsheet, and save it"
            .to_owned()
    };
    Fault::at(Error::new(ErrorCode::CellWithoutValue, message), column, found).in_column(Some(place))
}

/// A cell, and where its text stands.
#[derive(Clone, Copy)]
struct Cell {
    start: u32,
    length: u32,
    column: u16,
    kind: CellKind,
    is_shared: bool,
}

/// A row that is not empty.
#[derive(Clone, Copy)]
struct SheetRow {
    number: u32,
    /// The index of its first cell.
    first: usize,
}

/// The rows of a sheet that have cells. A text that several cells share is kept once.
pub(crate) struct Sheet<'s> {
    shared: &'s str,
    own: String,
    cells: Vec<Cell>,
    rows: Vec<SheetRow>,
    in_all: usize,
}

impl<'s> Sheet<'s> {
    /// A sheet without rows, whose cells can refer to some texts.
    pub(crate) fn of(shared: &'s str) -> Self {
        Self { shared, own: String::new(), cells: Vec::new(), rows: Vec::new(), in_all: 0 }
    }

    /// The number of rows that have cells.
    pub(crate) fn count(&self) -> usize {
        self.rows.len()
    }

    /// Begins a row. Rows ascend, and so do the cells of a row.
    pub(crate) fn begin_row(&mut self, number: u32) {
        self.rows.push(SheetRow { number, first: self.cells.len() });
    }

    /// Ends the row, which is dropped without cells.
    ///
    /// # Errors
    /// `input.too_large`.
    pub(crate) fn end_row(&mut self) -> Result<()> {
        let Some(row) = self.rows.last() else { return Ok(()) };
        match self.cells.last().filter(|_| row.first < self.cells.len()) {
            Some(last) => self.in_all += usize::from(last.column) + 1,
            None => drop(self.rows.pop()),
        }
        if self.in_all > MOST_IN_ALL {
            let message = format!("the sheet has more than {MOST_IN_ALL} cells; read it in parts");
            return Err(Error::new(ErrorCode::InputTooLarge, message));
        }
        Ok(())
    }

    /// Adds a cell to the row.
    ///
    /// # Errors
    /// `input.too_large` for a column or a text beyond the limits.
    pub(crate) fn cell(&mut self, column: usize, kind: CellKind, text: &str) -> Result<()> {
        if text.trim().is_empty() && kind != CellKind::Nothing {
            return Ok(());
        }
        let start = self.own.len();
        self.own.push_str(text);
        self.add(column, kind, (start, text.len()), false)
    }

    /// Adds a cell whose text stands at a place among those that cells share.
    ///
    /// # Errors
    /// `input.too_large` for a column beyond the limit.
    pub(crate) fn shared_cell(&mut self, column: usize, (start, length): (usize, usize)) -> Result<()> {
        let text = self.shared.get(start..start + length).unwrap_or_default();
        if text.trim().is_empty() {
            return Ok(());
        }
        self.add(column, CellKind::Text, (start, length), true)
    }

    fn add(&mut self, column: usize, kind: CellKind, text: (usize, usize), is_shared: bool) -> Result<()> {
        let too_large = |message: String| Error::new(ErrorCode::InputTooLarge, message);
        let narrow = u16::try_from(column).ok().filter(|_| column < MOST_CELLS);
        let column = narrow.ok_or_else(|| {
            let (found, last) = (address::letters(column), address::letters(MOST_CELLS - 1));
            too_large(format!("a cell stands in column {found}; columns are read up to {last}"))
        })?;
        let fitting = u32::try_from(text.0).ok().zip(u32::try_from(text.1).ok());
        let (start, length) =
            fitting.ok_or_else(|| too_large("the texts of the sheet are longer than 4 GiB".to_owned()))?;
        self.cells.push(Cell { start, length, column, kind, is_shared });
        Ok(())
    }

    /// Writes the row of an index into `row`; `false` if there is none.
    pub(super) fn read<'a>(&'a self, index: usize, row: &mut Row<'a>) -> bool {
        row.cells.clear();
        row.kinds.clear();
        let Some(SheetRow { number, first }) = self.rows.get(index).copied() else { return false };
        let end = self.rows.get(index + 1).map_or(self.cells.len(), |next| next.first);
        (row.number, row.line) = (number, number);
        for cell in self.cells.get(first..end).unwrap_or_default() {
            row.cells.resize(usize::from(cell.column), Cow::Borrowed(""));
            row.kinds.resize(usize::from(cell.column), CellKind::Text);
            row.cells.push(Cow::Borrowed(self.text(*cell)));
            row.kinds.push(cell.kind);
        }
        true
    }

    fn text(&self, cell: Cell) -> &str {
        let of = if cell.is_shared { self.shared } else { &self.own };
        let start = cell.start as usize;
        of.get(start..start + cell.length as usize).unwrap_or_default()
    }
}
