//! A value before its type is known.

use std::borrow::Cow;

/// A value as it was written: fields in their order, and twice where they stand twice.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
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
