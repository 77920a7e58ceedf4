//! PostgreSQL: opening it, and the binary form of each value in its protocol.
//!
//! The forms are those of the `send` and `receive` functions of each type, which PostgreSQL keeps stable. They are
//! implemented here and not taken from the driver, whose decimals lose the decimal places of a zero and can be rounded,
//! and whose dates panic on "infinity".

mod numeric;

use sqlx::{
    Arguments, Connection, Encode, PgConnection, PgPool, Postgres, Row as _, Type, TypeInfo, ValueRef,
    encode::IsNull,
    error::BoxDynError,
    postgres::{
        PgArgumentBuffer, PgArguments, PgConnectOptions, PgPoolOptions, PgRow, PgTypeInfo, PgValueFormat,
        types::Oid,
    },
};
use uuid::Uuid;
use wherewithal_base::{dates::Date, num::Decimal};

use super::{CONNECT_TIMEOUT, LOCK_TIMEOUT, unreadable};
use crate::{Code, Error, Result, Timestamp, Value, error::from_sqlx};

const CONNECTIONS: u32 = 10;
/// The day number of 2000-01-01, from which PostgreSQL counts days.
const EPOCH_DAY: i32 = 730_120;
/// 2000-01-01T00:00:00Z in microseconds after 1970, from which PostgreSQL counts microseconds.
const EPOCH_MICROS: i64 = 946_684_800_000_000;
/// The version byte before the text of a `JSONB`.
const JSONB_VERSION: u8 = 1;

pub(super) async fn open(url: &str) -> Result<PgPool> {
    let options: PgConnectOptions = url.parse().map_err(from_sqlx)?;
    // The pool would retry until its time-out; a first connection reports an error immediately.
    let first = tokio::time::timeout(CONNECT_TIMEOUT, PgConnection::connect_with(&options));
    let first = first
        .await
        .map_err(|_| Error::new(Code::Unavailable, "the database did not respond in time"))?
        .map_err(from_sqlx)?;
    first.close().await.map_err(from_sqlx)?;
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(CONNECT_TIMEOUT)
        .after_connect(|connection, _| {
            Box::pin(async move {
                // See the trigger in the migration: on the connections of this crate the time of a change is that of
                // the transaction.
                let settings = "SELECT set_config('wherewithal.clock', 'caller', false), \
                                set_config('lock_timeout', $1, false)";
                let timeout = format!("{}ms", LOCK_TIMEOUT.as_millis());
                sqlx::query(settings).bind(timeout).execute(connection).await.map(drop)
            })
        });
    Ok(pool.connect_lazy_with(options))
}

pub(super) fn arguments(values: Vec<Value>) -> Result<PgArguments> {
    let mut arguments = PgArguments::default();
    for value in values {
        let argument = match value {
            Value::Boolean(value) => Argument::new(16, value.map(|value| vec![u8::from(value)])),
            Value::Integer(value) => Argument::new(20, value.map(|value| value.to_be_bytes().to_vec())),
            Value::Text(value) => Argument::new(25, value.map(String::into_bytes)),
            Value::Decimal(value) => Argument::new(1700, value.map(numeric::encode)),
            Value::Date(value) => {
                let days = value.map(|date| date.day_number() - EPOCH_DAY);
                Argument::new(1082, days.map(|days| days.to_be_bytes().to_vec()))
            }
            Value::Timestamp(value) => {
                let micros = value.map(|moment| moment.unix_micros() - EPOCH_MICROS);
                Argument::new(1114, micros.map(|micros| micros.to_be_bytes().to_vec()))
            }
            Value::Uuid(value) => Argument::new(2950, value.map(|id| id.as_bytes().to_vec())),
            Value::Json(value) => {
                let text = value.map(|document| document.to_string().into_bytes());
                Argument::new(3802, text.map(|text| [&[JSONB_VERSION], text.as_slice()].concat()))
            }
        };
        arguments.add(argument).map_err(|source| from_sqlx(sqlx::Error::Encode(source)))?;
    }
    Ok(arguments)
}

