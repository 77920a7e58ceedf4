//! The JSON Schemas of all operations, generated from the shapes of their types.

use std::{
    collections::BTreeMap,
    ops::{Bound, RangeBounds as _},
};

use serde_json::{Map, Value, json};
use wherewithal::wire::{
    Bounds, Choice, Field, Fraction, ORDINARY_RATE, Record, Shape, Spelling, Tree, Union, Variant,
};

use wherewithal::Result;

use crate::{Operation, registry, registry::unknown};

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
    pub input: Value,
    /// The schema of its output.
    pub output: Value,
}

/// The text of a percentage, such as `6.5 %`.
const PERCENTAGE: &str = "^[+-]?[0-9]+(\\.[0-9]+)?[ \u{a0}\u{202f}]*%$";

/// A named type of the contract.
#[derive(Clone, Copy)]
pub struct NamedType {
    /// Its shape: a record, a choice or a union.
    pub shape: Shape,
    /// Whether an input contains it.
    pub in_input: bool,
    /// Whether an output contains it.
    pub in_output: bool,
}

impl NamedType {
    /// Whether a field is required: in an input, or in a result.
    #[must_use]
    pub fn requires(&self, field: &Field) -> bool {
        if self.in_input { field.required } else { !field.omit }
    }

    /// The default of a field that is left out of an input, as JSON.
    #[must_use]
    pub fn default(&self, field: &Field) -> Option<Value> {
        let default = field.default.filter(|_| self.in_input)?;
        serde_json::to_value(Tree::of(Spelling::Camel, default).ok()?).ok()
    }
}

/// All named types of the contract by name.
///
/// # Panics
/// If two types have the same name, or a type of both inputs and outputs has a field that may be missing in one
/// direction only. The tests of this crate call it, so no release can contain such a registry.
#[must_use]
pub fn types() -> BTreeMap<&'static str, NamedType> {
    types_of(registry().operations())
}

fn types_of(operations: &[Operation]) -> BTreeMap<&'static str, NamedType> {
    let mut types = BTreeMap::new();
    for operation in operations {
        collect(operation.input_shape(), true, &mut types);
        collect(operation.output_shape(), false, &mut types);
    }
    types.values().for_each(check_directions);
    types
}

/// Inputs that are answers as well: documents that one operation makes and others take. They are described as inputs in
/// both directions, so that an answer can be changed and passed on; what an answer has is always written.
const DOCUMENTS: [&str; 3] = ["Household", "LotState", "RetirementPlan"];

/// Adds the named types that a shape contains.
#[expect(clippy::panic, reason = "a defect of the registry itself, independent of any input")]
fn collect(shape: Shape, input: bool, types: &mut BTreeMap<&'static str, NamedType>) {
    let shape = shape.heart();
    let Some((name, module)) = identity(shape) else { return };
    let input = input || DOCUMENTS.contains(&name);
    let known = types.entry(name).or_insert(NamedType { shape, in_input: false, in_output: false });
    match identity(known.shape) {
        Some((_, first)) if first != module => panic!("{name} is declared in {first} and in {module}"),
        _ => {}
    }
    let seen = if input { &mut known.in_input } else { &mut known.in_output };
    if !std::mem::replace(seen, true) {
        shape.fields().for_each(|field| collect((field.shape)(), input, types));
    }
}

/// Name and module of a named type.
fn identity(shape: Shape) -> Option<(&'static str, &'static str)> {
    match shape {
        Shape::Record(Record { name, module, .. })
        | Shape::Choice(Choice { name, module, .. })
        | Shape::Union(Union { name, module, .. }) => Some((name, module)),
        _ => None,
    }
}

#[expect(clippy::panic, reason = "a defect of the registry itself, independent of any input")]
fn check_directions(ty: &NamedType) {
    if !(ty.in_input && ty.in_output) {
        return;
    }
    for field in ty.shape.fields() {
        if field.required == field.omit {
            panic!(
                "{:?} reads and writes {} differently: give the output a type of its own",
                ty.shape, field.name.camel
            );
        }
    }
}

