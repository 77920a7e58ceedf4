//! Reading types from JSON, with the way to what is wrong.
//!
//! One reader for all types, which asks no visitor of a list or a record for more than its type can be: the readers of all types together are the
//! largest part of the browser's module. An object is read from an object alone, where serde_json takes a list too.

use std::{borrow::Cow, fmt, slice};

use serde::{
    de::{
        self, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
        Visitor, value::StrDeserializer,
    },
    forward_to_deserialize_any,
};

use super::{fault::Step, tree::Tree};

/// What is wrong, and where.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) message: String,
    /// From the fault outwards.
    pub(super) steps: Vec<Step>,
}

impl Fault {
    #[cold]
    fn within(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), steps: Vec::new() }
    }

    #[cold]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match found {
            Unexpected::Unit => Self::custom(format_args!("invalid type: null, expected {expected}")),
            _ => Self::custom(format_args!("invalid type: {found}, expected {expected}")),
        }
    }
}

#[cold]
fn wrong_type(found: &Tree<'_>, expected: &dyn Expected) -> Fault {
    let found = match found {
        Tree::Null => Unexpected::Unit,
        Tree::Boolean(value) => Unexpected::Bool(*value),
        Tree::Positive(value) => Unexpected::Unsigned(*value),
        Tree::Negative(value) => Unexpected::Signed(*value),
        Tree::Number(value) => Unexpected::Float(*value),
        Tree::Text(text) => Unexpected::Str(text),
        Tree::Items(_) => Unexpected::Seq,
        Tree::Fields(_) => Unexpected::Map,
    };
    de::Error::invalid_type(found, expected)
}

/// A value, as types read it.
pub(super) struct Reader<'a, 'tree>(pub(super) &'a Tree<'tree>);

impl<'a, 'tree> Reader<'a, 'tree> {
    fn items<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Items(items) => visitor.visit_seq(Items { rest: items.iter(), next: 0 }),
            other => Err(wrong_type(other, &visitor)),
        }
    }

    fn fields<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Fields(fields) => visitor.visit_map(Fields { rest: fields.iter(), field: None }),
            other => Err(wrong_type(other, &visitor)),
        }
    }
}

impl<'de> Deserializer<'de> for Reader<'_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Null => visitor.visit_unit(),
            Tree::Boolean(value) => visitor.visit_bool(*value),
            Tree::Positive(value) => visitor.visit_u64(*value),
            Tree::Negative(value) => visitor.visit_i64(*value),
            Tree::Number(value) => visitor.visit_f64(*value),
            Tree::Text(text) => visitor.visit_str(text),
            Tree::Items(_) => self.items(visitor),
            Tree::Fields(_) => self.fields(visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.items(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Items(items) if items.len() > length => {
                Err(de::Error::invalid_length(items.len(), &visitor))
            }
            _ => self.items(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.fields(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.fields(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    /// An enum of names. Enums with fields have a tag, and are read as objects.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0 {
            Tree::Text(text) => visitor.visit_enum(name(text)),
            other => Err(wrong_type(other, &visitor)),
        }
    }

    // Of scalars there are few, so what their visitors need not be asked does not weigh.
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple_struct
        identifier ignored_any
    }
}

fn name(text: &str) -> StrDeserializer<'_, Fault> {
    text.into_deserializer()
}

struct Items<'a, 'tree> {
    rest: slice::Iter<'a, Tree<'tree>>,
    next: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some(item) = self.rest.next() else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Reader(item)).map(Some).map_err(|fault| fault.within(Step::Item(index)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Fields<'a, 'tree> {
    rest: slice::Iter<'a, (Cow<'tree, str>, Tree<'tree>)>,
    /// The field whose value comes next.
    field: Option<&'a (Cow<'tree, str>, Tree<'tree>)>,
}

impl<'de> MapAccess<'de> for Fields<'_, '_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        self.field = self.rest.next();
        let Some((key, _)) = self.field else { return Ok(None) };
        seed.deserialize(name(key)).map(Some).map_err(|fault| fault.within(Step::Field(key.to_string())))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some((key, value)) = self.field.take() else {
            return Err(de::Error::custom("a value was asked for before its name"));
        };
        seed.deserialize(Reader(value)).map_err(|fault| fault.within(Step::Field(key.to_string())))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}
