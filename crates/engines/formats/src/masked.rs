//! Names and numbers of accounts: no more of a number leaves the engine than its end.

use std::collections::BTreeMap;

/// How many digits in a row are taken for the number of an account.
const LEAST_DIGITS: usize = 5;
/// How many characters of a number are kept.
const KEPT: usize = 4;

/// The end of an account's number.
pub(crate) fn last_four(number: &str) -> Option<String> {
    let characters: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let end: String = characters.iter().skip(characters.len().saturating_sub(KEPT)).collect();
    (!end.is_empty()).then_some(end)
}

/// The ids of accounts whose numbers a file has.
///
/// An id is the end of the number and nothing else of it. A hash of the whole number would tell more accounts apart, and it
/// would give away the rest: of the million numbers that have ten digits and end alike, 16 bits leave fifteen. It would also
/// be another one in a file that hides all but the end. Where two numbers of one file end alike, the later one is numbered
/// in the order of the file.
#[derive(Default)]
pub(crate) struct AccountIds {
    /// The numbers that end alike and their places in the order of the file, by their end.
    places: BTreeMap<String, BTreeMap<String, usize>>,
}

impl AccountIds {
    /// The id of the account of a number; `None` of a text without letters and digits.
    pub(crate) fn of(&mut self, number: &str) -> Option<String> {
        let end = last_four(number)?;
        let whole: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
        // A number of which only the end is known is that of the first that ends so. Exports hide the rest behind X's.
        if whole.trim_start_matches(['X', 'x']).len() <= KEPT {
            return Some(end);
        }
        let alike = self.places.entry(end.clone()).or_default();
        let next = alike.len();
        let place = *alike.entry(whole).or_insert(next);
        Some(if place == 0 { end } else { format!("{end}-{}", place + 1) })
    }
}

/// A text in which each word with at least five digits is reduced to its end.
pub(crate) fn masked(text: &str) -> String {
    let is_number = |word: &str| word.bytes().filter(u8::is_ascii_digit).count() >= LEAST_DIGITS;
    if !text.split(|c: char| !c.is_alphanumeric()).any(is_number) {
        return text.to_owned();
    }
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match last_four(word).filter(|_| is_number(word)) {
            Some(end) => {
                written.push('…');
                written.push_str(&end);
            }
            None => written.push_str(word),
        }
        let gap = after.find(char::is_alphanumeric).unwrap_or(after.len());
        let (between, next) = after.split_at(gap);
        written.push_str(between);
        rest = next;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_never_leaves() {
        assert_eq!(last_four("X-9900 1234").as_deref(), Some("1234"));
        assert_eq!(last_four("12").as_deref(), Some("12"));
        assert_eq!(last_four("---"), None);
        assert_eq!(masked("JOINT X99001234 (Cash)"), "JOINT …1234 (Cash)");
        assert_eq!(masked("Checking 1234"), "Checking 1234");
    }

    #[test]
    fn ids_are_ends_of_numbers_and_stay_apart_in_a_file() {
        let mut ids = AccountIds::default();
        for (number, id) in [
            ("0099001234", "1234"),
            ("0199001234", "1234-2"),
            ("00-9900-1234", "1234"),
            ("…1234", "1234"),
            ("XXXX-XX1234", "1234"),
            ("0199001234", "1234-2"),
            ("12", "12"),
        ] {
            assert_eq!(ids.of(number).as_deref(), Some(id), "{number}");
        }
        assert_eq!(ids.of("---"), None);
        let mut hidden = AccountIds::default();
        assert_eq!(hidden.of("…1234").as_deref(), Some("1234"));
        assert_eq!(hidden.of("0099001234").as_deref(), Some("1234"));
        assert_eq!(hidden.of("0199001234").as_deref(), Some("1234-2"));
    }
}
