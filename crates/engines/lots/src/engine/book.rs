//! The book.

use std::{
    cell::Cell,
    collections::{BTreeMap, VecDeque},
};

use wherewithal_base::{Error, ErrorCode, Result, check, dates::Date, error::At as _, num::Decimal, order};
use wherewithal_household::TaxTreatment;

use super::{
    BasisRule, Block, Departure, Disposal, Entry, Family, Gift, Holding, Id, Lot, Position, Security, Table,
    Wash,
    attempt::{Attempt, Elected, Replaced, Step},
    beside::Beside,
    changes::Touched,
    currency::Foreign,
    deliver,
    directory::{Directory, Known},
    exchange::Terms,
    gift::Received,
    gift::two_bases_in_average,
    inherit::Inherited,
    merger::Merger,
    option::Delivery,
    queue::Acquired,
    queue::Queue,
    return_of_capital::DistributionGain,
    split::shares,
    state::Past,
};
use crate::{
    exact::{Unit, overflow, rounded_quotient},
    holding_period::LongTermRule,
    input::{
        CashInLieu, IdenticalSecurities, Jurisdiction, LotAccount, LotElection, LotEvent, LotMethod,
        LotOption, LotRules, LotScope, LotSecurity, SecurityKind, WashSaleVerdict,
    },
    names::unknown,
    output::LotStateSymbolChange,
    tally::Tally,
};

/// The most shares of an event, and the most money: 10^15.
pub(crate) const MOST: i64 = 1_000_000_000_000_000;
/// The most lots that events may look at because they concern all of a position, since one such event costs as much as there
/// are lots: so many for each lot of the book, and so many beside.
const VISITS_OF_A_LOT: usize = 50;
const VISITS_BESIDE: usize = 5_000_000;
/// The longest id of an account, a security or a lot, in characters.
pub(super) const MOST_ID: usize = 100;
/// The most decimal places of a quantity.
const MOST_QUANTITY_PLACES: u32 = 18;

/// The lots of a household's accounts and everything that was sold from them.
///
/// A book takes events in the order of their dates, one by one; each takes time that grows with the logarithm of the number
/// of lots of its position at most, apart from splits and other events that change every lot. An event that is refused
/// leaves the book as it was. [`report`](Self::report) tells all of it, [`append`](Self::append) what one event changes.
///
/// ```
/// # use wherewithal_lots::wherewithal;
/// use wherewithal::lots::{Book, LotEvent, LotRules};
///
/// let event = |text| serde_json::from_str::<LotEvent>(text).unwrap();
/// let mut book = Book::new(&LotRules::default(), &[], &[])?;
/// book.apply(0, &event(r#"{"kind": "buy", "date": "2025-01-10", "security": "A", "quantity": "9", "price": "50"}"#))?;
/// let changes =
///     book.append(1, &event(r#"{"kind": "sell", "date": "2025-03-20", "security": "A", "quantity": "4", "price": "55"}"#))?;
/// assert_eq!(changes.disposals[0].disposal.gain.to_string(), "20.00");
/// assert_eq!(changes.lots[0].quantity.to_string(), "5");
/// assert_eq!(book.report()?.lots, changes.lots);
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Book {
    pub(crate) rules: LotRules,
    /// Decimal places of amounts.
    pub(crate) places: u32,
    pub(crate) long_term: LongTermRule,
    pub(crate) accounts: Vec<LotAccount>,
    pub(crate) securities: Table<Security>,
    pub(crate) families: Table<Family>,
    pub(crate) positions: Table<Position>,
    pub(crate) lots: Table<Lot>,
    pub(crate) blocks: Table<Block>,
    /// The second bases of gifts.
    pub(crate) gifts: Table<Gift>,
    /// The indices of the blocks whose event gives their lot an id.
    pub(crate) named: BTreeMap<String, usize>,
    /// The blocks by the index of their event, as far as someone asked.
    pub(crate) numbered: BTreeMap<u32, Id<Block>>,
    /// The ids of the blocks whose event gives one.
    pub(crate) names: Beside<String>,
    pub(crate) disposals: Vec<Disposal>,
    pub(crate) washes: Vec<Wash>,
    pub(crate) distribution_gains: Vec<DistributionGain>,
    /// What was given away.
    pub(crate) departures: Vec<Departure>,
    /// The days of the short sales that were closed with shares that were held, by the index of the disposal.
    pub(super) deliveries: Vec<(usize, i32)>,
    /// Basis of gifts that counted against no proceeds, because there was no gain.
    pub(crate) unused_basis: i128,
    /// What shares of securities in other currencies cost in those.
    pub(super) foreign: Foreign,
    /// Dividends by tax year, reinvested ones included.
    pub(crate) dividends: Tally<i32, i128>,
    /// What happened to each lot; absent unless someone asks.
    pub(crate) journal: Option<Vec<Entry>>,
    /// What an event changes; absent unless someone asks.
    pub(super) touched: Option<Touched>,
    /// What the event that takes effect did so far and may have to be undone.
    pub(super) attempt: Option<Attempt>,
    /// In the United Kingdom: the positions whose day is not over, in the order of their first trade of the day.
    pub(super) open_days: VecDeque<Id<Position>>,
    /// In Canada: the days of the losses that wait, with the family of each.
    pub(super) waiting: VecDeque<(i32, Id<Family>)>,
    account_ids: BTreeMap<String, usize>,
    pub(super) directory: Directory,
    pub(super) last_day: i32,
    /// Of the events of that day, the sequence and the rank of the one that comes last.
    last_of_day: (u32, u8),
    /// The number of events so far: the one after the highest.
    pub(crate) events: u32,
    /// The number of the first event of the list that is applied.
    pub(crate) first_event: u32,
    /// What the caller said of securities, and which of them got another id since.
    pub(super) given_securities: Vec<LotSecurity>,
    pub(super) symbol_changes: Vec<LotStateSymbolChange>,
    /// What is known of the time before the state that the book was read from.
    pub(super) past: Past,
    /// Lots that were looked at because an event concerned all of a position.
    pub(super) visits: Cell<usize>,
    /// Steps of the searches for sales that are to have a given gain.
    pub(super) searched: Cell<usize>,
    /// Room for the parts of a sale, used again.
    pub(super) spare: Vec<(Id<Lot>, i128)>,
    /// While a sale is made that stands before the purchases of its day: the first block that was bought early for it.
    pub(super) early: Option<u32>,
}

