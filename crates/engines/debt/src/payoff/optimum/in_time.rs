//! Plans that repay debts by the ends of their promotions, as late as their budget allows.
//!
//! Until a month, the budget goes to the other debts, and from then on to those whose promotions end. The later that is, the
//! less the other debts cost, until a promotion is missed. So the latest month is searched for, and in the month before it
//! the least amount that is paid on them already.

use super::super::{
    compiled::{CompiledDebts, RatePeriod},
    run::{DebtMonth, Outcome, Run, highest_rate_first, in_order_of, pay_in_order},
};
use wherewithal_base::{Result, control::Control};

/// Of so many debts, every choice of those that are repaid in time is tried; of more, all, and each alone.
const ALL_CHOICES: u32 = 3;

/// The plans of each choice of debts to be repaid in time, where the budget suffices.
pub(super) fn candidates(
    terms: &CompiledDebts,
    rates: &[Vec<RatePeriod>],
    control: &Control<'_>,
) -> Result<Vec<Run>> {
    let ending: Vec<usize> = in_order_of_ends(terms);
    let mut found = Vec::new();
    for chosen in choices(&ending) {
        control.check()?;
        found.extend(latest(&InTime { terms, rates, chosen: &chosen }, control)?);
    }
    Ok(found)
}

/// The debts with promotions, the first end first.
fn in_order_of_ends(terms: &CompiledDebts) -> Vec<usize> {
    let end = |index: &usize| terms.debts.get(*index).and_then(|debt| debt.deferral);
    let order = in_order_of(terms.debts.iter().map(|debt| debt.deferral.map(|deferral| deferral.months)));
    order.into_iter().filter(|index| end(index).is_some()).collect()
}

/// The choices of debts, each in the order of the ends.
fn choices(ending: &[usize]) -> Vec<Vec<usize>> {
    let count = ending.len();
    if count > ALL_CHOICES as usize {
        let alone = ending.iter().map(|index| vec![*index]);
        return alone.chain([ending.to_vec()]).collect();
    }
    let is_in = |choice: usize, place: usize| choice & (1 << place) != 0;
    let members = |choice: usize| {
        ending.iter().enumerate().filter(move |(place, _)| is_in(choice, *place)).map(|(_, index)| *index)
    };
    (1..1_usize << count).map(|choice| members(choice).collect()).collect()
}

/// The debts that are to be repaid in time, in the order of the ends of their promotions.
struct InTime<'a> {
    terms: &'a CompiledDebts,
    rates: &'a [Vec<RatePeriod>],
    chosen: &'a [usize],
}

impl InTime<'_> {
    /// The plan that pays the chosen debts first from a month on, and an amount on them in the month before.
    fn run(&self, from: usize, before: i64) -> Result<Option<Run>> {
        let outcome: Outcome = Run::with_budget(self.terms, self.rates, |month, debts, surplus| {
            let early = match month {
                month if month >= from => surplus,
                month if month + 1 == from => before.min(surplus),
                _ => 0,
            };
            let left = surplus - self.pay_chosen(debts, early);
            let others: Vec<usize> = highest_rate_first(debts)
                .into_iter()
                .filter(|index| !self.chosen.contains(index))
                .chain(self.chosen.iter().copied())
                .collect();
            pay_in_order(debts, &others, left);
        })?;
        Ok(outcome.ok().filter(|run| self.is_in_time(run)))
    }

    /// Pays the chosen debts in their order; returns what was paid.
    fn pay_chosen(&self, debts: &mut [DebtMonth], amount: i64) -> i64 {
        let surplus = |debts: &[DebtMonth]| debts.iter().map(|debt| debt.surplus).sum::<i64>();
        let before = surplus(debts);
        pay_in_order(debts, self.chosen, amount);
        surplus(debts) - before
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "every month of a run has a part for every debt of the terms"
    )]
    fn is_in_time(&self, run: &Run) -> bool {
        self.chosen.iter().all(|index| run.months.iter().all(|debts| debts[*index].charged == 0))
    }
}

/// The plan that turns to the chosen debts as late as possible.
fn latest(debts: &InTime<'_>, control: &Control<'_>) -> Result<Option<Run>> {
    let Some(mut best) = debts.run(0, 0)? else { return Ok(None) };
    // Turning to them in the first month suffices, turning to them after the last promotion does not help.
    let ends = debts.chosen.iter().filter_map(|index| debts.terms.debts.get(*index)?.deferral);
    let (mut from, mut too_late) = (0, ends.map(|deferral| deferral.months).max().unwrap_or_default() + 1);
    while too_late - from > 1 {
        control.check()?;
        let middle = usize::midpoint(from, too_late);
        match debts.run(middle, 0)? {
            Some(run) => (from, best) = (middle, run),
            None => too_late = middle,
        }
    }
    // A month later, with the least that must be paid before.
    let budget = debts.terms.budget.get(from).copied().unwrap_or_default();
    let (mut too_little, mut enough) = (0, budget);
    if debts.run(from + 1, enough)?.is_none() {
        return Ok(Some(best));
    }
    while enough - too_little > 1 {
        control.check()?;
        let middle = i64::midpoint(too_little, enough);
        match debts.run(from + 1, middle)? {
            Some(_) => enough = middle,
            None => too_little = middle,
        }
    }
    if let Some(run) = debts.run(from + 1, enough)?
        && run.total_interest < best.total_interest
    {
        best = run;
    }
    Ok(Some(best))
}
