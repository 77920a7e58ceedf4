//! A payoff plan and its baselines.

use super::{
    compiled::{CompiledDebts, MAX_MONTHS, MinimumRule, RatePeriod},
    follow::follow,
    input::{PayoffPlanInput, PayoffStrategy, PayoffStrategyName},
    optimum::{PayoffProof, optimum},
    run::{BoundBy, DebtMonth, Run},
};
use wherewithal_base::{Result, control::Control, dates::Date, num::Decimal, wire::Wire};

/// A plan to repay several debts, with its months and savings.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PayoffPlan {
    /// The strategy of the plan.
    pub strategy: PayoffStrategyName,
    /// The date of the last payment.
    pub debt_free_date: Date,
    /// The number of months with a payment.
    pub months: u32,
    /// The sum of all interest.
    pub total_interest: Decimal,
    /// The sum of all payments: the balances and the interest.
    pub total_paid: Decimal,
    /// The outcome of paying only the minimums, each by its rule, without passing on what a repaid debt frees. Null if
    /// a debt would still be owed after 1,200 months.
    pub minimums_only: Option<PayoffBaseline>,
    /// The outcome of paying the minimums of the first month throughout, without passing on what a repaid debt frees.
    /// Null if a debt would still be owed after 1,200 months.
    pub fixed_minimums: Option<PayoffBaseline>,
    /// The proof of how close the plan is to the least possible interest; only with the strategy `optimum`.
    pub proof: Option<PayoffProof>,
    /// Each debt of the plan, in the order of the input.
    pub debts: Vec<PayoffDebtSummary>,
    /// The totals of each month.
    pub monthly_totals: Vec<PayoffMonth>,
    /// One row for each month and each debt that is owed in it, in the order of the input.
    pub schedule: Vec<PayoffRow>,
}

/// A baseline that a plan is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PayoffBaseline {
    /// The date of the last payment of the baseline.
    pub debt_free_date: Date,
    /// The number of months of the baseline.
    pub months: u32,
    /// The sum of all interest of the baseline.
    pub total_interest: Decimal,
    /// The sum of all payments of the baseline.
    pub total_paid: Decimal,
    /// The interest of the baseline less that of the plan; negative if the plan costs more.
    pub interest_saved: Decimal,
    /// The months of the baseline less those of the plan; negative if the plan takes longer.
    pub months_saved: i32,
}

/// One debt over the whole plan.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PayoffDebtSummary {
    /// The id of the debt.
    pub id: String,
    /// The name of the debt.
    pub name: String,
    /// The date of its last payment.
    pub payoff_date: Date,
    /// The number of the month of its last payment.
    pub months: u32,
    /// The sum of its interest.
    pub total_interest: Decimal,
    /// The part of its interest that a promotion had deferred and that was charged, because the debt was not repaid by the
    /// end of the promotion.
    pub deferred_interest_charged: Decimal,
    /// The sum of its payments.
    pub total_paid: Decimal,
}

/// All debts in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PayoffMonth {
    /// The number of the month, from 1.
    pub month: u32,
    /// The date of the month's payments; a debt with a payment day of its own is paid on that day.
    pub date: Date,
    /// The budget of the month, one-off amounts included.
    pub budget: Decimal,
    /// The balance before the month's interest.
    pub opening: Decimal,
    /// The month's interest.
    pub interest: Decimal,
    /// The sum of the payments: the budget or, in the last month, what is left to pay.
    pub payment: Decimal,
    /// The sum of the minimum payments.
    pub minimum: Decimal,
    /// The balance after the payments.
    pub balance: Decimal,
}

/// One debt in one month, with the parts of its payment.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PayoffRow {
    /// The number of the month, from 1.
    pub month: u32,
    /// The date of the payment.
    pub date: Date,
    /// The id of the debt.
    pub debt_id: String,
    /// The balance before the month's interest.
    pub opening: Decimal,
    /// The annual rate in force, as a fraction.
    pub annual_rate: Decimal,
    /// The month's interest on the opening balance, rounded, and `deferredInterestCharged`; zero while interest is
    /// deferred.
    pub interest: Decimal,
    /// The part of the interest that a promotion had deferred; above zero in the first month after a promotion by whose end
    /// the debt was not repaid.
    pub deferred_interest_charged: Decimal,
    /// The interest that a promotion has deferred up to this month, and that is charged if the debt is not repaid by the end
    /// of the promotion; zero once it is repaid.
    pub deferred_interest: Decimal,
    /// The payment: the minimum plus the surplus, and also the interest plus the principal.
    pub payment: Decimal,
    /// The part of the payment that reduces the balance; negative if the interest exceeds the payment.
    pub principal: Decimal,
    /// The balance after the payment; zero in the debt's last row.
    pub balance: Decimal,
    /// The part of the payment that must be paid.
    pub minimum: Decimal,
    /// The part of the payment above the minimum.
    pub surplus: Decimal,
    /// The rule that determined the minimum.
    pub minimum_rule: PayoffMinimumRule,
}

