//! Tables, for the terminal and for HTML.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle};
use maud::{Markup, html};

use super::text::printable;

/// A column: its heading and alignment.
pub(crate) struct Column(pub(crate) &'static str, pub(crate) Align);

/// The alignment of a column.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Align {
    /// Text.
    Left,
    /// A word that must not be broken, such as a date or a name to copy.
    Word,
    /// Numbers.
    Right,
    /// A share from 0 to 1, shown as a bar.
    Bar,
}

/// A cell.
pub(crate) enum Value {
    /// Text or a formatted number.
    Text(String),
    /// A share from 0 to 1.
    Share(f64),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A table. Rows can be totals.
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

/// A row.
pub(crate) struct Row {
    pub(crate) values: Vec<Value>,
    pub(crate) total: bool,
}

/// A single line, below the heading.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));

/// The width of a full bar in a terminal.
const BAR: usize = 24;

impl Table {
    /// For a terminal: at most `width` columns wide, longer text wrapped; ends with a line break.
    pub(crate) fn terminal(&self, width: usize) -> String {
        let cell = |value: &Value, align: Align| {
            let text = match value {
                Value::Text(text) => printable(text),
                Value::Share(share) => bar(*share),
            };
            Cell::new(text).set_alignment(match align {
                Align::Left | Align::Word | Align::Bar => CellAlignment::Left,
                Align::Right => CellAlignment::Right,
            })
        };
        let mut table = comfy_table::Table::new();
        table
            .load_style(STYLE)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(width).unwrap_or(u16::MAX))
            .set_header(self.columns.iter().map(|Column(heading, align)| cell(&(*heading).into(), *align)));
        for row in &self.rows {
            let cells = row.values.iter().zip(&self.columns);
            table.add_row(cells.map(|(value, Column(_, align))| cell(value, *align)));
        }
        for (column, Column(_, align)) in table.column_iter_mut().zip(&self.columns) {
            if *align == Align::Word {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
    }

    /// For a page; wide tables scroll within their own frame.
    pub(crate) fn html(&self) -> Markup {
        let class = |align: Align| match align {
            Align::Left => "",
            Align::Word => "word",
            Align::Right => "number",
            Align::Bar => "bars",
        };
        html! {
            div class="scroll" tabindex="0" {
                table {
                    thead {
                        tr {
                            @for Column(heading, align) in &self.columns { th scope="col" class=(class(*align)) { (heading) } }
                        }
                    }
                    tbody {
                        @for row in &self.rows {
                            tr class=[row.total.then_some("total")] {
                                @for (value, Column(_, align)) in row.values.iter().zip(&self.columns) {
                                    td class=(class(*align)) {
                                        @match value {
                                            Value::Text(text) => { (text) },
                                            Value::Share(share) => {
                                                svg class="bar" aria-hidden="true" {
                                                    rect width={ (format!("{:.1}", share.clamp(0.0, 1.0) * 100.0)) "%" } height="100%" rx="2" {}
                                                }
                                            },
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A bar with a resolution of an eighth of a character.
fn bar(share: f64) -> String {
    let eighths = (share.clamp(0.0, 1.0) * (BAR * 8) as f64).round() as usize;
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"].get(eighths % 8).copied().unwrap_or_default();
    format!("{}{rest}", "█".repeat(eighths / 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Table {
        Table {
            columns: vec![
                Column("What", Align::Left),
                Column("Amount", Align::Right),
                Column("", Align::Bar),
            ],
            rows: vec![
                Row { values: vec!["House <b>".into(), "$650,000".into(), Value::Share(0.5)], total: false },
                Row { values: vec!["All\u{1b}[31m".into(), "$1".into(), Value::Share(7.0)], total: true },
            ],
        }
    }

    #[test]
    fn a_terminal_is_sent_no_control_characters_and_no_line_too_wide() {
        for width in [40, 60, 80] {
            let text = sample().terminal(width);
            assert!(!text.contains('\u{1b}'), "{text}");
            for line in text.lines() {
                assert!(line.chars().count() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn bars_are_cut_at_their_ends() {
        assert_eq!(bar(0.0), "");
        assert_eq!(bar(0.5), "█".repeat(12));
        assert_eq!(bar(1.0 / 192.0), "▏");
        assert_eq!(bar(9.0), "█".repeat(24));
        assert_eq!(bar(f64::NAN), "");
    }

    #[test]
    fn html_is_escaped() {
        let page = sample().html().into_string();
        assert!(page.contains("House &lt;b&gt;") && page.contains("class=\"total\""), "{page}");
        assert!(page.contains("width=\"100.0%\""), "{page}");
    }
}
