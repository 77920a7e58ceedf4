//! The parts of a ZIP archive (APPNOTE.TXT 6.3): the central directory says where they are.
//!
//! The sizes and the checksum of an entry are those of the directory. Its size before compression is not read at all: `part`
//! counts what it inflates.

use std::{cell::Cell, collections::BTreeMap};

use wherewithal_base::{Error, ErrorCode, Result, control::Control};

use super::{kind::wrong_kind, markup::Markup, part::Part};

/// The signatures of the records.
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const DIRECTORY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

/// The length of the record at the end, and that of the longest comment behind it.
const END_LENGTH: usize = 22;
const LONGEST_COMMENT: usize = 65_535;
/// The extra field with the numbers that do not fit into 32 bits.
const EXTRA_64: u16 = 1;

/// The ways to store a part that are read.
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// An archive.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    /// The entries by their names in lower case.
    entries: BTreeMap<String, Entry>,
    /// How many bytes may still be inflated.
    left: Cell<u64>,
    pub(super) control: &'a Control<'a>,
}

/// An entry of the directory.
#[derive(Debug, Clone, Copy)]
struct Entry {
    flags: u16,
    method: u16,
    checksum: u32,
    length: u64,
    local: u64,
}

impl<'a> Archive<'a> {
    /// The archive of a file, of which at most some bytes may be inflated.
    ///
    /// # Errors
    /// `archive.malformed`.
    pub(super) fn of(bytes: &'a [u8], most: u64, control: &'a Control<'a>) -> Result<Self> {
        let (count, mut at) = directory(bytes)?;
        let mut entries = BTreeMap::new();
        for _ in 0..count {
            control.check()?;
            let (name, entry, next) =
                entry(bytes, at).ok_or_else(|| malformed("its directory is damaged or cut off"))?;
            at = next;
            if entries.insert(name, entry).is_some() {
                return Err(malformed("two parts have the same name"));
            }
        }
        Ok(Self { bytes, entries, left: Cell::new(most), control })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&normalized(name))
    }

    /// The markup of a part.
    ///
    /// # Errors
    /// `archive.malformed` if there is no such part, or it cannot be found; `file.wrong_kind` if it is encrypted.
    pub(super) fn markup(&self, name: &str) -> Result<Markup<'_>> {
        let missing = || malformed(&format!("it has no part {:?}", shown(name)));
        let entry = self.entries.get(&normalized(name)).copied().ok_or_else(missing)?;
        if entry.flags & 1 != 0 {
            return Err(wrong_kind("an archive that is encrypted with a password; save it without one"));
        }
        if entry.method != STORED && entry.method != DEFLATED {
            return Err(malformed(&format!(
                "the part {:?} is compressed in a way that is not read",
                shown(name)
            )));
        }
        let stored = content(self.bytes, &entry)
            .ok_or_else(|| malformed(&format!("the part {:?} is cut off", shown(name))))?;
        let part =
            Part::of(stored, entry.method == DEFLATED, entry.checksum, shown(name), &self.left, self.control);
        Ok(Markup::of(part))
    }
}

/// The refusal of an archive that is damaged.
pub(super) fn malformed(what: &str) -> Error {
    Error::new(ErrorCode::ArchiveMalformed, format!("the workbook cannot be read: {what}"))
}

/// The name of a part, for a message.
fn shown(name: &str) -> String {
    name.chars().take(100).collect()
}

