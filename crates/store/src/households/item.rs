//! An item of the document on its way between its JSON and a row.

use serde::Serialize;
use serde_json::{Map, Value as Json};
use wherewithal_base::{dates::Date, num::Decimal};

use crate::{Code, Error, Result, Table, Value};

/// The key of the metadata under which the fields without a column are kept.
const KEY: &str = "household";

/// The fields of an item that have no column, or not yet been given one.
#[derive(Debug, Default)]
pub(super) struct Item(Map<String, Json>);

impl Item {
    /// The fields of a part of the document.
    pub(super) fn of(part: &impl Serialize) -> Result<Self> {
        match serde_json::to_value(part) {
            Ok(Json::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err(Error::new(Code::DocumentInvalid, "an item must be an object")),
            Err(error) => {
                Err(Error::new(Code::DocumentInvalid, "the item cannot be written").caused_by(error))
            }
        }
    }

    /// Takes a text out.
    pub(super) fn take_text(&mut self, field: &str) -> Option<String> {
        match self.0.shift_remove(field) {
            Some(Json::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Takes a decimal out if its column can hold it; it stays where it is if not.
    pub(super) fn take_decimal(&mut self, field: &str, table: &Table, column: &str) -> Option<Decimal> {
        let decimal: Decimal = self.0.get(field)?.as_str()?.parse().ok()?;
        table.column(column).ok()?.prepare(Value::from(decimal)).ok()?;
        self.0.shift_remove(field);
        Some(decimal)
    }

    /// Takes a date out.
    pub(super) fn take_date(&mut self, field: &str) -> Option<Date> {
        let date = self.0.get(field)?.as_str()?.parse().ok()?;
        self.0.shift_remove(field);
        Some(date)
    }

    /// Takes a field out, whatever it says.
    pub(super) fn remove(&mut self, field: &str) {
        self.0.shift_remove(field);
    }

    /// What is left, as the metadata of a row. `list` says where in the document the item belongs.
    pub(super) fn into_metadata(self, list: &str, derived_value: bool) -> Json {
        serde_json::json!({ KEY: { "list": list, "derivedValue": derived_value, "item": self.0 } })
    }

    /// What the metadata of a row keeps. A row that was made otherwise has none, and its own id serves.
    pub(super) fn from_metadata(metadata: &Json, default_list: &str, id: crate::Uuid) -> Kept {
        let kept = metadata.get(KEY);
        let field = |name| kept.and_then(|kept| kept.get(name));
        let mut item = Self(field("item").and_then(Json::as_object).cloned().unwrap_or_default());
        if !item.has("id") {
            item.put("id", Some(id.to_string()));
        }
        Kept {
            item,
            list: field("list").and_then(Json::as_str).unwrap_or(default_list).to_owned(),
            derived_value: field("derivedValue").and_then(Json::as_bool).unwrap_or(false),
        }
    }

    /// The id in the document.
    pub(super) fn id(&self) -> &str {
        self.0.get("id").and_then(Json::as_str).unwrap_or_default()
    }

    /// Whether the field says something.
    pub(super) fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// Puts the value of a column in its field.
    pub(super) fn put(&mut self, field: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.0.insert(field.to_owned(), Json::String(value.to_string()));
        }
    }

    pub(super) fn into_json(self) -> Json {
        Json::Object(self.0)
    }
}

/// What the metadata of a row says of its item.
pub(super) struct Kept {
    pub(super) item: Item,
    pub(super) list: String,
    /// Whether the row's value follows from the item, so that it is not put back.
    pub(super) derived_value: bool,
}
