//! Makes the retirement plan of a household.
//!
//! Each module maps one part of the document. What it leaves open goes to the list of assumptions; what would decide the
//! plan is refused.

mod accounts;
mod allocation;
mod assets;
mod benefits;
mod contributions;
mod expenses;
mod goals;
mod incomes;
mod left_open;
mod liabilities;
mod limits;
mod market;
mod merge;
mod names;
mod outside;
mod people;
mod reduced;
mod taxes;

use std::collections::BTreeMap;

use super::{
    assumed::Assumed, debts::Debt, output::HouseholdRetirementPlan, request::PlanInput, timeline::Timeline,
};
use incomes::PlannedIncome;
use limits::Placed;
use names::Names;
use people::Adults;
use wherewithal_base::{
    Error, ErrorCode, Result,
    error::At as _,
    money::Currency,
    num::{Decimal, gate},
};
use wherewithal_household::{Assumptions, Household};
use wherewithal_retirement::{
    EarlyWithdrawalPenalty, RetirementBequest, RetirementExpense, RetirementLumpSum, RetirementMoment,
    RetirementPlan, RetirementRequiredDistributions, RetirementSpending, SpendingPolicy, SpendingRule,
};

/// The first age without a penalty on early withdrawals: 26 U.S.C. 72(t)(2)(A)(i) has 59 1/2, which everyone has reached
/// in the year of the 60th birthday.
const PENALTY_UNTIL_AGE: u32 = 60;
const PENALTY: f64 = 0.1;
/// The largest number of items in each list of a retirement plan.
const MOST_ITEMS: usize = 100;

/// A plan with what it was made from.
pub(super) struct Mapped<'a> {
    pub(super) plan: RetirementPlan,
    pub(super) adults: Adults<'a>,
    pub(super) debts: Vec<Debt<'a>>,
    pub(super) goals: Vec<goals::PlannedGoal<'a>>,
    pub(super) assumed: Assumed,
}

/// The retirement plan of a household: what `retirement.run` runs.
///
/// # Errors
/// Those of [`Household::validate`], inside `household`; `field.missing` for what would decide the plan;
/// `amount.out_of_range` for overdrawn accounts; `list.too_long`, `term.out_of_range`, `field.conflict`.
pub fn retirement_plan(request: &PlanInput) -> Result<HouseholdRetirementPlan> {
    let household = &request.household;
    Timeline::new(household.as_of).at("household")?;
    household.validate().at("household")?;
    let Mapped { plan, assumed, .. } = map(request)?;
    Ok(HouseholdRetirementPlan {
        name: household.name.clone(),
        as_of: household.as_of,
        currency: household.currency,
        plan,
        assumptions: assumed.into_list(),
    })
}

/// What the parts of the document are mapped with.
struct Context<'a> {
    household: &'a Household,
    assumptions: &'a Assumptions,
    timeline: Timeline,
    adults: Adults<'a>,
    /// Whether the rules of the United States apply.
    is_american: bool,
    assumed: Assumed,
    /// The plan's incomes by their ids in the document.
    planned_incomes: BTreeMap<&'a str, Vec<PlannedIncome>>,
    names_of_incomes: Names,
    names_of_expenses: Names,
    names_of_lump_sums: Names,
    expenses: Vec<RetirementExpense>,
    lump_sums: Vec<RetirementLumpSum>,
    /// The contributions of the plan with their places in the document.
    placed: Vec<Placed>,
}

/// Maps a household that was validated.
pub(super) fn map(request: &PlanInput) -> Result<Mapped<'_>> {
    let household = &request.household;
    let assumptions = household.assumptions.as_ref().ok_or_else(|| {
        let message = "a plan needs a view of the markets: `expectedReturn`, `volatility` and `inflation`";
        Error::new(ErrorCode::FieldMissing, message).at("assumptions").at("household")
    })?;
    let mut assumed = Assumed::default();
    let timeline = Timeline::new(household.as_of).at("household")?;
    left_open::start(&timeline, &mut assumed).at("household")?;
    let is_american = is_american(household, &mut assumed);
    let adults = people::adults(request, &timeline, &mut assumed)?;
    let context = Context {
        household,
        assumptions,
        timeline,
        adults,
        is_american,
        assumed,
        planned_incomes: BTreeMap::new(),
        names_of_incomes: Names::default(),
        names_of_expenses: Names::default(),
        names_of_lump_sums: Names::default(),
        expenses: Vec::new(),
        lump_sums: Vec::new(),
        placed: Vec::new(),
    };
    context.map(request).at("household")
}

/// Whether the household lives in the United States.
fn is_american(household: &Household, assumed: &mut Assumed) -> bool {
    if let Some(country) = &household.residence {
        return country == "US";
    }
    let by_currency = household.currency == Currency::USD;
    let assumption = if by_currency {
        "the household lives in the United States, because its currency is the dollar"
    } else {
        "no country's rules apply: no limits of contributions, no minimum distributions and no penalty on early \
         withdrawals"
    };
    assumed.add("residence", assumption, "the country, such as \"US\" or \"DE\"");
    by_currency
}

