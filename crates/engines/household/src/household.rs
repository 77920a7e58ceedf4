//! The document.

use super::{
    Account, Assumptions, Business, Contribution, ExchangeRate, Expense, Goal, IncomeStream, InsurancePolicy,
    Liability, OtherAsset, Person, PrivateFund, Property,
};
use wherewithal_base::{
    dates::Date,
    money::{Currency, us_dollar},
    wire::Wire,
};

/// A household on one date: people, assets, liabilities, income, spending, goals and assumptions.
///
/// Amounts are exact decimals in the household's currency unless an item has its own; an item in another currency needs
/// an exchange rate in `exchangeRates`. Amounts have no more decimal places than their currency. Every id is unique in
/// the whole document.
///
/// Debts are listed under `liabilities` with a positive balance, and are subtracted in one place. Only balances can be
/// negative: that of an overdrawn account, and that of a liability, which is a credit with the lender then.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Household {
    /// The version of the document's format: 1.
    #[wire(range = 1..=1)]
    pub version: u32,
    /// The name of the household, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The currency of all items without their own, and of every total.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The date of the balances and values. A plan starts on the first day of a month that is nearest to it, in a year from
    /// 1900 to 2200, and counts the months that are left of the first year.
    pub as_of: Date,
    /// The country in which the household lives, as two letters of ISO 3166-1 (`US`). Without it, a plan assumes the
    /// United States for a household whose currency is the dollar of the United States, and no country's rules otherwise;
    /// it says so.
    #[wire(omit, length = 2..=2)]
    pub residence: Option<String>,
    /// The people, at most 50.
    #[wire(default, omit, length = ..=50)]
    pub people: Vec<Person>,
    /// Bank, investment and retirement accounts, at most 1000.
    #[wire(default, omit, length = ..=1000)]
    pub accounts: Vec<Account>,
    /// Real estate, at most 1000.
    #[wire(default, omit, length = ..=1000)]
    pub properties: Vec<Property>,
    /// Private funds, at most 1000.
    #[wire(default, omit, length = ..=1000)]
    pub private_funds: Vec<PrivateFund>,
    /// Interests in businesses, at most 1000.
    #[wire(default, omit, length = ..=1000)]
    pub businesses: Vec<Business>,
    /// Insurance policies, at most 1000.
    #[wire(default, omit, length = ..=1000)]
    pub insurance: Vec<InsurancePolicy>,
    /// Vehicles, art, collectibles and other items of value, at most 1000.
    #[wire(default, omit, length = ..=1000)]
    pub other_assets: Vec<OtherAsset>,
    /// Debts, at most 1000.
    #[wire(default, omit, length = ..=1000)]
    pub liabilities: Vec<Liability>,
    /// Income, at most 1000.
    #[wire(default, omit, length = ..=1000)]
    pub income: Vec<IncomeStream>,
    /// Spending without debt payments and the costs of properties and policies, at most 1000.
    #[wire(default, omit, length = ..=1000)]
    pub expenses: Vec<Expense>,
    /// Contributions to accounts, at most 1000.
    #[wire(default, omit, length = ..=1000)]
    pub contributions: Vec<Contribution>,
    /// Goals, at most 1000.
    #[wire(default, omit, length = ..=1000)]
    pub goals: Vec<Goal>,
    /// Assumptions about markets and prices. Only projections need them.
    #[wire(omit)]
    pub assumptions: Option<Assumptions>,
    /// The exchange rates from other currencies into the household's, at most 200.
    #[wire(default, omit, length = ..=200)]
    pub exchange_rates: Vec<ExchangeRate>,
}

impl Household {
    /// An empty household as of a date.
    #[must_use]
    pub fn new(name: impl Into<String>, currency: Currency, as_of: Date) -> Self {
        Self {
            version: 1,
            name: name.into(),
            currency,
            as_of,
            residence: None,
            people: Vec::new(),
            accounts: Vec::new(),
            properties: Vec::new(),
            private_funds: Vec::new(),
            businesses: Vec::new(),
            insurance: Vec::new(),
            other_assets: Vec::new(),
            liabilities: Vec::new(),
            income: Vec::new(),
            expenses: Vec::new(),
            contributions: Vec::new(),
            goals: Vec::new(),
            assumptions: None,
            exchange_rates: Vec::new(),
        }
    }
}
