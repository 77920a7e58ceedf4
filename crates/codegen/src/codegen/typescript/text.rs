//! Pieces of TypeScript: documentation comments and literals.

use serde_json::Value;

/// The width of a line.
const WIDTH: usize = 110;

/// A documentation comment of the non-empty paragraphs, at an indentation.
pub(super) fn comment(indent: &str, paragraphs: &[String]) -> String {
    let text: Vec<&str> = paragraphs.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    if text.is_empty() {
        return String::new();
    }
    let text = escaped(&text.join("\n\n"));
    let single = format!("{indent}/** {text} */\n");
    if !text.contains('\n') && !text.starts_with('@') && single.chars().count() <= WIDTH {
        return single;
    }
    let mut comment = format!("{indent}/**\n");
    let mut code = false;
    for line in text.lines() {
        let fence = line.starts_with("```");
        let lines =
            if code || fence { vec![line.to_owned()] } else { wrapped(line, WIDTH - indent.len() - 3) };
        code ^= fence;
        for line in lines {
            comment.push_str(format!("{indent} * {line}").trim_end());
            comment.push('\n');
        }
    }
    comment.push_str(indent);
    comment.push_str(" */\n");
    comment
}

/// Text that cannot end its comment, with links to Rust items reduced to their names.
pub(super) fn escaped(text: &str) -> String {
    without_rust_links(text).replace("*/", "*\\/")
}

/// `` [`xirr`] `` and `` [`run`](super::run()) `` as `` `xirr` `` and `` `run` ``; links to pages are unchanged.
fn without_rust_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, after)) = link.split_once("`]") else { break };
        let target = after.strip_prefix('(').and_then(|target| target.split_once(')'));
        match target {
            Some((address, _)) if address.starts_with("http") => {
                plain.push_str(&format!("{before}[`{name}`]"));
                rest = after;
                continue;
            }
            // With a function's parentheses in the address, the link ends one parenthesis later.
            Some((address, behind)) if address.ends_with('(') => {
                rest = behind.strip_prefix(')').unwrap_or(behind)
            }
            Some((_, behind)) => rest = behind,
            None => rest = after,
        }
        plain.push_str(&format!("{before}`{name}`"));
    }
    plain + rest
}

/// A line wrapped at spaces; lines after the first of a list item are indented.
fn wrapped(line: &str, width: usize) -> Vec<String> {
    let indent = if line.starts_with("- ") { "  " } else { "" };
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split(' ') {
        let empty = current.trim().is_empty();
        if !empty && current.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut current, indent.to_owned()));
            current.push_str(word);
        } else {
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
    }
    lines.push(current);
    lines
}

/// A JSON value as a literal that starts after `used` characters of a line at an indentation.
pub(super) fn literal(value: &Value, indent: usize, used: usize) -> String {
    let short = compact(value);
    if indent + used + short.chars().count() <= WIDTH {
        return short;
    }
    let inner = " ".repeat(indent + 2);
    let end = " ".repeat(indent);
    match value {
        Value::Array(items) if items.iter().all(|item| !item.is_array() && !item.is_object()) => {
            let items: Vec<String> = items.iter().map(compact).collect();
            let lines = wrapped(&items.join(", "), WIDTH - indent - 4);
            format!("[\n{inner}{},\n{end}]", lines.join(&format!("\n{inner}")))
        }
        Value::Array(items) => {
            let lines: Vec<String> =
                items.iter().map(|item| format!("{inner}{},\n", literal(item, indent + 2, 1))).collect();
            format!("[\n{}{end}]", lines.concat())
        }
        Value::Object(fields) => {
            let lines: Vec<String> = fields
                .iter()
                .map(|(name, field)| {
                    let key = key(name);
                    let field = literal(field, indent + 2, key.len() + 3);
                    format!("{inner}{key}: {field},\n")
                })
                .collect();
            format!("{{\n{}{end}}}", lines.concat())
        }
        _ => short,
    }
}

fn compact(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(compact).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(name, field)| format!("{}: {}", key(name), compact(field))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        other => other.to_string(),
    }
}

/// The name of a property, quoted if necessary.
pub(super) fn key(name: &str) -> String {
    let plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|other| other.is_ascii_alphanumeric() || other == '_');
    if plain { name.to_owned() } else { Value::from(name).to_string() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_comment_cannot_be_ended_by_its_text() {
        assert_eq!(comment("", &["a */ b".to_owned()]), "/** a *\\/ b */\n");
    }

    #[test]
    fn links_to_rust_items_become_names_and_links_to_pages_stay() {
        for (text, plain) in [
            ("see [`xirr`] and [`irr`](super::irr)", "see `xirr` and `irr`"),
            ("the answer of [`run`](super::run()).", "the answer of `run`."),
            ("[`here`](https://example.org), [note]", "[`here`](https://example.org), [note]"),
        ] {
            assert_eq!(escaped(text), plain);
        }
    }

    #[test]
    fn long_lines_are_cut_and_code_is_not() {
        let long = "word ".repeat(40);
        let text = comment("  ", &[format!("- {long}"), format!("```ts\n{long}\n```")]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].starts_with("   * - word"));
        assert!(lines[2].starts_with("   *   word"));
        assert!(lines.iter().any(|line| line.len() > 150));
        assert!(lines[..3].iter().all(|line| line.len() <= WIDTH));
    }

    #[test]
    fn literals_read_as_the_value_they_are_of() {
        let value = json!({"plain": [1, -2.5, 1e300], "not-plain": {"a": null, "b": true}, "empty": {}});
        assert_eq!(
            literal(&value, 0, 0),
            r#"{ plain: [1, -2.5, 1e+300], "not-plain": { a: null, b: true }, empty: {} }"#
        );
        let long = json!({"numbers": vec![123_456; 20], "rows": [{"name": "x".repeat(120)}]});
        let text = literal(&long, 2, 0);
        assert!(text.starts_with("{\n    numbers: [\n      123456, 123456,"), "{text}");
        assert!(text.ends_with(",\n      },\n    ],\n  }"), "{text}");
    }
}
