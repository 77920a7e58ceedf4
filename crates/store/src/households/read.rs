//! Reading the document from rows.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use uuid::Uuid;
use wherewithal_household::Household;

use super::{
    all,
    item::{Item, Kept},
    outline, value_field,
};
use crate::{Code, Error, Reader, Result, accounts::Account, assets::Asset, liabilities::Liability, records};

pub(super) async fn get(reader: &mut Reader, user_id: Uuid) -> Result<Household> {
    let Some(outline) = outline(reader, user_id).await? else {
        return Err(records::no_such_row(&super::TABLE));
    };
    let mut lists: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    for account in all(reader, user_id, |row: &Account| row.id).await? {
        let kept = account_item(account);
        lists.entry(kept.list).or_default().push(kept.item.into_json());
    }
    let mut asset_of_row = BTreeMap::new();
    for asset in all(reader, user_id, |row: &Asset| row.id).await? {
        let row = asset.id;
        let kept = asset_item(asset);
        asset_of_row.insert(row, kept.item.id().to_owned());
        lists.entry(kept.list).or_default().push(kept.item.into_json());
    }
    for liability in all(reader, user_id, |row: &Liability| row.id).await? {
        let kept = liability_item(liability, &asset_of_row);
        lists.entry(kept.list).or_default().push(kept.item.into_json());
    }
    let mut document = outline.document;
    if let Some(fields) = document.as_object_mut() {
        fields.extend(lists.into_iter().map(|(list, items)| (list, Json::Array(items))));
    }
    serde_json::from_value(document).map_err(|error| {
        Error::new(Code::ValueUnreadable, format!("the rows are not a valid household: {error}"))
            .caused_by(error)
    })
}

fn account_item(account: Account) -> Kept {
    let details = account.details;
    let mut kept = Item::from_metadata(&details.metadata, "accounts", account.id);
    let item = &mut kept.item;
    item.put("kind", Some(details.account_type));
    item.put("name", details.account_name);
    item.put("institution", details.institution_name);
    item.put("interestRate", details.interest_rate);
    item.put("taxTreatment", details.tax_treatment);
    if !kept.derived_value {
        item.put("balance", details.current_balance);
    }
    kept
}

fn asset_item(asset: Asset) -> Kept {
    let details = asset.details;
    let mut kept = Item::from_metadata(&details.metadata, "otherAssets", asset.id);
    let item = &mut kept.item;
    if kept.list != "businesses" {
        item.put("kind", Some(details.asset_type));
    }
    item.put("name", Some(details.name));
    item.put("costBasis", details.cost_basis);
    item.put("acquisitionDate", details.acquisition_date);
    if let Some(field) = value_field(&kept.list).filter(|_| !kept.derived_value) {
        item.put(field, Some(details.current_value));
    }
    kept
}

fn liability_item(liability: Liability, asset_of_row: &BTreeMap<Uuid, String>) -> Kept {
    let details = liability.details;
    let mut kept = Item::from_metadata(&details.metadata, "liabilities", liability.id);
    let item = &mut kept.item;
    item.put("kind", Some(details.liability_type.clone()));
    if !item.has("name") {
        item.put("name", Some(details.lender_name.as_ref().unwrap_or(&details.liability_type)));
    }
    item.put("lender", details.lender_name);
    item.put("balance", Some(details.current_balance));
    item.put("originalAmount", details.original_amount);
    item.put("annualRate", details.interest_rate);
    item.put("payment", details.monthly_payment);
    item.put("originationDate", details.origination_date);
    // An inactive asset is no longer collateral.
    item.put("securedBy", details.related_asset_id.and_then(|row| asset_of_row.get(&row)));
    kept
}
