//! The answer.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};
use wherewithal_classification::FlowClass;

use super::input::CashFlowBasis;
use crate::SavingsBase;

/// What came in and went out by period.
///
/// The periods add up to the total in every figure, and each figure is the sum of the entries of its period and line.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CashFlowStatement {
    /// The first day.
    pub from: Date,
    /// The last day, which belongs to the statement.
    pub to: Date,
    /// On which day a flow counts.
    pub basis: CashFlowBasis,
    /// A table for each currency that occurs, by its code.
    pub currencies: Vec<CashFlowTable>,
    /// A table of all currencies in that of the report; null without one.
    pub report: Option<CashFlowTable>,
    /// Spending by card that no payment has reached by the end of the ledger, on the cash basis: it counts in no period.
    pub unpaid: Vec<UnpaidCharges>,
    /// The number of entries before the first or after the last day, which count in no period.
    pub outside: u32,
    /// What the figures are made of, by day, account, transaction and part; empty if it was not asked for.
    pub entries: Vec<CashFlowEntry>,
}

/// What came in and went out in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CashFlowTable {
    /// The currency of all figures.
    pub currency: Currency,
    /// The periods, without gaps.
    pub periods: Vec<CashFlowPeriod>,
    /// The figures of all periods together.
    pub total: CashFlowFigures,
    /// The categories of all periods together.
    pub categories: Vec<CashFlowCategory>,
    /// How the periods differ from earlier ones, in the order of periods; those without an earlier one are left out. Empty if
    /// it was not asked for.
    #[wire(default, omit)]
    pub comparisons: Vec<CashFlowComparison>,
}

/// How a period differs from an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CashFlowComparison {
    /// The first day of the period.
    pub first: Date,
    /// The first day of the earlier one.
    pub earlier_first: Date,
    /// Total income less that of the earlier period.
    pub total_income: Decimal,
    /// Total spending less that of the earlier period.
    pub total_spending: Decimal,
    /// What was saved less what was saved in the earlier period: the difference of the two above.
    pub saved: Decimal,
    /// The lines by category of either period, in the order of lines and names.
    pub categories: Vec<CashFlowDifference>,
}

/// How a line differs from that of an earlier period, in one category.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CashFlowDifference {
    /// The line.
    pub line: CashFlowLine,
    /// The category; null for flows without one.
    pub category: Option<String>,
    /// The amount of the earlier period, with the sign of the line's figure; zero if it had none.
    pub before: Decimal,
    /// The amount of the period, likewise.
    pub now: Decimal,
    /// What it changed by.
    pub change: Decimal,
    /// The change, divided by the size of the earlier amount and rounded half to even to six decimal places; null if that was
    /// zero.
    pub relative_change: Option<Decimal>,
}

/// What came in and went out in a period.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CashFlowPeriod {
    /// The first day.
    pub first: Date,
    /// The last day, which belongs to the period.
    pub last: Date,
    /// The figures.
    pub figures: CashFlowFigures,
    /// The lines by category, in the order of lines and names; what has no category comes first in its line.
    pub categories: Vec<CashFlowCategory>,
}

/// The figures of a period.
///
/// Income and spending are positive, and negative where more went the other way. The movements below `saved` have the sign
/// of the cash: what comes in is positive.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CashFlowFigures {
    /// Income other than interest and dividends.
    pub income: Decimal,
    /// Interest that was received.
    pub interest: Decimal,
    /// Dividends, reinvested ones included, before tax that was withheld.
    pub dividends: Decimal,
    /// Income, interest and dividends.
    pub total_income: Decimal,
    /// Expenses less refunds.
    pub expenses: Decimal,
    /// The refunds, by which expenses are lower.
    pub refunds: Decimal,
    /// Expenses of essential categories, less their refunds.
    pub essential: Decimal,
    /// Expenses of all other categories, less their refunds.
    pub discretionary: Decimal,
    /// Expenses without a category, less their refunds. With the two above they add up to `expenses`.
    pub uncategorized: Decimal,
    /// Fees, those of trades included.
    pub fees: Decimal,
    /// Taxes that were paid or withheld.
    pub taxes: Decimal,
    /// Interest on debts.
    pub interest_paid: Decimal,
    /// Expenses, fees, taxes and interest on debts.
    pub total_spending: Decimal,
    /// Total income less total spending; negative if more was spent.
    pub saved: Decimal,
    /// What was saved, divided by the base, rounded half to even to six decimal places; null if the base is not above zero.
    pub savings_rate: Option<Decimal>,
    /// What the savings rate is a share of.
    pub savings_base: SavingsBase,
    /// The amount of that.
    pub savings_base_amount: Decimal,
    /// Why there is no savings rate; null if there is one.
    pub no_rate_reason: Option<String>,
    /// What debts took: interest, and principal that accounts other than debts paid.
    pub debt_service: DebtService,
    /// Between own accounts: 0 if all of it left and arrived in the period.
    pub transfers: Decimal,
    /// Principal of debts, in the account that pays and in that of the debt: 0 if both are in the ledger.
    pub principal: Decimal,
    /// Loans that were taken, likewise.
    pub loans_taken: Decimal,
    /// Sums that were lent to others.
    pub loans_given: Decimal,
    /// Sums that came back from others.
    pub loans_repaid: Decimal,
    /// Gifts, inheritances, and contributions from outside or to it.
    pub external: Decimal,
    /// Purchases and sales of securities, without fees, and cash from events of companies.
    pub securities: Decimal,
    /// What was saved and all movements: the change of cash less debts on cards and loans of the ledger.
    pub change: Decimal,
}

