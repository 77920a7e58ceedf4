//! `wherewithal plan`.

use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use wherewithal::{
    control::Control,
    household::Household,
    plan::{self, PlanInput},
};
use wherewithal_contract::wire;

use super::{files, output};
use crate::{
    error::{Error, Result},
    render,
};

/// Print the plan of a household: net worth, debts, cash flow and projection.
#[derive(Debug, Args)]
pub(super) struct Plan {
    /// The household document; - for standard input.
    file: PathBuf,
    /// As JSON: the result of the operation plan.build.
    #[arg(long, conflicts_with = "html")]
    json: bool,
    /// Write a self-contained page to this file instead.
    #[arg(long, value_name = "OUT")]
    html: Option<PathBuf>,
    /// The number of paths to simulate.
    #[arg(long, value_name = "N")]
    paths: Option<u64>,
    /// Seed of the random numbers; the same seed gives the same plan.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

impl Plan {
    pub(super) fn run(&self) -> Result<()> {
        let household: Household = wire::decode(&files::read(Some(&self.file))?)?;
        let mut request = PlanInput::new(household);
        request.paths = self.paths.unwrap_or(request.paths);
        request.seed = self.seed.unwrap_or(request.seed);
        // The document is the household itself, so the paths in errors are without this step.
        let plan = build(&request).map_err(|error| Error::from(error).inside("household"))?;
        if self.json {
            let mut text = wire::encode(&plan)?;
            text.push(b'\n');
            return output::write(&text);
        }
        if let Some(file) = &self.html {
            return files::write_atomically(
                file,
                render::plan::html::standalone(&plan).into_string().as_bytes(),
            );
        }
        output::write_coloured(&render::plan::terminal::plan(&plan, output::width()))
    }
}

/// Builds the plan and shows progress on standard error if that is a terminal.
fn build(request: &PlanInput) -> wherewithal::Result<plan::Plan> {
    let bar = ProgressBar::new(request.paths);
    let style = ProgressStyle::with_template("simulating {wide_bar} {percent} %");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let observer = |step: wherewithal::control::Progress| {
        bar.set_length(step.total);
        bar.set_position(step.done);
    };
    let plan = plan::build(request, &Control::with_observer(&observer));
    bar.finish_and_clear();
    plan
}
