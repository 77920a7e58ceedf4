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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Elements without an end tag.
    const VOID: [&str; 4] = ["meta", "link", "br", "hr"];

    /// Asserts that every element of a page ends where it should, that no id occurs twice, and that what refers to an id
    /// finds it.
    pub(crate) fn assert_well_formed(page: &str) {
        let mut open: Vec<&str> = Vec::new();
        let mut ids: Vec<&str> = Vec::new();
        let mut references: Vec<&str> = Vec::new();
        for part in page.split('<').skip(1) {
            let (tag, _) = part.split_once('>').expect("a tag that ends");
            if tag.starts_with('!') {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "{open:?}");
                continue;
            }
            let name = tag.split_whitespace().next().expect("a name");
            let attribute = |name: &str| {
                let value = tag.split_once(&format!(" {name}=\""))?.1;
                value.split_once('"').map(|(value, _)| value)
            };
            ids.extend(attribute("id"));
            references.extend(attribute("aria-labelledby"));
            references.extend(attribute("aria-describedby"));
            references.extend(attribute("href").and_then(|link| link.strip_prefix('#')));
            if !VOID.contains(&name) {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{open:?}");
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id occurs twice");
        for id in references {
            assert!(ids.contains(&id), "{id}");
        }
    }

    #[test]
    fn pages_are_well_formed_and_escaped() {
        for page in [page("A <b>", html! { p { "x" } }), standalone("A <b>", html! { p id="x" { "x" } })] {
            let text = page.into_string();
            assert_well_formed(&text);
            assert!(text.contains("<title>A &lt;b&gt; · wherewithal</title>"), "{text}");
        }
    }

    #[test]
    #[should_panic(expected = "section")]
    fn an_element_without_its_end_is_found() {
        assert_well_formed("<main><section></main>");
    }
}
