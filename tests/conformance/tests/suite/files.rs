//! Values without a type in SQLite are checked by constraints, and invalid stored values are errors.

use wherewithal_base::num::Decimal;
use wherewithal_conformance::TestDatabase;
use wherewithal_store::{
    accounts::{self, AccountDetails},
    assets::{self, AssetDetails},
    *,
};

use crate::{now, refusal, refused, user, write};

async fn asset(test: &TestDatabase) -> (Uuid, Uuid) {
    let owner = user(&test.db, "a@example.com").await;
    let details = AssetDetails::new("car", "Car", "1".parse().unwrap());
    let asset = write(&test.db, async |tx| assets::insert(tx, owner, &details).await).await.unwrap();
    (owner, asset.id)
}

#[tokio::test]
async fn garbage_is_refused_by_the_table() {
    let test = TestDatabase::sqlite().await;
    let (_, id) = asset(&test).await;
    let mut tried = 0;
    for (sql, path, values) in [
        (
            "UPDATE assets SET current_value = $1 WHERE id = $2",
            "currentValue",
            &[
                "",
                "abc",
                "1",
                "1.0",
                "1.000",
                "1,00",
                ".00",
                "-.00",
                "--1.00",
                "+1.00",
                " 1.00",
                "1.00 ",
                "1e5.00",
                "NaN",
                "1.2.00",
                "10000000000000.00",
                "-10000000000000.00",
                "0x1.00",
            ][..],
        ),
        (
            "UPDATE assets SET quantity = $1 WHERE id = $2",
            "quantity",
            &["1.00", "1.0000000", "1000000000.000000", "1.00000a"],
        ),
        (
            "UPDATE assets SET acquisition_date = $1 WHERE id = $2",
            "acquisitionDate",
            &[
                "",
                "2026-02-29",
                "2026-13-01",
                "26-01-01",
                "2026-1-1",
                "2026-01-01 ",
                "0000-01-01",
                "2026/01/01",
            ],
        ),
        (
            "UPDATE assets SET created_at = $1 WHERE id = $2",
            "createdAt",
            &[
                "2026-01-31",
                "2026-01-31T09:30:00Z",
                "2026-01-31T09:30:00.000000",
                "2026-01-31 09:30:00.000000Z",
                "2026-01-31T24:30:00.000000Z",
                "2026-02-30T09:30:00.000000Z",
                "2026-01-31T09:30:00.00000aZ",
            ],
        ),
        (
            "UPDATE assets SET id = $1 WHERE id = $2",
            "id",
            &[
                "",
                "7",
                "01980000-0000-7000-8000-00000000000G",
                "01980000-0000-7000-8000-00000000000A",
                "01980000000070008000000000000001",
            ],
        ),
        ("UPDATE assets SET metadata = $1 WHERE id = $2", "metadata", &["", "{", "{'a': 1}", "nul"]),
        ("UPDATE assets SET ticker_symbol = $1 WHERE id = $2", "tickerSymbol", &["ABCDEFGHIJKLMNOPQRSTU"]),
    ] {
        for value in values {
            let mut tx = test.db.begin(now()).await.unwrap();
            let outcome = tx.execute(sql, vec![(*value).into(), id.into()]).await;
            assert_eq!(refusal(outcome), refused("store.check.violated", path), "{value:?}");
            tried += 1;
        }
    }
    assert!(tried > 40);
    let update = async |sql: &'static str, value: Value| {
        let mut tx = test.db.begin(now()).await.unwrap();
        refusal(tx.execute(sql, vec![value, id.into()]).await)
    };
    let is_active = "UPDATE assets SET is_active = $1 WHERE id = $2";
    assert_eq!(update(is_active, 2.into()).await, refused("store.check.violated", "isActive"));
    // The tables are strict: a text is not silently converted to a number.
    assert_eq!(update(is_active, "x".into()).await.0, "store.statement.failed");
    let current_value = "UPDATE assets SET current_value = $1 WHERE id = $2";
    assert_eq!(update(current_value, 5.into()).await, refused("store.check.violated", "currentValue"));
}

