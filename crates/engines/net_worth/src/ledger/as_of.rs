//! `net_worth.as_of`: the statement of a day.

use std::collections::BTreeMap;

use wherewithal_base::{
    Result,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
    wire::Wire,
};
use wherewithal_household::{AssetCategory, LiabilityKind, TaxTreatment};

use super::{
    NetWorthBooks,
    after_tax::{AfterTaxNetWorth, Liquidation, after_tax},
    books::{Books, Position, What},
    lines::{Findings, NetWorthAdjustment, NetWorthPositionKind, StaleFigure, UnpricedPosition},
    people::{ByPerson, parts},
    tables::{places_of, shown},
};
use crate::{NetWorthCategory, NetWorthLiabilityTotal};

/// Input of `net_worth.as_of`.
#[derive(Debug, Clone, Wire)]
pub struct NetWorthAsOfInput {
    /// The ledger, and what gives it a value.
    pub books: NetWorthBooks,
    /// The day at whose end everything is valued. What is dated on that day is included.
    pub as_of: Date,
    /// The tax rates at which everything would be sold; without them `afterTax` is absent.
    #[wire(omit)]
    pub liquidation: Option<Liquidation>,
}

/// What the accounts and assets of a ledger are worth at the end of a day.
///
/// `netWorth` is the sum of the accounts, of the persons, of the tax treatments and of the currencies, and `totalAssets` less
/// `totalLiabilities`, to the last digit; each account is the sum of its positions.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthAsOf {
    /// The day of the statement.
    pub as_of: Date,
    /// The currency of all totals.
    pub currency: Currency,
    /// The sum of all positions above zero.
    pub total_assets: Decimal,
    /// The sum of all positions below zero, as a positive amount: debts, overdrawn accounts, short positions.
    pub total_liabilities: Decimal,
    /// Assets less liabilities.
    pub net_worth: Decimal,
    /// The sum of the accounts and assets that can be turned into cash within days without a penalty; debts are not among them.
    pub liquid_assets: Decimal,
    /// What private funds may still call, at the exchange rates of the day. It is not part of the totals.
    pub unfunded_commitments: Decimal,
    /// The total of each category of assets, in the order of a statement.
    pub categories: Vec<NetWorthCategory>,
    /// The total of each kind of liability that occurs.
    pub liability_totals: Vec<NetWorthLiabilityTotal>,
    /// The accounts in the order of the ledger, then the assets.
    pub accounts: Vec<AccountNetWorth>,
    /// The positions, by account.
    pub positions: Vec<NetWorthPosition>,
    /// What belongs to each person, by name; what is held jointly is last and has none.
    pub persons: Vec<PersonNetWorth>,
    /// The sums by tax treatment; debts are taxable.
    pub tax_treatments: Vec<TaxTreatmentNetWorth>,
    /// The sums by currency.
    pub currencies: Vec<CurrencyNetWorth>,
    /// Positions without a price, which are left out.
    pub unpriced: Vec<UnpricedPosition>,
    /// Old prices and exchange rates that were used.
    pub stale: Vec<StaleFigure>,
    /// Statements up to the day that differ from the transactions.
    pub adjustments: Vec<NetWorthAdjustment>,
    /// What would be left if everything were sold at the rates of `liquidation`.
    pub after_tax: Option<AfterTaxNetWorth>,
}

/// What an account or an asset is worth.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AccountNetWorth {
    /// The id.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The kind of the debt, of a card or a loan.
    pub liability_kind: Option<LiabilityKind>,
    /// Whether it can be turned into cash within days without a penalty.
    pub liquid: bool,
    /// How its growth and withdrawals are taxed.
    pub tax_treatment: TaxTreatment,
    /// Its value; negative for a debt.
    pub value: Decimal,
}

/// A position on a day.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthPosition {
    /// The id of the account or the asset.
    pub account: String,
    /// What it is in.
    pub kind: NetWorthPositionKind,
    /// The id of the security.
    pub security: Option<String>,
    /// The number of shares; of cash and assets the amount.
    pub quantity: Decimal,
    /// The price of a share, divided by the ratio of the splits since its day; with more than 18 decimal places, rounded half to even to
    /// them.
    pub price: Option<Decimal>,
    /// The day on which the price was stated.
    pub price_date: Option<Date>,
    /// The currency of the position.
    pub currency: Currency,
    /// The value in that currency, of shares rounded half to even to its minor unit.
    pub amount: Decimal,
    /// The exchange rate; 1 for the currency of all totals.
    pub exchange_rate: Decimal,
    /// The day of the exchange rate.
    pub rate_date: Option<Date>,
    /// The value in the currency of all totals, rounded half to even to its minor unit if it was converted.
    pub value: Decimal,
}

