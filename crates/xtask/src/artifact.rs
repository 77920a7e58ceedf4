//! Building a library of ours and finding the file that came of it.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Runs a prepared `cargo build` of `package` and returns the dynamic library (or WebAssembly module) it made.
///
/// Cargo is asked for the path, because configuration and environment may move the target directory.
pub(crate) fn library(command: &mut Command, package: &str) -> Result<PathBuf> {
    command.args(["--package", package, "--message-format", "json-render-diagnostics"]);
    let output = command.stderr(Stdio::inherit()).output().context("cargo does not start")?;
    ensure!(output.status.success(), "the build of {package} failed with {}", output.status);
    let text = String::from_utf8(output.stdout)?;
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages
        .filter(|message| is_library_of(message, package))
        .flat_map(|message| files(&message))
        .find(|file| {
            let extension = file.extension().and_then(|extension| extension.to_str());
            matches!(extension, Some("so" | "dylib" | "dll" | "wasm"))
        })
        .with_context(|| format!("cargo named no library of {package}"))
}

fn is_library_of(message: &Value, package: &str) -> bool {
    let target = message.get("target");
    let kinds = target.and_then(|target| target.get("kind")).and_then(Value::as_array);
    let name = target.and_then(|target| target.get("name")).and_then(Value::as_str);
    kinds.is_some_and(|kinds| kinds.contains(&Value::from("cdylib")))
        && name.is_some_and(|name| name.replace('_', "-") == package)
}

fn files(message: &Value) -> Vec<PathBuf> {
    let names = message.get("filenames").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).map(|name| Path::new(name).to_owned()).collect()
}
