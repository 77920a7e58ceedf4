//! A validated plan, compiled: everything that is the same in every path.

mod accounts;
mod allocation;
mod benefits;
mod calendar;
mod contributions;
mod debts;
mod distributions;
mod expenses;
mod incomes;
mod people;
mod properties;
mod spending;
mod streams;
mod withdrawals;

pub(crate) use accounts::conversion_accounts;
pub(super) use accounts::{Account, Conversion, Treatment};
pub(super) use allocation::{Targets, YearlyRebalancing};
pub(super) use benefits::Benefit;
pub(super) use contributions::{Contribution, Saved};
pub(super) use debts::Debt;
pub(super) use distributions::RequiredDistributions;
pub(super) use expenses::{Care, Expense, LumpSum};
pub(super) use incomes::Income;
pub(super) use people::Person;
pub(super) use properties::Property;
pub(super) use spending::Spending;
pub(super) use withdrawals::Withdrawals;

use self::{allocation::Allocations, calendar::Calendar};
use super::{RetirementBequest, RetirementPlan, RetirementSuccess, Splice, taxes::Taxes};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, control::Control, error::At as _};
use wherewithal_market::internal::Market;
use wherewithal_math::random::Stream as RandomStream;
use wherewithal_math::random::purpose;

/// The months of a year.
const MONTHS: u32 = 12;

/// A compiled plan, ready to be run.
#[derive(Debug, Clone)]
pub(crate) struct CompiledPlan {
    pub(super) first_year: u32,
    /// The part of the first year that the plan counts: 1 if it starts on 1 January.
    pub(super) first_part: f64,
    /// The months of the first year before the plan starts.
    pub(super) skipped_months: usize,
    /// The largest number of years of a path.
    pub(super) years: usize,
    pub(super) paths: usize,
    pub(super) seed: u64,
    pub(super) percentiles: Vec<f64>,
    pub(super) market: Market,
    /// Years of a history that replace years of the market.
    pub(super) splice: Option<Splice>,
    /// Market steps in a year: 1 or 12.
    pub(super) steps_per_year: usize,
    pub(super) people: Vec<Person>,
    pub(super) accounts: Vec<Account>,
    /// The allocation of the plan, year by year.
    pub(super) allocation: Targets,
    pub(super) rebalancing: YearlyRebalancing,
    pub(super) incomes: Vec<Income>,
    /// One entry for each person.
    pub(super) benefits: Vec<Option<Benefit>>,
    pub(super) contributions: Vec<Contribution>,
    pub(super) expenses: Vec<Expense>,
    /// Expenses that are education, in the order of the plan.
    pub(super) education: Vec<Expense>,
    pub(super) care: Vec<Care>,
    pub(super) debts: Vec<Debt>,
    pub(super) properties: Vec<Property>,
    pub(super) lump_sums: Vec<LumpSum>,
    pub(super) conversions: Vec<Conversion>,
    pub(super) spending: Spending,
    pub(super) withdrawals: Withdrawals,
    pub(super) surplus_account: Option<usize>,
    pub(super) required_distributions: Option<RequiredDistributions>,
    pub(super) taxes: Taxes,
    pub(super) bequest: Option<RetirementBequest>,
    pub(super) success: RetirementSuccess,
    /// The random numbers that decide how long people live.
    pub(super) mortality_draws: RandomStream,
    /// The random numbers that decide whether a person needs care.
    pub(super) care_draws: RandomStream,
}