/// What belongs to a person.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PersonNetWorth {
    /// The person; absent for what is held jointly.
    pub person: Option<String>,
    /// The person's parts of all accounts and assets.
    pub value: Decimal,
}

/// What is taxed in one way.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct TaxTreatmentNetWorth {
    /// How growth and withdrawals are taxed.
    pub tax_treatment: TaxTreatment,
    /// The sum of the accounts.
    pub value: Decimal,
}

/// What is in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CurrencyNetWorth {
    /// The currency.
    pub currency: Currency,
    /// The sum of the positions in it.
    pub amount: Decimal,
    /// The sum of their values in the currency of all totals.
    pub value: Decimal,
}

/// What the accounts and assets of a ledger are worth at the end of a day.
///
/// ```
/// # use wherewithal_net_worth::wherewithal;
/// use wherewithal::{control::Control, net_worth::{self, NetWorthAsOfInput}};
///
/// let input: NetWorthAsOfInput = serde_json::from_str(r#"{"asOf": "2026-11-30", "books": {
///     "ledger": {"accounts": [{"id": "checking", "kind": "checking"}], "transactions": [
///         {"id": "1", "account": "checking", "date": "2026-11-30", "amount": "-250", "type": "purchase", "description": "Rent"}]},
///     "balances": [{"account": "checking", "date": "2026-10-31", "kind": "ledger", "amount": "1000"}]}}"#).unwrap();
/// assert_eq!(net_worth::as_of(&input, &Control::default())?.net_worth.to_string(), "750.00");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`classify`](wherewithal_classification::classify), inside `books.ledger`; inside `books` those of its fields, and
/// `currency.mismatch` where an exchange rate is missing; `decimal.overflow`.
pub fn as_of(input: &NetWorthAsOfInput, control: &Control) -> Result<NetWorthAsOf> {
    let books = Books::read(&input.books, control).at("books")?;
    let (mut told, by_item) = statement(&books, input.as_of, control).at("books")?;
    if let Some(liquidation) = &input.liquidation {
        let after =
            after_tax(&books, liquidation, input.as_of, &by_item, told.net_worth).at("liquidation")?;
        told.after_tax = Some(after);
    }
    Ok(told)
}

/// The statement, and the value of each item.
fn statement(books: &Books<'_>, day: Date, control: &Control) -> Result<(NetWorthAsOf, Vec<Decimal>)> {
    let mut work = Work::under(control);
    let mut findings = Findings::default();
    let mut positions = Vec::new();
    let mut by_item = vec![Decimal::ZERO; books.items.len()];
    let mut sides = Sides::default();
    let mut currencies: BTreeMap<Currency, (Decimal, Decimal)> = BTreeMap::new();
    for position in &books.positions {
        work.done(1)?;
        let Some(worth) = books.noted_worth(position, day, &mut findings)? else { continue };
        if worth.quantity.is_zero() {
            continue;
        }
        #[expect(clippy::indexing_slicing, reason = "a position is of an item")]
        let total = &mut by_item[position.item];
        *total = total.plus(worth.value)?;
        sides.add(books, position, worth.value)?;
        let (amount, value) = currencies.entry(position.currency).or_default();
        *amount = amount.plus(worth.amount)?;
        *value = value.plus(worth.value)?;
        positions.push(NetWorthPosition {
            account: books.item(position).id.to_owned(),
            kind: books.kind(position),
            security: books.security_id(position),
            quantity: worth.quantity.normalized(),
            price: worth.price.map(|(price, _)| price.normalized()),
            price_date: worth.price.map(|(_, date)| date),
            currency: position.currency,
            amount: shown(worth.amount, places_of(position.currency)),
            exchange_rate: worth.rate.normalized(),
            rate_date: worth.rate_date,
            value: shown(worth.value, books.rates.places()),
        });
    }
    let places = books.rates.places();
    let shown = |value: Decimal| shown(value, places);
    let mut persons: ByPerson<'_, Decimal> = BTreeMap::new();
    let mut treatments: BTreeMap<u8, (TaxTreatment, Decimal)> = BTreeMap::new();
    let mut accounts = Vec::new();
    let mut liquid = Decimal::ZERO;
    for (item, value) in books.items.iter().zip(&by_item) {
        if item.outside {
            continue;
        }
        if item.owners.is_empty() {
            let joint = persons.entry(None).or_default();
            *joint = joint.plus(*value)?;
        }
        for (owner, part) in item.owners.iter().zip(parts(*value, item.owners, places)?) {
            let person = persons.entry(Some(&owner.person)).or_default();
            *person = person.plus(part)?;
        }
        let (_, sum) =
            treatments.entry(rank(item.tax_treatment)).or_insert((item.tax_treatment, Decimal::ZERO));
        *sum = sum.plus(*value)?;
        if item.liquid && item.liability_kind.is_none() {
            liquid = liquid.plus(*value)?;
        }
        accounts.push(AccountNetWorth {
            id: item.id.to_owned(),
            name: item.name.map(str::to_owned),
            liability_kind: item.liability_kind,
            liquid: item.liquid && item.liability_kind.is_none(),
            tax_treatment: item.tax_treatment,
            value: shown(*value),
        });
    }
    // Jointly held things come last.
    let joint = persons.remove(&None);
    let persons = (persons.into_iter().chain(joint.map(|value| (None, value))))
        .map(|(person, value)| PersonNetWorth { person: person.map(str::to_owned), value: shown(value) })
        .collect();
    let (total_assets, total_liabilities) = sides.totals()?;
    let told = NetWorthAsOf {
        as_of: day,
        currency: books.input.currency,
        total_assets: shown(total_assets),
        total_liabilities: shown(total_liabilities),
        net_worth: shown(total_assets.minus(total_liabilities)?),
        liquid_assets: shown(liquid),
        unfunded_commitments: shown(commitments(books, day)?),
        categories: sides.categories(total_assets, places)?,
        liability_totals: sides.liabilities(places),
        accounts,
        positions,
        persons,
        tax_treatments: (treatments.into_values())
            .map(|(tax_treatment, value)| TaxTreatmentNetWorth { tax_treatment, value: shown(value) })
            .collect(),
        currencies: (currencies.into_iter())
            .map(|(currency, (amount, value))| CurrencyNetWorth {
                currency,
                amount: super::tables::shown(amount, places_of(currency)),
                value: shown(value),
            })
            .collect(),
        stale: findings.stale(),
        unpriced: findings.unpriced,
        adjustments: books.adjustments_between(None, day)?,
        after_tax: None,
    };
    Ok((told, by_item))
}

