//! The moments that matter, numbered in the order of their years.

use wherewithal::{
    dates::Date,
    plan::{Plan, PlanEvent, PlanEventKind},
};

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
            text: capital(&text(event, plan)),
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

/// What is sold to repay a debt in a year.
fn sold_for<'a>(plan: &'a Plan, debt: &str, year: u32) -> Option<&'a str> {
    let ends = |end: Date| u32::try_from(end.year()) == Ok(year);
    let of_name = plan.debts.iter().filter(|one| one.name == debt && one.payoff_date.is_some_and(ends));
    of_name.filter_map(|one| one.repaid_by.as_deref()).next()
}

fn text(event: &PlanEvent, plan: &Plan) -> String {
    let (subject, currency) = (&event.subject, plan.currency.code());
    match event.kind {
        PlanEventKind::Retirement => format!("{subject} retires"),
        PlanEventKind::SocialSecurity => format!("Social Security of {subject} begins"),
        PlanEventKind::RequiredDistributions => {
            format!("minimum distributions from accounts of {subject} begin")
        }
        PlanEventKind::DebtRepaid => match sold_for(plan, subject, event.year) {
            Some(sold) => format!("{subject} is repaid from the sale of {sold}"),
            None => format!("{subject}: the last payment"),
        },
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

    #[test]
    fn a_debt_that_a_sale_repays_names_what_is_sold() {
        let mut plan = sample();
        let debt = plan.debts.first_mut().expect("a debt");
        let name = debt.name.clone();
        (debt.payoff_date, debt.repaid_by) =
            (wherewithal::dates::date(2031, 1, 1).ok(), Some("Home".to_owned()));
        let event = |year| PlanEvent {
            year,
            kind: PlanEventKind::DebtRepaid,
            subject: name.clone(),
            age: None,
            amount: None,
        };
        assert_eq!(text(&event(2031), &plan), format!("{name} is repaid from the sale of Home"));
        assert_eq!(text(&event(2032), &plan), format!("{name}: the last payment"));
    }
}
