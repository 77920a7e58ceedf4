//! The migrations of the tables.

use crate::{Backend, Code, Db, Error, Result, Timestamp, Tx};

/// One migration, for both databases. A released migration is never changed; changes need a new one.
struct Migration {
    version: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($version:literal $name:literal),* $(,)?) => {
        &[$(Migration {
            version: $version,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }),*]
    };
}

const MIGRATIONS: &[Migration] = migrations![1 "0001_people_and_possessions", 2 "0002_households"];

/// The number of the advisory lock of PostgreSQL for migrations ("wherewit" in ASCII).
const LOCK: i64 = 0x7768_6572_6577_6974;

/// Applies the missing migrations in one transaction.
pub(crate) async fn run(db: &Db, now: Timestamp) -> Result<()> {
    let backend = db.backend();
    // In SQLite this transaction is the lock.
    let mut tx = db.begin(now).await?;
    if backend == Backend::Postgres {
        tx.execute("SELECT pg_advisory_xact_lock($1)", vec![LOCK.into()]).await?;
    }
    tx.execute_script(match backend {
        Backend::Sqlite => include_str!("../migrations/sqlite/schema_migrations.sql"),
        Backend::Postgres => include_str!("../migrations/postgres/schema_migrations.sql"),
    })
    .await?;
    let current = current_version(&mut tx).await?;
    let known = MIGRATIONS.last().map_or(0, |migration| migration.version);
    if current > known {
        return Err(Error::new(
            Code::SchemaNewer,
            format!(
                "the database has version {current} of the tables; this program supports versions up to {known}"
            ),
        ));
    }
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > current) {
        apply(&mut tx, backend, migration).await?;
    }
    tx.commit().await
}

async fn current_version(tx: &mut Tx) -> Result<i64> {
    let rows = tx.fetch_all("SELECT MAX(version) AS version FROM schema_migrations", vec![]).await?;
    match rows.first() {
        Some(row) => Ok(row.optional("version")?.unwrap_or(0)),
        None => Ok(0),
    }
}

async fn apply(tx: &mut Tx, backend: Backend, migration: &Migration) -> Result<()> {
    let script = match backend {
        Backend::Sqlite => migration.sqlite,
        Backend::Postgres => migration.postgres,
    };
    tx.execute_script(script).await.map_err(|error| {
        let message = format!("migration {} failed: {}", migration.name, error.message());
        Error::new(Code::SchemaFailed, message).caused_by(error)
    })?;
    let now = tx.now();
    tx.execute(
        "INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)",
        vec![migration.version.into(), migration.name.into(), now.into()],
    )
    .await
    .map(drop)
}
