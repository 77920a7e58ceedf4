//! Where a fault of a changed plan was written: in the change that brought it.

use super::RetirementChange;
use crate::plan::RetirementPlan;
use wherewithal_base::Error;

/// An error of a changed plan at the change that it comes from; otherwise at the changes as a whole.
pub(super) fn in_changes(error: Error, plan: &RetirementPlan, changes: &[RetirementChange]) -> Error {
    let path = error.path();
    if path.is_empty() {
        return error;
    }
    if let Some((index, field, inside)) = origin(path, plan, changes) {
        let bare = Error::new(error.code(), error.message()).at(inside);
        return bare.at(field).at_index("changes", index);
    }
    let message = format!("{} (at {path} of the changed plan)", error.message());
    Error::new(error.code(), message).at("changes")
}

/// The place of the change, its field, and the path inside that.
fn origin<'p>(
    path: &'p str,
    plan: &RetirementPlan,
    changes: &[RetirementChange],
) -> Option<(usize, &'static str, &'p str)> {
    // Of several that replace the same, the last one counts.
    let replaced = changes.iter().enumerate().rev().find_map(|(index, change)| {
        let (place, field) = replaces(change)?;
        let inside = path.strip_prefix(place)?;
        (inside.is_empty() || inside.starts_with(['.', '['])).then_some((index, field, inside))
    });
    let (index, field, inside) = replaced.or_else(|| added(path, plan, changes))?;
    Some((index, field, inside.strip_prefix('.').unwrap_or(inside)))
}

/// The origin of an item that a change added to a list of the plan.
fn added<'p>(
    path: &'p str,
    plan: &RetirementPlan,
    changes: &[RetirementChange],
) -> Option<(usize, &'static str, &'p str)> {
    let (list, rest) = path.split_once('[')?;
    let (item, inside) = rest.split_once(']')?;
    let item: usize = item.parse().ok()?;
    let mut of_list = changes.iter().enumerate().filter_map(|(index, change)| {
        let (name, field, before) = adds_to(change, plan)?;
        (name == list).then_some((index, field, before))
    });
    let (_, _, before) = of_list.clone().next()?;
    let (index, field, _) = of_list.nth(item.checked_sub(before)?)?;
    Some((index, field, inside))
}

/// The part of the plan that a change replaces, and the field of the change.
fn replaces(change: &RetirementChange) -> Option<(&'static str, &'static str)> {
    Some(match change {
        RetirementChange::SpendingPolicy { .. } => ("spending.policy", "policy"),
        RetirementChange::Allocation { .. } => ("allocation", "allocation"),
        RetirementChange::WithdrawalOrder { .. } => ("withdrawalOrder", "order"),
        RetirementChange::Bequest { .. } => ("bequest", "bequest"),
        RetirementChange::Market { .. } => ("market", "market"),
        _ => return None,
    })
}

/// The list of the plan that a change adds to, the field of the change, and the items that the plan has without changes.
fn adds_to(change: &RetirementChange, plan: &RetirementPlan) -> Option<(&'static str, &'static str, usize)> {
    Some(match change {
        RetirementChange::Contribution { .. } => ("contributions", "contribution", plan.contributions.len()),
        RetirementChange::LumpSum { .. } => ("lumpSums", "lumpSum", plan.lump_sums.len()),
        RetirementChange::Income { .. } => ("incomes", "income", plan.incomes.len()),
        RetirementChange::Expense { .. } => ("expenses", "expense", plan.expenses.len()),
        RetirementChange::Conversion { .. } => ("conversions", "conversion", plan.conversions.len()),
        _ => return None,
    })
}
