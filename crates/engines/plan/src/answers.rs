//! The questions that a household asks about its plan.

use super::{
    output::{PlanAnswers, PlanQuestion, PlanUnanswered},
    parts::Parts,
};
use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_retirement::{
    EarliestRetirementAgeInput, MaximumSpendingInput, RequiredSavingInput, RetirementIncomeKind,
    RetirementMoment, RetirementPerson, RetirementPlan, RetirementTaxTreatment, SpendingRule, TornadoBar,
    TornadoInput, TornadoMeasure, earliest_retirement_age, maximum_spending, required_saving, tornado,
};

/// The largest number of paths of a question, each of which is answered by dozens of runs.
const MOST_PATHS: u64 = 1_500;
/// The number of assumptions that are shown.
const SHOWN: usize = 6;
/// The highest age of retirement that is tried.
const HIGHEST_AGE: u32 = 75;
/// What is searched for is found to this share of the present spending or income, rounded to a power of ten.
const PRECISION: f64 = 0.001;

/// The shares of the work, in runs of a plan on fewer paths.
pub(super) const TORNADO: u64 = 19;
pub(super) const SPENDING: u64 = 20;
pub(super) const AGE: u64 = 40;
pub(super) const SAVING: u64 = 20;

/// The answers, and the assumptions that matter most.
pub(super) fn ask(
    plan: &RetirementPlan,
    confidence: f64,
    parts: &mut Parts<'_>,
) -> Result<(Vec<TornadoBar>, PlanAnswers)> {
    let mut plan = plan.clone();
    plan.paths = plan.paths.min(MOST_PATHS);
    let input =
        TornadoInput { plan: plan.clone(), assumptions: Vec::new(), sort_by: TornadoMeasure::default() };
    let mut bars = parts.run(TORNADO, |control| tornado(&input, control))?.bars;
    bars.truncate(SHOWN);

    let spending = living_expenses(&plan);
    let mut answers = PlanAnswers {
        confidence,
        paths: plan.paths,
        spending,
        maximum_spending: None,
        earliest_retirement_age: None,
        required_saving: None,
        unanswered: Vec::new(),
    };
    let most = largest_amount(&plan);
    let input = MaximumSpendingInput {
        plan: with_one_level(&plan),
        confidence,
        precision: Some(precision(spending.max(most))),
        highest: Some(most),
    };
    answers.maximum_spending = answered(
        parts.run(SPENDING, |control| maximum_spending(&input, control)),
        PlanQuestion::MaximumSpending,
        &mut answers.unanswered,
    )?;
    let Some(worker) = worker(&plan) else {
        for (question, share) in
            [(PlanQuestion::EarliestRetirementAge, AGE), (PlanQuestion::RequiredSaving, SAVING)]
        {
            parts.run(share, |control| control.check())?;
            answers.unanswered.push(PlanUnanswered { question, reason: "nobody works any more".to_owned() });
        }
        return Ok((bars, answers));
    };
    let age_now = plan.first_year.saturating_sub(worker.birth_year);
    let input = EarliestRetirementAgeInput {
        plan: plan.clone(),
        person: Some(worker.name.clone()),
        confidence,
        lowest_age: None,
        highest_age: HIGHEST_AGE.max(worker.retirement_age).max(age_now),
    };
    answers.earliest_retirement_age = answered(
        parts.run(AGE, |control| earliest_retirement_age(&input, control)),
        PlanQuestion::EarliestRetirementAge,
        &mut answers.unanswered,
    )?;
    let input = RequiredSavingInput {
        account: account_of_saving(&plan)?,
        start: None,
        until: Some(RetirementMoment::Retirement { person: worker.name.clone() }),
        inflation_linked: true,
        annual_growth: 0.0,
        confidence,
        precision: precision(most),
        highest: most,
        new_money: true,
        plan,
    };
    answers.required_saving = answered(
        parts.run(SAVING, |control| required_saving(&input, control)),
        PlanQuestion::RequiredSaving,
        &mut answers.unanswered,
    )?;
    Ok((bars, answers))
}

/// The answer; that there is none is an answer as well.
fn answered<T>(
    result: Result<T>,
    question: PlanQuestion,
    unanswered: &mut Vec<PlanUnanswered>,
) -> Result<Option<T>> {
    match result {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.code() == ErrorCode::SolveNoSolution => {
            unanswered.push(PlanUnanswered { question, reason: error.message().to_owned() });
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The living expenses of the spending rule, essential and discretionary.
fn living_expenses(plan: &RetirementPlan) -> f64 {
    let policy = &plan.spending.policy;
    let discretionary = match policy.rule {
        SpendingRule::ConstantReal { annual_spending } => annual_spending,
        _ => 0.0,
    };
    policy.essential_spending + discretionary
}

/// The plan with all living expenses in its rule, so that a search can lower all of them.
fn with_one_level(plan: &RetirementPlan) -> RetirementPlan {
    let mut plan = plan.clone();
    plan.spending.policy.rule = SpendingRule::ConstantReal { annual_spending: living_expenses(&plan) };
    plan.spending.policy.essential_spending = 0.0;
    plan
}

/// More than anyone can spend or save in a year: all accounts, and all incomes at once.
fn largest_amount(plan: &RetirementPlan) -> f64 {
    let accounts: f64 = plan.accounts.iter().map(|account| account.balance).sum();
    let incomes: f64 = plan.incomes.iter().map(|income| income.annual_amount).sum();
    let properties: f64 = plan.properties.iter().map(|property| property.value).sum();
    let sums: f64 = plan.lump_sums.iter().map(|sum| sum.amount.abs()).sum();
    (accounts + incomes + properties + sums + living_expenses(plan)).clamp(1.0, 1e12)
}

/// The precision of a search up to an amount: a power of ten.
fn precision(most: f64) -> f64 {
    let mut precision = 1.0;
    while precision * 10.0 <= most * PRECISION {
        precision *= 10.0;
    }
    precision
}

/// The first person who still works, of those with a salary the first.
fn worker(plan: &RetirementPlan) -> Option<&RetirementPerson> {
    let works = |person: &&RetirementPerson| {
        let earns = plan.incomes.iter().any(|income| {
            income.kind == RetirementIncomeKind::Salary && income.owner.as_ref() == Some(&person.name)
        });
        earns && person.birth_year + person.retirement_age > plan.first_year
    };
    plan.people.iter().find(works)
}

/// The account that receives additional saving: the one that surplus income goes to.
fn account_of_saving(plan: &RetirementPlan) -> Result<String> {
    let first = |fits: fn(&RetirementTaxTreatment) -> bool| {
        plan.accounts.iter().find(|account| fits(&account.treatment)).map(|account| account.name.clone())
    };
    first(|treatment| matches!(treatment, RetirementTaxTreatment::Taxable { .. }))
        .or_else(|| first(|treatment| matches!(treatment, RetirementTaxTreatment::Cash { .. })))
        .ok_or_else(|| {
            let message = "the plan has no account for saving";
            Error::new(ErrorCode::ListIncomplete, message).at("accounts")
        })
}