impl Book {
    /// An empty book.
    ///
    /// # Errors
    /// `list.duplicate` for an account, a security or a member of a group that is named twice; `text.invalid` for an id that
    /// is blank or longer than 100 characters; `number.out_of_range`.
    pub fn new(rules: &LotRules, accounts: &[LotAccount], securities: &[LotSecurity]) -> Result<Self> {
        let places = match rules.amount_places {
            Some(places) if places > 12 => {
                let message = format!("{places} decimal places are too many; 0 to 12 are possible");
                return Err(Error::new(ErrorCode::NumberOutOfRange, message).at("amountPlaces").at("rules"));
            }
            Some(places) => places,
            None => rules.currency.decimal_places().ok_or_else(|| {
                let message = format!(
                    "{} has no minor unit; say how many decimal places amounts have",
                    rules.currency.code()
                );
                Error::new(ErrorCode::CurrencyMinorUnitMissing, message).at("amountPlaces").at("rules")
            })?,
        };
        check::whole(rules.long_term_days.unwrap_or(0), 0..=36_600, ErrorCode::NumberOutOfRange)
            .at("longTermDays")
            .at("rules")?;
        let mut account_ids = unique(accounts.iter().map(|account| account.id.as_str()), "accounts")?;
        let mut accounts = accounts.to_vec();
        if accounts.is_empty() {
            // It has no name that an event could give.
            accounts.push(LotAccount { id: String::new(), treatment: TaxTreatment::Taxable });
            account_ids.insert(String::new(), 0);
        }
        let mut book = Self {
            rules: rules.clone(),
            places,
            long_term: rules.long_term_days.map_or(LongTermRule::CalendarYear, |days| {
                LongTermRule::Days(i32::try_from(days).unwrap_or(i32::MAX))
            }),
            account_ids,
            accounts,
            securities: Table::default(),
            families: Table::default(),
            positions: Table::default(),
            lots: Table::default(),
            blocks: Table::default(),
            gifts: Table::default(),
            named: BTreeMap::new(),
            numbered: BTreeMap::new(),
            names: Beside::default(),
            disposals: Vec::new(),
            washes: Vec::new(),
            distribution_gains: Vec::new(),
            departures: Vec::new(),
            deliveries: Vec::new(),
            unused_basis: 0,
            foreign: Foreign::default(),
            dividends: Tally::default(),
            journal: None,
            touched: None,
            attempt: None,
            open_days: VecDeque::new(),
            waiting: VecDeque::new(),
            directory: Directory::default(),
            last_day: i32::MIN,
            last_of_day: (0, 0),
            events: 0,
            first_event: 0,
            given_securities: securities.to_vec(),
            symbol_changes: Vec::new(),
            past: Past::default(),
            visits: Cell::new(0),
            searched: Cell::new(0),
            spare: Vec::new(),
            early: None,
        };
        unique(securities.iter().map(|security| security.id.as_str()), "securities")?;
        book.describe(securities)?;
        book.read_currencies(securities)?;
        book.group(&rules.substantially_identical)?;
        book.check_elections(&rules.elections)?;
        book.check_rates()?;
        Ok(book)
    }

    /// Notes what options give a right to, and refuses what the book cannot keep.
    fn describe(&mut self, securities: &[LotSecurity]) -> Result<()> {
        for LotSecurity { id, kind, option, .. } in securities {
            let known = self.directory.entry(id);
            (known.kind, known.option) = (Some(*kind), option.clone());
        }
        for (index, LotSecurity { id, kind, option, .. }) in securities.iter().enumerate() {
            let check = match (kind, option) {
                (SecurityKind::Bond, _) => {
                    let message = "lots of bonds need the amortization of their premium (IRC 171) and market discount (IRC 1276), \
                                   which are not computed; enter the bond as a stock at its adjusted basis, and report accrued \
                                   market discount as interest yourself";
                    Err(Error::new(ErrorCode::SecurityUnsuitable, message).at("kind"))
                }
                (SecurityKind::Option, None) => {
                    let message = "say what the option gives a right to";
                    Err(Error::new(ErrorCode::FieldMissing, message).at("option"))
                }
                (SecurityKind::Option | SecurityKind::Section1256, Some(option)) => check_option(id, option),
                (_, Some(_)) => {
                    let message = "the kind is not that of an option";
                    Err(Error::new(ErrorCode::FieldConflict, message).at("option"))
                }
                (_, None) => Ok(()),
            };
            check.at_index("securities", index)?;
        }
        for (index, LotSecurity { option, .. }) in securities.iter().enumerate() {
            if let Some(LotOption { underlying, .. }) = option
                && self.directory.get(underlying).is_some_and(|known| known.option.is_some())
            {
                let message = format!("{underlying:?} is an option itself");
                let error = Error::new(ErrorCode::FieldConflict, message).at("underlying").at("option");
                return Err(error.at_index("securities", index));
            }
        }
        Ok(())
    }

