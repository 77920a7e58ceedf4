//! SQLite: opening it, and the form of each value in it.

use std::{path::Path, time::Duration};

use sqlx::{
    Arguments, Connection, Row as _, SqliteConnection, SqlitePool, TypeInfo, ValueRef,
    sqlite::{
        SqliteArguments, SqliteConnectOptions, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
        SqliteValueRef,
    },
};

use super::{CONNECT_TIMEOUT, LOCK_TIMEOUT, unreadable};
use crate::{Code, Error, Result, Value, error::from_sqlx};

/// One connection for writing, so that the writers of a process queue in order, and several for reading.
#[derive(Debug, Clone)]
pub(super) struct Pools {
    pub(super) writer: SqlitePool,
    pub(super) readers: SqlitePool,
}

const READERS: u32 = 4;

pub(super) async fn open(path: &str) -> Result<Pools> {
    create_private(Path::new(path));
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(LOCK_TIMEOUT)
        // A committed row must survive a loss of power.
        .synchronous(SqliteSynchronous::Full);
    write_ahead(&options).await?;
    let pool = || SqlitePoolOptions::new().acquire_timeout(CONNECT_TIMEOUT);
    Ok(Pools {
        writer: pool().max_connections(1).connect_lazy_with(options.clone()),
        readers: pool().max_connections(READERS).connect_lazy_with(options.pragma("query_only", "ON")),
    })
}

/// Creates a file that only its owner can read: it will contain financial data and password hashes. SQLite gives its
/// auxiliary files the same mode. If this fails, SQLite reports the reason when it opens the file.
fn create_private(path: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(path));
}

/// Turns on write-ahead logging, which is stored in the file: readers and the writer do not wait for each other.
///
/// The change needs exclusive access to the file and does not wait for it, so two processes that start together would
/// fail without retries.
async fn write_ahead(options: &SqliteConnectOptions) -> Result<()> {
    const PAUSE: Duration = Duration::from_millis(50);
    let mut waited = Duration::ZERO;
    loop {
        let turned_on = async {
            let mut connection = SqliteConnection::connect_with(options).await?;
            let mode = sqlx::query("PRAGMA journal_mode = WAL").fetch_one(&mut connection).await?;
            connection.close().await?;
            mode.try_get::<String, _>(0)
        };
        match turned_on.await.map_err(from_sqlx) {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(mode) => {
                let message = format!("cannot turn on the write-ahead log; the mode of the file is {mode}");
                return Err(Error::new(Code::Unavailable, message));
            }
            Err(error) if error.is_busy() && waited < LOCK_TIMEOUT => {
                tokio::time::sleep(PAUSE).await;
                waited += PAUSE;
            }
            Err(error) => return Err(error),
        }
    }
}

pub(super) fn arguments(values: Vec<Value>) -> Result<SqliteArguments> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        let added = match value {
            Value::Boolean(value) => arguments.add(value),
            Value::Integer(value) => arguments.add(value),
            Value::Text(value) => arguments.add(value),
            Value::Decimal(value) => arguments.add(value.map(|value| value.to_string())),
            Value::Date(value) => arguments.add(value.map(|value| value.to_string())),
            Value::Timestamp(value) => arguments.add(value.map(|value| value.to_string())),
            Value::Uuid(value) => arguments.add(value.map(|value| value.to_string())),
            Value::Json(value) => arguments.add(value.map(|value| value.to_string())),
        };
        added.map_err(|source| from_sqlx(sqlx::Error::Encode(source)))?;
    }
    Ok(arguments)
}

/// The text of a column; none for null.
pub(super) fn text<'r>(row: &'r SqliteRow, column: &str) -> Result<Option<&'r str>> {
    let Some(value) = raw(row, column, "TEXT")? else { return Ok(None) };
    <&str as sqlx::Decode<sqlx::Sqlite>>::decode(value)
        .map(Some)
        .map_err(|_| unreadable("the text is not UTF-8"))
}

/// The integer of a column; none for null.
pub(super) fn integer(row: &SqliteRow, column: &str) -> Result<Option<i64>> {
    let Some(value) = raw(row, column, "INTEGER")? else { return Ok(None) };
    <i64 as sqlx::Decode<sqlx::Sqlite>>::decode(value).map(Some).map_err(|_| unreadable("not an integer"))
}

fn raw<'r>(row: &'r SqliteRow, column: &str, expected: &str) -> Result<Option<SqliteValueRef<'r>>> {
    let value = row.try_get_raw(column).map_err(|error| {
        Error::new(Code::ColumnUnknown, format!("the result has no column {column}")).caused_by(error)
    })?;
    if value.is_null() {
        return Ok(None);
    }
    let found = value.type_info().name().to_owned();
    if found == expected {
        return Ok(Some(value));
    }
    Err(unreadable(&format!("expected {expected}, found {found}")))
}
