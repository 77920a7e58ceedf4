//! One path from its start to the last death.

use super::{
    super::compiled::CompiledPlan, market::PathMarket, record::YearRecord, state::Workspace, year::run_year,
};

/// The years of retirement whose returns are looked at for the sequence of returns.
const EARLY_YEARS: usize = 10;

/// What is left of a path.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct PathOutcome {
    /// The number of years.
    pub(in super::super) years: usize,
    /// What the accounts hold at the end.
    pub(in super::super) terminal: f64,
    /// What of that will be ordinary income when it is withdrawn.
    pub(in super::super) terminal_deferred: f64,
    pub(in super::super) terminal_price_level: f64,
    /// The first year, from 0, in which something could not be paid.
    pub(in super::super) first_short_year: Option<usize>,
    /// Living expenses that were paid from the start of the policy on, in today's money.
    pub(in super::super) lifetime_spending: f64,
    /// What could not be paid, in today's money.
    pub(in super::super) shortfall: f64,
    pub(in super::super) years_short: usize,
    /// Years in which something essential could not be paid.
    pub(in super::super) years_short_of_essentials: usize,
    /// The mean real return of the plan's allocation in the first years of retirement, compounded.
    pub(in super::super) early_return: f64,
}

/// Runs a path, and shows each year to `see`.
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
        run_year(plan, work, year, &market.year(year));
        if year + 1 == years {
            settle_arrears(&mut work.record);
        }
        outcome.add(plan, &work.record);
        see(&work.record);
    }
    outcome.early_return = early_return(plan, market);
    outcome
}

/// After the last year nobody is left to pay arrears.
fn settle_arrears(record: &mut YearRecord) {
    record.shortfall += record.arrears;
    record.arrears = 0.0;
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

/// What accounts hold at the end of the year whose withdrawals are ordinary income.
fn deferred(plan: &CompiledPlan, record: &YearRecord) -> f64 {
    let accounts = plan.accounts.iter().zip(&record.accounts);
    accounts.filter(|(account, _)| account.treatment.is_deferred()).map(|(_, row)| row.closing).sum()
}

/// The mean real return of the plan's allocation in the first years of retirement, compounded, in whichever of them
/// the plan has.
fn early_return(plan: &CompiledPlan, market: &PathMarket) -> f64 {
    let start = plan.spending.start.min(plan.years - 1);
    let end = (start + EARLY_YEARS).min(plan.years);
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
    wherewithal_math::pow(growth, 1.0 / (end - start) as f64) - 1.0
}
