//! The output types of a plan.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};
use wherewithal_household::LiabilityKind;
use wherewithal_net_worth::NetWorthStatement;
use wherewithal_simulation::{Distribution, MonthlySolvencyRow, Percentile, Success};

/// A plan of a household.
///
/// Each number can be traced: `flows` lists every cash flow with its item of the document, `assumptions` every figure
/// that the projection is based on, `notes` every decision made by the calculation.
#[derive(Debug, Clone, Wire)]
pub struct Plan {
    /// The name of the household.
    pub name: String,
    /// The date on which the plan starts.
    pub as_of: Date,
    /// The currency of all amounts without one of their own.
    pub currency: Currency,
    /// The assets and liabilities of the household.
    pub net_worth: NetWorthStatement,
    /// The remaining payments on each debt, in the order of the document, without repaid debts.
    pub debts: Vec<PlanDebt>,
    /// The cash flows, in the order of the document.
    pub flows: Vec<PlanFlow>,
    /// The cash flow of each year.
    pub cash_flow: Vec<PlanCashFlowYear>,
    /// The projection of the accounts.
    pub projection: PlanProjection,
    /// The figures that the projection is based on.
    pub assumptions: Vec<PlanAssumption>,
    /// The decisions made by the calculation, each with its item of the document.
    pub notes: Vec<PlanNote>,
}

/// The remaining payments on a debt. Amounts are in the currency of the debt.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PlanDebt {
    /// The id of the liability.
    pub id: String,
    /// The name of the liability.
    pub name: String,
    /// The kind of debt.
    pub kind: LiabilityKind,
    /// The currency of the amounts.
    pub currency: Currency,
    /// The balance owed, as a positive amount.
    pub balance: Decimal,
    /// Nominal annual rate as a fraction, compounded monthly.
    pub annual_rate: Decimal,
    /// The monthly payment, extra payments included; absent if the balance is due at once.
    pub monthly_payment: Option<Decimal>,
    /// The number of payments left; absent, like the rest, if they do not repay the debt.
    pub remaining_payments: Option<u32>,
    /// The date of the last payment.
    pub payoff_date: Option<Date>,
    /// The last payment, which settles the balance; larger than the others for a balloon.
    pub final_payment: Option<Decimal>,
    /// The interest in all remaining payments.
    pub remaining_interest: Option<Decimal>,
}

/// A cash flow of a plan, in the household's currency.
///
/// In month t of the plan the amount is `monthlyAmount × (1 + annualGrowth)^k`, where k is the number of whole years
/// since `startMonth`; if it is linked to inflation, `monthlyAmount × (1 + inflation)^(t/12)`. Payments of another
/// frequency are spread evenly over the months.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PlanFlow {
    /// The path of the item in the document, such as `income[0]`.
    pub source: String,
    /// The name of the item.
    pub name: String,
    /// The kind of cash flow.
    pub kind: PlanFlowKind,
    /// The monthly amount: positive for inflows, negative for outflows. Shown to the minor unit of the currency; the
    /// projection and the cash flow use all digits.
    pub monthly_amount: Decimal,
    /// The first month, from 1.
    pub start_month: u32,
    /// The last month.
    pub end_month: u32,
    /// The growth of the amount on each anniversary of its start, as a fraction.
    pub annual_growth: f64,
    /// Whether the amount is in the money of `asOf` and rises with prices.
    pub inflation_linked: bool,
}

/// The kind of a cash flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum PlanFlowKind {
    /// Income before tax, rents included.
    Income,
    /// Contributions of employers to accounts.
    EmployerContribution,
    /// Taxes on income.
    Taxes,
    /// Spending, with the costs of properties and policies.
    Expense,
    /// Payments on debts.
    DebtPayment,
    /// Money spent on a goal.
    Goal,
    /// Contributions of the household to its own accounts. They move money within the household and change no total.
    Contribution,
}

/// The cash flow of one year of a plan, in the money of that year.
///
/// Each column except `net` is a positive amount. `net` is income and employer contributions less taxes, expenses, debt
/// payments and goals; it includes the household's contributions.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PlanCashFlowYear {
    /// The year of the plan, from 1.
    pub year: u32,
    /// Its first day.
    pub start: Date,
    /// Its last day. The last year may be shorter than twelve months.
    pub end: Date,
    /// The age of the youngest person who is not a dependent, on the first day; absent if there is none.
    pub age: Option<u32>,
    /// Income before tax.
    pub income: Decimal,
    /// Contributions of employers to accounts.
    pub employer_contributions: Decimal,
    /// Taxes on income.
    pub taxes: Decimal,
    /// Spending.
    pub expenses: Decimal,
    /// Payments on debts.
    pub debt_payments: Decimal,
    /// Money spent on goals.
    pub goals: Decimal,
    /// The amount added to the accounts; negative if it is taken out of them.
    pub net: Decimal,
    /// The household's planned contributions to its accounts; part of `net`.
    pub contributions: Decimal,
}

/// The projection of a household's accounts.
#[derive(Debug, Clone, Wire)]
pub struct PlanProjection {
    /// The number of months.
    pub months: u32,
    /// The date of the end.
    pub end: Date,
    /// The balance of all accounts at the start.
    pub initial_balance: Decimal,
    /// The paths that pay for everything to the end.
    pub success: Success,
    /// The balance of all accounts at the start, after each year and at the end: one row for each date and
    /// percentile, ordered by date, then percentile.
    pub fan: Vec<PlanFanRow>,
    /// The share of paths on which everything has been paid so far, at the months of the fan.
    pub solvency: Vec<MonthlySolvencyRow>,
    /// The balances at the end, in the money of that date.
    pub terminal_nominal: Distribution,
    /// The balances at the end, in the money of the start.
    pub terminal_real: Distribution,
    /// The share of paths that run out of money: 1 - `success.probability`.
    pub depletion_share: f64,
    /// Among those paths, percentiles of the month in which they run out of money; empty if none does.
    pub depletion_months: Vec<Percentile>,
    /// The number of simulated paths.
    pub paths: u64,
    /// The seed of the random numbers.
    pub seed: u64,
}

/// One percentile of the balance of all accounts at one date.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PlanFanRow {
    /// Months from the start.
    pub month: u32,
    /// The date.
    pub date: Date,
    /// The age of the youngest person who is not a dependent, on that date; absent if there is none.
    pub age: Option<u32>,
    /// The percentile, 0 to 100.
    #[wire(range = 0..=100)]
    pub percentile: f64,
    /// The balance in the money of that date.
    pub nominal: f64,
    /// The balance in the money of the start.
    pub real: f64,
}

/// A figure that a projection is based on.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PlanAssumption {
    /// The name of the figure, as in the input.
    pub name: String,
    /// The figure.
    pub value: f64,
    /// Its unit, such as "fraction a year".
    pub unit: String,
    /// Its source: the path of a field of the input, or a description of how it was computed.
    pub source: String,
}

/// A decision made in the calculation of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PlanNote {
    /// The path of the item in the document; empty for the plan as a whole.
    pub source: String,
    /// The decision.
    pub text: String,
}
