//! `GET /healthz`.

use axum::Json;

use super::Health;

/// Reports that the process is running.
#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "checkLiveness",
    tag = "health",
    responses((status = 200, description = "The process is running.", body = Health)),
)]
pub(crate) async fn live() -> Json<Health> {
    Json(Health::OK)
}
