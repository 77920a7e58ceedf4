//! What moves in a row: money, shares and fees.

use wherewithal_base::{Error, ErrorCode, Result, money::Currency, num::Decimal};

use super::Cells;
use crate::{
    ColumnField as Field,
    collect::Fault,
    csv::layout::{Amount, Flow},
};

/// What moves in a row.
pub(super) struct Moved {
    /// The change of cash; `None` if the row has no amount.
    pub(super) amount: Option<Decimal>,
    /// The number of shares as written; `None` for none and for zero.
    pub(super) quantity: Option<Decimal>,
    /// Commission and fees, at least zero.
    pub(super) fees: Option<Decimal>,
    /// The balance after the row.
    pub(super) balance: Option<Decimal>,
    /// The currency, if the asset of the row is one.
    pub(super) currency: Option<Currency>,
    /// Whether the row is the total of a split whose parts have rows of their own.
    pub(super) is_total_of_split: bool,
}

/// What moves in a row.
pub(super) fn moved(cells: &Cells<'_, '_>, flow: Flow) -> Result<Moved, Fault> {
    let fees = fees(cells)?;
    let mut quantity = cells.number(Field::Quantity)?.filter(|quantity| !quantity.is_zero());
    let written = written(cells)?;
    let split = cells.number(Field::SplitAmount)?.filter(|amount| !amount.is_zero());
    let is_total_of_split = split.is_some() && written.is_none_or(Decimal::is_zero);
    let balance = cells.number(Field::Balance)?;
    let mut amount = match cells.table.layout.amount {
        Amount::Signed => written,
        Amount::Reversed => written.map(Decimal::negated),
        Amount::BeforeFees => plus(cells, written, fees.map(Decimal::negated))?,
        Amount::FromPrice => return from_price(cells, flow, written, quantity, fees, balance),
    };
    let asset = cells.text(Field::Asset);
    let currency = currency_of(asset);
    if !asset.is_empty() && currency.is_none() {
        // The amount is a number of units of the asset.
        quantity = amount.filter(|amount| !amount.is_zero());
        amount = Some(Decimal::ZERO);
        return Ok(Moved { amount, quantity, fees: None, balance: None, currency: None, is_total_of_split });
    }
    let amount = amount.map(|amount| flowing(amount, flow));
    Ok(Moved { amount, quantity, fees, balance, currency, is_total_of_split })
}

fn flowing(amount: Decimal, flow: Flow) -> Decimal {
    match flow {
        Flow::Signed => amount,
        Flow::In => amount.abs(),
        Flow::Out => amount.abs().negated(),
        Flow::Still | Flow::StillOut => Decimal::ZERO,
    }
}

/// The amount of a row as written, or the difference of credit and debit.
fn written(cells: &Cells<'_, '_>) -> Result<Option<Decimal>, Fault> {
    if let Some(amount) = cells.number(Field::Amount)? {
        return Ok(Some(amount));
    }
    let (debit, credit) = (cells.number(Field::Debit)?, cells.number(Field::Credit)?);
    match (debit.map(Decimal::abs), credit.map(Decimal::abs)) {
        (None, None) => Ok(None),
        (Some(debit), None) => Ok(Some(debit.negated())),
        (None, Some(credit)) => Ok(Some(credit)),
        (Some(debit), Some(credit)) if debit.is_zero() => Ok(Some(credit)),
        (Some(debit), Some(credit)) if credit.is_zero() => Ok(Some(debit.negated())),
        (Some(_), Some(_)) => {
            let error = Error::new(ErrorCode::FieldConflict, "the row has a debit and a credit");
            Err(cells.fault(error, Field::Credit))
        }
    }
}

/// Commission and fees together.
fn fees(cells: &Cells<'_, '_>) -> Result<Option<Decimal>, Fault> {
    let (commission, fees) = (cells.number(Field::Commission)?, cells.number(Field::Fees)?);
    let sum = plus(cells, commission.map(Decimal::abs), fees.map(Decimal::abs))?;
    Ok(sum.filter(|sum| !sum.is_zero()))
}

/// The sum of two amounts of which either may be missing.
fn plus(
    cells: &Cells<'_, '_>,
    one: Option<Decimal>,
    other: Option<Decimal>,
) -> Result<Option<Decimal>, Fault> {
    match (one, other) {
        (Some(one), Some(other)) => {
            one.plus(other).map(Some).map_err(|error| cells.fault(error, Field::Amount))
        }
        (one, other) => Ok(one.or(other)),
    }
}

/// An amount that is the quantity times the price, unless it is given, with fees beside it.
fn from_price(
    cells: &Cells<'_, '_>,
    flow: Flow,
    written: Option<Decimal>,
    quantity: Option<Decimal>,
    fees: Option<Decimal>,
    balance: Option<Decimal>,
) -> Result<Moved, Fault> {
    let at = |error| cells.fault(error, Field::Quantity);
    let price = cells.number(Field::Price)?;
    let value = match (written.filter(|amount| !amount.is_zero()), quantity, price) {
        (Some(amount), _, _) => Some(amount.abs()),
        (None, Some(quantity), Some(price)) => Some(quantity.times(price).map_err(at)?.abs()),
        (None, _, _) => written.or(fees.map(|_| Decimal::ZERO)),
    };
    let fee = fees.unwrap_or_default();
    let amount = match (value, flow) {
        (None, _) => None,
        (Some(value), Flow::Out) => Some(value.plus(fee).map_err(at)?.negated()),
        (Some(value), Flow::In) => Some(value.minus(fee).map_err(at)?),
        (Some(_), Flow::Still | Flow::StillOut) => Some(Decimal::ZERO),
        (Some(value), Flow::Signed) => Some(value.minus(fee).map_err(at)?),
    };
    // A quantity of money is no number of shares.
    let is_money = super::security::is_money(cells.text(Field::Symbol));
    let moves_shares = !is_money
        && !matches!(
            cells.text(Field::Type).to_ascii_lowercase().as_str(),
            "dividend" | "interest" | "fee" | "tax"
        );
    let quantity = quantity.filter(|_| moves_shares);
    Ok(Moved { amount, quantity, fees, balance, currency: None, is_total_of_split: false })
}

/// The currency of an asset, with the prefix and the suffixes that Kraken writes: `ZUSD`, `EUR.HOLD`.
pub(super) fn currency_of(asset: &str) -> Option<Currency> {
    let name = asset.split('.').next().unwrap_or_default();
    let name = name.strip_prefix('Z').filter(|rest| rest.len() == 3).unwrap_or(name);
    name.parse().ok()
}
