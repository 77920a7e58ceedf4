//! Conversions. Of currencies, as the trades of Interactive Brokers have them: one comes in and another goes out, so a row is
//! two transfers within one account, and a fee where there is a commission. Of digital assets, as Coinbase has them: a row is
//! a sale and a purchase.

use wherewithal_base::{Error, ErrorCode, dates::Date, money::Currency, num::Decimal};
use wherewithal_ledger::{
    LedgerSecurity, LedgerSecurityKind, LedgerTransaction, LedgerTransactionType as Type,
};

use super::{Builder, Cells};
use crate::{
    ColumnField as Field, DecimalMark,
    collect::{Collected, Fault, Place, blank_transaction},
    printed::number::number,
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
        let account = self.account_of(cells, collected);
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

/// What a digital asset was converted to, as the note of Coinbase says it: `Converted 10.5 USDC to 0.0002 BTC`.
fn converted(note: &str) -> Option<(Decimal, &str)> {
    let (_, bought) = note.strip_prefix("Converted ")?.split_once(" to ")?;
    let (quantity, symbol) = bought.trim().split_once(' ')?;
    Some((number(quantity, DecimalMark::Point).ok()?.abs(), symbol.trim()))
}

impl Builder {
    /// The other half of a conversion between digital assets: what the first half brought buys another asset.
    pub(super) fn bought(
        &self,
        cells: &Cells<'_, '_>,
        sold: &LedgerTransaction,
        collected: &mut Collected,
    ) -> Result<Option<LedgerTransaction>, Fault> {
        if !cells.text(Field::Type).eq_ignore_ascii_case("convert") || sold.security.is_none() {
            return Ok(None);
        }
        let Some((quantity, symbol)) = converted(cells.text(Field::Description)) else {
            let message = "the note does not say what the asset was converted to";
            return Err(cells.fault(Error::new(ErrorCode::FieldMissing, message), Field::Description));
        };
        let asset = LedgerSecurity {
            symbol: Some(symbol.chars().take(100).collect()),
            kind: Some(LedgerSecurityKind::DigitalAsset),
            ..LedgerSecurity::named(symbol.chars().take(100).collect::<String>())
        };
        Ok(Some(LedgerTransaction {
            amount: sold.amount.negated(),
            r#type: Type::Buy,
            security: Some(collected.security(asset)),
            quantity: Some(quantity),
            price: None,
            fees: None,
            ..sold.clone()
        }))
    }
}
