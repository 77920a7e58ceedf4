//! The moments that matter, numbered in the order of their years.

use wherewithal::plan::{Plan, PlanEvent, PlanEventKind};

use super::people::ages;
use crate::render::{
    money::rounded,
    svg::frame::Flag,
    table::{Align, Column, Row, Table},
    words::capital,
};

/// A moment.
pub(super) struct Moment {
    /// Its number, from 1.
    pub(super) number: usize,
    pub(super) year: u32,
    pub(super) ages: String,
    pub(super) text: String,
}

pub(super) fn moments(plan: &Plan) -> Vec<Moment> {
    plan.events
        .iter()
        .enumerate()
        .map(|(index, event)| Moment {
            number: index + 1,
            year: event.year,
            ages: ages(plan, event.year),
            text: capital(&text(event, plan.currency.code())),
        })
        .collect()
}

/// Whether anything happens in a year.
pub(super) fn is_marked(plan: &Plan, year: u32) -> bool {
    plan.events.iter().any(|event| event.year == year)
}

/// The marks of a chart, one for each year with moments.
pub(super) fn flags(plan: &Plan) -> Vec<Flag> {
    moments(plan)
        .chunk_by(|one, next| one.year == next.year)
        .filter_map(|of_year| {
            let (first, last) = (of_year.first()?, of_year.last()?);
            let numbers = match last.number - first.number {
                0 => first.number.to_string(),
                1 => format!("{}, {}", first.number, last.number),
                _ => format!("{}–{}", first.number, last.number),
            };
            Some(Flag { year: first.year, numbers })
        })
        .collect()
}

/// The moments as a table.
pub(super) fn table(plan: &Plan) -> Table {
    let rows = moments(plan)
        .into_iter()
        .map(|moment| {
            Row::new(vec![
                moment.number.to_string().into(),
                moment.year.to_string().into(),
                moment.ages.into(),
                moment.text.into(),
            ])
        })
        .collect();
    Table {
        caption: "The moments that matter".to_owned(),
        columns: vec![
            Column::new("No.", Align::Right),
            Column::new("Year", Align::Word),
            Column::new(super::people::heading(plan), Align::Word),
            Column::new("What happens", Align::Left),
        ],
        rows,
    }
}

fn text(event: &PlanEvent, currency: &str) -> String {
    let subject = &event.subject;
    match event.kind {
        PlanEventKind::Retirement => format!("{subject} retires"),
        PlanEventKind::SocialSecurity => format!("Social Security of {subject} begins"),
        PlanEventKind::RequiredDistributions => {
            format!("minimum distributions from accounts of {subject} begin")
        }
        PlanEventKind::DebtRepaid => format!("{subject}: the last payment"),
        PlanEventKind::AssetSold => format!("{subject} is sold"),
        PlanEventKind::Goal => {
            let amount =
                event.amount.map_or(String::new(), |amount| format!(": {}", rounded(amount, currency)));
            format!("{subject}{amount}")
        }
        PlanEventKind::LastYear => format!("the last year that the plan counts on for {subject}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::sample, *};

    #[test]
    fn every_event_is_a_moment_and_a_mark() {
        let plan = sample();
        let moments = moments(&plan);
        assert_eq!(moments.len(), plan.events.len());
        assert!(moments.len() > 5 && moments.is_sorted_by_key(|moment| moment.year));
        let flags = flags(&plan);
        for moment in &moments {
            assert!(is_marked(&plan, moment.year) && flags.iter().any(|flag| flag.year == moment.year));
            assert!(!moment.text.is_empty());
        }
        assert!(!is_marked(&plan, 1900));
    }
}
