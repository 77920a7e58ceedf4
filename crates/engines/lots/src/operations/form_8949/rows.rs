//! The rows of Form 8949 and their totals.

use wherewithal_base::{
    Result,
    control::{Control, Work},
    dates::Date,
    num::{Decimal, Rounding},
    order,
    wire::Wire,
};

use super::boxes::{Form8949Box, Reporting, SaleReporting};
use crate::{
    HoldingTerm,
    engine::{Book, Disposal, Id, Lot, Position},
    input::SecurityKind,
    output::{money, quantity},
    tally::Tally,
};

/// The decimal places of a quantity in a description, if it is no decimal.
const DESCRIPTION_PLACES: u32 = 6;
/// A quantity with so many decimal places was rounded to them.
const EXACT_PLACES: u32 = 18;

/// A row of Form 8949: a sale, with the column of the form in brackets.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Form8949Row {
    /// The box that is checked at the top of the page on which the row stands, and so the part of the form.
    pub form_box: Form8949Box,
    /// What was sold, such as `10 sh. X` (a).
    pub description: String,
    /// The day on which it was acquired (b); of a short sale, that of what closed it, bought for it or held before. Absent for `VARIOUS`, several days, and
    /// for `INHERITED`.
    pub date_acquired: Option<Date>,
    /// Whether all of it was inherited, so that (b) is `INHERITED` instead of a day.
    pub inherited: bool,
    /// The day on which it was sold (c).
    pub date_sold: Date,
    /// The proceeds (d).
    pub proceeds: Decimal,
    /// The cost or other basis (e).
    pub cost: Decimal,
    /// The codes, in alphabetical order (f); empty for none.
    pub codes: String,
    /// The adjustment of the gain (g), positive if it makes a loss smaller.
    pub adjustment: Decimal,
    /// The gain, negative for a loss (h): proceeds less cost plus the adjustment.
    pub gain: Decimal,
    /// The places of the disposals in the answer of `lots.book`, counted from 0; empty for a distribution.
    pub disposals: Vec<u32>,
}

/// The totals of the rows with one box checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct Form8949Totals {
    /// The box.
    pub form_box: Form8949Box,
    /// The proceeds (d).
    pub proceeds: Decimal,
    /// The cost or other basis (e).
    pub cost: Decimal,
    /// The adjustments (g).
    pub adjustment: Decimal,
    /// The gains less the losses (h).
    pub gain: Decimal,
}

/// A row in the smallest unit of the book.
#[derive(Debug, Clone)]
pub(crate) struct Filed {
    pub(crate) form_box: Form8949Box,
    pub(crate) description: String,
    pub(crate) acquired: Acquired,
    pub(crate) sold: i32,
    pub(crate) sums: Sums,
    pub(crate) codes: String,
    pub(crate) disposals: Vec<u32>,
}

/// Column (b).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Acquired {
    /// On a day.
    On(i32),
    /// From an estate, which the form has in place of the day.
    Inherited,
    /// On several days.
    Various,
}

impl Acquired {
    /// How the shares of a disposal were acquired: those that close a short sale, when it is closed.
    pub(crate) fn of(book: &Book, disposal: &Disposal) -> Self {
        let Lot { acquired, always_long, is_short, .. } = book.lots[disposal.lot];
        match (is_short, always_long) {
            (true, _) => Self::On(disposal.day),
            (false, true) => Self::Inherited,
            (false, false) => Self::On(acquired),
        }
    }

    /// How all of them were acquired.
    pub(crate) fn together(mut all: impl Iterator<Item = Self>) -> Self {
        let first = all.next().unwrap_or(Self::Various);
        if all.all(|other| other == first) { first } else { Self::Various }
    }

    fn day(self) -> Option<i32> {
        match self {
            Self::On(day) => Some(day),
            Self::Inherited | Self::Various => None,
        }
    }
}

/// Columns (d), (e) and (g) in the smallest unit of the book.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sums {
    pub(crate) proceeds: i128,
    pub(crate) cost: i128,
    pub(crate) adjustment: i128,
}

