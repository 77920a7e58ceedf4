//! The tornado: how much the success probability moves with each assumption.

use maud::{Markup, html};

use super::frame::{Words, legend, svg};
use crate::render::money::percent;

/// An assumption with the success probabilities at its low and its high value.
#[derive(Debug, Clone)]
pub(crate) struct Swing {
    /// The assumption, and by how much it is changed.
    pub(crate) name: String,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

const ROW: f64 = 46.0;
const TOP: f64 = 8.0;
/// The space beside the plot, for a percentage.
const SIDE: f64 = 52.0;

/// The chart; `base` is the success probability of the plan.
pub(crate) fn chart(swings: &[Swing], base: f64, words: Words<'_>) -> Markup {
    html! {
        (drawn(swings, base, words, "chart wide", 760.0))
        (drawn(swings, base, words, "chart narrow", 360.0))
        (legend([("low", "at the lower value"), ("high", "at the higher value"), ("line base", "the plan")].into_iter()))
    }
}

fn drawn(swings: &[Swing], base: f64, words: Words<'_>, class: &str, width: f64) -> Markup {
    let ends = || swings.iter().flat_map(|swing| [swing.low, swing.high]).chain([base]);
    let (low, high) = (ends().fold(1.0, f64::min), ends().fold(0.0, f64::max));
    let span = if high > low { high - low } else { 1.0 };
    let x = |share: f64| SIDE + (width - 2.0 * SIDE) * (share - low) / span;
    let height = TOP + ROW * swings.len() as f64;
    let centre = format!("{:.1}", x(base));
    let content = html! {
        @for (index, swing) in swings.iter().enumerate() {
            @let top = TOP + ROW * index as f64;
            text class="mark name" x="0" y=(top + 12.0) { (swing.name) }
            @for (class, end) in [("low", swing.low), ("high", swing.high)] {
                rect class=(class) x=(format!("{:.1}", x(end.min(base)))) y=(top + 19.0)
                    width=(format!("{:.1}", (x(end) - x(base)).abs())) height="18" rx="2" {}
            }
            @let (left, right) = (swing.low.min(swing.high), swing.low.max(swing.high));
            line class="line base" x1=(centre) x2=(centre) y1=(top + 16.0) y2=(top + 40.0) {}
            text class="mark" x=(format!("{:.1}", x(left.min(base)) - 6.0)) y=(top + 32.0) text-anchor="end" { (percent(left)) }
            text class="mark" x=(format!("{:.1}", x(right.max(base)) + 6.0)) y=(top + 32.0) { (percent(right)) }
        }
    };
    svg(class, (width, height), words, &content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_lie_beside_the_plan_and_inside_the_chart() {
        let words = Words { id: "tornado", title: "What moves it", description: "Returns most" };
        let swings = [
            Swing { name: "Returns <b>".to_owned(), low: 0.4, high: 0.95 },
            Swing { name: "Nothing".to_owned(), low: 0.8, high: 0.8 },
        ];
        let chart = drawn(&swings, 0.8, words, "chart wide", 760.0).into_string();
        assert!(
            !chart.contains("<b>") && chart.contains("40.0\u{a0}%") && chart.contains("95.0\u{a0}%"),
            "{chart}"
        );
        let number = |text: &str| text.split('"').next().expect("a value").parse::<f64>().expect("a number");
        for bar in chart.split("<rect").skip(1) {
            let left = number(bar.split("x=\"").nth(1).expect("x"));
            let width = number(bar.split("width=\"").nth(1).expect("width"));
            assert!(left >= SIDE && left + width <= 760.0 - SIDE + 0.1, "{bar}");
        }
        assert!(!drawn(&[], 0.8, words, "chart wide", 760.0).into_string().contains("NaN"));
    }
}
