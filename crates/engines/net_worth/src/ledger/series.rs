//! `net_worth.series`: net worth day by day.

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    money::Currency,
    num::Decimal,
    wire::Wire,
};

use super::{
    NetWorthBooks,
    books::Books,
    lines::{Findings, StaleFigure, UnpricedPosition},
    tables::shown,
};

/// The most days of a series.
const MOST_DAYS: usize = 100_000;

/// The most values of a series: those of 400 positions on each day of 27 years.
const MOST_VALUES: usize = 4_000_000;

/// Input of `net_worth.series`.
#[derive(Debug, Clone, Wire)]
pub struct NetWorthSeriesInput {
    /// The ledger, and what gives it a value.
    pub books: NetWorthBooks,
    /// The first day.
    pub from: Date,
    /// The last day, not before the first.
    pub to: Date,
    /// On which days net worth is computed.
    #[wire(default)]
    pub days: SeriesDays,
}

/// The days of a series. The last day is always among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum SeriesDays {
    /// Every day.
    #[default]
    Every,
    /// The last day of each month.
    MonthEnds,
    /// The last day of each quarter.
    QuarterEnds,
    /// The last day of each year.
    YearEnds,
}

/// Net worth at the end of each of several days.
///
/// The figures of a day are those of `net_worth.as_of`; those of all accounts add up to `netWorth`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthSeries {
    /// The currency of all values.
    pub currency: Currency,
    /// The days.
    pub dates: Vec<Date>,
    /// Net worth at the end of each day.
    pub net_worth: Vec<Decimal>,
    /// The accounts in the order of the ledger, then the assets.
    pub accounts: Vec<AccountSeries>,
    /// Positions without a price, which are left out: each with the first and the last of its days.
    pub unpriced: Vec<UnpricedDays>,
    /// Old prices and exchange rates that were used, each with the last day on which it was.
    pub stale: Vec<StaleFigure>,
}

/// The values of an account or an asset.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AccountSeries {
    /// The id.
    pub id: String,
    /// Its value at the end of each day; negative for a debt.
    pub values: Vec<Decimal>,
}

/// Days on which a position had no price.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct UnpricedDays {
    /// The id of the account.
    pub account: String,
    /// The id of the security.
    pub security: String,
    /// The first of the days.
    pub first: Date,
    /// The last of the days.
    pub last: Date,
}

/// Net worth at the end of each of several days.
///
/// ```
/// # use wherewithal_net_worth::wherewithal;
/// use wherewithal::{control::Control, net_worth::{self, NetWorthSeriesInput}};
///
/// let input: NetWorthSeriesInput = serde_json::from_str(r#"{"from": "2026-10-01", "to": "2026-11-30", "days": "monthEnds",
///     "books": {"ledger": {"accounts": [{"id": "checking", "kind": "checking"}], "transactions": [
///         {"id": "1", "account": "checking", "date": "2026-11-30", "amount": "-250", "type": "purchase", "description": "Rent"}]},
///     "balances": [{"account": "checking", "date": "2026-10-31", "kind": "ledger", "amount": "1000"}]}}"#).unwrap();
/// let series = net_worth::series(&input, &Control::default())?;
/// assert_eq!(series.net_worth.iter().map(|value| value.to_string()).collect::<Vec<_>>(), ["1000.00", "750.00"]);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `range.out_of_order` at `to`; `input.too_large` at `to` for more than 100,000 days, or more than 4,000,000 values of a position on a day; otherwise those of [`as_of`](super::as_of()).
pub fn series(input: &NetWorthSeriesInput, control: &Control) -> Result<NetWorthSeries> {
    if input.to < input.from {
        let message = format!("{} is before {}", input.to, input.from);
        return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("to"));
    }
    let dates = days_of(input)?;
    let books = Books::read(&input.books, control).at("books")?;
    let values = dates.len() * books.positions.len().max(books.items.len());
    if values > MOST_VALUES {
        return Err(too_large(format!(
            "{values} values, one for each day and position; at most {MOST_VALUES}"
        )));
    }
    walk(&books, dates, control).at("books")
}

fn too_large(what: String) -> Error {
    Error::new(ErrorCode::InputTooLarge, format!("the series has {what}")).at("to")
}

fn days_of(input: &NetWorthSeriesInput) -> Result<Vec<Date>> {
    let mut days = Vec::new();
    let mut day = input.from;
    while day <= input.to {
        let end = match input.days {
            SeriesDays::Every => day,
            SeriesDays::MonthEnds => day.end_of_month(),
            SeriesDays::QuarterEnds => end_of_quarter(day, 3)?,
            SeriesDays::YearEnds => end_of_quarter(day, 12)?,
        };
        days.push(end.min(input.to));
        if days.len() > MOST_DAYS {
            return Err(too_large(format!("more than {MOST_DAYS} days")));
        }
        if end >= input.to {
            break;
        }
        day = end.add_days(1)?;
    }
    Ok(days)
}

/// The last day of the quarter or the year, by its length in months.
fn end_of_quarter(day: Date, months: u32) -> Result<Date> {
    let last = day.month().div_ceil(months) * months;
    let later = i32::try_from(last - day.month()).unwrap_or_default();
    Ok(day.with_day_at_most(1).add_months(later)?.end_of_month())
}

fn walk(books: &Books<'_>, dates: Vec<Date>, control: &Control) -> Result<NetWorthSeries> {
    let mut work = Work::under(control);
    let places = books.rates.places();
    let mut totals = vec![Decimal::ZERO; dates.len()];
    let mut by_item = vec![vec![Decimal::ZERO; dates.len()]; books.items.len()];
    let mut unpriced = Vec::new();
    let mut findings = Findings::default();
    // Position by position: each is a walk over its days, and totals are exact in any order.
    for position in &books.positions {
        #[expect(clippy::indexing_slicing, reason = "a position is of an item")]
        let values = &mut by_item[position.item];
        let mut without_price: Option<UnpricedDays> = None;
        for ((day, total), value) in dates.iter().zip(&mut totals).zip(values) {
            work.done(1)?;
            if let Some(worth) = books.noted_worth(position, *day, &mut findings)? {
                *total = total.plus(worth.value)?;
                *value = value.plus(worth.value)?;
            }
            for UnpricedPosition { account, security, date, .. } in findings.unpriced.drain(..) {
                let first = without_price.as_ref().map_or(date, |days| days.first);
                without_price = Some(UnpricedDays { account, security, first, last: date });
            }
        }
        unpriced.extend(without_price);
        findings.keep_last();
    }
    let accounts = (books.items.iter().zip(by_item))
        .filter(|(item, _)| !item.outside)
        .map(|(item, values)| AccountSeries {
            id: item.id.to_owned(),
            values: values.into_iter().map(|value| shown(value, places)).collect(),
        })
        .collect();
    let net_worth = totals.into_iter().map(|total| shown(total, places)).collect();
    let stale = findings.stale();
    Ok(NetWorthSeries { currency: books.input.currency, dates, net_worth, accounts, unpriced, stale })
}
