//! The saving that a plan needs.

use super::search::{MAX_TRIALS, Question, Range, RetirementSolution, check_confidence, hardest};
use crate::{
    ContributionAmount, ContributionFunds, RetirementContribution, RetirementIncome, RetirementIncomeKind,
    RetirementMoment, RetirementPlan, RetirementTaxTreatment, plan::Trials,
};
use wherewithal_base::{Result, check, control::Control, error::At as _, wire::Wire};

const MAX_AMOUNT: f64 = 1e12;

/// Input of `retirement.required_saving`.
#[derive(Debug, Clone, Wire)]
pub struct RequiredSavingInput {
    /// The plan. The result is in addition to its own contributions.
    pub plan: RetirementPlan,

    /// The name of the account that receives the saving.
    pub account: String,

    /// The first year of the saving; by default the first of the plan.
    pub start: Option<RetirementMoment>,

    /// The first year without it; by default the year in which the account's owner retires.
    pub until: Option<RetirementMoment>,

    /// Whether the saving rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,

    /// Annual growth of the saving as a fraction, on top of inflation if it is linked to it; above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: f64,

    /// The required share of paths that succeed, above 0 and at most 1.
    #[wire(share, default = nine_tenths, above = 0, range = ..=1)]
    pub confidence: f64,

    /// The precision of the amount, above 0.
    #[wire(default = one, above = 0)]
    pub precision: f64,

    /// The largest possible annual saving, 0 to 10^12, where the search starts: the plan must succeed with it.
    #[wire(range = 0..=1e12)]
    pub highest: f64,

    /// Whether the saving is money that the plan does not have, earned or spared in addition: then the same amount is also
    /// received, and makes no taxable income. By default it is paid out of the plan's own income, so that it only moves
    /// money where all that is left over is saved anyway.
    #[wire(default)]
    pub new_money: bool,
}

/// The least annual saving with which enough paths succeed, in the money of its first year, or in today's money if it
/// rises with prices.
///
/// # Errors
/// Those of [`run`](crate::run()), below `plan`; `name.unknown`,
/// `probability.out_of_range`, `amount.out_of_range`, `number.out_of_range`,
/// `solve.no_solution`; `operation.cancelled`.
pub fn required_saving(input: &RequiredSavingInput, control: &Control<'_>) -> Result<RetirementSolution> {
    check_confidence(input.confidence)?;
    let highest = check::amount(input.highest, 0.0..=MAX_AMOUNT).at("highest")?;
    let accounts = input.plan.accounts.iter().map(|account| account.name.as_str());
    check::place(&input.account, accounts, "account").at("account")?;
    let range = Range::new(highest, 0.0, input.precision)?;
    let mut trials = Trials::new(&input.plan, MAX_TRIALS, control).at("plan")?;
    let with = |value: f64| {
        let mut plan = input.plan.clone();
        if input.new_money {
            plan.incomes.push(new_money(input, value));
        }
        plan.contributions.push(RetirementContribution {
            account: input.account.clone(),
            amount: ContributionAmount::Fixed {
                annual_amount: value,
                inflation_linked: input.inflation_linked,
                annual_growth: input.annual_growth,
            },
            limit: None,
            employer_match: None,
            paid_from: ContributionFunds::AnyMoney,
            start: input.start.clone(),
            until: input.until.clone(),
        });
        Ok(plan)
    };
    let mut question =
        Question { confidence: input.confidence, trials: &mut trials, plan: &with, what: "a saving" };
    hardest(&range, &mut question).at("plan")
}

/// The income that the saving is paid from. Where contributions are deducted it is taxed, so that both together make no
/// taxable income.
fn new_money(input: &RequiredSavingInput, annual_amount: f64) -> RetirementIncome {
    let plan = &input.plan;
    let account = plan.accounts.iter().find(|account| account.name == input.account);
    let is_deducted = account.is_some_and(|account| {
        matches!(
            account.treatment,
            RetirementTaxTreatment::Traditional | RetirementTaxTreatment::HealthSavings
        )
    });
    let first = plan.people.first().map(|person| &person.name);
    let owner = account.and_then(|account| account.owner.as_ref()).or(first).cloned();
    let retirement = owner.clone().map(|person| RetirementMoment::Retirement { person });
    let mut name = "Additional saving".to_owned();
    while plan.incomes.iter().any(|income| income.name == name) {
        name.push('+');
    }
    RetirementIncome {
        name,
        kind: RetirementIncomeKind::Other,
        owner,
        annual_amount,
        inflation_linked: input.inflation_linked,
        annual_growth: input.annual_growth,
        start: input.start.clone(),
        until: input.until.clone().or(retirement),
        taxable_share: if is_deducted { 1.0 } else { 0.0 },
        survivor_share: 0.0,
    }
}

fn yes() -> bool {
    true
}

fn nine_tenths() -> f64 {
    0.9
}

fn one() -> f64 {
    1.0
}