/// A name as names are compared: without capitals, and with the separator of packages.
fn normalized(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The number of entries, and where the first one stands.
fn directory(bytes: &[u8]) -> Result<(u64, usize)> {
    let absent = || malformed("the end of the archive is missing, as in a file that is cut off");
    let first = bytes.len().saturating_sub(END_LENGTH + LONGEST_COMMENT);
    let last = bytes.len().checked_sub(END_LENGTH).ok_or_else(absent)?;
    // A comment can contain the signature too, so its length has to lead to the end of the file.
    let is_end = |at: &usize| {
        let comment = short(bytes, at + 20).map(usize::from);
        bytes.get(*at..).is_some_and(|rest| rest.starts_with(END))
            && comment.is_some_and(|length| at + END_LENGTH + length == bytes.len())
    };
    let end = (first..=last).rev().find(is_end).ok_or_else(absent)?;
    let small = short(bytes, end + 10).zip(long(bytes, end + 16));
    let (count, offset) =
        small.map(|(count, offset)| (u64::from(count), u64::from(offset))).ok_or_else(absent)?;
    let large =
        end.checked_sub(20).filter(|at| bytes.get(*at..).is_some_and(|rest| rest.starts_with(LOCATOR_64)));
    let (count, offset) = match large {
        Some(locator) => large_directory(bytes, locator).ok_or_else(absent)?,
        None => (count, offset),
    };
    let at = usize::try_from(offset).ok().filter(|at| *at <= bytes.len()).ok_or_else(absent)?;
    Ok((count, at))
}

/// The same of an archive with numbers of 64 bits, as programs in Java often write it.
fn large_directory(bytes: &[u8], locator: usize) -> Option<(u64, u64)> {
    let end = usize::try_from(longer(bytes, locator + 8)?).ok()?;
    bytes.get(end..)?.starts_with(END_64).then_some(())?;
    Some((longer(bytes, end.checked_add(32)?)?, longer(bytes, end.checked_add(48)?)?))
}

/// The entry at a place: its name, what it says, and where the next one stands.
fn entry(bytes: &[u8], at: usize) -> Option<(String, Entry, usize)> {
    bytes.get(at..)?.starts_with(DIRECTORY).then_some(())?;
    let name_length = usize::from(short(bytes, at + 28)?);
    let extra_length = usize::from(short(bytes, at + 30)?);
    let comment_length = usize::from(short(bytes, at + 32)?);
    let extra_at = at + 46 + name_length;
    let name = String::from_utf8_lossy(bytes.get(at + 46..extra_at)?).into_owned();
    let extra = bytes.get(extra_at..extra_at + extra_length)?;
    let mut large = large_numbers(extra).into_iter();
    // Of the numbers that do not fit, the extra field has these, in this order.
    let mut number = |small: u32| if small == u32::MAX { large.next() } else { Some(u64::from(small)) };
    number(long(bytes, at + 24)?)?;
    let length = number(long(bytes, at + 20)?)?;
    let local = number(long(bytes, at + 42)?)?;
    let entry = Entry {
        flags: short(bytes, at + 8)?,
        method: short(bytes, at + 10)?,
        checksum: long(bytes, at + 16)?,
        length,
        local,
    };
    Some((normalized(&name), entry, extra_at + extra_length + comment_length))
}

/// The numbers of 64 bits in the extra field of an entry.
fn large_numbers(extra: &[u8]) -> Vec<u64> {
    let mut rest = extra;
    while let (Some(id), Some(length)) = (short(rest, 0), short(rest, 2)) {
        let end = 4 + usize::from(length);
        if id == EXTRA_64 {
            let numbers = rest.get(4..end).unwrap_or_default();
            return (0..numbers.len() / 8).filter_map(|index| longer(numbers, 8 * index)).collect();
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    Vec::new()
}

/// What an entry stores, behind its local header.
fn content<'a>(bytes: &'a [u8], entry: &Entry) -> Option<&'a [u8]> {
    let local = usize::try_from(entry.local).ok()?;
    bytes.get(local..)?.starts_with(LOCAL).then_some(())?;
    let names = usize::from(short(bytes, local + 26)?) + usize::from(short(bytes, local + 28)?);
    let start = local + 30 + names;
    let end = start.checked_add(usize::try_from(entry.length).ok()?)?;
    bytes.get(start..end)
}

/// The number of 16 bits at a place.
fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The number of 32 bits at a place.
fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The number of 64 bits at a place.
fn longer(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
