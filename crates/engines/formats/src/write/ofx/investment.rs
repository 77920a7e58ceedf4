//! Transactions and positions of brokers (13.9).

use wherewithal_base::{Result, dates::Date, num::Decimal};
use wherewithal_ledger::{
    LedgerSecurity, LedgerSecurityKind as Kind, LedgerTransaction, LedgerTransactionType as Type,
    StatedPosition,
};

use super::{
    elements::Elements,
    securities::{Listed, Securities, is_other},
    statement::{MEMO, booked, identified},
};
use crate::write::{
    FileWriteInput,
    omitted::{List, Omissions},
};

/// Writes a transaction.
pub(super) fn write(
    transaction: &LedgerTransaction,
    securities: &Securities<'_>,
    file: &mut Elements,
) -> Result<Vec<&'static str>, &'static str> {
    let Some(id) = &transaction.security else {
        return banked(transaction, file);
    };
    let listed = securities.get(id).ok_or("its security is not listed")?;
    let action = action(transaction, listed.security)?;
    let mut said = vec!["account", "date", "currency", "amount"];
    said.extend(listed.is_kept.then_some("security"));
    said.extend(action.says_type.then_some("type"));
    file.open(action.element);
    if let Some(inner) = action.inner {
        file.open(inner);
    }
    said.extend(traded(transaction, file));
    listed.identity(file);
    (action.body)(transaction, file, &mut said);
    if let Some(inner) = action.inner {
        file.close(inner);
    }
    for (name, value) in action.after {
        file.value(name, value);
    }
    file.close(action.element);
    Ok(said)
}

/// A transaction of an investment account with cash alone.
fn banked(transaction: &LedgerTransaction, file: &mut Elements) -> Result<Vec<&'static str>, &'static str> {
    if transaction.quantity.is_some() {
        return Err("OFX has no shares without a security");
    }
    file.open("INVBANKTRAN");
    let said = booked(transaction, false, file);
    file.value("SUBACCTFUND", "CASH");
    file.close("INVBANKTRAN");
    said
}

/// What every transaction of a broker has.
fn traded(transaction: &LedgerTransaction, file: &mut Elements) -> Vec<&'static str> {
    let mut said = Vec::new();
    file.open("INVTRAN");
    said.extend(identified(transaction, file).then_some("reference"));
    file.date("DTTRADE", transaction.date);
    if let Some(settled) = transaction.settlement_date {
        file.date("DTSETTLE", settled);
        said.push("settlementDate");
    }
    let text = transaction.memo.as_deref().unwrap_or(&transaction.description);
    if file.text_value("MEMO", text, MEMO) && !text.is_empty() {
        said.push("memo");
        said.extend((text == transaction.description).then_some("description"));
    }
    file.close("INVTRAN");
    said
}

