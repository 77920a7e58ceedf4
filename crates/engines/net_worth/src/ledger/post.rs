//! From classified flows to postings: what each flow does to the positions that it touches.
//!
//! Every flow changes the cash of its account, on the day on which cash moves; between that day and its own, the money is under way. Where it belongs to a security or an asset, what it is (income, a fee, a tax) is
//! posted there, and a transfer carries it to the cash, so that the figures of a position are complete and those of the account
//! are the same. A trade is a transfer between the two.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{
    Error, ErrorCode, Result, control::Work, dates::Date, error::At as _, money::Currency, num::Decimal,
};
use wherewithal_classification::{Classification, ClassifiedFlow, FlowClass};
use wherewithal_ledger::{LedgerTransaction, LedgerTransactionType};

use super::{
    NetWorthBooks,
    books::{Cause, Drafts, Item, Move, MoveKind, Posting, What},
    exact::quotient,
    items::Items,
    quantity::{Change, ChangeKind, Quantity},
    securities::Securities,
    tables::{Rates, places_of},
    term::NetWorthTerm,
};

/// Posts every flow.
///
/// # Errors
/// `field.missing` inside `ledger.transactions` where a quantity has no security; inside `assets` `name.unknown` and
/// `list.duplicate`.
pub(super) fn post<'a>(
    input: &'a NetWorthBooks,
    classification: &'a Classification,
    Items { items, by_id }: &'a Items<'a>,
    securities: &'a Securities<'a>,
    rates: &'a Rates,
    drafts: &'a mut Drafts,
    work: &mut Work<'_, '_>,
) -> Result<Vec<Posting>> {
    let flows = &classification.flows;
    let records: BTreeMap<&str, usize> =
        (input.ledger.transactions.iter().enumerate()).map(|(place, one)| (one.id.as_str(), place)).collect();
    let mut by_transaction: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, flow) in flows.iter().enumerate() {
        work.done(1)?;
        by_transaction.entry(&flow.transaction).or_default().push(place);
    }
    let ends = ends_of(flows)?;
    let assets = linked(input, by_id, &records)?;
    let under_way: BTreeSet<(&str, u32)> =
        classification.under_way.iter().map(|one| (one.transaction.as_str(), one.part)).collect();
    let transfer_days = i32::try_from(input.ledger.transfer_days).unwrap_or(i32::MAX);
    let mut poster = Poster {
        records: &records,
        input,
        items,
        by_id,
        securities,
        rates,
        drafts,
        by_transaction: &by_transaction,
        ends: &ends,
        assets,
        under_way,
        transfer_days,
        postings: Vec::new(),
        moving: None,
    };
    for (id, places) in &by_transaction {
        work.done(1 + places.len())?;
        let Some((index, record)) =
            records.get(id).and_then(|index| input.ledger.transactions.get(*index).map(|one| (*index, one)))
        else {
            continue;
        };
        let parts: Vec<Part<'_>> = places
            .iter()
            .filter_map(|place| flows.get(*place).map(|flow| Part { place: *place, flow }))
            .collect();
        poster.moving = None;
        poster.shares(index, record, &parts).at_index("transactions", index).at("ledger")?;
        for part in &parts {
            poster.cash(record, part)?;
        }
    }
    Ok(poster.postings)
}

/// The asset that each linked transaction belongs to.
fn linked<'a>(
    input: &'a NetWorthBooks,
    by_id: &BTreeMap<&str, usize>,
    records: &BTreeMap<&str, usize>,
) -> Result<BTreeMap<&'a str, usize>> {
    let mut assets = BTreeMap::new();
    for (index, asset) in input.assets.iter().enumerate() {
        let Some(item) = by_id.get(asset.id.as_str()) else { continue };
        for (place, id) in asset.transactions.iter().enumerate() {
            let fault = |code, message| {
                Err(Error::new(code, message).at_index("transactions", place).at_index("assets", index))
            };
            if !records.contains_key(id.as_str()) {
                return fault(ErrorCode::NameUnknown, format!("no transaction has the id {id:?}"));
            }
            if assets.insert(id.as_str(), *item).is_some() {
                return fault(ErrorCode::ListDuplicate, format!("{id:?} belongs to an asset already"));
            }
        }
    }
    Ok(assets)
}

