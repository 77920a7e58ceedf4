//! The conversion of an item between the document and a row.

use serde::Serialize;
use serde_json::{Map, Value as Json};
use wherewithal_base::{dates::Date, num::Decimal};

use crate::{Code, Error, Result, Table, Value};

/// The key of the metadata with the fields without a column.
const KEY: &str = "household";

/// The fields of an item that are not in a column, or not yet.
#[derive(Debug, Default)]
pub(super) struct Item(Map<String, Json>);

impl Item {
    /// The fields of a part of the document.
    pub(super) fn of(part: &impl Serialize) -> Result<Self> {
        match serde_json::to_value(part) {
            Ok(Json::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err(Error::new(Code::DocumentInvalid, "an item must be an object")),
            Err(error) => {
                Err(Error::new(Code::DocumentInvalid, "the item cannot be serialized").caused_by(error))
            }
        }
    }

    /// Removes and returns a text.
    pub(super) fn take_text(&mut self, field: &str) -> Option<String> {
        match self.0.shift_remove(field) {
            Some(Json::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Removes and returns a decimal if its column can store it exactly; otherwise it remains in the item.
    pub(super) fn take_decimal(&mut self, field: &str, table: &Table, column: &str) -> Option<Decimal> {
        let decimal: Decimal = self.0.get(field)?.as_str()?.parse().ok()?;
        table.column(column).ok()?.prepare(Value::from(decimal)).ok()?;
        self.0.shift_remove(field);
        Some(decimal)
    }

    /// Removes and returns a date.
    pub(super) fn take_date(&mut self, field: &str) -> Option<Date> {
        let date = self.0.get(field)?.as_str()?.parse().ok()?;
        self.0.shift_remove(field);
        Some(date)
    }

    /// Removes a field.
    pub(super) fn remove(&mut self, field: &str) {
        self.0.shift_remove(field);
    }

    /// The remaining fields as the metadata of a row, with the item's `list` in the document.
    pub(super) fn into_metadata(self, list: &str, derived_value: bool) -> Json {
        serde_json::json!({ KEY: { "list": list, "derivedValue": derived_value, "item": self.0 } })
    }

    /// The item in the metadata of a row. A row from another source has none, and its own id is used.
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

    /// Whether the field is present.
    pub(super) fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// Sets a field to the value of its column.
    pub(super) fn put(&mut self, field: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.0.insert(field.to_owned(), Json::String(value.to_string()));
        }
    }

    pub(super) fn into_json(self) -> Json {
        Json::Object(self.0)
    }
}

/// The item in the metadata of a row.
pub(super) struct Kept {
    pub(super) item: Item,
    pub(super) list: String,
    /// Whether the row's value is derived from the item, so that it is not restored.
    pub(super) derived_value: bool,
}
