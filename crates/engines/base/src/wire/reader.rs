//! How a value is read: the spelling of names and the bounds.

use std::borrow::Cow;

use super::{Bounds, Name, Shape, Spelling, Value, message};
use crate::{Error, Result};

/// How a value is read.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    spelling: Spelling,
    /// The bounds of the field whose value is read, for the message of a value of the wrong type.
    bounds: Option<&'static Bounds>,
}

impl Reader {
    /// A reader of names in a spelling.
    #[must_use]
    pub fn new(spelling: Spelling) -> Self {
        Self { spelling, bounds: None }
    }

    /// The same reader, with the bounds of a field.
    pub(super) fn within(self, bounds: Option<&'static Bounds>) -> Self {
        Self { bounds, ..self }
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

    /// The items of a list.
    pub(super) fn items<'a, 'text>(
        self,
        value: &'a Value<'text>,
        shape: Shape,
    ) -> Result<&'a [Value<'text>]> {
        match value {
            Value::List(items) => Ok(items),
            other => Err(self.wrong_type(other, shape)),
        }
    }

    /// The names and values of a map.
    pub(super) fn entries<'a, 'text>(
        self,
        value: &'a Value<'text>,
        shape: Shape,
    ) -> Result<&'a [(Cow<'text, str>, Value<'text>)]> {
        match value {
            Value::Record(entries) => Ok(entries),
            other => Err(self.wrong_type(other, shape)),
        }
    }

    /// The error of an object of another language that cannot be converted to a [`Value`].
    ///
    /// `found` says what it is, as in "got a module".
    #[must_use]
    pub fn no_value(self, found: &str, expected: Shape) -> Error {
        message::no_value(found, expected, self.bounds, self.spelling)
    }

    /// A whole number in the range of its type.
    pub(super) fn integer(self, value: &Value<'_>, least: i128, most: i128) -> Result<i128> {
        let number = match value {
            Value::Positive(number) => Some(i128::from(*number)),
            Value::Negative(number) => Some(i128::from(*number)),
            _ => None,
        };
        number
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| self.wrong_type(value, Shape::Integer { least, most }))
    }

    #[cold]
    pub(crate) fn wrong_type(self, found: &Value<'_>, expected: Shape) -> Error {
        message::wrong_type(found, expected, self.bounds, self.spelling)
    }

    #[cold]
    pub(super) fn refused(self, refusal: message::Refusal<'_>) -> Error {
        message::refused(refusal, self.spelling)
    }
}
