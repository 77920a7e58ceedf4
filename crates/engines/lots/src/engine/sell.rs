//! Sales.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, num::Decimal, order};

use super::{BasisRule, Block, Book, Id, Lot, Position, RunningSum, Sum, term_queue::Occasion};
use crate::{
    holding_period::HoldingTerm,
    input::{Jurisdiction, LotPick},
};

/// Shares of one lot that were sold.
#[derive(Debug, Clone)]
pub(crate) struct Disposal {
    /// The index of the event.
    pub(crate) event: u32,
    /// The day.
    pub(crate) day: i32,
    pub(crate) lot: Id<Lot>,
    /// Units sold, counted in the unit of then.
    pub(crate) units: i128,
    /// The place of that unit in the family's.
    pub(crate) unit: usize,
    pub(crate) proceeds: i128,
    pub(crate) cost: i128,
    /// The loss that a wash sale disallows.
    pub(crate) disallowed: i128,
    pub(crate) term: HoldingTerm,
    /// By which rule they count as sold.
    pub(crate) rule: BasisRule,
}

impl Disposal {
    /// Proceeds less cost, before a wash sale.
    pub(crate) fn result(&self) -> i128 {
        self.proceeds - self.cost
    }
}

impl Book {
    /// The disposal at a place.
    #[expect(
        clippy::indexing_slicing,
        reason = "a place is that of a disposal of the book, which forgets none"
    )]
    pub(crate) fn disposal(&self, place: usize) -> &Disposal {
        &self.disposals[place]
    }

    /// The same, to change it.
    #[expect(
        clippy::indexing_slicing,
        reason = "a place is that of a disposal of the book, which forgets none"
    )]
    pub(super) fn disposal_mut(&mut self, place: usize) -> &mut Disposal {
        &mut self.disposals[place]
    }

    /// Sells shares: those that are named, or those that the method selects.
    #[expect(clippy::too_many_arguments, reason = "each is a field of the event, read and checked")]
    pub(super) fn sell(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        quantity: Decimal,
        sum: Sum,
        picks: &[LotPick],
        target_gain: Option<i128>,
    ) -> Result<()> {
        if self.rules.jurisdiction.pools() && (!picks.is_empty() || target_gain.is_some()) {
            let field = if picks.is_empty() { "targetGain" } else { "lots" };
            let message = "the jurisdiction has a pool of all shares, of which none can be chosen";
            return Err(Error::new(ErrorCode::FieldConflict, message).at(field));
        }
        if self.rules.jurisdiction == Jurisdiction::UnitedKingdom {
            return self.sell_on_day(event, day, position, quantity, sum);
        }
        let proceeds = sum.book;
        let family = self.family_of(position);
        let units = self.units(family, self.shares(position, quantity)?)?;
        let occasion = Occasion { day, proceeds, units };
        let parts = match target_gain {
            // A sale that lacks shares takes all that is held, so nothing can be aimed at.
            Some(wished) if self.early.is_none() => {
                self.require(position, units).at("quantity")?;
                self.select_for_gain(position, units, proceeds, wished)?
            }
            _ => self.choose(position, occasion, picks)?,
        };
        self.pass_days()?;
        self.dispose(event, day, position, &parts, sum, BasisRule::Sale)?;
        self.spare = parts;
        Ok(())
    }

    /// The lots that leave: those that are named, or those that the method selects.
    pub(super) fn choose(
        &mut self,
        position: Id<Position>,
        occasion: Occasion,
        picks: &[LotPick],
    ) -> Result<Vec<(Id<Lot>, i128)>> {
        self.require(position, occasion.units).at("quantity")?;
        match picks {
            [] => Ok(self.select(position, occasion)),
            picks => self.identify(position, occasion.units, picks, None),
        }
    }

    /// That a position holds so many units.
    pub(super) fn require(&self, position: Id<Position>, units: i128) -> Result<()> {
        let Position { security, account, held, .. } = &self.positions[position];
        if *held >= units {
            return Ok(());
        }
        let unit = self.unit_of(position)?;
        let account = match self.accounts.get(*account).map(|account| account.id.as_str()) {
            None | Some("") => String::new(),
            Some(id) => format!(" in account {id:?}"),
        };
        let message = format!(
            "{} of {:?} would leave{account}, which holds {}",
            unit.shares(units)?,
            self.securities[*security].id,
            unit.shares(*held)?
        );
        Err(Error::new(ErrorCode::QuantityExceedsHeld, message))
    }

    /// The lots that the method of a position selects for a sale, whose units it holds.
    #[expect(clippy::expect_used, reason = "the units held are those of the lots in the queue")]
    pub(super) fn select(&mut self, position: Id<Position>, occasion: Occasion) -> Vec<(Id<Lot>, i128)> {
        if let Some(first) = self.early {
            return self.select_held_first(position, occasion, first);
        }
        let mut parts = std::mem::take(&mut self.spare);
        parts.clear();
        let mut missing = occasion.units;
        let queue = &mut self.positions[position].queue;
        while missing > 0 {
            let lot = queue.first(&self.lots, occasion).expect("the position holds enough");
            let part = missing.min(self.lots[lot].holding.units);
            missing -= part;
            parts.push((lot, part));
            if missing > 0 {
                queue.drop_first();
            }
        }
        parts
    }

    /// What was held before a sale, in the order of the method, and then what was bought early for it, from the block
    /// `first` on, in the order of the purchases.
    fn select_held_first(
        &mut self,
        position: Id<Position>,
        occasion: Occasion,
        first: u32,
    ) -> Vec<(Id<Lot>, i128)> {
        let queue = &mut self.positions[position].queue;
        let mut lots = Vec::new();
        while let Some(lot) = queue.first(&self.lots, occasion) {
            queue.drop_first();
            lots.push(lot);
        }
        // Stable, so that what was held stays in the order of the method.
        order::sort_by_key(&mut lots, |lot| {
            let Lot { block, part, .. } = &self.lots[*lot];
            (block.index() >= first).then_some((block.index(), *part))
        });
        for lot in &lots {
            queue.push(*lot, &self.lots[*lot], self.long_term);
        }
        let mut missing = occasion.units;
        let parts = lots.into_iter().map(|lot| {
            let part = missing.min(self.lots[lot].holding.units);
            missing -= part;
            (lot, part)
        });
        parts.filter(|(_, part)| *part > 0).collect()
    }

    /// The lots that an event names, which must be all that leaves: those that are held, or the short sales that the field
    /// `shorts` names.
    pub(super) fn identify(
        &mut self,
        position: Id<Position>,
        units: i128,
        picks: &[LotPick],
        shorts: Option<&str>,
    ) -> Result<Vec<(Id<Lot>, i128)>> {
        let (are_short, field) = (shorts.is_some(), shorts.unwrap_or("lots"));
        if self.positions[position].is_averaged() && !are_short {
            let message = "lots with an average cost cannot be distinguished; the oldest leave first";
            return Err(Error::new(ErrorCode::FieldConflict, message).at(field));
        }
        self.number_blocks();
        let unit = self.unit_of(position)?;
        let mut parts: Vec<(Id<Lot>, i128)> = Vec::new();
        // Each lot that gives something, and the entry that names it.
        let mut named: Vec<(Id<Lot>, usize)> = Vec::new();
        for (index, pick) in picks.iter().enumerate() {
            let lots = self.lots_called(position, &pick.lot, are_short).at("lot").at_index(field, index)?;
            let left: i128 = lots.iter().map(|lot| self.lots[*lot].holding.units).sum();
            let mut wanted = match pick.quantity {
                None => left,
                Some(quantity) => {
                    let shown = self.quantity(quantity).at_index(field, index)?;
                    let held = unit.shares(left)?;
                    if shown > held {
                        let message = format!("lot {:?} has {held} shares left, not {quantity}", pick.lot);
                        return Err(Error::new(ErrorCode::QuantityExceedsHeld, message)
                            .at("quantity")
                            .at_index(field, index));
                    }
                    // The quantity of the event and all that is held are whole numbers of units.
                    unit.count(shown)?.filter(|wanted| *wanted <= left).ok_or_else(|| {
                        let message = "the lots that are named do not add up to the quantity that leaves";
                        Error::new(ErrorCode::FieldConflict, message).at(field)
                    })?
                }
            };
            for lot in lots {
                let part = wanted.min(self.lots[lot].holding.units);
                if part == 0 {
                    continue;
                }
                named.push((lot, index));
                parts.push((lot, part));
                wanted -= part;
            }
        }
        refuse_again(named, picks).at(field)?;
        let total: i128 = parts.iter().map(|(_, part)| part).sum();
        if total != units {
            let message = format!(
                "the lots that are named give {} shares, and {} leave",
                unit.shares(total)?,
                unit.shares(units)?
            );
            return Err(Error::new(ErrorCode::FieldConflict, message).at(field));
        }
        Ok(parts)
    }

    /// The lots of a position that an id stands for: a part of a purchase, or all parts that are left.
    fn lots_called(&self, position: Id<Position>, id: &str, are_short: bool) -> Result<Vec<Id<Lot>>> {
        let lots = self.block_called(id).map_or_else(Vec::new, |(block, part)| {
            let Block { first, parts, .. } = &self.blocks[block];
            std::iter::once(*first)
                .chain(parts.iter().copied())
                .filter(|lot| part.is_none_or(|part| self.lots[*lot].part == part))
                .filter(|lot| self.lots[*lot].is_short == are_short)
                .filter(|lot| self.lots[*lot].position == position && self.lots[*lot].holding.units > 0)
                .collect()
        });
        if lots.is_empty() {
            let message = format!("no lot of this security and account with shares left is called {id:?}");
            return Err(Error::new(ErrorCode::NameUnknown, message));
        }
        Ok(lots)
    }

    /// Whether a lot, a part of one or a purchase has such an id. Blocks have been numbered.
    pub(crate) fn has_lot(&self, id: &str) -> bool {
        self.block_called(id).is_some_and(|(block, part)| {
            part.is_none_or(|part| {
                usize::try_from(part).is_ok_and(|part| part <= self.blocks[block].parts.len())
            })
        })
    }

    /// The purchase that an id names, and the number of the part if it names one.
    fn block_called(&self, id: &str) -> Option<(Id<Block>, Option<u32>)> {
        let (purchase, part) = match id.rsplit_once('#') {
            Some((purchase, part)) if !purchase.is_empty() => (purchase, Some(part.parse().ok()?)),
            _ => (id, None),
        };
        let block = match purchase.strip_prefix('#') {
            Some(number) => *self.numbered.get(&number.parse().ok()?)?,
            None => Id::at(*self.named.get(purchase)?),
        };
        Some((block, part))
    }

    /// Takes shares out of lots for money. The position holds them.
    pub(super) fn dispose(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        parts: &[(Id<Lot>, i128)],
        proceeds: Sum,
        rule: BasisRule,
    ) -> Result<()> {
        let first = self.disposals.len();
        self.leave(event, day, position, parts, proceeds, rule)?;
        self.replace_bought_before(event, day, position, first)
    }

    /// The same, without a look at what replaces the shares: it comes when all that is sold together has left.
    pub(super) fn leave(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        parts: &[(Id<Lot>, i128)],
        proceeds: Sum,
        rule: BasisRule,
    ) -> Result<()> {
        let units: i128 = parts.iter().map(|(_, part)| part).sum();
        let unit = self.families[self.family_of(position)].units.len() - 1;
        let mut shares = RunningSum::new(proceeds, units);
        let first = self.disposals.len();
        for (lot, part) in parts {
            let taken = self.take(*lot, *part)?;
            let sum = shares.next(*part)?;
            let proceeds = sum.book;
            let cost = taken.cost_against(proceeds);
            self.unused_basis += taken.cost - cost;
            self.disposals.push(Disposal {
                event,
                day,
                lot: *lot,
                units: *part,
                unit,
                proceeds,
                cost,
                disallowed: 0,
                term: self.term(*lot, day, proceeds < cost)?,
                rule,
            });
            self.disposed_abroad(*lot, sum, taken.sum());
            self.note_units(event, *lot, rule, *part, -taken.cost, None);
        }
        self.remember_losses(event, day, position, first);
        Ok(())
    }
}

/// Refuses entries that name lots which others named before.
fn refuse_again(mut named: Vec<(Id<Lot>, usize)>, picks: &[LotPick]) -> Result<()> {
    order::sort_by_key(&mut named, |entry| *entry);
    let is_again = |pair: &[(Id<Lot>, usize)]| match pair {
        [(one, _), (other, index)] if one == other => Some(*index),
        _ => None,
    };
    let again = named.windows(2).filter_map(is_again).min();
    match again.and_then(|index| Some((index, picks.get(index)?))) {
        None => Ok(()),
        Some((index, LotPick { lot, .. })) => {
            let message = format!("lot {lot:?} is named twice");
            Err(Error::new(ErrorCode::ListDuplicate, message).at("lot").at_item(index))
        }
    }
}