    /// Forms a family of each group of securities that are certainly the same.
    fn group(&mut self, groups: &[IdenticalSecurities]) -> Result<()> {
        for (index, group) in groups.iter().enumerate() {
            if group.verdict != WashSaleVerdict::Certain {
                continue;
            }
            let Some(first) = group.securities.first() else { continue };
            let family = self.new_family(first);
            for (place, security) in group.securities.iter().enumerate() {
                if self.directory.entry(security).family.replace(family).is_some() {
                    let message = format!("{security:?} stands twice among the groups that are certain");
                    return Err(Error::new(ErrorCode::ListDuplicate, message)
                        .at_index("securities", place)
                        .at_index("substantiallyIdentical", index)
                        .at("rules"));
                }
            }
        }
        Ok(())
    }

    /// That elections name accounts of the book, and stand where they have a meaning.
    fn check_elections(&self, elections: &[LotElection]) -> Result<()> {
        if self.rules.jurisdiction.pools() && (self.rules.method != LotMethod::Fifo || !elections.is_empty())
        {
            let message = "the jurisdiction has a pool of all shares, so there is no method to choose";
            let field = if elections.is_empty() { "method" } else { "elections" };
            return Err(Error::new(ErrorCode::MethodUnsuitable, message).at(field).at("rules"));
        }
        for (index, election) in elections.iter().enumerate() {
            let Some(account) = &election.account else { continue };
            self.account_by_id(account).at("account").at_index("elections", index).at("rules")?;
            if self.is_pooled() {
                let message = "the lots of all accounts stand together (`scope`), so one account has no method of its own";
                return Err(Error::new(ErrorCode::FieldConflict, message)
                    .at("account")
                    .at_index("elections", index)
                    .at("rules"));
            }
        }
        Ok(())
    }

    /// That there are tax rates for a method that needs them, and that they are rates.
    fn check_rates(&self) -> Result<()> {
        let LotRules { method, elections, tax_rates, .. } = &self.rules;
        match tax_rates {
            Some(rates) => rates.check().at("taxRates").at("rules")?,
            None => {
                let mut methods = elections.iter().map(|election| election.method).chain([*method]);
                if methods.any(|method| method == LotMethod::MinimumTax) {
                    let message = "`minimumTax` selects by tax rates; give them";
                    return Err(Error::new(ErrorCode::FieldMissing, message).at("taxRates").at("rules"));
                }
            }
        }
        Ok(())
    }

    /// A family that is known by one of its securities.
    fn new_family(&mut self, id: &str) -> Id<Family> {
        self.note_step(Step::Family);
        self.families.push(Family { id: id.to_owned(), units: vec![Unit::default()], ..Family::default() })
    }

    pub(crate) fn account_by_id(&self, id: &str) -> Result<usize> {
        self.account_ids.get(id).copied().ok_or_else(|| {
            let named = self.account_ids.keys().map(String::as_str).filter(|id| !id.is_empty());
            unknown("account", id, named)
        })
    }

    /// The index of the account that an event names, or of the only one.
    pub(crate) fn account(&self, id: Option<&String>) -> Result<usize> {
        match id {
            Some(id) => self.account_by_id(id),
            None if self.accounts.len() == 1 => Ok(0),
            None => Err(Error::new(
                ErrorCode::FieldMissing,
                "the book has several accounts; name the one that is meant",
            )),
        }
        .at("account")
    }

    /// Whether the lots of all accounts that are taxed alike stand together.
    pub(crate) fn is_pooled(&self) -> bool {
        self.rules.scope == LotScope::AllAccounts || self.rules.jurisdiction.pools()
    }

    /// The account whose position holds the lots of an account: the first one that is taxed like it if they stand together.
    pub(crate) fn standing_for(&self, account: usize) -> usize {
        if !self.is_pooled() {
            return account;
        }
        let treatment = self.accounts.get(account).map(|account| account.treatment);
        self.accounts.iter().position(|other| Some(other.treatment) == treatment).unwrap_or(account)
    }

    /// What a security is.
    pub(crate) fn kind(&self, id: &str) -> SecurityKind {
        self.directory.get(id).and_then(|known| known.kind).unwrap_or_default()
    }

    pub(crate) fn security(&mut self, id: &str) -> Result<Id<Security>> {
        let known = self.directory.get(id);
        if let Some(security) = known.and_then(|known| known.security) {
            return Ok(security);
        }
        check::text(id, MOST_ID)?;
        let before = known.cloned();
        let Known { kind, option, family, .. } = before.clone().unwrap_or_default();
        let kind = kind.unwrap_or_default();
        let family = match (family, &option) {
            (Some(family), _) => family,
            // A call can replace the shares, so both are counted in one unit.
            (None, Some(LotOption { underlying, .. })) if kind == SecurityKind::Option => {
                let underlying = self.security(underlying)?;
                self.securities[underlying].family
            }
            (None, _) => self.new_family(id),
        };
        let security =
            self.securities.push(Security { id: id.to_owned(), kind, option, family, positions: Vec::new() });
        self.families[family].securities.push(security);
        self.note_step(Step::Security(family));
        self.note_step(Step::Known(id.to_owned(), before));
        self.directory.entry(id).security = Some(security);
        Ok(security)
    }

    /// The security that an id names, if an event named it.
    pub(crate) fn security_called(&self, id: &str) -> Option<Id<Security>> {
        self.directory.get(id).and_then(|known| known.security)
    }

    /// The family of that security.
    pub(crate) fn family_called(&self, id: &str) -> Option<Id<Family>> {
        self.security_called(id).map(|security| self.securities[security].family)
    }

    /// The place of a lot in the order of acquisition.
    pub(crate) fn acquired_in_order(&self, lot: Id<Lot>) -> Acquired {
        Acquired::of(lot, &self.lots[lot])
    }

