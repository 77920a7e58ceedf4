//! Untrusted text for a terminal.

/// The text without control characters, which could control the terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_and_never_sent() {
        assert_eq!(printable("Zoë\u{1b}[2J\u{9b}31m\n"), "Zoë\u{fffd}[2J\u{fffd}31m\u{fffd}");
    }
}
