//! Comparing an output with its source, and rendering it with every bit visible.

use serde_json::Value;

use super::vector::{Expectation, Tolerance, Vector};

/// The result from one interface: the text of its output or of its error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The bytes as received.
    pub(crate) raw: String,
    /// The bits of the language's own typed result, if the interface has one.
    pub(crate) bits: Option<String>,
}

/// `value` as JSON text in which every number is the sixteen hexadecimal digits of its double.
pub(crate) fn bits(value: &Value) -> String {
    with_bits(value).to_string()
}

fn with_bits(value: &Value) -> Value {
    match value {
        Value::Number(number) => {
            let double = number.as_f64().unwrap_or(f64::NAN);
            Value::String(format!("{:016x}", double.to_bits()))
        }
        Value::Array(items) => items.iter().map(with_bits).collect(),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(key, value)| (key.clone(), with_bits(value))).collect())
        }
        other => other.clone(),
    }
}

/// The fault of a vector's result, if any.
pub(crate) fn judge(vector: &Vector, raw: &str) -> Option<String> {
    let Ok(actual) = serde_json::from_str::<Value>(raw) else {
        return Some(format!("the result is not JSON: {raw:.200}"));
    };
    match &vector.expectation {
        Expectation::Error { code, path } => {
            let field = |key: &str| actual.get(key).and_then(Value::as_str).unwrap_or_default();
            let same = field("code") == code && field("path") == path && actual.get("message").is_some();
            (!same).then(|| format!("expected the error {code} at {path:?}, got {raw:.200}"))
        }
        Expectation::Output { expected, tolerance } => difference(expected, &actual, *tolerance, ""),
    }
}

/// The first difference of `actual` from `expected`.
fn difference(expected: &Value, actual: &Value, tolerance: Tolerance, path: &str) -> Option<String> {
    match (expected, actual) {
        (Value::Object(fields), Value::Object(found)) => fields.iter().find_map(|(key, value)| {
            let path = format!("{path}.{key}");
            match found.get(key) {
                Some(actual) => difference(value, actual, tolerance, &path),
                None => Some(format!("{path} is missing")),
            }
        }),
        (Value::Array(items), Value::Array(found)) => {
            if items.len() != found.len() {
                return Some(format!("{path} has {} elements, not {}", found.len(), items.len()));
            }
            let mut pairs = items.iter().zip(found).enumerate();
            pairs.find_map(|(index, (item, actual))| {
                difference(item, actual, tolerance, &format!("{path}[{index}]"))
            })
        }
        (Value::Number(wanted), Value::Number(found)) => {
            let wanted = wanted.as_f64().unwrap_or(f64::NAN);
            let found = found.as_f64().unwrap_or(f64::NAN);
            let near = match tolerance {
                Tolerance::Exact => wanted == found,
                Tolerance::Absolute(bound) => (wanted - found).abs() <= bound,
                Tolerance::Relative(bound) => (wanted - found).abs() <= bound * wanted.abs(),
            };
            (!near).then(|| format!("{path} is {found}, but {wanted} in the source"))
        }
        (wanted, found) => {
            (wanted != found).then(|| format!("{path} is {found}, but {wanted} in the source"))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_bit_of_a_number_shows() {
        let value = json!({"a": [0.1, 1, -0.0], "b": "0.10", "c": null});
        assert_eq!(
            bits(&value),
            r#"{"a":["3fb999999999999a","3ff0000000000000","8000000000000000"],"b":"0.10","c":null}"#
        );
    }

    #[test]
    fn a_difference_is_found_wherever_it_is() {
        let actual = json!({"a": [{"b": 1.0}, {"b": 2.0}], "c": "2.50"});
        let find = |expected: Value, tolerance| difference(&expected, &actual, tolerance, "");
        assert_eq!(find(json!({"a": [{"b": 1.0}, {"b": 2.0}]}), Tolerance::Exact), None);
        assert_eq!(find(json!({"a": [{}, {"b": 2.1}]}), Tolerance::Absolute(0.2)), None);
        assert!(find(json!({"a": [{}, {"b": 2.1}]}), Tolerance::Absolute(0.05)).is_some());
        assert!(find(json!({"a": [{}, {"b": 2.1}]}), Tolerance::Relative(0.01)).is_some());
        assert!(find(json!({"a": [{}]}), Tolerance::Exact).is_some());
        assert!(find(json!({"c": "2.5"}), Tolerance::Absolute(1.0)).is_some());
        assert!(find(json!({"d": 1}), Tolerance::Absolute(1.0)).is_some());
    }
}
