//! The plan in a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use wherewithal::plan::Plan;

use super::{assets, assumptions, debts, fan, is_shown, liabilities, meaning, outcome, probability, years};
use crate::render::{
    fan_terminal,
    money::{short, whole},
    text::printable,
};

/// The plan, at most `width` columns wide, with colours as ANSI sequences.
pub(crate) fn plan(plan: &Plan, width: usize) -> String {
    let currency = plan.currency.code();
    let strong = Style::new().bold();
    let mut text = String::new();
    let _ = writeln!(text, "{strong}{}{strong:#}", printable(&plan.name));
    let _ = writeln!(text, "Plan as of {}, amounts in {currency}\n", plan.as_of);
    for (name, amount) in
        [("Net worth", plan.net_worth.net_worth), ("Liquid net worth", plan.net_worth.liquid_net_worth)]
    {
        let _ = writeln!(text, "{name:<18}{strong}{}{strong:#}", whole(amount, currency));
    }
    let mood = mood(plan.result.success.probability);
    let _ = writeln!(text, "{:<18}{mood}{}{mood:#}", "Success", probability(plan));
    paragraph(&mut text, &meaning(plan), width, 18);

    heading(&mut text, "Net worth");
    text.push_str(&assets(plan).terminal(width));
    text.push('\n');
    text.push_str(&liabilities(plan).terminal(width));

    if !plan.debts.is_empty() {
        heading(&mut text, "Debts");
        text.push_str(&debts(plan).terminal(width));
    }

    heading(&mut text, "The years, in today's money");
    text.push_str(&years(plan, is_shown, short).terminal(width));
    if plan.years.len() > 5 {
        paragraph(&mut text, "Later years: every fifth. Use --json for all years.", width, 0);
    }

    heading(&mut text, "Projection of all accounts, in today's money");
    text.push_str(&fan_terminal::chart(&fan(plan), width));
    text.push('\n');
    text.push_str(&outcome(plan).terminal(width));

    heading(&mut text, "Assumptions");
    text.push_str(&assumptions(plan).terminal(width));
    text
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

/// A paragraph wrapped at `width`, with every line indented.
fn paragraph(text: &mut String, words: &str, width: usize, indent: usize) {
    let mut used = 0;
    for word in printable(words).split_whitespace() {
        let length = unicode_width::UnicodeWidthStr::width(word);
        if used == 0 {
            let _ = write!(text, "{:indent$}{word}", "");
            used = indent + length;
        } else if used + 1 + length > width {
            let hang = if words.starts_with("- ") { indent + 2 } else { indent };
            let _ = write!(text, "\n{:hang$}{word}", "");
            used = hang + length;
        } else {
            let _ = write!(text, " {word}");
            used += 1 + length;
        }
    }
    text.push('\n');
}
