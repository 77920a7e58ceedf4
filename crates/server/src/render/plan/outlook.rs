//! Whether the money lasts.

use wherewithal::{plan::Plan, simulation::Distribution};

use super::{people::age_of_first, years::are_lives_drawn};
use crate::render::{
    fan::{Fan, FanColumn},
    money::{grouped, percent, rest_of_percent, rounded, short},
    table::{Align, Column, Row, Table},
    words::of_futures,
};

/// The success probability in one sentence.
pub(super) fn sentence(plan: &Plan) -> String {
    let success = &plan.result.success;
    format!("The money lasts{} in {}.", span(plan), of_futures(success.probability))
}

/// The success probability with its interval, and what it counts.
pub(super) fn interval(plan: &Plan) -> String {
    let (result, success) = (&plan.result, &plan.result.success);
    format!(
        "{} of {} simulated futures pay for everything{}. With more futures the share would probably lie between {} \
         and {} (95 % interval, Wilson).",
        percent(success.probability),
        grouped(&result.paths.to_string()),
        span(plan),
        percent(success.wilson_lower),
        percent(success.wilson_upper),
    )
}

/// What the futures look like that fall short; none if none does.
pub(super) fn shortfall(plan: &Plan) -> Option<String> {
    let shortfall = &plan.result.shortfall;
    let (age, amount) = (shortfall.depletion_age.as_ref()?, shortfall.amount.as_ref()?);
    let owner = plan.retirement_plan.people.first().map(|person| person.name.as_str());
    let first =
        owner.map_or(String::new(), |name| format!(" when {name} is {:.0} (the middle case)", middle(age)));
    Some(format!(
        "In {} of the futures something cannot be paid, for the first time{first}; over all years {} is missing in the \
         middle case, in today's money.",
        share_that_falls_short(plan),
        rounded(middle(amount), plan.currency.code()),
    ))
}

/// The share of the futures in which something cannot be paid: mostly the rest of those that succeed, and then told as that.
fn share_that_falls_short(plan: &Plan) -> String {
    let (success, shortfall) = (plan.result.success.probability, plan.result.shortfall.share);
    let is_rest = (success + shortfall - 1.0).abs() < 1e-9;
    if is_rest { rest_of_percent(success) } else { percent(shortfall) }
}

/// How long the money has to last: to a year, or for lives of which nobody knows the length.
pub(super) fn span(plan: &Plan) -> String {
    if are_lives_drawn(plan) {
        return " as long as somebody lives".to_owned();
    }
    last_year(plan).map_or(String::new(), |year| format!(" until {year}"))
}

/// The last year of the plan.
pub(super) fn last_year(plan: &Plan) -> Option<u32> {
    plan.result.years.last().map(|year| year.year)
}

/// The balances of all accounts in today's money at the start of each year.
pub(super) fn fan(plan: &Plan) -> Fan {
    let rows = &plan.result.fan;
    let first = rows.first().map(|row| row.year);
    let percentiles =
        rows.iter().take_while(|row| Some(row.year) == first).map(|row| row.percentile).collect();
    let columns = rows
        .chunk_by(|one, next| one.year == next.year)
        .filter_map(|rows| {
            let year = plan.retirement_plan.first_year + rows.first()?.year;
            Some(FanColumn {
                year,
                age: age_of_first(plan, year),
                values: rows.iter().filter_map(|row| row.real).collect(),
            })
        })
        .collect();
    Fan { currency: plan.currency.code().to_owned(), percentiles, columns }
}

/// The balances of the fan, for the years selected by `keep`.
pub(super) fn balances(plan: &Plan, keep: impl Fn(u32) -> bool) -> Table {
    let fan = fan(plan);
    let mut columns = vec![Column::new("Start of", Align::Word)];
    columns.extend(
        fan.percentiles.iter().map(|percentile| Column(share_at_or_below(*percentile), Align::Right)),
    );
    let rows = fan
        .columns
        .iter()
        .filter(|column| keep(column.year))
        .map(|column| {
            let mut values = vec![column.year.to_string().into()];
            values.extend(column.values.iter().map(|value| short(*value, &fan.currency).into()));
            Row::new(values)
        })
        .collect();
    Table {
        caption: "All accounts, in today's money: so much or less in this share of futures".to_owned(),
        columns,
        rows,
    }
}

/// The balances at the end, in today's money and nominal.
pub(super) fn outcome(plan: &Plan) -> Table {
    let result = &plan.result;
    let currency = plan.currency.code();
    let ends = result.terminal_real.percentiles.iter().zip(&result.terminal_nominal.percentiles);
    let rows = ends
        .map(|(real, nominal)| {
            Row::new(vec![
                share_at_or_below(real.percentile).into(),
                short(real.value, currency).into(),
                short(nominal.value, currency).into(),
            ])
        })
        .collect();
    Table {
        caption: "What is left at the end".to_owned(),
        columns: vec![
            Column::new("Futures that end at or below", Align::Left),
            Column::new("In today's money", Align::Right),
            Column::new("Nominal", Align::Right),
        ],
        rows,
    }
}

fn share_at_or_below(percentile: f64) -> String {
    if percentile == 50.0 { "50 % (middle)".to_owned() } else { format!("{percentile} %") }
}

/// The median where it was requested, and otherwise the mean.
pub(super) fn middle(distribution: &Distribution) -> f64 {
    let median = distribution.percentiles.iter().find(|percentile| percentile.percentile == 50.0);
    median.map_or(distribution.mean, |median| median.value)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::sample, *};

    #[test]
    fn a_plan_lasts_to_its_last_year_or_for_lives_that_are_drawn() {
        let mut plan = sample();
        let year = last_year(&plan).expect("a year");
        let share = of_futures(plan.result.success.probability);
        assert_eq!(sentence(&plan), format!("The money lasts until {year} in {share}."));
        assert!(
            interval(&plan).contains(&format!("of 200 simulated futures pay for everything until {year}. "))
        );
        plan.result.years.last_mut().expect("a year").running = 0.25;
        assert_eq!(sentence(&plan), format!("The money lasts as long as somebody lives in {share}."));
    }

    #[test]
    fn every_future_that_falls_short_is_told_of() {
        let mut plan = sample();
        assert!(shortfall(&plan).is_some_and(|text| text.contains("Elena Rivera is")));
        plan.result.shortfall.amount = None;
        assert_eq!(shortfall(&plan), None);
    }
}
