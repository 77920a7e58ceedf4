//! Amounts of each year as stacked columns: above zero upwards, below zero downwards, with a line over them.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::frame::{Flag, Frame, Measures, NARROW, Tick, WIDE, Words, legend};
use crate::render::money;

/// The amounts of one thing, year by year.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    pub(crate) name: String,
    /// The class with its colour.
    pub(crate) class: &'static str,
    pub(crate) values: Vec<f64>,
}

/// A chart of stacked columns.
#[derive(Debug, Clone)]
pub(crate) struct Stack {
    pub(crate) currency: String,
    pub(crate) ticks: Vec<Tick>,
    pub(crate) series: Vec<Series>,
    pub(crate) line: Series,
}

/// The share of the width of a year that its column fills.
const FILLED: f64 = 0.82;

impl Stack {
    /// The chart with its legend.
    pub(crate) fn chart(&self, flags: &[Flag], words: Words<'_>) -> Markup {
        let entries = self.series.iter().chain([&self.line]);
        html! {
            (self.drawn(flags, words, &WIDE))
            (self.drawn(flags, words, &NARROW))
            (legend(entries.map(|series| (series.class, series.name.as_str()))))
        }
    }

    fn drawn(&self, flags: &[Flag], words: Words<'_>, measures: &Measures) -> Markup {
        let count = self.ticks.len().max(1) as f64;
        let middle = |index: usize| (index as f64 + 0.5) / count;
        let of_year = |year: u32| self.ticks.iter().position(|tick| tick.year == year).map(middle);
        let (low, high) = self.range();
        let frame = Frame::new(measures, (low, high), &self.currency, flags, of_year);
        let line: Vec<String> = (0..self.ticks.len())
            .map(|index| format!("{:.1},{:.1}", frame.x(middle(index)), frame.y(at(&self.line, index))))
            .collect();
        let content = html! {
            (frame.grid())
            @for (series, column) in self.series.iter().zip(self.columns(&frame)) { path class=(series.class) d=(column) {} }
            (frame.moments())
            polyline class=(self.line.class) points=(line.join(" ")) {}
            (frame.years(&self.ticks, middle))
            @for index in 0..self.ticks.len() {
                rect class="hit" x=(format!("{:.1}", frame.x(index as f64 / count))) y=(format!("{:.1}", frame.top()))
                    width=(format!("{:.1}", frame.x(1.0 / count) - frame.x(0.0)))
                    height=(format!("{:.1}", frame.y(low) - frame.top())) { title { (self.said(index)) } }
            }
        };
        frame.drawn(words, &content)
    }

    /// The columns of each series as one outline.
    fn columns(&self, frame: &Frame<'_>) -> Vec<String> {
        let width = (frame.x(1.0) - frame.x(0.0)) / self.ticks.len().max(1) as f64;
        let mut ends = vec![(0.0, 0.0); self.ticks.len()];
        self.series
            .iter()
            .map(|series| {
                let mut outline = String::new();
                for (index, (up, down)) in ends.iter_mut().enumerate() {
                    let value = at(series, index);
                    let end = if value < 0.0 { &mut *down } else { &mut *up };
                    let (from, to) = (frame.y(*end), frame.y(*end + value));
                    *end += value;
                    if (from - to).abs() >= 0.05 {
                        let left = frame.x(0.0) + width * (index as f64 + (1.0 - FILLED) / 2.0);
                        let _ =
                            write!(outline, "M{left:.1} {from:.1}h{:.1}V{to:.1}H{left:.1}z", width * FILLED);
                    }
                }
                outline
            })
            .collect()
    }

    /// The lowest and the highest end of a column or of the line.
    fn range(&self) -> (f64, f64) {
        let (mut low, mut high) = (0.0, 0.0);
        for index in 0..self.ticks.len() {
            let values = || self.series.iter().map(|series| at(series, index));
            let up: f64 = values().filter(|value| *value > 0.0).sum();
            let down: f64 = values().filter(|value| *value < 0.0).sum();
            low = f64::min(low, down.min(at(&self.line, index)));
            high = f64::max(high, up.max(at(&self.line, index)));
        }
        let span = high - low;
        if !span.is_finite() || span <= 0.0 {
            return (0.0, 1.0);
        }
        (if low < 0.0 { low - span * 0.02 } else { 0.0 }, high + span * 0.02)
    }

    /// A year in words, for those who point at it.
    fn said(&self, index: usize) -> String {
        let mut text = self.ticks.get(index).map_or(String::new(), |tick| tick.year.to_string());
        for series in self.series.iter().chain([&self.line]) {
            let value = at(series, index);
            if value != 0.0 {
                let _ = write!(text, "\n{}: {}", series.name, money::rounded(value, &self.currency));
            }
        }
        text
    }
}

fn at(series: &Series, index: usize) -> f64 {
    series.values.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: Words<'static> = Words { id: "worth", title: "Net worth", description: "It grows" };

    fn sample(years: usize) -> Stack {
        let ticks = (0..years).map(|year| Tick { year: 2026 + year as u32, age: None }).collect();
        let series = |name: &str, class, values: &dyn Fn(usize) -> f64| Series {
            name: name.to_owned(),
            class,
            values: (0..years).map(values).collect(),
        };
        Stack {
            currency: "USD".to_owned(),
            ticks,
            series: vec![
                series("Accounts", "accounts", &|year| 1000.0 * year as f64),
                series("Debts <all>", "debts", &|year| -500.0 + 10.0 * year as f64),
            ],
            line: series("Net worth", "line worth", &|year| 1010.0 * year as f64 - 500.0),
        }
    }

    #[test]
    fn every_column_and_the_line_lie_inside_the_chart() {
        for years in [0, 1, 40, 100] {
            let chart = sample(years).chart(&[], WORDS).into_string();
            assert!(!chart.contains("NaN") && !chart.contains("inf"), "{chart}");
            assert!(!chart.contains("<all>"), "names are escaped");
            let drawn = sample(years).drawn(&[], WORDS, &WIDE).into_string();
            for list in drawn.split("points=\"").skip(1) {
                for point in
                    list.split('"').next().expect("a list").split(' ').filter(|text| !text.is_empty())
                {
                    let (x, y) = point.split_once(',').expect("a point");
                    let (x, y): (f64, f64) = (x.parse().expect("x"), y.parse().expect("y"));
                    assert!((0.0..=WIDE.width).contains(&x) && (0.0..=WIDE.height).contains(&y), "{point}");
                }
            }
            assert_eq!(drawn.matches("class=\"hit\"").count(), years);
        }
    }

    #[test]
    fn what_is_below_zero_widens_the_range() {
        let (low, high) = sample(40).range();
        assert!(low < -500.0 && low > -2000.0 && high > 39_000.0, "{low} {high}");
    }
}
