//! The choice of lots, and the bound.
//!
//! With fractions of shares, the choice would be a fractional knapsack: the lots in the order of their tax for each unit of
//! the target, as many as are needed, and a part of the last one. Its tax as a function of what is reached is convex, and no
//! choice of whole shares that reaches as much has less. So the least of the function over what counts as meeting the target is
//! a lower bound, and a choice that differs from it in the last lot only is near to it.

use std::cmp::Ordering;

use wherewithal_base::{Error, ErrorCode, Result, order};

use super::candidates::{Candidate, divided_up};
use crate::exact::{compare_quotients, overflow, proportion};

/// What is to be reached, in parts of the smallest unit of money.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal {
    pub(super) amount: i128,
    /// Whether it must be reached, or must not be passed.
    pub(super) at_least: bool,
}

/// Steps of lots, and the bound.
#[derive(Debug)]
pub(super) struct Choice<'a> {
    /// In the order of the candidates, without those of which nothing is sold.
    pub(super) sales: Vec<(&'a Candidate, i128)>,
    /// No choice has a lower tax, in parts of the smallest unit of money.
    pub(super) bound: i128,
}

/// Chooses among lots with a measure above zero.
pub(super) fn choose<'a>(candidates: &'a [Candidate], goal: &Goal) -> Result<Choice<'a>> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let by_tax = |one: &Candidate, other: &Candidate| {
        compare_quotients(one.tax, one.measure, other.tax, other.measure)
            // Where the tax is the same, the fewer shares are sold, the better.
            .then_with(|| compare_quotients(one.value, one.measure, other.value, other.measure))
    };
    order::sort_by(&mut order, |one, other| match (candidates.get(*one), candidates.get(*other)) {
        (Some(one), Some(other)) => by_tax(one, other),
        _ => Ordering::Equal,
    });
    let ordered: Vec<(usize, &Candidate)> =
        order.into_iter().filter_map(|index| candidates.get(index).map(|lot| (index, lot))).collect();

    // One step more or less of the lot whose steps are the largest.
    let tolerance =
        candidates.iter().map(|lot| divided_up(lot.measure * lot.fewest, lot.steps)).max().unwrap_or(0);
    let all: i128 = candidates.iter().map(|lot| lot.measure).sum();
    if goal.at_least && all < goal.amount {
        return Err(insufficient());
    }
    let mut sales =
        if goal.at_least { reach(&ordered, goal.amount)? } else { stay_below(&ordered, goal.amount)? };
    let (low, high) = if goal.at_least {
        (goal.amount, (goal.amount + tolerance).min(all))
    } else {
        // No worse than the choice: whoever realizes less has less tax, and has not done what was asked.
        let parts = sales.iter().map(|(_, lot, steps)| proportion(lot.measure, *steps, lot.steps));
        (parts.sum::<Result<i128>>()?, goal.amount.min(all))
    };
    order::sort_by_key(&mut sales, |(index, _, _)| *index);
    Ok(Choice {
        sales: sales.into_iter().map(|(_, lot, steps)| (lot, steps)).collect(),
        bound: bound(&ordered, low, high)?,
    })
}

fn insufficient() -> Error {
    Error::new(ErrorCode::SolveNoSolution, "the lots that may be sold do not suffice for the target")
        .at("target")
}

/// So many steps of lots that they reach an amount: whole lots in their order, and then the lot that ends it at the least
/// tax.
fn reach<'a>(ordered: &[(usize, &'a Candidate)], amount: i128) -> Result<Vec<(usize, &'a Candidate, i128)>> {
    let mut sales = Vec::new();
    let mut missing = amount;
    for (place, (index, lot)) in ordered.iter().enumerate() {
        if missing <= 0 {
            break;
        }
        if lot.measure <= missing {
            sales.push((*index, *lot, lot.steps));
            missing -= lot.measure;
            continue;
        }
        // Any of the lots that are left may end it with fewer shares too many.
        let mut best: Option<(i128, usize, &Candidate, i128)> = None;
        for (index, lot) in ordered.iter().skip(place) {
            let steps = steps_for(lot, missing)?.max(lot.fewest);
            if steps > lot.steps {
                continue;
            }
            let tax = proportion(lot.tax, steps, lot.steps)?;
            if best.is_none_or(|(least, ..)| tax < least) {
                best = Some((tax, *index, lot, steps));
            }
        }
        let (_, index, lot, steps) = best.ok_or_else(insufficient)?;
        sales.push((index, lot, steps));
        missing = 0;
    }
    if missing > 0 { Err(insufficient()) } else { Ok(sales) }
}

