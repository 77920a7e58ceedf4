//! Both databases refuse the same values, with the same code and path.

use serde_json::json;
use wherewithal_conformance::{TestDatabase, on_both};
use wherewithal_store::{
    asset_categories::{self, AssetCategoryDetails, builtin},
    assets::{self, AssetDetails},
    liabilities::{self, LiabilityDetails},
    net_worth_snapshots::{self, NetWorthDetails},
    users::{self, NewUser},
    *,
};

use crate::{now, refusal, refused, user, write, write_at};

on_both!(
    an_address_is_unique,
    a_reference_must_exist,
    a_row_that_is_referred_to_stays,
    a_role_must_be_known,
    a_required_column_must_have_a_value,
    deleting_a_user_deletes_what_is_theirs,
    the_eight_categories_are_there,
    categories_come_in_their_order,
    pages_follow_each_other,
    what_is_deactivated_is_not_listed,
    a_change_has_the_time_of_its_transaction,
);

fn house() -> AssetDetails {
    AssetDetails::new("primary_residence", "House", "650000".parse().unwrap())
}

async fn an_address_is_unique(test: TestDatabase) {
    user(&test.db, "a@example.com").await;
    let again = write(&test.db, async |tx| users::insert(tx, &NewUser::client("a@example.com")).await).await;
    assert!(again.as_ref().is_err_and(Error::is_unique_violation));
    let error = again.unwrap_err();
    assert_eq!((error.kind(), error.path()), (Kind::Conflict, "email"));
    assert!(!error.to_string().contains("a@example.com"), "the message gives nothing away: {error}");
    user(&test.db, "A@example.com").await;
}

async fn a_reference_must_exist(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let stranger = Uuid::from_u128(7);
    let refused = refused("store.reference.violated", "");
    let outcome = write(&test.db, async |tx| assets::insert(tx, stranger, &house()).await).await;
    assert_eq!(refusal(outcome), refused);
    let details = AssetDetails { category_id: Some(stranger), ..house() };
    let outcome = write(&test.db, async |tx| assets::insert(tx, owner, &details).await).await;
    assert_eq!(refusal(outcome), refused);
    let category = AssetCategoryDetails {
        name: "Boats".to_owned(),
        parent_category_id: Some(stranger),
        ..Default::default()
    };
    let outcome = write(&test.db, async |tx| asset_categories::insert(tx, &category).await).await;
    assert_eq!(refusal(outcome), refused);
    let snapshot = NetWorthDetails {
        snapshot_date: "2026-01-31".parse().unwrap(),
        total_assets: "1".parse().unwrap(),
        total_liabilities: "0".parse().unwrap(),
        net_worth: "1".parse().unwrap(),
        asset_breakdown: json!({}),
    };
    let outcome =
        write(&test.db, async |tx| net_worth_snapshots::upsert(tx, stranger, &snapshot).await).await;
    assert_eq!(refusal(outcome), refused);
}

async fn a_row_that_is_referred_to_stays(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let details = AssetDetails { category_id: Some(builtin::REAL_ESTATE), ..house() };
    let house = write(&test.db, async |tx| assets::insert(tx, owner, &details).await).await.unwrap();
    let mut mortgage = LiabilityDetails::new("mortgage", "400000".parse().unwrap());
    mortgage.related_asset_id = Some(house.id);
    let mortgage = write(&test.db, async |tx| liabilities::insert(tx, owner, &mortgage).await).await.unwrap();

    let outcome = write(&test.db, async |tx| assets::delete(tx, owner, house.id).await).await;
    assert!(outcome.as_ref().is_err_and(Error::is_reference_violation), "{outcome:?}");
    let outcome = write(&test.db, async |tx| asset_categories::delete(tx, builtin::REAL_ESTATE).await).await;
    assert!(outcome.as_ref().is_err_and(Error::is_reference_violation), "{outcome:?}");

    let both = async |tx: &mut Tx| {
        liabilities::delete(tx, owner, mortgage.id).await?;
        assets::delete(tx, owner, house.id).await
    };
    write(&test.db, both).await.unwrap();
    assert!(
        assets::get(&mut test.db.read().await.unwrap(), owner, house.id).await.unwrap_err().is_not_found()
    );
}

async fn a_role_must_be_known(test: TestDatabase) {
    let id = user(&test.db, "a@example.com").await;
    let mut tx = test.db.begin(now()).await.unwrap();
    let outcome =
        tx.execute("UPDATE users SET role = $1 WHERE id = $2", vec!["owner".into(), id.into()]).await;
    assert_eq!(refusal(outcome), refused("store.check.violated", "role"));
}

async fn a_required_column_must_have_a_value(test: TestDatabase) {
    let id = user(&test.db, "a@example.com").await;
    let mut tx = test.db.begin(now()).await.unwrap();
    let nothing: Option<String> = None;
    let outcome =
        tx.execute("UPDATE users SET email = $1 WHERE id = $2", vec![nothing.into(), id.into()]).await;
    assert_eq!(refusal(outcome), refused("store.null.violated", "email"));
}

