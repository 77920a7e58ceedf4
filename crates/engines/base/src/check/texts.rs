//! Names and other texts.

use crate::{Error, ErrorCode, Result, error::At as _};

/// The longest name, in characters.
const MAX_NAME: usize = 100;
/// The most known names that a message lists.
const MOST_SHOWN: usize = 16;

/// A text of 1 to `most` characters that are not all blank.
///
/// # Errors
/// `text.invalid`.
pub fn text(text: &str, most: usize) -> Result<()> {
    let length = text.chars().count();
    if length <= most && !text.trim().is_empty() {
        return Ok(());
    }
    let found = if length > most { format!("it has {length}") } else { "it is blank".to_owned() };
    Err(Error::new(ErrorCode::TextInvalid, format!("a text of 1 to {most} characters is needed; {found}")))
}

/// That each entry of a list has a name of its own, 1 to 100 characters and not blank. The place of the entry is put on the
/// path, and `field`, which holds the name within it.
///
/// # Errors
/// `text.invalid`, `list.duplicate`.
pub fn names<'a>(names: impl IntoIterator<Item = &'a str>, field: &str) -> Result<()> {
    let mut before: Vec<&str> = Vec::new();
    for (index, name) in names.into_iter().enumerate() {
        text(name, MAX_NAME).at(field).at_item(index)?;
        if before.contains(&name) {
            let message = format!("{name:?} is the name of an earlier entry; each needs its own");
            return Err(Error::new(ErrorCode::ListDuplicate, message).at(field).at_item(index));
        }
        before.push(name);
    }
    Ok(())
}

/// The place of a name among those that there are, where `thing` is what they name, such as "account".
///
/// # Errors
/// `name.unknown`, with the names that there are.
pub fn place<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone, thing: &str) -> Result<usize> {
    known.clone().position(|known| known == name).ok_or_else(|| {
        // Not every name has been checked by now.
        let cut = |name: &str| -> String { name.chars().take(MAX_NAME).collect() };
        let shown: Vec<String> =
            known.clone().take(MOST_SHOWN).map(|name| format!("{:?}", cut(name))).collect();
        let more = match known.count() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let known = if shown.is_empty() { "there is none".to_owned() } else { shown.join(", ") };
        let name = cut(name);
        Error::new(ErrorCode::NameUnknown, format!("no {thing} is called {name:?}; known: {known}{more}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_neither_blank_nor_too_long() {
        assert!(text("ä", 1).is_ok());
        for (refused, message) in [
            ("", "a text of 1 to 3 characters is needed; it is blank"),
            ("  ", "a text of 1 to 3 characters is needed; it is blank"),
            ("abcd", "a text of 1 to 3 characters is needed; it has 4"),
        ] {
            let error = text(refused, 3).unwrap_err();
            assert_eq!((error.code(), error.message()), (ErrorCode::TextInvalid, message));
        }
    }

    #[test]
    fn a_name_that_was_given_before_is_found_at_its_place() {
        let error = names(["a", "b", "a"], "name").at("accounts").unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::ListDuplicate, "accounts[2].name"));
        let error = names(["a", " "], "name").unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::TextInvalid, "[1].name"));
    }

    #[test]
    fn an_unknown_name_is_told_the_known_ones() {
        let known = ["401(k)", "Roth"];
        assert_eq!(place("Roth", known.into_iter(), "account").unwrap(), 1);
        let error = place("IRA", known.into_iter(), "account").unwrap_err();
        assert_eq!(error.code(), ErrorCode::NameUnknown);
        assert_eq!(error.message(), "no account is called \"IRA\"; known: \"401(k)\", \"Roth\"");
    }
}
