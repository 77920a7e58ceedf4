//! What the numbers of a workbook mean. A number in a file is the text of an `f64`, so it can have digits that nobody wrote:
//! 0.1 + 0.2 is stored as 0.30000000000000004. Spreadsheets show 15 significant digits, and so many are read.

use wherewithal_base::dates::{Date, date};

use super::output::DateSystem;

/// How many significant digits a spreadsheet shows.
const SHOWN: usize = 15;
/// The digits of 2^53, below which each whole number is one of its own.
const LAST_WHOLE: &[u8] = b"9007199254740992";
/// The longest text of a number; an `f64` needs no more than 25 characters.
const LONGEST: usize = 400;
/// The most digits and decimal places of a decimal.
const MOST_PLACES: i32 = 28;

/// The decimal that a number stands for, with a point and without zeros that say nothing; `None` if the text is no number.
///
/// It has 15 significant digits, rounded half away from zero, and at most 28 decimal places; a whole number up to 2^53 has all
/// its digits. One from 10^28 on is written with an exponent, for what reads it to refuse.
pub(super) fn decimal(written: &str) -> Option<String> {
    let text = written.trim();
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (body, exponent) = match text.split_once(['e', 'E']) {
        Some((body, exponent)) => (body, exponent.parse::<i32>().ok().filter(|size| size.abs() <= 1_000)?),
        None => (text, 0),
    };
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    if digits.is_empty() || digits.len() > LONGEST || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // The value is the digits as a whole number, times ten to the power of -places.
    let mut places = i32::try_from(fraction.len()).ok()? - exponent;
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    digits.drain(..zeros);
    shorten(&mut digits, &mut places);
    if digits.len() > SHOWN && !(places <= 0 && is_whole(&digits, places)) {
        let kept = SHOWN;
        round(&mut digits, &mut places, kept);
    }
    if places > MOST_PLACES {
        let beyond = usize::try_from(places - MOST_PLACES).ok()?;
        let kept = digits.len().saturating_sub(beyond);
        // What is below half of the last place is nothing.
        if beyond > digits.len() {
            digits.clear();
        } else {
            round(&mut digits, &mut places, kept);
        }
    }
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let sign = if is_negative { "-" } else { "" };
    let text: String = digits.iter().copied().map(char::from).collect();
    Some(match usize::try_from(places) {
        Ok(places) if places >= text.len() => format!("{sign}0.{}{text}", "0".repeat(places - text.len())),
        Ok(0) => format!("{sign}{text}"),
        Ok(places) => {
            let (whole, fraction) = text.split_at_checked(text.len() - places)?;
            format!("{sign}{whole}.{fraction}")
        }
        Err(_) if text.len() + places.unsigned_abs() as usize > MOST_PLACES as usize => {
            format!("{sign}{text}E{}", places.unsigned_abs())
        }
        Err(_) => format!("{sign}{text}{}", "0".repeat(places.unsigned_abs() as usize)),
    })
}

/// Whether digits and the zeros behind them are a whole number up to 2^53.
fn is_whole(digits: &[u8], places: i32) -> bool {
    let length = digits.len() + places.unsigned_abs() as usize;
    length < LAST_WHOLE.len() || length == LAST_WHOLE.len() && digits <= LAST_WHOLE
}

/// Takes away the zeros at the end.
fn shorten(digits: &mut Vec<u8>, places: &mut i32) {
    while digits.last() == Some(&b'0') {
        digits.pop();
        *places -= 1;
    }
}

/// Keeps some of the digits, rounded half away from zero.
fn round(digits: &mut Vec<u8>, places: &mut i32, kept: usize) {
    let next = digits.get(kept).copied();
    let dropped = i32::try_from(digits.len().saturating_sub(kept)).unwrap_or(i32::MAX);
    digits.truncate(kept);
    *places -= dropped;
    if next.is_some_and(|digit| digit >= b'5') {
        // Nines become zeros, which say nothing, and the digit before them grows.
        while digits.last() == Some(&b'9') {
            digits.pop();
            *places -= 1;
        }
        match digits.last_mut() {
            Some(digit) => *digit += 1,
            None => digits.push(b'1'),
        }
    }
    shorten(digits, places);
}

/// The day of a serial number, which [`decimal`] has written; `None` if it is none, such as the 29 February 1900, which old
/// spreadsheets counted. The fraction is the time of the day, and does not move it.
pub(super) fn day(serial: &str, system: DateSystem) -> Option<Date> {
    let whole = serial.split_once('.').map_or(serial, |(whole, _)| whole);
    let number: i32 = whole.parse().ok().filter(|number| *number >= 0 && !serial.starts_with('-'))?;
    let (first, days) = match system {
        DateSystem::From1904 => (date(1904, 1, 1).ok()?, number),
        DateSystem::From1900 if number < 60 => {
            (date(1899, 12, 31).ok()?, Some(number).filter(|number| *number > 0)?)
        }
        DateSystem::From1900 => (date(1899, 12, 30).ok()?, Some(number).filter(|number| *number > 60)?),
    };
    first.add_days(days).ok()
}

