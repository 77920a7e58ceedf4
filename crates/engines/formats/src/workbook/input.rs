//! The input of `workbooks.read`.

use wherewithal_base::{Result, control::Control, wire::Wire};
use wherewithal_ledger::LedgerAccount;

use super::{WorkbookReading, read_workbook};
use crate::{ColumnMapping, DateOrder, DecimalMark, FileReadInput};

/// Input of `workbooks.read`: one workbook, and what is known about it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Wire)]
pub struct WorkbookReadInput {
    /// The bytes of the workbook (XLSX) in base64 (RFC 4648, with padding).
    pub base64: String,
    /// The name of the file, which is used for messages alone.
    #[wire(length = 1..=255)]
    pub file_name: Option<String>,
    /// The name of the sheet; absent for the first visible one with a header that is known.
    #[wire(length = 1..=200)]
    pub sheet: Option<String>,
    /// The name of the layout, such as `chaseCard`; absent to detect it by the header.
    #[wire(length = 1..=100)]
    pub layout: Option<String>,
    /// What the columns mean, in place of a layout. It has no `separator`.
    pub mapping: Option<ColumnMapping>,
    /// The order of day and month in dates that are texts; absent to decide it by all of them.
    pub date_order: Option<DateOrder>,
    /// The decimal mark of numbers that are texts; absent to decide it by all of them.
    pub decimal_mark: Option<DecimalMark>,
    /// The account of a sheet that names none, and of each row that names none. Without it, such a sheet has one account
    /// whose id is the name of the layout, such as `citiCard`, or `account` where there is none.
    pub account: Option<LedgerAccount>,
    /// The ids of the transactions that were imported before: they are listed as duplicates instead.
    #[wire(default, length = ..=200_000)]
    pub previous: Vec<String>,
}

impl WorkbookReadInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`read_workbook`].
    pub fn run(&self, control: &Control) -> Result<WorkbookReading> {
        read_workbook(self, control)
    }

    /// What is known about the rows.
    pub(super) fn as_table(&self) -> FileReadInput {
        FileReadInput {
            layout: self.layout.clone(),
            mapping: self.mapping.clone(),
            date_order: self.date_order,
            decimal_mark: self.decimal_mark,
            account: self.account.clone(),
            ..FileReadInput::default()
        }
    }
}
