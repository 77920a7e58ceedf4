//! `lots.unrealized`.

use wherewithal_base::{
    Error, ErrorCode, Result, control::Control, dates::Date, error::At as _, num::Decimal, order, wire::Wire,
};

use super::{LotBookInput, plan_sales::Quotient};
use crate::{
    HoldingTerm,
    engine::{Book, GainParts, Id, Lot, build},
    exact::proportion,
    input::LotEvent,
    names::Places,
    output::{ForeignGain, account_id, foreign_gain, held, lot_id, money},
    tally::Tally,
};

/// The most that a share may be worth: 10^15.
const MOST: i64 = 1_000_000_000_000_000;

/// Input of `lots.unrealized`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct UnrealizedGainsInput {
    /// The history of the book.
    pub book: LotBookInput,
    /// The day. Later events are left out.
    pub as_of: Date,
    /// The price of each security that is held, in any order; others may be among them.
    #[wire(length = ..=100_000)]
    pub prices: Vec<SecurityPrice>,
}

impl UnrealizedGainsInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`unrealized`].
    pub fn run(&self, control: &Control) -> Result<UnrealizedGains> {
        unrealized(self, control)
    }
}

/// What a share of a security is worth.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SecurityPrice {
    /// The id of the security.
    #[wire(length = 1..=100)]
    pub security: String,
    /// The price of a share, at least zero, in the currency of the security.
    #[wire(range = 0..)]
    pub price: Decimal,
}

/// What the lots of a book are worth, and what they would gain.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct UnrealizedGains {
    /// The lots, by account, security and day of acquisition.
    pub lots: Vec<UnrealizedLot>,
    /// All lots together.
    pub total: UnrealizedTotals,
    /// Short-term lots in taxable accounts.
    pub short_term: UnrealizedTotals,
    /// Long-term lots in taxable accounts.
    pub long_term: UnrealizedTotals,
    /// The lots of each account, by its id; empty in a book without accounts, and where the lots of all accounts stand
    /// together (`scope`).
    pub accounts: Vec<UnrealizedGroup>,
    /// The lots of each security, by its id.
    pub securities: Vec<UnrealizedGroup>,
}

/// A lot, and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct UnrealizedLot {
    /// The id of the lot.
    pub lot: String,
    /// The account; absent in a book without accounts, and where the lots of all accounts stand together (`scope`).
    #[wire(omit)]
    pub account: Option<String>,
    /// The security.
    pub security: String,
    /// The day of the purchase.
    pub acquisition_date: Date,
    /// The number of shares.
    pub quantity: Decimal,
    /// The exact number as a fraction if it is no decimal.
    #[wire(omit)]
    pub quantity_fraction: Option<String>,
    /// What the shares cost. Of a gift with two bases, the one that counts against their worth; between the two, that worth,
    /// so that there is neither a gain nor a loss (IRC 1015(a), Reg. 1.1015-1(a)(2)).
    pub cost: Decimal,
    /// What they are worth, rounded half to even to the book's decimal places.
    pub market_value: Decimal,
    /// What they would gain, negative for a loss.
    pub gain: Decimal,
    /// The term of a sale on the day.
    pub term: HoldingTerm,
    /// The first day on which a sale at the price is long-term: of what was inherited, the day of the death (IRC 1223(9)).
    /// Absent of section 1256 contracts, while a short sale stops the holding period (IRC 1233(b)(2)), and where the day would
    /// come after the year 9999.
    #[wire(omit)]
    pub long_term_from: Option<Date>,
    /// The days until then; 0 if a sale is long-term already. Absent like the day.
    #[wire(omit)]
    pub days_to_long_term: Option<u32>,
    /// Whether gains of the account are taxed.
    pub taxable: bool,
    /// The gain in parts, if the security is in another currency. `marketValue` is what the shares are worth there, rounded to
    /// its decimal places, at the rate of the day.
    #[wire(omit)]
    pub foreign: Option<ForeignGain>,
}

/// Totals of lots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct UnrealizedTotals {
    /// What the shares cost.
    pub cost: Decimal,
    /// What they are worth.
    pub market_value: Decimal,
    /// What they would gain, negative for a loss.
    pub gain: Decimal,
}

/// Totals of an account or a security.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct UnrealizedGroup {
    /// The id of the account or the security.
    pub id: String,
    /// The totals of its lots.
    pub totals: UnrealizedTotals,
}

/// Cost and market value, in the smallest unit of the book.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    cost: i128,
    value: i128,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.cost += other.cost;
        self.value += other.value;
    }

    fn totals(self, book: &Book) -> Result<UnrealizedTotals> {
        Ok(UnrealizedTotals {
            cost: money(book, self.cost)?,
            market_value: money(book, self.value)?,
            gain: money(book, self.value - self.cost)?,
        })
    }
}

