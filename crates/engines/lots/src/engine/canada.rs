//! Shares in Canada: the adjusted cost base, and superficial losses.
//!
//! All identical shares have the average cost (ITA 47). A loss is denied as far as identical shares are bought within 30
//! days before or after the sale and held at the end of that time (ITA 40(2)(g)(i) and 54): of a loss on S shares, with P
//! bought and B held at the end, the part min(S, P, B) / S (Interpretation Bulletin IT-456R, section 12). It is added to the
//! cost of what is held (ITA 53(1)(f)), or is gone where a registered plan bought the shares. Each loss is looked at by
//! itself, so a purchase in the periods of two losses counts for both: neither the Act nor the bulletin says that a share
//! stands for one loss only.
//!
//! Persons who are affiliated count as one for P and B, which has all identical shares, those bought earlier included; then
//! the denied loss is divided by what each holds at the end of the shares that it bought (Canada Revenue Agency,
//! 2022-0940941C6, question 4). So what a plan bought and sold again counts in P, and the loss goes to those who hold shares.
//!
//! How many shares are held at the end is known when the first event after it comes, so losses wait until then.

use wherewithal_base::Result;

use super::{BasisRule, Book, Family, Id, Position, Wash};
use crate::{
    exact::{Running, Unit, greatest_common_divisor},
    input::Jurisdiction,
};

/// Days before and after the sale.
const WINDOW: i32 = 30;

/// A loss whose time is not over.
#[derive(Debug, Clone)]
pub(crate) struct OpenLoss {
    pub(super) event: u32,
    /// The index of the disposal.
    pub(super) disposal: usize,
    pub(super) day: i32,
    pub(super) position: Id<Position>,
    /// Units sold, in the family's present unit.
    pub(super) units: i128,
}

/// Shares that were bought, and may make a loss superficial.
#[derive(Debug, Clone)]
pub(crate) struct Bought {
    pub(super) day: i32,
    pub(super) position: Id<Position>,
    /// Units bought, in the family's present unit.
    pub(super) units: i128,
}

/// Shares of a position around a loss.
struct Substituted {
    position: Id<Position>,
    /// Units bought in its period.
    bought: i128,
    /// Units held at the end.
    held: i128,
}

impl Substituted {
    /// What is left of the shares that were bought: the property that the loss is added to.
    fn substituted(&self) -> i128 {
        self.bought.min(self.held)
    }
}

/// The unit in which each weight has a whole number of `units` of those that are divided, and how much finer it is; none if
/// the numbers would become too large.
fn finer(unit: Unit, (units, of): (i128, i128), weights: &[i128], whole: i128) -> Option<(i128, Unit)> {
    let common = weights.iter().try_fold(whole, |common, weight| {
        units.checked_mul(*weight).map(|product| greatest_common_divisor(common, product))
    })?;
    let factor = whole / common;
    of.checked_mul(factor)?;
    unit.refined(factor).ok().map(|fine| (factor, fine))
}

impl Book {
    /// Takes a purchase down.
    pub(super) fn remember_bought(&mut self, day: i32, position: Id<Position>, units: i128) {
        let family = self.family_of(position);
        self.forget_bought(family, day);
        self.families[family].bought.push_back(Bought { day, position, units });
    }

    /// Forgets purchases that are in the period of no loss of a day, nor of one that waits.
    pub(super) fn forget_bought(&mut self, family: Id<Family>, day: i32) {
        let first = self.first_bought(family, day);
        let bought = &mut self.families[family].bought;
        while bought.front().is_some_and(|bought| bought.day < first) {
            bought.pop_front();
        }
    }

    /// The first day whose purchases are in the period of such a loss.
    pub(super) fn first_bought(&self, family: Id<Family>, day: i32) -> i32 {
        let oldest = self.families[family].open_losses.front().map_or(day, |loss| loss.day.min(day));
        oldest.saturating_sub(WINDOW)
    }

    /// Takes the losses of a sale down, the disposals from `first` on.
    pub(super) fn remember_losses(&mut self, event: u32, day: i32, position: Id<Position>, first: usize) {
        if self.rules.jurisdiction != Jurisdiction::Canada || !self.is_taxable(position) {
            return;
        }
        let family = self.family_of(position);
        for (disposal, row) in self.disposals.iter().enumerate().skip(first) {
            if row.result() < 0 {
                let loss = OpenLoss { event, disposal, day, position, units: row.units };
                self.families[family].open_losses.push_back(loss);
                self.waiting.push_back((day, family));
            }
        }
    }