impl Sums {
    /// Column (h).
    pub(crate) fn gain(self) -> i128 {
        self.proceeds - self.cost + self.adjustment
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.proceeds += other.proceeds;
        self.cost += other.cost;
        self.adjustment += other.adjustment;
    }
}

impl Filed {
    pub(crate) fn row(self, book: &Book) -> Result<Form8949Row> {
        Ok(Form8949Row {
            form_box: self.form_box,
            description: self.description,
            date_acquired: self.acquired.day().map(Date::from_day_number).transpose()?,
            inherited: self.acquired == Acquired::Inherited,
            date_sold: Date::from_day_number(self.sold)?,
            proceeds: money(book, self.sums.proceeds)?,
            cost: money(book, self.sums.cost)?,
            codes: self.codes,
            adjustment: money(book, self.sums.adjustment)?,
            gain: money(book, self.sums.gain())?,
            disposals: self.disposals,
        })
    }
}

/// The disposals of a year in taxable accounts, each with its place, without those of section 1256 contracts, which stand on
/// Form 6781.
pub(crate) fn disposals_of(book: &Book, year: i32) -> impl Iterator<Item = (u32, &Disposal)> {
    (0..).zip(&book.disposals).filter(move |(_, disposal)| {
        is_in(disposal.day, year)
            && disposal.term != HoldingTerm::SixtyForty
            && book.is_taxable(book.lots[disposal.lot].position)
    })
}

/// The gain of section 1256 contracts in a year, in taxable accounts (Form 6781).
pub(crate) fn gain_of_section_1256(book: &Book, year: i32) -> i128 {
    let own = book.disposals.iter().filter(|disposal| {
        is_in(disposal.day, year)
            && disposal.term == HoldingTerm::SixtyForty
            && book.is_taxable(book.lots[disposal.lot].position)
    });
    own.map(Disposal::result).sum()
}

fn is_in(day: i32, year: i32) -> bool {
    Date::from_day_number(day).is_ok_and(|date| date.year() == year)
}

pub(crate) fn is_digital(book: &Book, lot: Id<Lot>) -> bool {
    book.securities[book.positions[book.lots[lot].position].security].kind == SecurityKind::DigitalAsset
}

/// Disposals that share a row: the event, the position, the box, and the place of the disposal if each has its own row.
type RowKey = (u32, Id<Position>, Form8949Box, u32);

/// The rows of a year: by box, then by the day of the sale, then in the order of the sales. `by_sale` puts the lots of a sale
/// on one row if they belong to one box.
pub(crate) fn rows(
    book: &Book,
    year: i32,
    reporting: &Reporting<'_>,
    by_sale: bool,
    control: &Control,
) -> Result<Vec<Filed>> {
    let mut work = Work::under(control);
    let mut parts: Vec<(RowKey, (u32, &Disposal))> = Vec::new();
    for (place, disposal) in disposals_of(book, year) {
        work.done(1)?;
        let reported = reporting.of(book, disposal.lot, disposal.day);
        let form_box = Form8949Box::of(
            disposal.term == HoldingTerm::Long,
            is_digital(book, disposal.lot),
            year,
            reported,
        );
        let key =
            (disposal.event, book.lots[disposal.lot].position, form_box, if by_sale { 0 } else { place });
        parts.push((key, (place, disposal)));
    }
    // Stable, so that the parts of a row stay in the order of the disposals.
    order::sort_by_key(&mut parts, |(key, _)| *key);
    let mut rows = Vec::new();
    for of_row in parts.chunk_by(|(one, _), (other, _)| one == other) {
        work.done(1)?;
        rows.extend(sale(book, of_row)?);
    }
    rows.extend(distributions(book, year)?);
    order::sort_by_key(&mut rows, |row| (row.form_box, row.sold, row.disposals.first().copied()));
    Ok(rows)
}

