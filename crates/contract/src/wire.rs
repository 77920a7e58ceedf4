//! Decoding and encoding of JSON: bounded, strict, and with the path of every error.

mod json;

use wherewithal::{
    Error, ErrorCode, Result,
    wire::{
        Reader, Sink, Spelling, Value, Wire,
        serde::{Exceeded, Limits},
    },
};

/// The largest input that an operation reads, in bytes: 16 MiB.
pub const MAX_INPUT_BYTES: usize = 16 * 1024 * 1024;

/// The most values in an input: numbers, texts, lists, objects, and the names of fields. Each takes up to a hundred bytes of memory, so that an
/// input never takes more than eight times as much as the largest is long.
pub const MAX_INPUT_VALUES: usize = 2_000_000;

/// The most levels of lists and objects within each other.
pub const MAX_INPUT_DEPTH: usize = 64;

/// The largest result that is written as JSON, in bytes: 256 MiB.
pub const MAX_OUTPUT_BYTES: usize = 256 * 1024 * 1024;

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a value with camelCase names. Unknown fields are refused; numbers are read with correct rounding.
///
/// # Errors
/// `input.too_large`, `input.malformed`, `input.unknown_field`, `input.missing_field`, `input.invalid`, or the code of
/// a value's own parser (such as `decimal.malformed`), each with its path.
pub fn decode<T: Wire>(input: &[u8]) -> Result<T> {
    decode_in(Spelling::Camel, input)
}

/// Reads a value with names in a spelling.
///
/// # Errors
/// As [`decode`], in that spelling.
pub fn decode_in<T: Wire>(spelling: Spelling, input: &[u8]) -> Result<T> {
    T::read(&parse(input)?, Reader::new(spelling))
}

/// Reads JSON into a value of no particular type, which borrows its text from the JSON. A byte order mark at its start is
/// ignored, as RFC 8259, section 8.1 allows: editors and spreadsheets of Windows write one.
///
/// # Errors
/// `input.too_large`, `input.malformed`.
pub fn parse(input: &[u8]) -> Result<Value<'_>> {
    if input.len() > MAX_INPUT_BYTES {
        return Err(Error::new(
            ErrorCode::InputTooLarge,
            // Who reads from a pipe stops behind the limit, so the whole length is not known.
            format!("the input has more than {MAX_INPUT_BYTES} bytes, which is the limit"),
        ));
    }
    let limits = Limits::new(MAX_INPUT_VALUES, MAX_INPUT_DEPTH);
    let mut json = serde_json::Deserializer::from_slice(input.strip_prefix(BYTE_ORDER_MARK).unwrap_or(input));
    // The limits are far below the depth at which the parser itself gives up.
    limits.read(&mut json).and_then(|value| json.end().map(|()| value)).map_err(|error| {
        let (code, message) = match limits.exceeded() {
            None => (ErrorCode::InputMalformed, format!("not JSON: {error}")),
            Some(Exceeded::Values) => (
                ErrorCode::InputTooLarge,
                format!("the input has more than {MAX_INPUT_VALUES} values; send less at a time"),
            ),
            Some(Exceeded::Depth) => (
                ErrorCode::InputTooLarge,
                format!("lists and objects are nested more than {MAX_INPUT_DEPTH} levels deep"),
            ),
        };
        Error::new(code, message)
    })
}

/// Writes a value in canonical form: fields in their declared order with camelCase names, no spaces, the shortest
/// digits that read back to the same number.
///
/// # Errors
/// `result.too_large` if a number in it is NaN or infinite, which JSON cannot represent, or if the text is larger than
/// [`MAX_OUTPUT_BYTES`].
pub fn encode(value: &dyn Wire) -> Result<Vec<u8>> {
    encode_in(Spelling::Camel, value)
}

/// Writes a value like [`encode`], with names in a spelling.
///
/// # Errors
/// As [`encode`].
pub fn encode_in(spelling: Spelling, value: &dyn Wire) -> Result<Vec<u8>> {
    json(spelling, |sink| value.write(sink))
}

/// The JSON that a function writes to a sink.
///
/// # Errors
/// Those of the function.
pub fn json(spelling: Spelling, write: impl FnOnce(&mut dyn Sink) -> Result<()>) -> Result<Vec<u8>> {
    let mut writer = json::Writer::new(spelling);
    write(&mut writer)?;
    Ok(writer.into_text())
}

