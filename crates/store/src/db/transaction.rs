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

/// A transaction that reads. One from [`Db::read`](crate::Db::read) sees one state of the database throughout and
/// cannot write; it ends when it is dropped.
pub struct Reader {
    connection: Connection,
    writes: bool,
    /// Set from the start of each statement until it has succeeded, so also when its caller went away. PostgreSQL
    /// accepts no statement after one that failed, and would answer a commit with a silent rollback; SQLite would
    /// go on. Here both stop.
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

    /// What a query for one row ends with, so that nobody changes the row until this transaction has ended. References
    /// to the row may still be made.
    pub(crate) fn row_lock(&self) -> &'static str {
        match self.connection {
            Connection::Postgres(_) if self.writes => " FOR NO KEY UPDATE",
            _ => "",
        }
    }

    /// The rows of a query. One text serves both databases: arguments are `$1`, `$2` and so on, and no arithmetic,
    /// comparison or ordering of decimals is left to the database.
    ///
    /// # Errors
    /// Those of the database, in our codes; `store.transaction.failed` after one of them.
    pub async fn fetch_all(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Vec<Row>> {
        self.fetch(sql.into_sql_str(), values).await
    }

    /// As [`fetch_all`](Self::fetch_all), for a text that was put together from names of tables and columns.
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

/// A transaction that may write. Dropping it without [`commit`](Self::commit) undoes all of it.
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

    /// The time of everything that happens in this transaction.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A new id, greater than those made before it.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.ids.next(self.now)
    }

    /// Runs a statement and returns how many rows it changed.
    ///
    /// # Errors
    /// As [`Reader::fetch_all`].
    pub async fn execute(&mut self, sql: &'static str, values: Vec<Value>) -> Result<u64> {
        self.run(sql.into_sql_str(), values).await
    }

    /// As [`execute`](Self::execute), for a text that was put together from names of tables and columns.
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

    /// Runs several statements that take no arguments.
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

    /// Makes all of it lasting.
    ///
    /// # Errors
    /// `store.transaction.failed` when a statement failed: then nothing of it lasts. Those of the database.
    pub async fn commit(self) -> Result<()> {
        self.reader.require_sound()?;
        match self.reader.connection {
            Connection::Sqlite(transaction) => transaction.commit().await,
            Connection::Postgres(transaction) => transaction.commit().await,
        }
        .map_err(from_sqlx)
    }

    /// Undoes all of it, and waits until that is done.
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
