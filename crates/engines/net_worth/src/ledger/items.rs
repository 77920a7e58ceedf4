//! The accounts and the assets of the books, and who owns them.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _, num::Decimal};
use wherewithal_household::{AccountKind, TaxTreatment};
use wherewithal_ledger::LedgerAccount;

use super::{
    NetWorthBooks,
    books::{Item, fault},
    input::{OwnedBy, OwnerShare, ValuedAsset},
};

/// The accounts, then the assets, and their places by id.
pub(super) struct Items<'a> {
    pub(super) items: Vec<Item<'a>>,
    pub(super) by_id: BTreeMap<&'a str, usize>,
}

/// Reads accounts, assets and owners.
///
/// # Errors
/// Inside `assets` `list.duplicate`, `rate.out_of_range` and `amount.out_of_range`; inside `owners` `name.unknown`, `list.duplicate`,
/// `rate.out_of_range` and `weights.sum_not_one`.
pub(super) fn read_items(input: &NetWorthBooks) -> Result<Items<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut by_id = BTreeMap::new();
    let scope: BTreeSet<&str> = input.ledger.scope.iter().map(String::as_str).collect();
    for account in &input.ledger.accounts {
        by_id.insert(account.id.as_str(), items.len());
        items.push(of_account(account, input, &scope));
    }
    for (index, asset) in input.assets.iter().enumerate() {
        if by_id.insert(asset.id.as_str(), items.len()).is_some() {
            let message = format!("{:?} is the id of another asset or an account", asset.id);
            return Err(fault(ErrorCode::ListDuplicate, message, "id", "assets", index));
        }
        items.push(of_asset(asset, input).at_index("assets", index)?);
    }
    let mut owned = BTreeMap::new();
    for (index, entry) in input.owners.iter().enumerate() {
        let Some(place) = by_id.get(entry.id.as_str()) else {
            let message = format!("no account and no asset is called {:?}", entry.id);
            return Err(fault(ErrorCode::NameUnknown, message, "id", "owners", index));
        };
        #[expect(clippy::indexing_slicing, reason = "places are those of the items")]
        let item = &mut items[*place];
        let owned_here = shares(entry, item.valued).at_index("owners", index)?;
        if owned.insert(*place, index).is_some() {
            let message = format!("{:?} has owners already", entry.id);
            return Err(fault(ErrorCode::ListDuplicate, message, "id", "owners", index));
        }
        item.owners = &entry.owners;
        item.kept = item.kept.times(owned_here)?;
    }
    Ok(Items { items, by_id })
}

fn of_account<'a>(account: &'a LedgerAccount, input: &NetWorthBooks, scope: &BTreeSet<&str>) -> Item<'a> {
    let treatment = account.kind.map_or(TaxTreatment::Taxable, AccountKind::tax_treatment);
    Item {
        id: &account.id,
        name: account.name.as_deref(),
        currency: account.currency.unwrap_or(input.ledger.currency),
        category: account.kind.map(AccountKind::category),
        liability_kind: account.liability_kind,
        liquid: account.kind.is_none_or(AccountKind::is_liquid),
        tax_treatment: account.tax_treatment.unwrap_or(treatment),
        owners: &[],
        outside: !scope.is_empty() && !scope.contains(account.id.as_str()),
        valued: false,
        kept: Decimal::ONE,
    }
}

fn of_asset<'a>(asset: &'a ValuedAsset, input: &NetWorthBooks) -> Result<Item<'a>> {
    check::text(&asset.id, 100).at("id")?;
    let discount = asset.illiquidity_discount.unwrap_or_default();
    check::decimal_fraction(discount).at("illiquidityDiscount")?;
    if asset.unfunded_commitment.is_some_and(Decimal::is_negative) {
        let error = Error::new(ErrorCode::AmountOutOfRange, "a commitment is at least zero");
        return Err(error.at("unfundedCommitment"));
    }
    Ok(Item {
        id: &asset.id,
        name: asset.name.as_deref(),
        currency: asset.currency.unwrap_or(input.currency),
        category: Some(asset.category),
        liability_kind: None,
        liquid: asset.liquid,
        tax_treatment: asset.tax_treatment.unwrap_or(TaxTreatment::Taxable),
        owners: &[],
        outside: false,
        valued: true,
        kept: Decimal::ONE.minus(discount)?,
    })
}

/// What shares add up to: they are fractions of different persons, and together 1, or less where others own the rest of an asset.
fn shares(entry: &OwnedBy, is_asset: bool) -> Result<Decimal> {
    check::length(entry.owners.len(), 1..=100).at("owners")?;
    let mut seen = BTreeMap::new();
    for (index, OwnerShare { person, share }) in entry.owners.iter().enumerate() {
        check::text(person, 100).at("person").at_index("owners", index)?;
        if seen.insert(person.as_str(), index).is_some() {
            let message = format!("{person:?} has a share already");
            return Err(fault(ErrorCode::ListDuplicate, message, "person", "owners", index));
        }
        check::decimal_rate(*share, check::above(Decimal::ZERO, Decimal::ONE))
            .at("share")
            .at_index("owners", index)?;
    }
    let sum = Decimal::sum(entry.owners.iter().map(|owner| owner.share))?;
    if sum == Decimal::ONE || is_asset && sum < Decimal::ONE {
        return Ok(sum);
    }
    let message = if is_asset {
        format!("the shares add up to {sum}; they must add up to 1 at most")
    } else {
        format!("the shares add up to {sum}; those of an account must add up to 1")
    };
    Err(Error::new(ErrorCode::WeightsSumNotOne, message).at("owners"))
}
