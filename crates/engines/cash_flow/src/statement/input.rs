//! The question.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};
use wherewithal_classification::ClassifyInput;
use wherewithal_household::ExchangeRate;

use crate::SavingsBase;

/// The most periods of a statement.
pub(super) const MAX_PERIODS: usize = 1200;
/// The most exchange rates.
pub(super) const MAX_RATES: usize = 100_000;
/// The most cards of which it is said what was owed before.
pub(super) const MAX_CARDS: usize = 1000;
/// The most essential categories.
pub(super) const MAX_CATEGORIES: usize = 1000;

/// Input of `cash_flow.statement`.
#[derive(Debug, Clone, Wire)]
pub struct CashFlowStatementInput {
    /// The ledger, and how its transactions are classified.
    pub ledger: ClassifyInput,
    /// The first day of the statement; by default the first on which a flow stands or counts.
    pub from: Option<Date>,
    /// The last day of the statement, which belongs to it; by default the last on which
    /// a flow stands or counts.
    pub to: Option<Date>,
    /// The parts of time, each of which includes its first and its last day; at most 1,200. The first and the last are cut
    /// off at the days of the statement.
    #[wire(default)]
    pub periods: StatementPeriods,
    /// The first days of periods, in order, with the `periods` `dates`: a period ends on the day before the next one begins.
    #[wire(default, length = ..=1_200)]
    pub starts: Vec<Date>,
    /// With which earlier period each is compared; without it there is no comparison.
    pub comparison: Option<StatementComparison>,
    /// On which day a flow counts.
    #[wire(default)]
    pub basis: CashFlowBasis,
    /// What was owed on cards before the first transaction of the ledger, at most 1,000 cards; only with the `basis`
    /// `cash`.
    #[wire(default, length = ..=1_000)]
    pub owed_before: Vec<CardDebt>,
    /// The categories of expenses that are essential, at most 1,000; by default those of the reference. Upper and lower
    /// case are alike, and a category covers those below it: `Housing` covers `Housing:Rent`, and `Expenses:Housing` of a
    /// journal.
    #[wire(default = crate::essential::categories, length = ..=1_000)]
    pub essential_categories: Vec<String>,
    /// What the savings rate is a share of.
    #[wire(default)]
    pub savings_base: SavingsBase,
    /// The currency of a table of all currencies; without it there is none.
    pub report_currency: Option<Currency>,
    /// The prices of currencies in the currency of the report, at most 100,000. Each flow is converted at the latest rate
    /// that is not after its day.
    #[wire(default, length = ..=100_000)]
    pub exchange_rates: Vec<ExchangeRate>,
    /// Whether the answer lists the flows that its figures are made of.
    #[wire(default = yes)]
    pub entries: bool,
}

fn yes() -> bool {
    true
}

/// The parts of time of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum StatementPeriods {
    /// Calendar months.
    #[default]
    Months,
    /// Calendar quarters.
    Quarters,
    /// Calendar years.
    Years,
    /// One period of all days.
    Whole,
    /// Periods that begin on the days of `starts`.
    Dates,
}

/// With which earlier period of the statement a period is compared. Those that the ends of the statement cut off are compared as
/// they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum StatementComparison {
    /// With the one before it.
    Previous,
    /// With the earlier one that holds the day a year before its last: 28 February for 29 February.
    YearBefore,
}

/// On which day a flow counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum CashFlowBasis {
    /// On the day that the source has written: of a trade, the trade date; of a purchase by card, that of the purchase.
    #[default]
    Accrual,
    /// On the day on which cash moves: that of settlement where the source states one; of a purchase by card, the day on
    /// which the card is paid.
    Cash,
}

/// What was owed on a card before the first transaction of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CardDebt {
    /// The id of the account, a credit card.
    #[wire(length = 1..=100)]
    pub account: String,
    /// What was owed in the currency of the account, 0 to 10^12.
    #[wire(range = 0..=1000000000000)]
    pub amount: Decimal,
}
