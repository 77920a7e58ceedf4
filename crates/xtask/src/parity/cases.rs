//! Situations from the field: each statement of `tests/cases.json` names the golden vectors and tests that prove it, and
//! all of them exist.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};

use super::vector::Vector;

/// The list, relative to the root.
const LIST: &str = "tests/cases.json";

/// The folder of the golden vectors, as the list names it.
const VECTORS: &str = "tests/vectors/";

/// One situation.
struct Case {
    /// A letter and a number, such as `K5`.
    id: String,
    statements: Vec<Statement>,
}

/// What holds in a situation.
struct Statement {
    text: String,
    held_by: Vec<Holder>,
}

/// A golden vector or a test.
struct Holder {
    /// The file, relative to the root.
    file: String,
    /// The name of the vector, the function or the test in it.
    name: String,
}

/// Fails where a statement names a vector or a test that does not exist.
pub(super) fn check(root: &Path, vectors: &[Vector]) -> Result<()> {
    let cases = fs::read_to_string(root.join(LIST)).map_err(anyhow::Error::from).and_then(|text| read(&text));
    let cases = cases.with_context(|| format!("in {LIST}"))?;
    let mut names = names_of_vectors(vectors);
    let (mut statements, mut missing) = (0, Vec::new());
    for case in &cases {
        for statement in &case.statements {
            statements += 1;
            for Holder { file, name } in &statement.held_by {
                if !names.contains_key(file) {
                    names.insert(file.clone(), names_of_tests(root, file)?);
                }
                if !names.get(file).is_some_and(|names| names.contains(name)) {
                    missing.push(format!("{}, {:?}: {file} has no {name:?}", case.id, statement.text));
                }
            }
        }
    }
    ensure!(
        missing.is_empty(),
        "{LIST} names vectors or tests that do not exist; write their new names:\n  {}",
        missing.join("\n  ")
    );
    println!("cases: {} situations, {statements} statements, each held by a vector or a test", cases.len());
    Ok(())
}

/// Reads the list: situations in the order of their letters and numbers, each statement with what it is held by.
fn read(text: &str) -> Result<Vec<Case>> {
    let list: Value = serde_json::from_str(text)?;
    let cases = list.as_array().context("expected a list of situations")?.iter().map(case);
    let cases = cases.collect::<Result<Vec<Case>>>()?;
    let keys = cases.iter().map(|case| key(&case.id)).collect::<Result<Vec<_>>>()?;
    for (pair, case) in keys.windows(2).zip(cases.iter().skip(1)) {
        ensure!(pair.first() < pair.last(), "{} stands behind a later situation, or twice", case.id);
    }
    Ok(cases)
}

/// A letter and a number, which sort as people count.
fn key(id: &str) -> Result<(char, u32)> {
    let mut rest = id.chars();
    let letter = rest.next().filter(char::is_ascii_uppercase);
    let number = rest.as_str().parse().ok().filter(|number: &u32| number.to_string() == rest.as_str());
    letter.zip(number).with_context(|| format!("{id:?} is not a letter and a number, such as K5"))
}

fn case(value: &Value) -> Result<Case> {
    let fields = fields(value, &["case", "title", "statements"])?;
    let id = text(fields, "case")?;
    text(fields, "title").with_context(|| format!("in {id}"))?;
    let statements = items(fields, "statements")?.iter().map(statement).collect::<Result<_>>();
    Ok(Case { statements: statements.with_context(|| format!("in {id}"))?, id })
}

fn statement(value: &Value) -> Result<Statement> {
    let fields = fields(value, &["statement", "heldBy"])?;
    let text = text(fields, "statement")?;
    let held_by = items(fields, "heldBy").and_then(|holders| holders.iter().map(holder).collect());
    Ok(Statement { held_by: held_by.with_context(|| format!("in {text:?}"))?, text })
}

fn holder(value: &Value) -> Result<Holder> {
    let text = value.as_str().unwrap_or_default();
    let (file, name) =
        text.split_once(": ").with_context(|| format!("expected \"FILE: NAME\", got {value}"))?;
    Ok(Holder { file: file.to_owned(), name: name.to_owned() })
}

/// The fields of an object that has these and no others.
fn fields<'a>(value: &'a Value, known: &[&str]) -> Result<&'a Map<String, Value>> {
    let fields = value.as_object().with_context(|| format!("expected an object, got {value}"))?;
    let unknown = fields.keys().find(|name| !known.contains(&name.as_str()));
    ensure!(unknown.is_none(), "unknown field {unknown:?}; the fields are {known:?}");
    Ok(fields)
}

fn text(fields: &Map<String, Value>, name: &str) -> Result<String> {
    let text = fields.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    Ok(text.with_context(|| format!("`{name}` is missing or blank"))?.to_owned())
}

fn items<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<&'a Vec<Value>> {
    let items = fields.get(name).and_then(Value::as_array).filter(|items| !items.is_empty());
    items.with_context(|| format!("`{name}` is missing or empty"))
}

/// The names of the golden vectors in each file.
fn names_of_vectors(vectors: &[Vector]) -> BTreeMap<String, BTreeSet<String>> {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for vector in vectors {
        names.entry(format!("{VECTORS}{}", vector.file)).or_default().insert(vector.name.clone());
    }
    names
}

/// The names of the tests in a file.
fn names_of_tests(root: &Path, file: &str) -> Result<BTreeSet<String>> {
    let language = Path::new(file).extension().and_then(|extension| extension.to_str());
    let find = match language {
        Some("rs") => rust_tests,
        Some("py") => python_tests,
        Some("mjs") => javascript_tests,
        _ => bail!("{LIST}: {file} is no file of golden vectors and no source of tests"),
    };
    let text = fs::read_to_string(root.join(file)).with_context(|| format!("{LIST}: cannot read {file}"))?;
    Ok(find(&text))
}

