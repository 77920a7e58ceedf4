//! Nullable values, lists, sets, maps, and boxes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Reader, Shape, Sink, Value, Wire, message::Refusal};
use crate::{Error, ErrorCode, Result, error::At as _};

impl<T: Wire> Wire for Option<T> {
    fn shape() -> Shape {
        Shape::Nullable(T::shape)
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        match value {
            Value::Null => Ok(None),
            value => T::read(value, reader).map(Some),
        }
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        match self {
            Some(value) => value.write(sink),
            None => sink.null(),
        }
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Wire> Wire for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        T::read(value, reader).map(Self::new)
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        self.as_ref().write(sink)
    }
    fn is_absent(&self) -> bool {
        self.as_ref().is_absent()
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn shape() -> Shape {
        Shape::List { item: T::shape, unique: false }
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        let items = reader.items(value, Self::shape())?;
        let mut list = Self::with_capacity(items.len());
        read_each(items, reader, &mut |item, reader| {
            list.push(T::read(item, reader)?);
            Ok(())
        })?;
        Ok(list)
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        write_each(self.len(), &mut self.iter().map(|item| item as &dyn Wire), sink)
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Wire + Ord> Wire for BTreeSet<T> {
    fn shape() -> Shape {
        Shape::List { item: T::shape, unique: true }
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        // One by one: a set that is collected brings a sort for its type.
        let mut set = Self::new();
        read_each(reader.items(value, Self::shape())?, reader, &mut |item, reader| {
            if set.insert(T::read(item, reader)?) { Ok(()) } else { Err(twice()) }
        })?;
        Ok(set)
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        write_each(self.len(), &mut self.iter().map(|item| item as &dyn Wire), sink)
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// Reads the items of a list, whichever type they have: the loop is compiled once.
fn read_each(
    items: &[Value<'_>],
    list: Reader,
    read: &mut dyn FnMut(&Value<'_>, Reader) -> Result<()>,
) -> Result<()> {
    let of_items = list.of_items();
    for (index, item) in items.iter().enumerate() {
        read(item, of_items).at_item(index)?;
    }
    Ok(())
}

/// Writes the items of a list, likewise.
fn write_each(length: usize, items: &mut dyn Iterator<Item = &dyn Wire>, sink: &mut dyn Sink) -> Result<()> {
    sink.begin_list(length)?;
    for item in items {
        item.write(sink)?;
    }
    sink.end_list()
}

/// The error of an item that a set has already.
#[cold]
pub(super) fn twice() -> Error {
    Error::new(ErrorCode::ListDuplicate, "the entry appears twice; give each once")
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn shape() -> Shape {
        Shape::Map(T::shape)
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        read_map(value, Self::shape(), reader, T::read)
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        sink.begin_record()?;
        for (name, value) in self {
            sink.key(name)?;
            value.write(sink)?;
        }
        sink.end_record()
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// Reads a map with a reader for its values.
pub(super) fn read_map<T>(
    value: &Value<'_>,
    shape: Shape,
    reader: Reader,
    read: impl Fn(&Value<'_>, Reader) -> Result<T>,
) -> Result<BTreeMap<String, T>> {
    let mut map = BTreeMap::new();
    for (name, value) in reader.entries(value, shape)? {
        let value = read(value, reader.of_items()).at(name)?;
        if map.insert(name.to_string(), value).is_some() {
            return Err(reader.refused(Refusal::Twice(name)).at(name));
        }
    }
    Ok(map)
}
