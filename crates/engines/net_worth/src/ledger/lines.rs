//! How positions are shown, and what is reported about their figures.

use std::collections::BTreeMap;

use wherewithal_base::{Result, dates::Date, money::Currency, num::Decimal, wire::Wire};

use super::{
    books::{Books, Position, What, Worth},
    tables::{places_of, shown},
};

/// What a position is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum NetWorthPositionKind {
    /// The cash of an account, or what is owed on a card or a loan.
    Cash,
    /// Shares of a security.
    Security,
    /// Money or shares that left the account and have not arrived at another, or money of a transaction that settles on another day than its
    /// own: due to the account, or owed below zero.
    UnderWay,
    /// An asset that has valuations.
    Asset,
}

/// A position without a price: it is left out of all totals.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct UnpricedPosition {
    /// The id of the account.
    pub account: String,
    /// The id of the security.
    pub security: String,
    /// The day on which there is no price, nor before it.
    pub date: Date,
    /// The number of shares.
    pub quantity: Decimal,
}

/// A price or an exchange rate that was used and is older than `staleAfterDays`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub struct StaleFigure {
    /// The id of the security, of a price.
    pub security: Option<String>,
    /// The currency, of an exchange rate.
    pub currency: Option<Currency>,
    /// The day for which it was used.
    pub used_on: Date,
    /// The day from which it is.
    pub date: Date,
    /// How many days lie between.
    pub days: u32,
}

/// A balance or a position that a statement states and the transactions do not give. The statement counts, from its day on.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthAdjustment {
    /// The id of the account.
    pub account: String,
    /// The id of the security, of a number of shares.
    pub security: Option<String>,
    /// The day of the statement.
    pub date: Date,
    /// What it states.
    pub stated: Decimal,
    /// What the transactions give.
    pub computed: Decimal,
    /// What is stated less what is computed: the sum of the transactions that are missing.
    pub difference: Decimal,
    /// The currency of the amounts, or of the security.
    pub currency: Currency,
}

/// What was found out about figures while positions were valued.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) unpriced: Vec<UnpricedPosition>,
    pub(super) stale: Vec<StaleFigure>,
}

impl Books<'_> {
    pub(super) fn kind(&self, position: &Position) -> NetWorthPositionKind {
        match position.what {
            _ if position.under_way => NetWorthPositionKind::UnderWay,
            What::Cash(_) => NetWorthPositionKind::Cash,
            What::Security(_) => NetWorthPositionKind::Security,
            What::Asset => NetWorthPositionKind::Asset,
        }
    }

    pub(super) fn security_id(&self, position: &Position) -> Option<String> {
        let What::Security(place) = position.what else { return None };
        self.input.ledger.securities.get(place).map(|security| security.id.clone())
    }

    /// What a position is worth, with a note where a figure is stale or missing. Without a price it is worth nothing that could
    /// be added, and the answer says so.
    pub(super) fn noted_worth(
        &self,
        position: &Position,
        day: Date,
        findings: &mut Findings,
    ) -> Result<Option<Worth>> {
        let Some(worth) = self.worth(position, day)? else {
            findings.unpriced.push(UnpricedPosition {
                account: self.item(position).id.to_owned(),
                security: self.security_id(position).unwrap_or_default(),
                date: day,
                quantity: position.levels.on(day).normalized(),
            });
            return Ok(None);
        };
        let mut stale = |security, currency, date: Date| {
            if self.is_stale(date, day) {
                let days = date.days_until(day).unsigned_abs();
                findings.stale.push(StaleFigure { security, currency, used_on: day, date, days });
            }
        };
        if let Some((_, date)) = worth.price {
            stale(self.security_id(position), None, date);
        }
        if let Some(date) = worth.rate_date {
            stale(None, Some(position.currency), date);
        }
        Ok(Some(worth))
    }

    /// The adjustments from one day to another, both included.
    pub(super) fn adjustments_between(
        &self,
        first: Option<Date>,
        last: Date,
    ) -> Result<Vec<NetWorthAdjustment>> {
        let mut told = Vec::new();
        for adjustment in &self.adjustments {
            if adjustment.day > last || first.is_some_and(|first| adjustment.day < first) {
                continue;
            }
            #[expect(clippy::indexing_slicing, reason = "an adjustment is of a position")]
            let position = &self.positions[adjustment.position];
            let difference = adjustment.stated.minus(adjustment.computed)?;
            let shown = |value: Decimal| match position.what {
                What::Security(_) => value.normalized(),
                What::Cash(_) | What::Asset => shown(value, places_of(position.currency)),
            };
            told.push(NetWorthAdjustment {
                account: self.item(position).id.to_owned(),
                security: self.security_id(position),
                date: adjustment.day,
                stated: shown(adjustment.stated),
                computed: shown(adjustment.computed),
                difference: shown(difference),
                currency: position.currency,
            });
        }
        Ok(told)
    }
}

impl Findings {
    /// Of each stale figure the last day on which it was used.
    pub(super) fn keep_last(&mut self) {
        let mut last: BTreeMap<(Option<String>, Option<Currency>, Date), StaleFigure> = BTreeMap::new();
        for figure in self.stale.drain(..) {
            let kept = last
                .entry((figure.security.clone(), figure.currency, figure.date))
                .or_insert_with(|| figure.clone());
            if figure.used_on > kept.used_on {
                *kept = figure;
            }
        }
        self.stale.extend(last.into_values());
    }

    /// The list of stale figures, each once.
    pub(super) fn stale(&mut self) -> Vec<StaleFigure> {
        let mut stale = std::mem::take(&mut self.stale);
        stale.sort();
        stale.dedup();
        stale
    }
}
