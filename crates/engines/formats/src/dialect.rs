//! One date order and one decimal mark for a file, decided by all of it.

use wherewithal_base::{Error, ErrorCode, Result};

use crate::{
    DateOrder, DecimalMark, FileEvidence,
    printed::{
        date::Written,
        number::{Printed, Says},
    },
};

/// A cell that was looked at.
struct Seen {
    row: u32,
    text: String,
}

impl Seen {
    fn new(row: u32, text: &str) -> Self {
        Self { row, text: text.trim().chars().take(40).collect() }
    }
}

/// Who has settled a question before the cells are asked.
pub(crate) enum Settled<T> {
    ByCaller(T),
    ByLayout(T),
    /// A format without groups of digits, whose lone mark separates a fraction.
    ByFormat(T),
    Not,
}

impl<T: Copy> Settled<T> {
    pub(crate) fn of(caller: Option<T>, layout: Option<T>) -> Self {
        match (caller, layout) {
            (Some(value), _) => Self::ByCaller(value),
            (None, Some(value)) => Self::ByLayout(value),
            (None, None) => Self::Not,
        }
    }

    fn reason(&self) -> Option<(T, &'static str)> {
        match self {
            Self::ByCaller(value) => Some((*value, "given by the caller")),
            Self::ByLayout(value) => Some((*value, "that of the layout")),
            Self::ByFormat(value) => Some((*value, "the format has no groups of digits")),
            Self::Not => None,
        }
    }
}

/// What was decided; the evidence is absent if nothing depends on it.
pub(crate) struct Decided<T> {
    pub(crate) value: T,
    pub(crate) evidence: Option<FileEvidence>,
}

/// The dates of a file.
#[derive(Default)]
pub(crate) struct Orders {
    month_first: Option<Seen>,
    day_first: Option<Seen>,
    /// The first that can be read in both orders, and differs.
    either: Option<Seen>,
    /// The order that usually goes with how the first was written.
    usual: Option<DateOrder>,
}

impl Orders {
    /// Looks at a date.
    pub(crate) fn see(&mut self, text: &str, row: u32) {
        let Some(Written::Parts { first, second, usual, .. }) = Written::of(text) else { return };
        self.usual = self.usual.or(usual);
        let place = match (first > 12, second > 12) {
            (true, false) => &mut self.day_first,
            (false, true) => &mut self.month_first,
            (false, false) if first != second => &mut self.either,
            _ => return,
        };
        place.get_or_insert_with(|| Seen::new(row, text));
    }

    /// The order of all of them.
    ///
    /// # Errors
    /// `date.inconsistent`, `date.ambiguous`.
    pub(crate) fn decide(self, settled: &Settled<DateOrder>) -> Result<Decided<DateOrder>> {
        let decided = |value, reason: String, row| {
            let name = if value == DateOrder::MonthFirst { "monthFirst" } else { "dayFirst" };
            let evidence = FileEvidence { value: name.to_owned(), reason, row };
            Ok(Decided { value, evidence: Some(evidence) })
        };
        if let Some((value, reason)) = settled.reason() {
            return decided(value, reason.to_owned(), None);
        }
        match (self.month_first, self.day_first) {
            (Some(month), Some(day)) => {
                let message = format!(
                    "row {} has {:?}, whose month is first, and row {} has {:?}, whose day is; no order fits both",
                    month.row, month.text, day.row, day.text
                );
                Err(Error::new(ErrorCode::DateInconsistent, message))
            }
            (Some(seen), None) => decided(
                DateOrder::MonthFirst,
                format!("{:?} can only be read in this order", seen.text),
                Some(seen.row),
            ),
            (None, Some(seen)) => decided(
                DateOrder::DayFirst,
                format!("{:?} can only be read in this order", seen.text),
                Some(seen.row),
            ),
            (None, None) => match (self.either, self.usual) {
                (Some(seen), Some(usual)) => decided(
                    usual,
                    format!("dates that are written like {:?} usually have this order", seen.text),
                    Some(seen.row),
                ),
                (Some(seen), None) => Err(ambiguous_date(&seen)),
                // Any order gives the same dates.
                (None, _) => Ok(Decided { value: DateOrder::MonthFirst, evidence: None }),
            },
        }
    }
}

fn ambiguous_date(seen: &Seen) -> Error {
    let read = |order| {
        let date = Written::of(&seen.text).and_then(|written| written.date(order).ok());
        date.map_or_else(|| "no date".to_owned(), |date| date.to_string())
    };
    let message = format!(
        "every date can be read in two ways: {:?} on row {} is {} with the month first and {} with the day first; give \
         `dateOrder`",
        seen.text,
        seen.row,
        read(DateOrder::MonthFirst),
        read(DateOrder::DayFirst)
    );
    Error::new(ErrorCode::DateAmbiguous, message)
}

/// The numbers of a file.
#[derive(Default)]
pub(crate) struct Marks {
    point: Option<Seen>,
    comma: Option<Seen>,
    /// The first that can be read with both marks.
    either: Option<Seen>,
    /// Whether one of those has a comma.
    has_lone_comma: bool,
    /// The first with a currency sign whose countries write a point.
    pointed: Option<Seen>,
}

