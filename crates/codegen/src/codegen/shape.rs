//! What the writers of every language read: the registry's schemas reduced to the few shapes that exist here.
//!
//! The types of the contract keep to a small part of JSON Schema on purpose (records, choices, tagged unions,
//! lists, maps, nullable values and a handful of scalars). Anything else is refused here with its place, so that
//! no language gets a vaguer type than another.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use wherewithal_contract::{Example, registry, schema};

/// Everything there is to generate from.
pub(crate) struct Api {
    /// All operations, ordered by name.
    pub(crate) operations: Vec<ApiOperation>,
    /// All named types, ordered by name.
    pub(crate) definitions: Vec<Definition>,
}

/// One operation.
pub(crate) struct ApiOperation {
    /// `debt.amortize`.
    pub(crate) name: &'static str,
    /// `debt`.
    pub(crate) family: &'static str,
    /// `amortize`.
    pub(crate) function: &'static str,
    /// One sentence.
    pub(crate) summary: &'static str,
    /// Markdown; may be empty.
    pub(crate) details: &'static str,
    /// Inputs that run.
    pub(crate) examples: Vec<Example>,
    /// Whether it reports progress and can be cancelled.
    pub(crate) reports_progress: bool,
    /// The name of the record it takes.
    pub(crate) input: String,
    /// The name of the record it returns.
    pub(crate) output: String,
}

/// A named type.
pub(crate) struct Definition {
    /// `AmortizationRow`.
    pub(crate) name: String,
    /// Its documentation.
    pub(crate) doc: String,
    /// What it is.
    pub(crate) shape: Shape,
    /// Whether an input contains it.
    pub(crate) in_input: bool,
    /// Whether an output contains it.
    pub(crate) in_output: bool,
}

/// What a named type is.
#[derive(Debug, PartialEq)]
pub(crate) enum Shape {
    /// An object with known fields.
    Record(Vec<Field>),
    /// One of several strings.
    Choice(Vec<ChoiceValue>),
    /// One of several records, told apart by the string in the field `tag`.
    Union { tag: String, variants: Vec<Variant> },
    /// Another name for a type.
    Alias(Type),
}

/// One field of a record.
#[derive(Debug, PartialEq)]
pub(crate) struct Field {
    /// In the wire's spelling.
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) ty: Type,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// The value it takes when it is absent, where that is known.
    pub(crate) default: Option<Value>,
}

/// One value of a choice.
#[derive(Debug, PartialEq)]
pub(crate) struct ChoiceValue {
    pub(crate) value: String,
    pub(crate) doc: String,
}

/// One record of a union.
#[derive(Debug, PartialEq)]
pub(crate) struct Variant {
    /// The string in the union's tag.
    pub(crate) value: String,
    pub(crate) doc: String,
    /// The fields beside the tag.
    pub(crate) fields: Vec<Field>,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Text,
    Decimal,
    Date,
    Integer,
    Number,
    Boolean,
    Named(String),
    List(Box<Type>),
    Map(Box<Type>),
    Nullable(Box<Type>),
}

const REFERENCE: &str = "#/components/schemas/";

impl Api {
    /// Reads the registry.
    pub(crate) fn from_registry() -> Result<Self> {
        let schemas = schema::schemas();
        let mut operations = Vec::new();
        for (operation, pair) in registry().operations().iter().zip(&schemas.operations) {
            let name_of = |schema: &Value| match ty(schema)? {
                Type::Named(name) => Ok(name),
                other => bail!("{} must take and return records, not {other:?}", operation.name()),
            };
            operations.push(ApiOperation {
                name: operation.name(),
                family: operation.family(),
                function: operation.function(),
                summary: operation.summary(),
                details: operation.documentation(),
                examples: operation.examples().to_vec(),
                reports_progress: operation.reports_progress(),
                input: name_of(pair.input.as_value())?,
                output: name_of(pair.output.as_value())?,
            });
        }
        let definitions = definitions(&schemas.definitions)?;
        Ok(Self { operations, definitions }.with_uses())
    }

    /// The definition called `name`.
    pub(crate) fn definition(&self, name: &str) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.name == name)
    }

    /// The fields of the record called `name`.
    pub(crate) fn record(&self, name: &str) -> Result<&[Field]> {
        match self.definition(name).map(|definition| &definition.shape) {
            Some(Shape::Record(fields)) => Ok(fields),
            _ => bail!("{name} is not a record"),
        }
    }

    /// The families of operations, in order.
    pub(crate) fn families(&self) -> Vec<&'static str> {
        self.operations
            .iter()
            .map(|operation| operation.family)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// The names of the types that the operations of a family use.
    pub(crate) fn used_by(&self, family: &str) -> BTreeSet<String> {
        let operations = self.operations.iter().filter(|operation| operation.family == family);
        self.reachable(operations.flat_map(|operation| [operation.input.as_str(), operation.output.as_str()]))
    }

    fn with_uses(mut self) -> Self {
        let inputs = self.reachable(self.operations.iter().map(|operation| operation.input.as_str()));
        let outputs = self.reachable(self.operations.iter().map(|operation| operation.output.as_str()));
        for definition in &mut self.definitions {
            definition.in_input = inputs.contains(&definition.name);
            definition.in_output = outputs.contains(&definition.name);
        }
        self
    }

    fn reachable<'a>(&self, roots: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<String> = roots.map(str::to_owned).collect();
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let types: Vec<&Type> = match self.definition(&name).map(|definition| &definition.shape) {
                Some(Shape::Record(fields)) => fields.iter().map(|field| &field.ty).collect(),
                Some(Shape::Union { variants, .. }) => {
                    variants.iter().flat_map(|variant| variant.fields.iter().map(|field| &field.ty)).collect()
                }
                Some(Shape::Alias(ty)) => vec![ty],
                Some(Shape::Choice(_)) | None => vec![],
            };
            open.extend(types.into_iter().filter_map(Type::named).map(str::to_owned));
        }
        seen
    }
}

