//! `cargo xtask test`: installs the tools of the tests, then runs every test in every language, or selected parts.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::{
    artifact::Artifacts, dependencies, families, field_names, lanes, layers, node, oracles, packages, parity,
    process, python, registry, rust_tests, snippets, steps::Steps, system::Program, wasm, words, workspace,
};

/// The options of a run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run only this part and the builds that it depends on; may be given several times.
    #[arg(long, value_name = "PART")]
    only: Vec<Part>,
    /// In the part `rust`, run only the tests of this package; may be given several times.
    ///
    /// Cargo enables the features for this package, which may differ from those of the whole workspace: the first run
    /// recompiles its dependencies.
    #[arg(long, value_name = "NAME")]
    package: Vec<String>,
    /// Print the parts with their descriptions, and run nothing.
    #[arg(long)]
    list: bool,
    /// If a program cannot be installed (a browser, PostgreSQL), report it and run the other tests.
    #[arg(long)]
    allow_missing: bool,
    /// Write the seconds of each part to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    times: Option<PathBuf>,
    /// Run a part without the builds that it depends on, and print its output alone. A run of all parts runs each so.
    #[arg(long, hide = true, requires = "only")]
    alone: bool,
    /// A program that could not be installed.
    #[arg(long, hide = true, requires = "alone")]
    missing: Vec<Program>,
}

/// A part of the tests. They begin in this order, but for those that run beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Each package has only the dependencies that the architecture allows.
    Layers,
    /// Licences and sources of the dependencies.
    Dependencies,
    /// The words of pages, manifests, comments and messages; the names of fields in messages.
    Words,
    /// The format of the Rust sources.
    Format,
    /// Clippy on every target of every package.
    Lints,
    /// Each family of operations compiles without the others.
    Families,
    /// The documentation of the published libraries, without warnings.
    Documentation,
    /// The golden vectors recomputed by the independent programs of `tests/oracles`, without the slow ones, and random
    /// histories of trades compared with them.
    Oracles,
    /// Unit, property, end-to-end and documentation tests in Rust, on both databases.
    Rust,
    /// The generated files are up to date.
    Generated,
    /// The examples in Rust.
    Examples,
    /// The packages to publish: manifests, files and licences of the Rust packages, packed but not uploaded.
    Packages,
    /// The release build of the command, the Python module and the Node addon.
    Release,
    /// Builds and installs the Python package.
    PythonPackage,
    /// The tests in Python, types and stubs included.
    Python,
    /// Builds the Node package.
    NodePackage,
    /// The tests in Node.
    Node,
    /// Builds the browser package.
    BrowserPackage,
    /// The tests in a real browser.
    Browser,
    /// Both JavaScript packages as users install them: contents, types, loading.
    Installed,
    /// The golden vectors through all six interfaces, compared bit for bit.
    Parity,
    /// The snippets of the README, run as by a reader.
    Snippets,
    /// The fuzz targets compile.
    Fuzz,
}

impl Part {
    /// The builds that this part depends on.
    pub(crate) fn needs(self) -> &'static [Self] {
        match self {
            // Both are made of the release build; beside it, they would only wait for cargo's lock.
            Self::PythonPackage | Self::NodePackage => &[Self::Release],
            Self::Python => &[Self::PythonPackage],
            Self::Node => &[Self::NodePackage],
            Self::Browser => &[Self::BrowserPackage],
            Self::Installed => &[Self::NodePackage, Self::BrowserPackage],
            Self::Parity | Self::Snippets => {
                &[Self::Release, Self::PythonPackage, Self::NodePackage, Self::BrowserPackage]
            }
            _ => &[],
        }
    }

    /// The external programs of this part, which only the system's package manager can install.
    fn programs(self) -> &'static [Program] {
        match self {
            Self::Rust => &[Program::Postgres],
            Self::Browser | Self::Parity | Self::Snippets => &[Program::Chromium],
            _ => &[],
        }
    }

    /// Whether another such part may run at the same time: it builds, checks or recomputes, and measures no time.
    pub(crate) fn runs_beside_others(self) -> bool {
        !matches!(
            self,
            Self::Rust
                | Self::Python
                | Self::Node
                | Self::Browser
                | Self::Installed
                | Self::Parity
                | Self::Snippets
        )
    }

    /// The name on the command line.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// A description in one line.
    fn help(self) -> String {
        let value = self.to_possible_value();
        value.and_then(|value| value.get_help().map(ToString::to_string)).unwrap_or_default()
    }
}

