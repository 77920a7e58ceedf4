//! The records of a file while it is read, and the count of what became of each row.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{Error, Result, dates::Date, money::Currency, num::Decimal};
use wherewithal_ledger::{
    LedgerAccount, LedgerSecurity, LedgerSource, LedgerTransaction, LedgerTransactionType, StatedBalance,
    StatedPosition, identify,
};

use crate::{
    FileCounts, FileDialect, FileDuplicate, FileEvidence, FileFormat, FileLayout, FileProblem, FileReading,
    SkippedRow, address,
    masked::{AccountIds, masked},
};

/// The most characters of a file that a problem or a skipped row shows.
const MOST_SHOWN: usize = 200;

/// The place of a row or record in its file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) row: u32,
    pub(crate) line: u32,
}

/// What is wrong with a row.
pub(crate) struct Fault {
    pub(crate) error: Error,
    pub(crate) column: Option<String>,
    /// The place of the column, where a cell of a sheet has an address.
    pub(crate) place: Option<usize>,
    pub(crate) value: Option<String>,
}

impl Fault {
    /// A fault of a whole row.
    pub(crate) fn of(error: Error) -> Self {
        Self { error, column: None, place: None, value: None }
    }

    /// A fault of a cell.
    pub(crate) fn at(error: Error, column: &str, value: &str) -> Self {
        Self { error, column: Some(cut(column)), place: None, value: Some(cut(value.trim())) }
    }

    /// The same fault, in the column of a place.
    pub(crate) fn in_column(mut self, place: Option<usize>) -> Self {
        self.place = place;
        self
    }
}

/// The beginning of a text.
pub(crate) fn cut(text: &str) -> String {
    text.chars().take(MOST_SHOWN).collect()
}

/// What has been read of a file.
#[derive(Default)]
pub(crate) struct Collected {
    /// The sheet of a workbook, by which its cells are named.
    sheet: Option<String>,
    accounts: Vec<LedgerAccount>,
    account_places: BTreeMap<String, usize>,
    account_ids: AccountIds,
    securities: BTreeMap<String, LedgerSecurity>,
    transactions: Vec<LedgerTransaction>,
    balances: Vec<StatedBalance>,
    positions: Vec<StatedPosition>,
    problems: Vec<FileProblem>,
    skipped: Vec<SkippedRow>,
    /// Rows of balances and positions, of which one can state several.
    balance_rows: u32,
    position_rows: u32,
}

impl Collected {
    /// What is read of a sheet.
    pub(crate) fn of_sheet(name: &str) -> Self {
        Self { sheet: Some(cut(name)), ..Self::default() }
    }

    /// Adds an account, or completes one of the same id. Gives its id.
    pub(crate) fn account(&mut self, account: LedgerAccount) -> String {
        let id = account.id.clone();
        match self.account_places.get(&id).and_then(|place| self.accounts.get_mut(*place)) {
            Some(known) => complete_account(known, account),
            None => {
                self.account_places.insert(id.clone(), self.accounts.len());
                self.accounts.push(account);
            }
        }
        id
    }

    /// The id of the account of a number.
    pub(crate) fn account_id(&mut self, number: &str) -> Option<String> {
        self.account_ids.of(number)
    }

    /// The currency of an account.
    pub(crate) fn currency_of(&self, id: &str) -> Option<Currency> {
        self.account_places.get(id).and_then(|place| self.accounts.get(*place))?.currency
    }

    /// The currency of a security.
    pub(crate) fn currency_of_security(&self, id: &str) -> Option<Currency> {
        self.securities.get(id)?.currency
    }

    /// Adds a security, or completes one of the same id. Gives its id.
    pub(crate) fn security(&mut self, security: LedgerSecurity) -> String {
        let id = security.id.clone();
        match self.securities.get_mut(&id) {
            Some(known) => complete_security(known, security),
            None => {
                self.securities.insert(id.clone(), security);
            }
        }
        id
    }

    pub(crate) fn transaction(&mut self, transaction: LedgerTransaction) {
        self.transactions.push(transaction);
    }

    /// The balances of a row.
    pub(crate) fn balances(&mut self, balances: impl IntoIterator<Item = StatedBalance>) {
        self.balances.extend(balances);
        self.balance_rows += 1;
    }

    /// The position of a row.
    pub(crate) fn position(&mut self, position: StatedPosition) {
        self.positions.push(position);
        self.position_rows += 1;
    }

    pub(crate) fn problem(&mut self, place: Place, fault: Fault) {
        let cell = self.sheet.as_deref().zip(fault.place);
        self.problems.push(FileProblem {
            row: place.row,
            line: place.line,
            column: fault.column,
            cell: cell.map(|(sheet, column)| address::of_cell(sheet, column, place.row)),
            code: fault.error.code().as_str().to_owned(),
            message: fault.error.message().to_owned(),
            value: fault.value,
        });
    }

    /// A row without a record. It is shown without numbers of accounts, which stand in titles and totals.
    pub(crate) fn skip(&mut self, place: Place, reason: &str, value: &str) {
        let (reason, value) = (reason.to_owned(), cut(&masked(value.trim())));
        self.skipped.push(SkippedRow { row: place.row, line: place.line, reason, value });
    }

