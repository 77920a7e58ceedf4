//! `GET /v1/operations`.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use wherewithal_contract::{Operation, registry};

/// All operations, ordered by name.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OperationList {
    /// The operations.
    operations: Vec<OperationSummary>,
}

/// What an operation is called and does.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OperationSummary {
    /// The name: the family, a point, the function.
    #[schema(example = "debt.amortize")]
    pub(crate) name: &'static str,
    /// What the operation does, in one sentence.
    pub(crate) summary: &'static str,
    /// Whether it takes its time: it then reports progress as server-sent events.
    pub(crate) reports_progress: bool,
}

impl From<&Operation> for OperationSummary {
    fn from(operation: &Operation) -> Self {
        Self {
            name: operation.name(),
            summary: operation.summary(),
            reports_progress: operation.reports_progress(),
        }
    }
}

/// All operations, as this endpoint and `wherewithal operations --json` give them.
pub(crate) fn operations() -> OperationList {
    OperationList { operations: registry().operations().iter().map(OperationSummary::from).collect() }
}

/// Lists the operations.
#[utoipa::path(
    get,
    path = "/v1/operations",
    operation_id = "listOperations",
    tag = "operations",
    responses((status = 200, description = "All operations, ordered by name.", body = OperationList)),
)]
pub(crate) async fn list() -> Json<OperationList> {
    Json(operations())
}
