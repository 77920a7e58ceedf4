//! The fan chart.

use maud::{Markup, html};

use super::frame::{Flag, Frame, Measures, NARROW, Tick, WIDE, Words};
use crate::render::fan::{Fan, ceiling};

/// The chart.
pub(crate) fn chart(fan: &Fan, flags: &[Flag], words: Words<'_>) -> Markup {
    html! {
        (drawn(fan, flags, words, &WIDE))
        (drawn(fan, flags, words, &NARROW))
    }
}

fn drawn(fan: &Fan, flags: &[Flag], words: Words<'_>, measures: &Measures) -> Markup {
    let place = |index: usize| fan.columns.get(index).map_or(0.0, |column| fan.position(column));
    let of_year = |year: u32| fan.columns.iter().position(|column| column.year == year).map(place);
    let frame = Frame::new(measures, (0.0, ceiling(fan)), &fan.currency, flags, of_year);
    let line = |percentile: usize| -> Vec<String> {
        let value = |values: &[f64]| values.get(percentile).copied().unwrap_or_default();
        fan.columns
            .iter()
            .map(|column| {
                let (x, y) = (frame.x(fan.position(column)), frame.y(value(&column.values)));
                format!("{x:.1},{y:.1}")
            })
            .collect()
    };
    let ticks: Vec<Tick> =
        fan.columns.iter().map(|column| Tick { year: column.year, age: column.age }).collect();
    let content = html! {
        (frame.grid())
        @for (depth, band) in fan.bands().into_iter().enumerate() {
            @let there = line(band.lower);
            @let back = line(band.upper);
            @let corners: Vec<&str> = there.iter().chain(back.iter().rev()).map(String::as_str).collect();
            polygon class={ "band band" (depth + 1) } points=(corners.join(" ")) {}
        }
        (frame.moments())
        @if let Some(median) = fan.median() {
            polyline class="median" points=(line(median).join(" ")) {}
        }
        (frame.years(&ticks, place))
    };
    frame.drawn(words, &content)
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
                        (upper - lower) " % of futures"
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::frame::{BOTTOM, RIGHT},
        *,
    };
    use crate::render::fan::tests::sample;

    const WORDS: Words<'static> = Words { id: "fan", title: "Balances", description: "They grow" };

    #[test]
    fn every_point_lies_inside_the_plot() {
        for measures in [WIDE, NARROW] {
            let svg = drawn(&sample(30), &[], WORDS, &measures).into_string();
            let (right, bottom) = (measures.width - RIGHT, measures.height - BOTTOM);
            let mut points = 0;
            for list in svg.split("points=\"").skip(1) {
                for point in list.split('"').next().expect("a list").split(' ') {
                    let (x, y) = point.split_once(',').expect("a point");
                    let (x, y): (f64, f64) = (x.parse().expect("x"), y.parse().expect("y"));
                    assert!((30.0..=right).contains(&x) && (0.0..=bottom).contains(&y), "{point}");
                    points += 1;
                }
            }
            assert_eq!(points, 31 * 5);
        }
    }

    #[test]
    fn text_from_the_household_is_escaped() {
        let words = Words { title: "\"><script>", ..WORDS };
        let svg = chart(&sample(1), &[], words).into_string();
        assert!(!svg.contains("<script>"), "{svg}");
    }

    #[test]
    fn a_fan_of_one_year_or_of_nothing_is_drawn() {
        let mut fan = sample(0);
        assert!(!chart(&fan, &[], WORDS).into_string().contains("NaN"));
        fan.columns.clear();
        assert!(!chart(&fan, &[], WORDS).into_string().contains("NaN"));
    }
}
