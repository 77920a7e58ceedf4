//! The sales of the book, and the parts of them that rows of a broker stand for.

use wherewithal_base::{Result, error::At as _};

use super::{ReconciledLot, history::Changes};
use crate::{
    HoldingTerm,
    engine::{Book, Disposal},
    exact::{Running, atoms, shares_of},
    input::LotEvent,
    operations::form_8949::disposals_of,
    output::{lot_id, money, quantity},
    tally::Tally,
};

/// A sale of the book.
pub(super) struct Sale<'a> {
    /// Its place among the disposals of the book.
    pub(super) place: u32,
    pub(super) disposal: &'a Disposal,
    pub(super) account: usize,
    pub(super) security: &'a str,
    /// The number of shares in units of 10^-18.
    pub(super) atoms: i128,
    pub(super) acquired: i32,
    pub(super) held_since: i32,
    /// Whether the proceeds were changed by fees or by the premium of an option.
    pub(super) has_expenses: bool,
}

/// The sales of a year in taxable accounts.
pub(super) fn sales<'a>(book: &'a Book, events: &[LotEvent], year: i32) -> Result<Vec<Sale<'a>>> {
    let sales = disposals_of(book, year).map(|(place, disposal)| {
        let lot = &book.lots[disposal.lot];
        let position = &book.positions[lot.position];
        Ok(Sale {
            place,
            disposal,
            account: position.account,
            security: &book.securities[position.security].id,
            atoms: atoms(quantity(book, disposal.lot, disposal.units, disposal.unit)?.0)
                .at_index("events", disposal.event as usize)
                .at("book")?,
            acquired: lot.acquired,
            held_since: lot.held_since,
            has_expenses: events.get(disposal.event as usize).is_some_and(has_expenses),
        })
    });
    sales.collect()
}

/// Whether what shares bring in an event is less fees, or with the premium of an option.
fn has_expenses(event: &LotEvent) -> bool {
    match event {
        LotEvent::Sell { fees, .. } => !fees.is_zero(),
        LotEvent::Exercise { .. } | LotEvent::Assign { .. } => true,
        _ => false,
    }
}

/// A part of a sale that a row stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// The place of the sale in the list of those of the year.
    pub(super) sale: usize,
    /// The shares of it that lie before this part.
    pub(super) before: i128,
    pub(super) atoms: i128,
}

/// A part of a sale with its figures.
pub(super) struct Part<'a> {
    pub(super) sale: &'a Sale<'a>,
    pub(super) atoms: i128,
    pub(super) figures: Figures,
}

/// Figures in the smallest unit of the book.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Figures {
    pub(super) proceeds: i128,
    pub(super) cost: i128,
    pub(super) disallowed: i128,
    /// What of `disallowed` is due to replacements in other accounts or by other securities.
    pub(super) disallowed_elsewhere: i128,
    /// How the cost came to be what it is.
    pub(super) changes: Changes,
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.proceeds += other.proceeds;
        self.cost += other.cost;
        self.disallowed += other.disallowed;
        self.disallowed_elsewhere += other.disallowed_elsewhere;
        self.changes.add(other.changes);
    }
}

/// All that a row stands for.
pub(super) struct Parts<'a>(Vec<Part<'a>>);

impl<'a> Parts<'a> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Part<'a>> {
        self.0.iter()
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn total(&self) -> Figures {
        self.sum(|_| true)
    }

    pub(super) fn sum(&self, fits: impl Fn(&Part<'a>) -> bool) -> Figures {
        let mut total = Figures::default();
        for part in self.0.iter().filter(|part| fits(part)) {
            total.add(part.figures);
        }
        total
    }

    /// The parts of each term.
    pub(super) fn by_term(&self) -> Tally<HoldingTerm, Vec<&Part<'a>>> {
        let mut by_term: Tally<HoldingTerm, Vec<&Part<'a>>> = Tally::default();
        for part in &self.0 {
            by_term.at(part.sale.disposal.term).push(part);
        }
        by_term
    }

    pub(super) fn lots(&self, book: &Book) -> Result<Vec<ReconciledLot>> {
        let lots = self.0.iter().map(|part| {
            Ok(ReconciledLot {
                disposal: part.sale.place,
                lot: lot_id(book, part.sale.disposal.lot),
                quantity: shares_of(part.atoms)?,
                proceeds: money(book, part.figures.proceeds)?,
                cost: money(book, part.figures.cost)?,
                disallowed_loss: money(book, part.figures.disallowed)?,
                term: part.sale.disposal.term,
            })
        });
        lots.collect()
    }
}

/// The figures of the parts, whose sums over all parts of a sale are those of the sale.
#[expect(clippy::indexing_slicing, reason = "a piece names a sale of the list")]
pub(super) fn parts<'a>(
    sales: &'a [Sale<'a>],
    pieces: &[Piece],
    history: &super::history::History,
) -> Result<Parts<'a>> {
    let mut parts = Vec::new();
    for piece in pieces {
        let sale = &sales[piece.sale];
        let share = |amount: i128| {
            let mut running = Running::new(amount, sale.atoms);
            if piece.before > 0 {
                running.next(piece.before)?;
            }
            running.next(piece.atoms)
        };
        let changes = history.changes(sale.place);
        parts.push(Part {
            sale,
            atoms: piece.atoms,
            figures: Figures {
                proceeds: share(sale.disposal.proceeds)?,
                cost: share(sale.disposal.cost)?,
                disallowed: share(sale.disposal.disallowed)?,
                disallowed_elsewhere: share(history.disallowed_elsewhere(sale.place))?,
                changes: Changes {
                    returned: share(changes.returned)?,
                    deferred_here: share(changes.deferred_here)?,
                    deferred_elsewhere: share(changes.deferred_elsewhere)?,
                },
            },
        });
    }
    Ok(Parts(parts))
}
