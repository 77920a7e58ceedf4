//! Rows that stand for both sides of a transfer.

use wherewithal_base::money::Currency;
use wherewithal_ledger::{LedgerTransaction, LedgerTransactionType as Type};

use super::{Builder, Cells, account};
use crate::{
    ColumnField as Field,
    collect::{Collected, Fault},
    csv::layout::Flow,
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

impl Builder {
    /// What arrives at the other end of a transfer, in its own amount and currency if the row has them.
    pub(super) fn other_side(
        &self,
        cells: &Cells<'_, '_>,
        sent: &LedgerTransaction,
        collected: &mut Collected,
    ) -> Result<Option<LedgerTransaction>, Fault> {
        if sent.r#type != Type::Transfer || !cells.table.layout.has_both_sides {
            return Ok(None);
        }
        let Some(other) = account::other_side(cells, &self.account, collected) else { return Ok(None) };
        let mut arrived = sent.clone();
        arrived.account = collected.account(other);
        arrived.transfer_account = Some(sent.account.clone());
        arrived.amount = sent.amount.negated();
        arrived.balance = None;
        if let Some(amount) = cells.number(Field::TransferAmount)?.filter(|amount| !amount.is_zero()) {
            arrived.amount = if arrived.amount.is_negative() { amount.abs().negated() } else { amount.abs() };
            arrived.currency = self.transfer_currency(cells)?.or(arrived.currency);
        }
        Ok(Some(arrived))
    }

    fn transfer_currency(&self, cells: &Cells<'_, '_>) -> Result<Option<Currency>, Fault> {
        let text = cells.text(Field::TransferCurrency);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|error| cells.fault(error, Field::TransferCurrency))
    }
}
