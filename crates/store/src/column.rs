//! The type of each column, checked before a value is sent, so that both databases refuse the same values.

use serde_json::{Number, Value as Json};
use wherewithal_base::num::Decimal;

use crate::{Code, Error, Result, Value};

/// A table: its name and its columns, in the order of the specification.
#[derive(Debug)]
pub struct Table {
    /// The name in both databases.
    pub name: &'static str,
    /// The name of a row in messages.
    pub noun: &'static str,
    /// Every column.
    pub columns: &'static [Column],
}

/// A column and its type.
#[derive(Debug)]
pub struct Column {
    /// The name in both databases.
    pub name: &'static str,
    /// The type.
    pub kind: ColumnType,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// True or false.
    Boolean,
    /// A whole number of 32 bits.
    Integer,
    /// Text of any length.
    Text,
    /// Text of at most this number of characters.
    Varchar(usize),
    /// `Decimal(15, 2)`: at most 15 digits, two of them after the point.
    Decimal(u32, u32),
    /// A civil date.
    Date,
    /// A time in UTC.
    Timestamp,
    /// An id.
    Uuid,
    /// A JSON document.
    Json,
}

/// A column, for the tables' lists.
pub(crate) const fn column(name: &'static str, kind: ColumnType) -> Column {
    Column { name, kind }
}

/// The deepest nesting of a JSON document; the limits of PostgreSQL and of JSON parsers are higher.
const JSON_DEPTH: usize = 64;

impl Table {
    /// The column `name`.
    pub(crate) fn column(&self, name: &str) -> Result<&'static Column> {
        self.columns
            .iter()
            .find(|column| column.name == name)
            .ok_or_else(|| Error::new(Code::ColumnUnknown, format!("{} has no column {name}", self.name)))
    }

    /// The names of all columns, for a statement.
    pub(crate) fn column_list(&self) -> String {
        self.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
    }
}

impl Column {
    /// The value in the form stored in the column.
    ///
    /// # Errors
    /// `store.decimal.scale`, `store.decimal.range`, `store.integer.range`, `store.text.too_long`,
    /// `store.text.nul`, `store.json.range`, each with the path of the field.
    pub fn prepare(&self, value: Value) -> Result<Value> {
        prepare(self.kind, value).map_err(|error| error.at_column(self.name))
    }
}

fn prepare(kind: ColumnType, value: Value) -> Result<Value> {
    match (kind, value) {
        (ColumnType::Decimal(precision, scale), Value::Decimal(Some(decimal))) => {
            fit(decimal, precision, scale).map(Value::from)
        }
        (ColumnType::Integer, Value::Integer(Some(number))) if i32::try_from(number).is_err() => {
            Err(Error::new(Code::IntegerRange, format!("{number} does not fit into 32 bits")))
        }
        (ColumnType::Text, Value::Text(Some(text))) => without_nul(text).map(Value::from),
        (ColumnType::Varchar(limit), Value::Text(Some(text))) => {
            let length = text.chars().count();
            if length > limit {
                let message = format!("the text has {length} characters; at most {limit} are allowed");
                return Err(Error::new(Code::TextTooLong, message));
            }
            without_nul(text).map(Value::from)
        }
        (ColumnType::Json, Value::Json(Some(document))) => canonical(document, 0).map(Value::from),
        (ColumnType::Boolean, value @ Value::Boolean(_))
        | (ColumnType::Integer, value @ Value::Integer(_))
        | (ColumnType::Text | ColumnType::Varchar(_), value @ Value::Text(_))
        | (ColumnType::Decimal(..), value @ Value::Decimal(_))
        | (ColumnType::Date, value @ Value::Date(_))
        | (ColumnType::Timestamp, value @ Value::Timestamp(_))
        | (ColumnType::Uuid, value @ Value::Uuid(_))
        | (ColumnType::Json, value @ Value::Json(_)) => Ok(value),
        (kind, _) => Err(Error::new(Code::ValueType, format!("the value is not of the type {kind:?}"))),
    }
}

/// The decimal with exactly `scale` places. Nothing is rounded: too many digits are an error.
fn fit(value: Decimal, precision: u32, scale: u32) -> Result<Decimal> {
    let shortest = value.normalized();
    if shortest.scale() > scale {
        return Err(Error::new(
            Code::DecimalScale,
            format!("{value} has {} decimal places; at most {scale} are allowed", shortest.scale()),
        ));
    }
    let too_large = || {
        let whole = precision - scale;
        Error::new(Code::DecimalRange, format!("{value} has more than {whole} digits before the point"))
    };
    let factor = 10i128.checked_pow(scale - shortest.scale()).ok_or_else(too_large)?;
    let mantissa = shortest.mantissa().checked_mul(factor).ok_or_else(too_large)?;
    let bound = 10u128.checked_pow(precision).ok_or_else(too_large)?;
    if mantissa.unsigned_abs() >= bound {
        return Err(too_large());
    }
    Decimal::from_i128(mantissa, scale).map_err(|error| too_large().caused_by(error))
}

