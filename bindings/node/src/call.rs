//! Operations on the calling thread, and the conversion of errors to JavaScript.

use napi::{Error, Result};
use napi_derive::napi;
use wherewithal_contract::wire;

/// Runs an operation: JSON in, JSON out.
#[napi(catch_unwind)]
pub fn call(operation: String, input: String) -> Result<String> {
    wherewithal_contract::call(&operation, input.as_bytes()).map_err(|error| thrown(&error)).and_then(text)
}

/// The JavaScript error of an error of the library: its message is the JSON form.
pub(crate) fn thrown(error: &wherewithal::Error) -> Error {
    Error::from_reason(wire::error_json(error))
}

/// The output of an operation as text.
pub(crate) fn text(output: Vec<u8>) -> Result<String> {
    String::from_utf8(output).map_err(|error| Error::from_reason(error.to_string()))
}
