//! Goals.

use super::super::timeline::year;
use super::Context;
use wherewithal_base::{Result, error::At as _, num::gate};
use wherewithal_household::{AccountKind, Goal, GoalPriority};
use wherewithal_retirement::RetirementLumpSum;

/// A goal that is paid for in a year of the plan.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct PlannedGoal<'a> {
    pub(in super::super) goal: &'a Goal,
    pub(in super::super) year: i32,
    /// In the money of the start of the plan.
    pub(in super::super) amount: f64,
}

impl<'a> Context<'a> {
    /// The goals whose money is spent.
    pub(super) fn goals(&mut self) -> Result<Vec<PlannedGoal<'a>>> {
        let mut planned = Vec::new();
        for (index, goal) in self.household.goals.iter().enumerate() {
            let field = format!("goals[{index}]");
            if !goal.kind.is_spent() {
                self.assumed.add(
                    field,
                    format!(
                        "the money of {} stays in the accounts, and nothing is set aside for it",
                        goal.name
                    ),
                    "a kind whose money is spent, or assumptions.bequest",
                );
                continue;
            }
            self.note_once(&field, &goal.name, goal.target_date);
            let Some(at) = self.timeline.once(goal.target_date) else { continue };
            self.foreign(&field, goal.currency);
            let amount = self.in_base(goal.target_amount, goal.currency).at_index("goals", index)?;
            let amount = gate::to_f64(amount);
            self.lump_sums.push(RetirementLumpSum {
                name: self.names_of_lump_sums.unique(&goal.name),
                amount: -amount,
                inflation_linked: true,
                at: year(at),
                taxable_share: 0.0,
                spend: false,
                essential: goal.priority != GoalPriority::Low,
            });
            self.assume_about_goal(&field, goal);
            planned.push(PlannedGoal { goal, year: at, amount });
        }
        Ok(planned)
    }

    fn assume_about_goal(&mut self, field: &str, goal: &Goal) {
        let holder =
            self.household.accounts.iter().find(|account| Some(&account.id) == goal.account.as_ref());
        let is_education = |kind: AccountKind| matches!(kind, AccountKind::Plan529 | AccountKind::Coverdell);
        if holder.is_some_and(|account| !is_education(account.kind)) {
            self.assumed.add(
                format!("{field}.account"),
                format!("{} is paid from all accounts, in the order of withdrawals", goal.name),
                "an account for education, if it is one",
            );
        }
        if goal.priority == GoalPriority::Low {
            self.assumed.add(
                format!("{field}.priority"),
                format!(
                    "{} need not be paid: a shortfall of its year reduces it and other living expenses first",
                    goal.name
                ),
                "a higher priority, if it must be paid",
            );
        }
    }
}
