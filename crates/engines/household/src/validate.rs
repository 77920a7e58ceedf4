//! The rules of a household document that its types cannot express.

mod assumptions;

use std::collections::BTreeSet;

use super::{
    Account, AssetSale, Business, CashFlowFrequency, Contribution, ContributionSource, Expense, Goal,
    Holding, Household, IncomeStream, InsurancePolicy, Liability, OtherAsset, Person, PersonSocialSecurity,
    PrivateFund, Property, SocialSecurityBasis,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check, dates::Date, error::At as _, money::Currency, num::Decimal,
};

/// The largest number of years of a record of earnings.
const MAX_EARNINGS: usize = 150;
/// The decimal places of a benefit in dollars.
const US_DOLLAR_PLACES: u32 = 2;
/// The largest number of people.
const MAX_PEOPLE: usize = 50;
/// The largest number of items in each other list.
const MAX_ITEMS: usize = 1000;
/// The largest number of holdings in an account.
const MAX_HOLDINGS: usize = 10_000;
/// The largest number of exchange rates.
const MAX_EXCHANGE_RATES: usize = 200;
/// The longest name, in characters.
const MAX_NAME: usize = 200;
/// The longest ticker, in characters.
const MAX_SYMBOL: usize = 20;
/// Amounts are below ten million million: 15 digits with two decimal places, as in the store.
const AMOUNT_LIMIT: i64 = 10_000_000_000_000;
/// The number of decimal places of amounts in a currency without a smallest unit, such as gold.
const PLACES_WITHOUT_MINOR_UNIT: u32 = 6;
/// The number of decimal places that a quantity may have: those of the smallest unit of most tokens.
const QUANTITY_PLACES: u32 = 18;
/// The number of decimal places that a price may have.
const PRICE_PLACES: u32 = 18;
/// The number of decimal places that a share of ownership and an exchange rate may have, so that the product with an
/// amount is exact.
const FACTOR_PLACES: u32 = 9;

impl Household {
    /// Checks every rule of the document: its version, ids and references, amounts and their currencies, rates,
    /// dates, and the length of its lists.
    ///
    /// # Errors
    /// The first violated rule, at the path of its field: such as `amount.out_of_range`, `name.unknown` or
    /// `list.duplicate`, `currency.mismatch` if an item's currency has no exchange rate, or
    /// `currency.minor_unit_missing` if the household's currency has no smallest unit.
    pub fn validate(&self) -> Result<()> {
        if self.version != 1 {
            return Err(Error::new(
                ErrorCode::VersionUnsupported,
                format!("the document has version {}; this library reads version 1", self.version),
            )
            .at("version"));
        }
        check::text(&self.name, MAX_NAME).at("name")?;
        self.places().at("currency")?;
        self.residence.as_deref().map_or(Ok(()), country).at("residence")?;
        // Before any loop over the lists, so that a document that is too long costs no more than its parsing.
        self.list_lengths()?;
        self.exchange_rates()?;
        let mut ids = Ids::default();
        each("people", &self.people, |person| {
            ids.add(&person.id)?;
            self.person(person)
        })?;
        // Taken before the other lists, whose ids are not people: an account must not be owned by an account.
        // One by one: a set that is collected brings a sort for its type.
        let mut incomes = BTreeSet::new();
        incomes.extend(self.income.iter().map(|income| income.id.as_str()));
        let rules = Rules { household: self, people: ids.seen.clone(), incomes };
        each("accounts", &self.accounts, |account| {
            ids.add(&account.id)?;
            rules.account(account)
        })?;
        let mut assets: BTreeSet<&str> = BTreeSet::new();
        assets.extend(self.accounts.iter().map(|account| account.id.as_str()));
        // Likewise a contribution goes to an account, but a debt may be secured by any asset.
        let accounts = assets.clone();
        each("properties", &self.properties, |property| {
            ids.add(&property.id)?;
            assets.insert(&property.id);
            rules.property(property)
        })?;
        each("privateFunds", &self.private_funds, |fund| {
            ids.add(&fund.id)?;
            assets.insert(&fund.id);
            rules.private_fund(fund)
        })?;
        each("businesses", &self.businesses, |business| {
            ids.add(&business.id)?;
            assets.insert(&business.id);
            rules.business(business)
        })?;
        each("insurance", &self.insurance, |policy| {
            ids.add(&policy.id)?;
            assets.insert(&policy.id);
            rules.policy(policy)
        })?;
        each("otherAssets", &self.other_assets, |asset| {
            ids.add(&asset.id)?;
            assets.insert(&asset.id);
            rules.other_asset(asset)
        })?;
        each("liabilities", &self.liabilities, |liability| {
            ids.add(&liability.id)?;
            reference(liability.secured_by.as_deref(), &assets, "asset").at("securedBy")?;
            rules.liability(liability)
        })?;
        each("income", &self.income, |income| {
            ids.add(&income.id)?;
            rules.income(income)
        })?;
        each("expenses", &self.expenses, |expense| {
            ids.add(&expense.id)?;
            rules.expense(expense)
        })?;
        each("contributions", &self.contributions, |contribution| {
            ids.add(&contribution.id)?;
            reference(Some(&contribution.account), &accounts, "account").at("account")?;
            rules.contribution(contribution)
        })?;
        each("goals", &self.goals, |goal| {
            ids.add(&goal.id)?;
            reference(goal.account.as_deref(), &accounts, "account").at("account")?;
            rules.goal(goal)
        })?;
        self.assumptions
            .as_ref()
            .map_or(Ok(()), |given| assumptions::assumptions(given, self.currency))
            .at("assumptions")?;
        self.asset_class_references()
    }

