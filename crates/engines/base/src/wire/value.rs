//! A value before its type is known.

use std::borrow::Cow;

use super::Sink;
use crate::Result;

/// A value as it was written: fields keep their order, and duplicates are kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Null.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number from zero up.
    Positive(u64),
    /// A whole number below zero.
    Negative(i64),
    /// Any other number.
    Number(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Value<'a>>),
    /// Fields and their values.
    Record(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl Value<'_> {
    /// Writes the value unchanged: names keep their spelling.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        match self {
            Self::Null => sink.null(),
            Self::Boolean(value) => sink.boolean(*value),
            Self::Positive(value) => sink.positive(*value),
            Self::Negative(value) => sink.negative(*value),
            Self::Number(value) => sink.number(*value),
            Self::Text(text) => sink.text(text),
            Self::List(items) => {
                sink.begin_list(items.len())?;
                for item in items {
                    item.write(sink)?;
                }
                sink.end_list()
            }
            Self::Record(entries) => {
                sink.begin_record()?;
                for (name, value) in entries {
                    sink.key(name)?;
                    value.write(sink)?;
                }
                sink.end_record()
            }
        }
    }
}
