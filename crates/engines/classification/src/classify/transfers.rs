//! Transfers between own accounts, and conversions of currencies within one.

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    error::At as _,
};

use super::{Classifier, Matched, own};
use crate::{
    AmbiguityCause, FlowClass, FlowCorrection, FlowReasonKind as Kind, TransferEvidence, corrections,
    pairing::{self, Open, Pair, Unit},
    parts::Part,
    source::Said,
};

impl Classifier<'_> {
    /// Finds the transfers: those of corrections, then those that are unambiguous.
    pub(super) fn pair(&mut self, control: &Control) -> Result<()> {
        self.pair_by_corrections(control)?;
        self.pair_conversions(control)?;
        let days = i32::try_from(self.input.transfer_days).unwrap_or(i32::MAX);
        let mut work = Work::under(control);
        let mut candidates = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            work.done(2)?;
            if self.may_be_paired(place, part) {
                work.done(8 + self.input.accounts.len() / 64)?;
                let (transaction, rank) = (self.transaction(part), self.rank(part));
                candidates.extend(pairing::of_part(part, place, transaction, rank, &self.accounts));
            }
        }
        let mut found = pairing::paired(&candidates, days, control)?;
        for pair in &found.pairs {
            self.make_pair(*pair);
        }
        candidates.retain(|candidate| self.part(candidate.part).counterpart.is_none());
        let converted = pairing::converted(&candidates, days, control)?;
        for pair in &converted {
            self.make_pair(*pair);
        }
        found.open.retain(|open| self.part(open.part).counterpart.is_none());
        self.leave_open(found.open);
        Ok(())
    }

    /// Pairs the two ends of conversions within one account, and leaves open what could belong to several.
    fn pair_conversions(&mut self, control: &Control) -> Result<()> {
        let mut work = Work::under(control);
        let mut ends = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            work.done(1)?;
            if self.may_be_paired(place, part) {
                work.done(4)?;
                ends.extend(pairing::end_of_conversion(part, place, self.transaction(part), &self.accounts));
            }
        }
        let found = pairing::conversions(ends, control)?;
        for pair in &found.pairs {
            self.make_pair(*pair);
        }
        self.leave_open(found.open);
        Ok(())
    }

    /// Leaves parts open that could be ends of several pairs: they are transfers without another end.
    fn leave_open(&mut self, found: Vec<Open>) {
        for open in &found {
            let is_conversion = self.is_conversion(open);
            let detail = match open.cause {
                AmbiguityCause::SeveralCandidates if is_conversion => {
                    "it could be a conversion with several others; none is certain"
                }
                AmbiguityCause::SeveralCandidates => {
                    "it could be a transfer with several others; none is certain"
                }
                AmbiguityCause::ArrivesFirst => "it could be a transfer that would arrive before it leaves",
            };
            self.decide_if_open(open.part, FlowClass::Transfer, Kind::Pairing, detail);
        }
        self.open.extend(found);
    }

    /// Whether the other ends that a part could have are in its own account.
    fn is_conversion(&self, open: &Open) -> bool {
        let account = self.part(open.part).account;
        open.candidates.iter().any(|other| self.part(*other).account == account)
    }

    /// Whether a part can be an end of a transfer that is looked for.
    fn may_be_paired(&self, place: usize, part: &Part<'_>) -> bool {
        let is_open = match &part.decided {
            None => !matches!(part.said, Said::Class(FlowClass::Transfer) | Said::Beside),
            Some((class, reason)) => {
                *class == FlowClass::Transfer && !matches!(reason.kind, Kind::Source | Kind::Pairing)
            }
        };
        part.counterpart.is_none() && is_open && !self.choice(place).not_transfer
    }

    /// Connects the two ends of a pair, which are what their accounts make them unless the user decided otherwise.
    fn make_pair(&mut self, pair: Pair) {
        let Pair { from, to, evidence } = pair;
        let (departure, arrival) = (self.part(from), self.part(to));
        let is_conversion = departure.account == arrival.account;
        let class = self.class_between(departure.account, arrival.account);
        let (left, arrived) = (departure.amount, arrival.amount);
        let (kind, why) = match evidence {
            TransferEvidence::Correction => (Kind::Correction, "a correction makes them a pair"),
            TransferEvidence::Named if is_conversion => (Kind::Pairing, "both name their own account"),
            TransferEvidence::Named => (Kind::Pairing, "one names the account of the other"),
            TransferEvidence::Account => {
                (Kind::Pairing, "one has the number or the institution of the other account")
            }
            TransferEvidence::Words if is_conversion => {
                (Kind::Pairing, "both are of one day and say that they are one")
            }
            TransferEvidence::Words => {
                (Kind::Pairing, "the words of one are those of a transfer or a payment")
            }
            TransferEvidence::Amount => {
                (Kind::Pairing, "nothing but the equal and opposite amounts speaks for it")
            }
        };
        let what = if is_conversion { "a conversion" } else { "a transfer" };
        let ids = (self.transaction(departure).id.as_str(), self.transaction(arrival).id.as_str());
        let details =
            [(from, format!("{what} to {}: {why}", ids.1)), (to, format!("{what} from {}: {why}", ids.0))];
        for (place, detail) in details {
            self.decide_if_open(place, class, kind, detail);
        }
        self.part_mut(from).counterpart = Some(to);
        self.part_mut(to).counterpart = Some(from);
        self.pairs.push(Matched { pair, left: left.abs(), arrived });
    }

    pub(super) fn decide_if_open(
        &mut self,
        place: usize,
        class: FlowClass,
        kind: Kind,
        detail: impl Into<String>,
    ) {
        if self.part(place).decided.is_none() {
            self.decide_part(place, class, kind, detail);
        }
    }

    /// Makes the pairs that corrections state.
    fn pair_by_corrections(&mut self, control: &Control) -> Result<()> {
        let mut work = Work::under(control);
        let stated: Vec<(usize, &FlowCorrection, &str)> = self.corrections.pairs().collect();
        for (number, correction, other) in stated {
            let one = corrections::known(&correction.transaction, &self.places)?;
            let other = corrections::known(other, &self.places)?;
            let ends = self.ends(one, correction.part, other, &mut work);
            let (from, to) = ends.at("transferOf").at_index("corrections", number)?;
            match (self.part(from).counterpart, self.part(to).counterpart) {
                (None, None) => {
                    // The pair outranks what the source says.
                    self.part_mut(from).decided = None;
                    self.part_mut(to).decided = None;
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

    /// The parts of two transactions that are a departure and its arrival: of cash in two accounts or two currencies, or of
    /// equally many shares of one security in two accounts.
    fn ends(
        &self,
        one: usize,
        part: Option<u32>,
        other: usize,
        work: &mut Work<'_, '_>,
    ) -> Result<(usize, usize)> {
        let conflict = |message: &str| Err(Error::new(ErrorCode::FieldConflict, message));
        let of = |place: usize| {
            let parts = own(&self.starts, place).map(|at| (at, self.part(at)));
            parts.filter(|(_, part)| !part.taken_out)
        };
        let mut is_other_account = false;
        for (at, this) in of(one).filter(|(_, this)| part.is_none_or(|number| number == this.number)) {
            let (unit, moved) = pairing::moved(this, self.transaction(this));
            for (across, that) in of(other) {
                work.done(1)?;
                let (other_unit, came) = pairing::moved(that, self.transaction(that));
                let is_converted = unit != other_unit && both_cash(unit, other_unit);
                if this.account == that.account && !is_converted {
                    continue;
                }
                is_other_account = true;
                let are_opposite = moved.signum() * came.signum() < 0;
                let are_equal = unit == other_unit && moved == came.negated();
                if are_opposite && (are_equal || is_converted) {
                    return Ok(if moved.is_negative() { (at, across) } else { (across, at) });
                }
            }
        }
        if is_other_account {
            return conflict(
                "no part of it is opposite and, in the same currency or security, equal: a pair nets to zero",
            );
        }
        conflict("both are in one account; a transfer is between two, or from one currency into another")
    }
}

/// Whether two units are money.
fn both_cash(one: Unit<'_>, other: Unit<'_>) -> bool {
    matches!((one, other), (Unit::Cash(_), Unit::Cash(_)))
}
