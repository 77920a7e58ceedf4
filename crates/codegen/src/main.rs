//! The tasks that need the registry of operations: writing the generated files, and running golden vectors in Rust.
//!
//! A separate program, so that `cargo xtask` starts without compiling the engines.

mod answers;
mod codegen;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Parser;

/// The tasks that need the registry of operations, for `cargo xtask`.
#[derive(Parser)]
enum Task {
    /// Write every generated file.
    Generate {
        /// Write nothing; fail if a file is out of date.
        #[arg(long)]
        check: bool,
    },
    /// Read one vector per line, `{"key", "operation", "input"}`, and print `{"key", "raw"}` for each.
    Answer,
}

fn main() -> Result<()> {
    match Task::parse() {
        Task::Generate { check } => codegen::run(&root(), check),
        Task::Answer => answers::run(std::io::stdin().lock(), std::io::stdout().lock()),
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap_or(manifest).to_path_buf()
}
