//! Spin-offs (IRC 355, 358(b) and (c), Reg. 1.358-2).

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, num::Decimal};

use super::{
    BasisRule, Book, Id, Lot, RunningSum, Sum,
    exchange::{Route, Terms},
    relocate::Arriving,
};
use crate::{
    exact::{Running, overflow, proportion},
    input::SpinOffValues,
};

/// A part of the basis.
#[derive(Clone, Copy)]
struct Share {
    part: i128,
    whole: i128,
}

impl Share {
    fn of(self, basis: i128) -> Result<i128> {
        proportion(basis, self.part, self.whole)
    }
}

impl Book {
    /// Adds shares of a subsidiary, which take over a part of the basis, and the dates, of the shares that brought them.
    pub(super) fn spin_off(
        &mut self,
        event: u32,
        day: i32,
        security: &str,
        terms: Terms<'_>,
        fraction: Option<Decimal>,
        values: Option<&SpinOffValues>,
    ) -> Result<()> {
        let share = match (fraction, values) {
            (Some(fraction), None) => by_fraction(fraction)?,
            (None, Some(values)) => self.by_values(values, terms).at("marketValues")?,
            (Some(_), Some(_)) => {
                let message = "give `basisFraction` or `marketValues`, not both";
                return Err(Error::new(ErrorCode::FieldConflict, message).at("marketValues"));
            }
            (None, None) => {
                let message = "say which part of the basis goes over: `basisFraction` or `marketValues`";
                return Err(Error::new(ErrorCode::FieldMissing, message).at("basisFraction"));
            }
        };
        self.require_same(security, terms.into).at("into")?;
        let security = self.security(security).at("security")?;
        let routes = self.routes(day, security, terms)?;
        let mut came = Vec::new();
        for route in &routes {
            came.push(self.divide_basis(event, route, share)?);
            self.rearrange(route.from);
        }
        for (route, came) in routes.iter().zip(&came) {
            self.sell_fraction(event, day, route, came)?;
        }
        let into = self.security(terms.into).at("into")?;
        self.simplify(self.securities[into].family, day);
        Ok(())
    }

    /// The part of the new shares in what all shares are worth (Reg. 1.358-2(a)(2)(iv)).
    fn by_values(&self, values: &SpinOffValues, terms: Terms<'_>) -> Result<Share> {
        let SpinOffValues { security, into } = values;
        let scale = security.scale().max(into.scale());
        let worth = |price: Decimal, shares: u32, field| {
            let price = self.price(price, field)?;
            let mantissa = price.mantissa().checked_mul(10i128.pow(scale - price.scale()));
            mantissa.and_then(|price| price.checked_mul(shares.into())).ok_or_else(overflow)
        };
        let (old, part) = (worth(*security, terms.from, "security")?, worth(*into, terms.to, "into")?);
        if old + part == 0 {
            let message = "the shares have no value by which the basis could be divided";
            return Err(Error::new(ErrorCode::AmountOutOfRange, message).at("security"));
        }
        Ok(Share { part, whole: old + part })
    }

    /// Divides the basis of each lot; returns the new lots.
    fn divide_basis(&mut self, event: u32, route: &Route, share: Share) -> Result<Vec<Id<Lot>>> {
        let averaged = self.positions[route.from].is_averaged();
        let pool = &mut self.positions[route.from].pool;
        let of_pool = if averaged { share.of(pool.cost)? } else { 0 };
        if averaged {
            pool.set_cost(pool.cost - of_pool);
        }
        let mut of_pool = Running::new(of_pool, self.positions[route.from].held);
        let mut of_pool_abroad = None;
        if averaged && let Some((lot, _)) = route.lots.first() {
            let part = self.divide_abroad(*lot, share)?;
            of_pool_abroad = Some(RunningSum::new(part, self.positions[route.from].held));
        }
        let mut came = Vec::new();
        for (lot, new_units) in &route.lots {
            let abroad = match &mut of_pool_abroad {
                Some(of_pool) => of_pool.next(self.lots[*lot].holding.units)?,
                None => self.divide_abroad(*lot, share)?,
            };
            let holding = &mut self.lots[*lot].holding;
            let cost = if averaged {
                of_pool.next(holding.units)?
            } else {
                let cost = share.of(holding.cost)?;
                holding.set_cost(holding.cost - cost);
                cost
            };
            let loss_basis = match self.lots[*lot].gift {
                Some(gift) => {
                    let loss = &mut self.gifts[gift].loss;
                    let basis = share.of(loss.cost)?;
                    loss.set_cost(loss.cost - basis);
                    Some(basis)
                }
                None => None,
            };
            self.note(event, *lot, BasisRule::SpinOff, -cost, None);
            let arriving = Arriving {
                units: *new_units,
                cost: Sum { book: cost, ..abroad },
                loss_basis,
                is_whole: false,
                rule: BasisRule::SpinOff,
            };
            let new = self.arrive(event, *lot, route.to, arriving);
            self.lots[new].may_replace = false;
            self.line_up(new);
            came.push(new);
        }
        Ok(came)
    }

    /// Takes the part of the new shares off what a lot, or all of its position, costs abroad.
    fn divide_abroad(&mut self, lot: Id<Lot>, share: Share) -> Result<Sum> {
        let cost = self.present_cost(lot, 0);
        let part = share.of(cost.foreign)?;
        self.reduce_abroad(lot, cost.foreign - part);
        Ok(Sum { foreign: part, ..cost })
    }
}

fn by_fraction(fraction: Decimal) -> Result<Share> {
    let fraction = wherewithal_base::check::decimal_fraction(fraction).at("basisFraction")?;
    Ok(Share { part: fraction.mantissa(), whole: 10i128.pow(fraction.scale()) })
}
