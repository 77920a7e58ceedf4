//! What a browser is shown where there is no page.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use maud::html;

use crate::{
    error::{Code, Error},
    render::html,
};

/// The answer to a request for what does not exist: the page for a person, a problem document for a program.
pub(crate) fn answer(headers: &HeaderMap, message: &str) -> Response {
    if is_for_a_person(headers) {
        return page();
    }
    Error::new(Code::RequestPathUnknown, message).into_response()
}

/// Browsers ask for HTML, programs do not.
fn is_for_a_person(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

fn page() -> Response {
    let content = html! {
        h1 { "There is no such page" }
        p { "The address does not exist. The " a href="/" { "first page" } " says what there is, and the "
            a href="/docs/" { "page of the API" } " describes every operation." }
    };
    (StatusCode::NOT_FOUND, html::response(html::page("No such page", content))).into_response()
}
