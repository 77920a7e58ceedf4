//! Errors: a stable code, a readable message, and the path of the offending field.

mod code;
mod database;

use std::fmt;

pub use code::{Code, Kind};
pub(crate) use database::from_sqlx;

/// The result of fallible functions of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of the store. Code and path are the same on both databases.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    code: Code,
    message: String,
    path: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error with a code and a message, which states the value found and the valid ones.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { code, message: message.into(), path: String::new(), source: None }))
    }

    /// The same error with its cause.
    #[must_use]
    pub fn caused_by(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// The same error, with `segment` prepended to its path.
    ///
    /// ```
    /// # use wherewithal_store::{Code, Error};
    /// let error = Error::new(Code::DecimalScale, "0.001 has three places").at("costBasis").at("[3]").at("assets");
    /// assert_eq!(error.path(), "assets[3].costBasis");
    /// ```
    #[must_use]
    pub fn at(mut self, segment: &str) -> Self {
        let path = &mut self.0.path;
        if !path.is_empty() && !path.starts_with('[') {
            path.insert(0, '.');
        }
        path.insert_str(0, segment);
        self
    }

    /// The same error at the field of a column: `current_value` becomes `currentValue`.
    #[must_use]
    pub(crate) fn at_column(self, column: &str) -> Self {
        self.at(&camel_case(column))
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// The kind of the error.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.code.kind()
    }

    /// The readable message, without code and path.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The path of the offending field in camelCase, such as `currentValue`; empty if the error is about the row or the
    /// database as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Whether the row does not exist or belongs to another user.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.code == Code::NotFound
    }

    /// Whether a row with the same value of a unique field already exists.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        self.0.code == Code::UniqueViolated
    }

    /// Whether a row refers to a missing one, or is still referred to.
    #[must_use]
    pub fn is_reference_violation(&self) -> bool {
        self.0.code == Code::ReferenceViolated
    }

    /// Whether the database cannot be reached, opened or written to.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        self.kind() == Kind::Unavailable
    }

    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.kind() == Kind::Busy
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

/// The name of a column in camelCase.
fn camel_case(column: &str) -> String {
    let mut words = column.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_the_fields_of_the_wire() {
        assert_eq!(camel_case("current_value"), "currentValue");
        assert_eq!(camel_case("account_number_last4"), "accountNumberLast4");
        assert_eq!(camel_case("id"), "id");
    }

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        codes.sort_unstable();
        let count = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), count);
        for code in codes {
            assert!(code.starts_with("store."), "{code}");
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '.'), "{code}");
        }
    }
}
