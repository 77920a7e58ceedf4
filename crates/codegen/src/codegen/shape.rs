//! The model for the writers of all languages: the types of the registry, with names as in JSON.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use wherewithal::wire;
use wherewithal_contract::{
    Example,
    arrays::{self, ArrayFunction},
    registry, schema,
};

/// The model of the whole contract.
pub(crate) struct Api {
    /// All operations, ordered by name.
    pub(crate) operations: Vec<ApiOperation>,
    /// All named types, ordered by name.
    pub(crate) definitions: Vec<Definition>,
    /// The declared array functions.
    pub(crate) array_functions: &'static [ArrayFunction],
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
    /// Valid inputs.
    pub(crate) examples: Vec<Example>,
    /// Whether the operation reports progress and can be cancelled.
    pub(crate) reports_progress: bool,
    /// The name of its input record.
    pub(crate) input: String,
    /// The name of its output record.
    pub(crate) output: String,
}

/// A named type.
pub(crate) struct Definition {
    /// `AmortizationRow`.
    pub(crate) name: String,
    /// The Rust package that declares it, without the prefix: `debt`.
    pub(crate) package: String,
    /// Its documentation.
    pub(crate) doc: String,
    /// Its kind.
    pub(crate) shape: Shape,
    /// Whether an input contains it.
    pub(crate) in_input: bool,
    /// Whether an output contains it.
    pub(crate) in_output: bool,
}

/// The kinds of named types.
#[derive(Debug, PartialEq)]
pub(crate) enum Shape {
    /// An object with known fields.
    Record(Vec<Field>),
    /// One of several strings.
    Choice(Vec<ChoiceValue>),
    /// One of several records, distinguished by the string in the field `tag`.
    Union { tag: String, variants: Vec<Variant> },
}

/// One field of a record.
#[derive(Debug, PartialEq)]
pub(crate) struct Field {
    /// The name as in JSON.
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) ty: Type,
    /// Whether the field is required.
    pub(crate) required: bool,
    /// The default, if it has one.
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
    /// The value of the union's tag.
    pub(crate) value: String,
    pub(crate) doc: String,
    /// The fields without the tag.
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
    /// A number that is a fraction, which an input may have in percent.
    Fraction {
        /// Whether a result has it in percent where a number would be refused as an input.
        stated: bool,
    },
    Boolean,
    Named(String),
    List(Box<Type>),
    Map(Box<Type>),
    Nullable(Box<Type>),
}

impl Api {
    /// Reads the registry.
    pub(crate) fn from_registry() -> Result<Self> {
        let mut operations = Vec::new();
        for operation in registry().operations() {
            let name_of = |shape| match ty(shape) {
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
                input: name_of(operation.input_shape())?,
                output: name_of(operation.output_shape())?,
            });
        }
        let definitions =
            schema::types().into_iter().map(|(name, ty)| definition(name, ty)).collect::<Result<_>>()?;
        Ok(Self { operations, definitions, array_functions: arrays::functions() })
    }

    /// The definition `name`.
    pub(crate) fn definition(&self, name: &str) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.name == name)
    }

    /// The fields of the record `name`.
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

    /// The packages that declare types, in order.
    pub(crate) fn packages(&self) -> BTreeSet<&str> {
        self.definitions.iter().map(|definition| definition.package.as_str()).collect()
    }

    /// The names of the types that the operations of a family use.
    pub(crate) fn used_by(&self, family: &str) -> BTreeSet<String> {
        let operations = self.operations.iter().filter(|operation| operation.family == family);
        self.reachable(operations.flat_map(|operation| [operation.input.as_str(), operation.output.as_str()]))
    }

    /// The names of the types that an operation uses.
    pub(crate) fn used_by_operation(&self, operation: &ApiOperation) -> BTreeSet<String> {
        self.reachable([operation.input.as_str(), operation.output.as_str()].into_iter())
    }

    /// The packages that declare the types used by the operations of a family, in order.
    pub(crate) fn packages_used_by(&self, family: &str) -> BTreeSet<&str> {
        let names = self.used_by(family);
        let used = self.definitions.iter().filter(|definition| names.contains(&definition.name));
        used.map(|definition| definition.package.as_str()).collect()
    }

    fn reachable<'a>(&self, roots: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<String> = roots.map(str::to_owned).collect();
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let types = self.definition(&name).map(|definition| definition.shape.types()).unwrap_or_default();
            open.extend(types.into_iter().filter_map(Type::named).map(str::to_owned));
        }
        seen
    }
}