fn without_nul(text: String) -> Result<String> {
    if text.contains('\0') {
        return Err(Error::new(Code::TextNul, "the text contains the character U+0000"));
    }
    Ok(text)
}

/// The document as PostgreSQL's `JSONB` returns it, with keys in the order of their code points, so that a document is
/// the same from both databases.
fn canonical(document: Json, depth: usize) -> Result<Json> {
    if depth > JSON_DEPTH {
        let message = format!("the document has more than {JSON_DEPTH} levels of nesting");
        return Err(Error::new(Code::JsonRange, message));
    }
    Ok(match document {
        Json::Number(number) => Json::Number(canonical_number(number)),
        Json::String(text) => Json::String(without_nul(text)?),
        Json::Array(items) => {
            Json::Array(items.into_iter().map(|item| canonical(item, depth + 1)).collect::<Result<_>>()?)
        }
        Json::Object(fields) => {
            let mut sorted = fields
                .into_iter()
                .map(|(key, value)| Ok((without_nul(key)?, canonical(value, depth + 1)?)))
                .collect::<Result<Vec<_>>>()?;
            sorted.sort_by(|(left, _), (right, _)| left.cmp(right));
            Json::Object(sorted.into_iter().collect())
        }
        other => other,
    })
}

/// `JSONB` stores numbers as decimals: a zero has no sign, and a whole number is written without an exponent, so that
/// one within 64 bits is read back as an integer.
fn canonical_number(number: Number) -> Number {
    let Some(float) = number.as_f64().filter(|_| number.is_f64()) else { return number };
    if float == 0.0 {
        return Number::from_f64(0.0).unwrap_or(number);
    }
    // Up to this size a whole number is written with ".0", which JSONB preserves.
    if float.abs() < 1e16 {
        return number;
    }
    let printed = format!("{float}");
    match (printed.parse::<u64>(), printed.parse::<i64>()) {
        (Ok(whole), _) => whole.into(),
        (_, Ok(whole)) => whole.into(),
        _ => number,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn decimals_keep_the_places_of_their_column() {
        for (given, precision, scale, kept) in [
            ("9999999999999.99", 15, 2, "9999999999999.99"),
            ("-9999999999999.99", 15, 2, "-9999999999999.99"),
            ("0.01", 15, 2, "0.01"),
            ("0", 15, 2, "0.00"),
            ("-0.000", 15, 2, "0.00"),
            ("2.5000000", 15, 2, "2.50"),
            ("999999999.999999", 15, 6, "999999999.999999"),
            ("9.9999", 5, 4, "9.9999"),
            ("1", 5, 4, "1.0000"),
        ] {
            assert_eq!(fit(decimal(given), precision, scale).unwrap().to_string(), kept);
        }
    }

    #[test]
    fn decimals_that_do_not_fit_are_refused() {
        for (given, precision, scale, code) in [
            ("0.001", 15, 2, "store.decimal.scale"),
            ("0.0000000000000000000000000001", 15, 2, "store.decimal.scale"),
            ("10000000000000", 15, 2, "store.decimal.range"),
            ("-10000000000000.00", 15, 2, "store.decimal.range"),
            ("79228162514264337593543950335", 15, 6, "store.decimal.range"),
            ("10", 5, 4, "store.decimal.range"),
            ("9.99999", 5, 4, "store.decimal.scale"),
        ] {
            assert_eq!(fit(decimal(given), precision, scale).unwrap_err().code().as_str(), code, "{given}");
        }
    }

    #[test]
    fn a_refusal_names_the_field() {
        let column = Column { name: "account_number_last4", kind: ColumnType::Varchar(4) };
        let error = column.prepare("12345".into()).unwrap_err();
        assert_eq!((error.code(), error.path()), (Code::TextTooLong, "accountNumberLast4"));
        assert!(column.prepare("éééé".into()).is_ok());
        assert_eq!(column.prepare("1\0".into()).unwrap_err().code(), Code::TextNul);
        assert_eq!(column.prepare(1.into()).unwrap_err().code(), Code::ValueType);
        let column = Column { name: "payment_due_day", kind: ColumnType::Integer };
        assert_eq!(column.prepare(2_147_483_648_i64.into()).unwrap_err().code(), Code::IntegerRange);
    }

    #[test]
    fn documents_are_put_into_one_form() {
        let document = json!({ "b": [1.0, -0.0, 1e300], "a": { "z": 1e16, "y": -1e18 } });
        let canonical = canonical(document, 0).unwrap();
        let whole = r#"{"a":{"y":-1000000000000000000,"z":10000000000000000},"b":[1.0,0.0,1e+300]}"#;
        assert_eq!(canonical.to_string(), whole);
    }

    #[test]
    fn documents_without_end_are_refused() {
        let deep = (0..=JSON_DEPTH).fold(json!(1), |inner, _| json!([inner]));
        assert_eq!(canonical(deep, 0).unwrap_err().code(), Code::JsonRange);
        let error = canonical(json!({ "a\0": 1 }), 0).unwrap_err();
        assert_eq!(error.code(), Code::TextNul);
    }
}
