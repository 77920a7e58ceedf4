//! The check of the dependencies between packages (`cargo metadata`) against the rules of the architecture.

use std::{collections::BTreeMap, path::Path, process::Command};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// For each package of the workspace, those that its code (not its tests) may depend on.
///
/// The engines are in the order of their layers: each depends only on lower layers.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("wherewithal-derive", &[]),
    ("wherewithal-base", &["wherewithal-derive"]),
    ("wherewithal-math", &["wherewithal-base"]),
    ("wherewithal-reference", &["wherewithal-base", "wherewithal-math"]),
    // The document names sexes, filing statuses and kinds of accounts as the published facts do.
    ("wherewithal-household", &["wherewithal-base", "wherewithal-reference"]),
    ("wherewithal-time-value", &["wherewithal-base", "wherewithal-math"]),
    ("wherewithal-risk", &["wherewithal-base", "wherewithal-math"]),
    (
        "wherewithal-returns",
        &["wherewithal-base", "wherewithal-math", "wherewithal-risk", "wherewithal-time-value"],
    ),
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
    ("wherewithal-lots", &["wherewithal-base", "wherewithal-household", "wherewithal-reference"]),
    ("wherewithal-ledger", &["wherewithal-base", "wherewithal-household"]),
    (
        "wherewithal-classification",
        &["wherewithal-base", "wherewithal-math", "wherewithal-household", "wherewithal-ledger"],
    ),
    ("wherewithal-formats", &["wherewithal-base", "wherewithal-household", "wherewithal-ledger"]),
    (
        "wherewithal-net-worth",
        &[
            "wherewithal-base",
            "wherewithal-classification",
            "wherewithal-household",
            "wherewithal-ledger",
            "wherewithal-lots",
        ],
    ),
    (
        "wherewithal-cash-flow",
        &[
            "wherewithal-base",
            "wherewithal-math",
            "wherewithal-household",
            "wherewithal-time-value",
            "wherewithal-debt",
            "wherewithal-ledger",
            "wherewithal-classification",
        ],
    ),
    (
        "wherewithal-plan",
        &[
            "wherewithal-base",
            "wherewithal-math",
            "wherewithal-household",
            "wherewithal-reference",
            "wherewithal-debt",
            "wherewithal-market",
            "wherewithal-simulation",
            "wherewithal-retirement",
            "wherewithal-net-worth",
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
            "wherewithal-returns",
            "wherewithal-risk",
            "wherewithal-cash-flow",
            "wherewithal-classification",
            "wherewithal-goals",
            "wherewithal-lots",
            "wherewithal-net-worth",
            "wherewithal-ledger",
            "wherewithal-formats",
            "wherewithal-plan",
        ],
    ),
    ("wherewithal-contract", &["wherewithal"]),
    // Not the whole core, so that a change in another engine does not recompile the store and its test suite.
    ("wherewithal-store", &["wherewithal-base", "wherewithal-household"]),
    ("wherewithal-server", &["wherewithal", "wherewithal-contract", "wherewithal-store"]),
    ("wherewithal-python", &["wherewithal", "wherewithal-contract"]),
    ("wherewithal-node", &["wherewithal", "wherewithal-contract"]),
    ("wherewithal-wasm", &["wherewithal", "wherewithal-contract"]),
    ("wherewithal-conformance", &["wherewithal-base", "wherewithal-household", "wherewithal-store"]),
    ("wherewithal-benches", &["wherewithal", "wherewithal-contract"]),
    ("wherewithal-codegen", &["wherewithal", "wherewithal-contract"]),
    ("wherewithal-bindgen", &[]),
    ("xtask", &[]),
];

/// Libraries for which only the listed packages may have a use: a language, a database, the network, rounding.
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
    // The store converts decimals to PostgreSQL's NUMERIC; it never rounds one. The benches compare with a simple loop
    // on it.
    ("rust_decimal", &["wherewithal-base", "wherewithal-store", "wherewithal-benches"]),
    ("chrono", &["wherewithal-base"]),
    // The pinned elementary functions.
    ("libm", &["wherewithal-base", "wherewithal-math"]),
    // Threads.
    ("rayon", &["wherewithal-math", "wherewithal-python", "wherewithal-benches"]),
];

/// Libraries that would give an engine access to input, output, a clock or entropy.
const NEVER_IN_ENGINES: &[&str] =
    &["tokio", "reqwest", "rand", "getrandom", "log", "tracing", "serde_json", "time", "uuid", "num_cpus"];

/// Fails if a package depends on one that it must not use.
pub(crate) fn check(root: &Path) -> Result<()> {
    let packages = direct_dependencies(root)?;
    let mut broken = Vec::new();
    for (package, dependencies) in &packages {
        let Some((_, allowed)) = MAY_DEPEND_ON.iter().find(|(name, _)| name == package) else {
            broken.push(format!("{package} has no rule: add it to layers.rs and to docs/ARCHITECTURE.md"));
            continue;
        };
        for dependency in dependencies {
            if packages.contains_key(dependency) && !allowed.contains(&dependency.as_str()) {
                broken.push(format!("{package} must not depend on {dependency}"));
            }
            if let Some((_, homes)) = ONLY_IN.iter().find(|(name, _)| name == dependency)
                && !homes.contains(&package.as_str())
            {
                broken.push(format!(
                    "{package} must not depend on {dependency}, which is reserved for {}",
                    homes.join(", ")
                ));
            }
            if is_engine(package) && NEVER_IN_ENGINES.contains(&dependency.as_str()) {
                broken.push(format!("{package} is an engine and must not depend on {dependency}"));
            }
        }
    }
    ensure!(broken.is_empty(), "forbidden dependencies:\n  {}", broken.join("\n  "));
    println!("the dependencies of {} packages follow the architecture", packages.len());
    Ok(())
}

/// Whether a package is the facade or one of `crates/engines`, its only dependencies.
fn is_engine(package: &str) -> bool {
    let facade = MAY_DEPEND_ON.iter().find(|(name, _)| *name == "wherewithal");
    package == "wherewithal" || facade.is_some_and(|(_, engines)| engines.contains(&package))
}

/// The direct dependencies of each package of the workspace, without those of its tests.
fn direct_dependencies(root: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps", "--locked"])
        .current_dir(root)
        .output()
        .context("cannot start cargo metadata")?;
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
