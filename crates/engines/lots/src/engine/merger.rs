//! Mergers and other exchanges of one stock for another, for cash, or for both (IRC 354, 356, 358, 1001).

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, num::Decimal};

use super::{
    BasisRule, Book, Disposal, Id, Lot, Position, Rates, RunningSum, Security, Sum,
    acquire::Arrival,
    exchange::{Route, Terms},
    relocate::Arriving,
};

/// What a share of a security turns into.
pub(super) struct Merger<'a> {
    pub(super) terms: Option<Terms<'a>>,
    /// Cash for each old share.
    pub(super) cash: Option<Decimal>,
    /// What a new share is worth.
    pub(super) price: Option<Decimal>,
    /// Whether all gain and loss is recognised.
    pub(super) taxable: bool,
}

impl Book {
    /// Turns all shares of a security into something else.
    pub(super) fn merge(&mut self, event: u32, day: i32, security: &str, merger: &Merger<'_>) -> Result<()> {
        let cash = merger.cash.map(|cash| self.price(cash, "cashPerShare")).transpose()?;
        let price = merger.price.map(|price| self.price(price, "price")).transpose()?;
        let security = self.security(security).at("security")?;
        let Some(terms) = merger.terms else {
            let Some(cash) = cash else {
                let message = "say what a share turns into: shares (`into`), cash (`cashPerShare`), or both";
                return Err(Error::new(ErrorCode::FieldMissing, message).at("into"));
            };
            if price.is_some() {
                let message = "there is no new share that could have a price";
                return Err(Error::new(ErrorCode::FieldConflict, message).at("price"));
            }
            self.refuse_shorts(security)?;
            return self.sell_all(event, day, security, cash);
        };
        if (cash.is_some() || merger.taxable) != price.is_some() {
            let (code, message) = match price {
                None => (ErrorCode::FieldMissing, "the gain depends on what a new share is worth"),
                Some(_) => (ErrorCode::FieldConflict, "nothing depends on what a new share is worth"),
            };
            return Err(Error::new(code, message).at("price"));
        }
        let id = self.securities[security].id.clone();
        self.require_same(&id, terms.into).at("into")?;
        let routes = self.routes(day, security, terms)?;
        let mut brought = Vec::new();
        for route in &routes {
            let held = self.positions[route.from].held;
            let cash = match cash {
                Some(cash) => self.sum(self.worth(self.family_of(route.from), held, cash)?)?,
                None => Sum::default(),
            };
            let value = match price {
                Some(price) => self.sum(self.worth(self.family_of(route.to), route.units, price)?)?,
                None => Sum::default(),
            };
            brought.push((cash, value));
        }
        let came = if merger.taxable {
            self.exchange_with_gain(event, day, &routes, &brought)?
        } else {
            let exchanges = routes.iter().zip(brought);
            exchanges
                .map(|(route, (cash, value))| self.exchange_without_gain(event, day, route, cash, value))
                .collect::<Result<_>>()?
        };
        for (route, came) in routes.iter().zip(&came) {
            self.sell_fraction(event, day, route, came)?;
        }
        let family = self.security(terms.into).at("into")?;
        self.simplify(self.securities[family].family, day);
        Ok(())
    }

    /// Sells all shares of a security at a price.
    fn sell_all(&mut self, event: u32, day: i32, security: Id<Security>, price: Decimal) -> Result<()> {
        let mut sales = Vec::new();
        for position in self.held_positions(security) {
            let held = self.positions[position].held;
            let proceeds = self.sum(self.worth(self.family_of(position), held, price)?)?;
            sales.push((position, proceeds));
        }
        self.dispose_all(event, day, &sales)
    }

    /// Sells all shares of positions of a security, each for its proceeds, at once: none of them replaces another.
    fn dispose_all(&mut self, event: u32, day: i32, sales: &[(Id<Position>, Sum)]) -> Result<()> {
        let first = self.disposals.len();
        for (position, proceeds) in sales {
            let parts = self.all_parts(*position);
            self.leave(event, day, *position, &parts, *proceeds, BasisRule::Merger)?;
        }
        match sales.first() {
            Some((position, _)) => self.replace_bought_before(event, day, *position, first),
            None => Ok(()),
        }
    }

