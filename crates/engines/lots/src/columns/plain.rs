//! Tables whose rows ask for no more than lines of lots.
//!
//! Purchases, sales and dividends of shares without wash sales, where lots are selected by date or by cost, by one method,
//! and every number fits into 64 bits: then a position is a line of lots, and nothing that happens to one concerns
//! another. The arithmetic is that of the book in narrower integers. Whatever else a row asks for, an error included, is
//! left to the book.

use std::ops::Range;

use wherewithal_base::{
    Result,
    control::{Control, Work},
    dates::Date,
    order,
};

use super::{
    EPOCH, LotColumns, LotDisposalColumns, LotTradeKind, LotTradeMoney, LotTrades, OpenLotColumns,
    line::{ByCost, ByTime, Line, PlainLot, Rate},
};
use crate::{
    BasisRule, HoldingTerm,
    engine::{Book, MOST},
    exact::narrow_proportion,
    input::{Jurisdiction, LotMethod, LotSecurity, SecurityKind},
    output::{LotYear, Sums, year_rows},
    tally::Tally,
};

/// The most pairs of an account and a security, each of which takes its room at once.
const MOST_POSITIONS: usize = 1_000_000;
/// Rows between two looks at the control.
const BLOCK: usize = 1024;
/// The last place of a row among those of its day.
const MOST_SEQUENCE: u32 = 1_000_000;

/// The book of a table, or none if it takes more than lines of lots. `order` has the rows in the order of their effect,
/// `empty` is the book before them.
pub(super) fn book(
    trades: &LotTrades<'_>,
    securities: &[LotSecurity],
    order: Option<&[u32]>,
    empty: &Book,
    control: &Control<'_>,
) -> Result<Option<LotColumns>> {
    let of_kind = |kind| securities.iter().all(|security| security.kind == kind);
    let defers_no_loss = match empty.rules.jurisdiction {
        Jurisdiction::None => securities
            .iter()
            .all(|security| !matches!(security.kind, SecurityKind::Option | SecurityKind::Section1256)),
        Jurisdiction::UnitedStates => of_kind(SecurityKind::DigitalAsset),
        Jurisdiction::UnitedKingdom | Jurisdiction::Canada => false,
    };
    let Some(scale) = Scale::of(trades, empty.places) else { return Ok(None) };
    let in_range = |sequences: &[u32]| sequences.iter().all(|sequence| *sequence <= MOST_SEQUENCE);
    if !defers_no_loss || !empty.rules.elections.is_empty() || !trades.sequences.is_none_or(in_range) {
        return Ok(None);
    }
    let standing = (0..empty.accounts.len()).map(|account| empty.standing_for(account)).collect();
    let table = Table { trades, securities, order, empty, standing, scale, control };
    match empty.rules.method {
        LotMethod::Fifo => table.book::<ByTime<false>>(),
        LotMethod::Lifo => table.book::<ByTime<true>>(),
        LotMethod::Hifo => table.book::<ByCost<false>>(),
        LotMethod::Lofo => table.book::<ByCost<true>>(),
        LotMethod::MinimumTax | LotMethod::LongTermFirst | LotMethod::AverageCost => Ok(None),
    }
}

/// How the integers of a table become amounts of the book, and the largest of each that a row may have.
#[derive(Debug, Clone, Copy)]
struct Scale {
    multiplier: i64,
    /// What quantity times price is divided by, and rounded.
    divisor: i64,
    most_quantity: i64,
    /// The largest price, or the largest amount where there are amounts.
    most_money: i64,
    most_amount: i64,
}

impl Scale {
    fn of(trades: &LotTrades<'_>, places: u32) -> Option<Self> {
        let (price_places, money_places) = match trades.money {
            LotTradeMoney::Prices { places, .. } => (places, places),
            LotTradeMoney::Amounts(_) => (0, places),
        };
        let product_places = trades.quantity_places + price_places;
        let power = |places: u32| 10i64.checked_pow(places);
        let most = |places: u32| power(places).and_then(|power| power.checked_mul(MOST)).unwrap_or(i64::MAX);
        Some(Self {
            multiplier: power(places.saturating_sub(product_places))?,
            divisor: power(product_places.saturating_sub(places))?,
            most_quantity: most(trades.quantity_places),
            most_money: most(money_places),
            most_amount: most(places),
        })
    }

