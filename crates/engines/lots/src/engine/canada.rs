//! Shares in Canada: the adjusted cost base, and superficial losses.
//!
//! All identical shares have the average cost (ITA 47). A loss is denied as far as identical shares are bought within 30
//! days before or after the sale and held at the end of that time (ITA 40(2)(g)(i) and 54): of a loss on S shares, with P
//! bought and B held at the end, the part min(S, P, B) / S (Interpretation Bulletin IT-456R, section 12). It is added to the
//! cost of what is held (ITA 53(1)(f)), or is gone where a registered plan bought the shares. Each loss is looked at by
//! itself, so a purchase in the periods of two losses counts for both: neither the Act nor the bulletin says that a share
//! stands for one loss only.
//!
//! How many shares are held at the end is known when the first event after it comes, so losses wait until then.

use wherewithal_base::Result;

use super::{BasisRule, Book, Family, Id, Position, Wash};
use crate::{exact::Running, input::Jurisdiction};

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
    pub(super) fn decide_losses(&mut self, day: i32) -> Result<()> {
        while let Some((sold, family)) = self.waiting.front().copied()
            && sold + WINDOW < day
        {
            self.waiting.pop_front();
            if let Some(loss) = self.families[family].open_losses.pop_front() {
                self.decide(family, &loss)?;
            }
        }
        Ok(())
    }

    fn decide(&mut self, family: Id<Family>, loss: &OpenLoss) -> Result<()> {
        let in_window = |bought: &Bought| (bought.day - loss.day).abs() <= WINDOW;
        let mut left = loss.units.min(self.held(family));
        let result = self.disposals.get(loss.disposal).map_or(0, |disposal| disposal.result());
        let mut shares = Running::new(-result, loss.units);
        let mut replaced = 0;
        for place in 0..self.families[family].bought.len() {
            let Some(bought) = self.families[family].bought.get(place).filter(|bought| in_window(bought))
            else {
                continue;
            };
            let units = left.min(bought.units);
            let position = bought.position;
            if units == 0 || self.positions[position].held == 0 {
                continue;
            }
            left -= units;
            let amount = shares.next(units)?;
            replaced += units;
            self.deny(loss, position, units, amount, replaced)?;
        }
        Ok(())
    }

    /// Denies a part of a loss, and adds it to the cost of what is held where gains are taxed.
    fn deny(
        &mut self,
        loss: &OpenLoss,
        position: Id<Position>,
        units: i128,
        amount: i128,
        replaced: i128,
    ) -> Result<()> {
        if let Some(disposal) = self.disposals.get_mut(loss.disposal) {
            disposal.disallowed += amount;
        }
        self.touch_disposal(loss.disposal);
        let pool = self.pool_of(position)?;
        let for_good = !self.is_taxable(position);
        let unit = self.families[self.family_of(position)].units.len() - 1;
        self.washes.push(Wash { disposal: loss.disposal, replacement: pool, units, unit, amount, for_good });
        let abroad = self.disallow_abroad(loss.disposal, replaced, loss.units)?;
        self.washed_abroad(loss.disposal, abroad);
        if !for_good {
            let holding = &mut self.lots[pool].holding;
            holding.set_cost(holding.cost + amount);
            self.change_abroad(pool, 1, abroad);
            self.note_units(loss.event, pool, BasisRule::SuperficialLoss, units, amount, None);
        }
        Ok(())
    }

    /// Units of a family in all accounts.
    fn held(&self, family: Id<Family>) -> i128 {
        let securities = self.families[family].securities.iter();
        securities
            .flat_map(|security| &self.securities[*security].positions)
            .map(|position| self.positions[*position].held)
            .sum()
    }
}