    /// All lots of a position, each with all its units.
    pub(super) fn all_parts(&self, position: Id<Position>) -> Vec<(Id<Lot>, i128)> {
        let lots = self.positions[position].queue.lots(&self.lots).into_iter();
        lots.map(|lot| (lot, self.lots[lot].holding.units)).collect()
    }

    /// A sale at what comes, and a purchase at the value of the new shares (IRC 1001, 1012). `brought` is the cash of each
    /// route, and what its new shares are worth.
    fn exchange_with_gain(
        &mut self,
        event: u32,
        day: i32,
        routes: &[Route],
        brought: &[(Sum, Sum)],
    ) -> Result<Vec<Vec<Id<Lot>>>> {
        let exchanges = routes.iter().zip(brought);
        let sales: Vec<_> =
            exchanges.clone().map(|(route, (cash, value))| (route.from, cash.plus(1, *value))).collect();
        self.dispose_all(event, day, &sales)?;
        let (block, mut came) = (self.blocks.next_id(), Vec::new());
        for (index, (route, (_, value))) in exchanges.enumerate() {
            came.push(vec![self.lots.next_id()]);
            let block = (index > 0).then_some(block);
            self.enter(route.to, route.units, *value, block, Arrival::purchase(event, day))?;
        }
        Ok(came)
    }

    /// Carries basis and dates over to the new shares, lot by lot. Of a gain, no more than the cash is recognised, and a
    /// loss never is (IRC 356(a) and (c)); the basis is reduced by the cash and increased by the gain (358(a)(1)).
    fn exchange_without_gain(
        &mut self,
        event: u32,
        day: i32,
        route: &Route,
        cash: Sum,
        value: Sum,
    ) -> Result<Vec<Id<Lot>>> {
        let unit = self.families[self.family_of(route.from)].units.len() - 1;
        let mut cash_of = RunningSum::new(cash, self.positions[route.from].held);
        let mut value_of = RunningSum::new(value, route.units);
        let mut came = Vec::new();
        for (lot, new_units) in &route.lots {
            let units = self.lots[*lot].holding.units;
            let (cash_sum, value_sum) = (cash_of.next(units)?, value_of.next(*new_units)?);
            let (cash, value) = (cash_sum.book, value_sum.book);
            let taken = self.take(*lot, units)?;
            let gain = (cash + value - taken.cost).clamp(0, cash);
            // The same rule abroad, so that what stays there is not below zero.
            let gain_abroad =
                (cash_sum.foreign + value_sum.foreign - taken.abroad.foreign).clamp(0, cash_sum.foreign);
            let left_abroad = taken.abroad.foreign - cash_sum.foreign + gain_abroad;
            self.note_units(event, *lot, BasisRule::Merger, units, -taken.cost, None);
            if cash > 0 {
                self.disposals.push(Disposal {
                    event,
                    day,
                    lot: *lot,
                    units,
                    unit,
                    proceeds: cash,
                    cost: cash - gain,
                    disallowed: 0,
                    term: self.term(*lot, day, false)?,
                    rule: BasisRule::Merger,
                });
                let cost =
                    Sum { book: cash - gain, foreign: cash_sum.foreign - gain_abroad, rates: Rates::Several };
                self.disposed_abroad(*lot, cash_sum, cost);
            }
            let arriving = Arriving {
                units: *new_units,
                cost: Sum {
                    book: taken.cost - cash + gain,
                    foreign: left_abroad,
                    rates: taken.abroad.rates.and(cash_sum.rates),
                },
                loss_basis: taken.loss_basis.map(|basis| (basis - cash + gain).max(0)),
                is_whole: true,
                rule: BasisRule::Merger,
            };
            let new = self.arrive(event, *lot, route.to, arriving);
            // It was exchanged without recognition of the entire gain, so it is no acquisition of IRC 1091(a).
            self.lots[new].may_replace = false;
            self.line_up(new);
            came.push(new);
        }
        Ok(came)
    }
}
