//! The least that the payments of one debt can cost, given a price of money for each month.
//!
//! With `W(t, b)` the least cost from month t on of a debt that opens the month with balance b, and prices p,
//!
//! `W(t, b) = p(t) d(b) + min { W(t + 1, x) - p(t) x : 0 <= x <= X(b) }`,
//!
//! where d(b) is what is owed with the month's interest, x the balance after the payment, and X(b) the balance after
//! the minimum payment. After the last month each unit owed costs one. d and X are piecewise linear and never fall as b
//! rises, so W is piecewise linear, and the minimum over x is a running minimum: W is computed exactly (up to
//! floating-point rounding), whatever its shape.
//!
//! `slack` lowers the interest and the minimum payment by as much as rounding can, so that W is at most the cost of any
//! payments in whole minor units.

use super::super::compiled::MinimumRule;
use wherewithal_base::order;

/// Less than this share of all balances counts as floating-point rounding.
const TINY: f64 = 1e-12;

/// A debt in floating-point numbers.
pub(super) struct Single {
    pub(super) balance: f64,
    /// The monthly rate of each month.
    pub(super) rates: Vec<f64>,
    pub(super) minimum: Minimum,
}

#[derive(Clone, Copy)]
pub(super) struct Minimum {
    pub(super) floor: f64,
    pub(super) share: f64,
    pub(super) plus_interest: bool,
    /// By how much rounding to a step can lower the payment.
    pub(super) step: f64,
}

impl Minimum {
    pub(super) fn new(rule: MinimumRule, unit: f64) -> Self {
        match rule {
            MinimumRule::Fixed(amount) => {
                Self { floor: amount as f64 / unit, share: 0.0, plus_interest: false, step: 0.0 }
            }
            MinimumRule::Percent { share, floor, plus_interest, step } => Self {
                floor: floor as f64 / unit,
                share: share.numerator as f64 / share.denominator as f64,
                plus_interest,
                step: step.map_or(0.0, |step| step.units as f64 / unit),
            },
        }
    }
}

/// The months, counted from 0, in which a debt may be repaid.
#[derive(Clone, Copy)]
pub(super) struct Window {
    /// The debt is owed after each month before this one.
    pub(super) owed_before: usize,
    /// The debt is repaid after this month and all later ones; if this equals the number of months, a balance may
    /// remain at the end.
    pub(super) repaid_by: usize,
}

/// One month of a debt, as far as its least cost depends on it.
struct Month {
    rate: f64,
    price: f64,
    slack: f64,
    /// The range of opening balances.
    lowest: f64,
    most: f64,
}

/// A piecewise linear function on an interval, as a list of its corners.
#[derive(Default)]
struct Pieces(Vec<(f64, f64)>);

impl Pieces {
    /// Adds a corner on the right, and drops the one before if it lies on the line.
    fn push(&mut self, x: f64, y: f64) {
        if let [.., (x0, y0), (x1, y1)] = self.0.as_slice() {
            // Corners on a line change nothing, but they would multiply from month to month.
            let on_line = y0 + (y - y0) * ((x1 - x0) / (x - x0));
            if (on_line - y1).abs() <= 1e-15 * (1.0 + y1.abs()) {
                self.0.pop();
            }
        }
        if self.0.last().is_none_or(|(last, _)| x > *last) {
            self.0.push((x, y));
        }
    }

