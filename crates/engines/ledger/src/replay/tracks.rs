//! What an account holds of one thing: what changes it, and what sources state about it.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{
    Result,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    money::Currency,
    num::Decimal,
};

use super::Exact;
use crate::{CashDate, LedgerAccount, LedgerTransaction, StatedBalance, StatedBalanceKind, StatedPosition};

/// What is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What<'a> {
    /// Cash in a currency, if it is known.
    Cash(Option<Currency>),
    /// Shares of a security.
    Shares(&'a str),
}

/// What a transaction does to what is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// It adds, or takes away.
    Add(Exact),
    /// It multiplies, as a split does; the factor is above zero.
    Times(Exact),
}

impl Change {
    pub(crate) fn apply(self, held: Exact) -> Result<Exact> {
        match self {
            Self::Add(amount) => held.plus(amount),
            Self::Times(factor) => held.times(factor),
        }
    }

    /// What was held before.
    pub(crate) fn undo(self, held: Exact) -> Result<Exact> {
        match self {
            Self::Add(amount) => held.minus(amount),
            // A factor is above zero.
            Self::Times(factor) => held.times(factor.reciprocal().unwrap_or(Exact::ONE)),
        }
    }
}

/// A transaction that changes what is held.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Its place in the list of transactions.
    pub(crate) transaction: usize,
    /// The day on which it counts.
    pub(crate) day: Date,
    pub(crate) change: Change,
    /// What is added, as it is written; of a split, zero.
    pub(crate) amount: Decimal,
    /// The balance after it, if the source states it.
    pub(crate) balance: Option<Decimal>,
}

/// What a source states.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure {
    /// The day at whose end it is stated.
    pub(crate) day: Date,
    pub(crate) amount: Decimal,
    pub(crate) source: FigureSource,
}

/// Where a figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FigureSource {
    /// A balance, by its place.
    Balance(usize),
    /// A position, by its place.
    Position(usize),
    /// The balance of a row, by the place of its transaction.
    Row(usize),
    /// A list of positions that does not have the security.
    Absent,
}

/// What an account holds of one thing.
#[derive(Debug)]
pub(crate) struct Track<'a> {
    /// The place of the account.
    pub(crate) account: usize,
    pub(crate) what: What<'a>,
    /// By day; within a day, as they stand in the list.
    pub(crate) rows: Vec<Row>,
    /// By day: what is stated at its end.
    pub(crate) figures: Vec<Figure>,
    /// Whether the list has later days before earlier ones.
    pub(crate) newest_first: bool,
    /// The decimal places that amounts have.
    pub(crate) places: u32,
}

/// The records of accounts.
pub(crate) struct Records<'a> {
    pub(crate) accounts: &'a [LedgerAccount],
    pub(crate) transactions: &'a [LedgerTransaction],
    pub(crate) balances: &'a [StatedBalance],
    pub(crate) positions: &'a [StatedPosition],
}

/// How records are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) cash_date: CashDate,
    /// The day of positions without one.
    pub(crate) positions_as_of: Option<Date>,
    /// Whether a list of positions has all securities of its account.
    pub(crate) positions_are_complete: bool,
}

/// The tracks of all accounts, in their order: of each the cash by currency, then the shares by security.
pub(crate) fn tracks<'a>(
    records: &Records<'a>,
    reading: Reading,
    control: &Control,
) -> Result<Vec<Track<'a>>> {
    let mut work = Work::under(control);
    let mut builder = Builder::of(records);
    for (place, transaction) in records.transactions.iter().enumerate() {
        work.done(8)?;
        builder.transaction(place, transaction, reading.cash_date).at_index("transactions", place)?;
    }
    for (place, balance) in records.balances.iter().enumerate() {
        work.done(4)?;
        builder.balance(place, balance);
    }
    for (place, position) in records.positions.iter().enumerate() {
        work.done(4)?;
        builder.position(place, position, reading);
    }
    if reading.positions_are_complete {
        builder.absent();
    }
    let mut tracks: Vec<Track<'a>> = builder.tracks.into_values().collect();
    for track in &mut tracks {
        work.done(4 + track.rows.len() + track.figures.len())?;
        let pairs = track.rows.iter().zip(track.rows.iter().skip(1));
        let ascents = pairs.clone().filter(|(one, next)| next.day > one.day).count();
        track.newest_first = pairs.filter(|(one, next)| next.day < one.day).count() > ascents;
        track.rows.sort_by_key(|row| (row.day, matches!(row.change, Change::Add(_))));
        track.figures.sort_by_key(|figure| (figure.day, matches!(figure.source, FigureSource::Position(_))));
        track.figures = lots_together(std::mem::take(&mut track.figures))?;
    }
    Ok(tracks)
}

