//! The layouts that are known, each with the place where it was seen. Rows of a file are never copied from there.

mod banks;
mod brokers;
mod cards;
mod exchanges;
pub(crate) mod interactive_brokers;
pub(crate) mod programs;

use super::layout::Layout;

/// Every layout, in the order in which they are tried where two fit equally well.
pub(crate) fn all() -> impl Iterator<Item = &'static Layout> {
    let tables: [&'static [Layout]; 6] = [
        banks::LAYOUTS,
        cards::LAYOUTS,
        brokers::LAYOUTS,
        interactive_brokers::LAYOUTS,
        exchanges::LAYOUTS,
        programs::LAYOUTS,
    ];
    tables.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        ColumnField,
        csv::layout::{Record, Shape},
    };

    #[test]
    fn a_layout_has_a_name_of_its_own_and_the_columns_that_a_row_needs() {
        let mut names = BTreeSet::new();
        for layout in all() {
            let part = match layout.shape {
                Shape::Section(section) => section,
                Shape::OneOfSeveral if layout.record == Record::Position => "positions",
                _ => "",
            };
            // The short forms of a layout have fewer columns.
            let form = (layout.columns.len(), layout.is_named_only);
            assert!(names.insert((layout.name, part, form)), "{}", layout.name);
            let has = |field| layout.columns.iter().any(|column| column.field == Some(field));
            if matches!(layout.record, Record::Transaction | Record::CorporateAction | Record::TradeFee) {
                assert!(has(ColumnField::Date), "{}", layout.name);
                let amount = has(ColumnField::Amount) || has(ColumnField::Debit) && has(ColumnField::Credit);
                assert!(amount || has(ColumnField::Price) && has(ColumnField::Quantity), "{}", layout.name);
            } else if layout.record == Record::Cash {
                assert!(has(ColumnField::Type) && has(ColumnField::Value), "{}", layout.name);
            } else {
                assert!(has(ColumnField::Symbol) && has(ColumnField::Quantity), "{}", layout.name);
            }
            for column in layout.columns {
                assert!(column.names.iter().all(|name| *name == name.to_lowercase()), "{}", layout.name);
            }
            for word in layout.words {
                assert_eq!(word.word, word.word.to_lowercase(), "{}", layout.name);
            }
        }
    }
}
