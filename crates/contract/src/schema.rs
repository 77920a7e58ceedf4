//! The JSON Schemas of all operations, over one set of named definitions.

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value};

use crate::{Operation, registry};

/// The schemas of all operations.
pub struct Schemas {
    /// For each operation, in the order of the registry, the schemas of its input and its output.
    pub operations: Vec<OperationSchemas>,
    /// The named definitions that the schemas refer to as `#/components/schemas/NAME`.
    pub definitions: Map<String, Value>,
}

/// The schemas of one operation.
pub struct OperationSchemas {
    /// The name of the operation.
    pub name: &'static str,
    /// The schema of its input.
    pub input: Schema,
    /// The schema of its output.
    pub output: Schema,
}

/// The schemas of all operations, JSON Schema 2020-12.
///
/// # Panics
/// When one name means two things: a type that reads differently from how it is written, used both ways, or two
/// types of one name. The tests of this crate call it, so such a registry never leaves the workshop.
#[must_use]
#[expect(clippy::panic, reason = "a defect of the registry itself, which no input can cause")]
pub fn schemas() -> Schemas {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut reading = SchemaGenerator::new(settings.clone().for_deserialize());
    let mut writing = SchemaGenerator::new(settings.for_serialize());
    let operations = registry()
        .operations()
        .iter()
        .map(|operation| OperationSchemas {
            name: operation.name(),
            input: operation.input_schema(&mut reading),
            output: operation.output_schema(&mut writing),
        })
        .collect();
    let mut definitions = reading.take_definitions(true);
    for (name, schema) in writing.take_definitions(true) {
        match definitions.get(&name) {
            Some(known) if *known != schema => {
                panic!("{name} reads and writes differently: give the output a type of its own")
            }
            _ => definitions.insert(name, schema),
        };
    }
    definitions.sort_keys();
    Schemas { operations, definitions }
}

/// The schemas of one operation on its own, JSON Schema 2020-12: each carries what it refers to in its `$defs`.
#[must_use]
pub fn standalone(operation: &Operation) -> OperationSchemas {
    let settings = SchemaSettings::draft2020_12();
    let mut reading = SchemaGenerator::new(settings.clone().for_deserialize());
    let mut writing = SchemaGenerator::new(settings.for_serialize());
    let input = operation.input_schema(&mut reading);
    let output = operation.output_schema(&mut writing);
    OperationSchemas {
        name: operation.name(),
        input: with_definitions(input, reading),
        output: with_definitions(output, writing),
    }
}

/// Where the schema is only a reference to a definition, the definition takes its place.
fn with_definitions(mut schema: Schema, mut generator: SchemaGenerator) -> Schema {
    let mut definitions = generator.take_definitions(true);
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix("#/$defs/"));
    if let Some(name) = name.map(str::to_owned)
        && let Some(definition) = definitions.get(&name).cloned()
        && let Ok(definition) = Schema::try_from(definition)
    {
        let dialect = schema.remove("$schema");
        schema = definition;
        if let Some(dialect) = dialect {
            schema.insert("$schema".to_owned(), dialect);
        }
        let target = Value::String(format!("#/$defs/{name}"));
        if !definitions.values().chain([schema.as_value()]).any(|each| mentions(each, &target)) {
            definitions.remove(&name);
        }
    }
    if !definitions.is_empty() {
        definitions.sort_keys();
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
    schema
}

fn mentions(value: &Value, wanted: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.values().any(|field| mentions(field, wanted)),
        Value::Array(items) => items.iter().any(|item| mentions(item, wanted)),
        other => other == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn every_reference_of_a_standalone_schema_resolves_inside_it() {
        for operation in registry().operations() {
            let schemas = standalone(operation);
            for schema in [schemas.input, schemas.output] {
                let schema = Value::from(schema);
                assert_eq!(
                    schema["type"],
                    "object",
                    "{}: the schema says at once what it is",
                    operation.name()
                );
                let mut targets = Vec::new();
                references(&schema, &mut targets);
                for target in targets {
                    let pointer = target.strip_prefix('#').expect("a local reference");
                    assert!(schema.pointer(pointer).is_some(), "{}: {target}", operation.name());
                }
            }
        }
    }

    #[test]
    fn every_reference_of_the_shared_schemas_is_defined() {
        let all = schemas();
        let mut targets = Vec::new();
        references(&Value::Object(all.definitions.clone()), &mut targets);
        for operation in all.operations {
            references(&Value::from(operation.input), &mut targets);
            references(&Value::from(operation.output), &mut targets);
        }
        for target in targets {
            let name = target.strip_prefix("#/components/schemas/").expect("a shared definition");
            assert!(all.definitions.contains_key(name), "{target}");
        }
    }
}
