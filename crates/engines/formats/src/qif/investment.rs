//! Transactions of investment accounts.
//!
//! The amounts have no sign; the action says which way money and shares go. An action that ends in X also moves money to or
//! from another account: a purchase that another account pays leaves the cash as it was.

use wherewithal_base::{Error, ErrorCode, Result, num::Decimal};
use wherewithal_household::AccountKind;
use wherewithal_ledger::{LedgerAccount, LedgerSplit, LedgerTransactionType as Type};

use super::{Reader, destination, records::Record};
use crate::collect::{Collected, Fault, blank_transaction};

/// Which way something goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Out,
    /// It does not move.
    Not,
}

/// What an action is, and where its money and its shares go.
struct Action {
    r#type: Type,
    money: Way,
    shares: Way,
    /// Whether the other account is the point of it, as of a transfer.
    is_transfer: bool,
}

/// An action without the X of its end.
fn action(name: &str) -> Option<Action> {
    let of = |r#type, money, shares| Some(Action { r#type, money, shares, is_transfer: false });
    let transfer = |r#type, money| Some(Action { r#type, money, shares: Way::Not, is_transfer: true });
    match name {
        "buy" | "buybonds" => of(Type::Buy, Way::Out, Way::In),
        "sell" | "sellbonds" => of(Type::Sell, Way::In, Way::Out),
        "shtsell" => of(Type::SellShort, Way::In, Way::Out),
        "cvrshrt" => of(Type::Cover, Way::Out, Way::In),
        "div" => of(Type::Dividend, Way::In, Way::Not),
        "intinc" => of(Type::Interest, Way::In, Way::Not),
        "margint" => of(Type::Interest, Way::Out, Way::Not),
        "cgshort" | "cgmid" | "cglong" => of(Type::CapitalGainDistribution, Way::In, Way::Not),
        "rtrncap" => of(Type::ReturnOfCapital, Way::In, Way::Not),
        "miscinc" => of(Type::Other, Way::In, Way::Not),
        "miscexp" => of(Type::Other, Way::Out, Way::Not),
        "reinvdiv" | "reinvint" | "reinvsh" | "reinvmd" | "reinvlg" => {
            of(Type::Reinvestment, Way::Not, Way::In)
        }
        "shrsin" | "vest" => of(Type::SecurityTransfer, Way::Not, Way::In),
        "shrsout" => of(Type::SecurityTransfer, Way::Not, Way::Out),
        "stksplit" => of(Type::Split, Way::Not, Way::Not),
        "exercise" => of(Type::OptionExercise, Way::Out, Way::In),
        "expire" => of(Type::OptionExpiry, Way::Not, Way::Out),
        "xin" => transfer(Type::Transfer, Way::In),
        "xout" => transfer(Type::Transfer, Way::Out),
        "contrib" => transfer(Type::Contribution, Way::In),
        "withdrw" => transfer(Type::Transfer, Way::Out),
        _ => None,
    }
}

/// The actions that end in X and move money to or from another account.
const MOVING: &[&str] = &[
    "buyx",
    "sellx",
    "shtsellx",
    "cvrshrtx",
    "divx",
    "intincx",
    "margintx",
    "cgshortx",
    "cgmidx",
    "cglongx",
    "rtrncapx",
    "miscincx",
    "miscexpx",
    "exercisex",
    "exercisx",
    "contribx",
    "withdrwx",
];

