//! The signs in columns of debits and of credits. Exports write all debits without a sign, or all with one; a row whose sign
//! is not that of the others takes a debit back.

use wherewithal_base::{Error, ErrorCode, Result};

use super::{columns::Columns, rows::Row};
use crate::{ColumnField as Field, collect::cut, printed::number::Printed};

/// Whether what goes out and what comes in is written below zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) debits_are_negative: bool,
    pub(super) credits_are_negative: bool,
}

/// The signs of all rows.
#[derive(Default)]
pub(super) struct Signs {
    debits: Column,
    credits: Column,
}

/// The signs of a column.
#[derive(Default)]
struct Column {
    above: Rows,
    below: Rows,
}

/// The rows with a sign, and the first of them.
#[derive(Default)]
struct Rows {
    count: usize,
    first: Option<(u32, String)>,
}

impl Signs {
    /// Looks at a row.
    pub(super) fn see(&mut self, columns: &Columns, row: &Row<'_>) {
        for (field, column) in [(Field::Debit, &mut self.debits), (Field::Credit, &mut self.credits)] {
            if !columns.has(field) {
                continue;
            }
            let cell = columns.cell(row, field);
            let Some(is_negative) = Printed::of(cell).and_then(|printed| printed.is_negative()) else {
                continue;
            };
            let rows = if is_negative { &mut column.below } else { &mut column.above };
            rows.count += 1;
            rows.first.get_or_insert_with(|| (row.number, cut(cell)));
        }
    }

    /// What most rows of each column have.
    ///
    /// # Errors
    /// `field.conflict` where as many rows of a column have one sign as have the other.
    pub(super) fn decide(&self) -> Result<Sides> {
        Ok(Sides {
            debits_are_negative: self.debits.is_negative("debit")?,
            credits_are_negative: self.credits.is_negative("credit")?,
        })
    }
}

impl Column {
    fn is_negative(&self, name: &str) -> Result<bool> {
        match (&self.above.first, &self.below.first) {
            (Some((above, plus)), Some((below, minus))) if self.above.count == self.below.count => {
                let message = format!(
                    "row {above} has the {name} {plus:?} and row {below} the {name} {minus:?}, and as many rows are like the one \
                     as like the other, so nothing says which of them takes a {name} back"
                );
                Err(Error::new(ErrorCode::FieldConflict, message))
            }
            _ => Ok(self.below.count > self.above.count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_rows_say_what_a_sign_means() {
        let column = |above: usize, below: usize| Column {
            above: Rows { count: above, first: (above > 0).then(|| (2, "25".to_owned())) },
            below: Rows { count: below, first: (below > 0).then(|| (3, "-25".to_owned())) },
        };
        assert!(!column(0, 0).is_negative("debit").unwrap());
        assert!(!column(2, 1).is_negative("debit").unwrap());
        assert!(column(0, 1).is_negative("debit").unwrap());
        assert!(column(1, 3).is_negative("debit").unwrap());
        let error = column(1, 1).is_negative("debit").unwrap_err();
        assert_eq!(error.code(), ErrorCode::FieldConflict);
        assert!(
            error.message().contains("row 2") && error.message().contains("row 3"),
            "{}",
            error.message()
        );
    }
}
