//! The elements of a document, one on a line.

use wherewithal_base::{dates::Date, num::Decimal};

use crate::write::texts;

const HEADER: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n",
    "<?OFX OFXHEADER=\"200\" VERSION=\"220\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n"
);

/// A document so far.
pub(super) struct Elements {
    text: String,
    depth: usize,
}

impl Elements {
    pub(super) fn new() -> Self {
        Self { text: HEADER.to_owned(), depth: 0 }
    }

    pub(super) fn text(self) -> String {
        self.text
    }

    fn indent(&mut self) {
        (0..self.depth).for_each(|_| self.text.push_str("  "));
    }

    pub(super) fn open(&mut self, name: &str) {
        self.indent();
        self.text.push_str(&format!("<{name}>\n"));
        self.depth += 1;
    }

    pub(super) fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.indent();
        self.text.push_str(&format!("</{name}>\n"));
    }

    /// A value that has no character to escape.
    pub(super) fn value(&mut self, name: &str, value: &str) {
        self.indent();
        self.text.push_str(&format!("<{name}>{value}</{name}>\n"));
    }

    pub(super) fn amount(&mut self, name: &str, value: Decimal) {
        self.value(name, &value.to_string());
    }

    pub(super) fn date(&mut self, name: &str, value: Date) {
        self.value(name, &ofx_date(value));
    }

    /// A text of at most some characters. Whether it is written in full.
    pub(super) fn text_value(&mut self, name: &str, text: &str, most: usize) -> bool {
        let (line, is_whole) = texts::line(text);
        let (shown, is_uncut) = texts::cut(line.trim(), most);
        if shown.is_empty() {
            return text.is_empty();
        }
        self.value(name, &escaped(shown));
        is_whole && is_uncut
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A date of OFX: eight digits (3.2.8.2).
pub(super) fn ofx_date(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}
