//! The answer of `ledger.prove`.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// What of the records is proved by the figures that their sources state, and what explains the rest.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerProof {
    /// Whether everything is proved: `proved` is the only status of `holdings`.
    pub proved: bool,
    /// What is counted.
    pub counts: LedgerProofCounts,
    /// The cash of each account in each currency, then its shares of each security; accounts in the order of the input,
    /// currencies by code, securities by id.
    pub holdings: Vec<ProvedHolding>,
    /// Figures that prove nothing, each with the reason.
    pub unused_figures: Vec<UnusedFigure>,
}

/// How much is proved. A transaction that moves cash and shares is counted in the holdings of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub struct LedgerProofCounts {
    /// Figures that sources state, and the zeros that lists of positions imply.
    pub figures: u32,
    /// Figures that the replay leads to.
    pub agreeing: u32,
    /// Figures from which a replay starts.
    pub openings: u32,
    /// Figures that the replay does not lead to. `figures` is the sum of these three.
    pub differing: u32,
    /// Transactions, once for each holding that they change.
    pub transactions: u32,
    /// Those of them that stand between two figures whose difference they make up.
    pub proved_transactions: u32,
    /// Places where figures and transactions disagree.
    pub faults: u32,
}

/// The cash of an account in a currency, or its shares of a security: replayed and compared.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ProvedHolding {
    /// The id of the account.
    pub account: String,
    /// The currency of cash, if it is known; absent of shares.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// The id of the security; absent of cash.
    #[wire(omit)]
    pub security: Option<String>,
    /// What is proved.
    pub status: ProofStatus,
    /// Where the replay starts; absent if nothing says where.
    #[wire(omit)]
    pub opening: Option<ProofOpening>,
    /// The number of its transactions.
    pub transactions: u32,
    /// The number of those that stand between two figures whose difference they make up.
    pub proved_transactions: u32,
    /// The days that are proved, in their order. Faults of one span that cancel out, such as two amounts that are
    /// exchanged, are not seen.
    pub proved_spans: Vec<ProvedSpan>,
    /// What is stated, in the order of the replay.
    pub figures: Vec<ProvedFigure>,
    /// Where figures and transactions disagree, in the order of the replay.
    pub faults: Vec<LedgerFault>,
}

/// What is proved of a holding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum ProofStatus {
    /// The replay leads to every figure after the opening, and there is one.
    Proved,
    /// It does not, and one change would make it: `faults` has one entry with explanations.
    OneChange,
    /// It does not, and no single change would make it. Each entry of `faults` is narrowed as far as the figures allow.
    NoSingleChange,
    /// Nothing is stated that the transactions could lead to: there is no figure, or only one, from which the replay starts.
    NotProvable,
}

/// Where a replay starts.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ProofOpening {
    /// Where it starts.
    pub kind: ProofOpeningKind,
    /// The day of the figure; absent of zero.
    #[wire(omit)]
    pub date: Option<Date>,
    /// What is held there.
    pub amount: Decimal,
    /// The number of transactions before it, of which nothing is known.
    pub earlier_transactions: u32,
}

/// Where a replay starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum ProofOpeningKind {
    /// From zero: the caller says that the account is complete.
    Complete,
    /// From zero: the first transaction is called an opening balance.
    OpeningBalance,
    /// From the first figure that is stated.
    FirstFigure,
}

/// A span in which the transactions lead from one figure to the next.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ProvedSpan {
    /// The day of the figure from which they lead; absent if they lead from zero.
    #[wire(omit)]
    pub from: Option<Date>,
    /// The day of the figure to which they lead.
    pub to: Date,
    /// The number of transactions between.
    pub transactions: u32,
}

/// A figure that a source states, and what the replay leads to.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ProvedFigure {
    /// The day at whose end it is stated, or after a transaction of which.
    pub date: Date,
    /// Where it stands.
    pub source: ProofFigureSource,
    /// Its place, counted from 0, in `balances` or in `positions`; the first of those that are added up.
    #[wire(omit)]
    pub place: Option<u32>,
    /// The id of the transaction after which it is stated.
    #[wire(omit)]
    pub transaction: Option<String>,
    /// What is stated.
    pub stated: Decimal,
    /// What the replay from the opening leads to.
    pub replayed: Decimal,
    /// What is stated less what the replay leads to.
    pub difference: Decimal,
    /// What is stated less what the figure before leads to: 0, up to the tolerance, where what lies between is proved.
    pub difference_since_last: Decimal,
    /// Whether `difference` is within the tolerance; absent of the figure from which the replay starts.
    #[wire(omit)]
    pub agrees: Option<bool>,
}

