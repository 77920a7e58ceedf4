//! The tasks of the project: `cargo xtask codegen`, `cargo xtask test` and others.

mod artifact;
mod bench;
mod build_times;
mod dependencies;
mod environment;
mod families;
mod field_names;
mod fuzz;
mod lanes;
mod layers;
mod maturin;
mod node;
mod npm;
mod oracles;
mod packages;
mod parity;
mod portable;
mod process;
mod python;
mod registry;
mod rust_tests;
mod snippets;
mod steps;
mod system;
mod test;
mod virtual_environment;
mod wasm;
mod words;
mod workspace;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The tasks of the project.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install the tools of the tests, then run every test in every language.
    Test(test::Options),
    /// Run the golden vectors through all six interfaces, which must have been built.
    Parity {
        /// Leave out the browser.
        #[arg(long)]
        without_browser: bool,
    },
    /// Run the golden vectors in Rust alone and compare the results with their sources.
    Vectors {
        /// Only the vectors in files with this prefix, such as `debt/`.
        #[arg(default_value = "")]
        prefix: String,
    },
    /// Recompute the golden vectors with the independent programs of `tests/oracles`, and fail on a difference.
    Oracles {
        /// Families or operations, such as `debt` or `debt.schedule`; `--fast` leaves out what takes minutes,
        /// `--full` adds a great many random histories of trades.
        #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
        arguments: Vec<String>,
    },
    /// Run the snippets of the README; every package must have been built.
    Snippets {
        /// Leave out those for the browser.
        #[arg(long)]
        without_browser: bool,
    },
    /// Write every generated file from the registry of operations.
    Codegen {
        /// Write nothing; fail if a file is out of date.
        #[arg(long)]
        check: bool,
    },
    /// Run the benchmarks in this library and in other programs, side by side, and print the speedups.
    Bench {
        /// The number of runs of each program; the shortest time counts.
        #[arg(long, default_value_t = 3)]
        rounds: u32,
        /// The workloads to run, such as `w6`; all by default.
        workloads: Vec<String>,
    },
    /// Run the fuzz targets with coverage, five minutes each, from the golden vectors on.
    Fuzz(fuzz::Options),
    /// Measure build times in a fresh clone, and write `docs/BUILD_TIMES.md`.
    BuildTimes(build_times::Options),
    /// Check the dependencies of every package against the rules of the architecture.
    Layers,
    /// Build the Python package and install it in `target/venv`.
    BuildPython {
        /// Build a wheel for this glibc or a later one instead, such as `2.17`, in `target/portable/wheels`.
        #[arg(long)]
        glibc: Option<String>,
    },
    /// Build the Node package.
    BuildNode,
    /// Build the browser package.
    BuildWasm {
        /// The compiler, instead of the one found.
        #[arg(long)]
        compiler: Option<wasm::Compiler>,
    },
}

fn main() -> Result<ExitCode> {
    if let Some(outcome) = maturin::stand_in() {
        return outcome;
    }
    run(Arguments::parse().task).map(|()| ExitCode::SUCCESS)
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Test(options) => test::run(&root(), &options),
        Task::Parity { without_browser } => parity::run(&root(), !without_browser),
        Task::Vectors { prefix } => parity::run_in_rust(&root(), &prefix),
        Task::Oracles { arguments } => oracles::run(&root(), &arguments),
        Task::Snippets { without_browser } => snippets::run(&root(), !without_browser),
        Task::Codegen { check } => registry::generate(&root(), check),
        Task::Bench { rounds, workloads } => bench::run(&root(), rounds, &workloads),
        Task::Fuzz(options) => fuzz::run(&root(), &options),
        Task::BuildTimes(options) => build_times::run(&root(), &options),
        Task::Layers => layers::check(&root()),
        Task::BuildPython { glibc: None } => python::build(&root()),
        Task::BuildPython { glibc: Some(glibc) } => portable::build(&root(), &glibc),
        Task::BuildNode => node::build(&root()),
        Task::BuildWasm { compiler: None } => wasm::build(&root()),
        Task::BuildWasm { compiler: Some(compiler) } => wasm::build_with(&root(), compiler),
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap_or(manifest).to_path_buf()
}
