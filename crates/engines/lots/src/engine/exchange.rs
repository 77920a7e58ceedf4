//! Shares that turn into, or bring, shares of another security.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, num::Decimal};

use super::{
    BasisRule, Block, Book, Family, Id, Lot, Position, Security, Sum, distinct, queue::Queue, split,
    term_queue::Occasion,
};
use crate::{
    exact::{greatest_common_divisor, overflow, rounded_quotient},
    input::CashInLieu,
};

/// What happens to the shares of a security in an account.
pub(super) struct Route {
    pub(super) from: Id<Position>,
    pub(super) to: Id<Position>,
    /// The lots, each with the units that come of it.
    pub(super) lots: Vec<(Id<Lot>, i128)>,
    /// All units that come.
    pub(super) units: i128,
    /// Units beyond whole shares for which cash is paid, and the cash.
    pub(super) in_lieu: Option<(i128, Sum)>,
}

/// How many shares come of how many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) into: &'a str,
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) cash_in_lieu: &'a [CashInLieu],
}

impl Book {
    /// What comes of the shares of a security in each account, counted in a unit in which all can be counted.
    pub(super) fn routes(
        &mut self,
        day: i32,
        security: Id<Security>,
        terms: Terms<'_>,
    ) -> Result<Vec<Route>> {
        let from = split::shares(terms.from, "from")?;
        let to = split::shares(terms.to, "to")?;
        let into = self.security(terms.into).at("into")?;
        if into == security {
            let message = "the shares are of this security already; a split changes their number";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("into"));
        }
        let (old, new) = (self.securities[security].family, self.securities[into].family);
        self.refuse_shorts(security)?;
        let mut pairs = Vec::new();
        for position in self.held_positions(security) {
            let account =
                self.accounts.get(self.positions[position].account).map(|account| account.id.clone());
            let there = self.position(terms.into, account.as_ref(), day)?;
            if self.has_two_bases(position) {
                self.refuse_two_bases_in_average(there)?;
            }
            pairs.push((position, there));
        }
        let positions: Vec<Id<Position>> = pairs.iter().map(|(position, _)| *position).collect();
        let (numerator, denominator) = self.make_countable(&positions, (old, new), (from, to))?;
        let mut routes = Vec::new();
        for (from, to) in pairs {
            let lots = self.visited(self.positions[from].queue.lots(&self.lots))?.into_iter();
            let lots = lots
                .map(|lot| {
                    let units = self.lots[lot].holding.units.checked_mul(numerator);
                    units.map(|units| (lot, units / denominator)).ok_or_else(overflow)
                })
                .collect::<Result<Vec<_>>>()?;
            let units = lots.iter().map(|(_, units)| units).sum();
            self.require_room(to, units)?;
            routes.push(Route { from, to, lots, units, in_lieu: None });
        }
        self.pay_in_lieu(&mut routes, new, terms)?;
        Ok(routes)
    }

    /// Refuses to exchange what is owed, or what waits for the closing of a short sale.
    pub(super) fn refuse_shorts(&self, security: Id<Security>) -> Result<()> {
        let Security { id, family, .. } = &self.securities[security];
        let securities = self.families[*family].securities.iter();
        let mut positions = securities.flat_map(|security| &self.securities[*security].positions);
        if positions.all(|position| self.positions[*position].owed == 0) {
            return Ok(());
        }
        let message = format!(
            "{id:?}, or an option on it, is sold short on this day; an exchange of what is owed is not supported, so close it \
             before and open it again"
        );
        Err(Error::new(ErrorCode::SecurityUnsuitable, message).at("security"))
    }

    /// The positions of a security that hold shares.
    pub(super) fn held_positions(&self, security: Id<Security>) -> Vec<Id<Position>> {
        let positions = self.securities[security].positions.iter().copied();
        positions.filter(|position| self.positions[*position].held > 0).collect()
    }

    /// Makes the unit of a family so fine that what comes of each lot can be counted in it. Returns the units that come of
    /// one as a fraction.
    fn make_countable(
        &mut self,
        positions: &[Id<Position>],
        (old, new): (Id<Family>, Id<Family>),
        (from, to): (i128, i128),
    ) -> Result<(i128, i128)> {
        let (_, denominator) = self.units_that_come(old, new, from, to)?;
        let lots = positions.iter().flat_map(|position| self.positions[*position].queue.lots(&self.lots));
        let common = lots.map(|lot| self.lots[lot].holding.units).fold(denominator, greatest_common_divisor);
        if common != denominator {
            self.refine(new, denominator / common)?;
        }
        self.units_that_come(old, new, from, to)
    }

    fn units_that_come(
        &self,
        old: Id<Family>,
        new: Id<Family>,
        from: i128,
        to: i128,
    ) -> Result<(i128, i128)> {
        let numerator = self.families[new].unit().denominator().checked_mul(to).ok_or_else(overflow)?;
        let denominator = self.families[old].unit().denominator().checked_mul(from).ok_or_else(overflow)?;
        let common = greatest_common_divisor(numerator, denominator);
        Ok((numerator / common, denominator / common))
    }

    /// Says of each route what is paid for the fraction of a share.
    fn pay_in_lieu(&self, routes: &mut [Route], new: Id<Family>, terms: Terms<'_>) -> Result<()> {
        let whole = self.families[new].unit().denominator();
        for (index, paid) in terms.cash_in_lieu.iter().enumerate() {
            let account = self.account(paid.account.as_ref()).at_index("cashInLieu", index)?;
            let account = self.standing_for(account);
            let amount = self.amount(paid.amount, "amount").at_index("cashInLieu", index)?;
            let route = routes.iter_mut().find(|route| self.positions[route.to].account == account);
            let Some(route) = route else {
                let message = format!("the account receives no fraction of a share of {:?}", terms.into);
                return Err(Error::new(ErrorCode::FieldConflict, message).at_index("cashInLieu", index));
            };
            if route.in_lieu.is_some() {
                return Err(self.paid_before(route.to).at_index("cashInLieu", index));
            }
            if route.units % whole == 0 {
                return Err(self.no_fraction(route.to, terms.into).at_index("cashInLieu", index));
            }
            route.in_lieu = Some((route.units % whole, self.sum(amount)?));
        }
        Ok(())
    }

    /// Sells the fraction of a share out of what came, by the method of the account.
    pub(super) fn sell_fraction(
        &mut self,
        event: u32,
        day: i32,
        route: &Route,
        came: &[Id<Lot>],
    ) -> Result<()> {
        let Some((units, proceeds)) = route.in_lieu else { return Ok(()) };
        // A wash sale can have set a part of what came apart, which then holds what the lot lacks.
        let blocks = distinct(came.iter().map(|lot| self.lots[*lot].block));
        let mut queue = Queue::new(self.positions[route.to].method, self.rules.tax_rates);
        for block in blocks {
            let Block { first, parts, .. } = &self.blocks[block];
            for lot in std::iter::once(first).chain(parts) {
                if self.lots[*lot].position == route.to && self.lots[*lot].holding.units > 0 {
                    queue.push(*lot, &self.lots[*lot], self.long_term);
                }
            }
        }
        let occasion = Occasion { day, proceeds: proceeds.book, units };
        let mut parts = Vec::new();
        let mut missing = units;
        while missing > 0
            && let Some(lot) = queue.first(&self.lots, occasion)
        {
            let part = missing.min(self.lots[lot].holding.units);
            parts.push((lot, part));
            missing -= part;
            queue.drop_first();
        }
        self.dispose(event, day, route.to, &parts, proceeds, BasisRule::CashInLieu)
    }

    /// What units of a family are worth at the price of a share, rounded half to even.
    pub(super) fn worth(&self, family: Id<Family>, units: i128, price: Decimal) -> Result<i128> {
        self.worth_to(self.event_places(), family, units, price)
    }

    /// The same to so many decimal places.
    pub(super) fn worth_to(
        &self,
        places: u32,
        family: Id<Family>,
        units: i128,
        price: Decimal,
    ) -> Result<i128> {
        let whole = self.families[family].unit().denominator();
        let product = price.mantissa().checked_mul(units).ok_or_else(overflow)?;
        let (product, divisor) = match places.checked_sub(price.scale()) {
            Some(missing) => (product.checked_mul(10i128.pow(missing)), Some(whole)),
            None => (Some(product), whole.checked_mul(10i128.pow(price.scale() - places))),
        };
        Ok(rounded_quotient(product.ok_or_else(overflow)?, divisor.ok_or_else(overflow)?))
    }
}
