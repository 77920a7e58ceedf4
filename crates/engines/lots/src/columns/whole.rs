//! Tables through the book: each day becomes its events, and the records of the book become columns.

use wherewithal_base::{
    Error, ErrorCode, Result, control::Control, dates::Date, error::At as _, num::Decimal,
};

use super::{
    DistributionGainColumns, EPOCH, LotColumns, LotDisposalColumns, LotTradeKind, LotTradeMoney, LotTrades,
    OpenLotColumns, WashSaleColumns, at,
};
use crate::{
    engine::{Book, Id, Lot, apply_day},
    exact::{overflow, rounded_quotient},
    input::{Jurisdiction, LotAccount, LotEvent, LotRules, LotSecurity},
    output::{held, years},
};

/// The book of a table. `order` has the rows in the order of their effect.
pub(super) fn book(
    trades: &LotTrades<'_>,
    (rules, accounts, securities): (&LotRules, &[LotAccount], &[LotSecurity]),
    order: Option<&[u32]>,
    control: &Control<'_>,
) -> Result<LotColumns> {
    let mut book = Book::new(rules, accounts, securities)?;
    let rows = trades.days.len();
    let row = |place: usize| order.and_then(|order| order.get(place)).map_or(place, |row| *row as usize);
    let day_at = |place: usize| trades.days.get(row(place));
    let (mut next, mut done) = (0, 0);
    while next < rows {
        let first = next;
        while next < rows && day_at(next) == day_at(first) {
            next += 1;
        }
        let events = (first..next)
            .map(|place| {
                let row = row(place);
                let event = event(trades, &book, securities, row).at_index("events", row)?;
                Ok((row, event))
            })
            .collect::<Result<Vec<_>>>()?;
        let day: Vec<(usize, &LotEvent)> = events.iter().map(|(row, event)| (*row, event)).collect();
        apply_day(&mut book, &day, control, &mut done)?;
    }
    book.finish()?;
    Places { book: &book, quantities: trades.quantity_places }.columns()
}

/// The event of a row.
#[expect(clippy::indexing_slicing, reason = "accounts and securities have been checked to be of their lists")]
pub(super) fn event(
    trades: &LotTrades<'_>,
    book: &Book,
    securities: &[LotSecurity],
    row: usize,
) -> Result<LotEvent> {
    let value = |column: &[i64]| at(column, row);
    let date = Date::from_day_number(at(trades.days, row).saturating_add(EPOCH)).at("date")?;
    let sequence = trades.sequences.map_or(0, |sequences| at(sequences, row));
    let (account, security) = (trades.account(row), trades.security(row));
    let (account, security) = (book.accounts[account].id.clone(), securities[security].id.clone());
    // The only account of a book without accounts has no name.
    let account = Some(account).filter(|id| !id.is_empty());
    let quantity = Decimal::new(value(trades.quantities), trades.quantity_places)?;
    let in_money = |amount: i64| Decimal::new(amount, book.places);
    let fees = in_money(trades.fees.map_or(0, value))?;
    let (price, amount) = match trades.money {
        LotTradeMoney::Prices { values, places } => (Some(Decimal::new(value(values), places)?), None),
        LotTradeMoney::Amounts(values) => (None, Some(in_money(value(values))?)),
    };
    let kind = at(trades.kinds, row);
    if !fees.is_zero() && !matches!(kind, LotTradeKind::Buy | LotTradeKind::Sell) {
        return Err(Error::new(ErrorCode::FieldConflict, "only purchases and sales have fees").at("fees"));
    }
    let whole = || match (price, amount) {
        (Some(price), _) => product(quantity, price, book.places),
        (None, amount) => Ok(amount.unwrap_or_default()),
    };
    Ok(match kind {
        LotTradeKind::Buy => LotEvent::Buy {
            date,
            sequence,
            account,
            security,
            quantity,
            price,
            amount,
            fees,
            lot: None,
            exchange_rate: None,
        },
        LotTradeKind::Sell => LotEvent::Sell {
            date,
            sequence,
            account,
            security,
            quantity,
            price,
            amount,
            fees,
            lots: Vec::new(),
            target_gain: None,
            exchange_rate: None,
        },
        LotTradeKind::Reinvest => LotEvent::Reinvest {
            date,
            sequence,
            account,
            security,
            quantity,
            amount: whole()?,
            lot: None,
            exchange_rate: None,
        },
        LotTradeKind::Dividend => {
            LotEvent::Dividend { date, account, security, amount: whole()?, exchange_rate: None }
        }
        LotTradeKind::ReturnOfCapital => LotEvent::ReturnOfCapital {
            date,
            sequence,
            account,
            security,
            amount: whole()?,
            exchange_rate: None,
        },
    })
}

/// What is paid on shares, rounded half to even to the places of the book.
fn product(quantity: Decimal, price: Decimal, places: u32) -> Result<Decimal> {
    let product = quantity.mantissa() * price.mantissa();
    let product_places = quantity.scale() + price.scale();
    let amount = match places.checked_sub(product_places) {
        Some(missing) => product.checked_mul(10i128.pow(missing)).ok_or_else(overflow)?,
        None => rounded_quotient(product, 10i128.pow(product_places - places)),
    };
    Decimal::from_i128(amount, places)
}

