//! Recomputes the golden vectors with the programs of `tests/oracles`, and compares random histories.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{process, python, virtual_environment::VirtualEnvironment, workspace};

const FOLDER: &str = "tests/oracles";

/// The programs that compare random histories with the engine, how many histories they make in a test, and their seed.
const HISTORIES: [(&str, u32, u32); 4] = [
    ("lots_random.py", 400, 1),
    ("lots_peer.py", 100, 1),
    ("lots_united_kingdom.py", 100, 1),
    ("payoff_random.py", 200, 1),
];

/// Runs the programs with `arguments`: families or operations, `--fast`, `--list`.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let mut programs = python(root)?;
    process::run_command(programs.arg(root.join(FOLDER).join("run.py")).args(arguments))
}

/// Checks the programs' format, recomputes what takes no more than moments, and compares some random histories.
pub(crate) fn test(root: &Path) -> Result<()> {
    python::check_sources(root, FOLDER)?;
    run(root, &["--fast".to_owned()])?;
    let engine = workspace::program(root, "wherewithal-codegen")?;
    for (program, count, seed) in HISTORIES {
        let mut compare = python(root)?;
        compare.arg(root.join(FOLDER).join(program)).args([count.to_string(), seed.to_string()]);
        process::run_command(compare.arg("--engine").arg(&engine))?;
    }
    Ok(())
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
