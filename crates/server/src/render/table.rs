//! Tables, for the terminal and for HTML.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle};
use maud::{Markup, html};
use unicode_width::UnicodeWidthStr;

use super::text::printable;

/// A column: its heading and alignment.
pub(crate) struct Column(pub(crate) String, pub(crate) Align);

impl Column {
    pub(crate) fn new(heading: &str, align: Align) -> Self {
        Self(heading.to_owned(), align)
    }
}

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

/// A table. Rows can be totals; the first cell of a row names it.
pub(crate) struct Table {
    /// What the table shows, in a few words.
    pub(crate) caption: String,
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

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self { values, total: false }
    }

    pub(crate) fn total(values: Vec<Value>) -> Self {
        Self { values, total: true }
    }
}

/// The width of a full bar in a terminal.
const BAR: usize = 24;

impl Table {
    /// For a terminal: at most `width` columns wide; ends with a line break. Longer text is wrapped, numbers never are: a
    /// table with more of them than fit becomes several, each with the columns that name its rows.
    pub(crate) fn terminal(&self, width: usize) -> String {
        let parts = self.parts(width);
        let parts: Vec<String> = parts.iter().map(|columns| self.part(columns, width)).collect();
        parts.join("\n")
    }

    /// The columns of each table that fits.
    #[expect(clippy::indexing_slicing, reason = "the indices are those of the columns")]
    fn parts(&self, width: usize) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        if self.natural_width(&all) <= width {
            return vec![all];
        }
        let align = |index: &usize| self.columns[*index].1;
        let (texts, plain): (Vec<usize>, Vec<usize>) = all
            .into_iter()
            .filter(|index| align(index) != Align::Bar)
            .partition(|index| align(index) == Align::Left);
        let tight =
            |columns: &[usize]| columns.iter().map(|index| self.tight_width(*index) + 2).sum::<usize>();
        if !texts.is_empty() || tight(&plain) <= width {
            let mut columns = [texts, plain].concat();
            columns.sort_unstable();
            return vec![columns];
        }
        let names: Vec<usize> =
            plain.iter().copied().take_while(|index| align(index) == Align::Word).collect();
        let mut parts = vec![names.clone()];
        for column in plain.into_iter().skip(names.len()) {
            match parts.last_mut() {
                Some(part)
                    if part.len() == names.len() || tight(part) + self.tight_width(column) + 2 <= width =>
                {
                    part.push(column);
                }
                _ => parts.push([names.clone(), vec![column]].concat()),
            }
        }
        parts
    }

    fn natural_width(&self, columns: &[usize]) -> usize {
        columns.iter().map(|index| self.cells_width(*index).max(self.heading(*index).width()) + 2).sum()
    }

    /// The width of a column whose heading is broken at every space.
    fn tight_width(&self, column: usize) -> usize {
        let longest = self.heading(column).split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
        self.cells_width(column).max(longest)
    }

    fn cells_width(&self, column: usize) -> usize {
        let width = |row: &Row| match row.values.get(column) {
            Some(Value::Text(text)) => printable(text).width(),
            Some(Value::Share(_)) => BAR,
            None => 0,
        };
        self.rows.iter().map(width).max().unwrap_or(0)
    }

    #[expect(clippy::indexing_slicing, reason = "the index is one of the columns")]
    fn heading(&self, column: usize) -> String {
        printable(&self.columns[column].0)
    }

    /// A table of some of the columns.
    #[expect(clippy::indexing_slicing, reason = "the indices are those of the columns")]
    fn part(&self, columns: &[usize], width: usize) -> String {
        let is_tight = self.natural_width(columns) > width;
        let cell = |text: String, align: Align| {
            Cell::new(text).set_alignment(match align {
                Align::Left | Align::Word | Align::Bar => CellAlignment::Left,
                Align::Right => CellAlignment::Right,
            })
        };
        let heading = |index: &usize| {
            let (heading, align) = (self.heading(*index), self.columns[*index].1);
            let is_broken = is_tight && align == Align::Right && heading.width() > self.tight_width(*index);
            cell(if is_broken { heading.replace(' ', "\n") } else { heading }, align)
        };
        let mut table = comfy_table::Table::new();
        table
            .load_style(STYLE)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(width).unwrap_or(u16::MAX))
            .set_header(columns.iter().map(heading));
        for row in &self.rows {
            table.add_row(columns.iter().map(|index| {
                let text = match row.values.get(*index) {
                    Some(Value::Text(text)) => printable(text),
                    Some(Value::Share(share)) => bar(*share),
                    None => String::new(),
                };
                cell(text, self.columns[*index].1)
            }));
        }
        for (column, index) in table.column_iter_mut().zip(columns) {
            if matches!(self.columns[*index].1, Align::Word | Align::Right) {
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
            div class="scroll" role="region" aria-label=(self.caption) tabindex="0" {
                table {
                    caption { span { (self.caption) } }
                    thead {
                        tr {
                            @for Column(heading, align) in &self.columns {
                                // Bars repeat what a column beside them says.
                                @if *align == Align::Bar { td class="bars" {} }
                                @else { th scope="col" class=(class(*align)) { (heading) } }
                            }
                        }
                    }
                    tbody {
                        @for row in &self.rows {
                            tr class=[row.total.then_some("total")] {
                                @for (place, (value, Column(_, align))) in row.values.iter().zip(&self.columns).enumerate() {
                                    @if place == 0 {
                                        th scope="row" class=(class(*align)) { (shown(value)) }
                                    } @else {
                                        td class=(class(*align)) { (shown(value)) }
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

/// The content of a cell of a page.
fn shown(value: &Value) -> Markup {
    html! {
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
            caption: "What there is".to_owned(),
            columns: vec![
                Column::new("What", Align::Left),
                Column::new("Amount", Align::Right),
                Column::new("", Align::Bar),
            ],
            rows: vec![
                Row::new(vec!["House <b>".into(), "$650,000".into(), Value::Share(0.5)]),
                Row::total(vec!["All\u{1b}[31m".into(), "$1".into(), Value::Share(7.0)]),
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
    fn numbers_that_do_not_fit_beside_each_other_stand_in_several_tables() {
        let mut columns = vec![Column::new("Year", Align::Word)];
        columns.extend((0..12).map(|index| Column::new(&format!("Social Security {index}"), Align::Right)));
        let rows = (2026..2030).map(|year| {
            let mut values = vec![Value::from(year.to_string())];
            values.extend((0..12).map(|index| Value::from(format!("$12{index}.{index}k"))));
            Row::new(values)
        });
        let table = Table { caption: String::new(), columns, rows: rows.collect() };
        for width in [40, 60, 80] {
            let text = table.terminal(width);
            for line in text.lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
            for index in 0..12 {
                assert_eq!(text.matches(&format!("$12{index}.{index}k")).count(), 4, "{width}: {text}");
            }
            assert!(text.matches("2027").count() > 1 && text.contains("Security"), "{text}");
        }
        assert_eq!(table.terminal(300).matches("2027").count(), 1);
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
        assert!(
            page.contains("width=\"100.0%\"")
                && page.contains("<caption><span>What there is</span></caption>"),
            "{page}"
        );
        assert!(page.contains("<th scope=\"row\" class=\"\">House"), "{page}");
    }
}
