//! What can be an end of a transfer, and what it says about the other end.

use wherewithal_base::{money::Currency, num::Decimal};
use wherewithal_ledger::{LedgerTransaction, LedgerTransactionType as Type};

use crate::{
    TransferEvidence,
    accounts::{Accounts, Use},
    merchant_codes,
    parts::Part,
    source::{CONVERTING, MOVING, Said},
};

/// What is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit<'a> {
    Cash(Currency),
    Shares(&'a str),
}

/// A part that can be an end of a transfer. The order is that in which they are looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Candidate<'a> {
    pub(crate) unit: Unit<'a>,
    /// How much, above zero, without trailing zeros.
    pub(crate) magnitude: Decimal,
    /// Departures come before arrivals: `false` would sort first.
    arrives: bool,
    pub(crate) leaves: bool,
    pub(crate) day: i32,
    pub(crate) account: usize,
    pub(crate) hints: Hints,
    /// The rank of the transaction among all by their ids and the number of the part, which decide among equals.
    rank: u32,
    number: u32,
    /// The place of the part.
    pub(crate) part: usize,
}

/// What an end of a transfer says about the other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hints {
    /// The account that it names as the other.
    pub(crate) names: Option<usize>,
    /// The accounts whose number or institution its text has.
    pub(crate) mentions: Vec<usize>,
    /// Whether its text or its type says that it is a transfer or a payment.
    pub(crate) moves: bool,
    /// The weakest evidence with which it may be paired, because it looks like something else.
    pub(crate) needs: TransferEvidence,
}

impl<'a> Candidate<'a> {
    /// What candidates that can belong together share.
    pub(crate) fn amount(&self) -> (Unit<'a>, Decimal) {
        (self.unit, self.magnitude)
    }

    /// The order among those that belong together.
    pub(crate) fn dated(&self) -> (i32, u32, u32) {
        (self.day, self.rank, self.number)
    }

    /// What it says as one end of a transfer.
    pub(crate) fn end(&self) -> (usize, &Hints) {
        (self.account, &self.hints)
    }
}

/// What an end can say of the other account, the most first.
pub(crate) const SAYINGS: [TransferEvidence; 4] =
    [TransferEvidence::Named, TransferEvidence::Account, TransferEvidence::Words, TransferEvidence::Amount];

/// How much speaks for a departure and an arrival to be one transfer, the most first: what the end says that says more, then
/// what the other one says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Strength {
    pub(crate) evidence: TransferEvidence,
    other: TransferEvidence,
}

impl Strength {
    /// All that there are, the most first.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        SAYINGS.into_iter().flat_map(|evidence| {
            let others = SAYINGS.into_iter().filter(move |other| evidence <= *other);
            others.map(move |other| Self { evidence, other })
        })
    }

    /// The least with an evidence: the other end says nothing.
    pub(crate) fn with(evidence: TransferEvidence) -> Self {
        Self { evidence, other: TransferEvidence::Amount }
    }
}

/// What speaks for a departure and an arrival to be one transfer, as their accounts and hints have it; `None` if something
/// speaks against it.
pub(crate) fn strength(from: (usize, &Hints), to: (usize, &Hints)) -> Option<Strength> {
    let ((from, its), (to, others)) = (from, to);
    let contradicts = |names: Option<usize>, account| names.is_some_and(|named| named != account);
    if from == to || contradicts(its.names, to) || contradicts(others.names, from) {
        return None;
    }
    let (one, other) = (its.say(to), others.say(from));
    let (evidence, other) = (one.min(other), one.max(other));
    (evidence <= its.needs && evidence <= others.needs).then_some(Strength { evidence, other })
}

impl Hints {
    /// What an end says for another account as the other one, which it does not contradict.
    fn say(&self, account: usize) -> TransferEvidence {
        if self.names.is_some() {
            TransferEvidence::Named
        } else if self.mentions.contains(&account) {
            TransferEvidence::Account
        } else if self.moves {
            TransferEvidence::Words
        } else {
            TransferEvidence::Amount
        }
    }
}

/// What a part moves: shares that move without a trade, else money.
pub(crate) fn moved<'a>(part: &Part<'a>, transaction: &'a LedgerTransaction) -> (Unit<'a>, Decimal) {
    match (part.said, &transaction.security, transaction.quantity) {
        (Said::Shares, Some(security), Some(quantity)) if part.amount.is_zero() => {
            (Unit::Shares(security), quantity)
        }
        _ => (Unit::Cash(part.currency), part.amount),
    }
}

