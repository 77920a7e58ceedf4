//! `GET /`: the plan of the demo household, or an introduction.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use maud::{Markup, html};
use wherewithal_contract::registry;

use crate::{
    error::Result,
    http::App,
    render::{html, plan},
};

/// The first page.
pub(crate) async fn home(State(app): State<Arc<App>>) -> Result<Response> {
    let Some(demo) = &app.demo else {
        return Ok(html::response(html::page("A wealth engine", introduction())));
    };
    let plan = demo.plan(&app.database, &app.runner).await?;
    let content = html! {
        (plan::html::content(plan))
        section { (elsewhere()) }
    };
    Ok(html::response(html::page(&plan.name, content)))
}

fn introduction() -> Markup {
    html! {
        header {
            h1 { "wherewithal" }
            p { "The calculations behind a wealth-management platform: the same results, to the bit, in every \
                language." }
        }
        section { (elsewhere()) }
        section {
            h2 { "Operations" }
            div class="scroll" tabindex="0" {
                table {
                    thead { tr { th scope="col" { "Operation" } th scope="col" { "Description" } } }
                    tbody {
                        @for operation in registry().operations() {
                            tr {
                                td { a href={ "/v1/operations/" (operation.name()) } { code { (operation.name()) } } }
                                td { (operation.summary()) }
                            }
                        }
                    }
                }
            }
        }
        p class="faint" {
            "Start the server with " code { "--demo" } " to see the plan of a household here."
        }
    }
}

/// Links from this page.
fn elsewhere() -> Markup {
    html! {
        h2 { "Call it" }
        pre tabindex="0" { code {
            "curl localhost:8080/v1/engines/debt.amortize -d '{\"principal\": \"400000\", \"annualRate\": \"0.065\",\n"
            "  \"termMonths\": 360, \"firstPayment\": \"2026-01-01\"}'"
        } }
        p {
            "All " (registry().operations().len()) " operations can be tried on the "
            a href="/docs/" { "page of the API" } ", generated from the "
            a href="/openapi.json" { "OpenAPI document" } ". Every error has a "
            a href="/errors" { "stable code" } "."
        }
    }
}
