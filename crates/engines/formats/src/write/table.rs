//! The table with everything that the records of a ledger have.
//!
//! Its first column says what a row is, and its other columns are the fields of all records under their own names. The parts
//! of a transaction have rows of their own below it. Columns and cells follow the description of the types, so a field that a
//! record gains is written and read without a line here.

use std::borrow::Cow;

use wherewithal_base::{
    Result,
    control::Work,
    wire::{Field, Shape, Spelling, Tree, Value, Wire},
};
use wherewithal_ledger::{
    LedgerAccount, LedgerSecurity, LedgerSplit, LedgerTransaction, StatedBalance, StatedPosition,
};

use super::{FileWriteInput, cells};

/// The name of the layout.
pub(crate) const LAYOUT: &str = "wherewithal";
/// The name of the first column.
pub(crate) const KIND: &str = "record";

/// The fields that have no column: the parts, which have rows, and the place in an earlier file.
const WITHOUT_COLUMN: &[&str] = &["splits", "source"];

/// The names of the columns.
pub(crate) fn columns() -> Vec<&'static str> {
    let records = [
        fields::<LedgerTransaction>(),
        fields::<LedgerAccount>(),
        fields::<LedgerSecurity>(),
        fields::<LedgerSplit>(),
        fields::<StatedBalance>(),
        fields::<StatedPosition>(),
    ];
    let mut names = vec![KIND];
    for field in records.into_iter().flatten() {
        let name = field.name.spelled(Spelling::Camel);
        if !names.contains(&name) && !WITHOUT_COLUMN.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The fields of a record.
pub(crate) fn fields<T: Wire>() -> &'static [Field] {
    match T::shape() {
        Shape::Record(record) => record.fields,
        _ => &[],
    }
}

/// Whether a field has a text of the user, and no number, date or name of a list.
pub(crate) fn is_text(field: &Field) -> bool {
    match (field.shape)() {
        Shape::Text | Shape::List { .. } => true,
        Shape::Nullable(of) => matches!(of(), Shape::Text),
        _ => false,
    }
}

/// Writes the table.
pub(super) fn write(input: &FileWriteInput, work: &mut Work<'_, '_>) -> Result<String> {
    let columns = columns();
    let mut text = String::new();
    cells::row(columns.iter().copied(), &mut text);
    let mut table = Table { columns, text };
    for account in &input.accounts {
        table.row("account", account)?;
    }
    for security in &input.securities {
        table.row("security", security)?;
    }
    for transaction in &input.transactions {
        work.done(64)?;
        table.row("transaction", transaction)?;
        for split in &transaction.splits {
            table.row("split", split)?;
        }
    }
    for balance in &input.balances {
        work.done(16)?;
        table.row("balance", balance)?;
    }
    for position in &input.positions {
        work.done(16)?;
        table.row("position", position)?;
    }
    Ok(table.text)
}

struct Table {
    columns: Vec<&'static str>,
    text: String,
}

impl Table {
    /// Adds the row of a record. Both its fields and its values stand in the order of its type.
    fn row<T: Wire>(&mut self, kind: &str, record: &T) -> Result<()> {
        let value = Tree::of(Spelling::Camel, |sink| record.write(sink))?;
        let entries = match &value {
            Value::Record(entries) => entries.as_slice(),
            _ => &[],
        };
        let mut row: Vec<Cow<'_, str>> = vec![Cow::Borrowed(""); self.columns.len()];
        if let Some(first) = row.first_mut() {
            *first = Cow::Borrowed(kind);
        }
        let mut fields = fields::<T>().iter();
        for (name, value) in entries {
            let field = fields.find(|field| field.name.spelled(Spelling::Camel) == name);
            let place = self.columns.iter().position(|column| column == name);
            if let (Some(field), Some(slot)) = (field, place.and_then(|place| row.get_mut(place))) {
                *slot = cell(field, value);
            }
        }
        cells::row(row.iter().map(AsRef::as_ref), &mut self.text);
        Ok(())
    }
}

/// The cell of a field.
fn cell<'v>(field: &Field, value: &'v Value<'_>) -> Cow<'v, str> {
    match value {
        // A text that every record has and that is empty needs no mark.
        Value::Text(text) if field.required && text.is_empty() => Cow::Borrowed(""),
        Value::Text(text) if is_text(field) => Cow::Owned(cells::guarded(text)),
        Value::Text(text) => Cow::Borrowed(text),
        Value::List(items) => Cow::Owned(cells::guarded(&joined(items))),
        _ => Cow::Borrowed(""),
    }
}

/// Texts with bars between them; a bar or a backslash of a text has a backslash before it.
fn joined(items: &[Value<'_>]) -> String {
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push('|');
        }
        if let Value::Text(item) = item {
            for character in item.chars() {
                if matches!(character, '|' | '\\') {
                    text.push('\\');
                }
                text.push(character);
            }
        }
    }
    text
}

/// The texts that were joined.
pub(crate) fn parted(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '|' => parts.push(String::new()),
            character => {
                let character = if character == '\\' { characters.next().unwrap_or('\\') } else { character };
                if let Some(part) = parts.last_mut() {
                    part.push(character);
                }
            }
        }
    }
    parts
}
