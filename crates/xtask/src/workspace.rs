//! Which packages are built together.
//!
//! Cargo unifies features over the packages of one command. Two commands that name other packages enable other
//! features of the libraries that they share, and each compiles the engines anew. So there are two selections here, one
//! for tests and one for what is shipped, and every build for this machine is made with one of them.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::artifact::Artifacts;

/// What is shipped for this machine: the command, the Python module and the Node addon.
const SHIPPED: [&str; 3] = ["wherewithal-server", "wherewithal-python", "wherewithal-node"];

/// Packages that link only inside their host language, in which their tests are written.
const NOT_TESTED_IN_RUST: [&str; 2] = ["wherewithal-python", "wherewithal-node"];

/// An example of ours. Naming one makes cargo enable the features that only tests need, as `cargo test` does.
const ANY_EXAMPLE: &str = "mortgage";

/// A command of cargo, such as `test`, on all packages that are tested in Rust.
pub(crate) fn tested(root: &Path, command: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args([command, "--locked", "--workspace"]).current_dir(root);
    for package in NOT_TESTED_IN_RUST {
        cargo.args(["--exclude", package]);
    }
    cargo
}

/// Builds a program that uses the engines, out of the same libraries as the tests.
pub(crate) fn program(root: &Path, name: &str) -> Result<PathBuf> {
    let mut cargo = tested(root, "build");
    Artifacts::build(cargo.args(["--quiet", "--example", ANY_EXAMPLE, "--bin", name]))?.program(name)
}

/// Builds what is shipped for this machine, in release mode.
pub(crate) fn shipped(root: &Path) -> Result<Artifacts> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--locked", "--release"]).current_dir(root);
    for package in SHIPPED {
        cargo.args(["--package", package]);
    }
    Artifacts::build(&mut cargo)
}
