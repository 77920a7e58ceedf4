//! The check that each family of operations compiles without the others, as the browser's modules require.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process;

const CONTRACT: &str = "wherewithal-contract";
/// The feature of the contract with every family.
const ALL: &str = "all";

/// Checks the contract with each family alone. The engines are compiled once; only the two packages that select among
/// them are recompiled.
pub(crate) fn check(root: &Path) -> Result<()> {
    let families = families(root)?;
    for family in &families {
        let mut cargo = Command::new("cargo");
        cargo.args(["clippy", "--locked", "--quiet", "--package", CONTRACT, "--no-default-features"]);
        cargo.args(["--features", family, "--", "--deny", "warnings"]).current_dir(root);
        process::run_command(&mut cargo)
            .with_context(|| format!("in the check of the family {family} alone"))?;
    }
    println!("{} families compile alone: {}", families.len(), families.join(", "));
    Ok(())
}

/// The families, from the manifest of the contract.
fn families(root: &Path) -> Result<Vec<String>> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--locked"];
    let metadata: Value = serde_json::from_str(&process::output(root, "cargo", &arguments)?)?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("no packages")?;
    let contract = packages.iter().find(|package| package.get("name").is_some_and(|name| name == CONTRACT));
    let all = contract.and_then(|package| package.pointer(&format!("/features/{ALL}")));
    let all = all.and_then(Value::as_array).context("the contract has no feature with every family")?;
    Ok(all.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}
