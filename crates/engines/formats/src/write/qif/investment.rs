//! Transactions of investment accounts.

use wherewithal_base::num::Decimal;
use wherewithal_ledger::{LedgerTransaction, LedgerTransactionType as Type};

use super::{
    File, Said,
    bank::{described, destination},
};

/// Writes a transaction.
pub(super) fn write(transaction: &LedgerTransaction, file: &mut File<'_>) -> Said {
    let action = action(transaction)?;
    let ratio = if transaction.r#type == Type::Split { Some(tenfold(transaction)?) } else { None };
    let mut said = vec!["date", "amount"];
    said.extend(action.says_type.then_some("type"));
    file.date(transaction.date);
    file.line('N', action.name);
    if let Some(listed) = transaction.security.as_deref().and_then(|id| file.securities.get(id)).cloned() {
        file.line('Y', &listed.name);
        said.extend(listed.is_kept.then_some("security"));
    }
    // A line of cash has a date and an amount alone.
    let trades = action.name != "Cash";
    if let Some(price) = transaction.price.filter(|_| trades) {
        file.number('I', price);
        said.push("price");
    }
    match (ratio, transaction.quantity) {
        (Some(ratio), _) => {
            file.number('Q', ratio);
            said.extend(["splitFrom", "splitTo"]);
        }
        (None, Some(quantity)) if action.has_shares => {
            file.number('Q', quantity.abs());
            said.push("quantity");
        }
        _ => {}
    }
    if let Some(fees) = transaction.fees.filter(|fees| trades && !fees.is_zero()) {
        file.number('O', fees);
        said.push("fees");
    }
    if let Some(total) = action.total {
        file.number('T', total);
    }
    described(transaction, &mut said, file);
    let account = transaction.transfer_account.as_deref().filter(|_| action.is_transfer);
    let (line, field) = destination(transaction.category.as_deref(), account, file);
    if let Some(line) = line {
        file.line('L', &line);
        said.extend(field);
    }
    said.extend(action.cancels.then_some("splits"));
    file.end();
    Ok(said)
}

/// An action and what it says.
struct Action {
    name: &'static str,
    /// The amount as it is written; `None` if no money moves.
    total: Option<Decimal>,
    has_shares: bool,
    /// Whether it says what the transaction is.
    says_type: bool,
    is_transfer: bool,
    /// Whether income and what it bought cancel.
    cancels: bool,
}

/// The action of a transaction.
fn action(transaction: &LedgerTransaction) -> Result<Action, &'static str> {
    let amount = transaction.amount;
    let quantity = transaction.quantity.filter(|quantity| !quantity.is_zero());
    let of = |name, total, has_shares, says_type| {
        Ok(Action { name, total, has_shares, says_type, is_transfer: false, cancels: false })
    };
    let moved = |name, says_type| {
        Ok(Action {
            name,
            total: Some(amount.abs()),
            has_shares: false,
            says_type,
            is_transfer: true,
            cancels: false,
        })
    };
    let (is_in, is_out) = (!amount.is_negative(), amount.is_negative() || amount.is_zero());
    match (transaction.r#type, quantity) {
        (Type::Buy, Some(shares)) if is_out && !shares.is_negative() => {
            of("Buy", Some(amount.abs()), true, true)
        }
        (Type::Cover, Some(shares)) if is_out && !shares.is_negative() => {
            of("CvrShrt", Some(amount.abs()), true, true)
        }
        (Type::Sell, Some(shares)) if is_in && shares.is_negative() => of("Sell", Some(amount), true, true),
        (Type::SellShort, Some(shares)) if is_in && shares.is_negative() => {
            of("ShtSell", Some(amount), true, true)
        }
        (Type::Reinvestment, Some(shares)) if !shares.is_negative() => match reinvested(transaction) {
            Some(total) => {
                let cancels = true;
                let action = Action {
                    name: "ReinvDiv",
                    total: Some(total),
                    has_shares: true,
                    says_type: true,
                    is_transfer: false,
                    cancels,
                };
                Ok(action)
            }
            // The income stands in a transaction of its own.
            None if is_out => of("Buy", Some(amount.abs()), true, false),
            None => Err("QIF has no action for what it is"),
        },
        (Type::Split, _) if amount.is_zero() => of("StkSplit", None, false, true),
        (Type::OptionExpiry, Some(shares)) if amount.is_zero() && shares.is_negative() => {
            of("Expire", None, true, true)
        }
        (Type::OptionExercise, Some(shares)) if is_out && !shares.is_negative() => {
            of("Exercise", Some(amount.abs()), true, true)
        }
        (Type::Dividend, _) if is_in => of("Div", Some(amount), false, true),
        (Type::Interest, _) if is_in => of("IntInc", Some(amount), false, true),
        (Type::Interest, _) => of("MargInt", Some(amount.abs()), false, true),
        (Type::ReturnOfCapital, _) if is_in => of("RtrnCap", Some(amount), false, true),
        (r#type, Some(shares)) if amount.is_zero() => {
            let name = if shares.is_negative() { "ShrsOut" } else { "ShrsIn" };
            of(name, None, true, r#type == Type::SecurityTransfer)
        }
        (_, Some(_)) => Err("QIF has no action for what it is"),
        (Type::Transfer, None) => moved(if is_in { "XIn" } else { "XOut" }, true),
        (Type::Contribution, None) if is_in => moved("Contrib", true),
        (Type::Deposit | Type::Withdrawal, None) if transaction.security.is_none() => {
            let says_type = amount.is_negative() == (transaction.r#type == Type::Withdrawal);
            of("Cash", Some(amount), false, says_type)
        }
        (r#type, None) if is_in => of("MiscInc", Some(amount), false, r#type == Type::Other),
        (r#type, None) => of("MiscExp", Some(amount.abs()), false, r#type == Type::Other),
    }
}

/// The income of a reinvestment, if its two parts are what a reader makes of one.
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

/// The new shares for ten old ones, as Quicken writes a split.
fn tenfold(transaction: &LedgerTransaction) -> Result<Decimal, &'static str> {
    let (from, to) =
        transaction.split_from.zip(transaction.split_to).ok_or("QIF has no split without a ratio")?;
    let ten = Decimal::from(10_u32);
    let exact = to.times(ten).and_then(|tenfold| tenfold.divided_by(from));
    let exact = exact.ok().filter(|shares| {
        let back = shares.times(from).and_then(|back| back.divided_by(ten));
        shares.scale() <= 12 && back.is_ok_and(|back| back == to)
    });
    exact.ok_or("QIF has the new shares for ten old ones, which are no finite number")
}
