//! Types as data: a type that crosses an interface is described once, and read, written and documented by that
//! description.
//!
//! `#[derive(Wire)]` writes a static table for a type ([`Shape`]): its fields, their names in both spellings, their
//! documentation, bounds and defaults. One interpreter reads every type by its table, and one writes it, so a type
//! costs a table and a few calls, not code of its own. Its JSON Schema, its class in Python and its declaration in
//! TypeScript come from the same table.
//!
//! ```
//! # use wherewithal_base::wherewithal;
//! use wherewithal::wire::{Reader, Shape, Spelling, Value, Wire};
//!
//! /// What is put aside.
//! #[derive(Debug, PartialEq, Wire)]
//! struct Saving {
//!     /// How many months.
//!     #[wire(range = 1..=1200)]
//!     term_months: u32,
//!     /// What it is called.
//!     name: Option<String>,
//! }
//!
//! let value = Value::Record(vec![("termMonths".into(), Value::Positive(12))]);
//! let saving = Saving::read(&value, Reader::new(Spelling::Camel))?;
//! assert_eq!(saving, Saving { term_months: 12, name: None });
//!
//! let value = Value::Record(vec![("termMonth".into(), Value::Positive(12))]);
//! let error = Saving::read(&value, Reader::new(Spelling::Camel)).unwrap_err();
//! assert_eq!(error.path(), "termMonth");
//! assert_eq!(error.message(), "unknown field `termMonth`; did you mean `termMonths`?");
//! # Ok::<(), wherewithal::Error>(())
//! ```
//!
//! # Attributes
//!
//! | on | attribute | meaning |
//! |---|---|---|
//! | a type | `name = "…"` | its name on the wire, if it differs from its name in Rust |
//! | a type | `runtime = ::wherewithal::wire` | the path of this module, for a program that depends only on `wherewithal` |
//! | an enum | `tag = "kind"` | its variants are records that this field distinguishes; without it they are names |
//! | a field | `default`, `default = function` | it may be left out; a field of type `Option` may always be left out |
//! | a field | `omit` | it is not written if it is empty ([`Wire::is_absent`]) |
//! | a field | `range = 1..=1200` | the bounds of a number, or of each number in a list; either end may be left out |
//! | a field | `above = -1`, `below = 1` | the same, where the bound itself does not belong to the range |
//! | a field | `length = ..=200` | the bounds of a list's or a text's length |
//! | a field | `item_length = ..=20` | the bounds of the length of each list in a list |
//! | a field | `share`, `rate` | the number is a [`Fraction`], which may be written in percent: `"6.5 %"` |
//!
//! A list that is longer than its bounds is refused before any of its items is read (`list.too_long`), so the work and the
//! memory of an operation are limited whatever the caller sends. All other bounds are documentation: the engines check
//! them, with codes of their own. A test of the contract compares the two. Only what is written decides whether a rate is
//! meant: the reader refuses a number from 1 up, and takes the same as a percentage.
//!
//! # Sources and sinks
//!
//! Reading starts from a [`Value`] and writing ends in a [`Sink`]; neither knows JSON. A row of a table or an object of
//! another language is converted to a [`Value`], with its text borrowed, and is written through a [`Sink`] of its own.

mod containers;
pub(crate) mod fraction;
mod interpreter;
mod message;
mod reader;
mod scalars;
#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod serde;
mod shape;
mod sink;
mod spelling;
#[cfg(test)]
mod tests;
#[cfg(feature = "documentation")]
mod transcribe;
mod tree;
mod value;

#[doc(hidden)]
pub mod derived;

pub use wherewithal_derive::Wire;

#[doc(hidden)]
pub use crate::__wire_serde_impls as serde_impls;
pub use crate::error::Result;

/// Without the feature `serde`, the derive implements none of serde's traits.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_serde_impls {
    ($ty:ty) => {};
}
#[cfg(feature = "snake_case")]
pub use self::spelling::in_snake_case;
#[cfg(feature = "documentation")]
pub use self::transcribe::transcribe;
pub use self::{
    fraction::{
        Fraction, ORDINARY_RATE, exact_percentage, ordinary_exact_rate, ordinary_rate, percentage, stated,
    },
    message::nearest,
    reader::Reader,
    shape::{Bounds, Choice, ChoiceValue, Field, Record, Shape, Union, Variant},
    sink::Sink,
    spelling::{Name, Spelling, respelled},
    tree::Tree,
    value::Value,
};

/// A type that is described as data, and read and written by its description. Derive it.
pub trait Wire {
    /// The description of the type.
    fn shape() -> Shape
    where
        Self: Sized;

    /// Reads a value.
    ///
    /// # Errors
    /// `input.invalid`, `input.unknown_field`, `input.missing_field`, `list.too_long`, or the code of an invalid scalar
    /// (such as `decimal.malformed`), each with its path.
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self>
    where
        Self: Sized;

    /// Writes the value.
    ///
    /// # Errors
    /// `result.too_large` if a number in it is NaN or infinite, and those of the sink.
    fn write(&self, sink: &mut dyn Sink) -> Result<()>;

    /// Whether the value is empty, so that a field with `omit` is left out: `None`, an empty list, `false`.
    fn is_absent(&self) -> bool {
        false
    }
}