/// The schemas of all operations, JSON Schema 2020-12.
///
/// # Panics
/// As [`types`].
#[must_use]
pub fn schemas() -> Schemas {
    let types = types();
    let writer = Writer { references: "#/components/schemas/" };
    let operations = registry()
        .operations()
        .iter()
        .map(|operation| OperationSchemas {
            name: operation.name(),
            input: writer.schema(operation.input_shape(), true),
            output: writer.schema(operation.output_shape(), false),
        })
        .collect();
    let definitions = types.iter().map(|(name, ty)| ((*name).to_owned(), writer.definition(ty))).collect();
    Schemas { operations, definitions }
}

/// The schemas of one operation on its own, JSON Schema 2020-12: each has its definitions in `$defs`.
#[must_use]
pub fn standalone(operation: &Operation) -> OperationSchemas {
    OperationSchemas {
        name: operation.name(),
        input: standalone_schema(operation.input_shape(), true),
        output: standalone_schema(operation.output_shape(), false),
    }
}

/// The schema of a named type on its own: of an input, where it is one.
///
/// # Errors
/// `operation.unknown`, with a name that was perhaps meant.
pub fn of_type(name: &str) -> Result<Value> {
    let types = types();
    match types.get(name) {
        Some(ty) => Ok(standalone_schema(ty.shape, ty.in_input)),
        None => Err(unknown("type", name, types.keys().copied())),
    }
}

/// The root is the type itself rather than a reference to it; only nested types are references.
fn standalone_schema(shape: Shape, input: bool) -> Value {
    let mut types = BTreeMap::new();
    collect(shape, input, &mut types);
    let writer = Writer { references: "#/$defs/" };
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    let outermost = identity(shape).and_then(|(name, _)| Some((name, types.get(name)?)));
    let Some((outermost, ty)) = outermost else { return writer.schema(shape, input) };
    if let Value::Object(definition) = writer.definition(ty) {
        schema.extend(definition);
    }
    if ty.in_input
        && let Some(Value::Object(properties)) = schema.get_mut("properties")
    {
        // A document may name its schema, for editors.
        properties.insert("$schema".to_owned(), json!({ "type": "string" }));
    }
    let contains_itself = types
        .values()
        .flat_map(|ty| ty.shape.fields())
        .any(|field| identity((field.shape)().heart()).is_some_and(|(name, _)| name == outermost));
    let definitions: Map<String, Value> = types
        .iter()
        .filter(|(name, _)| **name != outermost || contains_itself)
        .map(|(name, ty)| ((*name).to_owned(), writer.definition(ty)))
        .collect();
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), definitions.into());
    }
    schema.into()
}

/// The text of a decimal.
const DECIMAL: &str = "^[-+]?[0-9]+(\\.[0-9]+)?$";

/// The text of a decimal that is a fraction.
const DECIMAL_OR_PERCENTAGE: &str = "^[-+]?[0-9]+(\\.[0-9]+)?([ \u{a0}\u{202f}]*%)?$";

/// Writes schemas with references to named types.
struct Writer {
    /// The prefix of a name in a reference.
    references: &'static str,
}

impl Writer {
    /// The definition of a named type.
    fn definition(&self, ty: &NamedType) -> Value {
        let (mut schema, doc) = match ty.shape {
            Shape::Record(record) => (self.object(None, record.fields, ty), record.doc),
            Shape::Union(union) => {
                let options = union.variants.iter().map(|variant| self.option(union, variant, ty));
                (one_of(options.collect()), union.doc)
            }
            Shape::Choice(choice) => (names(choice), choice.doc),
            other => return self.schema(other, ty.in_input),
        };
        describe(&mut schema, doc);
        schema.into()
    }

    fn option(&self, union: &Union, variant: &Variant, ty: &NamedType) -> Value {
        let tag = (union.tag.camel, json!({ "type": "string", "const": variant.name.camel }));
        let mut schema = self.object(Some(tag), variant.fields, ty);
        describe(&mut schema, variant.doc);
        schema.into()
    }