impl Type {
    /// The named type at the heart of this one.
    pub(crate) fn named(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }
}

fn definitions(schemas: &Map<String, Value>) -> Result<Vec<Definition>> {
    schemas
        .iter()
        .map(|(name, schema)| {
            let shape = shape(schema).with_context(|| format!("in the type {name}"))?;
            Ok(Definition { name: name.clone(), doc: doc(schema), shape, in_input: false, in_output: false })
        })
        .collect()
}

fn shape(schema: &Value) -> Result<Shape> {
    if let Some(options) = schema.get("oneOf").and_then(Value::as_array) {
        return one_of(options);
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return Ok(Shape::Choice(values.iter().map(|value| choice(value, "")).collect::<Result<_>>()?));
    }
    if schema.get("type").and_then(Value::as_str) == Some("object") && schema.get("properties").is_some() {
        return Ok(Shape::Record(fields(schema, None)?));
    }
    ty(schema).map(Shape::Alias)
}

/// Documented unit variants (`const` or `enum` of strings), or records told apart by a tag.
fn one_of(options: &[Value]) -> Result<Shape> {
    if let Some(tag) = options.first().and_then(tag_of) {
        let variants = options.iter().map(|option| variant(option, &tag)).collect::<Result<_>>()?;
        return Ok(Shape::Union { tag, variants });
    }
    let mut values = Vec::new();
    for option in options {
        if let Some(value) = option.get("const") {
            values.push(choice(value, &doc(option))?);
        } else if let Some(several) = option.get("enum").and_then(Value::as_array) {
            for value in several {
                values.push(choice(value, "")?);
            }
        } else {
            bail!("a choice must be of strings, or of records with a tag: {option}");
        }
    }
    Ok(Shape::Choice(values))
}

fn choice(value: &Value, doc: &str) -> Result<ChoiceValue> {
    let value = value.as_str().with_context(|| format!("a choice must be a string: {value}"))?;
    Ok(ChoiceValue { value: value.to_owned(), doc: doc.to_owned() })
}

/// The name of the property that has a constant string, if this is a record of a union.
fn tag_of(option: &Value) -> Option<String> {
    let properties = option.get("properties")?.as_object()?;
    properties.iter().find(|(_, property)| property.get("const").is_some()).map(|(name, _)| name.clone())
}

fn variant(option: &Value, tag: &str) -> Result<Variant> {
    let value = option
        .get("properties")
        .and_then(|properties| properties.get(tag))
        .and_then(|property| property.get("const"))
        .and_then(Value::as_str)
        .with_context(|| format!("a record of the union has no tag {tag}: {option}"))?;
    Ok(Variant { value: value.to_owned(), doc: doc(option), fields: fields(option, Some(tag))? })
}

fn fields(schema: &Value, tag: Option<&str>) -> Result<Vec<Field>> {
    let empty = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    let required: BTreeSet<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut fields = Vec::new();
    for (name, property) in properties.iter().filter(|(name, _)| Some(name.as_str()) != tag) {
        fields.push(Field {
            name: name.clone(),
            doc: doc(property),
            ty: ty(property).with_context(|| format!("in the field {name}"))?,
            required: required.contains(name.as_str()),
            default: property.get("default").cloned(),
        });
    }
    Ok(fields)
}

