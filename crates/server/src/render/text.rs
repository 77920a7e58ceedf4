//! Untrusted text for a terminal.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

/// A paragraph wrapped at `width`, with every line indented; ends with a line break. A word longer than a line is broken.
pub(crate) fn paragraph(words: &str, width: usize, indent: usize) -> String {
    let mut text = String::new();
    let mut used = 0;
    for word in printable(words)
        .split([' ', '\u{fffd}'])
        .filter(|word| !word.is_empty())
        .flat_map(|word| pieces(word, width - indent.min(width - 1)))
    {
        let length = word.width();
        if used > 0 && used + 1 + length <= width {
            let _ = write!(text, " {word}");
            used += 1 + length;
            continue;
        }
        let end = if used > 0 { "\n" } else { "" };
        let _ = write!(text, "{end}{:indent$}{word}", "");
        used = indent + length;
    }
    text.push('\n');
    text
}

/// A word in pieces of at most `width`.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for character in word.chars() {
        let wide = unicode_width::UnicodeWidthChar::width(character).unwrap_or(0);
        if let Some(last) = pieces.last_mut()
            && last.width() + wide <= width
        {
            last.push(character);
            continue;
        }
        pieces.push(character.to_string());
    }
    pieces
}

/// The text without control characters, which could control the terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_wrapped_and_long_words_broken() {
        assert_eq!(paragraph("one two  three", 8, 0), "one two\nthree\n");
        assert_eq!(paragraph("one two three", 9, 4), "    one\n    two\n    three\n");
        assert_eq!(paragraph("abcdefghij k", 6, 2), "  abcd\n  efgh\n  ij k\n");
        assert_eq!(paragraph("", 6, 2), "\n");
    }

    #[test]
    fn control_characters_are_shown_and_never_sent() {
        assert_eq!(printable("Zoë\u{1b}[2J\u{9b}31m\n"), "Zoë\u{fffd}[2J\u{fffd}31m\u{fffd}");
    }
}