    /// An input has no additional fields; a result may get more in later versions.
    fn object(&self, tag: Option<(&str, Value)>, fields: &[Field], ty: &NamedType) -> Map<String, Value> {
        let mut properties = Map::new();
        let mut required: Vec<Value> = Vec::new();
        if let Some((name, schema)) = tag {
            properties.insert(name.to_owned(), schema);
            required.push(name.into());
        }
        for field in fields {
            let name = field.name.camel;
            properties.insert(name.to_owned(), self.property(field, ty).into());
            if ty.requires(field) {
                required.push(name.into());
            }
        }
        let mut schema = Map::new();
        schema.insert("type".to_owned(), "object".into());
        if ty.in_input {
            schema.insert("additionalProperties".to_owned(), false.into());
        }
        schema.insert("properties".to_owned(), properties.into());
        if !required.is_empty() {
            schema.insert("required".to_owned(), required.into());
        }
        schema
    }

    fn property(&self, field: &Field, ty: &NamedType) -> Map<String, Value> {
        // A type of both inputs and outputs has one schema: that of the output, which is also a valid input.
        let mut schema = match self.schema((field.shape)(), ty.in_input && !ty.in_output) {
            Value::Object(schema) => schema,
            _ => Map::new(),
        };
        if let Some(bounds) = field.bounds {
            bound(&mut schema, bounds);
            let in_percent = match bounds.fraction {
                None => false,
                // A result has it only where a number would be refused as an input.
                Some(Fraction::Share) => ty.in_input && !ty.in_output,
                Some(Fraction::Rate) => ty.in_input,
            };
            if in_percent {
                percentages(&mut schema);
            }
        }
        describe(&mut schema, field.doc);
        put(&mut schema, "default", ty.default(field));
        schema
    }

    /// The schema of a value in an input (`read`) or in a result.
    fn schema(&self, shape: Shape, read: bool) -> Value {
        match shape {
            Shape::Boolean => json!({ "type": "boolean" }),
            Shape::Integer { least, most } => integer(least, most),
            Shape::Number => json!({ "type": "number", "format": "double" }),
            Shape::Text => json!({ "type": "string" }),
            // A pattern applies to text alone.
            Shape::Decimal if read => {
                json!({ "type": ["string", "number"], "format": "decimal", "pattern": DECIMAL })
            }
            Shape::Decimal => json!({ "type": "string", "format": "decimal", "pattern": DECIMAL }),
            Shape::Date => json!({ "type": "string", "format": "date" }),
            Shape::Currency => json!({ "type": "string", "format": "iso4217", "pattern": "^[A-Z]{3}$" }),
            Shape::Nullable(inner) => nullable(self.schema(inner(), read)),
            Shape::List { item, unique } => {
                let mut schema = Map::new();
                schema.insert("type".to_owned(), "array".into());
                if unique {
                    schema.insert("uniqueItems".to_owned(), true.into());
                }
                schema.insert("items".to_owned(), self.schema(item(), read));
                schema.into()
            }
            Shape::Map(item) => {
                json!({ "type": "object", "additionalProperties": self.schema(item(), read) })
            }
            Shape::Record(Record { name, .. })
            | Shape::Choice(Choice { name, .. })
            | Shape::Union(Union { name, .. }) => json!({ "$ref": format!("{}{name}", self.references) }),
        }
    }
}

fn names(choice: &Choice) -> Map<String, Value> {
    if choice.values.iter().all(|value| value.doc.is_empty()) {
        let values: Vec<&str> = choice.values.iter().map(|value| value.name.camel).collect();
        return Map::from_iter([("type".to_owned(), "string".into()), ("enum".to_owned(), values.into())]);
    }
    let options = choice.values.iter().map(|value| {
        let mut option = Map::new();
        option.insert("type".to_owned(), "string".into());
        option.insert("const".to_owned(), value.name.camel.into());
        describe(&mut option, value.doc);
        option.into()
    });
    one_of(options.collect())
}

fn one_of(options: Vec<Value>) -> Map<String, Value> {
    Map::from_iter([("oneOf".to_owned(), options.into())])
}

