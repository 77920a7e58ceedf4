//! The statement and its totals.

use std::collections::BTreeMap;

use super::lines::{NetWorthAsset, NetWorthLiability, assets, liabilities};
use wherewithal_base::{
    Result,
    dates::Date,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
    wire::Wire,
};
use wherewithal_household::{AssetCategory, Household, LiabilityKind, owned_part};

/// The decimal places of shares and ratios.
const RATIO_PLACES: u32 = 4;

/// Input of `net_worth.statement`.
#[derive(Debug, Clone, Wire)]
pub struct NetWorthInput {
    /// The household.
    pub household: Household,
}

impl NetWorthInput {
    /// Computes the statement.
    ///
    /// # Errors
    /// Those of [`statement`], inside `household`.
    pub fn run(&self) -> Result<NetWorthStatement> {
        statement(&self.household).at("household")
    }
}

/// The assets and liabilities of a household on one date.
///
/// `totalAssets` is the sum of the categories, each of which is the sum of its assets; `totalLiabilities` is the sum of
/// the kinds, each of which is the sum of its liabilities; `netWorth` is `totalAssets` less `totalLiabilities`. All of
/// these are exact.
///
/// An overdrawn account is a liability of the kind `overdraft`, and a negative balance of a debt, such as that of an
/// overpaid card, an asset among cash and banking. Of what the household shares with others (`ownershipShare`) only its
/// own part counts, rounded half to even to the minor unit of the item's currency.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthStatement {
    /// The date of the statement.
    pub as_of: Date,
    /// The currency of all totals.
    pub currency: Currency,
    /// The sum of all assets.
    pub total_assets: Decimal,
    /// The sum of all liabilities, as a positive amount.
    pub total_liabilities: Decimal,
    /// Assets less liabilities; negative if more is owed than owned.
    pub net_worth: Decimal,
    /// The sum of the liquid assets, which can be turned into cash within days without a penalty.
    pub liquid_assets: Decimal,
    /// Liquid assets less all liabilities that are not secured by an illiquid asset: a mortgage is matched with its
    /// home, a credit card with cash.
    pub liquid_net_worth: Decimal,
    /// Liabilities divided by assets, as a fraction with four decimal places; absent if there are no assets.
    pub debt_to_asset_ratio: Option<Decimal>,
    /// Capital that private funds may still call. It is not part of the totals.
    pub unfunded_commitments: Decimal,
    /// The total of each category, in the order of a statement, including categories without assets.
    pub categories: Vec<NetWorthCategory>,
    /// The assets, by category, then by descending value.
    pub assets: Vec<NetWorthAsset>,
    /// The total of each kind of liability that occurs, in the order of a statement.
    pub liability_totals: Vec<NetWorthLiabilityTotal>,
    /// The liabilities, by kind, then by descending balance.
    pub liabilities: Vec<NetWorthLiability>,
}

/// The total of a category of assets.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthCategory {
    /// The category.
    pub category: AssetCategory,
    /// Its name for display, such as "Cash & Banking".
    pub name: String,
    /// The number of assets in it.
    pub count: u32,
    /// The sum of their values.
    pub total: Decimal,
    /// The total divided by all assets, as a fraction with four decimal places; absent if the assets are worth nothing.
    /// Rounded shares need not add up to 1.
    pub share: Option<Decimal>,
}

/// The total of a kind of liability.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct NetWorthLiabilityTotal {
    /// The kind.
    pub kind: LiabilityKind,
    /// Its name for display, such as "Mortgage".
    pub name: String,
    /// The number of liabilities of this kind.
    pub count: u32,
    /// The sum of their balances, as a positive amount.
    pub total: Decimal,
}

