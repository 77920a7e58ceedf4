//! Fractions: shares and rates, which may also be written in percent.

use std::ops::RangeBounds as _;

use super::{Bounds, Sink, Spelling, Value};
use crate::{
    Error, ErrorCode, Result,
    num::{Decimal, gate},
};

/// The bound of the ordinary: 100 %. A rate from here up is written with its percent sign.
pub const ORDINARY_RATE: u32 = 1;

/// The most characters of a number that a message repeats.
const MOST_SHOWN: usize = 20;

/// What kind of fraction a number is. Either may be written in percent, as text: `"6.5 %"` is 0.065.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fraction {
    /// A part of something, or a ratio: any number of its range.
    Share,
    /// Interest, growth, inflation, a return or a volatility, of which 100 % and more are rare and mostly a percentage
    /// that was written for a fraction. Such a number is refused, unless its percent sign shows that it is meant.
    Rate,
}

/// The number before the percent sign of a text such as `6.5 %` or `6.5%`.
fn before_sign(text: &str) -> Option<&str> {
    let number = text.strip_suffix('%')?.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let unsigned = number.strip_prefix(['-', '+']).unwrap_or(number);
    let (whole, places) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(places)).then_some(number)
}

/// The fraction of a percentage, correctly rounded; `None` if the text is none.
///
/// # Errors
/// `decimal.overflow`.
#[must_use]
pub fn percentage(text: &str) -> Option<Result<f64>> {
    exact_percentage(text).map(|fraction| fraction.map(gate::to_f64))
}

/// The exact fraction of a percentage; `None` if the text is none.
///
/// # Errors
/// `decimal.overflow`.
#[must_use]
pub fn exact_percentage(text: &str) -> Option<Result<Decimal>> {
    let percent: Result<Decimal> = before_sign(text)?.parse();
    let hundredth = |value: Decimal| {
        let value = value.normalized();
        Decimal::from_i128(value.mantissa(), value.scale() + 2).map(Decimal::normalized)
    };
    Some(percent.and_then(hundredth))
}

/// A rate that was written without a percent sign, below 100 %: for arguments whose type does not say that they are rates.
///
/// # Errors
/// `rate.out_of_range`.
#[inline]
pub fn ordinary_rate(value: f64) -> Result<f64> {
    if value >= f64::from(ORDINARY_RATE) { Err(rare(&value.to_string())) } else { Ok(value) }
}

/// As [`ordinary_rate`], of an exact decimal.
///
/// # Errors
/// `rate.out_of_range`.
pub fn ordinary_exact_rate(value: Decimal) -> Result<Decimal> {
    if value >= ORDINARY_RATE.into() { Err(rare(&value.to_string())) } else { Ok(value) }
}

/// That a number which was written without a percent sign is ordinary for its field. One outside its range is left to
/// the engine, which refuses it anyway.
///
/// # Errors
/// `rate.out_of_range`.
pub(super) fn ordinary(value: f64, bounds: &Bounds) -> Result<()> {
    if is_rare(value, bounds) { Err(rare(&value.to_string())) } else { Ok(()) }
}

/// As [`ordinary`], of an exact decimal.
///
/// # Errors
/// `rate.out_of_range`.
pub(crate) fn ordinary_decimal(value: Decimal, bounds: &Bounds) -> Result<()> {
    if is_rare(gate::to_f64(value), bounds) { Err(rare(&value.to_string())) } else { Ok(()) }
}

fn is_rare(value: f64, bounds: &Bounds) -> bool {
    bounds.fraction == Some(Fraction::Rate)
        && value >= f64::from(ORDINARY_RATE)
        && bounds.range.contains(&value)
}

/// The refusal of a rate from 100 % up that has no percent sign.
#[cold]
fn rare(value: &str) -> Error {
    let message = if value.len() > MOST_SHOWN {
        "a number of this size is no rate: rates are fractions, 0.065 is 6.5 %".to_owned()
    } else {
        let (percent, fraction) = (in_percent(value), hundredth(value));
        format!("{value} means {percent}; write {fraction} for {value} %, or \"{percent}\" if it is meant")
    };
    Error::new(ErrorCode::RateOutOfRange, message)
}

