//! Names and numbers of accounts: no more of a number leaves the engine than its end.

use std::{collections::BTreeMap, ops::Range};

/// How many digits in a row are taken for the number of an account.
const LEAST_DIGITS: usize = 5;
/// How many digits groups have together that are taken for one number.
const LEAST_GROUPED: usize = 9;
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
    /// The names that are shown alike, and their places, by what is shown.
    names: BTreeMap<String, BTreeMap<String, usize>>,
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

    /// The id of the account of a name: what is shown of it, in at most some characters, numbered where two are shown alike.
    pub(crate) fn of_name(&mut self, name: &str, most: usize) -> String {
        let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
        let shown = cut(&masked(name), most);
        if shown == name {
            return shown;
        }
        let alike = self.names.entry(shown.clone()).or_default();
        let next = alike.len();
        let place = *alike.entry(name.to_owned()).or_insert(next);
        if place == 0 {
            return shown;
        }
        let end = format!("-{}", place + 1);
        cut(&shown, most.saturating_sub(end.len())) + &end
    }
}

/// A text in which every number of an account is reduced to its end: a word with at least five digits, and digits in groups,
/// as on a card (`4111 1111 1111 1234`) or in an IBAN.
pub(crate) fn masked(text: &str) -> String {
    let words = words(text);
    let mut written = String::with_capacity(text.len());
    let (mut place, mut copied) = (0, 0);
    while let Some(word) = words.get(place) {
        let length = grouped(text, words.get(place..).unwrap_or_default());
        let last = words.get(place + length.max(1) - 1).unwrap_or(word);
        let Some(number) = text.get(word.start..last.end) else { break };
        if length > 1 || digits(number) >= LEAST_DIGITS {
            written.push_str(text.get(copied..word.start).unwrap_or_default());
            written.push('…');
            written.push_str(&end(number));
            copied = last.end;
        }
        place += length.max(1);
    }
    written.push_str(text.get(copied..).unwrap_or_default());
    written
}

/// The places of the words of a text: letters and digits without anything between.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (start, character) in text.char_indices().filter(|(_, character)| character.is_alphanumeric()) {
        let end = start + character.len_utf8();
        match words.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => words.push(start..end),
        }
    }
    words
}

/// How many words from the first on are one number in groups; less than two if they are none. A year, a day or an amount
/// has fewer digits.
fn grouped(text: &str, words: &[Range<usize>]) -> usize {
    let is_iban = words.first().and_then(|word| text.get(word.clone())).is_some_and(begins_iban);
    let is_group = |word: &&str| {
        let in_iban = is_iban
            && word.len() == KEPT
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        in_iban || word.chars().all(char::is_numeric)
    };
    let group = |word: &Range<usize>| text.get(word.clone()).filter(is_group);
    let (mut length, mut total, mut before) = (0, 0, None);
    for word in words {
        let Some(own) = group(word) else { break };
        if before.is_some_and(|before| !matches!(text.get(before..word.start), Some(" " | "-" | "\u{a0}"))) {
            break;
        }
        (length, total, before) = (length + 1, total + digits(own), Some(word.end));
    }
    let long = words.iter().take(length).filter_map(group).filter(|word| digits(word) >= KEPT).count();
    if long >= 2 && total >= LEAST_GROUPED { length } else { 0 }
}

/// Whether a group is the first of an IBAN: a country and two digits.
fn begins_iban(group: &str) -> bool {
    let (country, check) = group.split_at_checked(2).unwrap_or_default();
    country.bytes().all(|byte| byte.is_ascii_uppercase())
        && check.len() == 2
        && check.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits(text: &str) -> usize {
    text.chars().filter(|character| character.is_numeric()).count()
}

/// The last characters of a number, without what stands between its groups.
fn end(number: &str) -> String {
    let characters: Vec<char> = number.chars().filter(|character| character.is_alphanumeric()).collect();
    characters.iter().skip(characters.len().saturating_sub(KEPT)).collect()
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
        assert_eq!(masked("Visa 4111 1111 1111 1234, joint"), "Visa …1234, joint");
        assert_eq!(masked("4111-1111-1111-1234"), "…1234");
        assert_eq!(masked("Amex 3782 822463 10005"), "Amex …0005");
        assert_eq!(masked("DE89 3704 0044 0532 0130 00 Giro"), "…3000 Giro");
        assert_eq!(masked("GB29 NWBK 6016 1331 9268 19"), "…6819");
        assert_eq!(masked("IBAN DE89370400440532013000"), "IBAN …3000");
        assert_eq!(masked("１２３４５６７８"), "…５６７８");
    }

    #[test]
    fn years_days_and_amounts_are_no_numbers_of_accounts() {
        for text in
            ["Budget 2025-2026", "2026-03-15", "12 345,67", "Savings 1 - 2 - 3", "555-1234", "Über 4 Jahre …"]
        {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn names_that_are_shown_alike_stay_apart() {
        let mut ids = AccountIds::default();
        for (name, id) in [
            ("V 99881234", "V …1234"),
            ("V 99771234", "V …1234-2"),
            ("V 99881234", "V …1234"),
            ("Visa", "Visa"),
            ("aaaaaaaaaabb", "aaaaaaaaaab"),
            ("aaaaaaaaaabc", "aaaaaaaaa-2"),
        ] {
            assert_eq!(ids.of_name(name, 11), id, "{name}");
        }
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