impl Marks {
    /// Looks at a number.
    pub(crate) fn see(&mut self, text: &str, row: u32) {
        let Some(printed) = Printed::of(text) else { return };
        if printed.is_pointed() {
            self.pointed.get_or_insert_with(|| Seen::new(row, text));
        }
        let place = match printed.says() {
            Says::Nothing => return,
            Says::Only(DecimalMark::Point) => &mut self.point,
            Says::Only(DecimalMark::Comma) => &mut self.comma,
            Says::Either => {
                self.has_lone_comma |= text.contains(',');
                &mut self.either
            }
        };
        place.get_or_insert_with(|| Seen::new(row, text));
    }

    /// Whether every mark is a lone point before three digits, as in 1.234: thousands, or a fraction where a format has no
    /// groups of digits.
    pub(crate) fn are_lone_points(&self) -> bool {
        self.point.is_none() && self.comma.is_none() && self.either.is_some() && !self.has_lone_comma
    }

    /// The mark of all of them.
    ///
    /// # Errors
    /// `decimal.inconsistent`, `decimal.ambiguous`.
    pub(crate) fn decide(self, settled: &Settled<DecimalMark>) -> Result<Decided<DecimalMark>> {
        let decided = |value, reason: String, row| {
            let name = if value == DecimalMark::Point { "point" } else { "comma" };
            let evidence = FileEvidence { value: name.to_owned(), reason, row };
            Ok(Decided { value, evidence: Some(evidence) })
        };
        if let Some((value, reason)) = settled.reason() {
            return decided(value, reason.to_owned(), None);
        }
        match (self.point, self.comma) {
            (Some(point), Some(comma)) => {
                let message = format!(
                    "row {} has {:?} with a decimal point, and row {} has {:?} with a decimal comma; no mark fits both",
                    point.row, point.text, comma.row, comma.text
                );
                Err(Error::new(ErrorCode::DecimalInconsistent, message))
            }
            (Some(seen), None) => decided(
                DecimalMark::Point,
                format!("{:?} can only be read with this mark", seen.text),
                Some(seen.row),
            ),
            (None, Some(seen)) => decided(
                DecimalMark::Comma,
                format!("{:?} can only be read with this mark", seen.text),
                Some(seen.row),
            ),
            (None, None) => match (self.either, self.pointed) {
                (Some(_), Some(sign)) => decided(
                    DecimalMark::Point,
                    format!("the currency sign in {:?} goes with this mark", sign.text),
                    Some(sign.row),
                ),
                (Some(seen), None) => Err(ambiguous_number(&seen)),
                (None, _) => Ok(Decided { value: DecimalMark::Point, evidence: None }),
            },
        }
    }
}

fn ambiguous_number(seen: &Seen) -> Error {
    let read = |mark| {
        let value = Printed::of(&seen.text).and_then(|printed| printed.value(mark));
        value.map_or_else(|| "no number".to_owned(), |value| value.to_string())
    };
    let message = format!(
        "every number can be read in two ways: {:?} on row {} is {} with a decimal point and {} with a decimal comma; give \
         `decimalMark`",
        seen.text,
        seen.row,
        read(DecimalMark::Point),
        read(DecimalMark::Comma)
    );
    Error::new(ErrorCode::DecimalAmbiguous, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(cells: &[&str]) -> Result<Decided<DateOrder>> {
        let mut orders = Orders::default();
        cells.iter().zip(1..).for_each(|(cell, row)| orders.see(cell, row));
        orders.decide(&Settled::Not)
    }

    fn mark(cells: &[&str]) -> Result<Decided<DecimalMark>> {
        let mut marks = Marks::default();
        cells.iter().zip(1..).for_each(|(cell, row)| marks.see(cell, row));
        marks.decide(&Settled::Not)
    }

    #[test]
    fn one_date_decides_for_all() {
        let decided = order(&["01/02/2026", "03/04/2026", "13/02/2026"]).unwrap();
        assert_eq!(decided.value, DateOrder::DayFirst);
        assert_eq!(decided.evidence.unwrap().row, Some(3));
        let error = order(&["01/02/2026", "13/02/2026", "02/13/2026"]).err().unwrap();
        assert_eq!(error.code(), ErrorCode::DateInconsistent);
        assert!(error.message().contains("row 3") && error.message().contains("row 2"));
        let error = order(&["02/02/2026", "01/02/2026"]).err().unwrap();
        assert_eq!(error.code(), ErrorCode::DateAmbiguous);
        assert!(error.message().contains("2026-01-02") && error.message().contains("2026-02-01"));
        assert!(order(&["02/02/2026", "2026-03-04"]).unwrap().evidence.is_none());
    }

    /// E24: a lone `1,234` is decided by the column, else it is an error with both values.
    #[test]
    fn one_number_decides_for_all() {
        assert_eq!(mark(&["1,234", "-950,00"]).unwrap().value, DecimalMark::Comma);
        assert_eq!(mark(&["1,234", "12.50"]).unwrap().value, DecimalMark::Point);
        assert_eq!(mark(&["1,234", "$5"]).unwrap().value, DecimalMark::Point);
        let error = mark(&["1,234", "7"]).err().unwrap();
        assert_eq!(error.code(), ErrorCode::DecimalAmbiguous);
        assert!(error.message().contains("is 1234 with a decimal point and 1.234 with a decimal comma"));
        let error = mark(&["12.50", "12,50"]).err().unwrap();
        assert_eq!(error.code(), ErrorCode::DecimalInconsistent);
        assert!(mark(&["7"]).unwrap().evidence.is_none());
    }
}