/// The candidate of a part that is no transfer to an account that is not among the own ones; `rank` is that of the transaction
/// among all by their ids.
pub(crate) fn of_part<'a>(
    part: &Part<'a>,
    place: usize,
    transaction: &'a LedgerTransaction,
    rank: u32,
    accounts: &Accounts<'_>,
) -> Option<Candidate<'a>> {
    let (unit, magnitude) = moved(part, transaction);
    let names = match part.transfer_account {
        Some(name) => Some(accounts.named(name)?),
        None => None,
    };
    if magnitude.is_zero() || names == Some(part.account) {
        return None;
    }
    Some(Candidate {
        unit,
        magnitude: magnitude.abs().normalized(),
        arrives: !magnitude.is_negative(),
        leaves: magnitude.is_negative(),
        day: transaction.date.day_number(),
        account: part.account,
        hints: hints(part, names, transaction, accounts),
        rank,
        number: part.number,
        part: place,
    })
}

fn hints(
    part: &Part<'_>,
    names: Option<usize>,
    transaction: &LedgerTransaction,
    accounts: &Accounts<'_>,
) -> Hints {
    let texts = texts(part, transaction);
    let mut mentions = accounts.mentioned(&texts);
    mentions.retain(|account| *account != part.account);
    let is_to_debt = !part.amount.is_negative() && matches!(part.r#use(accounts), Use::Card | Use::Loan);
    let moves = transaction.r#type == Type::Transfer
        || transaction.r#type == Type::Payment && is_to_debt
        || has_any(&texts, MOVING)
        || part.category.is_some_and(|category| has_any(&[category], MOVING));
    let code = transaction.merchant_category_code.as_deref().and_then(merchant_codes::find);
    let needs = if code.is_some_and(merchant_codes::Code::is_purchase) || has_any(&texts, EARNING) {
        TransferEvidence::Account
    } else if part.said == Said::Credit {
        TransferEvidence::Words
    } else {
        TransferEvidence::Amount
    };
    Hints { names, mentions, moves, needs }
}

/// The texts of a part.
fn texts<'a>(part: &Part<'a>, transaction: &'a LedgerTransaction) -> Vec<&'a str> {
    let LedgerTransaction { description, payee, memo, .. } = transaction;
    let payee = payee.as_deref().filter(|payee| payee != description);
    let memo = part.memo.or(memo.as_deref()).filter(|memo| memo != description);
    [Some(description.as_str()), payee, memo].into_iter().flatten().collect()
}

/// Whether the words of a part, or its category, say that it is a conversion.
pub(super) fn says_conversion(part: &Part<'_>, transaction: &LedgerTransaction) -> bool {
    has_any(&texts(part, transaction), CONVERTING)
        || part.category.is_some_and(|category| has_any(&[category], CONVERTING))
}

/// Words of what is earned.
const EARNING: &[&str] = &["paycheck", "payroll", "pension", "salary", "wages"];

/// Whether a text has one of the words, without regard to case.
fn has_any(texts: &[&str], wanted: &[&str]) -> bool {
    texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .any(|word| !word.is_empty() && wanted.iter().any(|wanted| word.eq_ignore_ascii_case(wanted)))
}

/// The other end of a movement that has no pair, as far as its source or its text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hinted<'a> {
    /// An own account.
    Own(usize),
    /// A payment of a card that comes from somewhere.
    Payment,
    /// An account of this name, which is none of the own ones.
    Outside(&'a str),
}

/// What the source or the text of a movement says of its other end: the account that it names, or the only one that its
/// text mentions beside words of a transfer.
pub(crate) fn other_end<'a>(
    part: &Part<'a>,
    transaction: &LedgerTransaction,
    accounts: &Accounts<'_>,
) -> Option<Hinted<'a>> {
    if let Some(name) = part.transfer_account {
        return match accounts.named(name) {
            Some(account) => (account != part.account).then_some(Hinted::Own(account)),
            None => Some(Hinted::Outside(name)),
        };
    }
    let hints = hints(part, None, transaction, accounts);
    if !hints.moves || hints.needs == TransferEvidence::Account {
        return None;
    }
    match hints.mentions.as_slice() {
        [account] => Some(Hinted::Own(*account)),
        _ => {
            let is_payment = part.amount > Decimal::ZERO && part.r#use(accounts) == Use::Card;
            is_payment.then_some(Hinted::Payment)
        }
    }
}
