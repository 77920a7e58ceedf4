//! A model of categories: multinomial naive Bayes on the words of merchants.
//!
//! The probability of a label for a text is proportional to its share of the examples, times, for each word of the text,
//! (the number of times that the word occurs in examples of the label + s) / (the number of words in examples of the label +
//! s × the number of words of the model), where s is the smoothing (Manning, Raghavan and Schütze: Introduction to
//! Information Retrieval, section 13.2, where s is 1). Words that the model does not know do not count.

mod predict;
mod train;

use wherewithal_base::wire::Wire;

use crate::FlowClass;

pub(crate) use predict::{Predicted, Predictor};
pub use train::{TrainInput, train};

/// The most labels of a model.
pub(crate) const MAX_LABELS: usize = 500;
/// The most words of a model.
pub(crate) const MAX_WORDS: usize = 20_000;
/// The largest smoothing.
pub(crate) const MAX_SMOOTHING: f64 = 10.0;
/// The largest count of examples or words.
pub(crate) const MAX_COUNT: u32 = 10_000_000;

/// What was learned from corrections: whole counts, from which every probability follows.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct FlowModel {
    /// What is added to the count of each word of the model, above 0 and at most 10.
    #[wire(above = 0, range = ..=10)]
    pub smoothing: f64,
    /// The labels, by category and class; at most 500.
    #[wire(length = ..=500)]
    pub labels: Vec<FlowModelLabel>,
    /// The words, in alphabetical order; at most 20,000.
    #[wire(length = ..=20_000)]
    pub words: Vec<FlowModelWord>,
}

/// An answer that a model can give.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FlowModelLabel {
    /// The category, at most 200 characters.
    #[wire(length = 1..=200)]
    pub category: String,
    /// The class, if the corrections gave one.
    #[wire(omit)]
    pub class: Option<FlowClass>,
    /// The number of examples, 1 to 10,000,000.
    #[wire(range = 1..=10_000_000)]
    pub examples: u32,
}

/// A word of a model.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FlowModelWord {
    /// The word, as merchants are normalized; at most 200 characters.
    #[wire(length = 1..=200)]
    pub word: String,
    /// How often it occurs in the examples of labels; at most 500, one for each label that has it.
    #[wire(length = ..=500)]
    pub counts: Vec<FlowModelCount>,
}

/// How often a word occurs in the examples of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct FlowModelCount {
    /// The number of the label, counted from 0.
    pub label: u32,
    /// The number of times, 1 to 10,000,000.
    #[wire(range = 1..=10_000_000)]
    pub count: u32,
}
