//! Names and numbers of accounts: no more of a number leaves the engine than its end.

use std::{collections::BTreeMap, ops::Range};

use crate::ids::{Ids, MAX_ID};

/// How many digits in a row are taken for the number of an account.
const LEAST_DIGITS: usize = 5;
/// How many digits groups have together that are taken for one number, and how many over several cells.
const LEAST_GROUPED: usize = 9;
const LEAST_IN_CELLS: usize = 12;
/// How many groups a number has at most. An IBAN has nine.
const MOST_GROUPS: usize = 16;
/// How many characters of a number are kept.
const KEPT: usize = 4;

/// The end of an account's number.
pub(crate) fn last_four(number: &str) -> Option<String> {
    let characters: Vec<char> = number.chars().filter(|character| character.is_alphanumeric()).collect();
    let end: String = characters.iter().skip(characters.len().saturating_sub(KEPT)).collect();
    (!end.is_empty()).then_some(end)
}

/// The ids of the accounts that a file names or numbers. No two accounts have one id.
///
/// The id of a number is its end and nothing else of it. A hash of the whole number would tell more accounts apart, and it
/// would give away the rest: of the million numbers that have ten digits and end alike, 16 bits leave fifteen. It would also
/// be another one in a file that hides all but the end. Where two accounts of one file would have one id, the later one is
/// numbered in the order of the file.
#[derive(Default)]
pub(crate) struct AccountIds {
    ids: Ids,
    /// The ids of whole numbers.
    numbers: BTreeMap<String, String>,
    /// The first number of each end.
    ends: BTreeMap<String, First>,
    /// The ids of numbers at an institution, as the file writes both.
    held: BTreeMap<(String, String), String>,
    /// The ids of the numbers that are held, by the number alone, and by its end: `None` where they are those of several.
    held_numbers: BTreeMap<String, Option<String>>,
    held_ends: BTreeMap<String, Option<String>>,
    /// The ids of names.
    names: BTreeMap<String, String>,
}

/// The first account whose number ends in some way.
struct First {
    id: String,
    /// Whether more of the number is known than its end.
    is_whole: bool,
}

impl AccountIds {
    /// The id of the account of a number; `None` of a text without letters and digits.
    pub(crate) fn of(&mut self, number: &str) -> Option<String> {
        let end = last_four(number)?;
        let whole = letters_and_digits(number);
        let is_whole = !is_hidden(&whole);
        if let Some(id) = self.numbers.get(&whole).filter(|_| is_whole) {
            return Some(id.clone());
        }
        let id = match self.ends.get_mut(&end) {
            // A number of which only the end is known is that of the first that ends so. Exports hide the rest behind X's.
            Some(first) if !is_whole || !first.is_whole => {
                first.is_whole |= is_whole;
                first.id.clone()
            }
            Some(_) => self.ids.unique(&end, MAX_ID),
            None => {
                let id = self.ids.unique(&end, MAX_ID);
                self.ends.insert(end, First { id: id.clone(), is_whole });
                id
            }
        };
        if is_whole {
            self.numbers.insert(whole, id.clone());
        }
        Some(id)
    }

    /// The id of the account of a number at an institution, each as the file writes it: another institution or another kind
    /// of account is another account.
    pub(crate) fn of_held(&mut self, holder: &str, number: &str) -> String {
        let key = (holder.to_owned(), number.to_owned());
        if let Some(id) = self.held.get(&key) {
            return id.clone();
        }
        let end = last_four(number).unwrap_or_else(|| masked(number));
        let id = self.ids.unique(&end, MAX_ID);
        self.held.insert(key, id.clone());
        for (ids, text) in [(&mut self.held_numbers, letters_and_digits(number)), (&mut self.held_ends, end)]
        {
            ids.entry(text).and_modify(|one| *one = None).or_insert_with(|| Some(id.clone()));
        }
        id
    }

