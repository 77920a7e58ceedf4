//! What only a statement with sections has: cash at its start and at its end, corporate actions, and fees of trades.

use wherewithal_base::{Error, ErrorCode, num::Decimal};
use wherewithal_ledger::{LedgerTransactionType as Type, StatedBalance, StatedBalanceKind};

use super::{Builder, Cells, security};
use crate::{
    ColumnField as Field,
    collect::{Collected, Fault, Place, blank_transaction},
    csv::{corporate::Action, statement::is_of_all},
};

impl Builder {
    /// Cash of a currency at the start of the statement, which is the end of the day before, or at its end.
    pub(super) fn stated_cash(
        &self,
        cells: &Cells<'_, '_>,
        place: Place,
        collected: &mut Collected,
    ) -> Result<(), Fault> {
        let mut skip = |reason| {
            collected.skip(place, reason, &cells.row.shown());
            Ok(())
        };
        let is_start = match cells.text(Field::Type).to_ascii_lowercase().as_str() {
            "starting cash" => true,
            "ending cash" => false,
            "ending settled cash" => {
                return skip("cash by the day of settlement; the ending cash is by that of trade");
            }
            _ => return skip("a part of the change of cash, which the other sections have"),
        };
        let is_of_all = is_of_all(cells.text(Field::Currency));
        if is_of_all && self.statement.has_currencies() {
            return skip("the sum of all currencies, which have rows of their own");
        }
        let Some((first, last)) = self.statement.period() else {
            return skip("cash, of which the file does not state the day");
        };
        let date = if is_start { first.add_days(-1) } else { Ok(last) };
        let date = date.map_err(|error| cells.fault(error, Field::Type))?;
        let amount = cells.number(Field::Value)?.ok_or_else(|| {
            cells.fault(Error::new(ErrorCode::FieldMissing, "the cash has no value"), Field::Value)
        })?;
        let currency = if is_of_all { None } else { self.currency(cells)? };
        let account = self.account_of(cells, collected);
        let kind = StatedBalanceKind::Cash;
        collected.balances([StatedBalance { account, date, kind, security: None, amount, currency }]);
        Ok(())
    }

    /// A corporate action, on the day on which the account shows it: shares and cash as the row states them, and the ratio of a
    /// split where the row is the whole of it.
    pub(super) fn corporate_action(
        &self,
        cells: &Cells<'_, '_>,
        place: Place,
        collected: &mut Collected,
    ) -> Result<(), Fault> {
        let description = cells.text(Field::Description);
        let action = Action::of(description).ok_or_else(|| {
            let message = "the corporate action does not name the security whose shares move";
            cells.fault(Error::new(ErrorCode::FieldMissing, message), Field::Description)
        })?;
        let (date, _) = self.dates(cells)?;
        let amount = cells.number(Field::Amount)?.unwrap_or(Decimal::ZERO);
        let quantity = cells.number(Field::Quantity)?.filter(|quantity| !quantity.is_zero());
        let currency = self.currency(cells)?;
        let security = security::of_action(cells, &action)?;
        let account = self.account_of(cells, collected);
        let mut transaction = blank_transaction(account, date, amount, place);
        transaction.currency = currency;
        transaction.r#type = match action.kind() {
            // Shares that come in are no sale.
            Type::Sell if quantity.is_some_and(|quantity| !quantity.is_negative()) => Type::Merger,
            kind => kind,
        };
        transaction.quantity = quantity;
        if transaction.r#type == Type::Split && !self.statement.exchanges(cells.row, cells.table) {
            let ratio = action.ratio();
            transaction.split_from = ratio.map(|(before, _)| before);
            transaction.split_to = ratio.map(|(_, after)| after);
        }
        transaction.security = Some(collected.security(security));
        description.clone_into(&mut transaction.description);
        collected.transaction(transaction);
        Ok(())
    }

    /// A fee of a trade, which counts where what is charged for the trade does not contain it.
    pub(super) fn trade_fee(
        &mut self,
        cells: &Cells<'_, '_>,
        place: Place,
        collected: &mut Collected,
    ) -> Result<(), Fault> {
        let is_continued = [Field::Date, Field::Symbol].iter().all(|field| cells.text(*field).is_empty());
        let reason = if is_continued {
            "it says what the fee above it is for"
        } else if self.statement.contains(cells.row, cells.table) {
            "a fee that the charge of its trade contains"
        } else {
            return self.transaction(cells, place, collected);
        };
        collected.skip(place, reason, &cells.row.shown());
        Ok(())
    }
}
