//! What the whole of a statement with sections says, before its rows are read one by one: its days, whether its trades have
//! orders, and which fees its trades contain.

use std::collections::BTreeMap;

use wherewithal_base::{dates::Date, num::Decimal};

use super::{
    corporate::Action,
    layout::Record,
    rows::Row,
    walk::{Step, Table},
};
use crate::{
    ColumnField as Field, DateOrder, DecimalMark,
    printed::{date::dated, number::number},
};

/// A security, a currency and a day.
type Charged = (String, String, String);

/// What a statement says.
#[derive(Default)]
pub(super) struct Statement {
    /// The first and the last day.
    period: Option<(Date, Date)>,
    has_orders: bool,
    /// Whether cash is stated for each currency, and not only for all together.
    has_currencies: bool,
    /// What is charged for the trades of a security on a day, and the fees that are listed for them.
    charges: BTreeMap<Charged, Decimal>,
    fees: BTreeMap<Charged, Decimal>,
    /// Whether a corporate action brings shares and takes some.
    actions: BTreeMap<String, (bool, bool)>,
}

impl Statement {
    /// Looks at a row.
    pub(super) fn see(&mut self, step: Step, row: &Row<'_>, table: Option<&Table<'_>>) {
        if row.cell(0).eq_ignore_ascii_case("statement") && row.cell(2) == "Period" {
            self.period = self.period.or_else(|| period(row.cell(3)));
        }
        let (Step::Data, Some(table)) = (step, table) else { return };
        let columns = &table.columns;
        match table.layout.record {
            Record::Transaction if table.layout.shape.is_section("trades") => {
                if columns.cell(row, Field::Type).eq_ignore_ascii_case("order") {
                    self.has_orders = true;
                    add(&mut self.charges, charged(row, table), columns.cell(row, Field::Commission));
                }
            }
            Record::TradeFee => add(&mut self.fees, charged(row, table), columns.cell(row, Field::Amount)),
            Record::Cash => self.has_currencies |= !is_of_all(columns.cell(row, Field::Currency)),
            Record::CorporateAction => {
                let quantity = number(columns.cell(row, Field::Quantity), DecimalMark::Point);
                let action = self.actions.entry(action(row, table)).or_default();
                match quantity {
                    Ok(quantity) if quantity.is_negative() => action.1 = true,
                    Ok(quantity) if !quantity.is_zero() => action.0 = true,
                    _ => {}
                }
            }
            Record::Transaction | Record::Position => {}
        }
    }

    /// The first and the last day.
    pub(super) fn period(&self) -> Option<(Date, Date)> {
        self.period
    }

    /// Whether its trades are listed by order.
    pub(super) fn has_orders(&self) -> bool {
        self.has_orders
    }

    /// Whether cash is stated for each currency.
    pub(super) fn has_currencies(&self) -> bool {
        self.has_currencies
    }

    /// Whether the charge of its trades contains the fee of a row: they are of the same security and day, and come to no less
    /// than all fees that are listed for them.
    pub(super) fn contains(&self, row: &Row<'_>, table: &Table<'_>) -> bool {
        let key = charged(row, table);
        let charge = self.charges.get(&key);
        charge.is_some_and(|charge| self.fees.get(&key).is_none_or(|fees| fees <= charge))
    }

    /// Whether the corporate action of a row brings shares and takes some: then the row alone is not the whole of it.
    pub(super) fn exchanges(&self, row: &Row<'_>, table: &Table<'_>) -> bool {
        self.actions.get(&action(row, table)) == Some(&(true, true))
    }
}

/// Whether a cell for a currency stands for all of them.
pub(super) fn is_of_all(currency: &str) -> bool {
    currency.to_ascii_lowercase().starts_with("base currency")
}

fn charged(row: &Row<'_>, table: &Table<'_>) -> Charged {
    let cell = |field| table.columns.cell(row, field);
    let day = cell(Field::Date).get(..10).unwrap_or_default();
    (cell(Field::Symbol).to_owned(), cell(Field::Currency).to_owned(), day.to_owned())
}

/// A corporate action: its day and its words, up to the security that the row moves.
fn action(row: &Row<'_>, table: &Table<'_>) -> String {
    let description = table.columns.cell(row, Field::Description);
    let whole = Action::of(description).map_or(description, |action| action.whole);
    format!("{}\n{whole}", table.columns.cell(row, Field::Date))
}

/// Adds an amount that is charged. What is too large for a sum is left out of it, and is a fault where its row is read.
fn add(sums: &mut BTreeMap<Charged, Decimal>, key: Charged, amount: &str) {
    let amount = number(amount, DecimalMark::Point).map_or(Decimal::ZERO, Decimal::abs);
    let sum = sums.entry(key).or_insert(Decimal::ZERO);
    *sum = sum.plus(amount).unwrap_or(*sum);
}

/// The days of `November 1, 2026 - November 30, 2026`, or of one day alone.
fn period(text: &str) -> Option<(Date, Date)> {
    let (first, last) = text.split_once(" - ").unwrap_or((text, text));
    // The names of the months settle the order.
    let day = |text: &str| dated(text.trim(), DateOrder::MonthFirst).ok();
    Some((day(first)?, day(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_of_a_statement_is_one_day_or_from_one_to_another() {
        let days = |text| period(text).map(|(first, last)| format!("{first} {last}"));
        let november = days("November 1, 2026 - November 30, 2026");
        assert_eq!(november.as_deref(), Some("2026-11-01 2026-11-30"));
        assert_eq!(days("November 30, 2026").as_deref(), Some("2026-11-30 2026-11-30"));
        assert_eq!(days("Since inception"), None);
    }
}
