//! The answer.

use wherewithal_base::{
    dates::{Date, Frequency},
    money::Currency,
    num::Decimal,
    wire::Wire,
};
use wherewithal_classification::FlowClass;

use crate::{RecurrenceMonthEnd, RecurrenceRule};

/// Payments that recur.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RecurringTransactions {
    /// The last day that was looked at.
    pub as_of: Date,
    /// The series by name; what comes in stands before what goes out.
    pub series: Vec<RecurringSeries>,
    /// What the series that have not ended cost or bring in a year, for each currency.
    pub totals: Vec<RecurringTotal>,
}

/// What recurs in a year, in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct RecurringTotal {
    /// The currency.
    pub currency: Currency,
    /// What comes in, transfers between own accounts left out.
    pub annual_income: Decimal,
    /// What goes out, as a positive amount, transfers between own accounts and principal of debts left out.
    pub annual_spending: Decimal,
}

/// Payments to or from one merchant that recur.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RecurringSeries {
    /// The merchant, or the text of the source where there is none, as the last payment has it.
    pub name: String,
    /// The id of the account of the last payment.
    pub account: String,
    /// The currency of all amounts.
    pub currency: Currency,
    /// What the last payment is.
    pub class: FlowClass,
    /// The category of the last payment; null if it has none.
    pub category: Option<String>,
    /// How often it recurs.
    pub frequency: Frequency,
    /// The rule of the days on which payments are expected, for `cash_flow.occurrences`.
    pub rule: RecurrenceRule,
    /// The day on which the last payment was expected, from which the rule is meant.
    pub start: Date,
    /// What becomes of a day that a month does not have.
    pub month_end: RecurrenceMonthEnd,
    /// The amount of the next payment, negative if it goes out: the last one, or the median of the last twelve if amounts vary.
    pub amount: Decimal,
    /// Whether amounts vary: whether more than half of the payments differ from the one before.
    pub varies: bool,
    /// The lowest amount without its sign.
    pub lowest: Decimal,
    /// The highest amount without its sign.
    pub highest: Decimal,
    /// The amount of the next payment, times the payments of a year.
    pub annual_amount: Decimal,
    /// The probability that the next payment comes when it is expected, by the rule of succession of Laplace, with four
    /// decimal places: the payments that came in time, divided by one more than all that were expected and all that were not.
    pub confidence: Decimal,
    /// How many expected payments did not come, between the first and the last.
    pub missed: u32,
    /// Payments to the merchant that no day expected; double charges are no such payments.
    pub unexpected: u32,
    /// Whether it goes on.
    pub status: RecurringStatus,
    /// The day on which the next payment is expected, in the past if it is late; null if the series has ended.
    pub next: Option<Date>,
    /// The changes of the amount, if amounts do not vary.
    pub price_changes: Vec<PriceChange>,
    /// Payments that were probably made twice.
    pub double_charges: Vec<DoubleCharge>,
    /// The payments, by day.
    pub payments: Vec<RecurringPayment>,
}

/// Whether a series goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum RecurringStatus {
    /// The next payment is not due yet, or is so within the tolerance.
    Active,
    /// The next payment is overdue, and the one after it is not.
    Late,
    /// Two payments in a row are overdue.
    Ended,
}

/// A payment of a series.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct RecurringPayment {
    /// The id of the transaction.
    pub transaction: String,
    /// Its day.
    pub date: Date,
    /// The day on which it was expected.
    pub expected: Date,
    /// Its amount, negative if it went out.
    pub amount: Decimal,
}

/// A change of the amount of a series.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PriceChange {
    /// The day of the first payment of the new amount.
    pub date: Date,
    /// The id of its transaction.
    pub transaction: String,
    /// The amount before, without its sign.
    pub from: Decimal,
    /// The amount since, without its sign.
    pub to: Decimal,
    /// The change as a fraction of the amount before, rounded half to even to four decimal places.
    pub change: Decimal,
}

/// A payment that was probably made twice.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct DoubleCharge {
    /// The id of the second transaction.
    pub transaction: String,
    /// Its day.
    pub date: Date,
    /// The id of the first transaction.
    pub first_transaction: String,
    /// The amount, negative if it went out.
    pub amount: Decimal,
}
