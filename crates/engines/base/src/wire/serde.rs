//! serde, for Rust programs whose own types contain these types. It goes through [`Value`], so that there is one reader
//! and one writer, and it costs nothing if it is not used.

use std::{borrow::Cow, cell::Cell, fmt};

pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde::{
    de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor},
    ser::{Error as _, SerializeMap as _},
};

use super::{Reader, Spelling, Tree, Value, Wire};

/// Writes a value with names in camelCase.
///
/// # Errors
/// `result.too_large` as text, and those of the serializer.
pub fn write<S: Serializer>(value: &dyn Wire, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    Tree::of(Spelling::Camel, |sink| value.write(sink)).map_err(S::Error::custom)?.serialize(serializer)
}

/// Reads a value with names in camelCase.
///
/// # Errors
/// Those of [`Wire::read`] as text, with code and path, and those of the deserializer.
pub fn read<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    T::read(&value, Reader::new(Spelling::Camel)).map_err(D::Error::custom)
}

/// Implements serde's traits for a type of the wire, with the feature `serde`.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_serde_impls {
    ($ty:ty) => {
        impl $crate::wire::serde::Serialize for $ty {
            fn serialize<S: $crate::wire::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::wire::serde::write(self, serializer)
            }
        }

        impl<'de> $crate::wire::serde::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::wire::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::wire::serde::read(deserializer)
            }
        }
    };
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Positive(value) => serializer.serialize_u64(*value),
            Self::Negative(value) => serializer.serialize_i64(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Record(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (name, value) in entries {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let unlimited = Limits::new(usize::MAX, usize::MAX);
        unlimited.read(deserializer)
    }
}

/// What a text may contain, so that its value takes no more memory than is foreseen: a value takes 32 bytes, and the text
/// of one can be two bytes long.
pub struct Limits {
    /// The number of values that may still follow.
    values: Cell<usize>,
    depth: usize,
    exceeded: Cell<Option<Exceeded>>,
}

/// The limit that a text exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exceeded {
    /// It has too many values.
    Values,
    /// Lists and records are nested too deeply.
    Depth,
}

impl Limits {
    /// Limits of the number of values, and of the depth to which lists and records are nested.
    #[must_use]
    pub fn new(values: usize, depth: usize) -> Self {
        Self { values: Cell::new(values), depth, exceeded: Cell::new(None) }
    }

    /// Reads a value within these limits.
    ///
    /// # Errors
    /// Those of the deserializer; also if a limit is exceeded, which [`exceeded`](Self::exceeded) tells.
    pub fn read<'de, D: Deserializer<'de>>(
        &self,
        deserializer: D,
    ) -> std::result::Result<Value<'de>, D::Error> {
        Within { limits: self, depth: 0 }.deserialize(deserializer)
    }

    /// The limit that was exceeded, if one was.
    pub fn exceeded(&self) -> Option<Exceeded> {
        self.exceeded.get()
    }
}

/// A value at a depth, and its visitor.
#[derive(Clone, Copy)]
struct Within<'l> {
    limits: &'l Limits,
    depth: usize,
}

impl Within<'_> {
    /// Counts one more value.
    fn count<E: serde::de::Error>(self) -> std::result::Result<(), E> {
        match self.limits.values.get().checked_sub(1) {
            Some(left) => {
                self.limits.values.set(left);
                Ok(())
            }
            None => Err(self.exceed(Exceeded::Values)),
        }
    }

    /// The values one level deeper.
    fn deeper<E: serde::de::Error>(self) -> std::result::Result<Self, E> {
        if self.depth >= self.limits.depth {
            return Err(self.exceed(Exceeded::Depth));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    #[cold]
    fn exceed<E: serde::de::Error>(self, exceeded: Exceeded) -> E {
        self.limits.exceeded.set(Some(exceeded));
        E::custom("a limit is exceeded")
    }
}

impl<'de> DeserializeSeed<'de> for Within<'_> {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Value<'de>, D::Error> {
        self.count()?;
        deserializer.deserialize_any(self)
    }
}

/// Text that is borrowed unless it contains escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor).map(Self)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> std::result::Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }
    fn visit_str<E>(self, text: &str) -> std::result::Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

impl<'de> Visitor<'de> for Within<'_> {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> std::result::Result<Value<'de>, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, value: bool) -> std::result::Result<Value<'de>, E> {
        Ok(Value::Boolean(value))
    }
    fn visit_u64<E>(self, value: u64) -> std::result::Result<Value<'de>, E> {
        Ok(Value::Positive(value))
    }
    fn visit_i64<E>(self, value: i64) -> std::result::Result<Value<'de>, E> {
        Ok(u64::try_from(value).map_or(Value::Negative(value), Value::Positive))
    }
    fn visit_f64<E>(self, value: f64) -> std::result::Result<Value<'de>, E> {
        Ok(Value::Number(value))
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> std::result::Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }
    fn visit_str<E>(self, text: &str) -> std::result::Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> std::result::Result<Value<'de>, A::Error> {
        let deeper = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(deeper)? {
            items.push(item);
        }
        // A short list would keep the room for four items.
        items.shrink_to_fit();
        Ok(Value::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> std::result::Result<Value<'de>, A::Error> {
        let deeper = self.deeper()?;
        let mut entries = Vec::new();
        while let Some(Text(name)) = access.next_key()? {
            // A name takes as much as a value.
            self.count()?;
            entries.push((name, access.next_value_seed(deeper)?));
        }
        entries.shrink_to_fit();
        Ok(Value::Record(entries))
    }
}
