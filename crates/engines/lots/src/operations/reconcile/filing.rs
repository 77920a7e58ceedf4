//! The rows of Form 8949 to file for a row of a broker, as the instructions of the form want them.

use wherewithal_base::{Result, order};

use super::{
    Row,
    ours::{Part, Parts, Sale},
    reasons::tolerance,
};
use crate::{
    HoldingTerm,
    engine::Book,
    exact::{Running, shares_of},
    input::SecurityKind,
    operations::form_8949::{
        Acquired, Filed, Form8949Box, SaleReporting, Sums, describe, description, is_digital,
    },
};

/// The rows to file: one for each term that the book has in it.
pub(super) fn row(
    book: &Book,
    year: i32,
    row: &Row<'_>,
    parts: &Parts<'_>,
    rounding: i128,
) -> Result<Vec<Filed>> {
    if parts.is_empty() {
        return Ok(vec![as_reported(book, year, row)?]);
    }
    let whole = parts.iter().map(|part| part.atoms).sum();
    let total = parts.total();
    let mut reported = Reported {
        proceeds: Running::new(row.proceeds - total.proceeds, whole),
        cost: row.cost.map(|cost| Running::new(cost - total.cost, whole)),
        discount: Running::new(row.discount, whole),
        disallowed: Running::new(row.disallowed - total.disallowed, whole),
    };
    let tolerance = tolerance(rounding, parts);
    let terms = parts.by_term().into_entries();
    let is_split = terms.len() > 1;
    let reporting = reporting(row.given.basis_reported);
    let mut rows = Vec::new();
    for (term, parts) in terms {
        let atoms = parts.iter().map(|part| part.atoms).sum();
        let ours = ours(&parts);
        let has_expenses = parts.iter().any(|part| part.sale.has_expenses);
        let figures = (ours, reported.next(ours, atoms)?);
        let (sums, codes) = adjusted(row, term, &figures, has_expenses, tolerance);
        rows.push(Filed {
            form_box: Form8949Box::of(term == HoldingTerm::Long, is_digital_row(book, row), year, reporting),
            description: match &row.given.description {
                Some(description) if !is_split => description.clone(),
                _ => named(book, row, atoms)?,
            },
            acquired: Acquired::together(parts.iter().map(|part| Acquired::of(book, part.sale.disposal))),
            sold: row.sold,
            sums,
            codes,
            disposals: parts.iter().map(|part| part.sale.place).collect(),
        });
    }
    Ok(rows)
}

/// How far the figures of a row are from those of the book, divided among terms by shares. So a row of both terms that agrees
/// with the book agrees in each of them.
struct Reported {
    proceeds: Running,
    cost: Option<Running>,
    discount: Running,
    disallowed: Running,
}

/// What a broker reports of the shares of one term.
struct Share {
    proceeds: i128,
    cost: Option<i128>,
    discount: i128,
    disallowed: i128,
}

/// Figures of the book for the shares of one term.
#[derive(Clone, Copy)]
struct Ours {
    proceeds: i128,
    cost: i128,
    disallowed: i128,
}

