//! From transactions to their parts.

use wherewithal_base::{
    Result,
    money::Currency,
    num::{Decimal, Rounding},
};
use wherewithal_ledger::{LedgerTransaction, LedgerTransactionType as Type};

use crate::{
    FlowClass, FlowReason,
    accounts::{Accounts, Use},
    source::{self, Said},
};

/// The decimal places of an amount whose currency has no minor unit.
const PLACES: u32 = 2;

/// A part of a transaction while it is classified.
#[derive(Debug, Clone)]
pub(crate) struct Part<'a> {
    /// The place of the transaction in the input.
    pub(crate) place: usize,
    pub(crate) number: u32,
    pub(crate) account: usize,
    pub(crate) amount: Decimal,
    pub(crate) currency: Currency,
    /// Whether the whole transaction is this part.
    pub(crate) is_whole: bool,
    /// Whether it was taken out of another part, as a fee.
    pub(crate) taken_out: bool,
    pub(crate) said: Said,
    /// The category that the source gives.
    pub(crate) category: Option<&'a str>,
    /// The memo of the split.
    pub(crate) memo: Option<&'a str>,
    /// The other account of a transfer, as the source names it.
    pub(crate) transfer_account: Option<&'a str>,
    pub(crate) decided: Option<(FlowClass, FlowReason)>,
    /// The part at the other end of a pair.
    pub(crate) counterpart: Option<usize>,
}

/// The parts of a transaction, which add up to its amount.
pub(crate) fn of<'a>(
    transaction: &'a LedgerTransaction,
    place: usize,
    accounts: &Accounts<'_>,
    otherwise: Currency,
    parts: &mut Vec<Part<'a>>,
) -> Result<()> {
    let account = accounts.with_id(&transaction.account)?;
    let currency = transaction.currency.or(accounts.get(account).currency).unwrap_or(otherwise);
    let r#use = accounts.r#use(account);
    let first = parts.len();
    let said = |said: Said, category: Option<&str>, other: Option<&str>| match said {
        Said::Movement
        | Said::Credit
        | Said::Beside
        | Said::Class(FlowClass::Expense | FlowClass::Refund)
            if source::is_opening(transaction, category)
                && other.and_then(|name| accounts.named(name)).is_none_or(|other| other == account) =>
        {
            Said::Class(FlowClass::ExternalFlow)
        }
        said => said,
    };
    let whole = Part {
        place,
        number: 0,
        account,
        amount: transaction.amount,
        currency,
        is_whole: true,
        taken_out: false,
        said: said(
            source::of_whole(transaction, transaction.amount, r#use),
            transaction.category.as_deref(),
            transaction.transfer_account.as_deref(),
        ),
        category: transaction.category.as_deref(),
        memo: None,
        transfer_account: transaction.transfer_account.as_deref(),
        decided: None,
        counterpart: None,
    };
    match reinvested(transaction, currency)? {
        Some(income) => {
            let said = [Said::Class(FlowClass::Dividend), Said::Class(FlowClass::Trade)];
            for ((number, amount), said) in (0..).zip([income, income.negated()]).zip(said) {
                parts.push(Part { number, amount, said, is_whole: false, ..whole.clone() });
            }
        }
        None if transaction.splits.is_empty() => parts.push(whole.clone()),
        None => {
            let beside = source::names_account(transaction);
            parts.extend((0..).zip(&transaction.splits).map(|(number, split)| {
                let category = split.category.as_deref().or(whole.category);
                let transfer_account = split.transfer_account.as_deref();
                Part {
                    number,
                    amount: split.amount,
                    is_whole: transaction.splits.len() == 1,
                    said: said(
                        source::of_split(transaction, split, r#use, beside),
                        category,
                        transfer_account,
                    ),
                    category,
                    memo: split.memo.as_deref(),
                    transfer_account,
                    ..whole.clone()
                }
            }));
        }
    }
    take_out_fees(transaction, first, parts)
}

/// The income of a reinvestment that states shares and their price in place of an amount, rounded half to even to the minor
/// unit of the currency.
fn reinvested(transaction: &LedgerTransaction, currency: Currency) -> Result<Option<Decimal>> {
    let LedgerTransaction { r#type, amount, splits, quantity, price, .. } = transaction;
    match (r#type, quantity, price) {
        (Type::Reinvestment, Some(quantity), Some(price)) if amount.is_zero() && splits.is_empty() => {
            let places = currency.decimal_places().unwrap_or(PLACES);
            let value = quantity.times(*price)?.round(places, Rounding::HalfEven);
            Ok((!value.is_zero()).then_some(value))
        }
        _ => Ok(None),
    }
}

/// Takes fees out of the part that contains them: the first trade, else the first part.
fn take_out_fees(transaction: &LedgerTransaction, first: usize, parts: &mut Vec<Part<'_>>) -> Result<()> {
    let Some(fees) = transaction.fees.filter(|fees| !fees.is_zero() && transaction.r#type != Type::Fee)
    else {
        return Ok(());
    };
    let count = parts.len() - first;
    let trade = parts.iter().skip(first).position(|part| part.said == Said::Class(FlowClass::Trade));
    #[expect(clippy::indexing_slicing, reason = "a transaction has a part")]
    let part = &mut parts[first + trade.unwrap_or(0)];
    part.amount = part.amount.plus(fees)?;
    let fee = Part {
        number: u32::try_from(count).unwrap_or(u32::MAX),
        amount: fees.negated(),
        is_whole: false,
        taken_out: true,
        said: Said::Class(FlowClass::Fee),
        category: None,
        memo: None,
        transfer_account: None,
        ..part.clone()
    };
    parts.push(fee);
    Ok(())
}

impl Part<'_> {
    /// What the part is, once all of them are decided.
    pub(crate) fn class(&self) -> FlowClass {
        self.decision().0
    }

    /// What the part is, and why, once all of them are decided.
    #[expect(
        clippy::expect_used,
        reason = "what is asked for comes after the sign, which decides what is left"
    )]
    pub(crate) fn decision(&self) -> &(FlowClass, FlowReason) {
        self.decided.as_ref().expect("every part is decided")
    }

    /// What the account of the part is for.
    pub(crate) fn r#use(&self, accounts: &Accounts<'_>) -> Use {
        accounts.r#use(self.account)
    }
}
