//! From the book to its rows.

use wherewithal_base::{
    Result,
    dates::Date,
    num::{Decimal, Rounding},
    order,
};

use super::{
    DistributionGainRow, GivenShares, LotBook, LotDisposal, LotYear, OpenLot, ShortPosition, TermTotals,
    WashSale, foreign_amount, foreign_gain,
};
use crate::{
    HoldingTerm,
    engine::{Book, ForeignCost, Id, Lot, Position},
    exact::proportion,
    tally::Tally,
};

/// Decimal places of the cost of a share, as in the specification's tables.
const COST_PLACES: u32 = 4;

/// The rows of a book, without what its events alone can tell.
pub(crate) fn report(book: &Book) -> Result<LotBook> {
    Ok(LotBook {
        currency: book.rules.currency,
        lots: open_lots(book)?,
        short_positions: short_positions(book)?,
        disposals: book
            .disposals
            .iter()
            .enumerate()
            // In the United Kingdom, a purchase may have taken all shares of a row over.
            .filter(|(_, disposal)| disposal.units > 0)
            .map(|(place, _)| disposal_row(book, place))
            .collect::<Result<_>>()?,
        wash_sales: wash_sales(book)?,
        probable_wash_sales: Vec::new(),
        distribution_gains: distribution_gains(book)?,
        given: given(book)?,
        years: years(book)?,
    })
}

fn open_lots(book: &Book) -> Result<Vec<OpenLot>> {
    let abroad = book.costs_abroad()?;
    let row = |(lot, cost)| open_lot(book, lot, cost, abroad.get(lot).copied());
    held(book)?.into_iter().map(row).collect()
}

/// The lots that are left, each with what it costs: by account, security and day of acquisition.
pub(crate) fn held(book: &Book) -> Result<Vec<(Id<Lot>, i128)>> {
    let mut held = Vec::new();
    for (id, position) in sorted_positions(book) {
        let lots = position.queue.lots(&book.lots);
        if position.is_averaged() {
            held.extend(book.average_shares(id, &lots)?);
        } else {
            held.extend(lots.into_iter().map(|lot| (lot, book.lots[lot].holding.cost)));
        }
    }
    Ok(held)
}

/// The positions by account and security.
fn sorted_positions(book: &Book) -> Vec<(Id<Position>, &Position)> {
    let mut positions: Vec<(Id<Position>, &Position)> = book.positions.iter().collect();
    order::sort_by_key(&mut positions, |(_, position)| {
        (position.account, &book.securities[position.security].id)
    });
    positions
}

fn short_positions(book: &Book) -> Result<Vec<ShortPosition>> {
    let mut rows = Vec::new();
    let abroad = book.costs_abroad()?;
    for (_, position) in sorted_positions(book) {
        for short in position.shorts.lots(&book.lots) {
            rows.push(short_position(book, short, abroad.get(short).copied())?);
        }
    }
    Ok(rows)
}

/// The row of what is sold short; `abroad` is what it brought in another currency.
pub(super) fn short_position(book: &Book, id: Id<Lot>, abroad: Option<ForeignCost>) -> Result<ShortPosition> {
    let lot = &book.lots[id];
    let position = &book.positions[lot.position];
    let unit = book.unit_of(lot.position)?;
    Ok(ShortPosition {
        id: lot_id(book, id),
        account: account_id(book, position),
        security: book.securities[position.security].id.clone(),
        date: Date::from_day_number(lot.acquired)?,
        quantity: unit.shares(lot.holding.units)?,
        quantity_fraction: unit.fraction(lot.holding.units),
        proceeds: money(book, lot.holding.cost)?,
        long_term_loss: lot.always_long,
        foreign_proceeds: foreign_amount(book, lot.position, abroad.as_ref().map(ForeignCost::amount))?,
    })
}

/// The row of a lot with what it costs; `abroad` is what it costs in another currency.
pub(crate) fn open_lot(book: &Book, id: Id<Lot>, cost: i128, abroad: Option<ForeignCost>) -> Result<OpenLot> {
    let lot = &book.lots[id];
    let position = &book.positions[lot.position];
    let unit = book.unit_of(lot.position)?;
    let quantity = unit.shares(lot.holding.units)?;
    let total_cost = money(book, cost)?;
    // Not by the quantity, which is rounded where it is no decimal.
    let denominator = Decimal::from_i128(unit.denominator(), 0)?;
    let per_share = total_cost.times(denominator)?.divided_by(Decimal::from_i128(lot.holding.units, 0)?)?;
    Ok(OpenLot {
        id: lot_id(book, id),
        account: account_id(book, position),
        security: book.securities[position.security].id.clone(),
        acquisition_date: Date::from_day_number(lot.acquired)?,
        held_since: (lot.held_since != lot.acquired)
            .then(|| Date::from_day_number(lot.held_since))
            .transpose()?,
        quantity,
        quantity_fraction: unit.fraction(lot.holding.units),
        cost_per_share: per_share.round(COST_PLACES, Rounding::HalfEven),
        total_cost,
        loss_basis: lot.gift.map(|gift| money(book, book.gifts[gift].loss.cost)).transpose()?,
        foreign_cost: foreign_amount(book, lot.position, abroad.as_ref().map(ForeignCost::amount))?,
    })
}

