//! The OpenAPI document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use wherewithal_contract::registry;

use crate::support::Server;

#[tokio::test]
async fn the_server_serves_the_document_that_is_snapshotted() {
    let server = Server::start().await;
    let response = server.get("/openapi.json").await;
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.text().await.expect("text"), wherewithal_server::openapi::text());
}

/// One snapshot per family, so that a change shows which family it affects: its paths, and the schemas that no other
/// family has. Shared schemas are in `openapi`, with the rest of the document.
#[test]
fn the_document_is_the_one_that_was_agreed() {
    let mut document = wherewithal_server::openapi::document();
    let mut families: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for operation in registry().operations() {
        let path = format!("/v1/engines/{}", operation.name());
        let item = document["paths"].as_object_mut().expect("paths").remove(&path).expect("a path");
        families.entry(operation.family()).or_default().insert(path, item);
    }
    let rest = reachable(&document["paths"], &document);
    let needed: BTreeMap<&str, BTreeSet<String>> = families
        .iter()
        .map(|(family, paths)| (*family, reachable(&Value::Object(paths.clone()), &document)))
        .collect();
    for (family, paths) in families {
        let others = needed.iter().filter(|(other, _)| **other != family).flat_map(|(_, schemas)| schemas);
        let shared: BTreeSet<&String> = others.chain(&rest).collect();
        let all = document["components"]["schemas"].as_object_mut().expect("schemas");
        let own = needed[family].iter().filter(|name| !shared.contains(name));
        let schemas: Map<String, Value> =
            own.map(|name| (name.clone(), all.remove(name).expect("a schema"))).collect();
        let part = json!({ "paths": paths, "schemas": schemas });
        insta::assert_snapshot!(format!("openapi-{family}"), pretty(&part));
    }
    insta::assert_snapshot!("openapi", pretty(&document));
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON")
}

/// The names of the schemas that `value` refers to, and that those refer to.
fn reachable(value: &Value, document: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open = Vec::new();
    references(value, &mut open);
    while let Some(target) = open.pop() {
        let Some(name) = target.strip_prefix("#/components/schemas/") else { continue };
        if names.insert(name.to_owned()) {
            references(&document["components"]["schemas"][name], &mut open);
        }
    }
    names
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

/// The meta-schema of OpenAPI 3.1 as the OpenAPI Initiative publishes it (2022-10-07), unchanged.
const OPENAPI: &str = include_str!("openapi-3.1.schema.json");

#[test]
fn the_document_is_valid_openapi_3_1_and_its_schemas_are_valid_json_schema() {
    let meta: Value = serde_json::from_str(OPENAPI).expect("JSON");
    let meta = jsonschema::validator_for(&meta).expect("a schema");
    let document = wherewithal_server::openapi::document();
    let faults: Vec<String> =
        meta.iter_errors(&document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(!meta.is_valid(&json!({ "openapi": "3.1.0", "paths": {} })), "the check can fail");

    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        if let Err(fault) = jsonschema::draft202012::meta::validate(schema) {
            panic!("{name}: {fault}");
        }
    }
}

#[test]
fn examples_and_answers_are_what_the_document_says() {
    let document = wherewithal_server::openapi::document();
    let validator = |schema: &Value| {
        let schema = json!({ "allOf": [schema], "components": document["components"] });
        jsonschema::validator_for(&schema).expect("a schema")
    };
    for operation in registry().operations() {
        let post = &document["paths"][&format!("/v1/engines/{}", operation.name())]["post"];
        let content = &post["requestBody"]["content"]["application/json"];
        let input = validator(&content["schema"]);
        let output = validator(&post["responses"]["200"]["content"]["application/json"]["schema"]);
        assert!(!input.is_valid(&json!({ "noSuchField": 1 })), "{}", operation.name());
        let examples = content["examples"].as_object().expect("examples");
        assert_eq!(examples.len(), operation.examples().len());
        for example in examples.values() {
            let value = &example["value"];
            let faults: Vec<String> = input.iter_errors(value).map(|fault| fault.to_string()).collect();
            assert!(faults.is_empty(), "{}: {faults:#?}", operation.name());
            let answer = operation.call(value.to_string().as_bytes()).expect("an example runs");
            let answer: Value = serde_json::from_slice(&answer).expect("JSON");
            let faults: Vec<String> = output
                .iter_errors(&answer)
                .take(5)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{}: {faults:#?}", operation.name());
        }
    }
}
