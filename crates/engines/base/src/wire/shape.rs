//! The description of a type, as data.

use std::ops::Bound;

use super::{Fraction, Name, Sink};
use crate::Result;

/// The description of a type. Types may contain each other, so inner types are given as functions.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer {
        /// The smallest value of the type.
        least: i128,
        /// The largest value of the type.
        most: i128,
    },
    /// A floating-point number, finite.
    Number,
    /// Text.
    Text,
    /// An exact decimal: text, or a number that is exact.
    Decimal,
    /// A civil date: text in ISO 8601 form.
    Date,
    /// A currency: a code of ISO 4217.
    Currency,
    /// A value that may be null.
    Nullable(fn() -> Shape),
    /// A list.
    List {
        /// The type of its items.
        item: fn() -> Shape,
        /// Whether items are unique and their order has no meaning.
        unique: bool,
    },
    /// Values by name.
    Map(fn() -> Shape),
    /// An object with known fields.
    Record(&'static Record),
    /// One of several names.
    Choice(&'static Choice),
    /// One of several records, distinguished by a tag.
    Union(&'static Union),
}

/// An object with known fields.
#[derive(Debug)]
pub struct Record {
    /// The unique name of the type: `AmortizationRow`.
    pub name: &'static str,
    /// The Rust module that declares it; empty without the feature `documentation`.
    pub module: &'static str,
    /// Its documentation, in Markdown; empty without the feature `documentation`.
    pub doc: &'static str,
    /// Its fields, in order.
    pub fields: &'static [Field],
}

/// One field of a record.
#[derive(Debug)]
pub struct Field {
    /// `termMonths`, `term_months`.
    pub name: Name,
    /// Its documentation, in Markdown; empty without the feature `documentation`.
    pub doc: &'static str,
    /// Its type.
    pub shape: fn() -> Shape,
    /// The bounds of its value.
    pub bounds: Option<&'static Bounds>,
    /// Whether it must be present when the record is read.
    pub required: bool,
    /// Writes its default value; `None` if it is required, and without the feature `documentation`.
    pub default: Option<fn(&mut dyn Sink) -> Result<()>>,
    /// Whether it is not written if it is empty.
    pub omit: bool,
}

/// The bounds of a field's value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Of a number, or of each number in a list or map.
    pub range: (Bound<f64>, Bound<f64>),
    /// Bounds of the number of items in a list, or of characters in a text.
    pub length: (Option<usize>, Option<usize>),
    /// Bounds of the number of items of each list in a list.
    pub item_length: (Option<usize>, Option<usize>),
    /// Whether the number, or each number in a list or map, is a fraction.
    pub fraction: Option<Fraction>,
}

impl Bounds {
    /// The bounds of each item of a list, if the items are lists.
    #[must_use]
    pub fn of_items(&self) -> Self {
        Self { length: self.item_length, item_length: (None, None), ..*self }
    }
}

/// One of several names.
#[derive(Debug)]
pub struct Choice {
    /// The unique name of the type: `DayCount`.
    pub name: &'static str,
    /// The Rust module that declares it; empty without the feature `documentation`.
    pub module: &'static str,
    /// Its documentation, in Markdown; empty without the feature `documentation`.
    pub doc: &'static str,
    /// The names, in order.
    pub values: &'static [ChoiceValue],
}

/// One name of a choice.
#[derive(Debug)]
pub struct ChoiceValue {
    /// `actualActual`, `actual_actual`.
    pub name: Name,
    /// Its documentation, in Markdown; empty without the feature `documentation`.
    pub doc: &'static str,
}

/// One of several records, distinguished by a tag.
#[derive(Debug)]
pub struct Union {
    /// The unique name of the type: `SpendingRule`.
    pub name: &'static str,
    /// The Rust module that declares it; empty without the feature `documentation`.
    pub module: &'static str,
    /// Its documentation, in Markdown; empty without the feature `documentation`.
    pub doc: &'static str,
    /// The field that holds the name of the record: `kind`.
    pub tag: Name,
    /// The records, in order.
    pub variants: &'static [Variant],
}

/// One record of a union.
#[derive(Debug)]
pub struct Variant {
    /// The value of the tag.
    pub name: Name,
    /// Its documentation, in Markdown; empty without the feature `documentation`.
    pub doc: &'static str,
    /// The fields beside the tag, in order.
    pub fields: &'static [Field],
}

impl Shape {
    /// The innermost shape of lists, maps and nullable values.
    #[must_use]
    pub fn heart(self) -> Shape {
        match self {
            Self::Nullable(inner) | Self::List { item: inner, .. } | Self::Map(inner) => inner().heart(),
            other => other,
        }
    }

    /// The fields of the innermost records.
    pub fn fields(self) -> impl Iterator<Item = &'static Field> {
        let (own, variants): (&[Field], &[Variant]) = match self.heart() {
            Self::Record(record) => (record.fields, &[]),
            Self::Union(union) => (&[], union.variants),
            _ => (&[], &[]),
        };
        own.iter().chain(variants.iter().flat_map(|variant| variant.fields))
    }
}