    /// Decides the losses whose time ended before a day.
    #[expect(clippy::expect_used, reason = "each entry of the list stands for one loss of its family")]
    pub(super) fn decide_losses(&mut self, day: i32) -> Result<()> {
        while let Some((sold, family)) = self.waiting.front().copied()
            && sold + WINDOW < day
        {
            self.waiting.pop_front();
            let loss = self.families[family].open_losses.pop_front().expect("the loss waits in its family");
            self.decide(family, &loss)?;
        }
        Ok(())
    }

    fn decide(&mut self, family: Id<Family>, loss: &OpenLoss) -> Result<()> {
        let shares = self.substituted(family, loss.day);
        let bought: i128 = shares.iter().map(|of| of.bought).sum();
        let denied_units = loss.units.min(bought).min(shares.iter().map(|of| of.held).sum());
        if denied_units == 0 {
            return Ok(());
        }
        let result = self.disposal(loss.disposal).result();
        // Where nobody has anything left of what was bought, all are one person still, whose other shares are left.
        let has_some = shares.iter().any(|of| of.substituted() > 0);
        let weight = |of: &Substituted| if has_some { of.substituted() } else { of.held };
        let whole = shares.iter().map(weight).sum();
        let weights: Vec<i128> = shares.iter().map(weight).collect();
        let unit = self.families[family].unit();
        let (factor, fine) = finer(unit, (denied_units, loss.units), &weights, whole).unwrap_or((1, unit));
        let of = loss.units * factor;
        let (mut amounts, mut units) =
            (Running::new(-result, of), Running::new(denied_units * factor, whole));
        // The parts have a unit in which they are whole, and shares are counted in theirs again afterwards.
        let units_before = self.families[family].units.len();
        if factor > 1 {
            self.families[family].units.push(fine);
        }
        let mut replaced = 0;
        let parts = shares.iter().zip(weights).filter(|(_, weight)| *weight > 0);
        let divided = parts.into_iter().try_for_each(|(shares, weight)| {
            let part = units.next(weight)?;
            replaced += part;
            self.deny(loss, shares.position, part, amounts.next(part)?, (replaced, of))
        });
        if self.families[family].units.len() > units_before {
            self.families[family].units.push(unit);
        }
        divided
    }

    /// What was bought within 30 days of a day, and what is held now, in each position of a family, in the order of the
    /// first purchases and then of the securities.
    fn substituted(&self, family: Id<Family>, day: i32) -> Vec<Substituted> {
        let Family { bought, securities, .. } = &self.families[family];
        let in_window = bought.iter().filter(|bought| (bought.day - day).abs() <= WINDOW);
        let mut shares: Vec<Substituted> = Vec::new();
        let others = securities.iter().flat_map(|security| &self.securities[*security].positions);
        let purchases = in_window.map(|bought| (bought.position, bought.units));
        for (position, units) in purchases.chain(others.map(|position| (*position, 0))) {
            match shares.iter_mut().find(|of| of.position == position) {
                Some(of) => of.bought += units,
                None => {
                    let held = self.positions[position].held;
                    shares.push(Substituted { position, bought: units, held });
                }
            }
        }
        shares
    }

    /// Denies a part of a loss, and adds it to the cost of what is held where gains are taxed.
    fn deny(
        &mut self,
        loss: &OpenLoss,
        position: Id<Position>,
        units: i128,
        amount: i128,
        (replaced, of): (i128, i128),
    ) -> Result<()> {
        self.disposal_mut(loss.disposal).disallowed += amount;
        self.touch_disposal(loss.disposal);
        let pool = self.pool_of(position)?;
        let for_good = !self.is_taxable(position);
        let unit = self.families[self.family_of(position)].units.len() - 1;
        self.washes.push(Wash { disposal: loss.disposal, replacement: pool, units, unit, amount, for_good });
        let abroad = self.disallow_abroad(loss.disposal, replaced, of)?;
        self.washed_abroad(loss.disposal, abroad);
        if !for_good {
            let holding = &mut self.lots[pool].holding;
            holding.set_cost(holding.cost + amount);
            self.change_abroad(pool, 1, abroad);
            self.note_units(loss.event, pool, BasisRule::SuperficialLoss, units, amount, None);
        }
        Ok(())
    }
}