    #[expect(clippy::unreachable, reason = "every function has a corner")]
    fn at(&self, x: f64) -> f64 {
        let (left, right) = self.0.split_at(self.0.partition_point(|corner| corner.0 < x));
        match (left.last(), right.first()) {
            (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * ((x - x0) / (x1 - x0)),
            // Outside the interval by a rounding error.
            (Some((_, y)), None) | (None, Some((_, y))) => *y,
            (None, None) => unreachable!("every function has a corner"),
        }
    }

    /// The right end of the interval.
    #[expect(clippy::expect_used, reason = "every function has a corner")]
    fn end(&self) -> f64 {
        self.0.last().expect("every function has a corner").0
    }

    /// The running minimum, from the left, of this function less `price` times its argument.
    fn running_minimum(&self, price: f64) -> Self {
        let mut result = Self::default();
        let mut former: Option<(f64, f64)> = None;
        let mut least = f64::INFINITY;
        for (x, y) in &self.0 {
            let value = y - price * x;
            if let Some((x0, v0)) = former.filter(|(_, v0)| value < least && *v0 > least) {
                // The line falls below the minimum so far within this piece.
                result.push(x0 + (x - x0) * ((v0 - least) / (v0 - value)), least);
            }
            least = least.min(value);
            result.push(*x, least);
            former = Some((*x, value));
        }
        result
    }
}

/// The least cost of one debt at given prices.
pub(super) struct Priced<'a> {
    single: &'a Single,
    prices: &'a [f64],
    /// W of each month, and of the end.
    values: Vec<Pieces>,
}

impl Single {
    /// The balance with the month's interest.
    fn due(&self, balance: f64, rate: f64, slack: f64) -> f64 {
        // The slack can exceed the interest of a small balance, but interest is never negative.
        (balance + balance * rate - slack).max(balance)
    }

    /// By how much rounding can lower the share of the balance in a minimum payment; nothing without any rounding.
    fn share_slack(&self, slack: f64) -> f64 {
        if slack > 0.0 { slack + self.minimum.step } else { 0.0 }
    }

    /// The balance after the minimum payment; negative if the rule asks for more than is owed.
    fn left_by_rule(&self, balance: f64, rate: f64, slack: f64) -> f64 {
        let due = self.due(balance, rate, slack);
        let share = (self.minimum.share * balance - self.share_slack(slack)).max(0.0);
        let asked = if self.minimum.plus_interest { share + (due - balance) } else { share };
        due - asked.max(self.minimum.floor)
    }

    /// The balance after the minimum payment.
    fn most_left(&self, balance: f64, rate: f64, slack: f64) -> f64 {
        self.left_by_rule(balance, rate, slack).max(0.0)
    }

    /// The smallest balance up to `most` that leaves at least `left` after the minimum payment.
    fn least_opening(&self, left: f64, rate: f64, slack: f64, most: f64) -> Option<f64> {
        // Rounding can leave more than `left_by_rule` says, because the interest may be rounded up.
        let after = |balance: f64| self.left_by_rule(balance, rate, slack) + 2.0 * slack;
        let bends = self.bends(rate, slack, most);
        let mut former: Option<(f64, f64)> = None;
        for bend in bends {
            let here = after(bend);
            if here >= left - TINY {
                return Some(match former {
                    Some((balance, before)) => {
                        balance + (bend - balance) * ((left - before) / (here - before))
                    }
                    None => bend,
                });
            }
            former = Some((bend, here));
        }
        None
    }

    /// The balances up to `most` at which one of the two functions above has a corner, in ascending order.
    fn bends(&self, rate: f64, slack: f64, most: f64) -> Vec<f64> {
        let Minimum { floor, share, plus_interest, .. } = self.minimum;
        let share_slack = self.share_slack(slack);
        // The functions consist of these lines: slope and constant.
        let dues = [(1.0, 0.0), (1.0 + rate, -slack)];
        let mut lines = vec![(0.0, 0.0)];
        for (slope, constant) in dues {
            lines.extend([
                (slope, constant),
                (slope, constant - floor),
                (slope - share, constant + share_slack),
            ]);
            if plus_interest {
                lines.push((1.0 - share, share_slack));
                lines.push((1.0, 0.0));
            }
        }
        let mut bends = vec![0.0, most];
        if share > 0.0 {
            bends.push(share_slack / share);
        }
        // Some of these balances are no corners. They do no harm: they only divide a line in two.
        for (index, (slope, constant)) in lines.iter().enumerate() {
            for (other_slope, other_constant) in lines.iter().skip(index + 1) {
                let bend = (constant - other_constant) / (other_slope - slope);
                if bend > 0.0 && bend < most {
                    bends.push(bend);
                }
            }
        }
        bends.retain(|bend| *bend <= most);
        order::sort_by(&mut bends, f64::total_cmp);
        bends.dedup();
        bends
    }

