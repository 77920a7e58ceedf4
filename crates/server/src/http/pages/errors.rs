//! `GET /errors`: every code, its status and its meaning. Problem documents link here.

use axum::response::Response;
use maud::html;
use wherewithal::ErrorCode;

use crate::{
    error::{Code, Kind},
    render::html,
};

/// The page of error codes.
pub(crate) async fn errors() -> Response {
    let engines =
        ErrorCode::ALL.iter().map(|code| (code.as_str(), Kind::Engine(code.kind()), code.meaning()));
    let server = Code::ALL.iter().map(|code| (code.as_str(), code.kind(), code.meaning()));
    let store = wherewithal_store::Code::ALL
        .iter()
        .map(|code| (code.as_str(), Kind::Store(code.kind()), code.meaning()));
    let rows: Vec<(&str, Kind, &str)> = engines.chain(store).chain(server).collect();
    html::response(html::page(
        "Error codes",
        html! {
            h1 { "Error codes" }
            p {
                "Every error has a stable code, the same in every language, and the path of the offending field. "
                "In the REST interface it is a problem document (RFC 9457) with this HTTP status; the command ends with \
                    this exit status."
            }
            div class="scroll" tabindex="0" {
                table class="stacked" {
                    thead { tr { th scope="col" { "Code" } th scope="col" { "HTTP" } th scope="col" { "Exit" } th scope="col" { "Meaning" } } }
                    tbody {
                        @for (code, kind, meaning) in rows {
                            tr id=(code) {
                                td { code { (code) } }
                                td class="number" { (kind.status().as_u16()) }
                                td class="number" { (kind.exit_status()) }
                                td { (meaning) }
                            }
                        }
                    }
                }
            }
        },
    ))
}
