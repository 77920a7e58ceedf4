//! Destinations of values.

use super::{Field, Spelling};
use crate::Result;

/// A destination of values, written piece by piece: JSON text, an object of another language, a row of a table.
///
/// The pieces of a list or a record come between its beginning and its end, and each value of a record after its
/// [`field`](Self::field) or [`key`](Self::key). Numbers are finite.
///
/// # Errors
/// Each method returns the errors of the sink; one that writes into memory has none.
#[expect(clippy::missing_errors_doc, reason = "said once, above")]
pub trait Sink {
    /// How names are spelled.
    fn spelling(&self) -> Spelling;
    /// Null.
    fn null(&mut self) -> Result<()>;
    /// `true` or `false`.
    fn boolean(&mut self, value: bool) -> Result<()>;
    /// A whole number from zero up.
    fn positive(&mut self, value: u64) -> Result<()>;
    /// A whole number below zero.
    fn negative(&mut self, value: i64) -> Result<()>;
    /// A finite number.
    fn number(&mut self, value: f64) -> Result<()>;
    /// Text.
    fn text(&mut self, value: &str) -> Result<()>;
    /// The beginning of a list of `length` items.
    fn begin_list(&mut self, length: usize) -> Result<()>;
    /// The end of a list.
    fn end_list(&mut self) -> Result<()>;
    /// The beginning of a record or a map.
    fn begin_record(&mut self) -> Result<()>;
    /// The name of the next value in a record or a map.
    fn key(&mut self, key: &str) -> Result<()>;
    /// The end of a record or a map.
    fn end_record(&mut self) -> Result<()>;

    /// The field of the next value in a record.
    fn field(&mut self, field: &'static Field) -> Result<()> {
        self.key(field.name.spelled(self.spelling()))
    }
}
