//! The postings of a transaction.

use wherewithal_base::{Result, money::Currency, num::Decimal};
use wherewithal_ledger::{LedgerTransaction, LedgerTransactionType as Type};

use super::{
    journal::Journal,
    names::{Names, parts},
};

/// Writes the postings; gives the accounts beside those of the ledger.
pub(super) fn write(
    transaction: &LedgerTransaction,
    currency: Currency,
    names: &Names<'_>,
    journal: &mut Journal,
) -> Result<Vec<String>> {
    let account = names.account(&transaction.account);
    let code = currency.code();
    let amount = transaction.amount;
    let shares = transaction.security.as_deref().zip(transaction.quantity);
    let shares = shares.filter(|(_, quantity)| !quantity.is_zero());
    let mut counters = Vec::new();
    let mut against = |counter: String, amount: Decimal, commodity: &str, journal: &mut Journal| {
        journal.posting(&counter, amount, commodity, None);
        counters.push(counter);
    };
    // A zero that is written with decimal places comes back with them.
    if !amount.is_zero() || amount.scale() > 0 || shares.is_none() {
        journal.posting(account, amount, code, None);
    }
    let mut rest = amount;
    if let Some((security, quantity)) = shares {
        let commodity = names.commodity(security);
        let fees = transaction.fees.unwrap_or_default();
        let worth = worth(transaction, quantity, fees)?;
        match worth {
            Some(worth) => {
                journal.posting(account, quantity, commodity, Some((worth.abs(), code)));
                rest = rest.plus(worth)?;
            }
            None => {
                journal.posting(account, quantity, commodity, None);
                against("Equity:Securities".to_owned(), quantity.negated(), commodity, journal);
            }
        }
        if worth.is_some() && !fees.is_zero() {
            against("Expenses:Fees".to_owned(), fees, code, journal);
            rest = rest.plus(fees)?;
        }
    } else if transaction.splits.is_empty() {
        let counter = counter(transaction.category.as_deref(), transaction.r#type, amount);
        against(counter, amount.negated(), code, journal);
        return Ok(counters);
    }
    if shares.is_some() && !rest.is_zero() {
        against(counter(None, transaction.r#type, rest), rest.negated(), code, journal);
    }
    for split in transaction.splits.iter().filter(|_| shares.is_none()) {
        let r#type = if split.transfer_account.is_some() { Type::Transfer } else { transaction.r#type };
        let counter = counter(split.category.as_deref(), r#type, split.amount);
        against(counter, split.amount.negated(), code, journal);
    }
    Ok(counters)
}

/// What the shares are worth, with the sign of their number: what the cash, without the fees, paid or brought. `None` where
/// money does not go the other way.
fn worth(transaction: &LedgerTransaction, quantity: Decimal, fees: Decimal) -> Result<Option<Decimal>> {
    let paid = transaction.amount.plus(fees)?.negated();
    let paid = match transaction.splits.as_slice() {
        // Income that buys shares at once.
        [income, _] if transaction.r#type == Type::Reinvestment && transaction.amount.is_zero() => {
            income.amount
        }
        _ => paid,
    };
    let fits = !paid.is_zero() && paid.is_negative() == quantity.is_negative();
    Ok(fits.then_some(paid))
}

/// The account of what a transaction is for.
fn counter(category: Option<&str>, r#type: Type, amount: Decimal) -> String {
    let is_in = !amount.is_negative();
    match r#type {
        Type::Transfer => return "Equity:Transfers".to_owned(),
        Type::Contribution | Type::Distribution => return "Equity:Contributions".to_owned(),
        _ => {}
    }
    if let Some(category) = category {
        for root in ["Income", "Expenses", "Equity"] {
            if let Some(rest) = category.strip_prefix(root).and_then(|rest| rest.strip_prefix(':')) {
                return format!("{root}:{}", parts(rest));
            }
        }
    }
    let (root, name) = match r#type {
        Type::Fee => ("Expenses", "Fees"),
        Type::Tax | Type::Withholding => ("Expenses", "Taxes"),
        Type::Interest if is_in => ("Income", "Interest"),
        Type::Interest => ("Expenses", "Interest"),
        Type::Dividend | Type::Reinvestment => ("Income", "Dividends"),
        Type::CapitalGainDistribution => ("Income", "Capital-Gains"),
        Type::Reward => ("Income", "Rewards"),
        Type::ReturnOfCapital => ("Equity", "Return-Of-Capital"),
        Type::Buy | Type::Sell | Type::SellShort | Type::Cover => ("Equity", "Trades"),
        Type::Purchase | Type::Refund | Type::Payment => ("Expenses", "Unclassified"),
        _ if is_in => ("Income", "Unclassified"),
        _ => ("Expenses", "Unclassified"),
    };
    match category {
        Some(category) => format!("{root}:{}", parts(category)),
        None => format!("{root}:{name}"),
    }
}
