//! Errors as problem documents (RFC 9457).

use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use wherewithal_store::Kind as StoreKind;

use crate::error::{Error, Kind};

/// The media type of a problem document.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// A problem document (RFC 9457), with the stable code of the error and the path of the offending field.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Problem {
    /// The page that explains the code, relative to the address of this server.
    #[schema(example = "/errors#input.unknown_field")]
    r#type: String,
    /// The meaning of the code.
    #[schema(example = "The input has a field that the operation does not have.")]
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599, example = 400)]
    status: u16,
    /// The value found and the valid ones; the wording may change in any release.
    detail: String,
    /// The stable code, the same in every language.
    #[schema(example = "input.unknown_field")]
    code: &'static str,
    /// The path of the offending field, such as `lots[3].quantity`; empty if the error is about the input as a whole.
    #[schema(example = "lots[3].quantity")]
    path: String,
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        // Internal errors of the store go to the log only: their messages may contain files, hosts and tables.
        let ours = error.kind() == Kind::Store(StoreKind::Internal)
            || error.kind() == Kind::Store(StoreKind::Unavailable)
            || error.kind() == Kind::Store(StoreKind::Busy);
        if ours {
            tracing::error!("{error}");
        }
        Self {
            r#type: format!("/errors#{}", error.code()),
            title: error.meaning(),
            status: error.kind().status().as_u16(),
            detail: if ours { error.meaning() } else { error.message() }.to_owned(),
            code: error.code(),
            path: error.path().to_owned(),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let media_type = [(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE))];
        (self.kind().status(), media_type, Json(Problem::from(&self))).into_response()
    }
}
