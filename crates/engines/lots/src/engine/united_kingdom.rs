//! Shares in the United Kingdom (TCGA 1992, sections 104 to 106A).
//!
//! What is bought and what is sold on one day counts as one purchase and one sale (section 105). A sale is identified with
//! the purchase of its day, then with those of the 30 days after it, the earliest first (section 106A(5)), and then with
//! the pool of all other shares, which has an average cost (section 104).
//!
//! A sale from the pool does not change the average. So when a later purchase takes shares of a sale over, they can be given
//! back to the pool at what they cost: as long as a sale waits, every purchase goes to it and none to the pool.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, num::Decimal};

use super::{BasisRule, Book, Disposal, Id, Lot, Position, RunningSum, Sum, position::Today};
use crate::exact::proportion;

/// Days after a sale whose purchases count as the shares sold.
const WINDOW: i32 = 30;

/// Shares sold from the pool, which purchases of the next 30 days may still take over.
#[derive(Debug, Clone)]
pub(crate) struct PendingSale {
    /// The index of the disposal.
    pub(super) disposal: usize,
    pub(super) day: i32,
    /// Units that still come from the pool.
    pub(super) units: i128,
    /// All units that came from it at first, what they brought and what they cost.
    pub(super) of: i128,
    pub(super) proceeds: i128,
    pub(super) cost: i128,
}

/// A sale of the day that is not identified yet.
#[derive(Debug, Clone)]
pub(crate) struct SaleOfDay {
    pub(super) event: u32,
    pub(super) units: i128,
    pub(super) proceeds: Sum,
}

impl Book {
    /// Puts what was bought together with what else was bought on the day.
    pub(super) fn buy_on_day(&mut self, day: i32, position: Id<Position>, lot: Id<Lot>) {
        let today = self.today(day, position);
        match today.lot {
            None => today.lot = Some(lot),
            Some(first) => {
                let bought = std::mem::take(&mut self.lots[lot].holding);
                self.lots[first].holding.add(bought.units, bought.cost);
                self.touch(first);
                self.merge_abroad(lot, first);
            }
        }
    }

    /// The day of a position.
    fn today(&mut self, day: i32, position: Id<Position>) -> &mut Today {
        let today = &mut self.positions[position].today;
        if today.is_none() {
            self.open_days.push_back(position);
        }
        today.get_or_insert_with(|| Today { day, lot: None, sales: Vec::new() })
    }

    /// Units that were sold on the day that is not over: the position holds them still.
    pub(super) fn sold_on_day(&self, position: Id<Position>) -> i128 {
        self.positions[position].today.iter().flat_map(|today| &today.sales).map(|sale| sale.units).sum()
    }

    /// Takes a sale down until the day is over.
    pub(super) fn sell_on_day(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        quantity: Decimal,
        proceeds: Sum,
    ) -> Result<()> {
        let family = self.family_of(position);
        let units = self.units(family, quantity)?;
        self.require(position, units + self.sold_on_day(position)).at("quantity")?;
        self.pass_days()?;
        self.today(day, position).sales.push(SaleOfDay { event, units, proceeds });
        Ok(())
    }

    /// Identifies the sales of the days that are over.
    #[expect(clippy::expect_used, reason = "a position stands in the list because its day is open")]
    pub(super) fn end_days(&mut self) -> Result<()> {
        while let Some(position) = self.open_days.pop_front() {
            let today = self.positions[position].today.take().expect("the day of the position is open");
            self.end_day(position, today)?;
        }
        Ok(())
    }

    fn end_day(&mut self, position: Id<Position>, Today { day, lot, mut sales }: Today) -> Result<()> {
        if let Some(lot) = lot {
            self.identify_with_day(day, position, lot, &mut sales)?;
            self.identify_with_earlier_sales(day, position, lot)?;
            self.enter_pool(position, lot);
        }
        for SaleOfDay { event, units, proceeds } in sales.into_iter().filter(|sale| sale.units > 0) {
            let pool = self.pool_of(position)?;
            self.dispose(event, day, position, &[(pool, units)], proceeds, BasisRule::Section104Pool)?;
            let disposal = self.disposals.len() - 1;
            let cost = self.disposal(disposal).cost;
            self.positions[position].pending_sales.push_back(PendingSale {
                disposal,
                day,
                units,
                of: units,
                proceeds: proceeds.book,
                cost,
            });
        }
        Ok(())
    }