    /// The id of the account at the other end of a transfer: one that is held where its number is written in the same way, or
    /// is that of one account alone, whatever is said of the institution.
    pub(crate) fn of_other(&mut self, holder: &str, number: &str) -> Option<String> {
        let end = last_four(number)?;
        let key = (holder.to_owned(), number.to_owned());
        let whole = letters_and_digits(number);
        let found = match self.held.get(&key) {
            Some(id) => Some(id.clone()),
            None if is_hidden(&whole) => self.held_ends.get(&end).cloned().flatten(),
            None => self.held_numbers.get(&whole).cloned().flatten(),
        };
        Some(found.unwrap_or_else(|| self.of_held(holder, number)))
    }

    /// The id of the account of a name: what is shown of it.
    pub(crate) fn of_name(&mut self, name: &str) -> String {
        if let Some(id) = self.names.get(name) {
            return id.clone();
        }
        let id = self.ids.unique(&masked(name), MAX_ID);
        self.names.insert(name.to_owned(), id.clone());
        id
    }
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

/// Whether only the end of a number is known.
fn is_hidden(number: &str) -> bool {
    number.trim_start_matches(['X', 'x']).chars().count() <= KEPT
}

/// A text in which every number of an account is reduced to its end: a word with at least five digits, and digits in groups,
/// as on a card (`4111 1111 1111 1234`) or in an IBAN, whatever stands between them.
pub(crate) fn masked(text: &str) -> String {
    let words = words(text);
    let mut written = String::with_capacity(text.len());
    let (mut place, mut copied) = (0, 0);
    while let Some(word) = words.get(place) {
        let rest = words.get(place..).unwrap_or_default();
        if is_date(text, rest) {
            place += 3;
            continue;
        }
        let length = grouped(text, rest);
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

/// What stands between two groups.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Spaces and hyphens.
    Space,
    /// The end of a cell.
    Cell,
    /// A mark, which is the same between all groups of a number: between the parts of an amount and of a date are some too.
    Mark(char),
}

impl Joint {
    fn of(between: &str) -> Option<Self> {
        let is_space = |character: char| {
            character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        };
        let mut marks = between.trim_matches(is_space).chars();
        match (marks.next(), marks.next()) {
            (None, _) => Some(Self::Space),
            (Some(','), None) => Some(Self::Cell),
            (Some(mark @ ('.' | '/' | '_' | '|' | ':')), None) => Some(Self::Mark(mark)),
            _ => None,
        }
    }

    /// Whether both can stand in one number.
    fn agrees(self, other: Self) -> bool {
        let is_mark = |joint| matches!(joint, Self::Mark(_));
        self == other || !is_mark(self) && !is_mark(other)
    }
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
    let (mut length, mut long, mut total, mut shortest) = (0, 0, 0, usize::MAX);
    let (mut before, mut joint): (Option<usize>, Option<Joint>) = (None, None);
    for (place, word) in words.iter().enumerate().take(MOST_GROUPS) {
        let Some(own) = text.get(word.clone()).filter(is_group) else { break };
        if let Some(before) = before {
            let Some(between) = text.get(before..word.start).and_then(Joint::of) else { break };
            let begins_date = words.get(place..).is_some_and(|rest| is_date(text, rest));
            // Cells side by side have amounts and days too, whose parts are shorter.
            let is_next_cell = between == Joint::Cell && shortest < KEPT;
            if begins_date || is_next_cell || joint.is_some_and(|joint| !joint.agrees(between)) {
                break;
            }
            joint = if between == Joint::Cell { Some(between) } else { joint.or(Some(between)) };
        }
        before = Some(word.end);
        total += digits(own);
        long += usize::from(digits(own) >= KEPT);
        shortest = shortest.min(own.chars().count());
        let least = if joint == Some(Joint::Cell) { LEAST_IN_CELLS } else { LEAST_GROUPED };
        if long >= 2 && total >= least {
            length = place + 1;
        }
    }
    length
}

/// Whether three words are a day, its year first.
fn is_date(text: &str, words: &[Range<usize>]) -> bool {
    let [year, month, day, ..] = words else { return false };
    let number = |word: &Range<usize>, length: usize| {
        let digits = text.get(word.clone()).filter(|word| word.len() == length)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u32>().ok()).flatten()
    };
    let between = |one: &Range<usize>, next: &Range<usize>| text.get(one.end..next.start);
    let mark = between(year, month);
    mark == between(month, day)
        && matches!(mark, Some("-" | "/" | "."))
        && number(year, 4).is_some_and(|year| (1900..2100).contains(&year))
        && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
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
        for (number, shown) in [
            ("4111  1111  1111  1234", "…1234"),
            ("4111 - 1111 - 1111 - 1234", "…1234"),
            ("4111\t1111\t1111\t1234", "…1234"),
            ("4111.1111.1111.1234", "…1234"),
            ("4111/1111/1111/1234", "…1234"),
            ("4111 1111,1111 1234", "…1234"),
            ("4111,1111,1111,1234", "…1234"),
            ("41111111,11111234", "…1234"),
            ("4111\u{2011}1111\u{202f}1111 1234", "…1234"),
            ("DE89.3704.0044.0532.0130.00", "…3000"),
            ("12-3456 7890 2026-03-15", "…7890 2026-03-15"),
        ] {
            assert_eq!(masked(number), shown);
        }
        assert_eq!(masked("１２３４５６７８"), "…５６７８");
    }

