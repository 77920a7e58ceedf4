//! Running the vectors through each interface.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use super::{
    Answers,
    compare::{Outcome, bits},
    vector::Vector,
};
use crate::{node, process, python, registry, workspace};

/// The program of both the command line and the server.
const COMMAND: &str = "wherewithal";

/// The registry itself. The typed results of the others must have the same bits.
pub(super) fn rust(root: &Path, vectors: &[Vector]) -> Result<Answers> {
    let mut lines = String::new();
    for vector in vectors {
        let line = json!({ "key": vector.key(), "operation": vector.operation, "input": vector.input });
        lines.push_str(&format!("{line}\n"));
    }
    let text = process::piped(registry::program(root)?.arg("answer"), lines)?;
    let mut answers = BTreeMap::new();
    for line in text.lines() {
        let answer: Value = serde_json::from_str(line)?;
        let field = |key: &str| {
            let text = answer.get(key).and_then(Value::as_str);
            text.map(str::to_owned).with_context(|| format!("Rust printed no {key}: {line:.200}"))
        };
        let raw = field("raw")?;
        let bits = serde_json::from_str(&raw).map(|value: Value| bits(&value)).ok();
        answers.insert(field("key")?, Outcome { raw, bits });
    }
    Ok(answers)
}

/// The command, started for each vector.
pub(super) fn command_line(root: &Path, vectors: &[Vector]) -> Result<Answers> {
    let binary = workspace::shipped(root)?.program(COMMAND)?;
    let mut answers = BTreeMap::new();
    for vector in vectors {
        let mut child = Command::new(&binary)
            .args(["call", &vector.operation, "--error-format", "json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", binary.display()))?;
        child.stdin.take().context("no standard input")?.write_all(vector.input.as_bytes())?;
        let output = child.wait_with_output()?;
        let text = if output.status.success() { output.stdout } else { output.stderr };
        let text = String::from_utf8(text)?;
        let raw = text.strip_suffix('\n').unwrap_or(&text).to_owned();
        answers.insert(vector.key(), Outcome { raw, bits: None });
    }
    Ok(answers)
}

/// The server, over HTTP.
pub(super) fn rest(root: &Path, vectors: &[Vector]) -> Result<Answers> {
    let server = Server::start(root)?;
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut answers = BTreeMap::new();
    for vector in vectors {
        let mut response = agent
            .post(format!("{}/v1/engines/{}", server.address, vector.operation))
            .header("content-type", "application/json")
            .send(vector.input.as_bytes())?;
        let success = response.status().is_success();
        let text = response.body_mut().read_to_string()?;
        let raw = if success { text } else { error_of_problem(&text)? };
        answers.insert(vector.key(), Outcome { raw, bits: None });
    }
    Ok(answers)
}

/// The error in a problem document (RFC 9457), in the form of the other interfaces.
fn error_of_problem(text: &str) -> Result<String> {
    let problem: Value =
        serde_json::from_str(text).with_context(|| format!("not a problem document: {text:.200}"))?;
    let field = |key: &str| problem.get(key).cloned().unwrap_or(Value::Null);
    Ok(json!({ "code": field("code"), "message": field("detail"), "path": field("path") }).to_string())
}

/// A server on a free port with its own database, stopped when dropped.
struct Server {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Server {
    fn start(root: &Path) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut child = Command::new(workspace::shipped(root)?.program(COMMAND)?)
            .args(["serve", "--listen", "127.0.0.1:0", "--database"])
            .arg(folder.path().join("parity.db"))
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start the server")?;
        let mut lines = BufReader::new(child.stdout.take().context("no standard output")?).lines();
        for line in lines.by_ref() {
            let line = line?;
            if let Some(start) = line.find("http://") {
                let address = line.get(start..).unwrap_or_default();
                let address = address.split_whitespace().next().unwrap_or_default();
                let address = address.trim_end_matches('/').to_owned();
                // The rest of its output is read and discarded, so that it never blocks on a full pipe.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(Self { child, address, _folder: folder });
            }
        }
        bail!("the server ended without printing its address: {:?}", child.wait()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An error means that the server has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The Python package.
pub(super) fn python(root: &Path) -> Result<Answers> {
    let text = process::output(root, python::interpreter(root), &["tests/parity/python.py"])?;
    answers_of_runner("Python", &text)
}

/// The Node package.
pub(super) fn node(root: &Path) -> Result<Answers> {
    let text = process::output(&node::folder(root), "node", &[root.join("tests/parity/node.mjs")])?;
    answers_of_runner("Node", &text)
}

/// The browser package in a real browser.
pub(super) fn browser(root: &Path) -> Result<Answers> {
    let text = process::output(&node::folder(root), "node", &[root.join("tests/parity/browser.mjs")])?;
    answers_of_runner("browser", &text)
}

/// Parses the output of a runner: one line of JSON per vector.
fn answers_of_runner(interface: &str, text: &str) -> Result<Answers> {
    let mut answers = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with('{')) {
        let value: Value =
            serde_json::from_str(line).with_context(|| format!("{interface} printed {line:.200}"))?;
        let field = |key: &str| {
            let text = value.get(key).and_then(Value::as_str);
            text.map(str::to_owned).with_context(|| format!("{interface} printed no {key}: {line:.200}"))
        };
        let key = format!("{} · {}", field("file")?, field("name")?);
        answers.insert(key, Outcome { raw: field("raw")?, bits: Some(field("bits")?) });
    }
    ensure!(!answers.is_empty(), "{interface} printed no results");
    Ok(answers)
}