async fn deleting_a_user_deletes_what_is_theirs(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let other = user(&test.db, "b@example.com").await;
    let fill = async |tx: &mut Tx, user: Uuid| {
        let house = assets::insert(tx, user, &house()).await?;
        accounts::insert(tx, user, &accounts::AccountDetails::new("checking", "1".parse().unwrap())).await?;
        // The reference from the debt to the house must not prevent it.
        let mut mortgage = LiabilityDetails::new("mortgage", "400000".parse().unwrap());
        mortgage.related_asset_id = Some(house.id);
        liabilities::insert(tx, user, &mortgage).await
    };
    write(&test.db, async |tx| fill(tx, owner).await).await.unwrap();
    write(&test.db, async |tx| fill(tx, other).await).await.unwrap();
    write(&test.db, async |tx| users::delete(tx, owner).await).await.unwrap();

    let mut reader = test.db.read().await.unwrap();
    assert!(users::get(&mut reader, owner).await.unwrap_err().is_not_found());
    for sql in
        ["SELECT user_id FROM assets", "SELECT user_id FROM accounts", "SELECT user_id FROM liabilities"]
    {
        let rows = reader.fetch_all(sql, vec![]).await.unwrap();
        let owners: Vec<Uuid> = rows.iter().map(|row| row.get("user_id").unwrap()).collect();
        assert_eq!(owners, [other], "{sql}");
    }
}

/// The names, icons and positions are those of the specification's default rows.
async fn the_eight_categories_are_there(test: TestDatabase) {
    let categories = asset_categories::list(&mut test.db.read().await.unwrap()).await.unwrap();
    let shown: Vec<(&str, Option<&str>, Option<i32>)> = categories
        .iter()
        .map(|category| {
            let details = &category.details;
            (details.name.as_str(), details.icon.as_deref(), details.sort_order)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("Real Estate", Some("home"), Some(1)),
            ("Investments", Some("trending-up"), Some(2)),
            ("Cash & Banking", Some("dollar-sign"), Some(3)),
            ("Retirement Accounts", Some("piggy-bank"), Some(4)),
            ("Alternative Investments", Some("briefcase"), Some(5)),
            ("Business Interests", Some("building"), Some(6)),
            ("Insurance", Some("shield"), Some(7)),
            ("Other Assets", Some("more-horizontal"), Some(8)),
        ]
    );
    assert_eq!(categories[0].id, builtin::REAL_ESTATE);
    assert_eq!(categories[7].id, builtin::OTHER_ASSETS);
    assert!(categories.iter().all(|category| category.is_active));
}

async fn categories_come_in_their_order(test: TestDatabase) {
    let add = async |tx: &mut Tx| {
        let mut added = Vec::new();
        for (name, sort_order) in [("Last", None), ("First", Some(0)), ("Later still", None)] {
            let details = AssetCategoryDetails { name: name.to_owned(), sort_order, ..Default::default() };
            added.push(asset_categories::insert(tx, &details).await?);
        }
        Ok(added)
    };
    let added = write(&test.db, add).await.unwrap();
    let mut reader = test.db.read().await.unwrap();
    let listed = asset_categories::list(&mut reader).await.unwrap();
    let names: Vec<&str> = listed.iter().map(|category| category.details.name.as_str()).collect();
    assert_eq!(names[0], "First");
    assert_eq!(names[9..], ["Last", "Later still"]);
    assert_eq!(asset_categories::get(&mut reader, added[0].id).await.unwrap(), added[0]);
}

async fn pages_follow_each_other(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let fill = async |tx: &mut Tx| {
        for number in 0..25 {
            let details = AssetDetails { name: format!("{number}"), ..house() };
            assets::insert(tx, owner, &details).await?;
        }
        Ok(())
    };
    write(&test.db, fill).await.unwrap();
    let mut reader = test.db.read().await.unwrap();
    let mut page = Page::first(10);
    let mut sizes = Vec::new();
    let mut names = Vec::new();
    loop {
        let assets = assets::list(&mut reader, owner, page).await.unwrap();
        sizes.push(assets.len());
        names.extend(assets.iter().map(|asset| asset.details.name.clone()));
        match assets.last() {
            Some(last) => page.after = Some(last.id),
            None => break,
        }
    }
    assert_eq!(sizes, [10, 10, 5, 0]);
    assert_eq!(
        names,
        (0..25).map(|number| number.to_string()).collect::<Vec<_>>(),
        "in the order of insertion"
    );
    for limit in [0, 1001, u32::MAX] {
        let outcome = assets::list(&mut reader, owner, Page::first(limit)).await;
        assert_eq!(refusal(outcome), refused("store.page.limit", "limit"));
    }
}

async fn what_is_deactivated_is_not_listed(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let house = write(&test.db, async |tx| assets::insert(tx, owner, &house()).await).await.unwrap();
    let sold =
        write(&test.db, async |tx| assets::set_active(tx, owner, house.id, false).await).await.unwrap();
    assert!(!sold.is_active);
    let mut reader = test.db.read().await.unwrap();
    assert_eq!(assets::list(&mut reader, owner, Page::first(10)).await.unwrap(), []);
    let everything = Page { include_inactive: true, ..Page::first(10) };
    assert_eq!(assets::list(&mut reader, owner, everything).await.unwrap(), [sold]);
    assert!(!assets::get(&mut reader, owner, house.id).await.unwrap().is_active);
}

async fn a_change_has_the_time_of_its_transaction(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let house = write(&test.db, async |tx| assets::insert(tx, owner, &house()).await).await.unwrap();
    let changed = AssetDetails { current_value: "700000.00".parse().unwrap(), ..house.details.clone() };
    // The same time as before, later, and earlier: the crate reads no clock.
    for text in ["2026-01-31T09:30:00.123456Z", "2026-02-01T00:00:00Z", "2001-01-01T00:00:00Z"] {
        let moment = wherewithal_conformance::moment(text);
        let update = async |tx: &mut Tx| assets::update(tx, owner, house.id, &changed).await;
        let updated = write_at(&test.db, moment, update).await.unwrap();
        let stored = assets::get(&mut test.db.read().await.unwrap(), owner, house.id).await.unwrap();
        assert_eq!(updated, stored);
        assert_eq!((stored.created_at, stored.updated_at), (now(), moment));
        assert_eq!(stored.details, changed);
    }
}
