//! `GET /openapi.json`.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

/// The OpenAPI document of this server.
pub(crate) async fn document() -> Response {
    let media_type = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, media_type)], crate::openapi::text()).into_response()
}
