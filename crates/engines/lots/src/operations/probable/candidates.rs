//! The losses that may not count, and what may stand against them.

use wherewithal_base::{Result, control::Work, order};

use crate::{
    BasisRule,
    engine::{Block, Book, Disposal, Family, Id, Lot, OfEach, Security},
    exact::{atoms, greatest_common_divisor, overflow, proportion},
    input::{LotEvent, OptionRight, WashSaleVerdict},
};

/// A loss of which a part is not disallowed.
#[derive(Debug, Clone)]
pub(super) struct Loss {
    /// The index of the disposal.
    pub(super) disposal: usize,
    /// The place of its event in the order of all.
    pub(super) rank: usize,
    pub(super) day: i32,
    pub(super) family: Id<Family>,
    pub(super) security: Id<Security>,
    /// Shares sold, and those of them whose loss is disallowed for certain, as they were at the sale, in units of 10^-18.
    pub(super) atoms: i128,
    pub(super) certain: i128,
}

/// Shares that may stand against losses: of a purchase, or of a sale.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) lot: Id<Lot>,
    /// The purchase, of which sales take something away; none of a sale.
    pub(super) block: Option<Id<Block>>,
    pub(super) rank: usize,
    pub(super) day: i32,
    pub(super) security: Id<Security>,
    /// Shares, as they were at the event, without those that stand against losses already.
    pub(super) atoms: i128,
}

/// Shares of a purchase that left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Departure {
    pub(super) rank: usize,
    pub(super) block: Id<Block>,
    pub(super) lot: Id<Lot>,
    pub(super) day: i32,
    /// As they were at the purchase.
    pub(super) atoms: i128,
}

/// Losses and candidates, each list in the order of the events.
pub(super) struct Pool {
    pub(super) losses: Vec<Loss>,
    pub(super) candidates: OfEach<Family, Vec<Candidate>>,
    /// For each family, those whose candidates can stand against its losses.
    pub(super) against: OfEach<Family, Vec<Id<Family>>>,
    pub(super) departures: Vec<Departure>,
    pub(super) splits: Splits,
}

/// The splits of each security, in the order of the events: the place of the event, and the ratio.
#[derive(Debug)]
pub(super) struct Splits(OfEach<Security, Vec<(usize, i128, i128)>>);

impl Splits {
    /// Shares of a security that were counted at one event, as they are at a later one.
    pub(super) fn forward(
        &self,
        atoms: i128,
        security: Id<Security>,
        from: usize,
        to: usize,
    ) -> Result<i128> {
        self.between(security, from, to).try_fold(atoms, |atoms, (old, new)| proportion(atoms, new, old))
    }

    /// The reverse.
    pub(super) fn back(&self, atoms: i128, security: Id<Security>, from: usize, to: usize) -> Result<i128> {
        self.between(security, from, to).try_fold(atoms, |atoms, (old, new)| proportion(atoms, old, new))
    }

    fn between(
        &self,
        security: Id<Security>,
        from: usize,
        to: usize,
    ) -> impl Iterator<Item = (i128, i128)> + '_ {
        let splits = self.0[security].iter();
        splits.filter(move |(rank, ..)| from < *rank && *rank <= to).map(|(_, old, new)| (*old, *new))
    }
}

/// The book with the order of its events.
pub(super) struct Sources<'a> {
    book: &'a Book,
    events: &'a [LotEvent],
    /// For each event, its place in their order.
    ranks: Vec<usize>,
    pub(super) splits: Splits,
    /// The lots that replace something for certain, sorted: the purchase and the part.
    replacing: Vec<(Id<Block>, u32)>,
}

impl Pool {
    /// What is to be matched: losses of closed short sales with sales, or losses of what was held with purchases; none if nothing
    /// can be.
    pub(super) fn of(
        book: &Book,
        events: &[LotEvent],
        of_closings: bool,
        work: &mut Work<'_, '_>,
    ) -> Result<Option<Self>> {
        let against = if of_closings { closed_short(book) } else { probably_identical(book) };
        if against.values().all(Vec::is_empty) {
            return Ok(None);
        }
        let sources = Sources::new(book, events, work)?;
        let is_against = |family| !against[family].is_empty();
        let counts_on = |place: usize| {
            let disposal = book.disposal(place);
            // Shares that closed a short sale count as sold on another day.
            let fits = book.lots[disposal.lot].is_short == of_closings && book.short_sale_of(place).is_none();
            fits.then_some(disposal.day)
        };
        let losses = sources.losses(counts_on, &is_against, work)?;
        let mut candidates = OfEach::new(&book.families, Vec::new());
        for candidate in if of_closings { sources.sales(work)? } else { sources.purchases(work)? } {
            candidates[book.securities[candidate.security].family].push(candidate);
        }
        for candidates in candidates.values_mut() {
            order::sort_by_key(candidates, |candidate: &Candidate| {
                (candidate.rank, book.acquired_in_order(candidate.lot))
            });
        }
        let departures = if of_closings { Vec::new() } else { sources.departures(work)? };
        Ok(Some(Self { losses, candidates, against, departures, splits: sources.splits }))
    }
}

