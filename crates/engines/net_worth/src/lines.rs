//! The lines of a statement: one for each asset and each liability.

use super::valued::{self, Valued};
use wherewithal_base::{Result, error::At as _, money::Currency, num::Decimal, order, wire::Wire};
use wherewithal_household::{AssetCategory, Household, Liability, LiabilityKind, owned_part};

/// An asset of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthAsset {
    /// The id of the item in the document.
    pub id: String,
    /// The name of the item.
    pub name: String,
    /// The category of the asset.
    pub category: AssetCategory,
    /// A description for display, such as "Traditional 401(k)".
    pub description: String,
    /// The id of the owner; absent if it is held jointly.
    pub owner: Option<String>,
    /// Whether it can be turned into cash within days without a penalty.
    pub liquid: bool,
    /// Its value in the currency of the statement.
    pub value: Decimal,
    /// The cost basis, converted to the currency of the statement at the same rate as the value; absent if unknown.
    pub cost_basis: Option<Decimal>,
    /// The value less the cost basis; negative for a loss. Absent if the cost basis is unknown.
    pub unrealized_gain: Option<Decimal>,
    /// The currency of the item in the document.
    pub currency: Currency,
    /// The value of the household's share in that currency.
    pub amount: Decimal,
    /// The exchange rate from that currency; 1 for the statement's own.
    pub exchange_rate: Decimal,
}

/// A liability of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthLiability {
    /// The id of the item in the document.
    pub id: String,
    /// The name of the item.
    pub name: String,
    /// The kind of debt.
    pub kind: LiabilityKind,
    /// A description for display, such as "Mortgage".
    pub description: String,
    /// The id of the borrower; absent if it is owed jointly.
    pub owner: Option<String>,
    /// The id of the asset that secures it; absent if none does.
    pub secured_by: Option<String>,
    /// The balance owed, as a positive amount in the currency of the statement.
    pub balance: Decimal,
    /// Nominal annual rate as a fraction; 0 if the document states none.
    pub annual_rate: Decimal,
    /// The currency of the item in the document.
    pub currency: Currency,
    /// The household's share of the balance in that currency.
    pub amount: Decimal,
    /// The exchange rate from that currency; 1 for the statement's own.
    pub exchange_rate: Decimal,
}

/// One line for each asset of the document, by category, then by descending value, then by id. What is owed on an
/// overdrawn account is a liability, and a lender's debt to the household, such as the credit on an overpaid card, is an
/// asset.
pub(super) fn assets(household: &Household) -> Result<Vec<NetWorthAsset>> {
    let mut assets = items(household)?;
    assets.retain(|asset| !asset.value.is_negative());
    for (index, liability) in household.liabilities.iter().enumerate() {
        if liability.balance.is_negative() {
            assets.push(credit_line(household, liability).at_index("liabilities", index)?);
        }
    }
    // Ids are unique, so this is a total order: the order of the document does not matter.
    order::sort_by(&mut assets, |a, b| {
        (a.category.cmp(&b.category)).then(b.value.cmp(&a.value)).then_with(|| a.id.cmp(&b.id))
    });
    Ok(assets)
}

/// One line for each item of the asset side of the document, overdrawn accounts included.
fn items(household: &Household) -> Result<Vec<NetWorthAsset>> {
    let mut assets = Vec::new();
    assets.extend(lines(household, "accounts", &household.accounts, valued::account)?);
    assets.extend(lines(household, "properties", &household.properties, valued::property)?);
    assets.extend(lines(household, "privateFunds", &household.private_funds, valued::private_fund)?);
    assets.extend(lines(household, "businesses", &household.businesses, valued::business)?);
    assets
        .extend(lines(household, "insurance", &household.insurance, |item, _| Ok(valued::insurance(item)))?);
    assets.extend(lines(household, "otherAssets", &household.other_assets, valued::other_asset)?);
    Ok(assets)
}

