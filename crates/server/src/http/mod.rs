//! The REST server: routes, the layers around them, and the loop that serves connections.

mod docs;
mod engines;
mod health;
mod layers;
mod named;
mod operations;
mod pages;
pub(crate) mod problem;
mod serve;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    http::HeaderMap,
    response::Response,
    routing::{get, post},
};
pub(crate) use operations::{get::detail, list::operations};
use utoipa_axum::{router::OpenApiRouter, routes};
use wherewithal_store::Db;

use crate::{
    demo::Demo,
    error::{Code, Error},
    runner::Runner,
};
pub use serve::{Stop, serve};

/// The state shared by the handlers.
pub struct App {
    pub(crate) database: Db,
    pub(crate) demo: Option<Demo>,
    pub(crate) runner: Runner,
    pub(crate) limits: Limits,
}

/// The limits of a request.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The time limit of a run, including its wait in the queue.
    pub run: Duration,
    /// The time limit for the arrival of a body.
    pub body: Duration,
    /// The largest number of concurrent long runs; further ones wait in a queue.
    pub long_runs: usize,
}

impl Default for Limits {
    /// Two minutes for a run, half a minute for a body, a long run for each core.
    fn default() -> Self {
        let long_runs = std::thread::available_parallelism().map_or(1, usize::from);
        Self { run: Duration::from_secs(120), body: Duration::from_secs(30), long_runs }
    }
}

impl App {
    /// An app on `database`, with a demo household if `demo` is given.
    #[must_use]
    pub fn new(database: Db, demo: Option<Demo>, limits: Limits) -> Self {
        Self { database, demo, runner: Runner::new(limits.long_runs, limits.run), limits }
    }
}

/// The routes whose handlers are declared in the OpenAPI document.
pub(crate) fn declared_routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(operations::list::list))
        .routes(routes!(operations::get::get))
        .routes(routes!(health::live::live))
        .routes(routes!(health::ready::ready))
}

/// The whole service.
pub fn router(app: Arc<App>) -> Router {
    let (declared, _) = declared_routes().split_for_parts();
    let routes = declared
        .route("/v1/engines/{operation}", post(engines::call::call))
        .route("/openapi.json", get(docs::document::document))
        .route("/docs", get(docs::page::redirect))
        .route("/docs/", get(docs::page::index))
        .route("/docs/{*path}", get(docs::page::asset))
        .route("/", get(pages::home::home))
        .route("/errors", get(pages::errors::errors))
        .route("/assets/style.css", get(pages::style::style))
        .fallback(path_unknown)
        .method_not_allowed_fallback(method_unsupported)
        .with_state(app);
    layers::around(routes)
}

async fn path_unknown(headers: HeaderMap) -> Response {
    pages::missing::answer(
        &headers,
        "this address does not exist; GET /v1/operations lists the operations, /docs/ describes them",
    )
}

async fn method_unsupported() -> Error {
    Error::new(
        Code::RequestMethodUnsupported,
        "the address does not support this method; the header allow lists the supported ones",
    )
}
