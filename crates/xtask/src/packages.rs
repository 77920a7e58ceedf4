//! The check of the packages to publish: the Rust packages as packed by cargo, and the licences in the wheel.
//!
//! The tests of the npm packages check the same for those.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::process;

/// The files that every published package must contain.
const EXPECTED: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// Packs every Rust package to publish, like `cargo publish` without uploading.
///
/// Cargo checks the manifests, the versions of dependencies between the packages, and that their files exist. It does
/// not compile the result, which would compile every engine once more.
pub(crate) fn check(root: &Path) -> Result<()> {
    let mut publish = Command::new("cargo");
    publish.args([
        "publish",
        "--dry-run",
        "--workspace",
        "--locked",
        "--no-verify",
        "--allow-dirty",
        "--quiet",
    ]);
    process::run_command(publish.current_dir(root))?;
    let packages = public(root)?;
    for package in &packages {
        let list = ["package", "--list", "--allow-dirty", "--package", package];
        let files = process::output(root, "cargo", &list)?;
        for expected in EXPECTED {
            ensure!(
                files.lines().any(|file| file == expected),
                "{package} would be published without {expected}"
            );
        }
    }
    println!("{} packages can be published: {}", packages.len(), packages.join(", "));
    Ok(())
}

/// The packages without `publish = false` in their manifests.
pub(crate) fn public(root: &Path) -> Result<Vec<String>> {
    let metadata =
        process::output(root, "cargo", &["metadata", "--format-version", "1", "--no-deps", "--locked"])?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("no packages")?;
    let public = packages.iter().filter(|package| package.get("publish").is_some_and(Value::is_null));
    Ok(public.filter_map(|package| package.get("name")?.as_str().map(str::to_owned)).collect())
}

/// Fails unless the wheel contains the licences.
pub(crate) fn check_wheel(interpreter: &Path, wheel: &Path) -> Result<()> {
    let folder = wheel.parent().context("a wheel without a folder")?;
    let arguments = ["-m".as_ref(), "zipfile".as_ref(), "--list".as_ref(), wheel.as_os_str()];
    let files = process::output(folder, interpreter, &arguments)?;
    for expected in ["LICENSE-APACHE", "LICENSE-MIT"] {
        ensure!(files.contains(&format!("licenses/{expected}")), "the wheel has no {expected}");
    }
    Ok(())
}
