//! `net_worth.attribution`: what a change of net worth comes from.

use std::collections::BTreeMap;

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
    wire::Wire,
};
use wherewithal_classification::FlowClass;

use super::{
    NetWorthBooks,
    books::{Books, Cause, Position, Posting, What, Worth},
    lines::{Findings, NetWorthAdjustment, NetWorthPositionKind, StaleFigure, UnpricedPosition},
    lots::{AttributionLots, LotAttribution, Period, Valued, Whole, lots},
    people::{ByPerson, Changed, changed_parts},
    tables::{places_of, shown},
    term::{NetWorthTerm, NetWorthTerms},
};

/// Input of `net_worth.attribution`.
#[derive(Debug, Clone, Wire)]
pub struct NetWorthAttributionInput {
    /// The ledger, and what gives it a value.
    pub books: NetWorthBooks,
    /// The day at whose end the period begins: what is dated on it is before the period.
    pub from: Date,
    /// The day at whose end the period ends, not before `from`.
    pub to: Date,
    /// Opens each position of securities to its lots, `{}` by first in, first out; without it `lots` of the answer is absent.
    #[wire(omit)]
    pub lots: Option<AttributionLots>,
}

/// A change of net worth, by what it comes from.
///
/// The terms add up to the change exactly, for the household, each account, each position, each lot and each person; the lots
/// add up to their positions, the positions to their accounts, and accounts and persons to the household, term by term.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthAttribution {
    /// The day at whose end the period begins.
    pub from: Date,
    /// The day at whose end it ends.
    pub to: Date,
    /// The currency of all values.
    pub currency: Currency,
    /// Net worth at the beginning: that of `net_worth.as_of`.
    pub opening: Decimal,
    /// Net worth at the end.
    pub closing: Decimal,
    /// The closing value less the opening value.
    pub change: Decimal,
    /// What the change comes from.
    pub terms: NetWorthTerms,
    /// The accounts in the order of the ledger, then the assets.
    pub accounts: Vec<AccountAttribution>,
    /// The positions, by account, that there were at either end or that anything happened to.
    pub positions: Vec<PositionAttribution>,
    /// The lots of the positions of securities, in the order of the positions and of acquisition: those that there were at
    /// either end or that anything happened to. Only if the input asks for them.
    #[wire(omit)]
    pub lots: Option<Vec<LotAttribution>>,
    /// The persons, by name; what is held jointly is last and has none.
    pub persons: Vec<PersonAttribution>,
    /// What the terms consist of, beside prices and exchange rates: by day, position and transaction.
    pub entries: Vec<AttributionEntry>,
    /// Positions without a price at either end, which are left out there.
    pub unpriced: Vec<UnpricedPosition>,
    /// Old prices and exchange rates that were used at either end.
    pub stale: Vec<StaleFigure>,
    /// Statements within the period that differ from the transactions.
    pub adjustments: Vec<NetWorthAdjustment>,
}

/// The change of an account or an asset.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AccountAttribution {
    /// The id.
    pub id: String,
    /// The value at the beginning.
    pub opening: Decimal,
    /// The value at the end.
    pub closing: Decimal,
    /// The closing value less the opening value.
    pub change: Decimal,
    /// What it comes from.
    pub terms: NetWorthTerms,
}

/// The change of what belongs to a person.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PersonAttribution {
    /// The person; absent for what is held jointly.
    pub person: Option<String>,
    /// The value at the beginning.
    pub opening: Decimal,
    /// The value at the end.
    pub closing: Decimal,
    /// The closing value less the opening value.
    pub change: Decimal,
    /// What it comes from. Each term of an account is divided by its owners' shares, and what rounding leaves is in the largest.
    pub terms: NetWorthTerms,
}

/// The change of a position, with the prices and rates that `market` and `currency` come from.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PositionAttribution {
    /// The id of the account or the asset.
    pub account: String,
    /// What it is in.
    pub kind: NetWorthPositionKind,
    /// The id of the security.
    pub security: Option<String>,
    /// The currency of the position.
    pub currency: Currency,
    /// The beginning; absent for shares without a price.
    pub opening: Option<PositionPoint>,
    /// The end; absent for shares without a price.
    pub closing: Option<PositionPoint>,
    /// What went into the position in its currency: the sum of its entries. What is converted from others at the rates of the days is
    /// rounded half to even to the minor unit, as one sum.
    pub flows: Decimal,
    /// The closing value less the opening value, in the currency of all totals.
    pub change: Decimal,
    /// What it comes from.
    pub terms: NetWorthTerms,
}

