//! Workbooks of spreadsheets (XLSX): ECMA-376, Office Open XML, parts 1 (SpreadsheetML) and 2 (packages).
//!
//! `archive` finds the parts of a ZIP archive, `part` inflates one of them a little at a time, `markup` is its XML, `book` what
//! the workbook says of its sheets, `strings` the texts that cells share, `value` what a number means, and `cells` reads a sheet
//! into the rows that `csv` reads. Nothing that a header of the archive claims about a size is believed.

mod archive;
mod book;
mod cells;
mod input;
mod kind;
mod markup;
mod output;
mod part;
mod strings;
#[cfg(test)]
mod tests;
mod value;

use wherewithal_base::{Error, ErrorCode, Result, control::Control, error::At as _};
use wherewithal_ledger as ledger;

use crate::{
    FileReadInput, MAX_RECORDS,
    collect::{Collected, cut},
    csv::{self, Sheet, Source},
    read::too_many,
    text,
};
use archive::Archive;
use book::{Book, BookSheet};
pub use input::WorkbookReadInput;
pub use output::{DateSystem, WorkbookReading, WorkbookSheet};
use strings::Strings;

/// The most bytes that the parts of a workbook may have together when they are inflated.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// How many rows of a sheet are read to find its header.
const LOOKED_AT: usize = 1_000;

/// Reads a sheet of a workbook that a bank, a card, a broker or another program has exported.
///
/// The sheet is the one that is asked for, else the first visible one with a header that is known. Its rows are read as those of
/// a CSV file are; cells with a format of dates are dates, and numbers are taken as the spreadsheet shows them, with 15
/// significant digits.
///
/// # Errors
/// `binary.malformed`, `file.wrong_kind`, `archive.malformed`, `markup.malformed`, `markup.forbidden`, `file.unrecognized`,
/// `name.unknown`, `field.conflict`, `field.missing`, `index.out_of_range`, `date.ambiguous`, `date.inconsistent`,
/// `decimal.ambiguous`, `decimal.inconsistent`, `input.too_large`, `operation.cancelled`.
pub fn read_workbook(input: &WorkbookReadInput, control: &Control) -> Result<WorkbookReading> {
    if let Some(account) = &input.account {
        ledger::account(account).at("account")?;
    }
    let bytes = text::bytes(&input.base64).at("base64")?;
    kind::workbook_only(&bytes).at("base64")?;
    read_bytes(&bytes, MOST_BYTES, input, control).map_err(|error| match error.code() {
        // What is wrong with the whole file has no path yet.
        ErrorCode::OperationCancelled => error,
        _ if error.path().is_empty() => error.at("base64"),
        _ => error,
    })
}

fn read_bytes(
    bytes: &[u8],
    most: u64,
    input: &WorkbookReadInput,
    control: &Control,
) -> Result<WorkbookReading> {
    let archive = Archive::of(bytes, most, control)?;
    let book = Book::of(&archive)?;
    let strings = Strings::of(&archive, book.strings.as_deref())?;
    let table = input.as_table();
    let mut reasons: Vec<&'static str> = vec!["another sheet was read"; book.sheets.len()];
    let (place, sheet) = match &input.sheet {
        Some(name) => named(&archive, &book, &strings, name)?,
        None => first_known(&archive, &book, &strings, &table, &mut reasons)?,
    };
    let name = book.sheets.get(place).map_or("", |sheet| sheet.name.as_str());
    let read = csv::table(Source::Sheet(&sheet), Collected::of_sheet(name), &table, MAX_RECORDS, control)?;
    if let Some(reason) = reasons.get_mut(place) {
        *reason = if input.sheet.is_some() {
            "given by the caller"
        } else {
            "the first with a header that is known"
        };
    }
    let records = read.collected.records(&input.previous)?;
    let sheets = book.sheets.iter().zip(reasons).map(|(sheet, reason)| WorkbookSheet {
        name: cut(&sheet.name),
        visible: sheet.is_visible,
        reason: reason.to_owned(),
    });
    Ok(WorkbookReading {
        sheet: cut(name),
        sheets: sheets.collect(),
        date_system: book.date_system,
        layout: read.layout,
        dialect: read.dialect,
        counts: records.counts,
        accounts: records.accounts,
        securities: records.securities,
        transactions: records.transactions,
        duplicates: records.duplicates,
        balances: records.balances,
        positions: records.positions,
        problems: records.problems,
        skipped: records.skipped,
    })
}