/// Figures in which the positions of one day are one: a list may have a security in several lines, as of several lots.
fn lots_together(figures: Vec<Figure>) -> Result<Vec<Figure>> {
    let mut together: Vec<Figure> = Vec::with_capacity(figures.len());
    for figure in figures {
        let is_position = |figure: &Figure| matches!(figure.source, FigureSource::Position(_));
        match together.last_mut() {
            Some(last) if is_position(last) && is_position(&figure) && last.day == figure.day => {
                last.amount = last.amount.plus(figure.amount)?;
            }
            _ => together.push(figure),
        }
    }
    Ok(together)
}

struct Builder<'r, 'a> {
    records: &'r Records<'a>,
    places: BTreeMap<&'a str, usize>,
    /// The only currency that the transactions and balances of each account name, if there is one.
    currencies: BTreeMap<&'a str, Option<Currency>>,
    tracks: BTreeMap<(usize, What<'a>), Track<'a>>,
    /// The days on which positions of each account are listed.
    listed: BTreeMap<usize, BTreeSet<Date>>,
}

impl<'r, 'a> Builder<'r, 'a> {
    fn of(records: &'r Records<'a>) -> Self {
        let mut places = BTreeMap::new();
        for (place, account) in records.accounts.iter().enumerate() {
            places.insert(account.id.as_str(), place);
        }
        let mut currencies: BTreeMap<&str, Option<Currency>> = BTreeMap::new();
        let of_transactions = records.transactions.iter().map(|one| (&one.account, one.currency));
        let of_balances = records.balances.iter().map(|one| (&one.account, one.currency));
        for (account, currency) in of_transactions.chain(of_balances) {
            if let Some(currency) = currency {
                currencies
                    .entry(account)
                    .and_modify(|only| *only = only.filter(|only| *only == currency))
                    .or_insert(Some(currency));
            }
        }
        Self { records, places, currencies, tracks: BTreeMap::new(), listed: BTreeMap::new() }
    }