/// The row of the disposal at a place among those of the book.
pub(crate) fn disposal_row(book: &Book, place: usize) -> Result<LotDisposal> {
    let disposal = book.disposal(place);
    let lot = &book.lots[disposal.lot];
    let position = &book.positions[lot.position];
    let (quantity, quantity_fraction) = quantity(book, disposal.lot, disposal.units, disposal.unit)?;
    let foreign = match book.parts_of_disposal(place)? {
        Some((abroad, parts)) => foreign_gain(book, lot.position, (abroad.proceeds, abroad.cost), parts)?,
        None => None,
    };
    let acquired = if lot.is_short { disposal.day } else { lot.acquired };
    let short_sale = if lot.is_short { Some(lot.acquired) } else { book.short_sale_of(place) };
    Ok(LotDisposal {
        event: disposal.event,
        lot: lot_id(book, disposal.lot),
        account: account_id(book, position),
        security: book.securities[position.security].id.clone(),
        acquisition_date: Date::from_day_number(acquired)?,
        sale_date: Date::from_day_number(disposal.day)?,
        short_sale_date: short_sale.map(Date::from_day_number).transpose()?,
        quantity,
        quantity_fraction,
        proceeds: money(book, disposal.proceeds)?,
        cost: money(book, disposal.cost)?,
        disallowed_loss: money(book, disposal.disallowed)?,
        gain: money(book, disposal.result() + disposal.disallowed)?,
        term: disposal.term,
        taxable: book.is_taxable(lot.position),
        rule: disposal.rule,
        foreign,
    })
}

fn wash_sales(book: &Book) -> Result<Vec<WashSale>> {
    (0..book.washes.len()).map(|place| wash_sale_row(book, place)).collect()
}

/// The row of the wash sale at a place among those of the book.
#[expect(clippy::expect_used, reason = "the place is that of a wash sale of the book")]
pub(super) fn wash_sale_row(book: &Book, place: usize) -> Result<WashSale> {
    let wash = book.washes.get(place).expect("the wash sale is in the book");
    let (quantity, quantity_fraction) = quantity(book, wash.replacement, wash.units, wash.unit)?;
    let position = book.lots[wash.replacement].position;
    Ok(WashSale {
        disposal: book.place_of(wash.disposal),
        replacement: lot_id(book, wash.replacement),
        quantity,
        quantity_fraction,
        disallowed_loss: money(book, wash.amount)?,
        permanent: wash.for_good,
        foreign_loss: foreign_amount(book, position, book.wash_abroad(place))?,
    })
}

fn distribution_gains(book: &Book) -> Result<Vec<DistributionGainRow>> {
    distribution_gains_from(book, 0)
}

/// The rows of the taxable gains from a place on among those of the book.
pub(super) fn distribution_gains_from(book: &Book, first: usize) -> Result<Vec<DistributionGainRow>> {
    let gains = book.distribution_gains.iter().enumerate().skip(first);
    gains
        .filter(|(_, gain)| book.is_taxable(book.lots[gain.lot].position))
        .map(|(place, gain)| {
            let foreign = match book.parts_of_distribution(place)? {
                Some((cost, paid, parts)) => {
                    foreign_gain(book, book.lots[gain.lot].position, (paid.foreign, cost.foreign), parts)?
                }
                None => None,
            };
            Ok(DistributionGainRow {
                event: gain.event,
                lot: lot_id(book, gain.lot),
                date: Date::from_day_number(gain.day)?,
                gain: money(book, gain.amount)?,
                term: gain.term,
                foreign,
            })
        })
        .collect()
}

fn given(book: &Book) -> Result<Vec<GivenShares>> {
    given_from(book, 0)
}

/// The rows of what was given away from a place on among those of the book.
pub(super) fn given_from(book: &Book, first: usize) -> Result<Vec<GivenShares>> {
    let departures = book.departures.iter().enumerate().skip(first);
    let rows = departures.map(|(place, departure)| {
        let lot = &book.lots[departure.lot];
        let position = &book.positions[lot.position];
        let (quantity, quantity_fraction) = quantity(book, departure.lot, departure.units, departure.unit)?;
        Ok(GivenShares {
            event: departure.event,
            lot: lot_id(book, departure.lot),
            account: account_id(book, position),
            security: book.securities[position.security].id.clone(),
            date: Date::from_day_number(departure.day)?,
            held_since: Date::from_day_number(departure.held_since)?,
            quantity,
            quantity_fraction,
            cost: money(book, departure.cost)?,
            term: departure.term,
            to_charity: departure.to_charity,
            foreign_cost: foreign_amount(book, lot.position, book.departure_abroad(place))?,
        })
    });
    rows.collect()
}

/// Sums of a year in the smallest unit: short-term, then long-term.
#[derive(Default)]
pub(crate) struct Sums {
    pub(crate) proceeds: i128,
    pub(crate) cost: i128,
    pub(crate) disallowed: i128,
}

