//! Numbers as printed: signs in front, behind or as parentheses, currencies on either side, and a decimal mark that only
//! the whole file can settle.

use wherewithal_base::{Error, ErrorCode, Result, money::Currency, num::Decimal};

use super::beside::{self, Beside};
use crate::DecimalMark;

/// Words beside an amount that are no currency code of ISO 4217, but stand for a currency.
const CURRENCY_WORDS: &[&str] = &[
    "kr", "kr.", "Kč", "zł", "Ft", "lei", "Fr", "Fr.", "Rs", "Rs.", "R", "US", "C", "CA", "A", "AU", "NZ",
    "HK", "S", "MX",
];

/// What separates groups of digits beside points and commas.
const GROUPING: &[char] = &['\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}', '\u{2009}'];

/// How many digits a number can have.
const MOST_DIGITS: usize = 28;

/// A number without sign and currency.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Printed<'a> {
    negative: bool,
    body: &'a str,
    /// The currency sign beside it.
    sign: Option<char>,
    /// The word beside it that is a currency.
    word: Option<&'a str>,
}

/// What a number says about the decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// Nothing: it has no mark.
    Nothing,
    /// It can only be read with this mark.
    Only(DecimalMark),
    /// It can be read with either, with different values: 1,234.
    Either,
}

/// Whether a cell has no value: it is empty or a dash.
pub(crate) fn is_blank(cell: &str) -> bool {
    matches!(cell.trim(), "" | "-" | "--" | "\u{2014}" | "n/a" | "N/A")
}

impl<'a> Printed<'a> {
    /// The parts of a number; `None` if the text is no number.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        // Spreadsheets and careful exports guard a cell that begins like a formula with an apostrophe.
        let text = text.trim();
        let mut body = text.strip_prefix('\'').unwrap_or(text);
        let (mut negative, mut signs, mut sign, mut word) = (false, 0, None, None);
        loop {
            let before = body;
            if let Some(inside) = body.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
                (body, negative, signs) = (inside, true, signs + 1);
            } else if let Some(rest) = stripped(body, ['-', '\u{2212}', '\u{2013}']) {
                (body, negative, signs) = (rest, true, signs + 1);
            } else if let Some(rest) = stripped(body, ['+', '+', '+']) {
                (body, signs) = (rest, signs + 1);
            } else if let Some((rest, found)) = without_symbol(body) {
                (body, sign) = (rest, sign.or(Some(found)));
            } else if let Some((rest, found, debit)) = without_word(body) {
                body = rest;
                match debit {
                    Some(debit) => (negative, signs) = (debit, signs + 1),
                    // Two currencies are none.
                    None if word.is_some_and(|word| !beside::are_alike(word, found)) => return None,
                    None => word = Some(found),
                }
            }
            body = body.trim();
            if body == before {
                break;
            }
        }
        let starts = body.starts_with(|c: char| c.is_ascii_digit())
            || body.starts_with(['.', ','])
                && body.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        // Two signs contradict or cancel each other; neither is certain.
        (starts && signs <= 1).then_some(Self { negative, body, sign, word })
    }

    /// What it says about the decimal mark.
    pub(crate) fn says(&self) -> Says {
        let body = self.body;
        if has_exponent(body) {
            return Says::Nothing;
        }
        let (points, commas) = (count(body, '.'), count(body, ','));
        let only = |mark| Says::Only(mark);
        match (points, commas) {
            (0, 0) => Says::Nothing,
            (1, 0) | (0, 1) => {
                let mark = if points == 1 { DecimalMark::Point } else { DecimalMark::Comma };
                let sign = if points == 1 { '.' } else { ',' };
                let (whole, fraction) = body.split_once(sign).unwrap_or((body, ""));
                let could_group = fraction.len() == 3
                    && (1..=3).contains(&whole.len())
                    && !whole.starts_with('0')
                    && !whole.contains(GROUPING);
                if could_group { Says::Either } else { only(mark) }
            }
            (_, 0) => only(DecimalMark::Comma),
            (0, _) => only(DecimalMark::Point),
            _ if body.rfind('.') > body.rfind(',') => only(DecimalMark::Point),
            _ => only(DecimalMark::Comma),
        }
    }

    /// Whether its currency sign is one whose countries write a decimal point.
    pub(crate) fn is_pointed(&self) -> bool {
        matches!(self.sign, Some('$' | '\u{a3}' | '\u{a5}' | '\u{20b9}'))
    }

    /// The currency that stands beside it.
    pub(crate) fn beside(&self) -> Option<Beside> {
        beside::of(self.sign, self.word)
    }

    /// Whether it is below zero; `None` for zero.
    pub(crate) fn is_negative(&self) -> Option<bool> {
        let is_zero = !self.body.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        (!is_zero).then_some(self.negative)
    }

    /// The value with a decimal mark; `None` if groups of digits do not fit it.
    pub(crate) fn value(&self, mark: DecimalMark) -> Option<Decimal> {
        let value = if has_exponent(self.body) { scientific(self.body) } else { plain(self.body, mark) }?;
        Some(if self.negative { value.negated() } else { value })
    }
}