    fn list_lengths(&self) -> Result<()> {
        let lengths = [
            ("people", self.people.len(), MAX_PEOPLE),
            ("accounts", self.accounts.len(), MAX_ITEMS),
            ("properties", self.properties.len(), MAX_ITEMS),
            ("privateFunds", self.private_funds.len(), MAX_ITEMS),
            ("businesses", self.businesses.len(), MAX_ITEMS),
            ("insurance", self.insurance.len(), MAX_ITEMS),
            ("otherAssets", self.other_assets.len(), MAX_ITEMS),
            ("liabilities", self.liabilities.len(), MAX_ITEMS),
            ("income", self.income.len(), MAX_ITEMS),
            ("expenses", self.expenses.len(), MAX_ITEMS),
            ("contributions", self.contributions.len(), MAX_ITEMS),
            ("goals", self.goals.len(), MAX_ITEMS),
            ("exchangeRates", self.exchange_rates.len(), MAX_EXCHANGE_RATES),
        ];
        lengths
            .into_iter()
            .try_for_each(|(field, length, limit)| check::length(length, 0..=limit).at(field).map(|_| ()))
    }

    fn exchange_rates(&self) -> Result<()> {
        let mut pairs = BTreeSet::new();
        each("exchangeRates", &self.exchange_rates, |rate| {
            if rate.from == rate.to {
                return Err(Error::new(
                    ErrorCode::FieldConflict,
                    format!("from and to are both {}; an exchange rate needs two currencies", rate.from),
                )
                .at("to"));
            }
            if !pairs.insert((rate.from, rate.to)) {
                return Err(Error::new(
                    ErrorCode::ListDuplicate,
                    format!("there is already a rate from {} to {}", rate.from, rate.to),
                ));
            }
            positive(rate.rate, FACTOR_PLACES).at("rate")
        })
    }