/// A positive number times one hundred, with a percent sign. The digits are moved, so that nothing is rounded.
fn in_percent(number: &str) -> String {
    let (whole, places) = number.split_once('.').unwrap_or((number, ""));
    let padded = format!("{places:0<2}");
    let (moved, rest) = padded.split_at(2);
    let digits = format!("{whole}{moved}.{rest}");
    format!("{} %", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// A positive number divided by one hundred.
fn hundredth(number: &str) -> String {
    let (whole, places) = number.split_once('.').unwrap_or((number, ""));
    let padded = format!("{whole:0>3}");
    let (rest, moved) = padded.split_at(padded.len() - 2);
    let digits = format!("{rest}.{moved}{places}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A value of a rate's field that is known to be a fraction, as text with a percent sign where a number would be refused.
#[must_use]
pub fn stated(value: Value<'static>) -> Value<'static> {
    match value {
        Value::Number(number) => rare_number(number).map_or(value, |text| Value::Text(text.into())),
        Value::Positive(number) => rare_number(number as f64).map_or(value, |text| Value::Text(text.into())),
        Value::Text(ref text) => rare_decimal(text).map_or(value, |text| Value::Text(text.into())),
        Value::List(items) => Value::List(items.into_iter().map(stated).collect()),
        Value::Record(entries) => {
            Value::Record(entries.into_iter().map(|(name, value)| (name, stated(value))).collect())
        }
        other => other,
    }
}

fn rare_number(value: f64) -> Option<String> {
    (value >= f64::from(ORDINARY_RATE)).then(|| in_percent(&value.to_string()))
}

fn rare_decimal(text: &str) -> Option<String> {
    let value: Decimal = text.parse().ok()?;
    (value >= ORDINARY_RATE.into()).then(|| in_percent(text))
}

/// Whether the values of a field are written by way of [`Stated`]: those of a rate on the wire, which reads them again.
/// In Python's spelling they become objects, and a record of Python knows that its numbers are fractions.
pub(super) fn are_stated(bounds: Option<&Bounds>, spelling: Spelling) -> bool {
    spelling == Spelling::Camel && bounds.is_some_and(|bounds| bounds.fraction == Some(Fraction::Rate))
}

/// A sink of the numbers of a rate's field: they get a percent sign where they would be refused without.
pub(super) struct Stated<'a>(pub(super) &'a mut dyn Sink);

impl Sink for Stated<'_> {
    fn spelling(&self) -> Spelling {
        self.0.spelling()
    }
    fn null(&mut self) -> Result<()> {
        self.0.null()
    }
    fn boolean(&mut self, value: bool) -> Result<()> {
        self.0.boolean(value)
    }
    fn positive(&mut self, value: u64) -> Result<()> {
        self.0.positive(value)
    }
    fn negative(&mut self, value: i64) -> Result<()> {
        self.0.negative(value)
    }
    fn number(&mut self, value: f64) -> Result<()> {
        match rare_number(value) {
            Some(percentage) => self.0.text(&percentage),
            None => self.0.number(value),
        }
    }
    fn text(&mut self, value: &str) -> Result<()> {
        self.0.text(rare_decimal(value).as_deref().unwrap_or(value))
    }
    fn begin_list(&mut self, length: usize) -> Result<()> {
        self.0.begin_list(length)
    }
    fn end_list(&mut self) -> Result<()> {
        self.0.end_list()
    }
    fn begin_record(&mut self) -> Result<()> {
        self.0.begin_record()
    }
    fn key(&mut self, key: &str) -> Result<()> {
        self.0.key(key)
    }
    fn end_record(&mut self) -> Result<()> {
        self.0.end_record()
    }
}
