//! The plan as a page.

use maud::{Markup, html};
use wherewithal::plan::Plan;

use super::{answers, basis, changes::Changes, moments, outlook, sensitivity, standing, years};
use crate::render::{
    html as page,
    money::{percent, rounded, short, whole},
    svg::{fan, frame::Words, futures, stack::Stack, tornado},
    table::Table,
    words::{capital, of_futures, tenths},
};

/// The sections: id, heading, content.
struct Section {
    id: &'static str,
    heading: &'static str,
    content: Markup,
}

/// The plan as a self-contained page, with what a change of the document changes if there is one.
pub(crate) fn standalone(plan: &Plan, changes: Option<&Changes>) -> Markup {
    page::standalone(&plan.name, content(plan, changes))
}

/// The plan as the content of a page.
pub(crate) fn content(plan: &Plan, changes: Option<&Changes>) -> Markup {
    let sections = sections(plan, changes);
    html! {
        header class="title" {
            h1 { (plan.name) }
            p class="lead" { (outlook::sentence(plan)) }
            p class="faint" { "Plan as of " (plan.as_of) ", in " (plan.currency.code()) ". Amounts of later years are in today's money." }
        }
        nav class="contents" aria-label="Sections" {
            ol { @for section in &sections { li { a href={ "#" (section.id) } { (section.heading) } } } }
        }
        @for section in &sections {
            section id=(section.id) aria-labelledby={ (section.id) "-heading" } {
                h2 id={ (section.id) "-heading" } { (section.heading) }
                (section.content)
            }
        }
    }
}

fn sections(plan: &Plan, changes: Option<&Changes>) -> Vec<Section> {
    let mut sections = Vec::new();
    if let Some(changes) = changes {
        let content = html! {
            p { (changes.introduction()) }
            (changes.table().html())
        };
        sections.push(Section { id: "changes", heading: "What the changes do", content });
    }
    sections.extend([
        Section { id: "standing", heading: "Where you stand", content: standing(plan) },
        Section { id: "outlook", heading: "Will it last?", content: outlook(plan) },
        Section { id: "years", heading: "The years ahead", content: years(plan) },
    ]);
    if !plan.sensitivity.is_empty() {
        sections.push(Section {
            id: "sensitivity",
            heading: "What moves it most",
            content: sensitivity(plan),
        });
    }
    if plan.answers.is_some() {
        sections.push(Section { id: "answers", heading: "What to do about it", content: answers(plan) });
    }
    sections.push(Section { id: "basis", heading: "What it rests on", content: basis(plan) });
    sections
}

fn standing(plan: &Plan) -> Markup {
    let currency = plan.currency.code();
    let statement = &plan.net_worth;
    html! {
        div class="figures" {
            div class="figure main" {
                p class="label" { "Net worth" }
                p class="value" { (whole(statement.net_worth, currency)) }
                p class="note" {
                    (whole(statement.total_assets, currency)) " of assets less "
                    (whole(statement.total_liabilities, currency)) " of liabilities"
                }
            }
            div class="figure" {
                p class="label" { "Liquid net worth" }
                p class="value" { (whole(statement.liquid_net_worth, currency)) }
                p class="note" { "What could be cash within days, less debts without such an asset as collateral" }
            }
        }
        div class="columns" {
            (standing::assets(plan).html())
            (standing::liabilities(plan).html())
        }
        @if !plan.debts.is_empty() { (standing::debts(plan).html()) }
    }
}

fn outlook(plan: &Plan) -> Markup {
    let fan = outlook::fan(plan);
    let probability = plan.result.success.probability;
    let description = format!(
        "The balances of all accounts in today's money: the middle of the simulated futures and bands around it. {}",
        outlook::sentence(plan)
    );
    let words = Words { id: "fan", title: "Balances of all accounts", description: &description };
    html! {
        div class="verdict" {
            div {
                p class="value" { (capital(&of_futures(probability))) }
                (futures::picture(tenths(probability)))
            }
            div {
                p { (outlook::interval(plan)) }
                @if let Some(shortfall) = outlook::shortfall(plan) { p { (shortfall) } }
            }
        }
        figure {
            figcaption { "All accounts at the start of each year, in today's money" }
            (fan::chart(&fan, &moments::flags(plan), words))
            (fan::legend(&fan))
        }
        (behind("The balances of every year", &[outlook::balances(plan, |_| true)]))
        (outlook::outcome(plan).html())
    }
}

fn years(plan: &Plan) -> Markup {
    let all = |_: u32| true;
    html! {
        @if years::are_lives_drawn(plan) {
            p class="faint" { "Means over the futures in which somebody is still alive." }
        } @else {
            p class="faint" { "Means over all simulated futures." }
        }
        @if !plan.events.is_empty() { (moments::table(plan).html()) }
        (chart(
            plan,
            "received",
            "Where the money comes from",
            "Income, Social Security and withdrawals of each year as stacked columns, and a line for what is paid.",
            &years::received_chart(plan),
        ))
        (behind("What comes in, every year", &[years::received(plan, all, rounded)]))
        (behind("What it pays for, every year", &[years::paid(plan, all, rounded), years::taxes(plan, all, rounded)]))
        (chart(
            plan,
            "worth",
            "What you own and owe",
            "Accounts and property above zero, debts below it, at the end of each year, and a line for net worth.",
            &years::worth_chart(plan),
        ))
        (behind("What you own and owe, every year", &[years::worth(plan, all, rounded)]))
        (years::overview(plan, |year| years::is_shown(plan, year), short).html())
    }
}

fn chart(plan: &Plan, id: &str, title: &str, description: &str, stack: &Stack) -> Markup {
    html! {
        figure {
            figcaption { (title) ", in today's money" }
            (stack.chart(&moments::flags(plan), Words { id, title, description }))
        }
    }
}

/// The tables behind a chart.
fn behind(summary: &str, tables: &[Table]) -> Markup {
    html! {
        details {
            summary { (summary) }
            @for table in tables { (table.html()) }
        }
    }
}

fn sensitivity(plan: &Plan) -> Markup {
    let swings = sensitivity::swings(plan);
    let most = swings.first().map_or("", |swing| swing.name.as_str());
    let description =
        format!("Six bars around the plan's {}. The widest: {most}.", percent(sensitivity::base(plan)));
    let words =
        Words { id: "tornado", title: "What moves the success probability most", description: &description };
    html! {
        p { "The share of futures in which the money lasts, if one assumption turns out lower or higher and all else stays." }
        figure { (tornado::chart(&swings, sensitivity::base(plan), words)) }
        (behind("The bars as a table", &[sensitivity::table(plan)]))
    }
}

fn answers(plan: &Plan) -> Markup {
    html! {
        div class="figures" {
            @for answer in answers::answers(plan) {
                div class="figure" {
                    h3 class="label" { (answer.question) }
                    p class="value" { (answer.figure) }
                    p class="note" { (capital(&answer.text)) }
                }
            }
        }
        @if let Some(condition) = answers::condition(plan) { p class="faint" { (condition) } }
    }
}

fn basis(plan: &Plan) -> Markup {
    html! {
        p { "The document leaves this open. For each point: what was assumed, the field of the document, and what to write \
            there to say otherwise." }
        dl class="basis" {
            @for each in basis::assumptions(plan) {
                div {
                    dt { (each.assumed) }
                    dd { code { (each.field) } }
                    dd { (each.instead) }
                }
            }
        }
        p class="faint" { (basis::simulation(plan)) " A plan is a calculation, not advice." }
    }
}