/// What each lot is worth on a day, what it would gain, and when it becomes long-term.
///
/// # Errors
/// Those of [`book`](super::book), inside `book`; `list.incomplete` if the price of a security that is held is missing,
/// `list.duplicate` if it is given twice, `amount.out_of_range`, `decimal.overflow`.
pub fn unrealized(input: &UnrealizedGainsInput, control: &Control) -> Result<UnrealizedGains> {
    let LotBookInput { events, rules, accounts, securities } = &input.book;
    input.book.check_names().at("book")?;
    let until: Vec<(usize, &LotEvent)> =
        events.iter().enumerate().filter(|(_, event)| event.date() <= input.as_of).collect();
    let book = build(rules, accounts, securities, until, false, control).at("book")?;
    let prices = prices(&input.prices)?;

    let abroad = book.costs_abroad()?;
    let mut lots = Vec::new();
    let mut total = Sums::default();
    let mut by_term: Tally<HoldingTerm, Sums> = Tally::default();
    let (mut by_account, mut by_security) = (Vec::new(), Vec::new());
    for (lot, cost) in held(&book)? {
        let security = &book.securities[book.positions[book.lots[lot].position].security].id;
        let price = prices.of(security)?;
        let (value, foreign) = match book.foreign_value(lot, price, input.as_of)? {
            Some(value) => {
                let cost = abroad.get(lot).copied().unwrap_or_default().sum(cost);
                let parts = GainParts::of(cost, value).at("prices")?;
                let amounts = (value.foreign, cost.foreign);
                (value.book, foreign_gain(&book, book.lots[lot].position, amounts, parts)?)
            }
            None => {
                let price = Quotient::of(&book, lot, price, input.as_of)?;
                (price.value(book.lots[lot].holding.units).at("prices")?, None)
            }
        };
        let sums = Sums { cost: book.cost_of_all_against(lot, cost, value), value };
        let row = UnrealizedLot { foreign, ..unrealized_lot(&book, lot, sums, input.as_of)? };
        total.add(sums);
        if row.taxable {
            by_term.at(row.term).add(sums);
        }
        if let Some(account) = &row.account {
            by_account.push((account.clone(), sums));
        }
        by_security.push((row.security.clone(), sums));
        lots.push(row);
    }
    // Of section 1256 contracts, 60 % of a gain is long-term (IRC 1256(a)(3)).
    if let Some(both) = by_term.remove(HoldingTerm::SixtyForty) {
        let long = Sums { cost: proportion(both.cost, 60, 100)?, value: proportion(both.value, 60, 100)? };
        by_term.at(HoldingTerm::Long).add(long);
        let short = Sums { cost: both.cost - long.cost, value: both.value - long.value };
        by_term.at(HoldingTerm::Short).add(short);
    }
    let of_term = |term| by_term.get(term).copied().unwrap_or_default().totals(&book);
    Ok(UnrealizedGains {
        lots,
        total: total.totals(&book)?,
        short_term: of_term(HoldingTerm::Short)?,
        long_term: of_term(HoldingTerm::Long)?,
        accounts: groups(&book, by_account)?,
        securities: groups(&book, by_security)?,
    })
}

/// The prices of a list, by security.
pub(crate) struct Prices<'a> {
    list: &'a [SecurityPrice],
    places: Places<'a>,
}

impl Prices<'_> {
    /// The price of a security that is held.
    pub(crate) fn of(&self, security: &str) -> Result<Decimal> {
        let found = self.places.get(security).and_then(|place| self.list.get(place));
        found.map(|found| found.price).ok_or_else(|| {
            let message = format!("{security:?} is held, and its price is missing");
            Error::new(ErrorCode::ListIncomplete, message).at("prices")
        })
    }
}

/// The prices by security.
pub(crate) fn prices(list: &[SecurityPrice]) -> Result<Prices<'_>> {
    for (index, SecurityPrice { price, .. }) in list.iter().enumerate() {
        if price.is_negative() || *price > Decimal::from(MOST) {
            let message = format!("{price} is not a price from 0 to 10^15");
            return Err(Error::new(ErrorCode::AmountOutOfRange, message)
                .at("price")
                .at_index("prices", index));
        }
    }
    let places = Places::of(list.iter().map(|entry| entry.security.as_str()));
    if let Some((index, again)) = places.again.and_then(|index| Some((index, list.get(index)?))) {
        let message = format!("the price of {:?} is given twice", again.security);
        return Err(Error::new(ErrorCode::ListDuplicate, message).at("security").at_index("prices", index));
    }
    Ok(Prices { list, places })
}

fn unrealized_lot(book: &Book, id: Id<Lot>, sums: Sums, as_of: Date) -> Result<UnrealizedLot> {
    let lot = &book.lots[id];
    let position = &book.positions[lot.position];
    let unit = book.families[book.family_of(lot.position)].unit();
    let totals = sums.totals(book)?;
    let at_a_loss = sums.value < sums.cost;
    // None where the day would come after the last one of the calendar.
    let long_term_from = book.first_long_day(id, at_a_loss).and_then(|day| Date::from_day_number(day).ok());
    let days_to_long_term = long_term_from.map(|date| u32::try_from(as_of.days_until(date)).unwrap_or(0));
    Ok(UnrealizedLot {
        lot: lot_id(book, id),
        account: account_id(book, position),
        security: book.securities[position.security].id.clone(),
        acquisition_date: Date::from_day_number(lot.acquired)?,
        quantity: unit.shares(lot.holding.units)?,
        quantity_fraction: unit.fraction(lot.holding.units),
        cost: totals.cost,
        market_value: totals.market_value,
        gain: totals.gain,
        term: book.term(id, as_of.day_number(), at_a_loss)?,
        long_term_from,
        days_to_long_term,
        taxable: book.is_taxable(lot.position),
        foreign: None,
    })
}

/// The totals of each id, in the order of the ids.
fn groups(book: &Book, mut lots: Vec<(String, Sums)>) -> Result<Vec<UnrealizedGroup>> {
    order::sort_by(&mut lots, |(one, _), (other, _)| one.cmp(other));
    let mut groups = Vec::new();
    for of_id in lots.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((id, _)) = of_id.first() else { continue };
        let mut total = Sums::default();
        of_id.iter().for_each(|(_, sums)| total.add(*sums));
        groups.push(UnrealizedGroup { id: id.clone(), totals: total.totals(book)? });
    }
    Ok(groups)
}
