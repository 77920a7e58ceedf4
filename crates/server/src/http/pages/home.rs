//! `GET /`: the plan of the demo household, or an introduction.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};
use maud::{Markup, html};
use wherewithal_contract::registry;

use crate::{
    error::Result,
    http::App,
    render::{html, plan},
};

/// The first page.
pub(crate) async fn home(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response> {
    let address = address(&headers);
    let Some(demo) = &app.demo else {
        return Ok(html::response(html::page("A wealth engine", introduction(&address))));
    };
    let plan = demo.plan(&app.database, &app.runner).await?;
    let content = html! {
        (plan::html::content(plan, None))
        section { (elsewhere(&address)) }
    };
    Ok(html::response(html::page(&plan.name, content)))
}

/// The address that the browser used, for commands to copy: behind a proxy or on another port it is not our own.
fn address(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    // Only what is an address: the page is copied into a shell.
    let is_plain = |host: &&str| {
        !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
    };
    host.filter(is_plain).unwrap_or("localhost:8080").to_owned()
}

fn introduction(address: &str) -> Markup {
    html! {
        header {
            h1 { "wherewithal" }
            p { "The calculations behind a wealth-management platform: the same results, to the bit, in every \
                language." }
        }
        section { (elsewhere(address)) }
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
fn elsewhere(address: &str) -> Markup {
    html! {
        h2 { "Call it" }
        pre tabindex="0" { code {
            "curl " (address) "/v1/engines/debt.amortize -d '{\"principal\": \"400000\", \"annualRate\": \"0.065\",\n"
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