fn rank(treatment: TaxTreatment) -> u8 {
    match treatment {
        TaxTreatment::Taxable => 0,
        TaxTreatment::TaxDeferred => 1,
        TaxTreatment::TaxFree => 2,
    }
}

/// What funds may still call.
fn commitments(books: &Books<'_>, day: Date) -> Result<Decimal> {
    let mut sum = Decimal::ZERO;
    for asset in &books.input.assets {
        if let Some(unfunded) = asset.unfunded_commitment {
            let currency = asset.currency.unwrap_or(books.input.currency);
            sum = sum.plus(books.rates.convert(unfunded, currency, day)?)?;
        }
    }
    Ok(sum)
}

/// The two sides of a statement.
#[derive(Default)]
struct Sides {
    assets: BTreeMap<AssetCategory, (u32, Decimal)>,
    liabilities: BTreeMap<LiabilityKind, (u32, Decimal)>,
}

impl Sides {
    fn add(&mut self, books: &Books<'_>, position: &Position, value: Decimal) -> Result<()> {
        let item = books.item(position);
        let is_shares = matches!(position.what, What::Security(_));
        let (count, total) = if value.is_negative() {
            let kind = if is_shares { LiabilityKind::Other } else { LiabilityKind::Overdraft };
            self.liabilities.entry(item.liability_kind.unwrap_or(kind)).or_default()
        } else {
            let category = if is_shares { AssetCategory::Investments } else { AssetCategory::CashAndBanking };
            self.assets.entry(item.category.unwrap_or(category)).or_default()
        };
        *count += 1;
        *total = total.plus(value.abs())?;
        Ok(())
    }

    fn totals(&self) -> Result<(Decimal, Decimal)> {
        let assets = Decimal::sum(self.assets.values().map(|(_, total)| *total))?;
        let liabilities = Decimal::sum(self.liabilities.values().map(|(_, total)| *total))?;
        Ok((assets, liabilities))
    }

    fn categories(&self, all: Decimal, places: u32) -> Result<Vec<NetWorthCategory>> {
        AssetCategory::ALL
            .into_iter()
            .map(|category| {
                let (count, total) = self.assets.get(&category).copied().unwrap_or_default();
                let share = if all.is_zero() {
                    None
                } else {
                    Some(total.divided_by(all)?.round(4, Rounding::HalfEven))
                };
                let total = shown(total, places);
                Ok(NetWorthCategory { category, name: category.name().to_owned(), count, total, share })
            })
            .collect()
    }

    fn liabilities(&self, places: u32) -> Vec<NetWorthLiabilityTotal> {
        (self.liabilities.iter())
            .map(|(kind, (count, total))| NetWorthLiabilityTotal {
                kind: *kind,
                name: kind.name().to_owned(),
                count: *count,
                total: shown(*total, places),
            })
            .collect()
    }
}