    /// The position of a security in an account, with the method that counts on the day.
    pub(crate) fn position(&mut self, id: &str, account: Option<&String>, day: i32) -> Result<Id<Position>> {
        let account = self.standing_for(self.account(account)?);
        let security = self.security(id).at("security")?;
        let position = self.position_in(security, account)?;
        self.follow_elections(position, day)?;
        Ok(position)
    }

    /// The position of a security in an account.
    pub(super) fn position_in(&mut self, security: Id<Security>, account: usize) -> Result<Id<Position>> {
        match self.place_of_account(security, account) {
            Ok(position) => Ok(position),
            Err(place) => {
                let position = self.new_position(security, account)?;
                // In the order of the accounts, whichever was named first.
                self.securities[security].positions.insert(place, position);
                self.note_step(Step::Position(security, place));
                Ok(position)
            }
        }
    }

    /// The same if there is one; otherwise its place among the positions of the security.
    pub(super) fn place_of_account(
        &self,
        security: Id<Security>,
        account: usize,
    ) -> std::result::Result<Id<Position>, usize> {
        let positions = &self.securities[security].positions;
        let place = positions.partition_point(|other| self.positions[*other].account < account);
        positions.get(place).copied().filter(|found| self.positions[*found].account == account).ok_or(place)
    }

    /// Makes room for so many further events, so that nothing moves while they come.
    pub(super) fn reserve(&mut self, events: usize) {
        self.lots.reserve(events);
        self.blocks.reserve(events);
        self.disposals.reserve(events);
    }

    /// Whether two events are of one position. One whose account is unknown is refused when it takes effect itself.
    pub(super) fn are_of_one_position(&self, one: &LotEvent, other: &LotEvent) -> bool {
        let account = |event: &LotEvent| self.account(event.account()).ok().map(|id| self.standing_for(id));
        one.security() == other.security() && account(one).is_some_and(|one| account(other) == Some(one))
    }

    /// Says whether the purchases that come now are made early, for a sale that stands before them.
    pub(super) fn buy_early(&mut self, early: bool) {
        self.early = early.then(|| self.blocks.next_id().index());
    }

    fn new_position(&mut self, security: Id<Security>, account: usize) -> Result<Id<Position>> {
        let Security { id, kind, .. } = &self.securities[security];
        let mut changes = self.suitable_elections(id, *kind, account)?;
        changes.reverse();
        let method = self.rules.method;
        Ok(self.positions.push(Position {
            security,
            account,
            held: 0,
            owed: 0,
            shorts: Queue::new(LotMethod::Fifo, None),
            queue: Queue::new(method, self.rules.tax_rates),
            method,
            changes,
            pool: Holding::default(),
            pool_lot: None,
            today: None,
            pending_sales: VecDeque::new(),
        }))
    }

    /// The elections that fit a position, each with the day on which it takes effect, the earliest first.
    fn elections_of(&self, security: &str, account: usize) -> Vec<(i32, LotMethod)> {
        let account = self.accounts.get(account).map(|account| account.id.as_str());
        let mut elections: Vec<(i32, LotMethod)> = self
            .rules
            .elections
            .iter()
            .filter(|election| election.security.as_ref().is_none_or(|elected| elected == security))
            .filter(|election| election.account.is_none() || election.account.as_deref() == account)
            .map(|election| (election.from.map_or(i32::MIN, Date::day_number), election.method))
            .collect();
        // Stable, so that of two elections of one day the later in the list counts.
        order::sort_by_key(&mut elections, |(from, _)| *from);
        elections
    }

    /// The same, if the position can have all of their methods.
    pub(super) fn suitable_elections(
        &self,
        security: &str,
        kind: SecurityKind,
        account: usize,
    ) -> Result<Vec<(i32, LotMethod)>> {
        let elections = self.elections_of(security, account);
        let mut methods = elections.iter().map(|(_, method)| *method).chain([self.rules.method]);
        if self.rules.jurisdiction == Jurisdiction::UnitedStates
            && !matches!(kind, SecurityKind::MutualFund | SecurityKind::ExchangeTradedFund)
            && methods.any(|method| method == LotMethod::AverageCost)
        {
            let message = format!(
                "{security:?} is no fund, and only shares of funds and of dividend reinvestment plans may have an average cost \
                 (Reg. 1.1012-1(e)(1)); give its kind in `securities`"
            );
            return Err(Error::new(ErrorCode::MethodUnsuitable, message).at("security"));
        }
        Ok(elections)
    }

    /// How many of the elections of a position have taken effect.
    pub(super) fn elections_followed(&self, id: Id<Position>) -> u32 {
        let Position { security, account, changes, .. } = &self.positions[id];
        let elections = self.elections_of(&self.securities[*security].id, *account);
        let followed = elections.len() - changes.len();
        u32::try_from(followed).unwrap_or(u32::MAX)
    }

    /// Lets the elections take effect that count from this day on.
    pub(super) fn follow_elections(&mut self, id: Id<Position>, day: i32) -> Result<()> {
        let position = &self.positions[id];
        if position.changes.is_empty() {
            return Ok(());
        }
        let (before, mut method, mut left) = (position.method, position.method, position.changes.len());
        while let Some((from, next)) = left.checked_sub(1).and_then(|last| position.changes.get(last))
            && *from <= day
        {
            method = *next;
            left -= 1;
        }
        if method == LotMethod::AverageCost && method != before && self.has_two_bases(id) {
            return Err(two_bases_in_average());
        }
        if left == position.changes.len() {
            return Ok(());
        }
        let changes = position.changes.clone();
        self.positions[id].changes.truncate(left);
        let replaced = if method == before { None } else { Some(self.change_method(id, method)?) };
        self.note_step(Step::Elections(Box::new(Elected { position: id, changes, replaced })));
        Ok(())
    }

