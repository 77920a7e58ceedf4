//! The OpenAPI document.

use serde_json::Value;

use crate::support::Server;

#[tokio::test]
async fn the_server_serves_the_document_that_is_snapshotted() {
    let server = Server::start().await;
    let response = server.get("/openapi.json").await;
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.text().await.expect("text"), wherewithal_server::openapi::text());
}

#[test]
fn the_document_is_the_one_that_was_agreed() {
    insta::assert_snapshot!("openapi", wherewithal_server::openapi::text());
}

/// Every `$ref` in `value`.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                match field {
                    Value::String(target) if key == "$ref" => found.push(target.clone()),
                    _ => references(field, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn every_reference_resolves_and_every_operation_id_is_unique() {
    let document = wherewithal_server::openapi::document();
    let mut targets = Vec::new();
    references(&document, &mut targets);
    assert!(!targets.is_empty());
    for target in targets {
        let pointer = target.strip_prefix('#').expect("a local reference");
        assert!(document.pointer(pointer).is_some(), "{target}");
    }

    let paths = document["paths"].as_object().expect("paths");
    let mut ids: Vec<&str> = paths
        .values()
        .flat_map(|path| path.as_object().into_iter().flatten())
        .map(|(_, operation)| operation["operationId"].as_str().expect("an id"))
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}