    #[test]
    fn years_days_and_amounts_are_no_numbers_of_accounts() {
        for text in [
            "Budget 2025-2026",
            "2026-03-15",
            "12 345,67",
            "Savings 1 - 2 - 3",
            "555-1234",
            "Über 4 Jahre …",
            "2026-01-01 - 2026-12-31",
            "03/15/2026 - 04/15/2026",
            "2026-03-15,-1234.50,2345.67",
            "1.234.567,89",
            "2345.67,4567.89",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn names_that_are_shown_alike_stay_apart() {
        let mut ids = AccountIds::default();
        let (one, other) = (format!("{}b", "a".repeat(100)), format!("{}c", "a".repeat(100)));
        for (name, id) in [
            ("V 99881234", "V …1234".to_owned()),
            ("V 99771234", "V …1234-2".to_owned()),
            ("V 99881234", "V …1234".to_owned()),
            ("Visa", "Visa".to_owned()),
            (one.as_str(), "a".repeat(100)),
            (other.as_str(), format!("{}-2", "a".repeat(92))),
        ] {
            assert_eq!(ids.of_name(name), id, "{name}");
        }
    }

    #[test]
    fn a_name_is_not_the_id_of_a_number() {
        let mut ids = AccountIds::default();
        assert_eq!(ids.of("0000001234").as_deref(), Some("1234"));
        assert_eq!(ids.of("0000011234").as_deref(), Some("1234-2"));
        assert_eq!(ids.of_name("1234-2"), "1234-2-2");
        assert_eq!(ids.of_name("1234"), "1234-3");
        assert_eq!(ids.of("0000011234").as_deref(), Some("1234-2"));
    }

    #[test]
    fn an_institution_and_a_kind_tell_numbers_apart() {
        let mut ids = AccountIds::default();
        assert_eq!(ids.of_held("1 CHECKING", "0000123456"), "3456");
        assert_eq!(ids.of_held("1 SAVINGS", "0000123456"), "3456-2");
        assert_eq!(ids.of_held("1 CHECKING", "0000123456"), "3456");
        assert_eq!(ids.of_held("card", "4111000099005521"), "5521");
        assert_eq!(ids.of_held("1 CHECKING", "漢字"), "漢字");
        // The other end of a transfer, as it is written, or with another institution.
        assert_eq!(ids.of_other("1 SAVINGS", "0000123456").as_deref(), Some("3456-2"));
        assert_eq!(ids.of_other("", "4111-0000-9900-5521").as_deref(), Some("5521"));
        assert_eq!(ids.of_other("", "XXXX5521").as_deref(), Some("5521"));
        // It could be either of two, so it is neither.
        assert_eq!(ids.of_other("", "0000123456").as_deref(), Some("3456-3"));
        assert_eq!(ids.of_other("", "---"), None);
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