/// A row for disposals of one sale; none for no disposals.
fn sale(book: &Book, parts: &[(RowKey, (u32, &Disposal))]) -> Result<Option<Filed>> {
    let Some(((_, _, form_box, _), (_, first))) = parts.first() else { return Ok(None) };
    let disposals = parts.iter().map(|(_, (_, disposal))| *disposal);
    let (mut sums, mut units) = (Sums::default(), 0);
    for disposal in disposals.clone() {
        let Disposal { proceeds, cost, disallowed, .. } = *disposal;
        sums.add(Sums { proceeds, cost, adjustment: disallowed });
        units += disposal.units;
    }
    Ok(Some(Filed {
        form_box: *form_box,
        description: description(book, first.lot, units, first.unit)?,
        acquired: Acquired::together(disposals.map(|disposal| Acquired::of(book, disposal))),
        sold: first.day,
        sums,
        codes: String::from(if sums.adjustment > 0 { "W" } else { "" }),
        disposals: parts.iter().map(|(_, (place, _))| *place).collect(),
    }))
}

/// What was sold.
pub(crate) fn description(book: &Book, lot: Id<Lot>, units: i128, unit: usize) -> Result<String> {
    let security = &book.securities[book.positions[book.lots[lot].position].security];
    let (shares, _) = quantity(book, lot, units, unit)?;
    Ok(describe(shares, &security.id, security.kind == SecurityKind::DigitalAsset))
}

/// So many shares of a security, as the form's example has it: `100 sh. XYZ`; digital assets without `sh.`. A fraction
/// that is no decimal is rounded to 6 places.
pub(crate) fn describe(shares: Decimal, security: &str, is_digital: bool) -> String {
    let shares = if shares.scale() < EXACT_PLACES {
        shares
    } else {
        shares.round(DESCRIPTION_PLACES, Rounding::HalfEven).normalized()
    };
    if is_digital { format!("{shares} {security}") } else { format!("{shares} sh. {security}") }
}

/// Rows for distributions above the basis: no broker reports them as sales (Publication 550, nondividend distributions).
pub(crate) fn distributions(book: &Book, year: i32) -> Result<Vec<Filed>> {
    let gains = book
        .distribution_gains
        .iter()
        .filter(|gain| is_in(gain.day, year) && book.is_taxable(book.lots[gain.lot].position));
    let rows = gains.map(|gain| {
        let lot = &book.lots[gain.lot];
        let security = &book.securities[book.positions[lot.position].security].id;
        Ok(Filed {
            form_box: Form8949Box::of(
                gain.term == HoldingTerm::Long,
                is_digital(book, gain.lot),
                year,
                SaleReporting::Nothing,
            ),
            description: format!("{security}, nondividend distribution"),
            acquired: if lot.always_long { Acquired::Inherited } else { Acquired::On(lot.acquired) },
            sold: gain.day,
            sums: Sums { proceeds: gain.amount, ..Sums::default() },
            codes: String::new(),
            disposals: Vec::new(),
        })
    });
    rows.collect()
}

/// The sums of each box that has rows.
pub(crate) fn totals(rows: &[Filed]) -> Tally<Form8949Box, Sums> {
    let mut totals: Tally<Form8949Box, Sums> = Tally::default();
    for row in rows {
        totals.at(row.form_box).add(row.sums);
    }
    totals
}

/// An amount, rounded to whole dollars if they are wanted: half a dollar goes up in size, as the instructions of the form
/// have it.
pub(crate) fn stated(book: &Book, amount: i128, whole_dollars: bool) -> Result<Decimal> {
    let exact = money(book, amount)?;
    Ok(if whole_dollars { exact.round(0, Rounding::HalfUp) } else { exact })
}

impl Form8949Totals {
    pub(crate) fn of(book: &Book, form_box: Form8949Box, sums: Sums, whole_dollars: bool) -> Result<Self> {
        Ok(Self {
            form_box,
            proceeds: stated(book, sums.proceeds, whole_dollars)?,
            cost: stated(book, sums.cost, whole_dollars)?,
            adjustment: stated(book, sums.adjustment, whole_dollars)?,
            gain: stated(book, sums.gain(), whole_dollars)?,
        })
    }
}