/// The functions that an attribute makes tests, those in `proptest!` included.
fn rust_tests(text: &str) -> BTreeSet<String> {
    let (mut names, mut is_test) = (BTreeSet::new(), false);
    for line in text.lines().map(str::trim_start) {
        let line = line.strip_prefix("async ").unwrap_or(line);
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if let Some((name, _)) = line.strip_prefix("fn ").and_then(|rest| rest.split_once('('))
            && std::mem::take(&mut is_test)
        {
            names.insert(name.to_owned());
        }
    }
    names
}

/// The functions that pytest runs.
fn python_tests(text: &str) -> BTreeSet<String> {
    let functions = text.lines().filter_map(|line| line.trim_start().strip_prefix("def "));
    let names = functions.filter_map(|rest| rest.split_once('(')).map(|(name, _)| name);
    names.filter(|name| name.starts_with("test_")).map(str::to_owned).collect()
}

/// The titles of the tests of Node's runner.
fn javascript_tests(text: &str) -> BTreeSet<String> {
    let titles = text.lines().filter_map(|line| line.trim_start().strip_prefix("test(\""));
    titles.filter_map(|rest| rest.split_once("\",")).map(|(title, _)| title.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parity::vector;

    /// A situation with one statement.
    fn one(id: &str, holders: &str) -> String {
        format!(
            r#"{{"case": "{id}", "title": "A title", "statements": [{{"statement": "It holds", "heldBy": {holders}}}]}}"#
        )
    }

    fn refusal(cases: &[String]) -> String {
        let text = format!("[{}]", cases.join(","));
        format!("{:#}", read(&text).err().expect("a refusal"))
    }

    #[test]
    fn a_list_is_complete_and_in_order() {
        let holder = r#"["a.rs: b"]"#;
        let [c9, c12, k5] = ["C9", "C12", "K5"].map(|id| one(id, holder));
        assert_eq!(read(&format!("[{c9}, {c12}, {k5}]")).unwrap().len(), 3);
        assert!(refusal(&[c12, c9.clone()]).contains("C9 stands behind"));
        assert!(refusal(&[c9.clone(), c9]).contains("C9 stands behind a later situation, or twice"));
        for id in ["K", "5", "k5", "K05", "K5a", "KK5", "K-5"] {
            assert!(refusal(&[one(id, holder)]).contains("such as K5"), "{id}");
        }
        assert!(refusal(&[one("K5", "[]")]).contains("`heldBy` is missing or empty"));
        assert!(refusal(&[one("K5", r#"["a.rs"]"#)]).contains("FILE: NAME"));
        assert!(refusal(&[one("K5", r#"["a.rs: b"], "note": 1"#)]).contains("unknown field"));
        assert!(refusal(&[k5.replace("A title", " ")]).contains("`title` is missing or blank"));
    }

    #[test]
    fn tests_are_found_in_each_language() {
        let rust = "#[test]\n#[expect(clippy::panic, reason = \"x\")]\nfn a() {}\nfn helper() {}\n\
                    proptest! {\n    /// Doc.\n    #[test]\n    fn b(\n        x in 0..1u8,\n    ) {}\n}\n\
                    #[tokio::test]\nasync fn c() {}\n// fn d() {}\n";
        assert_eq!(rust_tests(rust).into_iter().collect::<Vec<_>>(), ["a", "b", "c"]);
        let python = "def helper() -> None:\n    pass\n\n\ndef test_a(x: int) -> None:\n    pass\n";
        assert_eq!(python_tests(python).into_iter().collect::<Vec<_>>(), ["test_a"]);
        let script = "import { test } from \"node:test\";\ntest(\"a, and b\", () => {});\n  test(\"c\", async () => {});\n";
        assert_eq!(javascript_tests(script).into_iter().collect::<Vec<_>>(), ["a, and b", "c"]);
    }

    #[test]
    fn a_holder_that_does_not_exist_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("tests/vectors/debt")).unwrap();
        let vectors = r#"{"operation": "debt.solve", "vectors": [
            {"name": "a: term", "source": "a rule", "input": {}, "error": {"code": "x", "path": ""}}]}"#;
        fs::write(root.join("tests/vectors/debt/solve.json"), vectors).unwrap();
        fs::write(root.join("tests.rs"), "#[test]\nfn holds() {}\nfn helper() {}\n").unwrap();
        let vectors = vector::read_all(&root.join("tests/vectors")).unwrap();
        let outcome = |holders: &str| {
            fs::write(root.join(LIST), format!("[{}]", one("K5", holders))).unwrap();
            check(root, &vectors).map_err(|error| format!("{error:#}"))
        };
        outcome(r#"["tests/vectors/debt/solve.json: a: term", "tests.rs: holds"]"#).unwrap();
        for (holder, message) in [
            (
                "tests/vectors/debt/solve.json: term",
                "K5, \"It holds\": tests/vectors/debt/solve.json has no \"term\"",
            ),
            ("tests.rs: helper", "tests.rs has no \"helper\""),
            ("tests.rs: holds_no_more", "tests.rs has no \"holds_no_more\""),
            ("other.rs: holds", "cannot read other.rs"),
            ("tests/vectors/debt/refinance.json: a", "no source of tests"),
        ] {
            let found = outcome(&format!("[{holder:?}]")).unwrap_err();
            assert!(found.contains(message), "{holder}: {found}");
        }
    }
}
