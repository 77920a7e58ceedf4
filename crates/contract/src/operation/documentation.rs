//! What people and generators read of an operation.
//!
//! A face that only runs operations leaves out the feature `documentation`, and is about a third smaller.

use super::Operation;

#[cfg(feature = "documentation")]
use wherewithal::wire::{Shape, Wire};

/// What is said about an operation beyond its summary.
#[cfg(feature = "documentation")]
pub(super) struct Documentation {
    details: &'static str,
    examples: Vec<Example>,
    input: fn() -> Shape,
    output: fn() -> Shape,
}

/// An input that runs, shown in the documentation and run by the tests.
#[cfg(feature = "documentation")]
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// What the example shows, in a few words.
    pub title: &'static str,
    /// The input as JSON.
    pub input: &'static str,
}

#[cfg(feature = "documentation")]
impl Documentation {
    /// What the types of an operation say by themselves.
    pub(super) fn of<I: Wire, O: Wire>() -> Self {
        Self { details: "", examples: Vec::new(), input: I::shape, output: O::shape }
    }
}

#[cfg(feature = "documentation")]
impl Operation {
    /// The same operation with its documentation: conventions, signs, limits and sources, in Markdown.
    #[must_use]
    pub fn details(mut self, details: &'static str) -> Self {
        self.documentation.details = details;
        self
    }

    /// The same operation with one more example.
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

    /// Inputs that run.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.documentation.examples
    }

    /// What the input is.
    #[must_use]
    pub fn input_shape(&self) -> Shape {
        (self.documentation.input)()
    }

    /// What the output is.
    #[must_use]
    pub fn output_shape(&self) -> Shape {
        (self.documentation.output)()
    }
}

#[cfg(not(feature = "documentation"))]
impl Operation {
    /// The same operation: this build carries no documentation.
    #[must_use]
    pub fn details(self, _: &'static str) -> Self {
        self
    }

    /// The same operation: this build carries no examples.
    #[must_use]
    pub fn example(self, _: &'static str, _: &'static str) -> Self {
        self
    }
}
