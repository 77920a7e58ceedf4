//! Parts of the tests that run beside each other.
//!
//! Many parts use one processor most of the time, or wait for a linker or a file. So those that only build, check or
//! recompute run two at a time, each in a process of its own, whose output is printed when it has ended. Those that test how
//! something behaves run alone: some measure time, and a browser that waits for a processor looks like one that hangs.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    sync::{Condvar, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{steps::Steps, system::Program, test::Part};

/// The parts that run at a time.
const LANES: usize = 2;

/// The parts that have not ended.
struct Parts {
    waiting: Vec<Part>,
    running: Vec<Part>,
}

impl Parts {
    /// The first part that can begin: what it needs has ended, and it bears what is running.
    fn next(&mut self) -> Option<Part> {
        let place = self.waiting.iter().position(|part| {
            let unfinished = |needed: &Part| self.waiting.contains(needed) || self.running.contains(needed);
            let bears = |running: &Part| part.runs_beside_others() && running.runs_beside_others();
            !part.needs().iter().any(unfinished) && self.running.iter().all(bears)
        })?;
        let part = self.waiting.remove(place);
        self.running.push(part);
        Some(part)
    }

    fn end(&mut self, part: Part) {
        self.running.retain(|running| *running != part);
    }
}

/// How a part ended.
struct Ended {
    part: Part,
    time: Duration,
    outcome: Result<()>,
    output: String,
}

/// Runs the parts, each of which may fail.
pub(crate) fn run(parts: Vec<Part>, missing: &[Program], steps: &mut Steps) -> Result<()> {
    // A part may compile this program anew while it runs.
    let folder = tempfile::tempdir()?;
    let program = folder.path().join("xtask");
    fs::copy(std::env::current_exe()?, &program)?;
    let site = Site { program, folder: folder.path(), missing };
    let parts = (Mutex::new(Parts { waiting: parts, running: Vec::new() }), Condvar::new());
    thread::scope(|scope| {
        let (sender, all_ended) = mpsc::channel();
        for _ in 0..LANES {
            let sender = sender.clone();
            let (site, parts) = (&site, &parts);
            scope.spawn(move || {
                while let Some(part) = begin(parts) {
                    println!("... {} begins", part.name());
                    // The receiver is there until all senders are gone.
                    let _ = sender.send(site.run(part));
                    let (parts, changed) = parts;
                    parts.lock().unwrap_or_else(PoisonError::into_inner).end(part);
                    changed.notify_all();
                }
            });
        }
        drop(sender);
        for Ended { part, time, outcome, output } in all_ended {
            println!("\n=== {}\n{}", part.name(), output.trim_end());
            steps.add(part.name(), time, outcome);
        }
    });
    Ok(())
}

/// The next part, as soon as one can begin; `None` if none is left.
fn begin((parts, changed): &(Mutex<Parts>, Condvar)) -> Option<Part> {
    let mut parts = parts.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if let Some(part) = parts.next() {
            return Some(part);
        }
        if parts.waiting.is_empty() {
            return None;
        }
        parts = changed.wait(parts).unwrap_or_else(PoisonError::into_inner);
    }
}

/// What a part is run with.
struct Site<'a> {
    program: PathBuf,
    /// Where the outputs are kept.
    folder: &'a Path,
    missing: &'a [Program],
}

impl Site<'_> {
    #[expect(clippy::disallowed_methods, reason = "the time of a step is only displayed")]
    fn run(&self, part: Part) -> Ended {
        let start = Instant::now();
        let file = self.folder.join(part.name());
        let outcome = self.run_into(&file, part);
        let output = fs::read(&file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ended { part, time: start.elapsed(), outcome, output: output.unwrap_or_default() }
    }

    /// Runs a part in a process whose output goes into a file.
    fn run_into(&self, file: &Path, part: Part) -> Result<()> {
        let output = File::create(file)?;
        let mut command = Command::new(&self.program);
        command.args(["test", "--alone", "--only", &part.name()]);
        for program in self.missing {
            command.args(["--missing", program.name()]);
        }
        command.stdout(output.try_clone()?).stderr(output);
        let status = command.status().context("cannot start the part")?;
        if !status.success() {
            bail!("the last lines of its output say why");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(waiting: &[Part]) -> Parts {
        Parts { waiting: waiting.to_vec(), running: Vec::new() }
    }

    #[test]
    fn a_part_waits_for_what_it_needs() {
        let mut parts = parts(&[Part::Release, Part::PythonPackage, Part::Python]);
        assert_eq!(parts.next(), Some(Part::Release));
        assert_eq!(parts.next(), None);
        parts.end(Part::Release);
        assert_eq!(parts.next(), Some(Part::PythonPackage));
        assert_eq!(parts.next(), None);
        parts.end(Part::PythonPackage);
        assert_eq!(parts.next(), Some(Part::Python));
    }

    #[test]
    fn what_tests_behavior_runs_alone() {
        let mut parts = parts(&[Part::Lints, Part::Rust, Part::Oracles, Part::Examples]);
        assert_eq!(parts.next(), Some(Part::Lints));
        assert_eq!(parts.next(), Some(Part::Oracles));
        parts.end(Part::Lints);
        assert_eq!(parts.next(), Some(Part::Examples));
        parts.end(Part::Examples);
        parts.end(Part::Oracles);
        assert_eq!(parts.next(), Some(Part::Rust));
        parts.waiting.push(Part::Fuzz);
        assert_eq!(parts.next(), None);
    }

    #[test]
    fn all_parts_come_to_their_turn() {
        use clap::ValueEnum;
        let mut parts = parts(Part::value_variants());
        let mut count = 0;
        while let Some(part) = parts.next() {
            parts.end(part);
            count += 1;
        }
        assert_eq!((count, parts.waiting.len()), (Part::value_variants().len(), 0));
    }
}
