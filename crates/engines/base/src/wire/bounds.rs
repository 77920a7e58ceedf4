//! Holding a value against the bounds of its fields.

use super::{Bounds, Field, Sink, Spelling, Wire};
use crate::{Error, ErrorCode, Result};

/// Holds every number, text and list in a value against the bounds that its field describes.
///
/// # Errors
/// `input.invalid` at the first field whose value lies outside, with its path in the wire's spelling.
pub fn check(value: &dyn Wire) -> Result<()> {
    value.write(&mut Walk::default())
}

/// A walk over a value that knows where it is.
#[derive(Default)]
struct Walk {
    /// The way from the outermost value to the one that comes next.
    steps: Vec<Step>,
}

enum Step {
    /// A field, and the bounds of its value.
    Key(String, Option<Bounds>),
    /// The next item of a list.
    Item(usize),
    /// A record whose field has not been named yet.
    Record,
}

impl Walk {
    /// The bounds of the value that comes next.
    fn bounds(&self) -> Option<Bounds> {
        match self.steps.last() {
            Some(Step::Key(_, bounds)) => *bounds,
            _ => None,
        }
    }

    /// A value was seen: the next item of a list comes.
    fn pass(&mut self) -> Result<()> {
        if let Some(Step::Item(index)) = self.steps.last_mut() {
            *index += 1;
        }
        Ok(())
    }

    fn judge_number(&mut self, value: f64) -> Result<()> {
        if let Some(Bounds::Range { least, most }) = self.bounds()
            && (least.is_some_and(|least| value < least) || most.is_some_and(|most| value > most))
        {
            return Err(self.outside(format!("{value} lies outside {}", span(least, most))));
        }
        self.pass()
    }

    fn judge_length(&self, length: usize, of: &str) -> Result<()> {
        if let Some(Bounds::Length { least, most }) = self.bounds()
            && (least.is_some_and(|least| length < least) || most.is_some_and(|most| length > most))
        {
            return Err(self.outside(format!("{length} {of} lie outside {}", span(least, most))));
        }
        Ok(())
    }

    #[cold]
    fn outside(&self, message: String) -> Error {
        let error = Error::new(ErrorCode::InputInvalid, message);
        self.steps.iter().rev().fold(error, |error, step| match step {
            Step::Key(name, _) => error.at(name),
            Step::Item(index) => error.at_item(*index),
            Step::Record => error,
        })
    }
}

fn span<T: std::fmt::Display>(least: Option<T>, most: Option<T>) -> String {
    let end = |end: Option<T>| end.map_or_else(String::new, |end| end.to_string());
    format!("{}..={}", end(least), end(most))
}

impl Sink for Walk {
    fn spelling(&self) -> Spelling {
        Spelling::Camel
    }
    fn null(&mut self) -> Result<()> {
        self.pass()
    }
    fn boolean(&mut self, _: bool) -> Result<()> {
        self.pass()
    }
    fn positive(&mut self, value: u64) -> Result<()> {
        self.judge_number(value as f64)
    }
    fn negative(&mut self, value: i64) -> Result<()> {
        self.judge_number(value as f64)
    }
    fn number(&mut self, value: f64) -> Result<()> {
        self.judge_number(value)
    }
    fn text(&mut self, value: &str) -> Result<()> {
        self.judge_length(value.chars().count(), "characters")?;
        self.pass()
    }
    fn begin_list(&mut self, length: usize) -> Result<()> {
        self.judge_length(length, "items")?;
        self.steps.push(Step::Item(0));
        Ok(())
    }
    fn end_list(&mut self) -> Result<()> {
        self.steps.pop();
        self.pass()
    }
    fn begin_record(&mut self) -> Result<()> {
        self.steps.push(Step::Record);
        Ok(())
    }
    fn key(&mut self, key: &str) -> Result<()> {
        if let Some(step) = self.steps.last_mut() {
            *step = Step::Key(key.to_owned(), None);
        }
        Ok(())
    }
    fn end_record(&mut self) -> Result<()> {
        self.steps.pop();
        self.pass()
    }
    fn field(&mut self, field: &'static Field) -> Result<()> {
        if let Some(step) = self.steps.last_mut() {
            *step = Step::Key(field.name.camel.to_owned(), field.bounds);
        }
        Ok(())
    }
}