    /// Gives a position another method. Returns what it and its lots were before.
    fn change_method(&mut self, id: Id<Position>, method: LotMethod) -> Result<Replaced> {
        self.touch_position(id);
        let lots = self.positions[id].queue.lots(&self.lots);
        let holdings = lots.iter().map(|lot| (*lot, self.lots[*lot].holding)).collect();
        let abroad = self.costs_abroad_before(id, &lots);
        let Position { method: before, pool, .. } = self.positions[id];
        self.positions[id].method = method;
        if before == LotMethod::AverageCost {
            self.leave_average(id, &lots)?;
        } else if method == LotMethod::AverageCost {
            self.enter_average(id, &lots);
        }
        let position = &mut self.positions[id];
        let empty = Queue::new(method, self.rules.tax_rates);
        let filled = empty.filled(&position.queue, &self.lots, self.long_term);
        let queue = std::mem::replace(&mut position.queue, filled);
        Ok(Replaced { method: before, queue, pool, holdings, abroad })
    }

    /// Lets the elections of a position take effect while an event of another takes effect. One that the position cannot follow
    /// is refused with the next event of the position; until then its lots have their own costs.
    pub(super) fn follow_elections_beside(&mut self, id: Id<Position>, day: i32) -> Result<()> {
        match self.follow_elections(id, day) {
            Err(error) if error.code() == ErrorCode::MethodUnsuitable => Ok(()),
            followed => followed,
        }
    }

    /// Gives every lot of a position its share of the average cost.
    fn leave_average(&mut self, id: Id<Position>, lots: &[Id<Lot>]) -> Result<()> {
        for (lot, cost) in self.average_shares(id, lots)? {
            self.lots[lot].holding.set_cost(cost);
        }
        self.leave_average_abroad(id, lots)?;
        self.positions[id].pool = Holding::default();
        Ok(())
    }

    /// What each lot of a position with an average cost costs.
    pub(crate) fn average_shares(&self, id: Id<Position>, lots: &[Id<Lot>]) -> Result<Vec<(Id<Lot>, i128)>> {
        let pool = self.positions[id].pool;
        let mut running = crate::exact::Running::new(pool.cost, pool.units.max(1));
        lots.iter().map(|lot| Ok((*lot, running.next(self.lots[*lot].holding.units)?))).collect()
    }

    /// Puts what all lots of a position cost together.
    fn enter_average(&mut self, id: Id<Position>, lots: &[Id<Lot>]) {
        let (units, cost) = lots.iter().fold((0, 0), |(units, cost), lot| {
            let holding = self.lots[*lot].holding;
            (units + holding.units, cost + holding.cost)
        });
        self.positions[id].pool = Holding::new(units, cost);
        self.enter_average_abroad(id, lots);
        for lot in lots {
            let holding = &mut self.lots[*lot].holding;
            *holding = Holding::new(holding.units, 0);
        }
    }

