//! Reading what banks, cards, brokers and other programs export: CSV, QIF, and OFX with its dialects.
//!
//! [`read`] takes the bytes of one file and gives the records of a ledger, what it decided about the file and by which row,
//! and every row that it could not read or left out, so that nothing is lost in silence.

mod collect;
mod csv;
mod dialect;
mod input;
mod masked;
mod ofx;
mod output;
mod printed;
mod qif;
mod read;
#[cfg(test)]
mod tests;
mod text;

pub use input::{
    AmountSign, ColumnField, ColumnMapping, DateOrder, DecimalMark, FileFormat, FileReadInput, MappedColumn,
};
pub use output::{
    FileCounts, FileDialect, FileDuplicate, FileEvidence, FileLayout, FileProblem, FileReading, SkippedRow,
};
pub use read::{MAX_RECORDS, read};

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
