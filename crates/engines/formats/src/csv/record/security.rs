//! The security of a row.

use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_ledger::{LedgerSecurity, LedgerSecurityKind as Kind};

use super::{Cells, amount::currency_of};
use crate::{
    ColumnField as Field,
    collect::Fault,
    csv::{
        corporate::Action,
        layout::{Holder, Record, Shape},
    },
};

/// The longest id and name.
const MAX_ID: usize = 100;
const MAX_NAME: usize = 200;

/// The security of a row, if it has one.
pub(super) fn of(cells: &Cells<'_, '_>) -> Result<Option<LedgerSecurity>, Fault> {
    if is_only_named(cells) {
        return Ok(None);
    }
    if cells.text(Field::SecurityType).eq_ignore_ascii_case("cash") {
        return Ok(None);
    }
    let (asset, symbol) = (cells.text(Field::Asset), cells.text(Field::Symbol));
    let symbol = if asset.is_empty() { symbol } else { asset };
    let kind = kind(cells)?;
    // Two that are cut alike would become one.
    if symbol.chars().count() > MAX_ID {
        let error = Error::new(ErrorCode::TextInvalid, format!("a symbol has at most {MAX_ID} characters"));
        return Err(cells.fault(error, if asset.is_empty() { Field::Symbol } else { Field::Asset }));
    }
    if is_money(symbol) || kind == Some(Kind::DigitalAsset) && currency_of(symbol).is_some() {
        return Ok(None);
    }
    let mut security = LedgerSecurity::named("");
    security.kind = kind;
    if is_cusip(symbol) {
        security.cusip = Some(symbol.to_owned());
    } else {
        security.symbol = text(symbol, MAX_ID);
    }
    let cusip = cells.text(Field::Cusip);
    security.cusip = security.cusip.or_else(|| is_cusip(cusip).then(|| cusip.to_owned()));
    security.isin = Some(cells.text(Field::Isin)).filter(|isin| is_isin(isin)).map(str::to_owned);
    if matches!(cells.table.layout.shape, Shape::Section(_)) && symbol.is_empty() {
        described(cells.text(Field::Description), &mut security);
    }
    security.name = text(cells.text(Field::SecurityName), MAX_NAME);
    Ok(identified(security, || has_shares(cells)))
}

/// Whether a row has shares: then its security may have no more than a name.
fn has_shares(cells: &Cells<'_, '_>) -> bool {
    let quantity = cells.number(Field::Quantity).ok().flatten();
    quantity.is_some_and(|quantity| !quantity.is_zero())
}

/// The security with the id by which it is known.
fn identified(security: LedgerSecurity, can_be_named: impl Fn() -> bool) -> Option<LedgerSecurity> {
    let LedgerSecurity { symbol, cusip, isin, name, .. } = &security;
    let name = name.as_deref().filter(|_| can_be_named()).and_then(|name| text(name, MAX_ID));
    let id = symbol.clone().or_else(|| cusip.clone()).or_else(|| isin.clone()).or(name)?;
    Some(LedgerSecurity { id, ..security })
}

/// The security that a corporate action moves.
pub(super) fn of_action(cells: &Cells<'_, '_>, action: &Action<'_>) -> Result<LedgerSecurity, Fault> {
    let mut security = LedgerSecurity::named("");
    security.kind = kind(cells)?;
    security.symbol = text(action.symbol, MAX_ID);
    security.name = text(action.name, MAX_NAME);
    security.isin = Some(action.number).filter(|number| is_isin(number)).map(str::to_owned);
    security.cusip = Some(action.number).filter(|number| is_cusip(number)).map(str::to_owned);
    identified(security, || true).ok_or_else(|| {
        let error = Error::new(ErrorCode::FieldMissing, "the corporate action has no security");
        cells.fault(error, Field::Description)
    })
}

fn text(text: &str, most: usize) -> Option<String> {
    (!text.is_empty()).then(|| text.chars().take(most).collect())
}

