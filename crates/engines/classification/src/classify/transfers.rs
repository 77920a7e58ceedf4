//! Transfers between own accounts.

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    error::At as _,
    num::Decimal,
};

use super::{Classifier, Matched, own};
use crate::{
    AmbiguityCause, FlowClass, FlowCorrection, FlowReasonKind as Kind, TransferEvidence, corrections,
    pairing::{self, Pair},
    parts::Part,
    source::Said,
};

impl Classifier<'_> {
    /// Finds the transfers: those of corrections, then those that are unambiguous.
    pub(super) fn pair(&mut self, control: &Control) -> Result<()> {
        self.pair_by_corrections(control)?;
        let days = i32::try_from(self.input.transfer_days).unwrap_or(i32::MAX);
        let mut work = Work::under(control);
        let mut candidates = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            work.done(2)?;
            if self.may_be_paired(place, part) {
                work.done(8 + self.input.accounts.len() / 64)?;
                candidates.extend(pairing::of_part(part, place, self.transaction(part), &self.accounts));
            }
        }
        let mut found = pairing::paired(candidates.clone(), days, control)?;
        for pair in &found.pairs {
            self.make_pair(*pair);
        }
        let is_left = |part: &usize| self.parts.get(*part).is_some_and(|part| part.counterpart.is_none());
        candidates.retain(|candidate| is_left(&candidate.part));
        let converted = pairing::converted(&candidates, days, control)?;
        for pair in &converted {
            self.make_pair(*pair);
        }
        let is_left = |part: &usize| self.parts.get(*part).is_some_and(|part| part.counterpart.is_none());
        found.open.retain(|open| is_left(&open.part));
        for open in &found.open {
            let detail = match open.cause {
                AmbiguityCause::SeveralCandidates => {
                    "it could be a transfer with several others; none is certain"
                }
                AmbiguityCause::ArrivesFirst => "it could be a transfer that would arrive before it leaves",
            };
            self.decide_if_open(open.part, FlowClass::Transfer, Kind::Pairing, detail);
        }
        self.open = found.open;
        Ok(())
    }

    /// Whether a part can be an end of a transfer that is looked for.
    fn may_be_paired(&self, place: usize, part: &Part<'_>) -> bool {
        let is_excluded = self.choices.get(place).is_some_and(|choice| choice.not_transfer);
        let is_open = match &part.decided {
            None => part.said != Said::Class(FlowClass::Transfer),
            Some((class, reason)) => *class == FlowClass::Transfer && reason.kind != Kind::Source,
        };
        part.counterpart.is_none() && is_open && !is_excluded
    }

    /// Connects the two ends of a pair, which are what their accounts make them unless the user decided otherwise.
    fn make_pair(&mut self, pair: Pair) {
        let Pair { from, to, evidence } = pair;
        let (Some(departure), Some(arrival)) = (self.parts.get(from), self.parts.get(to)) else { return };
        let class = self.class_between(departure.account, arrival.account);
        let (left, arrived) = (departure.amount, arrival.amount);
        let (kind, why) = match evidence {
            TransferEvidence::Correction => (Kind::Correction, "a correction makes them a pair"),
            TransferEvidence::Named => (Kind::Pairing, "one names the account of the other"),
            TransferEvidence::Account => {
                (Kind::Pairing, "one has the number or the institution of the other account")
            }
            TransferEvidence::Words => {
                (Kind::Pairing, "the words of one are those of a transfer or a payment")
            }
            TransferEvidence::Amount => {
                (Kind::Pairing, "nothing but the equal and opposite amounts speaks for it")
            }
        };
        let ids = (self.transaction(departure).id.as_str(), self.transaction(arrival).id.as_str());
        let details = [
            (from, format!("a transfer to {}: {why}", ids.1)),
            (to, format!("a transfer from {}: {why}", ids.0)),
        ];
        for (place, detail) in details {
            self.decide_if_open(place, class, kind, detail);
        }
        for (place, other) in [(from, to), (to, from)] {
            if let Some(part) = self.parts.get_mut(place) {
                part.counterpart = Some(other);
            }
        }
        self.pairs.push(Matched { pair, left: left.abs(), arrived });
    }

    pub(super) fn decide_if_open(
        &mut self,
        place: usize,
        class: FlowClass,
        kind: Kind,
        detail: impl Into<String>,
    ) {
        if self.parts.get(place).is_some_and(|part| part.decided.is_none()) {
            self.decide_part(place, class, kind, detail);
        }
    }

    /// Makes the pairs that corrections state.
    fn pair_by_corrections(&mut self, control: &Control) -> Result<()> {
        let mut work = Work::under(control);
        let stated: Vec<(usize, &FlowCorrection)> = self.corrections.pairs().collect();
        for (number, correction) in stated {
            let Some(other) = &correction.transfer_of else { continue };
            let one = corrections::known(&correction.transaction, &self.places)?;
            let other = corrections::known(other, &self.places)?;
            let ends = self.ends(one, correction.part, other, &mut work);
            let (from, to) = ends.at("transferOf").at_index("corrections", number)?;
            match (self.counterpart(from), self.counterpart(to)) {
                (None, None) => {
                    for place in [from, to] {
                        // The pair outranks what the source says.
                        if let Some(part) = self.parts.get_mut(place) {
                            part.decided = None;
                        }
                    }
                    self.make_pair(Pair { from, to, evidence: TransferEvidence::Correction });
                }
                (Some(paired), _) if paired == to => {}
                _ => {
                    let message = "an earlier correction pairs one of them with another transaction";
                    let error = Error::new(ErrorCode::ListDuplicate, message).at("transferOf");
                    return Err(error.at_index("corrections", number));
                }
            }
        }
        Ok(())
    }

    fn counterpart(&self, place: usize) -> Option<usize> {
        self.parts.get(place).and_then(|part| part.counterpart)
    }

    /// The parts of two transactions that are a departure and its arrival.
    fn ends(
        &self,
        one: usize,
        part: Option<u32>,
        other: usize,
        work: &mut Work<'_, '_>,
    ) -> Result<(usize, usize)> {
        let conflict = |message: &str| Err(Error::new(ErrorCode::FieldConflict, message));
        let of = |place: usize| {
            let own = own(&self.starts, place);
            own.filter_map(|at| self.parts.get(at).map(|part| (at, part))).filter(|(_, part)| !part.taken_out)
        };
        let mut is_other_account = false;
        for (at, this) in of(one).filter(|(_, this)| part.is_none_or(|number| number == this.number)) {
            for (across, that) in of(other) {
                work.done(1)?;
                if this.account == that.account {
                    continue;
                }
                is_other_account = true;
                let are_opposite = this.amount.signum() * that.amount.signum() < 0;
                let are_equal = this.currency != that.currency || this.amount == that.amount.negated();
                if are_opposite && are_equal {
                    return Ok(if this.amount < Decimal::ZERO { (at, across) } else { (across, at) });
                }
            }
        }
        if is_other_account {
            return conflict(
                "no part of it is opposite and, in the same currency, equal: a pair nets to zero",
            );
        }
        conflict("both are in one account; a transfer is between two")
    }
}
