//! The project's tasks: `cargo xtask codegen`, `cargo xtask test` and their parts.

mod codegen;
mod layers;
mod process;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The project's tasks.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write every generated file from the registry of operations.
    Codegen {
        /// Write nothing; fail if a file is out of date.
        #[arg(long)]
        check: bool,
    },
    /// Hold the dependencies of every package against the rules of the architecture.
    Layers,
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Codegen { check } => codegen::run(&root(), check),
        Task::Layers => layers::check(&root()),
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap_or(manifest).to_path_buf()
}
