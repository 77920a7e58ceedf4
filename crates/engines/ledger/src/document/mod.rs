//! `ledger.household`.

mod held;
mod ids;
mod prices;
mod records;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
};
use wherewithal_household::{
    Account, AccountKind, ExchangeRate, Holding, Household, Liability, LiabilityKind,
};

pub use records::{
    AssumedInHousehold, HouseholdFromLedger, HouseholdFromLedgerInput, LedgerAccountOwner,
    LedgerBalanceBasis, LedgerItem, LeftOutOfHousehold,
};

use self::{held::Held, ids::Ids, prices::Prices};
use crate::{
    LedgerAccount,
    prove::zero_opening,
    replay::{Reading, Records, Track, What, tracks},
    validate,
};

/// The most accounts of a document.
const MAX_ACCOUNTS: usize = 1_000;
/// The decimal places that a number of shares, a price and a share of ownership may have in a document.
const QUANTITY_PLACES: u32 = 18;
const SHARE_PLACES: u32 = 9;
/// The decimal places that an exchange rate of a document may have.
const RATE_PLACES: u32 = 9;
/// The longest name and symbol of a document, in characters.
const MAX_NAME: usize = 200;
const MAX_SYMBOL: usize = 20;

/// Makes a household document out of the records of its accounts, as of the end of a day.
///
/// ```
/// # use wherewithal_ledger::wherewithal;
/// use wherewithal::{control::Control, ledger::{self, HouseholdFromLedgerInput}};
///
/// let input: HouseholdFromLedgerInput = serde_json::from_str(r#"{
///     "name": "Example", "asOf": "2026-03-31", "accounts": [{"id": "bank", "kind": "checking"}],
///     "balances": [{"account": "bank", "date": "2026-02-28", "kind": "ledger", "amount": "1000.00"}],
///     "transactions": [
///         {"id": "1", "account": "bank", "date": "2026-03-31", "amount": "-250.00", "type": "payment", "description": "RENT"}]
/// }"#).unwrap();
/// let made = ledger::household(&input, &Control::default())?;
/// assert_eq!(made.household.accounts[0].cash.unwrap().to_string(), "750.00");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`validate`](crate::validate) and of
/// [`Household::validate`](crate::wherewithal::household::Household::validate); `name.unknown`, `list.duplicate`,
/// `list.too_long`, `amount.out_of_range`, `rate.out_of_range`, `decimal.too_precise`, `decimal.overflow`,
/// `operation.cancelled`.
pub fn household(input: &HouseholdFromLedgerInput, control: &Control) -> Result<HouseholdFromLedger> {
    validate_input(input, control)?;
    control.check()?;
    let mut work = Work::under(control);
    let records = Records {
        accounts: &input.accounts,
        transactions: &input.transactions,
        balances: &input.balances,
        positions: &input.positions,
    };
    let reading = Reading {
        cash_date: input.cash_date,
        positions_as_of: input.positions_as_of,
        positions_are_complete: !input.positions_incomplete,
    };
    let mut of_accounts: BTreeMap<usize, Vec<Track<'_>>> = BTreeMap::new();
    for track in tracks(&records, reading, control)? {
        of_accounts.entry(track.account).or_default().push(track);
    }
    let mut making = Making::of(input, &mut work)?;
    for (place, account) in input.accounts.iter().enumerate() {
        work.done(16)?;
        making.account(account, &of_accounts.remove(&place).unwrap_or_default(), &mut work)?;
    }
    making.made.household.validate()?;
    Ok(making.made)
}