/// The families that share a group that is probable.
fn probably_identical(book: &Book) -> OfEach<Family, Vec<Id<Family>>> {
    let mut against = OfEach::new(&book.families, Vec::new());
    for group in &book.rules.substantially_identical {
        if group.verdict != WashSaleVerdict::Probable {
            continue;
        }
        let families = group.securities.iter().filter_map(|security| book.family_called(security));
        let families: Vec<Id<Family>> = families.collect();
        for family in &families {
            against[*family].extend(families.iter().copied().filter(|other| other != family));
        }
    }
    for others in against.values_mut() {
        order::sort_by_key(others, |other| *other);
        others.dedup();
    }
    against
}

/// The families that had short sales, each against itself.
fn closed_short(book: &Book) -> OfEach<Family, Vec<Id<Family>>> {
    let mut against = OfEach::new(&book.families, Vec::new());
    for disposal in book.disposals.iter().filter(|disposal| book.lots[disposal.lot].is_short) {
        let family = book.family_of(book.lots[disposal.lot].position);
        against[family] = vec![family];
    }
    against
}

impl<'a> Sources<'a> {
    #[expect(clippy::indexing_slicing, reason = "places are those of the events")]
    pub(super) fn new(book: &'a Book, events: &'a [LotEvent], work: &mut Work<'_, '_>) -> Result<Self> {
        let compare = |one: usize, other: usize| events[one].order().cmp(&events[other].order());
        let in_order = order::sorted_places(events.len(), &compare);
        let mut ranks = vec![0; events.len()];
        let mut splits = Splits(OfEach::new(&book.securities, Vec::new()));
        for (rank, index) in in_order.into_iter().enumerate() {
            work.done(1)?;
            ranks[index] = rank;
            let event = &events[index];
            let ratio = match event {
                LotEvent::Split { from, to, .. } => Some((i128::from(*from), i128::from(*to))),
                LotEvent::BonusShares { from, bonus, .. } => {
                    Some((i128::from(*from), i128::from(*from) + i128::from(*bonus)))
                }
                _ => None,
            };
            if let (Some((from, to)), Some(security)) = (ratio, book.security_called(event.security())) {
                let common = greatest_common_divisor(from, to);
                splits.0[security].push((rank, from / common, to / common));
            }
        }
        let replacing = book.washes.iter().map(|wash| {
            let Lot { block, part, .. } = book.lots[wash.replacement];
            (block, part)
        });
        let mut replacing: Vec<(Id<Block>, u32)> = replacing.collect();
        order::sort_by_key(&mut replacing, |replacing| *replacing);
        Ok(Self { book, events, ranks, splits, replacing })
    }

    #[expect(clippy::indexing_slicing, reason = "the book is that of the events")]
    fn rank(&self, event: u32) -> usize {
        self.ranks[event as usize]
    }

