//! Pieces of Python source, formatted like the output of Python's formatter.

use serde_json::Value;

/// The longest line that the formatter does not break.
const WIDTH: usize = 110;
/// The longest line of documentation.
const DOC_WIDTH: usize = 100;

/// A string literal.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// A literal of a JSON value, with strings and keys unchanged.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let pairs = fields.iter().map(|(key, value)| format!("{}: {}", quoted(key), literal(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Items between `open` and `close`: on one line if they fit, else one per line.
///
/// `indent` is that of the first line of the list, `before` the length of the text before the list on it.
pub(super) fn list(
    items: impl IntoIterator<Item = String>,
    open: &str,
    close: &str,
    indent: usize,
    before: usize,
) -> String {
    let items: Vec<String> = items.into_iter().collect();
    let line = format!("{open}{}{close}", items.join(", "));
    if indent + before + line.len() <= WIDTH && !line.contains('\n') {
        return line;
    }
    exploded(&items, open, close, indent)
}

/// A tuple, formatted like [`list()`]; a tuple of one item keeps its comma.
pub(super) fn tuple(items: impl IntoIterator<Item = String>, indent: usize, before: usize) -> String {
    let items: Vec<String> = items.into_iter().collect();
    let close = if items.len() == 1 { ",)" } else { ")" };
    let text = list(items.clone(), "(", close, indent, before);
    // On lines of their own all items have a comma already.
    if text.contains('\n') { exploded(&items, "(", ")", indent) } else { text }
}

/// Items between `open` and `close`, one per line.
pub(super) fn exploded(items: &[String], open: &str, close: &str, indent: usize) -> String {
    let inner = " ".repeat(indent + 4);
    let lines: Vec<String> =
        items.iter().map(|item| format!("{inner}{},\n", laid_out(item, indent + 4))).collect();
    format!("{open}\n{}{}{close}", lines.concat(), " ".repeat(indent))
}

/// An expression before a comma, broken at its last brackets if it is too long for its line.
fn laid_out(expression: &str, indent: usize) -> String {
    let brackets = outer_brackets(expression).filter(|(open, _)| *open + 1 < expression.len());
    match brackets {
        Some((open, items)) if indent + expression.len() + 1 > WIDTH && !expression.contains('\n') => {
            let (head, tail) = (&expression[..=open], &expression[expression.len() - 1..]);
            exploded(&items, head, tail, indent)
        }
        _ => expression.to_owned(),
    }
}

/// The position of the bracket that encloses the end of an expression, and the items between its commas.
fn outer_brackets(expression: &str) -> Option<(usize, Vec<String>)> {
    let (mut depth, mut quoted, mut start) = (0, false, None);
    let mut items = vec![String::new()];
    let mut escaped = false;
    for (position, character) in expression.char_indices() {
        let in_text = quoted;
        quoted ^= character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        if !in_text && matches!(character, '(' | '[' | '{') {
            depth += 1;
            if depth == 1 {
                start = Some(position);
                items = vec![String::new()];
                continue;
            }
        } else if !in_text && matches!(character, ')' | ']' | '}') {
            depth -= 1;
            if depth == 0 {
                continue;
            }
        }
        if depth == 1 && !in_text && character == ',' {
            items.push(String::new());
        } else if let Some(item) = items.last_mut().filter(|_| depth > 0) {
            item.push(character);
        }
    }
    let items = items.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect();
    start.filter(|_| expression.ends_with([')', ']', '}'])).map(|start| (start, items))
}

/// A documentation string at an indent, with the line break after it.
pub(super) fn docstring(text: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let prefix = if text.contains('\\') { "r" } else { "" };
    let text = text.trim().replace("\"\"\"", "'''");
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let mut written = format!("{margin}{prefix}\"\"\"{first}");
    for line in lines {
        written.push('\n');
        if !line.trim().is_empty() {
            written.push_str(&margin);
            written.push_str(line.trim_end());
        }
    }
    if written.contains('\n') {
        written.push('\n');
        written.push_str(&margin);
    }
    // A quote before the closing ones would end the string too early.
    if written.ends_with('"') && !written.ends_with("\"\"\"") {
        written.push(' ');
    }
    written + "\"\"\"\n"
}

