//! Another user's row is reported as missing, and is not changed.

use wherewithal_conformance::{TestDatabase, on_both};
use wherewithal_store::{
    accounts::{self, AccountDetails},
    assets::{self, AssetDetails},
    liabilities::{self, LiabilityDetails},
    net_worth_snapshots::{self, NetWorthDetails},
    *,
};

use crate::{now, refusal, refused, user, write};

on_both!(
    strangers_reach_no_asset,
    strangers_reach_no_account,
    strangers_reach_no_liability,
    strangers_reach_no_snapshot,
    strangers_assets_secure_no_debt,
);

fn one<T: std::str::FromStr<Err: std::fmt::Debug>>() -> T {
    "1".parse().unwrap()
}

/// Every access to a row, as another user and as the owner. The modules have the same functions.
macro_rules! try_everything {
    ($test:expr, $module:ident, $details:expr) => {{
        let (db, details) = (&$test.db, $details);
        let owner = user(db, "owner@example.com").await;
        let stranger = user(db, "stranger@example.com").await;
        let row = write(db, async |tx| $module::insert(tx, owner, &details).await).await.unwrap();
        let not_found = refused("store.not_found", "");

        let mut reader = db.read().await.unwrap();
        assert_eq!(refusal($module::get(&mut reader, stranger, row.id).await), not_found);
        assert_eq!($module::list(&mut reader, stranger, Page::first(10)).await.unwrap(), []);
        drop(reader);
        let mut tx = db.begin(now()).await.unwrap();
        assert_eq!(refusal($module::update(&mut tx, stranger, row.id, &details).await), not_found);
        assert_eq!(refusal($module::set_active(&mut tx, stranger, row.id, false).await), not_found);
        assert_eq!(refusal($module::delete(&mut tx, stranger, row.id).await), not_found);
        assert_eq!(refusal($module::delete(&mut tx, owner, Uuid::from_u128(7)).await), not_found);
        tx.commit().await.unwrap();

        let mut reader = db.read().await.unwrap();
        assert_eq!($module::get(&mut reader, owner, row.id).await.unwrap(), row);
        drop(reader);
        write(db, async |tx| $module::delete(tx, owner, row.id).await).await.unwrap();
    }};
}

async fn strangers_reach_no_asset(test: TestDatabase) {
    try_everything!(test, assets, AssetDetails::new("primary_residence", "House", one()));
}

async fn strangers_reach_no_account(test: TestDatabase) {
    try_everything!(test, accounts, AccountDetails::new("checking", one()));
}

async fn strangers_reach_no_liability(test: TestDatabase) {
    try_everything!(test, liabilities, LiabilityDetails::new("mortgage", one()));
}

async fn strangers_reach_no_snapshot(test: TestDatabase) {
    let owner = user(&test.db, "owner@example.com").await;
    let stranger = user(&test.db, "stranger@example.com").await;
    let details = NetWorthDetails {
        snapshot_date: "2026-01-31".parse().unwrap(),
        total_assets: one(),
        total_liabilities: "0".parse().unwrap(),
        net_worth: one(),
        asset_breakdown: serde_json::json!({}),
    };
    let row =
        write(&test.db, async |tx| net_worth_snapshots::upsert(tx, owner, &details).await).await.unwrap();
    // Another user's snapshot of the same day is a separate one.
    let other =
        write(&test.db, async |tx| net_worth_snapshots::upsert(tx, stranger, &details).await).await.unwrap();
    assert_ne!(row.id, other.id);
    let outcome = write(&test.db, async |tx| net_worth_snapshots::delete(tx, stranger, row.id).await).await;
    assert_eq!(refusal(outcome), refused("store.not_found", ""));
    write(&test.db, async |tx| net_worth_snapshots::delete(tx, owner, row.id).await).await.unwrap();
    let mut reader = test.db.read().await.unwrap();
    let day = details.snapshot_date;
    assert!(net_worth_snapshots::get(&mut reader, owner, day).await.unwrap_err().is_not_found());
    assert_eq!(net_worth_snapshots::get(&mut reader, stranger, day).await.unwrap(), other);
}

async fn strangers_assets_secure_no_debt(test: TestDatabase) {
    let owner = user(&test.db, "owner@example.com").await;
    let stranger = user(&test.db, "stranger@example.com").await;
    let house = AssetDetails::new("primary_residence", "House", one());
    let house = write(&test.db, async |tx| assets::insert(tx, owner, &house).await).await.unwrap();
    let plain = LiabilityDetails::new("mortgage", one());
    let mut secured = plain.clone();
    secured.related_asset_id = Some(house.id);
    let refused = refused("store.reference.violated", "relatedAssetId");
    let outcome = write(&test.db, async |tx| liabilities::insert(tx, stranger, &secured).await).await;
    assert_eq!(refusal(outcome), refused);
    let debt = write(&test.db, async |tx| liabilities::insert(tx, stranger, &plain).await).await.unwrap();
    let outcome =
        write(&test.db, async |tx| liabilities::update(tx, stranger, debt.id, &secured).await).await;
    assert_eq!(refusal(outcome), refused);
    write(&test.db, async |tx| liabilities::insert(tx, owner, &secured).await).await.unwrap();
}