/// The net-worth statement of a household.
///
/// Every value is converted to the household's currency once and then rounded half to even to its minor unit; sums are
/// exact. The result does not depend on the order of the items in the document.
///
/// ```
/// # use wherewithal_net_worth::wherewithal;
/// use wherewithal::{household::Household, net_worth};
///
/// let household: Household = serde_json::from_str(r#"{
///     "version": 1, "name": "Example", "asOf": "2026-01-01",
///     "accounts": [{"id": "checking", "name": "Checking", "kind": "checking", "balance": "12000"}],
///     "properties": [{"id": "home", "name": "Home", "kind": "primaryResidence", "value": "500000"}],
///     "liabilities": [{"id": "loan", "name": "Home loan", "kind": "mortgage", "balance": "400000",
///                      "securedBy": "home"}]
/// }"#).unwrap();
/// let statement = net_worth::statement(&household)?;
/// assert_eq!(statement.net_worth.to_string(), "112000.00");
/// assert_eq!(statement.liquid_net_worth.to_string(), "12000.00");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`Household::validate`]; `amount.out_of_range` if a converted value is above the limit.
pub fn statement(household: &Household) -> Result<NetWorthStatement> {
    // The rest relies on valid references, amounts and exchange rates.
    household.validate()?;
    let places = household.places()?;
    let sum = |values: &mut dyn Iterator<Item = Decimal>| -> Result<Decimal> {
        // Changes no value: it only gives every sum the decimal places of the currency, including that of an empty
        // list.
        Ok(Decimal::sum(values)?.round(places, Rounding::HalfEven))
    };
    let assets = assets(household)?;
    let liabilities = liabilities(household)?;

    let total_assets = sum(&mut assets.iter().map(|asset| asset.value))?;
    let total_liabilities = sum(&mut liabilities.iter().map(|liability| liability.balance))?;
    let liquid_assets = sum(&mut assets.iter().filter(|asset| asset.liquid).map(|asset| asset.value))?;
    // One by one: a map that is collected brings a sort for its type.
    let mut liquid: BTreeMap<&str, bool> = BTreeMap::new();
    liquid.extend(assets.iter().map(|asset| (asset.id.as_str(), asset.liquid)));
    // A home does not pay a credit card, but it does secure its own mortgage.
    let secured_by_illiquid = |liability: &NetWorthLiability| {
        liability.secured_by.as_deref().and_then(|id| liquid.get(id)) == Some(&false)
    };
    let unmatched = sum(&mut liabilities
        .iter()
        .filter(|liability| !secured_by_illiquid(liability))
        .map(|liability| liability.balance))?;
    let mut unfunded = Vec::with_capacity(household.private_funds.len());
    for (index, fund) in household.private_funds.iter().enumerate() {
        unfunded.push(
            owned_part(fund.unfunded_commitment, fund.ownership_share, household.places_of(fund.currency))
                .and_then(|part| household.convert(part, fund.currency))
                .at("unfundedCommitment")
                .at_index("privateFunds", index)?,
        );
    }

    let categories = AssetCategory::ALL
        .into_iter()
        .map(|category| {
            let mut values =
                assets.iter().filter(|asset| asset.category == category).map(|asset| asset.value);
            let total = sum(&mut values)?;
            Ok(NetWorthCategory {
                category,
                name: category.name().to_owned(),
                count: assets.iter().map(|asset| u32::from(asset.category == category)).sum(),
                total,
                share: ratio(total, total_assets)?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let liability_totals = LiabilityKind::ALL
        .into_iter()
        .filter(|kind| liabilities.iter().any(|liability| liability.kind == *kind))
        .map(|kind| {
            let mut balances = liabilities
                .iter()
                .filter(|liability| liability.kind == kind)
                .map(|liability| liability.balance);
            Ok(NetWorthLiabilityTotal {
                kind,
                name: kind.name().to_owned(),
                count: liabilities.iter().map(|liability| u32::from(liability.kind == kind)).sum(),
                total: sum(&mut balances)?,
            })
        })
        .collect::<Result<Vec<_>>>()?;

    Ok(NetWorthStatement {
        as_of: household.as_of,
        currency: household.currency,
        total_assets,
        total_liabilities,
        net_worth: total_assets.minus(total_liabilities)?,
        liquid_assets,
        liquid_net_worth: liquid_assets.minus(unmatched)?,
        debt_to_asset_ratio: ratio(total_liabilities, total_assets)?,
        unfunded_commitments: sum(&mut unfunded.into_iter())?,
        categories,
        assets,
        liability_totals,
        liabilities,
    })
}

/// `part` / `whole`, rounded half to even; `None` if the whole is zero.
fn ratio(part: Decimal, whole: Decimal) -> Result<Option<Decimal>> {
    // Shares of nothing are absent rather than zero.
    if whole.is_zero() {
        return Ok(None);
    }
    Ok(Some(part.divided_by(whole)?.round(RATIO_PLACES, Rounding::HalfEven)))
}

#[cfg(test)]
mod tests;
