//! Section 1256 contracts.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, num::Decimal};

use super::{BasisRule, Book, Disposal, Id, Lot, Position, RunningSum, Sum};
use crate::{
    HoldingTerm,
    input::{Jurisdiction, SecurityKind},
};

impl Book {
    /// Whether the gains of a position are those of section 1256 contracts.
    pub(super) fn is_marked(&self, position: Id<Position>) -> bool {
        let security = self.positions[position].security;
        self.rules.jurisdiction == Jurisdiction::UnitedStates
            && self.securities[security].kind == SecurityKind::Section1256
    }

    /// Treats all contracts of a security as sold at a price, and as bought again at it (IRC 1256(a)(1) and (2)).
    pub(super) fn mark_to_market(
        &mut self,
        event: u32,
        day: i32,
        security: &str,
        price: Decimal,
    ) -> Result<()> {
        let price = self.price(price, "price")?;
        let security = self.security(security).at("security")?;
        if self.securities[security].kind != SecurityKind::Section1256 {
            let message = format!(
                "{:?} is no section 1256 contract; give its kind in `securities`",
                self.securities[security].id
            );
            return Err(Error::new(ErrorCode::SecurityUnsuitable, message).at("security"));
        }
        let positions = self.securities[security].positions.clone();
        if positions.iter().any(|id| self.positions[*id].is_averaged() && self.positions[*id].held > 0) {
            let message =
                "contracts that are marked to market have the value of the day as their cost, and no average";
            return Err(Error::new(ErrorCode::MethodUnsuitable, message).at("security"));
        }
        let mut marks = Vec::new();
        for position in positions {
            let Position { held, owed, queue, shorts, .. } = &self.positions[position];
            let family = self.family_of(position);
            for (units, queue) in [(*held, queue), (*owed, shorts)] {
                if units == 0 {
                    continue;
                }
                let mut values = RunningSum::new(self.sum(self.worth(family, units, price)?)?, units);
                for lot in self.visited(queue.lots(&self.lots))? {
                    marks.push((lot, values.next(self.lots[lot].holding.units)?));
                }
            }
        }
        // Nothing changes before all contracts have a value.
        for (lot, value) in &marks {
            self.mark(event, day, *lot, *value);
        }
        let lots: Vec<Id<Lot>> = marks.iter().map(|(lot, _)| *lot).collect();
        self.rearrange_all(&lots);
        Ok(())
    }

    fn mark(&mut self, event: u32, day: i32, lot: Id<Lot>, sum: Sum) {
        let value = sum.book;
        let old = self.present_cost(lot, self.lots[lot].holding.cost);
        let Lot { is_short, position, holding, .. } = &mut self.lots[lot];
        let (before, units) = (holding.cost, holding.units);
        holding.set_cost(value);
        let is_short = *is_short;
        let (proceeds, cost) = if is_short { (before, value) } else { (value, before) };
        let position = *position;
        self.disposals.push(Disposal {
            event,
            day,
            lot,
            units,
            unit: self.families[self.family_of(position)].units.len() - 1,
            proceeds,
            cost,
            disallowed: 0,
            term: HoldingTerm::SixtyForty,
            rule: BasisRule::MarkToMarket,
        });
        let (brought, paid) = if is_short { (old, sum) } else { (sum, old) };
        self.disposed_abroad(lot, brought, paid);
        self.cost_abroad(lot, sum);
        self.note(event, lot, BasisRule::MarkToMarket, value - before, None);
    }
}
