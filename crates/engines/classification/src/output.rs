//! What a classification answers.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

use crate::{ClassifiedFlow, FlowClass, FlowReasonKind};

/// The flows of a ledger, each with its class and its reason.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Classification {
    /// The flows, by date, account, transaction and part.
    pub flows: Vec<ClassifiedFlow>,
    /// The transfers and conversions whose two ends were found, by the day on which they left. If one end is outside the
    /// scope, the pair is listed all the same.
    pub transfers: Vec<TransferPair>,
    /// What could be an end of a transfer and was not paired. Its class is transfer, so it is neither income nor expense.
    pub ambiguous: Vec<AmbiguousTransfer>,
    /// What left for an own account and has not arrived.
    pub under_way: Vec<MoneyUnderWay>,
    /// What arrived from an own account, as its source says, and did not leave one.
    pub unmatched_arrivals: Vec<UnmatchedArrival>,
    /// The sums by class and currency, in this order. Together they are the sum of the transactions in scope.
    pub totals: Vec<FlowTotal>,
    /// How many flows were decided by each kind of reason, the strongest first.
    pub reasons: Vec<FlowReasonCount>,
}

/// A transfer between two own accounts, which never arrives before it leaves; or a conversion from one currency into another
/// within one account, where `fromAccount` and `toAccount` are the same.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct TransferPair {
    /// The id of the transaction with which it left.
    pub from: String,
    /// The number of its part.
    pub from_part: u32,
    /// The id of the account that it left.
    pub from_account: String,
    /// The id of the transaction with which it arrived.
    pub to: String,
    /// The number of its part.
    pub to_part: u32,
    /// The id of the account in which it arrived.
    pub to_account: String,
    /// What left, above zero; zero if shares were moved.
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
    /// What arrived: the same, unless it was converted.
    pub arrived_amount: Decimal,
    /// The currency of what arrived.
    pub arrived_currency: Currency,
    /// The id of the security, if shares were moved.
    #[wire(omit)]
    pub security: Option<String>,
    /// The number of shares, above zero, if shares were moved.
    #[wire(omit)]
    pub quantity: Option<Decimal>,
    /// The day on which it left.
    pub left: Date,
    /// The day on which it arrived, not before it left. If a correction pairs an arrival with a later departure, the day of
    /// the departure.
    pub arrived: Date,
    /// What speaks for the pair beside its amounts and days.
    pub evidence: TransferEvidence,
}

/// What speaks for a pair, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum TransferEvidence {
    /// The user's correction.
    Correction,
    /// One end names the account of the other as the other account of a transfer; of a conversion, both name their own.
    Named,
    /// The text of one end has the number or the institution of the other account.
    Account,
    /// The text or the type of one end says that it is a transfer or a payment; of a conversion, both say so.
    Words,
    /// Nothing but the equal and opposite amounts.
    Amount,
}

/// What could be an end of a transfer or of a conversion and was not paired.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AmbiguousTransfer {
    /// The id of the transaction.
    pub transaction: String,
    /// The number of the part.
    pub part: u32,
    /// The amount, with its sign.
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
    /// Why it was not paired.
    pub cause: AmbiguityCause,
    /// The ids of the transactions that could be its other end, by date and id, at most ten.
    pub candidates: Vec<String>,
    /// Whether there are more candidates.
    pub has_more: bool,
}

/// Why a possible transfer was not paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum AmbiguityCause {
    /// Several pairs are possible, and nothing tells which.
    SeveralCandidates,
    /// It would arrive before it leaves.
    ArrivesFirst,
}

/// Money that left for an own account and has not arrived.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct MoneyUnderWay {
    /// The id of the transaction.
    pub transaction: String,
    /// The number of the part.
    pub part: u32,
    /// The id of the account that it left.
    pub account: String,
    /// The id of the account for which it left, if that is known.
    #[wire(omit)]
    pub to_account: Option<String>,
    /// What left, above zero.
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
    /// The day on which it left.
    pub since: Date,
    /// Whether it should have arrived by the date of the last transaction.
    pub overdue: bool,
}

/// Money that arrived from an own account, as its source says, and did not leave one.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct UnmatchedArrival {
    /// The id of the transaction.
    pub transaction: String,
    /// The number of the part.
    pub part: u32,
    /// The id of the account.
    pub account: String,
    /// The id of the account from which it should have come, if that is known.
    #[wire(omit)]
    pub from_account: Option<String>,
    /// What arrived, above zero.
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
    /// The day on which it arrived.
    pub date: Date,
}

/// The sum of the flows of a class in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FlowTotal {
    /// The class.
    pub class: FlowClass,
    /// The currency.
    pub currency: Currency,
    /// The sum of the amounts, with their signs.
    pub amount: Decimal,
    /// The number of the flows.
    pub flows: u32,
}

/// How many flows a kind of reason decided.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FlowReasonCount {
    /// The kind.
    pub kind: FlowReasonKind,
    /// The number of the flows whose class it decided.
    pub flows: u32,
}
