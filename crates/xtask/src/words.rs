//! Words that a reader from finance or software would not use, and what to write instead.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::process;

/// How git lists the files that are read: pages and manifests. The generated pages repeat documentation comments.
const LIST: [&str; 7] =
    ["ls-files", "--cached", "--others", "--exclude-standard", "*.md", "*.toml", ":!docs/reference"];

/// Words and phrases in lower case, each with what to write instead.
const INSTEAD: &[(&str, &str)] = &[
    ("face", "interface or binding"),
    ("faces", "interfaces or bindings"),
    ("each room", "each module or package"),
    ("rooms", "modules or packages"),
    ("lean on", "depend on"),
    ("leans on", "depends on"),
    ("spoil", "make invalid"),
    ("spoils", "makes invalid"),
    ("spoilt", "invalid"),
    ("that is none", "what it is instead"),
    ("that are none", "what they are instead"),
    ("is told", "receives or is given"),
    ("are told", "receive or are given"),
    ("worked out", "computed"),
];

/// Phrases of finance that contain one of them.
const ALLOWED: &[&str] = &["face value", "face amount"];

/// Fails when a file has one of the words.
pub(crate) fn check(root: &Path) -> Result<()> {
    let listed = process::output(root, "git", &LIST)?;
    let files: Vec<&str> = listed.lines().filter(|file| root.join(file).exists()).collect();
    ensure!(!files.is_empty(), "git lists no files");
    let mut found = Vec::new();
    for file in &files {
        let text = fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {file}"))?;
        for (index, line) in text.lines().enumerate() {
            let shown = |(word, instead)| format!("{file}:{}: \"{word}\": write {instead}", index + 1);
            found.extend(faults(line).map(shown));
        }
    }
    ensure!(found.is_empty(), "words that have a plainer one:\n  {}", found.join("\n  "));
    println!("{} files use plain words", files.len());
    Ok(())
}

/// The words of a line that are not to be used, with what to write instead.
fn faults(line: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    // An identifier is one word, whatever it is made of.
    let words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let mut text = format!(" {} ", words.collect::<Vec<_>>().join(" ").to_lowercase());
    for allowed in ALLOWED {
        text = text.replace(&format!(" {allowed} "), " ");
    }
    INSTEAD.iter().copied().filter(move |(word, _)| text.contains(&format!(" {word} ")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_found_whole_and_in_any_case() {
        let found = |line| super::faults(line).map(|(word, _)| word).collect::<Vec<_>>();
        assert_eq!(found("Each **Face** leans on the core."), ["face", "leans on"]);
        assert_eq!(found("a surface, `every_face` and a bond's face value"), [""; 0]);
    }
}
