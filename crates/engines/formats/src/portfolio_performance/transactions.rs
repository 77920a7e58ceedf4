//! Transactions of accounts and portfolios.
//!
//! A purchase is two of them: the account pays, and the portfolio gets shares. So in the account it is a transfer, and in the
//! portfolio a purchase whose parts are what the account pays and what that buys.

use std::collections::BTreeSet;

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    num::Decimal,
};
use wherewithal_ledger::{
    self as ledger, LedgerAccount, LedgerSplit, LedgerTransaction, LedgerTransactionType as Type,
};

use super::{
    client::{Client, Holder},
    tree::Node,
    values::{cents, day, scaled},
};
use crate::{
    collect::{Collected, Fault, Place, blank_transaction},
    read::{MAX_RECORDS, too_many},
};

/// Reads all transactions.
pub(super) fn read(client: &Client<'_, '_>, collected: &mut Collected, control: &Control) -> Result<()> {
    let mut work = Work::under(control);
    let mut row = 0;
    let mut seen = BTreeSet::new();
    for holder in &client.holders {
        let Some(account) = client.account(holder.node) else { continue };
        collected.account(account.clone());
        let Some(list) = holder.node.part("transactions")? else { continue };
        for listed in list.children(holder.transactions) {
            work.done(64)?;
            row += 1;
            if usize::try_from(row).is_ok_and(|row| row > MAX_RECORDS) {
                return Err(too_many());
            }
            let node = listed.object()?;
            let place = Place { row, line: node.line() };
            if !seen.insert(node.place) {
                collected.skip(place, "a transaction that is listed before", node.name());
                continue;
            }
            let outcome = Record { client, holder, account, node, place }.transaction(collected);
            match outcome {
                Ok(transaction) => collected.transaction(transaction),
                Err(fault) => collected.problem(place, fault),
            }
        }
    }
    Ok(())
}

/// A transaction while it is read.
struct Record<'c, 't, 'a> {
    client: &'c Client<'t, 'a>,
    holder: &'c Holder<'t, 'a>,
    account: &'c LedgerAccount,
    node: Node<'t, 'a>,
    place: Place,
}

/// Which way money and shares go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Out,
}

impl Way {
    fn signed(self, number: Decimal) -> Decimal {
        if self == Self::Out { number.negated() } else { number }
    }
}