/// Whether the symbol is what a fee or interest is called: Ghostfolio takes it from a security of no source of data.
pub(super) fn is_only_named(cells: &Cells<'_, '_>) -> bool {
    cells.text(Field::SecurityType).eq_ignore_ascii_case("manual")
        && ["fee", "interest"].iter().any(|word| cells.text(Field::Type).eq_ignore_ascii_case(word))
}

/// Whether a symbol stands for money, as Wealthfolio writes it: `$CASH-USD`.
pub(super) fn is_money(symbol: &str) -> bool {
    symbol.starts_with("$CASH")
}

/// The symbol and the ISIN before the words of a dividend or a tax of Interactive Brokers:
/// `VTI(US9229087690) Cash Dividend USD 0.9 per Share`.
fn described(description: &str, security: &mut LedgerSecurity) {
    let Some((symbol, rest)) = description.split_once('(') else { return };
    let Some((isin, _)) = rest.split_once(')') else { return };
    let symbol = symbol.trim();
    if !symbol.is_empty() && symbol.len() <= 20 && is_isin(isin) {
        security.symbol = Some(symbol.to_owned());
        security.isin = Some(isin.to_owned());
    }
}

/// What the security is, by its words or by the account.
fn kind(cells: &Cells<'_, '_>) -> Result<Option<Kind>, Fault> {
    let words = cells.text(Field::SecurityType).to_lowercase();
    if words == "futures" && cells.table.layout.record == Record::Position {
        let message = "the value of a future is what it is on, and no money of the account";
        return Err(cells.fault(Error::new(ErrorCode::SecurityUnsuitable, message), Field::SecurityType));
    }
    if words == "forex" {
        let error = Error::new(ErrorCode::SecurityUnsuitable, "an amount of a currency is no security");
        return Err(cells.fault(error, Field::SecurityType));
    }
    let holder = wherewithal_household::AccountKind::Cryptocurrency;
    Ok(match words.as_str() {
        "stocks" | "eq" | "equity" => Some(Kind::Stock),
        "mutual funds" | "mutual fund" | "mf" => Some(Kind::MutualFund),
        "bonds" | "treasury bills" | "bond" | "fixed income" => Some(Kind::Bond),
        "optn" => Some(Kind::Option),
        _ if words.contains("option") => Some(Kind::Option),
        _ if matches!(cells.table.layout.holder, Holder::Asset(Some(kind)) if kind == holder) => {
            Some(Kind::DigitalAsset)
        }
        _ => None,
    })
}

/// Whether a text is a CUSIP, by its check digit (ANSI X9.6).
fn is_cusip(text: &str) -> bool {
    let value = |(place, character): (usize, char)| {
        let value = character.to_digit(36)?;
        let doubled = if place % 2 == 1 { 2 * value } else { value };
        Some(doubled / 10 + doubled % 10)
    };
    let is_upper = text.len() == 9 && text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    // A symbol has no digits among its first characters, and a CUSIP nearly always has.
    if !is_upper || !text.chars().take(8).any(|c| c.is_ascii_digit()) {
        return false;
    }
    let sum: Option<u32> = text.chars().take(8).enumerate().map(value).sum();
    let check = text.chars().next_back().and_then(|c| c.to_digit(10));
    sum.is_some_and(|sum| check == Some((10 - sum % 10) % 10))
}

/// Whether a text has the form of an ISIN: two letters, nine characters and a digit (ISO 6166).
fn is_isin(text: &str) -> bool {
    text.len() == 12
        && text.chars().take(2).all(|c| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        && text.ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cusip_has_its_check_digit() {
        // The CUSIPs of Apple, Cisco and a Treasury bond.
        for cusip in ["037833100", "17275R102", "912810SP4"] {
            assert!(is_cusip(cusip), "{cusip}");
        }
        for other in ["037833101", "AAPL", "GOOGLCLAS", "03783310"] {
            assert!(!is_cusip(other), "{other}");
        }
        assert!(is_isin("US0378331005") && !is_isin("US037833100X") && !is_isin("0378331005US"));
    }
}