/// A flow and its place in the list.
struct Part<'a> {
    place: usize,
    flow: &'a ClassifiedFlow,
}

struct Poster<'a> {
    items: &'a [Item<'a>],
    by_id: &'a BTreeMap<&'a str, usize>,
    input: &'a NetWorthBooks,
    records: &'a BTreeMap<&'a str, usize>,
    securities: &'a Securities<'a>,
    rates: &'a Rates,
    drafts: &'a mut Drafts,
    by_transaction: &'a BTreeMap<&'a str, Vec<usize>>,
    ends: &'a BTreeMap<(&'a str, &'a str), End<'a>>,
    assets: BTreeMap<&'a str, usize>,
    under_way: BTreeSet<(&'a str, u32)>,
    transfer_days: i32,
    postings: Vec<Posting>,
    /// The move of shares of the transaction that is posted, if it has one.
    moving: Option<usize>,
}

impl<'a> Poster<'a> {
    fn item(&self, account: &str) -> Result<usize> {
        // The classifier has validated the ledger.
        self.by_id
            .get(account)
            .copied()
            .ok_or_else(|| Error::new(ErrorCode::NameUnknown, format!("no account is called {account:?}")))
    }

    fn is_debt(&self, item: usize) -> bool {
        self.items.get(item).is_some_and(|item| item.liability_kind.is_some())
    }

    fn write(&mut self, day: Date, position: usize, term: NetWorthTerm, sum: Sum, flow: usize) {
        let Sum(amount, currency) = sum;
        let cause = Cause::Flow(flow);
        let (unvalued, moved) = (false, None);
        self.postings.push(Posting { day, position, term, amount, currency, cause, unvalued, moved });
    }

    /// Notes shares that move, and gives the number of their move.
    fn moves(
        &mut self,
        day: Date,
        position: usize,
        quantity: Decimal,
        record: usize,
        kind: MoveKind,
    ) -> usize {
        self.add(position, day, quantity);
        self.drafts.moves.push(Move { day, position, quantity, record, kind });
        self.drafts.moves.len() - 1
    }

    fn add(&mut self, position: usize, day: Date, value: Decimal) {
        self.drafts.change(position, Change { day, kind: ChangeKind::Add(value) });
    }

    /// What a flow does to cash, and to what it belongs to.
    fn cash(&mut self, record: &LedgerTransaction, part: &Part<'a>) -> Result<()> {
        let flow = part.flow;
        if flow.amount.is_zero() {
            return Ok(());
        }
        let item = self.item(&flow.account)?;
        let cash = self.drafts.place((item, What::Cash(flow.currency), false));
        if let Some(transfer) = self.transfer(flow) {
            return self.leg(item, cash, part, transfer);
        }
        let settled = self.cash_day(flow);
        self.add(cash, settled, flow.amount);
        let sum = Sum(flow.amount, flow.currency);
        if self.under_way.contains(&(flow.transaction.as_str(), flow.part)) {
            self.lost_on_its_way(item, cash, part, settled);
            return Ok(());
        }
        let back = sum.back();
        let cash = if settled == flow.date { cash } else { self.due(item, cash, part, settled) };
        let term = NetWorthTerm::of(flow.class, self.is_debt(item));
        let yields = matches!(term, NetWorthTerm::Income | NetWorthTerm::Fees | NetWorthTerm::Taxes);
        let asset = self.assets.get(record.id.as_str()).copied();
        let security = flow.security.as_deref().and_then(|id| self.securities.by_id.get(id)).copied();
        let moves = asset.is_some() || matches!(flow.class, FlowClass::Trade | FlowClass::CorporateAction);
        let belongs_to = match (asset, security) {
            (Some(asset), _) => Some(self.drafts.place((asset, What::Asset, false))),
            (None, Some(security)) if yields || moves => {
                Some(self.drafts.place((item, What::Security(security), false)))
            }
            _ => None,
        };
        let first = self.postings.len();
        match belongs_to {
            Some(place) if yields => {
                self.write(flow.date, place, term, sum, part.place);
                self.write(flow.date, place, NetWorthTerm::Transfers, back, part.place);
                self.write(flow.date, cash, NetWorthTerm::Transfers, sum, part.place);
            }
            Some(place) => {
                if let Some(asset) = asset {
                    let value = self.in_currency_of(asset, flow)?;
                    self.add(place, flow.date, value.negated());
                }
                self.write(flow.date, place, NetWorthTerm::Transfers, back, part.place);
                self.write(flow.date, cash, NetWorthTerm::Transfers, sum, part.place);
            }
            None => self.write(flow.date, cash, term, sum, part.place),
        }
        // A dividend that buys shares is that of the shares that were held.
        if asset.is_none() && term != NetWorthTerm::Income {
            for posting in self.postings.iter_mut().skip(first).filter(|one| Some(one.position) == belongs_to)
            {
                posting.moved = self.moving;
            }
        }
        Ok(())
    }

