//! Recomputes the golden vectors with the programs of `tests/oracles`.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{process, python, virtual_environment::VirtualEnvironment};

const FOLDER: &str = "tests/oracles";

/// Runs the programs with `arguments`: families or operations, `--fast`, `--list`.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let environment = VirtualEnvironment {
        folder: root.join("target/oracles"),
        requirements: root.join(FOLDER).join("requirements.txt"),
    };
    environment.set_up()?;
    let mut programs = Command::new(environment.interpreter());
    process::run_command(programs.arg(root.join(FOLDER).join("run.py")).args(arguments).current_dir(root))
}

/// Checks the programs' format and recomputes what takes no more than moments.
pub(crate) fn test(root: &Path) -> Result<()> {
    python::check_sources(root, FOLDER)?;
    run(root, &["--fast".to_owned()])
}
