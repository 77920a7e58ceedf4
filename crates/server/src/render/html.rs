//! Pages.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The style sheet of all pages.
pub(crate) const STYLE: &str = include_str!("../../assets/style.css");

/// No scripts; styles and images from this server only.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// A page of the server.
pub(crate) fn page(title: &str, content: Markup) -> Markup {
    let links = html! {
        nav aria-label="Main" {
            a href="/" { "wherewithal" }
            span {
                a href="/docs/" { "Try the API" }
                a href="/errors" { "Errors" }
                a href="/openapi.json" { "OpenAPI" }
            }
        }
    };
    document(title, html! { link rel="stylesheet" href="/assets/style.css"; }, links, content)
}

/// A self-contained page.
pub(crate) fn standalone(title: &str, content: Markup) -> Markup {
    let head = html! {
        meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        style { (PreEscaped(STYLE)) }
    };
    document(title, head, html! {}, content)
}

fn document(title: &str, head: Markup, links: Markup, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · wherewithal" }
                link rel="icon" href="data:,";
                (head)
            }
            body { (links) main { (content) } }
        }
    }
}

/// A page as a response.
pub(crate) fn response(page: Markup) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    (headers, page.into_string()).into_response()
}