fn validate_input(input: &HouseholdFromLedgerInput, control: &Control) -> Result<()> {
    check::length(input.accounts.len(), 0..=MAX_ACCOUNTS).at("accounts")?;
    validate::records(
        &input.accounts,
        &input.securities,
        &input.transactions,
        &input.balances,
        &input.positions,
        control,
    )?;
    let accounts: BTreeSet<&str> = input.accounts.iter().map(|account| account.id.as_str()).collect();
    let securities: BTreeSet<&str> = input.securities.iter().map(|security| security.id.as_str()).collect();
    let people: BTreeSet<&str> = input.people.iter().map(|person| person.id.as_str()).collect();
    for (index, id) in input.complete_accounts.iter().enumerate() {
        let known = validate::is_known(id, |id| accounts.contains(id), "account");
        known.at_index("completeAccounts", index)?;
    }
    for (index, price) in input.prices.iter().enumerate() {
        validate::is_known(&price.security, |id| securities.contains(id), "security")
            .at("security")
            .and_then(|()| validate::not_negative(Some(price.price), "price"))
            .at_index("prices", index)?;
    }
    // Of several rates the document has one, so it does not see the others.
    let mut rates = BTreeSet::new();
    for (index, rate) in input.exchange_rates.iter().enumerate() {
        exchange_rate(rate).at_index("exchangeRates", index)?;
        if !rates.insert((rate.from, rate.to, rate.date)) {
            let message =
                format!("there is already a rate from {} to {} of {}", rate.from, rate.to, rate.date);
            return Err(Error::new(ErrorCode::ListDuplicate, message).at_index("exchangeRates", index));
        }
    }
    let mut seen = BTreeSet::new();
    for (index, owner) in input.owners.iter().enumerate() {
        let check = || {
            validate::is_known(&owner.account, |id| accounts.contains(id), "account").at("account")?;
            if let Some(person) = &owner.owner {
                validate::is_known(person, |id| people.contains(id), "person").at("owner")?;
            }
            owner.ownership_share.map_or(Ok(()), share).at("ownershipShare")
        };
        check().at_index("owners", index)?;
        if !seen.insert(owner.account.as_str()) {
            let message = "the owner of the account is given by an earlier entry";
            return Err(Error::new(ErrorCode::ListDuplicate, message)
                .at("account")
                .at_index("owners", index));
        }
    }
    Ok(())
}

fn share(share: Decimal) -> Result<()> {
    check::decimal_rate(share, check::above(0_u32, 1_u32))?;
    check::decimal_places(share, SHARE_PLACES).map(|_| ())
}

/// That a rate is one that a document may have.
fn exchange_rate(rate: &ExchangeRate) -> Result<()> {
    if rate.from == rate.to {
        let message = format!("from and to are both {}; an exchange rate needs two currencies", rate.from);
        return Err(Error::new(ErrorCode::FieldConflict, message).at("to"));
    }
    if rate.rate <= Decimal::ZERO {
        let message = format!("{} is not above zero", rate.rate);
        return Err(Error::new(ErrorCode::AmountOutOfRange, message).at("rate"));
    }
    check::decimal_places(rate.rate, RATE_PLACES).at("rate").map(|_| ())
}

/// Of several rates of two currencies, the last one on the day or before, else the first one after it.
fn nearest_rates(input: &HouseholdFromLedgerInput) -> Vec<ExchangeRate> {
    let rank = |rate: &ExchangeRate| {
        let days = rate.date.days_until(input.as_of);
        (days < 0, days.abs())
    };
    let mut nearest: BTreeMap<(Currency, Currency), (bool, i32)> = BTreeMap::new();
    for rate in &input.exchange_rates {
        let best = nearest.entry((rate.from, rate.to)).or_insert_with(|| rank(rate));
        *best = rank(rate).min(*best);
    }
    let is_nearest = |rate: &&ExchangeRate| nearest.get(&(rate.from, rate.to)) == Some(&rank(rate));
    input.exchange_rates.iter().filter(is_nearest).copied().collect()
}

/// A document in the making.
struct Making<'a> {
    input: &'a HouseholdFromLedgerInput,
    made: HouseholdFromLedger,
    prices: Prices<'a>,
    complete: BTreeSet<&'a str>,
    owners: BTreeMap<&'a str, &'a LedgerAccountOwner>,
    securities: BTreeMap<&'a str, &'a crate::LedgerSecurity>,
    ids: Ids,
}

impl<'a> Making<'a> {
    fn of(input: &'a HouseholdFromLedgerInput, work: &mut Work<'_, '_>) -> Result<Self> {
        let mut household = Household::new(&input.name, input.currency, input.as_of);
        household.residence.clone_from(&input.residence);
        household.people.clone_from(&input.people);
        household.exchange_rates = nearest_rates(input);
        let (mut owners, mut securities) = (BTreeMap::new(), BTreeMap::new());
        owners.extend(input.owners.iter().map(|owner| (owner.account.as_str(), owner)));
        securities.extend(input.securities.iter().map(|security| (security.id.as_str(), security)));
        Ok(Self {
            input,
            made: HouseholdFromLedger {
                household,
                items: Vec::new(),
                assumed: Vec::new(),
                left_out: Vec::new(),
            },
            prices: Prices::of(input, work)?,
            complete: input.complete_accounts.iter().map(String::as_str).collect(),
            owners,
            securities,
            ids: Ids::taken(input.people.iter().map(|person| person.id.as_str())),
        })
    }