pub(crate) fn years(book: &Book) -> Result<Vec<LotYear>> {
    let tax_year = |day| Date::from_day_number(day).map(|date| book.rules.jurisdiction.tax_year(date));
    let mut sums: Tally<(i32, HoldingTerm), Sums> = Tally::default();
    for disposal in book.disposals.iter().filter(|disposal| book.is_taxable(book.lots[disposal.lot].position))
    {
        let year = tax_year(disposal.day)?;
        let sum = sums.at((year, disposal.term));
        sum.proceeds += disposal.proceeds;
        sum.cost += disposal.cost;
        sum.disallowed += disposal.disallowed;
    }
    for gain in book.distribution_gains.iter().filter(|gain| book.is_taxable(book.lots[gain.lot].position)) {
        let year = tax_year(gain.day)?;
        sums.at((year, gain.term)).proceeds += gain.amount;
    }
    divide_sixty_forty(&mut sums)?;
    year_rows(&sums, &book.dividends, book.places)
}

/// The rows of the years that have a sum or a dividend.
pub(crate) fn year_rows(
    sums: &Tally<(i32, HoldingTerm), Sums>,
    dividends: &Tally<i32, i128>,
    places: u32,
) -> Result<Vec<LotYear>> {
    let mut years: Vec<i32> = sums.keys().map(|(year, _)| year).chain(dividends.keys()).collect();
    order::sort_by_key(&mut years, |year| *year);
    years.dedup();
    years.into_iter().map(|year| year_row(year, sums, dividends, places)).collect()
}

fn year_row(
    year: i32,
    sums: &Tally<(i32, HoldingTerm), Sums>,
    dividends: &Tally<i32, i128>,
    places: u32,
) -> Result<LotYear> {
    let totals = |term| {
        let sum = sums.get((year, term));
        let of = |field: fn(&Sums) -> i128| Decimal::from_i128(sum.map_or(0, field), places);
        Ok(TermTotals {
            proceeds: of(|sum| sum.proceeds)?,
            cost: of(|sum| sum.cost)?,
            disallowed_loss: of(|sum| sum.disallowed)?,
            gain: of(|sum| sum.proceeds - sum.cost + sum.disallowed)?,
        })
    };
    Ok(LotYear {
        year,
        short_term: totals(HoldingTerm::Short)?,
        long_term: totals(HoldingTerm::Long)?,
        dividends: Decimal::from_i128(dividends.get(year).copied().unwrap_or(0), places)?,
    })
}

/// A year without sales.
pub(crate) fn empty_year(book: &Book, year: i32) -> Result<LotYear> {
    year_row(year, &Tally::default(), &book.dividends, book.places)
}

/// Adds 60 % of what section 1256 contracts brought and cost to what is long-term, and the rest to what is short-term.
fn divide_sixty_forty(sums: &mut Tally<(i32, HoldingTerm), Sums>) -> Result<()> {
    let years: Vec<i32> =
        sums.keys().filter(|(_, term)| *term == HoldingTerm::SixtyForty).map(|(year, _)| year).collect();
    for year in years {
        let Some(both) = sums.remove((year, HoldingTerm::SixtyForty)) else { continue };
        let long_gain = proportion(both.proceeds - both.cost, 60, 100)?;
        let long_proceeds = proportion(both.proceeds, 60, 100)?;
        let long = sums.at((year, HoldingTerm::Long));
        long.proceeds += long_proceeds;
        long.cost += long_proceeds - long_gain;
        let short = sums.at((year, HoldingTerm::Short));
        short.proceeds += both.proceeds - long_proceeds;
        short.cost += both.cost - (long_proceeds - long_gain);
    }
    Ok(())
}

/// A quantity that was recorded in a unit of then.
#[expect(clippy::expect_used, reason = "a record names a unit that its family had")]
pub(crate) fn quantity(
    book: &Book,
    lot: Id<Lot>,
    units: i128,
    unit: usize,
) -> Result<(Decimal, Option<String>)> {
    let security = &book.securities[book.positions[book.lots[lot].position].security];
    let unit = book.families[security.family].units.get(unit).expect("the family had this unit");
    let unit = unit.refined(security.multiplier().into())?;
    Ok((unit.shares(units)?, unit.fraction(units)))
}

/// An amount in the smallest unit of the book.
pub(crate) fn money(book: &Book, amount: i128) -> Result<Decimal> {
    Decimal::from_i128(amount, book.places)
}

/// The id of a lot.
pub(crate) fn lot_id(book: &Book, id: Id<Lot>) -> String {
    let lot = &book.lots[id];
    let purchase = match book.names.get(lot.block.place()) {
        Some(name) => name.clone(),
        None => format!("#{}", book.blocks[lot.block].event),
    };
    if lot.part == 0 { purchase } else { format!("{purchase}#{}", lot.part) }
}

/// The id of the account of a position; none in a book without accounts.
pub(crate) fn account_id(book: &Book, position: &Position) -> Option<String> {
    let account = book.accounts.get(position.account).filter(|_| !book.is_pooled());
    account.map(|account| account.id.clone()).filter(|id| !id.is_empty())
}
