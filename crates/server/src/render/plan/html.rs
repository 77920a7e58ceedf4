//! The plan as a page.

use maud::{Markup, html};
use wherewithal::plan::Plan;

use super::{
    assets, assumptions, debts, fan, is_shown, last_year, liabilities, meaning, outcome, probability, years,
};
use crate::render::{
    fan_svg, html as page,
    money::{short, whole},
};

/// The plan as a self-contained page.
pub(crate) fn standalone(plan: &Plan) -> Markup {
    page::standalone(&plan.name, content(plan))
}

/// The plan as the content of a page.
pub(crate) fn content(plan: &Plan) -> Markup {
    let currency = plan.currency.code();
    let fan = fan(plan);
    let described = format!(
        "Fan chart of all accounts in today's money until {}: {} of paths succeed",
        last_year(plan),
        probability(plan)
    );
    html! {
        header {
            h1 { (plan.name) }
            p class="faint" { "Plan as of " (plan.as_of) ", amounts in " (currency) }
        }
        div class="cards" {
            section class="card" {
                h2 { "Net worth" }
                p class="figure" { (whole(plan.net_worth.net_worth, currency)) }
                p class="faint" {
                    (whole(plan.net_worth.total_assets, currency)) " of assets less "
                    (whole(plan.net_worth.total_liabilities, currency)) " of liabilities"
                }
            }
            section class="card" {
                h2 { "Liquid net worth" }
                p class="figure" { (whole(plan.net_worth.liquid_net_worth, currency)) }
                p class="faint" { "Assets that can be converted to cash within days, less the debts without an illiquid \
                    asset as collateral" }
            }
            section class="card" {
                h2 { "Success probability" }
                p class="figure" { (probability(plan)) }
                p class="faint" { (meaning(plan)) }
            }
        }
        section {
            h2 { "Net worth by category" }
            (assets(plan).html())
            (liabilities(plan).html())
        }
        section {
            h2 { "Projection of all accounts, in today's money" }
            (fan_svg::chart(&fan, &described))
            (fan_svg::legend(&fan))
            details {
                summary { "Balances at the end" }
                (outcome(plan).html())
            }
        }
        @if !plan.debts.is_empty() {
            section {
                h2 { "Debts" }
                (debts(plan).html())
            }
        }
        section {
            h2 { "The years, in today's money" }
            (years(plan, is_shown, short).html())
            @if plan.years.len() > 5 {
                details {
                    summary { "All " (plan.years.len()) " years" }
                    (years(plan, |_| true, short).html())
                }
            }
        }
        section {
            h2 { "Assumptions" }
            (assumptions(plan).html())
        }
    }
}