    /// The day on which a flow changes the cash of its account.
    fn cash_day(&self, flow: &ClassifiedFlow) -> Date {
        let place = self.records.get(flow.transaction.as_str());
        let record = place.and_then(|place| self.input.ledger.transactions.get(*place));
        record.map_or(flow.date, |record| self.input.cash_date.of(record))
    }

    /// What is due between the day of a flow and that of its cash: below zero if it is owed, or if it was paid before its day.
    fn due(&mut self, item: usize, cash: usize, part: &Part<'a>, settled: Date) -> usize {
        let flow = part.flow;
        let way = self.drafts.place((item, What::Cash(flow.currency), true));
        let sum = Sum(flow.amount, flow.currency);
        self.add(way, flow.date, flow.amount);
        self.add(way, settled, flow.amount.negated());
        self.write(settled, way, NetWorthTerm::Transfers, sum.back(), part.place);
        self.write(settled, cash, NetWorthTerm::Transfers, sum, part.place);
        way
    }

    /// The two ends of the transfer that a flow is a part of, if both are there.
    fn transfer(&self, flow: &'a ClassifiedFlow) -> Option<(&'a End<'a>, &'a End<'a>)> {
        let counterpart = flow.counterpart.as_deref().filter(|_| can_transfer(flow.class))?;
        let here = self.ends.get(&(flow.transaction.as_str(), counterpart))?;
        let there = self.ends.get(&(counterpart, flow.transaction.as_str()))?;
        (here.sum.signum() * there.sum.signum() < 0).then_some((here, there))
    }

    /// One end of a transfer.
    fn leg(
        &mut self,
        item: usize,
        cash: usize,
        part: &Part<'a>,
        (here, other): (&'a End<'a>, &'a End<'a>),
    ) -> Result<()> {
        let flow = part.flow;
        let Some(there) = other.parts.first() else { return Ok(()) };
        let (left, arrives) = (self.cash_day(flow), self.cash_day(there));
        let debt = self.is_debt(item);
        // A payment of a debt: money is spent on it here, and the debt falls there.
        let pays = debt != self.is_debt(self.item(&there.account)?);
        let term = if pays { NetWorthTerm::earned(debt) } else { NetWorthTerm::Transfers };
        if here.sum.is_negative() {
            self.add(cash, left, flow.amount);
            let sum = Sum(flow.amount, flow.currency);
            if left == arrives {
                self.write(left, cash, term, sum, part.place);
            } else {
                let way = self.drafts.place((item, What::Cash(flow.currency), true));
                self.add(way, left, flow.amount.negated());
                self.add(way, arrives, flow.amount);
                self.write(left, cash, NetWorthTerm::Transfers, sum, part.place);
                self.write(left, way, NetWorthTerm::Transfers, sum.back(), part.place);
                self.write(arrives, way, term, sum, part.place);
            }
            return Ok(());
        }
        // All parts that arrive are posted with the first.
        if here.parts.first().is_none_or(|first| first.part != flow.part) {
            return Ok(());
        }
        let day = left;
        self.add(cash, day, here.sum);
        let came = Sum(here.sum, flow.currency);
        if pays {
            self.write(day, cash, term, came, part.place);
            return Ok(());
        }
        for left in &other.parts {
            self.write(day, cash, term, Sum(left.amount.negated(), left.currency), part.place);
        }
        self.difference(cash, day, came, &other.parts, part)
    }