/// Reads a transaction.
pub(super) fn read(reader: &Reader<'_>, record: &Record<'_>, collected: &mut Collected) -> Result<(), Fault> {
    let written = record.value('N');
    let name: String = written.split_whitespace().collect::<String>().to_ascii_lowercase();
    if matches!(name.as_str(), "reminder" | "grant") {
        collected.skip(record.place, "no money and no shares move", written);
        return Ok(());
    }
    let date = reader.date(record)?;
    let account = LedgerAccount::clone(&reader.account_of(|mut account| {
        account.kind = account.kind.or(Some(AccountKind::Brokerage));
        account
    }));
    let total = reader.number(record, 'U')?.or(reader.number(record, 'T')?);
    if name.is_empty() || name == "cash" {
        let amount = total.ok_or_else(|| missing("the record has no amount", 'T'))?;
        let account = collected.account(account);
        let mut transaction = blank_transaction(account, date, amount, record.place);
        transaction.r#type = if amount.is_negative() { Type::Withdrawal } else { Type::Deposit };
        texts(&mut transaction, record, collected);
        return collected.valid_transaction(transaction);
    }
    let moves = MOVING.contains(&name.as_str());
    let base = if moves { name.trim_end_matches('x') } else { &name };
    let base = if base == "exercis" { "exercise" } else { base };
    let Some(action) = action(base) else {
        let error = Error::new(
            ErrorCode::NameUnknown,
            format!("no action is called {:?}", written.chars().take(40).collect::<String>()),
        );
        return Err(Fault::at(error, "N", written));
    };
    let total = total.map(Decimal::abs);
    let quantity = reader.number(record, 'Q')?.map(Decimal::abs);
    let (amount, splits) = money(reader, record, &action, moves, total, collected)?;
    let security = record.find('Y').and_then(|name| reader.lists.named(name, collected));
    let account = collected.account(account);
    let mut transaction = blank_transaction(account, date, amount, record.place);
    transaction.r#type = action.r#type;
    transaction.security = security.as_ref().map(|security| security.id.clone());
    transaction.splits = splits;
    transaction.price = reader.number(record, 'I')?.map(Decimal::abs);
    transaction.fees = reader.number(record, 'O')?.map(Decimal::abs).filter(|fees| !fees.is_zero());
    match action.r#type {
        // Quicken writes ten times the new shares for each old one.
        Type::Split => {
            let ratio = quantity.ok_or_else(|| missing("the split has no ratio", 'Q'))?;
            if ratio.is_zero() {
                let error = Error::new(ErrorCode::QuantityOutOfRange, "a split has a ratio above zero");
                return Err(Fault::at(error, "Q", record.value('Q')));
            }
            transaction.split_to = Some(ratio);
            transaction.split_from = Some(Decimal::from(10_u32));
        }
        _ => {
            transaction.quantity = match action.shares {
                Way::In => quantity,
                Way::Out => quantity.map(Decimal::negated),
                Way::Not => None,
            };
        }
    }
    texts(&mut transaction, record, collected);
    if action.is_transfer || moves {
        (_, transaction.transfer_account) = destination(record.value('L'), collected);
    }
    collected.valid_transaction(transaction)?;
    if let Some(security) = security {
        collected.security(security);
    }
    Ok(())
}

/// What the cash changes by, and its parts where two movements cancel.
fn money(
    reader: &Reader<'_>,
    record: &Record<'_>,
    action: &Action,
    moves: bool,
    total: Option<Decimal>,
    collected: &mut Collected,
) -> Result<(Decimal, Vec<LedgerSplit>), Fault> {
    if action.r#type == Type::Reinvestment {
        let total = total.ok_or_else(|| missing("the record has no amount", 'T'))?;
        return Ok((Decimal::ZERO, cancelling(total, "income", "reinvestment")));
    }
    let own = match action.money {
        Way::Not => return Ok((Decimal::ZERO, Vec::new())),
        Way::In => total.ok_or_else(|| missing("the record has no amount", 'T'))?,
        Way::Out => total.ok_or_else(|| missing("the record has no amount", 'T'))?.negated(),
    };
    let (category, other) = destination(record.value('L'), collected);
    if action.is_transfer || !moves || other.is_none() {
        return Ok((own, Vec::new()));
    }
    // What the other account pays or receives, which is the total unless it is given.
    let transferred = reader.number(record, '$')?.map_or(own.abs(), Decimal::abs);
    let transferred = if own.is_negative() { transferred } else { transferred.negated() };
    let amount = own.plus(transferred).map_err(Fault::of)?;
    let part =
        |amount, category, transfer_account| LedgerSplit { amount, category, memo: None, transfer_account };
    Ok((amount, vec![part(own, category, None), part(transferred, None, other)]))
}

/// Two parts that cancel: income, and what it bought.
fn cancelling(total: Decimal, income: &str, spent: &str) -> Vec<LedgerSplit> {
    let part = |amount, category: &str| LedgerSplit {
        amount,
        category: Some(category.to_owned()),
        memo: None,
        transfer_account: None,
    };
    vec![part(total, income), part(total.negated(), spent)]
}

/// The texts of a transaction.
fn texts(
    transaction: &mut wherewithal_ledger::LedgerTransaction,
    record: &Record<'_>,
    collected: &mut Collected,
) {
    transaction.payee = record.text('P');
    transaction.memo = record.text('M');
    let described = transaction.payee.clone().or_else(|| transaction.memo.clone());
    transaction.description = described.or_else(|| record.text('N')).unwrap_or_default();
    let (category, transfer_account) = destination(record.value('L'), collected);
    transaction.category = category;
    if transfer_account.is_some() && transaction.splits.is_empty() {
        transaction.transfer_account = transfer_account;
    }
}

fn missing(message: &str, code: char) -> Fault {
    Fault::at(Error::new(ErrorCode::FieldMissing, message), &code.to_string(), "")
}
