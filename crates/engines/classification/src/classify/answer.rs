//! From classified parts to the answer.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{
    Result,
    control::{Control, Work},
    dates::Date,
    num::Decimal,
    order,
};

use super::{Classifier, Matched, ranks};
use crate::{
    AmbiguousTransfer, Classification, ClassifiedFlow, FlowClass, FlowReason, FlowReasonCount,
    FlowReasonKind as Kind, FlowTotal, MoneyUnderWay, TransferPair, UnmatchedArrival,
    pairing::{Hinted, Open},
    parts::Part,
};

impl<'a> Classifier<'a> {
    pub(super) fn answer(&self, control: &Control) -> Result<Classification> {
        let mut work = Work::under(control);
        let places = self.places_in_order();
        control.check()?;
        let mut totals: BTreeMap<(FlowClass, wherewithal_base::money::Currency), (Decimal, u32)> =
            BTreeMap::new();
        let mut reasons: BTreeMap<Kind, u32> = BTreeMap::new();
        let mut flows = Vec::with_capacity(places.len());
        let is_open = self.open_parts();
        let (mut under_way, mut unmatched_arrivals) = (Vec::new(), Vec::new());
        for place in places {
            work.done(8)?;
            let part = self.part(place);
            let (class, reason) = part.decision();
            let total = totals.entry((*class, part.currency)).or_default();
            *total = (total.0.plus(part.amount)?, total.1 + 1);
            *reasons.entry(reason.kind).or_default() += 1;
            if part.counterpart.is_none() && !is_open.contains(&place) {
                self.single_end(part, *class, reason, &mut under_way, &mut unmatched_arrivals);
            }
            flows.push(self.flow(place, part, *class, reason));
        }
        let totals = totals.into_iter().map(|((class, currency), (amount, flows))| FlowTotal {
            class,
            currency,
            amount,
            flows,
        });
        let reasons = reasons.into_iter().map(|(kind, flows)| FlowReasonCount { kind, flows });
        Ok(Classification {
            flows,
            transfers: self.transfers(),
            ambiguous: self.ambiguous(&mut work)?,
            under_way,
            unmatched_arrivals,
            totals: totals.collect(),
            reasons: reasons.collect(),
        })
    }

    /// The places of the parts in scope, by date, account, transaction and part.
    fn places_in_order(&self) -> Vec<usize> {
        let accounts = ranks(self.accounts.places_by_id(), self.scope.len());
        let mut keys = Vec::with_capacity(self.parts.len());
        for (place, part) in self.parts.iter().enumerate() {
            if self.is_in_scope(part.account) {
                #[expect(clippy::indexing_slicing, reason = "each account has its rank")]
                let ids = (accounts[part.account], self.rank(part));
                keys.push((self.transaction(part).date, ids, part.number, place));
            }
        }
        keys.sort_unstable();
        keys.into_iter().map(|(_, _, _, place)| place).collect()
    }

    fn open_parts(&self) -> BTreeSet<usize> {
        self.open.iter().map(|open| open.part).collect()
    }

    fn flow(&self, place: usize, part: &Part<'a>, class: FlowClass, reason: &FlowReason) -> ClassifiedFlow {
        let transaction = self.transaction(part);
        let (category, category_reason) = self.category(place, part, class).unzip();
        let merchant = self.choice(place).merchant.or(self.merchant(part));
        ClassifiedFlow {
            transaction: transaction.id.clone(),
            part: part.number,
            account: transaction.account.clone(),
            date: transaction.date,
            amount: part.amount,
            currency: part.currency,
            class,
            category,
            merchant: merchant.map(str::to_owned),
            counterpart: part.counterpart.map(|other| self.id_of(other)),
            security: transaction.security.clone(),
            quantity: transaction.quantity.filter(|_| part.number == 0),
            reason: reason.clone(),
            category_reason,
        }
    }

    fn id_of(&self, place: usize) -> String {
        self.transaction(self.part(place)).id.clone()
    }

