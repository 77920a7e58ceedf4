//! What a transaction is, by the account on the other side.

use wherewithal_base::num::Decimal;
use wherewithal_ledger::LedgerTransactionType as Type;

use super::entry::Class;

/// What money is for that goes to an account or comes from it.
pub(super) fn of(other: Class, name: &str, amount: Decimal, own: Class) -> Type {
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let is_out = amount.is_negative();
    match other {
        Class::Asset | Class::Liability => Type::Transfer,
        Class::Equity if name.ends_with("transfers") => Type::Transfer,
        Class::Equity => Type::Other,
        _ if has(&["interest"]) => Type::Interest,
        Class::Expense if has(&["withh"]) => Type::Withholding,
        Class::Expense if has(&["tax"]) => Type::Tax,
        Class::Expense if has(&["fee", "commission", "bank charge"]) => Type::Fee,
        Class::Income if has(&["dividend"]) => Type::Dividend,
        Class::Expense if is_out && own == Class::Liability => Type::Purchase,
        Class::Expense if !is_out => Type::Refund,
        Class::Expense => Type::Withdrawal,
        Class::Income if is_out => Type::Withdrawal,
        Class::Income => Type::Deposit,
    }
}

/// What a transaction of several parts is: what all of them are, else what its sign says.
pub(super) fn of_all(kinds: &[Type], amount: Decimal, own: Class) -> Type {
    match kinds {
        [first, rest @ ..] if rest.iter().all(|kind| kind == first) => *first,
        _ if !amount.is_negative() => Type::Deposit,
        _ if own == Class::Liability => Type::Purchase,
        _ => Type::Withdrawal,
    }
}
