//! The table that `formats.write` writes, with every field of every record. It is read as it was written, ids included.

use std::collections::BTreeSet;

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    wire::{Reader, Spelling, Value, Wire},
};
use wherewithal_ledger::{
    self as ledger, LedgerAccount, LedgerSecurity, LedgerSource, LedgerSplit, LedgerTransaction,
    StatedBalance, StatedPosition,
};

use super::{
    ReadTable,
    rows::{Row, Rows, Source},
    sheet::{self, CellKind},
};
use crate::{
    FileDialect, FileEvidence, FileLayout,
    collect::{Collected, Fault, Place},
    read::more_than,
    write::{cells::plain, table},
};

/// Whether a source is such a table, and no other layout was asked for.
///
/// # Errors
/// `file.unrecognized` if the table was asked for, and the source has another.
pub(super) fn fits(source: Source<'_>, layout: Option<&str>) -> Result<bool> {
    let is_table = match source {
        Source::Text(text) => text.starts_with(&format!("{},id,account,", table::KIND)),
        Source::Sheet(_) => {
            let mut row = Row::default();
            let is_row = Rows::of(source, b',').read(&mut row)?;
            is_row
                && [table::KIND, "id", "account"]
                    .iter()
                    .zip(0..)
                    .all(|(name, place)| row.cell(place) == *name)
        }
    };
    match layout {
        None => Ok(is_table),
        Some(table::LAYOUT) if is_table => Ok(true),
        Some(table::LAYOUT) => {
            let message = format!("the first row is not the header of the layout {:?}", table::LAYOUT);
            Err(Error::new(ErrorCode::FileUnrecognized, message))
        }
        Some(_) => Ok(false),
    }
}

/// Reads the table.
///
/// # Errors
/// `quote.unclosed`, `input.too_large`, `name.unknown`, `operation.cancelled`.
pub(super) fn read(
    source: Source<'_>,
    mut collected: Collected,
    most: usize,
    control: &Control,
) -> Result<ReadTable> {
    let mut table = Table::default();
    let (mut rows, mut row) = (Rows::of(source, b','), Row::default());
    let mut work = Work::under(control);
    let mut count = 0;
    while rows.read(&mut row)? {
        work.done(16)?;
        if row.is_blank() {
            continue;
        }
        count += 1;
        if count > most {
            return Err(more_than(most));
        }
        let place = Place { row: row.number, line: row.line };
        if table.names.is_empty() {
            table.names = row.cells.iter().map(|cell| cell.trim().to_owned()).collect();
            collected.skip(place, "the header", &row.shown());
        } else {
            table.row(&row, place, &mut collected);
        }
    }
    table.finish(&mut collected);
    let layout = FileLayout {
        name: table::LAYOUT.to_owned(),
        institution: None,
        reason: "row 1 is the header that `formats.write` writes".to_owned(),
    };
    let separator = matches!(source, Source::Text(_)).then(|| FileEvidence {
        value: ",".to_owned(),
        reason: "that of the layout".to_owned(),
        row: None,
    });
    Ok(ReadTable { collected, layout, dialect: FileDialect { separator, ..FileDialect::default() } })
}

/// What reads the rows.
#[derive(Default)]
struct Table {
    names: Vec<String>,
    /// The transaction whose parts may follow.
    open: Option<(LedgerTransaction, Place)>,
    /// The ids of the transactions so far.
    ids: BTreeSet<String>,
}

