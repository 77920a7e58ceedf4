//! Arguments of statements.

use serde_json::Value as Json;
use uuid::Uuid;
use wherewithal_base::{dates::Date, num::Decimal};

use crate::{Secret, Timestamp};

/// An argument of a statement. Each type has its own null, because PostgreSQL prepares a statement for the types of its
/// arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `BOOLEAN`; 0 and 1 in SQLite.
    Boolean(Option<bool>),
    /// `INTEGER` and `BIGINT`.
    Integer(Option<i64>),
    /// `TEXT` and `VARCHAR`.
    Text(Option<String>),
    /// `DECIMAL`; text in SQLite.
    Decimal(Option<Decimal>),
    /// `DATE`; ISO 8601 text in SQLite.
    Date(Option<Date>),
    /// `TIMESTAMP` in UTC; RFC 3339 text with six places in SQLite.
    Timestamp(Option<Timestamp>),
    /// `UUID`; lower-case text in SQLite.
    Uuid(Option<Uuid>),
    /// `JSONB`; text in SQLite. A JSON `null` is a value, the absence of a document is not.
    Json(Option<Json>),
}

macro_rules! from {
    ($($type:ty => $variant:ident),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(Some(value.into()))
            }
        }

        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value.map(Into::into))
            }
        }
    )*};
}

from! {
    bool => Boolean,
    i32 => Integer,
    i64 => Integer,
    &str => Text,
    String => Text,
    Decimal => Decimal,
    Date => Date,
    Timestamp => Timestamp,
    Uuid => Uuid,
    Json => Json,
}

impl From<&Option<String>> for Value {
    fn from(value: &Option<String>) -> Self {
        Self::Text(value.clone())
    }
}

impl From<&Option<Secret>> for Value {
    fn from(value: &Option<Secret>) -> Self {
        Self::Text(value.as_ref().map(|secret| secret.expose().to_owned()))
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}

impl From<&Json> for Value {
    fn from(value: &Json) -> Self {
        Self::Json(Some(value.clone()))
    }
}