/// Refuses more items than a plan has room for, at the list of the document that they come from.
fn within_lists(plan: &RetirementPlan) -> Result<()> {
    let lists = [
        ("liabilities", "debts", plan.debts.len()),
        ("income", "incomes", plan.incomes.len()),
        ("expenses", "expenses", plan.expenses.len()),
        ("contributions", "contributions", plan.contributions.len()),
        ("properties", "properties and other assets that are sold", plan.properties.len()),
        ("goals", "goals and amounts that are paid once", plan.lump_sums.len()),
    ];
    match lists.into_iter().find(|(.., count)| *count > MOST_ITEMS) {
        Some((field, what, count)) => {
            let message = format!("a plan has at most {MOST_ITEMS} {what}, and this household has {count}");
            Err(Error::new(ErrorCode::ListTooLong, message).at(field))
        }
        None => Ok(()),
    }
}

impl<'a> Context<'a> {
    fn map(mut self, request: &PlanInput) -> Result<Mapped<'a>> {
        let mut planned = self.accounts()?;
        let allocation = self.allocations(&mut planned)?;
        let (mut incomes, social_security) = self.incomes()?;
        let (assets, rents) = self.assets()?;
        incomes.extend(rents);
        let liabilities = self.liabilities()?;
        let properties = self.mortgages(assets, &liabilities);
        let living = self.living()?;
        self.insurance()?;
        let mut contributions = self.contributions(&planned, &mut incomes)?;
        let goals = self.goals()?;
        let taxes = self.taxes()?;
        let mut order = self.withdrawal_order(&planned);
        let accounts = self.merged(planned, &mut contributions, &mut order)?;
        let policy = SpendingPolicy {
            essential_spending: living.essential,
            ..SpendingPolicy::of(SpendingRule::ConstantReal { annual_spending: living.discretionary })
        };
        let spending = RetirementSpending {
            start: Some(RetirementMoment::Year { year: self.timeline.first_year.cast_unsigned() }),
            survivor_share: self.survivor_share(),
            expected_inflation: self.assumptions.inflation,
            ..RetirementSpending::of(policy)
        };
        let mut plan = RetirementPlan::new(
            self.timeline.first_year.cast_unsigned(),
            self.adults.people(),
            accounts,
            allocation,
            spending,
            self.market(),
        );
        plan.first_year_months = self.timeline.first_year_months();
        plan.contributions = contributions;
        plan.incomes = incomes;
        plan.social_security = social_security;
        plan.expenses = std::mem::take(&mut self.expenses);
        plan.debts = liabilities.planned;
        plan.properties = properties;
        plan.lump_sums = std::mem::take(&mut self.lump_sums);
        plan.withdrawal_order = order;
        plan.taxes = taxes;
        plan.bequest = self.bequest()?;
        (plan.years, plan.paths, plan.seed) = (self.adults.years, request.paths, request.seed);
        plan.percentiles.clone_from(&request.percentiles);
        self.rules_of_the_united_states(&mut plan);
        self.fee(&plan);
        self.taxes_left_out();
        within_lists(&plan)?;
        self.note_reduced(&plan);
        Ok(Mapped { plan, adults: self.adults, debts: liabilities.debts, goals, assumed: self.assumed })
    }

    /// Minimum distributions and the penalty on early withdrawals.
    fn rules_of_the_united_states(&mut self, plan: &mut RetirementPlan) {
        if !self.is_american || self.adults.list.is_empty() {
            return;
        }
        plan.required_distributions = Some(RetirementRequiredDistributions::UnitedStates);
        plan.early_withdrawal_penalty =
            Some(EarlyWithdrawalPenalty { rate: PENALTY, until_age: PENALTY_UNTIL_AGE });
        let has_deferred = plan.accounts.iter().any(|account| {
            use wherewithal_retirement::RetirementTaxTreatment::{HealthSavings, Traditional};
            matches!(account.treatment, Traditional | HealthSavings)
        });
        if has_deferred {
            self.assumed.add(
                "residence",
                format!(
                    "minimum distributions by the law of the United States, and a penalty of 10 % on withdrawals from \
                     tax-deferred accounts before the year of the {PENALTY_UNTIL_AGE}th birthday (the law has 59 1/2)"
                ),
                "the country, if it is another",
            );
        }
    }

    /// The spending of a survivor.
    fn survivor_share(&mut self) -> f64 {
        if let Some(share) = self.assumptions.survivor_spending_share {
            return share;
        }
        if self.adults.list.len() > 1 {
            self.assumed.figure(
                "assumptions.survivorSpendingShare",
                "after the first death, living expenses stay as they are",
                (1.0, "fraction"),
                "the share of the living expenses of both, such as 0.75",
            );
        }
        1.0
    }

    fn bequest(&self) -> Result<Option<RetirementBequest>> {
        let Some(amount) = self.assumptions.bequest else { return Ok(None) };
        Ok(Some(RetirementBequest { amount: gate::to_f64(amount), inflation_linked: true }))
    }

    /// An amount in the household's currency. It is not rounded: nobody pays it.
    fn in_base(&self, amount: Decimal, currency: Option<Currency>) -> Result<Decimal> {
        amount.times(self.household.exchange_rate(currency.unwrap_or(self.household.currency))?)
    }
}
