//! What is held at the end of a day.

use wherewithal_base::{Result, control::Work, dates::Date};

use super::LedgerBalanceBasis as Basis;
use crate::{
    prove::walk,
    replay::{Exact, FigureSource, Track},
};

/// What is held, and what that follows from.
pub(super) struct Held {
    pub(super) amount: Exact,
    pub(super) basis: Basis,
    pub(super) figure_date: Option<Date>,
    pub(super) transactions: usize,
}

/// What is held of a track at the end of a day. Figures are taken at their word, whatever `ledger.prove` says of them.
pub(super) fn held(track: &Track<'_>, day: Date, is_complete: bool, work: &mut Work<'_, '_>) -> Result<Held> {
    let known = walk(track, Some(day), is_complete, Exact::ZERO, work)?;
    if let Some(amount) = known.closing {
        let last = known.points.last();
        let (basis, figure_date) = match last {
            Some(last) => (Basis::LastFigure, Some(last.figure.day)),
            None => (Basis::Complete, None),
        };
        let transactions = known.rows.len() - last.map_or(0, |last| last.rows);
        return Ok(Held { amount, basis, figure_date, transactions });
    }
    let later = walk(&after(track, day), None, false, Exact::ZERO, work)?;
    // That a list of positions has none of it later says nothing of before, unless something is known in between.
    let next =
        later.points.first().filter(|next| next.figure.source != FigureSource::Absent || next.rows > 0);
    if let Some(next) = next {
        let mut amount = next.stated;
        let between = later.rows.get(..next.rows).unwrap_or_default();
        for row in between.iter().rev() {
            amount = row.change.undo(amount)?;
        }
        let (figure_date, transactions) = (Some(next.figure.day), between.len());
        return Ok(Held { amount, basis: Basis::NextFigure, figure_date, transactions });
    }
    let mut amount = Exact::ZERO;
    for row in &known.rows {
        amount = row.change.apply(amount)?;
    }
    let transactions = known.rows.len();
    Ok(Held { amount, basis: Basis::TransactionsAlone, figure_date: None, transactions })
}

/// What a track has after a day.
fn after<'a>(track: &Track<'a>, day: Date) -> Track<'a> {
    let rows = track.rows.iter().filter(|row| row.day > day);
    let figures = track.figures.iter().filter(|figure| figure.day > day);
    Track {
        account: track.account,
        what: track.what,
        rows: rows.copied().collect(),
        figures: figures.copied().collect(),
        newest_first: track.newest_first,
        places: track.places,
    }
}
