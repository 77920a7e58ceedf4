//! Values as texts that tell one from every other.

use std::fmt::Write as _;

use wherewithal_base::{
    Result,
    wire::{Sink, Spelling, Wire},
};

/// The text of a value: those of two values are the same if the values are written in the same way.
pub(super) fn of(value: &dyn Wire) -> Result<String> {
    let mut text = Text(String::new());
    value.write(&mut text)?;
    Ok(text.0)
}

struct Text(String);

impl Text {
    fn put(&mut self, kind: char, value: &dyn std::fmt::Display) -> Result<()> {
        // A text in memory takes all that is written.
        let _ = write!(self.0, "{kind}{value};");
        Ok(())
    }
}

impl Sink for Text {
    fn spelling(&self) -> Spelling {
        Spelling::Camel
    }
    fn null(&mut self) -> Result<()> {
        self.put('n', &"")
    }
    fn boolean(&mut self, value: bool) -> Result<()> {
        self.put('b', &value)
    }
    fn positive(&mut self, value: u64) -> Result<()> {
        self.put('p', &value)
    }
    fn negative(&mut self, value: i64) -> Result<()> {
        self.put('p', &value)
    }
    fn number(&mut self, value: f64) -> Result<()> {
        self.positive(value.to_bits())
    }
    fn text(&mut self, value: &str) -> Result<()> {
        // The length says where it ends, whatever is in it.
        self.positive(value.len() as u64)?;
        self.0.push_str(value);
        Ok(())
    }
    fn begin_list(&mut self, length: usize) -> Result<()> {
        self.positive(length as u64)
    }
    fn end_list(&mut self) -> Result<()> {
        Ok(())
    }
    fn begin_record(&mut self) -> Result<()> {
        self.put('{', &"")
    }
    fn key(&mut self, key: &str) -> Result<()> {
        self.text(key)
    }
    fn end_record(&mut self) -> Result<()> {
        self.put('}', &"")
    }
}
