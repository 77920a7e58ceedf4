//! Names in both spellings, and errors in the caller's spelling.

#[cfg(feature = "snake_case")]
use super::Field;
use super::Shape;
use crate::Error;

/// How names of fields, of choices and of tags are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// `termMonths`: the wire, JavaScript and TypeScript.
    Camel,
    /// `term_months`: Python. With the feature `snake_case`.
    #[cfg(feature = "snake_case")]
    Snake,
}

/// A name in both spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// `termMonths`.
    pub camel: &'static str,
    /// `term_months`.
    #[cfg(feature = "snake_case")]
    pub snake: &'static str,
}

impl Name {
    /// The name as it is written in a spelling.
    #[must_use]
    pub fn spelled(&self, spelling: Spelling) -> &'static str {
        match spelling {
            Spelling::Camel => self.camel,
            #[cfg(feature = "snake_case")]
            Spelling::Snake => self.snake,
        }
    }
}

/// Converts the error of an engine from camelCase to the caller's spelling: its path, and the names in backticks in its
/// message. `input` is the type that the path starts in.
#[must_use]
#[cfg_attr(not(feature = "snake_case"), expect(unused_variables, reason = "the path keeps its spelling"))]
pub fn respelled(error: Error, input: Shape, spelling: Spelling) -> Error {
    match spelling {
        Spelling::Camel => error,
        #[cfg(feature = "snake_case")]
        Spelling::Snake => error.reworded(|path| snake_path(path, input), snake_message),
    }
}

/// Converts the error of a function whose arguments have no description, such as an array function, to snake case: all
/// names in its path, and those in backticks in its message.
#[cfg(feature = "snake_case")]
#[must_use]
pub fn in_snake_case(error: Error) -> Error {
    let whole = |path: &str| {
        let mut spelled = String::with_capacity(path.len() + 8);
        push_snake(path, &mut spelled);
        spelled
    };
    error.reworded(whole, snake_message)
}

/// A path with its fields in snake case. Segments that are not fields, such as a user's names, are unchanged.
#[cfg(feature = "snake_case")]
fn snake_path(path: &str, input: Shape) -> String {
    let mut spelled = String::with_capacity(path.len() + 8);
    let mut shapes = vec![input];
    for (index, segment) in path.split('.').enumerate() {
        if index > 0 {
            spelled.push('.');
        }
        let (name, items) = segment.split_at(segment.find('[').unwrap_or(segment.len()));
        let fields: Vec<&Field> =
            shapes.iter().flat_map(|shape| shape.fields()).filter(|field| field.name.camel == name).collect();
        spelled.push_str(fields.first().map_or(name, |field| field.name.snake));
        spelled.push_str(items);
        shapes = fields.iter().map(|field| (field.shape)()).collect();
    }
    spelled
}

/// A message with the names in backticks in snake case.
#[cfg(feature = "snake_case")]
fn snake_message(message: &str) -> String {
    let mut spelled = String::with_capacity(message.len() + 8);
    for (index, part) in message.split('`').enumerate() {
        if index > 0 {
            spelled.push('`');
        }
        // Every second part was between backticks.
        if index % 2 == 1 && is_camel_case(part) {
            push_snake(part, &mut spelled);
        } else {
            spelled.push_str(part);
        }
    }
    spelled
}

/// Whether this is a name, or a path of names, in camelCase.
#[cfg(feature = "snake_case")]
fn is_camel_case(part: &str) -> bool {
    part.starts_with(|first: char| first.is_ascii_lowercase())
        && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '[' | ']'))
}

#[cfg(feature = "snake_case")]
fn push_snake(camel: &str, spelled: &mut String) {
    for character in camel.chars() {
        if character.is_ascii_uppercase() {
            spelled.push('_');
        }
        spelled.push(character.to_ascii_lowercase());
    }
}