/// A position at one end of a period.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PositionPoint {
    /// The number of shares; of cash and assets the amount.
    pub quantity: Decimal,
    /// The price of a share, divided by the ratio of the splits since its day.
    pub price: Option<Decimal>,
    /// The value in the currency of the position.
    pub amount: Decimal,
    /// The exchange rate; 1 for the currency of all totals, and of a position that is empty.
    pub exchange_rate: Decimal,
    /// The value in the currency of all totals.
    pub value: Decimal,
}

/// A part of a term.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AttributionEntry {
    /// The day.
    pub date: Date,
    /// The id of the account or the asset.
    pub account: String,
    /// What the position is in.
    pub kind: NetWorthPositionKind,
    /// The id of the security of the position.
    pub security: Option<String>,
    /// The term.
    pub term: NetWorthTerm,
    /// The amount; positive if it goes into the position. It is zero of shares that moved without a price: what they are worth is
    /// in `revaluation` once it is known.
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
    /// Its value in the currency of all totals at the rate of the day, rounded half to even to the minor unit if it was converted.
    pub value: Decimal,
    /// The id of the transaction; absent for what a statement adds.
    pub transaction: Option<String>,
    /// The part of the transaction.
    pub part: Option<u32>,
    /// What the classification says it is.
    pub class: Option<FlowClass>,
}

/// What a change of net worth comes from, without a remainder.
///
/// ```
/// # use wherewithal_net_worth::wherewithal;
/// use wherewithal::{control::Control, net_worth::{self, NetWorthAttributionInput}};
///
/// let input: NetWorthAttributionInput = serde_json::from_str(r#"{"from": "2025-01-01", "to": "2026-01-01", "books": {
///     "ledger": {"accounts": [{"id": "depot", "kind": "brokerage"}], "securities": [{"id": "FUND"}], "transactions": [
///         {"id": "1", "account": "depot", "date": "2025-07-02", "amount": "-990", "type": "buy", "security": "FUND",
///          "quantity": "90", "price": "11", "description": "Buy"}]},
///     "balances": [{"account": "depot", "date": "2025-01-01", "kind": "cash", "amount": "1000"}],
///     "prices": [{"security": "FUND", "date": "2026-01-01", "price": "10.45"}]}}"#).unwrap();
/// let change = net_worth::attribution(&input, &Control::default())?;
/// // 90 × (10.45 - 11)
/// assert_eq!((change.change.to_string(), change.terms.market.to_string()), ("-49.50".to_owned(), "-49.50".to_owned()));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `range.out_of_order` at `to`; otherwise those of [`as_of`](super::as_of()); inside `lots` those of its fields, and
/// `dates.out_of_order`, `quantity.exceeds_held`, `quantity.out_of_range`, `decimal.too_precise` and `decimal.overflow`.
pub fn attribution(input: &NetWorthAttributionInput, control: &Control) -> Result<NetWorthAttribution> {
    if input.to < input.from {
        let message = format!("{} is before {}", input.to, input.from);
        return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("to"));
    }
    let books = Books::read(&input.books, control).at("books")?;
    let (mut told, wholes, values) = attributed(&books, input.from, input.to, control).at("books")?;
    if let Some(detail) = &input.lots {
        let period = Period { from: input.from, to: input.to };
        let mut work = Work::under(control);
        told.lots = Some(lots(&books, detail, period, &values, &wholes, &mut work).at("lots")?);
    }
    Ok(told)
}

/// The entries of one position within the period, and what they add up to.
#[derive(Default)]
struct Flows {
    entries: usize,
    /// Whether shares without a price moved.
    unvalued: bool,
    /// By term, in the currency of all totals.
    terms: NetWorthTerms,
    /// In the currency of the position.
    amount: Decimal,
    /// What of it was converted into that currency.
    converted: Decimal,
}

