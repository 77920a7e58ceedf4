//! The tools from npm, and the packages built with them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::process;

/// The folder of the shared TypeScript, whose `package.json` lists the tools.
pub(crate) fn folder(root: &Path) -> PathBuf {
    root.join("bindings/ts")
}

/// Installs the tools, unless the versions of the lock file are already installed.
pub(crate) fn set_up(root: &Path) -> Result<()> {
    let _lock = process::lock(&root.join("target/npm.lock"))?;
    let folder = folder(root);
    let wanted = fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.wherewithal-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    ensure!(process::exists("node"), "Node 20 or later is missing: https://nodejs.org");
    let mut command = npm(&folder);
    process::run_command(command.args(["ci", "--loglevel", "error"]))?;
    fs::write(stamp, wanted)?;
    Ok(())
}

/// `npm` as a command in a folder.
pub(crate) fn npm(folder: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folder);
    command
}

/// Runs a tool of npm with `node`.
pub(crate) fn tool(root: &Path, script: &str, arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("node");
    command.arg(folder(root).join("node_modules").join(script)).args(arguments).current_dir(folder(root));
    process::run_command(&mut command)
}

/// Compiles the TypeScript of a package into its folder `dist`, emptied before.
pub(crate) fn compile(root: &Path, package: &str) -> Result<()> {
    let dist = root.join("bindings").join(package).join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    tool(root, "typescript/bin/tsc", &["--project", &format!("../{package}/tsconfig.json")])
}

/// Fails unless the package has the version of the workspace, and copies the licences to publish with it.
pub(crate) fn complete(root: &Path, package: &str) -> Result<()> {
    let folder = root.join("bindings").join(package);
    let manifest: Value = serde_json::from_slice(&fs::read(folder.join("package.json"))?)?;
    let version = manifest.get("version").and_then(Value::as_str).context("the package has no version")?;
    ensure!(
        version == env!("CARGO_PKG_VERSION"),
        "bindings/{package}/package.json has version {version}, the workspace {}",
        env!("CARGO_PKG_VERSION")
    );
    for entry in fs::read_dir(root)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("LICENSE") {
            fs::copy(&path, folder.join(name))?;
        }
    }
    Ok(())
}
