//! One name for one thing: types do not share a name, and the name of an operation's input says that it is one.

#![cfg(feature = "documentation")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use wherewithal_contract::schema::{self, Schemas};

/// Inputs that are things of their own, which people keep, build and pass on.
const DOCUMENTS: [&str; 4] = ["DateSchedule", "Loan", "LoanAgreement", "RetirementPlan"];

/// The name of the type that a schema refers to.
fn name_of(schema: &Value) -> String {
    let reference = schema["$ref"].as_str().expect("a named type");
    reference.rsplit('/').next().unwrap().to_owned()
}

#[test]
fn no_type_carries_the_number_of_a_collision() {
    let Schemas { definitions, .. } = schema::schemas();
    let numbered: Vec<&String> =
        definitions.keys().filter(|name| name.ends_with(|c: char| c.is_ascii_digit())).collect();
    assert!(!definitions.is_empty());
    assert_eq!(numbered, Vec::<&String>::new(), "two types of one name are told apart by a number");
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
        let is_input = input.ends_with("Input") || DOCUMENTS.contains(&input.as_str());
        assert!(is_input, "{}: the input is called {input}", operation.name);
        assert!(!output.ends_with("Input"), "{}: the answer is called {output}", operation.name);
    }
}
