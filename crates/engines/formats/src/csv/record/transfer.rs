//! Rows of transfers that name the other account, and those that stand for both sides.

use wherewithal_base::{Error, ErrorCode, money::Currency, num::Decimal};
use wherewithal_ledger::{LedgerTransaction, LedgerTransactionType as Type};

use super::{Builder, Cells, account};
use crate::{
    ColumnField as Field,
    collect::{Collected, Fault},
    csv::layout::Flow,
    printed::beside::Beside,
};

/// Which way the money of a row goes. Of a row that states or corrects a balance, the side tells.
pub(super) fn flow(cells: &Cells<'_, '_>, said: Flow) -> Flow {
    let r#type = cells.text(Field::Type).to_ascii_lowercase();
    match (cells.table.layout.has_both_sides && account::is_bookkeeping(&r#type), account::is_received(cells))
    {
        (true, true) => Flow::In,
        (true, false) => Flow::Out,
        (false, _) => said,
    }
}

/// What a row is that can name another account in a column that the caller describes: money that moves is then a transfer.
pub(super) fn of(cells: &Cells<'_, '_>, said: Type) -> Result<Type, Fault> {
    if !cells.table.layout.is_mapping {
        return Ok(said);
    }
    if cells.text(Field::TransferAccount).is_empty() {
        return match cells.number(Field::TransferAmount)?.filter(|amount| !amount.is_zero()) {
            None => Ok(said),
            Some(_) => {
                let message = "what arrives in another account needs its account";
                Err(cells.fault(Error::new(ErrorCode::FieldMissing, message), Field::TransferAccount))
            }
        };
    }
    match said {
        Type::Transfer | Type::Deposit | Type::Withdrawal | Type::Other => Ok(Type::Transfer),
        _ => {
            let message = "the type says that the row is no transfer, and it names another account";
            Err(cells.fault(Error::new(ErrorCode::FieldConflict, message), Field::TransferAccount))
        }
    }
}

impl Builder {
    /// What arrives at the other end of a transfer, in its own amount and currency if the row has them. The rows of a table that
    /// the caller describes stand for both sides where a column says what arrives.
    pub(super) fn other_side(
        &self,
        cells: &Cells<'_, '_>,
        sent: &mut LedgerTransaction,
        collected: &mut Collected,
    ) -> Result<Option<LedgerTransaction>, Fault> {
        let layout = cells.table.layout;
        let states_both = layout.has_both_sides || layout.is_mapping && cells.has(Field::TransferAmount);
        if sent.r#type != Type::Transfer || !states_both {
            return Ok(None);
        }
        let Some(other) = account::other_side(cells, &self.account, collected) else { return Ok(None) };
        let mut arrived = sent.clone();
        arrived.amount = sent.amount.negated();
        arrived.balance = None;
        arrived.fees = None;
        let amount = cells.number(Field::TransferAmount)?.filter(|amount| !amount.is_zero());
        let currency = self.transfer_currency(cells)?;
        match (amount, currency) {
            (Some(amount), currency) => {
                arrived.amount = with_sign_of(amount, arrived.amount);
                if let Some(currency) = currency {
                    arrived.currency = (Some(currency) != self.account.currency).then_some(currency);
                }
            }
            (None, Some(currency))
                if layout.is_mapping && Some(currency) != sent.currency.or(self.account.currency) =>
            {
                let message = "what arrives has a currency of its own and no amount";
                return Err(cells.fault(Error::new(ErrorCode::FieldMissing, message), Field::TransferAmount));
            }
            (None, _) => {}
        }
        arrived.account = collected.account(other);
        arrived.transfer_account = Some(sent.account.clone());
        sent.transfer_account = Some(arrived.account.clone());
        Ok(Some(arrived))
    }

    /// The currency of what arrives: that of its column, or the one that stands beside the amount.
    fn transfer_currency(&self, cells: &Cells<'_, '_>) -> Result<Option<Currency>, Fault> {
        let (text, beside) = (cells.text(Field::TransferCurrency), cells.beside(Field::TransferAmount));
        if text.is_empty() {
            return Ok(beside.and_then(Beside::currency));
        }
        let currency: Currency = text.parse().map_err(|error| cells.fault(error, Field::TransferCurrency))?;
        if beside.is_some_and(|beside| !beside.fits(currency)) {
            let message = format!("the amount is not in {currency}, which the row says");
            return Err(cells.fault(Error::new(ErrorCode::FieldConflict, message), Field::TransferAmount));
        }
        Ok(Some(currency))
    }
}

/// An amount with the sign of another one.
fn with_sign_of(amount: Decimal, other: Decimal) -> Decimal {
    if other.is_negative() { amount.abs().negated() } else { amount.abs() }
}