/// How a transaction is written.
struct Action {
    element: &'static str,
    /// The element within it that has what trades share.
    inner: Option<&'static str>,
    body: fn(&LedgerTransaction, &mut Elements, &mut Vec<&'static str>),
    after: Vec<(&'static str, &'static str)>,
    says_type: bool,
}

fn action(transaction: &LedgerTransaction, security: &LedgerSecurity) -> Result<Action, &'static str> {
    let amount = transaction.amount;
    let quantity = transaction.quantity.filter(|quantity| !quantity.is_zero());
    let (is_in, is_out) = (!amount.is_negative(), amount.is_negative() || amount.is_zero());
    let comes_in = quantity.is_some_and(|quantity| !quantity.is_negative());
    let goes_out = quantity.is_some_and(Decimal::is_negative);
    let plain = |element, body| Ok(Action { element, inner: None, body, after: Vec::new(), says_type: true });
    match transaction.r#type {
        Type::Buy | Type::Cover if comes_in && is_out => Ok(purchase(security, transaction.r#type)),
        Type::Sell | Type::SellShort if goes_out && is_in => Ok(sale(security, transaction.r#type)),
        Type::Reinvestment if comes_in && reinvested(transaction).is_some() => {
            plain("REINVEST", reinvestment)
        }
        // The income stands in a transaction of its own.
        Type::Reinvestment if comes_in && is_out => {
            Ok(Action { says_type: false, ..purchase(security, Type::Buy) })
        }
        Type::Dividend | Type::Interest | Type::CapitalGainDistribution | Type::Other
            if quantity.is_none() =>
        {
            let says_type = transaction.r#type != Type::CapitalGainDistribution;
            Ok(Action { says_type, ..plain("INCOME", income)? })
        }
        Type::ReturnOfCapital if quantity.is_none() => plain("RETOFCAP", returned),
        Type::Fee if quantity.is_none() && is_out => plain("INVEXPENSE", expense),
        Type::Split if transaction.split_from.is_some() => plain("SPLIT", split),
        Type::SecurityTransfer if quantity.is_some() && amount.is_zero() => plain("TRANSFER", transfer),
        _ if quantity.is_some() && amount.is_zero() => {
            Ok(Action { says_type: false, ..plain("TRANSFER", transfer)? })
        }
        _ if quantity.is_none() => Ok(Action { says_type: false, ..plain("INCOME", income)? }),
        _ => Err("OFX has no element for what it is"),
    }
}

fn purchase(security: &LedgerSecurity, r#type: Type) -> Action {
    let covers = r#type == Type::Cover;
    let of_stock = vec![("BUYTYPE", if covers { "BUYTOCOVER" } else { "BUY" })];
    let (element, after) = match security.kind {
        Some(Kind::MutualFund) => ("BUYMF", of_stock),
        kind if !covers && is_other(kind) => ("BUYOTHER", Vec::new()),
        _ => ("BUYSTOCK", of_stock),
    };
    Action { element, inner: Some("INVBUY"), body: trade, after, says_type: true }
}

fn sale(security: &LedgerSecurity, r#type: Type) -> Action {
    let is_short = r#type == Type::SellShort;
    let of_stock = vec![("SELLTYPE", if is_short { "SELLSHORT" } else { "SELL" })];
    let (element, after) = match security.kind {
        Some(Kind::MutualFund) => ("SELLMF", of_stock),
        kind if !is_short && is_other(kind) => ("SELLOTHER", Vec::new()),
        _ => ("SELLSTOCK", of_stock),
    };
    Action { element, inner: Some("INVSELL"), body: trade, after, says_type: true }
}

/// The quantity and the price.
fn shares(transaction: &LedgerTransaction, file: &mut Elements, said: &mut Vec<&'static str>) {
    if let Some(quantity) = transaction.quantity {
        file.amount("UNITS", quantity);
        said.push("quantity");
    }
    if let Some(price) = transaction.price {
        file.amount("UNITPRICE", price);
        said.push("price");
    }
}

fn trade(transaction: &LedgerTransaction, file: &mut Elements, said: &mut Vec<&'static str>) {
    shares(transaction, file, said);
    if let Some(fees) = transaction.fees.filter(|fees| !fees.is_zero()) {
        file.amount("COMMISSION", fees);
        said.push("fees");
    }
    withheld(transaction, "proceeds", file, said);
    file.amount("TOTAL", transaction.amount);
    accounts(file);
}

fn reinvestment(transaction: &LedgerTransaction, file: &mut Elements, said: &mut Vec<&'static str>) {
    file.value("INCOMETYPE", "DIV");
    file.amount("TOTAL", reinvested(transaction).unwrap_or_default().negated());
    said.push("splits");
    file.value("SUBACCTSEC", "CASH");
    shares(transaction, file, said);
    if let Some(fees) = transaction.fees.filter(|fees| !fees.is_zero()) {
        file.amount("COMMISSION", fees);
        said.push("fees");
    }
}

fn income(transaction: &LedgerTransaction, file: &mut Elements, said: &mut Vec<&'static str>) {
    let kind = match transaction.r#type {
        Type::Dividend => "DIV",
        Type::Interest => "INTEREST",
        // Whether a gain is long or short is not known.
        _ => "MISC",
    };
    file.value("INCOMETYPE", kind);
    file.amount("TOTAL", transaction.amount);
    accounts(file);
    withheld(transaction, "income", file, said);
}

fn returned(transaction: &LedgerTransaction, file: &mut Elements, _: &mut Vec<&'static str>) {
    file.amount("TOTAL", transaction.amount);
    accounts(file);
}

fn expense(transaction: &LedgerTransaction, file: &mut Elements, _: &mut Vec<&'static str>) {
    file.amount("TOTAL", transaction.amount.abs());
    accounts(file);
}

fn split(transaction: &LedgerTransaction, file: &mut Elements, said: &mut Vec<&'static str>) {
    let (from, to) = (transaction.split_from.unwrap_or_default(), transaction.split_to.unwrap_or_default());
    file.value("SUBACCTSEC", "CASH");
    if let Some((old, new)) = units(transaction, from, to) {
        file.amount("OLDUNITS", old);
        file.amount("NEWUNITS", new);
        said.push("quantity");
    }
    file.amount("NUMERATOR", to);
    file.amount("DENOMINATOR", from);
    said.extend(["splitFrom", "splitTo"]);
    if !transaction.amount.is_zero() {
        file.amount("FRACCASH", transaction.amount);
        file.value("SUBACCTFUND", "CASH");
    }
}

/// The shares before and after a split, where the change and the ratio give them exactly.
fn units(transaction: &LedgerTransaction, from: Decimal, to: Decimal) -> Option<(Decimal, Decimal)> {
    let change = transaction.quantity?;
    let grows = to.minus(from).ok().filter(|grows| !grows.is_zero())?;
    let old = change.times(from).and_then(|product| product.divided_by(grows)).ok()?.normalized();
    let new = old.plus(change).ok()?;
    let fits = old.times(to).ok()? == new.times(from).ok()?;
    (fits && old.scale() <= 12).then_some((old, new))
}

fn transfer(transaction: &LedgerTransaction, file: &mut Elements, said: &mut Vec<&'static str>) {
    let quantity = transaction.quantity.unwrap_or_default();
    file.value("SUBACCTSEC", "CASH");
    file.amount("UNITS", quantity.abs());
    file.value("TFERACTION", if quantity.is_negative() { "OUT" } else { "IN" });
    file.value("POSTYPE", "LONG");
    said.push("quantity");
    if let Some(price) = transaction.price {
        file.amount("UNITPRICE", price);
        said.push("price");
    }
}

/// The part of the cash account from which everything comes.
fn accounts(file: &mut Elements) {
    file.value("SUBACCTSEC", "CASH");
    file.value("SUBACCTFUND", "CASH");
}

/// The tax that is withheld from what was earned, where the parts are those two.
fn withheld(
    transaction: &LedgerTransaction,
    earned: &str,
    file: &mut Elements,
    said: &mut Vec<&'static str>,
) {
    let [gross, tax] = transaction.splits.as_slice() else { return };
    let is = |category: Option<&String>, name: &str| category.is_some_and(|category| category == name);
    let are_bare = [gross, tax].iter().all(|part| part.memo.is_none() && part.transfer_account.is_none());
    // A reversal gives back the tax; what arrives has none above zero.
    let is_tax = tax.amount.is_negative() || transaction.amount.is_negative() && !tax.amount.is_zero();
    let fits =
        are_bare && is_tax && is(gross.category.as_ref(), earned) && is(tax.category.as_ref(), "withholding");
    if fits {
        file.amount("WITHHOLDING", tax.amount.negated());
        said.push("splits");
    }
}

/// The income of a reinvestment, if its two parts are those that cancel.
fn reinvested(transaction: &LedgerTransaction) -> Option<Decimal> {
    let [income, spent] = transaction.splits.as_slice() else { return None };
    let is = |category: Option<&String>, name: &str| category.is_some_and(|category| category == name);
    let fits = transaction.amount.is_zero()
        && !income.amount.is_negative()
        && is(income.category.as_ref(), "income")
        && is(spent.category.as_ref(), "reinvestment")
        && [income, spent].iter().all(|part| part.memo.is_none() && part.transfer_account.is_none());
    fits.then_some(income.amount)
}

/// Writes the positions of a statement. `keeps_account` says whether a reader gives the account its id.
pub(super) fn positions(
    places: &[usize],
    input: &FileWriteInput,
    by_id: &Securities<'_>,
    (as_of, keeps_account): (Date, bool),
    file: &mut Elements,
    omissions: &mut Omissions<'_>,
) -> Result<()> {
    if places.is_empty() {
        return Ok(());
    }
    file.open("INVPOSLIST");
    for index in places {
        let Some(stated) = input.positions.get(*index) else { continue };
        let Some(listed) = by_id.get(&stated.security) else { continue };
        let mut said = position(stated, listed, as_of, file);
        said.extend(keeps_account.then_some("account"));
        omissions.written(List::Positions, *index, &said)?;
    }
    file.close("INVPOSLIST");
    Ok(())
}

fn position(
    stated: &StatedPosition,
    listed: &Listed<'_>,
    as_of: Date,
    file: &mut Elements,
) -> Vec<&'static str> {
    let mut said = vec!["quantity"];
    said.extend(listed.is_kept.then_some("security"));
    let element = match listed.security.kind {
        Some(Kind::MutualFund) => "POSMF",
        kind if is_other(kind) => "POSOTHER",
        _ => "POSSTOCK",
    };
    file.open(element);
    file.open("INVPOS");
    listed.identity(file);
    file.value("HELDINACCT", "CASH");
    file.value("POSTYPE", if stated.quantity.is_negative() { "SHORT" } else { "LONG" });
    file.amount("UNITS", stated.quantity);
    if let Some(price) = stated.price {
        file.amount("UNITPRICE", price);
        said.push("price");
    }
    if let Some(value) = stated.value {
        file.amount("MKTVAL", value);
        said.push("value");
    }
    // A statement has one day for all that it states.
    file.date("DTPRICEASOF", stated.date.unwrap_or(as_of));
    said.extend((stated.date == Some(as_of)).then_some("date"));
    file.close("INVPOS");
    file.close(element);
    said
}