/// The value of a cell with a decimal mark.
///
/// # Errors
/// `decimal.malformed`.
pub(crate) fn number(text: &str, mark: DecimalMark) -> Result<Decimal> {
    Printed::of(text).and_then(|printed| printed.value(mark)).ok_or_else(|| {
        let mark = if mark == DecimalMark::Point { "point" } else { "comma" };
        let message = format!("{:?} is not a number with a decimal {mark}", shown(text));
        Error::new(ErrorCode::DecimalMalformed, message)
    })
}

/// The beginning of a text, for a message.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

fn count(text: &str, sign: char) -> usize {
    text.matches(sign).count()
}

/// A text without one of three characters before or after it.
fn stripped(text: &str, signs: [char; 3]) -> Option<&str> {
    text.strip_prefix(signs).or_else(|| text.strip_suffix(signs))
}

/// A text without a currency sign at either end, and the sign.
fn without_symbol(text: &str) -> Option<(&str, char)> {
    let at_end = |c: char| is_symbol(c).then_some(c);
    let (symbol, rest) =
        match (text.chars().next().and_then(at_end), text.chars().next_back().and_then(at_end)) {
            (Some(symbol), _) => (symbol, text.get(symbol.len_utf8()..)?),
            (None, Some(symbol)) => (symbol, text.get(..text.len() - symbol.len_utf8())?),
            (None, None) => return None,
        };
    Some((rest, symbol))
}

/// The currency signs of Unicode: the cent, pound, yen and general signs of Latin-1, and their block.
fn is_symbol(c: char) -> bool {
    matches!(c, '$' | '\u{a2}'..='\u{a5}' | '\u{e3f}' | '\u{20a0}'..='\u{20c0}')
}

/// A text without a word at either end that is a currency, or CR or DR; the word, and whether it makes it a debit.
fn without_word(text: &str) -> Option<(&str, &str, Option<bool>)> {
    let is_letter = |c: char| c.is_alphabetic() || c == '.' && text.starts_with(char::is_alphabetic);
    let front = text.len() - text.trim_start_matches(is_letter).len();
    if let Some(rest) = text.get(front..).filter(|_| front > 0)
        && let Some(word) = text.get(..front)
        && let Some(debit) = meaning(word)
    {
        return Some((rest, word, debit));
    }
    let back = text.trim_end_matches(|c: char| c.is_alphabetic()).len();
    let rest = text.get(..back).filter(|rest| rest.len() < text.len())?;
    let word = text.get(back..)?;
    meaning(word).map(|debit| (rest, word, debit))
}

/// What a word beside an amount means: `None` if nothing, else whether it is a debit, if it says that.
fn meaning(word: &str) -> Option<Option<bool>> {
    if word.eq_ignore_ascii_case("cr") {
        return Some(Some(false));
    }
    if word.eq_ignore_ascii_case("dr") {
        return Some(Some(true));
    }
    (word.parse::<Currency>().is_ok() || CURRENCY_WORDS.contains(&word)).then_some(None)
}

fn has_exponent(body: &str) -> bool {
    body.contains(['e', 'E'])
}

/// The value of 1.5E-7.
fn scientific(body: &str) -> Option<Decimal> {
    let (digits, exponent) = body.split_once(['e', 'E'])?;
    let value = plain(digits, DecimalMark::Point)?;
    let exponent: i32 = exponent.parse().ok().filter(|exponent| (-28..=28).contains(exponent))?;
    let scale = i32::try_from(value.scale()).ok()? - exponent;
    match u32::try_from(scale) {
        Ok(scale) => Decimal::from_i128(value.mantissa(), scale).ok(),
        Err(_) => {
            let power = 10_i128.checked_pow(scale.unsigned_abs())?;
            Decimal::from_i128(value.mantissa().checked_mul(power)?, 0).ok()
        }
    }
}