impl Table {
    fn row(&mut self, row: &Row<'_>, place: Place, collected: &mut Collected) {
        let kind = row.cell(0);
        if kind != "split" {
            self.finish(collected);
        }
        if let Some(column) = row.kinds.iter().position(|kind| *kind == CellKind::Nothing) {
            let name = self.names.get(column).map_or("", String::as_str);
            collected.problem(place, sheet::without_value(row, column, name));
            return;
        }
        let outcome = match kind {
            "account" => self.record(row).and_then(|account: LedgerAccount| {
                ledger::account(&account).map_err(Fault::of)?;
                collected.skip(place, "an account, which the transactions after it name", &account.id);
                collected.account(account);
                Ok(())
            }),
            "security" => self.record(row).and_then(|security: LedgerSecurity| {
                ledger::security(&security).map_err(Fault::of)?;
                collected.skip(place, "a security, which transactions name", &security.id);
                collected.security(security);
                Ok(())
            }),
            "transaction" => self.record(row).map(|transaction| self.open = Some((transaction, place))),
            "split" => self.part(row, place, collected),
            "balance" => self.record(row).map(|balance: StatedBalance| {
                collected.account(LedgerAccount::named(balance.account.clone()));
                collected.balances([balance]);
            }),
            "position" => self.record(row).map(|position: StatedPosition| {
                collected.account(LedgerAccount::named(position.account.clone()));
                collected.security(LedgerSecurity::named(position.security.clone()));
                collected.position(position);
            }),
            _ => {
                let message =
                    "a row is an account, a security, a transaction, a split, a balance or a position";
                let error = Error::new(ErrorCode::NameUnknown, message);
                Err(Fault::at(error, table::KIND, kind))
            }
        };
        collected.outcome(place, outcome);
    }

    /// A part of the transaction above it.
    fn part(&mut self, row: &Row<'_>, place: Place, collected: &mut Collected) -> Result<(), Fault> {
        let split: LedgerSplit = self.record(row)?;
        let Some((transaction, _)) = &mut self.open else {
            let message = "a split stands below its transaction, and there is none above this one";
            return Err(Fault::of(Error::new(ErrorCode::FieldMissing, message)));
        };
        transaction.splits.push(split);
        collected.skip(place, "a part of the transaction above it", &row.shown());
        Ok(())
    }

    /// A record out of the cells of a row.
    fn record<T: Wire>(&self, row: &Row<'_>) -> Result<T, Fault> {
        let mut entries = Vec::new();
        for field in table::fields::<T>() {
            let name = field.name.spelled(Spelling::Camel);
            let place = self.names.iter().position(|column| column == name);
            let Some(cell) = place.and_then(|place| row.cells.get(place)) else { continue };
            let value = match (cell.is_empty(), table::is_text(field)) {
                (true, true) if field.required => Value::Text("".into()),
                (true, _) => continue,
                (false, true) if name == "tags" => {
                    let tags = table::parted(plain(cell)).into_iter();
                    Value::List(tags.map(|tag| Value::Text(tag.into())).collect())
                }
                (false, true) => Value::Text(plain(cell).into()),
                (false, false) => Value::Text(cell.trim().into()),
            };
            entries.push((name.into(), value));
        }
        T::read(&Value::Record(entries), Reader::new(Spelling::Camel)).map_err(|error| {
            let column = error.path().to_owned();
            let place = self.names.iter().position(|name| *name == column);
            let found = place.map_or("", |place| row.cell(place));
            Fault::at(error, &column, found).in_column(place)
        })
    }

    /// The transaction that is open has all its parts.
    fn finish(&mut self, collected: &mut Collected) {
        let Some((mut transaction, place)) = self.open.take() else { return };
        transaction.source = Some(LedgerSource { row: place.row, line: Some(place.line) });
        let outcome = ledger::transaction(&transaction).map_err(Fault::of).and_then(|()| {
            if !self.ids.insert(transaction.id.clone()) {
                let error = Error::new(ErrorCode::ListDuplicate, "an earlier row has the same id");
                return Err(Fault::at(error, "id", &transaction.id));
            }
            collected.account(LedgerAccount::named(transaction.account.clone()));
            if let Some(security) = &transaction.security {
                collected.security(LedgerSecurity::named(security.clone()));
            }
            collected.transaction(transaction);
            Ok(())
        });
        collected.outcome(place, outcome);
    }
}