/// An argument in its binary form, with the object id of its type (`pg_type.dat` of PostgreSQL).
struct Argument {
    oid: u32,
    bytes: Option<Vec<u8>>,
}

impl Argument {
    fn new(oid: u32, bytes: Option<Vec<u8>>) -> Self {
        Self { oid, bytes }
    }
}

impl Type<Postgres> for Argument {
    fn type_info() -> PgTypeInfo {
        // Overridden by `produces`, which has the type of each value.
        PgTypeInfo::with_oid(Oid(25))
    }
}

impl Encode<'_, Postgres> for Argument {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        match &self.bytes {
            Some(bytes) => {
                buffer.extend_from_slice(bytes);
                Ok(IsNull::No)
            }
            None => Ok(IsNull::Yes),
        }
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        Some(PgTypeInfo::with_oid(Oid(self.oid)))
    }
}

pub(super) fn boolean(row: &PgRow, column: &str) -> Result<Option<bool>> {
    read(row, column, &["BOOL"], |bytes| match bytes {
        [0] => Some(false),
        [1] => Some(true),
        _ => None,
    })
}

pub(super) fn integer(row: &PgRow, column: &str) -> Result<Option<i64>> {
    read(row, column, &["INT2", "INT4", "INT8"], |bytes| match bytes.len() {
        2 => Some(i16::from_be_bytes(bytes.try_into().ok()?).into()),
        4 => Some(i32::from_be_bytes(bytes.try_into().ok()?).into()),
        _ => Some(i64::from_be_bytes(bytes.try_into().ok()?)),
    })
}

pub(super) fn text(row: &PgRow, column: &str) -> Result<Option<String>> {
    read(row, column, &["TEXT", "VARCHAR"], |bytes| String::from_utf8(bytes.to_vec()).ok())
}

pub(super) fn decimal(row: &PgRow, column: &str) -> Result<Option<Decimal>> {
    read(row, column, &["NUMERIC"], numeric::decode)
}

pub(super) fn date(row: &PgRow, column: &str) -> Result<Option<Date>> {
    read(row, column, &["DATE"], |bytes| {
        let days = i32::from_be_bytes(bytes.try_into().ok()?);
        Date::from_day_number(days.checked_add(EPOCH_DAY)?).ok()
    })
}

pub(super) fn timestamp(row: &PgRow, column: &str) -> Result<Option<Timestamp>> {
    read(row, column, &["TIMESTAMP"], |bytes| {
        let micros = i64::from_be_bytes(bytes.try_into().ok()?);
        Timestamp::from_unix_micros(micros.checked_add(EPOCH_MICROS)?).ok()
    })
}

pub(super) fn uuid(row: &PgRow, column: &str) -> Result<Option<Uuid>> {
    read(row, column, &["UUID"], |bytes| Uuid::from_slice(bytes).ok())
}

pub(super) fn json(row: &PgRow, column: &str) -> Result<Option<serde_json::Value>> {
    read(row, column, &["JSONB"], |bytes| match bytes {
        [JSONB_VERSION, text @ ..] => serde_json::from_slice(text).ok(),
        _ => None,
    })
}

/// Reads a column of one of the types `expected`; none for null.
fn read<T>(
    row: &PgRow,
    column: &str,
    expected: &[&str],
    decode: impl FnOnce(&[u8]) -> Option<T>,
) -> Result<Option<T>> {
    let value = row.try_get_raw(column).map_err(|error| {
        Error::new(Code::ColumnUnknown, format!("the result has no column {column}")).caused_by(error)
    })?;
    if value.is_null() {
        return Ok(None);
    }
    let found = value.type_info().name().to_owned();
    if !expected.contains(&found.as_str()) || value.format() != PgValueFormat::Binary {
        return Err(unreadable(&format!("expected {}, found {found}", expected.join(" or "))));
    }
    let bytes = value.as_bytes().map_err(|_| unreadable("it has no bytes"))?;
    match decode(bytes) {
        Some(value) => Ok(Some(value)),
        None => Err(unreadable(&format!("the {found} is not representable in this program"))),
    }
}