/// Markdown with paragraphs and list items wrapped; tables and code are unchanged.
pub(super) fn wrapped(text: &str, indent: usize) -> String {
    let mut wrapping = Wrapping { lines: vec![], open: None, indent };
    let mut in_code = false;
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```");
        if fence || in_code {
            wrapping.put(line);
            in_code ^= fence;
        } else if let Some(item) = list_item(line) {
            wrapping.close();
            wrapping.open = Some(item);
        } else if line.trim().is_empty() || line.starts_with(['|', '>', '#']) {
            wrapping.put(line);
        } else {
            wrapping.take(line);
        }
    }
    wrapping.close();
    wrapping.lines.join("\n")
}

/// Whether text contains a list or a table, in which line breaks matter.
pub(super) fn has_blocks(text: &str) -> bool {
    text.lines().any(|line| line.starts_with('|') || list_item(line).is_some())
}

/// A paragraph: the prefix of its first line, the indentation of its other lines, and its words.
struct Paragraph<'a> {
    before: &'a str,
    margin: usize,
    words: Vec<&'a str>,
}

/// The list item that starts on a line: `- text`, `* text`, `12. text`.
fn list_item(line: &str) -> Option<Paragraph<'_>> {
    let text = line.trim_start();
    let digits = text.len() - text.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let (marker, rest) = text.split_once(' ')?;
    let is_marker = matches!(marker, "-" | "*" | "+")
        || (1..=3).contains(&digits) && marker.len() == digits + 1 && marker.ends_with(['.', ')']);
    if !is_marker {
        return None;
    }
    let margin = line.len() - rest.len();
    Some(Paragraph { before: line.get(..margin)?, margin, words: rest.split_whitespace().collect() })
}

struct Wrapping<'a> {
    lines: Vec<String>,
    open: Option<Paragraph<'a>>,
    indent: usize,
}

impl<'a> Wrapping<'a> {
    /// Adds a line unchanged.
    fn put(&mut self, line: &str) {
        self.close();
        self.lines.push(line.to_owned());
    }

    /// Adds a line to the current paragraph, or starts one.
    fn take(&mut self, line: &'a str) {
        let margin = line.len() - line.trim_start().len();
        let before = line.get(..margin).unwrap_or_default();
        let paragraph = self.open.get_or_insert(Paragraph { before, margin, words: vec![] });
        paragraph.words.extend(line.split_whitespace());
    }

    /// Ends the current paragraph.
    fn close(&mut self) {
        let Some(Paragraph { before, margin, words }) = self.open.take() else { return };
        let mut line = before.to_owned();
        let mut is_new = true;
        for word in words {
            if !is_new && self.indent + line.len() + 1 + word.len() > DOC_WIDTH {
                self.lines.push(std::mem::replace(&mut line, " ".repeat(margin)));
                is_new = true;
            }
            if !is_new {
                line.push(' ');
            }
            line.push_str(word);
            is_new = false;
        }
        self.lines.push(line);
    }
}

/// `text` with each line indented but the first and empty ones.
pub(super) fn indented(text: &str, by: usize) -> String {
    let margin = " ".repeat(by);
    let lines = text.lines().enumerate().map(|(index, line)| {
        if index == 0 || line.is_empty() { line.to_owned() } else { format!("{margin}{line}") }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The import lines for the names that `body` uses, one module per line.
pub(super) fn imports(body: &str, modules: &[(&str, &[&str])]) -> String {
    let mut text = String::new();
    for (module, names) in modules {
        let used: Vec<&str> = names.iter().copied().filter(|name| mentions(body, name)).collect();
        if names.is_empty() && mentions(body, module) {
            text.push_str(&format!("import {module}\n"));
        } else if !used.is_empty() {
            text.push_str(&format!("from {module} import {}\n", used.join(", ")));
        }
    }
    text
}

/// Whether `body` contains `name` as a whole word.
fn mentions(body: &str, name: &str) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    body.match_indices(name).any(|(at, _)| {
        let before = body.get(..at).and_then(|text| text.chars().next_back());
        let after = body.get(at + name.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(|character| is_word(character) || character == '.') && !after.is_some_and(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_breaks_when_it_does_not_fit() {
        let short = || ["1".to_owned(), "2".to_owned()];
        assert_eq!(list(short(), "[", "]", 0, 0), "[1, 2]");
        assert_eq!(tuple(["1".to_owned()], 0, 0), "(1,)");
        assert_eq!(tuple(short(), 0, 0), "(1, 2)");
        assert_eq!(tuple(["1".to_owned()], 4, 105), "(\n        1,\n    )");
        assert_eq!(list(short(), "(", ")", 4, 105), "(\n        1,\n        2,\n    )");
    }

    #[test]
    fn documentation_is_quoted_and_wrapped() {
        assert_eq!(docstring("One line.", 4), "    \"\"\"One line.\"\"\"\n");
        assert_eq!(docstring("One.\n\nTwo.", 4), "    \"\"\"One.\n\n    Two.\n    \"\"\"\n");
        assert_eq!(docstring("Says \"yes\"", 0), "\"\"\"Says \"yes\" \"\"\"\n");
        let long = "word ".repeat(30);
        assert!(wrapped(&long, 4).lines().all(|line| line.len() <= 96));
        assert_eq!(wrapped("a\nb\n\n| x |\n| y |", 0), "a b\n\n| x |\n| y |");
        assert_eq!(wrapped("a\n```json\n  {}\n\n  []\n```\nb", 0), "a\n```json\n  {}\n\n  []\n```\nb");
    }

    #[test]
    fn lists_keep_their_items() {
        let list = "In turn:\n\n1. Accounts\n   open.\n2. Incomes\ncome in.\n\n   More of it.\n10. The last.\n- a\n* b";
        let kept =
            "In turn:\n\n1. Accounts open.\n2. Incomes come in.\n\n   More of it.\n10. The last.\n- a\n* b";
        assert_eq!(wrapped(list, 0), kept);
        let long = format!("- {}", "word ".repeat(30));
        let lines = wrapped(&long, 0);
        assert!(lines.lines().count() == 2 && lines.lines().all(|line| line.len() <= 100));
        assert!(lines.lines().nth(1).is_some_and(|line| line.starts_with("  word")));
        assert!(has_blocks(list) && !has_blocks("In 1998. Then - or not - 2. more."));
    }

    #[test]
    fn only_the_imports_that_are_used_are_written() {
        let modules: &[(&str, &[&str])] = &[("datetime", &[]), ("typing", &["Any", "Literal"])];
        assert_eq!(imports("x: datetime.date\ny: Any", modules), "import datetime\nfrom typing import Any\n");
        assert_eq!(imports("x: Anything", modules), "");
    }
}
