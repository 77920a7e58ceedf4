//! What the user and the source say.

use wherewithal_base::{
    Result,
    control::{Control, Work},
};

use super::{Choice, Classifier};
use crate::{FlowClass, FlowReason, FlowReasonKind as Kind, source, source::Said};

impl Classifier<'_> {
    /// Decides the parts of which the user, a rule or the source says what they are.
    pub(super) fn decide(&mut self, control: &Control) -> Result<()> {
        let mut work = Work::under(control);
        self.choices.reserve(self.parts.len());
        let mut compared = (usize::MAX, crate::rules::Compared::default());
        for place in 0..self.parts.len() {
            work.done(4 + self.rules.len() / 16)?;
            #[expect(clippy::indexing_slicing, reason = "the place is one of the parts")]
            let part = &self.parts[place];
            let transaction = self.transaction(part);
            if !self.rules.is_empty() && compared.0 != part.place {
                compared = (part.place, self.rules.compared(transaction));
            }
            let mut choice = Choice::default();
            let mut class: Option<(FlowClass, FlowReason)> = None;
            if let Some(correction) = self.corrections.of_part(part.place, part.number, part.taken_out) {
                let reason = || FlowReason::new(Kind::Correction, "a correction of this transaction");
                class = correction.class.map(|class| (class, reason()));
                choice.category = correction.category.as_deref().map(|category| (category, reason()));
                choice.merchant = correction.merchant.as_deref();
                choice.not_transfer = correction.not_transfer;
            }
            if let Some(merchant) =
                self.merchant(part).filter(|_| part.is_whole || part.number == 0 && !self.is_split(part))
            {
                let carried = self.corrections.carried(merchant, transaction.date, part.amount);
                let reason =
                    |number| FlowReason::new(Kind::MerchantCorrection, self.corrections.name(number));
                class = class.or_else(|| {
                    let (class, number) = carried.class.filter(|_| !choice.not_transfer)?;
                    Some((class, reason(number)))
                });
                choice.category = choice.category.or_else(|| {
                    let (category, number) = carried.category?;
                    Some((category, reason(number)))
                });
                choice.merchant = choice.merchant.or(carried.merchant);
            }
            if !self.rules.is_empty() && !part.taken_out {
                let ruled = self.rules.apply(&compared.1, part.memo, part.account, part.amount);
                let reason = |number| FlowReason::new(Kind::Rule, self.rules.name(number));
                class = class.or_else(|| {
                    let (class, number) = ruled.class?;
                    let contradicts = choice.not_transfer && class == FlowClass::Transfer;
                    (!contradicts).then(|| (class, reason(number)))
                });
                choice.category = choice.category.or_else(|| {
                    let (category, number) = ruled.category?;
                    Some((category, reason(number)))
                });
                choice.merchant = choice.merchant.or(ruled.merchant);
            }
            if class.is_none()
                && let Said::Class(said) = part.said
            {
                let detail = if part.taken_out {
                    "the fees that the source states".to_owned()
                } else {
                    source::reason(said, transaction.r#type)
                };
                class = Some((said, FlowReason::new(Kind::Source, detail)));
            }
            #[expect(clippy::indexing_slicing, reason = "the place is one of the parts")]
            let part = &mut self.parts[place];
            part.decided = class;
            self.choices.push(choice);
        }
        Ok(())
    }

    /// Whether the source states the transaction in parts.
    fn is_split(&self, part: &crate::parts::Part<'_>) -> bool {
        self.transaction(part).splits.len() > 1
    }
}
