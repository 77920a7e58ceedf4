//! Names and numbers of accounts: no more of a number leaves the engine than its end.

use crate::fingerprint::Hash;

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

/// An id for an account of a number: its end, and four digits of a hash that keep two numbers with the same end apart. A
/// number that is not longer than what is kept is its own id.
pub(crate) fn id_of_number(number: &str) -> Option<String> {
    let end = last_four(number)?;
    let whole: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    if whole.len() <= KEPT {
        return Some(end);
    }
    let mut hash = Hash::default();
    hash.text(&whole);
    Some(format!("{end}-{:04x}", hash.finish() & 0xffff))
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
        let id = id_of_number("0099001234").unwrap();
        assert!(id.starts_with("1234-") && id.len() == 9, "{id}");
        assert_ne!(id, id_of_number("0199001234").unwrap());
        assert_eq!(id_of_number("…1234").as_deref(), Some("1234"));
        assert_eq!(masked("JOINT X99001234 (Cash)"), "JOINT …1234 (Cash)");
        assert_eq!(masked("Checking 1234"), "Checking 1234");
    }
}
