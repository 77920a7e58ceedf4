//! What of a state waits for later events.

use wherewithal_base::{ErrorCode, Result, check, dates::Date, error::At as _, order};

use super::{
    read::{MOST_DAYS, Reader, out_of_order, unit_of},
    units::{amount_of, inconsistent, require, some_units},
};
use crate::{
    BasisRule,
    engine::{
        Disposal, Family, Id, Lot, Marks, Position, Security,
        canada::{Bought, OpenLoss},
        deliver::is_near_one,
        position::Today,
        united_kingdom::{PendingSale, SaleOfDay},
        wash_sale::PendingLoss,
    },
    exact::{Unit, proportion},
    input::Jurisdiction,
    output::{LotStateAmounts, LotStateDay, LotStateDaySale, LotStateDisposal, LotStateFamily},
};

/// A disposal that was read: its place in the book, and the units that wait.
struct Waiting {
    disposal: usize,
    row: Disposal,
    units: i128,
    of: i128,
}

impl Reader<'_, '_, '_> {
    pub(super) fn read_waiting(&mut self) -> Result<()> {
        let state = self.state;
        self.find_places()?;
        for (index, family) in state.families.iter().enumerate() {
            self.read_family(family).at_index("families", index)?;
        }
        let is_sorted =
            |pair: &[LotStateFamily]| pair.is_sorted_by(|one, other| one.security <= other.security);
        if let Some(index) = state.families.windows(2).position(|pair| !is_sorted(pair)) {
            return Err(
                out_of_order("families stand by the id of their security").at_index("families", index + 1)
            );
        }
        for (index, position) in state.positions.iter().enumerate() {
            self.read_sales(index, &position.sales).at_index("positions", index)?;
        }
        for (index, day) in state.open_days.iter().enumerate() {
            self.read_day(day).at_index("openDays", index)?;
        }
        self.read_open_losses()?;
        self.find_pools()?;
        self.add_rows()?;
        self.check_empty_lots()
    }

    /// Puts the places of disposals in order: in the book, they are the first.
    fn find_places(&mut self) -> Result<()> {
        let state = self.state;
        let families = state.families.iter();
        let losses = families.flat_map(|family| family.losses.iter().chain(&family.short_losses));
        let sales = state.positions.iter().flat_map(|position| &position.sales);
        let rows = losses.chain(sales).chain(&state.open_losses);
        self.places = rows.map(|row| row.place).collect();
        order::sort_by_key(&mut self.places, |place| *place);
        let is_twice = self.places.windows(2).any(|pair| matches!(pair, [one, other] if one == other));
        require(!is_twice, "a disposal stands in the state twice")?;
        require(
            self.places.last().is_none_or(|last| *last < state.disposals),
            "a disposal has a place beyond the number of disposals",
        )?;
        self.rows = self.places.iter().map(|_| None).collect();
        Ok(())
    }

    /// Reads a disposal that can still change.
    #[expect(
        clippy::expect_used,
        clippy::indexing_slicing,
        reason = "each disposal of the state has a place, and each place a row"
    )]
    fn disposal(&mut self, row: &LotStateDisposal) -> Result<Waiting> {
        self.work.done(10)?;
        let book = &mut self.book;
        require(row.event < self.state.events, "the event is none of those so far")?;
        let lot = self.lots.get(row.lot as usize).copied();
        let lot = lot.ok_or_else(|| inconsistent("no lot stands at this place").at("lot"))?;
        let day = row.date.day_number();
        require(
            day <= book.last_day && day >= book.first_of_window(),
            "the disposal is not of the last 30 days",
        )?;
        let Lot { position, acquired, .. } = book.lots[lot];
        require(
            acquired <= day || book.rules.jurisdiction == Jurisdiction::UnitedKingdom,
            "the lot is younger than the disposal",
        )?;
        let places = book.places;
        let units = some_units(row.units).at("units")?;
        let waiting = some_units(row.waiting).at("waiting")?;
        let of = row.of.map_or(Ok(waiting), some_units).at("of")?;
        require(row.of.is_none() || waiting < of, "what waits is not a part of all")?;
        let family = book.family_of(position);
        let unit = unit_of(row.denominator)?;
        let known = &mut book.families[family].units;
        if known.last() != Some(&unit) {
            known.push(unit);
        }
        let unit = known.len() - 1;
        let disposal = Disposal {
            event: row.event,
            day,
            lot,
            units,
            unit,
            proceeds: amount_of(row.proceeds, places).at("proceeds")?,
            cost: amount_of(row.cost, places).at("cost")?,
            disallowed: row
                .disallowed_loss
                .map_or(Ok(0), |loss| amount_of(loss, places))
                .at("disallowedLoss")?,
            term: row.term,
            rule: row.rule,
        };
        let foreign = book.exchange_of(position, row.foreign.as_ref())?;
        let place = self.places.binary_search(&row.place).expect("all places have been found");
        if let Some(sold) = row.short_sale_date {
            let fits =
                !book.lots[lot].is_short && row.rule == BasisRule::DeliveredToCover && sold <= row.date;
            require(fits, "no short sale of this day was closed with the lot").at("shortSaleDate")?;
            let deliveries = &mut book.deliveries;
            let order = deliveries.partition_point(|(disposal, _)| *disposal < place);
            deliveries.insert(order, (place, sold.day_number()));
        }
        self.rows[place] = Some((disposal.clone(), foreign));
        Ok(Waiting { disposal: place, row: disposal, units: waiting, of })
    }

    fn read_family(&mut self, row: &LotStateFamily) -> Result<()> {
        let security = self.book.security(&row.security).at("security")?;
        let family = self.book.securities[security].family;
        require(
            self.families.insert(family) && self.book.families[family].id == row.security,
            "the family is known by another security, or stands in the list twice",
        )?;
        let unit = unit_of(row.denominator)?;
        let recent = self.recent(family, &row.recent, false).at("recent")?;
        let recent_shorts = self.recent(family, &row.recent_shorts, true).at("recentShorts")?;
        let suspended = self.suspended(family, &row.suspended).at("suspended")?;
        let losses = self.losses(family, &row.losses, false, "losses")?;
        let short_losses = self.losses(family, &row.short_losses, true, "shortLosses")?;
        let bought = self.bought(family, row)?;
        let place = &mut self.book.families[family];
        place.units.push(unit);
        place.recent = recent.into();
        place.recent_shorts = recent_shorts.into();
        place.suspended = suspended;
        place.pending = losses.into();
        place.pending_shorts = short_losses.into();
        place.bought = bought.into();
        Ok(())
    }

    /// The lot at a place of the list, which is of a family.
    fn lot_of(&self, family: Id<Family>, place: u32, is_short: bool) -> Result<Id<Lot>> {
        let id = self.lot_at(place)?;
        let lot = &self.book.lots[id];
        let fits =
            self.book.family_of(lot.position) == family && lot.is_short == is_short && lot.holding.units > 0;
        require(fits, "the lot is of another kind")?;
        Ok(id)
    }

    /// Lots that can replace what was sold at a loss.
    fn recent(&mut self, family: Id<Family>, places: &[u32], are_short: bool) -> Result<Vec<Id<Lot>>> {
        let mut lots = Vec::new();
        let mut last = None;
        let open_shorts = if are_short { Vec::new() } else { self.book.days_of_open_shorts(family) };
        let mut seen = Marks::default();
        for (index, place) in places.iter().enumerate() {
            self.work.done(1)?;
            let id = self.lot_of(family, *place, are_short).at_item(index)?;
            let Lot { acquired, block, position, .. } = self.book.lots[id];
            let has_rule = if are_short {
                self.book.has_short_sale_rules(position)
            } else {
                self.book.has_wash_sales(position)
            };
            let fits = has_rule
                && (acquired >= self.book.first_of_window() || is_near_one(&open_shorts, acquired))
                && last <= Some((acquired, block))
                && seen.insert(id);
            require(
                fits,
                "the lot is no purchase of the last 30 days, or around an open short sale, that can replace another, in its order",
            )
            .at_item(index)?;
            last = Some((acquired, block));
            self.book.lots[id].may_replace = true;
            lots.push(id);
        }
        Ok(lots)
    }

    /// Lots whose holding period has stopped.
    fn suspended(&mut self, family: Id<Family>, places: &[u32]) -> Result<Vec<Id<Lot>>> {
        let mut lots = Vec::new();
        for (index, place) in places.iter().enumerate() {
            self.work.done(1)?;
            let id = self.lot_of(family, *place, false).at_item(index)?;
            let Lot { position, suspended, .. } = self.book.lots[id];
            let fits = !suspended && self.book.has_short_sale_rules(position);
            require(fits, "the holding period of the lot cannot stop, or stopped before").at_item(index)?;
            self.book.lots[id].suspended = true;
            lots.push(id);
        }
        self.book.rearrange_all(&lots);
        Ok(lots)
    }

    /// Losses that something can still replace.
    fn losses(
        &mut self,
        family: Id<Family>,
        rows: &[LotStateDisposal],
        are_short: bool,
        field: &str,
    ) -> Result<Vec<PendingLoss>> {
        let mut losses: Vec<PendingLoss> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let loss = self.loss(family, row, are_short).at_index(field, index)?;
            if losses.last().is_some_and(|last| last.day > loss.day) {
                return Err(out_of_order("losses stand by date").at_index(field, index));
            }
            losses.push(loss);
        }
        Ok(losses)
    }

    fn loss(&mut self, family: Id<Family>, row: &LotStateDisposal, are_short: bool) -> Result<PendingLoss> {
        let Waiting { disposal, row: sold, units, of } = self.disposal(row)?;
        let book = &self.book;
        let Lot { position, is_short, .. } = book.lots[sold.lot];
        let has_rule =
            if are_short { book.has_short_sale_rules(position) } else { book.has_wash_sales(position) };
        // The loss of shares that were delivered is one of theirs, or that of the short sale.
        let is_of_kind = is_short == are_short || are_short && row.short_sale_date.is_some();
        require(
            has_rule && is_of_kind && book.is_taxable(position) && row.at_first.is_none(),
            "no loss of this lot can be replaced",
        )?;
        let is_loss = sold.result() < 0 && proportion(-sold.result(), of - units, of)? == sold.disallowed;
        require(is_loss, "it is no loss of which this part is disallowed")?;
        let security = self.security_of(position, row.security.as_deref())?;
        require(
            self.book.securities[security].family == family && self.book.family_of(position) == family,
            "the security is of another family",
        )?;
        let days_held = check::whole(row.days_held.unwrap_or(0), 0..=MOST_DAYS, ErrorCode::CountOutOfRange);
        let days_held = i32::try_from(days_held.at("daysHeld")?).unwrap_or(i32::MAX);
        let day = row.short_sale_date.filter(|_| !are_short).map_or(sold.day, Date::day_number);
        Ok(PendingLoss { disposal, security, day, days_held, units, of })
    }

    fn security_of(&mut self, position: Id<Position>, named: Option<&str>) -> Result<Id<Security>> {
        match named {
            Some(id) => self.book.security(id).at("security"),
            None => Ok(self.book.positions[position].security),
        }
    }

    fn bought(&mut self, family: Id<Family>, row: &LotStateFamily) -> Result<Vec<Bought>> {
        let is_canada = self.book.rules.jurisdiction == Jurisdiction::Canada;
        require(is_canada || row.bought.is_empty(), "only in Canada purchases are kept")?;
        let mut bought: Vec<Bought> = Vec::new();
        for (index, purchase) in row.bought.iter().enumerate() {
            self.work.done(1)?;
            let position = self.position_at(purchase.position).at("position").at_index("bought", index)?;
            let units = some_units(purchase.units).at("units").at_index("bought", index)?;
            let day = purchase.date.day_number();
            let fits = self.book.family_of(position) == family
                && day <= self.book.last_day
                && bought.last().is_none_or(|last| last.day <= day);
            require(fits, "the purchase is not of this family, or not in order").at_index("bought", index)?;
            bought.push(Bought { day, position, units });
        }
        Ok(bought)
    }

    /// Sales from the pool of a position that can still be taken over.
    fn read_sales(&mut self, index: usize, rows: &[LotStateDisposal]) -> Result<()> {
        let position = self.position_at(u32::try_from(index).unwrap_or(u32::MAX))?;
        for (index, row) in rows.iter().enumerate() {
            let sale = self.sale(position, row).at_index("sales", index)?;
            let sales = &mut self.book.positions[position].pending_sales;
            if sales.back().is_some_and(|last| last.day > sale.day) {
                return Err(out_of_order("sales stand by date").at_index("sales", index));
            }
            sales.push_back(sale);
        }
        Ok(())
    }

    fn sale(&mut self, position: Id<Position>, row: &LotStateDisposal) -> Result<PendingSale> {
        let Waiting { disposal, row: sold, units, of } = self.disposal(row)?;
        let fits = self.book.rules.jurisdiction == Jurisdiction::UnitedKingdom
            && self.book.lots[sold.lot].position == position
            && sold.disallowed == 0
            && row.days_held.is_none()
            && row.security.is_none();
        require(fits, "no sale of this position can be taken over")?;
        let places = self.book.places;
        let (proceeds, cost) = match &row.at_first {
            None => (sold.proceeds, sold.cost),
            Some(LotStateAmounts { proceeds, cost }) => (
                amount_of(*proceeds, places).at("proceeds").at("atFirst")?,
                amount_of(*cost, places).at("cost").at("atFirst")?,
            ),
        };
        let is_rest =
            proportion(proceeds, units, of)? == sold.proceeds && proportion(cost, units, of)? == sold.cost;
        require(
            is_rest && row.at_first.is_some() == row.of.is_some(),
            "the amounts are not the rest of those at first",
        )?;
        Ok(PendingSale { disposal, day: sold.day, units, of, proceeds, cost })
    }

    /// The day of a position that is not over.
    fn read_day(&mut self, row: &LotStateDay) -> Result<()> {
        let is_united_kingdom = self.book.rules.jurisdiction == Jurisdiction::UnitedKingdom;
        require(is_united_kingdom, "only in the United Kingdom days are open")?;
        let position = self.position_at(row.position).at("position")?;
        require(
            self.book.positions[position].today.is_none(),
            "the day of the position stands in the list twice",
        )?;
        let day = self.book.last_day;
        let lot = row.lot.map(|place| self.lot_of_day(position, place, day)).transpose().at("lot")?;
        let (mut sales, mut sold) = (Vec::new(), 0);
        for (index, sale) in row.sales.iter().enumerate() {
            self.work.done(1)?;
            let sale = self.sale_of_day(position, sale).at_index("sales", index)?;
            sold += sale.units;
            sales.push(sale);
        }
        require(lot.is_some() || !sales.is_empty(), "nothing happened on the day")?;
        require(sold <= self.book.positions[position].held, "more was sold than is held")?;
        self.book.positions[position].today = Some(Today { day, lot, sales });
        self.book.open_days.push_back(position);
        Ok(())
    }

    fn lot_of_day(&self, position: Id<Position>, place: u32, day: i32) -> Result<Id<Lot>> {
        let id = self.lot_at(place)?;
        let lot = &self.book.lots[id];
        let fits = lot.position == position && lot.acquired == day && lot.holding.units > 0;
        require(fits, "the lot was not bought on the day")?;
        Ok(id)
    }

    fn sale_of_day(&self, position: Id<Position>, row: &LotStateDaySale) -> Result<SaleOfDay> {
        require(row.event < self.state.events, "the event is none of those so far")?;
        let units = some_units(row.units).at("units")?;
        let proceeds = amount_of(row.proceeds, self.book.places).at("proceeds")?;
        let proceeds = self.book.plain_sum_of(position, proceeds, row.foreign.as_ref())?;
        Ok(SaleOfDay { event: row.event, units, proceeds })
    }

    fn read_open_losses(&mut self) -> Result<()> {
        let state = self.state;
        for (index, row) in state.open_losses.iter().enumerate() {
            let (family, loss) = self.open_loss(row).at_index("openLosses", index)?;
            if self.book.waiting.back().is_some_and(|(last, _)| *last > loss.day) {
                return Err(out_of_order("losses stand by date").at_index("openLosses", index));
            }
            self.book.waiting.push_back((loss.day, family));
            self.book.families[family].open_losses.push_back(loss);
        }
        Ok(())
    }

    fn open_loss(&mut self, row: &LotStateDisposal) -> Result<(Id<Family>, OpenLoss)> {
        let Waiting { disposal, row: sold, units, of } = self.disposal(row)?;
        let position = self.book.lots[sold.lot].position;
        let fits = self.book.rules.jurisdiction == Jurisdiction::Canada
            && self.book.is_taxable(position)
            && sold.result() < 0
            && sold.disallowed == 0
            && units == of
            && row.days_held.is_none()
            && row.security.is_none()
            && row.at_first.is_none();
        require(fits, "it is no loss that waits")?;
        let loss = OpenLoss { event: sold.event, disposal, day: sold.day, position, units };
        Ok((self.book.family_of(position), loss))
    }

    /// Finds the lots that stand for the pools of positions.
    fn find_pools(&mut self) -> Result<()> {
        if !self.book.rules.jurisdiction.pools() {
            return Ok(());
        }
        for (index, id) in self.positions.iter().enumerate() {
            let today = self.book.positions[*id].today.as_ref().and_then(|today| today.lot);
            let lots = self.book.positions[*id].queue.lots(&self.book.lots);
            let mut pools = lots.into_iter().filter(|lot| Some(*lot) != today);
            self.book.positions[*id].pool_lot = pools.next();
            if pools.next().is_some() {
                return Err(
                    inconsistent("there are several pools of one position").at_index("positions", index)
                );
            }
        }
        Ok(())
    }

    /// Adds the disposals to the book, in their order, and the units in which families count now.
    fn add_rows(&mut self) -> Result<()> {
        for (place, row) in std::mem::take(&mut self.rows).into_iter().enumerate() {
            let Some((disposal, foreign)) = row else { return Err(inconsistent("a disposal is missing")) };
            self.book.disposals.push(disposal);
            if let Some(foreign) = foreign {
                self.book.add_exchange(place, foreign);
            }
        }
        self.book.past.waiting = std::mem::take(&mut self.places);
        // Those of which nothing else is known count in whole shares.
        let state = self.state;
        let others = self.book.families.iter().map(|(id, _)| id).filter(|id| !self.families.contains(*id));
        let mut present: Vec<(Id<Family>, Unit)> = others.map(|id| (id, Unit::default())).collect();
        for family in &state.families {
            let security = self.book.security(&family.security).at("security")?;
            present.push((self.book.securities[security].family, unit_of(family.denominator)?));
        }
        for (family, unit) in present {
            let units = &mut self.book.families[family].units;
            if units.last() != Some(&unit) {
                units.push(unit);
            }
        }
        Ok(())
    }

    /// That a lot of which nothing is left is one of which a disposal can still change.
    fn check_empty_lots(&mut self) -> Result<()> {
        let mut waiting = Marks::default();
        for row in &self.book.disposals {
            waiting.insert(row.lot);
        }
        for (index, id) in self.lots.iter().enumerate() {
            self.work.done(1)?;
            if self.book.lots[*id].holding.units == 0 && !waiting.contains(*id) {
                let message = "nothing is left of the lot, and no disposal of it waits";
                return Err(inconsistent(message).at_index("lots", index));
            }
        }
        Ok(())
    }
}
