//! The prices of the months, by column generation (Dantzig and Wolfe 1960).
//!
//! The linear program mixes payment plans of single debts: the weights of a debt's plans add up to one, and what all
//! plans pay in a month is at most its budget. Its dual gives a price to the money of each month. At these prices each
//! debt offers a cheaper plan than those it has, until no debt can. The revised simplex method keeps the inverse of the
//! basis.

use super::single::{Priced, Single, Window};
use wherewithal_base::{Result, control::Control};

/// The cost of money beyond a month's budget: high enough that it is used only if there is no other way.
const BEYOND_BUDGET: f64 = 1e4;
const TOLERANCE: f64 = 1e-9;

pub(super) struct Master<'a> {
    singles: &'a [Single],
    windows: &'a [Window],
    months: usize,
    /// The values of the basic variables.
    values: Vec<f64>,
    basis: Vec<Column>,
    /// Row by row.
    inverse: Vec<Vec<f64>>,
}

enum Column {
    /// The unused part of a month's budget.
    Unused(usize),
    /// The part of a month's payments beyond its budget.
    Beyond,
    Plan(Plan),
}

/// The payments of one debt.
struct Plan {
    debt: usize,
    payments: Vec<f64>,
    /// The sum of the payments and of what is left at the end.
    cost: f64,
    /// Whether deferred interest is charged.
    is_late: bool,
}

impl Plan {
    fn new(debt: usize, priced: &Priced<'_>) -> Self {
        let (payments, left) = priced.payments();
        let cost = payments.iter().sum::<f64>() + left;
        Self { debt, payments, cost, is_late: priced.is_late }
    }

    /// The payments at their prices, and what is left at the end: at a price of one, their cost.
    fn cost_at(&self, prices: &[f64]) -> f64 {
        let above: f64 = prices.iter().zip(&self.payments).map(|(price, paid)| (price - 1.0) * paid).sum();
        self.cost + above
    }
}

impl Column {
    fn cost(&self) -> f64 {
        match self {
            Self::Unused(_) => 0.0,
            Self::Beyond => BEYOND_BUDGET,
            Self::Plan(plan) => plan.cost,
        }
    }
}

