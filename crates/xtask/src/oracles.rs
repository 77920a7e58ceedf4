//! Recomputes the golden vectors with the programs of `tests/oracles`.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{process, python, virtual_environment::VirtualEnvironment};

const FOLDER: &str = "tests/oracles";

/// The families of which every vector that rests on a program has one in the tree.
const COVERED: [&str; 8] = [
    "dates",
    "rates",
    "time_value",
    "debt",
    "net_worth",
    "mortality",
    "social_security",
    "retirement_accounts",
];

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
    let arguments = ["--fast"].into_iter().chain(COVERED).map(str::to_owned);
    run(root, &arguments.collect::<Vec<_>>())
}
