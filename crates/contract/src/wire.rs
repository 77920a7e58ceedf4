//! JSON in, JSON out: bounded, strict, and with the path of what is wrong.

mod fault;
mod reader;
mod tree;

use serde::{Serialize, de::DeserializeOwned};
use wherewithal::{Error, ErrorCode, Result};

use self::{
    fault::{Refusal, Step},
    reader::Reader,
    tree::Tree,
};
use crate::finite;

/// The largest input that an operation reads, in bytes: 16 MiB.
pub const MAX_INPUT_BYTES: usize = 16 * 1024 * 1024;

/// Reads a value. Unknown keys are refused; numbers are read with correct rounding.
///
/// # Errors
/// `input.too_large`, `input.malformed`, `input.unknown_field`, `input.invalid`, or the code of the value that
/// could not be read (such as `decimal.malformed`), each with its path.
pub fn decode<T: DeserializeOwned>(input: &[u8]) -> Result<T> {
    if input.len() > MAX_INPUT_BYTES {
        return Err(Error::new(
            ErrorCode::InputTooLarge,
            format!("the input has {} bytes; the limit is {MAX_INPUT_BYTES}", input.len()),
        ));
    }
    let whole: Tree<'_> = serde_json::from_slice(input)
        .map_err(|error| Error::new(ErrorCode::InputMalformed, format!("not JSON: {error}")))?;
    read(&whole).map_err(|refusal| {
        let Refusal { error, path } =
            fault::locate(whole, input.len(), refusal, &|whole| read::<T>(whole).err());
        path.iter().rev().fold(error, |error, step| match step {
            Step::Field(name) => error.at(name),
            Step::Item(index) => error.at_item(*index),
        })
    })
}

fn read<T: DeserializeOwned>(whole: &Tree<'_>) -> Result<T, Refusal> {
    T::deserialize(Reader(whole)).map_err(|fault| Refusal {
        error: refused(&fault.message),
        path: fault.steps.into_iter().rev().collect(),
    })
}

/// Writes a value in its one canonical form: fields in their declared order, no spaces, the shortest digits that
/// read back to the same number.
///
/// # Errors
/// `result.too_large` when a number in it is NaN or infinite, which JSON cannot say.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    finite::check(value)?;
    serde_json::to_vec(value).map_err(|error| Error::new(ErrorCode::ResultTooLarge, error.to_string()))
}

/// The wire form of an error: an object with `code`, `message` and `path`.
#[must_use]
pub fn error_json(error: &Error) -> serde_json::Value {
    serde_json::json!({ "code": error.code().as_str(), "message": error.message(), "path": error.path() })
}

/// The error of ours behind the reader's message.
fn refused(message: &str) -> Error {
    // Errors of our own types pass through the reader as text that ends with their code.
    let ours = message.strip_suffix(']').and_then(|rest| rest.rsplit_once(" ["));
    if let Some((message, code)) = ours
        && let Some(code) = ErrorCode::ALL.iter().find(|known| known.as_str() == code)
    {
        return Error::new(*code, message);
    }
    let is_unknown = message.starts_with("unknown field");
    Error::new(if is_unknown { ErrorCode::InputUnknownField } else { ErrorCode::InputInvalid }, message)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use wherewithal::{dates::Date, num::Decimal};

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Lot {
        #[expect(dead_code, reason = "only its reading is tested")]
        unit_cost: Decimal,
        #[expect(dead_code, reason = "only its reading is tested")]
        acquired: Option<Date>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Lots {
        #[expect(dead_code, reason = "only its reading is tested")]
        lots: Vec<Lot>,
    }

    #[test]
    fn refusals_carry_code_and_path() {
        let cases: &[(&str, &str, &str)] = &[
            (r"{", "input.malformed", ""),
            (r#"{"lots":[]} x"#, "input.malformed", ""),
            (r#"{"lot":[}"#, "input.malformed", ""),
            (r#"{"lots":[{"unitCost":1e400}]}"#, "input.malformed", ""),
            (r#"[[]]"#, "input.invalid", ""),
            (r#"{"lots":[["1",null]]}"#, "input.invalid", "lots[0]"),
            (r#"{"lots":[],"lots":[]}"#, "input.invalid", "lots"),
            (r#"{"lots":[{"unitCost":1},null]}"#, "input.invalid", "lots[1]"),
            (r#"{"lot":[]}"#, "input.unknown_field", "lot"),
            (r"{}", "input.invalid", ""),
            (r#"{"lots":[{"unitCost":"1"},{"unitCost":"12,5"}]}"#, "decimal.malformed", "lots[1].unitCost"),
            (r#"{"lots":[{"unitCost":0.1234567890123456}]}"#, "decimal.inexact", "lots[0].unitCost"),
            (r#"{"lots":[{"unitCost":true}]}"#, "input.invalid", "lots[0].unitCost"),
            (r#"{"lots":[{"unitCost":1,"acquired":"2026-02-30"}]}"#, "date.out_of_range", "lots[0].acquired"),
            (r#"{"lots":[{"unitCost":1,"acquired":"tomorrow"}]}"#, "date.malformed", "lots[0].acquired"),
        ];
        for (input, code, path) in cases {
            let error = decode::<Lots>(input.as_bytes()).unwrap_err();
            assert_eq!((error.code().as_str(), error.path()), (*code, *path), "{input}: {error}");
        }
    }

    #[derive(Debug, Deserialize)]
    #[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
    enum Series {
        Plain {
            #[expect(dead_code, reason = "only its reading is tested")]
            numbers: Vec<f64>,
        },
    }

    #[test]
    fn a_fault_in_a_tagged_object_is_found_as_far_as_it_may_be_read_again() {
        for (count, path) in [(1000, "numbers[1]"), (1_000_000, "numbers")] {
            let input = format!(r#"{{"numbers":[0,"x"{}],"kind":"plain"}}"#, ",0".repeat(count));
            let error = decode::<Series>(input.as_bytes()).unwrap_err();
            assert_eq!((error.code(), error.path()), (ErrorCode::InputInvalid, path), "{count}");
        }
    }

    #[test]
    fn a_list_of_a_fixed_length_has_that_length() {
        assert_eq!(decode::<[f64; 2]>(b"[1, 2.5]").unwrap(), [1.0, 2.5]);
        for input in ["[1]", "[1, 2, 3]", "{}"] {
            assert_eq!(
                decode::<[f64; 2]>(input.as_bytes()).unwrap_err().code(),
                ErrorCode::InputInvalid,
                "{input}"
            );
        }
    }

    #[test]
    fn nesting_without_end_is_refused() {
        let input = "[".repeat(1_000_000);
        assert_eq!(decode::<Lots>(input.as_bytes()).unwrap_err().code(), ErrorCode::InputMalformed);
    }

    #[test]
    fn an_input_over_the_limit_is_refused_before_it_is_read() {
        let input = vec![b' '; MAX_INPUT_BYTES + 1];
        assert_eq!(decode::<Lots>(&input).unwrap_err().code(), ErrorCode::InputTooLarge);
    }

    #[test]
    fn what_json_cannot_say_is_an_error() {
        assert_eq!(encode(&[1.0, f64::NAN]).unwrap_err().code(), ErrorCode::ResultTooLarge);
        assert_eq!(encode(&[0.1, 1e300]).unwrap(), b"[0.1,1e+300]");
    }
}