impl Flows {
    /// What went in, with what was converted rounded to the minor unit.
    fn told(&self, places: u32) -> Result<Decimal> {
        let own = self.amount.minus(self.converted)?;
        Ok(shown(own.plus(self.converted.round(places, Rounding::HalfEven))?, places))
    }
}

/// The answer without lots, and what they are computed from: the whole of each position, and of each posting what it is worth if
/// it is one of the period.
fn attributed(
    books: &Books<'_>,
    from: Date,
    to: Date,
    control: &Control,
) -> Result<(NetWorthAttribution, Vec<Whole>, Vec<Option<Valued>>)> {
    let mut work = Work::under(control);
    let mut flows: Vec<Flows> = books.positions.iter().map(|_| Flows::default()).collect();
    let mut entries = Vec::new();
    let mut values = vec![None; books.postings.len()];
    for (posting, valued) in books.postings.iter().zip(&mut values) {
        work.done(1)?;
        if posting.day <= from || posting.day > to {
            continue;
        }
        #[expect(clippy::indexing_slicing, reason = "a posting is of a position, and each has its flows")]
        let (position, sums) = (&books.positions[posting.position], &mut flows[posting.position]);
        let value = books.rates.convert(posting.amount, posting.currency, posting.day)?;
        let went_in = books.in_currency_of(posting)?;
        sums.entries += 1;
        sums.unvalued |= posting.unvalued;
        sums.terms.add(posting.term, value)?;
        sums.amount = sums.amount.plus(went_in)?;
        if posting.currency != position.currency {
            sums.converted = sums.converted.plus(went_in)?;
        }
        *valued = Some(Valued { value, went_in });
        entries.push(entry(books, position, posting, value));
    }
    let mut findings = Findings::default();
    let mut by_item = vec![Changed::default(); books.items.len()];
    let (mut positions, mut wholes) = (Vec::new(), Vec::with_capacity(books.positions.len()));
    let places = books.rates.places();
    for (position, flows) in books.positions.iter().zip(flows) {
        work.done(1)?;
        let opening = books.noted_worth(position, from, &mut findings)?;
        let closing = books.noted_worth(position, to, &mut findings)?;
        let (changed, of_prices) = change_of(books, position, &flows, opening, closing, to)?;
        wholes.push(Whole { opening, closing, entered: flows.terms, changed, of_prices });
        #[expect(clippy::indexing_slicing, reason = "a position is of an item")]
        by_item[position.item].add(&changed)?;
        let is_empty = |worth: &Option<Worth>| worth.is_some_and(|worth| worth.quantity.is_zero());
        if flows.entries == 0 && is_empty(&opening) && is_empty(&closing) {
            continue;
        }
        positions.push(PositionAttribution {
            account: books.item(position).id.to_owned(),
            kind: books.kind(position),
            security: books.security_id(position),
            currency: position.currency,
            opening: opening.map(|worth| point(books, position, worth)),
            closing: closing.map(|worth| point(books, position, worth)),
            flows: flows.told(places_of(position.currency))?,
            change: shown(changed.closing.minus(changed.opening)?, places),
            terms: changed.terms.shown(places),
        });
    }
    let (accounts, persons) = accounts_and_persons(books, &by_item)?;
    let mut whole = Changed::default();
    by_item.iter().try_for_each(|item| whole.add(item))?;
    let change = whole.closing.minus(whole.opening)?;
    let told = NetWorthAttribution {
        from,
        to,
        currency: books.input.currency,
        opening: shown(whole.opening, places),
        closing: shown(whole.closing, places),
        change: shown(change, places),
        terms: whole.terms.shown(places),
        accounts,
        positions,
        lots: None,
        persons,
        entries,
        stale: findings.stale(),
        unpriced: findings.unpriced,
        adjustments: books.adjustments_between(from.add_days(1).ok(), to)?,
    };
    Ok((told, wholes, values))
}

