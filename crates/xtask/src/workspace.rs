//! The selections of packages to build together.
//!
//! Cargo unifies features over the packages of one command. Two commands with different packages enable different
//! features of shared libraries, and each compiles the engines again. So there are only two selections, one for tests
//! and one for shipped programs, and every build for this machine uses one of them.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::artifact::Artifacts;

/// The shipped packages for this machine: the command, the Python module and the Node addon.
const SHIPPED: [&str; 3] = ["wherewithal-server", "wherewithal-python", "wherewithal-node"];

/// Packages that link only within their host language, in which their tests are written.
const NOT_TESTED_IN_RUST: [&str; 2] = ["wherewithal-python", "wherewithal-node"];

/// Any example: with one, cargo enables the features of dev-dependencies, as in `cargo test`.
const ANY_EXAMPLE: &str = "mortgage";

/// A cargo command, such as `test`, on all packages that are tested in Rust.
pub(crate) fn tested(root: &Path, command: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args([command, "--locked", "--workspace"]).current_dir(root);
    for package in NOT_TESTED_IN_RUST {
        cargo.args(["--exclude", package]);
    }
    cargo
}

/// Builds a program that uses the engines, from the same libraries as the tests.
pub(crate) fn program(root: &Path, name: &str) -> Result<PathBuf> {
    let mut cargo = tested(root, "build");
    Artifacts::build(cargo.args(["--quiet", "--example", ANY_EXAMPLE, "--bin", name]))?.program(name)
}

/// Builds the shipped packages for this machine, in release mode.
pub(crate) fn shipped(root: &Path) -> Result<Artifacts> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--locked", "--release"]).current_dir(root);
    for package in SHIPPED {
        cargo.args(["--package", package]);
    }
    Artifacts::build(&mut cargo)
}
