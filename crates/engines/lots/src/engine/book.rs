//! The book.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use wherewithal_base::{Error, ErrorCode, Result, check, dates::Date, error::At as _, num::Decimal};
use wherewithal_household::TaxTreatment;

use super::{
    BasisRule, Block, Disposal, Entry, Family, Holding, Id, Lot, Position, Security, Table, Wash,
    queue::Queue, return_of_capital::DistributionGain,
};
use crate::{
    exact::{Unit, overflow, rounded_quotient},
    holding_period::LongTermRule,
    input::{
        GainTaxRates, IdenticalSecurities, Jurisdiction, LotAccount, LotElection, LotEvent, LotMethod,
        LotRules, LotScope, LotSecurity, SecurityKind, WashSaleVerdict,
    },
};

/// The most shares of an event, and the most money: 10^15.
const MOST: i64 = 1_000_000_000_000_000;
/// The most decimal places of a quantity.
const MOST_QUANTITY_PLACES: u32 = 18;

/// The lots of a household's accounts and everything that was sold from them.
///
/// A book takes events in the order of their dates, one by one; each takes time that grows with the logarithm of the number
/// of lots of its position at most, apart from splits and other events that change every lot. An event that is refused
/// leaves the book as it was.
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
    /// The blocks whose event gives their lot an id.
    pub(crate) named: BTreeMap<String, Id<Block>>,
    /// The blocks by the index of their event, as far as someone asked.
    pub(crate) numbered: BTreeMap<u32, Id<Block>>,
    /// The ids of the blocks whose event gives one.
    pub(crate) names: BTreeMap<u32, String>,
    pub(crate) disposals: Vec<Disposal>,
    pub(crate) washes: Vec<Wash>,
    pub(crate) distribution_gains: Vec<DistributionGain>,
    /// Dividends by tax year, reinvested ones included.
    pub(crate) dividends: BTreeMap<i32, i128>,
    /// What happened to each lot; absent unless someone asks.
    pub(crate) journal: Option<Vec<Entry>>,
    /// In the United Kingdom: the positions whose day is not over.
    pub(super) open_days: BTreeSet<Id<Position>>,
    /// In Canada: the days of the losses that wait, with the family of each.
    pub(super) waiting: VecDeque<(i32, Id<Family>)>,
    account_ids: BTreeMap<String, usize>,
    security_ids: BTreeMap<String, Id<Security>>,
    position_ids: BTreeMap<(u32, usize), Id<Position>>,
    kinds: BTreeMap<String, SecurityKind>,
    groups: BTreeMap<String, Id<Family>>,
    last_day: i32,
    /// While a sale is made that stands before the purchases of its day: the first block that was bought early for it.
    pub(super) early: Option<u32>,
}

