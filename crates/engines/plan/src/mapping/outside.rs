//! What the plan leaves out because of its date: what was before the balances, before the start, or after the last year.

use super::super::timeline::Piece;
use super::Context;
use wherewithal_base::dates::Date;

impl Context<'_> {
    /// Lists that something that is paid once is left out because of its date, or lies after the last year.
    pub(super) fn note_once(&mut self, field: &str, name: &str, day: Date) {
        let as_of = self.timeline.as_of;
        if day.year() > self.adults.last_year {
            self.not_reached(field, name, day.year());
        } else if day < as_of {
            self.assumed.add(
                field,
                format!("{name} was before {as_of}: it is in the balances already, so it is left out"),
                "another date, if it is still to come",
            );
        }
    }

    /// Lists that the plan ends before the year of something.
    pub(super) fn not_reached(&mut self, field: &str, name: &str, year: i32) {
        let last = self.adults.last_year;
        self.assumed.add(
            field,
            format!("{name} in {year} is not reached: the last year of the plan is {last}"),
            "an earlier date, or a higher age to plan to",
        );
    }

    /// Lists that a part of a year counts by its months, and that what is over or is not reached is left out.
    pub(super) fn note_periods(
        &mut self,
        field: &str,
        name: &str,
        start: Option<Date>,
        end: Option<Date>,
        pieces: &[Piece],
    ) {
        if let Some(start) = start.filter(|start| start.year() > self.adults.last_year) {
            self.not_reached(field, name, start.year());
        } else if pieces.is_empty() {
            self.assumed.add(
                field,
                format!("{name} is over before the plan starts, so it is left out"),
                "another date, if it is not over",
            );
        } else if pieces.iter().any(|piece| !piece.is_whole()) {
            let of = |day: Option<Date>| day.map(|day| day.to_string());
            let (from, to) = (of(start).unwrap_or_default(), of(end).unwrap_or_default());
            let period = match (start, end) {
                (Some(_), Some(_)) => format!("from {from} to {to}"),
                (Some(_), None) => format!("from {from} on"),
                _ => format!("to {to}"),
            };
            self.assumed.add(
                field,
                format!(
                    "{name} is paid {period}: of a year that it is not paid for as a whole, its months count"
                ),
                "a start on a 1 January and an end on a 31 December",
            );
        }
    }
}
