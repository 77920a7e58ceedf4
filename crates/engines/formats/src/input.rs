//! The input of `formats.read`.

use wherewithal_base::{Result, control::Control, wire::Wire};
use wherewithal_ledger::LedgerAccount;

use crate::{FileReading, read};

/// Input of `formats.read`: the content of one file, and what is known about it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Wire)]
pub struct FileReadInput {
    /// The content as text. Either this or `base64`.
    pub text: Option<String>,
    /// The bytes of the file in base64 (RFC 4648, with padding), whose encoding is then detected. Either this or `text`.
    pub base64: Option<String>,
    /// The name of the file, which is used for messages alone.
    #[wire(length = 1..=255)]
    pub file_name: Option<String>,
    /// The format; absent to detect it by the content.
    pub format: Option<FileFormat>,
    /// The name of the layout of a CSV file, such as `chaseCard`; absent to detect it by the header.
    #[wire(length = 1..=100)]
    pub layout: Option<String>,
    /// What the columns of a CSV file mean, in place of a layout.
    pub mapping: Option<ColumnMapping>,
    /// The order of day and month in dates; absent to decide it by all dates of the file.
    pub date_order: Option<DateOrder>,
    /// The decimal mark; absent to decide it by all numbers of the file.
    pub decimal_mark: Option<DecimalMark>,
    /// The account of a file that names none, and of each row that names none. Without it, such a file has one account
    /// whose id is the name of the layout, such as `citiCard`, or `account` where there is none.
    pub account: Option<LedgerAccount>,
    /// The ids of the transactions that were imported before: they are listed as duplicates instead.
    #[wire(default, length = ..=200_000)]
    pub previous: Vec<String>,
}

impl FileReadInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`read`].
    pub fn run(&self, control: &Control) -> Result<FileReading> {
        read(self, control)
    }
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum FileFormat {
    /// Rows of cells: comma-separated values, or with another separator.
    Csv,
    /// The Quicken Interchange Format.
    Qif,
    /// Open Financial Exchange, version 1 (SGML) or 2 (XML), under the name QFX too.
    Ofx,
    /// A journal of beancount.
    Beancount,
    /// A journal of hledger or Ledger.
    Hledger,
    /// The file of Portfolio Performance, as XML.
    PortfolioPerformance,
}

/// The order of the parts of a date whose year does not stand first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum DateOrder {
    /// Month, day, year: 2/3/2026 is the third of February.
    MonthFirst,
    /// Day, month, year: 2/3/2026 is the second of March.
    DayFirst,
}

/// What separates the whole part of a number from its fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum DecimalMark {
    /// A point: 1,234.56.
    Point,
    /// A comma: 1.234,56.
    Comma,
}

/// What the columns of a file mean.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ColumnMapping {
    /// The columns. Of transactions, one has the date and one the amount, or two the debit and the credit. Columns without an
    /// amount and a type are a list of positions if one has the quantity, one names the security, and either there is no date
    /// or one has the value or the cost.
    #[wire(length = 1..=50)]
    pub columns: Vec<MappedColumn>,
    /// How the sign of `amount` is to be read.
    #[wire(default)]
    pub sign: AmountSign,
    /// The character between cells; absent to detect it.
    #[wire(length = 1..=1)]
    pub separator: Option<String>,
    /// The number of the row that has the names of the columns, counted from 1; absent to look for it, or for a file without
    /// one whose columns are given by number.
    #[wire(range = 1..=1_000)]
    pub header_row: Option<u32>,
}

/// A column, by its name or by its number.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct MappedColumn {
    /// What the column has.
    pub field: ColumnField,
    /// Its name in the header; capitals and spaces around it do not matter. Either this or `number`.
    #[wire(length = 1..=200)]
    pub name: Option<String>,
    /// Its number, counted from 1.
    #[wire(range = 1..=1_000)]
    pub number: Option<u32>,
}

/// How the sign of an amount is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum AmountSign {
    /// A positive amount comes in.
    #[default]
    AsWritten,
    /// A positive amount goes out, as in many exports of cards.
    Reversed,
}

/// What a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum ColumnField {
    /// The date of the transaction, or the day of the position.
    Date,
    /// The day of posting or settlement.
    SettlementDate,
    /// The amount.
    Amount,
    /// An amount that goes out, with or without a sign. One whose sign is not that of most rows comes back in.
    Debit,
    /// An amount that comes in, with or without a sign. One whose sign is not that of most rows goes back out.
    Credit,
    /// The words that say what the transaction is.
    Type,
    /// The text of the transaction.
    Description,
    /// Who was paid or who paid.
    Payee,
    /// A memo or a note.
    Memo,
    /// The number of the check.
    CheckNumber,
    /// The category.
    Category,
    /// The group of the category.
    CategoryGroup,
    /// Tags, separated by commas or bars.
    Tags,
    /// The account.
    Account,
    /// The number of the account, of which the last four characters are kept.
    AccountNumber,
    /// The currency.
    Currency,
    /// The symbol of the security.
    Symbol,
    /// The name of the security.
    SecurityName,
    /// The kind of the security, in words.
    SecurityType,
    /// The CUSIP of the security.
    Cusip,
    /// The ISIN of the security.
    Isin,
    /// A currency or a digital asset, in which the amount is.
    Asset,
    /// The number of shares.
    Quantity,
    /// The price of a share.
    Price,
    /// A commission.
    Commission,
    /// Fees beside the commission.
    Fees,
    /// The balance after the transaction.
    Balance,
    /// What a position is worth.
    Value,
    /// What a position cost.
    CostBasis,
    /// The source's own reference.
    Reference,
    /// The other account of a transfer. A row of a mapping that has one is a transfer.
    TransferAccount,
    /// What arrives in the other account of a transfer, if it is another amount. Where a mapping has such a column, each row with
    /// another account stands for both sides, and is two transactions.
    TransferAmount,
    /// The currency of what arrives.
    TransferCurrency,
    /// A part of a transaction. It stands in a row of its own below that of the transaction, without an amount, and with its own
    /// category, memo and transfer account; its date and account are empty or those of the transaction. The parts add up to the
    /// amount.
    SplitAmount,
}

impl ColumnField {
    /// The number of fields.
    pub(crate) const COUNT: usize = Self::SplitAmount as usize + 1;
}
