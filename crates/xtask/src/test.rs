//! `cargo xtask test`: sets up what the tests need, then runs every test in every language.

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::{
    codegen, dependencies, environment, layers, node, parity, process, python, snippets, system::Part, wasm,
};

/// Runs everything. With `allow_missing`, parts that cannot be installed are named and left out.
pub(crate) fn run(root: &Path, allow_missing: bool) -> Result<()> {
    let missing = set_up(allow_missing)?;
    let browser = !missing.contains(&Part::Chromium);
    let tests = environment::with_missing(&missing);
    let mut steps = Steps::default();

    steps.run("layers", || layers::check(root));
    steps.run("licences and sources of dependencies", || dependencies::check(root));
    steps.run("generated files", || codegen::run(root, true));
    steps.run("format", || process::run(root, "cargo", &["fmt", "--all", "--check"]));
    steps.run("lints", || {
        cargo(root, &["clippy", "--locked", "--workspace", "--all-targets", "--", "--deny", "warnings"])
    });
    steps.run("documentation", || {
        let mut command = Command::new("cargo");
        command.args(["doc", "--locked", "--no-deps", "--quiet", "--package", "wherewithal"]);
        command.args(["--package", "wherewithal-contract", "--package", "wherewithal-store"]);
        command.env("RUSTDOCFLAGS", "--deny warnings").current_dir(root);
        process::run_command(&mut command)
    });
    steps.run("Rust tests", || {
        let mut command = Command::new("cargo");
        // The extension modules need their host language to link: their tests are in that language.
        command.args(["test", "--locked", "--workspace", "--no-fail-fast"]);
        command.args(["--exclude", "wherewithal-python", "--exclude", "wherewithal-node"]);
        command.envs(tests.clone()).current_dir(root);
        process::run_command(&mut command)
    });
    steps.run("Rust examples", || {
        for example in ["mortgage", "loans", "household", "retirement"] {
            cargo(
                root,
                &["run", "--locked", "--quiet", "--package", "wherewithal-contract", "--example", example],
            )?;
        }
        Ok(())
    });
    steps.run("server, release build", || {
        cargo(root, &["build", "--locked", "--release", "--package", "wherewithal-server"])
    });
    steps.run("Python package", || python::build(root));
    steps.run("Python tests", || python::test(root));
    steps.run("Node package", || node::build(root));
    steps.run("browser package", || wasm::build(root));
    steps.run("Node and browser tests", || node::test(root, browser));
    steps.run("six faces, the same bits", || parity::run(root, browser));
    steps.run("snippets of README and guide", || snippets::run(root, browser));
    steps.run("fuzz targets build", || fuzz_builds(root));
    steps.finish(&missing)
}

/// Installs what the tests need from outside; the parts that cannot be had are returned, or an error.
fn set_up(allow_missing: bool) -> Result<Vec<Part>> {
    let mut missing = Vec::new();
    for part in Part::ALL {
        if let Err(error) = part.install() {
            if !allow_missing {
                bail!("{error:#}\n(`cargo xtask test --allow-missing` runs the other tests)");
            }
            println!("MISSING {}: {error:#}", part.name());
            missing.push(part);
        }
    }
    Ok(missing)
}

/// Builds the targets without instrumentation, which needs no unstable compiler; `cargo fuzz run` adds it.
fn fuzz_builds(root: &Path) -> Result<()> {
    cargo(root, &["build", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--bins"])
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<()> {
    process::run(root, "cargo", arguments)
}

/// The steps so far, with their outcome and time.
#[derive(Default)]
struct Steps {
    done: Vec<(&'static str, Duration, Option<String>)>,
}

impl Steps {
    /// Runs a step; a failure is kept and the next step runs all the same, so that one run shows every failure.
    #[expect(
        clippy::disallowed_methods,
        reason = "the time of a step is shown to people and decides nothing"
    )]
    fn run(&mut self, name: &'static str, step: impl FnOnce() -> Result<()>) {
        println!("\n=== {name}");
        let start = Instant::now();
        let failure = step().err().map(|error| format!("{error:#}"));
        if let Some(failure) = &failure {
            println!("FAILED {name}: {failure}");
        }
        self.done.push((name, start.elapsed(), failure));
    }

    fn finish(self, missing: &[Part]) -> Result<()> {
        println!("\n=== summary");
        for (name, time, failure) in &self.done {
            let outcome = if failure.is_some() { "FAILED" } else { "ok" };
            println!("{outcome:>6}  {:>6.1} s  {name}", time.as_secs_f64());
        }
        for part in missing {
            println!("   not tested: {}", part.name());
        }
        let failed = self.done.iter().filter(|(_, _, failure)| failure.is_some()).count();
        let total: Duration = self.done.iter().map(|(_, time, _)| *time).sum();
        println!("{:.0} s in all", total.as_secs_f64());
        println!("steps: {} passed, {failed} failed", self.done.len() - failed);
        if failed > 0 {
            bail!("{failed} steps failed");
        }
        Ok(())
    }
}
