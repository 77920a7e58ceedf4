//! The golden vectors through all six faces, compared bit for bit.

mod compare;
mod faces;
mod vector;

use std::{collections::BTreeMap, path::Path};

use anyhow::{Result, ensure};
use compare::Outcome;
use vector::Vector;

/// What one face answered, by the key of the vector.
type Answers = BTreeMap<String, Outcome>;

/// Replays every vector through every face and prints, for each, whether all faces gave the same bits.
///
/// Without `browser` the browser is named as left out.
pub(crate) fn run(root: &Path, browser: bool) -> Result<()> {
    let vectors = vector::read_all(&root.join("tests/vectors"))?;
    let mut faces: Vec<(&str, Answers)> = vec![
        ("Rust", faces::rust(root, &vectors)?),
        ("command line", faces::command_line(root, &vectors)?),
        ("REST", faces::rest(root, &vectors)?),
        ("Python", faces::python(root)?),
        ("Node", faces::node(root)?),
    ];
    if browser {
        faces.push(("browser", faces::browser(root)?));
    } else {
        println!("   not compared: browser");
    }
    let failed = report(&vectors, &faces);
    println!("parity: {} passed, {failed} failed", vectors.len() - failed);
    ensure!(
        failed == 0,
        "{failed} vectors do not have the same bits everywhere or not what their source says"
    );
    Ok(())
}

/// Replays the vectors whose key begins with `prefix` through Rust alone.
pub(crate) fn run_in_rust(root: &Path, prefix: &str) -> Result<()> {
    let mut vectors = vector::read_all(&root.join("tests/vectors"))?;
    vectors.retain(|vector| vector.key().starts_with(prefix));
    ensure!(!vectors.is_empty(), "no vector begins with {prefix:?}");
    let faces = [("Rust", faces::rust(root, &vectors)?)];
    let failed = report(&vectors, &faces);
    println!("vectors: {} passed, {failed} failed", vectors.len() - failed);
    ensure!(failed == 0, "{failed} vectors do not have what their source says");
    Ok(())
}

/// Prints a line a vector; returns how many are wrong.
fn report(vectors: &[Vector], faces: &[(&str, Answers)]) -> usize {
    let names: Vec<&str> = faces.iter().map(|(name, _)| *name).collect();
    println!("faces: {}", names.join(", "));
    let mut failed = 0;
    for vector in vectors {
        let key = vector.key();
        let faults = faults(vector, faces);
        if faults.is_empty() {
            println!("  same bits ×{}  {key}", faces.len());
        } else {
            failed += 1;
            println!("  DIFFERS  {key}\n    {}", faults.join("\n    "));
        }
    }
    failed
}

/// What is wrong with the answers to one vector.
fn faults(vector: &Vector, faces: &[(&str, Answers)]) -> Vec<String> {
    let key = vector.key();
    let mut faults = Vec::new();
    let Some(first) = faces.first().and_then(|(_, answers)| answers.get(&key)) else {
        return vec!["Rust gave no answer".to_owned()];
    };
    if let Some(fault) = compare::judge(vector, &first.raw) {
        faults.push(fault);
    }
    for (face, answers) in faces {
        let Some(answer) = answers.get(&key) else {
            faults.push(format!("{face} gave no answer"));
            continue;
        };
        if answer.raw != first.raw {
            faults.push(format!(
                "{face} answers {:.300}\n    where Rust answers {:.300}",
                answer.raw, first.raw
            ));
        }
        if answer.bits.is_some() && answer.bits != first.bits {
            faults.push(format!(
                "{face} has typed bits {:.300?}\n    where Rust has {:.300?}",
                answer.bits, first.bits
            ));
        }
    }
    faults
}