    /// Applies an event that takes effect on or after the one before it. `index` is its place in the caller's list, from
    /// which lots take their ids.
    ///
    /// # Errors
    /// `dates.out_of_order` for an event before the last one; otherwise those of `lots.book`, with the path inside the
    /// event.
    pub fn apply(&mut self, index: u32, event: &LotEvent) -> Result<()> {
        let day = event.date().day_number();
        if day < self.last_day {
            let last = Date::from_day_number(self.last_day)?;
            let message = format!(
                "the event is of {}, before the last one of the book, {last}; build the book of the whole history, or ask \
                 `lots.correct` what a late event changes",
                event.date()
            );
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("date"));
        }
        let (_, sequence, rank) = event.order();
        check::whole(sequence, 0..=1_000_000, ErrorCode::CountOutOfRange).at("sequence")?;
        if self.rules.jurisdiction.pools() && !event.is_universal() {
            let message = "what this event does to a pool of shares is not computed; only in the United States, and where no \
                           country's rules apply, a book takes it";
            return Err(Error::new(ErrorCode::MethodUnsuitable, message).at("kind"));
        }
        self.begin_attempt((day > self.last_day || !event.is_trade()).then_some(day));
        let entered = self.enter_currency(event);
        let taken = entered.and_then(|()| self.take_effect(index, day, event));
        self.leave_currency();
        if let Err(error) = taken {
            self.undo_attempt();
            return Err(error);
        }
        self.keep_attempt();
        let of_day = if day > self.last_day { (0, 0) } else { self.last_of_day };
        self.last_of_day = of_day.max((sequence, rank));
        self.last_day = day;
        self.events = self.events.max(index.saturating_add(1));
        Ok(())
    }

    /// The day, the sequence and the rank of the event that comes last, if there was one.
    pub(crate) fn last_order(&self) -> Result<Option<(Date, u32, u8)>> {
        if self.events == 0 {
            return Ok(None);
        }
        let (sequence, rank) = self.last_of_day;
        Ok(Some((Date::from_day_number(self.last_day)?, sequence, rank)))
    }

    /// Goes on after such an event.
    pub(super) fn go_on_after(&mut self, (date, sequence, rank): (Date, u32, u8)) {
        self.last_day = date.day_number();
        self.last_of_day = (sequence, rank);
    }

    /// Does what an event does.
    fn take_effect(&mut self, index: u32, day: i32, event: &LotEvent) -> Result<()> {
        match event {
            LotEvent::Buy { account, security, quantity, price, amount, fees, lot, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let shares = self.shares(position, *quantity)?;
                let cost = self.sum(self.money(shares, *price, *amount)? + self.amount(*fees, "fees")?)?;
                self.acquire(index, day, position, *quantity, cost, lot.as_deref())?;
            }
            LotEvent::Reinvest { account, security, quantity, amount, lot, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let cost = self.sum(self.amount(*amount, "amount")?)?;
                self.acquire(index, day, position, *quantity, cost, lot.as_deref())?;
                self.dividend(event.date(), position, cost.book);
            }
            LotEvent::Dividend { account, security, amount, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let amount = self.sum(self.amount(*amount, "amount")?)?;
                self.pass_days()?;
                self.dividend(event.date(), position, amount.book);
            }
            LotEvent::Sell {
                account, security, quantity, price, amount, fees, lots, target_gain, ..
            } => {
                let position = self.position(security, account.as_ref(), day)?;
                let shares = self.shares(position, *quantity)?;
                let proceeds =
                    self.sum(self.money(shares, *price, *amount)? - self.amount(*fees, "fees")?)?;
                let wished = target_gain.map(|gain| self.signed_amount(gain, "targetGain")).transpose()?;
                if wished.is_some() && !lots.is_empty() {
                    let message = "the lots that are named decide the gain; give `lots` or `targetGain`";
                    return Err(Error::new(ErrorCode::FieldConflict, message).at("targetGain"));
                }
                self.sell(index, day, position, *quantity, proceeds, lots, wished)?;
            }
            LotEvent::Split { security, from, to, cash_in_lieu, .. } => {
                let ratio = (shares(*from, "from")?, shares(*to, "to")?);
                self.split(index, day, security, ratio, cash_in_lieu)?;
            }
            LotEvent::ReturnOfCapital { account, security, amount, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let amount = self.sum(self.amount(*amount, "amount")?)?;
                self.return_capital(index, day, position, amount)?;
            }
            LotEvent::BonusShares { security, from, bonus, cash_in_lieu, .. } => {
                let (from, bonus) = (shares(*from, "from")?, shares(*bonus, "bonus")?);
                self.split(index, day, security, (from, from + bonus), cash_in_lieu)?;
            }
            LotEvent::SymbolChange { security, into, .. } => {
                self.change_symbol(index, day, security, into)?;
            }
            LotEvent::Transfer { account, to_account, security, quantity, lots, .. } => {
                self.require_other_account(account.as_ref(), to_account)?;
                let position = self.position(security, account.as_ref(), day)?;
                self.transfer(index, day, position, to_account, *quantity, lots)?;
            }
            LotEvent::ReceiveGift {
                account,
                security,
                quantity,
                donor_basis,
                donor_acquired,
                fair_market_value,
                gift_tax,
                from_spouse,
                lot,
                ..
            } => {
                let position = self.position(security, account.as_ref(), day)?;
                let received = Received {
                    quantity: *quantity,
                    donor_basis: *donor_basis,
                    donor_acquired: *donor_acquired,
                    fair_market_value: *fair_market_value,
                    gift_tax: gift_tax.as_ref(),
                    from_spouse: *from_spouse,
                    name: lot.as_deref(),
                };
                self.receive_gift(index, day, position, &received)?;
            }
            LotEvent::Inherit {
                date,
                account,
                security,
                quantity,
                fair_market_value,
                alternate_valuation,
                lot,
                ..
            } => {
                let position = self.position(security, account.as_ref(), day)?;
                let inherited = Inherited {
                    died: *date,
                    quantity: *quantity,
                    fair_market_value: *fair_market_value,
                    alternate: alternate_valuation.as_ref(),
                    name: lot.as_deref(),
                };
                self.inherit(index, position, &inherited)?;
            }
            LotEvent::Give { account, security, quantity, lots, to_charity, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                self.give(index, day, position, *quantity, lots, *to_charity)?;
            }
            LotEvent::Merger {
                security,
                into,
                from,
                to,
                cash_per_share,
                price,
                taxable,
                cash_in_lieu,
                ..
            } => {
                let terms = merger_terms(into.as_deref(), *from, *to, cash_in_lieu)?;
                let merger = Merger { terms, cash: *cash_per_share, price: *price, taxable: *taxable };
                self.merge(index, day, security, &merger)?;
            }
            LotEvent::SellShort { account, security, quantity, price, amount, fees, lot, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let shares = self.shares(position, *quantity)?;
                let proceeds =
                    self.sum(self.money(shares, *price, *amount)? - self.amount(*fees, "fees")?)?;
                self.sell_short(index, day, position, *quantity, proceeds, lot.as_deref())?;
            }
            LotEvent::BuyToCover { account, security, quantity, price, amount, fees, lots, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let shares = self.shares(position, *quantity)?;
                let cost = self.sum(self.money(shares, *price, *amount)? + self.amount(*fees, "fees")?)?;
                self.buy_to_cover(index, day, position, *quantity, cost, lots)?;
            }
            LotEvent::DeliverToCover { account, security, quantity, lots, short_sales, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let (event, quantity) = (index, *quantity);
                self.deliver(&deliver::Delivery { event, day, position, quantity, lots, short_sales })?;
            }
            LotEvent::Exercise { account, security, quantity, amount, lots, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let amount = self.sum(self.amount(*amount, "amount")?)?;
                let delivery =
                    Delivery { event: index, day, position, quantity: *quantity, amount, picks: lots };
                self.exercise(account.as_ref(), &delivery)?;
            }
            LotEvent::Assign { account, security, quantity, amount, lots, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let amount = self.sum(self.amount(*amount, "amount")?)?;
                let delivery =
                    Delivery { event: index, day, position, quantity: *quantity, amount, picks: lots };
                self.assign(account.as_ref(), &delivery)?;
            }
            LotEvent::Expire { account, security, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                self.expire(index, day, position)?;
            }
            LotEvent::MarkToMarket { security, price, .. } => {
                self.mark_to_market(index, day, security, *price)?;
            }
            LotEvent::SpinOff {
                security,
                into,
                from,
                to,
                basis_fraction,
                market_values,
                cash_in_lieu,
                ..
            } => {
                let terms = Terms { into, from: *from, to: *to, cash_in_lieu };
                self.spin_off(index, day, security, terms, *basis_fraction, market_values.as_ref())?;
            }
        }
        Ok(())
    }

    /// Decides what waits for the events of later days, as if there were none.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.end_days()?;
        self.decide_losses(i32::MAX)
    }

    /// Counts lots that an event looks at because it concerns all of a position, and refuses too many.
    pub(super) fn visited(&self, lots: Vec<Id<Lot>>) -> Result<Vec<Id<Lot>>> {
        self.count_visits(lots.len())?;
        Ok(lots)
    }

    /// The same of so many lots.
    pub(super) fn count_visits(&self, lots: usize) -> Result<()> {
        let visits = self.visits.get().saturating_add(lots);
        self.visits.set(visits);
        let most = VISITS_BESIDE + VISITS_OF_A_LOT * self.lots.len();
        if visits > most {
            let message = format!(
                "the events that concern every lot of a position, such as splits and distributions, would look at more than \
                 {most} lots"
            );
            return Err(Error::new(ErrorCode::InputTooLarge, message));
        }
        Ok(())
    }

    fn dividend(&mut self, date: Date, position: Id<Position>, amount: i128) {
        if self.is_taxable(position) {
            let year = self.rules.jurisdiction.tax_year(date);
            *self.dividends.at(year) += amount;
        }
    }

    /// Whether gains in the account of a position are taxed.
    pub(crate) fn is_taxable(&self, position: Id<Position>) -> bool {
        self.is_taxed(self.positions[position].account)
    }

    /// Whether gains in an account are taxed.
    pub(crate) fn is_taxed(&self, account: usize) -> bool {
        self.accounts.get(account).is_some_and(|account| account.treatment == TaxTreatment::Taxable)
    }

    pub(crate) fn family_of(&self, position: Id<Position>) -> Id<Family> {
        self.securities[self.positions[position].security].family
    }

    /// The shares that a quantity stands for: more than itself if it is one of contracts.
    pub(super) fn shares(&self, position: Id<Position>, quantity: Decimal) -> Result<Decimal> {
        match self.securities[self.positions[position].security].multiplier() {
            1 => Ok(quantity),
            multiplier => self.quantity(quantity)?.times(multiplier.into()).at("quantity"),
        }
    }

    /// The unit of the quantities of a position: a part of a share, or of a contract.
    pub(crate) fn unit_of(&self, position: Id<Position>) -> Result<Unit> {
        let multiplier = self.securities[self.positions[position].security].multiplier();
        self.families[self.family_of(position)].unit().refined(multiplier.into())
    }

    /// Makes every block known by the number of its event.
    pub(crate) fn number_blocks(&mut self) {
        // Each block has one number, and none goes away.
        let known = self.numbered.len();
        self.numbered.extend(self.blocks.iter().skip(known).map(|(id, block)| (block.event, id)));
    }

    /// An amount of money of either sign, in the smallest unit of the book.
    pub(crate) fn signed_amount(&self, amount: Decimal, field: &str) -> Result<i128> {
        let magnitude = amount_to(self.places, "the book", amount.abs(), field)?;
        Ok(if amount.is_negative() { -magnitude } else { magnitude })
    }

    /// An amount of money, in the smallest unit of the book, or in that of the currency of the event that is being applied.
    pub(crate) fn amount(&self, amount: Decimal, field: &str) -> Result<i128> {
        let whose = if self.is_abroad() { "the security, in its own currency," } else { "the book" };
        amount_to(self.event_places(), whose, amount, field)
    }

    /// The money of a trade: the amount that is given, or quantity times price, rounded half to even.
    fn money(&self, quantity: Decimal, price: Option<Decimal>, amount: Option<Decimal>) -> Result<i128> {
        match (price, amount) {
            (None, Some(amount)) => self.amount(amount, "amount"),
            (Some(price), None) => {
                check_price(price, "price")?;
                let quantity = self.quantity(quantity)?;
                self.product(quantity, price).at("price")
            }
            (Some(_), Some(_)) => {
                Err(Error::new(ErrorCode::FieldConflict, "give `price` or `amount`, not both").at("amount"))
            }
            (None, None) => Err(Error::new(ErrorCode::FieldMissing, "give `price` or `amount`").at("price")),
        }
    }

    /// A price of a share.
    #[expect(clippy::unused_self, reason = "it stands beside the checks of amounts and quantities")]
    pub(super) fn price(&self, price: Decimal, field: &str) -> Result<Decimal> {
        check_price(price, field)?;
        Ok(price.normalized())
    }

    /// Quantity times price, rounded half to even to the smallest unit.
    fn product(&self, quantity: Decimal, price: Decimal) -> Result<i128> {
        let to = self.event_places();
        let digits = |price: Decimal| quantity.mantissa().checked_mul(price.mantissa());
        let (product, price) = match digits(price) {
            Some(product) => (product, price),
            None => {
                let shown = price.normalized();
                (digits(shown).ok_or_else(overflow)?, shown)
            }
        };
        let places = quantity.scale() + price.scale();
        let amount = match to.checked_sub(places) {
            Some(missing) => product.checked_mul(10i128.pow(missing)),
            // A power that does not fit is more than twice the product.
            None => Some(10i128.checked_pow(places - to).map_or(0, |power| rounded_quotient(product, power))),
        };
        amount.filter(|amount| *amount <= i128::from(MOST) * 10i128.pow(to)).ok_or_else(overflow)
    }

    /// A number of shares that an event may name.
    pub(super) fn quantity(&self, quantity: Decimal) -> Result<Decimal> {
        if quantity.mantissa() <= 0 || is_above_most(quantity) {
            let message = format!("{quantity} is not a number of shares above 0 and up to 10^15");
            return Err(Error::new(ErrorCode::QuantityOutOfRange, message).at("quantity"));
        }
        if quantity.scale() <= MOST_QUANTITY_PLACES {
            return Ok(quantity);
        }
        let shown = quantity.normalized();
        if shown.scale() > MOST_QUANTITY_PLACES {
            let message = format!("{quantity} has more than {MOST_QUANTITY_PLACES} decimal places");
            return Err(Error::new(ErrorCode::DecimalTooPrecise, message).at("quantity"));
        }
        Ok(shown)
    }

    /// A number of shares of a family in its unit, which is refined if need be.
    pub(super) fn units(&mut self, family: Id<Family>, quantity: Decimal) -> Result<i128> {
        let quantity = self.quantity(quantity)?;
        let unit = self.families[family].unit();
        if let Some(units) = unit.count(quantity)? {
            return Ok(units);
        }
        let factor = unit.refinement(quantity)?;
        self.refine(family, factor)?;
        let units = self.families[family].unit().count(quantity)?;
        units.ok_or_else(|| Error::new(ErrorCode::DecimalOverflow, "the quantity has too many digits"))
    }

    /// Writes a line of the journal, if there is one.
    pub(super) fn note(
        &mut self,
        event: u32,
        lot: Id<Lot>,
        rule: BasisRule,
        basis: i128,
        other: Option<Id<Lot>>,
    ) {
        let units = self.lots[lot].holding.units;
        self.note_units(event, lot, rule, units, basis, other);
    }

    /// Writes a line of the journal about some of the units of a lot.
    pub(super) fn note_units(
        &mut self,
        event: u32,
        lot: Id<Lot>,
        rule: BasisRule,
        units: i128,
        basis: i128,
        other: Option<Id<Lot>>,
    ) {
        self.touch(lot);
        if self.journal.is_none() {
            return;
        }
        let family = self.family_of(self.lots[lot].position);
        let unit = self.families[family].units.len() - 1;
        if let Some(journal) = &mut self.journal {
            journal.push(Entry { event, lot, rule, units, unit, basis, other });
        }
    }
}

