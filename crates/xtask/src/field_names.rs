//! Names of fields in the messages of the engines stand in backticks, so that a binding can respell them.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::process;

/// The arguments of git that list the sources of the engines.
const LIST: [&str; 5] = ["ls-files", "--cached", "--others", "--exclude-standard", "crates/engines/*.rs"];

/// Fails if a text names a field outside backticks.
pub(crate) fn check(root: &Path) -> Result<()> {
    let listed = process::output(root, "git", &LIST)?;
    let files: Vec<&str> =
        listed.lines().filter(|file| !file.contains("/tests") && root.join(file).exists()).collect();
    ensure!(!files.is_empty(), "git lists no engines");
    let mut found = Vec::new();
    for file in &files {
        let source = fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {file}"))?;
        found.extend(faults(&source).into_iter().map(|(line, name)| format!("{file}:{line}: {name}")));
    }
    ensure!(found.is_empty(), "names of fields that need backticks:\n  {}", found.join("\n  "));
    println!("{} sources name fields in backticks", files.len());
    Ok(())
}

/// The names outside backticks in the sentences of a source, each with the line of its sentence.
fn faults(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, text) in texts(source) {
        // A text of one word is a name of its own, such as the path of an error.
        if text.contains(' ') {
            let outside = text.split('`').step_by(2);
            let words =
                outside.flat_map(|part| part.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '"'));
            found.extend(words.filter(|word| is_camel_case(word)).map(|word| (line, word.to_owned())));
        }
    }
    found
}

/// Whether this is a name of several words in camelCase. One in quotes is an example of a value.
fn is_camel_case(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
        && word.contains(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric())
}

/// The texts in the code of a source, without placeholders, each with the line where it starts. Comments, and the tests
/// at the end, are left out.
fn texts(source: &str) -> Vec<(usize, String)> {
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut texts = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (number, line) in code.lines().enumerate() {
        if open.is_none() && line.trim_start().starts_with("//") {
            continue;
        }
        let mut characters = line.trim_start().chars();
        while let Some(character) = characters.next() {
            match (&mut open, character) {
                (None, '"') => open = Some((number + 1, String::new())),
                // A character such as '"' opens no text.
                (None, '\'') if characters.as_str().starts_with("\"'") => {
                    characters = characters.as_str()[2..].chars()
                }
                (None, _) => {}
                (Some(_), '"') => texts.extend(open.take()),
                (Some((_, text)), '\\') => text.extend(characters.next().filter(|next| *next == '"')),
                (Some(_), '{') => {
                    let rest = characters.as_str();
                    characters = rest[rest.find('}').map_or(rest.len(), |end| end + 1)..].chars();
                }
                (Some((_, text)), other) => text.push(other),
            }
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::faults;

    #[test]
    fn a_name_outside_backticks_is_found() {
        let source = "let text = \"give either \\\n    `years` or horizonAge ({planToAge})\";\n";
        assert_eq!(faults(source), [(1, "horizonAge".to_owned())]);
    }

    #[test]
    fn names_in_backticks_paths_quotes_and_comments_are_not() {
        let source = "// horizonAge is the age\nat(\"horizonAge\"); error(\"give `horizonAge`, or \\\"planToAge\\\"\"); '\"'\n\
            #[cfg(test)]\nmod tests { \"a horizonAge\" }";
        assert_eq!(faults(source), []);
    }
}
