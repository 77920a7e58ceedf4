//! The OpenAPI 3.1 document: the declarations of the handlers, merged with the schemas of the registry.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use utoipa::{OpenApi, ToSchema};
use wherewithal_contract::{
    Operation, registry,
    schema::{OperationSchemas, schemas},
};

use crate::http::{self, problem};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "wherewithal",
        description = "The calculations behind a wealth-management platform. Every operation takes JSON and answers with \
            JSON; given the same input, the answer is the same bytes here, on the command line, in Python, in Node and in \
            the browser.\n\nAmounts of money are exact decimals and travel as strings; rates are fractions (0.05 is five \
            per cent); dates are ISO 8601. Unknown keys are refused. An error is a problem document (RFC 9457) with a \
            stable `code` and the `path` of the offending field.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(problem::Problem, RunProgress))
)]
struct Declared;

/// The data of a `progress` event.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used: the code that sends the event writes it")]
struct RunProgress {
    /// Units of work done so far, at most `total`.
    #[schema(minimum = 0)]
    done: u64,
    /// Total units of work.
    #[schema(minimum = 0)]
    total: u64,
}

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
    text.push('\n');
    text
});

/// The document as text, ending with a line break.
pub fn text() -> &'static str {
    &TEXT
}

/// The document.
#[must_use]
pub fn document() -> Value {
    let (_, mut declared) = http::declared_routes().split_for_parts();
    declared.merge(Declared::openapi());
    declared.info = Declared::openapi().info;
    // The declarations are plain data, so serializing them cannot fail; the snapshot test would show it.
    let mut document = serde_json::to_value(declared).unwrap_or_default();

    let shared = schemas();
    let families = shared.operations.iter().filter_map(|schemas| registry().get(schemas.name).ok());
    let mut names: Vec<&str> = families.map(Operation::family).collect();
    names.dedup();
    let mut tags: Vec<Value> = names.into_iter().map(|family| json!({ "name": family })).collect();
    tags.push(json!({ "name": "operations", "description": "What operations there are." }));
    tags.push(json!({ "name": "health", "description": "Whether the server lives and can serve." }));

    let engines: Map<String, Value> = shared
        .operations
        .into_iter()
        .filter_map(|schemas| {
            let operation = registry().get(schemas.name).ok()?;
            Some((format!("/v1/engines/{}", operation.name()), engine(operation, schemas)))
        })
        .collect();
    extend(&mut document, "/paths", engines);
    extend(&mut document, "/components/schemas", shared.definitions);
    if let Some(components) = document.pointer_mut("/components").and_then(Value::as_object_mut) {
        components.insert("responses".to_owned(), responses());
    }
    if let Some(root) = document.as_object_mut() {
        root.insert("tags".to_owned(), Value::Array(tags));
    }
    document
}

fn extend(document: &mut Value, pointer: &str, additions: Map<String, Value>) {
    if let Some(target) = document.pointer_mut(pointer).and_then(Value::as_object_mut) {
        target.extend(additions);
        target.sort_keys();
    }
}

/// The path item of one operation.
fn engine(operation: &Operation, schemas: OperationSchemas) -> Value {
    let examples: Map<String, Value> = operation
        .examples()
        .iter()
        .enumerate()
        .map(|(index, example)| {
            let value: Value = serde_json::from_str(example.input).unwrap_or_default();
            (format!("example{}", index + 1), json!({ "summary": example.title, "value": value }))
        })
        .collect();
    let events = "Server-sent events, where `Accept: text/event-stream` asks for them: `progress` (see \
         `RunProgress`) while the run advances, then `result` with the same JSON as above, or `error` with a problem \
         document.";
    json!({
        "post": {
            "operationId": operation.name(),
            "tags": [operation.family()],
            "summary": operation.summary(),
            "description": operation.documentation(),
            "requestBody": {
                "required": true,
                "content": { "application/json": { "schema": schemas.input, "examples": examples } },
            },
            "responses": {
                "200": {
                    "description": "The answer.",
                    "content": {
                        "application/json": { "schema": schemas.output },
                        "text/event-stream": { "schema": { "type": "string", "description": events } },
                    },
                },
                "400": { "$ref": "#/components/responses/InvalidInput" },
                "408": { "$ref": "#/components/responses/RequestTimeout" },
                "413": { "$ref": "#/components/responses/TooLarge" },
                "415": { "$ref": "#/components/responses/UnsupportedMediaType" },
                "422": { "$ref": "#/components/responses/NoSolution" },
                "500": { "$ref": "#/components/responses/Internal" },
                "503": { "$ref": "#/components/responses/Unavailable" },
            },
        },
    })
}

/// The error responses, one for each status of the engines.
fn responses() -> Value {
    let response = |description: &str| {
        json!({
            "description": description,
            "content": { problem::MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } },
        })
    };
    json!({
        "InvalidInput": response("The input is not JSON, or breaks a rule of its type: `code` and `path` say which."),
        "RequestTimeout": response("The body did not arrive in time."),
        "TooLarge": response("The body is larger than 16 MiB."),
        "UnsupportedMediaType": response("The body is not JSON by its media type, or is compressed."),
        "NoSolution": response("The input is valid, but the question has no answer, such as a rate that no root gives."),
        "Internal": response("The server has a defect. The header `x-request-id` finds it in the log."),
        "Unavailable": response("The answer was not ready in time, or the server is stopping."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_schema_of_the_server_has_the_name_of_one_of_the_registry() {
        let (_, mut declared) = http::declared_routes().split_for_parts();
        declared.merge(Declared::openapi());
        let ours = declared.components.expect("components").schemas;
        for name in schemas().definitions.keys() {
            assert!(!ours.contains_key(name), "{name}");
        }
    }

    #[test]
    fn every_operation_has_a_path() {
        let document = document();
        for operation in registry().operations() {
            let path = format!("/v1/engines/{}", operation.name());
            assert!(document["paths"][&path]["post"]["requestBody"].is_object(), "{path}");
        }
    }
}