    /// Computes the least cost from each month on; `None` if no payments keep within the window.
    pub(super) fn priced<'a>(&'a self, prices: &'a [f64], slack: f64, window: Window) -> Option<Priced<'a>> {
        let months = self.rates.len();
        let mut most = Vec::with_capacity(months);
        let mut highest = self.balance;
        for (month, rate) in self.rates.iter().enumerate() {
            most.push(highest);
            highest = if month < window.repaid_by { self.most_left(highest, *rate, slack) } else { 0.0 };
        }
        let mut values = Vec::with_capacity(months + 1);
        let mut next = Pieces::default();
        next.push(0.0, 0.0);
        next.push(highest, highest);
        let mut lowest = 0.0;
        for (month, ((rate, price), most)) in self.rates.iter().zip(prices).zip(&most).enumerate().rev() {
            if month < window.owed_before {
                lowest = self.least_opening(lowest, *rate, slack, *most)?;
            }
            let of_month = Month { rate: *rate, price: *price, slack, lowest, most: *most };
            let value = self.value(&next.running_minimum(*price), &of_month);
            values.push(std::mem::replace(&mut next, value));
        }
        values.push(next);
        values.reverse();
        (self.balance >= lowest - TINY).then_some(Priced { single: self, prices, values })
    }

    /// W of a month; `least` is the minimum over the balances that may be left.
    fn value(&self, least: &Pieces, month: &Month) -> Pieces {
        let Month { rate, price, slack, lowest, most } = *month;
        let mut value = Pieces::default();
        let mut add = |balance: f64| {
            let left = self.most_left(balance, rate, slack);
            value.push(balance, price * self.due(balance, rate, slack) + least.at(left));
        };
        let mut bends = self.bends(rate, slack, most);
        bends.retain(|bend| *bend > lowest);
        bends.insert(0, lowest);
        add(lowest);
        for [low, high] in bends.array_windows() {
            let (left_low, left_high) =
                (self.most_left(*low, rate, slack), self.most_left(*high, rate, slack));
            // Between two bends the balance after the minimum is linear, so each corner of `least` gives one corner
            // here.
            let from = least.0.partition_point(|corner| corner.0 <= left_low);
            for (left, _) in least.0.iter().skip(from).take_while(|corner| corner.0 < left_high) {
                let balance = low + (high - low) * ((left - left_low) / (left_high - left_low));
                if balance > *low && balance < *high {
                    add(balance);
                }
            }
            add(*high);
        }
        value
    }

    /// By how much each payment falls short of the minimum, month by month, while a balance is left.
    pub(super) fn shortfalls(&self, payments: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut balance = self.balance;
        let mut shortfalls = Vec::with_capacity(self.rates.len());
        for (rate, payment) in self.rates.iter().zip(payments) {
            let left = (self.due(balance, *rate, 0.0) - payment).max(0.0);
            shortfalls.push((left - self.most_left(balance, *rate, 0.0)).max(0.0));
            balance = left;
        }
        shortfalls
    }
}

impl Priced<'_> {
    /// The least cost of the whole debt.
    #[expect(clippy::expect_used, reason = "W is computed for the end and for each month before it")]
    pub(super) fn cost(&self) -> f64 {
        self.values.first().expect("the end has a value").at(self.single.balance)
    }

    /// The payments that cost the least, without slack, and the balance that they leave at the end.
    pub(super) fn payments(&self) -> (Vec<f64>, f64) {
        let mut balance = self.single.balance;
        let mut payments = Vec::with_capacity(self.prices.len());
        for ((rate, price), next) in self.single.rates.iter().zip(self.prices).zip(self.values.iter().skip(1))
        {
            let due = self.single.due(balance, *rate, 0.0);
            let most = self.single.most_left(balance, *rate, 0.0);
            // Piecewise linear, so it is least at a corner or at the end.
            let value = |x: f64| next.at(x) - price * x;
            let mut left = most.min(next.end());
            for (x, _) in next.0.iter().take_while(|corner| corner.0 < most) {
                if value(*x) < value(left) {
                    left = *x;
                }
            }
            payments.push(due - left);
            balance = left;
        }
        (payments, balance)
    }
}
