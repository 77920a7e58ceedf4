//! The fan chart in a terminal.

use std::fmt::Write as _;

use anstyle::{Ansi256Color, Style};

use super::{
    fan::{Fan, ceiling},
    money, scale,
};

/// Rows of the plot.
const ROWS: usize = 16;
/// The largest width of a line on any terminal.
const WIDEST: usize = 110;

/// The light, the middle and the dark band, and the median. The characters differ, too, for output without colour.
const SHADES: [(char, u8); 3] = [('░', 67), ('▒', 74), ('▓', 81)];
const MEDIAN: (char, u8) = ('●', 220);

/// The chart, at most `width` columns wide, with colours as ANSI sequences, which the printer removes if necessary. Ends
/// with a line break.
pub(crate) fn chart(fan: &Fan, width: usize) -> String {
    let marks = scale::marks(fan.top(), 4);
    let top = ceiling(fan);
    let labels: Vec<String> = marks.iter().map(|mark| money::short(*mark, &fan.currency)).collect();
    let margin = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    let plot = width.min(WIDEST).saturating_sub(margin + 2).max(8);

    let columns: Vec<Vec<f64>> = (0..plot).map(|column| fan.at(column as f64 / (plot - 1) as f64)).collect();
    let mut text = String::new();
    for row in (0..ROWS).rev() {
        let height = top / ROWS as f64;
        let (floor, ceiling) = (row as f64 * height, (row + 1) as f64 * height);
        let label = marks.iter().zip(&labels).find(|(mark, _)| (floor..ceiling).contains(*mark));
        let label = label.map_or("", |(_, label)| label.as_str());
        let pad = margin - label.chars().count();
        let _ = write!(text, "{:pad$}{label} {}", "", if label.is_empty() { '│' } else { '┤' });
        let mut run = Run::default();
        for values in &columns {
            run.push(&mut text, cell(fan, values, floor, ceiling));
        }
        run.end(&mut text);
        text.push('\n');
    }
    axis(&mut text, fan, margin, plot);
    text.push_str(&legend(fan, margin, width));
    text
}

/// The content of a cell: the median if it passes through, otherwise the narrowest band around the middle of the cell.
fn cell(fan: &Fan, values: &[f64], floor: f64, ceiling: f64) -> (char, Option<u8>) {
    let value = |index: usize| values.get(index).copied().unwrap_or_default();
    if let Some(median) = fan.median()
        && (floor..ceiling).contains(&value(median))
    {
        return (MEDIAN.0, Some(MEDIAN.1));
    }
    let middle = (floor + ceiling) / 2.0;
    let bands = fan.bands();
    let narrowest = bands
        .iter()
        .enumerate()
        .rev()
        .find(|(_, band)| value(band.lower) <= middle && middle <= value(band.upper));
    narrowest.map_or((' ', None), |(depth, _)| {
        let (shade, colour) = shade(depth);
        (shade, Some(colour))
    })
}

fn shade(depth: usize) -> (char, u8) {
    SHADES.get(depth).or(SHADES.last()).copied().unwrap_or(('#', 81))
}

/// Adjacent cells of one colour, which need its sequence only once.
#[derive(Default)]
struct Run {
    colour: Option<u8>,
}

impl Run {
    fn push(&mut self, text: &mut String, (character, colour): (char, Option<u8>)) {
        if colour != self.colour {
            self.end(text);
            if let Some(colour) = colour {
                let _ = write!(text, "{}", style(colour));
            }
            self.colour = colour;
        }
        text.push(character);
    }

    fn end(&mut self, text: &mut String) {
        if let Some(colour) = self.colour.take() {
            let _ = write!(text, "{:#}", style(colour));
        }
    }
}

fn style(colour: u8) -> Style {
    Style::new().fg_color(Some(Ansi256Color(colour).into()))
}

