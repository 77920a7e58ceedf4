//! The plan in a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use wherewithal::plan::Plan;

use super::{answers, basis, changes::Changes, moments, outlook, sensitivity, standing, years};
use crate::render::{
    fan_terminal,
    money::{percent, short, whole},
    text::{paragraph, printable},
    words::{capital, of_futures},
};

/// The space before what belongs to a line above it.
const INDENT: usize = 4;

/// The plan, at most `width` columns wide, with colours as ANSI sequences.
pub(crate) fn plan(plan: &Plan, changes: Option<&Changes>, width: usize) -> String {
    let strong = Style::new().bold();
    let mut text = String::new();
    let _ = writeln!(text, "{strong}{}{strong:#}", printable(&plan.name));
    let dated = format!(
        "Plan as of {}, in {}. Amounts of later years are in today's money.",
        plan.as_of,
        plan.currency.code()
    );
    text.push_str(&paragraph(&dated, width, 0));
    if let Some(changes) = changes {
        heading(&mut text, "What the changes do");
        text.push_str(&paragraph(&changes.introduction(), width, 0));
        text.push_str(&changes.table().terminal(width));
    }
    standing(&mut text, plan, width);
    outlook(&mut text, plan, width);
    years(&mut text, plan, width);
    if !plan.sensitivity.is_empty() {
        heading(&mut text, "What moves it most");
        text.push_str(&sensitivity::table(plan).terminal(width));
        let base = format!("The plan itself lasts in {} of these futures.", percent(sensitivity::base(plan)));
        text.push_str(&paragraph(&base, width, 0));
    }
    answers(&mut text, plan, width);
    basis(&mut text, plan, width);
    text
}

fn standing(text: &mut String, plan: &Plan, width: usize) {
    let (currency, strong) = (plan.currency.code(), Style::new().bold());
    heading(text, "Where you stand");
    let statement = &plan.net_worth;
    for (name, amount) in
        [("Net worth", statement.net_worth), ("Liquid net worth", statement.liquid_net_worth)]
    {
        let _ = writeln!(text, "{name:<18}{strong}{}{strong:#}", whole(amount, currency));
    }
    text.push('\n');
    text.push_str(&standing::assets(plan).terminal(width));
    text.push('\n');
    text.push_str(&standing::liabilities(plan).terminal(width));
    if !plan.debts.is_empty() {
        text.push('\n');
        text.push_str(&standing::debts(plan).terminal(width));
    }
}

fn outlook(text: &mut String, plan: &Plan, width: usize) {
    heading(text, "Will it last?");
    let probability = plan.result.success.probability;
    let mood = mood(probability);
    let _ = writeln!(text, "{mood}{}{mood:#}", capital(&of_futures(probability)));
    text.push_str(&paragraph(&outlook::interval(plan), width, 0));
    if let Some(shortfall) = outlook::shortfall(plan) {
        text.push_str(&paragraph(&shortfall, width, 0));
    }
    text.push_str("\nAll accounts, in today's money\n");
    text.push_str(&fan_terminal::chart(&outlook::fan(plan), width));
    text.push('\n');
    text.push_str(&outlook::outcome(plan).terminal(width));
}

fn years(text: &mut String, plan: &Plan, width: usize) {
    heading(text, "The years ahead");
    if years::are_lives_drawn(plan) {
        text.push_str(&paragraph("Means over the futures in which somebody is still alive.", width, 0));
    }
    if !plan.events.is_empty() {
        text.push_str(&moments::table(plan).terminal(width));
    }
    let shown = |year: u32| years::is_shown(plan, year);
    for table in [
        years::received_by_treatment(plan, shown, short),
        years::paid(plan, shown, short),
        years::taxes(plan, shown, short),
        years::worth(plan, shown, short),
    ] {
        let _ = writeln!(text, "\n{}", table.caption);
        text.push_str(&table.terminal(width));
    }
    if plan.result.years.iter().any(|year| !shown(year.year)) {
        text.push_str(&paragraph("Every year is in the page (--html) and in the JSON (--json).", width, 0));
    }
}

fn answers(text: &mut String, plan: &Plan, width: usize) {
    let Some(condition) = answers::condition(plan) else { return };
    heading(text, "What to do about it");
    let strong = Style::new().bold();
    for answer in answers::answers(plan) {
        let _ = writeln!(text, "{}: {strong}{}{strong:#}", answer.question, printable(&answer.figure));
        text.push_str(&paragraph(&answer.text, width, INDENT));
    }
    text.push_str(&paragraph(&condition, width, 0));
}

fn basis(text: &mut String, plan: &Plan, width: usize) {
    heading(text, "What it rests on");
    for each in basis::assumptions(plan) {
        text.push_str(&paragraph(&each.assumed, width, 0));
        text.push_str(&paragraph(&format!("{}: {}", each.field, each.instead), width, INDENT));
    }
    text.push_str(&paragraph(&basis::simulation(plan), width, 0));
}

fn heading(text: &mut String, heading: &str) {
    let style = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
    let _ = writeln!(text, "\n{style}{heading}{style:#}");
}

fn mood(probability: f64) -> Style {
    let colour = match probability {
        p if p >= 0.8 => AnsiColor::Green,
        p if p >= 0.6 => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    };
    Style::new().bold().fg_color(Some(colour.into()))
}

#[cfg(test)]
mod tests {
    use super::{super::tests::sample, *};

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let sample = sample();
        for width in [60, 80, 120] {
            let text = anstream::adapter::strip_str(&plan(&sample, None, width)).to_string();
            for line in text.lines() {
                assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn every_moment_and_every_assumption_appears() {
        let sample = sample();
        let text = anstream::adapter::strip_str(&plan(&sample, None, 200)).to_string();
        for moment in moments::moments(&sample) {
            assert!(text.contains(&moment.text), "{}", moment.text);
        }
        for each in basis::assumptions(&sample) {
            assert!(text.contains(each.field), "{}", each.field);
        }
    }
}
