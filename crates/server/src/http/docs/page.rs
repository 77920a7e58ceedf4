//! `GET /docs/…`: Swagger UI, all of it served from here.

use std::sync::{Arc, LazyLock};

use axum::{
    body::Body,
    extract::{Path, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use utoipa_swagger_ui::Config;

use crate::{
    error::{Error, Result},
    http::pages,
};

/// Swagger UI sets styles on elements and draws its icons from data; it runs no inline script and needs no other
/// host.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

static CONFIG: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    // An external validator would learn the address of this server.
    Arc::new(Config::from("/openapi.json").validator_url("none").try_it_out_enabled(true))
});

/// The page is at `/docs/`, so that its relative links work.
pub(crate) async fn redirect() -> Redirect {
    Redirect::permanent("/docs/")
}

/// The page.
pub(crate) async fn index(headers: HeaderMap) -> Result<Response> {
    file("", &headers)
}

/// A file of the page.
pub(crate) async fn asset(
    path: std::result::Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response> {
    match path {
        Ok(Path(path)) => file(&path, &headers),
        // A name that is not UTF-8 text is the name of no file.
        Err(_) => Ok(missing(&headers)),
    }
}

fn missing(headers: &HeaderMap) -> Response {
    pages::missing::answer(headers, "the documentation has no such file")
}

fn file(path: &str, headers: &HeaderMap) -> Result<Response> {
    let found =
        utoipa_swagger_ui::serve(path, Arc::clone(&CONFIG)).map_err(|error| Error::internal(&error))?;
    let Some(found) = found else { return Ok(missing(headers)) };
    let media_type = HeaderValue::from_str(&found.content_type).map_err(|error| Error::internal(&error))?;
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ];
    Ok((headers, Body::from(found.bytes.into_owned())).into_response())
}
