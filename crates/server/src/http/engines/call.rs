//! Runs one operation.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::{events, input};
use crate::{
    error::Result,
    http::{App, named::Named},
};

/// Responds with exactly the bytes of the operation, or with events if the client asks for them.
pub(crate) async fn call(
    State(app): State<Arc<App>>,
    Named(operation): Named,
    headers: HeaderMap,
    body: Body,
) -> Result<Response> {
    let input = input::read(&headers, body, app.limits.body).await?;
    if asks_for_events(&headers) {
        return Ok(events::stream(app.runner.clone(), operation, input));
    }
    let result = app.runner.run(operation, input, |_| {}).await?;
    let media_type = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, media_type)], result).into_response())
}

fn asks_for_events(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT).iter().any(|accept| {
        String::from_utf8_lossy(accept.as_bytes())
            .split(',')
            .any(|range| range.split(';').next().unwrap_or_default().trim() == "text/event-stream")
    })
}
