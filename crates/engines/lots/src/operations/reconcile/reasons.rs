//! Why the figures of a broker and of the book differ.

use wherewithal_base::Result;

use super::{
    BrokerDifference, BrokerFigure, BrokerMatch, DifferenceReason, Row,
    ours::{Figures, Parts},
};
use crate::{engine::Book, output::money};

/// Differences as they are found, in the smallest unit of the book.
struct Found(Vec<(DifferenceReason, BrokerFigure, Option<i128>)>);

impl Found {
    fn amount(&mut self, reason: DifferenceReason, figure: BrokerFigure, amount: i128) {
        if amount != 0 {
            self.0.push((reason, figure, Some(amount)));
        }
    }

    fn other(&mut self, reason: DifferenceReason, figure: BrokerFigure) {
        self.0.push((reason, figure, None));
    }
}

/// What counts as rounding in a row: the rounding of each of its lots.
pub(super) fn tolerance(rounding: i128, parts: &Parts<'_>) -> i128 {
    rounding.saturating_mul(i128::try_from(parts.count().max(1)).unwrap_or(i128::MAX))
}

/// What differs in a row.
pub(super) fn differences(
    book: &Book,
    row: &Row<'_>,
    by: BrokerMatch,
    parts: &Parts<'_>,
    rounding: i128,
) -> Result<Vec<BrokerDifference>> {
    let mut found = Found(Vec::new());
    if parts.is_empty() {
        found.other(DifferenceReason::MissingInBook, BrokerFigure::Sale);
    } else {
        let ours = parts.total();
        let tolerance = tolerance(rounding, parts);
        let is_other_lot = dates(row, parts, &mut found);
        proceeds(row, &ours, tolerance, &mut found);
        cost(row, by, &ours, is_other_lot, tolerance, &mut found);
        wash_sales(row, &ours, tolerance, &mut found);
        if row.given.term.is_some_and(|term| parts.iter().any(|part| part.sale.disposal.term != term)) {
            found.other(DifferenceReason::WrongTerm, BrokerFigure::Term);
        }
    }
    let difference = |(reason, figure, amount): (_, _, Option<i128>)| {
        let amount = amount.map(|amount| money(book, amount)).transpose()?;
        Ok(BrokerDifference { reason, figure, amount })
    };
    found.0.into_iter().map(difference).collect()
}

/// Whether the broker shows a day on which none of the lots was acquired, nor its holding period begins.
fn dates(row: &Row<'_>, parts: &Parts<'_>, found: &mut Found) -> bool {
    let is_other = row.acquired.is_some_and(|acquired| {
        !parts.iter().all(|part| [part.sale.acquired, part.sale.held_since].contains(&acquired))
    });
    if is_other {
        found.other(DifferenceReason::OtherLot, BrokerFigure::DateAcquired);
    }
    is_other
}

fn proceeds(row: &Row<'_>, ours: &Figures, tolerance: i128, found: &mut Found) {
    let difference = ours.proceeds - row.proceeds;
    let reason = if difference.abs() <= tolerance {
        DifferenceReason::Rounding
    } else {
        DifferenceReason::WrongProceeds
    };
    found.amount(reason, BrokerFigure::Proceeds, difference);
}

/// The cost: rounding, another lot, changes of the cost that the broker does not know, or what remains.
fn cost(
    row: &Row<'_>,
    by: BrokerMatch,
    ours: &Figures,
    is_other_lot: bool,
    tolerance: i128,
    found: &mut Found,
) {
    let figure = BrokerFigure::Cost;
    let Some(reported) = row.cost else {
        let is_covered = row.given.basis_reported;
        let reason = if is_covered { DifferenceReason::WrongBasis } else { DifferenceReason::UncoveredLot };
        return found.amount(reason, figure, ours.cost);
    };
    let difference = ours.cost - reported;
    if difference.abs() <= tolerance {
        return found.amount(DifferenceReason::Rounding, figure, difference);
    }
    if is_other_lot {
        return found.amount(DifferenceReason::OtherLot, figure, difference);
    }
    let changes = [
        (DifferenceReason::WashSaleAcrossAccounts, ours.changes.deferred_elsewhere),
        (DifferenceReason::ReturnOfCapital, ours.changes.returned),
        (DifferenceReason::WashSaleOfBook, ours.changes.deferred_here),
    ];
    // The fewest changes that explain the difference, in this order.
    for chosen in [&[0][..], &[1], &[2], &[0, 1], &[0, 2], &[1, 2], &[0, 1, 2]] {
        let chosen: Vec<_> = chosen.iter().filter_map(|place| changes.get(*place)).collect();
        let explained: i128 = chosen.iter().map(|(_, change)| change).sum();
        let rest = difference - explained;
        if chosen.iter().all(|(_, change)| *change != 0) && rest.abs() <= tolerance {
            for (reason, change) in chosen {
                found.amount(*reason, figure, *change);
            }
            return found.amount(DifferenceReason::Rounding, figure, rest);
        }
    }
    let reason = match by {
        _ if !row.given.basis_reported => DifferenceReason::UncoveredLot,
        BrokerMatch::Proceeds => DifferenceReason::CorporateAction,
        _ => DifferenceReason::WrongBasis,
    };
    found.amount(reason, figure, difference);
}

fn wash_sales(row: &Row<'_>, ours: &Figures, tolerance: i128, found: &mut Found) {
    let figure = BrokerFigure::DisallowedLoss;
    let difference = ours.disallowed - row.disallowed;
    if difference.abs() <= tolerance {
        found.amount(DifferenceReason::Rounding, figure, difference);
    } else if difference < 0 {
        found.amount(DifferenceReason::WashSaleOfBroker, figure, difference);
    } else {
        let elsewhere = difference.min(ours.disallowed_elsewhere);
        found.amount(DifferenceReason::WashSaleAcrossAccounts, figure, elsewhere);
        found.amount(DifferenceReason::WashSaleOfBook, figure, difference - elsewhere);
    }
}
