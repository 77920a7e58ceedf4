//! Transactions are atomic.

use std::time::Duration;

use wherewithal_base::num::Decimal;
use wherewithal_conformance::{TestDatabase, on_both};
use wherewithal_store::{
    accounts::{self, AccountDetails},
    assets::{self, AssetDetails},
    users::{self, NewUser},
    *,
};

use crate::{now, refusal, refused, user, write};

on_both!(
    what_is_rolled_back_is_gone,
    what_is_dropped_is_gone,
    a_failed_statement_ends_the_transaction,
    a_statement_given_up_ends_the_transaction,
    a_reader_sees_one_state,
    a_reader_cannot_write,
    no_update_is_lost,
    writers_do_not_fail_each_other,
    a_closed_database_is_unavailable,
    many_readers_and_writers,
);

async fn count_users(db: &Db) -> usize {
    users::list(&mut db.read().await.unwrap(), Page::first(1000)).await.unwrap().len()
}

async fn insert(tx: &mut Tx, email: &str) -> Result<Uuid> {
    Ok(users::insert(tx, &NewUser::client(email)).await?.id)
}

async fn what_is_rolled_back_is_gone(test: TestDatabase) {
    let mut tx = test.db.begin(now()).await.unwrap();
    let id = insert(&mut tx, "a@example.com").await.unwrap();
    users::get(&mut tx, id).await.expect("a transaction sees its own changes");
    tx.rollback().await.unwrap();
    assert_eq!(count_users(&test.db).await, 0);

    let halfway = async |tx: &mut Tx| {
        let id = insert(tx, "b@example.com").await?;
        let details = AssetDetails::new("car", "Car", "0.001".parse().unwrap());
        assets::insert(tx, id, &details).await
    };
    let outcome = write(&test.db, halfway).await;
    assert_eq!(refusal(outcome), refused("store.decimal.scale", "currentValue"));
    assert_eq!(count_users(&test.db).await, 0, "there are no partial writes");
}

async fn what_is_dropped_is_gone(test: TestDatabase) {
    for _ in 0..20 {
        let mut tx = test.db.begin(now()).await.unwrap();
        insert(&mut tx, "a@example.com").await.unwrap();
        drop(tx);
    }
    assert_eq!(count_users(&test.db).await, 0);
    user(&test.db, "a@example.com").await;
}

async fn a_failed_statement_ends_the_transaction(test: TestDatabase) {
    user(&test.db, "a@example.com").await;
    let mut tx = test.db.begin(now()).await.unwrap();
    insert(&mut tx, "b@example.com").await.unwrap();
    assert!(insert(&mut tx, "a@example.com").await.unwrap_err().is_unique_violation());
    let failed = refused("store.transaction.failed", "");
    assert_eq!(refusal(insert(&mut tx, "c@example.com").await), failed);
    assert_eq!(refusal(users::list(&mut tx, Page::first(10)).await), failed);
    assert_eq!(refusal(tx.commit().await), failed);
    assert_eq!(count_users(&test.db).await, 1);
}

async fn a_statement_given_up_ends_the_transaction(test: TestDatabase) {
    let mut tx = test.db.begin(now()).await.unwrap();
    // Polled once, so that it has started, and then dropped.
    let given_up = tokio::time::timeout(Duration::ZERO, insert(&mut tx, "a@example.com")).await.is_err();
    if given_up {
        assert_eq!(refusal(tx.commit().await), refused("store.transaction.failed", ""));
    } else {
        tx.rollback().await.unwrap();
    }
    assert_eq!(count_users(&test.db).await, 0);
    user(&test.db, "a@example.com").await;
}

async fn a_reader_sees_one_state(test: TestDatabase) {
    let mut reader = test.db.read().await.unwrap();
    assert_eq!(users::list(&mut reader, Page::first(10)).await.unwrap().len(), 0);
    user(&test.db, "a@example.com").await;
    assert_eq!(users::list(&mut reader, Page::first(10)).await.unwrap().len(), 0);
    drop(reader);
    assert_eq!(count_users(&test.db).await, 1);
}

