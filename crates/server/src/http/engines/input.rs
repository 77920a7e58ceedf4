//! The body of a request, with checks of its size, media type and completeness.

use std::time::Duration;

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderMap, HeaderValue, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use wherewithal::ErrorCode;
use wherewithal_contract::wire::MAX_INPUT_BYTES;

use crate::error::{Code, Error, Result};

/// Reads the body; refuses one over the limit without reading it, and one of unknown length as soon as it exceeds the
/// limit.
pub(super) async fn read(headers: &HeaderMap, body: Body, patience: Duration) -> Result<Bytes> {
    check_media_type(headers)?;
    if body.size_hint().lower() > MAX_INPUT_BYTES as u64 {
        return Err(too_large());
    }
    let collected = tokio::time::timeout(patience, Limited::new(body, MAX_INPUT_BYTES).collect()).await;
    match collected {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(Error::new(Code::RequestIncomplete, "the body is incomplete")),
        Err(_) => Err(Error::new(
            Code::RequestTimeout,
            format!("the body did not arrive within {} s", patience.as_secs()),
        )),
    }
}

fn too_large() -> Error {
    wherewithal::Error::new(
        ErrorCode::InputTooLarge,
        format!("the input has more than {MAX_INPUT_BYTES} bytes, which is the limit"),
    )
    .into()
}

/// Accepts JSON by any of its media types, no media type, and the default of `curl -d`.
fn check_media_type(headers: &HeaderMap) -> Result<()> {
    let encoding = headers.get(header::CONTENT_ENCODING).map(HeaderValue::as_bytes);
    if encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case(b"identity")) {
        return Err(Error::new(
            Code::RequestMediaTypeUnsupported,
            "the body is compressed; send it as plain JSON, without the header content-encoding",
        ));
    }
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let text = String::from_utf8_lossy(value.as_bytes());
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let json = essence == "application/json"
        || essence == "application/x-www-form-urlencoded"
        || (essence.starts_with("application/") && essence.ends_with("+json"));
    if json {
        return Ok(());
    }
    let shown: String = essence.chars().take(60).collect();
    Err(Error::new(
        Code::RequestMediaTypeUnsupported,
        format!("the body is {shown:?}; send JSON with the header content-type: application/json"),
    ))
}
