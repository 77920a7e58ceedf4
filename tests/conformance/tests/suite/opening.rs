//! Opening a database, and bringing its tables up to date.

use std::path::Path;

use wherewithal_conformance::{Cluster, TestDatabase, on_both};
use wherewithal_store::*;

use crate::{now, refusal, refused, user};

on_both!(
    a_database_that_was_closed_opens_again,
    tables_are_brought_up_to_date_once,
    tables_of_a_newer_version_are_left_alone,
    a_step_that_fails_leaves_nothing,
);

async fn a_database_that_was_closed_opens_again(test: TestDatabase) {
    let id = user(&test.db, "a@example.com").await;
    test.db.close().await;
    let db = Db::open(&test.location).await.unwrap();
    assert_eq!(users::get(&mut db.read().await.unwrap(), id).await.unwrap().email, "a@example.com");
    db.migrate(now()).await.unwrap();
    assert_eq!(users::get(&mut db.read().await.unwrap(), id).await.unwrap().email, "a@example.com");
}

async fn tables_are_brought_up_to_date_once(test: TestDatabase) {
    for _ in 0..3 {
        test.db.migrate(now()).await.unwrap();
    }
    let mut reader = test.db.read().await.unwrap();
    assert_eq!(asset_categories::list(&mut reader).await.unwrap().len(), 8);
    let rows =
        reader.fetch_all("SELECT version FROM schema_migrations ORDER BY version", vec![]).await.unwrap();
    let versions: Vec<i64> = rows.iter().map(|row| row.get("version").unwrap()).collect();
    assert_eq!(versions, (1..=i64::try_from(rows.len()).unwrap()).collect::<Vec<_>>());
}

async fn tables_of_a_newer_version_are_left_alone(test: TestDatabase) {
    let mut tx = test.db.begin(now()).await.unwrap();
    let insert = "INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)";
    tx.execute(insert, vec![1_000_i64.into(), "later".into(), now().into()]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(refusal(test.db.migrate(now()).await), refused("store.schema.newer", ""));
}

/// Another program has created tables with the same names.
async fn a_step_that_fails_leaves_nothing(test: TestDatabase) {
    let mut tx = test.db.begin(now()).await.unwrap();
    for sql in [
        "DROP TABLE households",
        "DROP TABLE net_worth_snapshots",
        "DROP TABLE liabilities",
        "DROP TABLE accounts",
        "DROP TABLE assets",
        "DROP TABLE users",
        "DELETE FROM schema_migrations",
    ] {
        tx.execute(sql, vec![]).await.unwrap();
    }
    tx.commit().await.unwrap();
    // The categories still exist, so the migration fails at them.
    assert_eq!(refusal(test.db.migrate(now()).await), refused("store.schema.failed", ""));
    let users = "SELECT email FROM users";
    let outcome = test.db.read().await.unwrap().fetch_all(users, vec![]).await.map(|rows| rows.len());
    assert_eq!(refusal(outcome), refused("store.statement.failed", ""));
}

#[tokio::test]
async fn an_address_must_be_a_file_or_a_server() {
    for location in ["", "sqlite:", ":memory:", "sqlite::memory:", "mysql://localhost/db", "http://localhost"]
    {
        assert_eq!(refusal(Db::open(location).await), refused("store.location.invalid", ""), "{location}");
    }
    assert_eq!(refusal(Db::open("postgres://[nowhere").await), refused("store.location.invalid", ""));
}

#[tokio::test]
async fn an_address_may_say_that_it_is_a_file() {
    let directory = tempfile::tempdir().unwrap();
    for prefix in ["", "sqlite:", "sqlite://"] {
        let path = directory.path().join(format!("{}.db", prefix.len()));
        let db = Db::open(&format!("{prefix}{}", path.display())).await.unwrap();
        assert_eq!(db.backend(), Backend::Sqlite);
        db.migrate(now()).await.unwrap();
        assert!(path.exists(), "{prefix}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_used_is_unavailable() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    let unavailable = refused("store.unavailable", "");
    let open = async |path: &Path| {
        let db = Db::open(&path.display().to_string()).await?;
        db.migrate(now()).await
    };

    assert_eq!(refusal(open(directory.path()).await), unavailable, "a directory");
    assert_eq!(refusal(open(&path("missing/wealth.db")).await), unavailable, "in no directory");
    std::fs::write(path("letter.txt"), "Dear reader,\n".repeat(1000)).unwrap();
    assert_eq!(refusal(open(&path("letter.txt")).await), unavailable, "not a database");
    assert_eq!(std::fs::read(path("letter.txt")).unwrap(), "Dear reader,\n".repeat(1000).as_bytes());

    let good = path("wealth.db");
    open(&good).await.unwrap();
    let mut bytes = std::fs::read(&good).unwrap();
    let half = bytes.len() / 2;
    bytes.truncate(half);
    bytes[100..].fill(0x5a);
    let broken = path("broken.db");
    std::fs::write(&broken, bytes).unwrap();
    assert_eq!(refusal(open(&broken).await), unavailable, "a damaged database");
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("wealth.db");
    let db = Db::open(&path.display().to_string()).await.unwrap();
    db.migrate(now()).await.unwrap();
    for name in ["wealth.db", "wealth.db-wal", "wealth.db-shm"] {
        let mode = std::fs::metadata(directory.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[tokio::test]
async fn a_server_that_cannot_be_used_is_unavailable() {
    let Some(cluster) = Cluster::shared() else { return };
    let location = cluster.create_database();
    let url = cluster.by_loopback(&location).0;
    let db = Db::open(&url).await.expect("by TCP and with a password");
    assert_eq!(db.backend(), Backend::Postgres);
    db.migrate(now()).await.unwrap();
    db.ping().await.unwrap();

    let unavailable = refused("store.unavailable", "");
    let wrong_password = url.replace("throw-away", "wrong");
    assert_ne!(wrong_password, url);
    let error = Db::open(&wrong_password).await.unwrap_err();
    assert_eq!(error.code(), Code::Unavailable);
    assert!(!error.to_string().contains("wrong"), "a password is not shown: {error}");
    assert_eq!(refusal(Db::open(&format!("{url}_missing")).await), unavailable, "no such database");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(
        refusal(Db::open(&format!("postgres://someone@{closed}/wealth")).await),
        unavailable,
        "no server"
    );
}

/// The next call replaces a broken connection.
#[tokio::test]
async fn a_server_that_comes_back_is_used_again() {
    let Some(test) = TestDatabase::postgres().await else { return };
    let id = user(&test.db, "a@example.com").await;
    let mut tx = test.db.begin(now()).await.unwrap();
    users::get(&mut tx, id).await.unwrap();
    let others = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    Cluster::shared().unwrap().psql(&test.location, others).unwrap();
    let error = users::get(&mut tx, id).await.unwrap_err();
    assert!(error.is_unavailable(), "{error}");
    assert!(tx.commit().await.is_err());
    assert_eq!(users::get(&mut test.db.read().await.unwrap(), id).await.unwrap().id, id);
}