/// Whether the code of a format shows a date: it has a year or a day, or a month that no hour, minute or second stands beside
/// (18.8.31). What stands in quotes or brackets, and the character behind a backslash, an underscore or an asterisk, is text.
pub(super) fn shows_date(code: &str) -> bool {
    let (mut has_day, mut has_month, mut has_time) = (false, false, false);
    let mut rest = code.chars();
    while let Some(character) = rest.next() {
        match character {
            '"' => drop(rest.by_ref().find(|next| *next == '"')),
            '[' => {
                let inside: String = rest.by_ref().take_while(|next| *next != ']').collect();
                // Hours that have passed, as in [h]:mm.
                has_time |= !inside.is_empty()
                    && inside.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S'));
            }
            '\\' | '_' | '*' => drop(rest.next()),
            // The first section is for positive numbers, which dates are.
            ';' => break,
            'd' | 'D' | 'y' | 'Y' => has_day = true,
            'm' | 'M' => has_month = true,
            'h' | 'H' | 's' | 'S' => has_time = true,
            _ => {}
        }
    }
    has_day || has_month && !has_time
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_a_spreadsheet_shows() {
        for (written, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("12.50", "12.5"),
            ("-4.5", "-4.5"),
            ("0.30000000000000004", "0.3"),
            ("1234.5600000000001", "1234.56"),
            ("-86.400000000000006", "-86.4"),
            ("2.9999999999999996", "3"),
            ("99999.999999999999", "100000"),
            ("0.1234567890123455", "0.123456789012346"),
            ("1E-2", "0.01"),
            ("1.5e3", "1500"),
            ("1.0E+2", "100"),
            ("4111111111111111", "4111111111111111"),
            ("9007199254740992", "9007199254740992"),
            ("9007199254740993", "9007199254740990"),
            ("1E15", "1000000000000000"),
            ("1E27", "1000000000000000000000000000"),
            ("1E28", "1E28"),
            ("1e300", "1E300"),
            ("0.000000000000000001", "0.000000000000000001"),
            ("-7.1054273576010019E-15", "-0.000000000000007105427357601"),
            ("6E-29", "0.0000000000000000000000000001"),
            ("4E-29", "0"),
            ("4.9E-324", "0"),
            (".5", "0.5"),
            ("5.", "5"),
            ("007", "7"),
        ] {
            assert_eq!(decimal(written).as_deref(), Some(expected), "{written}");
        }
        for text in ["", "-", ".", "abc", "1,5", "1e", "1e99999", "1 2", "--1", "INF", "0x1", "1.2.3"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    /// The dates of Microsoft's documentation: "Date systems in Excel" has 5 July 2011 as 40729 and 39267.
    #[test]
    fn serial_numbers_are_days() {
        let written = |serial, system| day(serial, system).map(|day| day.to_string());
        for (serial, system, expected) in [
            ("40729", DateSystem::From1900, Some("2011-07-05")),
            ("39267", DateSystem::From1904, Some("2011-07-05")),
            ("1", DateSystem::From1900, Some("1900-01-01")),
            ("59", DateSystem::From1900, Some("1900-02-28")),
            ("60", DateSystem::From1900, None),
            ("60.5", DateSystem::From1900, None),
            ("61", DateSystem::From1900, Some("1900-03-01")),
            ("0", DateSystem::From1900, None),
            ("0.5", DateSystem::From1900, None),
            ("0", DateSystem::From1904, Some("1904-01-01")),
            ("46083.999988", DateSystem::From1900, Some("2026-03-02")),
            ("2958465", DateSystem::From1900, Some("9999-12-31")),
            ("2958466", DateSystem::From1900, None),
            ("-1", DateSystem::From1904, None),
            ("-0.5", DateSystem::From1904, None),
            ("1E28", DateSystem::From1904, None),
            ("99999999999", DateSystem::From1904, None),
        ] {
            assert_eq!(written(serial, system).as_deref(), expected, "{serial}");
        }
    }

    #[test]
    fn a_format_shows_dates_or_does_not() {
        for code in [
            "yyyy-mm-dd",
            "m/d/yy h:mm",
            "[$-409]d-mmm-yy;@",
            "dd.mm.yyyy",
            "mmm",
            "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
            "yyyy\"-\"mm",
        ] {
            assert!(shows_date(code), "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0.00_);[Red](#,##0.00)",
            "[h]:mm",
            "mm:ss",
            "h:mm AM/PM",
            "0.00E+00",
            "#,##0.00\\ \"days\"",
            "_-[$\u{20ac}-407]\\ * #,##0.00_-",
            "@",
            "0;yyyy",
            "\"unclosed yyyy",
        ] {
            assert!(!shows_date(code), "{code}");
        }
    }
}
