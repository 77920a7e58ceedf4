//! Transactions that are equal to others.

use std::collections::BTreeMap;

use wherewithal_base::{dates::Date, num::Decimal};

use crate::{LedgerTransaction, replay::Row};

/// How far apart the two days of a transaction that stands twice may be.
const MOST_DAYS: i32 = 7;

/// The rows of a holding by what is written in them.
pub(super) struct Twins<'t> {
    /// The days and the places of the rows that have a text and an amount, in their order.
    rows: BTreeMap<(&'t str, Decimal), Vec<(Date, usize)>>,
    transactions: &'t [LedgerTransaction],
}

/// The row that another one repeats.
pub(super) enum Twin {
    /// None.
    None,
    /// One that stands before it.
    Earlier {
        /// The place of its transaction.
        transaction: usize,
        is_same_day: bool,
    },
    /// Only one that stands after it.
    Later {
        /// The place of its transaction.
        transaction: usize,
        is_same_day: bool,
    },
}

impl<'t> Twins<'t> {
    pub(super) fn of(rows: &[Row], transactions: &'t [LedgerTransaction]) -> Self {
        let mut twins = Self { rows: BTreeMap::new(), transactions };
        for row in rows {
            let key = (twins.text(row), row.amount);
            twins.rows.entry(key).or_default().push((row.day, row.transaction));
        }
        for equal in twins.rows.values_mut() {
            equal.sort_unstable();
        }
        twins
    }

    fn text(&self, row: &Row) -> &'t str {
        self.transactions.get(row.transaction).map_or("", |transaction| transaction.description.as_str())
    }

    /// The row that stands next to another one among those that are equal, within a week.
    pub(super) fn twin_of(&self, row: &Row) -> Twin {
        let Some(equal) = self.rows.get(&(self.text(row), row.amount)) else { return Twin::None };
        let place = equal.partition_point(|other| *other < (row.day, row.transaction));
        let is_near = |day: &Date| day.days_until(row.day).abs() <= MOST_DAYS;
        let before = place.checked_sub(1).and_then(|before| equal.get(before));
        if let Some((day, transaction)) = before.filter(|(day, _)| is_near(day)) {
            return Twin::Earlier { transaction: *transaction, is_same_day: *day == row.day };
        }
        match equal.get(place + 1) {
            Some((day, transaction)) if is_near(day) => {
                Twin::Later { transaction: *transaction, is_same_day: *day == row.day }
            }
            _ => Twin::None,
        }
    }
}
