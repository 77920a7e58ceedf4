//! The length of messages: what a caller wrote is not given back at any length.

use crate::check::Brief;

/// The most characters of a quoted text or of a word.
const MOST_CHARACTERS: usize = 100;
/// The most characters of a number.
const MOST_DIGITS: usize = 40;

/// A message in which quoted texts and words of more than 100 characters are cut, and numbers of more than 40 are in
/// scientific notation. A message of no more than that many characters is left as it is.
pub(super) fn shortened(message: String) -> String {
    if message.len() <= MOST_DIGITS {
        return message;
    }
    let mut short = String::with_capacity(message.len().min(4 * MOST_CHARACTERS));
    let mut rest = message.as_str();
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' => quoted(rest).unwrap_or_else(|| word(rest)),
            _ if first.is_whitespace() => first.len_utf8(),
            _ => word(rest),
        };
        let (piece, after) = rest.split_at(end);
        push(&mut short, piece);
        rest = after;
    }
    short
}

/// The length of a quoted text with its quotes; `None` if it does not end.
fn quoted(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (place, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return Some(place + 1),
            _ => {}
        }
    }
    None
}

/// The length of a word: up to a space or a quote after its first character.
fn word(text: &str) -> usize {
    let ends = |(_, character): &(usize, char)| character.is_whitespace() || *character == '"';
    text.char_indices().skip(1).find(ends).map_or(text.len(), |(place, _)| place)
}

/// Adds a quoted text or a word, cut if it is long.
fn push(short: &mut String, piece: &str) {
    let digits = piece.trim_end_matches([',', ';', ':', '.', ')']);
    if digits.len() > MOST_DIGITS && is_number(digits) {
        let mark = piece.get(digits.len()..).unwrap_or_default();
        // Of this many digits, what an f64 does not hold is no matter.
        let number =
            digits.parse::<f64>().map_or_else(|_| digits.to_owned(), |value| Brief(value).to_string());
        short.push_str(&number);
        short.push_str(mark);
        return;
    }
    match piece.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => {
            short.push_str(piece.get(..end).unwrap_or_default());
            short.push('…');
            if piece.starts_with('"') && piece.ends_with('"') {
                short.push('"');
            }
        }
        None => short.push_str(piece),
    }
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    unsigned.chars().all(|character| character.is_ascii_digit() || character == '.')
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_texts_words_and_numbers_are_shortened() {
        let (long, zeros) = ("x".repeat(5000), "0".repeat(308));
        let cut = "x".repeat(99);
        for (message, expected) in [
            (
                format!("no lot is called {long:?}; known: \"a b\""),
                format!("no lot is called \"{cut}…\"; known: \"a b\""),
            ),
            (format!("{long} is unknown"), format!("x{cut}… is unknown")),
            (format!("a whole number, not 1{zeros}"), "a whole number, not 1e308".to_owned()),
            (format!("it is -1{zeros}, and"), "it is -1e308, and".to_owned()),
            (format!("it is 0.{zeros}5; and"), "it is 5e-309; and".to_owned()),
            (
                "79228162514264337593543950335 is too large".to_owned(),
                "79228162514264337593543950335 is too large".to_owned(),
            ),
            // A quote that does not end, and an escaped one.
            (format!("12\" of {long}"), format!("12\" of x{cut}…")),
            (format!("\"a\\\"{long}\" is long"), format!("\"a\\\"{}…\" is long", "x".repeat(96))),
        ] {
            assert_eq!(shortened(message), expected);
        }
    }

    #[test]
    fn a_message_of_ordinary_pieces_is_left_as_it_is() {
        let message =
            "no account is called \"IRA\"; known: \"401(k)\", \"Roth, of Ana\" and 3 more:  twice  spaced"
                .repeat(9);
        assert_eq!(shortened(message.clone()), message);
    }
}
