//! `GET /readyz`.

use std::sync::Arc;

use axum::{Json, extract::State};

use super::Health;
use crate::{
    error::Result,
    http::{App, problem::Problem},
};

/// Reports whether the server can serve requests, by a query of the database.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "checkReadiness",
    tag = "health",
    responses(
        (status = 200, description = "The server can serve requests.", body = Health),
        (status = 503, description = "The database does not \
            respond.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn ready(State(app): State<Arc<App>>) -> Result<Json<Health>> {
    app.database.ping().await?;
    Ok(Json(Health::OK))
}
