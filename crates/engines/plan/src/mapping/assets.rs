//! What is not an account: kept outside the plan's accounts, or sold in a year.

use super::super::timeline::year;
use super::{Context, liabilities::Liabilities};
use wherewithal_base::{
    Result,
    money::Currency,
    num::{Decimal, gate},
};
use wherewithal_household::{AssetSale, Property, PropertyKind, owned_part};
use wherewithal_retirement::{RetirementIncome, RetirementIncomeKind, RetirementLumpSum, RetirementProperty};

use super::names::Names;

/// The part of the gain on a primary residence that is not taxed, for each owner: 26 U.S.C. 121(b)(1) and (2).
const EXCLUSION_OF_A_HOME: f64 = 250_000.0;

/// An asset as all lists of the document have it.
struct Asset<'a> {
    field: String,
    id: &'a str,
    name: &'a str,
    currency: Option<Currency>,
    /// The household's part, in the currency of the asset.
    value: Decimal,
    cost_basis: Option<Decimal>,
    annual_growth: Option<f64>,
    sale: Option<&'a AssetSale>,
}

/// A property of the plan with its id in the document.
pub(super) struct PlannedAsset<'a> {
    pub(super) id: &'a str,
    pub(super) plan: RetirementProperty,
}

impl<'a> Context<'a> {
    /// The properties of the plan, and the rents from them: real estate, and every other asset that is sold.
    pub(super) fn assets(&mut self) -> Result<(Vec<PlannedAsset<'a>>, Vec<RetirementIncome>)> {
        let mut names = Names::default();
        let (mut planned, mut rents) = (Vec::new(), Vec::new());
        for (index, property) in self.household.properties.iter().enumerate() {
            let at = |error: wherewithal_base::Error| error.at_index("properties", index);
            planned.push(self.property(index, property, &mut names, &mut rents).map_err(at)?);
            planned.extend(self.replacement(index, property, &mut names).map_err(at)?);
        }
        for asset in self.other_assets()? {
            let Some(sale) = asset.sale else {
                self.keep_outside(&asset);
                continue;
            };
            let plan = self.sold(&asset, Some(sale), &mut names)?;
            planned.push(PlannedAsset { id: asset.id, plan });
        }
        Ok((planned, rents))
    }