    /// Quantity times price as an amount, and what one unit is of it.
    #[inline(always)]
    fn product(self, quantity: i64, price: i64) -> Option<(i64, Rate)> {
        let (amount, rate) = if self.divisor == 1 {
            let of_one = price.checked_mul(self.multiplier)?;
            (quantity.checked_mul(of_one)?, Rate::whole(of_one))
        } else {
            let amount = narrow_proportion(quantity.checked_mul(price)?, 1, self.divisor);
            (amount, Rate::new(amount, quantity))
        };
        (amount <= self.most_amount).then_some((amount, rate))
    }
}

/// A table and what is known before its rows are read.
struct Table<'a, 'c> {
    trades: &'a LotTrades<'a>,
    securities: &'a [LotSecurity],
    order: Option<&'a [u32]>,
    empty: &'a Book,
    /// For each account, the one in whose position its lots stand.
    standing: Vec<usize>,
    scale: Scale,
    control: &'a Control<'c>,
}

/// A position.
struct Plain<L> {
    account: usize,
    security: usize,
    is_taxable: bool,
    held: i64,
    line: L,
}

/// What is sold.
struct Sale {
    row: u32,
    day: i32,
    units: i64,
    proceeds: i64,
    rate: Rate,
}

/// What rows have brought about so far.
struct Progress<L> {
    positions: Vec<Plain<L>>,
    disposals: LotDisposalColumns,
    years: Years,
}

impl Table<'_, '_> {
    fn book<L: Line>(&self) -> Result<Option<LotColumns>> {
        let rows = self.trades.days.len();
        let Some(positions) = self.positions() else { return Ok(None) };
        // A match uses a lot up or ends a sale, so there are no more than rows.
        let disposals = LotDisposalColumns::with_room(rows);
        let mut progress: Progress<L> = Progress { positions, disposals, years: Years::default() };
        let mut work = Work::under(self.control);
        for start in (0..rows).step_by(BLOCK) {
            let block = start..(start + BLOCK).min(rows);
            work.done(block.len())?;
            let applied = match self.order.map(|order| order.get(block.clone()).unwrap_or_default()) {
                None => self.in_order(block).and_then(|rows| self.apply_all(rows, &mut progress)),
                Some(order) => {
                    let rows = order.iter().filter_map(|row| self.given(*row as usize));
                    self.apply_all(rows, &mut progress)
                }
            };
            if applied.is_none() {
                return Ok(None);
            }
        }
        self.finish(progress).map(Some)
    }

    /// Rows that stand one after the other.
    fn in_order(&self, rows: Range<usize>) -> Option<impl Iterator<Item = GivenRow>> {
        let LotTrades { days, kinds, quantities, .. } = self.trades;
        let (days, kinds) = (days.get(rows.clone())?, kinds.get(rows.clone())?);
        let numbers = quantities.get(rows.clone())?.iter().zip(self.money().get(rows.clone())?);
        let together = rows.zip(days.iter().zip(kinds).zip(numbers));
        Some(together.map(|(row, ((day, kind), (quantity, money)))| GivenRow {
            row,
            day: *day,
            kind: *kind,
            quantity: *quantity,
            money: *money,
        }))
    }

    /// A row.
    fn given(&self, row: usize) -> Option<GivenRow> {
        let LotTrades { days, kinds, quantities, .. } = self.trades;
        let (day, kind) = (*days.get(row)?, *kinds.get(row)?);
        Some(GivenRow { row, day, kind, quantity: *quantities.get(row)?, money: *self.money().get(row)? })
    }

    /// Prices or amounts.
    fn money(&self) -> &[i64] {
        match self.trades.money {
            LotTradeMoney::Prices { values, .. } | LotTradeMoney::Amounts(values) => values,
        }
    }

    /// A position for each pair of an account and a security, if there are not too many.
    fn positions<L: Line>(&self) -> Option<Vec<Plain<L>>> {
        let accounts = self.empty.accounts.len();
        if accounts * self.securities.len() > MOST_POSITIONS {
            return None;
        }
        let position = |account, security| {
            let is_taxable = self.empty.is_taxed(account);
            Plain { account, security, is_taxable, held: 0, line: L::default() }
        };
        let of_account =
            |account| (0..self.securities.len()).map(move |security| position(account, security));
        Some((0..accounts).flat_map(of_account).collect())
    }