    fn person(&self, person: &Person) -> Result<()> {
        check::text(&person.name, MAX_NAME).at("name")?;
        not_after(Some(person.birth_date), self.as_of, "asOf").at("birthDate")?;
        if let Some(age) = person.retirement_age {
            check::whole(age, 18..=100, ErrorCode::AgeOutOfRange).at("retirementAge")?;
        }
        if let Some(age) = person.plan_to_age {
            check::whole(age, 1..=120, ErrorCode::AgeOutOfRange).at("planToAge")?;
        }
        if let Some(multiplier) = person.mortality_multiplier {
            check::number(multiplier, 0.01..=100.0, ErrorCode::NumberOutOfRange).at("mortalityMultiplier")?;
            if person.sex.is_none() || person.plan_to_age.is_some() {
                let message =
                    "it multiplies the probabilities of the life table, which needs `sex` and no `planToAge`";
                return Err(Error::new(ErrorCode::FieldConflict, message).at("mortalityMultiplier"));
            }
        }
        person.social_security.as_ref().map_or(Ok(()), social_security).at("socialSecurity")
    }
}

/// The ids seen so far.
#[derive(Default)]
struct Ids<'a> {
    seen: BTreeSet<&'a str>,
}

impl<'a> Ids<'a> {
    fn add(&mut self, id: &'a str) -> Result<()> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        // The id comes from the document: without a limit a message could repeat megabytes of it.
        let shown: String = id.chars().take(80).collect();
        if id.is_empty() || id.len() > 64 || !id.bytes().all(plain) {
            return Err(Error::new(
                ErrorCode::TextInvalid,
                format!("{shown:?} is not 1 to 64 letters, digits, points, hyphens and underscores"),
            )
            .at("id"));
        }
        if !self.seen.insert(id) {
            return Err(Error::new(
                ErrorCode::ListDuplicate,
                format!("there is already an item with the id {shown:?}"),
            )
            .at("id"));
        }
        Ok(())
    }
}

/// The context for the checks of the items.
struct Rules<'a> {
    household: &'a Household,
    people: BTreeSet<&'a str>,
    incomes: BTreeSet<&'a str>,
}

