//! The golden vectors: files of inputs with expected outputs from published sources.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// One vector.
pub(crate) struct Vector {
    /// The file, relative to `tests/vectors`.
    pub(crate) file: String,
    /// The operation to call.
    pub(crate) operation: String,
    /// Its name, unique in the file.
    pub(crate) name: String,
    /// The input, as JSON text.
    pub(crate) input: String,
    /// The expected outcome.
    pub(crate) expectation: Expectation,
}

/// An expected outcome.
pub(crate) enum Expectation {
    /// The fields in the source, each within the tolerance.
    Output { expected: Value, tolerance: Tolerance },
    /// An error with a code and a path.
    Error { code: String, path: String },
}

/// The largest difference of a number from the source's.
#[derive(Clone, Copy)]
pub(crate) enum Tolerance {
    Exact,
    Absolute(f64),
    Relative(f64),
}

impl Vector {
    /// The key that matches the outcomes of the interfaces.
    pub(crate) fn key(&self) -> String {
        format!("{} · {}", self.file, self.name)
    }
}

/// All vectors in `folder` and its subfolders, in order of path.
pub(crate) fn read_all(folder: &Path) -> Result<Vec<Vector>> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let mut vectors: Vec<Vector> = Vec::new();
    for path in files {
        let file = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        let before = vectors.len();
        read_file(&path, &file, &mut vectors).with_context(|| format!("in {}", path.display()))?;
        ensure!(vectors.len() > before, "{file} has no vectors");
    }
    let mut keys: Vec<String> = vectors.iter().map(Vector::key).collect();
    keys.sort();
    if let Some(pair) = keys.windows(2).find(|pair| pair.first() == pair.last()) {
        bail!("two vectors have the same name: {:?}", pair.first());
    }
    Ok(vectors)
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    Ok(())
}

fn read_file(path: &Path, file: &str, vectors: &mut Vec<Vector>) -> Result<()> {
    let document: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let operation = text(&document, "operation")?;
    for entry in document.get("vectors").and_then(Value::as_array).context("no list of vectors")? {
        let name = text(entry, "name")?;
        ensure!(!text(entry, "source")?.is_empty(), "{name} has no source");
        let input = entry.get("input").with_context(|| format!("{name} has no input"))?;
        let expectation = expectation(entry).with_context(|| format!("in {name}"))?;
        vectors.push(Vector {
            file: file.to_owned(),
            operation: operation.clone(),
            name,
            input: serde_json::to_string(input)?,
            expectation,
        });
    }
    Ok(())
}

fn expectation(entry: &Value) -> Result<Expectation> {
    match (entry.get("expected"), entry.get("error")) {
        (Some(expected), None) => {
            let empty = expected.as_object().is_some_and(serde_json::Map::is_empty);
            ensure!(!empty, "the vector expects nothing, so it cannot fail");
            Ok(Expectation::Output { expected: expected.clone(), tolerance: tolerance(entry)? })
        }
        (None, Some(error)) => {
            Ok(Expectation::Error { code: text(error, "code")?, path: text(error, "path")? })
        }
        _ => bail!("a vector has either `expected` or `error`"),
    }
}

fn tolerance(entry: &Value) -> Result<Tolerance> {
    match entry.get("tolerance") {
        Some(Value::String(word)) if word == "exact" => Ok(Tolerance::Exact),
        Some(Value::Object(map)) => {
            let number = |key: &str| map.get(key).and_then(Value::as_f64);
            match (number("absolute"), number("relative")) {
                (Some(bound), None) => Ok(Tolerance::Absolute(bound)),
                (None, Some(bound)) => Ok(Tolerance::Relative(bound)),
                _ => bail!("a tolerance is either absolute or relative"),
            }
        }
        _ => bail!("a tolerance is \"exact\", {{\"absolute\": x}} or {{\"relative\": x}}"),
    }
}

fn text(value: &Value, key: &str) -> Result<String> {
    Ok(value.get(key).and_then(Value::as_str).with_context(|| format!("`{key}` is missing"))?.to_owned())
}