/// The value of digits in groups with a decimal mark.
fn plain(body: &str, mark: DecimalMark) -> Option<Decimal> {
    let (mark, other) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, fraction) = body.split_once(mark).unwrap_or((body, ""));
    let mut mantissa = grouped(whole, other)?;
    let digits = fraction.bytes();
    if body.len() > 2 * MOST_DIGITS
        || fraction.len() > MOST_DIGITS
        || !digits.clone().all(|digit| digit.is_ascii_digit())
    {
        return None;
    }
    for digit in digits {
        mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
    }
    Decimal::from_i128(mantissa, u32::try_from(fraction.len()).ok()?).ok()
}

/// The whole part of a number. The last group has three digits, the first one to three, and those between them three, or
/// two as in India.
fn grouped(whole: &str, other: char) -> Option<i128> {
    let mut value: i128 = 0;
    let mut group = 0_usize;
    let mut is_first = true;
    let mut separator = None;
    for character in whole.chars() {
        if let Some(digit) = character.to_digit(10) {
            value = value.checked_mul(10)?.checked_add(i128::from(digit))?;
            group += 1;
        } else if character == other || GROUPING.contains(&character) {
            let fits = if is_first { (1..=3).contains(&group) } else { (2..=3).contains(&group) };
            if !fits || separator.is_some_and(|separator| separator != character) {
                return None;
            }
            (separator, is_first, group) = (Some(character), false, 0);
        } else {
            return None;
        }
    }
    (is_first || group == 3).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    fn value(text: &str, mark: DecimalMark) -> String {
        Printed::of(text)
            .and_then(|printed| printed.value(mark))
            .map_or_else(|| "none".to_owned(), |value| value.to_string())
    }

    /// E24, and other shapes of exports.
    #[test]
    fn numbers_as_printed() {
        for (text, mark, expected) in [
            ("-1.000,00 EUR", Comma, "-1000.00"),
            ("-950,00", Comma, "-950.00"),
            ("(33.52)", Point, "-33.52"),
            ("$(1,234.56)", Point, "-1234.56"),
            ("($1,234.56)", Point, "-1234.56"),
            ("1,234.56-", Point, "-1234.56"),
            ("1'234.56", Point, "1234.56"),
            ("1\u{2019}234.56", Point, "1234.56"),
            ("12.00 CR", Point, "12.00"),
            ("12.00DR", Point, "-12.00"),
            ("\u{2212}12,5", Comma, "-12.5"),
            ("1\u{a0}234,56\u{a0}\u{20ac}", Comma, "1234.56"),
            ("+5", Point, "5"),
            ("-$4.10", Point, "-4.10"),
            ("$-4.10", Point, "-4.10"),
            ("US$ 3.00", Point, "3.00"),
            ("Kč16233.43638", Point, "16233.43638"),
            ("12,34,567.89", Point, "1234567.89"),
            (".5", Point, "0.5"),
            ("5.", Point, "5"),
            ("1.5E-7", Point, "0.00000015"),
            ("2e3", Point, "2000"),
            ("-0.00", Point, "0.00"),
            ("'-14.50", Point, "-14.50"),
        ] {
            assert_eq!(value(text, mark), expected, "{text}");
        }
        for text in [
            "",
            "abc",
            "1,23,4.5",
            "--5",
            "-(5)",
            "1.2.3",
            "1,234.56.7",
            "12 34",
            "5%",
            "1,2345",
            "1e99",
            "e5",
            "EUR",
            "-",
            "1 2'345",
        ] {
            assert_eq!(value(text, Point), "none", "{text}");
        }
    }

    #[test]
    fn a_number_says_its_mark_or_does_not() {
        let says = |text| Printed::of(text).unwrap().says();
        for (text, expected) in [
            ("1234", Says::Nothing),
            ("1,234", Says::Either),
            ("1.234", Says::Either),
            ("0,123", Says::Only(Comma)),
            ("1234,567", Says::Only(Comma)),
            ("12,5", Says::Only(Comma)),
            ("12.50", Says::Only(Point)),
            ("1,234,567", Says::Only(Point)),
            ("1.234.567", Says::Only(Comma)),
            ("1.234,5", Says::Only(Comma)),
            ("1,234.5", Says::Only(Point)),
            ("1 234,567", Says::Only(Comma)),
            ("5E-8", Says::Nothing),
        ] {
            assert_eq!(says(text), expected, "{text}");
        }
    }

    #[test]
    fn no_text_is_too_long_or_panics() {
        for text in ["9".repeat(300), "1,".repeat(300), "(".repeat(300), "$".repeat(300), "é".repeat(300)] {
            let _ = Printed::of(&text)
                .map(|printed| (printed.says(), printed.value(Point), printed.value(Comma)));
        }
        assert_eq!(value(&"9".repeat(28), Point), "9".repeat(28));
        assert_eq!(value(&"9".repeat(30), Point), "none");
    }
}
