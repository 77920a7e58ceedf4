//! Categories: of the user, of the source, of the merchant category code, of the model.

use wherewithal_base::{
    Result,
    control::{Control, Work},
};

use super::Classifier;
use crate::{
    FlowClass, FlowReason, FlowReasonKind as Kind, merchant_codes, model::Predicted, parts::Part,
    texts::is_blank,
};

/// More than the rounding of a confidence.
const ROUNDING: f64 = 1e-12;

impl<'a> Classifier<'a> {
    /// Asks the model about every merchant.
    pub(super) fn predict(&mut self, control: &Control) -> Result<()> {
        let Some(model) = &self.model else { return Ok(()) };
        let labels = self.input.model.as_ref().map_or(0, |model| model.labels.len());
        let mut work = Work::under(control);
        for merchant in self.merchants.iter().flatten() {
            work.done(2)?;
            if self.predictions.contains_key(merchant.as_str()) {
                continue;
            }
            work.done(8 + labels)?;
            if let Some(predicted) = model.predict(merchant) {
                self.predictions.insert(merchant.as_str(), predicted);
            }
        }
        // A confidence that is the least itself may lie below it by its rounding.
        let least = self.input.min_confidence - ROUNDING;
        self.predictions.retain(|_, predicted| predicted.confidence >= least);
        Ok(())
    }

    /// What the model says of the merchant of a part, if it is sure enough.
    pub(super) fn predicted(&self, part: &Part<'_>) -> Option<&Predicted<'a>> {
        self.predictions.get(self.merchant(part)?)
    }

    /// The category of a part that has been decided, with its reason.
    pub(super) fn category(
        &self,
        place: usize,
        part: &Part<'a>,
        class: FlowClass,
    ) -> Option<(String, FlowReason)> {
        if let Some((category, reason)) = &self.choice(place).category {
            return Some(((*category).to_owned(), reason.clone()));
        }
        if let Some(category) = part.category.filter(|category| !is_blank(category)) {
            return Some((category.to_owned(), FlowReason::new(Kind::Source, "the source gives it")));
        }
        if part.taken_out
            || !matches!(class, FlowClass::Income | FlowClass::Expense | FlowClass::Refund | FlowClass::Fee)
        {
            return None;
        }
        let code = self.transaction(part).merchant_category_code.as_deref().and_then(merchant_codes::find);
        if let Some(code) = code.filter(|code| code.class(part.amount) == Some(class)) {
            let reason = FlowReason::new(Kind::MerchantCode, code.words());
            return Some((code.category.to_owned(), reason));
        }
        let predicted = self.predicted(part)?;
        let fits =
            predicted.label.class.is_none_or(|label| super::unpaired::with_sign(label, part.amount) == class);
        fits.then(|| (predicted.label.category.clone(), reason(predicted)))
    }
}

/// The reason of a model.
pub(super) fn reason(predicted: &Predicted<'_>) -> FlowReason {
    let words = if predicted.words.len() == 1 { "the word" } else { "the words" };
    let detail = format!("{words} {}", predicted.words.join(", "));
    FlowReason { confidence: Some(predicted.confidence), ..FlowReason::new(Kind::Model, detail) }
}
