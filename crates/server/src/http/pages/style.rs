//! `GET /assets/style.css`.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::render;

/// The style sheet of all pages.
pub(crate) async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ];
    (headers, render::html::STYLE).into_response()
}