    /// Funds, businesses, policies with a cash value and other assets.
    fn other_assets(&mut self) -> Result<Vec<Asset<'a>>> {
        let household = self.household;
        let mut assets = Vec::new();
        for (index, fund) in household.private_funds.iter().enumerate() {
            let places = household.places_of(fund.currency);
            let part = |amount| owned_part(amount, fund.ownership_share, places);
            if !fund.unfunded_commitment.is_zero() {
                self.assumed.add(
                    format!("privateFunds[{index}].unfundedCommitment"),
                    format!("the capital that {} may still call is not paid", fund.name),
                    "an expense with the frequency once for each call",
                );
            }
            assets.push(Asset {
                field: format!("privateFunds[{index}]"),
                id: &fund.id,
                name: &fund.name,
                currency: fund.currency,
                value: part(fund.net_asset_value)?,
                cost_basis: fund.cost_basis.map(part).transpose()?,
                annual_growth: fund.annual_growth,
                sale: fund.sale.as_ref(),
            });
        }
        for (index, business) in household.businesses.iter().enumerate() {
            assets.push(Asset {
                field: format!("businesses[{index}]"),
                id: &business.id,
                name: &business.name,
                currency: business.currency,
                value: business.value(household.places_of(business.currency))?,
                cost_basis: business.cost_basis,
                annual_growth: business.annual_growth,
                sale: business.sale.as_ref(),
            });
        }
        for (index, policy) in household.insurance.iter().enumerate() {
            assets.push(Asset {
                field: format!("insurance[{index}]"),
                id: &policy.id,
                name: &policy.name,
                currency: policy.currency,
                value: policy.cash_value,
                cost_basis: None,
                annual_growth: policy.annual_growth,
                sale: policy.sale.as_ref(),
            });
        }
        for (index, asset) in household.other_assets.iter().enumerate() {
            let places = household.places_of(asset.currency);
            let part = |amount| owned_part(amount, asset.ownership_share, places);
            assets.push(Asset {
                field: format!("otherAssets[{index}]"),
                id: &asset.id,
                name: &asset.name,
                currency: asset.currency,
                value: part(asset.value)?,
                cost_basis: asset.cost_basis.map(part).transpose()?,
                annual_growth: asset.annual_growth,
                sale: asset.sale.as_ref(),
            });
        }
        Ok(assets)
    }

    fn keep_outside(&mut self, asset: &Asset<'_>) {
        if !asset.value.is_zero() {
            self.assumed.add(
                format!("{}.sale", asset.field),
                format!("{} is kept, and is no part of the plan", asset.name),
                "the date on which it becomes money",
            );
        }
    }

    /// A property of the plan without costs.
    fn sold(
        &mut self,
        asset: &Asset<'_>,
        sale: Option<&AssetSale>,
        names: &mut Names,
    ) -> Result<RetirementProperty> {
        self.foreign(&asset.field, asset.currency);
        let value = gate::to_f64(self.in_base(asset.value, asset.currency)?);
        let basis = asset.cost_basis.map(|cost| self.in_base(cost, asset.currency)).transpose()?;
        if asset.annual_growth.is_none() {
            self.assumed.add(
                format!("{}.annualGrowth", asset.field),
                format!("the value of {} rises with prices", asset.name),
                "its annual growth as a fraction",
            );
        }
        if let Some(sale) = sale {
            let in_year = self.year_of_sale(sale);
            if in_year > self.adults.last_year {
                let what = format!("the sale of {}", asset.name);
                self.not_reached(&format!("{}.sale.date", asset.field), &what, in_year);
            }
            if sale.selling_cost.is_none() {
                self.assumed.figure(
                    format!("{}.sale.sellingCost", asset.field),
                    format!("the sale of {} costs nothing", asset.name),
                    (0.0, "fraction of the price"),
                    "the costs as a share of the price",
                );
            }
            if basis.is_none() {
                self.assumed.figure(
                    format!("{}.costBasis", asset.field),
                    format!("{} cost what it is worth", asset.name),
                    (value, "household currency"),
                    "its cost",
                );
            }
        }
        Ok(RetirementProperty {
            name: names.unique(asset.name),
            value,
            inflation_linked: asset.annual_growth.is_none(),
            annual_growth: asset.annual_growth.unwrap_or(0.0),
            owned_from: None,
            annual_cost: 0.0,
            sale: sale.map(|sale| year(self.year_of_sale(sale))),
            selling_cost: sale.and_then(|sale| sale.selling_cost).unwrap_or(0.0),
            basis: basis.map(gate::to_f64),
            gain_exclusion: 0.0,
            mortgage: None,
            spend: false,
        })
    }

    fn year_of_sale(&self, sale: &AssetSale) -> i32 {
        sale.date.year().max(self.timeline.first_year)
    }

    fn property(
        &mut self,
        index: usize,
        property: &'a Property,
        names: &mut Names,
        rents: &mut Vec<RetirementIncome>,
    ) -> Result<PlannedAsset<'a>> {
        let places = self.household.places_of(property.currency);
        let part = |amount: Decimal| owned_part(amount, property.ownership_share, places);
        let field = format!("properties[{index}]");
        let sale = property.sale.as_ref();
        let asset = Asset {
            field: field.clone(),
            id: &property.id,
            name: &property.name,
            currency: property.currency,
            value: part(property.value)?,
            cost_basis: property.cost_basis.map(part).transpose()?,
            annual_growth: property.annual_growth,
            sale,
        };
        let mut plan = self.sold(&asset, sale, names)?;
        let twelve = Decimal::from(12_u32);
        let costs = [
            property.property_tax_annual,
            property.insurance_annual,
            property.hoa_monthly.map(|dues| dues.times(twelve)).transpose()?,
        ];
        let costs = part(Decimal::sum(costs.into_iter().flatten())?)?;
        plan.annual_cost = gate::to_f64(self.in_base(costs, property.currency)?);
        plan.gain_exclusion = self.gain_exclusion(&field, property)?;
        let sold_in = sale.map(|sale| self.year_of_sale(sale));
        if let Some(rent) = property.monthly_rent.filter(|rent| !rent.is_zero()) {
            let annual = self.in_base(part(rent.times(twelve)?)?, property.currency)?;
            rents.push(RetirementIncome {
                name: self.names_of_incomes.unique(&format!("{}: rent", property.name)),
                kind: RetirementIncomeKind::Rent,
                owner: None,
                annual_amount: gate::to_f64(annual),
                inflation_linked: true,
                annual_growth: 0.0,
                start: None,
                until: sold_in.map(year),
                taxable_share: 1.0,
                survivor_share: 0.0,
            });
        }
        Ok(PlannedAsset { id: &property.id, plan })
    }

    /// The home that is bought when a property is sold: its price is paid then, and its value is owned from then on.
    fn replacement(
        &mut self,
        index: usize,
        property: &'a Property,
        names: &mut Names,
    ) -> Result<Option<PlannedAsset<'a>>> {
        let (Some(replacement), Some(sale)) = (&property.replacement, &property.sale) else {
            return Ok(None);
        };
        let sold_in = self.year_of_sale(sale);
        let price = self.in_base(replacement.price, property.currency)?;
        let value = self.in_base(replacement.value.unwrap_or(replacement.price), property.currency)?;
        let cost = self.in_base(replacement.annual_cost, property.currency)?;
        let name = format!("{}: replacement", property.name);
        self.lump_sums.push(RetirementLumpSum {
            name: self.names_of_lump_sums.unique(&name),
            amount: -gate::to_f64(price),
            inflation_linked: true,
            at: year(sold_in),
            taxable_share: 0.0,
            spend: false,
            essential: true,
        });
        if replacement.real_growth.is_none() {
            self.assumed.add(
                format!("properties[{index}].replacement.realGrowth"),
                format!("the value of the home that replaces {} rises with prices", property.name),
                "its annual growth on top of inflation as a fraction",
            );
        }
        let plan = RetirementProperty {
            name: names.unique(&name),
            value: gate::to_f64(value),
            inflation_linked: true,
            annual_growth: replacement.real_growth.unwrap_or(0.0),
            owned_from: Some(year(sold_in)),
            annual_cost: gate::to_f64(cost),
            sale: None,
            selling_cost: 0.0,
            basis: None,
            gain_exclusion: 0.0,
            mortgage: None,
            spend: false,
        };
        // Its id is that of no asset of the document, and no loan is secured by it.
        Ok(Some(PlannedAsset { id: "", plan }))
    }

    /// The part of the gain of a sale that is not taxed.
    fn gain_exclusion(&mut self, field: &str, property: &Property) -> Result<f64> {
        if let Some(exclusion) = property.gain_exclusion {
            return Ok(gate::to_f64(self.in_base(exclusion, property.currency)?));
        }
        let is_home = property.kind == PropertyKind::PrimaryResidence && self.is_american;
        if property.sale.is_none() || !is_home || self.household.currency != Currency::USD {
            return Ok(0.0);
        }
        let owners = self.adults.list.len().clamp(1, 2) as f64;
        let exclusion = EXCLUSION_OF_A_HOME * owners;
        self.assumed.figure(
            format!("{field}.gainExclusion"),
            format!("{exclusion} of the gain on {} is not taxed (26 U.S.C. 121)", property.name),
            (exclusion, "household currency"),
            "the part of the gain that is not taxed",
        );
        Ok(exclusion)
    }

    /// Repays from the sale of an asset the loan that it secures: of several, the largest.
    pub(super) fn mortgages(
        &mut self,
        assets: Vec<PlannedAsset<'a>>,
        liabilities: &Liabilities<'a>,
    ) -> Vec<RetirementProperty> {
        let repaid = |asset: PlannedAsset<'a>| {
            let mut plan = asset.plan;
            let secured = liabilities.loans.iter().filter(|loan| loan.secured_by == Some(asset.id));
            let largest =
                secured.clone().reduce(|most, loan| if loan.balance > most.balance { loan } else { most });
            if let Some(loan) = largest.filter(|_| plan.sale.is_some()) {
                plan.mortgage = Some(loan.name.clone());
                for other in secured.filter(|other| other.name != loan.name) {
                    self.assumed.add(
                        format!("liabilities[{}].securedBy", other.index),
                        format!("{} goes on after the sale of {}", other.name, plan.name),
                        "one loan for each asset that is sold",
                    );
                }
            }
            plan
        };
        assets.into_iter().map(repaid).collect()
    }
}