/// One line for each item of a list of the document.
fn lines<'a, T>(
    household: &Household,
    field: &str,
    items: &'a [T],
    valued: impl Fn(&'a T, &Household) -> Result<Valued<'a>>,
) -> Result<Vec<NetWorthAsset>> {
    let line = |(index, item)| {
        valued(item, household).and_then(|valued| asset_line(household, valued)).at_index(field, index)
    };
    items.iter().enumerate().map(line).collect()
}

fn asset_line(household: &Household, asset: Valued<'_>) -> Result<NetWorthAsset> {
    // Rounded here, once, so that totals are exact sums of the lines shown.
    let value = household.convert(asset.amount, asset.currency)?;
    let cost_basis = asset.cost_basis.map(|cost| household.convert(cost, asset.currency)).transpose()?;
    let unrealized_gain = cost_basis.map(|cost| value.minus(cost)).transpose()?;
    let currency = asset.currency.unwrap_or(household.currency);
    Ok(NetWorthAsset {
        id: asset.id.to_owned(),
        name: asset.name.to_owned(),
        category: asset.category,
        description: asset.description.to_owned(),
        owner: asset.owner.cloned(),
        liquid: asset.liquid,
        value,
        cost_basis,
        unrealized_gain,
        currency,
        amount: asset.amount,
        exchange_rate: household.exchange_rate(currency)?,
    })
}

/// One line for each liability of the document, by kind, then by descending balance, then by id.
pub(super) fn liabilities(household: &Household) -> Result<Vec<NetWorthLiability>> {
    let mut lines = Vec::with_capacity(household.liabilities.len());
    for (index, liability) in household.liabilities.iter().enumerate() {
        if !liability.balance.is_negative() {
            lines.push(liability_line(household, liability).at_index("liabilities", index)?);
        }
    }
    lines.extend(items(household)?.into_iter().filter(|asset| asset.value.is_negative()).map(overdraft_line));
    order::sort_by(&mut lines, |a, b| {
        (a.kind.cmp(&b.kind)).then(b.balance.cmp(&a.balance)).then_with(|| a.id.cmp(&b.id))
    });
    Ok(lines)
}

/// The line of what is owed on an account.
fn overdraft_line(account: NetWorthAsset) -> NetWorthLiability {
    NetWorthLiability {
        id: account.id,
        name: account.name,
        kind: LiabilityKind::Overdraft,
        description: format!("Overdraft: {}", account.description),
        owner: account.owner,
        secured_by: None,
        balance: account.value.negated(),
        annual_rate: Decimal::ZERO,
        currency: account.currency,
        amount: account.amount.negated(),
        exchange_rate: account.exchange_rate,
    }
}

/// The line of a credit with a lender.
fn credit_line(household: &Household, liability: &Liability) -> Result<NetWorthAsset> {
    let line = liability_line(household, liability)?;
    Ok(NetWorthAsset {
        id: line.id,
        name: line.name,
        category: AssetCategory::CashAndBanking,
        description: format!("Credit balance: {}", line.description),
        owner: line.owner,
        liquid: true,
        value: line.balance.negated(),
        cost_basis: None,
        unrealized_gain: None,
        currency: line.currency,
        amount: line.amount.negated(),
        exchange_rate: line.exchange_rate,
    })
}

fn liability_line(household: &Household, liability: &Liability) -> Result<NetWorthLiability> {
    let currency = liability.currency.unwrap_or(household.currency);
    let places = household.places_of(liability.currency);
    let amount = owned_part(liability.balance, liability.ownership_share, places).at("balance")?;
    Ok(NetWorthLiability {
        id: liability.id.clone(),
        name: liability.name.clone(),
        kind: liability.kind,
        description: liability.kind.name().to_owned(),
        owner: liability.owner.clone(),
        secured_by: liability.secured_by.clone(),
        balance: household.convert(amount, liability.currency).at("balance")?,
        annual_rate: liability.annual_rate.unwrap_or_default(),
        currency,
        amount,
        exchange_rate: household.exchange_rate(currency)?,
    })
}