    /// Adds an account: one of the document for each currency.
    fn account(
        &mut self,
        account: &LedgerAccount,
        tracks: &[Track<'_>],
        work: &mut Work<'_, '_>,
    ) -> Result<()> {
        let own = self.currency_of(account, tracks);
        if tracks.is_empty() {
            self.assume(account, "nothing is stated of it, and it is taken to be empty".to_owned());
        }
        let mut parts: BTreeMap<Currency, Part> = BTreeMap::new();
        parts.insert(own, Part::default());
        for track in tracks {
            let zero = zero_opening(track, &self.input.accounts, &self.input.transactions, &self.complete);
            let held = held::held(track, self.input.as_of, zero.is_some(), work)?;
            if held.basis == LedgerBalanceBasis::TransactionsAlone && held.transactions > 0 {
                let what = match track.what {
                    What::Cash(_) => "its cash",
                    What::Shares(security) => security,
                };
                self.assume(
                    account,
                    format!("no figure is stated of {what}, which is taken to have been zero"),
                );
            }
            match track.what {
                What::Cash(currency) => {
                    let part = parts.entry(currency.unwrap_or(own)).or_default();
                    part.cash.push((held, track.places));
                }
                What::Shares(security) => {
                    if let Some((currency, position)) = self.position(account, security, held, own)? {
                        parts.entry(currency).or_default().positions.push(position);
                    }
                }
            }
        }
        let holds = parts.values().any(|part| !part.positions.is_empty());
        for (currency, part) in parts {
            if currency == own || !part.is_empty() {
                self.part(account, currency, currency == own, holds, part)?;
            }
        }
        Ok(())
    }

    /// The currency of an account: its own, else the only one of its cash, else the document's.
    fn currency_of(&mut self, account: &LedgerAccount, tracks: &[Track<'_>]) -> Currency {
        let mut of_cash = tracks.iter().filter_map(|track| match track.what {
            What::Cash(currency) => currency,
            What::Shares(_) => None,
        });
        let only = of_cash.next().filter(|_| of_cash.next().is_none());
        account.currency.or(only).unwrap_or_else(|| {
            let currency = self.input.currency;
            self.assume(account, format!("its currency is not stated, and taken to be {currency}"));
            currency
        })
    }

    /// A position, with the currency of its price; `None` if the document cannot have it.
    fn position(
        &mut self,
        account: &LedgerAccount,
        id: &str,
        held: Held,
        own: Currency,
    ) -> Result<Option<(Currency, Position)>> {
        let quantity = held.amount.decimal(0)?;
        let quantity = if quantity.scale() > QUANTITY_PLACES {
            quantity.round(QUANTITY_PLACES, Rounding::HalfEven).normalized()
        } else {
            quantity
        };
        if quantity.is_zero() {
            return Ok(None);
        }
        let security = self.securities.get(id).copied();
        let priced = if account.liability_kind.is_some() {
            Err("a debt holds no securities")
        } else if quantity.is_negative() {
            Err("a document has no short positions")
        } else {
            self.prices.price(id)
        };
        let price = match priced {
            Ok(price) => price,
            Err(reason) => {
                self.made.left_out.push(LeftOutOfHousehold {
                    account: account.id.clone(),
                    security: Some(id.to_owned()),
                    amount: quantity,
                    reason: reason.to_owned(),
                });
                return Ok(None);
            }
        };
        let currency = price.currency.or(security.and_then(|one| one.currency)).unwrap_or(own);
        let symbol = security.and_then(|one| one.symbol.as_deref()).unwrap_or(id);
        let per_share = if price.price.scale() > QUANTITY_PLACES {
            price.price.round(QUANTITY_PLACES, Rounding::HalfEven)
        } else {
            price.price
        };
        let holding = Holding {
            symbol: symbol.chars().take(MAX_SYMBOL).collect(),
            name: security.and_then(|one| one.name.clone()),
            quantity,
            price: per_share,
            cost_basis: None,
            price_date: Some(price.date).filter(|date| *date != self.input.as_of),
            asset_class: None,
        };
        Ok(Some((currency, Position { security: id.to_owned(), holding, held, price_date: price.date })))
    }

    /// Adds the part of an account that is in one currency.
    fn part(
        &mut self,
        account: &LedgerAccount,
        currency: Currency,
        is_own: bool,
        holds: bool,
        part: Part,
    ) -> Result<()> {
        let id = if is_own { account.id.clone() } else { format!("{}-{}", account.id, currency.code()) };
        let id = self.ids.give(&id);
        let places = self.made.household.places_of(Some(currency));
        let mut cash = Decimal::ZERO.round(places, Rounding::HalfEven);
        for (held, shown) in &part.cash {
            let exact = held.amount.decimal(*shown)?;
            let amount = exact.round(places, Rounding::HalfEven);
            if amount != exact {
                self.assume(
                    account,
                    format!("its cash, {exact} {}, is rounded to {amount}", currency.code()),
                );
            }
            cash = cash.plus(amount)?;
            self.item(&id, account, currency, None, amount, held, None);
        }
        for position in &part.positions {
            let (quantity, date) = (position.holding.quantity, Some(position.price_date));
            let security = Some(position.security.clone());
            self.item(&id, account, currency, security, quantity, &position.held, date);
        }
        let owner = self.owners.get(account.id.as_str()).copied();
        let (person, share) = match owner {
            Some(owner) => (owner.owner.clone(), owner.ownership_share),
            None => (None, None),
        };
        let name = name_of(account);
        let foreign = Some(currency).filter(|currency| *currency != self.input.currency);
        if let Some(kind) = account.liability_kind {
            let liability = Liability {
                lender: account.institution.clone(),
                currency: foreign,
                owner: person,
                ownership_share: share,
                ..debt(id, name, kind, cash.negated())
            };
            self.made.household.liabilities.push(liability);
            return Ok(());
        }
        let kind = self.kind_of(account, holds, is_own);
        self.made.household.accounts.push(Account {
            id,
            name,
            kind,
            owner: person,
            institution: account.institution.clone(),
            currency: foreign,
            balance: None,
            cash: Some(cash),
            cost_basis: None,
            tax_treatment: account.tax_treatment,
            interest_rate: None,
            holdings: part.positions.into_iter().map(|position| position.holding).collect(),
            ownership_share: share,
            dividend_yield: None,
            allocation: Vec::new(),
            access_age: None,
        });
        Ok(())
    }

    fn kind_of(&mut self, account: &LedgerAccount, holds: bool, is_first: bool) -> AccountKind {
        account.kind.unwrap_or_else(|| {
            let kind = if holds { AccountKind::Brokerage } else { AccountKind::Checking };
            if is_first {
                let name = kind.name().to_lowercase();
                self.assume(account, format!("its kind is not stated, and taken to be a {name}"));
            }
            kind
        })
    }

    fn assume(&mut self, account: &LedgerAccount, assumption: String) {
        self.made.assumed.push(AssumedInHousehold { account: account.id.clone(), assumption });
    }

    #[expect(clippy::too_many_arguments, reason = "they are the fields of the item")]
    fn item(
        &mut self,
        id: &str,
        account: &LedgerAccount,
        currency: Currency,
        security: Option<String>,
        amount: Decimal,
        held: &Held,
        price_date: Option<wherewithal_base::dates::Date>,
    ) {
        self.made.items.push(LedgerItem {
            id: id.to_owned(),
            account: account.id.clone(),
            security,
            currency,
            amount,
            basis: held.basis,
            figure_date: held.figure_date,
            transactions: u32::try_from(held.transactions).unwrap_or(u32::MAX),
            price_date,
        });
    }
}

/// What an account holds in one currency.
#[derive(Default)]
struct Part {
    /// The cash, and the decimal places that it shows.
    cash: Vec<(Held, u32)>,
    positions: Vec<Position>,
}

impl Part {
    fn is_empty(&self) -> bool {
        self.positions.is_empty() && self.cash.iter().all(|(held, _)| held.amount.is_zero())
    }
}

struct Position {
    security: String,
    holding: Holding,
    held: Held,
    price_date: wherewithal_base::dates::Date,
}

fn name_of(account: &LedgerAccount) -> String {
    let described = match (&account.institution, &account.number) {
        (Some(institution), Some(number)) => Some(format!("{institution} …{number}")),
        _ => None,
    };
    let name = account.name.clone().or(described).unwrap_or_else(|| account.id.clone());
    name.chars().take(MAX_NAME).collect()
}

fn debt(id: String, name: String, kind: LiabilityKind, balance: Decimal) -> Liability {
    Liability {
        id,
        name,
        kind,
        owner: None,
        lender: None,
        currency: None,
        balance,
        annual_rate: None,
        payment: None,
        remaining_months: None,
        extra_monthly_payment: None,
        next_payment: None,
        secured_by: None,
        original_amount: None,
        origination_date: None,
        ownership_share: None,
        deferment: None,
        paid_in_full: false,
        credit_limit: None,
    }
}