impl CompiledPlan {
    /// Validates a plan and computes everything that is the same in every path.
    ///
    /// # Errors
    /// The codes of invalid values and `number.not_finite`, each at its path; `operation.cancelled`.
    #[expect(clippy::indexing_slicing, reason = "what a sale repays was looked up among the debts")]
    pub(crate) fn new(plan: &RetirementPlan, control: &Control<'_>) -> Result<Self> {
        let calendar = Calendar::new(plan)?;
        let first_part = first_part(plan)?;
        let people = people::compile(plan)?;
        let years = people::years(plan, &people)?;
        let paths = limits::paths(plan.paths, years)?;
        check::seed(plan.seed).at("seed")?;
        check::percentiles(&plan.percentiles).at("percentiles")?;
        let steps_per_year = plan.steps.per_year();
        let market =
            Market::new(&plan.market, years * steps_per_year, steps_per_year, plan.paths, plan.seed, control)
                .at("market")?;
        let allocations = Allocations { calendar: &calendar, classes: market.asset_classes().len(), years };
        let allocation = allocations.targets(&plan.allocation).at("allocation")?;
        let accounts = accounts::compile(plan, &allocations, &allocation, first_part)?;
        let incomes = incomes::compile(plan, &calendar, years)?;
        let mut debts = debts::compile(plan, &calendar, years, first_part)?;
        let (properties, repaid) = properties::compile(plan, &debts, &calendar, years, first_part)?;
        for sale in repaid {
            debts[sale.debt].repay(sale.year);
        }
        Ok(Self {
            first_year: plan.first_year,
            first_part,
            skipped_months: (MONTHS - plan.first_year_months) as usize,
            years: years as usize,
            paths: paths.min(market.paths() as usize),
            seed: plan.seed,
            splice: None,
            percentiles: plan.percentiles.clone(),
            steps_per_year: steps_per_year as usize,
            allocation,
            rebalancing: YearlyRebalancing::new(plan.rebalancing, plan.steps).at("rebalancing")?,
            benefits: benefits::compile(plan, &calendar, &people)?,
            contributions: contributions::compile(plan, &calendar, &people, years)?,
            expenses: expenses::compile(plan, &calendar, years)?,
            education: expenses::education(plan, years)?,
            care: expenses::care(plan, &calendar, years)?,
            debts,
            lump_sums: expenses::lump_sums(plan, &calendar)?,
            conversions: accounts::conversions(plan, &calendar, years)?,
            spending: Spending::new(plan, &calendar, years, market.has_cape()).at("spending")?,
            withdrawals: Withdrawals::new(plan).at("withdrawalOrder")?,
            surplus_account: accounts::surplus_account(plan)?,
            required_distributions: plan
                .required_distributions
                .as_ref()
                .map(RequiredDistributions::new)
                .transpose()
                .at("requiredDistributions")?,
            taxes: Taxes::new(plan)?,
            bequest: bequest(plan)?,
            success: plan.success,
            mortality_draws: RandomStream::new(plan.seed, purpose::MORTALITY),
            care_draws: RandomStream::new(plan.seed, purpose::LONG_TERM_CARE),
            market,
            people,
            accounts,
            incomes,
            properties,
        })
    }

    /// The age of a person in a year, counted from 0.
    #[expect(clippy::indexing_slicing, reason = "the person is one of the plan")]
    pub(super) fn age(&self, person: usize, year: usize) -> u32 {
        self.people[person].age + year as u32
    }

    /// The year of birth of a person.
    #[expect(clippy::indexing_slicing, reason = "the person is one of the plan")]
    pub(super) fn birth_year(&self, person: usize) -> u32 {
        self.people[person].birth_year
    }

    /// The number of asset classes.
    pub(crate) fn classes(&self) -> usize {
        self.market.asset_classes().len()
    }

    /// The first year of the spending policy, counted from 0, and the number of years from it to the end; `None` if the
    /// plan ends before it.
    pub(crate) fn spending_years(&self) -> Option<(usize, usize)> {
        let left = self.years.checked_sub(self.spending.start).filter(|left| *left > 0)?;
        Some((self.spending.start, left))
    }

    /// Replaces years of the market, and removes earlier replacements.
    pub(crate) fn splice(&mut self, splice: Splice) {
        self.splice = Some(splice);
    }

    /// The path number, if the plan has it.
    pub(super) fn path(&self, path: u64) -> Result<u64> {
        if path < self.paths as u64 {
            return Ok(path);
        }
        let message = format!("path {path} of {} does not exist; counting starts at 0", self.paths);
        Err(Error::new(ErrorCode::IndexOutOfRange, message).at("path"))
    }
}

/// The part of the first year that the plan counts.
fn first_part(plan: &RetirementPlan) -> Result<f64> {
    let months =
        check::whole(plan.first_year_months, 1..=MONTHS, ErrorCode::CountOutOfRange).at("firstYearMonths")?;
    Ok(f64::from(months) / f64::from(MONTHS))
}

fn bequest(plan: &RetirementPlan) -> Result<Option<RetirementBequest>> {
    if let Some(bequest) = &plan.bequest {
        limits::amount(bequest.amount).at("amount").at("bequest")?;
    }
    Ok(plan.bequest)
}