    /// What a transfer gained or lost on its way: by the rate of a conversion, or as a fee.
    fn difference(
        &mut self,
        cash: usize,
        day: Date,
        came: Sum,
        left: &[&ClassifiedFlow],
        part: &Part<'a>,
    ) -> Result<()> {
        let one_currency = left.iter().all(|one| one.currency == came.1);
        let same = one_currency && Decimal::sum(left.iter().map(|one| one.amount))? == came.0.negated();
        if same && left.len() == 1 {
            return Ok(());
        }
        // Parts that are rounded one by one differ from their sum by what rounding does.
        let term = if one_currency && !same { NetWorthTerm::Fees } else { NetWorthTerm::Currency };
        self.write(day, cash, term, came, part.place);
        for one in left {
            self.write(day, cash, term, Sum(one.amount, one.currency), part.place);
        }
        Ok(())
    }

    /// Money that left for an own account and did not arrive: it stays for as long as a transfer takes, and is then outside
    /// the ledger.
    fn lost_on_its_way(&mut self, item: usize, cash: usize, part: &Part<'a>, left: Date) {
        let flow = part.flow;
        let way = self.drafts.place((item, What::Cash(flow.currency), true));
        let sum = Sum(flow.amount, flow.currency);
        self.add(way, left, flow.amount.negated());
        self.write(left, cash, NetWorthTerm::Transfers, sum, part.place);
        self.write(left, way, NetWorthTerm::Transfers, sum.back(), part.place);
        // After the last day of the calendar nothing is asked.
        if let Ok(day) = left.add_days(self.transfer_days.saturating_add(1)) {
            self.add(way, day, flow.amount);
            self.write(day, way, NetWorthTerm::External, sum, part.place);
        }
    }

    /// A flow's amount in the currency of a position.
    fn in_currency_of(&self, item: usize, flow: &ClassifiedFlow) -> Result<Decimal> {
        let currency = self.items.get(item).map_or(flow.currency, |item| item.currency);
        if currency == flow.currency {
            return Ok(flow.amount);
        }
        let (from, _) = self.rates.on(flow.currency, flow.date)?;
        let (to, _) = self.rates.on(currency, flow.date)?;
        quotient(&[flow.amount, from], &[to], places_of(currency))
    }

