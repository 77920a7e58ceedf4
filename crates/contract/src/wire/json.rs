//! A sink that writes JSON: no spaces, the shortest digits that read back to the same number.

use wherewithal::{
    Error, ErrorCode, Result,
    wire::{Field, Sink, Spelling},
};

use super::MAX_OUTPUT_BYTES;

/// The JSON written so far.
pub(super) struct Writer {
    text: Vec<u8>,
    spelling: Spelling,
    /// Whether the next value follows another in the same list or record.
    follows: bool,
}

impl Writer {
    pub(super) fn new(spelling: Spelling) -> Self {
        Self { text: Vec::with_capacity(256), spelling, follows: false }
    }

    pub(super) fn into_text(self) -> Vec<u8> {
        self.text
    }

    fn separate(&mut self) {
        if self.follows {
            self.text.push(b',');
        }
        self.follows = true;
    }

    /// Writes a number or a text like `serde_json`.
    fn scalar<T: serde::Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.separate();
        serde_json::to_writer(&mut self.text, value)
            .map_err(|error| Error::new(ErrorCode::ResultTooLarge, error.to_string()))
    }

    fn literal(&mut self, literal: &[u8]) -> Result<()> {
        self.separate();
        self.text.extend_from_slice(literal);
        Ok(())
    }

    fn begin(&mut self, bracket: u8) -> Result<()> {
        if self.text.len() > MAX_OUTPUT_BYTES {
            return Err(too_large());
        }
        self.separate();
        self.text.push(bracket);
        self.follows = false;
        Ok(())
    }

    fn end(&mut self, bracket: u8) -> Result<()> {
        self.text.push(bracket);
        self.follows = true;
        Ok(())
    }
}

#[cold]
fn too_large() -> Error {
    let message = format!("the result has more than {MAX_OUTPUT_BYTES} bytes; ask for less at a time");
    Error::new(ErrorCode::ResultTooLarge, message)
}

impl Sink for Writer {
    fn spelling(&self) -> Spelling {
        self.spelling
    }
    fn null(&mut self) -> Result<()> {
        self.literal(b"null")
    }
    fn boolean(&mut self, value: bool) -> Result<()> {
        self.literal(if value { b"true" } else { b"false" })
    }
    fn positive(&mut self, value: u64) -> Result<()> {
        self.scalar(&value)
    }
    fn negative(&mut self, value: i64) -> Result<()> {
        self.scalar(&value)
    }
    fn number(&mut self, value: f64) -> Result<()> {
        self.scalar(&value)
    }
    fn text(&mut self, value: &str) -> Result<()> {
        self.scalar(value)
    }
    fn begin_list(&mut self, _: usize) -> Result<()> {
        self.begin(b'[')
    }
    fn end_list(&mut self) -> Result<()> {
        self.end(b']')
    }
    fn begin_record(&mut self) -> Result<()> {
        self.begin(b'{')
    }
    fn key(&mut self, key: &str) -> Result<()> {
        self.scalar(key)?;
        self.text.push(b':');
        self.follows = false;
        Ok(())
    }
    fn end_record(&mut self) -> Result<()> {
        self.end(b'}')
    }
    fn field(&mut self, field: &'static Field) -> Result<()> {
        // The name of a field consists of letters and digits: nothing in it needs escaping.
        self.separate();
        self.text.push(b'"');
        self.text.extend_from_slice(field.name.spelled(self.spelling).as_bytes());
        self.text.extend_from_slice(b"\":");
        self.follows = false;
        Ok(())
    }
}
