//! `wherewithal plan`.

mod progress;
mod set;

use std::path::PathBuf;

use clap::Args;
use wherewithal::{
    household::Household,
    plan::{self, PlanInput},
    wire::{Reader, Spelling, Value, Wire as _},
};
use wherewithal_contract::wire;

use self::{progress::with_progress, set::Setting};
use super::{files, output};
use crate::{
    error::{Error, Result},
    render::plan::{changes::Changes, html, terminal},
};

/// Print the plan of a household: where it stands, whether its money lasts, the years ahead, and what to do about it.
#[derive(Debug, Args)]
pub(super) struct Plan {
    /// The household document; - for standard input.
    file: PathBuf,
    /// As JSON: the result of the operation plan.build; with --compare an object with the plans `before` and `after`.
    #[arg(long, conflicts_with = "html")]
    json: bool,
    /// Write a self-contained page to this file instead.
    #[arg(long, value_name = "OUT")]
    html: Option<PathBuf>,
    /// Write the retirement plan of the household to this file instead, as JSON: to be edited, and run with
    /// `wherewithal call retirement.run`.
    #[arg(long, value_name = "OUT", conflicts_with_all = ["json", "html", "compare", "quick"])]
    retirement_plan: Option<PathBuf>,
    /// Change a field of the document first, such as `assumptions.inflation=0.03`, `people[0].retirementAge=65` or
    /// `people[elena].retirementAge=65`. The value is JSON, or a text without quotes; null removes the field, or the
    /// entry of a list: `expenses[gym]=null`. May be given several times, and is done in this order.
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<Setting>,
    /// Show what the changes of --set change, on the same random numbers.
    #[arg(long, requires = "set")]
    compare: bool,
    /// Leave out the questions: what moves the plan most, and what to do about it.
    #[arg(long)]
    quick: bool,
    /// The number of paths to simulate.
    #[arg(long, value_name = "N")]
    paths: Option<u64>,
    /// Seed of the random numbers; the same seed gives the same plan.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

impl Plan {
    pub(super) fn run(&self) -> Result<()> {
        let text = files::read(Some(&self.file))?;
        let mut document = wire::parse(&text)?;
        let before = if self.compare { Some(self.request(&document)?) } else { None };
        set::apply(&mut document, &self.set)?;
        let request = self.request(&document)?;
        if let Some(file) = &self.retirement_plan {
            let converted = plan::retirement_plan(&request).map_err(in_the_document)?;
            let text = output::indented(&wire::encode(&converted.plan)?);
            return files::write_atomically(file, &line(text));
        }
        let before = before.map(|request| build(&request)).transpose()?;
        let after = build(&request)?;
        if self.json {
            return output::write(&line(json(before.as_ref(), &after)?));
        }
        let written: Vec<String> = self.set.iter().map(ToString::to_string).collect();
        let changes = before.as_ref().map(|before| Changes { before, after: &after, written: &written });
        if let Some(file) = &self.html {
            let page = html::standalone(&after, changes.as_ref()).into_string();
            return files::write_atomically(file, page.as_bytes());
        }
        output::write_coloured(&terminal::plan(&after, changes.as_ref(), output::width()))
    }

    fn request(&self, document: &Value<'_>) -> Result<PlanInput> {
        let household = Household::read(document, Reader::new(Spelling::Camel))?;
        let mut request = PlanInput::new(household);
        request.paths = self.paths.unwrap_or(request.paths);
        request.seed = self.seed.unwrap_or(request.seed);
        request.questions = !self.quick;
        Ok(request)
    }
}

fn build(request: &PlanInput) -> Result<plan::Plan> {
    with_progress(|control| plan::build(request, control)).map_err(in_the_document)
}

/// The document is the household itself, so the paths in errors are without this step.
fn in_the_document(error: wherewithal::Error) -> Error {
    Error::from(error).inside("household")
}

fn json(before: Option<&plan::Plan>, after: &plan::Plan) -> Result<Vec<u8>> {
    let Some(before) = before else { return Ok(wire::encode(after)?) };
    let both = wire::json(Spelling::Camel, |sink| {
        sink.begin_record()?;
        for (name, plan) in [("before", before), ("after", after)] {
            sink.key(name)?;
            plan.write(sink)?;
        }
        sink.end_record()
    })?;
    Ok(both)
}

fn line(mut text: Vec<u8>) -> Vec<u8> {
    text.push(b'\n');
    text
}
