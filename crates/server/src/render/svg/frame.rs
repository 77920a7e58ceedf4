//! What charts over the years of a plan have in common: the size, the axes and the moments that are marked.

use maud::{Markup, html};

use crate::render::{money, scale};

/// The size of a chart in its own units; text is 12 units high.
pub(super) struct Measures {
    pub(super) class: &'static str,
    pub(super) width: f64,
    pub(super) height: f64,
    /// The largest number of labels on the axis of years.
    pub(super) labels: usize,
}

/// For wide screens and for paper.
pub(super) const WIDE: Measures = Measures { class: "chart wide", width: 760.0, height: 340.0, labels: 9 };
/// For narrow screens.
pub(super) const NARROW: Measures =
    Measures { class: "chart narrow", width: 360.0, height: 300.0, labels: 5 };

/// The width of a character of an axis, at the most.
const CHARACTER: f64 = 7.8;
pub(super) const RIGHT: f64 = 20.0;
pub(super) const BOTTOM: f64 = 44.0;
/// The space above the plot without marked moments.
const TOP: f64 = 14.0;
/// The height of a row of numbers of moments, and the number of rows.
const ROW: f64 = 16.0;
const ROWS: usize = 3;

/// A label on the axis of years.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tick {
    pub(crate) year: u32,
    /// The age to show, if the plan has one.
    pub(crate) age: Option<u32>,
}

/// The moments of a year: their numbers in the list of moments, such as `2–4`.
#[derive(Debug, Clone)]
pub(crate) struct Flag {
    pub(crate) year: u32,
    pub(crate) numbers: String,
}

/// The name and the description of a chart, for those who do not see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'a> {
    /// An id that no other chart of the page has.
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
}

/// The plot of a chart: amounts from `low` to `high` over the years.
pub(super) struct Frame<'a> {
    measures: &'a Measures,
    low: f64,
    high: f64,
    currency: &'a str,
    /// The amounts of the horizontal lines.
    marks: Vec<f64>,
    left: f64,
    top: f64,
    moments: Vec<Moment<'a>>,
}

/// A marked moment: where it stands, and the row of its numbers if there is room for them.
struct Moment<'a> {
    x: f64,
    row: Option<usize>,
    numbers: &'a str,
}

impl<'a> Frame<'a> {
    /// `place` is where a year stands, from 0 to 1.
    pub(super) fn new(
        measures: &'a Measures,
        (low, high): (f64, f64),
        currency: &'a str,
        flags: &'a [Flag],
        place: impl Fn(u32) -> Option<f64>,
    ) -> Self {
        let marks = scale::marks_between(low, high, 5);
        let characters =
            marks.iter().map(|mark| money::short(*mark, currency).chars().count()).max().unwrap_or(0);
        let left = 12.0 + CHARACTER * characters as f64;
        let mut frame = Self { measures, low, high, currency, marks, left, top: TOP, moments: Vec::new() };
        frame.moments = frame.placed(flags, place);
        let rows = frame.moments.iter().filter_map(|moment| moment.row).max().map_or(0, |row| row + 1);
        frame.top = TOP + ROW * rows as f64;
        frame
    }

