//! The golden vectors through all six interfaces, compared bit for bit.

mod cases;
mod compare;
mod interfaces;
mod vector;

use std::{collections::BTreeMap, path::Path, thread};

use anyhow::{Result, anyhow, ensure};
use compare::Outcome;
use vector::Vector;

/// The results from one interface, by the key of the vector.
type Answers = BTreeMap<String, Outcome>;

/// Runs every vector through every interface and prints, for each, whether all results have the same bits.
///
/// First, whatever the list of situations from the field names must exist. Without `browser` the browser is listed as not
/// compared.
pub(crate) fn run(root: &Path, browser: bool) -> Result<()> {
    let vectors = vector::read_all(&root.join("tests/vectors"))?;
    cases::check(root, &vectors)?;
    if !browser {
        println!("   not compared: browser");
    }
    let interfaces = answers(root, &vectors, browser)?;
    let failed = report(&vectors, &interfaces);
    println!("parity: {} passed, {failed} failed", vectors.len() - failed);
    ensure!(failed == 0, "{failed} vectors differ between interfaces or from their source");
    Ok(())
}

/// The results from all interfaces. Most of them use one processor, so the programs in Rust run beside the packages.
fn answers(root: &Path, vectors: &[Vector], browser: bool) -> Result<Vec<(&'static str, Answers)>> {
    let programs = || -> Result<Vec<_>> {
        Ok(vec![
            ("Rust", interfaces::rust(root, vectors)?),
            ("command line", interfaces::command_line(root, vectors)?),
            ("REST", interfaces::rest(root, vectors)?),
        ])
    };
    let packages = || -> Result<Vec<_>> {
        let mut packages = vec![("Python", interfaces::python(root)?), ("Node", interfaces::node(root)?)];
        if browser {
            packages.push(("browser", interfaces::browser(root)?));
        }
        Ok(packages)
    };
    let (programs, packages) = thread::scope(|scope| {
        let programs = scope.spawn(programs);
        let packages = packages();
        (programs.join(), packages)
    });
    let mut all = programs.map_err(|_panic| anyhow!("a program in Rust was not run to its end"))??;
    all.extend(packages?);
    Ok(all)
}

/// Checks the list of situations, then runs the vectors with a prefix of their keys in Rust alone.
pub(crate) fn run_in_rust(root: &Path, prefix: &str) -> Result<()> {
    let mut vectors = vector::read_all(&root.join("tests/vectors"))?;
    cases::check(root, &vectors)?;
    vectors.retain(|vector| vector.key().starts_with(prefix));
    ensure!(!vectors.is_empty(), "no vector has the prefix {prefix:?}");
    let interfaces = [("Rust", interfaces::rust(root, &vectors)?)];
    let failed = report(&vectors, &interfaces);
    println!("vectors: {} passed, {failed} failed", vectors.len() - failed);
    ensure!(failed == 0, "{failed} vectors differ from their source");
    Ok(())
}

/// Prints a line for each vector; returns the number of failures.
fn report(vectors: &[Vector], interfaces: &[(&str, Answers)]) -> usize {
    let names: Vec<&str> = interfaces.iter().map(|(name, _)| *name).collect();
    println!("interfaces: {}", names.join(", "));
    let mut failed = 0;
    for vector in vectors {
        let key = vector.key();
        let faults = faults(vector, interfaces);
        if faults.is_empty() {
            println!("  same bits ×{}  {key}", interfaces.len());
        } else {
            failed += 1;
            println!("  DIFFERS  {key}\n    {}", faults.join("\n    "));
        }
    }
    failed
}

/// The faults of the results of one vector.
fn faults(vector: &Vector, interfaces: &[(&str, Answers)]) -> Vec<String> {
    let key = vector.key();
    let mut faults = Vec::new();
    let Some(first) = interfaces.first().and_then(|(_, answers)| answers.get(&key)) else {
        return vec!["no result from Rust".to_owned()];
    };
    if let Some(fault) = compare::judge(vector, &first.raw) {
        faults.push(fault);
    }
    for (interface, answers) in interfaces {
        let Some(answer) = answers.get(&key) else {
            faults.push(format!("no result from {interface}"));
            continue;
        };
        if answer.raw != first.raw {
            faults.push(format!("{interface} returns {:.300}\n    but Rust {:.300}", answer.raw, first.raw));
        }
        if answer.bits.is_some() && answer.bits != first.bits {
            faults.push(format!(
                "{interface} has the typed bits {:.300?}\n    but Rust {:.300?}",
                answer.bits, first.bits
            ));
        }
    }
    faults
}
