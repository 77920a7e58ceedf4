//! `GET /v1/operations/{operation}`.

use axum::Json;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use wherewithal_contract::{Operation, schema};

use crate::http::{named::Named, problem::Problem};

/// One operation: its description, input, output and examples.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OperationDetail {
    /// The name: the family, a point, the function.
    #[schema(example = "debt.amortize")]
    name: &'static str,
    /// A description in one sentence.
    summary: &'static str,
    /// Conventions, signs, limits and sources, in Markdown; may be empty.
    documentation: &'static str,
    /// Whether the operation reports progress as server-sent events.
    reports_progress: bool,
    /// The JSON Schema (2020-12) of the input.
    #[schema(value_type = Object)]
    input_schema: Value,
    /// The JSON Schema (2020-12) of the output.
    #[schema(value_type = Object)]
    output_schema: Value,
    /// Valid inputs.
    examples: Vec<OperationExample>,
}

/// A valid input.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OperationExample {
    /// A title of a few words.
    title: &'static str,
    /// The input.
    #[schema(value_type = Object)]
    input: Value,
}

/// One operation in the form of this endpoint and of `wherewithal schema`.
pub(crate) fn detail(operation: &'static Operation) -> OperationDetail {
    let schemas = schema::standalone(operation);
    OperationDetail {
        name: operation.name(),
        summary: operation.summary(),
        documentation: operation.documentation(),
        reports_progress: operation.reports_progress(),
        input_schema: schemas.input,
        output_schema: schemas.output,
        examples: operation
            .examples()
            .iter()
            .filter_map(|example| {
                let input = serde_json::from_str(example.input).ok()?;
                Some(OperationExample { title: example.title, input })
            })
            .collect(),
    }
}

/// Describes one operation.
#[utoipa::path(
    get,
    path = "/v1/operations/{operation}",
    operation_id = "getOperation",
    tag = "operations",
    params(("operation" = String, Path, description = "The name of the operation.", example = "debt.amortize")),
    responses(
        (status = 200, description = "The operation.", body = OperationDetail),
        (status = 404, description = "There is no operation of this \
            name.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn get(Named(operation): Named) -> Json<OperationDetail> {
    Json(detail(operation))
}
