//! Which rows of a broker stand for which sales of the book.
//!
//! Rows are matched round by round, from the strictest rule to the loosest, and in a round in the order of the list; what is
//! matched is out of all later rounds. Each round sorts, so all of them take n log n.

use std::cmp::Ordering;

use wherewithal_base::{
    Result,
    control::{Control, Work},
    order,
};

use super::{
    BrokerMatch, Row,
    ours::{Piece, Sale},
};
use crate::{HoldingTerm, exact::Running, input::LotEvent, names::Places};

/// Half a thousandth of a share, in units of 10^-18: what a broker's quantity of a lot may be rounded by.
const HALF_A_THOUSANDTH: i128 = 500_000_000_000_000;

/// What it takes to look at a row or a sale, in units of work.
const ENTRY: usize = 10;

/// What a row stands for.
pub(super) struct Found {
    pub(super) by: BrokerMatch,
    pub(super) pieces: Vec<Piece>,
}

pub(super) struct Matches {
    /// One for each row.
    pub(super) rows: Vec<Found>,
    /// The places of the sales that no row stands for.
    pub(super) missing_at_broker: Vec<usize>,
}

/// An account and a security on the day of a sale.
type DayKey<'a> = (usize, &'a str, i32);

/// What a row and a sale have in common, as far as a round asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    day: DayKey<'a>,
    acquired: Option<i32>,
    term: Option<HoldingTerm>,
    /// The number of shares; none of a group, whose sums are compared.
    atoms: Option<i128>,
    /// The proceeds, the cost and the disallowed loss.
    figures: Option<(i128, i128, i128)>,
}

impl<'a> Key<'a> {
    fn of_row(row: &Row<'a>) -> Self {
        let day = (row.account, row.security, row.sold);
        Self { day, acquired: None, term: None, atoms: Some(row.atoms), figures: None }
    }

    fn of_sale(sale: &Sale<'a>) -> Self {
        let day = (sale.account, sale.security, sale.disposal.day);
        Self { day, acquired: None, term: None, atoms: Some(sale.atoms), figures: None }
    }
}

/// Places, each with its key.
type Keyed<'a> = Vec<(Key<'a>, usize)>;

/// The places of rows and of sales for each key that both have, in the order of the keys; those of one key in their own.
fn joined<'a>(mut rows: Keyed<'a>, mut sales: Keyed<'a>) -> Vec<(Vec<usize>, Vec<usize>)> {
    order::sort_by(&mut rows, Ord::cmp);
    order::sort_by(&mut sales, Ord::cmp);
    let places = |of_key: &[(Key<'_>, usize)]| of_key.iter().map(|(_, place)| *place).collect();
    let mut sales = sales.chunk_by(|(one, _), (other, _)| one == other).peekable();
    let mut joined = Vec::new();
    for of_row in rows.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((key, _)) = of_row.first() else { continue };
        let is_of = |of_sale: &[(Key<'_>, usize)], order| {
            of_sale.first().is_some_and(|(other, _)| other.cmp(key) == order)
        };
        while sales.next_if(|of_sale| is_of(of_sale, Ordering::Less)).is_some() {}
        if let Some(of_sale) = sales.next_if(|of_sale| is_of(of_sale, Ordering::Equal)) {
            joined.push((places(of_row), places(of_sale)));
        }
    }
    joined
}

/// What is not matched yet.
struct Open<'a, 'c, 'k> {
    rows: &'a [Row<'a>],
    sales: &'a [Sale<'a>],
    found: Vec<Option<Found>>,
    taken: Vec<bool>,
    rounding: i128,
    control: &'c Control<'k>,
}

