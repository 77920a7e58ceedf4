//! The tests in Rust: the test programs of the packages, then the examples in their documentation.
//!
//! Cargo runs one test program after another, and some of them use one processor alone, because they measure the processor
//! time of their process. So cargo only builds them here, and as many run at a time as there are processors; those that
//! compare times run alone.

use std::{
    collections::VecDeque,
    io::Write,
    path::Path,
    process::Command,
    sync::{Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    artifact::{Artifacts, TestProgram},
    environment, process,
    system::Program,
    workspace,
};

/// Test programs that compare the time of a long input with that of a short one. A program beside them takes the caches of
/// the processor from the long one alone.
const ALONE: &[&str] = &["wherewithal-contract growth"];

/// Runs the tests of all packages, or of the given ones.
pub(crate) fn run(root: &Path, packages: &[String], missing: &[Program]) -> Result<()> {
    let programs = Artifacts::build(cargo_test(root, packages).arg("--no-run"))?.test_programs()?;
    ensure!(!programs.is_empty(), "cargo built no test program");
    let (alone, others): (Vec<_>, Vec<_>) =
        programs.into_iter().partition(|program| ALONE.contains(&program.name.as_str()));
    let mut failed = run_all(others, thread::available_parallelism()?.get(), missing)?;
    failed.extend(run_all(alone, 1, missing)?);
    let mut documentation = cargo_test(root, packages);
    let examples = process::run_command(
        documentation.args(["--doc", "--no-fail-fast"]).envs(environment::with_missing(missing)),
    );
    match (failed.is_empty(), examples) {
        (true, examples) => examples,
        (false, Ok(())) => bail!("failed: {}", failed.join(", ")),
        (false, Err(error)) => bail!("failed: {}; {error:#}", failed.join(", ")),
    }
}

/// `cargo test` of all packages, or of the given ones.
fn cargo_test(root: &Path, packages: &[String]) -> Command {
    if packages.is_empty() {
        return workspace::tested(root, "test");
    }
    let mut command = Command::new("cargo");
    command.args(["test", "--locked"]).current_dir(root);
    for package in packages {
        command.args(["--package", package]);
    }
    command
}

/// How a test program ended.
struct Ended {
    program: TestProgram,
    time: Duration,
    output: std::io::Result<std::process::Output>,
}

/// Runs the programs, so many at a time, and prints the output of each when it has ended. Returns the names of those that
/// failed.
fn run_all(programs: Vec<TestProgram>, workers: usize, missing: &[Program]) -> Result<Vec<String>> {
    let waiting = Mutex::new(VecDeque::from(programs));
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let mut failed = Vec::new();
    thread::scope(|scope| {
        let (ended, all_ended) = mpsc::channel();
        for _ in 0..workers {
            let ended = ended.clone();
            scope.spawn(move || {
                while let Some(program) = next() {
                    // The receiver is there until all senders are gone.
                    let _ = ended.send(run_one(program, missing));
                }
            });
        }
        drop(ended);
        for ended in all_ended {
            if !report(&ended)? {
                failed.push(ended.program.name);
            }
        }
        Ok(failed)
    })
}

#[expect(clippy::disallowed_methods, reason = "this function measures time")]
fn run_one(program: TestProgram, missing: &[Program]) -> Ended {
    let start = Instant::now();
    let mut command = Command::new(&program.executable);
    // As cargo does: the tests find their files from the folder of their package.
    command.current_dir(&program.package_folder).env("CARGO_MANIFEST_DIR", &program.package_folder);
    let output = command.envs(environment::with_missing(missing)).output();
    Ended { program, time: start.elapsed(), output }
}

/// Prints what a program has printed; whether its tests passed.
fn report(ended: &Ended) -> Result<bool> {
    let name = &ended.program.name;
    let output = ended.output.as_ref().map_err(|error| anyhow::anyhow!("cannot start {name}: {error}"))?;
    let mut screen = std::io::stdout().lock();
    writeln!(screen, "\n     Running {name}, {:.1} s", ended.time.as_secs_f64())?;
    screen.write_all(&output.stdout)?;
    screen.write_all(&output.stderr)?;
    if !output.status.success() {
        writeln!(screen, "FAILED {name}: {}", output.status)?;
    }
    screen.flush().context("cannot print")?;
    Ok(output.status.success())
}
