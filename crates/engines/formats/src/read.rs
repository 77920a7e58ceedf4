//! `formats.read`.

use wherewithal_base::{Error, ErrorCode, Result, control::Control, error::At as _};
use wherewithal_ledger as ledger;

use crate::{FileFormat, FileReadInput, FileReading, csv, journal, ofx, portfolio_performance, qif, text};

/// The most rows or records of a file that [`read`] takes, and every interface with it. A file with more is read in parts, or
/// by [`read_up_to`].
pub const MAX_RECORDS: usize = 200_000;

/// Reads a file that a bank, a card, a broker or another program has exported.
///
/// The format is detected by the content, and of a CSV file the layout by its header. One separator, one order of dates and
/// one decimal mark hold for the whole file. A row that cannot be read is a problem and costs no other row; a file that can
/// be read in two ways throughout, or that contradicts itself, is an error.
///
/// ```
/// # use wherewithal_formats::wherewithal;
/// use wherewithal::{control::Control, formats::{self, FileReadInput}};
///
/// let text = "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n\
///             03/02/2026,03/03/2026,CORNER CAFE,Food & Drink,Sale,-4.50,\n";
/// let input = FileReadInput { text: Some(text.to_owned()), ..FileReadInput::default() };
/// let reading = formats::read(&input, &Control::default())?;
/// assert_eq!(reading.layout.unwrap().name, "chaseCard");
/// assert_eq!(reading.transactions[0].date.to_string(), "2026-03-02");
/// assert_eq!(reading.transactions[0].amount.to_string(), "-4.50");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `field.missing`, `field.conflict`, `binary.malformed`, `file.wrong_kind`, `encoding.invalid`, `file.unrecognized`,
/// `name.unknown`, `text.invalid`, `index.out_of_range`, `quote.unclosed`, `markup.malformed`, `markup.forbidden`,
/// `date.ambiguous`, `date.inconsistent`, `decimal.ambiguous`, `decimal.inconsistent`, `input.too_large`,
/// `operation.cancelled`.
pub fn read(input: &FileReadInput, control: &Control) -> Result<FileReading> {
    read_up_to(MAX_RECORDS, input, control)
}

/// Reads a file as [`read`] does, with at most `most` rows of a table in place of [`MAX_RECORDS`], which stays the limit of
/// other formats.
///
/// The answer holds every row: a transaction takes some hundred bytes and its texts. So memory grows with the rows, and not
/// otherwise; the text stays where it is and is not copied as a whole.
///
/// ```
/// # use wherewithal_formats::wherewithal;
/// use wherewithal::{control::Control, formats::{self, FileReadInput}};
///
/// let header = "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n";
/// let row = "03/02/2026,03/03/2026,CORNER CAFE,Food & Drink,Sale,-4.50,\n";
/// let input = FileReadInput { text: Some([header, row, row].concat()), ..FileReadInput::default() };
/// let reading = formats::read_up_to(3, &input, &Control::default())?;
/// assert_eq!(reading.transactions.len(), 2);
/// assert!(formats::read_up_to(2, &input, &Control::default()).is_err());
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`read`].
pub fn read_up_to(most: usize, input: &FileReadInput, control: &Control) -> Result<FileReading> {
    // Rows are counted in 32 bits.
    let most = most.min(u32::MAX as usize);
    if let Some(account) = &input.account {
        ledger::account(account).at("account")?;
    }
    let content = text::content(input)?;
    control.check()?;
    let field = if input.text.is_some() { "text" } else { "base64" };
    // Who describes columns has a table.
    let is_table = input.layout.is_some() || input.mapping.is_some();
    let format = input.format.unwrap_or_else(|| detected(&content.text, is_table));
    if format != FileFormat::Csv {
        for (given, name) in [(input.layout.is_some(), "layout"), (input.mapping.is_some(), "mapping")] {
            if given {
                let message = format!("`{name}` is for CSV files, and this is another format");
                return Err(Error::new(ErrorCode::FieldConflict, message).at(name));
            }
        }
    }
    match format {
        FileFormat::Csv => csv::read(content, input, most, control),
        FileFormat::Qif => qif::read(content, input, control).at(field),
        FileFormat::Ofx => ofx::read(content, input, control).at(field),
        FileFormat::Beancount | FileFormat::Hledger => {
            journal::read(content, format, input, control).at(field)
        }
        FileFormat::PortfolioPerformance => portfolio_performance::read(content, input, control).at(field),
    }
}

/// The format of a text: OFX and QIF begin with what no table begins with, and a journal has dates with words behind them.
fn detected(text: &str, is_table: bool) -> FileFormat {
    let start = text.trim_start();
    let begins_with =
        |word: &str| start.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if portfolio_performance::is(start) {
        FileFormat::PortfolioPerformance
    } else if begins_with("OFXHEADER") || begins_with("<OFX") || begins_with("<?OFX") || begins_with("<?xml")
    {
        FileFormat::Ofx
    } else if ["!Type", "!Account", "!Option", "!Clear"].into_iter().any(begins_with) {
        FileFormat::Qif
    } else if is_table {
        FileFormat::Csv
    } else {
        journal::detected(start).unwrap_or(FileFormat::Csv)
    }
}

/// The refusal of a file with more records than [`MAX_RECORDS`].
pub(crate) fn too_many() -> Error {
    more_than(MAX_RECORDS)
}

/// The refusal of a file with more rows than a limit.
pub(crate) fn more_than(most: usize) -> Error {
    let message = format!("the file has more than {most} rows; read it in parts");
    Error::new(ErrorCode::InputTooLarge, message)
}
