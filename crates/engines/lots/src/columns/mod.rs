//! Histories as tables of numbers, and books as tables of numbers.
//!
//! A table answers with the rows that its events would give, to the last digit. Where every position is plain (see
//! [`plain`]), integers of 64 bits and a line of lots for each position are enough; any other table goes through the book.

mod line;
mod order;
mod plain;
#[cfg(test)]
mod tests;
mod whole;

use wherewithal_base::{Error, ErrorCode, Result, control::Control, error::At as _};

use crate::{
    BasisRule, HoldingTerm,
    engine::Book,
    input::{LotAccount, LotEvent, LotRules, LotSecurity},
    output::LotYear,
};

/// What a row of [`LotTrades`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LotTradeKind {
    /// A purchase.
    Buy,
    /// A sale.
    Sell,
    /// A dividend that is reinvested: a purchase, and income of the same amount.
    Reinvest,
    /// A dividend paid in cash.
    Dividend,
    /// A distribution that reduces the basis.
    ReturnOfCapital,
}

impl LotTradeKind {
    /// All kinds; the place of each, from 0, is its code in tables of numbers.
    pub const ALL: [Self; 5] = [Self::Buy, Self::Sell, Self::Reinvest, Self::Dividend, Self::ReturnOfCapital];
}

/// The money of the rows of [`LotTrades`].
#[derive(Debug, Clone, Copy)]
pub enum LotTradeMoney<'a> {
    /// The price of a share, or the dividend on one, as an integer of 10^-`places`.
    Prices {
        /// The prices, at least zero.
        values: &'a [i64],
        /// Decimal places, 0 to 18.
        places: u32,
    },
    /// What all shares cost or brought without fees, in the smallest unit of the book; at least zero.
    Amounts(&'a [i64]),
}

/// Trades and distributions as columns of one length, in any order.
///
/// Each row is the event of its kind, at its place in the columns. Splits, mergers and other events that do not fit a table
/// need [`book`](crate::book).
#[derive(Debug, Clone, Copy)]
pub struct LotTrades<'a> {
    /// Days since 1970-01-01, as in Arrow's `date32`.
    pub days: &'a [i32],
    /// The place of each row among those of its day, 0 to 1,000,000; absent for the order that kinds have.
    pub sequences: Option<&'a [u32]>,
    /// The kinds.
    pub kinds: &'a [LotTradeKind],
    /// The place of each row's account among the accounts; absent in a book of one.
    pub accounts: Option<&'a [u32]>,
    /// The place of each row's security among the securities; absent in a book of one.
    pub securities: Option<&'a [u32]>,
    /// The shares, as integers of 10^-`quantity_places`; above zero, and at least zero for distributions that state their
    /// amount.
    pub quantities: &'a [i64],
    /// Decimal places of quantities, 0 to 18.
    pub quantity_places: u32,
    /// What was paid.
    pub money: LotTradeMoney<'a>,
    /// Fees, in the smallest unit of the book; at least zero. Absent for none.
    pub fees: Option<&'a [i64]>,
}

/// What a table of trades comes to: the rows of [`LotBook`](crate::LotBook) as columns.
///
/// A lot is named by the row of its purchase and by the number of its part, which is 0 unless a wash sale set it apart.
/// Amounts are integers of the smallest unit of the book, quantities of that of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LotColumns {
    /// Decimal places of amounts.
    pub places: u32,
    /// Decimal places of quantities.
    pub quantity_places: u32,
    /// What was sold, in the order of the sales.
    pub disposals: LotDisposalColumns,
    /// The lots that are left, by account, security and day of acquisition.
    pub lots: OpenLotColumns,
    /// The losses that wash sales disallow.
    pub wash_sales: WashSaleColumns,
    /// Distributions above the basis of a lot.
    pub distribution_gains: DistributionGainColumns,
    /// The tax years.
    pub years: Vec<LotYear>,
}