impl<'a> Master<'a> {
    /// Starts from the cheapest plan of each debt at the given prices; `None` if a debt has no plan in its window.
    #[expect(
        clippy::indexing_slicing,
        reason = "the inverse has a row and a column for each month and each debt"
    )]
    pub(super) fn new(
        singles: &'a [Single],
        windows: &'a [Window],
        budgets: &[f64],
        prices: &[f64],
    ) -> Option<Self> {
        let months = budgets.len();
        let rows = months + singles.len();
        let mut values = budgets.to_vec();
        let mut plans = Vec::with_capacity(singles.len());
        for (debt, (single, window)) in singles.iter().zip(windows).enumerate() {
            let plan = Plan::new(debt, &single.priced(prices, 0.0, *window)?);
            for (value, payment) in values.iter_mut().zip(&plan.payments) {
                *value -= payment;
            }
            plans.push(plan);
        }
        let mut inverse = vec![vec![0.0; rows]; rows];
        let mut basis = Vec::with_capacity(rows);
        for (month, (value, row)) in values.iter_mut().zip(&mut inverse).enumerate() {
            // A month whose plans exceed its budget starts with the excess in the basis, so that all values are
            // feasible.
            let beyond = *value < 0.0;
            let sign = if beyond { -1.0 } else { 1.0 };
            *value *= sign;
            row[month] = sign;
            for (cell, plan) in row[months..].iter_mut().zip(&plans) {
                *cell = -sign * plan.payments[month];
            }
            basis.push(if beyond { Column::Beyond } else { Column::Unused(month) });
        }
        for (place, plan) in (months..).zip(plans) {
            inverse[place][place] = 1.0;
            values.push(1.0);
            basis.push(Column::Plan(plan));
        }
        Some(Self { singles, windows, months, values, basis, inverse })
    }

    /// Improves the mix until no debt offers a cheaper plan or `steps` are used up; returns the number of steps taken.
    /// `visit` receives the prices and the mix from time to time, and returns true to end the search.
    pub(super) fn solve(
        &mut self,
        steps: usize,
        control: &Control<'_>,
        mut visit: impl FnMut(&[f64], &Self) -> bool,
    ) -> Result<usize> {
        // Visiting computes bounds and follows the mix, which costs more than a step.
        let every = 8 * (self.singles.len() + 1);
        let mut debt = 0;
        for step in 1..=steps {
            control.check()?;
            let dual = self.dual();
            if let Some(month) =
                (0..self.months).find(|month| dual.get(*month).is_some_and(|y| *y > TOLERANCE))
            {
                if !self.enter(Column::Unused(month)) {
                    return Ok(step);
                }
                continue;
            }
            let prices: Vec<f64> = dual.iter().take(self.months).map(|y| 1.0 - y).collect();
            let offer = self.offer(&prices, &dual, debt);
            if (offer.is_none() || step % every == 0) && visit(&prices, self) {
                return Ok(step);
            }
            let Some(plan) = offer else { return Ok(step) };
            // The next search starts after this debt, so that each gets its turn.
            debt = plan.debt + 1;
            if !self.enter(Column::Plan(plan)) {
                return Ok(step);
            }
        }
        Ok(steps)
    }

    /// The first plan that is cheaper at the prices than its debt's plans so far, trying the debts in turn from
    /// `start`.
    #[expect(
        clippy::indexing_slicing,
        reason = "each debt has a window, and a row after those of the months"
    )]
    fn offer(&self, prices: &[f64], dual: &[f64], start: usize) -> Option<Plan> {
        let count = self.singles.len();
        (start..start + count).map(|debt| debt % count).find_map(|debt| {
            let priced = self.singles[debt].priced(prices, 0.0, self.windows[debt])?;
            let offered = dual[self.months + debt];
            let cheaper = |cost: f64| cost < offered - TOLERANCE * (1.0 + offered.abs());
            if !cheaper(priced.cost()) {
                return None;
            }
            let plan = Plan::new(debt, &priced);
            // The cost of a debt that is not repaid in time is a bound, which its payments may not reach.
            (!priced.is_late || cheaper(plan.cost_at(prices))).then_some(plan)
        })
    }

    /// The multipliers of the rows: costs of the basis times its inverse.
    fn dual(&self) -> Vec<f64> {
        let mut dual = vec![0.0; self.inverse.len()];
        for (column, row) in self.basis.iter().zip(&self.inverse) {
            let cost = column.cost();
            if cost != 0.0 {
                for (sum, cell) in dual.iter_mut().zip(row) {
                    *sum += cost * cell;
                }
            }
        }
        dual
    }

    /// Brings a column into the basis in place of another; false if none can leave.
    #[expect(
        clippy::indexing_slicing,
        reason = "the inverse has a row and a column for each month and each debt"
    )]
    fn enter(&mut self, column: Column) -> bool {
        let direction: Vec<f64> = self
            .inverse
            .iter()
            .map(|row| match &column {
                Column::Unused(month) => row[*month],
                Column::Beyond => 0.0,
                Column::Plan(plan) => {
                    let paid: f64 =
                        row.iter().zip(&plan.payments).map(|(cell, payment)| cell * payment).sum();
                    paid + row[self.months + plan.debt]
                }
            })
            .collect();
        // The column with the smallest ratio leaves; of equals, the one with the largest pivot, which keeps the inverse
        // accurate.
        let mut leaving: Option<(usize, f64, f64)> = None;
        for (index, (value, step)) in self.values.iter().zip(&direction).enumerate() {
            if *step > TOLERANCE {
                let ratio = value / step;
                let better = leaving.is_none_or(|(_, least, pivot)| {
                    ratio < least - 1e-12 || (ratio <= least + 1e-12 && *step > pivot)
                });
                if better {
                    leaving = Some((index, ratio, *step));
                }
            }
        }
        let Some((leaving, ratio, pivot)) = leaving else { return false };
        let row = &mut self.inverse[leaving];
        for cell in row.iter_mut() {
            *cell /= pivot;
        }
        let pivot_row = row.clone();
        for (index, ((row, value), step)) in
            self.inverse.iter_mut().zip(self.values.iter_mut()).zip(&direction).enumerate()
        {
            if index == leaving {
                *value = ratio;
            } else if *step != 0.0 {
                *value = (*value - ratio * step).max(0.0);
                for (cell, pivot_cell) in row.iter_mut().zip(&pivot_row) {
                    *cell -= step * pivot_cell;
                }
            }
        }
        self.basis[leaving] = column;
        true
    }

    /// For each debt, the weight of the plans in which deferred interest is charged.
    #[expect(clippy::indexing_slicing, reason = "every plan is one of a debt")]
    pub(super) fn late(&self) -> Vec<f64> {
        let mut late = vec![0.0; self.singles.len()];
        for (column, weight) in self.basis.iter().zip(&self.values) {
            if let Column::Plan(plan) = column
                && plan.is_late
            {
                late[plan.debt] += weight;
            }
        }
        late
    }

    /// The weighted payments: for each month, those of each debt.
    #[expect(clippy::indexing_slicing, reason = "every month of the mix has a payment for every debt")]
    pub(super) fn payments(&self) -> Vec<Vec<f64>> {
        let mut mixed = vec![vec![0.0; self.singles.len()]; self.months];
        for (column, weight) in self.basis.iter().zip(&self.values) {
            if let Column::Plan(plan) = column {
                for (month, payment) in mixed.iter_mut().zip(&plan.payments) {
                    month[plan.debt] += weight * payment;
                }
            }
        }
        mixed
    }
}
