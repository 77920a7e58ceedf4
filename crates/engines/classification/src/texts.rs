//! Texts as they are compared: without regard to case, and quick to search for many others.

/// A text in lower case, with single blanks between its words.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        } else {
            folded.push_str(&word.to_lowercase());
        }
    }
    folded
}

/// A text with a blank where small letters meet a capital, as in the names of accounts in journals: `BankFees`.
pub(crate) fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut was_small = false;
    for character in text.chars() {
        if was_small && character.is_ascii_uppercase() {
            spaced.push(' ');
        }
        spaced.push(character);
        was_small = character.is_ascii_lowercase();
    }
    spaced
}

/// The words of a text: letters and digits without anything between.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a text says nothing.
pub(crate) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Which pairs of neighbouring bytes a text has, up to collisions. A text can be part of another only if the other has all
/// of its pairs, so most searches for many texts in many others end with a comparison of four numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Pairs([u64; 4]);

impl Pairs {
    pub(crate) fn of(text: &str) -> Self {
        let mut pairs = [0_u64; 4];
        let bytes = text.as_bytes();
        for (one, other) in bytes.iter().zip(bytes.iter().skip(1)) {
            let hash = (u32::from(*one).wrapping_mul(37) ^ u32::from(*other).wrapping_mul(151)) & 0xff;
            for (place, word) in (0_u32..).zip(&mut pairs) {
                *word |= u64::from(hash >> 6 == place) << (hash & 63);
            }
        }
        Self(pairs)
    }

    /// Whether all pairs of `other` are here.
    pub(crate) fn has(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(ours, theirs)| theirs & !ours == 0)
    }
}

/// Whether a text contains another as whole words.
pub(crate) fn has_words(text: &str, words: &str) -> bool {
    let is_end = |next: Option<char>| !next.is_some_and(char::is_alphanumeric);
    text.match_indices(words).any(|(at, found)| {
        let (before, after) = text.split_at(at);
        is_end(before.chars().next_back())
            && is_end(after.get(found.len()..).and_then(|rest| rest.chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_and_blanks_do_not_matter() {
        assert_eq!(folded("  Corner\t CAFÉ  "), "corner café");
        assert!(has_words("discover e-payment", "discover"));
        assert!(!has_words("cities of light", "citi"));
        assert!(has_words("to citi", "citi"));
        assert_eq!(spaced("Expenses:BankFees"), "Expenses:Bank Fees");
        assert_eq!(
            words("opening/closing  balances").collect::<Vec<_>>(),
            ["opening", "closing", "balances"]
        );
    }

    proptest! {
        #[test]
        fn the_pairs_of_a_part_are_in_the_whole(before in ".{0,9}", part in ".{0,9}", after in ".{0,9}") {
            let whole = format!("{before}{part}{after}");
            prop_assert!(Pairs::of(&whole).has(&Pairs::of(&part)));
        }
    }
}
