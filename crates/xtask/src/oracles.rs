//! Recomputes the golden vectors with the programs of `tests/oracles`, and compares random histories.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{process, python, virtual_environment::VirtualEnvironment, workspace};

const FOLDER: &str = "tests/oracles";

/// What asks for the random histories as well, many of them, which takes a quarter of an hour.
const FULL: &str = "--full";

/// Runs the programs with `arguments`: families or operations, `--fast`, `--list`; with `--full` the random histories too.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let recomputed: Vec<&String> = arguments.iter().filter(|argument| *argument != FULL).collect();
    let mut programs = python(root)?;
    process::run_command(programs.arg(root.join(FOLDER).join("run.py")).args(&recomputed))?;
    if recomputed.len() < arguments.len() { histories(root, &[FULL]) } else { Ok(()) }
}

/// Checks the programs' format, recomputes what takes no more than moments, and compares some random histories.
pub(crate) fn test(root: &Path) -> Result<()> {
    python::check_sources(root, FOLDER)?;
    run(root, &["--fast".to_owned()])?;
    histories(root, &[])
}

/// Compares random histories of trades with the engine.
fn histories(root: &Path, arguments: &[&str]) -> Result<()> {
    let engine = workspace::program(root, "wherewithal-codegen")?;
    let mut compare = python(root)?;
    compare.arg(root.join(FOLDER).join("histories.py")).args(arguments).arg("--engine").arg(&engine);
    process::run_command(&mut compare)
}

/// The interpreter with the packages of the programs.
fn python(root: &Path) -> Result<Command> {
    let environment = VirtualEnvironment {
        folder: root.join("target/oracles"),
        requirements: root.join(FOLDER).join("requirements.txt"),
    };
    environment.set_up()?;
    let mut interpreter = Command::new(environment.interpreter());
    interpreter.current_dir(root);
    Ok(interpreter)
}
