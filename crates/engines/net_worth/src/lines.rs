//! The lines of a statement: one for each asset and each liability.

use wherewithal_base::{Result, error::At as _, money::Currency, num::Decimal, wire::Wire};
use wherewithal_household::{AssetCategory, Household, Liability, LiabilityKind};

/// An asset of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthAsset {
    /// The id of the item in the document.
    pub id: String,
    /// What the item is called.
    pub name: String,
    /// The category that its value counts in.
    pub category: AssetCategory,
    /// What it is, for people, such as "Traditional 401(k)".
    pub description: String,
    /// The id of the owner; absent when it is held jointly.
    pub owner: Option<String>,
    /// Whether it can be turned into cash within days without a penalty.
    pub liquid: bool,
    /// Its value in the currency of the statement.
    pub value: Decimal,
    /// What was paid for it, in the currency of the statement at the rate of the value; absent where unknown.
    pub cost_basis: Option<Decimal>,
    /// The value less the cost basis; negative for a loss. Absent where the cost basis is unknown.
    pub unrealized_gain: Option<Decimal>,
    /// The currency that it is stated in.
    pub currency: Currency,
    /// Its value in that currency.
    pub amount: Decimal,
    /// The exchange rate from that currency; 1 for the statement's own.
    pub exchange_rate: Decimal,
}

/// A liability of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthLiability {
    /// The id of the item in the document.
    pub id: String,
    /// What the item is called.
    pub name: String,
    /// What the debt is.
    pub kind: LiabilityKind,
    /// What the debt is, for people, such as "Mortgage".
    pub description: String,
    /// The id of the borrower; absent when it is owed jointly.
    pub owner: Option<String>,
    /// The id of the asset that secures it; absent where none does.
    pub secured_by: Option<String>,
    /// What is owed, as a positive amount in the currency of the statement.
    pub balance: Decimal,
    /// Nominal annual rate as a fraction.
    pub annual_rate: Decimal,
    /// The currency that it is stated in.
    pub currency: Currency,
    /// What is owed in that currency.
    pub amount: Decimal,
    /// The exchange rate from that currency; 1 for the statement's own.
    pub exchange_rate: Decimal,
}

/// What all sorts of assets have in common.
struct Valued<'a> {
    id: &'a str,
    name: &'a str,
    category: AssetCategory,
    description: &'static str,
    owner: Option<&'a String>,
    liquid: bool,
    currency: Option<Currency>,
    amount: Decimal,
    cost_basis: Option<Decimal>,
}

impl Valued<'_> {
    fn line(self, household: &Household) -> Result<NetWorthAsset> {
        let value = household.convert(self.amount, self.currency)?;
        let cost_basis = self.cost_basis.map(|cost| household.convert(cost, self.currency)).transpose()?;
        let unrealized_gain = cost_basis.map(|cost| value.minus(cost)).transpose()?;
        let currency = self.currency.unwrap_or(household.currency);
        Ok(NetWorthAsset {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            category: self.category,
            description: self.description.to_owned(),
            owner: self.owner.cloned(),
            liquid: self.liquid,
            value,
            cost_basis,
            unrealized_gain,
            currency,
            amount: self.amount,
            exchange_rate: household.exchange_rate(currency)?,
        })
    }
}

/// One line for each asset of the document, by category, then by falling value, then by id.
pub(super) fn assets(household: &Household) -> Result<Vec<NetWorthAsset>> {
    let mut lines = Vec::new();
    for (index, account) in household.accounts.iter().enumerate() {
        let valued = account.value(household.places_of(account.currency)).map(|amount| Valued {
            id: &account.id,
            name: &account.name,
            category: account.kind.category(),
            description: account.kind.name(),
            owner: account.owner.as_ref(),
            liquid: account.kind.is_liquid(),
            currency: account.currency,
            amount,
            cost_basis: account.cost_basis,
        });
        lines.push(valued.and_then(|valued| valued.line(household)).at_index("accounts", index)?);
    }
    for (index, property) in household.properties.iter().enumerate() {
        let valued = Valued {
            id: &property.id,
            name: &property.name,
            category: AssetCategory::RealEstate,
            description: property.kind.name(),
            owner: property.owner.as_ref(),
            liquid: false,
            currency: property.currency,
            amount: property.value,
            cost_basis: property.cost_basis,
        };
        lines.push(valued.line(household).at_index("properties", index)?);
    }
    for (index, fund) in household.private_funds.iter().enumerate() {
        let valued = Valued {
            id: &fund.id,
            name: &fund.name,
            category: AssetCategory::AlternativeInvestments,
            description: fund.kind.name(),
            owner: fund.owner.as_ref(),
            liquid: false,
            currency: fund.currency,
            amount: fund.net_asset_value,
            cost_basis: fund.cost_basis,
        };
        lines.push(valued.line(household).at_index("privateFunds", index)?);
    }
    for (index, business) in household.businesses.iter().enumerate() {
        let valued = business.value(household.places_of(business.currency)).map(|amount| Valued {
            id: &business.id,
            name: &business.name,
            category: AssetCategory::BusinessInterests,
            description: "Business interest",
            owner: business.owner.as_ref(),
            liquid: false,
            currency: business.currency,
            amount,
            cost_basis: business.cost_basis,
        });
        lines.push(valued.and_then(|valued| valued.line(household)).at_index("businesses", index)?);
    }
    for (index, policy) in household.insurance.iter().enumerate() {
        let valued = Valued {
            id: &policy.id,
            name: &policy.name,
            category: AssetCategory::Insurance,
            description: policy.kind.name(),
            owner: policy.insured.as_ref(),
            liquid: false,
            currency: policy.currency,
            amount: policy.cash_value,
            cost_basis: None,
        };
        lines.push(valued.line(household).at_index("insurance", index)?);
    }
    for (index, asset) in household.other_assets.iter().enumerate() {
        let valued = Valued {
            id: &asset.id,
            name: &asset.name,
            category: asset.kind.category(),
            description: asset.kind.name(),
            owner: asset.owner.as_ref(),
            liquid: false,
            currency: asset.currency,
            amount: asset.value,
            cost_basis: asset.cost_basis,
        };
        lines.push(valued.line(household).at_index("otherAssets", index)?);
    }
    lines.sort_by(|a, b| {
        (a.category.cmp(&b.category)).then(b.value.cmp(&a.value)).then_with(|| a.id.cmp(&b.id))
    });
    Ok(lines)
}

/// One line for each liability of the document, by kind, then by falling balance, then by id.
pub(super) fn liabilities(household: &Household) -> Result<Vec<NetWorthLiability>> {
    let mut lines = Vec::with_capacity(household.liabilities.len());
    for (index, liability) in household.liabilities.iter().enumerate() {
        lines.push(liability_line(household, liability).at_index("liabilities", index)?);
    }
    lines.sort_by(|a, b| (a.kind.cmp(&b.kind)).then(b.balance.cmp(&a.balance)).then_with(|| a.id.cmp(&b.id)));
    Ok(lines)
}

fn liability_line(household: &Household, liability: &Liability) -> Result<NetWorthLiability> {
    let currency = liability.currency.unwrap_or(household.currency);
    Ok(NetWorthLiability {
        id: liability.id.clone(),
        name: liability.name.clone(),
        kind: liability.kind,
        description: liability.kind.name().to_owned(),
        owner: liability.owner.clone(),
        secured_by: liability.secured_by.clone(),
        balance: household.convert(liability.balance, liability.currency).at("balance")?,
        annual_rate: liability.annual_rate,
        currency,
        amount: liability.balance,
        exchange_rate: household.exchange_rate(currency)?,
    })
}
