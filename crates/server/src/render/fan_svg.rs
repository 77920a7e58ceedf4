//! The fan chart as inline SVG. Its colours are classes of the style sheet, so that they follow the theme.

use maud::{Markup, html};

use super::{
    fan::{Fan, FanColumn, ceiling},
    money, scale,
};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 62.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 44.0;

/// The chart, with the description that a screen reader speaks.
pub(crate) fn chart(fan: &Fan, description: &str) -> Markup {
    let marks = scale::marks(fan.top(), 5);
    let top = ceiling(fan);
    let x = |column: &FanColumn| LEFT + (WIDTH - LEFT - RIGHT) * fan.position(column);
    let y = |value: f64| TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - value / top);
    let line = |percentile: usize| -> Vec<String> {
        let value = |values: &[f64]| values.get(percentile).copied().unwrap_or_default();
        fan.columns.iter().map(|column| format!("{:.1},{:.1}", x(column), y(value(&column.values)))).collect()
    };
    let every = fan.columns.len().div_ceil(9).max(1);
    html! {
        svg class="fan" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(description) {
            @for mark in &marks {
                line class="grid" x1=(LEFT) x2=(WIDTH - RIGHT) y1={ (format!("{:.1}", y(*mark))) } y2={ (format!("{:.1}", y(*mark))) } {}
                text class="mark" x=(LEFT - 8.0) y={ (format!("{:.1}", y(*mark) + 4.0)) } text-anchor="end" {
                    (money::short(*mark, &fan.currency))
                }
            }
            @for (depth, band) in fan.bands().into_iter().enumerate() {
                @let there = line(band.lower);
                @let back = line(band.upper);
                polygon class={ "band band" (depth + 1) } points=(there.iter().chain(back.iter().rev()).map(String::as_str).collect::<Vec<_>>().join(" ")) {}
            }
            @if let Some(median) = fan.median() {
                polyline class="median" points=(line(median).join(" ")) {}
            }
            @for column in fan.columns.iter().step_by(every) {
                text class="mark" x={ (format!("{:.1}", x(column))) } y=(HEIGHT - BOTTOM + 18.0) text-anchor="middle" { (column.year) }
                @if let Some(age) = column.age {
                    text class="mark faint" x={ (format!("{:.1}", x(column))) } y=(HEIGHT - BOTTOM + 34.0) text-anchor="middle" { "age " (age) }
                }
            }
        }
    }
}

/// What the colours mean.
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
        let svg = chart(&sample(30), "a chart").into_string();
        let mut points = 0;
        for list in svg.split("points=\"").skip(1) {
            for point in list.split('"').next().expect("a list").split(' ') {
                let (x, y) = point.split_once(',').expect("a point");
                let (x, y): (f64, f64) = (x.parse().expect("x"), y.parse().expect("y"));
                assert!(
                    (LEFT..=WIDTH - RIGHT).contains(&x) && (TOP..=HEIGHT - BOTTOM).contains(&y),
                    "{point}"
                );
                points += 1;
            }
        }
        assert_eq!(points, 31 * 5);
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
