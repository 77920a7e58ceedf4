//! The bytes of a part, inflated a little at a time: no more than is left to the whole archive, whatever its headers say.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
};

use miniz_oxide::{
    DataFormat, MZFlush, MZStatus,
    inflate::stream::{InflateState, inflate},
};
use wherewithal_base::{Error, ErrorCode, Result, control::Control};

use super::archive::malformed;

/// How many bytes are inflated at a time.
const AT_A_TIME: usize = 32 * 1024;

/// A part that is read.
pub(super) struct Part<'a> {
    name: String,
    /// What is stored and not yet read.
    stored: &'a [u8],
    /// What inflates it; `None` for a part that is not compressed.
    state: Option<Box<InflateState>>,
    buffer: Vec<u8>,
    /// Where the bytes in the buffer begin that were not taken yet, and where they end.
    at: usize,
    end: usize,
    is_ended: bool,
    checksum: Checksum,
    expected: u32,
    left: &'a Cell<u64>,
    control: &'a Control<'a>,
    failure: Option<Error>,
}

impl<'a> Part<'a> {
    pub(super) fn of(
        stored: &'a [u8],
        is_deflated: bool,
        expected: u32,
        name: String,
        left: &'a Cell<u64>,
        control: &'a Control<'a>,
    ) -> Self {
        Self {
            name,
            stored,
            state: is_deflated.then(|| InflateState::new_boxed(DataFormat::Raw)),
            buffer: vec![0; AT_A_TIME],
            at: 0,
            end: 0,
            is_ended: false,
            checksum: Checksum::default(),
            expected,
            left,
            control,
            failure: None,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Why the last read failed, if it was for a reason of the archive.
    pub(super) fn failure(&mut self) -> Option<Error> {
        self.failure.take()
    }

    /// Fills the buffer, which is empty.
    fn fill(&mut self) -> Result<()> {
        while self.at == self.end && !self.is_ended {
            self.control.check()?;
            let written = match &mut self.state {
                Some(state) => {
                    let step = inflate(state, self.stored, &mut self.buffer, MZFlush::None);
                    self.stored = self.stored.get(step.bytes_consumed..).unwrap_or_default();
                    match step.status {
                        Ok(MZStatus::StreamEnd) => self.is_ended = true,
                        Ok(_) if step.bytes_consumed + step.bytes_written > 0 => {}
                        _ => return Err(self.damaged()),
                    }
                    step.bytes_written
                }
                None => {
                    let length = self.stored.len().min(AT_A_TIME);
                    let (now, later) = self.stored.split_at(length);
                    if let Some(buffer) = self.buffer.get_mut(..length) {
                        buffer.copy_from_slice(now);
                    }
                    self.stored = later;
                    self.is_ended = later.is_empty();
                    length
                }
            };
            (self.at, self.end) = (0, written);
            self.count(written)?;
        }
        Ok(())
    }

    /// Counts bytes that were inflated, and compares the checksum after the last one.
    fn count(&mut self, written: usize) -> Result<()> {
        let left = u64::try_from(written).ok().and_then(|written| self.left.get().checked_sub(written));
        let Some(left) = left else {
            let message = "the workbook is too large when it is unpacked, as an archive is that is made to fill the memory";
            return Err(Error::new(ErrorCode::InputTooLarge, message));
        };
        self.left.set(left);
        self.checksum.add(self.buffer.get(..written).unwrap_or_default());
        if self.is_ended && self.checksum.finish() != self.expected {
            return Err(self.damaged());
        }
        Ok(())
    }

    fn damaged(&self) -> Error {
        malformed(&format!("the part {:?} is damaged", self.name))
    }
}

impl Read for Part<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(into.len());
        if let (Some(from), Some(into)) = (available.get(..length), into.get_mut(..length)) {
            into.copy_from_slice(from);
        }
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Part<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if let Err(error) = self.fill() {
            self.failure = Some(error);
            return Err(io::Error::other("the part cannot be read"));
        }
        Ok(self.buffer.get(self.at..self.end).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at = self.end.min(self.at + amount);
    }
}

/// The checksum of archives: CRC-32 (ISO 3309), a byte at a time.
struct Checksum(u32);

impl Default for Checksum {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl Checksum {
    #[expect(clippy::indexing_slicing, reason = "there is a remainder for each byte")]
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let [low, ..] = self.0.to_le_bytes();
            self.0 = (self.0 >> 8) ^ REMAINDERS[usize::from(low ^ byte)];
        }
    }

    fn finish(&self) -> u32 {
        !self.0
    }
}

/// The remainder of each byte by the polynomial.
#[expect(clippy::indexing_slicing, reason = "the loop ends with the array")]
const REMAINDERS: [u32; 256] = {
    let mut remainders = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut remainder = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            remainder = if remainder & 1 == 1 { (remainder >> 1) ^ 0xedb8_8320 } else { remainder >> 1 };
            bit += 1;
        }
        remainders[byte] = remainder;
        byte += 1;
    }
    remainders
};

/// The checksum of bytes, for archives that tests make.
#[cfg(test)]
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let mut checksum = Checksum::default();
    checksum.add(bytes);
    checksum.finish()
}

#[cfg(test)]
mod tests {
    use super::checksum;

    /// The check value of the catalogue of parametrised CRC algorithms, CRC-32/ISO-HDLC.
    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b""), 0);
    }
}
