//! The answer of `formats.read`.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};
use wherewithal_ledger::{LedgerAccount, LedgerSecurity, LedgerTransaction, StatedBalance, StatedPosition};

use crate::FileFormat;

/// What a file says, what was decided about it, and every row that is missing from it.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FileReading {
    /// The format.
    pub format: FileFormat,
    /// The layout of a CSV file.
    #[wire(omit)]
    pub layout: Option<FileLayout>,
    /// The encoding of the text: its name in the WHATWG Encoding Standard, such as `UTF-8` or `windows-1252`.
    pub encoding: FileEvidence,
    /// How cells, dates and numbers are written.
    pub dialect: FileDialect,
    /// How many rows became what.
    pub counts: FileCounts,
    /// The accounts, in the order of the file.
    pub accounts: Vec<LedgerAccount>,
    /// The securities, by id.
    pub securities: Vec<LedgerSecurity>,
    /// The transactions that are new, in the order of the file.
    pub transactions: Vec<LedgerTransaction>,
    /// The transactions whose ids are among `previous`.
    pub duplicates: Vec<FileDuplicate>,
    /// The balances that the file states, in its order.
    pub balances: Vec<StatedBalance>,
    /// The positions that the file states, in its order.
    pub positions: Vec<StatedPosition>,
    /// The rows that could not be read, each with its first fault.
    pub problems: Vec<FileProblem>,
    /// The rows that have no record, each with the reason.
    pub skipped: Vec<SkippedRow>,
}

/// A layout and why it was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FileLayout {
    /// Its name, such as `chaseCard`; `mapping` for columns that the caller describes.
    pub name: String,
    /// The institution or the program whose export it is.
    #[wire(omit)]
    pub institution: Option<String>,
    /// Why it was chosen.
    pub reason: String,
}

/// Something that was decided about a file, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FileEvidence {
    /// What was decided.
    pub value: String,
    /// By what.
    pub reason: String,
    /// The row that decided, counted from 1, if one did.
    #[wire(omit, range = 1..)]
    pub row: Option<u32>,
}

/// How cells, dates and numbers of a file are written; each is absent if nothing in the file depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Wire)]
pub struct FileDialect {
    /// The character between cells.
    #[wire(omit)]
    pub separator: Option<FileEvidence>,
    /// The order of dates: `monthFirst` or `dayFirst`.
    #[wire(omit)]
    pub date_order: Option<FileEvidence>,
    /// The decimal mark: `point` or `comma`.
    #[wire(omit)]
    pub decimal_mark: Option<FileEvidence>,
}

/// How many rows of a file became what: `rows` is the sum of the others. Empty rows are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub struct FileCounts {
    /// Rows of a table, or records of another format.
    pub rows: u32,
    /// Rows with transactions. A transfer between two accounts of the file is one row and two transactions, and so is a
    /// conversion of currencies.
    pub transactions: u32,
    /// Rows whose transactions were all imported before.
    pub duplicates: u32,
    /// Balances.
    pub balances: u32,
    /// Positions.
    pub positions: u32,
    /// Rows with a fault.
    pub problems: u32,
    /// Rows without a record.
    pub skipped: u32,
}

/// A transaction that was imported before.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FileDuplicate {
    /// The number of the row, counted from 1.
    #[wire(range = 1..)]
    pub row: u32,
    /// Its id.
    pub id: String,
    /// Its date.
    pub date: Date,
    /// Its amount.
    pub amount: Decimal,
    /// Its description.
    pub description: String,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FileProblem {
    /// The number of the row or record, counted from 1.
    #[wire(range = 1..)]
    pub row: u32,
    /// The number of the line on which it starts, counted from 1; in a workbook, the number of the row.
    #[wire(range = 1..)]
    pub line: u32,
    /// The name of the column, or its number, or the tag or code of another format.
    #[wire(omit)]
    pub column: Option<String>,
    /// The cell of a workbook, such as `Activity!C7`.
    #[wire(omit)]
    pub cell: Option<String>,
    /// The code of the fault, one of those that errors have.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What was found, at most 200 characters.
    #[wire(omit, length = ..=200)]
    pub value: Option<String>,
}

/// A row that has no record.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SkippedRow {
    /// The number of the row or record, counted from 1.
    #[wire(range = 1..)]
    pub row: u32,
    /// The number of the line on which it starts, counted from 1; in a workbook, the number of the row.
    #[wire(range = 1..)]
    pub line: u32,
    /// Why.
    pub reason: String,
    /// How it begins, at most 200 characters.
    #[wire(length = ..=200)]
    pub value: String,
}
