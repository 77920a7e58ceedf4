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
//! A debt with deferred interest has two kinds of payments. Those that repay it by the end of its promotion are those of a
//! debt without interest. In the others, the interest A that was deferred is owed in the month D after the promotion. With
//! g(x) the least of W(D + 1, .) less p times its argument up to x, and with X(b) not capped at zero,
//!
//! `W(D, b, A) = p(D) (d(b) + A) + g(X(b) + A) >= p(D) d(b) + g(X(b)) + s A`,
//!
//! where s is p(D) plus the least slope of g. So the interest that a balance b defers in a month costs at least s times
//! the rate times b in that month, and W depends on the balance alone again. The least of both kinds is the least cost.
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
    /// The monthly rate that is charged in each month.
    pub(super) rates: Vec<f64>,
    pub(super) minimum: Minimum,
    pub(super) deferral: Option<Deferred>,
}

/// A promotion that ends before the last month.
pub(super) struct Deferred {
    /// The monthly rates at which interest is deferred, one for each month of the promotion.
    pub(super) rates: Vec<f64>,
    /// What has been deferred before the first month.
    pub(super) accrued: f64,
}

impl Deferred {
    /// What is deferred of an opening balance.
    fn of_month(balance: f64, rate: f64, slack: f64) -> f64 {
        (balance * rate - slack).max(0.0)
    }

    /// The windows of the payments that repay the debt in time, and of those that do not, as far as the window allows.
    fn windows(&self, window: Window) -> (Option<Window>, Option<Window>) {
        let months = self.rates.len();
        let in_time = Window { repaid_by: window.repaid_by.min(months - 1), ..window };
        let late = Window { owed_before: window.owed_before.max(months), ..window };
        ((window.owed_before < months).then_some(in_time), (window.repaid_by >= months).then_some(late))
    }
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
    /// The rate at which interest is deferred, and the least cost of a unit of it.
    deferring: Option<(f64, f64)>,
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

    /// The least slope.
    fn least_slope(&self) -> f64 {
        let slope = |pair: &[(f64, f64); 2]| (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0);
        self.0.array_windows().map(slope).fold(0.0, f64::min)
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
    /// Whether the debt is not repaid in time, so that what was deferred is charged.
    pub(super) is_late: bool,
    /// What the interest that was deferred before the first month costs at least.
    accrued_cost: f64,
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
        let Some(deferral) = &self.deferral else { return self.priced_in(prices, slack, window, None) };
        let (in_time, late) = deferral.windows(window);
        let in_time = in_time.and_then(|window| self.priced_in(prices, slack, window, None));
        let late = late.and_then(|window| self.priced_in(prices, slack, window, Some(deferral)));
        match (in_time, late) {
            (Some(in_time), Some(late)) => Some(if late.cost() < in_time.cost() { late } else { in_time }),
            (in_time, late) => in_time.or(late),
        }
    }

