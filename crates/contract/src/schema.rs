//! The JSON Schemas of all operations, over one set of named definitions.

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value};

use crate::registry;

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