/// An amount of money in a unit of so many decimal places.
fn amount_to(to: u32, whose: &str, amount: Decimal, field: &str) -> Result<i128> {
    if amount.is_negative() || is_above_most(amount) {
        let message = format!("{amount} is not an amount from 0 to 10^15");
        return Err(Error::new(ErrorCode::AmountOutOfRange, message).at(field));
    }
    if let Some(missing) = to.checked_sub(amount.scale()) {
        return Ok(amount.mantissa() * 10i128.pow(missing));
    }
    let shown = amount.normalized();
    let missing = to.checked_sub(shown.scale()).ok_or_else(|| {
        let message = format!(
            "{amount} has {} decimal places; amounts of {whose} have {to} (`amountPlaces`)",
            shown.scale(),
        );
        Error::new(ErrorCode::DecimalTooPrecise, message).at(field)
    })?;
    Ok(shown.mantissa() * 10i128.pow(missing))
}

/// That a number is a price of a share.
fn check_price(price: Decimal, field: &str) -> Result<()> {
    if price.is_negative() || is_above_most(price) {
        let message = format!("{price} is not a price from 0 to 10^15");
        return Err(Error::new(ErrorCode::AmountOutOfRange, message).at(field));
    }
    Ok(())
}

/// Whether a number is above the greatest that an event may have.
fn is_above_most(number: Decimal) -> bool {
    // A decimal of 14 places and more has too few digits before the point. Nearly all others are smaller as integers, too.
    let mantissa = number.mantissa();
    mantissa > i128::from(MOST)
        && number.scale() < 14
        && mantissa > i128::from(MOST) * 10i128.pow(number.scale())
}

