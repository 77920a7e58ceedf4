//! Learning from corrections.

use std::collections::BTreeMap;

use wherewithal_base::{
    ErrorCode, Result, check,
    control::{Control, Work},
    error::At as _,
    wire::Wire,
};
use wherewithal_ledger::{self as ledger, LedgerIds, LedgerTransaction};

use super::{
    FlowModel, FlowModelCount, FlowModelLabel, FlowModelWord, MAX_COUNT, MAX_LABELS, MAX_SMOOTHING, MAX_WORDS,
};
use crate::{FlowClass, FlowCorrection, corrections, merchant};

/// Input of `classification.train`.
#[derive(Debug, Clone, Wire)]
pub struct TrainInput {
    /// The transactions that corrections name, at most 200,000; others do not matter.
    #[wire(length = ..=200_000)]
    pub transactions: Vec<LedgerTransaction>,
    /// The corrections, at most 100,000. Those with a category are examples.
    #[wire(length = ..=100_000)]
    pub corrections: Vec<FlowCorrection>,
    /// What is added to the count of each word, so that a word that was never seen with a category does not exclude it; above
    /// 0 and at most 10.
    #[wire(default = one, above = 0, range = ..=10)]
    pub smoothing: f64,
}

fn one() -> f64 {
    1.0
}

/// Learns categories from the user's corrections.
///
/// ```
/// # use wherewithal_classification::wherewithal;
/// use wherewithal::{classification::{self, TrainInput}, control::Control};
///
/// let input: TrainInput = serde_json::from_str(r#"{
///     "transactions": [{"id": "1", "account": "card", "date": "2026-03-02", "amount": "-4.50", "type": "purchase",
///                       "description": "SQ *CORNER CAFE"}],
///     "corrections": [{"transaction": "1", "category": "Coffee"}]}"#).unwrap();
/// let model = classification::train(&input, &Control::default())?;
/// assert_eq!(model.labels[0].category, "Coffee");
/// assert_eq!(model.words[0].word, "CAFE");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`ledger::transaction`]; `list.too_long`, `list.duplicate`, `name.unknown`, `text.invalid`, `number.out_of_range`, `operation.cancelled`.
pub fn train(input: &TrainInput, control: &Control) -> Result<FlowModel> {
    check::length(input.transactions.len(), 0..=200_000).at("transactions")?;
    check::length(input.corrections.len(), 0..=100_000).at("corrections")?;
    smoothing(input.smoothing)?;
    let mut work = Work::under(control);
    for (place, transaction) in input.transactions.iter().enumerate() {
        work.done(4)?;
        ledger::transaction(transaction).at_index("transactions", place)?;
    }
    let places = LedgerIds::of(input.transactions.iter().map(|one| one.id.as_str()), "transactions")?;
    let mut counted = Counted::default();
    for (index, correction) in input.corrections.iter().enumerate() {
        work.done(16)?;
        let place = corrections::known(&correction.transaction, &places);
        let place = place.at("transaction").at_index("corrections", index)?;
        let Some(category) = &correction.category else { continue };
        check::text(category, 200).at("category").at_index("corrections", index)?;
        #[expect(clippy::indexing_slicing, reason = "`places` are those of the transactions")]
        counted.add(category, correction.class, &input.transactions[place]);
    }
    counted.model(input.smoothing)
}

/// A smoothing within its range.
pub(super) fn smoothing(value: f64) -> Result<f64> {
    use std::ops::Bound::{Excluded, Included};
    let range = (Excluded(0.0), Included(MAX_SMOOTHING));
    check::number(value, range, ErrorCode::NumberOutOfRange).at("smoothing")
}

/// The counts while they grow.
#[derive(Default)]
struct Counted<'a> {
    labels: BTreeMap<(&'a str, Option<FlowClass>), u32>,
    words: BTreeMap<String, BTreeMap<(&'a str, Option<FlowClass>), u32>>,
}

impl<'a> Counted<'a> {
    fn add(&mut self, category: &'a str, class: Option<FlowClass>, transaction: &LedgerTransaction) {
        let label = (category, class);
        add_one(self.labels.entry(label).or_default());
        let Some(name) = merchant::of(transaction) else { return };
        for word in name.split(' ').filter(|word| is_word(word)) {
            add_one(self.words.entry(word.to_owned()).or_default().entry(label).or_default());
        }
    }

    fn model(self, smoothing: f64) -> Result<FlowModel> {
        check::length(self.labels.len(), 0..=MAX_LABELS).at("corrections")?;
        let numbers: BTreeMap<_, u32> = self.labels.keys().copied().zip(0..).collect();
        let labels = self.labels.into_iter().map(|((category, class), examples)| FlowModelLabel {
            category: category.to_owned(),
            class,
            examples,
        });
        let words = most_frequent(self.words).into_iter().map(|(word, counts)| FlowModelWord {
            word,
            counts: counts
                .into_iter()
                .filter_map(|(label, count)| Some(FlowModelCount { label: *numbers.get(&label)?, count }))
                .collect(),
        });
        Ok(FlowModel { smoothing, labels: labels.collect(), words: words.collect() })
    }
}

/// Whether a word of a name is short enough for a model.
pub(super) fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().count() <= 200
}

/// The words that occur most often, as many as a model has at most; of equally frequent ones, the first in the alphabet.
fn most_frequent<L: Ord>(words: BTreeMap<String, BTreeMap<L, u32>>) -> BTreeMap<String, BTreeMap<L, u32>> {
    if words.len() <= MAX_WORDS {
        return words;
    }
    let mut words: Vec<_> = words.into_iter().collect();
    words.sort_by_key(|(_, counts)| {
        std::cmp::Reverse(counts.values().map(|count| u64::from(*count)).sum::<u64>())
    });
    words.truncate(MAX_WORDS);
    words.into_iter().collect()
}

/// Counts one more, up to what a model holds.
fn add_one(count: &mut u32) {
    *count = count.saturating_add(1).min(MAX_COUNT);
}