    /// Identifies sales with what was bought on the same day. What is left of each stays in the list.
    fn identify_with_day(
        &mut self,
        day: i32,
        position: Id<Position>,
        lot: Id<Lot>,
        sales: &mut [SaleOfDay],
    ) -> Result<()> {
        for sale in sales {
            let units = sale.units.min(self.lots[lot].holding.units);
            if units == 0 {
                continue;
            }
            let proceeds = RunningSum::new(sale.proceeds, sale.units).next(units)?;
            self.dispose(sale.event, day, position, &[(lot, units)], proceeds, BasisRule::SameDay)?;
            sale.units -= units;
            sale.proceeds = sale.proceeds.plus(-1, proceeds);
        }
        Ok(())
    }

    /// Lets a purchase take over shares that were sold from the pool within the 30 days before it.
    fn identify_with_earlier_sales(&mut self, day: i32, position: Id<Position>, lot: Id<Lot>) -> Result<()> {
        while self.lots[lot].holding.units > 0
            && let Some(mut sale) = self.positions[position].pending_sales.pop_front()
        {
            if sale.day < day - WINDOW {
                continue;
            }
            let units = sale.units.min(self.lots[lot].holding.units);
            let (event, proceeds) = self.give_back(position, &mut sale, units)?;
            self.dispose(event, sale.day, position, &[(lot, units)], proceeds, BasisRule::WithinThirtyDays)?;
            if sale.units > 0 {
                self.positions[position].pending_sales.push_front(sale);
            }
        }
        Ok(())
    }

    /// Gives shares of a sale back to the pool. Returns the event of the sale, and what these shares brought.
    #[expect(clippy::expect_used, reason = "a sale that waits names a disposal of the book")]
    fn give_back(
        &mut self,
        position: Id<Position>,
        sale: &mut PendingSale,
        units: i128,
    ) -> Result<(u32, Sum)> {
        let Disposal { event, lot: pool, .. } =
            self.disposals.get(sale.disposal).expect("the disposal is in the book");
        let (event, pool) = (*event, *pool);
        let was_sold_out = self.lots[pool].holding.units == 0;
        sale.units -= units;
        let left = |amount| if sale.units == 0 { Ok(0) } else { proportion(amount, sale.units, sale.of) };
        let (proceeds_left, cost_left) = (left(sale.proceeds)?, left(sale.cost)?);
        let unit = self.families[self.family_of(position)].units.len() - 1;
        let disposal = self.disposals.get_mut(sale.disposal).expect("the disposal is in the book");
        let (proceeds, cost) = (disposal.proceeds - proceeds_left, disposal.cost - cost_left);
        (disposal.proceeds, disposal.cost) = (proceeds_left, cost_left);
        (disposal.units, disposal.unit) = (sale.units, unit);
        self.touch_disposal(sale.disposal);
        self.touch(pool);

        let (brought_abroad, cost_abroad) = self.give_back_abroad(sale.disposal, sale.units, sale.of)?;
        self.lots[pool].holding.add(units, cost);
        self.add_abroad(pool, units, cost_abroad);
        let place = &mut self.positions[position];
        place.held += units;
        if was_sold_out {
            place.queue.push(pool, &self.lots[pool], self.long_term);
            place.pool_lot = Some(pool);
        }
        Ok((event, Sum { book: proceeds, ..brought_abroad }))
    }

    /// Puts what is left of a lot into the pool of its position.
    pub(super) fn enter_pool(&mut self, position: Id<Position>, lot: Id<Lot>) {
        if self.lots[lot].holding.units == 0 {
            return;
        }
        self.touch(lot);
        match self.positions[position].pool_lot.filter(|pool| self.lots[*pool].holding.units > 0) {
            Some(pool) => {
                let bought = std::mem::take(&mut self.lots[lot].holding);
                self.lots[pool].holding.add(bought.units, bought.cost);
                self.merge_abroad(lot, pool);
            }
            None => self.positions[position].pool_lot = Some(lot),
        }
    }

    /// The lot that stands for the pool of a position.
    pub(super) fn pool_of(&self, position: Id<Position>) -> Result<Id<Lot>> {
        self.positions[position]
            .pool_lot
            .ok_or_else(|| Error::new(ErrorCode::QuantityExceedsHeld, "no shares are held"))
    }
}