pub(super) fn matches<'a>(
    events: &[LotEvent],
    rows: &'a [Row<'a>],
    sales: &'a [Sale<'a>],
    rounding: i128,
    control: &Control,
) -> Result<Matches> {
    let mut open = Open {
        rows,
        sales,
        found: rows.iter().map(|_| None).collect(),
        taken: vec![false; sales.len()],
        rounding,
        control,
    };
    open.one_to_one(
        BrokerMatch::Exact,
        &|row| {
            let figures = (row.proceeds, row.cost?, row.disallowed);
            let (acquired, term) = (Some(row.acquired?), Some(row.given.term?));
            Some(Key { acquired, term, figures: Some(figures), ..Key::of_row(row) })
        },
        &|sale| {
            let disposal = sale.disposal;
            let figures = (disposal.proceeds, disposal.cost, disposal.disallowed);
            let (acquired, term) = (Some(sale.acquired), Some(disposal.term));
            Key { acquired, term, figures: Some(figures), ..Key::of_sale(sale) }
        },
    )?;
    let by_acquired = |row: &Row<'a>| Some(Key { acquired: Some(row.acquired?), ..Key::of_row(row) });
    open.one_to_one(BrokerMatch::Lot, &by_acquired, &|sale| Key {
        acquired: Some(sale.acquired),
        ..Key::of_sale(sale)
    })?;
    // Brokers may show the day from which a wash sale counts the holding period.
    open.one_to_one(BrokerMatch::Lot, &by_acquired, &|sale| Key {
        acquired: Some(sale.held_since),
        ..Key::of_sale(sale)
    })?;
    open.one_to_one(
        BrokerMatch::Sale,
        &|row| Some(Key { term: Some(row.given.term?), ..Key::of_row(row) }),
        &|sale| Key { term: Some(sale.disposal.term), ..Key::of_sale(sale) },
    )?;
    open.one_to_one(BrokerMatch::Sale, &|row| Some(Key::of_row(row)), &Key::of_sale)?;
    open.groups(BrokerMatch::Group, true, &|_| true)?;
    open.groups(BrokerMatch::Group, false, &|_| true)?;
    let split = Places::of(events.iter().filter_map(|event| match event {
        LotEvent::Split { security, .. } => Some(security.as_str()),
        _ => None,
    }));
    open.groups(BrokerMatch::Proceeds, false, &|security| split.get(security).is_some())?;

    let nothing = || Found { by: BrokerMatch::Nothing, pieces: Vec::new() };
    let missing = open.taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(place, _)| place);
    Ok(Matches {
        missing_at_broker: missing.collect(),
        rows: open.found.into_iter().map(|found| found.unwrap_or_else(nothing)).collect(),
    })
}

impl<'a> Open<'a, '_, '_> {
    fn open_rows(&self) -> impl Iterator<Item = (usize, &'a Row<'a>)> {
        self.rows
            .iter()
            .zip(&self.found)
            .enumerate()
            .filter(|(_, (_, found))| found.is_none())
            .map(|(place, (row, _))| (place, row))
    }

    fn open_sales(&self) -> impl Iterator<Item = (usize, &'a Sale<'a>)> {
        self.sales
            .iter()
            .zip(&self.taken)
            .enumerate()
            .filter(|(_, (_, taken))| !**taken)
            .map(|(place, (sale, _))| (place, sale))
    }