/// What was sold, one row for each lot that a sale took from. The gain is proceeds less cost plus the disallowed loss.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LotDisposalColumns {
    /// The row of the sale.
    pub events: Vec<u32>,
    /// The row of the purchase.
    pub lots: Vec<u32>,
    /// The part of the purchase.
    pub parts: Vec<u32>,
    /// The shares.
    pub quantities: Vec<i64>,
    /// What they brought, less their part of the fees.
    pub proceeds: Vec<i64>,
    /// What they cost.
    pub costs: Vec<i64>,
    /// The loss that a wash sale disallows, at least zero.
    pub disallowed_losses: Vec<i64>,
    /// Short-term or long-term.
    pub terms: Vec<HoldingTerm>,
    /// By which rule they count as sold.
    pub rules: Vec<BasisRule>,
}

/// The lots that are left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenLotColumns {
    /// The row of the purchase.
    pub lots: Vec<u32>,
    /// The part of it.
    pub parts: Vec<u32>,
    /// The day from which the holding period is counted, since 1970-01-01.
    pub held_since: Vec<i32>,
    /// The shares.
    pub quantities: Vec<i64>,
    /// What they cost.
    pub costs: Vec<i64>,
}

/// The losses that wash sales disallow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WashSaleColumns {
    /// The place of the disposal.
    pub disposals: Vec<u32>,
    /// The row of the purchase that replaces the shares.
    pub lots: Vec<u32>,
    /// The part of it.
    pub parts: Vec<u32>,
    /// The shares; in Canada, where a loss is divided among accounts, rounded half to even.
    pub quantities: Vec<i64>,
    /// The loss.
    pub disallowed_losses: Vec<i64>,
    /// Whether it is gone for good.
    pub permanent: Vec<bool>,
}

/// Distributions above the basis of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DistributionGainColumns {
    /// The row of the distribution.
    pub events: Vec<u32>,
    /// The row of the purchase.
    pub lots: Vec<u32>,
    /// The part of it.
    pub parts: Vec<u32>,
    /// The gain.
    pub gains: Vec<i64>,
    /// Short-term or long-term.
    pub terms: Vec<HoldingTerm>,
}

/// The [`Date::day_number`](wherewithal_base::dates::Date::day_number) of 1970-01-01.
const EPOCH: i32 = 719_163;

/// Builds the book of a table of trades.
///
/// It is the book that the events of the rows give. Where losses cannot be deferred (no jurisdiction, or digital assets of
/// the United States), no election changes a method, and lots are selected by date or by cost, a row takes some tens of
/// nanoseconds.
///
/// ```
/// # use wherewithal_lots::wherewithal;
/// use wherewithal::{
///     control::Control,
///     lots::{self, LotRules, LotSecurity, LotTradeKind, LotTradeMoney, LotTrades, SecurityKind},
/// };
///
/// let coin = LotSecurity { id: "BTC".to_owned(), kind: SecurityKind::DigitalAsset, option: None, currency: None };
/// let trades = LotTrades {
///     days: &[20_000, 20_400],
///     sequences: None,
///     kinds: &[LotTradeKind::Buy, LotTradeKind::Sell],
///     accounts: None,
///     securities: None,
///     quantities: &[150, 100],
///     quantity_places: 2,
///     money: LotTradeMoney::Prices { values: &[40_000, 60_000], places: 0 },
///     fees: None,
/// };
/// let book = lots::book_columns(&trades, &LotRules::default(), &[], &[coin], &Control::default())?;
/// assert_eq!(book.disposals.proceeds, [6_000_000]);
/// assert_eq!(book.disposals.costs, [4_000_000]);
/// assert_eq!(book.lots.quantities, [50]);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`book`](crate::book), at the same path: `events`, the row, and the field of the event. Otherwise at that field
/// alone: `list.length_mismatch` for columns of different lengths; `name.unknown` for an account or a security that is not in
/// its list; `security.unsuitable` for a security in another currency than the book. `number.out_of_range` for places; `decimal.overflow` for what does not fit into 64 bits.
pub fn book_columns(
    trades: &LotTrades<'_>,
    rules: &LotRules,
    accounts: &[LotAccount],
    securities: &[LotSecurity],
    control: &Control<'_>,
) -> Result<LotColumns> {
    let book = Book::new(rules, accounts, securities)?;
    in_the_currency_of(&book, securities)?;
    trades.check(&book, securities.len())?;
    let order = order::of(trades);
    match plain::book(trades, securities, order.as_deref(), &book, control)? {
        Some(columns) => Ok(columns),
        None => whole::book(trades, (rules, accounts, securities), order.as_deref(), control),
    }
}

