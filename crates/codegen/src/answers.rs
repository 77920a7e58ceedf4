//! The results of the golden vectors in Rust.

use std::io::{BufRead, Write};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use wherewithal_contract::{call, wire};

/// Runs each line of `vectors` and writes its result as a line of `answers`.
pub(crate) fn run(vectors: impl BufRead, mut answers: impl Write) -> Result<()> {
    for line in vectors.lines() {
        let vector: Value = serde_json::from_str(&line?)?;
        let field = |key: &str| {
            vector.get(key).and_then(Value::as_str).with_context(|| format!("a vector without `{key}`"))
        };
        let raw = match call(field("operation")?, field("input")?.as_bytes()) {
            Ok(output) => String::from_utf8(output)?,
            Err(error) => wire::error_json(&error),
        };
        writeln!(answers, "{}", json!({ "key": field("key")?, "raw": raw }))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_an_output_or_an_error() {
        let vectors = r#"{"key": "a", "operation": "no.such", "input": "{}"}"#;
        let mut answers = Vec::new();
        run(vectors.as_bytes(), &mut answers).unwrap();
        let answer: Value = serde_json::from_slice(&answers).unwrap();
        assert_eq!(answer["key"], "a");
        let raw: Value = serde_json::from_str(answer["raw"].as_str().unwrap()).unwrap();
        assert!(raw["code"].is_string() && raw["message"].is_string());
    }

    #[test]
    fn a_line_without_an_operation_is_refused() {
        let error = run(r#"{"key": "a", "input": "{}"}"#.as_bytes(), Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "a vector without `operation`");
    }
}