    /// Applies rows; none if one of them asks for more than a line of lots.
    fn apply_all<L: Line>(
        &self,
        rows: impl Iterator<Item = GivenRow>,
        progress: &mut Progress<L>,
    ) -> Option<()> {
        let Progress { positions, disposals, years } = progress;
        for given in rows {
            let Row { kind, quantity, money, rate, fees } = self.read(given)?;
            let place = self.place(given.row)?;
            let position = positions.get_mut(place)?;
            let day = given.day.checked_add(EPOCH)?;
            years.reach(day)?;
            #[expect(clippy::cast_possible_truncation, reason = "a table has fewer than 2^32 rows")]
            let row = given.row as u32;
            match kind {
                LotTradeKind::Buy | LotTradeKind::Reinvest => {
                    let cost = money.checked_add(fees)?;
                    let rate = if fees == 0 { rate } else { Rate::new(cost, quantity) };
                    position.held = position.held.checked_add(quantity)?;
                    position.line.push(PlainLot { units: quantity, cost, rate, row, day });
                    if kind == LotTradeKind::Reinvest && position.is_taxable {
                        years.dividend(cost);
                    }
                }
                LotTradeKind::Sell => {
                    position.held = position.held.checked_sub(quantity).filter(|held| *held >= 0)?;
                    let proceeds = money - fees;
                    let rate = if fees == 0 { rate } else { Rate::new(proceeds, quantity) };
                    let sale = Sale { row, day, units: quantity, proceeds, rate };
                    let years = position.is_taxable.then_some(&mut *years);
                    self.sell(&sale, &mut position.line, disposals, years)?;
                }
                LotTradeKind::Dividend => {
                    if position.is_taxable {
                        years.dividend(money);
                    }
                }
                LotTradeKind::ReturnOfCapital => return None,
            }
        }
        Some(())
    }

    /// The place of the position of a row.
    #[inline(always)]
    fn place(&self, row: usize) -> Option<usize> {
        if self.trades.accounts.is_none() && self.trades.securities.is_none() {
            return Some(0);
        }
        let account = *self.standing.get(self.trades.account(row))?;
        Some(account * self.securities.len() + self.trades.security(row))
    }

    /// Takes what is sold out of the lots, which have enough: see `Book::dispose`.
    fn sell<L: Line>(
        &self,
        sale: &Sale,
        line: &mut L,
        disposals: &mut LotDisposalColumns,
        years: Option<&mut Years>,
    ) -> Option<()> {
        let (mut missing, mut given) = (sale.units, 0);
        let (mut short, mut long) = (Sums::default(), Sums::default());
        while missing > 0
            && let Some(lot) = line.first()
        {
            let units = missing.min(lot.units);
            missing -= units;
            let up_to_here = if missing == 0 { sale.proceeds } else { sale.rate.of(sale.units - missing) };
            let proceeds = up_to_here - given;
            given = up_to_here;
            let term = self.empty.long_term.term(lot.day, sale.day).ok()?;
            disposals.events.push(sale.row);
            disposals.lots.push(lot.row);
            disposals.quantities.push(units);
            disposals.proceeds.push(proceeds);
            disposals.terms.push(term);
            let cost = if units == lot.units {
                let cost = lot.cost;
                line.drop_first();
                cost
            } else {
                lot.take(units)
            };
            disposals.costs.push(cost);
            let sums = if term == HoldingTerm::Long { &mut long } else { &mut short };
            sums.proceeds += i128::from(proceeds);
            sums.cost += i128::from(cost);
        }
        if let Some(years) = years {
            years.sale(&short, &long);
        }
        Some(())
    }

    /// A row with its amounts in the units of the book; none if one of them is not an ordinary one.
    #[inline(always)]
    fn read(&self, given: GivenRow) -> Option<Row> {
        let GivenRow { row, kind, quantity, money, .. } = given;
        let has_prices = matches!(self.trades.money, LotTradeMoney::Prices { .. });
        let of_shares = kind != LotTradeKind::Dividend || has_prices;
        if of_shares && quantity <= 0 || quantity < 0 || quantity > self.scale.most_quantity {
            return None;
        }
        if money < 0 || money > self.scale.most_money {
            return None;
        }
        let (money, rate) = if has_prices {
            self.scale.product(quantity, money)?
        } else {
            (money, Rate::new(money, quantity))
        };
        let fees = match self.trades.fees {
            None => 0,
            Some(fees) => *fees.get(row).filter(|fees| (0..=self.scale.most_amount).contains(*fees))?,
        };
        // What only purchases and sales have.
        if fees != 0 && !matches!(kind, LotTradeKind::Buy | LotTradeKind::Sell) {
            return None;
        }
        Some(Row { kind, quantity, money, rate, fees })
    }