/// That all securities are in the currency of the book: a column has one unit.
fn in_the_currency_of(book: &Book, securities: &[LotSecurity]) -> Result<()> {
    let other = |security: &LotSecurity| security.currency.is_some_and(|own| own != book.rules.currency);
    match securities.iter().position(other) {
        None => Ok(()),
        Some(index) => {
            let message =
                "a table of trades is in the currency of the book; enter trades in another one as events";
            Err(Error::new(ErrorCode::SecurityUnsuitable, message)
                .at("currency")
                .at_index("securities", index))
        }
    }
}

impl LotTrades<'_> {
    /// The events of the rows, as [`book`](crate::book) takes them: those that [`book_columns`] stands for.
    ///
    /// # Errors
    /// As for [`book_columns`], for columns that do not fit together and rows that are no events.
    pub fn events(
        &self,
        rules: &LotRules,
        accounts: &[LotAccount],
        securities: &[LotSecurity],
    ) -> Result<Vec<LotEvent>> {
        let book = Book::new(rules, accounts, securities)?;
        self.check(&book, securities.len())?;
        let rows = 0..self.days.len();
        rows.map(|row| whole::event(self, &book, securities, row).at_index("events", row)).collect()
    }

    /// That the columns fit together, and name accounts and securities that there are.
    fn check(&self, book: &Book, securities: usize) -> Result<()> {
        let rows = self.days.len();
        let (money, money_rows, money_places) = match self.money {
            LotTradeMoney::Prices { values, places } => ("price", values.len(), places),
            LotTradeMoney::Amounts(values) => ("amount", values.len(), 0),
        };
        let lengths = [
            ("kind", Some(self.kinds.len())),
            ("sequence", self.sequences.map(<[_]>::len)),
            ("account", self.accounts.map(<[_]>::len)),
            ("security", self.securities.map(<[_]>::len)),
            ("quantity", Some(self.quantities.len())),
            (money, Some(money_rows)),
            ("fees", self.fees.map(<[_]>::len)),
        ];
        for (name, length) in lengths {
            if let Some(length) = length.filter(|length| *length != rows) {
                let message = format!("the column has {length} rows, and that of the dates {rows}");
                return Err(Error::new(ErrorCode::ListLengthMismatch, message).at(name));
            }
        }
        if u32::try_from(rows).is_err() {
            return Err(Error::new(ErrorCode::InputTooLarge, "a table has fewer than 2^32 rows").at("date"));
        }
        for (name, places) in [("quantityPlaces", self.quantity_places), ("pricePlaces", money_places)] {
            if places > 18 {
                let message = format!("{places} decimal places are too many; 0 to 18 are possible");
                return Err(Error::new(ErrorCode::NumberOutOfRange, message).at(name));
            }
        }
        check_places(self.accounts, book.accounts.len(), "account")?;
        check_places(self.securities, securities, "security")
    }

    /// The account of a row: the only one without a column.
    fn account(&self, row: usize) -> usize {
        self.accounts.map_or(0, |accounts| at(accounts, row) as usize)
    }

    /// The security of a row: the only one without a column.
    fn security(&self, row: usize) -> usize {
        self.securities.map_or(0, |securities| at(securities, row) as usize)
    }
}

/// The value of a row.
#[expect(clippy::indexing_slicing, reason = "all columns have been checked to have as many rows")]
fn at<T: Copy>(column: &[T], row: usize) -> T {
    column[row]
}

/// That a column names entries of a list, or is absent where the list has one.
fn check_places(column: Option<&[u32]>, listed: usize, name: &str) -> Result<()> {
    match column {
        None if listed == 1 => Ok(()),
        None => {
            let message = format!("the list has {listed} entries; say which one each row means");
            Err(Error::new(ErrorCode::FieldMissing, message).at(name))
        }
        Some(places) => match places.iter().position(|place| *place as usize >= listed) {
            None => Ok(()),
            Some(row) => {
                let place = at(places, row);
                let message =
                    format!("row {row} names entry {place}, and the list has {listed}, counted from 0");
                Err(Error::new(ErrorCode::NameUnknown, message).at_index(name, row))
            }
        },
    }
}
