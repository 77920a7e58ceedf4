//! The books: every position with its quantity on each day, and what moved between them.

use std::collections::BTreeMap;

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::Date,
    money::Currency,
    num::{Decimal, Rounding},
};
use wherewithal_classification::{Classification, classify};
use wherewithal_household::{AssetCategory, LiabilityKind, TaxTreatment};

use super::{
    NetWorthBooks,
    exact::quotient,
    input::OwnerShare,
    items::{Items, read_items},
    post::post,
    quantity::{Change, Levels, SplitOfShares, Stated},
    securities::Securities,
    stated::{read_statements, settle},
    tables::{Rates, places_of},
    term::NetWorthTerm,
};

/// The most days after which a figure is stale.
const MOST_DAYS: u32 = 3_660;

/// The decimal places of an amount that is converted into the currency of its position.
const CONVERTED_PLACES: u32 = 9;

/// An account or an asset, in whose positions everything is.
pub(super) struct Item<'a> {
    pub(super) id: &'a str,
    pub(super) name: Option<&'a str>,
    /// The currency of its stated balances or values.
    pub(super) currency: Currency,
    /// The category, where the kind of the account or the asset says it.
    pub(super) category: Option<AssetCategory>,
    /// The kind of the debt, of a card or a loan.
    pub(super) liability_kind: Option<LiabilityKind>,
    pub(super) liquid: bool,
    pub(super) tax_treatment: TaxTreatment,
    pub(super) owners: &'a [OwnerShare],
    /// Whether it is an account that is not asked for.
    pub(super) outside: bool,
    /// Whether it has valuations in place of transactions.
    pub(super) valued: bool,
    /// What is left of a value after the discount for illiquidity and without what others own.
    pub(super) kept: Decimal,
}

/// What a position is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// Money of a currency.
    Cash(Currency),
    /// The security with this place in the list.
    Security(usize),
    /// The asset itself.
    Asset,
}

/// Which position: of an item, in something, and whether it is under way to another account.
pub(super) type Key = (usize, What, bool);

/// A position.
pub(super) struct Position {
    pub(super) item: usize,
    pub(super) what: What,
    /// Whether it left the account and has not arrived at another.
    pub(super) under_way: bool,
    /// The currency in which it is valued.
    pub(super) currency: Currency,
    pub(super) levels: Levels,
    /// The splits of its shares.
    pub(super) splits: Vec<SplitOfShares>,
}

/// Shares that come into a position or leave it. They stand by the id of their transaction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    pub(super) day: Date,
    pub(super) position: usize,
    /// Negative if they leave; never zero.
    pub(super) quantity: Decimal,
    /// The place of the transaction.
    pub(super) record: usize,
    pub(super) kind: MoveKind,
}

/// How shares move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MoveKind {
    /// By themselves.
    Alone,
    /// By a split that tells their number and no ratio.
    Split,
    /// To another account, whose transaction has this place.
    Leave { for_record: usize },
    /// Into the position of what is under way, or out of it; `record` is the transaction by which they left.
    UnderWay,
    /// From another account, whose transaction has this place.
    Arrive { from_record: usize },
}

/// What a position is worth on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worth {
    pub(super) quantity: Decimal,
    /// The price and its day, of a security.
    pub(super) price: Option<(Decimal, Date)>,
    /// The value in the currency of the position.
    pub(super) amount: Decimal,
    pub(super) rate: Decimal,
    /// The day of the rate, of a position in another currency than that of all totals.
    pub(super) rate_date: Option<Date>,
    /// The value in the currency of all totals.
    pub(super) value: Decimal,
}

/// Where a posting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cause {
    /// A flow, by its place in the list of flows.
    Flow(usize),
    /// An adjustment, by its place.
    Adjustment(usize),
}

/// Something that happened to a position other than a change of its price.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    pub(super) day: Date,
    pub(super) position: usize,
    pub(super) term: NetWorthTerm,
    /// What goes into the position.
    pub(super) amount: Decimal,
    pub(super) currency: Currency,
    pub(super) cause: Cause,
    /// Whether shares without a price moved, so that nobody knows the amount.
    pub(super) unvalued: bool,
    /// The move of shares of its position that it belongs to. Without one it concerns all shares that are held.
    pub(super) moved: Option<usize>,
}

/// A statement that differs from the transactions.
pub(super) struct Adjustment {
    pub(super) position: usize,
    pub(super) day: Date,
    pub(super) stated: Decimal,
    pub(super) computed: Decimal,
}

/// Positions while they are collected.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) places: BTreeMap<Key, usize>,
    pub(super) changes: Vec<Vec<Change>>,
    pub(super) stated: Vec<Vec<Stated>>,
    pub(super) moves: Vec<Move>,
}

