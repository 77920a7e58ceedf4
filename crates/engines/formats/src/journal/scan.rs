//! Numbers, dates and words of a line, and the look of a journal as a whole.

use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::{Date, date},
    num::Decimal,
};

use crate::FileFormat;

/// How many lines are looked at.
const LOOKED_AT: usize = 200;

/// The directives of beancount, each after a date.
const BEANCOUNT: &[&str] = &[
    "open",
    "close",
    "commodity",
    "balance",
    "pad",
    "price",
    "note",
    "document",
    "event",
    "query",
    "custom",
    "txn",
];
/// Words with which a journal of beancount can begin a line.
const OPTIONS: &[&str] = &["option \"", "plugin \"", "include \""];

/// The format of a journal, if a text looks like one: a directive of beancount, or an entry of hledger with a posting
/// below it.
pub(crate) fn detected(text: &str) -> Option<FileFormat> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT).peekable();
    while let Some(line) = lines.next() {
        if OPTIONS.iter().any(|word| line.starts_with(word)) {
            return Some(FileFormat::Beancount);
        }
        let Some((written, rest)) = line.split_once(' ') else { continue };
        if dated(written).is_err() {
            continue;
        }
        let rest = rest.trim_start();
        let word = rest.split_whitespace().next().unwrap_or_default();
        let is_flag =
            word.len() == 1 && word.starts_with(|c: char| matches!(c, '*' | '!') || c.is_ascii_uppercase());
        let has_payee = is_flag && rest.get(1..).is_some_and(|rest| rest.trim_start().starts_with('"'));
        if BEANCOUNT.contains(&word) || rest.starts_with('"') || has_payee {
            return Some(FileFormat::Beancount);
        }
        if lines.peek().is_some_and(|next| is_posting(next)) {
            return Some(FileFormat::Hledger);
        }
    }
    None
}

/// Whether a line is indented and begins with the name of an account or a comment.
fn is_posting(line: &str) -> bool {
    let is_indented = line.starts_with([' ', '\t']);
    is_indented
        && line
            .trim_start()
            .starts_with(|c: char| c.is_alphabetic() || matches!(c, ';' | '(' | '[' | '*' | '!'))
}

/// A date with the year first, and hyphens, slashes or points.
///
/// # Errors
/// `date.malformed`, `date.out_of_range`.
pub(super) fn dated(text: &str) -> Result<Date> {
    let mut parts = text.split(['-', '/', '.']);
    let number = |part: Option<&str>, most: usize| {
        let part = part?;
        let is_number =
            !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| is_number)
    };
    let found = (
        number(parts.next().filter(|year| year.len() == 4), 4),
        number(parts.next(), 2),
        number(parts.next(), 2),
    );
    match (found, parts.next()) {
        ((Some(year), Some(month), Some(day)), None) => date(year.cast_signed(), month, day),
        _ => {
            let shown: String = text.chars().take(40).collect();
            Err(Error::new(ErrorCode::DateMalformed, format!("{shown:?} is not a date with the year first")))
        }
    }
}

/// What is left of a line while it is read.
pub(super) struct Scan<'a> {
    pub(super) rest: &'a str,
}

impl<'a> Scan<'a> {
    pub(super) fn of(line: &'a str) -> Self {
        Self { rest: line.trim_start() }
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty() || self.rest.starts_with(';')
    }

    /// Goes over a character, and spaces after it.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    /// The characters at the front that fit, and spaces after them.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c: char| !fits(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        taken
    }

    pub(super) fn word(&mut self) -> &'a str {
        self.take_while(|c| !c.is_whitespace())
    }

    /// A text in quotes, if one is next.
    ///
    /// # Errors
    /// `quote.unclosed`.
    pub(super) fn quoted(&mut self) -> Result<Option<String>> {
        let Some(inside) = self.rest.strip_prefix('"') else { return Ok(None) };
        let mut text = String::new();
        let mut characters = inside.char_indices();
        while let Some((place, character)) = characters.next() {
            match character {
                '"' => {
                    self.rest = inside.get(place + 1..).unwrap_or_default().trim_start();
                    return Ok(Some(text));
                }
                '\\' => match characters.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 't')) => text.push('\t'),
                    Some((_, 'r')) => text.push('\r'),
                    Some((_, other)) => text.push(other),
                    None => break,
                },
                other => text.push(other),
            }
        }
        Err(Error::new(ErrorCode::QuoteUnclosed, "a text begins with a quote and never ends"))
    }
}

/// The refusal of a line.
pub(super) fn malformed(message: &str) -> Error {
    Error::new(ErrorCode::MarkupMalformed, message.to_owned())
}

/// A number with digits and points, in which commas group digits.
pub(super) fn number(text: &str) -> Result<Decimal> {
    crate::printed::number::number(text, crate::DecimalMark::Point)
}
