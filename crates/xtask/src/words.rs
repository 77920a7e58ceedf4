//! Words that a reader from finance or software would not use, and what to write instead.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::process;

/// The arguments of git that list the files: pages, manifests and sources. Generated sources repeat the comments of others.
const LIST: [&str; 12] = [
    "ls-files",
    "--cached",
    "--others",
    "--exclude-standard",
    "*.md",
    "*.toml",
    "*.rs",
    ":(attr:!linguist-generated)*.py",
    ":(attr:!linguist-generated)*.pyi",
    ":(attr:!linguist-generated)*.ts",
    ":(attr:!linguist-generated)*.mjs",
    // This file has all of the words.
    ":!crates/xtask/src/words.rs",
];

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
    ("told apart", "distinguished"),
    ("held against", "compared with"),
    ("work out", "compute"),
    ("works out", "computes"),
    ("worked out", "computed"),
];

/// Phrases of finance that contain one of them.
const ALLOWED: &[&str] = &["face value", "face amount"];

/// Fails if a file has one of the words.
pub(crate) fn check(root: &Path) -> Result<()> {
    let listed = process::output(root, "git", &LIST)?;
    let files: Vec<&str> = listed.lines().filter(|file| root.join(file).exists()).collect();
    ensure!(!files.is_empty(), "git lists no files");
    let mut found = Vec::new();
    for file in &files {
        let text = fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {file}"))?;
        let shown = |(line, word, instead)| format!("{file}:{line}: \"{word}\": write {instead}");
        found.extend(faults(&text).into_iter().map(shown));
    }
    ensure!(found.is_empty(), "words that have a plainer one:\n  {}", found.join("\n  "));
    println!("{} files use plain words", files.len());
    Ok(())
}

/// The words of a text that are not to be used, each with its line and what to write instead.
///
/// Everything but letters and digits separates words, so a phrase is found across the lines of a comment as well.
fn faults(text: &str) -> Vec<(usize, &'static str, &'static str)> {
    let words_of = |(line, text): (usize, &str)| {
        // An identifier is one word, whatever it is made of.
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        words.map(|word| (line + 1, word.to_lowercase())).collect::<Vec<_>>()
    };
    let words: Vec<(usize, String)> = text.lines().enumerate().flat_map(words_of).collect();
    let starts_with = |at: usize, phrase: &str| {
        let rest = words.iter().skip(at).map(|(_, word)| word.as_str()).chain(std::iter::repeat(""));
        phrase.split(' ').zip(rest).all(|(wanted, word)| wanted == word)
    };
    let mut found = Vec::new();
    for (at, (line, _)) in words.iter().enumerate() {
        if !ALLOWED.iter().any(|phrase| starts_with(at, phrase)) {
            let here = INSTEAD.iter().filter(|(phrase, _)| starts_with(at, phrase));
            found.extend(here.map(|(phrase, instead)| (*line, *phrase, *instead)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    fn found(text: &str) -> Vec<(usize, &'static str)> {
        super::faults(text).into_iter().map(|(line, word, _)| (line, word)).collect()
    }

    #[test]
    fn words_are_found_whole_and_in_any_case() {
        assert_eq!(found("Each **Face** leans on the core."), [(1, "face"), (1, "leans on")]);
        assert_eq!(found("a surface, `every_face` and a bond's face value"), []);
    }

    #[test]
    fn a_phrase_is_found_across_lines() {
        assert_eq!(found("/// A rate that is worked\n/// out twice.\n"), [(1, "worked out")]);
        assert_eq!(found("\"an engine is \\\n    told the date\""), [(1, "is told")]);
    }
}