    /// Lists a part without its other end, if it has one in scope by what the user or the source says.
    fn single_end(
        &self,
        part: &Part<'a>,
        class: FlowClass,
        reason: &FlowReason,
        under_way: &mut Vec<MoneyUnderWay>,
        arrivals: &mut Vec<UnmatchedArrival>,
    ) {
        let of_user = class == FlowClass::Transfer
            && matches!(reason.kind, Kind::Correction | Kind::MerchantCorrection | Kind::Rule);
        let is_moved = matches!(class, FlowClass::Transfer | FlowClass::PrincipalPaid | FlowClass::LoanTaken);
        if !is_moved || !of_user && reason.kind != Kind::Source {
            return;
        }
        let other = match self.other_end(part) {
            Some(Hinted::Own(account)) => Some(self.accounts.get(account).id.clone()),
            Some(Hinted::Payment) => None,
            _ if of_user => None,
            _ => return,
        };
        let transaction = self.transaction(part);
        let (id, account) = (transaction.id.clone(), transaction.account.clone());
        if part.amount.is_negative() {
            let days = i32::try_from(self.input.transfer_days).unwrap_or(i32::MAX);
            let overdue = self.last.is_some_and(|last| transaction.date.days_until(last) > days);
            under_way.push(MoneyUnderWay {
                transaction: id,
                part: part.number,
                account,
                to_account: other,
                amount: part.amount.negated(),
                currency: part.currency,
                since: transaction.date,
                overdue,
            });
        } else if !part.amount.is_zero() {
            arrivals.push(UnmatchedArrival {
                transaction: id,
                part: part.number,
                account,
                from_account: other,
                amount: part.amount,
                currency: part.currency,
                date: transaction.date,
            });
        }
    }

    /// The pairs with an end in scope, by the day on which they left.
    fn transfers(&self) -> Vec<TransferPair> {
        let mut transfers: Vec<TransferPair> =
            self.pairs.iter().filter_map(|matched| self.transfer(matched)).collect();
        order::sort_by(&mut transfers, |one, other| {
            (one.left, &one.from, one.from_part).cmp(&(other.left, &other.from, other.from_part))
        });
        transfers
    }

    fn transfer(&self, matched: &Matched) -> Option<TransferPair> {
        let (from, to) = (self.part(matched.pair.from), self.part(matched.pair.to));
        if !self.is_in_scope(from.account) && !self.is_in_scope(to.account) {
            return None;
        }
        let (departure, arrival) = (self.transaction(from), self.transaction(to));
        let is_cash = !matched.left.is_zero();
        Some(TransferPair {
            from: departure.id.clone(),
            from_part: from.number,
            from_account: departure.account.clone(),
            to: arrival.id.clone(),
            to_part: to.number,
            to_account: arrival.account.clone(),
            amount: matched.left,
            currency: from.currency,
            arrived_amount: matched.arrived,
            arrived_currency: to.currency,
            security: departure.security.clone().filter(|_| !is_cash),
            quantity: departure.quantity.map(Decimal::abs).filter(|_| !is_cash),
            left: departure.date,
            arrived: arrival.date.max(departure.date),
            evidence: matched.pair.evidence,
        })
    }

    /// What could be an end of a transfer, by date, transaction and part.
    fn ambiguous(&self, work: &mut Work<'_, '_>) -> Result<Vec<AmbiguousTransfer>> {
        let mut dated: Vec<(Date, AmbiguousTransfer)> = Vec::with_capacity(self.open.len());
        for open in &self.open {
            work.done(2 + open.candidates.len())?;
            dated.extend(self.ambiguous_one(open));
        }
        order::sort_by(&mut dated, |(day, one), (other_day, other)| {
            (day, &one.transaction, one.part).cmp(&(other_day, &other.transaction, other.part))
        });
        Ok(dated.into_iter().map(|(_, ambiguous)| ambiguous).collect())
    }

    fn ambiguous_one(&self, open: &Open) -> Option<(Date, AmbiguousTransfer)> {
        let part = self.part(open.part);
        if !self.is_in_scope(part.account) {
            return None;
        }
        let transaction = self.transaction(part);
        let mut candidates: Vec<(Date, String)> = open
            .candidates
            .iter()
            .map(|place| {
                let candidate = self.transaction(self.part(*place));
                (candidate.date, candidate.id.clone())
            })
            .collect();
        candidates.sort_unstable();
        let ambiguous = AmbiguousTransfer {
            transaction: transaction.id.clone(),
            part: part.number,
            amount: part.amount,
            currency: part.currency,
            cause: open.cause,
            candidates: candidates.into_iter().map(|(_, id)| id).collect(),
            has_more: open.has_more,
        };
        Some((transaction.date, ambiguous))
    }
}
