//! The answer of `workbooks.read`.

use wherewithal_base::wire::Wire;
use wherewithal_ledger::{LedgerAccount, LedgerSecurity, LedgerTransaction, StatedBalance, StatedPosition};

use crate::{FileCounts, FileDialect, FileDuplicate, FileLayout, FileProblem, SkippedRow};

/// What a sheet says, what was decided about it, and every row that is missing from it.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct WorkbookReading {
    /// The name of the sheet that was read, at most 200 characters.
    #[wire(length = ..=200)]
    pub sheet: String,
    /// The sheets of the workbook, in its order.
    pub sheets: Vec<WorkbookSheet>,
    /// The day from which the workbook counts its dates.
    pub date_system: DateSystem,
    /// The layout.
    pub layout: FileLayout,
    /// How dates and numbers are written that are texts.
    pub dialect: FileDialect,
    /// How many rows became what.
    pub counts: FileCounts,
    /// The accounts, in the order of the sheet.
    pub accounts: Vec<LedgerAccount>,
    /// The securities, by id.
    pub securities: Vec<LedgerSecurity>,
    /// The transactions that are new, in the order of the sheet.
    pub transactions: Vec<LedgerTransaction>,
    /// The transactions whose ids are among `previous`.
    pub duplicates: Vec<FileDuplicate>,
    /// The balances that the sheet states, in its order.
    pub balances: Vec<StatedBalance>,
    /// The positions that the sheet states, in its order.
    pub positions: Vec<StatedPosition>,
    /// The rows that could not be read, each with its first fault.
    pub problems: Vec<FileProblem>,
    /// The rows that have no record, each with the reason.
    pub skipped: Vec<SkippedRow>,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct WorkbookSheet {
    /// Its name, at most 200 characters.
    #[wire(length = ..=200)]
    pub name: String,
    /// Whether a spreadsheet shows it.
    pub visible: bool,
    /// Why it was read or not.
    pub reason: String,
}

/// The day from which a workbook counts its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum DateSystem {
    /// 1 is 1900-01-01, and 60 the 29 February 1900 that never was.
    #[default]
    From1900,
    /// 0 is 1904-01-01, as in old workbooks of the Macintosh.
    From1904,
}