    fn finish<L: Line>(&self, progress: Progress<L>) -> Result<LotColumns> {
        let Progress { mut positions, mut disposals, years } = progress;
        order::sort_by_key(&mut positions, |position| {
            (position.account, self.securities.get(position.security).map(|security| &security.id))
        });
        let mut lots = OpenLotColumns::default();
        for lot in positions.into_iter().flat_map(|position| position.line.into_lots()) {
            lots.lots.push(lot.row);
            lots.held_since.push(lot.day - EPOCH);
            lots.quantities.push(lot.units);
            lots.costs.push(lot.cost);
        }
        lots.parts = vec![0; lots.lots.len()];
        let matches = disposals.events.len();
        disposals.parts = vec![0; matches];
        disposals.disallowed_losses = vec![0; matches];
        disposals.rules = vec![BasisRule::Sale; matches];
        Ok(LotColumns {
            places: self.empty.places,
            quantity_places: self.trades.quantity_places,
            disposals,
            lots,
            years: years.rows(self.empty.places)?,
            ..LotColumns::default()
        })
    }
}

/// A row as it is given.
#[derive(Debug, Clone, Copy)]
struct GivenRow {
    row: usize,
    day: i32,
    kind: LotTradeKind,
    quantity: i64,
    /// A price or an amount.
    money: i64,
}

/// A row as the book counts.
struct Row {
    kind: LotTradeKind,
    quantity: i64,
    money: i64,
    rate: Rate,
    fees: i64,
}

impl LotDisposalColumns {
    fn with_room(rows: usize) -> Self {
        Self {
            events: Vec::with_capacity(rows),
            lots: Vec::with_capacity(rows),
            quantities: Vec::with_capacity(rows),
            proceeds: Vec::with_capacity(rows),
            costs: Vec::with_capacity(rows),
            terms: Vec::with_capacity(rows),
            ..Self::default()
        }
    }
}

/// The totals of the tax years, whose days come in their order.
#[derive(Default)]
struct Years {
    /// The year that is being summed, and the last day of it.
    year: i32,
    last_day: Option<i32>,
    short: Sums,
    long: Sums,
    dividends: i128,
    has_sales: bool,
    has_dividends: bool,
    done: Tally<(i32, HoldingTerm), Sums>,
    done_dividends: Tally<i32, i128>,
}

impl Years {
    /// Goes on to the year of a day.
    #[inline]
    fn reach(&mut self, day: i32) -> Option<()> {
        if self.last_day.is_some_and(|last| day <= last) {
            return Some(());
        }
        self.close();
        let date = Date::from_day_number(day).ok()?;
        self.year = date.year();
        let days_left = date.days_in_year() - date.day_of_year();
        self.last_day = Some(day.saturating_add(i32::try_from(days_left).ok()?));
        Some(())
    }

    fn sale(&mut self, short: &Sums, long: &Sums) {
        self.has_sales = true;
        for (of_year, of_sale) in [(&mut self.short, short), (&mut self.long, long)] {
            of_year.proceeds += of_sale.proceeds;
            of_year.cost += of_sale.cost;
        }
    }

    fn dividend(&mut self, amount: i64) {
        self.has_dividends = true;
        self.dividends += i128::from(amount);
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.has_sales) {
            *self.done.at((self.year, HoldingTerm::Short)) = std::mem::take(&mut self.short);
            *self.done.at((self.year, HoldingTerm::Long)) = std::mem::take(&mut self.long);
        }
        if std::mem::take(&mut self.has_dividends) {
            *self.done_dividends.at(self.year) = std::mem::take(&mut self.dividends);
        }
    }

    fn rows(mut self, places: u32) -> Result<Vec<LotYear>> {
        self.close();
        year_rows(&self.done, &self.done_dividends, places)
    }
}