impl Rules<'_> {
    fn account(&self, account: &Account) -> Result<()> {
        let places = self.item(&account.name, account.currency)?;
        self.owner(account.owner.as_deref())?;
        optional_text(account.institution.as_deref()).at("institution")?;
        account.balance.map_or(Ok(()), |value| balance(value, places)).at("balance")?;
        account.cash.map_or(Ok(()), |value| balance(value, places)).at("cash")?;
        optional_amount(account.cost_basis, places).at("costBasis")?;
        optional_share(account.ownership_share)?;
        account.dividend_yield.map_or(Ok(0.0), check::fraction).at("dividendYield")?;
        if let Some(age) = account.access_age {
            check::whole(age, 0..=120, ErrorCode::AgeOutOfRange).at("accessAge")?;
        }
        if let Some(rate) = account.interest_rate {
            check::decimal_fraction(rate).at("interestRate")?;
        }
        check::length(account.holdings.len(), 0..=MAX_HOLDINGS).at("holdings")?;
        each("holdings", &account.holdings, |holding| self.holding(holding, places))?;
        // The value is computed for its checks: the sum of the holdings must be in range and must not exceed the
        // balance.
        account.value(places).map(|_| ())
    }

    fn holding(&self, holding: &Holding, places: u32) -> Result<()> {
        check::text(&holding.symbol, MAX_SYMBOL).at("symbol")?;
        optional_text(holding.name.as_deref()).at("name")?;
        positive(holding.quantity, QUANTITY_PLACES).at("quantity")?;
        amount(holding.price, PRICE_PLACES).at("price")?;
        // Quantity and price can both be in range while their product is not.
        amount(holding.value(places)?, places)?;
        optional_amount(holding.cost_basis, places).at("costBasis")?;
        self.past(holding.price_date).at("priceDate")
    }

    fn property(&self, property: &Property) -> Result<()> {
        let places = self.item(&property.name, property.currency)?;
        self.owner(property.owner.as_deref())?;
        amount(property.value, places).at("value")?;
        optional_amount(property.cost_basis, places).at("costBasis")?;
        self.past(property.acquisition_date).at("acquisitionDate")?;
        self.past(property.valuation_date).at("valuationDate")?;
        optional_amount(property.monthly_rent, places).at("monthlyRent")?;
        optional_amount(property.property_tax_annual, places).at("propertyTaxAnnual")?;
        optional_amount(property.insurance_annual, places).at("insuranceAnnual")?;
        optional_amount(property.hoa_monthly, places).at("hoaMonthly")?;
        optional_share(property.ownership_share)?;
        growth(property.annual_growth)?;
        self.sale(property.sale.as_ref())?;
        optional_amount(property.gain_exclusion, places).at("gainExclusion")?;
        let Some(replacement) = &property.replacement else { return Ok(()) };
        if property.sale.is_none() {
            let message = "another home is bought with the proceeds of this one, so give its sale";
            return Err(Error::new(ErrorCode::FieldMissing, message).at("sale"));
        }
        positive(replacement.price, places).at("price").at("replacement")?;
        let worth = replacement.value.map_or(Ok(()), |value| positive(value, places));
        worth.at("value").at("replacement")?;
        let growth = replacement.real_growth.map_or(Ok(0.0), check::growth);
        growth.at("realGrowth").at("replacement")?;
        amount(replacement.annual_cost, places).at("annualCost").at("replacement")
    }

    fn private_fund(&self, fund: &PrivateFund) -> Result<()> {
        let places = self.item(&fund.name, fund.currency)?;
        self.owner(fund.owner.as_deref())?;
        amount(fund.commitment, places).at("commitment")?;
        amount(fund.unfunded_commitment, places).at("unfundedCommitment")?;
        if fund.unfunded_commitment > fund.commitment {
            return Err(Error::new(
                ErrorCode::AmountOutOfRange,
                format!(
                    "the unfunded commitment is {}, which is more than the commitment of {}",
                    fund.unfunded_commitment, fund.commitment
                ),
            )
            .at("unfundedCommitment"));
        }
        amount(fund.net_asset_value, places).at("netAssetValue")?;
        optional_amount(fund.cost_basis, places).at("costBasis")?;
        if let Some(year) = fund.vintage_year {
            check::whole(year, 1900..=2200, ErrorCode::YearOutOfRange).at("vintageYear")?;
        }
        self.past(fund.valuation_date).at("valuationDate")?;
        optional_share(fund.ownership_share)?;
        growth(fund.annual_growth)?;
        self.sale(fund.sale.as_ref())
    }

    fn business(&self, business: &Business) -> Result<()> {
        let places = self.item(&business.name, business.currency)?;
        self.owner(business.owner.as_deref())?;
        optional_share(Some(business.ownership_share))?;
        amount(business.valuation, places).at("valuation")?;
        optional_amount(business.cost_basis, places).at("costBasis")?;
        optional_text(business.valuation_method.as_deref()).at("valuationMethod")?;
        self.past(business.valuation_date).at("valuationDate")?;
        growth(business.annual_growth)?;
        self.sale(business.sale.as_ref())
    }

    fn policy(&self, policy: &InsurancePolicy) -> Result<()> {
        let places = self.item(&policy.name, policy.currency)?;
        reference(policy.insured.as_deref(), &self.people, "person").at("insured")?;
        amount(policy.cash_value, places).at("cashValue")?;
        optional_amount(policy.death_benefit, places).at("deathBenefit")?;
        optional_amount(policy.premium_annual, places).at("premiumAnnual")?;
        growth(policy.annual_growth)?;
        self.sale(policy.sale.as_ref())
    }

    fn other_asset(&self, asset: &OtherAsset) -> Result<()> {
        let places = self.item(&asset.name, asset.currency)?;
        self.owner(asset.owner.as_deref())?;
        amount(asset.value, places).at("value")?;
        optional_amount(asset.cost_basis, places).at("costBasis")?;
        self.past(asset.acquisition_date).at("acquisitionDate")?;
        self.past(asset.valuation_date).at("valuationDate")?;
        optional_share(asset.ownership_share)?;
        growth(asset.annual_growth)?;
        self.sale(asset.sale.as_ref())
    }

    fn sale(&self, sale: Option<&AssetSale>) -> Result<()> {
        let Some(sale) = sale else { return Ok(()) };
        let check = || {
            after(sale.date, self.household.as_of).at("date")?;
            sale.selling_cost.map_or(Ok(0.0), check::fraction).at("sellingCost").map(|_| ())
        };
        check().at("sale")
    }

    fn liability(&self, liability: &Liability) -> Result<()> {
        let places = self.item(&liability.name, liability.currency)?;
        self.owner(liability.owner.as_deref())?;
        optional_text(liability.lender.as_deref()).at("lender")?;
        balance(liability.balance, places).at("balance")?;
        let rate = liability.annual_rate.unwrap_or_default();
        check::decimal_rate(rate, Decimal::ZERO..=Decimal::from(10_u32)).at("annualRate")?;
        optional_amount(liability.payment, places).at("payment")?;
        optional_amount(liability.extra_monthly_payment, places).at("extraMonthlyPayment")?;
        if let Some(months) = liability.remaining_months {
            check::whole(months, 1..=1200, ErrorCode::TermOutOfRange).at("remainingMonths")?;
        }
        if let Some(next) = liability.next_payment {
            // Payments are monthly from this date on, so a later date would skip one.
            // In the last month of the calendar, no date is later.
            let latest = self.household.as_of.add_months(1).ok();
            if next <= self.household.as_of || latest.is_some_and(|latest| next > latest) {
                let until = latest.map_or(String::new(), |latest| format!(" and at most {latest}"));
                return Err(Error::new(
                    ErrorCode::DatesOutOfOrder,
                    format!("the date is {next}; it must be after `asOf` ({}){until}", self.household.as_of),
                )
                .at("nextPayment"));
            }
        }
        optional_amount(liability.original_amount, places).at("originalAmount")?;
        self.past(liability.origination_date).at("originationDate")?;
        optional_share(liability.ownership_share)?;
        optional_amount(liability.credit_limit, places).at("creditLimit")?;
        if let Some(deferment) = &liability.deferment {
            after(deferment.first_payment, self.household.as_of).at("firstPayment").at("deferment")?;
            if liability.next_payment.is_some() {
                let message = "`deferment.firstPayment` is the date of the next payment of principal";
                return Err(Error::new(ErrorCode::FieldConflict, message).at("nextPayment"));
            }
        }
        let otherwise = [
            ("payment", liability.payment.is_some()),
            ("remainingMonths", liability.remaining_months.is_some()),
            ("extraMonthlyPayment", liability.extra_monthly_payment.is_some()),
            ("deferment", liability.deferment.is_some()),
        ];
        match otherwise.into_iter().find(|(_, is_given)| liability.paid_in_full && *is_given) {
            Some((field, _)) => {
                let message = "with `paidInFull` the whole balance is paid with the next bill";
                Err(Error::new(ErrorCode::FieldConflict, message).at(field))
            }
            None => Ok(()),
        }
    }

    fn income(&self, income: &IncomeStream) -> Result<()> {
        let places = self.item(&income.name, income.currency)?;
        reference(income.person.as_deref(), &self.people, "person").at("person")?;
        amount(income.amount, places).at("amount")?;
        period(income.frequency, income.start, income.end)?;
        growth(income.annual_growth)?;
        income.survivor_share.map_or(Ok(0.0), check::fraction).at("survivorShare").map(|_| ())
    }

    fn expense(&self, expense: &Expense) -> Result<()> {
        let places = self.item(&expense.name, expense.currency)?;
        amount(expense.amount, places).at("amount")?;
        period(expense.frequency, expense.start, expense.end)?;
        growth(expense.annual_growth)
    }

    fn contribution(&self, contribution: &Contribution) -> Result<()> {
        check::text(&contribution.name, MAX_NAME).at("name")?;
        let account = self.household.accounts.iter().find(|account| account.id == contribution.account);
        // A contribution has no currency of its own, because money is paid into an account in the account's currency.
        let currency = account.and_then(|account| account.currency).unwrap_or(self.household.currency);
        amount(contribution.amount, places_of(currency)).at("amount")?;
        period(contribution.frequency, contribution.start, contribution.end)?;
        growth(contribution.annual_growth)?;
        optional_amount(contribution.annual_limit, places_of(currency)).at("annualLimit")?;
        let Some(employer) = &contribution.employer_match else { return Ok(()) };
        let check = || {
            reference(Some(&employer.income), &self.incomes, "income").at("income")?;
            let ten = Decimal::from(10_u32);
            check::decimal_rate(employer.rate, Decimal::ZERO..=ten).at("rate")?;
            check::decimal_fraction(employer.up_to_share).at("upToShare").map(|_| ())
        };
        if contribution.source == ContributionSource::Employer {
            let message = "an employer matches a contribution of the household, not one of its own";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("employerMatch"));
        }
        check().at("employerMatch")
    }

    fn goal(&self, goal: &Goal) -> Result<()> {
        let places = self.item(&goal.name, goal.currency)?;
        positive(goal.target_amount, places).at("targetAmount")?;
        after(goal.target_date, self.household.as_of).at("targetDate")
    }

    /// Checks the fields that every item has, and returns the number of decimal places that its amounts may have.
    fn item(&self, name: &str, currency: Option<Currency>) -> Result<u32> {
        check::text(name, MAX_NAME).at("name")?;
        let currency = currency.unwrap_or(self.household.currency);
        // Without a rate, no total could include the item. The error belongs here, at the currency that needs the rate.
        self.household.exchange_rate(currency).at("currency")?;
        Ok(places_of(currency))
    }

    fn owner(&self, owner: Option<&str>) -> Result<()> {
        reference(owner, &self.people, "person").at("owner")
    }

    fn past(&self, date: Option<Date>) -> Result<()> {
        not_after(date, self.household.as_of, "asOf")
    }
}

