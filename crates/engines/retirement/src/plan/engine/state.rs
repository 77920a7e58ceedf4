//! The state that is carried from year to year along a path, and its working memory.

use super::{
    super::{compiled::CompiledPlan, taxes::Filing},
    record::{AccountYear, YearRecord},
};
use crate::spending::SpendingState;

/// The working memory of a path, reused for the next path.
#[derive(Debug)]
pub(in super::super) struct Workspace {
    pub(super) state: PathState,
    pub(super) record: YearRecord,
    /// A future year, for looking ahead.
    pub(super) scratch: YearRecord,
    /// What was decided about each account at the start of a year that is settled month by month.
    pub(super) decided: Vec<AccountYear>,
    /// What each account holds and pays in one month.
    pub(super) month: Vec<AccountYear>,
}

/// The household at the start of a year.
#[derive(Debug)]
pub(in super::super) struct PathState {
    /// For each account, the holdings of each class.
    pub(super) holdings: Vec<Vec<f64>>,
    /// For each account, the cost basis.
    pub(super) bases: Vec<f64>,
    /// 1 at the start of the plan.
    pub(super) price_level: f64,
    /// The price-earnings ratio at the start of the year, if the market has one.
    pub(super) cape: Option<f64>,
    /// Inflation in the previous year.
    pub(super) inflation: f64,
    /// The return of all accounts together in the previous year.
    pub(super) portfolio_return: f64,
    /// What the taxes of the previous year lack; negative for a refund. 0 with annual steps.
    pub(super) tax_settlement: f64,
    /// The last year of each person's life.
    pub(super) last_years: Vec<usize>,
    /// For each entry of long-term care, whether it will be needed.
    pub(super) needs_care: Vec<bool>,
    pub(super) spending: Option<SpendingState>,
}

impl Workspace {
    pub(in super::super) fn new(plan: &CompiledPlan) -> Self {
        Self {
            state: PathState::new(plan),
            record: YearRecord::new(plan),
            scratch: YearRecord::new(plan),
            decided: vec![AccountYear::default(); plan.accounts.len()],
            month: vec![AccountYear::default(); plan.accounts.len()],
        }
    }
}

impl PathState {
    pub(in super::super) fn new(plan: &CompiledPlan) -> Self {
        Self {
            holdings: plan.accounts.iter().map(|account| account.targets.of_year(0).to_vec()).collect(),
            bases: vec![0.0; plan.accounts.len()],
            price_level: 1.0,
            cape: None,
            inflation: 0.0,
            portfolio_return: 0.0,
            tax_settlement: 0.0,
            last_years: vec![0; plan.people.len()],
            needs_care: vec![false; plan.care.len()],
            spending: None,
        }
    }

    /// The start of a path.
    #[expect(clippy::indexing_slicing, reason = "there is a draw for each of at most two people")]
    pub(super) fn begin(&mut self, plan: &CompiledPlan, path: u64) {
        for ((holdings, basis), account) in self.holdings.iter_mut().zip(&mut self.bases).zip(&plan.accounts)
        {
            for (holding, target) in holdings.iter_mut().zip(account.targets.of_year(0)) {
                *holding = account.balance * target;
            }
            *basis = account.basis;
        }
        let draws = plan.mortality_draws.uniforms(path, 0);
        for ((last, person), draw) in self.last_years.iter_mut().zip(&plan.people).zip(draws) {
            *last = person.lifetime.years_until_death(draw) as usize;
        }
        let draws = plan.care_draws.uniforms(path, 0);
        for (needed, care) in self.needs_care.iter_mut().zip(&plan.care) {
            *needed = draws[care.person] < care.probability;
        }
        self.price_level = 1.0;
        self.inflation = 0.0;
        self.portfolio_return = 0.0;
        self.tax_settlement = 0.0;
        self.spending = None;
    }

    #[expect(clippy::indexing_slicing, reason = "the person is one of the plan")]
    pub(super) fn is_alive(&self, person: usize, year: usize) -> bool {
        year <= self.last_years[person]
    }

    /// The number of people alive in a year.
    pub(super) fn living(&self, year: usize) -> usize {
        self.last_years.iter().filter(|last| year <= **last).count()
    }

    /// The filing status of the household in a year.
    pub(super) fn filing(&self, year: usize) -> Filing {
        Filing::of(self.living(year))
    }

    /// The last year in which anyone is alive.
    pub(super) fn last_year(&self) -> usize {
        self.last_years.iter().fold(0, |latest, last| latest.max(*last))
    }
}