/// That the right of an option can be understood.
fn check_option(id: &str, option: &LotOption) -> Result<()> {
    let check = if let Err(error) = check::text(&option.underlying, MOST_ID) {
        Err(error.at("underlying"))
    } else if option.underlying == id {
        let message = "an option gives a right to another security";
        Err(Error::new(ErrorCode::FieldConflict, message).at("underlying"))
    } else {
        check::whole(option.multiplier, 1..=1_000_000, ErrorCode::CountOutOfRange)
            .at("multiplier")
            .map(|_| ())
    };
    check.at("option")
}

/// How many shares come of how many in a merger, if any do.
fn merger_terms<'a>(
    into: Option<&'a str>,
    from: Option<u32>,
    to: Option<u32>,
    cash_in_lieu: &'a [CashInLieu],
) -> Result<Option<Terms<'a>>> {
    match (into, from, to) {
        (Some(into), Some(from), Some(to)) => Ok(Some(Terms { into, from, to, cash_in_lieu })),
        (Some(_), ..) => {
            let message = "say how many new shares (`to`) come of how many old ones (`from`)";
            let field = if from.is_none() { "from" } else { "to" };
            Err(Error::new(ErrorCode::FieldMissing, message).at(field))
        }
        (None, None, None) if cash_in_lieu.is_empty() => Ok(None),
        (None, ..) => {
            let message = "there are no new shares without `into`";
            let field = match (from, to) {
                (Some(_), _) => "from",
                (None, Some(_)) => "to",
                (None, None) => "cashInLieu",
            };
            Err(Error::new(ErrorCode::FieldConflict, message).at(field))
        }
    }
}

/// The places of ids that must differ.
fn unique<'a>(ids: impl Iterator<Item = &'a str>, list: &str) -> Result<BTreeMap<String, usize>> {
    let mut places = BTreeMap::new();
    for (index, id) in ids.enumerate() {
        check::text(id, MOST_ID).at("id").at_index(list, index)?;
        if places.insert(id.to_owned(), index).is_some() {
            let message = format!("{id:?} is the id of an earlier entry; each needs its own");
            return Err(Error::new(ErrorCode::ListDuplicate, message).at("id").at_index(list, index));
        }
    }
    Ok(places)
}