impl Book {
    /// An empty book.
    ///
    /// # Errors
    /// `list.duplicate` for an account, a security or a member of a group that is named twice; `number.out_of_range`.
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
        let accounts = match accounts {
            [] => vec![LotAccount { id: String::new(), treatment: TaxTreatment::Taxable }],
            given => given.to_vec(),
        };
        let mut book = Self {
            rules: rules.clone(),
            places,
            long_term: rules.long_term_days.map_or(LongTermRule::CalendarYear, |days| {
                LongTermRule::Days(i32::try_from(days).unwrap_or(i32::MAX))
            }),
            account_ids: unique(accounts.iter().map(|account| account.id.as_str()), "accounts")?,
            accounts,
            securities: Table::default(),
            families: Table::default(),
            positions: Table::default(),
            lots: Table::default(),
            blocks: Table::default(),
            named: BTreeMap::new(),
            numbered: BTreeMap::new(),
            names: BTreeMap::new(),
            disposals: Vec::new(),
            washes: Vec::new(),
            distribution_gains: Vec::new(),
            dividends: BTreeMap::new(),
            journal: None,
            open_days: BTreeSet::new(),
            waiting: VecDeque::new(),
            security_ids: BTreeMap::new(),
            position_ids: BTreeMap::new(),
            kinds: securities.iter().map(|security| (security.id.clone(), security.kind)).collect(),
            groups: BTreeMap::new(),
            last_day: i32::MIN,
            early: None,
        };
        unique(securities.iter().map(|security| security.id.as_str()), "securities")?;
        book.group(&rules.substantially_identical)?;
        book.check_elections(&rules.elections)?;
        book.check_rates()?;
        Ok(book)
    }

    /// Forms a family of each group of securities that are certainly the same.
    fn group(&mut self, groups: &[IdenticalSecurities]) -> Result<()> {
        for (index, group) in groups.iter().enumerate() {
            if group.verdict != WashSaleVerdict::Certain {
                continue;
            }
            let family = self.new_family();
            for (place, security) in group.securities.iter().enumerate() {
                if self.groups.insert(security.clone(), family).is_some() {
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
            Some(GainTaxRates { short_term, long_term }) => {
                check::decimal_fraction(*short_term).at("shortTerm").at("taxRates").at("rules")?;
                check::decimal_fraction(*long_term).at("longTerm").at("taxRates").at("rules")?;
            }
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

    fn new_family(&mut self) -> Id<Family> {
        self.families.push(Family { units: vec![Unit::default()], ..Family::default() })
    }

    fn account_by_id(&self, id: &str) -> Result<usize> {
        self.account_ids.get(id).copied().ok_or_else(|| {
            let id: String = id.chars().take(100).collect();
            Error::new(ErrorCode::NameUnknown, format!("no account is called {id:?}"))
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
        let treatment = self.accounts.get(account).map(|account| account.treatment);
        let alike = || self.accounts.iter().position(|other| Some(other.treatment) == treatment);
        if self.is_pooled() { alike().unwrap_or(account) } else { account }
    }

    /// What a security is.
    pub(crate) fn kind(&self, id: &str) -> SecurityKind {
        self.kinds.get(id).copied().unwrap_or_default()
    }

    pub(crate) fn security(&mut self, id: &str) -> Id<Security> {
        if let Some(security) = self.security_ids.get(id) {
            return *security;
        }
        let family = match self.groups.get(id) {
            Some(family) => *family,
            None => self.new_family(),
        };
        let kind = self.kind(id);
        let security =
            self.securities.push(Security { id: id.to_owned(), kind, family, positions: Vec::new() });
        self.families[family].securities.push(security);
        self.security_ids.insert(id.to_owned(), security);
        security
    }

    /// The position of a security in an account, with the method that counts on the day.
    pub(crate) fn position(&mut self, id: &str, account: Option<&String>, day: i32) -> Result<Id<Position>> {
        let account = self.standing_for(self.account(account)?);
        let security = self.security(id);
        let key = (security.index(), account);
        let position = match self.position_ids.get(&key) {
            Some(position) => *position,
            None => {
                let position = self.new_position(security, account)?;
                self.position_ids.insert(key, position);
                self.securities[security].positions.push(position);
                position
            }
        };
        self.follow_elections(position, day)?;
        Ok(position)
    }

    /// The position of an event that names one.
    pub(super) fn position_of(&mut self, event: &LotEvent) -> Result<Id<Position>> {
        self.position(event.security(), event.account(), event.date().day_number())
    }

    /// Says whether the purchases that come now are made early, for a sale that stands before them.
    pub(super) fn buy_early(&mut self, early: bool) {
        self.early = early.then(|| self.blocks.next_id().index());
    }

    fn new_position(&mut self, security: Id<Security>, account: usize) -> Result<Id<Position>> {
        let Security { id, kind, .. } = &self.securities[security];
        let account_id = self.accounts.get(account).map(|account| account.id.as_str());
        let mut changes: Vec<(i32, LotMethod)> = self
            .rules
            .elections
            .iter()
            .filter(|election| election.security.as_ref().is_none_or(|security| security == id))
            .filter(|election| election.account.is_none() || election.account.as_deref() == account_id)
            .map(|election| (election.from.map_or(i32::MIN, Date::day_number), election.method))
            .collect();
        // Stable, so that of two elections of one day the later in the list counts.
        changes.sort_by_key(|(from, _)| *from);
        let averaged = changes.iter().map(|(_, method)| *method).chain([self.rules.method]);
        if self.rules.jurisdiction == Jurisdiction::UnitedStates
            && !matches!(kind, SecurityKind::MutualFund | SecurityKind::ExchangeTradedFund)
            && averaged.into_iter().any(|method| method == LotMethod::AverageCost)
        {
            let message = format!(
                "{id:?} is no fund, and only shares of funds and of dividend reinvestment plans may have an average cost \
                 (Reg. 1.1012-1(e)(1)); give its kind in `securities`"
            );
            return Err(Error::new(ErrorCode::MethodUnsuitable, message).at("security"));
        }
        changes.reverse();
        let method = self.rules.method;
        Ok(self.positions.push(Position {
            security,
            account,
            held: 0,
            queue: Queue::new(method, self.rules.tax_rates),
            method,
            changes,
            pool: Holding::default(),
            pool_lot: None,
            today: None,
            pending_sales: VecDeque::new(),
        }))
    }

    /// Lets the elections take effect that count from this day on.
    pub(super) fn follow_elections(&mut self, id: Id<Position>, day: i32) -> Result<()> {
        let position = &mut self.positions[id];
        let mut method = position.method;
        while let Some((from, next)) = position.changes.last()
            && *from <= day
        {
            method = *next;
            position.changes.pop();
        }
        if method == position.method {
            return Ok(());
        }
        let before = position.method;
        position.method = method;
        let lots = position.queue.lots(&self.lots);
        if before == LotMethod::AverageCost {
            self.leave_average(id, &lots)?;
        } else if method == LotMethod::AverageCost {
            self.enter_average(id, &lots);
        }
        let position = &mut self.positions[id];
        let empty = Queue::new(method, self.rules.tax_rates);
        position.queue = empty.filled(&position.queue, &self.lots, self.long_term);
        Ok(())
    }

    /// Gives every lot of a position its share of the average cost.
    fn leave_average(&mut self, id: Id<Position>, lots: &[Id<Lot>]) -> Result<()> {
        for (lot, cost) in self.average_shares(id, lots)? {
            self.lots[lot].holding.set_cost(cost);
        }
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
            let message =
                format!("the event is of {}, before the last one of the book, {last}", event.date());
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("date"));
        }
        if day > self.last_day || !event.is_trade() {
            self.end_days()?;
            self.decide_losses(day)?;
        }
        let (_, sequence, _) = event.order();
        check::whole(sequence, 0..=1_000_000, ErrorCode::NumberOutOfRange).at("sequence")?;
        match event {
            LotEvent::Buy { account, security, quantity, price, amount, fees, lot, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let cost = self.money(*quantity, *price, *amount)? + self.amount(*fees, "fees")?;
                self.acquire(index, day, position, *quantity, cost, lot.as_deref())?;
            }
            LotEvent::Reinvest { account, security, quantity, amount, lot, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let cost = self.amount(*amount, "amount")?;
                self.acquire(index, day, position, *quantity, cost, lot.as_deref())?;
                self.dividend(event.date().year(), position, cost);
            }
            LotEvent::Dividend { account, security, amount, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let amount = self.amount(*amount, "amount")?;
                self.dividend(event.date().year(), position, amount);
            }
            LotEvent::Sell {
                account, security, quantity, price, amount, fees, lots, target_gain, ..
            } => {
                let position = self.position(security, account.as_ref(), day)?;
                let proceeds = self.money(*quantity, *price, *amount)? - self.amount(*fees, "fees")?;
                let wished = target_gain.map(|gain| self.signed_amount(gain, "targetGain")).transpose()?;
                if wished.is_some() && !lots.is_empty() {
                    let message = "the lots that are named decide the gain; give `lots` or `targetGain`";
                    return Err(Error::new(ErrorCode::FieldConflict, message).at("targetGain"));
                }
                self.sell(index, day, position, *quantity, proceeds, lots, wished)?;
            }
            LotEvent::Split { security, from, to, cash_in_lieu, .. } => {
                self.split(index, day, security, *from, *to, cash_in_lieu)?;
            }
            LotEvent::ReturnOfCapital { account, security, amount, .. } => {
                let position = self.position(security, account.as_ref(), day)?;
                let amount = self.amount(*amount, "amount")?;
                self.return_capital(index, day, position, amount)?;
            }
        }
        self.last_day = day;
        Ok(())
    }

    /// Decides what waits for the events of later days, as if there were none.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.end_days()?;
        self.decide_losses(i32::MAX)
    }

    fn dividend(&mut self, year: i32, position: Id<Position>, amount: i128) {
        if self.is_taxable(position) {
            *self.dividends.entry(year).or_insert(0) += amount;
        }
    }

    /// Whether gains in the account of a position are taxed.
    pub(crate) fn is_taxable(&self, position: Id<Position>) -> bool {
        let account = self.accounts.get(self.positions[position].account);
        account.is_some_and(|account| account.treatment == TaxTreatment::Taxable)
    }

    pub(crate) fn family_of(&self, position: Id<Position>) -> Id<Family> {
        self.securities[self.positions[position].security].family
    }

    /// Makes every block known by the number of its event.
    pub(super) fn number_blocks(&mut self) {
        // Each block has one number, and none goes away.
        let known = self.numbered.len();
        self.numbered.extend(self.blocks.iter().skip(known).map(|(id, block)| (block.event, id)));
    }

    /// An amount of money of either sign, in the smallest unit of the book.
    pub(crate) fn signed_amount(&self, amount: Decimal, field: &str) -> Result<i128> {
        let magnitude = self.amount(amount.abs(), field)?;
        Ok(if amount.is_negative() { -magnitude } else { magnitude })
    }

    /// An amount of money, in the smallest unit of the book.
    pub(crate) fn amount(&self, amount: Decimal, field: &str) -> Result<i128> {
        if amount.is_negative() || amount > Decimal::from(MOST) {
            let message = format!("{amount} is not an amount from 0 to 10^15");
            return Err(Error::new(ErrorCode::AmountOutOfRange, message).at(field));
        }
        if let Some(missing) = self.places.checked_sub(amount.scale()) {
            return Ok(amount.mantissa() * 10i128.pow(missing));
        }
        let shown = amount.normalized();
        let missing = self.places.checked_sub(shown.scale()).ok_or_else(|| {
            let message = format!(
                "{amount} has {} decimal places; amounts of the book have {} (`amountPlaces`)",
                shown.scale(),
                self.places
            );
            Error::new(ErrorCode::DecimalTooPrecise, message).at(field)
        })?;
        Ok(shown.mantissa() * 10i128.pow(missing))
    }

    /// The money of a trade: the amount that is given, or quantity times price, rounded half to even.
    fn money(&self, quantity: Decimal, price: Option<Decimal>, amount: Option<Decimal>) -> Result<i128> {
        match (price, amount) {
            (None, Some(amount)) => self.amount(amount, "amount"),
            (Some(price), None) => {
                if price.is_negative() || price > Decimal::from(MOST) {
                    let message = format!("{price} is not a price from 0 to 10^15");
                    return Err(Error::new(ErrorCode::AmountOutOfRange, message).at("price"));
                }
                let quantity = self.quantity(quantity)?;
                self.product(quantity, price).at("price")
            }
            (Some(_), Some(_)) => {
                Err(Error::new(ErrorCode::FieldConflict, "give `price` or `amount`, not both").at("amount"))
            }
            (None, None) => Err(Error::new(ErrorCode::FieldMissing, "give `price` or `amount`").at("price")),
        }
    }

    /// Quantity times price, rounded half to even to the smallest unit of the book.
    fn product(&self, quantity: Decimal, price: Decimal) -> Result<i128> {
        let places = quantity.scale() + price.scale();
        let product = quantity.mantissa().checked_mul(price.mantissa()).ok_or_else(overflow)?;
        let amount = match self.places.checked_sub(places) {
            Some(missing) => product.checked_mul(10i128.pow(missing)),
            None => Some(rounded_quotient(product, 10i128.pow(places - self.places))),
        };
        amount.filter(|amount| *amount <= i128::from(MOST) * 10i128.pow(self.places)).ok_or_else(overflow)
    }

    /// A number of shares that an event may name.
    pub(super) fn quantity(&self, quantity: Decimal) -> Result<Decimal> {
        if quantity.mantissa() <= 0 || quantity > Decimal::from(MOST) {
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

/// The places of ids that must differ.
fn unique<'a>(ids: impl Iterator<Item = &'a str>, list: &str) -> Result<BTreeMap<String, usize>> {
    let mut places = BTreeMap::new();
    for (index, id) in ids.enumerate() {
        if places.insert(id.to_owned(), index).is_some() {
            let message = format!("{id:?} is the id of an earlier entry; each needs its own");
            return Err(Error::new(ErrorCode::ListDuplicate, message).at("id").at_index(list, index));
        }
    }
    Ok(places)
}
