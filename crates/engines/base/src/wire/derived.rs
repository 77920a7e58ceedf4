//! Functions for the code that the derive writes. Not for use by hand.

use super::{Name, Sink, Wire};
use crate::{Error, ErrorCode, Result};

pub use super::interpreter::{
    Place, read_choice, read_record, read_tag, read_variant, write_choice, write_record, write_variant,
};

/// A documentation text; empty without the feature `documentation`.
#[must_use]
pub const fn documentation(text: &'static str) -> &'static str {
    if cfg!(feature = "documentation") { text } else { "" }
}

/// A name in both spellings; the second only with the feature `snake_case`.
#[must_use]
#[cfg_attr(not(feature = "snake_case"), expect(unused_variables, reason = "the module is smaller without"))]
pub const fn name(camel: &'static str, snake: &'static str) -> Name {
    Name {
        camel,
        #[cfg(feature = "snake_case")]
        snake,
    }
}

type WriteDefault = fn(&mut dyn Sink) -> Result<()>;

/// The writer of a default value; `None` without the feature `documentation`.
#[must_use]
pub const fn shown_default(write: WriteDefault) -> Option<WriteDefault> {
    if cfg!(feature = "documentation") { Some(write) } else { None }
}

/// Writes the default of a type.
///
/// # Errors
/// Those of the sink.
pub fn default_of_type<T: Wire + Default>(sink: &mut dyn Sink) -> Result<()> {
    T::default().write(sink)
}

/// The error of a required field that is empty, or of an index beyond the table. The interpreter rules out both.
#[cold]
#[must_use]
pub fn left_empty() -> Error {
    Error::new(ErrorCode::InputInvalid, "the value could not be read")
}