/// The fewest steps of a lot that add so much.
fn steps_for(lot: &Candidate, amount: i128) -> Result<i128> {
    Ok(divided_up(amount.checked_mul(lot.steps).ok_or_else(overflow)?, lot.measure))
}

/// As many steps of lots, in their order, as do not pass an amount.
fn stay_below<'a>(
    ordered: &[(usize, &'a Candidate)],
    amount: i128,
) -> Result<Vec<(usize, &'a Candidate, i128)>> {
    let mut sales = Vec::new();
    let mut room = amount;
    for (index, lot) in ordered {
        let steps = (room.checked_mul(lot.steps).ok_or_else(overflow)? / lot.measure).min(lot.steps);
        if steps < lot.fewest {
            continue;
        }
        room -= divided_up(lot.measure * steps, lot.steps);
        sales.push((*index, *lot, steps));
    }
    Ok(sales)
}

/// The least tax with which fractions of shares reach an amount between two. What a lot adds is rounded to a part of the
/// smallest unit of money, so the amounts may be off by as much for each lot.
fn bound(ordered: &[(usize, &Candidate)], low: i128, high: i128) -> Result<i128> {
    let slack = i128::try_from(ordered.len()).map_err(|_| overflow())?;
    let (low, high) = ((low - slack).max(0), high + slack);
    let (mut reached, mut tax) = (0, 0);
    for (_, lot) in ordered {
        // Beyond the least amount, only what lowers the tax is part of the least.
        let until = if lot.tax < 0 { high } else { low };
        let part = (until - reached).min(lot.measure);
        if part <= 0 {
            break;
        }
        tax += lot.tax.checked_mul(part).ok_or_else(overflow)?.div_euclid(lot.measure);
        reached += part;
    }
    Ok(tax)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{HoldingTerm, engine::Table};

    /// A lot of so many steps with the value and the tax of one.
    fn lots(drafts: &[(i128, i128, i128)]) -> Vec<Candidate> {
        let mut lots = Vec::new();
        for (steps, value, tax) in drafts {
            // No lot of a book is looked at.
            let lot = Table::default().next_id();
            let (value, tax) = (value * steps, tax * steps);
            lots.push(Candidate {
                lot,
                term: HoldingTerm::Long,
                step: 1,
                steps: *steps,
                fewest: 1,
                value,
                gain: 0,
                tax,
                measure: value,
            });
        }
        lots
    }

    /// The least tax of all choices of whole steps that reach an amount between two, by trying all.
    fn least(lots: &[Candidate], low: i128, high: i128) -> Option<i128> {
        let Some((first, rest)) = lots.split_first() else { return (low <= 0 && high >= 0).then_some(0) };
        let of = |steps: i128| {
            let (value, tax) = (first.measure / first.steps * steps, first.tax / first.steps * steps);
            least(rest, low - value, high - value).map(|others| others + tax)
        };
        (0..=first.steps).filter_map(of).min()
    }

    proptest! {
        #[test]
        fn no_choice_has_a_lower_tax_than_the_bound(
            drafts in prop::collection::vec((1..5i128, 1..1000i128, -300..300i128), 1..6),
            share in 1..100i128,
            at_least in any::<bool>(),
        ) {
            let lots = lots(&drafts);
            let all: i128 = lots.iter().map(|lot| lot.measure).sum();
            let amount = (all * share / 100).max(1);
            let choice = choose(&lots, &Goal { amount, at_least }).unwrap();
            let tolerance = drafts.iter().map(|(_, value, _)| *value).max().unwrap();
            let reached: i128 = choice.sales.iter().map(|(lot, steps)| lot.measure / lot.steps * steps).sum();
            let near = if at_least { amount..=amount + tolerance } else { amount - tolerance..=amount };
            prop_assert!(near.contains(&reached), "{near:?}: {reached}");
            let (low, high) = if at_least { (amount, amount + tolerance) } else { (reached, amount) };
            let tax: i128 = choice.sales.iter().map(|(lot, steps)| lot.tax / lot.steps * steps).sum();
            let least = least(&lots, low, high).expect("the choice is one");
            prop_assert!(choice.bound <= least, "{} is above the least, {least}", choice.bound);
            prop_assert!(least <= tax);
            // The choice differs from the one with fractions in one step of one lot.
            let step = drafts.iter().map(|(_, _, tax)| tax.abs()).max().unwrap();
            let rate = drafts.iter().map(|(_, value, tax)| tax.abs() * tolerance / value + 1).max().unwrap();
            prop_assert!(tax - choice.bound <= step + rate + 12, "{tax} is far from the bound, {}", choice.bound);
        }
    }
}
