//! `GET /healthz`.

use axum::Json;

use super::Health;

/// Says that the process lives.
#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "checkLiveness",
    tag = "health",
    responses((status = 200, description = "The process lives.", body = Health)),
)]
pub(crate) async fn live() -> Json<Health> {
    Json(Health::OK)
}
