//! Reading what banks, cards, brokers and other programs export, and writing what other programs read.
//!
//! [`read`] takes the bytes of one file and gives the records of a ledger, what it decided about the file and by which row,
//! and every row that it could not read or left out, so that nothing is lost in silence. [`read_workbook`] does the same with
//! a sheet of a workbook. [`write()`] writes the records of a ledger as a file for another program, and lists what its format
//! cannot say.

mod address;
mod collect;
mod csv;
mod dialect;
mod ids;
mod input;
mod journal;
mod masked;
mod ofx;
mod output;
mod portfolio_performance;
mod printed;
mod qif;
mod read;
#[cfg(test)]
mod tests;
mod text;
mod workbook;
mod write;

pub use input::{
    AmountSign, ColumnField, ColumnMapping, DateOrder, DecimalMark, FileFormat, FileReadInput, MappedColumn,
};
pub use output::{
    FileCounts, FileDialect, FileDuplicate, FileEvidence, FileLayout, FileProblem, FileReading, SkippedRow,
};
pub use read::{MAX_RECORDS, read, read_up_to};
pub use workbook::{DateSystem, WorkbookReadInput, WorkbookReading, WorkbookSheet, read_workbook};
pub use write::{FileOmission, FileWriteFormat, FileWriteInput, FileWriting, write};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as formats;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_household as household;
    pub use wherewithal_ledger as ledger;
}