/// The number of decimal places that amounts of a currency may have.
pub(super) fn places_of(currency: Currency) -> u32 {
    currency.decimal_places().unwrap_or(PLACES_WITHOUT_MINOR_UNIT)
}

fn each<'a, T>(field: &str, items: &'a [T], mut check: impl FnMut(&'a T) -> Result<()>) -> Result<()> {
    items.iter().enumerate().try_for_each(|(index, item)| check(item).at_index(field, index))
}

fn optional_text(value: Option<&str>) -> Result<()> {
    value.map_or(Ok(()), |value| check::text(value, MAX_NAME))
}

fn reference(id: Option<&str>, known: &BTreeSet<&str>, sort: &str) -> Result<()> {
    match id {
        Some(id) if !known.contains(id) => {
            let shown: String = id.chars().take(80).collect();
            Err(Error::new(ErrorCode::NameUnknown, format!("there is no {sort} with the id {shown:?}")))
        }
        Some(_) | None => Ok(()),
    }
}

/// An amount of at least zero with at most `places` decimal places.
pub(super) fn amount(value: Decimal, places: u32) -> Result<()> {
    if value < Decimal::ZERO || value >= Decimal::from(AMOUNT_LIMIT) {
        return Err(Error::new(
            ErrorCode::AmountOutOfRange,
            format!("the amount is {value}; it must be at least 0 and below {AMOUNT_LIMIT}"),
        ));
    }
    check::decimal_places(value, places).map(|_| ())
}

