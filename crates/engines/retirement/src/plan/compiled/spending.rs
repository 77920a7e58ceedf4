//! Living expenses.

use super::{super::RetirementPlan, calendar::Calendar};
use crate::limits;
use crate::spending::CompiledSpending;
use wherewithal_base::{Result, check, error::At as _};

/// Living expenses.
#[derive(Debug, Clone)]
pub(in super::super) struct Spending {
    /// In today's money; without it, all remaining income is spent.
    pub(in super::super) before_retirement: Option<f64>,
    pub(in super::super) policy: CompiledSpending,
    /// The first year of the policy.
    pub(in super::super) start: usize,
    /// The essential part of the policy's spending, in today's money.
    pub(in super::super) essential: f64,
    pub(in super::super) survivor_share: f64,
    pub(in super::super) planning_years: usize,
    /// Annual inflation for the valuation of future income.
    pub(in super::super) expected_inflation: f64,
}

impl Spending {
    /// `has_cape`: whether the market has a price-earnings ratio in every year.
    pub(super) fn new(
        plan: &RetirementPlan,
        calendar: &Calendar,
        years: u32,
        has_cape: bool,
    ) -> Result<Self> {
        let given = &plan.spending;
        let start = match &given.start {
            Some(moment) => calendar.moment(moment).at("start")?,
            None => calendar.everyone_retired(),
        };
        let planning_years = given
            .planning_years
            .map_or(Ok(years), |years| limits::years(years, 1, 150).at("planningYears"))?;
        Ok(Self {
            before_retirement: given
                .before_retirement
                .map(|amount| limits::amount(amount).at("beforeRetirement"))
                .transpose()?,
            policy: CompiledSpending::new(&given.policy, has_cape).at("policy")?,
            start: start.clamp(0, i64::from(years)) as usize,
            essential: given.policy.essential_spending,
            survivor_share: check::fraction(given.survivor_share).at("survivorShare")?,
            planning_years: planning_years as usize,
            expected_inflation: check::growth(given.expected_inflation).at("expectedInflation")?,
        })
    }
}
