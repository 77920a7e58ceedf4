//! The table of activities that Ghostfolio imports: purchases, sales, dividends, interest and fees, each a quantity times a
//! price. Seen in ghostfolio/ghostfolio (test/import/ok/sample.csv).

use std::collections::BTreeMap;

use wherewithal_base::{Result, control::Work, money::Currency, num::Decimal};
use wherewithal_ledger::{LedgerTransaction, LedgerTransactionType as Type};

use super::{
    FileWriteInput,
    cells::{guarded, row},
    names::Names,
    omitted::{List, Omissions},
};
use crate::printed::number::is_blank;

const HEADER: [&str; 10] =
    ["Date", "Code", "DataSource", "Currency", "Price", "Quantity", "Action", "Fee", "Note", "Account"];

/// Writes the file.
pub(super) fn write(
    input: &FileWriteInput,
    omissions: &mut Omissions<'_>,
    work: &mut Work<'_, '_>,
) -> Result<String> {
    let mut text = String::new();
    row(HEADER, &mut text);
    for (index, account) in input.accounts.iter().enumerate() {
        let said = (account.name.as_ref() == Some(&account.id)).then_some("name");
        omissions.written(List::Accounts, index, said.as_slice())?;
    }
    for index in 0..input.securities.len() {
        let security = input.securities.get(index);
        let is_symbol = security.is_some_and(|security| security.symbol.as_ref() == Some(&security.id));
        omissions.written(List::Securities, index, is_symbol.then_some("symbol").as_slice())?;
    }
    let currencies = super::currencies(input);
    let mut names = Names::of(&input.accounts, survives);
    // A symbol in a second currency is read as a security of its own.
    let mut currencies_of: BTreeMap<&str, Currency> = BTreeMap::new();
    for (index, transaction) in input.transactions.iter().enumerate() {
        work.done(32)?;
        let currency = transaction.currency.or_else(|| currencies.get(transaction.account.as_str()).copied());
        let Some(currency) = currency else {
            omissions.left_out(List::Transactions, index, "its currency is not known");
            continue;
        };
        match activity(transaction) {
            Ok((activity, mut said)) => {
                let account = names.name(&transaction.account).unwrap_or_default().to_owned();
                activity.write(transaction, currency.code(), &account, &mut text);
                let first = transaction
                    .security
                    .as_deref()
                    .map(|code| *currencies_of.entry(code).or_insert(currency));
                said.retain(|field| *field != "security" || first.is_none_or(|first| first == currency));
                said.extend(names.is_read_as(&account, &transaction.account).then_some("account"));
                omissions.written(List::Transactions, index, &said)?;
            }
            Err(reason) => omissions.left_out(List::Transactions, index, reason),
        }
    }
    let reason = "Ghostfolio imports no balances and no positions";
    (0..input.balances.len()).for_each(|index| omissions.left_out(List::Balances, index, reason));
    (0..input.positions.len()).for_each(|index| omissions.left_out(List::Positions, index, reason));
    Ok(text)
}

/// A row of the table.
struct Activity {
    action: &'static str,
    price: Decimal,
    quantity: Decimal,
    fee: Decimal,
}

impl Activity {
    fn write(&self, transaction: &LedgerTransaction, currency: &str, account: &str, text: &mut String) {
        let code = transaction.security.as_deref().unwrap_or(&transaction.description);
        // A security of a data source has its symbol there; anything else is entered by hand.
        let source = if transaction.security.is_some() { "YAHOO" } else { "MANUAL" };
        let (date, code) = (transaction.date.to_string(), guarded(code));
        let (price, quantity) = (self.price.to_string(), self.quantity.to_string());
        let fee = self.fee.to_string();
        let note = transaction.memo.as_deref().map(guarded).unwrap_or_default();
        let account = guarded(account);
        let cells = [
            date.as_str(),
            code.as_str(),
            source,
            currency,
            price.as_str(),
            quantity.as_str(),
            self.action,
            fee.as_str(),
            note.as_str(),
            account.as_str(),
        ];
        row(cells, text);
    }
}

/// Whether a text is read from a cell as it is.
fn survives(text: &str) -> bool {
    text.trim() == text && !is_blank(text) && !text.starts_with('\'')
}

/// The activity of a transaction, and the fields that it says.
fn activity(transaction: &LedgerTransaction) -> Result<(Activity, Vec<&'static str>), &'static str> {
    let (amount, fee) = (transaction.amount, transaction.fees.unwrap_or_default());
    let mut said = vec!["date", "currency", "type", "security"];
    said.extend(transaction.memo.as_deref().is_some_and(survives).then_some("memo"));
    let is_named = transaction.security.is_none() && survives(&transaction.description);
    said.extend(is_named.then_some("description"));
    let trade = |action, said: &mut Vec<&'static str>| {
        let quantity = transaction.quantity.filter(|quantity| !quantity.is_zero());
        let (Some(quantity), Some(price)) = (quantity, transaction.price) else {
            return Err("Ghostfolio needs the quantity and the price of a trade");
        };
        if quantity.is_negative() != (action == "sell") {
            return Err("the sign of its quantity is not that of its kind");
        }
        said.extend(["quantity", "price", "fees"]);
        let moved = quantity.times(price).and_then(|value| value.plus(fee)).map(Decimal::negated);
        // Ghostfolio multiplies, where the broker has rounded.
        said.extend(moved.is_ok_and(|moved| moved == amount).then_some("amount"));
        Ok(Activity { action, price, quantity: quantity.abs(), fee })
    };
    let single = |action, said: &mut Vec<&'static str>| {
        said.push("amount");
        Activity { action, price: amount.abs(), quantity: Decimal::ONE, fee: Decimal::ZERO }
    };
    let (is_in, is_out) = (!amount.is_negative(), amount.is_negative() || amount.is_zero());
    let holds = transaction.security.is_some();
    if transaction.security.as_deref().is_some_and(|code| !survives(code)) {
        return Err("a cell does not keep the id of its security");
    }
    let activity = match transaction.r#type {
        Type::Buy if holds && is_out => trade("buy", &mut said)?,
        Type::Sell if holds && is_in => trade("sell", &mut said)?,
        Type::Dividend if holds && is_in => single("dividend", &mut said),
        Type::Interest if is_in && (holds || is_named) => single("interest", &mut said),
        Type::Fee if amount.is_zero() => return Err("Ghostfolio has no fee of nothing"),
        Type::Fee if is_out && is_named => {
            said.push("amount");
            Activity { action: "fee", price: Decimal::ZERO, quantity: Decimal::ZERO, fee: amount.abs() }
        }
        _ => return Err("Ghostfolio has no activity for what it is"),
    };
    Ok((activity, said))
}
