//! Writing the document to rows.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use uuid::Uuid;
use wherewithal_base::{money::Currency, num::Decimal};
use wherewithal_household::{Account, AssetCategory, Household, Liability};

use super::{ASSET_LISTS, item::Item, keep_outline, value_field};
use crate::{
    Code, Error, Result, Table, Tx,
    accounts::{self, AccountDetails},
    asset_categories::builtin,
    assets::{self, AssetDetails},
    liabilities::{self, LiabilityDetails},
};

pub(super) async fn replace(tx: &mut Tx, user_id: Uuid, household: &Household) -> Result<()> {
    household.validate().map_err(invalid)?;
    delete_rows(tx, user_id).await?;
    for (index, account) in household.accounts.iter().enumerate() {
        let details =
            account_details(account, household).map_err(|error| at_index(error, "accounts", index))?;
        accounts::insert(tx, user_id, &details).await?;
    }
    let mut row_of_asset = BTreeMap::new();
    for asset in asset_rows(household)? {
        let row = assets::insert(tx, user_id, &asset.details).await?;
        row_of_asset.insert(asset.id, row.id);
    }
    for (index, liability) in household.liabilities.iter().enumerate() {
        let details = liability_details(liability, &row_of_asset)
            .map_err(|error| at_index(error, "liabilities", index))?;
        liabilities::insert(tx, user_id, &details).await?;
    }
    keep_outline(tx, user_id, outline_of(household)?).await
}

async fn delete_rows(tx: &mut Tx, user_id: Uuid) -> Result<()> {
    // Debts refer to assets, so they are deleted first.
    for sql in [
        "DELETE FROM liabilities WHERE user_id = $1",
        "DELETE FROM assets WHERE user_id = $1",
        "DELETE FROM accounts WHERE user_id = $1",
    ] {
        tx.execute(sql, vec![user_id.into()]).await?;
    }
    Ok(())
}

fn account_details(account: &Account, household: &Household) -> Result<AccountDetails> {
    let mut item = Item::of(account)?;
    let table = &accounts::TABLE;
    let is_retirement = account.kind.category() == AssetCategory::RetirementAccounts;
    let derived_value = account.balance.is_none();
    let current_balance = if derived_value {
        Some(account.value(places(account.currency, household)).map_err(invalid)?)
    } else {
        Some(required(&mut item, "balance", table, "current_balance")?)
    };
    Ok(AccountDetails {
        current_balance,
        account_type: item.take_text("kind").unwrap_or_default(),
        account_name: item.take_text("name"),
        institution_name: item.take_text("institution"),
        account_number_last4: None,
        available_balance: None,
        interest_rate: item.take_decimal("interestRate", table, "interest_rate"),
        is_retirement,
        tax_treatment: item.take_text("taxTreatment"),
        plaid_account_id: None,
        plaid_access_token: None,
        plaid_item_id: None,
        last_synced_at: None,
        metadata: item.into_metadata("accounts", derived_value),
    })
}

/// An asset of the document, and its row.
struct AssetRow {
    id: String,
    details: AssetDetails,
}

fn asset_rows(household: &Household) -> Result<Vec<AssetRow>> {
    let mut rows = Vec::new();
    for (index, property) in household.properties.iter().enumerate() {
        rows.push(asset_row(Item::of(property)?, "properties", index, AssetCategory::RealEstate, None)?);
    }
    for (index, fund) in household.private_funds.iter().enumerate() {
        let category = AssetCategory::AlternativeInvestments;
        rows.push(asset_row(Item::of(fund)?, "privateFunds", index, category, None)?);
    }
    for (index, business) in household.businesses.iter().enumerate() {
        let share = business.value(places(business.currency, household)).map_err(invalid)?;
        let category = AssetCategory::BusinessInterests;
        rows.push(asset_row(Item::of(business)?, "businesses", index, category, Some(share))?);
    }
    for (index, policy) in household.insurance.iter().enumerate() {
        rows.push(asset_row(Item::of(policy)?, "insurance", index, AssetCategory::Insurance, None)?);
    }
    for (index, asset) in household.other_assets.iter().enumerate() {
        rows.push(asset_row(Item::of(asset)?, "otherAssets", index, asset.kind.category(), None)?);
    }
    Ok(rows)
}

