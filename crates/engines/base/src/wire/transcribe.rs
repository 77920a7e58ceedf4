//! Reads a value of which only the description is known.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    Field, Reader, Record, Shape, Spelling, Tree, Union, Value, Wire,
    containers::{read_map, twice},
    fraction,
    interpreter::{self, Place},
};
use crate::{Result, dates::Date, error::At as _, money::Currency, num::Decimal};

/// Reads a value by a shape, and returns what the type of that shape would write: validated, in a spelling, with
/// defaults filled in.
///
/// The shape alone is enough, so this serves languages whose types are made from the descriptions.
///
/// # Errors
/// Those of [`Wire::read`].
pub fn transcribe(
    value: &Value<'_>,
    shape: Shape,
    reader: Reader,
    spelling: Spelling,
) -> Result<Value<'static>> {
    match shape {
        Shape::Boolean => through::<bool>(value, reader, spelling),
        Shape::Integer { least, most } => {
            let whole = reader.integer(value, least, most)?;
            // Every integer type fits into 64 bits, signed or unsigned.
            Ok(u64::try_from(whole).map_or_else(|_| Value::Negative(whole as i64), Value::Positive))
        }
        Shape::Number => through::<f64>(value, reader, spelling),
        Shape::Text => through::<String>(value, reader, spelling),
        Shape::Decimal => through::<Decimal>(value, reader, spelling),
        Shape::Date => through::<Date>(value, reader, spelling),
        Shape::Currency => through::<Currency>(value, reader, spelling),
        Shape::Nullable(_) if matches!(value, Value::Null) => Ok(Value::Null),
        Shape::Nullable(inner) => transcribe(value, inner(), reader, spelling),
        Shape::List { item, unique: false } => list(value, shape, item, reader, spelling).map(Value::List),
        Shape::List { item, unique: true } => {
            let items = list(value, shape, item, reader, spelling)?;
            each_once(&items)?;
            Ok(Value::List(as_set(items, item(), spelling)))
        }
        Shape::Map(item) => map(value, shape, item, reader, spelling),
        Shape::Record(record) => self::record(value, record, reader, spelling),
        Shape::Choice(choice) => {
            let index = interpreter::read_choice(value, choice, reader)?;
            Tree::of(spelling, |sink| interpreter::write_choice(choice, index, sink))
        }
        Shape::Union(union) => self::union(value, union, reader, spelling),
    }
}

fn through<T: Wire>(value: &Value<'_>, reader: Reader, spelling: Spelling) -> Result<Value<'static>> {
    let read = T::read(value, reader)?;
    let written = Tree::of(spelling, |sink| read.write(sink))?;
    Ok(if reader.states(spelling) { fraction::stated(written) } else { written })
}

fn list(
    value: &Value<'_>,
    shape: Shape,
    item: fn() -> Shape,
    reader: Reader,
    spelling: Spelling,
) -> Result<Vec<Value<'static>>> {
    let items = reader.items(value, shape)?.iter().enumerate();
    let items =
        items.map(|(index, value)| transcribe(value, item(), reader.of_items(), spelling).at_item(index));
    items.collect()
}

/// That no item of a set appears twice.
fn each_once(items: &[Value<'static>]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for (index, item) in items.iter().enumerate() {
        // The sets of an input are of names and dates.
        if let Value::Text(text) = item
            && !seen.insert(text.as_ref())
        {
            return Err(twice()).at_item(index);
        }
    }
    Ok(())
}

/// The items in the order of their type: names as they are declared, dates by their text.
fn as_set(mut items: Vec<Value<'static>>, item: Shape, spelling: Spelling) -> Vec<Value<'static>> {
    items.sort_by_cached_key(|value| {
        let Value::Text(text) = value else { return (0, String::new()) };
        let rank = match item {
            Shape::Choice(choice) => {
                choice.values.iter().position(|value| value.name.spelled(spelling) == text.as_ref())
            }
            _ => None,
        };
        (rank.unwrap_or(0), text.to_string())
    });
    items
}

fn map(
    value: &Value<'_>,
    shape: Shape,
    item: fn() -> Shape,
    reader: Reader,
    spelling: Spelling,
) -> Result<Value<'static>> {
    let map = read_map(value, shape, reader, |value, reader| transcribe(value, item(), reader, spelling))?;
    Ok(Value::Record(map.into_iter().map(|(name, value)| (name.into(), value)).collect()))
}

fn record(
    value: &Value<'_>,
    record: &'static Record,
    reader: Reader,
    spelling: Spelling,
) -> Result<Value<'static>> {
    let mut slots = slots(record.fields, spelling);
    interpreter::read_record(value, record, reader, &mut places(&mut slots))?;
    written(slots, spelling).map(Value::Record)
}

fn union(
    value: &Value<'_>,
    union: &'static Union,
    reader: Reader,
    spelling: Spelling,
) -> Result<Value<'static>> {
    let index = interpreter::read_tag(value, union, reader)?;
    let Some(variant) = union.variants.get(index) else { return Ok(Value::Null) };
    let mut slots = slots(variant.fields, spelling);
    interpreter::read_variant(value, union, index, reader, &mut places(&mut slots))?;
    let name = Value::Text(variant.name.spelled(spelling).into());
    let mut entries = vec![(union.tag.spelled(spelling).into(), name)];
    entries.extend(written(slots, spelling)?);
    Ok(Value::Record(entries))
}

/// The place for the value of a field; empty if the field is left out.
struct Slot {
    field: &'static Field,
    spelling: Spelling,
    value: Option<Value<'static>>,
}

impl Place for Slot {
    fn fill(&mut self, value: &Value<'_>, reader: Reader) -> Result<()> {
        self.value = Some(transcribe(value, (self.field.shape)(), reader, self.spelling)?);
        Ok(())
    }
}

fn slots(fields: &'static [Field], spelling: Spelling) -> Vec<Slot> {
    fields.iter().map(|field| Slot { field, spelling, value: None }).collect()
}

fn places(slots: &mut [Slot]) -> Vec<&mut dyn Place> {
    slots.iter_mut().map(|slot| slot as &mut dyn Place).collect()
}

type Entries = Vec<(Cow<'static, str>, Value<'static>)>;

/// The fields as the record writes them.
fn written(slots: Vec<Slot>, spelling: Spelling) -> Result<Entries> {
    let mut entries = Vec::with_capacity(slots.len());
    for Slot { field, value, .. } in slots {
        let value = match (value, field.default) {
            (Some(value), _) => value,
            (None, Some(default)) => Tree::of(spelling, default)?,
            (None, None) => Value::Null,
        };
        if !(field.omit && is_absent(&value, (field.shape)())) {
            entries.push((field.name.spelled(spelling).into(), value));
        }
    }
    Ok(entries)
}

/// [`Wire::is_absent`] for a value of a shape.
fn is_absent(value: &Value<'_>, shape: Shape) -> bool {
    match value {
        Value::Null => true,
        // Where there may be no value, an empty one says something else than none: `false` is not "not said".
        _ if matches!(shape, Shape::Nullable(_)) => false,
        Value::Boolean(false) => true,
        Value::List(items) => items.is_empty(),
        Value::Record(entries) => entries.is_empty(),
        _ => false,
    }
}
