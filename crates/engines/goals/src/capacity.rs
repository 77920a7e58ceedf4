//! Assignment of the money in several accounts to several goals, if not every account may pay for every goal.
//!
//! An augmenting-path search for a maximum flow (L. R. Ford and D. R. Fulkerson 1956): what a goal lacks is taken from
//! an account that has money left, possibly by reassigning what other goals have.

use std::collections::VecDeque;

/// The amount that each account gives each goal, in minor units.
#[derive(Debug, Clone)]
pub(super) struct Capacity {
    /// The remaining balance of each account.
    left: Vec<i64>,
    /// For each account, the goals that it may pay for.
    serves: Vec<Vec<bool>>,
    /// For each account, the amount that it gives each goal.
    given: Vec<Vec<i64>>,
    /// The amount that each goal has.
    has: Vec<i64>,
}

/// A path from a goal to an account with money left.
struct Path {
    /// In order from the goal.
    steps: Vec<Step>,
    /// The account of the last step.
    money: usize,
}

impl Path {
    fn pairs(&self) -> impl Iterator<Item = (&Step, &Step)> {
        self.steps.array_windows().map(|[step, next]| (step, next))
    }
}

/// A step of the search: an account, and the goal from which it was reached.
#[derive(Debug, Clone, Copy)]
struct Step {
    account: usize,
    for_goal: usize,
    /// The step to the account that gives that goal money now; `None` for the goal at which the search starts.
    before: Option<usize>,
}

#[expect(
    clippy::indexing_slicing,
    reason = "accounts and goals are known by their places in the lists given at the start"
)]
impl Capacity {
    /// Accounts with their balances, and the goals that each may pay for.
    pub(super) fn new(balances: Vec<i64>, serves: Vec<Vec<bool>>, goals: usize) -> Self {
        let given = vec![vec![0; goals]; balances.len()];
        Self { left: balances, serves, given, has: vec![0; goals] }
    }

    pub(super) fn has(&self, goal: usize) -> i64 {
        self.has[goal]
    }

    pub(super) fn left(&self, account: usize) -> i64 {
        self.left[account]
    }

    pub(super) fn given(&self, account: usize, goal: usize) -> i64 {
        self.given[account][goal]
    }

    pub(super) fn may_serve(&self, account: usize, goal: usize) -> bool {
        self.serves[account][goal]
    }

    /// Gives a goal money of one account, which must have it.
    pub(super) fn give(&mut self, account: usize, goal: usize, amount: i64) {
        self.given[account][goal] += amount;
        self.left[account] -= amount;
        self.has[goal] += amount;
    }

    /// Raises the amount of a goal to `level`, or as close as possible, without reducing that of another goal. Other
    /// goals may be paid from other accounts than before.
    pub(super) fn raise(&mut self, goal: usize, level: i64) {
        while self.has(goal) < level {
            let Some(path) = self.path_to_money(goal) else { return };
            let amount = self.room(&path).min(level - self.has(goal));
            // Each goal on the path gains at one account what it gives up at the previous one.
            for step in &path.steps {
                self.given[step.account][step.for_goal] += amount;
            }
            for (former, next) in path.pairs() {
                self.given[former.account][next.for_goal] -= amount;
            }
            self.left[path.money] -= amount;
            self.has[goal] += amount;
        }
    }

    /// The shortest path from a goal to an account with money left: shortest paths bound the number of searches by the
    /// number of accounts and goals (J. Edmonds and R. M. Karp 1972), whatever the amounts.
    fn path_to_money(&self, goal: usize) -> Option<Path> {
        let mut steps: Vec<Step> = Vec::new();
        let mut seen_account = vec![false; self.left.len()];
        let mut seen_goal = vec![false; self.has.len()];
        let mut queue = VecDeque::from([(goal, None)]);
        seen_goal[goal] = true;
        while let Some((for_goal, before)) = queue.pop_front() {
            for (account, seen) in seen_account.iter_mut().enumerate() {
                if *seen || !self.may_serve(account, for_goal) {
                    continue;
                }
                *seen = true;
                steps.push(Step { account, for_goal, before });
                let here = steps.len() - 1;
                if self.left(account) > 0 {
                    return Some(Path { steps: way(&steps, here), money: account });
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

    /// The amount that can be moved along a path.
    fn room(&self, path: &Path) -> i64 {
        path.pairs()
            .map(|(former, next)| self.given(former.account, next.for_goal))
            .fold(self.left(path.money), i64::min)
    }
}

/// The steps that lead to a given one, the first one first.
#[expect(clippy::indexing_slicing, reason = "a step names one that was taken before it")]
fn way(steps: &[Step], end: usize) -> Vec<Step> {
    let before = |step: &Step| step.before.map(|before| steps[before]);
    let mut path: Vec<Step> = std::iter::successors(Some(steps[end]), before).collect();
    path.reverse();
    path
}