    /// Matches rows with sales of the same key, one with one, both in their order.
    fn one_to_one(
        &mut self,
        by: BrokerMatch,
        of_row: &dyn Fn(&Row<'a>) -> Option<Key<'a>>,
        of_sale: &dyn Fn(&Sale<'a>) -> Key<'a>,
    ) -> Result<()> {
        let mut work = Work::under(self.control);
        let (mut rows, mut sales) = (Vec::new(), Vec::new());
        for (place, sale) in self.open_sales() {
            work.done(ENTRY)?;
            sales.push((of_sale(sale), place));
        }
        for (place, row) in self.open_rows() {
            work.done(ENTRY)?;
            rows.extend(of_row(row).map(|key| (key, place)));
        }
        for (rows, sales) in joined(rows, sales) {
            for (row, sale) in rows.into_iter().zip(sales) {
                let atoms = self.sale(sale).atoms;
                self.settle(row, by, vec![Piece { sale, before: 0, atoms }]);
            }
        }
        Ok(())
    }

    /// The sale at a place.
    #[expect(clippy::indexing_slicing, reason = "places are those of the list")]
    fn sale(&self, place: usize) -> &'a Sale<'a> {
        &self.sales[place]
    }

    /// The row at a place.
    #[expect(clippy::indexing_slicing, reason = "places are those of the list")]
    fn row(&self, place: usize) -> &'a Row<'a> {
        &self.rows[place]
    }

    #[expect(clippy::indexing_slicing, reason = "places are those of the lists")]
    fn settle(&mut self, row: usize, by: BrokerMatch, pieces: Vec<Piece>) {
        for piece in &pieces {
            self.taken[piece.sale] = true;
        }
        self.found[row] = Some(Found { by, pieces });
    }

    /// Matches all rows of an account, a security and a day, and of a term if one is asked for, with all such sales, where
    /// their sums agree.
    fn groups(&mut self, by: BrokerMatch, with_term: bool, is_meant: &dyn Fn(&str) -> bool) -> Result<()> {
        let mut work = Work::under(self.control);
        let (mut rows, mut sales) = (Vec::new(), Vec::new());
        for (place, row) in self.open_rows().filter(|(_, row)| is_meant(row.security)) {
            work.done(ENTRY)?;
            let term = row.given.term.filter(|_| with_term);
            rows.push((Key { term, atoms: None, ..Key::of_row(row) }, place));
        }
        for (place, sale) in self.open_sales().filter(|(_, sale)| is_meant(sale.security)) {
            work.done(ENTRY)?;
            let term = Some(sale.disposal.term).filter(|_| with_term);
            sales.push((Key { term, atoms: None, ..Key::of_sale(sale) }, place));
        }
        for (rows, sales) in joined(rows, sales) {
            let mut rows: Vec<_> = rows.into_iter().map(|place| (place, self.row(place))).collect();
            let mut sales: Vec<_> = sales.into_iter().map(|place| (place, self.sale(place))).collect();
            if !self.agree(by, &rows, &sales) {
                continue;
            }
            order::sort_by_key(&mut rows, |(place, row)| (row.acquired.is_none(), row.acquired, *place));
            order::sort_by_key(&mut sales, |(place, sale)| (sale.acquired, *place));
            for (row, pieces) in divide(&rows, &sales)? {
                self.settle(row, by, pieces);
            }
        }
        Ok(())
    }

    /// Whether rows and sales can be the same: their quantities agree; or they agree up to the rounding of quantities, and
    /// the proceeds too; or, by the proceeds, those agree and the quantities do not.
    fn agree(&self, by: BrokerMatch, rows: &[(usize, &Row<'a>)], sales: &[(usize, &Sale<'a>)]) -> bool {
        let count = i128::try_from(rows.len() + sales.len()).unwrap_or(i128::MAX);
        let quantity = rows.iter().map(|(_, row)| row.atoms).sum::<i128>()
            - sales.iter().map(|(_, sale)| sale.atoms).sum::<i128>();
        let proceeds = rows.iter().map(|(_, row)| row.proceeds).sum::<i128>()
            - sales.iter().map(|(_, sale)| sale.disposal.proceeds).sum::<i128>();
        let proceeds_agree = proceeds.abs() <= self.rounding.saturating_mul(count);
        match by {
            BrokerMatch::Proceeds => proceeds_agree,
            _ => {
                quantity == 0 || (proceeds_agree && quantity.abs() <= HALF_A_THOUSANDTH.saturating_mul(count))
            }
        }
    }
}

/// Divides sales among rows in their orders: each row gets as large a share of the shares sold as it has of the rows.
fn divide(rows: &[(usize, &Row<'_>)], sales: &[(usize, &Sale<'_>)]) -> Result<Vec<(usize, Vec<Piece>)>> {
    let of_rows = rows.iter().map(|(_, row)| row.atoms).sum();
    let of_sales = sales.iter().map(|(_, sale)| sale.atoms).sum();
    let mut shares = Running::new(of_sales, of_rows);
    let mut sales = sales.iter();
    let mut current = sales.next().map(|(place, sale)| (*place, 0, sale.atoms));
    let mut divided = Vec::new();
    for (row, given) in rows {
        let mut wanted = shares.next(given.atoms)?;
        let mut pieces = Vec::new();
        while wanted > 0
            && let Some((sale, before, left)) = current
        {
            let atoms = wanted.min(left);
            pieces.push(Piece { sale, before, atoms });
            wanted -= atoms;
            current = if atoms < left {
                Some((sale, before + atoms, left - atoms))
            } else {
                sales.next().map(|(place, sale)| (*place, 0, sale.atoms))
            };
        }
        divided.push((*row, pieces));
    }
    Ok(divided)
}
