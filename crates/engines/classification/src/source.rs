//! What the source of a record says that it is.

use wherewithal_base::num::Decimal;
use wherewithal_ledger::{LedgerSplit, LedgerTransaction, LedgerTransactionType as Type};

use crate::{
    FlowClass,
    accounts::Use,
    texts::{folded, has_words, spaced, words},
};

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
    /// A part with a category of its own beside one that names an account or is principal: it is spent or earned, and does
    /// not move.
    Beside,
}

/// What the source says of a transaction without splits, or of a part of one that is like the whole.
pub(crate) fn of_whole(transaction: &LedgerTransaction, amount: Decimal, r#use: Use) -> Said {
    let spent_or_returned = if amount > Decimal::ZERO { FlowClass::Refund } else { FlowClass::Expense };
    let is_debt = matches!(r#use, Use::Card | Use::Loan);
    Said::Class(match transaction.r#type {
        Type::Purchase => spent_or_returned,
        Type::Refund if amount > Decimal::ZERO && is_debt => {
            return Said::Credit;
        }
        Type::Refund => spent_or_returned,
        // Banks count what they charge as interest among their fees.
        Type::Fee if (amount.is_negative() || is_debt) && charges_interest(transaction) => {
            FlowClass::InterestPaid
        }
        Type::Fee => FlowClass::Fee,
        Type::Interest if amount.is_negative() || is_debt => FlowClass::InterestPaid,
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

/// Whether the text of a fee says that it is interest: `PURCHASE INTEREST CHARGE`.
fn charges_interest(transaction: &LedgerTransaction) -> bool {
    let text = folded(&transaction.description);
    ["interest charge", "interest charges", "interest charged"].iter().any(|words| has_words(&text, words))
}

/// Whether a transaction moves money, so that its parts are what their categories say.
fn moves(r#type: Type) -> bool {
    matches!(r#type, Type::Deposit | Type::Withdrawal | Type::Payment | Type::Transfer | Type::Other)
}

/// Whether a transaction names another account, or principal, in one of its splits or as a whole: its other splits are
/// what their categories say.
pub(crate) fn names_account(transaction: &LedgerTransaction) -> bool {
    let names = |split: &LedgerSplit| {
        split.transfer_account.is_some()
            || split.category.as_deref().is_some_and(|category| folded(category).contains("principal"))
    };
    moves(transaction.r#type)
        && (transaction.transfer_account.is_some() || transaction.splits.iter().any(names))
}

/// What the source says of a split; `beside` is whether it is one of those beside one that names an account.
pub(crate) fn of_split(
    transaction: &LedgerTransaction,
    split: &LedgerSplit,
    r#use: Use,
    beside: bool,
) -> Said {
    let LedgerTransaction { r#type, amount, .. } = transaction;
    let text = folded(&spaced(split.category.as_deref().unwrap_or_default()));
    let is_out = split.amount.is_negative();
    // What a debt receives is no income.
    let is_earned = split.amount > Decimal::ZERO && matches!(r#use, Use::Spending | Use::Investment);
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
        kind if moves(*kind) && text.contains("principal") => FlowClass::PrincipalPaid,
        kind if moves(*kind) && is_out && text.contains("interest") => FlowClass::InterestPaid,
        kind if moves(*kind) && is_earned && text.contains("interest") => FlowClass::Interest,
        kind if moves(*kind) && is_earned && has_dividend(&text) => FlowClass::Dividend,
        // A salary less its taxes, or a bill of taxes.
        kind if moves(*kind) && is_out && has_tax(&text) => {
            if *amount > Decimal::ZERO {
                FlowClass::Withholding
            } else {
                FlowClass::Tax
            }
        }
        kind if moves(*kind) && is_out && has_fee(&text) => FlowClass::Fee,
        _ => {
            return match of_whole(transaction, split.amount, r#use) {
                Said::Movement if beside && !text.is_empty() && !is_moved(&text) => Said::Beside,
                said => said,
            };
        }
    })
}

/// Whether a category is one of taxes.
fn has_tax(category: &str) -> bool {
    words(category).any(|word| matches!(word, "tax" | "taxes") || word.starts_with("withh"))
}

/// Whether a category is one of fees.
fn has_fee(category: &str) -> bool {
    words(category).any(|word| matches!(word, "fee" | "fees" | "commission" | "commissions"))
}

/// Whether a category is one of dividends.
fn has_dividend(category: &str) -> bool {
    words(category).any(|word| matches!(word, "dividend" | "dividends"))
}

/// Whether a category is one of movements: of transfers, payments or conversions.
fn is_moved(category: &str) -> bool {
    words(category).any(|word| MOVING.contains(&word) || CONVERTING.contains(&word))
}

/// Whether a part is what an account had before its records begin, as the text of its transaction or its category says.
pub(crate) fn is_opening(transaction: &LedgerTransaction, category: Option<&str>) -> bool {
    let of_text = |text: &str| {
        let mut words = words(text);
        names_opening(text)
            // Firefly III: `Initial balance for "Checking"`, `Initial balance account of "Checking"`.
            || words.next().is_some_and(|word| is_any(word, &["initial"]))
                && words.next().is_some_and(|word| is_any(word, &["balance"]))
                && words.next().is_some_and(|word| is_any(word, &["for", "account"]))
    };
    let LedgerTransaction { description, payee, .. } = transaction;
    [Some(description.as_str()), payee.as_deref()].into_iter().flatten().any(of_text)
        || category.is_some_and(|category| {
            // `Equity:Opening-Balances`, `equity:opening/closing balances`
            let last = category.rsplit(':').next().unwrap_or_default();
            last.to_ascii_lowercase().contains("balance") && names_opening(&spaced(last))
        })
}

/// Whether a word is one of others, without regard to case.
fn is_any(word: &str, wanted: &[&str]) -> bool {
    wanted.iter().any(|wanted| word.eq_ignore_ascii_case(wanted))
}

/// Whether a text has nothing but the words of an opening balance.
fn names_opening(text: &str) -> bool {
    let (mut opens, mut has_balance) = (false, false);
    for word in words(text) {
        let is_opening = is_any(word, &["opening", "starting", "initial", "beginning"]);
        let is_balance = is_any(word, &["balance", "balances"]);
        if !is_opening && !is_balance && !is_any(word, &["closing"]) {
            return false;
        }
        opens |= is_opening;
        has_balance |= is_balance;
    }
    opens && has_balance
}

/// Whether a category is an account of equity of a journal, which is neither income nor spending.
pub(crate) fn is_equity(category: &str) -> bool {
    category.split_once(':').is_some_and(|(root, _)| root.trim().eq_ignore_ascii_case("equity"))
}

/// Why a part is of a class that its source says.
pub(crate) fn reason(class: FlowClass, r#type: Type) -> String {
    match class {
        // No type says so.
        FlowClass::ExternalFlow => "what the account had before its records begin".to_owned(),
        FlowClass::InterestPaid if r#type == Type::Fee => {
            "a fee whose text says that it is interest".to_owned()
        }
        _ => format!("the source says that it is {}", name(r#type)),
    }
}

/// Words of transfers and of payments of cards and loans.
pub(crate) const MOVING: &[&str] = &[
    "autopay",
    "epay",
    "epayment",
    "payment",
    "pmt",
    "pymt",
    "tfr",
    "transfer",
    "transfers",
    "trnsfr",
    "trsf",
    "xfer",
];

/// Words of conversions from one currency into another.
pub(crate) const CONVERTING: &[&str] =
    &["conversion", "conversions", "convert", "converted", "exchange", "exchanged", "forex", "fx"];

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
