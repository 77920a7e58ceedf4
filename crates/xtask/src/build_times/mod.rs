//! `cargo xtask build-times`: build times in a fresh clone, by package, compared with the budgets.

mod page;
mod timings;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use crate::{process, workspace};
use page::Page;

/// The options of a measurement.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Measure only this, and print it instead of writing `docs/BUILD_TIMES.md`; may be given several times.
    #[arg(long, value_name = "MEASUREMENT")]
    only: Vec<Measurement>,
    /// Measure only these parts of the tests (see `cargo xtask test --list`).
    #[arg(long, value_name = "PART", requires = "only")]
    part: Vec<String>,
    /// The source file of an engine to change, relative to the workspace.
    #[arg(long, value_name = "FILE", default_value = "crates/engines/debt/src/lib.rs")]
    change: PathBuf,
}

/// A use of the repository with a time budget. All are measured in this order, in one clone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Measurement {
    /// `cargo run --release` in the fresh clone, up to the start of the server.
    FirstCommand,
    /// `cargo xtask test` after the first command.
    ColdTests,
    /// `cargo test --no-run` after a change in one engine.
    TestBuild,
    /// `cargo xtask test` after a change in one engine.
    WarmTests,
}

impl Measurement {
    /// The title of the measurement on the page.
    fn title(self) -> &'static str {
        match self {
            Self::FirstCommand => "First command in a fresh clone",
            Self::ColdTests => "`cargo xtask test`, cold",
            Self::TestBuild => "Test build after a change in one engine",
            Self::WarmTests => "`cargo xtask test` after a change in one engine",
        }
    }

    /// The time budget on two idle cores, in seconds.
    fn budget(self) -> u64 {
        match self {
            Self::FirstCommand => 8 * 60,
            Self::ColdTests => 50 * 60,
            Self::TestBuild => 60,
            Self::WarmTests => 10 * 60,
        }
    }
}

/// The result of a measurement.
struct Found {
    measurement: Measurement,
    time: Duration,
    /// The seconds of each step or package.
    shares: BTreeMap<String, f64>,
    /// Whether a test failed. The times count all the same.
    has_failure: bool,
}

/// Clones the last commit, measures, and writes the page, or prints it if only a part was measured.
pub(crate) fn run(root: &Path, options: &Options) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let clone = folder.path().join("clone");
    let mut git = Command::new("git");
    process::run_command(git.args(["clone", "--quiet", "--no-hardlinks"]).arg(root).arg(&clone))?;
    let site = Site { clone: &clone, options };
    let mut found = Vec::new();
    for measurement in Measurement::value_variants() {
        if options.only.is_empty() || options.only.contains(measurement) {
            println!("\n=== {}", measurement.title());
            found.push(site.measure(*measurement)?);
        }
    }
    let page = Page { machine: machine(root)?, found };
    let text = page.to_string();
    println!("\n{text}");
    if options.only.is_empty() {
        fs::write(root.join("docs/BUILD_TIMES.md"), text)?;
    }
    let failed: Vec<&str> =
        page.found.iter().filter(|found| found.has_failure).map(|found| found.measurement.title()).collect();
    ensure!(failed.is_empty(), "tests failed in: {}", failed.join(", "));
    Ok(())
}

/// The clone for the measurements.
struct Site<'a> {
    clone: &'a Path,
    options: &'a Options,
}

impl Site<'_> {
    fn measure(&self, measurement: Measurement) -> Result<Found> {
        let mut has_failure = false;
        let (time, shares) = match measurement {
            Measurement::FirstCommand => {
                let mut cargo = Command::new("cargo");
                cargo.args(["run", "--locked", "--release", "--timings", "--", "--version"]);
                (self.time(&mut cargo)?, self.packages()?)
            }
            Measurement::ColdTests => self.tests(&mut has_failure)?,
            Measurement::TestBuild => {
                // Not measured: the build before the change.
                self.time(workspace::tested(self.clone, "test").arg("--no-run"))?;
                self.change()?;
                let mut cargo = workspace::tested(self.clone, "test");
                (self.time(cargo.args(["--no-run", "--timings"]))?, self.packages()?)
            }
            Measurement::WarmTests => {
                self.change()?;
                self.tests(&mut has_failure)?
            }
        };
        Ok(Found { measurement, time, shares, has_failure })
    }

    /// Runs the tests and returns the time of each part. A test that fails, such as a property that meets a case of its own,
    /// does not lose the measurement.
    fn tests(&self, has_failure: &mut bool) -> Result<(Duration, BTreeMap<String, f64>)> {
        let file = self.clone.join("target/times.json");
        let mut cargo = Command::new("cargo");
        cargo.args(["xtask", "test", "--times"]).arg(&file);
        for part in &self.options.part {
            cargo.args(["--only", part]);
        }
        let (time, outcome) = self.timed(&mut cargo);
        match fs::read(&file) {
            Ok(times) => {
                fs::remove_file(&file)?;
                *has_failure = outcome.is_err();
                Ok((time, serde_json::from_slice(&times)?))
            }
            // The parts did not run to their end.
            Err(missing) => Err(outcome.err().unwrap_or_else(|| missing.into())),
        }
    }

    /// The time of a command in the clone.
    fn time(&self, command: &mut Command) -> Result<Duration> {
        let (time, outcome) = self.timed(command);
        outcome.map(|()| time)
    }

    /// The time of a command in the clone, whether it fails or not. As for a new user, nothing is in its environment but
    /// what every command needs.
    #[expect(clippy::disallowed_methods, reason = "this function measures time")]
    fn timed(&self, command: &mut Command) -> (Duration, Result<()>) {
        let start = Instant::now();
        let needed = ["HOME", "PATH"].map(|name| (name, std::env::var_os(name).unwrap_or_default()));
        let outcome = process::run_command(command.current_dir(self.clone).env_clear().envs(needed));
        (start.elapsed(), outcome)
    }

    /// The seconds of compilation of each package in the last build with `--timings`.
    fn packages(&self) -> Result<BTreeMap<String, f64>> {
        let page = self.clone.join("target/cargo-timings/cargo-timing.html");
        timings::by_package(&fs::read_to_string(page)?)
    }

    /// Changes the engine's source file, so that its package is recompiled.
    fn change(&self) -> Result<()> {
        let file = self.clone.join(&self.options.change);
        let mut text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        text.push_str("\n// Changed.\n");
        Ok(fs::write(file, text)?)
    }
}

/// A description of the machine without identifying details.
fn machine(root: &Path) -> Result<String> {
    use std::env::consts::{ARCH, OS};
    let cores = std::thread::available_parallelism()?;
    let compiler = process::output(root, "rustc", &["--version"])?;
    let version = compiler.split_whitespace().nth(1);
    ensure!(version.is_some(), "rustc does not print its version");
    Ok(format!("{cores} cores, {OS} on {ARCH}, Rust {}", version.unwrap_or_default()))
}
