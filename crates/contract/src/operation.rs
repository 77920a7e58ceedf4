//! One operation: what it is called, what it takes and returns, and how it runs.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};
use wherewithal::{Result, control::Control};

use crate::wire;

type Run = Box<dyn Fn(&[u8], &Control<'_>) -> Result<Vec<u8>> + Send + Sync>;

/// An operation: a core function with a name, schemas, documentation and examples.
pub struct Operation {
    name: &'static str,
    summary: &'static str,
    details: &'static str,
    examples: Vec<Example>,
    reports_progress: bool,
    input_schema: fn(&mut SchemaGenerator) -> Schema,
    output_schema: fn(&mut SchemaGenerator) -> Schema,
    run: Run,
}

/// An input that runs, shown in the documentation and run by the tests.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// What the example shows, in a few words.
    pub title: &'static str,
    /// The input as JSON.
    pub input: &'static str,
}

impl Operation {
    /// An operation that answers at once.
    ///
    /// `name` is `family.function` in snake case; `summary` is one sentence.
    #[must_use]
    pub fn new<I, O>(name: &'static str, summary: &'static str, run: fn(&I) -> Result<O>) -> Self
    where
        I: DeserializeOwned + JsonSchema + 'static,
        O: Serialize + JsonSchema + 'static,
    {
        let run: Run = Box::new(move |input, _| wire::encode(&run(&wire::decode(input)?)?));
        Self::with_run::<I, O>(name, summary, run, false)
    }

    /// An operation that takes its time: it reports progress and can be cancelled on every face.
    #[must_use]
    pub fn long<I, O>(
        name: &'static str,
        summary: &'static str,
        run: fn(&I, &Control<'_>) -> Result<O>,
    ) -> Self
    where
        I: DeserializeOwned + JsonSchema + 'static,
        O: Serialize + JsonSchema + 'static,
    {
        let run: Run = Box::new(move |input, control| wire::encode(&run(&wire::decode(input)?, control)?));
        Self::with_run::<I, O>(name, summary, run, true)
    }

    fn with_run<I: JsonSchema, O: JsonSchema>(
        name: &'static str,
        summary: &'static str,
        run: Run,
        reports_progress: bool,
    ) -> Self {
        Self {
            name,
            summary,
            details: "",
            examples: Vec::new(),
            reports_progress,
            input_schema: SchemaGenerator::subschema_for::<I>,
            output_schema: SchemaGenerator::subschema_for::<O>,
            run,
        }
    }

    /// The same operation with its documentation: conventions, signs, limits and sources, in Markdown.
    #[must_use]
    pub fn details(mut self, details: &'static str) -> Self {
        self.details = details;
        self
    }

    /// The same operation with one more example.
    #[must_use]
    pub fn example(mut self, title: &'static str, input: &'static str) -> Self {
        self.examples.push(Example { title, input });
        self
    }

    /// The name, such as `debt.amortize`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The part of the name before the point: the module of the operation in every language.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.name.split_once('.').map_or("", |(family, _)| family)
    }

    /// The part of the name after the point: the function of the operation in every language.
    #[must_use]
    pub fn function(&self) -> &'static str {
        self.name.split_once('.').map_or(self.name, |(_, function)| function)
    }

    /// What the operation does, in one sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.summary
    }

    /// Conventions, signs, limits and sources, in Markdown; may be empty.
    #[must_use]
    pub fn documentation(&self) -> &'static str {
        self.details
    }

    /// Inputs that run.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// Whether the operation reports progress and can be cancelled.
    #[must_use]
    pub fn reports_progress(&self) -> bool {
        self.reports_progress
    }

    /// The schema of the input.
    pub fn input_schema(&self, generator: &mut SchemaGenerator) -> Schema {
        (self.input_schema)(generator)
    }

    /// The schema of the output.
    pub fn output_schema(&self, generator: &mut SchemaGenerator) -> Schema {
        (self.output_schema)(generator)
    }

    /// Runs the operation: JSON in, JSON out.
    ///
    /// # Errors
    /// Those of the wire (`input.malformed`, `input.invalid`, `input.unknown_field`, `input.too_large`) and
    /// those of the operation, each with its path.
    pub fn call(&self, input: &[u8]) -> Result<Vec<u8>> {
        self.call_with(input, &Control::default())
    }

    /// Runs the operation under the control of the caller.
    ///
    /// # Errors
    /// As [`call`](Self::call), and `operation.cancelled`.
    pub fn call_with(&self, input: &[u8], control: &Control<'_>) -> Result<Vec<u8>> {
        (self.run)(input, control)
    }
}
