//! What a plan says.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};
use wherewithal_household::LiabilityKind;
use wherewithal_net_worth::NetWorthStatement;
use wherewithal_simulation::{Distribution, MonthlySolvencyRow, Percentile, Success};

/// A plan of a household.
///
/// Each number can be traced: `flows` lists every stream of money with the item of the document that it comes
/// from, `assumptions` every figure that the projection rests on, `notes` every choice that was made on the way.
#[derive(Debug, Clone, Wire)]
pub struct Plan {
    /// What the household is called.
    pub name: String,
    /// The date on which the plan starts.
    pub as_of: Date,
    /// The currency of all amounts that name none.
    pub currency: Currency,
    /// What the household owns and owes.
    pub net_worth: NetWorthStatement,
    /// What is left to pay on each debt, in the order of the document, without debts that are repaid.
    pub debts: Vec<PlanDebt>,
    /// The streams of money, in the order of the document.
    pub flows: Vec<PlanFlow>,
    /// What comes in and goes out in each year.
    pub cash_flow: Vec<PlanCashFlowYear>,
    /// How the accounts may develop.
    pub projection: PlanProjection,
    /// The figures that the projection rests on.
    pub assumptions: Vec<PlanAssumption>,
    /// What was decided on the way, and for which item of the document.
    pub notes: Vec<PlanNote>,
}

/// What is left to pay on a debt. Amounts are in the currency of the debt.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PlanDebt {
    /// The id of the liability.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What the debt is.
    pub kind: LiabilityKind,
    /// The currency of the amounts.
    pub currency: Currency,
    /// What is owed, as a positive amount.
    pub balance: Decimal,
    /// Nominal annual rate as a fraction, compounded monthly.
    pub annual_rate: Decimal,
    /// What is paid each month, extra payments included; absent where neither a payment nor a number of months
    /// is known.
    pub monthly_payment: Option<Decimal>,
    /// How many payments are left.
    pub remaining_payments: Option<u32>,
    /// The date of the last payment.
    pub payoff_date: Option<Date>,
    /// The last payment, which settles the balance; larger than the others for a balloon.
    pub final_payment: Option<Decimal>,
    /// The interest of all payments that are left.
    pub remaining_interest: Option<Decimal>,
}

/// A stream of money of a plan, in the household's currency.
///
/// In month t of the plan the amount is `monthlyAmount × (1 + annualGrowth)^k`, k being the whole years since
/// `startMonth`; where it is linked to inflation, `monthlyAmount × (1 + inflation)^(t/12)`. Payments of another
/// rhythm than a month are spread evenly.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PlanFlow {
    /// The path of the item in the document, such as `income[0]`.
    pub source: String,
    /// What the item is called.
    pub name: String,
    /// What the money is.
    pub kind: PlanFlowKind,
    /// The amount of one month: positive comes in, negative goes out. Shown to the smallest unit of the currency;
    /// the projection and the cash flow use all digits.
    pub monthly_amount: Decimal,
    /// The first month, from 1.
    pub start_month: u32,
    /// The last month.
    pub end_month: u32,
    /// How much the amount rises on each anniversary of its start, as a fraction.
    pub annual_growth: f64,
    /// Whether the amount is in the money of `asOf` and rises with prices.
    pub inflation_linked: bool,
}

/// What a stream of money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum PlanFlowKind {
    /// Income before tax, rents included.
    Income,
    /// What employers pay into accounts.
    EmployerContribution,
    /// Taxes on income.
    Taxes,
    /// Spending, with the costs of properties and policies.
    Expense,
    /// Payments on debts.
    DebtPayment,
    /// Money spent on a goal.
    Goal,
    /// What the household pays into its accounts. It moves inside the household and changes no total.
    Contribution,
}

/// What comes in and goes out in one year of a plan, in the money of that year.
///
/// Each column is a positive amount. `net` is income and employer contributions less taxes, expenses, debt
/// payments and goals; contributions of the household are inside it.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PlanCashFlowYear {
    /// The year of the plan, from 1.
    pub year: u32,
    /// Its first day.
    pub start: Date,
    /// Its last day. The last year may be shorter than twelve months.
    pub end: Date,
    /// The age of the youngest person who is not a dependent, on the first day; absent where there is none.
    pub age: Option<u32>,
    /// Income before tax.
    pub income: Decimal,
    /// What employers pay into accounts.
    pub employer_contributions: Decimal,
    /// Taxes on income.
    pub taxes: Decimal,
    /// Spending.
    pub expenses: Decimal,
    /// Payments on debts.
    pub debt_payments: Decimal,
    /// Money spent on goals.
    pub goals: Decimal,
    /// What is added to the accounts; negative for what is taken out of them.
    pub net: Decimal,
    /// What the household pays into its accounts on purpose; part of `net`.
    pub contributions: Decimal,
}

/// How the accounts of a household may develop.
#[derive(Debug, Clone, Wire)]
pub struct PlanProjection {
    /// How many months are projected.
    pub months: u32,
    /// The date of the end.
    pub end: Date,
    /// What all accounts hold at the start.
    pub initial_balance: Decimal,
    /// The paths that pay for everything to the end.
    pub success: Success,
    /// The balance of all accounts at the start, after each year and at the end: one row for each date and
    /// percentile, ordered by date, then percentile.
    pub fan: Vec<PlanFanRow>,
    /// The share of paths that have paid for everything so far, at the months of the fan.
    pub solvency: Vec<MonthlySolvencyRow>,
    /// The balances at the end, in the money of that date.
    pub terminal_nominal: Distribution,
    /// The balances at the end, in the money of the start.
    pub terminal_real: Distribution,
    /// The share of paths that run out of money: 1 - `success.probability`.
    pub depletion_share: f64,
    /// Among those paths, percentiles of the month in which they run out of money; empty if none does.
    pub depletion_months: Vec<Percentile>,
    /// How many paths were simulated.
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
    /// The age of the youngest person who is not a dependent, on that date; absent where there is none.
    pub age: Option<u32>,
    /// The percentile, 0 to 100.
    pub percentile: f64,
    /// The balance in the money of that date.
    pub nominal: f64,
    /// The balance in the money of the start.
    pub real: f64,
}

/// A figure that a projection rests on.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PlanAssumption {
    /// What the figure is, as the field of the input is called.
    pub name: String,
    /// The figure.
    pub value: f64,
    /// Its unit, such as "fraction a year".
    pub unit: String,
    /// Where it comes from: the path of a field of the input, or what it was computed from.
    pub source: String,
}

/// Something that was decided on the way to a plan.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PlanNote {
    /// The path of the item in the document; empty for the plan as a whole.
    pub source: String,
    /// What was decided.
    pub text: String,
}
