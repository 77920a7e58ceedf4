//! A sink that builds a [`Value`].

use std::{borrow::Cow, mem};

use super::{Sink, Spelling, Value};
use crate::Result;

/// A sink that builds a [`Value`] from what is written into it.
#[derive(Debug)]
pub struct Tree {
    spelling: Spelling,
    /// The open lists and records, from the outermost inwards.
    open: Vec<Open>,
    whole: Value<'static>,
}

#[derive(Debug)]
struct Open {
    value: Value<'static>,
    /// The name of its next value.
    next: Cow<'static, str>,
}

impl Tree {
    /// The value that a function writes, such as [`Wire::write`](super::Wire::write).
    ///
    /// # Errors
    /// Those of the function.
    pub fn of(spelling: Spelling, write: impl FnOnce(&mut dyn Sink) -> Result<()>) -> Result<Value<'static>> {
        let mut tree = Self { spelling, open: Vec::new(), whole: Value::Null };
        write(&mut tree)?;
        Ok(tree.whole)
    }

    fn put(&mut self, value: Value<'static>) -> Result<()> {
        match self.open.last_mut() {
            None => self.whole = value,
            Some(Open { value: Value::List(items), .. }) => items.push(value),
            Some(Open { value: Value::Record(entries), next, .. }) => entries.push((mem::take(next), value)),
            Some(_) => {}
        }
        Ok(())
    }

    fn begin(&mut self, value: Value<'static>) -> Result<()> {
        self.open.push(Open { value, next: Cow::default() });
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        match self.open.pop() {
            Some(Open { value, .. }) => self.put(value),
            None => Ok(()),
        }
    }
}

impl Sink for Tree {
    fn spelling(&self) -> Spelling {
        self.spelling
    }
    fn null(&mut self) -> Result<()> {
        self.put(Value::Null)
    }
    fn boolean(&mut self, value: bool) -> Result<()> {
        self.put(Value::Boolean(value))
    }
    fn positive(&mut self, value: u64) -> Result<()> {
        self.put(Value::Positive(value))
    }
    fn negative(&mut self, value: i64) -> Result<()> {
        self.put(Value::Negative(value))
    }
    fn number(&mut self, value: f64) -> Result<()> {
        self.put(Value::Number(value))
    }
    fn text(&mut self, value: &str) -> Result<()> {
        self.put(Value::Text(value.to_owned().into()))
    }
    fn begin_list(&mut self, length: usize) -> Result<()> {
        self.begin(Value::List(Vec::with_capacity(length)))
    }
    fn end_list(&mut self) -> Result<()> {
        self.end()
    }
    fn begin_record(&mut self) -> Result<()> {
        self.begin(Value::Record(Vec::new()))
    }
    fn key(&mut self, key: &str) -> Result<()> {
        if let Some(open) = self.open.last_mut() {
            open.next = key.to_owned().into();
        }
        Ok(())
    }
    fn end_record(&mut self) -> Result<()> {
        self.end()
    }
}