async fn a_reader_cannot_write(test: TestDatabase) {
    let mut reader = test.db.read().await.unwrap();
    let outcome = reader.fetch_all("DELETE FROM asset_categories RETURNING id", vec![]).await;
    assert_eq!(refusal(outcome.map(|rows| rows.len())), refused("store.unavailable", ""));
    drop(reader);
    let categories = asset_categories::list(&mut test.db.read().await.unwrap()).await.unwrap();
    assert_eq!(categories.len(), 8);
}

/// Two transactions that lock two rows in opposite orders: one fails with a conflict, the other continues.
#[tokio::test]
async fn two_that_wait_for_each_other_are_told() {
    let Some(test) = TestDatabase::postgres().await else { return };
    let (a, b) = (user(&test.db, "a@example.com").await, user(&test.db, "b@example.com").await);
    let mut first = test.db.begin(now()).await.unwrap();
    let mut second = test.db.begin(now()).await.unwrap();
    users::get(&mut first, a).await.unwrap();
    users::get(&mut second, b).await.unwrap();
    let (first, second) = tokio::join!(users::get(&mut first, b), async {
        let outcome = users::get(&mut second, a).await;
        drop(second);
        outcome
    });
    let errors: Vec<Error> = [first, second].into_iter().filter_map(Result::err).collect();
    assert_eq!(errors.len(), 1);
    assert_eq!((errors[0].code(), errors[0].is_busy()), (Code::TransactionConflict, true));
}

/// Each task reads a balance, adds one to it and writes it back.
async fn no_update_is_lost(test: TestDatabase) {
    const TASKS: u32 = 8;
    const ROUNDS: u32 = 10;
    let owner = user(&test.db, "a@example.com").await;
    let details = AccountDetails::new("checking", Decimal::ZERO);
    let account = write(&test.db, async |tx| accounts::insert(tx, owner, &details).await).await.unwrap();
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (db, id) = (test.db.clone(), account.id);
            tokio::spawn(async move {
                for _ in 0..ROUNDS {
                    let mut tx = db.begin(now()).await.unwrap();
                    let mut details = accounts::get(&mut tx, owner, id).await.unwrap().details;
                    let balance = details.current_balance.unwrap();
                    tokio::task::yield_now().await;
                    details.current_balance = Some(balance.plus(Decimal::ONE).unwrap());
                    accounts::update(&mut tx, owner, id, &details).await.unwrap();
                    tx.commit().await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let account = accounts::get(&mut test.db.read().await.unwrap(), owner, account.id).await.unwrap();
    assert_eq!(account.details.current_balance.unwrap().to_string(), format!("{}.00", TASKS * ROUNDS));
}

/// Two handles on one database, as from two processes.
async fn writers_do_not_fail_each_other(test: TestDatabase) {
    let other = Db::open(&test.location).await.unwrap();
    let tasks: Vec<_> = (0..12)
        .map(|task| {
            let db = if task % 2 == 0 { test.db.clone() } else { other.clone() };
            tokio::spawn(async move {
                for round in 0..10 {
                    let email = format!("{task}-{round}@example.com");
                    let mut tx = db.begin(now()).await.unwrap();
                    insert(&mut tx, &email).await.unwrap();
                    tx.commit().await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(count_users(&test.db).await, 120);
    assert_eq!(count_users(&other).await, 120);
}

async fn a_closed_database_is_unavailable(test: TestDatabase) {
    test.db.ping().await.unwrap();
    test.db.close().await;
    assert!(test.db.ping().await.unwrap_err().is_unavailable());
    assert!(test.db.begin(now()).await.unwrap_err().is_unavailable());
}

/// More readers than connections, with a concurrent writer.
async fn many_readers_and_writers(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let tasks: Vec<_> = (0..40)
        .map(|number| {
            let db = test.db.clone();
            tokio::spawn(async move {
                if number % 4 == 0 {
                    let details = AssetDetails::new("car", "Car", "1".parse().unwrap());
                    let mut tx = db.begin(now()).await.unwrap();
                    assets::insert(&mut tx, owner, &details).await.unwrap();
                    tx.commit().await.unwrap();
                } else {
                    let mut reader = db.read().await.unwrap();
                    let first = assets::list(&mut reader, owner, Page::first(100)).await.unwrap();
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    assert_eq!(assets::list(&mut reader, owner, Page::first(100)).await.unwrap(), first);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let all = assets::list(&mut test.db.read().await.unwrap(), owner, Page::first(100)).await.unwrap();
    assert_eq!(all.len(), 10);
}