    /// What a transaction, which has this place, does to a number of shares.
    fn shares(&mut self, index: usize, record: &LedgerTransaction, parts: &[Part<'a>]) -> Result<()> {
        let Some(first) = parts.first() else { return Ok(()) };
        let quantity = record.quantity.filter(|quantity| !quantity.is_zero());
        let Some(security) = record.security.as_deref().and_then(|id| self.securities.by_id.get(id)).copied()
        else {
            return match quantity {
                Some(_) => {
                    Err(Error::new(ErrorCode::FieldMissing, "a quantity needs its security").at("security"))
                }
                None => Ok(()),
            };
        };
        let item = self.item(&record.account)?;
        let key = (item, What::Security(security), false);
        let Some(quantity) = quantity else {
            if let (Some(from), Some(to)) = (record.split_from, record.split_to) {
                let position = self.drafts.place(key);
                self.drafts
                    .change(position, Change { day: record.date, kind: ChangeKind::Split { to, from } });
            }
            return Ok(());
        };
        let position = self.drafts.place(key);
        let other = first.flow.counterpart.as_deref().and_then(|id| self.moved(id, quantity));
        let kind = match other {
            Some((other, _)) if quantity.is_negative() => MoveKind::Leave { for_record: other },
            Some((other, _)) => MoveKind::Arrive { from_record: other },
            None if record.r#type == LedgerTransactionType::Split => MoveKind::Split,
            None => MoveKind::Alone,
        };
        let moved = self.moves(record.date, position, quantity, index, kind);
        self.moving = Some(moved);
        if let Some((_, other)) = other {
            return self.shares_leg(item, security, moved, first, other);
        }
        let traded =
            |part: &Part<'_>| matches!(part.flow.class, FlowClass::Trade | FlowClass::CorporateAction);
        if !parts.iter().any(traded) {
            let term = NetWorthTerm::of(first.flow.class, self.is_debt(item));
            self.in_kind(moved, term, security, quantity, first)?;
        }
        Ok(())
    }

    /// The transaction that moves shares the other way, and its place.
    fn moved(&self, id: &str, quantity: Decimal) -> Option<(usize, &'a LedgerTransaction)> {
        // Without flows it is outside the scope.
        self.by_transaction.get(id)?;
        let place = *self.records.get(id)?;
        let other = self.input.ledger.transactions.get(place)?;
        (other.quantity?.signum() * quantity.signum() < 0).then_some((place, other))
    }

    /// One end of shares that are moved between accounts.
    fn shares_leg(
        &mut self,
        item: usize,
        security: usize,
        moved: usize,
        first: &Part<'a>,
        other: &LedgerTransaction,
    ) -> Result<()> {
        let Move { day, quantity, record, .. } = self.move_at(moved);
        let transfer = NetWorthTerm::Transfers;
        if !quantity.is_negative() {
            let left = other.security.as_deref().and_then(|id| self.securities.by_id.get(id)).copied();
            let (Some(left), Some(gone)) = (left, other.quantity) else { return Ok(()) };
            return self.in_kind(moved, transfer, left, gone.negated(), first);
        }
        self.in_kind(moved, transfer, security, quantity, first)?;
        if day == other.date {
            return Ok(());
        }
        let way = self.drafts.place((item, What::Security(security), true));
        for (day, quantity) in [(day, quantity.negated()), (other.date, quantity)] {
            let moved = self.moves(day, way, quantity, record, MoveKind::UnderWay);
            self.in_kind(moved, transfer, security, quantity, first)?;
        }
        Ok(())
    }

    #[expect(clippy::indexing_slicing, reason = "the number is that of a move that was noted")]
    fn move_at(&self, moved: usize) -> Move {
        self.drafts.moves[moved]
    }

    /// Posts shares that move, at the price of the day. Without a price their value is not known, and the posting says so.
    fn in_kind(
        &mut self,
        moved: usize,
        term: NetWorthTerm,
        security: usize,
        quantity: Decimal,
        part: &Part<'a>,
    ) -> Result<()> {
        let Move { day, position, .. } = self.move_at(moved);
        let currency = self.securities.currency(security);
        let value = self.securities.value(security, Quantity::whole(quantity), day)?;
        let unvalued = value.is_none();
        let term = if unvalued { NetWorthTerm::Revaluation } else { term };
        let (amount, cause) = (value.unwrap_or(Decimal::ZERO), Cause::Flow(part.place));
        let moved = Some(moved);
        self.postings.push(Posting { day, position, term, amount, currency, cause, unvalued, moved });
        Ok(())
    }
}

/// One end of a transfer: the parts of a transaction that go to another one or come from it.
struct End<'a> {
    parts: Vec<&'a ClassifiedFlow>,
    /// What they add up to.
    sum: Decimal,
}

/// The ends of all transfers, by their transaction and the other one.
fn ends_of(flows: &[ClassifiedFlow]) -> Result<BTreeMap<(&str, &str), End<'_>>> {
    let mut ends: BTreeMap<(&str, &str), End<'_>> = BTreeMap::new();
    for flow in flows.iter().filter(|flow| can_transfer(flow.class)) {
        let Some(counterpart) = flow.counterpart.as_deref() else { continue };
        let nothing = || End { parts: Vec::new(), sum: Decimal::ZERO };
        let end = ends.entry((&flow.transaction, counterpart)).or_insert_with(nothing);
        end.parts.push(flow);
        end.sum = end.sum.plus(flow.amount)?;
    }
    Ok(ends)
}

/// An amount of a currency.
#[derive(Debug, Clone, Copy)]
struct Sum(Decimal, Currency);

impl Sum {
    fn back(self) -> Self {
        Self(self.0.negated(), self.1)
    }
}

/// Whether a flow of a class can be a part of a transfer. Fees and taxes beside it are not.
fn can_transfer(class: FlowClass) -> bool {
    matches!(
        class,
        FlowClass::Transfer
            | FlowClass::InterestPaid
            | FlowClass::PrincipalPaid
            | FlowClass::LoanTaken
            | FlowClass::LoanGiven
            | FlowClass::LoanRepaid
    )
}