/// The row of an asset. Its value is one of its fields, or derived and passed in.
fn asset_row(
    mut item: Item,
    list: &str,
    index: usize,
    category: AssetCategory,
    derived_value: Option<Decimal>,
) -> Result<AssetRow> {
    let table = &assets::TABLE;
    let id = item.id().to_owned();
    let current_value = match (derived_value, value_field(list)) {
        (Some(value), _) => value,
        (None, Some(field)) => required(&mut item, field, table, "current_value")
            .map_err(|error| at_index(error, list, index))?,
        (None, None) => return Err(Error::new(Code::DocumentInvalid, "the asset has no value").at(list)),
    };
    let details = AssetDetails {
        category_id: Some(category_row(category)),
        // A business has no kind.
        asset_type: item.take_text("kind").unwrap_or_else(|| "business".to_owned()),
        name: item.take_text("name").unwrap_or_default(),
        description: None,
        current_value,
        cost_basis: item.take_decimal("costBasis", table, "cost_basis"),
        acquisition_date: item.take_date("acquisitionDate"),
        quantity: None,
        ticker_symbol: None,
        metadata: item.into_metadata(list, derived_value.is_some()),
    };
    Ok(AssetRow { id, details })
}

fn liability_details(
    liability: &Liability,
    row_of_asset: &BTreeMap<String, Uuid>,
) -> Result<LiabilityDetails> {
    let mut item = Item::of(liability)?;
    let table = &liabilities::TABLE;
    // The collateral of a debt may also be an account, to which the table cannot refer: then it remains in the item.
    let related_asset_id = liability.secured_by.as_ref().and_then(|asset| row_of_asset.get(asset)).copied();
    if related_asset_id.is_some() {
        item.take_text("securedBy");
    }
    Ok(LiabilityDetails {
        current_balance: required(&mut item, "balance", table, "current_balance")?,
        liability_type: item.take_text("kind").unwrap_or_default(),
        lender_name: item.take_text("lender"),
        account_number_last4: None,
        original_amount: item.take_decimal("originalAmount", table, "original_amount"),
        interest_rate: item.take_decimal("annualRate", table, "interest_rate"),
        monthly_payment: item.take_decimal("payment", table, "monthly_payment"),
        payment_due_day: None,
        origination_date: item.take_date("originationDate"),
        maturity_date: None,
        auto_pay_enabled: false,
        related_asset_id,
        metadata: item.into_metadata("liabilities", false),
    })
}

/// The document without the lists stored as rows.
fn outline_of(household: &Household) -> Result<Json> {
    let mut outline = Item::of(household)?;
    for list in ["accounts", "liabilities"].into_iter().chain(ASSET_LISTS) {
        outline.remove(list);
    }
    Ok(outline.into_json())
}

/// Removes and returns an amount that must fit the column.
fn required(item: &mut Item, field: &str, table: &Table, column: &str) -> Result<Decimal> {
    match item.take_decimal(field, table, column) {
        Some(amount) => Ok(amount),
        None => Err(Error::new(
            Code::DecimalScale,
            "the amount has more than two decimal places, the limit of the table",
        )
        .at(field)),
    }
}

/// The decimal places of a derived amount for a column, which has two.
fn places(currency: Option<Currency>, household: &Household) -> u32 {
    currency.unwrap_or(household.currency).decimal_places().unwrap_or(2).min(2)
}

fn category_row(category: AssetCategory) -> Uuid {
    match category {
        AssetCategory::RealEstate => builtin::REAL_ESTATE,
        AssetCategory::Investments => builtin::INVESTMENTS,
        AssetCategory::CashAndBanking => builtin::CASH_AND_BANKING,
        AssetCategory::RetirementAccounts => builtin::RETIREMENT_ACCOUNTS,
        AssetCategory::AlternativeInvestments => builtin::ALTERNATIVE_INVESTMENTS,
        AssetCategory::BusinessInterests => builtin::BUSINESS_INTERESTS,
        AssetCategory::Insurance => builtin::INSURANCE,
        AssetCategory::OtherAssets => builtin::OTHER_ASSETS,
    }
}

fn at_index(error: Error, list: &str, index: usize) -> Error {
    error.at(&format!("[{index}]")).at(list)
}

/// An error of the core about the document, at the same path.
fn invalid(error: wherewithal_base::Error) -> Error {
    let about = Error::new(Code::DocumentInvalid, error.message().to_owned());
    let about = if error.path().is_empty() { about } else { about.at(error.path()) };
    about.caused_by(error)
}