fn describe(schema: &mut Map<String, Value>, doc: &str) {
    if !doc.is_empty() {
        schema.insert("description".to_owned(), doc.into());
    }
}

/// The formats are those of OpenAPI's registry, which correspond to the integer types of Rust.
fn integer(least: i128, most: i128) -> Value {
    let bits = if most > i128::from(u32::MAX) { 64 } else { 32 };
    if least < 0 {
        json!({ "type": "integer", "format": format!("int{bits}") })
    } else {
        json!({ "type": "integer", "format": format!("uint{bits}"), "minimum": 0 })
    }
}

fn nullable(schema: Value) -> Value {
    let Value::Object(mut schema) = schema else { return schema };
    let Some(ty) = schema.get_mut("type") else {
        return json!({ "anyOf": [schema, { "type": "null" }] });
    };
    match ty {
        Value::Array(names) => names.push("null".into()),
        name => *name = Value::Array(vec![name.take(), "null".into()]),
    }
    schema.into()
}

/// Adds the bounds of a field by the keywords of its type.
fn bound(schema: &mut Map<String, Value>, bounds: &Bounds) {
    let types = match schema.get("type") {
        Some(Value::Array(names)) => names.clone(),
        Some(name) => vec![name.clone()],
        None => Vec::new(),
    };
    let (least, most) = bounds.length;
    let (low, high) = bounds.range;
    let is_list = types.contains(&"array".into());
    let (least_word, most_word) = if is_list { ("minItems", "maxItems") } else { ("minLength", "maxLength") };
    put(schema, least_word, least.map(Value::from));
    put(schema, most_word, most.map(Value::from));
    if let Some(Value::Object(items)) = schema.get_mut("items") {
        let (least, most) = bounds.item_length;
        put(items, "minItems", least.map(Value::from));
        put(items, "maxItems", most.map(Value::from));
    }
    range(schema, low, high);
    if bounds.fraction == Some(Fraction::Rate) && bounds.range.contains(&ORDINARY_RATE.into()) {
        ordinary(schema);
    }
}

/// Puts the bound of the ordinary in the place of the upper end of a rate.
fn ordinary(schema: &mut Map<String, Value>) {
    if let Some(Value::Object(items)) = schema.get_mut("items") {
        return ordinary(items);
    }
    schema.remove("maximum");
    schema.insert("exclusiveMaximum".to_owned(), ORDINARY_RATE.into());
}

/// Allows text with a percent sign beside the numbers of a fraction.
fn percentages(schema: &mut Map<String, Value>) {
    if let Some(Value::Object(items)) = schema.get_mut("items") {
        return percentages(items);
    }
    let Some(ty) = schema.get_mut("type") else { return };
    let mut types = match ty.take() {
        Value::Array(types) => types,
        name => vec![name],
    };
    if !types.contains(&"string".into()) {
        types.insert(1, "string".into());
        *ty = types.into();
        schema.insert("pattern".to_owned(), PERCENTAGE.into());
        return;
    }
    schema.insert("pattern".to_owned(), DECIMAL_OR_PERCENTAGE.into());
    let Some(ty) = schema.get_mut("type") else { return };
    *ty = if types.len() == 1 { types.remove(0) } else { types.into() };
}

/// Adds the range of a number, or of the numbers in a list.
fn range(schema: &mut Map<String, Value>, low: Bound<f64>, high: Bound<f64>) {
    if let Some(Value::Object(items)) = schema.get_mut("items") {
        return range(items, low, high);
    }
    match low {
        Bound::Included(low) => put(schema, "minimum", Some(number(low))),
        Bound::Excluded(low) => put(schema, "exclusiveMinimum", Some(number(low))),
        Bound::Unbounded => {}
    }
    match high {
        Bound::Included(high) => put(schema, "maximum", Some(number(high))),
        Bound::Excluded(high) => put(schema, "exclusiveMaximum", Some(number(high))),
        Bound::Unbounded => {}
    }
}

fn put(schema: &mut Map<String, Value>, word: &str, value: Option<Value>) {
    if let Some(value) = value {
        schema.insert(word.to_owned(), value);
    }
}

