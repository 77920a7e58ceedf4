//! Standard output.

use std::io::{self, Write};

use crate::error::{Code, Error, Result};

/// Writes all of `bytes`. A reader that stops early, such as `head`, is not an error.
pub(super) fn write(bytes: &[u8]) -> Result<()> {
    done(write_to(&mut io::stdout().lock(), bytes))
}

/// Writes text, with its colours only on a terminal.
pub(super) fn write_coloured(text: &str) -> Result<()> {
    done(write_to(&mut anstream::stdout().lock(), text.as_bytes()))
}

fn write_to(target: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    target.write_all(bytes)?;
    target.flush()
}

fn done(written: io::Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::new(Code::FileUnwritable, format!("standard output cannot be written: {error}"))
                .caused_by(error))
        }
        _ => Ok(()),
    }
}

/// JSON with a line for each value, indented. Numbers and texts keep their bytes.
pub(super) fn indented(json: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(json.len() * 2);
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    let mut rest = json.iter().copied().peekable();
    let line = |text: &mut Vec<u8>, depth: usize| {
        text.push(b'\n');
        text.resize(text.len() + 2 * depth, b' ');
    };
    while let Some(byte) = rest.next() {
        if in_text {
            text.push(byte);
            in_text = escaped || byte != b'"';
            escaped = byte == b'\\' && !escaped;
            continue;
        }
        match byte {
            b' ' | b'\n' | b'\r' | b'\t' => {}
            b'{' | b'[' => {
                text.push(byte);
                while rest.next_if(u8::is_ascii_whitespace).is_some() {}
                match rest.next_if(|next| matches!(next, b'}' | b']')) {
                    Some(end) => text.push(end),
                    None => {
                        depth += 1;
                        line(&mut text, depth);
                    }
                }
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                line(&mut text, depth);
                text.push(byte);
            }
            b',' => {
                text.push(byte);
                line(&mut text, depth);
            }
            b':' => text.extend_from_slice(b": "),
            other => {
                in_text = other == b'"';
                text.push(other);
            }
        }
    }
    text
}

/// The width of the output: that of the terminal, or of `COLUMNS`, or 80.
pub(super) fn width() -> usize {
    terminal_size::terminal_size()
        .map(|(terminal_size::Width(width), _)| usize::from(width))
        .or_else(crate::config::columns)
        .unwrap_or(80)
        .clamp(40, 200)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indented_json_is_what_serde_json_would_write() {
        for text in [
            r#"{"a":[1,2.50,{"b":"x, {y}: \"z\"\\"}],"empty":[],"none":{},"n":null}"#,
            r#"[ [ ] , "\\" , { "a" : -1e-7 } ]"#,
            "7",
            r#""text""#,
        ] {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            let ours = indented(text.as_bytes());
            let again: serde_json::Value = serde_json::from_slice(&ours).unwrap();
            assert_eq!(again, value);
            // Apart from the digits, which it would change.
            let theirs = serde_json::to_string_pretty(&value).unwrap();
            assert_eq!(String::from_utf8(ours).unwrap().replace("2.50", "2.5"), theirs);
        }
    }
}
