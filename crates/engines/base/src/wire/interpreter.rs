//! Reads and writes records, choices and unions by their tables. The code is compiled once for all types.

use std::borrow::Cow;

use super::{
    Choice, Field, Reader, Record, Shape, Sink, Union, Value, Variant, Wire,
    fraction::{self, Stated},
    message::{Refusal, cut},
};
use crate::{Result, error::At as _};

type Entry<'text> = (Cow<'text, str>, Value<'text>);

/// A place for the value of a field.
pub trait Place {
    /// Reads the value into the place.
    ///
    /// # Errors
    /// Those of [`Wire::read`].
    fn fill(&mut self, value: &Value<'_>, reader: Reader) -> Result<()>;
}

impl<T: Wire> Place for Option<T> {
    fn fill(&mut self, value: &Value<'_>, reader: Reader) -> Result<()> {
        *self = Some(T::read(value, reader)?);
        Ok(())
    }
}

/// Reads the fields of a record into their places, one for each.
///
/// # Errors
/// Those of [`Wire::read`].
pub fn read_record(
    value: &Value<'_>,
    record: &'static Record,
    reader: Reader,
    places: &mut [&mut dyn Place],
) -> Result<()> {
    match value {
        Value::Record(entries) => Fields { fields: record.fields, tag: None }.read(entries, reader, places),
        other => Err(reader.wrong_type(other, Shape::Record(record))),
    }
}

/// The index of the variant of a union that a value names.
///
/// # Errors
/// Those of [`Wire::read`].
pub fn read_tag(value: &Value<'_>, union: &'static Union, reader: Reader) -> Result<usize> {
    let Value::Record(entries) = value else {
        return Err(reader.wrong_type(value, Shape::Union(union)));
    };
    let tag = reader.spelled(&union.tag);
    let Some((_, kind)) = entries.iter().find(|(name, _)| name == tag) else {
        return Err(reader.refused(Refusal::MissingTag(union)).at(tag));
    };
    let index = match kind {
        Value::Text(text) => {
            union.variants.iter().position(|variant| reader.spelled(&variant.name) == text.as_ref())
        }
        _ => None,
    };
    index.ok_or_else(|| reader.refused(Refusal::WrongTag(union, kind)).at(tag))
}

/// Reads the fields of variant `index` of a union into their places, one for each.
///
/// # Errors
/// Those of [`Wire::read`].
pub fn read_variant(
    value: &Value<'_>,
    union: &'static Union,
    index: usize,
    reader: Reader,
    places: &mut [&mut dyn Place],
) -> Result<()> {
    match (value, union.variants.get(index)) {
        (Value::Record(entries), Some(Variant { fields, .. })) => {
            Fields { fields, tag: Some(reader.spelled(&union.tag)) }.read(entries, reader, places)
        }
        _ => Err(reader.wrong_type(value, Shape::Union(union))),
    }
}

/// The index of the name of a choice.
///
/// # Errors
/// `input.invalid`.
pub fn read_choice(value: &Value<'_>, choice: &'static Choice, reader: Reader) -> Result<usize> {
    let index = match value {
        Value::Text(text) => {
            choice.values.iter().position(|value| reader.spelled(&value.name) == text.as_ref())
        }
        _ => None,
    };
    index.ok_or_else(|| reader.wrong_type(value, Shape::Choice(choice)))
}

/// The fields of a record, or of a variant of a union without its tag.
#[derive(Clone, Copy)]
struct Fields {
    fields: &'static [Field],
    tag: Option<&'static str>,
}

/// The meaning of an entry of an object.
enum Known {
    Tag,
    Field(usize, &'static Field),
    /// The address of a document's schema, which editors read.
    Schema,
}

/// The name of that entry.
const SCHEMA: &str = "$schema";

impl Fields {
    /// An unknown name is refused first, because it often explains why another field seems to be missing.
    fn read(self, entries: &[Entry<'_>], reader: Reader, places: &mut [&mut dyn Place]) -> Result<()> {
        self.check_names(entries, reader)?;
        let mut next = 0;
        for (name, value) in entries {
            let Some(Known::Field(index, field)) = self.find(name, next, reader) else { continue };
            next = index + 1;
            if let Some(place) = places.get_mut(index) {
                place.fill(value, reader.within(field.bounds)).at(reader.spelled(&field.name))?;
            }
        }
        Ok(())
    }

    fn check_names(self, entries: &[Entry<'_>], reader: Reader) -> Result<()> {
        // One bit per field; the derive refuses a record with more fields than bits.
        let (mut seen, mut tag_seen, mut schema_seen) = (0_u128, false, false);
        let mut next = 0;
        for (name, value) in entries {
            let is_new = match self.find(name, next, reader) {
                Some(Known::Field(index, _)) => {
                    next = index + 1;
                    let bit = 1 << index;
                    let is_new = seen & bit == 0;
                    seen |= bit;
                    is_new
                }
                Some(Known::Tag) => !std::mem::replace(&mut tag_seen, true),
                Some(Known::Schema) if matches!(value, Value::Text(_)) => {
                    !std::mem::replace(&mut schema_seen, true)
                }
                Some(Known::Schema) => return Err(reader.wrong_type(value, Shape::Text).at(SCHEMA)),
                None => {
                    return Err(reader
                        .refused(Refusal::UnknownField { name, fields: self.fields, tag: self.tag })
                        .at(&cut(name)));
                }
            };
            if !is_new {
                return Err(reader.refused(Refusal::Twice(name)).at(name));
            }
        }
        let is_missing =
            |(index, field): &(usize, &'static Field)| field.required && seen & (1 << index) == 0;
        let mut missing =
            self.fields.iter().enumerate().filter(is_missing).map(|(_, field)| field).peekable();
        match missing.peek().copied() {
            None => Ok(()),
            Some(first) => {
                let place = reader.spelled(&first.name);
                Err(reader.refused(Refusal::Missing(missing.collect())).at(place))
            }
        }
    }

    /// Finds a field by name. Fields are mostly written in order, so the search starts at `next`.
    fn find(self, name: &str, next: usize, reader: Reader) -> Option<Known> {
        let is_named = |field: &Field| reader.spelled(&field.name) == name;
        if let Some(field) = self.fields.get(next).filter(|field| is_named(field)) {
            return Some(Known::Field(next, field));
        }
        if self.tag == Some(name) {
            return Some(Known::Tag);
        }
        if name == SCHEMA {
            return Some(Known::Schema);
        }
        self.fields
            .iter()
            .enumerate()
            .find(|(_, field)| is_named(field))
            .map(|(index, field)| Known::Field(index, field))
    }
}

/// Writes a record from the values of its fields, in order.
///
/// # Errors
/// Those of [`Wire::write`].
pub fn write_record(record: &'static Record, values: &[&dyn Wire], sink: &mut dyn Sink) -> Result<()> {
    sink.begin_record()?;
    write_fields(record.fields, values, sink)?;
    sink.end_record()
}

/// Writes variant `index` of a union from the values of its fields, in order.
///
/// # Errors
/// Those of [`Wire::write`].
pub fn write_variant(
    union: &'static Union,
    index: usize,
    values: &[&dyn Wire],
    sink: &mut dyn Sink,
) -> Result<()> {
    sink.begin_record()?;
    if let Some(variant) = union.variants.get(index) {
        let spelling = sink.spelling();
        sink.key(union.tag.spelled(spelling))?;
        sink.text(variant.name.spelled(spelling))?;
        write_fields(variant.fields, values, sink)?;
    }
    sink.end_record()
}

fn write_fields(fields: &'static [Field], values: &[&dyn Wire], sink: &mut dyn Sink) -> Result<()> {
    for (field, value) in fields.iter().zip(values) {
        if !(field.omit && value.is_absent()) {
            sink.field(field)?;
            if fraction::are_stated(field.bounds, sink.spelling()) {
                value.write(&mut Stated(sink))?;
            } else {
                value.write(sink)?;
            }
        }
    }
    Ok(())
}

/// Writes name `index` of a choice.
///
/// # Errors
/// Those of the sink.
pub fn write_choice(choice: &'static Choice, index: usize, sink: &mut dyn Sink) -> Result<()> {
    let spelling = sink.spelling();
    sink.text(choice.values.get(index).map_or("", |value| value.name.spelled(spelling)))
}
