//! Parts of a transaction in rows of their own, below it, in a table that the caller describes.

use wherewithal_base::{Error, ErrorCode, num::Decimal};
use wherewithal_ledger::{LedgerSplit, LedgerTransaction};

use super::{Builder, Cells};
use crate::{
    ColumnField as Field,
    collect::{Collected, Fault, Place},
    csv::layout::Amount,
    printed::date::dated,
};

/// The most parts of a transaction.
const MOST_PARTS: usize = 1_000;

/// A transaction whose parts may follow, and what arrives at its other end.
pub(super) struct Open {
    transaction: LedgerTransaction,
    other: Option<LedgerTransaction>,
    place: Place,
    /// How many parts there are, more than fit among them.
    parts: usize,
}

/// The part in a row, if it has one.
pub(super) fn of(cells: &Cells<'_, '_>) -> Result<Option<Decimal>, Fault> {
    if !cells.table.layout.is_mapping {
        return Ok(None);
    }
    let Some(part) = cells.number(Field::SplitAmount)?.filter(|part| !part.is_zero()) else {
        return Ok(None);
    };
    if [Field::Amount, Field::Debit, Field::Credit].iter().any(|field| !cells.text(*field).is_empty()) {
        let message =
            "a row has the amount of a transaction or that of a part of one; parts stand in rows below it";
        return Err(cells.fault(Error::new(ErrorCode::FieldConflict, message), Field::SplitAmount));
    }
    let is_reversed = cells.table.layout.amount == Amount::Reversed;
    Ok(Some(if is_reversed { part.negated() } else { part }))
}

impl Builder {
    /// Adds a part to the transaction above it.
    pub(super) fn part(
        &mut self,
        cells: &Cells<'_, '_>,
        amount: Decimal,
        place: Place,
        collected: &mut Collected,
    ) -> Result<(), Fault> {
        let is_named =
            [Field::Account, Field::AccountNumber].iter().any(|field| !cells.text(*field).is_empty());
        let account = is_named.then(|| self.account_of(cells, collected));
        let Some(open) = &mut self.open else {
            let message = "a part stands below its transaction, and there is none above this one";
            return Err(cells.fault(Error::new(ErrorCode::FieldMissing, message), Field::SplitAmount));
        };
        let date = cells.text(Field::Date);
        if !date.is_empty() {
            let date = dated(date, self.order).map_err(|error| cells.fault(error, Field::Date))?;
            if date != open.transaction.date {
                let message = "the part has another date than the transaction above it";
                return Err(cells.fault(Error::new(ErrorCode::FieldConflict, message), Field::Date));
            }
        }
        if account.is_some_and(|account| account != open.transaction.account) {
            let message = "the part has another account than the transaction above it";
            return Err(cells.fault(Error::new(ErrorCode::FieldConflict, message), Field::Account));
        }
        open.parts += 1;
        if open.parts <= MOST_PARTS {
            open.transaction.splits.push(LedgerSplit {
                amount,
                category: super::category(cells),
                memo: cells.given(Field::Memo).or_else(|| cells.given(Field::Description)),
                transfer_account: cells
                    .given(Field::TransferAccount)
                    .map(|name| collected.account_named(&name)),
            });
        }
        collected.skip(place, "a part of the transaction above it", &cells.row.shown());
        Ok(())
    }

    /// Adds a transaction, or keeps it until its parts are read.
    pub(super) fn keep(
        &mut self,
        transaction: LedgerTransaction,
        other: Option<LedgerTransaction>,
        cells: &Cells<'_, '_>,
        place: Place,
        collected: &mut Collected,
    ) {
        let open = Open { transaction, other, place, parts: 0 };
        if cells.table.layout.is_mapping && cells.has(Field::SplitAmount) {
            self.finish(collected);
            self.open = Some(open);
        } else {
            add(open, collected);
        }
    }

    /// The transaction that is open has all its parts.
    pub(in crate::csv) fn finish(&mut self, collected: &mut Collected) {
        if let Some(open) = self.open.take() {
            add(open, collected);
        }
    }
}

fn add(open: Open, collected: &mut Collected) {
    if let Err(error) = checked(&open) {
        collected.problem(open.place, Fault::of(error));
        return;
    }
    collected.transaction(open.transaction);
    open.other.into_iter().for_each(|other| collected.transaction(other));
}

/// That the parts of a transaction are not too many, and add up to its amount.
fn checked(open: &Open) -> Result<(), Error> {
    if open.parts > MOST_PARTS {
        let message = format!("the transaction has more than {MOST_PARTS} parts");
        return Err(Error::new(ErrorCode::ListTooLong, message));
    }
    let LedgerTransaction { splits, amount, .. } = &open.transaction;
    if splits.is_empty() {
        return Ok(());
    }
    let sum = Decimal::sum(splits.iter().map(|split| split.amount))?;
    if sum == *amount {
        return Ok(());
    }
    let message = format!("the parts add up to {sum}; the amount is {amount}");
    Err(Error::new(ErrorCode::SplitsSumMismatch, message))
}
