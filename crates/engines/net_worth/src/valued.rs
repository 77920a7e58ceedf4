//! The data that each kind of asset contributes to a statement.

use wherewithal_base::{Result, money::Currency, num::Decimal};
use wherewithal_household::{
    Account, AssetCategory, Business, Household, InsurancePolicy, OtherAsset, PrivateFund, Property,
    owned_part,
};

/// The data that all kinds of assets have in common.
pub(super) struct Valued<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) category: AssetCategory,
    pub(super) description: &'static str,
    pub(super) owner: Option<&'a String>,
    pub(super) liquid: bool,
    /// The currency of the amounts; absent if it is the household's.
    pub(super) currency: Option<Currency>,
    pub(super) amount: Decimal,
    pub(super) cost_basis: Option<Decimal>,
}

impl Valued<'_> {
    /// The household's part of something that it shares with others.
    fn shared(mut self, share: Option<Decimal>, household: &Household) -> Result<Self> {
        let places = household.places_of(self.currency);
        self.amount = owned_part(self.amount, share, places)?;
        self.cost_basis = self.cost_basis.map(|cost| owned_part(cost, share, places)).transpose()?;
        Ok(self)
    }
}

pub(super) fn account<'a>(account: &'a Account, household: &Household) -> Result<Valued<'a>> {
    let whole = Valued {
        id: &account.id,
        name: &account.name,
        category: account.kind.category(),
        description: account.kind.name(),
        owner: account.owner.as_ref(),
        liquid: account.kind.is_liquid(),
        currency: account.currency,
        amount: account.value(household.places_of(account.currency))?,
        cost_basis: account.cost_basis,
    };
    whole.shared(account.ownership_share, household)
}

pub(super) fn business<'a>(business: &'a Business, household: &Household) -> Result<Valued<'a>> {
    Ok(Valued {
        id: &business.id,
        name: &business.name,
        category: AssetCategory::BusinessInterests,
        description: "Business interest",
        owner: business.owner.as_ref(),
        liquid: false,
        currency: business.currency,
        amount: business.value(household.places_of(business.currency))?,
        cost_basis: business.cost_basis,
    })
}

pub(super) fn property<'a>(property: &'a Property, household: &Household) -> Result<Valued<'a>> {
    let whole = Valued {
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
    whole.shared(property.ownership_share, household)
}

pub(super) fn private_fund<'a>(fund: &'a PrivateFund, household: &Household) -> Result<Valued<'a>> {
    let whole = Valued {
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
    whole.shared(fund.ownership_share, household)
}

pub(super) fn insurance(policy: &InsurancePolicy) -> Valued<'_> {
    Valued {
        id: &policy.id,
        name: &policy.name,
        category: AssetCategory::Insurance,
        description: policy.kind.name(),
        owner: policy.insured.as_ref(),
        liquid: false,
        currency: policy.currency,
        amount: policy.cash_value,
        cost_basis: None,
    }
}

pub(super) fn other_asset<'a>(asset: &'a OtherAsset, household: &Household) -> Result<Valued<'a>> {
    let whole = Valued {
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
    whole.shared(asset.ownership_share, household)
}