/// Runs the tests by the options.
pub(crate) fn run(root: &Path, options: &Options) -> Result<()> {
    if options.list {
        for part in Part::value_variants() {
            println!("{:<16} {}", part.name(), part.help());
        }
        return Ok(());
    }
    if options.alone {
        return options.only.iter().try_for_each(|part| run_part(root, *part, options, &options.missing));
    }
    let parts = plan(&options.only);
    let missing = install(&parts, options.allow_missing)?;
    let mut steps = Steps::begin();
    let without_browser = missing.contains(&Program::Chromium) && parts.contains(&Part::Browser);
    if without_browser {
        steps.leave_out("browser (needs chromium)");
    }
    let in_order = Part::value_variants().iter().copied();
    let parts_to_run: Vec<Part> = in_order
        .filter(|part| parts.contains(part) && !(without_browser && *part == Part::Browser))
        .collect();
    if options.only.is_empty() && options.package.is_empty() {
        lanes::run(parts_to_run, &missing, &mut steps)?;
    } else {
        for part in parts_to_run {
            steps.run(part.name(), || run_part(root, part, options, &missing));
        }
    }
    if let Some(file) = &options.times {
        steps.write_times(file)?;
    }
    for program in &missing {
        steps.leave_out(format!("tests that need {}", program.name()));
    }
    let others: Vec<String> =
        Part::value_variants().iter().filter(|part| !parts.contains(part)).map(|part| part.name()).collect();
    if !others.is_empty() {
        steps.leave_out(format!("{} (not chosen)", others.join(", ")));
    }
    steps.finish()
}

/// The parts to run: all, or the selected ones and their builds.
fn plan(only: &[Part]) -> Vec<Part> {
    if only.is_empty() {
        return Part::value_variants().to_vec();
    }
    only.iter().flat_map(|part| part.needs().iter().chain([part])).copied().collect()
}

/// Installs the programs of the parts; returns those that cannot be installed, or an error.
fn install(parts: &[Part], allow_missing: bool) -> Result<Vec<Program>> {
    let mut missing = Vec::new();
    for program in Program::ALL {
        if !parts.iter().any(|part| part.programs().contains(&program)) {
            continue;
        }
        if let Err(error) = program.install() {
            if !allow_missing {
                bail!("{error:#}\n(`cargo xtask test --allow-missing` runs the other tests)");
            }
            println!("MISSING {}: {error:#}", program.name());
            missing.push(program);
        }
    }
    Ok(missing)
}

fn run_part(root: &Path, part: Part, options: &Options, missing: &[Program]) -> Result<()> {
    let browser = !missing.contains(&Program::Chromium);
    match part {
        Part::Layers => layers::check(root),
        Part::Dependencies => dependencies::check(root),
        Part::Words => words::check(root).and_then(|()| field_names::check(root)),
        Part::Format => cargo(root, &["fmt", "--all", "--check"]),
        Part::Lints => {
            cargo(root, &["clippy", "--locked", "--workspace", "--all-targets", "--", "--deny", "warnings"])
        }
        Part::Families => families::check(root),
        Part::Documentation => documentation(root),
        Part::Oracles => oracles::test(root),
        Part::Rust => rust_tests::run(root, &options.package, missing),
        Part::Generated => registry::generate(root, true),
        Part::Examples => examples(root),
        Part::Packages => packages::check(root),
        Part::Release => workspace::shipped(root).map(drop),
        Part::PythonPackage => python::build(root),
        Part::Python => python::test(root),
        Part::NodePackage => node::build(root),
        Part::Node => node::test(root),
        Part::BrowserPackage => wasm::build(root),
        Part::Browser => wasm::test(root),
        Part::Installed => node::test_installed(root),
        Part::Parity => parity::run(root, browser),
        Part::Snippets => snippets::run(root, browser),
        // A separate workspace, which shares no build artifacts: only checked, because running the targets needs `cargo
        // fuzz` and a nightly compiler anyway.
        Part::Fuzz => cargo(root, &["check", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--bins"]),
    }
}

/// Documents the published libraries; the server is a library only for its own program and tests.
fn documentation(root: &Path) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["doc", "--locked", "--no-deps", "--lib", "--quiet"]);
    for package in packages::public(root)?.iter().filter(|package| *package != "wherewithal-server") {
        command.args(["--package", package]);
    }
    process::run_command(command.env("RUSTDOCFLAGS", "--deny warnings").current_dir(root))
}

/// Runs the examples, which are compiled with the tests.
fn examples(root: &Path) -> Result<()> {
    let artifacts = Artifacts::build(workspace::tested(root, "build").args(["--quiet", "--examples"]))?;
    for example in ["mortgage", "loans", "household", "retirement"] {
        process::run(root, artifacts.program(example)?, &[""; 0])?;
    }
    Ok(())
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<()> {
    process::run(root, "cargo", arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_brings_the_builds_that_it_needs() {
        assert_eq!(plan(&[Part::Layers]), [Part::Layers]);
        assert_eq!(plan(&[Part::Python]), [Part::PythonPackage, Part::Python]);
        assert_eq!(plan(&[]), Part::value_variants());
    }

    #[test]
    fn what_a_part_needs_runs_before_it() {
        for (index, part) in Part::value_variants().iter().enumerate() {
            let earlier = &Part::value_variants()[..index];
            assert!(part.needs().iter().all(|needed| earlier.contains(needed)), "{part:?}");
        }
    }

    #[test]
    fn every_part_says_what_it_tests() {
        assert!(Part::value_variants().iter().all(|part| !part.help().is_empty()));
    }
}
