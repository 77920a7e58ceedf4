//! The replay of a holding from figure to figure.

use wherewithal_base::{Result, control::Work, dates::Date, num::Decimal};

use super::order::{Later, arrange};
use crate::replay::{Exact, Figure, FigureSource, Row, Track};

/// A figure in the order of the replay.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point {
    pub(crate) figure: Figure,
    /// How many rows stand before it.
    pub(crate) rows: usize,
    /// What the replay from the opening leads to.
    pub(crate) replayed: Exact,
    /// What the figure before leads to.
    pub(crate) led_to: Exact,
    pub(crate) stated: Exact,
    /// What the replay goes on with.
    pub(crate) goes_on: Exact,
    /// Whether the span before it is proved; absent of the figure from which the replay starts.
    pub(crate) is_reached: Option<bool>,
}

/// Figures that disagree with the transactions between them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Break {
    /// The place of the point that disagrees.
    pub(crate) point: usize,
    /// The place of the later point at which the difference is gone again.
    pub(crate) healed_by: Option<usize>,
}

/// A holding that is replayed.
#[derive(Debug)]
pub(crate) struct Walk {
    /// The rows in the order in which they count.
    pub(crate) rows: Vec<Row>,
    pub(crate) points: Vec<Point>,
    pub(crate) breaks: Vec<Break>,
    /// How many rows stand before the opening.
    pub(crate) earlier: usize,
    /// What is held at the end, if it is known where the replay starts.
    pub(crate) closing: Option<Exact>,
}

impl Walk {
    /// The first row and the value from which the span before a point starts.
    pub(crate) fn start_of(&self, point: usize) -> (usize, Exact) {
        match point.checked_sub(1).and_then(|before| self.points.get(before)) {
            Some(before) => (before.rows, before.goes_on),
            None => (0, Exact::ZERO),
        }
    }

    /// The rows between a point and the one before it.
    pub(crate) fn span_of(&self, point: usize) -> &[Row] {
        let end = self.points.get(point).map_or(self.rows.len(), |point| point.rows);
        self.rows.get(self.start_of(point).0..end).unwrap_or_default()
    }
}

/// What is held at a moment of the replay.
struct Held {
    /// As it follows from the last figure.
    now: Exact,
    /// As it follows from the opening.
    from_opening: Exact,
    /// As it would be if the last break were none.
    unbroken: Option<Exact>,
}

/// Replays a track, or what it has until the end of a day. Within the tolerance, a figure agrees, and the replay goes on with
/// what it led to.
pub(crate) fn walk(
    track: &Track<'_>,
    until: Option<Date>,
    starts_at_zero: bool,
    tolerance: Exact,
    work: &mut Work<'_, '_>,
) -> Result<Walk> {
    let mut walk = Walk {
        rows: Vec::with_capacity(track.rows.len()),
        points: Vec::new(),
        breaks: Vec::new(),
        earlier: 0,
        closing: None,
    };
    let zero = Held { now: Exact::ZERO, from_opening: Exact::ZERO, unbroken: None };
    let mut held = starts_at_zero.then_some(zero);
    let near = tolerance.decimal(0)?;
    let (mut rows, mut figures) = (track.rows.as_slice(), track.figures.as_slice());
    while let Some(day) = next_day(rows, figures)
        && until.is_none_or(|until| day <= until)
    {
        let (today, later) = rows.split_at(rows.partition_point(|row| row.day <= day));
        rows = later;
        let mut today = today.to_vec();
        work.done(1 + 4 * today.len())?;
        let after = Later { rows, figures, tolerance: near };
        arrange(&mut today, held.as_ref().map(|held| held.now), track.newest_first, &after, work)?;
        for row in today {
            if let Some(held) = &mut held {
                held.now = row.change.apply(held.now)?;
                held.from_opening = row.change.apply(held.from_opening)?;
                held.unbroken = held.unbroken.map(|value| row.change.apply(value)).transpose()?;
            }
            walk.rows.push(row);
            if let Some(amount) = row.balance {
                let source = FigureSource::Row(row.transaction);
                walk.compare(Figure { day, amount, source }, &mut held, tolerance)?;
            }
        }
        let (stated, later) = figures.split_at(figures.partition_point(|figure| figure.day <= day));
        figures = later;
        for figure in stated {
            work.done(4)?;
            walk.compare(*figure, &mut held, tolerance)?;
        }
    }
    if held.is_none() {
        walk.earlier = walk.rows.len();
    }
    walk.closing = held.map(|held| held.now);
    Ok(walk)
}

fn next_day(rows: &[Row], figures: &[Figure]) -> Option<Date> {
    let days = rows.first().map(|row| row.day).into_iter().chain(figures.first().map(|figure| figure.day));
    days.min()
}

impl Walk {
    /// Compares a figure with what is held.
    fn compare(&mut self, figure: Figure, held: &mut Option<Held>, tolerance: Exact) -> Result<()> {
        let (place, rows, stated) = (self.points.len(), self.rows.len(), Exact::of(figure.amount)?);
        let Some(held) = held else {
            self.earlier = rows;
            *held = Some(Held { now: stated, from_opening: stated, unbroken: None });
            self.points.push(Point {
                figure,
                rows,
                replayed: stated,
                led_to: stated,
                stated,
                goes_on: stated,
                is_reached: None,
            });
            return Ok(());
        };
        let (replayed, led_to) = (held.from_opening, held.now);
        let is_reached = stated.minus(led_to)?.is_within(tolerance)?;
        let heals = match held.unbroken {
            Some(value) if !is_reached => stated.minus(value)?.is_within(tolerance)?,
            _ => false,
        };
        match self.breaks.last_mut() {
            _ if is_reached => {}
            Some(last) if heals => {
                last.healed_by = Some(place);
                held.now = held.unbroken.take().unwrap_or(stated);
            }
            _ => {
                held.unbroken = Some(led_to);
                held.now = stated;
                self.breaks.push(Break { point: place, healed_by: None });
            }
        }
        let (goes_on, is_reached) = (held.now, Some(is_reached));
        self.points.push(Point { figure, rows, replayed, led_to, stated, goes_on, is_reached });
        Ok(())
    }

    /// How many figures after a point agree, up to the next that does not.
    pub(crate) fn confirming(&self, point: usize) -> usize {
        let later = self.points.iter().skip(point + 1);
        later.take_while(|point| point.is_reached == Some(true)).count()
    }
}

/// What a point differs by from the figure before it.
pub(crate) fn difference(point: &Point) -> Result<Exact> {
    point.stated.minus(point.led_to)
}

/// A number for people.
pub(crate) fn shown(value: Exact, track: &Track<'_>) -> Result<Decimal> {
    value.decimal(track.places)
}