    /// The same for payments of one kind; those of a debt that is not repaid in time have the promotion.
    fn priced_in<'a>(
        &'a self,
        prices: &'a [f64],
        slack: f64,
        window: Window,
        late: Option<&Deferred>,
    ) -> Option<Priced<'a>> {
        let months = self.rates.len();
        let charged_in = late.map(|deferral| deferral.rates.len());
        let mut most = Vec::with_capacity(months);
        let mut highest = self.balance;
        // The most that is deferred, with every rounding in one direction and in the other.
        let (mut deferred, mut deferred_up) = late.map_or((0.0, 0.0), |late| (late.accrued, late.accrued));
        for (month, rate) in self.rates.iter().enumerate() {
            most.push(highest);
            if let Some(deferring) = late.and_then(|deferral| deferral.rates.get(month)) {
                deferred += Deferred::of_month(highest, *deferring, slack);
                deferred_up += highest * deferring + slack;
            }
            highest = match month < window.repaid_by {
                true if charged_in == Some(month) => {
                    (self.left_by_rule(highest, *rate, slack) + deferred).max(0.0)
                }
                true => self.most_left(highest, *rate, slack),
                false => 0.0,
            };
        }
        let mut values = Vec::with_capacity(months + 1);
        let mut next = Pieces::default();
        next.push(0.0, 0.0);
        next.push(highest, highest);
        let mut lowest = 0.0;
        let mut unit = 0.0;
        for (month, ((rate, price), most)) in self.rates.iter().zip(prices).zip(&most).enumerate().rev() {
            let is_charged = charged_in == Some(month);
            if month < window.owed_before {
                // What was deferred can be left, too.
                let left = if is_charged { (lowest - deferred_up).max(0.0) } else { lowest };
                lowest = self.least_opening(left, *rate, slack, *most)?;
            }
            let least = next.running_minimum(*price);
            if is_charged {
                // No unit that is owed costs less than one.
                unit = (price + least.least_slope()).max(1.0);
            }
            let deferring = late.and_then(|deferral| deferral.rates.get(month)).map(|rate| (*rate, unit));
            let of_month = Month { rate: *rate, price: *price, slack, lowest, most: *most, deferring };
            let value = self.value(&least, &of_month);
            values.push(std::mem::replace(&mut next, value));
        }
        values.push(next);
        values.reverse();
        (self.balance >= lowest - TINY).then(|| Priced {
            single: self,
            prices,
            values,
            is_late: late.is_some(),
            accrued_cost: late.map_or(0.0, |deferral| unit * deferral.accrued),
        })
    }

    /// W of a month; `least` is the minimum over the balances that may be left.
    fn value(&self, least: &Pieces, month: &Month) -> Pieces {
        let Month { rate, price, slack, lowest, most, deferring } = *month;
        let deferred =
            |balance| deferring.map_or(0.0, |(rate, cost)| cost * Deferred::of_month(balance, rate, slack));
        let mut value = Pieces::default();
        let mut add = |balance: f64| {
            let left = self.most_left(balance, rate, slack);
            value.push(balance, price * self.due(balance, rate, slack) + least.at(left) + deferred(balance));
        };
        let mut bends = self.bends(rate, slack, most);
        if let Some((rate, _)) = deferring.filter(|(rate, _)| *rate > 0.0 && slack < rate * most) {
            bends.push(slack / rate);
            order::sort_by(&mut bends, f64::total_cmp);
            bends.dedup();
        }
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

    /// By how much each payment falls short of the minimum, month by month, while a balance is left. Of a debt that is not
    /// repaid in time, what was deferred is charged.
    pub(super) fn shortfalls(&self, payments: impl Iterator<Item = f64>, is_late: bool) -> Vec<f64> {
        let mut course = Course::new(self, is_late);
        let mut shortfalls = Vec::with_capacity(self.rates.len());
        for payment in payments {
            let Some((due, most)) = course.open() else { break };
            let left = (due - payment).max(0.0);
            shortfalls.push((left - most).max(0.0));
            course.balance = left;
        }
        shortfalls
    }
}

/// What is owed on one debt, month by month, without any rounding.
struct Course<'a> {
    single: &'a Single,
    /// The promotion of a debt that is not repaid in time.
    late: Option<&'a Deferred>,
    month: usize,
    balance: f64,
    deferred: f64,
}

impl<'a> Course<'a> {
    fn new(single: &'a Single, is_late: bool) -> Self {
        let late = single.deferral.as_ref().filter(|_| is_late);
        let deferred = late.map_or(0.0, |deferral| deferral.accrued);
        Self { single, late, month: 0, balance: single.balance, deferred }
    }

    /// What is due in the next month, and the most that may be left of it; `None` after the last.
    fn open(&mut self) -> Option<(f64, f64)> {
        let rate = *self.single.rates.get(self.month)?;
        let mut charged = 0.0;
        if let Some(late) = self.late {
            match late.rates.get(self.month) {
                Some(deferring) => self.deferred += self.balance * deferring,
                None => charged = std::mem::take(&mut self.deferred),
            }
        }
        self.month += 1;
        let due = self.single.due(self.balance, rate, 0.0) + charged;
        Some((due, (self.single.left_by_rule(self.balance, rate, 0.0) + charged).max(0.0)))
    }
}

impl Priced<'_> {
    /// The least cost of the whole debt.
    #[expect(clippy::expect_used, reason = "W is computed for the end and for each month before it")]
    pub(super) fn cost(&self) -> f64 {
        self.values.first().expect("the end has a value").at(self.single.balance) + self.accrued_cost
    }

    /// The payments that cost the least, without slack, and the balance that they leave at the end.
    pub(super) fn payments(&self) -> (Vec<f64>, f64) {
        let mut course = Course::new(self.single, self.is_late);
        let mut payments = Vec::with_capacity(self.prices.len());
        for (price, next) in self.prices.iter().zip(self.values.iter().skip(1)) {
            let Some((due, most)) = course.open() else { break };
            // Piecewise linear, so it is least at a corner or at the end.
            let value = |x: f64| next.at(x) - price * x;
            let mut left = most.min(next.end());
            for (x, _) in next.0.iter().take_while(|corner| corner.0 < most) {
                if value(*x) < value(left) {
                    left = *x;
                }
            }
            payments.push(due - left);
            course.balance = left;
        }
        (payments, course.balance)
    }
}
