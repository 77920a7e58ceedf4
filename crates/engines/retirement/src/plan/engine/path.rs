//! One path from its start to the last death.

use super::{
    super::compiled::CompiledPlan, market::PathMarket, record::YearRecord, state::Workspace, year::run_year,
};

/// The number of first years of retirement whose returns count for the sequence of returns.
const EARLY_YEARS: usize = 10;

/// The outcome of a path.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct PathOutcome {
    /// The number of years.
    pub(in super::super) years: usize,
    /// Nominal balance of all accounts at the end.
    pub(in super::super) terminal: f64,
    /// The part of it that will be ordinary income when it is withdrawn.
    pub(in super::super) terminal_deferred: f64,
    pub(in super::super) terminal_price_level: f64,
    /// The first year with a shortfall, counted from 0.
    pub(in super::super) first_short_year: Option<usize>,
    /// Living expenses paid from the start of the policy on, in today's money.
    pub(in super::super) lifetime_spending: f64,
    /// The shortfall, in today's money.
    pub(in super::super) shortfall: f64,
    pub(in super::super) years_short: usize,
    /// The number of years with a shortfall of essential spending.
    pub(in super::super) years_short_of_essentials: usize,
    /// The mean annual real return of the plan's allocation in the first years of retirement, compounded.
    pub(in super::super) early_return: f64,
}

/// Runs a path, and passes each year to `see`.
pub(in super::super) fn run_path(
    plan: &CompiledPlan,
    market: &PathMarket,
    work: &mut Workspace,
    path: u64,
    mut see: impl FnMut(&YearRecord),
) -> PathOutcome {
    work.state.begin(plan, path);
    let years = plan.years.min(work.state.last_year() + 1);
    let mut outcome = PathOutcome { years, terminal_price_level: 1.0, ..PathOutcome::default() };
    for year in 0..years {
        run_year(plan, work, year, &market.year(year), year + 1 == years);
        outcome.add(plan, &work.record);
        see(&work.record);
    }
    outcome.early_return = early_return(plan, market);
    outcome
}

impl PathOutcome {
    fn add(&mut self, plan: &CompiledPlan, record: &YearRecord) {
        self.terminal = record.closing();
        self.terminal_deferred = deferred(plan, record);
        self.terminal_price_level = record.closing_price_level;
        if record.year >= plan.spending.start {
            self.lifetime_spending += record.paid_spending() / record.price_level;
        }
        if record.falls_short() {
            self.first_short_year = self.first_short_year.or(Some(record.year));
            self.shortfall += record.shortfall / record.price_level;
            self.years_short += 1;
        }
        if record.falls_short_of_essentials() {
            self.years_short_of_essentials += 1;
        }
    }
}

/// The balance at the end of the year of accounts whose withdrawals are ordinary income.
fn deferred(plan: &CompiledPlan, record: &YearRecord) -> f64 {
    let accounts = plan.accounts.iter().zip(&record.accounts);
    accounts.filter(|(account, _)| account.treatment.is_deferred()).map(|(_, row)| row.closing).sum()
}

/// The mean annual real return of the plan's allocation in the first years of retirement within the plan, compounded.
fn early_return(plan: &CompiledPlan, market: &PathMarket) -> f64 {
    let start = plan.spending.start.min(plan.years - 1);
    let end = (start + EARLY_YEARS).min(plan.years);
    // Of the first year, only a part may count.
    let missing = if start == 0 { 1.0 - plan.first_part } else { 0.0 };
    let mut growth = 1.0;
    for year in start..end {
        let of_year = market.year(year);
        let nominal: f64 = of_year
            .growth
            .iter()
            .zip(plan.allocation.of_year(year))
            .map(|(growth, share)| growth * share)
            .sum();
        growth *= nominal / of_year.prices;
    }
    wherewithal_math::pow(growth, 1.0 / ((end - start) as f64 - missing)) - 1.0
}
