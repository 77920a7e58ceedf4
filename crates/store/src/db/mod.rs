//! The database: opening it, and transactions on it.

mod postgres;
mod row;
mod sqlite;
mod transaction;

use std::{fmt, sync::Arc};

pub(crate) use row::unreadable;
pub use row::{Row, Stored};
pub use transaction::{Reader, Tx};

use self::transaction::Connection;
use crate::{Code, Error, Result, Timestamp, error::from_sqlx, id::Ids, migrate};

/// The time that a statement waits for a lock before it fails with `store.busy`.
const LOCK_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);
/// The time limit for a free connection, and for opening one.
const CONNECT_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(30);

/// The kind of database of a [`Db`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file, opened by this process.
    Sqlite,
    /// A server.
    Postgres,
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// An open database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Db {
    pool: Pool,
    ids: Arc<Ids>,
}

#[derive(Debug, Clone)]
enum Pool {
    Sqlite(sqlite::Pools),
    Postgres(sqlx::PgPool),
}

impl Db {
    /// Opens the database at `location`: a URL that starts with `postgres://` or `postgresql://`, or the path of a file
    /// for SQLite, which is created if it does not exist (the prefix `sqlite:` is accepted).
    ///
    /// # Errors
    /// `store.location.invalid`, `store.unavailable`.
    pub async fn open(location: &str) -> Result<Self> {
        let pool = if location.starts_with("postgres://") || location.starts_with("postgresql://") {
            Pool::Postgres(postgres::open(location).await?)
        } else {
            let path = location.strip_prefix("sqlite:").unwrap_or(location);
            let path = path.strip_prefix("//").filter(|_| path.len() < location.len()).unwrap_or(path);
            if path.is_empty() || path == ":memory:" || path.contains("://") {
                return Err(Error::new(
                    Code::LocationInvalid,
                    "the database must be the path of a file or a URL that starts with postgres://",
                ));
            }
            Pool::Sqlite(sqlite::open(path).await?)
        };
        Ok(Self { pool, ids: Arc::new(Ids::new()) })
    }

    /// Brings the tables up to date. Several processes may do so at once: one migrates, the others wait for it.
    ///
    /// # Errors
    /// `store.schema.newer`, `store.schema.failed`, `store.busy`, `store.unavailable`.
    pub async fn migrate(&self, now: Timestamp) -> Result<()> {
        migrate::run(self, now).await
    }

    /// Begins a transaction that may write. `now` is the time of everything that happens in it.
    ///
    /// A row that is read by its id in such a transaction cannot change until the end, so that writing back a result
    /// computed from it overwrites no other change: SQLite has one writer at a time, and PostgreSQL locks the row. A
    /// second writer waits. In a deadlock one transaction fails with `store.transaction.conflict`.
    ///
    /// # Errors
    /// `store.busy`, `store.unavailable`.
    pub async fn begin(&self, now: Timestamp) -> Result<Tx> {
        let connection = match &self.pool {
            Pool::Sqlite(pools) => pools.writer.begin_with("BEGIN IMMEDIATE").await.map(Connection::Sqlite),
            Pool::Postgres(pool) => pool.begin().await.map(Connection::Postgres),
        };
        Ok(Tx::new(connection.map_err(from_sqlx)?, now, self.ids.clone()))
    }

    /// Begins a transaction that only reads, and sees one state of the database throughout.
    ///
    /// # Errors
    /// `store.busy`, `store.unavailable`.
    pub async fn read(&self) -> Result<Reader> {
        let connection = match &self.pool {
            Pool::Sqlite(pools) => pools.readers.begin().await.map(Connection::Sqlite),
            Pool::Postgres(pool) => pool
                .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .await
                .map(Connection::Postgres),
        };
        Ok(Reader::new(connection.map_err(from_sqlx)?))
    }

    /// Checks that the database responds.
    ///
    /// # Errors
    /// `store.busy`, `store.unavailable`.
    pub async fn ping(&self) -> Result<()> {
        self.read().await?.fetch_all("SELECT 1 AS answer", vec![]).await.map(drop)
    }

    /// The kind of this database.
    #[must_use]
    pub fn backend(&self) -> Backend {
        match self.pool {
            Pool::Sqlite(_) => Backend::Sqlite,
            Pool::Postgres(_) => Backend::Postgres,
        }
    }

    /// Closes every connection once its transaction has ended. Later calls return `store.unavailable`.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite(pools) => {
                pools.readers.close().await;
                pools.writer.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}
