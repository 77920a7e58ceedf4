//! Branch and bound over the months in which debts are repaid.
//!
//! A mix of plans of one debt, some of which have repaid it while others have not, can pay less than the minimum in a
//! month. Such a month divides the plans into two cases: the debt is repaid by then, or it is still owed. Every plan is
//! in one of the two, so none is lost. So does the end of a promotion, if the mix repays the debt in time in part. A case is closed when its bound explains the best plan up to rounding.

use super::{
    super::{
        compiled::{CompiledDebts, RatePeriod},
        run::{Run, highest_rate_first, pay_in_order},
    },
    master::Master,
    relaxed::{Bounds, Relaxed, marginal_prices},
    single::Window,
};
use std::cmp::Reverse;
use wherewithal_base::{Result, control::Control, order::sort_by_key};

/// The most steps of one linear program, per row.
const STEPS_PER_ROW: usize = 30;
/// The most work of the whole search: the square of the rows, for each step of a linear program.
const MAX_WORK: usize = 3_000_000_000;
/// The most cases that the search examines.
const MAX_CASES: usize = 2000;
/// A payment that is below the minimum by less than this share of all balances counts as floating-point rounding.
const SHORTFALL: f64 = 1e-8;
/// A weight of a mix below this share counts as floating-point rounding.
const UNDECIDED: f64 = 1e-6;

pub(super) struct Search<'a> {
    terms: &'a CompiledDebts,
    rates: &'a [Vec<RatePeriod>],
    relaxed: &'a Relaxed,
    best: Run,
    work: usize,
    control: &'a Control<'a>,
}

/// The plans within the windows of all debts, and their bounds.
struct Case {
    windows: Vec<Window>,
    prices: Vec<f64>,
    bounds: Bounds,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        terms: &'a CompiledDebts,
        rates: &'a [Vec<RatePeriod>],
        relaxed: &'a Relaxed,
        best: Run,
        control: &'a Control<'a>,
    ) -> Self {
        Self { terms, rates, relaxed, best, work: 0, control }
    }

    /// The best plan, and the bounds for all plans.
    pub(super) fn run(mut self) -> Result<(Run, Bounds)> {
        let months = self.relaxed.budgets.len();
        let windows = vec![Window { owed_before: 0, repaid_by: months }; self.relaxed.singles.len()];
        let prices = marginal_prices(&self.best);
        let bounds = self.relaxed.bounds(&prices, &windows);
        if self.relaxed.singles.len() == 1 {
            // The only alternative is to pay less, and paying less never lowers the interest.
            let least = self.best.total_interest;
            return Ok((self.best, bounds.with_least(least)));
        }
        let mut open = vec![Case { windows, prices, bounds }];
        let mut closed: Option<Bounds> = None;
        let mut close = |bounds: Bounds| closed = Some(closed.map_or(bounds, |closed| closed.and(bounds)));

        for _ in 0..MAX_CASES {
            // The weakest bound is that of all plans, so improving it first improves the proof.
            let weakest = open.iter().enumerate().min_by_key(|(_, case)| case.bounds.unrounded);
            let Some(case) = weakest.map(|(index, _)| index).map(|index| open.swap_remove(index)) else {
                break;
            };
            if case.bounds.explain(self.best.total_interest) || self.work > MAX_WORK {
                close(case.bounds);
                continue;
            }
            let (bounds, cases) = self.divide(case)?;
            if cases.is_empty() {
                close(bounds);
            }
            open.extend(cases);
        }
        for case in open {
            close(case.bounds);
        }
        Ok((self.best, closed.unwrap_or(bounds)))
    }

    /// Solves the linear program of a case: its bounds and, if needed, the two cases that it is divided into.
    #[expect(clippy::indexing_slicing, reason = "there is a window for every debt")]
    fn divide(&mut self, case: Case) -> Result<(Bounds, Vec<Case>)> {
        let Case { windows, mut prices, mut bounds } = case;
        let relaxed = self.relaxed;
        let rows = relaxed.budgets.len() + relaxed.singles.len();
        let Some(mut master) = Master::new(&relaxed.singles, &windows, &relaxed.budgets, &prices) else {
            return Ok((bounds, Vec::new()));
        };
        let affordable = MAX_WORK.saturating_sub(self.work) / (rows * rows) + 1;
        let mut failure = None;
        let steps = master.solve(affordable.min(STEPS_PER_ROW * rows), self.control, |now, mix| {
            prices = now.to_vec();
            bounds = bounds.or(relaxed.bounds(now, &windows));
            match follow_mix(self.terms, self.rates, &relaxed.in_minor_units(&mix.payments())) {
                Ok(Some(run)) if run.total_interest < self.best.total_interest => self.best = run,
                Ok(_) => {}
                Err(error) => failure = Some(error),
            }
            failure.is_some() || bounds.explain(self.best.total_interest)
        })?;
        self.work += steps * rows * rows;
        if let Some(error) = failure {
            return Err(error);
        }
        if bounds.explain(self.best.total_interest) {
            return Ok((bounds, Vec::new()));
        }
        let late = master.late();
        let shortfall = || self.deepest_shortfall(&master.payments(), &late);
        let Some((debt, month)) = self.undecided(&late).or_else(shortfall) else {
            return Ok((bounds, Vec::new()));
        };
        let mut cases = Vec::with_capacity(2);
        for repaid in [true, false] {
            let mut windows = windows.clone();
            let window = &mut windows[debt];
            if repaid {
                window.repaid_by = window.repaid_by.min(month);
            } else {
                window.owed_before = window.owed_before.max(month + 1);
            }
            let bounds = bounds.or(relaxed.bounds(&prices, &windows));
            cases.push(Case { windows, prices: prices.clone(), bounds });
        }
        Ok((bounds, cases))
    }

    /// A debt that the mix repays in time in part, and the last month of its promotion.
    fn undecided(&self, late: &[f64]) -> Option<(usize, usize)> {
        let mut singles = self.relaxed.singles.iter().zip(late).enumerate();
        singles.find_map(|(debt, (single, late))| {
            let last = single.deferral.as_ref()?.rates.len() - 1;
            (*late > UNDECIDED && *late < 1.0 - UNDECIDED).then_some((debt, last))
        })
    }

    /// The debt and the month whose mixed payment is furthest below the minimum.
    #[expect(clippy::indexing_slicing, reason = "every month of a mix has a payment for every debt")]
    fn deepest_shortfall(&self, mix: &[Vec<f64>], late: &[f64]) -> Option<(usize, usize)> {
        let (mut deepest, mut place) = (SHORTFALL, None);
        for (debt, single) in self.relaxed.singles.iter().enumerate() {
            let payments = mix.iter().map(|month| month[debt]);
            for (month, shortfall) in single.shortfalls(payments, late[debt] > 0.5).into_iter().enumerate() {
                if shortfall > deepest {
                    (deepest, place) = (shortfall, Some((debt, month)));
                }
            }
        }
        place
    }
}