fn ty(schema: &Value) -> Result<Type> {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name =
            reference.strip_prefix(REFERENCE).with_context(|| format!("unknown reference {reference}"))?;
        return Ok(Type::Named(name.to_owned()));
    }
    if let Some(options) = schema.get("anyOf").and_then(Value::as_array) {
        let (nulls, others): (Vec<_>, Vec<_>) = options.iter().partition(|option| is_null(option));
        return match (nulls.len(), others.as_slice()) {
            (1, [inner]) => Ok(Type::Nullable(Box::new(ty(inner)?))),
            _ => bail!("only `T or null` is known of anyOf: {schema}"),
        };
    }
    let format = schema.get("format").and_then(Value::as_str);
    let names: Vec<&str> = match schema.get("type") {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => bail!("a type is missing: {schema}"),
    };
    let nullable = names.contains(&"null");
    let names: Vec<&str> = names.into_iter().filter(|name| *name != "null").collect();
    let inner = match (names.as_slice(), format) {
        (["string", "number"] | ["string"], Some("decimal")) => Type::Decimal,
        (["string"], Some("date")) => Type::Date,
        (["string"], _) => Type::Text,
        (["integer"], _) => Type::Integer,
        (["number"], _) => Type::Number,
        (["boolean"], _) => Type::Boolean,
        (["array"], _) => Type::List(Box::new(ty(schema.get("items").context("a list of what?")?)?)),
        (["object"], _) => {
            let values =
                schema.get("additionalProperties").context("a map of what? (records must be named types)")?;
            Type::Map(Box::new(ty(values)?))
        }
        _ => bail!("a type that no language has a word for: {schema}"),
    };
    Ok(if nullable { Type::Nullable(Box::new(inner)) } else { inner })
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

fn doc(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use schemars::{JsonSchema, generate::SchemaSettings};
    use serde::Deserialize;
    use wherewithal::{dates::Date, num::Decimal};

    use super::*;

    /// How often.
    #[derive(Deserialize, JsonSchema)]
    #[serde(rename_all = "camelCase")]
    enum Often {
        /// Once a month.
        Monthly,
        /// Every fourteen days.
        EveryTwoWeeks,
    }

    #[derive(Deserialize, JsonSchema)]
    #[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
    #[expect(dead_code, reason = "only its schema is read")]
    enum Rule {
        /// A fixed amount.
        Fixed {
            amount_paid: Decimal,
        },
        Nothing,
    }

    #[derive(Deserialize, JsonSchema)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    #[expect(dead_code, reason = "only its schema is read")]
    struct Everything {
        /// The first day.
        first_day: Date,
        amount: Option<Decimal>,
        often: Option<Often>,
        rule: Rule,
        #[serde(default)]
        weights: BTreeMap<String, f64>,
        lines: Vec<Vec<u32>>,
        #[serde(default)]
        flag: bool,
    }

    fn read<T: JsonSchema>() -> Vec<Definition> {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
        });
        let mut generator = settings.for_deserialize().into_generator();
        generator.subschema_for::<T>();
        definitions(&generator.take_definitions(true)).unwrap()
    }

    fn shape_of(definitions: &[Definition], name: &str) -> &'static str {
        match definitions.iter().find(|definition| definition.name == name).unwrap().shape {
            Shape::Record(_) => "record",
            Shape::Choice(_) => "choice",
            Shape::Union { .. } => "union",
            Shape::Alias(_) => "alias",
        }
    }

    #[test]
    fn every_shape_of_the_contract_is_recognised() {
        let definitions = read::<Everything>();
        assert_eq!(shape_of(&definitions, "Everything"), "record");
        assert_eq!(shape_of(&definitions, "Often"), "choice");
        assert_eq!(shape_of(&definitions, "Rule"), "union");
        let Shape::Record(fields) =
            &definitions.iter().find(|definition| definition.name == "Everything").unwrap().shape
        else {
            panic!()
        };
        let nullable = |ty| Type::Nullable(Box::new(ty));
        let expected = [
            ("firstDay", Type::Date, true),
            ("amount", nullable(Type::Decimal), false),
            ("often", nullable(Type::Named("Often".into())), false),
            ("rule", Type::Named("Rule".into()), true),
            ("weights", Type::Map(Box::new(Type::Number)), false),
            ("lines", Type::List(Box::new(Type::List(Box::new(Type::Integer)))), true),
            ("flag", Type::Boolean, false),
        ];
        for (field, (name, ty, required)) in fields.iter().zip(&expected) {
            assert_eq!((field.name.as_str(), &field.ty, field.required), (*name, ty, *required));
        }
        assert_eq!(fields.len(), expected.len());
        assert_eq!(fields[0].doc, "The first day.");
        assert_eq!(fields[6].default, Some(Value::Bool(false)));
    }

    #[test]
    fn a_union_keeps_its_tag_apart_from_its_fields() {
        let definitions = read::<Rule>();
        let Shape::Union { tag, variants } = &definitions[0].shape else { panic!() };
        assert_eq!(tag, "kind");
        assert_eq!(variants[0].value, "fixed");
        assert_eq!(variants[0].fields[0].name, "amountPaid");
        assert_eq!(variants[1].value, "nothing");
        assert!(variants[1].fields.is_empty());
    }

    #[test]
    fn a_shape_that_no_language_has_is_refused() {
        #[derive(Deserialize, JsonSchema)]
        #[expect(dead_code, reason = "only its schema is read")]
        struct Pair {
            both: (u32, String),
        }
        let mut generator = SchemaSettings::draft2020_12().into_generator();
        generator.subschema_for::<Pair>();
        assert!(definitions(&generator.take_definitions(true)).is_err());
    }

    #[test]
    fn the_registry_is_readable() {
        let api = Api::from_registry().unwrap();
        for operation in &api.operations {
            api.record(&operation.input).unwrap();
            api.record(&operation.output).unwrap();
        }
    }
}
