//! The currency of a row: that of its column, or the one that stands beside its amounts.

use wherewithal_base::{Error, ErrorCode, money::Currency};
use wherewithal_ledger::{LedgerSecurity, LedgerSecurityKind as Kind};

use super::{Builder, Cells};
use crate::{
    ColumnField as Field,
    collect::{Collected, Fault},
    printed::beside::Beside,
};

/// The fields that have money, and whether it is the amount of the row.
const MONEY: &[(Field, bool)] = &[
    (Field::Amount, true),
    (Field::Debit, true),
    (Field::Credit, true),
    (Field::SplitAmount, false),
    (Field::Value, false),
    (Field::Price, false),
    (Field::Commission, false),
    (Field::Fees, false),
    (Field::Balance, false),
    (Field::CostBasis, false),
];

/// The longest id of a security that can have a currency behind it.
const MAX_ID: usize = 96;

impl Builder {
    /// The currency of a row, if it is not the account's. An amount with the sign or the code of another currency is one of
    /// that currency; where nothing says which one, or the row contradicts itself, it is a fault.
    pub(super) fn currency(&self, cells: &Cells<'_, '_>) -> Result<Option<Currency>, Fault> {
        let own = self.account.currency;
        let mut of_row = of_column(cells)?;
        for (field, is_amount) in MONEY {
            let Some(beside) = cells.beside(*field) else { continue };
            let known = if *is_amount { of_row } else { of_row.or(own) };
            match (known, beside.currency()) {
                (Some(known), _) if beside.fits(known) => {}
                (Some(known), _) => return Err(contradiction(cells, *field, known)),
                (None, _) if own.is_some_and(|own| beside.fits(own)) => {}
                (None, Some(currency)) => of_row = Some(currency),
                // Nothing is known of the account, so its currency can be any of those that share the sign.
                (None, None) if own.is_none() && beside != Beside::Other => {}
                (None, None) => {
                    let message = "the sign beside the amount does not say which currency it is";
                    return Err(cells.fault(Error::new(ErrorCode::CurrencyUnknown, message), *field));
                }
            }
        }
        Ok(of_row.filter(|currency| Some(*currency) != own))
    }

    /// The security of a row that states its price or its worth: that is in the currency of the row, if it says so. One that
    /// is listed in two currencies is two securities. A digital asset has no currency of its own.
    pub(super) fn quoted(
        &self,
        security: LedgerSecurity,
        cells: &Cells<'_, '_>,
        of_row: Option<Currency>,
        collected: &Collected,
    ) -> LedgerSecurity {
        let is_quoted = [Field::Price, Field::Value].iter().any(|field| !cells.text(*field).is_empty());
        let is_stated = of_row.is_some() || !cells.text(Field::Currency).is_empty();
        let currency = of_row.or(self.account.currency).filter(|_| is_quoted && is_stated);
        let Some(currency) = currency.filter(|_| security.kind != Some(Kind::DigitalAsset)) else {
            return security;
        };
        let mut security = LedgerSecurity { currency: Some(currency), ..security };
        let known = collected.security_currency(&security.id);
        if known.is_some_and(|known| known != currency) {
            let id: String = security.id.chars().take(MAX_ID).collect();
            security.id = format!("{id} {currency}");
        }
        security
    }
}

/// The currency of the column for it.
fn of_column(cells: &Cells<'_, '_>) -> Result<Option<Currency>, Fault> {
    let text = cells.text(Field::Currency);
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|error| cells.fault(error, Field::Currency))
}

fn contradiction(cells: &Cells<'_, '_>, field: Field, known: Currency) -> Fault {
    let message = format!("the cell has the sign or the code of a currency, and the row is in {known}");
    cells.fault(Error::new(ErrorCode::FieldConflict, message), field)
}
