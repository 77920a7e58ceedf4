//! Conversions of currencies, as the trades of Interactive Brokers have them: one currency comes in and another goes out, so
//! a row is two transfers within one account, and a fee where there is a commission.

use wherewithal_base::{Error, ErrorCode, dates::Date, money::Currency, num::Decimal};
use wherewithal_ledger::LedgerTransactionType as Type;

use super::{Builder, Cells};
use crate::{
    ColumnField as Field,
    collect::{Collected, Fault, Place, blank_transaction},
};

/// Whether a row is a conversion.
pub(super) fn is(cells: &Cells<'_, '_>) -> bool {
    cells.text(Field::SecurityType).eq_ignore_ascii_case("forex")
}

impl Builder {
    /// Reads a conversion: `EUR.USD`, 100 at 1.1 for -110 adds 100 euros and takes 110 dollars.
    pub(super) fn conversion(
        &self,
        cells: &Cells<'_, '_>,
        date: Date,
        settled: Option<Date>,
        place: Place,
        collected: &mut Collected,
    ) -> Result<(), Fault> {
        let pair = cells.text(Field::Symbol);
        let (bought, paid) = currencies(pair).ok_or_else(|| {
            let error = Error::new(ErrorCode::CurrencyUnknown, "the row names no pair of currencies");
            cells.fault(error, Field::Symbol)
        })?;
        let (quantity, proceeds) = (needed(cells, Field::Quantity)?, needed(cells, Field::Amount)?);
        let commission = cells.number(Field::Commission)?.map_or(Decimal::ZERO, Decimal::abs);
        let charged = commission_currency(cells).unwrap_or(paid);
        let account = collected.account(self.account_of(cells)?);
        let own = collected.currency_of(&account);
        let leg = |amount: Decimal, currency: Currency, r#type| {
            let mut leg = blank_transaction(account.clone(), date, amount, place);
            leg.settlement_date = settled;
            leg.r#type = r#type;
            leg.currency = (Some(currency) != own).then_some(currency);
            pair.clone_into(&mut leg.description);
            leg.transfer_account = (r#type == Type::Transfer).then(|| account.clone());
            leg
        };
        let mut legs = vec![leg(proceeds, paid, Type::Transfer), leg(quantity, bought, Type::Transfer)];
        if !commission.is_zero() {
            legs.push(leg(commission.negated(), charged, Type::Fee));
        }
        legs.into_iter().for_each(|leg| collected.transaction(leg));
        Ok(())
    }
}

/// The currency that comes in and the one that goes out for a positive quantity.
fn currencies(pair: &str) -> Option<(Currency, Currency)> {
    let (bought, paid) = pair.split_once('.')?;
    Some((bought.parse().ok()?, paid.parse().ok()?))
}

/// The currency that the name of a column has: `Comm in USD`.
fn commission_currency(cells: &Cells<'_, '_>) -> Option<Currency> {
    let name = cells.table.columns.name(Field::Commission);
    name.rsplit(' ').next().and_then(|word| word.parse().ok())
}

fn needed(cells: &Cells<'_, '_>, field: Field) -> Result<Decimal, Fault> {
    cells.number(field)?.ok_or_else(|| {
        cells.fault(Error::new(ErrorCode::FieldMissing, "the conversion has no amount"), field)
    })
}