impl Shape {
    /// The types of all its fields.
    pub(crate) fn types(&self) -> Vec<&Type> {
        match self {
            Self::Record(fields) => fields.iter().map(|field| &field.ty).collect(),
            Self::Union { variants, .. } => {
                variants.iter().flat_map(|variant| variant.fields.iter().map(|field| &field.ty)).collect()
            }
            Self::Choice(_) => vec![],
        }
    }
}

impl Type {
    /// The named type within this one.
    pub(crate) fn named(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }
}

fn definition(name: &str, of: schema::NamedType) -> Result<Definition> {
    let (shape, doc, module) = match of.shape {
        wire::Shape::Record(record) => (Shape::Record(fields(record.fields, of)), record.doc, record.module),
        wire::Shape::Choice(choice) => {
            (Shape::Choice(choice.values.iter().map(value).collect()), choice.doc, choice.module)
        }
        wire::Shape::Union(union) => {
            let variants = union.variants.iter().map(|variant| Variant {
                value: variant.name.camel.to_owned(),
                doc: variant.doc.to_owned(),
                fields: fields(variant.fields, of),
            });
            let tag = union.tag.camel.to_owned();
            (Shape::Union { tag, variants: variants.collect() }, union.doc, union.module)
        }
        other => bail!("{name} has no name in any language: {other:?}"),
    };
    Ok(Definition {
        name: name.to_owned(),
        package: package(module)?.to_owned(),
        doc: doc.to_owned(),
        shape,
        in_input: of.in_input,
        in_output: of.in_output,
    })
}

/// The package of a Rust module: `debt` for `wherewithal_debt::loan`.
fn package(module: &str) -> Result<&str> {
    let package = module.split("::").next().unwrap_or(module);
    package.strip_prefix("wherewithal_").with_context(|| format!("{module} is not a module of ours"))
}

fn value(value: &wire::ChoiceValue) -> ChoiceValue {
    ChoiceValue { value: value.name.camel.to_owned(), doc: value.doc.to_owned() }
}

fn fields(fields: &[wire::Field], of: schema::NamedType) -> Vec<Field> {
    fields
        .iter()
        .map(|field| Field {
            name: field.name.camel.to_owned(),
            doc: field.doc.to_owned(),
            ty: if of.in_input {
                as_fraction(ty((field.shape)()), field.bounds)
            } else {
                ty((field.shape)())
            },
            required: of.requires(field),
            default: of.default(field),
        })
        .collect()
}

/// The type with its numbers as fractions, if the bounds say so. Decimals may be text anyway.
fn as_fraction(ty: Type, bounds: Option<&wire::Bounds>) -> Type {
    let Some(fraction) = bounds.and_then(|bounds| bounds.fraction) else { return ty };
    let inner = |ty: Box<Type>| Box::new(as_fraction(*ty, bounds));
    match ty {
        Type::Number => Type::Fraction { stated: fraction == wire::Fraction::Rate },
        Type::List(item) => Type::List(inner(item)),
        Type::Map(item) => Type::Map(inner(item)),
        Type::Nullable(item) => Type::Nullable(inner(item)),
        other => other,
    }
}

fn ty(shape: wire::Shape) -> Type {
    match shape {
        wire::Shape::Boolean => Type::Boolean,
        wire::Shape::Integer { .. } => Type::Integer,
        wire::Shape::Number => Type::Number,
        wire::Shape::Text | wire::Shape::Currency => Type::Text,
        wire::Shape::Decimal => Type::Decimal,
        wire::Shape::Date => Type::Date,
        wire::Shape::Nullable(inner) => Type::Nullable(Box::new(ty(inner()))),
        wire::Shape::List { item, .. } => Type::List(Box::new(ty(item()))),
        wire::Shape::Map(item) => Type::Map(Box::new(ty(item()))),
        wire::Shape::Record(wire::Record { name, .. })
        | wire::Shape::Choice(wire::Choice { name, .. })
        | wire::Shape::Union(wire::Union { name, .. }) => Type::Named((*name).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_is_readable() {
        let api = Api::from_registry().unwrap();
        for operation in &api.operations {
            api.record(&operation.input).unwrap();
            api.record(&operation.output).unwrap();
        }
    }

    #[test]
    fn a_union_keeps_its_tag_apart_from_its_fields() {
        let api = Api::from_registry().unwrap();
        let Some(Shape::Union { tag, variants }) = api.definition("WithdrawalOrder").map(|of| &of.shape)
        else {
            panic!("not a union")
        };
        assert_eq!(tag, "kind");
        assert!(variants.iter().all(|variant| variant.fields.iter().all(|field| field.name != "kind")));
        let filling = variants.iter().find(|variant| variant.value == "bracketFilling").unwrap();
        assert_eq!(filling.fields[0].name, "ordinaryIncome");
    }
}