/// What debts took from other accounts.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct DebtService {
    /// Interest.
    pub interest: Decimal,
    /// Principal.
    pub principal: Decimal,
    /// Both.
    pub total: Decimal,
}

/// What came in or went out in one category.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CashFlowCategory {
    /// The line to which it adds.
    pub line: CashFlowLine,
    /// The category; null for flows without one.
    pub category: Option<String>,
    /// The amount, with the sign of the line's figure.
    pub amount: Decimal,
    /// Whether the category is essential, of an expense; null where there is no category or no expense.
    pub essential: Option<bool>,
    /// The number of entries.
    pub entries: u32,
}

/// The line of a statement to which a flow adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum CashFlowLine {
    /// Income other than interest and dividends.
    Income,
    /// Interest that was received.
    Interest,
    /// Dividends.
    Dividends,
    /// Expenses and refunds.
    Expenses,
    /// Fees.
    Fees,
    /// Taxes, paid or withheld.
    Taxes,
    /// Interest on debts.
    InterestPaid,
    /// Transfers between own accounts.
    Transfers,
    /// Principal of debts.
    Principal,
    /// Loans that were taken.
    LoansTaken,
    /// Sums that were lent to others.
    LoansGiven,
    /// Sums that came back from others.
    LoansRepaid,
    /// Gifts, inheritances, and contributions from outside or to it.
    External,
    /// Purchases and sales of securities, and cash from events of companies.
    Securities,
}

impl CashFlowLine {
    /// The line of a class of flows.
    pub(super) fn of(class: FlowClass) -> Self {
        match class {
            FlowClass::Income => Self::Income,
            FlowClass::Interest => Self::Interest,
            FlowClass::Dividend => Self::Dividends,
            FlowClass::Expense | FlowClass::Refund => Self::Expenses,
            FlowClass::Fee => Self::Fees,
            FlowClass::Tax | FlowClass::Withholding => Self::Taxes,
            FlowClass::InterestPaid => Self::InterestPaid,
            FlowClass::Transfer => Self::Transfers,
            FlowClass::PrincipalPaid => Self::Principal,
            FlowClass::LoanTaken => Self::LoansTaken,
            FlowClass::LoanGiven => Self::LoansGiven,
            FlowClass::LoanRepaid => Self::LoansRepaid,
            FlowClass::ExternalFlow => Self::External,
            FlowClass::Trade | FlowClass::CorporateAction => Self::Securities,
        }
    }

    /// Whether the figure of the line is positive for what goes out.
    pub(super) fn is_spending(self) -> bool {
        matches!(self, Self::Expenses | Self::Fees | Self::Taxes | Self::InterestPaid)
    }
}

/// A flow, or a part of it, that counts in a period.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CashFlowEntry {
    /// The number of the period, from 0.
    pub period: u32,
    /// The day on which it counts.
    pub date: Date,
    /// The line to which it adds.
    pub line: CashFlowLine,
    /// Its category; null if it has none.
    pub category: Option<String>,
    /// What the cash of the account changes by: positive if it comes in.
    pub amount: Decimal,
    /// The currency of the amount.
    pub currency: Currency,
    /// The amount in the currency of the report; null without one.
    pub report_amount: Option<Decimal>,
    /// The id of the account.
    pub account: String,
    /// The id of the transaction; null for what was owed on a card before the ledger.
    pub transaction: Option<String>,
    /// The number of the part of the transaction, from 0.
    pub part: Option<u32>,
}

/// Spending by card that is not paid yet.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct UnpaidCharges {
    /// The id of the card.
    pub account: String,
    /// The currency of the amount.
    pub currency: Currency,
    /// What is not paid yet, above zero.
    pub amount: Decimal,
}
