//! Errors: a stable code, a readable message, and the path of the offending field.

mod code;
mod message;

use std::fmt;

pub use code::{ErrorCode, ErrorKind};

/// The most characters of one segment of a path.
const MOST_CHARACTERS: usize = 100;

/// The result of every fallible function of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of the library.
///
/// The code is stable and the same in every language; the message may be reworded in any release.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::num::Decimal;
///
/// let error = "12,50".parse::<Decimal>().unwrap_err();
/// assert_eq!(error.code().as_str(), "decimal.malformed");
/// assert_eq!(error.at("principal").path(), "principal");
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    code: ErrorCode,
    message: String,
    path: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error with a code and a message that says what was found and what would be valid. Quoted texts and words of more
    /// than 100 characters are cut in it, and numbers of more than 40 are said in scientific notation.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        let message = message::shortened(message.into());
        Self(Box::new(Inner { code, message, path: String::new(), source: None }))
    }

    /// Attaches a cause to the error.
    #[must_use]
    pub fn caused_by(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// Puts `segment` before the path of the error, as the error leaves one level of the input.
    ///
    /// A segment is a field in camelCase (`"termMonths"`) or an index (`"[3]"`).
    ///
    /// ```
    /// # use wherewithal_base::wherewithal;
    /// # use wherewithal::{Error, ErrorCode};
    /// let error = Error::new(ErrorCode::DecimalMalformed, "not a number").at("quantity").at("[3]").at("lots");
    /// assert_eq!(error.path(), "lots[3].quantity");
    /// ```
    #[must_use]
    pub fn at(mut self, segment: &str) -> Self {
        // Nothing in the input is at fault.
        if self.code() == ErrorCode::OperationCancelled {
            return self;
        }
        let path = &mut self.0.path;
        if !path.is_empty() && !path.starts_with('[') {
            path.insert(0, '.');
        }
        // A name that the caller chose can be of any length.
        match segment.char_indices().nth(MOST_CHARACTERS) {
            Some((end, _)) => path.insert_str(0, &format!("{}…", segment.get(..end).unwrap_or_default())),
            None => path.insert_str(0, segment),
        }
        self
    }

    /// Puts element `index` of a list before the path.
    #[must_use]
    pub fn at_item(self, index: usize) -> Self {
        self.at(&format!("[{index}]"))
    }

    /// Puts element `index` of the list `field` before the path.
    #[must_use]
    pub fn at_index(self, field: &str, index: usize) -> Self {
        self.at_item(index).at(field)
    }

    /// Rewrites the path and the message of the error.
    #[cfg(feature = "snake_case")]
    pub(crate) fn reworded(
        mut self,
        path: impl FnOnce(&str) -> String,
        message: impl FnOnce(&str) -> String,
    ) -> Self {
        self.0.path = path(&self.0.path);
        self.0.message = message(&self.0.message);
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// The readable message, without code and path.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The path of the offending field in camelCase, such as `lots[3].quantity`; empty if the error concerns the whole
    /// input.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

/// The text of [`Display`](fmt::Display), and the cause. A program whose only use is a panic that never happens does not
/// need the names of all codes for it.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_tuple("Error");
        shown.field(&format_args!("{self}"));
        if let Some(source) = &self.0.source {
            shown.field(source);
        }
        shown.finish()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.path.is_empty() {
            write!(f, "{} [{}]", self.0.message, self.0.code)
        } else {
            write!(f, "{}: {} [{}]", self.0.path, self.0.message, self.0.code)
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// Adds a path to the error of a result.
pub trait At<T> {
    /// See [`Error::at`].
    ///
    /// # Errors
    /// The same error, with the longer path.
    fn at(self, segment: &str) -> Result<T>;

    /// See [`Error::at_item`].
    ///
    /// # Errors
    /// The same error, with the longer path.
    fn at_item(self, index: usize) -> Result<T>;

    /// See [`Error::at_index`].
    ///
    /// # Errors
    /// The same error, with the longer path.
    fn at_index(self, field: &str, index: usize) -> Result<T>;
}

impl<T> At<T> for Result<T> {
    fn at(self, segment: &str) -> Result<T> {
        self.map_err(|error| error.at(segment))
    }

    fn at_item(self, index: usize) -> Result<T> {
        self.map_err(|error| error.at_item(index))
    }

    fn at_index(self, field: &str, index: usize) -> Result<T> {
        self.map_err(|error| error.at_index(field, index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_grow_outwards_and_join_with_dots_and_brackets() {
        let error =
            Error::new(ErrorCode::DecimalMalformed, "no").at("amount").at_index("flows", 2).at("plan");
        assert_eq!(error.path(), "plan.flows[2].amount");
        assert_eq!(error.to_string(), "plan.flows[2].amount: no [decimal.malformed]");
    }

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut codes: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        codes.sort_unstable();
        let count = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), count);
        for code in codes {
            assert!(code.contains('.'), "{code}");
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '.'), "{code}");
        }
    }
}