fn ours(parts: &[&Part<'_>]) -> Ours {
    let sum = |figure: fn(&Part<'_>) -> i128| parts.iter().map(|part| figure(part)).sum();
    Ours {
        proceeds: sum(|part| part.figures.proceeds),
        cost: sum(|part| part.figures.cost),
        disallowed: sum(|part| part.figures.disallowed),
    }
}

impl Reported {
    fn next(&mut self, ours: Ours, atoms: i128) -> Result<Share> {
        let cost = self.cost.as_mut().map(|cost| cost.next(atoms)).transpose()?;
        Ok(Share {
            proceeds: ours.proceeds + self.proceeds.next(atoms)?,
            cost: cost.map(|difference| ours.cost + difference),
            discount: self.discount.next(atoms)?,
            disallowed: ours.disallowed + self.disallowed.next(atoms)?,
        })
    }
}

/// The broker's figures, and the codes and the adjustment that lead to the gain of the book.
fn adjusted(
    row: &Row<'_>,
    term: HoldingTerm,
    (Ours { proceeds, cost, disallowed }, reported): &(Ours, Share),
    has_expenses: bool,
    tolerance: i128,
) -> (Sums, String) {
    let (proceeds, cost, disallowed) = (*proceeds, *cost, *disallowed);
    let differs = |ours: i128, theirs: i128| (ours - theirs).abs() > tolerance;
    let mut codes = Vec::new();
    let mut adjustment = 0;

    // Column (e): of a covered security what was reported, corrected in (g); of another the right basis.
    let is_covered = row.given.basis_reported;
    let shown = match reported.cost {
        Some(reported) if is_covered || !differs(cost, reported) => reported,
        _ => cost,
    };
    if reported.cost.is_some_and(|reported| differs(cost, reported)) {
        codes.push('B');
    }
    if differs(cost, shown) {
        adjustment += shown - cost;
    }
    // Column (d) is what was reported: fees and premiums of options that it does not take into account are code E, other
    // errors code O.
    if differs(proceeds, reported.proceeds) {
        codes.push(if has_expenses { 'E' } else { 'O' });
        adjustment += proceeds - reported.proceeds;
    }
    if row.given.term.is_some_and(|reported| reported != term) {
        codes.push('T');
    }
    // A loss that the broker wrongly disallows has the code with the right amount, which may be 0.
    if disallowed > 0 || reported.disallowed > 0 {
        codes.push('W');
        adjustment += if differs(disallowed, reported.disallowed) { disallowed } else { reported.disallowed };
    }
    // Accrued market discount is ordinary income as far as there is a gain (IRC 1276(a)(1)).
    if reported.discount > 0 {
        codes.push('D');
        adjustment -= reported.discount.min((reported.proceeds - shown + adjustment).max(0));
    }
    order::sort_by_key(&mut codes, |code| *code);
    (Sums { proceeds: reported.proceeds, cost: shown, adjustment }, codes.into_iter().collect())
}

fn reporting(is_covered: bool) -> SaleReporting {
    if is_covered { SaleReporting::Basis } else { SaleReporting::ProceedsOnly }
}

/// Whether a row is of a digital asset.
fn is_digital_row(book: &Book, row: &Row<'_>) -> bool {
    book.kind(row.security) == SecurityKind::DigitalAsset
}

/// What a row calls so many shares.
fn named(book: &Book, row: &Row<'_>, atoms: i128) -> Result<String> {
    Ok(describe(shares_of(atoms)?, row.security, is_digital_row(book, row)))
}

/// A row for which the book has no sale, with the broker's figures. Without a term on the form, the days tell it.
fn as_reported(book: &Book, year: i32, row: &Row<'_>) -> Result<Filed> {
    let by_days = row.acquired.map(|acquired| book.long_term.term(acquired, row.sold)).transpose()?;
    let term = row.given.term.or(by_days).unwrap_or(HoldingTerm::Short);
    let mut codes = String::new();
    let cost = row.cost.unwrap_or(0);
    let discount = row.discount.min((row.proceeds - cost + row.disallowed).max(0));
    if row.discount > 0 {
        codes.push('D');
    }
    if row.disallowed > 0 {
        codes.push('W');
    }
    Ok(Filed {
        form_box: Form8949Box::of(
            term == HoldingTerm::Long,
            is_digital_row(book, row),
            year,
            reporting(row.given.basis_reported),
        ),
        description: match &row.given.description {
            Some(description) => description.clone(),
            None => named(book, row, row.atoms)?,
        },
        acquired: row.acquired.map_or(Acquired::Various, Acquired::On),
        sold: row.sold,
        sums: Sums { proceeds: row.proceeds, cost, adjustment: row.disallowed - discount },
        codes,
        disposals: Vec::new(),
    })
}

/// A sale that no broker reports.
pub(super) fn unreported(book: &Book, year: i32, sale: &Sale<'_>) -> Result<Filed> {
    let disposal = sale.disposal;
    let is_digital = is_digital(book, disposal.lot);
    Ok(Filed {
        form_box: Form8949Box::of(
            disposal.term == HoldingTerm::Long,
            is_digital,
            year,
            SaleReporting::Nothing,
        ),
        description: description(book, disposal.lot, disposal.units, disposal.unit)?,
        acquired: Acquired::of(book, disposal),
        sold: disposal.day,
        sums: Sums { proceeds: disposal.proceeds, cost: disposal.cost, adjustment: disposal.disallowed },
        codes: String::from(if disposal.disallowed > 0 { "W" } else { "" }),
        disposals: vec![sale.place],
    })
}