/// What a position's change comes from: what its entries say, and for the rest prices and exchange rates.
///
/// The rest is opening value to closing value less the entries. In the position's own currency it is what prices did, which the
/// last exchange rate converts (the cross term belongs to the market); what is left is what exchange rates did to the opening
/// value and to the entries, with what rounding leaves. The term of what prices did comes with the change.
fn change_of(
    books: &Books<'_>,
    position: &Position,
    flows: &Flows,
    opening: Option<Worth>,
    closing: Option<Worth>,
    to: Date,
) -> Result<(Changed, NetWorthTerm)> {
    let value = |worth: Option<Worth>| worth.map_or(Decimal::ZERO, |worth| worth.value);
    let amount = |worth: Option<Worth>| worth.map_or(Decimal::ZERO, |worth| worth.amount);
    let mut changed = Changed { opening: value(opening), closing: value(closing), terms: flows.terms };
    let rest = changed.closing.minus(changed.opening)?.minus(changed.terms.sum()?)?;
    let term = match position.what {
        What::Cash(_) => {
            changed.terms.add(NetWorthTerm::Currency, rest)?;
            return Ok((changed, NetWorthTerm::Currency));
        }
        What::Security(_) if opening.is_some() && closing.is_some() && !flows.unvalued => {
            NetWorthTerm::Market
        }
        What::Security(_) | What::Asset => NetWorthTerm::Revaluation,
    };
    if position.currency == books.input.currency {
        changed.terms.add(term, rest)?;
        return Ok((changed, term));
    }
    let gained = amount(closing).minus(amount(opening))?.minus(flows.amount)?;
    let gained = books.rates.convert(gained, position.currency, to)?;
    changed.terms.add(term, gained)?;
    changed.terms.add(NetWorthTerm::Currency, rest.minus(gained)?)?;
    Ok((changed, term))
}

fn entry(books: &Books<'_>, position: &Position, posting: &Posting, value: Decimal) -> AttributionEntry {
    let flow = match posting.cause {
        Cause::Flow(place) => books.classification.flows.get(place),
        Cause::Adjustment(_) => None,
    };
    AttributionEntry {
        date: posting.day,
        account: books.item(position).id.to_owned(),
        kind: books.kind(position),
        security: books.security_id(position),
        term: posting.term,
        amount: shown(posting.amount, places_of(posting.currency)),
        currency: posting.currency,
        value: shown(value, books.rates.places()),
        transaction: flow.map(|flow| flow.transaction.clone()),
        part: flow.map(|flow| flow.part),
        class: flow.map(|flow| flow.class),
    }
}

fn point(books: &Books<'_>, position: &Position, worth: Worth) -> PositionPoint {
    PositionPoint {
        quantity: worth.quantity.normalized(),
        price: worth.price.map(|(price, _)| price.normalized()),
        amount: shown(worth.amount, places_of(position.currency)),
        exchange_rate: worth.rate.normalized(),
        value: shown(worth.value, books.rates.places()),
    }
}

fn accounts_and_persons(
    books: &Books<'_>,
    by_item: &[Changed],
) -> Result<(Vec<AccountAttribution>, Vec<PersonAttribution>)> {
    let places = books.rates.places();
    let mut accounts = Vec::new();
    let mut persons: ByPerson<'_, Changed> = BTreeMap::new();
    for (item, changed) in books.items.iter().zip(by_item).filter(|(item, _)| !item.outside) {
        if item.owners.is_empty() {
            persons.entry(None).or_default().add(changed)?;
        }
        for (owner, part) in item.owners.iter().zip(changed_parts(changed, item.owners, places)?) {
            persons.entry(Some(&owner.person)).or_default().add(&part)?;
        }
        accounts.push(AccountAttribution {
            id: item.id.to_owned(),
            opening: shown(changed.opening, places),
            closing: shown(changed.closing, places),
            change: shown(changed.closing.minus(changed.opening)?, places),
            terms: changed.terms.shown(places),
        });
    }
    let joint = persons.remove(&None);
    let persons = (persons.into_iter().chain(joint.map(|changed| (None, changed))))
        .map(|(person, changed)| {
            Ok(PersonAttribution {
                person: person.map(str::to_owned),
                opening: shown(changed.opening, places),
                closing: shown(changed.closing, places),
                change: shown(changed.closing.minus(changed.opening)?, places),
                terms: changed.terms.shown(places),
            })
        })
        .collect::<Result<_>>()?;
    Ok((accounts, persons))
}
