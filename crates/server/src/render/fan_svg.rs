//! The fan chart as inline SVG. Its colours are classes of the style sheet, so that they follow the theme.

use maud::{Markup, html};

use super::{
    fan::{Fan, FanColumn, ceiling},
    money, scale,
};

/// The dimensions of a chart in its own units; text is 12 units high.
struct Measures {
    class: &'static str,
    width: f64,
    height: f64,
    years: usize,
}

/// For wide screens; the style sheet shows one of the two.
const WIDE: Measures = Measures { class: "fan wide", width: 760.0, height: 360.0, years: 9 };
/// For narrow screens.
const NARROW: Measures = Measures { class: "fan narrow", width: 360.0, height: 300.0, years: 5 };

const LEFT: f64 = 52.0;
const RIGHT: f64 = 18.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 44.0;

/// The chart, with a description for screen readers.
pub(crate) fn chart(fan: &Fan, description: &str) -> Markup {
    html! {
        (drawn(fan, description, &WIDE))
        (drawn(fan, description, &NARROW))
    }
}

fn drawn(fan: &Fan, description: &str, measures: &Measures) -> Markup {
    let Measures { class, width, height, years } = *measures;
    let marks = scale::marks(fan.top(), 5);
    let top = ceiling(fan);
    let x = |column: &FanColumn| LEFT + (width - LEFT - RIGHT) * fan.position(column);
    let y = |value: f64| TOP + (height - TOP - BOTTOM) * (1.0 - value / top);
    let line = |percentile: usize| -> Vec<String> {
        let value = |values: &[f64]| values.get(percentile).copied().unwrap_or_default();
        fan.columns.iter().map(|column| format!("{:.1},{:.1}", x(column), y(value(&column.values)))).collect()
    };
    let every = fan.columns.len().div_ceil(years).max(1);
    html! {
        svg class=(class) viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(description) {
            @for mark in &marks {
                @let height = format!("{:.1}", y(*mark));
                line class="grid" x1=(LEFT) x2=(width - RIGHT) y1=(height) y2=(height) {}
                text class="mark" x=(LEFT - 6.0) y=(height) dy="0.35em" text-anchor="end" {
                    (money::short(*mark, &fan.currency))
                }
            }
            @for (depth, band) in fan.bands().into_iter().enumerate() {
                @let there = line(band.lower);
                @let back = line(band.upper);
                @let corners: Vec<&str> = there.iter().chain(back.iter().rev()).map(String::as_str).collect();
                polygon class={ "band band" (depth + 1) } points=(corners.join(" ")) {}
            }
            @if let Some(median) = fan.median() {
                polyline class="median" points=(line(median).join(" ")) {}
            }
            @for column in fan.columns.iter().step_by(every) {
                @let place = format!("{:.1}", x(column));
                text class="mark" x=(place) y=(height - BOTTOM + 18.0) text-anchor="middle" { (column.year) }
                @if let Some(age) = column.age {
                    text class="mark faint" x=(place) y=(height - BOTTOM + 34.0) text-anchor="middle" { "age " (age) }
                }
            }
        }
    }
}

/// The legend of the colours.
pub(crate) fn legend(fan: &Fan) -> Markup {
    html! {
        ul class="legend" {
            @if fan.median().is_some() {
                li { svg class="key" viewBox="0 0 24 12" aria-hidden="true" { line class="median" x1="0" x2="24" y1="6" y2="6" {} } "median" }
            }
            @for (depth, band) in fan.bands().into_iter().enumerate().collect::<Vec<_>>().into_iter().rev() {
                li {
                    svg class="key" viewBox="0 0 24 12" aria-hidden="true" {
                        @for outer in 1..=depth + 1 { rect class={ "band band" (outer) } x="0" y="0" width="24" height="12" {} }
                    }
                    @if let (Some(lower), Some(upper)) = (fan.percentiles.get(band.lower), fan.percentiles.get(band.upper)) {
                        (upper - lower) " % of paths"
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::fan::tests::sample, *};

    #[test]
    fn every_point_lies_inside_the_plot() {
        for measures in [WIDE, NARROW] {
            let svg = drawn(&sample(30), "a chart", &measures).into_string();
            let (right, bottom) = (measures.width - RIGHT, measures.height - BOTTOM);
            let mut points = 0;
            for list in svg.split("points=\"").skip(1) {
                for point in list.split('"').next().expect("a list").split(' ') {
                    let (x, y) = point.split_once(',').expect("a point");
                    let (x, y): (f64, f64) = (x.parse().expect("x"), y.parse().expect("y"));
                    assert!((LEFT..=right).contains(&x) && (TOP..=bottom).contains(&y), "{point}");
                    points += 1;
                }
            }
            assert_eq!(points, 31 * 5);
        }
    }

    #[test]
    fn text_from_the_household_is_escaped() {
        let svg = chart(&sample(1), "\"><script>").into_string();
        assert!(!svg.contains("<script>"), "{svg}");
    }

    #[test]
    fn a_fan_of_one_year_or_of_nothing_is_drawn() {
        let mut fan = sample(0);
        assert!(!chart(&fan, "").into_string().contains("NaN"));
        fan.columns.clear();
        assert!(!chart(&fan, "").into_string().contains("NaN"));
    }
}