/// All rows of a sheet.
fn whole<'s>(
    archive: &Archive<'_>,
    book: &Book,
    strings: &'s Strings,
    sheet: &BookSheet,
) -> Result<Sheet<'s>> {
    let read = cells::sheet(archive, book, strings, sheet, MAX_RECORDS)?;
    if read.is_whole { Ok(read.sheet) } else { Err(too_many()) }
}

/// The sheet that is asked for; capitals do not matter.
fn named<'s>(
    archive: &Archive<'_>,
    book: &Book,
    strings: &'s Strings,
    name: &str,
) -> Result<(usize, Sheet<'s>)> {
    let wanted = name.trim().to_lowercase();
    let found = book.sheets.iter().enumerate().find(|(_, sheet)| sheet.name.trim().to_lowercase() == wanted);
    let Some((place, sheet)) = found else {
        let known: Vec<String> =
            book.sheets.iter().take(20).map(|sheet| format!("{:?}", cut(&sheet.name))).collect();
        let message = format!("no sheet is called {:?}; the workbook has {}", cut(name), known.join(", "));
        return Err(Error::new(ErrorCode::NameUnknown, message).at("sheet"));
    };
    if sheet.part.is_none() {
        let message = format!("the sheet {:?} has no cells: it is a chart or a dialog", cut(name));
        return Err(Error::new(ErrorCode::FileUnrecognized, message).at("sheet"));
    }
    Ok((place, whole(archive, book, strings, sheet)?))
}

/// The first visible sheet that can be read. For each that cannot, the reason why is noted.
fn first_known<'s>(
    archive: &Archive<'_>,
    book: &Book,
    strings: &'s Strings,
    table: &FileReadInput,
    reasons: &mut [&'static str],
) -> Result<(usize, Sheet<'s>)> {
    let mut refused: Vec<(&str, Error)> = Vec::new();
    for ((place, sheet), reason) in book.sheets.iter().enumerate().zip(reasons) {
        if sheet.part.is_none() {
            *reason = "it has no cells";
            continue;
        }
        if !sheet.is_visible {
            *reason = "it is hidden";
            continue;
        }
        let start = cells::sheet(archive, book, strings, sheet, LOOKED_AT)?;
        if start.sheet.count() == 0 {
            *reason = "it is empty";
            continue;
        }
        match csv::fits(Source::Sheet(&start.sheet), table) {
            Ok(()) if start.is_whole => return Ok((place, start.sheet)),
            Ok(()) => return Ok((place, whole(archive, book, strings, sheet)?)),
            Err(error) => {
                *reason = "no row of it is a header that is known";
                refused.push((&sheet.name, error));
            }
        }
    }
    Err(none_known(refused))
}

/// The refusal of a workbook of which no sheet can be read.
fn none_known(mut refused: Vec<(&str, Error)>) -> Error {
    let is_unknown = |(_, error): &(&str, Error)| error.code() == ErrorCode::FileUnrecognized;
    // What the caller said about the columns is at fault, or there is one sheet.
    if let Some(place) = refused.iter().position(|one| !is_unknown(one)).or((refused.len() == 1).then_some(0))
    {
        return refused.swap_remove(place).1;
    }
    let message = if refused.is_empty() {
        "no visible sheet has cells; name one with `sheet` if a hidden one is to be read".to_owned()
    } else {
        let names: Vec<String> =
            refused.iter().take(20).map(|(name, _)| format!("{:?}", cut(name))).collect();
        format!(
            "no row of the sheets {} is the header of a known layout; say with `mapping` what the columns mean",
            names.join(", ")
        )
    };
    Error::new(ErrorCode::FileUnrecognized, message)
}
