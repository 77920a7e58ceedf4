//! Money of several accounts given to several goals, where not every account may serve every goal.

use std::collections::VecDeque;

/// What each account gives each goal, in minor units.
#[derive(Debug, Clone)]
pub(super) struct Capacity {
    /// What each account has not given yet.
    left: Vec<i64>,
    /// For each account, which goals it may serve.
    serves: Vec<Vec<bool>>,
    /// For each account, what it gives each goal.
    given: Vec<Vec<i64>>,
    /// What each goal has.
    has: Vec<i64>,
}

/// How a search came to an account: from which goal.
#[derive(Debug, Clone, Copy)]
struct Step {
    account: usize,
    for_goal: usize,
    /// The step at whose account that goal has money now; `None` for the goal that asks.
    before: Option<usize>,
}

impl Capacity {
    /// Accounts with balances, and for each which goals it may serve.
    pub(super) fn new(balances: Vec<i64>, serves: Vec<Vec<bool>>, goals: usize) -> Self {
        let given = vec![vec![0; goals]; balances.len()];
        Self { left: balances, serves, given, has: vec![0; goals] }
    }

    pub(super) fn has(&self, goal: usize) -> i64 {
        self.has.get(goal).copied().unwrap_or(0)
    }

    pub(super) fn left(&self, account: usize) -> i64 {
        self.left.get(account).copied().unwrap_or(0)
    }

    pub(super) fn given(&self, account: usize, goal: usize) -> i64 {
        self.given.get(account).and_then(|row| row.get(goal)).copied().unwrap_or(0)
    }

    pub(super) fn may_serve(&self, account: usize, goal: usize) -> bool {
        self.serves.get(account).and_then(|row| row.get(goal)).copied().unwrap_or(false)
    }

    /// Gives a goal money of one account, which has it.
    pub(super) fn give(&mut self, account: usize, goal: usize, amount: i64) {
        self.shift(account, goal, amount);
        if let Some(left) = self.left.get_mut(account) {
            *left -= amount;
        }
        if let Some(has) = self.has.get_mut(goal) {
            *has += amount;
        }
    }

    /// Raises what a goal has to `level`, or as near as can be, and takes nothing from another goal. Other goals may
    /// be served by other accounts than before.
    pub(super) fn raise(&mut self, goal: usize, level: i64) {
        while self.has(goal) < level {
            let Some(path) = self.path_to_money(goal) else { return };
            let amount = self.room(&path).min(level - self.has(goal));
            let Some(last) = path.last() else { return };
            // Each goal on the way gets at one account what it gives up at the account before.
            for step in &path {
                self.shift(step.account, step.for_goal, amount);
            }
            for pair in path.windows(2) {
                if let [former, next] = pair {
                    self.shift(former.account, next.for_goal, -amount);
                }
            }
            if let Some(left) = self.left.get_mut(last.account) {
                *left -= amount;
            }
            if let Some(has) = self.has.get_mut(goal) {
                *has += amount;
            }
        }
    }

    fn shift(&mut self, account: usize, goal: usize, amount: i64) {
        if let Some(given) = self.given.get_mut(account).and_then(|row| row.get_mut(goal)) {
            *given += amount;
        }
    }

    /// The shortest way from a goal to an account that has something left, in the order from the goal.
    fn path_to_money(&self, goal: usize) -> Option<Vec<Step>> {
        let mut steps: Vec<Step> = Vec::new();
        let mut seen_account = vec![false; self.left.len()];
        let mut seen_goal = vec![false; self.has.len()];
        let mut queue = VecDeque::from([(goal, None)]);
        if let Some(seen) = seen_goal.get_mut(goal) {
            *seen = true;
        }
        while let Some((for_goal, before)) = queue.pop_front() {
            for (account, seen) in seen_account.iter_mut().enumerate() {
                if *seen || !self.may_serve(account, for_goal) {
                    continue;
                }
                *seen = true;
                steps.push(Step { account, for_goal, before });
                let here = steps.len() - 1;
                if self.left(account) > 0 {
                    return Some(way(&steps, here));
                }
                for (other, seen) in seen_goal.iter_mut().enumerate() {
                    if !*seen && self.given(account, other) > 0 {
                        *seen = true;
                        queue.push_back((other, Some(here)));
                    }
                }
            }
        }
        None
    }

    /// How much can be moved along a way.
    fn room(&self, path: &[Step]) -> i64 {
        let at_the_end = path.last().map_or(0, |step| self.left(step.account));
        path.windows(2)
            .filter_map(|pair| match pair {
                [former, next] => Some(self.given(former.account, next.for_goal)),
                _ => None,
            })
            .fold(at_the_end, i64::min)
    }
}

/// The steps that lead to one of them, the first one first.
fn way(steps: &[Step], end: usize) -> Vec<Step> {
    let mut path: Vec<Step> =
        std::iter::successors(steps.get(end), |step| steps.get(step.before?)).copied().collect();
    path.reverse();
    path
}