/// An amount of either sign with at most `places` decimal places.
pub(super) fn balance(value: Decimal, places: u32) -> Result<()> {
    if value.abs() >= Decimal::from(AMOUNT_LIMIT) {
        return Err(Error::new(
            ErrorCode::AmountOutOfRange,
            format!("the balance is {value}; it must be above -{AMOUNT_LIMIT} and below {AMOUNT_LIMIT}"),
        ));
    }
    check::decimal_places(value, places).map(|_| ())
}

fn optional_amount(value: Option<Decimal>, places: u32) -> Result<()> {
    value.map_or(Ok(()), |value| amount(value, places))
}

fn positive(value: Decimal, places: u32) -> Result<()> {
    if value.is_zero() {
        return Err(Error::new(ErrorCode::AmountOutOfRange, "it must be greater than 0"));
    }
    amount(value, places)
}

fn period(frequency: CashFlowFrequency, start: Option<Date>, end: Option<Date>) -> Result<()> {
    if frequency == CashFlowFrequency::Once && start.is_none() {
        return Err(Error::new(
            ErrorCode::FieldMissing,
            "a cash flow with the frequency once needs its date",
        )
        .at("start"));
    }
    start.map_or(Ok(()), |start| not_before(end, start)).at("end")
}

fn not_before(date: Option<Date>, start: Date) -> Result<()> {
    match date {
        Some(date) if date < start => {
            Err(Error::new(ErrorCode::DatesOutOfOrder, format!("{date} is before the start, {start}")))
        }
        Some(_) | None => Ok(()),
    }
}

