//! Health checks: whether the process is running, and whether it can serve requests.

pub(crate) mod live;
pub(crate) mod ready;

use serde::Serialize;
use utoipa::ToSchema;

/// The state of the server.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Health {
    /// `ok`; otherwise the response is a problem document.
    #[schema(example = "ok")]
    pub(crate) status: &'static str,
    /// The version of wherewithal.
    #[schema(example = "0.1.0")]
    pub(crate) version: &'static str,
}

impl Health {
    pub(crate) const OK: Self = Self { status: "ok", version: env!("CARGO_PKG_VERSION") };
}
