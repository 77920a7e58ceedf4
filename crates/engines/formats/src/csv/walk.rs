//! The rows of a table one after another, and what each of them is.

use wherewithal_base::Result;

use super::{
    columns::{Columns, Header, normalized},
    layout::{Layout, Record, Shape},
    layouts::interactive_brokers,
    plan::{Plan, header_of},
    rows::{Row, Rows, Source},
};
use crate::{
    ColumnField,
    printed::{date::Written, number::Printed},
};

/// The fields whose cells have numbers, and those whose cells have dates.
pub(crate) const NUMBERS: &[ColumnField] = &[
    ColumnField::Amount,
    ColumnField::Debit,
    ColumnField::Credit,
    ColumnField::Quantity,
    ColumnField::Price,
    ColumnField::Commission,
    ColumnField::Fees,
    ColumnField::Balance,
    ColumnField::Value,
    ColumnField::CostBasis,
    ColumnField::TransferAmount,
    ColumnField::SplitAmount,
];
pub(crate) const DATES: &[ColumnField] = &[ColumnField::Date, ColumnField::SettlementDate];

/// Words with which a row of totals begins.
const TOTALS: &[&str] =
    &["total", "totals", "grand total", "transactions total", "subtotal", "account total", "positions total"];

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Every cell is empty: it is not counted.
    Blank,
    /// It stands before the header.
    Before,
    /// It has no record, for a reason.
    Skip(&'static str),
    /// It is to be read.
    Data,
    /// It may have a record, and cannot be read, for a reason.
    Unknown(&'static str),
}

/// The table whose rows are read.
pub(crate) struct Table<'p> {
    pub(crate) layout: &'p Layout,
    pub(crate) columns: Columns,
}

/// The rows of a file.
pub(crate) struct Walk<'a, 'p> {
    rows: Rows<'a>,
    plan: &'p Plan,
    pub(crate) row: Row<'a>,
    pub(crate) table: Option<Table<'p>>,
}

impl<'a, 'p> Walk<'a, 'p> {
    pub(crate) fn of(source: Source<'a>, plan: &'p Plan) -> Self {
        let first = || Table { layout: &plan.layout, columns: plan.columns.clone() };
        let table = (plan.header_row == 0).then(first);
        Self { rows: Rows::of(source, plan.separator), plan, row: Row::default(), table }
    }

    /// Goes to the next row; `None` at the end.
    ///
    /// # Errors
    /// `quote.unclosed`, `input.too_large`.
    pub(crate) fn step(&mut self) -> Result<Option<Step>> {
        if !self.rows.read(&mut self.row)? {
            return Ok(None);
        }
        let step = if self.row.is_blank() {
            Step::Blank
        } else if let Shape::Section(_) = self.plan.layout.shape {
            self.section()
        } else {
            self.line()
        };
        Ok(Some(step))
    }

    /// A row of a table whose header stands above it.
    fn line(&mut self) -> Step {
        if self.row.number == self.plan.header_row {
            self.table = Some(Table { layout: &self.plan.layout, columns: self.plan.columns.clone() });
            return Step::Skip("the header");
        }
        if self.plan.layout.shape == Shape::OneOfSeveral && self.begins_another() {
            return Step::Skip("the header of another table");
        }
        let Some(table) = &self.table else { return Step::Before };
        judged(table, &self.row)
    }

    /// Whether the row is the header of another table of the file, which then begins.
    fn begins_another(&mut self) -> bool {
        // The first column of all tables of a file has the same name.
        let first = self.plan.layout.columns.first().and_then(|column| column.names.first());
        if first.is_none_or(|name| normalized(self.row.cell(0)) != **name) {
            return false;
        }
        let header = Header::of(&self.row);
        let fitting = self
            .plan
            .parts
            .iter()
            .filter_map(|layout| header_of(layout, &header).map(|found| (*layout, found)));
        let Some((layout, (columns, _))) = fitting.max_by_key(|(_, (_, matched))| *matched) else {
            return false;
        };
        self.table = Some(Table { layout, columns });
        true
    }

    /// A row whose first cell names its section, and whose second says what it is.
    fn section(&mut self) -> Step {
        match self.row.cell(1) {
            "Header" => {
                let header = Header::of(&self.row);
                let mut parts = self.plan.parts.iter();
                let found = parts
                    .find_map(|layout| header_of(layout, &header).map(|(columns, _)| (*layout, columns)));
                self.table = found.map(|(layout, columns)| Table { layout, columns });
                match self.table {
                    Some(_) => Step::Skip("the header of a section"),
                    None => Step::Skip("the header of a section that is not read"),
                }
            }
            "Data" => match &self.table {
                Some(table) if is_of(&self.row, table.layout) => {
                    if is_total(table, &self.row) {
                        Step::Skip("a total")
                    } else {
                        Step::Data
                    }
                }
                _ => self.section_that_is_not_read(),
            },
            _ => Step::Skip("a total or a note"),
        }
    }

