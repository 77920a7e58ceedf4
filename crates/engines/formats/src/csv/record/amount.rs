//! What moves in a row: money, shares and fees.

use wherewithal_base::{Error, ErrorCode, Result, money::Currency, num::Decimal};
use wherewithal_ledger::{
    LedgerSecurity, LedgerSecurityKind as Kind, LedgerTransaction, LedgerTransactionType as Type,
};

use super::{Cells, kind::Meaning};
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
    // The parts of a table that the caller describes stand below their transaction.
    let is_total_of_split =
        !cells.table.layout.is_mapping && split.is_some() && written.is_none_or(Decimal::is_zero);
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
    // What the sign of most rows says of the column; a row with the other one takes it back.
    let outgoing = |debit: Decimal| if cells.sides.debits_are_negative { debit } else { debit.negated() };
    let incoming = |credit: Decimal| if cells.sides.credits_are_negative { credit.negated() } else { credit };
    match (debit.map(outgoing), credit.map(incoming)) {
        (None, None) => Ok(None),
        (Some(debit), None) => Ok(Some(debit)),
        (None, Some(credit)) => Ok(Some(credit)),
        (Some(debit), Some(credit)) if debit.is_zero() => Ok(Some(credit)),
        (Some(debit), Some(credit)) if credit.is_zero() => Ok(Some(debit)),
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

/// The number of shares that move. Without a security, a quantity is none of shares, and a trade lacks its security.
pub(super) fn shares(
    cells: &Cells<'_, '_>,
    r#type: Type,
    moved: &Moved,
    security: Option<&LedgerSecurity>,
) -> Result<Option<Decimal>, Fault> {
    match (moved.quantity, security) {
        (Some(_), None) if is_trade(r#type) => {
            let field = if cells.has(Field::Symbol) { Field::Symbol } else { Field::Quantity };
            let error = Error::new(ErrorCode::FieldMissing, "the shares have no security");
            Err(cells.fault(error, field))
        }
        (_, None) => Ok(None),
        (None, Some(_)) if is_trade(r#type) => of_money(cells, moved),
        (quantity, Some(_)) => Ok(quantity),
    }
}

/// The number of shares of a fund whose shares cost one unit of money each, which exports of sweeps leave out.
fn of_money(cells: &Cells<'_, '_>, moved: &Moved) -> Result<Option<Decimal>, Fault> {
    let is_money = cells.number(Field::Price)? == Some(Decimal::ONE);
    let Some(amount) = moved.amount.filter(|amount| is_money && !amount.is_zero()) else { return Ok(None) };
    let before_fees = plus(cells, Some(amount), moved.fees)?;
    Ok(before_fees.map(Decimal::abs))
}

/// The change of cash of a row without an amount: nothing where shares move without money, what the price says of a trade,
/// and otherwise a fault.
pub(super) fn unstated(
    cells: &Cells<'_, '_>,
    r#type: Type,
    meaning: Option<Meaning>,
    moved: &Moved,
    security: Option<&LedgerSecurity>,
) -> Result<Decimal, Fault> {
    let is_paid_apart = meaning.is_some_and(|meaning| meaning.is_paid_apart);
    if security.is_some() && (is_paid_apart || !is_trade(r#type) && !is_of_money(r#type)) {
        return Ok(Decimal::ZERO);
    }
    // Bonds are quoted in percent and options by the share, so that their price alone does not say what they come to.
    let is_by_unit = |security: &&LedgerSecurity| {
        security.symbol.is_some() && !matches!(security.kind, Some(Kind::Bond | Kind::Option))
    };
    let price = cells.number(Field::Price)?.filter(|price| !price.is_zero());
    match (security.filter(is_by_unit), moved.quantity, price) {
        (Some(_), Some(quantity), Some(price)) if is_trade(r#type) => {
            let at = |error| cells.fault(error, Field::Quantity);
            let (value, fees) = (quantity.times(price).map_err(at)?.abs(), moved.fees.unwrap_or_default());
            if r#type.acquires() {
                value.plus(fees).map(Decimal::negated).map_err(at)
            } else {
                value.minus(fees).map_err(at)
            }
        }
        _ => {
            let field = if cells.has(Field::Amount) { Field::Amount } else { Field::Debit };
            Err(cells.fault(Error::new(ErrorCode::FieldMissing, "the row has no amount"), field))
        }
    }
}

/// The price of one unit of the quantity of a transaction. Where a trade is quoted in percent, as bonds are, or by the share of
/// a contract for a hundred, as options are, the amount says so: it is about a hundredth or the hundredfold of what the price
/// comes to, whatever interest and fees are in it.
pub(super) fn price(
    cells: &Cells<'_, '_>,
    transaction: &LedgerTransaction,
) -> Result<Option<Decimal>, Fault> {
    let Some(quantity) = transaction.quantity else { return Ok(None) };
    let Some(price) = cells.number(Field::Price)?.map(Decimal::abs) else { return Ok(None) };
    if !is_trade(transaction.r#type) || price.is_zero() || transaction.amount.is_zero() {
        return Ok(Some(price));
    }
    let at = |error| cells.fault(error, Field::Price);
    let before_fees = transaction.amount.plus(transaction.fees.unwrap_or_default()).map_err(at)?;
    let paid = before_fees.abs().divided_by(quantity.abs()).map_err(at)?;
    let is_near =
        |unit: Decimal| -> Result<bool> { Ok(paid <= unit.plus(unit)? && unit <= paid.plus(paid)?) };
    if is_near(price).map_err(at)? {
        return Ok(Some(price));
    }
    let hundred = Decimal::from(100_u32);
    for unit in [price.divided_by(hundred).map_err(at)?, price.times(hundred).map_err(at)?] {
        if is_near(unit).map_err(at)? {
            return Ok(Some(unit));
        }
    }
    Ok(Some(price))
}

/// Whether shares are exchanged for money.
fn is_trade(r#type: Type) -> bool {
    matches!(r#type, Type::Buy | Type::Sell | Type::SellShort | Type::Cover)
}

/// Whether a row is nothing without money.
fn is_of_money(r#type: Type) -> bool {
    matches!(
        r#type,
        Type::Deposit
            | Type::Withdrawal
            | Type::Payment
            | Type::Purchase
            | Type::Refund
            | Type::Fee
            | Type::Interest
            | Type::Dividend
            | Type::CapitalGainDistribution
            | Type::Tax
            | Type::Withholding
    )
}