    /// The place of an account.
    #[expect(
        clippy::indexing_slicing,
        reason = "records name accounts that there are, which is validated first"
    )]
    fn account(&self, id: &str) -> usize {
        self.places[id]
    }

    /// The currency of an account: its own, else the only one that its transactions and balances name.
    fn currency(&self, account: usize) -> Option<Currency> {
        let account = self.records.accounts.get(account)?;
        account.currency.or_else(|| self.currencies.get(account.id.as_str()).copied().flatten())
    }

    fn track(&mut self, account: usize, what: What<'a>) -> &mut Track<'a> {
        self.tracks.entry((account, what)).or_insert_with(|| Track {
            account,
            what,
            rows: Vec::new(),
            figures: Vec::new(),
            newest_first: false,
            places: 0,
        })
    }

    fn transaction(
        &mut self,
        place: usize,
        transaction: &'a LedgerTransaction,
        cash_date: CashDate,
    ) -> Result<()> {
        let account = self.account(&transaction.account);
        let amount = transaction.amount;
        if !amount.is_zero() || transaction.balance.is_some() {
            let currency = transaction.currency.or_else(|| self.currency(account));
            let track = self.track(account, What::Cash(currency));
            let scale = transaction.balance.map_or(0, Decimal::scale).max(amount.scale());
            track.places = track.places.max(scale);
            track.rows.push(Row {
                transaction: place,
                day: cash_date.of(transaction),
                change: Change::Add(Exact::of(amount)?),
                amount,
                balance: transaction.balance,
            });
        }
        let Some(security) = &transaction.security else { return Ok(()) };
        let Some((change, amount)) = change_of_shares(transaction)? else { return Ok(()) };
        let track = self.track(account, What::Shares(security));
        track.places = track.places.max(amount.scale());
        track.rows.push(Row { transaction: place, day: transaction.date, change, amount, balance: None });
        Ok(())
    }

    fn figure(&mut self, account: usize, what: What<'a>, figure: Figure) {
        let track = self.track(account, what);
        track.places = track.places.max(figure.amount.scale());
        track.figures.push(figure);
    }

    fn balance(&mut self, place: usize, balance: &'a StatedBalance) {
        let account = self.account(&balance.account);
        let what = match (balance.kind, &balance.security) {
            (StatedBalanceKind::Shares, Some(security)) => What::Shares(security),
            (StatedBalanceKind::Cash | StatedBalanceKind::Ledger, _) => {
                What::Cash(balance.currency.or_else(|| self.currency(account)))
            }
            // What can be spent has a limit of credit and what is pending in it.
            (StatedBalanceKind::Available | StatedBalanceKind::Shares, _) => return,
        };
        let source = FigureSource::Balance(place);
        self.figure(account, what, Figure { day: balance.date, amount: balance.amount, source });
    }

    fn position(&mut self, place: usize, position: &'a StatedPosition, reading: Reading) {
        let Some(day) = position.date.or(reading.positions_as_of) else { return };
        let account = self.account(&position.account);
        self.listed.entry(account).or_default().insert(day);
        let (what, source) = (What::Shares(&position.security), FigureSource::Position(place));
        self.figure(account, what, Figure { day, amount: position.quantity, source });
    }

    /// Adds zeros where a list of positions does not have a security: on the last such day before anything is known of the
    /// security, on the first one after it was last listed, and on the last of all.
    fn absent(&mut self) {
        for ((account, what), track) in &mut self.tracks {
            let (What::Shares(_), Some(days)) = (what, self.listed.get(account)) else { continue };
            let rows = track.rows.iter().map(|row| row.day);
            let Some(first) = rows.chain(track.figures.iter().map(|figure| figure.day)).min() else {
                continue;
            };
            let stated: BTreeSet<Date> = track.figures.iter().map(|figure| figure.day).collect();
            let after = stated.last().copied().unwrap_or(first);
            let mut zeros: BTreeSet<Date> = BTreeSet::new();
            zeros.extend(days.range(..first).next_back());
            zeros.extend(days.range(after..).find(|day| !stated.contains(*day)));
            zeros.extend(days.last().filter(|day| **day >= after && !stated.contains(*day)));
            let absent = |day: Date| Figure { day, amount: Decimal::ZERO, source: FigureSource::Absent };
            track.figures.extend(zeros.into_iter().map(absent));
        }
    }
}

/// What a transaction does to the number of shares: the change that the source states, else the ratio of a split.
fn change_of_shares(transaction: &LedgerTransaction) -> Result<Option<(Change, Decimal)>> {
    if let Some(quantity) = transaction.quantity {
        let is_change = !quantity.is_zero();
        return Ok(is_change.then_some((Change::Add(Exact::of(quantity)?), quantity)));
    }
    match split_ratio(transaction)? {
        Some(ratio) => Ok(Some((Change::Times(ratio), Decimal::ZERO))),
        None => Ok(None),
    }
}

/// The ratio of a split.
pub(crate) fn split_ratio(transaction: &LedgerTransaction) -> Result<Option<Exact>> {
    let (Some(from), Some(to)) = (transaction.split_from, transaction.split_to) else { return Ok(None) };
    // Validated to be above zero.
    Exact::of(from)?.reciprocal().map(|from| Exact::of(to)?.times(from)).transpose()
}