/// Where a figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum ProofFigureSource {
    /// A stated balance.
    Balance,
    /// A stated position.
    Position,
    /// The balance after a transaction.
    RunningBalance,
    /// A list of positions that does not have the security.
    Absent,
}

/// A figure that proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct UnusedFigure {
    /// The id of the account.
    pub account: String,
    /// Whether it stands in `balances` or in `positions`.
    pub source: ProofFigureSource,
    /// Its place there, counted from 0.
    pub place: u32,
    /// Why it proves nothing.
    pub reason: String,
}

/// A place where figures and transactions disagree.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerFault {
    /// The day of the last figure before it; absent if that is the zero of the opening.
    #[wire(omit)]
    pub after: Option<Date>,
    /// The day of the first figure that disagrees.
    pub by: Date,
    /// The place of that figure in `figures`, counted from 0.
    pub figure: u32,
    /// What is stated less what the figure before leads to.
    pub difference: Decimal,
    /// The number of transactions between the two figures.
    pub transactions: u32,
    /// The number of later figures that agree once the difference is accepted.
    pub confirming_figures: u32,
    /// The place in `figures` of the later figure at which the difference is gone again, if it is.
    #[wire(omit)]
    pub healed_by: Option<u32>,
    /// The changes of which each alone explains the difference, the likeliest first. None if no single change does.
    pub explanations: Vec<FaultExplanation>,
    /// The number of further explanations that are left off.
    pub left_off: u32,
}

/// One change that explains a difference.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FaultExplanation {
    /// What is to be changed.
    pub kind: FaultExplanationKind,
    /// What speaks for it.
    pub likelihood: FaultLikelihood,
    /// The id of the transaction that is at fault.
    #[wire(omit)]
    pub transaction: Option<String>,
    /// The id of the transaction that it repeats.
    #[wire(omit)]
    pub twin: Option<String>,
    /// What is right: the amount or the number of shares of the transaction, or what the figure should state.
    #[wire(omit)]
    pub amount: Option<Decimal>,
    /// The first day on which the transaction can lie; absent if nothing bounds it.
    #[wire(omit)]
    pub from: Option<Date>,
    /// The last day on which the transaction can lie; absent if nothing bounds it.
    #[wire(omit)]
    pub to: Option<Date>,
    /// The number of shares before the split for `splitTo` after it.
    #[wire(omit)]
    pub split_from: Option<u32>,
    /// The number of shares after the split for `splitFrom` before it.
    #[wire(omit)]
    pub split_to: Option<u32>,
}

/// What is to be changed. The order is that of explanations of the same likelihood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum FaultExplanationKind {
    /// `transaction` stands twice: it repeats `twin`.
    Doubled,
    /// `transaction` counts on the other side of the figure, or of a split: it belongs between `from` and `to`.
    Shifted,
    /// `transaction` has the wrong sign: `amount` is right.
    WrongSign,
    /// `transaction` has the wrong ratio: `splitFrom` for `splitTo` is right.
    SplitRatio,
    /// A split of `splitFrom` for `splitTo` is missing between `from` and `to`.
    MissingSplit,
    /// A transaction of `amount` is missing between `from` and `to`.
    Missing,
    /// The figure is wrong: it should state `amount`.
    Misstated,
    /// Two neighbouring digits of `transaction` are exchanged: `amount` is right.
    Transposed,
    /// The decimal point of `transaction` is in the wrong place: `amount` is right.
    DecimalPoint,
    /// `transaction` should not be there at all.
    Surplus,
}

/// What speaks for an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum FaultLikelihood {
    /// The records themselves: an equal transaction on the same day, the other date of the transaction, or the ratio beside
    /// a quantity.
    Strong,
    /// The amount, and where it stands.
    Plausible,
    /// The amount alone, which may be by chance.
    Weak,
}