/// Follows the payments of a mix as closely as whole minor units and minimum payments allow; `None` if they do not
/// allow it.
#[expect(
    clippy::indexing_slicing,
    reason = "the order is of the debts, each of which has an amount that it wants"
)]
fn follow_mix(terms: &CompiledDebts, rates: &[Vec<RatePeriod>], mix: &[Vec<f64>]) -> Result<Option<Run>> {
    // The remaining payments of the mix after each month, which show when a debt should be repaid.
    let mut later = vec![vec![0.0; terms.debts.len()]; mix.len()];
    let mut sums = vec![0.0; terms.debts.len()];
    for (later, paid) in later.iter_mut().zip(mix).rev() {
        later.clone_from(&sums);
        for (sum, paid) in sums.iter_mut().zip(paid) {
            *sum += paid;
        }
    }
    let outcome = Run::with_budget(terms, rates, |month, debts, surplus| {
        let mut surplus = surplus;
        let mut order = highest_rate_first(debts);
        if let (Some(paid), Some(later)) = (mix.get(month), later.get(month)) {
            let wanted: Vec<i64> = debts
                .iter()
                .zip(paid.iter().zip(later))
                .map(|(debt, (paid, later))| {
                    // Within half a minor unit, the mix repays the debt in this month.
                    let settled = *paid > 0.5 && *later < 0.5;
                    if settled {
                        debt.balance()
                    } else {
                        ((paid.round() as i64) - debt.minimum).clamp(0, debt.balance())
                    }
                })
                .collect();
            sort_by_key(&mut order, |index| Reverse(wanted[*index]));
            // Rounding must not leave a debt whose promotion ends a minor unit short.
            let (ending, others): (Vec<usize>, Vec<usize>) =
                (0..debts.len()).partition(|index| debts[*index].deferred > 0);
            for index in ending.into_iter().chain(others) {
                let more = surplus.min(wanted[index]);
                debts[index].surplus += more;
                surplus -= more;
            }
        }
        pay_in_order(debts, &order, surplus);
    })?;
    Ok(outcome.ok())
}