    #[expect(clippy::indexing_slicing, reason = "the book is that of the events")]
    fn event(&self, event: u32) -> &'a LotEvent {
        &self.events[event as usize]
    }

    /// The place of the event of a purchase.
    fn bought(&self, block: Id<Block>) -> usize {
        self.rank(self.book.blocks[block].event)
    }

    /// Units of a lot, counted in a unit of then, as shares of its family.
    #[expect(clippy::expect_used, reason = "a record names a unit that its family had")]
    fn atoms(&self, lot: Id<Lot>, units: i128, unit: usize) -> Result<i128> {
        let family = self.book.family_of(self.book.lots[lot].position);
        let unit = self.book.families[family].units.get(unit).expect("the family had this unit");
        atoms(unit.shares(units)?)
    }

    fn security(&self, lot: Id<Lot>) -> Id<Security> {
        self.book.positions[self.book.lots[lot].position].security
    }

    fn right(&self, security: Id<Security>) -> Option<OptionRight> {
        self.book.securities[security].option.as_ref().map(|option| option.right)
    }

    /// The losses of stock of which a part counts, in the order of the sales and, in a sale, of the days on which they count and of
    /// acquisition. `counts_on` tells the
    /// day on which a disposal counts, and `is_against` whether anything can stand against those of a family.
    pub(super) fn losses(
        &self,
        counts_on: impl Fn(usize) -> Option<i32>,
        is_against: &dyn Fn(Id<Family>) -> bool,
        work: &mut Work<'_, '_>,
    ) -> Result<Vec<Loss>> {
        let mut losses = Vec::new();
        for (place, disposal) in self.book.disposals.iter().enumerate() {
            work.done(1)?;
            let Disposal { event, lot, units, unit, .. } = *disposal;
            let (position, security) = (self.book.lots[lot].position, self.security(lot));
            let family = self.book.family_of(position);
            let counts = disposal.result() + disposal.disallowed < 0
                && self.book.is_taxable(position)
                && self.book.has_wash_sales(position)
                && self.right(security).is_none();
            let Some(day) = counts_on(place).filter(|_| counts && is_against(family)) else { continue };
            let atoms = self.atoms(lot, units, unit)?;
            let rank = self.rank(event);
            losses.push(Loss { disposal: place, rank, day, family, security, atoms, certain: 0 });
        }
        // By disposal so far, in which wash sales look for theirs.
        self.take_certain(&mut losses, work)?;
        order::sort_by_key(&mut losses, |loss| {
            (loss.rank, loss.day, self.book.acquired_in_order(self.book.disposal(loss.disposal).lot))
        });
        Ok(losses)
    }

    /// Says of each loss how many shares of it are replaced for certain. They stand in the order of the disposals.
    fn take_certain(&self, losses: &mut [Loss], work: &mut Work<'_, '_>) -> Result<()> {
        for wash in &self.book.washes {
            work.done(1)?;
            let place = losses.binary_search_by_key(&wash.disposal, |loss| loss.disposal);
            let Some(loss) = place.ok().and_then(|place| losses.get_mut(place)) else { continue };
            let atoms = self.atoms(wash.replacement, wash.units, wash.unit)?;
            let matched = self.bought(self.book.lots[wash.replacement].block).max(loss.rank);
            let replaced = self.splits.back(atoms, loss.security, loss.rank, matched)?;
            loss.certain = loss.certain.checked_add(replaced).ok_or_else(overflow)?.min(loss.atoms);
        }
        Ok(())
    }

    /// What was bought, without what replaces something for certain.
    pub(super) fn purchases(&self, work: &mut Work<'_, '_>) -> Result<Vec<Candidate>> {
        let mut certain = OfEach::new(&self.book.blocks, 0);
        for wash in &self.book.washes {
            work.done(1)?;
            let block = self.book.lots[wash.replacement].block;
            let (bought, security) = (self.bought(block), self.security(wash.replacement));
            let sold = self.rank(self.book.disposal(wash.disposal).event);
            let atoms = self.atoms(wash.replacement, wash.units, wash.unit)?;
            certain[block] += self.splits.back(atoms, security, bought, sold.max(bought))?;
        }
        let mut purchases = Vec::new();
        for (id, block) in self.book.blocks.iter() {
            work.done(1)?;
            let event = self.event(block.event);
            let (LotEvent::Buy { quantity, .. }
            | LotEvent::Reinvest { quantity, .. }
            | LotEvent::Exercise { quantity, .. }
            | LotEvent::Assign { quantity, .. }) = event
            else {
                continue;
            };
            let security = self.security(block.first);
            let Lot { position, is_short, acquired, .. } = self.book.lots[block.first];
            let is_put = self.right(security) == Some(OptionRight::Put);
            if is_put || is_short || !self.book.has_wash_sales(position) {
                continue;
            }
            // Of an exercise the contracts say how many shares there are.
            let counted = self.book.security_called(event.security()).unwrap_or(security);
            let multiplier = self.book.securities[counted].multiplier();
            let whole = atoms(quantity.times(multiplier.into())?)?;
            let left = whole - certain[id];
            let rank = self.rank(block.event);
            if left > 0 {
                let (lot, block) = (block.first, Some(id));
                purchases.push(Candidate { lot, block, rank, day: acquired, security, atoms: left });
            }
        }
        Ok(purchases)
    }

    /// The sales of stock that is held.
    fn sales(&self, work: &mut Work<'_, '_>) -> Result<Vec<Candidate>> {
        let mut sales = Vec::new();
        for disposal in &self.book.disposals {
            work.done(1)?;
            let Disposal { event, day, lot, units, unit, rule, .. } = *disposal;
            let is_sale = matches!(rule, BasisRule::Sale | BasisRule::Exercise | BasisRule::Assignment);
            let position = self.book.lots[lot].position;
            if !is_sale || self.book.lots[lot].is_short || !self.book.has_short_sale_rules(position) {
                continue;
            }
            let (rank, security) = (self.rank(event), self.security(lot));
            let atoms = self.atoms(lot, units, unit)?;
            sales.push(Candidate { lot, block: None, rank, day, security, atoms });
        }
        Ok(sales)
    }

    /// What left of purchases, in the order of the events: shares that were sold or given away or exchanged replace nothing
    /// that is sold later.
    pub(super) fn departures(&self, work: &mut Work<'_, '_>) -> Result<Vec<Departure>> {
        let sold =
            self.book.disposals.iter().map(|sold| (sold.event, sold.day, sold.lot, sold.units, sold.unit));
        let given = self.book.departures.iter();
        let given = given.map(|given| (given.event, given.day, given.lot, given.units, given.unit));
        let mut departures = Vec::new();
        for (event, day, lot, units, unit) in sold.chain(given) {
            work.done(1)?;
            let Lot { block, part, is_short, .. } = self.book.lots[lot];
            if is_short || self.replacing.binary_search(&(block, part)).is_ok() {
                continue;
            }
            let (rank, bought) = (self.rank(event), self.bought(block));
            let atoms = self.atoms(lot, units, unit)?;
            let atoms = self.splits.back(atoms, self.security(lot), bought, rank)?;
            departures.push(Departure { rank, block, lot, day, atoms });
        }
        order::sort_by_key(&mut departures, |departure| departure.rank);
        Ok(departures)
    }
}