/// The rule that determined a month's minimum payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum PayoffMinimumRule {
    /// The fixed amount.
    Fixed,
    /// The share of the opening balance.
    PercentOfBalance,
    /// The share of the opening balance plus the month's interest.
    PercentPlusInterest,
    /// The floor of the rule, which exceeds its share.
    Floor,
    /// The balance owed, which is less than the rule asks for.
    Balance,
}

/// The months in which several debts are repaid from one monthly budget.
///
/// Each month every debt is charged a twelfth of the annual rate in force on its opening balance, rounded to the minor
/// unit, unless a promotion defers it. Then all minimum payments are made, and the rest of the budget goes to the debts in the order of the strategy.
/// The budget is spent in full every month until the last, so the payments that a repaid debt frees go to the others.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, PayoffPlanInput};
///
/// let request: PayoffPlanInput = serde_json::from_str(r#"{
///     "firstPayment": "2026-02-01",
///     "debts": [
///         {"id": "card", "balance": "3000", "annualRate": "0.24",
///          "minimumPayment": {"kind": "percentPlusInterest", "fraction": "0.01", "floor": "25"}},
///         {"id": "car", "balance": "9000", "annualRate": "0.06",
///          "minimumPayment": {"kind": "fixed", "amount": "280"}}
///     ],
///     "budget": {"monthly": "500"},
///     "strategy": {"kind": "avalanche"}
/// }"#).unwrap();
/// let plan = debt::payoff_plan(&request)?;
/// assert_eq!(plan.schedule.first().map(|row| row.interest.to_string()), Some("60.00".to_owned()));
/// assert!(plan.monthly_totals.last().is_some_and(|month| month.balance.is_zero()));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `budget.below_minimums` and `payment.never_repays` if the budget is too small; `amount.out_of_range`,
/// `rate.out_of_range`, `decimal.too_precise`, `date.out_of_range` and the codes of invalid lists, names and months,
/// each at the path of its field.
pub fn payoff_plan(request: &PayoffPlanInput) -> Result<PayoffPlan> {
    payoff_plan_under(request, &Control::default())
}

/// [`payoff_plan`], which `control` can stop.
///
/// # Errors
/// Those of [`payoff_plan`], and `operation.cancelled`.
pub fn payoff_plan_under(request: &PayoffPlanInput, control: &Control<'_>) -> Result<PayoffPlan> {
    let terms = CompiledDebts::new(
        request.currency,
        request.first_payment,
        &request.debts,
        &request.budget,
        request.rounding,
    )?;
    let custom = match terms.custom_order(&request.strategy) {
        Ok(order) => order.unwrap_or_default(),
        Err(error) => return Err(error.at("strategy")),
    };
    let rates = terms.rates(MAX_MONTHS)?;
    let (run, proof) = match &request.strategy {
        PayoffStrategy::Optimum => {
            let (run, proof) = optimum(&terms, &rates, None, control)?;
            (run, Some(proof))
        }
        strategy => match follow(strategy.name(), &terms, &rates, &custom)? {
            Ok(run) => (run, None),
            Err(unpaid) => return Err(unpaid.into_error(&terms)?),
        },
    };
    let baselines = Baselines::new(&terms, &rates)?;

    let mut debts = Vec::with_capacity(terms.debts.len());
    for index in &terms.input_order {
        debts.push(debt_summary(&terms, &run, *index)?);
    }
    let mut schedule = Vec::new();
    let mut monthly_totals = Vec::with_capacity(run.months.len());
    for (month, (parts, budget)) in run.months.iter().zip(&terms.budget).enumerate() {
        monthly_totals.push(month_totals(&terms, month, parts, *budget)?);
        for index in &terms.input_order {
            schedule.extend(row(&terms, month, parts, *index)?);
        }
    }
    Ok(PayoffPlan {
        strategy: request.strategy.name(),
        debt_free_date: debt_free_date(&terms, &run)?,
        months: run.months.len() as u32,
        total_interest: terms.total(run.total_interest)?,
        total_paid: terms.total(run.total_paid())?,
        minimums_only: baselines.minimums_only(&terms, &run)?,
        fixed_minimums: baselines.fixed_minimums(&terms, &run)?,
        proof,
        debts,
        monthly_totals,
        schedule,
    })
}

/// The two baselines, if they end.
pub(super) struct Baselines {
    minimums_only: Option<Run>,
    fixed_minimums: Option<Run>,
}

impl Baselines {
    pub(super) fn new(terms: &CompiledDebts, rates: &[Vec<RatePeriod>]) -> Result<Self> {
        Ok(Self {
            minimums_only: Run::minimums_only(terms, rates, false)?,
            fixed_minimums: Run::minimums_only(terms, rates, true)?,
        })
    }

