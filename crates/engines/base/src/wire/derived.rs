//! What the derive's code calls. Not for use by hand.

use super::{Sink, Wire};
use crate::{Error, ErrorCode, Result};

pub use super::interpreter::{
    Place, read_choice, read_record, read_tag, read_variant, write_choice, write_record, write_variant,
};

/// A text for people, which a build without the feature `documentation` does not carry.
#[must_use]
pub const fn documentation(text: &'static str) -> &'static str {
    if cfg!(feature = "documentation") { text } else { "" }
}

type WriteDefault = fn(&mut dyn Sink) -> Result<()>;

/// How a default is written, which only documentation shows.
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

/// A required field is empty, or an index beyond the table. The interpreter has seen to it that neither can be.
#[cold]
#[must_use]
pub fn left_empty() -> Error {
    Error::new(ErrorCode::InputInvalid, "the value could not be read")
}
