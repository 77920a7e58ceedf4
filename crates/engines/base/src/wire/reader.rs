//! How a value is read: the spelling of names and the bounds.

use std::borrow::Cow;

use super::{Bounds, Fraction, Name, Shape, Spelling, Value, fraction, message};
use crate::{Error, Result, check, num::Decimal};

/// The largest number up to which every whole number is exact: 2^53.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// How a value is read.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    spelling: Spelling,
    /// The bounds of the field whose value is read: the limit of a list, and the message of a value of the wrong type.
    bounds: Option<&'static Bounds>,
    /// The same, of the numbers in it: those of a list have no bounds of its length.
    of_numbers: Option<&'static Bounds>,
    /// Whether an item of the field's list is read.
    in_list: bool,
}

impl Reader {
    /// A reader of names in a spelling.
    #[must_use]
    pub fn new(spelling: Spelling) -> Self {
        Self { spelling, bounds: None, of_numbers: None, in_list: false }
    }

    /// The same reader, with the bounds of a field.
    pub(super) fn within(self, bounds: Option<&'static Bounds>) -> Self {
        Self { bounds, of_numbers: bounds, in_list: false, ..self }
    }

    /// The reader of the items of a list.
    pub(super) fn of_items(self) -> Self {
        // A list in a list in a list has no bounds of its own.
        let bounds = self.bounds.filter(|bounds| !self.in_list && bounds.item_length != (None, None));
        Self { bounds, in_list: bounds.is_some(), ..self }
    }

    /// The bounds of the value that is read.
    fn own_bounds(self) -> Option<Bounds> {
        let bounds = self.bounds.copied();
        if self.in_list { bounds.map(|bounds| bounds.of_items()) } else { bounds }
    }

    /// That a list or a map is no longer than its limit.
    fn within_limit(self, length: usize) -> Result<()> {
        match self.own_bounds().map(|bounds| bounds.length) {
            // A list that is too short is for the engine to refuse.
            Some((least, Some(most))) if length > most => {
                check::length(length, least.unwrap_or(0)..=most).map(drop)
            }
            _ => Ok(()),
        }
    }

    /// The fraction of a text with a percent sign, where a fraction is expected.
    pub(super) fn percentage(self, text: &str) -> Option<Result<f64>> {
        self.fraction().and_then(|_| fraction::percentage(text))
    }

    /// The exact fraction of a text with a percent sign, where a fraction is expected.
    pub(crate) fn exact_percentage(self, text: &str) -> Option<Result<Decimal>> {
        self.fraction().and_then(|_| fraction::exact_percentage(text))
    }

    /// That a number without a percent sign is ordinary for its field.
    #[inline]
    pub(super) fn ordinary(self, value: f64) -> Result<f64> {
        self.of_numbers.map_or(Ok(()), |bounds| fraction::ordinary(value, bounds)).map(|()| value)
    }

    /// As [`ordinary`](Self::ordinary), of an exact decimal.
    pub(crate) fn ordinary_decimal(self, value: Decimal) -> Result<Decimal> {
        self.of_numbers.map_or(Ok(()), |bounds| fraction::ordinary_decimal(value, bounds)).map(|()| value)
    }

    /// Whether what was read is written with a percent sign where a number would be refused.
    #[cfg(feature = "documentation")]
    pub(super) fn states(self, spelling: Spelling) -> bool {
        fraction::are_stated(self.of_numbers, spelling)
    }

    fn fraction(self) -> Option<Fraction> {
        self.of_numbers.and_then(|bounds| bounds.fraction)
    }

    pub(super) fn spelled(self, name: &Name) -> &'static str {
        name.spelled(self.spelling)
    }

    /// The text of a value of a type that is written as text.
    pub(crate) fn text<'a>(self, value: &'a Value<'_>, shape: Shape) -> Result<&'a str> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(self.wrong_type(other, shape)),
        }
    }

    /// The items of a list that is no longer than its limit.
    pub(super) fn items<'a, 'text>(
        self,
        value: &'a Value<'text>,
        shape: Shape,
    ) -> Result<&'a [Value<'text>]> {
        match value {
            Value::List(items) => self.within_limit(items.len()).map(|()| items.as_slice()),
            other => Err(self.wrong_type(other, shape)),
        }
    }

    /// The names and values of a map that is no longer than its limit.
    pub(super) fn entries<'a, 'text>(
        self,
        value: &'a Value<'text>,
        shape: Shape,
    ) -> Result<&'a [(Cow<'text, str>, Value<'text>)]> {
        match value {
            Value::Record(entries) => self.within_limit(entries.len()).map(|()| entries.as_slice()),
            other => Err(self.wrong_type(other, shape)),
        }
    }

    /// The error of an object of another language that cannot be converted to a [`Value`].
    ///
    /// `found` says what it is, as in "got a module".
    #[must_use]
    pub fn no_value(self, found: &str, expected: Shape) -> Error {
        message::no_value(found, expected, self.own_bounds().as_ref(), self.spelling)
    }

    /// A whole number in the range of its type. How it is written does not matter: `360.0` is one.
    pub(super) fn integer(self, value: &Value<'_>, least: i128, most: i128) -> Result<i128> {
        let number = match value {
            Value::Positive(number) => Some(i128::from(*number)),
            Value::Negative(number) => Some(i128::from(*number)),
            Value::Number(number) if number.fract() == 0.0 && number.abs() <= MOST_EXACT => {
                Some(*number as i128)
            }
            _ => None,
        };
        number
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| self.wrong_type(value, Shape::Integer { least, most }))
    }

    #[cold]
    pub(crate) fn wrong_type(self, found: &Value<'_>, expected: Shape) -> Error {
        message::wrong_type(found, expected, self.own_bounds().as_ref(), self.spelling)
    }

    #[cold]
    pub(super) fn refused(self, refusal: message::Refusal<'_>) -> Error {
        message::refused(refusal, self.spelling)
    }
}