/// A number, as an integer if it is whole.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 { Value::from(value as i64) } else { Value::from(value) }
}

#[cfg(test)]
mod tests {
    use wherewithal::{num::Decimal, wire::Wire};

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

    mod first {
        #[derive(wherewithal::wire::Wire)]
        #[wire(runtime = ::wherewithal::wire)]
        pub(super) struct Twin {
            pub(super) amount: f64,
        }
    }

    #[derive(Wire)]
    #[wire(runtime = ::wherewithal::wire)]
    struct Twin {
        amount: f64,
    }

    #[test]
    #[should_panic(expected = "Twin is declared in")]
    fn two_types_of_one_name_are_refused() {
        let run = |input: &first::Twin| Ok(Twin { amount: input.amount });
        types_of(&[Operation::short("test.twins", "Twins.", run)]);
    }

    /// A record with bounds.
    #[derive(Wire)]
    #[wire(runtime = ::wherewithal::wire)]
    struct Bounded {
        /// The length.
        #[wire(range = 1..=1200)]
        months: u32,
        #[wire(default, length = ..=3)]
        names: Vec<String>,
        #[wire(range = 0..)]
        amount: Option<Decimal>,
        #[wire(default, above = -1, range = ..=0.5, length = 1..=9)]
        rates: Vec<f64>,
        #[wire(rate, above = -1, range = ..=10)]
        growth: f64,
        #[wire(share, range = 0..=1)]
        shares: Vec<f64>,
        #[wire(rate, range = 0..=10)]
        interest: Option<Decimal>,
    }

    #[test]
    fn bounds_and_defaults_stand_in_the_schema() {
        assert_eq!(
            standalone_schema(Bounded::shape(), true),
            json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "description": "A record with bounds.",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "months": { "type": "integer", "format": "uint32", "minimum": 1, "maximum": 1200, "description": "The length." },
                    "names": { "type": "array", "items": { "type": "string" }, "maxItems": 3, "default": [] },
                    "amount": { "type": ["string", "number", "null"], "format": "decimal", "pattern": "^[-+]?[0-9]+(\\.[0-9]+)?$", "minimum": 0, "default": null },
                    "rates": {
                        "type": "array",
                        "items": { "type": "number", "format": "double", "exclusiveMinimum": -1, "maximum": 0.5 },
                        "minItems": 1,
                        "maxItems": 9,
                        "default": [],
                    },
                    "growth": { "type": ["number", "string"], "format": "double", "exclusiveMinimum": -1, "exclusiveMaximum": 1, "pattern": PERCENTAGE },
                    "shares": {
                        "type": "array",
                        "items": { "type": ["number", "string"], "format": "double", "minimum": 0, "maximum": 1, "pattern": PERCENTAGE },
                    },
                    "interest": { "type": ["string", "number", "null"], "format": "decimal", "pattern": DECIMAL_OR_PERCENTAGE, "minimum": 0, "exclusiveMaximum": 1, "default": null },
                    "$schema": { "type": "string" },
                },
                "required": ["months", "growth", "shares"],
            })
        );
        let written = standalone_schema(Bounded::shape(), false);
        assert_eq!(
            written["required"],
            json!(["months", "names", "amount", "rates", "growth", "shares", "interest"])
        );
        assert_eq!(written["properties"]["amount"]["type"], json!(["string", "null"]));
        assert_eq!(written.get("additionalProperties"), None);
    }

    #[test]
    fn every_reference_of_a_standalone_schema_resolves_inside_it() {
        for operation in registry().operations() {
            let schemas = standalone(operation);
            for schema in [schemas.input, schemas.output] {
                assert_eq!(
                    schema["type"],
                    "object",
                    "{}: the root must not be a reference",
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
            references(&operation.input, &mut targets);
            references(&operation.output, &mut targets);
        }
        for target in targets {
            let name = target.strip_prefix("#/components/schemas/").expect("a shared definition");
            assert!(all.definitions.contains_key(name), "{target}");
        }
    }
}