    /// The moments, the numbers of neighbours in different rows.
    fn placed(&self, flags: &'a [Flag], place: impl Fn(u32) -> Option<f64>) -> Vec<Moment<'a>> {
        let mut ends = [f64::NEG_INFINITY; ROWS];
        let placed = flags.iter().filter_map(|flag| place(flag.year).map(|place| (self.x(place), flag)));
        placed
            .map(|(x, flag)| {
                let half = 4.0 + 3.5 * flag.numbers.chars().count() as f64;
                let row = ends.iter().position(|end| *end < x - half);
                if let Some(end) = row.and_then(|row| ends.get_mut(row)) {
                    *end = x + half;
                }
                Moment { x, row, numbers: &flag.numbers }
            })
            .collect()
    }

    pub(super) fn top(&self) -> f64 {
        self.top
    }

    /// The horizontal position of a place from 0 to 1.
    pub(super) fn x(&self, place: f64) -> f64 {
        self.left + (self.measures.width - self.left - RIGHT) * place
    }

    /// The vertical position of an amount.
    pub(super) fn y(&self, amount: f64) -> f64 {
        let height = self.measures.height - self.top - BOTTOM;
        let span = self.high - self.low;
        self.top + height * if span > 0.0 { (self.high - amount) / span } else { 1.0 }
    }

    /// The horizontal lines with their amounts.
    pub(super) fn grid(&self) -> Markup {
        let (left, right) = (self.left, self.measures.width - RIGHT);
        html! {
            @for mark in &self.marks {
                @let height = format!("{:.1}", self.y(*mark));
                line class=(if *mark == 0.0 { "grid zero" } else { "grid" }) x1=(format!("{left:.1}")) x2=(right)
                    y1=(height) y2=(height) {}
                text class="mark" x=(format!("{:.1}", left - 6.0)) y=(height) dy="0.35em" text-anchor="end" {
                    (money::short(*mark, self.currency))
                }
            }
        }
    }

    /// The years and ages below the plot; `place` is where a tick stands, from 0 to 1.
    pub(super) fn years(&self, ticks: &[Tick], place: impl Fn(usize) -> f64) -> Markup {
        let every = ticks.len().div_ceil(self.measures.labels).max(1);
        let base = self.measures.height - BOTTOM;
        html! {
            @for (index, tick) in ticks.iter().enumerate().step_by(every) {
                @let x = format!("{:.1}", self.x(place(index)));
                text class="mark" x=(x) y=(base + 18.0) text-anchor="middle" { (tick.year) }
                @if let Some(age) = tick.age {
                    text class="mark faint" x=(x) y=(base + 34.0) text-anchor="middle" { "age " (age) }
                }
            }
        }
    }

    /// The marked moments: a line in each year, with the numbers above the plot.
    pub(super) fn moments(&self) -> Markup {
        let base = format!("{:.1}", self.measures.height - BOTTOM);
        html! {
            @for moment in &self.moments {
                @let across = format!("{:.1}", moment.x);
                @let height = moment.row.map_or(self.top, |row| TOP + ROW * row as f64);
                line class="moment" x1=(across) x2=(across) y1=(format!("{height:.1}")) y2=(base) {}
                @if moment.row.is_some() {
                    text class="mark moment" x=(across) y=(format!("{:.1}", height - 3.0)) text-anchor="middle" { (moment.numbers) }
                }
            }
        }
    }

    /// The chart around its content.
    pub(super) fn drawn(&self, words: Words<'_>, content: &Markup) -> Markup {
        let Measures { class, width, height, .. } = *self.measures;
        svg(class, (width, height), words, content)
    }
}

/// An image with its name and description.
pub(super) fn svg(class: &str, (width, height): (f64, f64), words: Words<'_>, content: &Markup) -> Markup {
    // The two drawings of a chart stand in one page.
    let id = format!("{}-{}", words.id, if class.ends_with("narrow") { "narrow" } else { "wide" });
    html! {
        svg class=(class) viewBox={ "0 0 " (width) " " (height) } role="img"
            aria-labelledby={ (id) "-title" } aria-describedby={ (id) "-desc" } {
            title id={ (id) "-title" } { (words.title) }
            desc id={ (id) "-desc" } { (words.description) }
            (content)
        }
    }
}

/// A legend: a swatch of a class and its name for each entry.
pub(crate) fn legend<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    html! {
        ul class="legend" {
            @for (class, name) in entries {
                li {
                    svg class="key" viewBox="0 0 24 12" aria-hidden="true" {
                        @if class.contains("line") {
                            line class=(class) x1="0" x2="24" y1="6" y2="6" {}
                        } @else {
                            rect class=(class) x="0" y="0" width="24" height="12" rx="2" {}
                        }
                    }
                    (name)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_below_zero_have_their_place() {
        let frame = Frame::new(&WIDE, (-50.0, 150.0), "USD", &[], |_| None);
        assert_eq!(frame.y(150.0), TOP);
        assert_eq!(frame.y(-50.0), WIDE.height - BOTTOM);
        assert!(frame.grid().into_string().contains("grid zero"));
    }

    #[test]
    fn numbers_of_moments_do_not_overlap() {
        let flags: Vec<Flag> =
            (0..60).map(|index| Flag { year: 2026 + index, numbers: format!("{}", 10 + index) }).collect();
        let place = |year: u32| Some(f64::from(year - 2026) / 60.0);
        let crowded = Frame::new(&NARROW, (0.0, 1.0), "USD", &flags, place);
        let drawn = crowded.moments().into_string();
        assert_eq!(drawn.matches("<line").count(), 60);
        let labels = drawn.matches("<text").count();
        assert!((20..60).contains(&labels), "{labels}");
        // A single moment needs one row.
        let alone = Frame::new(&NARROW, (0.0, 1.0), "USD", &flags[..1], place);
        assert!(alone.top() < crowded.top() && alone.top() > TOP);
    }
}