    /// A row that is read, or has a fault.
    pub(crate) fn outcome(&mut self, place: Place, outcome: Result<(), Fault>) {
        if let Err(fault) = outcome {
            self.problem(place, fault);
        }
    }

    /// The answer.
    pub(crate) fn finish(self, file: Decisions, previous: &[String]) -> FileReading {
        let records = self.records(previous);
        FileReading {
            format: file.format,
            layout: file.layout,
            encoding: file.encoding,
            dialect: file.dialect,
            counts: records.counts,
            accounts: records.accounts,
            securities: records.securities,
            transactions: records.transactions,
            duplicates: records.duplicates,
            balances: records.balances,
            positions: records.positions,
            problems: records.problems,
            skipped: records.skipped,
        }
    }

    /// What was read, with the ids of the transactions, and without those that were imported before.
    pub(crate) fn records(mut self, previous: &[String]) -> Records {
        identify(&mut self.transactions);
        let previous: BTreeSet<&str> = previous.iter().map(String::as_str).collect();
        let (old, new): (Vec<_>, Vec<_>) =
            self.transactions.into_iter().partition(|transaction| previous.contains(transaction.id.as_str()));
        // A row can be two transactions, and is counted once.
        let new_rows: BTreeSet<u32> = new.iter().map(row_of).collect();
        let old_rows: BTreeSet<u32> = old.iter().map(row_of).filter(|row| !new_rows.contains(row)).collect();
        let duplicates: Vec<FileDuplicate> = old.into_iter().map(duplicate).collect();
        let mut counts = FileCounts {
            rows: 0,
            transactions: length(new_rows.len()),
            duplicates: length(old_rows.len()),
            balances: self.balance_rows,
            positions: self.position_rows,
            problems: length(self.problems.len()),
            skipped: length(self.skipped.len()),
        };
        counts.rows = counts.transactions
            + counts.duplicates
            + counts.balances
            + counts.positions
            + counts.problems
            + counts.skipped;
        Records {
            counts,
            accounts: self.accounts,
            securities: self.securities.into_values().collect(),
            transactions: new,
            duplicates,
            balances: self.balances,
            positions: self.positions,
            problems: self.problems,
            skipped: self.skipped,
        }
    }
}

/// The records of a file, each row in one of the lists.
pub(crate) struct Records {
    pub(crate) counts: FileCounts,
    pub(crate) accounts: Vec<LedgerAccount>,
    pub(crate) securities: Vec<LedgerSecurity>,
    pub(crate) transactions: Vec<LedgerTransaction>,
    pub(crate) duplicates: Vec<FileDuplicate>,
    pub(crate) balances: Vec<StatedBalance>,
    pub(crate) positions: Vec<StatedPosition>,
    pub(crate) problems: Vec<FileProblem>,
    pub(crate) skipped: Vec<SkippedRow>,
}

/// What was decided about a file.
pub(crate) struct Decisions {
    pub(crate) format: FileFormat,
    pub(crate) layout: Option<FileLayout>,
    pub(crate) encoding: FileEvidence,
    pub(crate) dialect: FileDialect,
}

/// A count of rows, which are fewer than the limit of a file.
fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn row_of(transaction: &LedgerTransaction) -> u32 {
    transaction.source.map_or(1, |source| source.row)
}

fn duplicate(transaction: LedgerTransaction) -> FileDuplicate {
    let row = row_of(&transaction);
    let LedgerTransaction { id, date, amount, description, .. } = transaction;
    FileDuplicate { row, id, date, amount, description }
}

fn complete_account(known: &mut LedgerAccount, new: LedgerAccount) {
    known.name = known.name.take().or(new.name);
    known.institution = known.institution.take().or(new.institution);
    known.number = known.number.take().or(new.number);
    known.currency = known.currency.or(new.currency);
    known.kind = known.kind.or(new.kind);
    known.liability_kind = known.liability_kind.or(new.liability_kind);
    known.tax_treatment = known.tax_treatment.or(new.tax_treatment);
}

fn complete_security(known: &mut LedgerSecurity, new: LedgerSecurity) {
    known.symbol = known.symbol.take().or(new.symbol);
    known.cusip = known.cusip.take().or(new.cusip);
    known.isin = known.isin.take().or(new.isin);
    known.name = known.name.take().or(new.name);
    known.kind = known.kind.or(new.kind);
    known.currency = known.currency.or(new.currency);
}

/// A transaction of which only what every one has is known. Its id is set when the whole file is read.
pub(crate) fn blank_transaction(
    account: String,
    date: Date,
    amount: Decimal,
    place: Place,
) -> LedgerTransaction {
    LedgerTransaction {
        id: String::new(),
        account,
        date,
        settlement_date: None,
        amount,
        currency: None,
        r#type: LedgerTransactionType::Other,
        description: String::new(),
        payee: None,
        memo: None,
        check_number: None,
        category: None,
        merchant_category_code: None,
        security: None,
        quantity: None,
        price: None,
        fees: None,
        split_from: None,
        split_to: None,
        splits: Vec::new(),
        transfer_account: None,
        balance: None,
        reference: None,
        tags: Vec::new(),
        source: Some(LedgerSource { row: place.row, line: Some(place.line) }),
    }
}
