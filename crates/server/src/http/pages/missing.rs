//! What a browser is shown where there is no page.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use maud::html;

use crate::render::html;

/// Whether the answer is for a person: browsers ask for HTML, programs do not.
pub(crate) fn is_wanted(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

/// The page.
pub(crate) fn missing() -> Response {
    let content = html! {
        h1 { "There is no such page" }
        p { "The address does not exist. The " a href="/" { "first page" } " says what there is, and the "
            a href="/docs/" { "page of the API" } " describes every operation." }
    };
    (StatusCode::NOT_FOUND, html::response(html::page("No such page", content))).into_response()
}