/// An error as JSON: an object with `code`, `message` and `path`.
#[must_use]
#[expect(clippy::expect_used, reason = "texts can be written")]
pub fn error_json(error: &Error) -> String {
    let fields = [("code", error.code().as_str()), ("message", error.message()), ("path", error.path())];
    let text = json(Spelling::Camel, |sink| {
        sink.begin_record()?;
        for (name, text) in fields {
            sink.key(name)?;
            sink.text(text)?;
        }
        sink.end_record()
    });
    text.ok().and_then(|text| String::from_utf8(text).ok()).expect("texts are written as UTF-8")
}

/// The number that a text of JSON is; `None` if it is none. There is no other reader of numbers in a browser's module.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    match parse(text.as_bytes()).ok()? {
        Value::Number(number) => Some(number),
        Value::Positive(number) => Some(number as f64),
        Value::Negative(number) => Some(number as f64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use wherewithal::{dates::Date, num::Decimal};

    use super::*;

    #[derive(Debug, Wire)]
    #[wire(runtime = ::wherewithal::wire)]
    struct Lot {
        unit_cost: Decimal,
        acquired: Option<Date>,
    }

    #[derive(Debug, Wire)]
    #[wire(runtime = ::wherewithal::wire)]
    struct Lots {
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
            (r"{}", "input.missing_field", "lots"),
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

    #[test]
    fn a_byte_order_mark_at_the_start_is_ignored() {
        assert!(decode::<Lots>("\u{feff}{\"lots\":[]}".as_bytes()).unwrap().lots.is_empty());
        for input in ["\u{feff}\u{feff}{\"lots\":[]}", "{\u{feff}\"lots\":[]}", "\u{feff}"] {
            let error = decode::<Lots>(input.as_bytes()).unwrap_err();
            assert_eq!(error.code(), ErrorCode::InputMalformed, "{input:?}");
        }
    }

    #[test]
    fn what_is_read_is_written_in_either_spelling() {
        let camel = br#"{"lots":[{"unitCost":"1.50","acquired":null}]}"#;
        let snake = br#"{"lots":[{"unit_cost":"1.50","acquired":null}]}"#;
        let lots: Lots = decode(camel).unwrap();
        assert_eq!(encode_in(Spelling::Snake, &lots).unwrap(), snake);
        assert_eq!(encode(&decode_in::<Lots>(Spelling::Snake, snake).unwrap()).unwrap(), camel);
        let error = decode_in::<Lots>(Spelling::Snake, br#"{"lots":[{"unit_cost":"x"}]}"#).unwrap_err();
        assert_eq!(error.path(), "lots[0].unit_cost");
    }

    #[test]
    fn text_is_escaped_and_numbers_have_their_shortest_digits() {
        let values = vec!["a\"b\\c\n\u{1}é".to_owned()];
        assert_eq!(encode(&values).unwrap(), "[\"a\\\"b\\\\c\\n\\u0001é\"]".as_bytes());
        assert_eq!(encode(&vec![0.1, 1e300, -0.0, 5.0]).unwrap(), b"[0.1,1e+300,-0.0,5.0]");
        assert_eq!(encode(&vec![-3_i32, 0, 7]).unwrap(), b"[-3,0,7]");
    }

    #[test]
    fn nesting_without_end_is_refused() {
        let input = "[".repeat(1_000_000);
        let error = decode::<Lots>(input.as_bytes()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InputTooLarge);
        assert_eq!(error.message(), "lists and objects are nested more than 64 levels deep");
        let deepest = format!("{}{}", "[".repeat(MAX_INPUT_DEPTH), "]".repeat(MAX_INPUT_DEPTH));
        assert_eq!(decode::<Lots>(deepest.as_bytes()).unwrap_err().code(), ErrorCode::InputInvalid);
    }

    #[test]
    fn an_input_over_the_limit_is_refused_before_it_is_read() {
        let input = vec![b' '; MAX_INPUT_BYTES + 1];
        assert_eq!(decode::<Lots>(&input).unwrap_err().code(), ErrorCode::InputTooLarge);
    }

    #[test]
    fn what_json_cannot_say_is_an_error() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(encode(&vec![1.0, value]).unwrap_err().code(), ErrorCode::ResultTooLarge);
        }
    }
}
