//! Rules of names: types do not share a name, and the name of an operation's input shows that it is one.

#![cfg(feature = "documentation")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use wherewithal::wire::{Field, Shape};
use wherewithal_contract::schema::{self, Schemas};

/// Inputs that are documents of their own, which users build, keep and pass on.
const DOCUMENTS: [&str; 4] = ["DateSchedule", "Loan", "LoanAgreement", "RetirementPlan"];

/// Types that have the same fields and are not one thing, each with the reason.
const ALIKE: [(&[&str], &str); 3] = [
    (
        &["AgeInMonths", "ClaimingAge"],
        "an age that is read may leave out its months, one that is written has them",
    ),
    (
        &["CreditAdvance", "Draw", "Offset", "PerformanceFlow"],
        "amounts with a date, for each of which another date and another sign is allowed",
    ),
    (&["GainTaxRates", "LossCarryover"], "rates, which may be written in percent, and losses"),
];

/// Types whose own name ends in a number: that of a form.
const NUMBERED: [&str; 1] = ["Form8949"];

/// The name of the type that a schema refers to.
fn name_of(schema: &Value) -> &str {
    schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()).unwrap_or_default()
}

#[test]
fn no_type_carries_the_number_of_a_collision() {
    let Schemas { definitions, .. } = schema::schemas();
    let numbered: Vec<&String> = definitions
        .keys()
        .filter(|name| name.ends_with(|c: char| c.is_ascii_digit()) && !NUMBERED.contains(&name.as_str()))
        .collect();
    assert!(!definitions.is_empty());
    assert_eq!(numbered, Vec::<&String>::new(), "two types of the same name are distinguished by a number");
}

#[test]
fn two_public_types_never_share_a_name() {
    let engines = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engines");
    let mut places: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let mut folders = vec![engines];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                for name in public_types(&fs::read_to_string(&path).unwrap()) {
                    places.entry(name).or_default().push(path.clone());
                }
            }
        }
    }
    assert!(places.len() > 300, "{} public types were found", places.len());
    places.retain(|_, paths| paths.len() > 1);
    assert_eq!(places, BTreeMap::new());
}

/// The names of the public structures and enumerations of a file.
fn public_types(source: &str) -> Vec<String> {
    let name = |line: &str| {
        let line = line.trim_start();
        let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
        Some(rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect())
    };
    source.lines().filter_map(name).collect()
}

#[test]
fn the_name_of_an_input_says_that_it_is_one() {
    for operation in schema::schemas().operations {
        let (input, output) = (name_of(&operation.input), name_of(&operation.output));
        let is_input = input.ends_with("Input") || DOCUMENTS.contains(&input);
        assert!(is_input, "{}: the input is called {input}", operation.name);
        let is_answer = !output.is_empty() && !output.ends_with("Input");
        assert!(is_answer, "{}: the answer is called {output}", operation.name);
    }
}

#[test]
fn no_choice_is_called_an_input() {
    let schemas = schema::schemas();
    let mut choices = Vec::new();
    for (name, definition) in &schemas.definitions {
        collect_choices(name, definition, &mut choices);
    }
    assert!(choices.len() > 200, "{} choices were found", choices.len());
    choices.retain(|choice| choice.ends_with("Input"));
    assert_eq!(choices, Vec::<String>::new(), "a rename of a type has caught a choice of the same name");
}

/// The choices of a schema, each after the name of its type.
fn collect_choices(name: &str, schema: &Value, choices: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            let listed = fields.get("enum").and_then(Value::as_array).into_iter().flatten();
            for choice in fields.get("const").into_iter().chain(listed).filter_map(Value::as_str) {
                choices.push(format!("{name}: {choice}"));
            }
            fields.values().for_each(|inner| collect_choices(name, inner, choices));
        }
        Value::Array(items) => items.iter().for_each(|inner| collect_choices(name, inner, choices)),
        _ => {}
    }
}

#[test]
fn no_two_types_are_twins() {
    let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, ty) in schema::types() {
        alike.entry(contents(ty.shape)).or_default().push(name);
    }
    assert!(alike.len() > 300, "{} types were found", alike.len());
    let twins: Vec<Vec<&str>> = alike.into_values().filter(|names| names.len() > 1).collect();
    let allowed: Vec<&[&str]> = ALIKE.iter().map(|(names, _)| *names).collect();
    let mut unknown = twins.clone();
    unknown.retain(|names| !allowed.contains(&names.as_slice()));
    assert_eq!(
        unknown,
        Vec::<Vec<&str>>::new(),
        "types with the same fields: make them one, or say why they are not"
    );
    for names in allowed {
        assert!(twins.iter().any(|twins| twins == names), "{names:?} are no twins any more");
    }
}

/// The content of a named type: its fields or values in any order, without its name.
fn contents(shape: Shape) -> String {
    match shape {
        Shape::Record(record) => format!("record {}", fields(record.fields)),
        Shape::Choice(choice) => {
            format!("choice {}", sorted(choice.values.iter().map(|value| value.name.camel.to_owned())))
        }
        Shape::Union(union) => {
            let variants = union.variants.iter();
            let variants =
                variants.map(|variant| format!("{} {}", variant.name.camel, fields(variant.fields)));
            format!("union by {} of {}", union.tag.camel, sorted(variants))
        }
        other => type_of(other),
    }
}

fn fields(fields: &[Field]) -> String {
    sorted(fields.iter().map(|field| format!("{}: {}", field.name.camel, type_of((field.shape)()))))
}

/// The type of a field: named types by their name.
fn type_of(shape: Shape) -> String {
    match shape {
        Shape::Nullable(inner) => format!("{}?", type_of(inner())),
        Shape::List { item, .. } => format!("[{}]", type_of(item())),
        Shape::Map(inner) => format!("{{{}}}", type_of(inner())),
        Shape::Record(record) => record.name.to_owned(),
        Shape::Choice(choice) => choice.name.to_owned(),
        Shape::Union(union) => union.name.to_owned(),
        Shape::Integer { .. } => "integer".to_owned(),
        other => format!("{other:?}"),
    }
}

fn sorted(parts: impl Iterator<Item = String>) -> String {
    let mut parts: Vec<String> = parts.collect();
    parts.sort();
    format!("({})", parts.join(", "))
}
