//! A row of a result, and reading its values.

use serde_json::Value as Json;
use sqlx::{postgres::PgRow, sqlite::SqliteRow};
use uuid::Uuid;
use wherewithal_base::{dates::Date, num::Decimal};

use super::{postgres, sqlite};
use crate::{Code, Error, Result, Secret, Timestamp};

/// A row of a result. Its values are read by the name of their column.
///
/// A value of another type than requested is an error, never zero and never converted.
#[derive(Debug)]
pub struct Row(pub(super) Source);

pub(super) enum Source {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        })
    }
}

impl Row {
    /// The value of a column.
    ///
    /// # Errors
    /// `store.value.missing` if it is null; `store.value.unreadable`, `store.column.unknown`.
    pub fn get<T: Stored>(&self, column: &str) -> Result<T> {
        self.optional(column)?.ok_or_else(|| {
            Error::new(Code::ValueMissing, "the stored value is null, but a value is required")
                .at_column(column)
        })
    }

    /// The value of a column; none if it is null.
    ///
    /// # Errors
    /// `store.value.unreadable`, `store.column.unknown`.
    pub fn optional<T: Stored>(&self, column: &str) -> Result<Option<T>> {
        T::read(self, column).map_err(|error| error.at_column(column))
    }
}

/// A type of values in columns.
pub trait Stored: Sized {
    /// The value of a column; none if it is null.
    ///
    /// # Errors
    /// `store.value.unreadable`, `store.column.unknown`.
    fn read(row: &Row, column: &str) -> Result<Option<Self>>;
}

impl Stored for bool {
    fn read(row: &Row, column: &str) -> Result<Option<Self>> {
        match &row.0 {
            Source::Postgres(row) => postgres::boolean(row, column),
            Source::Sqlite(row) => match sqlite::integer(row, column)? {
                None => Ok(None),
                Some(0) => Ok(Some(false)),
                Some(1) => Ok(Some(true)),
                Some(other) => Err(unreadable(&format!("{other} is neither 0 nor 1"))),
            },
        }
    }
}

impl Stored for i64 {
    fn read(row: &Row, column: &str) -> Result<Option<Self>> {
        match &row.0 {
            Source::Postgres(row) => postgres::integer(row, column),
            Source::Sqlite(row) => sqlite::integer(row, column),
        }
    }
}

impl Stored for i32 {
    fn read(row: &Row, column: &str) -> Result<Option<Self>> {
        let wide: Option<i64> = i64::read(row, column)?;
        wide.map(|wide| Self::try_from(wide).map_err(|_| unreadable("the integer has more than 32 bits")))
            .transpose()
    }
}

impl Stored for String {
    fn read(row: &Row, column: &str) -> Result<Option<Self>> {
        match &row.0 {
            Source::Postgres(row) => postgres::text(row, column),
            Source::Sqlite(row) => Ok(sqlite::text(row, column)?.map(str::to_owned)),
        }
    }
}

impl Stored for Secret {
    fn read(row: &Row, column: &str) -> Result<Option<Self>> {
        Ok(String::read(row, column)?.map(Self::new))
    }
}

impl Stored for Decimal {
    fn read(row: &Row, column: &str) -> Result<Option<Self>> {
        match &row.0 {
            Source::Postgres(row) => postgres::decimal(row, column),
            Source::Sqlite(row) => parse(sqlite::text(row, column)?, str::parse),
        }
    }
}

impl Stored for Date {
    fn read(row: &Row, column: &str) -> Result<Option<Self>> {
        match &row.0 {
            Source::Postgres(row) => postgres::date(row, column),
            Source::Sqlite(row) => parse(sqlite::text(row, column)?, str::parse),
        }
    }
}

impl Stored for Timestamp {
    fn read(row: &Row, column: &str) -> Result<Option<Self>> {
        match &row.0 {
            Source::Postgres(row) => postgres::timestamp(row, column),
            Source::Sqlite(row) => parse(sqlite::text(row, column)?, str::parse),
        }
    }
}

impl Stored for Uuid {
    fn read(row: &Row, column: &str) -> Result<Option<Self>> {
        match &row.0 {
            Source::Postgres(row) => postgres::uuid(row, column),
            Source::Sqlite(row) => parse(sqlite::text(row, column)?, Self::try_parse),
        }
    }
}

impl Stored for Json {
    fn read(row: &Row, column: &str) -> Result<Option<Self>> {
        let document = match &row.0 {
            Source::Postgres(row) => postgres::json(row, column)?,
            Source::Sqlite(row) => parse(sqlite::text(row, column)?, |text| serde_json::from_str(text))?,
        };
        // PostgreSQL orders keys by length first.
        Ok(document.map(|mut document: Self| {
            document.sort_all_objects();
            document
        }))
    }
}

fn parse<T, E>(text: Option<&str>, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<Option<T>>
where
    E: std::error::Error + Send + Sync + 'static,
{
    text.map(|text| parse(text).map_err(|error| unreadable("it is malformed").caused_by(error))).transpose()
}

/// The error for a stored value that is not of its column's type.
pub(crate) fn unreadable(why: &str) -> Error {
    Error::new(Code::ValueUnreadable, format!("the stored value cannot be read: {why}"))
}
