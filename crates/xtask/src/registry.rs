//! The program with the registry of operations, `wherewithal-codegen`.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{process, workspace};

/// Writes every generated file, or with `check` fails if one of them is out of date.
pub(crate) fn generate(root: &Path, check: bool) -> Result<()> {
    let mut command = program(root)?;
    command.arg("generate");
    if check {
        command.arg("--check");
    }
    process::run_command(&mut command)
}

/// The program, without a task.
pub(crate) fn program(root: &Path) -> Result<Command> {
    Ok(Command::new(workspace::program(root, "wherewithal-codegen")?))
}