impl Drafts {
    /// The number of a position, which begins here if it is new.
    pub(super) fn place(&mut self, key: Key) -> usize {
        let next = self.changes.len();
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.changes.push(Vec::new());
            self.stated.push(Vec::new());
        }
        place
    }

    #[expect(clippy::indexing_slicing, reason = "a place is one that `place` gave")]
    pub(super) fn change(&mut self, place: usize, change: Change) {
        self.changes[place].push(change);
    }

    #[expect(clippy::indexing_slicing, reason = "a place is one that `place` gave")]
    pub(super) fn state(&mut self, place: usize, stated: Stated) {
        self.stated[place].push(stated);
    }
}

/// The books.
pub(super) struct Books<'a> {
    pub(super) input: &'a NetWorthBooks,
    pub(super) classification: Classification,
    pub(super) items: Vec<Item<'a>>,
    pub(super) securities: Securities<'a>,
    pub(super) rates: Rates,
    /// By item, what they are in, and whether they are under way.
    pub(super) positions: Vec<Position>,
    /// By day.
    pub(super) postings: Vec<Posting>,
    pub(super) adjustments: Vec<Adjustment>,
    /// The moves of shares.
    pub(super) moves: Vec<Move>,
}

impl<'a> Books<'a> {
    /// Classifies the transactions, posts them and replays every position.
    pub(super) fn read(input: &'a NetWorthBooks, control: &Control) -> Result<Self> {
        let classification = classify(&input.ledger, control).map_err(|error| error.at("ledger"))?;
        if input.stale_after_days > MOST_DAYS {
            let message = format!("{} is more than {MOST_DAYS} days", input.stale_after_days);
            return Err(Error::new(ErrorCode::TermOutOfRange, message).at("staleAfterDays"));
        }
        let mut work = Work::under(control);
        let rates = Rates::read(input.currency, &input.exchange_rates, &mut work)?;
        let items = read_items(input)?;
        let securities = Securities::read(input, &items.items, &items.by_id, &mut work)?;
        let mut drafts = Drafts::default();
        let mut postings = post(input, &classification, &items, &securities, &rates, &mut drafts, &mut work)?;
        let Items { items, by_id } = items;
        read_statements(input, &items, &by_id, &securities, &mut drafts, control)?;
        let mut moves = std::mem::take(&mut drafts.moves);
        let (positions, adjustments) =
            settle(drafts, &items, &securities, &mut postings, &mut moves, &mut work)?;
        // Within a day and a position they stand by transaction and part.
        postings.sort_by_key(|posting| (posting.day, posting.position));
        Ok(Self { input, classification, items, securities, rates, positions, postings, adjustments, moves })
    }

    /// What a position is worth at the end of a day; nothing if it has shares and no price.
    pub(super) fn worth(&self, position: &Position, day: Date) -> Result<Option<Worth>> {
        let quantity = position.levels.on(day);
        if quantity.is_zero() {
            let (rate, amount) = (Decimal::ONE, Decimal::ZERO);
            return Ok(Some(Worth { quantity, price: None, amount, rate, rate_date: None, value: amount }));
        }
        let mut price = None;
        let amount = match position.what {
            What::Cash(_) => quantity,
            What::Asset => self.discounted(position, quantity)?,
            What::Security(security) => {
                let Some(found) = self.securities.price(security, day) else { return Ok(None) };
                price = Some((found.figure()?, found.date));
                found.value(position.levels.fraction_on(day), places_of(position.currency))?
            }
        };
        let (rate, rate_date) = self.rates.on(position.currency, day)?;
        let value = self.rates.at(amount, position.currency, rate)?;
        Ok(Some(Worth { quantity, price, amount, rate, rate_date, value }))
    }

    /// The amount of a posting in the currency of its position; one that is converted is rounded half to even to nine decimal places.
    pub(super) fn in_currency_of(&self, posting: &Posting) -> Result<Decimal> {
        let own = self.positions.get(posting.position).map_or(posting.currency, |position| position.currency);
        if posting.currency == own {
            return Ok(posting.amount);
        }
        let (from, _) = self.rates.on(posting.currency, posting.day)?;
        let (to, _) = self.rates.on(own, posting.day)?;
        quotient(&[posting.amount, from], &[to], CONVERTED_PLACES)
    }

    /// The household's part of the value of an asset, after the discount.
    fn discounted(&self, position: &Position, value: Decimal) -> Result<Decimal> {
        let kept = self.items.get(position.item).map_or(Decimal::ONE, |item| item.kept);
        if kept == Decimal::ONE {
            return Ok(value);
        }
        Ok(value.times(kept)?.round(places_of(position.currency), Rounding::HalfEven))
    }

    /// The item of a position.
    #[expect(clippy::indexing_slicing, reason = "a position is made for an item of the list")]
    pub(super) fn item(&self, position: &Position) -> &Item<'a> {
        &self.items[position.item]
    }

    /// Whether a day is so much later than a figure that the figure is stale.
    pub(super) fn is_stale(&self, date: Date, day: Date) -> bool {
        i64::from(date.days_until(day)) > i64::from(self.input.stale_after_days)
    }
}

/// A fault of one entry of the input.
pub(super) fn fault(code: ErrorCode, message: String, field: &str, list: &str, index: usize) -> Error {
    Error::new(code, message).at(field).at_index(list, index)
}
