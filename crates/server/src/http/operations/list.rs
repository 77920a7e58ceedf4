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

/// The name and description of an operation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OperationSummary {
    /// The name: the family, a point, the function.
    #[schema(example = "debt.amortize")]
    pub(crate) name: &'static str,
    /// A description in one sentence.
    pub(crate) summary: &'static str,
    /// Whether the operation reports progress as server-sent events.
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

/// All operations in the form of this endpoint and of `wherewithal operations --json`.
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