    pub(super) fn minimums_only(&self, terms: &CompiledDebts, plan: &Run) -> Result<Option<PayoffBaseline>> {
        self.minimums_only.as_ref().map(|run| baseline(terms, run, plan)).transpose()
    }

    pub(super) fn fixed_minimums(&self, terms: &CompiledDebts, plan: &Run) -> Result<Option<PayoffBaseline>> {
        self.fixed_minimums.as_ref().map(|run| baseline(terms, run, plan)).transpose()
    }
}

fn baseline(terms: &CompiledDebts, run: &Run, plan: &Run) -> Result<PayoffBaseline> {
    Ok(PayoffBaseline {
        debt_free_date: debt_free_date(terms, run)?,
        months: run.months.len() as u32,
        total_interest: terms.total(run.total_interest)?,
        total_paid: terms.total(run.total_paid())?,
        interest_saved: terms.total(run.total_interest - plan.total_interest)?,
        months_saved: run.months.len() as i32 - plan.months.len() as i32,
    })
}

/// The latest payment date of the last month.
pub(super) fn debt_free_date(terms: &CompiledDebts, run: &Run) -> Result<Date> {
    let month = run.months.len().saturating_sub(1);
    let mut latest = None;
    for (debt, part) in terms.debts.iter().zip(run.months.last().into_iter().flatten()) {
        if part.due() > 0 {
            latest = latest.max(Some(terms.payment_date(month, debt)?));
        }
    }
    latest.map_or_else(|| terms.month_date(month), Ok)
}

#[expect(clippy::indexing_slicing, reason = "every month of a run has a part for every debt of the terms")]
pub(super) fn debt_summary(terms: &CompiledDebts, run: &Run, index: usize) -> Result<PayoffDebtSummary> {
    let debt = &terms.debts[index];
    let owed = || run.months.iter().map(|parts| &parts[index]).filter(|part| part.due() > 0);
    let months = owed().count();
    Ok(PayoffDebtSummary {
        id: debt.id.clone(),
        name: debt.name.clone(),
        payoff_date: terms.payment_date(months.saturating_sub(1), debt)?,
        months: months as u32,
        total_interest: terms.total(owed().map(|part| i128::from(part.interest)).sum())?,
        deferred_interest_charged: terms.total(owed().map(|part| i128::from(part.charged)).sum())?,
        total_paid: terms.total(owed().map(|part| i128::from(part.payment())).sum())?,
    })
}

fn month_totals(
    terms: &CompiledDebts,
    month: usize,
    parts: &[DebtMonth],
    budget: i64,
) -> Result<PayoffMonth> {
    let sum =
        |part: fn(&DebtMonth) -> i64| terms.total(parts.iter().map(|debt| i128::from(part(debt))).sum());
    Ok(PayoffMonth {
        month: month as u32 + 1,
        date: terms.month_date(month)?,
        budget: terms.amount(budget)?,
        opening: sum(|debt| debt.opening)?,
        interest: sum(|debt| debt.interest)?,
        payment: sum(DebtMonth::payment)?,
        minimum: sum(|debt| debt.minimum)?,
        balance: sum(DebtMonth::balance)?,
    })
}

fn row(terms: &CompiledDebts, month: usize, parts: &[DebtMonth], index: usize) -> Result<Option<PayoffRow>> {
    let (Some(debt), Some(part)) = (terms.debts.get(index), parts.get(index).filter(|part| part.due() > 0))
    else {
        return Ok(None);
    };
    let minimum_rule = match (part.bound_by, debt.minimum) {
        (BoundBy::Balance, _) => PayoffMinimumRule::Balance,
        (BoundBy::Floor, _) => PayoffMinimumRule::Floor,
        (BoundBy::Rule, MinimumRule::Fixed(_)) => PayoffMinimumRule::Fixed,
        (BoundBy::Rule, MinimumRule::Percent { plus_interest: false, .. }) => {
            PayoffMinimumRule::PercentOfBalance
        }
        (BoundBy::Rule, MinimumRule::Percent { .. }) => PayoffMinimumRule::PercentPlusInterest,
    };
    Ok(Some(PayoffRow {
        month: month as u32 + 1,
        date: terms.payment_date(month, debt)?,
        debt_id: debt.id.clone(),
        opening: terms.amount(part.opening)?,
        annual_rate: part.rate.annual,
        interest: terms.amount(part.interest)?,
        deferred_interest_charged: terms.amount(part.charged)?,
        deferred_interest: terms.amount(part.deferred)?,
        payment: terms.amount(part.payment())?,
        principal: terms.amount(part.payment() - part.interest)?,
        balance: terms.amount(part.balance())?,
        minimum: terms.amount(part.minimum)?,
        surplus: terms.amount(part.surplus)?,
        minimum_rule,
    }))
}
