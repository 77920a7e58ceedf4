//! The output types of a plan.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};
use wherewithal_household::LiabilityKind;
use wherewithal_net_worth::NetWorthStatement;
use wherewithal_retirement::{
    EarliestRetirementAgeResult, MaximumSpendingResult, RetirementPlan, RetirementResult, RetirementSolution,
    RetirementYearMeans, TornadoBar,
};

/// Result of `plan.retirement_plan`: the retirement plan of a household, to be run, changed and kept.
#[derive(Debug, Clone, Wire)]
pub struct HouseholdRetirementPlan {
    /// The name of the household.
    pub name: String,
    /// The date of the household's balances and values.
    pub as_of: Date,
    /// The currency of all amounts of the plan.
    pub currency: Currency,
    /// The plan: the input of `retirement.run` and of the questions of that family.
    pub plan: RetirementPlan,
    /// What the document leaves open, and what was assumed for it, in the order of the document.
    pub assumptions: Vec<PlanAssumption>,
}

/// A plan of a household.
///
/// Each number can be traced: `retirementPlan` is what was run, `result` is the answer of `retirement.run` to it, and
/// `assumptions` lists what the document leaves open.
#[derive(Debug, Clone, Wire)]
pub struct Plan {
    /// The name of the household.
    pub name: String,
    /// The date of the balances and values.
    pub as_of: Date,
    /// The currency of all amounts without one of their own.
    pub currency: Currency,
    /// The assets and liabilities of the household.
    pub net_worth: NetWorthStatement,
    /// The remaining payments on each debt, in the order of the document, without repaid debts.
    pub debts: Vec<PlanDebt>,
    /// The retirement plan that was run, as `plan.retirement_plan` answers it.
    pub retirement_plan: RetirementPlan,
    /// The result of `retirement.run` on that plan.
    pub result: RetirementResult,
    /// The years of the plan in the money of its start.
    pub years: Vec<PlanYear>,
    /// The moments that matter, in the order of their years.
    pub events: Vec<PlanEvent>,
    /// The six assumptions that move the success probability most, by `retirement.tornado`, the largest first; empty
    /// without questions.
    pub sensitivity: Vec<TornadoBar>,
    /// The answers to the questions that a household asks; null without questions.
    pub answers: Option<PlanAnswers>,
    /// What the document leaves open, and what was assumed for it, in the order of the document.
    pub assumptions: Vec<PlanAssumption>,
}

/// The remaining payments on a debt, up to the sale of what secures it if that repays it. Amounts are the household's share, in
/// the currency of the debt.
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
    /// Nominal annual rate as a fraction, compounded monthly; 0 if the document states none.
    pub annual_rate: Decimal,
    /// The monthly payment of principal and interest, extra payments included; absent if the balance is due at once.
    pub monthly_payment: Option<Decimal>,
    /// The number of those payments left; absent, like the rest, if they do not repay the debt.
    pub remaining_payments: Option<u32>,
    /// The date of the last payment; of a debt that a sale repays, the day on which the plan sells.
    pub payoff_date: Option<Date>,
    /// The last payment, which settles the balance; larger than the others for a balloon. Of a debt that a sale repays, what
    /// is owed then.
    pub final_payment: Option<Decimal>,
    /// The interest in all remaining payments, with that of a deferment.
    pub remaining_interest: Option<Decimal>,
    /// The name of the property or other asset whose sale repays the debt; null if payments do.
    pub repaid_by: Option<String>,
}

/// One year of a plan.
#[derive(Debug, Clone, Wire)]
pub struct PlanYear {
    /// The calendar year.
    pub year: u32,
    /// The age that each person reaches in the year, or would have reached, in the order of the plan.
    pub ages: Vec<u32>,
    /// The means over the paths that are still running, in the money of the start of the plan: those of
    /// `result.yearsReal`.
    pub means: RetirementYearMeans,
}

/// A moment that matters in a plan.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PlanEvent {
    /// The calendar year.
    pub year: u32,
    /// What happens.
    pub kind: PlanEventKind,
    /// The name of the person, debt, property or goal that it happens to.
    pub subject: String,
    /// The age that the person reaches in the year; null for an event of nobody.
    pub age: Option<u32>,
    /// The amount of a goal, in the money of the start of the plan; null for other events.
    pub amount: Option<f64>,
}

/// What happens in a year of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum PlanEventKind {
    /// A person retires.
    Retirement,
    /// A person's Social Security begins.
    SocialSecurity,
    /// Minimum distributions of a person's accounts begin.
    RequiredDistributions,
    /// The last payment on a debt, or the sale from which it is repaid.
    DebtRepaid,
    /// A property or another asset is sold.
    AssetSold,
    /// A goal is paid for.
    Goal,
    /// The last year that the plan counts on for a person; not for lives that are drawn from the life table.
    LastYear,
}

/// The answers to the questions that a household asks about its plan.
#[derive(Debug, Clone, Wire)]
pub struct PlanAnswers {
    /// The required share of paths that succeed.
    pub confidence: f64,
    /// The number of paths on which `sensitivity` and the answers were computed: at most that of the plan.
    pub paths: u64,
    /// The living expenses of the plan's spending rule at present, essential and discretionary together, a year.
    pub spending: f64,
    /// The most that they could be: `retirement.maximum_spending` on a plan in which the rule decides all of them.
    pub maximum_spending: Option<MaximumSpendingResult>,
    /// The earliest age at which the first person who still works could retire: `retirement.earliest_retirement_age`.
    pub earliest_retirement_age: Option<EarliestRetirementAgeResult>,
    /// The least that must be saved a year in addition to everything else, out of money that the plan does not have,
    /// until that person retires: `retirement.required_saving`.
    pub required_saving: Option<RetirementSolution>,
    /// The questions without an answer, and why.
    pub unanswered: Vec<PlanUnanswered>,
}

/// A question without an answer.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PlanUnanswered {
    /// The question.
    pub question: PlanQuestion,
    /// Why it has no answer.
    pub reason: String,
}

/// A question about a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum PlanQuestion {
    /// How much can be spent.
    MaximumSpending,
    /// How early somebody can retire.
    EarliestRetirementAge,
    /// How much must be saved.
    RequiredSaving,
}

/// Something that the document leaves open, and what was assumed for it.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PlanAssumption {
    /// The path of the field in the document, such as `people[0].planToAge`.
    pub field: String,
    /// What was assumed.
    pub assumed: String,
    /// The figure that was assumed; null if it is none.
    pub value: Option<f64>,
    /// Its unit, such as `years` or `fraction`; null without a figure.
    pub unit: Option<String>,
    /// What to write in the document to say otherwise.
    pub instead: String,
}