fn not_after(date: Option<Date>, limit: Date, what: &str) -> Result<()> {
    match date {
        Some(date) if date > limit => {
            Err(Error::new(ErrorCode::DatesOutOfOrder, format!("{date} is after {what} ({limit})")))
        }
        Some(_) | None => Ok(()),
    }
}

fn after(date: Date, as_of: Date) -> Result<()> {
    if date > as_of {
        return Ok(());
    }
    Err(Error::new(ErrorCode::DatesOutOfOrder, format!("{date} is not after `asOf` ({as_of})")))
}

/// Two capital letters. Whether a country has them is not checked: a plan knows the rules of few countries.
fn country(code: &str) -> Result<()> {
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(());
    }
    let shown: String = code.chars().take(20).collect();
    let message = format!("{shown:?} is not a country as two capital letters, such as \"US\"");
    Err(Error::new(ErrorCode::TextInvalid, message))
}

fn optional_share(share: Option<Decimal>) -> Result<()> {
    let Some(share) = share else { return Ok(()) };
    let valid = check::decimal_rate(share, check::above(0_i64, 1_i64));
    valid.and_then(|share| check::decimal_places(share, FACTOR_PLACES)).at("ownershipShare").map(|_| ())
}

fn social_security(given: &PersonSocialSecurity) -> Result<()> {
    if let Some(age) = given.claim_age {
        check::whole(age, 62..=70, ErrorCode::AgeOutOfRange).at("claimAge")?;
    }
    if let Some(age) = given.survivor_age {
        check::whole(age, 60..=70, ErrorCode::AgeOutOfRange).at("survivorAge")?;
    }
    match &given.basis {
        SocialSecurityBasis::MonthlyBenefit { amount: sum }
        | SocialSecurityBasis::PrimaryInsuranceAmount { amount: sum } => {
            amount(*sum, US_DOLLAR_PLACES).at("amount").at("basis")
        }
        SocialSecurityBasis::Earnings { years } => {
            let check = || {
                check::length(years.len(), 0..=MAX_EARNINGS).at("years")?;
                let mut seen = BTreeSet::new();
                each("years", years, |of| {
                    check::whole(of.year, 1951..=2200, ErrorCode::YearOutOfRange).at("year")?;
                    if !seen.insert(of.year) {
                        let message = format!("the year {} occurs twice", of.year);
                        return Err(Error::new(ErrorCode::ListDuplicate, message).at("year"));
                    }
                    amount(of.amount, US_DOLLAR_PLACES).at("amount")
                })
            };
            check().at("basis")
        }
        SocialSecurityBasis::Estimate => Ok(()),
    }
}

fn growth(rate: Option<f64>) -> Result<()> {
    rate.map_or(Ok(()), |rate| check::growth(rate).map(|_| ())).at("annualGrowth")
}

#[cfg(test)]
mod tests;
