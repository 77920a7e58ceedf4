//! Who may lean on whom, read from `cargo metadata` and held against the rules of the architecture.

use std::{collections::BTreeMap, path::Path, process::Command};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// For each of our packages, those of ours that its code (not its tests) may depend on.
///
/// The engines stand in the order of their floors: each leans only on floors below it.
const MAY_LEAN_ON: &[(&str, &[&str])] = &[
    ("wherewithal-derive", &[]),
    ("wherewithal-base", &["wherewithal-derive"]),
    ("wherewithal-math", &["wherewithal-base"]),
    ("wherewithal-household", &["wherewithal-base"]),
    ("wherewithal-reference", &["wherewithal-base", "wherewithal-math"]),
    ("wherewithal-time-value", &["wherewithal-base", "wherewithal-math"]),
    ("wherewithal-debt", &["wherewithal-base", "wherewithal-math", "wherewithal-time-value"]),
    ("wherewithal-market", &["wherewithal-base", "wherewithal-math", "wherewithal-reference"]),
    ("wherewithal-simulation", &["wherewithal-base", "wherewithal-math", "wherewithal-market"]),
    (
        "wherewithal-retirement",
        &[
            "wherewithal-base",
            "wherewithal-math",
            "wherewithal-reference",
            "wherewithal-debt",
            "wherewithal-market",
            "wherewithal-simulation",
        ],
    ),
    (
        "wherewithal-goals",
        &[
            "wherewithal-base",
            "wherewithal-math",
            "wherewithal-household",
            "wherewithal-market",
            "wherewithal-simulation",
        ],
    ),
    ("wherewithal-net-worth", &["wherewithal-base", "wherewithal-household"]),
    (
        "wherewithal-plan",
        &[
            "wherewithal-base",
            "wherewithal-math",
            "wherewithal-household",
            "wherewithal-debt",
            "wherewithal-net-worth",
            "wherewithal-simulation",
        ],
    ),
    (
        "wherewithal",
        &[
            "wherewithal-base",
            "wherewithal-math",
            "wherewithal-household",
            "wherewithal-reference",
            "wherewithal-time-value",
            "wherewithal-debt",
            "wherewithal-market",
            "wherewithal-simulation",
            "wherewithal-retirement",
            "wherewithal-goals",
            "wherewithal-net-worth",
            "wherewithal-plan",
        ],
    ),
    ("wherewithal-contract", &["wherewithal"]),
    // Not the whole core: a change in another engine leaves the store and its suite as they were built.
    ("wherewithal-store", &["wherewithal-base", "wherewithal-household"]),
    ("wherewithal-server", &["wherewithal", "wherewithal-contract", "wherewithal-store"]),
    ("wherewithal-python", &["wherewithal", "wherewithal-contract"]),
    ("wherewithal-arrays", &["wherewithal"]),
    ("wherewithal-node", &["wherewithal", "wherewithal-arrays", "wherewithal-contract"]),
    ("wherewithal-wasm", &["wherewithal", "wherewithal-arrays", "wherewithal-contract"]),
    ("wherewithal-conformance", &["wherewithal-base", "wherewithal-household", "wherewithal-store"]),
    ("wherewithal-benches", &["wherewithal", "wherewithal-contract"]),
    ("wherewithal-codegen", &["wherewithal", "wherewithal-contract"]),
    ("wherewithal-bindgen", &[]),
    ("xtask", &[]),
];

/// Libraries that open a door which only the named packages may have: a language, a database, the network, rounding.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("pyo3", &["wherewithal-python"]),
    ("numpy", &["wherewithal-python"]),
    ("arrow-array", &["wherewithal-python"]),
    ("napi", &["wherewithal-node"]),
    ("napi-derive", &["wherewithal-node"]),
    ("wasm-bindgen", &["wherewithal-wasm"]),
    ("js-sys", &["wherewithal-wasm"]),
    ("sqlx", &["wherewithal-store"]),
    ("axum", &["wherewithal-server"]),
    ("hyper", &["wherewithal-server"]),
    ("tower-http", &["wherewithal-server"]),
    // The store hands decimals to PostgreSQL's NUMERIC; it never rounds one.
    // The benches run a plain loop on it, to compare.
    ("rust_decimal", &["wherewithal-base", "wherewithal-store", "wherewithal-benches"]),
    ("chrono", &["wherewithal-base"]),
    // The pinned elementary functions.
    ("libm", &["wherewithal-base", "wherewithal-math"]),
    // Threads.
    ("rayon", &["wherewithal-math", "wherewithal-python", "wherewithal-benches"]),
];

/// Libraries that would let input, output, a clock or entropy into an engine.
const NEVER_IN_ENGINES: &[&str] =
    &["tokio", "reqwest", "rand", "getrandom", "log", "tracing", "serde_json", "time", "uuid", "num_cpus"];

/// Fails when a package leans on one that it must not know.
pub(crate) fn check(root: &Path) -> Result<()> {
    let packages = direct_dependencies(root)?;
    let mut broken = Vec::new();
    for (package, dependencies) in &packages {
        let Some((_, allowed)) = MAY_LEAN_ON.iter().find(|(name, _)| name == package) else {
            broken.push(format!("{package} has no rule: add it to layers.rs and to docs/ARCHITECTURE.md"));
            continue;
        };
        for dependency in dependencies {
            if packages.contains_key(dependency) && !allowed.contains(&dependency.as_str()) {
                broken.push(format!("{package} must not lean on {dependency}"));
            }
            if let Some((_, homes)) = ONLY_IN.iter().find(|(name, _)| name == dependency)
                && !homes.contains(&package.as_str())
            {
                broken.push(format!(
                    "{package} must not know {dependency}, which belongs to {}",
                    homes.join(", ")
                ));
            }
            if is_engine(package) && NEVER_IN_ENGINES.contains(&dependency.as_str()) {
                broken.push(format!("{package} is an engine and must not know {dependency}"));
            }
        }
    }
    ensure!(broken.is_empty(), "the layers are broken:\n  {}", broken.join("\n  "));
    println!("{} packages keep to their layers", packages.len());
    Ok(())
}

/// The facade and the packages below `crates/engines`, which are all that it leans on.
fn is_engine(package: &str) -> bool {
    let facade = MAY_LEAN_ON.iter().find(|(name, _)| *name == "wherewithal");
    package == "wherewithal" || facade.is_some_and(|(_, engines)| engines.contains(&package))
}

/// The direct dependencies of each package of the workspace, those of its tests left out.
fn direct_dependencies(root: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps", "--locked"])
        .current_dir(root)
        .output()
        .context("cargo metadata does not start")?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages =
        metadata.get("packages").and_then(Value::as_array).context("no packages in the metadata")?;
    let text =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(packages
        .iter()
        .map(|package| {
            let dependencies = package.get("dependencies").and_then(Value::as_array).into_iter().flatten();
            let named = dependencies
                .filter(|dependency| text(dependency, "kind") != "dev")
                .map(|dependency| text(dependency, "name"))
                .collect();
            (text(package, "name"), named)
        })
        .collect())
}
