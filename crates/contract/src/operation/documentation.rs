//! The documentation of an operation, for users and generators.
//!
//! A binary that only runs operations does without the feature `documentation`, and is about a third smaller.

use super::Operation;

#[cfg(feature = "documentation")]
use wherewithal::wire::{Shape, Wire};

/// The documentation of an operation beyond its summary.
#[cfg(feature = "documentation")]
pub(super) struct Documentation {
    details: &'static str,
    examples: Vec<Example>,
    input: fn() -> Shape,
    output: fn() -> Shape,
}

/// A valid input, shown in the documentation and run by the tests.
#[cfg(feature = "documentation")]
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// A title of a few words.
    pub title: &'static str,
    /// The input as JSON.
    pub input: &'static str,
}

#[cfg(feature = "documentation")]
impl Documentation {
    /// The documentation that follows from the types of an operation.
    pub(super) fn of<I: Wire, O: Wire>() -> Self {
        Self { details: "", examples: Vec::new(), input: I::shape, output: O::shape }
    }
}

#[cfg(feature = "documentation")]
impl Operation {
    /// Adds the documentation: conventions, signs, limits and sources, in Markdown.
    #[must_use]
    pub fn details(mut self, details: &'static str) -> Self {
        self.documentation.details = details;
        self
    }

    /// Adds an example.
    #[must_use]
    pub fn example(mut self, title: &'static str, input: &'static str) -> Self {
        self.documentation.examples.push(Example { title, input });
        self
    }

    /// Conventions, signs, limits and sources, in Markdown; may be empty.
    #[must_use]
    pub fn documentation(&self) -> &'static str {
        self.documentation.details
    }

    /// Valid inputs.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.documentation.examples
    }

    /// The shape of the input.
    #[must_use]
    pub fn input_shape(&self) -> Shape {
        (self.documentation.input)()
    }

    /// The shape of the output.
    #[must_use]
    pub fn output_shape(&self) -> Shape {
        (self.documentation.output)()
    }
}

#[cfg(not(feature = "documentation"))]
impl Operation {
    /// The operation unchanged: this build has no documentation.
    #[must_use]
    pub fn details(self, _: &'static str) -> Self {
        self
    }

    /// The operation unchanged: this build has no examples.
    #[must_use]
    pub fn example(self, _: &'static str, _: &'static str) -> Self {
        self
    }
}
