//! The length of messages: what a caller wrote is not given back at any length.

/// The most characters of a quoted text or of a word.
const MOST_CHARACTERS: usize = 100;
/// The most characters of a number.
const MOST_DIGITS: usize = 40;

/// A message in which quoted texts and words of more than 100 characters are cut, and numbers of more than 40 are in
/// scientific notation. A message of no more than that many characters is left as it is.
pub(super) fn shortened(message: String) -> String {
    // Errors are also made where another reading is tried next, so what is ordinary takes one look.
    let is_ordinary = |word: &[u8]| word.len() <= MOST_DIGITS;
    if message.len() <= MOST_CHARACTERS && message.as_bytes().split(u8::is_ascii_whitespace).all(is_ordinary)
    {
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
    if digits.len() > MOST_DIGITS
        && let Some(number) = scientific(digits)
    {
        short.push_str(&number);
        short.push_str(piece.get(digits.len()..).unwrap_or_default());
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

/// A number in scientific notation, with as many digits as an `f64` has; `None` if the text is no number. It is made of the
/// text, because the reader of numbers weighs more than the rest of many a page.
fn scientific(text: &str) -> Option<String> {
    const SIGNIFICANT: usize = 17;

    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = format!("{whole}{fraction}");
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let Some(first) = digits.find(|digit| digit != '0') else { return Some("0".to_owned()) };
    let shown: String = digits.chars().skip(first).take(SIGNIFICANT).collect();
    let (lead, rest) = shown.split_at(1);
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    let exponent = i64::try_from(whole.len()).ok()? - i64::try_from(first).ok()? - 1;
    Some(format!("{sign}{lead}{point}{rest}e{exponent}"))
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
            (format!("it is 12.5{zeros}"), "it is 1.25e1".to_owned()),
            (format!("it is 0.{zeros}"), "it is 0".to_owned()),
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