    /// A row of a section that has no records, or that is not known.
    fn section_that_is_not_read(&self) -> Step {
        let section = self.row.cell(0).to_lowercase();
        if interactive_brokers::WITHOUT_RECORDS.contains(&section.as_str()) {
            Step::Skip("a section that is not read")
        } else if self.plan.parts.iter().any(|layout| layout.shape.is_section(&section)) {
            Step::Unknown("the header of the section does not have the columns by which it is read")
        } else {
            Step::Unknown("the section is not known, and it may have transactions")
        }
    }
}

/// Whether a row of a section is a total: the word stands among its first cells, and it has no day.
fn is_total(table: &Table<'_>, row: &Row<'_>) -> bool {
    row.cells.iter().skip(2).take(3).any(|cell| cell.trim().starts_with("Total"))
        && !table.columns.cells(row, &[ColumnField::Date]).any(is_date)
}

fn is_of(row: &Row<'_>, layout: &Layout) -> bool {
    layout.shape.is_section(row.cell(0))
}

/// What a row below a header is.
fn judged(table: &Table<'_>, row: &Row<'_>) -> Step {
    let has_date = table.columns.cells(row, &[ColumnField::Date]).any(is_date);
    if has_date {
        return Step::Data;
    }
    let first = row.filled().next().unwrap_or_default();
    if TOTALS.iter().any(|word| first.trim_end_matches(':').eq_ignore_ascii_case(word)) {
        return Step::Skip("a total");
    }
    if table.columns.without_value(row).is_some() {
        return Step::Data;
    }
    let is_part = table.layout.is_mapping
        && table.columns.cells(row, &[ColumnField::SplitAmount]).any(|cell| Printed::of(cell).is_some());
    if is_part {
        return Step::Data;
    }
    if row.filled().count() == 1 {
        return Step::Skip("a note");
    }
    if !table.columns.cells(row, NUMBERS).any(|cell| Printed::of(cell).is_some()) {
        let reason =
            if table.layout.record == Record::Position { "no number" } else { "neither a date nor a number" };
        return Step::Skip(reason);
    }
    Step::Data
}

/// Whether a cell has a date, with the day of effect after it or without.
fn is_date(cell: &str) -> bool {
    Written::of(as_of(cell).0).is_some()
}

/// The day that a line states which begins in one of some ways: `Date downloaded Jun-15-2026 at 4:36 p.m ET`.
pub(crate) fn day_of(row: &Row<'_>, beginnings: &[&str]) -> Option<Written> {
    if beginnings.is_empty() {
        return None;
    }
    let line = row.shown().to_ascii_lowercase();
    let rest = beginnings.iter().find_map(|beginning| line.strip_prefix(beginning))?;
    rest.rsplit([' ', ',']).find_map(Written::of)
}

/// The date of a cell, and the day as of which it takes effect, as Schwab writes it: `09/16/2026 as of 09/15/2026`.
pub(crate) fn as_of(cell: &str) -> (&str, Option<&str>) {
    match cell.split_once(" as of ") {
        Some((posted, effective)) => (posted.trim(), Some(effective.trim())),
        None => (cell, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_states_the_day_of_positions() {
        let beginnings = ["date downloaded", "positions for"];
        for (line, day) in [
            ("Date downloaded Jun-15-2026 at 4:36 p.m ET", Some((2026, 6, 15))),
            (
                "\"Positions for account Individual ...123 as of 05:51 PM ET, 2026/09/08\",\"\"",
                Some((2026, 9, 8)),
            ),
            ("Positions for All-Accounts", None),
            ("Some other line of 2026-09-08", None),
        ] {
            let (mut rows, mut row) = (Rows::of(line, b','), Row::default());
            assert!(rows.read(&mut row).unwrap());
            let found = day_of(&row, &beginnings);
            let expected = day.map(|(year, month, day)| Written::Whole { year, month, day });
            assert_eq!(found, expected, "{line}");
        }
        let (mut rows, mut row) = (Rows::of("Date downloaded 09/30/2026 4:00 PM ET", b','), Row::default());
        assert!(rows.read(&mut row).unwrap());
        assert!(matches!(
            day_of(&row, &beginnings),
            Some(Written::Parts { first: 9, second: 30, year: 2026, .. })
        ));
    }
}
