//! One operation: its name, its input and output, and the function that runs it.

mod documentation;

use wherewithal::{
    Result,
    control::Control,
    wire::{Reader, Spelling, Value, Wire, respelled},
};

#[cfg(feature = "documentation")]
pub use documentation::Example;

use crate::wire;

/// The result of an operation, which the caller can write to any sink.
pub type Answer = Box<dyn Wire + Send>;

type Run = Box<dyn Fn(Spelling, &Value<'_>, &Control<'_>) -> Result<Answer> + Send + Sync>;

/// An operation: a core function with a name, schemas, documentation and examples.
pub struct Operation {
    name: &'static str,
    summary: &'static str,
    reports_progress: bool,
    run: Run,
    #[cfg(feature = "documentation")]
    documentation: documentation::Documentation,
}

impl Operation {
    /// An operation that can be cancelled in every interface: its loops ask the control.
    ///
    /// `name` is `family.function` in snake case; `summary` is one sentence.
    #[must_use]
    pub fn new<I, O>(
        name: &'static str,
        summary: &'static str,
        run: fn(&I, &Control<'_>) -> Result<O>,
    ) -> Self
    where
        I: Wire + 'static,
        O: Wire + Send + 'static,
    {
        Self::with_run::<I, O>(name, summary, controlled(run), false)
    }

    /// An operation that can be cancelled and reports its progress: one that users wait for.
    #[must_use]
    pub fn long<I, O>(
        name: &'static str,
        summary: &'static str,
        run: fn(&I, &Control<'_>) -> Result<O>,
    ) -> Self
    where
        I: Wire + 'static,
        O: Wire + Send + 'static,
    {
        Self::with_run::<I, O>(name, summary, controlled(run), true)
    }

    /// An operation that takes a few milliseconds however large its input is, so that the control need not be asked while
    /// it runs. A test measures it at its largest inputs.
    #[must_use]
    pub fn short<I, O>(name: &'static str, summary: &'static str, run: fn(&I) -> Result<O>) -> Self
    where
        I: Wire + 'static,
        O: Wire + Send + 'static,
    {
        let run: Run = Box::new(move |spelling, input, control| answer(spelling, input, control, run));
        Self::with_run::<I, O>(name, summary, run, false)
    }

    #[cfg_attr(
        not(feature = "documentation"),
        expect(clippy::extra_unused_type_parameters, reason = "the types are used only for documentation")
    )]
    fn with_run<I: Wire, O: Wire>(
        name: &'static str,
        summary: &'static str,
        run: Run,
        reports_progress: bool,
    ) -> Self {
        Self {
            name,
            summary: if cfg!(feature = "documentation") { summary } else { "" },
            reports_progress,
            run,
            #[cfg(feature = "documentation")]
            documentation: documentation::Documentation::of::<I, O>(),
        }
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

    /// A description in one sentence; empty without the feature `documentation`.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.summary
    }

    /// Whether the operation reports progress and can be cancelled.
    #[must_use]
    pub fn reports_progress(&self) -> bool {
        self.reports_progress
    }

    /// Runs the operation: JSON in, JSON out.
    ///
    /// # Errors
    /// Those of decoding (`input.malformed`, `input.invalid`, `input.unknown_field`, `input.missing_field`,
    /// `input.too_large`) and those of the operation, each with its path.
    pub fn call(&self, input: &[u8]) -> Result<Vec<u8>> {
        self.call_with(input, &Control::default())
    }

    /// Runs the operation with progress reports and cancellation by `control`.
    ///
    /// # Errors
    /// As [`call`](Self::call), and `operation.cancelled`.
    pub fn call_with(&self, input: &[u8], control: &Control<'_>) -> Result<Vec<u8>> {
        self.call_in(Spelling::Camel, input, control)
    }

    /// Runs the operation, with input, result and errors in a spelling.
    ///
    /// # Errors
    /// As [`call_with`](Self::call_with), in that spelling.
    pub fn call_in(&self, spelling: Spelling, input: &[u8], control: &Control<'_>) -> Result<Vec<u8>> {
        let answer = self.run_in(spelling, &wire::parse(input)?, control)?;
        wire::encode_in(spelling, answer.as_ref())
    }

    /// Runs the operation on a value instead of JSON, with input and errors in a spelling.
    ///
    /// # Errors
    /// As [`call_with`](Self::call_with), in that spelling.
    pub fn run_in(&self, spelling: Spelling, input: &Value<'_>, control: &Control<'_>) -> Result<Answer> {
        (self.run)(spelling, input, control)
    }
}

/// The function of an operation whose engine asks the control.
fn controlled<I: Wire + 'static, O: Wire + Send + 'static>(run: fn(&I, &Control<'_>) -> Result<O>) -> Run {
    Box::new(move |spelling, input, control| answer(spelling, input, control, |input| run(input, control)))
}

/// Reads the input and runs the engine, whose errors are in the spelling of JSON.
fn answer<I: Wire, O: Wire + Send + 'static>(
    spelling: Spelling,
    input: &Value<'_>,
    control: &Control<'_>,
    run: impl FnOnce(&I) -> Result<O>,
) -> Result<Answer> {
    let input = I::read(input, Reader::new(spelling))?;
    match run(&input) {
        Ok(output) => {
            // Whatever the engine did, a cancelled run has no answer.
            control.check()?;
            Ok(Box::new(output))
        }
        Err(error) => Err(respelled(error, I::shape(), spelling)),
    }
}
