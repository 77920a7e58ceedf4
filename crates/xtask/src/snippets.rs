//! The snippets of the README and of the guide, run as by a reader.
//!
//! The documentation tests of the core run the Rust snippets.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::{node, process, python};

const PAGES: &[&str] = &["README.md"];

/// A fenced block of a page.
struct Snippet {
    page: &'static str,
    line: usize,
    language: String,
    text: String,
}

/// Runs every Python, Node and browser snippet; without `browser` those for the browser are listed as not run.
pub(crate) fn run(root: &Path, browser: bool) -> Result<()> {
    let mut ran = 0;
    for page in PAGES {
        let text = fs::read_to_string(root.join(page)).with_context(|| format!("cannot read {page}"))?;
        for snippet in snippets(page, &text) {
            if snippet.language == "html" && !browser {
                println!("   not run: {}:{}", snippet.page, snippet.line);
                continue;
            }
            if run_one(root, &snippet).with_context(|| format!("in {}:{}", snippet.page, snippet.line))? {
                println!("   ran {}:{} ({})", snippet.page, snippet.line, snippet.language);
                ran += 1;
            }
        }
    }
    ensure!(ran > 0, "no snippets found");
    Ok(())
}

/// Runs a snippet; returns whether its language is supported here.
fn run_one(root: &Path, snippet: &Snippet) -> Result<bool> {
    let folder = tempfile::tempdir()?;
    match snippet.language.as_str() {
        "python" => {
            let file = folder.path().join("snippet.py");
            fs::write(&file, &snippet.text)?;
            // From the root, like a reader of the README.
            process::run(root, python::interpreter(root), &[file])?;
        }
        "js" => node::run_snippet(root, &snippet.text)?,
        "html" => {
            let file = folder.path().join("snippet.html");
            fs::write(&file, &snippet.text)?;
            node::run_page(root, &file)?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn snippets(page: &'static str, text: &str) -> Vec<Snippet> {
    let mut found = Vec::new();
    let mut open: Option<Snippet> = None;
    for (index, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                let language = language.trim().to_owned();
                open = Some(Snippet { page, line: index + 1, language, text: String::new() });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(snippet), None) => {
                snippet.text.push_str(line);
                snippet.text.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fenced_blocks_are_found_with_their_language_and_line() {
        let found = snippets("README.md", "a\n```python\nx = 1\ny = 2\n```\nb\n```sh\nls\n```\n");
        let seen: Vec<_> = found.iter().map(|s| (s.line, s.language.as_str(), s.text.as_str())).collect();
        assert_eq!(seen, [(2, "python", "x = 1\ny = 2\n"), (7, "sh", "ls\n")]);
    }
}