/// The line below the plot and the years, as many as fit.
fn axis(text: &mut String, fan: &Fan, margin: usize, plot: usize) {
    let step = fan.columns.len().div_ceil((plot / 7).max(1)).max(1);
    let mut line = vec!['─'; plot];
    let mut years = vec![' '; plot];
    let mut ages = vec![' '; plot];
    for column in fan.columns.iter().step_by(step) {
        let place = (fan.position(column) * (plot - 1) as f64) as usize;
        if let Some(tick) = line.get_mut(place) {
            *tick = '┴';
        }
        put(&mut years, place, &column.year.to_string());
        if let Some(age) = column.age {
            put(&mut ages, place, &age.to_string());
        }
    }
    let line: String = line.into_iter().collect();
    let _ = writeln!(text, "{:margin$} └{line}", "");
    for (name, marks) in [("", years), ("age", ages)] {
        let marks: String = marks.into_iter().collect();
        if !marks.trim().is_empty() {
            let _ = writeln!(text, "{name:>margin$}  {}", marks.trim_end());
        }
    }
}

/// Writes `label` at `place`, or further left if the line is too short, unless it would overlap the previous label.
fn put(cells: &mut [char], place: usize, label: &str) {
    let width = label.chars().count();
    let place = place.min(cells.len().saturating_sub(width));
    let before = place.saturating_sub(1);
    if cells.get(before..place + width).is_some_and(|taken| taken.iter().any(|cell| *cell != ' ')) {
        return;
    }
    if let Some(target) = cells.get_mut(place..place + width) {
        for (cell, character) in target.iter_mut().zip(label.chars()) {
            *cell = character;
        }
    }
}

/// The legend of the characters, on as many lines as necessary.
fn legend(fan: &Fan, margin: usize, width: usize) -> String {
    let mut entries = Vec::new();
    if fan.median().is_some() {
        entries.push((MEDIAN.0.to_string(), MEDIAN.1, "median".to_owned()));
    }
    for (depth, band) in fan.bands().iter().enumerate().rev() {
        if let (Some(lower), Some(upper)) = (fan.percentiles.get(band.lower), fan.percentiles.get(band.upper))
        {
            let (character, colour) = shade(depth);
            entries.push((
                character.to_string().repeat(2),
                colour,
                format!("{} % of futures", upper - lower),
            ));
        }
    }
    let mut text = String::new();
    let mut used = width;
    for (sign, colour, meaning) in entries {
        let needed = 3 + sign.chars().count() + 1 + meaning.chars().count();
        if used + needed > width {
            let _ = write!(text, "{}{:margin$}", if text.is_empty() { "" } else { "\n" }, "");
            used = margin;
        }
        let style = style(colour);
        let _ = write!(text, "   {style}{sign}{style:#} {meaning}");
        used += needed;
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::{super::fan::tests::sample, *};

    fn plain(fan: &Fan, width: usize) -> Vec<String> {
        anstream::adapter::strip_str(&chart(fan, width)).to_string().lines().map(str::to_owned).collect()
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for years in [0, 1, 30, 70] {
            for width in [40, 60, 80, 200] {
                for line in plain(&sample(years), width) {
                    assert!(line.chars().count() <= width, "{years} years, {width}: {line}");
                }
            }
        }
    }

    #[test]
    fn the_median_is_in_every_column_of_the_plot() {
        let lines = plain(&sample(30), 80);
        let plot: Vec<Vec<char>> = lines[..ROWS]
            .iter()
            .map(|line| line.chars().skip_while(|c| !"│┤".contains(*c)).collect())
            .collect();
        for column in 1..plot[0].len() {
            let medians = plot.iter().filter(|row| row[column] == MEDIAN.0).count();
            assert_eq!(medians, 1, "column {column}");
        }
    }

    #[test]
    fn the_first_and_a_late_year_are_on_the_axis() {
        let text = plain(&sample(30), 80).join("\n");
        assert!(text.contains("2026") && text.contains("205"), "{text}");
        assert!(text.contains("90 % of futures") && text.contains("50 %"), "{text}");
    }

    #[test]
    fn nothing_to_draw_is_drawn_as_nothing() {
        let empty = Fan { currency: "USD".to_owned(), percentiles: vec![], columns: vec![] };
        assert!(!chart(&empty, 80).contains("NaN"));
    }
}