impl Record<'_, '_, '_> {
    fn transaction(&self, collected: &mut Collected) -> Result<LedgerTransaction, Fault> {
        let at = |name: &'static str| move |error: Error| Fault::at(error, name, "");
        let kind = self.node.text("type").map_err(at("type"))?;
        let date = day(self.node.text("date").map_err(at("date"))?).map_err(at("date"))?;
        let mut transaction = blank_transaction(self.account.id.clone(), date, Decimal::ZERO, self.place);
        let currency = self.node.text("currencyCode").map_err(at("currencyCode"))?;
        if !currency.is_empty() {
            let currency = currency.parse().map_err(|error| Fault::at(error, "currencyCode", currency))?;
            transaction.currency = Some(currency).filter(|_| self.account.currency != Some(currency));
        }
        transaction.reference = self.given("uuid")?;
        transaction.memo = self.given("note")?;
        let security = self.node.part("security").map_err(at("security"))?;
        let security = security.and_then(|node| self.client.security(node));
        transaction.description = transaction
            .memo
            .clone()
            .or_else(|| security.and_then(|security| security.name.clone()))
            .unwrap_or_else(|| kind.to_lowercase().replace('_', " "));
        transaction.security = security.map(|security| collected.security(security.clone()));
        let amount = self.node.text("amount").map_err(at("amount"))?;
        let amount = cents(amount).map_err(|error| Fault::at(error, "amount", amount))?;
        let (fees, taxes) = (self.units("FEE")?, self.units("TAX")?);
        transaction.fees = Some(fees).filter(|fees| !fees.is_zero());
        transaction.transfer_account = self.other()?;
        if self.holder.transactions == "account-transaction" {
            self.of_account(kind, amount, taxes, &mut transaction)?;
        } else {
            self.of_portfolio(kind, amount, (fees, taxes), &mut transaction)?;
        }
        let checked = LedgerTransaction { id: "1".to_owned(), ..transaction.clone() };
        ledger::transaction(&checked).map_err(Fault::of)?;
        Ok(transaction)
    }

    fn given(&self, name: &str) -> Result<Option<String>, Fault> {
        let text = self.node.text(name).map_err(|error| Fault::at(error, name, ""))?;
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    /// A transaction of an account. Fees and taxes are taken out of its amount already.
    fn of_account(
        &self,
        kind: &str,
        amount: Decimal,
        taxes: Decimal,
        transaction: &mut LedgerTransaction,
    ) -> Result<(), Fault> {
        let (r#type, way) = match kind {
            "DEPOSIT" => (Type::Deposit, Way::In),
            "REMOVAL" => (Type::Withdrawal, Way::Out),
            "INTEREST" => (Type::Interest, Way::In),
            "INTEREST_CHARGE" => (Type::Interest, Way::Out),
            "DIVIDENDS" => (Type::Dividend, Way::In),
            "FEES" => (Type::Fee, Way::Out),
            "FEES_REFUND" => (Type::Refund, Way::In),
            "TAXES" => (Type::Tax, Way::Out),
            "TAX_REFUND" => (Type::Tax, Way::In),
            "TRANSFER_IN" | "SELL" => (Type::Transfer, Way::In),
            "TRANSFER_OUT" | "BUY" => (Type::Transfer, Way::Out),
            _ => return Err(unknown(kind)),
        };
        transaction.r#type = r#type;
        transaction.amount = way.signed(amount);
        if matches!(kind, "BUY" | "SELL") {
            // The portfolio has the shares, and what it costs to trade them.
            transaction.security = None;
            transaction.fees = None;
        } else if !taxes.is_zero() {
            let gross = transaction.amount.plus(taxes).map_err(Fault::of)?;
            transaction.splits =
                vec![part(gross, Some("income"), None), part(taxes.negated(), Some("withholding"), None)];
        }
        Ok(())
    }

    /// A transaction of a portfolio.
    fn of_portfolio(
        &self,
        kind: &str,
        amount: Decimal,
        (fees, taxes): (Decimal, Decimal),
        transaction: &mut LedgerTransaction,
    ) -> Result<(), Fault> {
        let (r#type, way) = match kind {
            "BUY" => (Type::Buy, Way::In),
            "SELL" => (Type::Sell, Way::Out),
            "TRANSFER_IN" | "DELIVERY_INBOUND" => (Type::SecurityTransfer, Way::In),
            "TRANSFER_OUT" | "DELIVERY_OUTBOUND" => (Type::SecurityTransfer, Way::Out),
            _ => return Err(unknown(kind)),
        };
        let written = self.node.text("shares").map_err(|error| Fault::at(error, "shares", ""))?;
        let shares =
            scaled(written, self.client.share_places).map_err(|error| Fault::at(error, "shares", written))?;
        transaction.r#type = r#type;
        transaction.quantity = Some(way.signed(shares.normalized()));
        let costs = fees.plus(taxes).map_err(Fault::of)?;
        let worth =
            if way == Way::In { amount.minus(costs) } else { amount.plus(costs) }.map_err(Fault::of)?;
        transaction.price = price(worth, shares);
        if r#type == Type::SecurityTransfer {
            // No money moves; the price says what the shares are worth.
            transaction.fees = None;
            return Ok(());
        }
        if let Some(other) = transaction.transfer_account.take() {
            transaction.splits = traded(way, amount, taxes, &other).map_err(Fault::of)?;
        } else {
            transaction.amount = if way == Way::In { amount.negated() } else { amount };
        }
        Ok(())
    }

    /// The sum of the units of a kind.
    fn units(&self, kind: &str) -> Result<Decimal, Fault> {
        let at = |error| Fault::at(error, "units", kind);
        let mut sum = Decimal::ZERO;
        let Some(units) = self.node.part("units").map_err(at)? else { return Ok(sum) };
        for unit in units.children("unit") {
            let unit = unit.object().map_err(at)?;
            if unit.kind() != Some(kind) {
                continue;
            }
            let Some(amount) = unit.part("amount").map_err(at)? else { continue };
            let written = amount.amount().unwrap_or_default();
            let amount = cents(written).map_err(|error| Fault::at(error, "units", written))?;
            sum = sum.plus(amount).map_err(Fault::of)?;
        }
        Ok(sum)
    }

    /// The other account or portfolio.
    fn other(&self) -> Result<Option<String>, Fault> {
        let at = |error| Fault::at(error, "crossEntry", "");
        let Some(entry) = self.node.part("crossEntry").map_err(at)? else { return Ok(None) };
        for name in ["account", "portfolio", "accountFrom", "accountTo", "portfolioFrom", "portfolioTo"] {
            let Some(node) = entry.part(name).map_err(at)? else { continue };
            if node.place != self.holder.node.place
                && let Some(account) = self.client.account(node)
            {
                return Ok(Some(account.id.clone()));
            }
        }
        Ok(None)
    }
}

/// The parts of a trade that another account pays or is paid for: the shares, the tax on them, and the transfer.
fn traded(way: Way, amount: Decimal, taxes: Decimal, other: &str) -> Result<Vec<LedgerSplit>> {
    let transfer = if way == Way::In { amount } else { amount.negated() };
    let mut parts = vec![part(transfer.negated().plus(taxes)?, Some("trade"), None)];
    if !taxes.is_zero() {
        parts.push(part(taxes.negated(), Some("withholding"), None));
    }
    parts.push(part(transfer, None, Some(other)));
    Ok(parts)
}

fn part(amount: Decimal, category: Option<&str>, transfer_account: Option<&str>) -> LedgerSplit {
    LedgerSplit {
        amount,
        category: category.map(str::to_owned),
        memo: None,
        transfer_account: transfer_account.map(str::to_owned),
    }
}

/// The price of a share, if it divides to at most twelve places.
fn price(worth: Decimal, shares: Decimal) -> Option<Decimal> {
    let price = worth.divided_by(shares).ok()?.normalized();
    let is_exact = price.scale() <= 12 && !price.is_negative() && price.times(shares).ok()? == worth;
    is_exact.then_some(price)
}

fn unknown(kind: &str) -> Fault {
    let error = Error::new(ErrorCode::NameUnknown, "a transaction of an unknown kind");
    Fault::at(error, "type", kind)
}
