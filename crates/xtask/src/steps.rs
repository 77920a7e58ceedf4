//! The steps of a run of the tests, with their outcome and time.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use serde_json::{Value, json};

/// The steps so far.
pub(crate) struct Steps {
    begun: Instant,
    done: Vec<Done>,
    left_out: Vec<String>,
}

struct Done {
    name: String,
    time: Duration,
    failure: Option<String>,
}

impl Steps {
    /// No steps yet.
    #[expect(clippy::disallowed_methods, reason = "the time of a run is only displayed")]
    pub(crate) fn begin() -> Self {
        Self { begun: Instant::now(), done: Vec::new(), left_out: Vec::new() }
    }

    /// Runs a step; after a failure the next step still runs, so that one run shows every failure.
    #[expect(clippy::disallowed_methods, reason = "the time of a step is only displayed")]
    pub(crate) fn run(&mut self, name: String, step: impl FnOnce() -> Result<()>) {
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = step();
        self.add(name, start.elapsed(), outcome);
    }

    /// Adds a step that has ended.
    pub(crate) fn add(&mut self, name: String, time: Duration, outcome: Result<()>) {
        let failure = outcome.err().map(|error| format!("{error:#}"));
        if let Some(failure) = &failure {
            println!("FAILED {name}: {failure}");
        }
        self.done.push(Done { name, time, failure });
    }

    /// Adds to the list of things that this run does not test.
    pub(crate) fn leave_out(&mut self, what: impl Into<String>) {
        self.left_out.push(what.into());
    }

    /// Writes the seconds of each step as a JSON object.
    pub(crate) fn write_times(&self, file: &Path) -> Result<()> {
        let times: serde_json::Map<String, Value> =
            self.done.iter().map(|step| (step.name.clone(), json!(step.time.as_secs_f64()))).collect();
        Ok(fs::write(file, Value::from(times).to_string())?)
    }

    /// Prints a table of the steps, then the failures and what was not tested; fails if a step failed.
    pub(crate) fn finish(self) -> Result<()> {
        println!("\n=== summary");
        for Done { name, time, failure } in &self.done {
            let outcome = if failure.is_some() { "FAILED" } else { "ok" };
            println!("{outcome:>6}  {:>6.1} s  {name}", time.as_secs_f64());
        }
        for what in &self.left_out {
            println!("   not tested: {what}");
        }
        let failures: Vec<(&str, &String)> =
            self.done.iter().filter_map(|step| Some((step.name.as_str(), step.failure.as_ref()?))).collect();
        for (name, failure) in &failures {
            println!("\nFAILED {name} (its output is under `=== {name}`)\n  {failure}");
        }
        println!("\n{:.0} s in total", self.begun.elapsed().as_secs_f64());
        println!("steps: {} passed, {} failed", self.done.len() - failures.len(), failures.len());
        if !failures.is_empty() {
            bail!("{} steps failed", failures.len());
        }
        Ok(())
    }
}
