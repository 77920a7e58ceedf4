//! What the source of a record says that it is.

use wherewithal_base::num::Decimal;
use wherewithal_ledger::{LedgerSplit, LedgerTransaction, LedgerTransactionType as Type};

use crate::{FlowClass, accounts::Use, texts::folded};

/// What a source says of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// What it is.
    Class(FlowClass),
    /// Money that moves, perhaps between own accounts.
    Movement,
    /// Money that a card receives, which is said to be a refund and may be a payment.
    Credit,
    /// Shares that move without a trade.
    Shares,
}

/// What the source says of a transaction without splits, or of a part of one that is like the whole.
pub(crate) fn of_whole(r#type: Type, amount: Decimal, r#use: Use) -> Said {
    let spent_or_returned = if amount > Decimal::ZERO { FlowClass::Refund } else { FlowClass::Expense };
    Said::Class(match r#type {
        Type::Purchase => spent_or_returned,
        Type::Refund if amount > Decimal::ZERO && matches!(r#use, Use::Card | Use::Loan) => {
            return Said::Credit;
        }
        Type::Refund => spent_or_returned,
        Type::Fee => FlowClass::Fee,
        Type::Interest if amount.is_negative() || matches!(r#use, Use::Card | Use::Loan) => {
            FlowClass::InterestPaid
        }
        Type::Interest => FlowClass::Interest,
        Type::Dividend | Type::CapitalGainDistribution => FlowClass::Dividend,
        Type::Reinvestment if amount > Decimal::ZERO => FlowClass::Dividend,
        Type::Reinvestment
        | Type::Buy
        | Type::Sell
        | Type::SellShort
        | Type::Cover
        | Type::OptionExercise
        | Type::OptionAssignment
        | Type::OptionExpiry => FlowClass::Trade,
        Type::Split | Type::ReturnOfCapital | Type::SymbolChange | Type::Merger | Type::SpinOff => {
            FlowClass::CorporateAction
        }
        Type::Tax => FlowClass::Tax,
        Type::Withholding => FlowClass::Withholding,
        Type::Reward => FlowClass::Income,
        Type::SecurityTransfer => return Said::Shares,
        Type::Deposit
        | Type::Withdrawal
        | Type::Payment
        | Type::Transfer
        | Type::Contribution
        | Type::Distribution
        | Type::Other => return Said::Movement,
    })
}

/// What the source says of a split.
pub(crate) fn of_split(transaction: &LedgerTransaction, split: &LedgerSplit, r#use: Use) -> Said {
    let LedgerTransaction { r#type, amount, .. } = transaction;
    let text = folded(split.category.as_deref().unwrap_or_default());
    let is_out = split.amount.is_negative();
    if split.transfer_account.is_some() {
        return Said::Movement;
    }
    Said::Class(match r#type {
        // A movement from one part of an account into another.
        Type::Transfer if amount.is_zero() => FlowClass::Transfer,
        Type::Reinvestment if is_out => FlowClass::Trade,
        Type::Reinvestment if text.contains("interest") => FlowClass::Interest,
        Type::Dividend | Type::Interest | Type::CapitalGainDistribution if is_out && has_tax(&text) => {
            FlowClass::Withholding
        }
        Type::Dividend | Type::Interest | Type::CapitalGainDistribution if is_out && has_fee(&text) => {
            FlowClass::Fee
        }
        Type::Deposit | Type::Withdrawal | Type::Payment | Type::Other if text.contains("principal") => {
            FlowClass::PrincipalPaid
        }
        Type::Deposit | Type::Withdrawal | Type::Payment | Type::Other
            if is_out && text.contains("interest") =>
        {
            FlowClass::InterestPaid
        }
        // A salary less its taxes, or a bill of taxes.
        Type::Deposit | Type::Withdrawal | Type::Payment | Type::Other if is_out && has_tax(&text) => {
            if *amount > Decimal::ZERO {
                FlowClass::Withholding
            } else {
                FlowClass::Tax
            }
        }
        _ => return of_whole(*r#type, split.amount, r#use),
    })
}

/// Whether a category is one of taxes.
fn has_tax(category: &str) -> bool {
    category
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "tax" | "taxes" | "withholding" | "withheld"))
}

/// Whether a category is one of fees.
fn has_fee(category: &str) -> bool {
    category
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "fee" | "fees" | "commission" | "commissions"))
}

/// The type in words, for reasons.
pub(crate) fn name(r#type: Type) -> &'static str {
    match r#type {
        Type::Deposit => "a deposit",
        Type::Withdrawal => "a withdrawal",
        Type::Purchase => "a purchase",
        Type::Payment => "a payment",
        Type::Refund => "a refund",
        Type::Transfer => "a transfer",
        Type::Fee => "a fee",
        Type::Interest => "interest",
        Type::Dividend => "a dividend",
        Type::Reinvestment => "a reinvestment",
        Type::Buy => "a purchase of a security",
        Type::Sell => "a sale of a security",
        Type::SellShort => "a short sale",
        Type::Cover => "a purchase that closes a short position",
        Type::Split => "a split",
        Type::ReturnOfCapital => "a return of capital",
        Type::CapitalGainDistribution => "a distribution of capital gains",
        Type::Tax => "a tax",
        Type::Withholding => "a tax that is withheld",
        Type::Contribution => "a contribution",
        Type::Distribution => "a distribution",
        Type::SecurityTransfer => "a movement of shares",
        Type::OptionExercise => "the exercise of an option",
        Type::OptionAssignment => "the assignment of an option",
        Type::OptionExpiry => "the expiry of an option",
        Type::SymbolChange => "a change of a symbol",
        Type::Merger => "a merger",
        Type::SpinOff => "a spin-off",
        Type::Reward => "a reward",
        Type::Other => "something else",
    }
}
