//! A classified part of a transaction, and the reason for what it is.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// A part of a transaction that is one thing.
///
/// A transaction without splits is one part, and each split is one; fees are taken out of a trade, and interest out of the
/// payment of a debt. The parts of a transaction add up to its amount exactly.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct ClassifiedFlow {
    /// The id of the transaction.
    #[wire(length = 1..=100)]
    pub transaction: String,
    /// The number of the part, counted from 0. Splits keep their order; what is taken out of them has the numbers that follow.
    pub part: u32,
    /// The id of the account.
    #[wire(length = 1..=100)]
    pub account: String,
    /// The date of the transaction.
    pub date: Date,
    /// What the cash of the account changes by: positive if it comes in.
    pub amount: Decimal,
    /// The currency of the amount: the transaction's, else the account's, else that of the input.
    pub currency: Currency,
    /// What it is.
    pub class: FlowClass,
    /// The category, if anything decides one.
    #[wire(omit)]
    pub category: Option<String>,
    /// Who was paid or who paid, normalized; of a transaction without a security.
    #[wire(omit)]
    pub merchant: Option<String>,
    /// The id of the transaction at the other end of a pair.
    #[wire(omit, length = 1..=100)]
    pub counterpart: Option<String>,
    /// The id of the security.
    #[wire(omit, length = 1..=100)]
    pub security: Option<String>,
    /// The change in the number of shares, on part 0 alone.
    #[wire(omit)]
    pub quantity: Option<Decimal>,
    /// What decided the class.
    pub reason: FlowReason,
    /// What decided the category, if there is one.
    #[wire(omit)]
    pub category_reason: Option<FlowReason>,
}

/// What a flow of money is, as statements of net worth, cash flow and returns use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum FlowClass {
    /// Earned or given: a salary, a pension, a rent, a reward. Interest and dividends have classes of their own.
    Income,
    /// Spending.
    Expense,
    /// Spending that comes back. It lowers the expenses and is no income.
    Refund,
    /// A fee or a commission; positive if it comes back.
    Fee,
    /// A tax that is paid; positive if it comes back.
    Tax,
    /// A tax that is withheld from income.
    Withholding,
    /// Interest that is received.
    Interest,
    /// A dividend or another distribution of a fund, reinvested ones included.
    Dividend,
    /// Interest on a debt. What the account of a debt charges is negative there. The part of a payment that covers it is
    /// negative in the account that pays and positive in that of the debt, so the sum over all accounts is what was charged.
    InterestPaid,
    /// A payment that lowers a debt: negative in the account that pays, positive in that of the debt.
    PrincipalPaid,
    /// Money that is borrowed: positive where it comes in, negative in the account of the debt.
    LoanTaken,
    /// Money that is lent.
    LoanGiven,
    /// Money that was lent and comes back.
    LoanRepaid,
    /// Money or shares moved between own accounts, or money converted into another currency: neither income nor expense.
    Transfer,
    /// What crosses the border of the accounts and is neither earned nor spent: gifts, inheritances, contributions from
    /// outside, transfers to accounts that are not among them, and what an account had before its records begin.
    ExternalFlow,
    /// A purchase or a sale of a security, without its fees.
    Trade,
    /// What a company or a fund does to its shares: a split, a merger, a spin-off, a return of capital.
    CorporateAction,
}

/// What decided something.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct FlowReason {
    /// The kind of the reason.
    pub kind: FlowReasonKind,
    /// The reason in words: which correction or rule, which words of a model.
    pub detail: String,
    /// The probability that a model gives to its answer, 0 to 1; of a model alone.
    #[wire(omit, range = 0..=1)]
    pub confidence: Option<f64>,
}

/// The kinds of reasons, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum FlowReasonKind {
    /// The user's correction of the transaction.
    Correction,
    /// The user's correction of an earlier transaction of the same merchant.
    MerchantCorrection,
    /// A rule of the user.
    Rule,
    /// What the source says.
    Source,
    /// Another transaction, with which it makes a transfer; or several that could be.
    Pairing,
    /// The merchant category code.
    MerchantCode,
    /// An earlier transaction of the same merchant.
    Merchant,
    /// A model that learned from the user's corrections.
    Model,
    /// The kind of the account.
    Account,
    /// The sign of the amount alone: the weakest reason.
    Sign,
}

impl FlowReason {
    /// A reason without a probability.
    pub(crate) fn new(kind: FlowReasonKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), confidence: None }
    }
}
