//! `formats.write`.

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    error::At as _,
    num::Decimal,
    wire::Wire,
};
use wherewithal_ledger::{
    self as ledger, LedgerAccount, LedgerSecurity, LedgerTransaction, StatedBalance, StatedPosition,
};

use super::{FileOmission, beancount, ghostfolio, ofx, omitted::Omissions, qif, table};

/// Input of `formats.write`: the records of a ledger, and the format of the file.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FileWriteInput {
    /// The format.
    pub format: FileWriteFormat,
    /// The accounts.
    #[wire(length = ..=10_000)]
    pub accounts: Vec<LedgerAccount>,
    /// The securities that transactions and positions name.
    #[wire(default, length = ..=100_000)]
    pub securities: Vec<LedgerSecurity>,
    /// The transactions, which are written in this order as far as the format leaves it free.
    #[wire(default, length = ..=200_000)]
    pub transactions: Vec<LedgerTransaction>,
    /// The balances that were stated.
    #[wire(default, length = ..=200_000)]
    pub balances: Vec<StatedBalance>,
    /// The positions that were stated.
    #[wire(default, length = ..=200_000)]
    pub positions: Vec<StatedPosition>,
}

impl FileWriteInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`write()`].
    pub fn run(&self, control: &Control) -> Result<FileWriting> {
        write(self, control)
    }
}

/// The format of a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum FileWriteFormat {
    /// A table with everything that the records have, which `formats.read` knows as the layout `wherewithal`.
    Csv,
    /// A journal of beancount.
    Beancount,
    /// A table of activities that Ghostfolio imports.
    Ghostfolio,
    /// The Quicken Interchange Format.
    Qif,
    /// Open Financial Exchange, version 2 (XML).
    Ofx,
}

/// The answer of `formats.write`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FileWriting {
    /// The content of the file.
    pub text: String,
    /// A name for the file.
    pub file_name: String,
    /// The media type of the content.
    pub media_type: String,
    /// What the format cannot say, in the order of the records: accounts, securities, transactions, balances, positions.
    pub omitted: Vec<FileOmission>,
}

/// Writes the records of a ledger as a file.
///
/// The same records give the same bytes. What the format has no place for is listed as omitted; what is not listed is read
/// back by [`read`](crate::read) as it was. The ids of transactions and their places in an earlier file are no content: a
/// program that reads a file makes its own. The formats `csv` and `beancount` keep the ids.
///
/// ```
/// # use wherewithal_formats::wherewithal;
/// use wherewithal::{control::Control, formats::{self, FileWriteFormat, FileWriteInput}, ledger::LedgerAccount};
///
/// let coffee = serde_json::from_str(r#"{"id": "1", "account": "card", "date": "2026-03-02", "amount": "-4.50",
///     "type": "purchase", "description": "=COFFEE"}"#).unwrap();
/// let input = FileWriteInput {
///     format: FileWriteFormat::Qif,
///     accounts: vec![LedgerAccount::named("card")],
///     securities: Vec::new(),
///     transactions: vec![coffee],
///     balances: Vec::new(),
///     positions: Vec::new(),
/// };
/// let file = formats::write(&input, &Control::default())?;
/// assert_eq!(file.text, "!Account\nNcard\nTBank\n^\n!Type:Bank\nD03/02'2026\nT-4.50\nP=COFFEE\n^\n");
/// assert_eq!(file.omitted[0].fields, ["type"]);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.empty`, `list.duplicate`, `name.unknown`, `text.invalid`, `amount.out_of_range`, `quantity.out_of_range`,
/// `index.out_of_range`, `field.missing`, `field.conflict`, `splits.sum_mismatch`, `operation.cancelled`.
pub fn write(input: &FileWriteInput, control: &Control) -> Result<FileWriting> {
    ledger::validate(&input.accounts, &input.securities, &input.transactions, control)?;
    stated(input)?;
    numbered(input)?;
    let mut work = Work::under(control);
    let mut omissions = Omissions::of(input);
    let (text, file_name, media_type) = match input.format {
        FileWriteFormat::Csv => (table::write(input, &mut work)?, "ledger.csv", "text/csv"),
        FileWriteFormat::Beancount => {
            (beancount::write(input, &mut omissions, &mut work)?, "ledger.beancount", "text/plain")
        }
        FileWriteFormat::Ghostfolio => {
            (ghostfolio::write(input, &mut omissions, &mut work)?, "ghostfolio.csv", "text/csv")
        }
        FileWriteFormat::Qif => {
            (qif::write(input, &mut omissions, &mut work)?, "ledger.qif", "application/x-qif")
        }
        FileWriteFormat::Ofx => {
            (ofx::write(input, &mut omissions, &mut work)?, "ledger.ofx", "application/x-ofx")
        }
    };
    if text.contains('\0') {
        return Err(zero(input));
    }
    let (file_name, media_type) = (file_name.to_owned(), media_type.to_owned());
    Ok(FileWriting { text, file_name, media_type, omitted: omissions.listed() })
}

/// That balances and positions are of accounts and securities that there are.
fn stated(input: &FileWriteInput) -> Result<()> {
    let accounts: Vec<&str> = sorted(input.accounts.iter().map(|account| account.id.as_str()));
    let securities: Vec<&str> = sorted(input.securities.iter().map(|security| security.id.as_str()));
    for (index, balance) in input.balances.iter().enumerate() {
        known(&balance.account, &accounts, "account").at_index("balances", index)?;
        if let Some(security) = &balance.security {
            known(security, &securities, "security").at_index("balances", index)?;
        }
    }
    for (index, position) in input.positions.iter().enumerate() {
        if position.price.is_some_and(Decimal::is_negative) {
            let error = Error::new(ErrorCode::AmountOutOfRange, "a price is at least zero");
            return Err(error.at("price").at_index("positions", index));
        }
        known(&position.account, &accounts, "account").at_index("positions", index)?;
        known(&position.security, &securities, "security").at_index("positions", index)?;
    }
    Ok(())
}

/// That the places in an earlier file are counted from 1.
fn numbered(input: &FileWriteInput) -> Result<()> {
    for (index, transaction) in input.transactions.iter().enumerate() {
        let Some(source) = transaction.source else { continue };
        for (number, field) in [(Some(source.row), "row"), (source.line, "line")] {
            if number == Some(0) {
                let error = Error::new(ErrorCode::IndexOutOfRange, "rows and lines are counted from 1");
                return Err(error.at(field).at("source").at_index("transactions", index));
            }
        }
    }
    Ok(())
}

fn sorted<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids
}

fn known(id: &str, ids: &[&str], thing: &str) -> Result<()> {
    if ids.binary_search(&id).is_ok() {
        return Ok(());
    }
    Err(Error::new(ErrorCode::NameUnknown, format!("no {thing} is called {id:?}")).at(thing))
}

/// The refusal of a zero character, at the transaction that has it.
fn zero(input: &FileWriteInput) -> Error {
    let message = "a text has a zero character, which no file of this kind can have";
    let error = Error::new(ErrorCode::TextInvalid, message);
    let has_zero =
        |transaction: &LedgerTransaction| super::texts::all(transaction).any(|text| text.contains('\0'));
    match input.transactions.iter().position(has_zero) {
        Some(index) => error.at_item(index).at("transactions"),
        None => error,
    }
}
