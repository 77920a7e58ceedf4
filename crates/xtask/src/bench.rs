//! `cargo xtask bench`: the same work in this library and in other programs, side by side.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::{artifact::Artifacts, node, process, python, virtual_environment::VirtualEnvironment, wasm};

/// Builds everything, then runs `rounds` rounds of `workloads` (all by default).
pub(crate) fn run(root: &Path, rounds: u32, workloads: &[String]) -> Result<()> {
    python::build(root)?;
    let interpreter = environment(root)?;
    let packages = node_packages(root)?;
    if workloads.is_empty() || workloads.iter().any(|workload| workload == "w1") {
        node::build(root)?;
        wasm::build(root)?;
    }
    let program = rust_program(root)?;
    let mut runner = Command::new(interpreter);
    runner.arg(root.join("benches/peers/run.py")).arg(program).arg(packages).arg(rounds.to_string());
    process::run_command(runner.args(workloads).current_dir(root))
}

/// The interpreter of a virtual environment in `target/peers/venv` with the peers and this package.
fn environment(root: &Path) -> Result<PathBuf> {
    let environment = VirtualEnvironment {
        folder: root.join("target/peers/venv"),
        requirements: root.join("benches/peers/requirements.txt"),
    };
    environment.set_up()?;
    environment.pip(&["install", "--force-reinstall", "--no-deps"], &python::wheel(root)?)?;
    Ok(environment.interpreter())
}

/// The Node packages, in `target/peers/node`.
fn node_packages(root: &Path) -> Result<PathBuf> {
    let folder = root.join("target/peers/node");
    fs::create_dir_all(&folder)?;
    fs::copy(root.join("benches/peers/package.json"), folder.join("package.json"))?;
    process::run(&folder, "npm", &["install", "--silent", "--no-audit", "--no-fund"])?;
    Ok(folder)
}

/// The program in `benches/peers/rust`.
fn rust_program(root: &Path) -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--locked", "--release", "--package", "wherewithal-benches", "--bin", "peers"]);
    Artifacts::build(cargo.current_dir(root))?.program("peers")
}
