//! Transactions.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};
use uuid::Uuid;

use super::{Row, postgres, row::Source, sqlite};
use crate::{Code, Error, Result, Timestamp, Value, error::from_sqlx, id::Ids};

pub(super) enum Connection {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// A transaction for reading. One from [`Db::read`](crate::Db::read) sees one state of the database throughout and
/// cannot write; it ends when dropped.
pub struct Reader {
    connection: Connection,
    writes: bool,
    /// Set from the start of each statement until it has succeeded, so also if the future was dropped in between. After
    /// a failed statement PostgreSQL accepts no other, and turns a commit into a silent rollback; SQLite would
    /// continue. Here both fail.
    failed: bool,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("failed", &self.failed).finish_non_exhaustive()
    }
}

impl Reader {
    pub(super) fn new(connection: Connection) -> Self {
        Self { connection, writes: false, failed: false }
    }

    /// The end of a query for one row, which locks the row until this transaction has ended. New references to the row
    /// are still possible.
    pub(crate) fn row_lock(&self) -> &'static str {
        match self.connection {
            Connection::Postgres(_) if self.writes => " FOR NO KEY UPDATE",
            _ => "",
        }
    }

    /// The rows of a query. One text serves both databases: arguments are `$1`, `$2` and so on, and there must be no
    /// arithmetic, comparison or ordering of decimals in it.
    ///
    /// # Errors
    /// Those of the database, with the codes of this crate; `store.transaction.failed` after one of them.
    pub async fn fetch_all(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Vec<Row>> {
        self.fetch(sql.into_sql_str(), values).await
    }

    /// Like [`fetch_all`](Self::fetch_all), for SQL that is composed of names of tables and columns.
    pub(crate) async fn fetch_built(&mut self, sql: String, values: Vec<Value>) -> Result<Vec<Row>> {
        self.fetch(AssertSqlSafe(sql).into_sql_str(), values).await
    }

    async fn fetch(&mut self, sql: SqlStr, values: Vec<Value>) -> Result<Vec<Row>> {
        self.enter()?;
        let rows = match &mut self.connection {
            Connection::Sqlite(transaction) => {
                let query = sqlx::query_with(sql, sqlite::arguments(values)?);
                let rows = query.fetch_all(&mut **transaction).await;
                rows.map(|rows| rows.into_iter().map(|row| Row(Source::Sqlite(row))).collect())
            }
            Connection::Postgres(transaction) => {
                let query = sqlx::query_with(sql, postgres::arguments(values)?);
                let rows = query.fetch_all(&mut **transaction).await;
                rows.map(|rows| rows.into_iter().map(|row| Row(Source::Postgres(row))).collect())
            }
        };
        self.leave(rows)
    }

    fn require_sound(&self) -> Result<()> {
        if self.failed {
            return Err(Error::new(
                Code::TransactionFailed,
                "a statement of this transaction failed: it can only be rolled back",
            ));
        }
        Ok(())
    }

    fn enter(&mut self) -> Result<()> {
        self.require_sound()?;
        self.failed = true;
        Ok(())
    }

    fn leave<T>(&mut self, outcome: Result<T, sqlx::Error>) -> Result<T> {
        self.failed = outcome.is_err();
        outcome.map_err(from_sqlx)
    }
}

/// A transaction that may write. Dropping it without [`commit`](Self::commit) rolls it back.
#[derive(Debug)]
pub struct Tx {
    reader: Reader,
    now: Timestamp,
    ids: Arc<Ids>,
}

impl Tx {
    pub(super) fn new(connection: Connection, now: Timestamp, ids: Arc<Ids>) -> Self {
        Self { reader: Reader { connection, writes: true, failed: false }, now, ids }
    }

    /// The time of all changes in this transaction.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A new id, greater than all previous ones.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.ids.next(self.now)
    }

    /// Runs a statement and returns the number of changed rows.
    ///
    /// # Errors
    /// Those of [`Reader::fetch_all`].
    pub async fn execute(&mut self, sql: &'static str, values: Vec<Value>) -> Result<u64> {
        self.run(sql.into_sql_str(), values).await
    }

    /// Like [`execute`](Self::execute), for SQL that is composed of names of tables and columns.
    pub(crate) async fn execute_built(&mut self, sql: String, values: Vec<Value>) -> Result<u64> {
        self.run(AssertSqlSafe(sql).into_sql_str(), values).await
    }

    async fn run(&mut self, sql: SqlStr, values: Vec<Value>) -> Result<u64> {
        self.reader.enter()?;
        let changed = match &mut self.reader.connection {
            Connection::Sqlite(transaction) => {
                let query = sqlx::query_with(sql, sqlite::arguments(values)?);
                query.execute(&mut **transaction).await.map(|done| done.rows_affected())
            }
            Connection::Postgres(transaction) => {
                let query = sqlx::query_with(sql, postgres::arguments(values)?);
                query.execute(&mut **transaction).await.map(|done| done.rows_affected())
            }
        };
        self.reader.leave(changed)
    }

    /// Runs several statements without arguments.
    pub(crate) async fn execute_script(&mut self, script: &'static str) -> Result<()> {
        self.reader.enter()?;
        let done = match &mut self.reader.connection {
            Connection::Sqlite(transaction) => {
                sqlx::raw_sql(script).execute(&mut **transaction).await.map(drop)
            }
            Connection::Postgres(transaction) => {
                sqlx::raw_sql(script).execute(&mut **transaction).await.map(drop)
            }
        };
        self.reader.leave(done)
    }

    /// Commits the transaction.
    ///
    /// # Errors
    /// `store.transaction.failed` if a statement failed: then everything is rolled back. Those of the database.
    pub async fn commit(self) -> Result<()> {
        self.reader.require_sound()?;
        match self.reader.connection {
            Connection::Sqlite(transaction) => transaction.commit().await,
            Connection::Postgres(transaction) => transaction.commit().await,
        }
        .map_err(from_sqlx)
    }

    /// Rolls the transaction back, and waits for the end of that.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn rollback(self) -> Result<()> {
        match self.reader.connection {
            Connection::Sqlite(transaction) => transaction.rollback().await,
            Connection::Postgres(transaction) => transaction.rollback().await,
        }
        .map_err(from_sqlx)
    }
}

impl Deref for Tx {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}