/// The checks are off in order to write values that a broken disk or another program might leave.
#[tokio::test]
async fn a_corrupted_value_is_an_error_and_never_zero() {
    let test = TestDatabase::sqlite().await;
    let (owner, id) = asset(&test).await;
    for (sql, path, values) in [
        (
            "UPDATE assets SET current_value = $1 WHERE id = $2",
            "currentValue",
            &["", "abc", "12,50", "1.0.0", "NaN", " 1.00", "1e5", "79228162514264337593543950336"][..],
        ),
        (
            "UPDATE assets SET acquisition_date = $1 WHERE id = $2",
            "acquisitionDate",
            &["", "2026-02-30", "today"],
        ),
        (
            "UPDATE assets SET created_at = $1 WHERE id = $2",
            "createdAt",
            &["", "2026-02-30T00:00:00Z", "now"],
        ),
        ("UPDATE assets SET metadata = $1 WHERE id = $2", "metadata", &["", "{", "{\"a\":1}}"]),
    ] {
        for value in values {
            let mut tx = test.db.begin(now()).await.unwrap();
            tx.execute("PRAGMA ignore_check_constraints = ON", vec![]).await.unwrap();
            tx.execute(sql, vec![(*value).into(), id.into()]).await.unwrap();
            let expected = refused("store.value.unreadable", path);
            assert_eq!(refusal(assets::get(&mut tx, owner, id).await), expected, "{value:?}");
            assert_eq!(refusal(assets::list(&mut tx, owner, Page::first(10)).await), expected, "{value:?}");
            tx.execute("PRAGMA ignore_check_constraints = OFF", vec![]).await.unwrap();
            tx.rollback().await.unwrap();
        }
    }
    assets::get(&mut test.db.read().await.unwrap(), owner, id).await.unwrap();
}

#[tokio::test]
async fn a_corrupted_role_is_an_error() {
    let test = TestDatabase::sqlite().await;
    let id = user(&test.db, "a@example.com").await;
    let mut tx = test.db.begin(now()).await.unwrap();
    tx.execute("PRAGMA ignore_check_constraints = ON", vec![]).await.unwrap();
    tx.execute("UPDATE users SET role = $1", vec!["owner".into()]).await.unwrap();
    assert_eq!(refusal(users::get(&mut tx, id).await), refused("store.value.unreadable", "role"));
}

/// PostgreSQL's special values, written by hand, are errors, not panics.
#[tokio::test]
async fn what_only_postgres_can_say_is_an_error() {
    let Some(test) = TestDatabase::postgres().await else { return };
    let (owner, id) = asset(&test).await;
    for (sql, path) in [
        ("UPDATE assets SET current_value = 'NaN'", "currentValue"),
        ("UPDATE assets SET acquisition_date = 'infinity'", "acquisitionDate"),
        ("UPDATE assets SET acquisition_date = '-infinity'", "acquisitionDate"),
        ("UPDATE assets SET acquisition_date = '0001-01-01 BC'", "acquisitionDate"),
        ("UPDATE assets SET acquisition_date = '10000-01-01'", "acquisitionDate"),
        ("UPDATE assets SET created_at = 'infinity'", "createdAt"),
        ("UPDATE assets SET created_at = '-infinity'", "createdAt"),
    ] {
        let mut tx = test.db.begin(now()).await.unwrap();
        tx.execute(sql, vec![]).await.unwrap();
        assert_eq!(
            refusal(assets::get(&mut tx, owner, id).await),
            refused("store.value.unreadable", path),
            "{sql}"
        );
        tx.rollback().await.unwrap();
    }
    let mut tx = test.db.begin(now()).await.unwrap();
    let rows = tx.fetch_all("SELECT 1e80::numeric AS huge, 1e-29::numeric AS tiny", vec![]).await.unwrap();
    assert_eq!(refusal(rows[0].get::<Decimal>("huge")), refused("store.value.unreadable", "huge"));
    assert_eq!(refusal(rows[0].get::<Decimal>("tiny")), refused("store.value.unreadable", "tiny"));
}

/// A null in a required column is an error; one in an optional column is not.
#[tokio::test]
async fn a_missing_value_is_an_error_where_one_is_needed() {
    for test in [Some(TestDatabase::sqlite().await), TestDatabase::postgres().await].into_iter().flatten() {
        let owner = user(&test.db, "a@example.com").await;
        let details = AccountDetails::new("checking", "1".parse().unwrap());
        let account = write(&test.db, async |tx| accounts::insert(tx, owner, &details).await).await.unwrap();
        let mut tx = test.db.begin(now()).await.unwrap();
        tx.execute("UPDATE accounts SET is_retirement = NULL", vec![]).await.unwrap();
        let outcome = accounts::get(&mut tx, owner, account.id).await;
        assert_eq!(refusal(outcome), refused("store.value.missing", "isRetirement"));
    }
}
