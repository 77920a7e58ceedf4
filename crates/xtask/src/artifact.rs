//! Running `cargo build` and finding its artifacts.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Cargo's messages about a successful build.
///
/// The paths come from cargo, because configuration and environment can move the target directory.
pub(crate) struct Artifacts {
    messages: String,
}

impl Artifacts {
    /// Runs a prepared `cargo build`.
    pub(crate) fn build(command: &mut Command) -> Result<Self> {
        command.args(["--message-format", "json-render-diagnostics"]);
        let output = command.stderr(Stdio::inherit()).output().context("cannot start cargo")?;
        ensure!(output.status.success(), "the build failed with {}", output.status);
        Ok(Self { messages: String::from_utf8(output.stdout)? })
    }

    /// Cargo's messages as printed, one JSON object per line.
    pub(crate) fn messages(&self) -> &str {
        &self.messages
    }

    /// The dynamic library or WebAssembly module of a package.
    pub(crate) fn library(&self, package: &str) -> Result<PathBuf> {
        self.artifacts()
            .filter(|artifact| is_library_of(artifact, package))
            .flat_map(|artifact| files(&artifact))
            .find(|file| {
                let extension = file.extension().and_then(|extension| extension.to_str());
                matches!(extension, Some("so" | "dylib" | "dll" | "wasm"))
            })
            .with_context(|| format!("cargo reported no library of {package}"))
    }

    /// The program or example `name`.
    pub(crate) fn program(&self, name: &str) -> Result<PathBuf> {
        self.artifacts()
            .filter(|artifact| artifact.pointer("/target/name").and_then(Value::as_str) == Some(name))
            .find_map(|artifact| artifact.get("executable")?.as_str().map(PathBuf::from))
            .with_context(|| format!("cargo reported no program {name}"))
    }

    /// The test programs, those with more than unit tests first, since they take longest.
    pub(crate) fn test_programs(&self) -> Result<Vec<TestProgram>> {
        let is_test = |artifact: &Value| artifact.pointer("/profile/test") == Some(&Value::Bool(true));
        let mut programs = self
            .artifacts()
            .filter(is_test)
            .map(|artifact| test_program(&artifact))
            .collect::<Result<Vec<_>>>()?;
        programs.sort_by_key(|program| !program.is_integration);
        Ok(programs)
    }

    fn artifacts(&self) -> impl Iterator<Item = Value> {
        self.messages.lines().filter_map(|line| serde_json::from_str(line).ok())
    }
}

/// A program with tests.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TestProgram {
    /// The package and the target, such as `wherewithal-contract growth`.
    pub(crate) name: String,
    pub(crate) executable: PathBuf,
    pub(crate) package_folder: PathBuf,
    /// Whether it is a target of its own, beside the unit tests of a library or a program.
    pub(crate) is_integration: bool,
}

fn test_program(artifact: &Value) -> Result<TestProgram> {
    let text = |pointer: &str| artifact.pointer(pointer).and_then(Value::as_str);
    let target = text("/target/name").context("cargo names no target")?;
    let package = package_of(text("/package_id").unwrap_or_default());
    let executable = text("/executable").with_context(|| format!("cargo built no program of {target}"))?;
    let manifest = text("/manifest_path").with_context(|| format!("cargo names no manifest of {target}"))?;
    let package_folder = Path::new(manifest).parent().context("a manifest is in a folder")?.to_owned();
    let is_integration = artifact.pointer("/target/kind/0").and_then(Value::as_str) == Some("test");
    Ok(TestProgram {
        name: format!("{package} {target}"),
        executable: PathBuf::from(executable),
        package_folder,
        is_integration,
    })
}

fn is_library_of(artifact: &Value, package: &str) -> bool {
    let kinds = artifact.pointer("/target/kind").and_then(Value::as_array);
    let id = artifact.get("package_id").and_then(Value::as_str).unwrap_or_default();
    kinds.is_some_and(|kinds| kinds.contains(&Value::from("cdylib"))) && package_of(id) == package
}

/// The package of an identifier such as `path+file:///x/bindings/node#wherewithal-node@0.1.0`.
///
/// Cargo leaves the name out if the folder has it: `path+file:///x/wherewithal-node#0.1.0`.
fn package_of(id: &str) -> &str {
    let (address, fragment) = id.split_once('#').unwrap_or((id, ""));
    match fragment.split_once('@') {
        Some((name, _)) => name,
        None => address.rsplit('/').next().unwrap_or_default(),
    }
}

fn files(artifact: &Value) -> Vec<PathBuf> {
    let names = artifact.get("filenames").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).map(|name| Path::new(name).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_found_by_its_package_and_a_program_by_its_name() {
        let messages = concat!(
            r#"{"reason":"compiler-artifact","package_id":"path+file:///x/bindings/python#wherewithal-python@0.1.0","#,
            r#""target":{"kind":["cdylib"],"name":"_native"},"filenames":["/t/lib_native.so"]}"#,
            "\n",
            r#"{"reason":"compiler-artifact","package_id":"path+file:///x/crates/server#wherewithal-server@0.1.0","#,
            r#""target":{"kind":["bin"],"name":"wherewithal"},"executable":"/t/wherewithal"}"#,
        );
        let artifacts = Artifacts { messages: messages.to_owned() };
        assert_eq!(artifacts.library("wherewithal-python").unwrap(), Path::new("/t/lib_native.so"));
        assert_eq!(artifacts.program("wherewithal").unwrap(), Path::new("/t/wherewithal"));
        assert!(artifacts.library("wherewithal-node").is_err());
        assert!(artifacts.program("mortgage").is_err());
    }

    #[test]
    fn programs_with_tests_are_found_with_their_folder() {
        let messages = concat!(
            r#"{"reason":"compiler-artifact","package_id":"path+file:///x/base#wherewithal-base@0.1.0","#,
            r#""manifest_path":"/x/base/Cargo.toml","target":{"kind":["lib"],"name":"wherewithal_base"},"#,
            r#""profile":{"test":true},"executable":"/t/wherewithal_base-1"}"#,
            "\n",
            r#"{"reason":"compiler-artifact","package_id":"path+file:///x/base#wherewithal-base@0.1.0","#,
            r#""manifest_path":"/x/base/Cargo.toml","target":{"kind":["lib"],"name":"wherewithal_base"},"#,
            r#""profile":{"test":false},"executable":null}"#,
            "\n",
            r#"{"reason":"compiler-artifact","package_id":"path+file:///x/contract#wherewithal-contract@0.1.0","#,
            r#""manifest_path":"/x/contract/Cargo.toml","target":{"kind":["test"],"name":"growth"},"#,
            r#""profile":{"test":true},"executable":"/t/growth-1"}"#,
        );
        let programs = Artifacts { messages: messages.to_owned() }.test_programs().unwrap();
        let names: Vec<&str> = programs.iter().map(|program| program.name.as_str()).collect();
        assert_eq!(names, ["wherewithal-contract growth", "wherewithal-base wherewithal_base"]);
        assert_eq!(programs[0].package_folder, Path::new("/x/contract"));
        assert_eq!(programs[0].executable, Path::new("/t/growth-1"));
    }

    #[test]
    fn the_name_of_a_package_may_be_that_of_its_folder() {
        assert_eq!(package_of("path+file:///x/wherewithal-node#0.1.0"), "wherewithal-node");
        assert_eq!(package_of("path+file:///x/node#wherewithal-node@0.1.0"), "wherewithal-node");
    }
}
