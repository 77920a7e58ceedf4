//! What moves the success probability most.

use wherewithal::{
    plan::Plan,
    retirement::{TornadoBar, VariedAssumption},
};

use crate::render::{
    money::percent,
    svg::tornado::Swing,
    table::{Align, Column, Row, Table},
};

/// The assumptions with the success probabilities at both values, the largest swing first.
pub(super) fn swings(plan: &Plan) -> Vec<Swing> {
    let swing = |bar: &TornadoBar| Swing {
        name: name(bar),
        low: bar.low.outcome.success.probability,
        high: bar.high.outcome.success.probability,
    };
    plan.sensitivity.iter().map(swing).collect()
}

/// The success probability of the plan on the paths of the swings.
pub(super) fn base(plan: &Plan) -> f64 {
    // The difference is that to the unchanged plan on the same paths, which may be fewer than those of the plan.
    let of_first = plan
        .sensitivity
        .first()
        .map(|bar| bar.low.outcome.success.probability - bar.low.difference.success_probability);
    of_first.unwrap_or(plan.result.success.probability)
}

/// The swings as a table.
pub(super) fn table(plan: &Plan) -> Table {
    let rows = plan
        .sensitivity
        .iter()
        .map(|bar| {
            let end = |value: f64| change(bar.assumption, value);
            Row::new(vec![
                subject(bar.assumption).into(),
                end(bar.low.value).into(),
                percent(bar.low.outcome.success.probability).into(),
                end(bar.high.value).into(),
                percent(bar.high.outcome.success.probability).into(),
            ])
        })
        .collect();
    Table {
        caption: "The share of futures in which the money lasts, if one assumption is wrong".to_owned(),
        columns: vec![
            Column::new("Assumption", Align::Left),
            Column::new("Lower", Align::Left),
            Column::new("Lasts in", Align::Right),
            Column::new("Higher", Align::Left),
            Column::new("Lasts in", Align::Right),
        ],
        rows,
    }
}

/// The assumption and its changes, such as `Inflation, 1 point lower or higher`.
fn name(bar: &TornadoBar) -> String {
    let (low, high) = (change(bar.assumption, bar.low.value), change(bar.assumption, bar.high.value));
    let subject = subject(bar.assumption);
    match (low.rsplit_once(' '), high.rsplit_once(' ')) {
        (Some((amount, down)), Some((same, up))) if amount == same => {
            format!("{subject}: {amount} {down} or {up}")
        }
        _ => format!("{subject}: {low}, or {high}"),
    }
}

fn subject(assumption: VariedAssumption) -> &'static str {
    match assumption {
        VariedAssumption::ExpectedReturn => "Returns",
        VariedAssumption::Volatility => "Ups and downs of markets",
        VariedAssumption::Inflation => "Inflation",
        VariedAssumption::Spending => "Living expenses",
        VariedAssumption::RetirementAge => "Retirement",
        VariedAssumption::Longevity => "Length of life",
        VariedAssumption::Savings => "Saving",
        VariedAssumption::Taxes => "Tax rates",
        VariedAssumption::SocialSecurity => "Social Security",
    }
}

/// A change of an assumption in words.
fn change(assumption: VariedAssumption, value: f64) -> String {
    let size = value.abs();
    let comparison = |less: &'static str, more: &'static str| if value < 0.0 { less } else { more };
    match assumption {
        VariedAssumption::ExpectedReturn | VariedAssumption::Inflation => {
            let points = plain(size * 100.0);
            let unit = if points == "1" { "point" } else { "points" };
            format!("{points} {unit} {}", comparison("lower", "higher"))
        }
        VariedAssumption::RetirementAge => {
            format!("{} years {}", plain(size), comparison("earlier", "later"))
        }
        VariedAssumption::Longevity => format!("{} years {}", plain(size), comparison("shorter", "longer")),
        _ => format!("{} % {}", plain(size * 100.0), comparison("less", "more")),
    }
}

/// A number with at most two decimal places.
fn plain(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::sample, *};

    #[test]
    fn there_are_six_at_most_and_their_words_say_the_values() {
        let plan = sample();
        let swings = swings(&plan);
        assert_eq!(swings.len(), plan.sensitivity.len());
        assert!((1..=6).contains(&swings.len()));
        assert_eq!(table(&plan).rows.len(), swings.len());
        assert_eq!(change(VariedAssumption::ExpectedReturn, -0.01), "1 point lower");
        assert_eq!(change(VariedAssumption::Inflation, 0.0125), "1.25 points higher");
        assert_eq!(change(VariedAssumption::RetirementAge, 2.0), "2 years later");
        assert_eq!(change(VariedAssumption::SocialSecurity, -0.25), "25 % less");
    }
}