/// A book whose records become columns.
struct Places<'a> {
    book: &'a Book,
    /// Decimal places of quantities.
    quantities: u32,
}

impl Places<'_> {
    fn columns(&self) -> Result<LotColumns> {
        Ok(LotColumns {
            places: self.book.places,
            quantity_places: self.quantities,
            disposals: self.disposals()?,
            lots: self.lots()?,
            wash_sales: self.wash_sales()?,
            distribution_gains: self.distribution_gains()?,
            years: years(self.book)?,
        })
    }

    fn disposals(&self) -> Result<LotDisposalColumns> {
        let mut columns = LotDisposalColumns::default();
        for disposal in self.book.disposals.iter().filter(|disposal| disposal.units > 0) {
            let (lot, part) = self.lot(disposal.lot);
            columns.events.push(disposal.event);
            columns.lots.push(lot);
            columns.parts.push(part);
            let here = |number: Result<i64>| number.at_index("events", disposal.event as usize);
            columns.quantities.push(here(self.quantity(disposal.lot, disposal.units, disposal.unit))?);
            columns.proceeds.push(here(narrow(disposal.proceeds))?);
            columns.costs.push(here(narrow(disposal.cost))?);
            columns.disallowed_losses.push(here(narrow(disposal.disallowed))?);
            columns.terms.push(disposal.term);
            columns.rules.push(disposal.rule);
        }
        Ok(columns)
    }

    fn lots(&self) -> Result<OpenLotColumns> {
        let mut columns = OpenLotColumns::default();
        for (id, cost) in held(self.book)? {
            let lot = &self.book.lots[id];
            let unit = self.book.families[self.book.family_of(lot.position)].units.len() - 1;
            let (row, part) = self.lot(id);
            columns.lots.push(row);
            columns.parts.push(part);
            columns.held_since.push(lot.held_since - EPOCH);
            let here = |number: Result<i64>| number.at_index("events", row as usize);
            columns.quantities.push(here(self.quantity(id, lot.holding.units, unit))?);
            columns.costs.push(here(narrow(cost))?);
        }
        Ok(columns)
    }

    fn wash_sales(&self) -> Result<WashSaleColumns> {
        let mut columns = WashSaleColumns::default();
        for wash in &self.book.washes {
            let (lot, part) = self.lot(wash.replacement);
            columns.disposals.push(u32::try_from(wash.disposal).map_err(|_| overflow())?);
            columns.lots.push(lot);
            columns.parts.push(part);
            let here = |number: Result<i64>| number.at_index("events", lot as usize);
            columns.quantities.push(here(self.quantity(wash.replacement, wash.units, wash.unit))?);
            columns.disallowed_losses.push(here(narrow(wash.amount))?);
            columns.permanent.push(wash.for_good);
        }
        Ok(columns)
    }

    fn distribution_gains(&self) -> Result<DistributionGainColumns> {
        let mut columns = DistributionGainColumns::default();
        let taxable = |lot: Id<Lot>| self.book.is_taxable(self.book.lots[lot].position);
        for gain in self.book.distribution_gains.iter().filter(|gain| taxable(gain.lot)) {
            let (lot, part) = self.lot(gain.lot);
            columns.events.push(gain.event);
            columns.lots.push(lot);
            columns.parts.push(part);
            columns.gains.push(narrow(gain.amount).at_index("events", gain.event as usize)?);
            columns.terms.push(gain.term);
        }
        Ok(columns)
    }

    /// The row of the purchase of a lot, and its part.
    fn lot(&self, id: Id<Lot>) -> (u32, u32) {
        let lot = &self.book.lots[id];
        (self.book.blocks[lot.block].event, lot.part)
    }

    /// Units of a lot, counted in a unit of then, as a quantity of the table.
    #[expect(clippy::expect_used, reason = "a record names a unit that its family had")]
    fn quantity(&self, lot: Id<Lot>, units: i128, unit: usize) -> Result<i64> {
        let security = &self.book.securities[self.book.positions[self.book.lots[lot].position].security];
        let unit = self.book.families[security.family].units.get(unit).expect("the family had this unit");
        let denominator =
            unit.denominator().checked_mul(security.multiplier().into()).ok_or_else(overflow)?;
        let scaled = units.checked_mul(10i128.pow(self.quantities)).ok_or_else(overflow)?;
        // Canada divides a loss among accounts, so that parts of shares stand against it.
        if scaled % denominator != 0 && self.book.rules.jurisdiction != Jurisdiction::Canada {
            let message = format!(
                "a part of a contract has more decimal places than the quantities of the table, {}",
                self.quantities
            );
            return Err(Error::new(ErrorCode::DecimalTooPrecise, message).at("quantity"));
        }
        narrow(rounded_quotient(scaled, denominator))
    }
}

/// A number that fits into a column.
fn narrow(number: i128) -> Result<i64> {
    i64::try_from(number).map_err(|_| overflow())
}
