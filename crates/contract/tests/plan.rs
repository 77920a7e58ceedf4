//! The plan of a household is the run of the retirement plan that it answers, to the bit.

#![cfg(all(feature = "plan", feature = "retirement"))]
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use serde_json::{Value, json};
use wherewithal::wire::Shape;
use wherewithal_contract::{call, schema};

const HOUSEHOLDS: [(&str, &str); 5] = [
    ("rivera", include_str!("../../../examples/households/rivera.json")),
    ("okafor", include_str!("../../../examples/households/okafor.json")),
    ("whitfield", include_str!("../../../examples/households/whitfield.json")),
    ("novak", include_str!("../../../examples/households/novak.json")),
    ("lindqvist", include_str!("../../../examples/households/lindqvist.json")),
];

fn answer(operation: &str, input: &Value) -> Value {
    let answer = call(operation, input.to_string().as_bytes()).unwrap();
    serde_json::from_slice(&answer).unwrap()
}

#[test]
fn a_household_plan_is_the_run_of_its_retirement_plan() {
    for (name, household) in HOUSEHOLDS {
        let household: Value = serde_json::from_str(household).unwrap();
        let input = json!({"household": household, "paths": 40, "seed": 3, "questions": false});
        let built = answer("plan.build", &input);
        let made = answer("plan.retirement_plan", &input);
        assert_eq!(built["retirementPlan"], made["plan"], "{name}");
        assert_eq!(built["assumptions"], made["assumptions"], "{name}");
        // What was answered is an input, and its result the same.
        assert_eq!(answer("retirement.run", &made["plan"]), built["result"], "{name}");
    }
}

#[test]
fn every_assumption_names_a_field_and_what_to_write_instead() {
    for (name, household) in HOUSEHOLDS {
        let household: Value = serde_json::from_str(household).unwrap();
        let made = answer("plan.retirement_plan", &json!({"household": household}));
        let assumptions = made["assumptions"].as_array().unwrap();
        assert!(!assumptions.is_empty(), "{name}");
        for assumption in assumptions {
            let of = |field: &str| assumption[field].as_str().unwrap_or_default().to_owned();
            assert!(!of("assumed").is_empty() && !of("instead").is_empty(), "{name}: {assumption}");
            // The item of a list exists in the document, and the field in its type.
            let field = of("field");
            if let Some((list, rest)) = field.split_once('[') {
                let index: usize = rest.split(']').next().unwrap().parse().unwrap();
                assert!(household[list].get(index).is_some(), "{name}: {field}");
            }
            assert!(exists(schema::types()["Household"].shape, &field), "{name}: {field}");
        }
    }
}

/// Whether a type has a field at a path such as `people[0].socialSecurity.basis`.
fn exists(shape: Shape, path: &str) -> bool {
    let path = path.trim_start_matches('.');
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (name, rest) = path.split_at(end);
    match shape {
        _ if path.is_empty() => true,
        Shape::Nullable(inner) => exists(inner(), path),
        Shape::List { item, .. } => path.split_once(']').is_some_and(|(_, rest)| exists(item(), rest)),
        Shape::Record(record) => {
            record.fields.iter().any(|field| field.name.camel == name && exists((field.shape)(), rest))
        }
        Shape::Union(union) => union.variants.iter().any(|variant| {
            variant.fields.iter().any(|field| field.name.camel == name && exists((field.shape)(), rest))
        }),
        _ => false,
    }
}
