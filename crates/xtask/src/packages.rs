//! What would be published: the packages of Rust as cargo packs them, and the licences in the wheel.
//!
//! The packages for npm are held to the same by their own tests.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::process;

/// Files that every published package carries.
const EXPECTED: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// Packs every package of Rust that may be published, as `cargo publish` would, without uploading.
///
/// Cargo judges the manifests, the versions of the packages that depend on each other, and that their files are there.
/// It does not compile what it packed, which would compile every engine once more.
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

/// The packages whose manifests do not say `publish = false`.
pub(crate) fn public(root: &Path) -> Result<Vec<String>> {
    let metadata =
        process::output(root, "cargo", &["metadata", "--format-version", "1", "--no-deps", "--locked"])?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("no packages")?;
    let public = packages.iter().filter(|package| package.get("publish").is_some_and(Value::is_null));
    Ok(public.filter_map(|package| package.get("name")?.as_str().map(str::to_owned)).collect())
}

/// Fails unless the wheel carries the licences.
pub(crate) fn check_wheel(interpreter: &Path, wheel: &Path) -> Result<()> {
    let folder = wheel.parent().context("a wheel without a folder")?;
    let arguments = ["-m".as_ref(), "zipfile".as_ref(), "--list".as_ref(), wheel.as_os_str()];
    let files = process::output(folder, interpreter, &arguments)?;
    for expected in ["LICENSE-APACHE", "LICENSE-MIT"] {
        ensure!(files.contains(&format!("licenses/{expected}")), "the wheel has no {expected}");
    }
    Ok(())
}
