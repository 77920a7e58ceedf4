//! What a model says of a text.

use std::collections::BTreeMap;

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_math::{exp, ln};

use super::{FlowModel, FlowModelLabel, MAX_COUNT, MAX_LABELS, MAX_WORDS, train::smoothing};

/// The most words that a reason names.
const MOST_NAMED: usize = 3;

/// A model, ready to be asked.
pub(crate) struct Predictor<'a> {
    labels: &'a [FlowModelLabel],
    smoothing: f64,
    /// For each label, the logarithm of its share of the examples.
    shares: Vec<f64>,
    /// For each label, the logarithm of the number of its words, smoothed.
    totals: Vec<f64>,
    words: BTreeMap<&'a str, &'a super::FlowModelWord>,
}

/// What a model says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Predicted<'a> {
    pub(crate) label: &'a FlowModelLabel,
    pub(crate) confidence: f64,
    /// The words that speak most for the label against the next one.
    pub(crate) words: Vec<&'a str>,
}

impl<'a> Predictor<'a> {
    /// Validates a model.
    ///
    /// # Errors
    /// `list.too_long`, `list.duplicate`, `number.out_of_range`, `count.out_of_range`, `index.out_of_range`, `text.invalid`.
    pub(crate) fn of(model: &'a FlowModel) -> Result<Self> {
        smoothing(model.smoothing)?;
        check::length(model.labels.len(), 0..=MAX_LABELS).at("labels")?;
        check::length(model.words.len(), 0..=MAX_WORDS).at("words")?;
        for (index, label) in model.labels.iter().enumerate() {
            check::text(&label.category, 200).at("category").at_index("labels", index)?;
            count(label.examples).at("examples").at_index("labels", index)?;
        }
        let mut totals = vec![0_u64; model.labels.len()];
        let mut words = BTreeMap::new();
        for (index, word) in model.words.iter().enumerate() {
            check::text(&word.word, 200).at("word").at_index("words", index)?;
            counts(word, &mut totals).at_index("words", index)?;
            if words.insert(word.word.as_str(), word).is_some() {
                let error =
                    Error::new(ErrorCode::ListDuplicate, "it is the word of an earlier entry").at("word");
                return Err(error.at_index("words", index));
            }
        }
        let examples: u64 = model.labels.iter().map(|label| u64::from(label.examples)).sum();
        let smoothed = model.smoothing * number(words.len() as u64);
        Ok(Self {
            labels: &model.labels,
            smoothing: model.smoothing,
            shares: model
                .labels
                .iter()
                .map(|label| ln(f64::from(label.examples) / number(examples)))
                .collect(),
            totals: totals.into_iter().map(|total| ln(number(total) + smoothed)).collect(),
            words,
        })
    }

    /// The most probable label of a name; `None` if the model knows none of its words.
    pub(crate) fn predict(&self, name: &str) -> Option<Predicted<'a>> {
        let known: Vec<&'a super::FlowModelWord> =
            name.split(' ').filter_map(|word| self.words.get(word).copied()).collect();
        if known.is_empty() {
            return None;
        }
        let never = ln(self.smoothing);
        let words = number(known.len() as u64);
        let mut scores: Vec<f64> = self
            .shares
            .iter()
            .zip(&self.totals)
            .map(|(share, total)| share + words * (never - total))
            .collect();
        for word in &known {
            for one in &word.counts {
                #[expect(clippy::indexing_slicing, reason = "labels of words are those of the model")]
                let score = &mut scores[one.label as usize];
                *score += ln(f64::from(one.count) + self.smoothing) - never;
            }
        }
        let best = highest(&scores, None)?;
        let next = highest(&scores, Some(best));
        let of_best = *scores.get(best)?;
        let sum: f64 = scores.iter().map(|score| exp(score - of_best)).sum();
        Some(Predicted {
            label: self.labels.get(best)?,
            confidence: 1.0 / sum,
            words: self.weightiest(&known, best, next),
        })
    }

    /// The words that speak most for one label against another, the weightiest first.
    fn weightiest(
        &self,
        known: &[&'a super::FlowModelWord],
        best: usize,
        next: Option<usize>,
    ) -> Vec<&'a str> {
        let of = |word: &super::FlowModelWord, label: usize| {
            let count = word.counts.iter().find(|one| one.label as usize == label).map_or(0, |one| one.count);
            let total = self.totals.get(label).copied().unwrap_or_default();
            ln(f64::from(count) + self.smoothing) - total
        };
        let mut weights: Vec<(f64, &'a str)> = known
            .iter()
            .map(|word| (of(word, best) - next.map_or(0.0, |next| of(word, next)), word.word.as_str()))
            .collect();
        weights.sort_by(|(one, its), (other, others)| other.total_cmp(one).then_with(|| its.cmp(others)));
        let mut words: Vec<&str> = Vec::new();
        for (weight, word) in weights {
            if words.len() < MOST_NAMED && !words.contains(&word) && (weight > 0.0 || words.is_empty()) {
                words.push(word);
            }
        }
        words
    }
}

/// How far two logarithms may lie apart and count as equal: more than rounding, less than any difference of counts.
const EQUAL: f64 = 1e-9;

/// The place of the highest score, the first of equals, apart from one.
fn highest(scores: &[f64], except: Option<usize>) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (place, score) in scores.iter().enumerate() {
        if Some(place) != except && best.is_none_or(|(_, highest)| *score > highest + EQUAL) {
            best = Some((place, *score));
        }
    }
    best.map(|(place, _)| place)
}

/// The counts of a word, which are added to the numbers of words of the labels.
fn counts(word: &super::FlowModelWord, totals: &mut [u64]) -> Result<()> {
    check::length(word.counts.len(), 0..=MAX_LABELS).at("counts")?;
    let mut seen = std::collections::BTreeSet::new();
    for (index, one) in word.counts.iter().enumerate() {
        count(one.count).at("count").at_index("counts", index)?;
        let labels = totals.len();
        let Some(total) = totals.get_mut(one.label as usize) else {
            let message = format!("there is no label {}; the model has {labels}, counted from 0", one.label);
            return Err(Error::new(ErrorCode::IndexOutOfRange, message)
                .at("label")
                .at_index("counts", index));
        };
        *total += u64::from(one.count);
        if !seen.insert(one.label) {
            let error =
                Error::new(ErrorCode::ListDuplicate, "it is the label of an earlier entry").at("label");
            return Err(error.at_index("counts", index));
        }
    }
    Ok(())
}

fn count(value: u32) -> Result<u32> {
    check::whole(value, 1..=MAX_COUNT, ErrorCode::CountOutOfRange)
}

/// A count as a number, exact: counts are far below 2^53.
fn number(count: u64) -> f64 {
    count as f64
}
