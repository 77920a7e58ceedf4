//! The cells of a table as text, safe to open in a spreadsheet.

/// How a cell begins that a spreadsheet takes for a formula, or that is guarded already.
const GUARDED: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '\''];

/// A text that no spreadsheet takes for a formula: one that begins like a formula, or with an apostrophe, has one apostrophe
/// more. What is undone by [`plain`] is always the text itself.
pub(crate) fn guarded(text: &str) -> String {
    if text.is_empty() || text.starts_with(GUARDED) { format!("'{text}") } else { text.to_owned() }
}

/// A text without the apostrophe that guards it.
pub(crate) fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// Adds a row.
pub(crate) fn row<'c>(cells: impl IntoIterator<Item = &'c str>, text: &mut String) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        quoted(cell, text);
    }
    text.push_str("\r\n");
}

/// A cell, in quotes where it has what would end it (RFC 4180).
fn quoted(cell: &str, text: &mut String) {
    let ends = |c: char| matches!(c, ',' | '"' | '\r' | '\n');
    if !cell.contains(ends) && cell.trim() == cell {
        text.push_str(cell);
        return;
    }
    text.push('"');
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::csv::{Row, Rows};

    #[test]
    fn a_formula_is_a_text() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-", "'-"),
            ("+1 555 0100", "'+1 555 0100"),
            ("\tx", "'\tx"),
            ("'quoted'", "''quoted'"),
            ("", "'"),
            ("plain", "plain"),
        ] {
            assert_eq!(guarded(text), cell);
            assert_eq!(plain(cell), text);
        }
    }

    proptest! {
        #[test]
        fn every_cell_is_read_as_it_was(cells in prop::collection::vec("[\\PC\t\r\n\",;'=+@-]{0,12}", 1..6)) {
            let written: Vec<String> = cells.iter().map(|cell| guarded(cell)).collect();
            let mut text = String::new();
            row(written.iter().map(String::as_str), &mut text);
            let (mut rows, mut read) = (Rows::of(text.as_str(), b','), Row::default());
            prop_assert!(rows.read(&mut read).unwrap());
            let found: Vec<&str> = read.cells.iter().map(|cell| plain(cell)).collect();
            prop_assert_eq!(found, cells);
        }
    }
}
