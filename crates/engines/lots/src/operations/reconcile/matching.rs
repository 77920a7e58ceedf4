//! Which rows of a broker stand for which sales of the book.
//!
//! Rows are matched round by round, from the strictest rule to the loosest, and in a round in the order of the list; what is
//! matched is out of all later rounds. Each round sorts, so all of them take n log n.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use wherewithal_base::{
    Result,
    control::{Control, Work},
    order,
};

use super::{
    BrokerMatch, Row,
    ours::{Piece, Sale},
};
use crate::{HoldingTerm, exact::Running, input::LotEvent};

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

/// Rows and sales, each with its place.
type Group<'a> = (Vec<(usize, &'a Row<'a>)>, Vec<(usize, &'a Sale<'a>)>);

/// What is not matched yet.
struct Open<'a, 'c, 'k> {
    rows: &'a [Row<'a>],
    sales: &'a [Sale<'a>],
    found: Vec<Option<Found>>,
    taken: Vec<bool>,
    rounding: i128,
    control: &'c Control<'k>,
}

pub(super) fn matches(
    events: &[LotEvent],
    rows: &[Row<'_>],
    sales: &[Sale<'_>],
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
        |row| {
            let figures = (row.proceeds, row.cost?, row.disallowed, row.given.term?);
            Some((row.day(), row.acquired?, row.atoms, figures))
        },
        |sale| {
            let disposal = sale.disposal;
            let figures = (disposal.proceeds, disposal.cost, disposal.disallowed, disposal.term);
            Some((sale.day(), sale.acquired, sale.atoms, figures))
        },
    )?;
    open.one_to_one(
        BrokerMatch::Lot,
        |row| Some((row.day(), row.acquired?, row.atoms)),
        |sale| Some((sale.day(), sale.acquired, sale.atoms)),
    )?;
    // Brokers may show the day from which a wash sale counts the holding period.
    open.one_to_one(
        BrokerMatch::Lot,
        |row| Some((row.day(), row.acquired?, row.atoms)),
        |sale| Some((sale.day(), sale.held_since, sale.atoms)),
    )?;
    open.one_to_one(
        BrokerMatch::Sale,
        |row| Some((row.day(), row.given.term?, row.atoms)),
        |sale| Some((sale.day(), sale.disposal.term, sale.atoms)),
    )?;
    open.one_to_one(
        BrokerMatch::Sale,
        |row| Some((row.day(), row.atoms)),
        |sale| Some((sale.day(), sale.atoms)),
    )?;
    open.groups(BrokerMatch::Group, |row| row.given.term, |sale| Some(sale.disposal.term), |_| true)?;
    open.groups(BrokerMatch::Group, |_| None, |_| None, |_| true)?;
    let split: BTreeSet<&str> = events
        .iter()
        .filter_map(|event| match event {
            LotEvent::Split { security, .. } => Some(security.as_str()),
            _ => None,
        })
        .collect();
    open.groups(BrokerMatch::Proceeds, |_| None, |_| None, |security| split.contains(security))?;

    let nothing = || Found { by: BrokerMatch::Nothing, pieces: Vec::new() };
    let missing = open.taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(place, _)| place);
    Ok(Matches {
        missing_at_broker: missing.collect(),
        rows: open.found.into_iter().map(|found| found.unwrap_or_else(nothing)).collect(),
    })
}

impl<'a> Row<'a> {
    fn day(&self) -> DayKey<'a> {
        (self.account, self.security, self.sold)
    }
}

impl<'a> Sale<'a> {
    fn day(&self) -> DayKey<'a> {
        (self.account, self.security, self.disposal.day)
    }
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
    fn one_to_one<K: Ord>(
        &mut self,
        by: BrokerMatch,
        of_row: impl Fn(&Row<'a>) -> Option<K>,
        of_sale: impl Fn(&Sale<'a>) -> Option<K>,
    ) -> Result<()> {
        let mut work = Work::under(self.control);
        let mut waiting: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
        for (place, sale) in self.open_sales() {
            work.done(ENTRY)?;
            if let Some(key) = of_sale(sale) {
                waiting.entry(key).or_default().push_back(place);
            }
        }
        let mut pairs = Vec::new();
        for (place, row) in self.open_rows() {
            work.done(ENTRY)?;
            if let Some(key) = of_row(row)
                && let Some(sale) = waiting.get_mut(&key).and_then(VecDeque::pop_front)
            {
                pairs.push((place, sale));
            }
        }
        for (row, sale) in pairs {
            let atoms = self.sales.get(sale).map_or(0, |sale| sale.atoms);
            self.settle(row, by, vec![Piece { sale, before: 0, atoms }]);
        }
        Ok(())
    }

    fn settle(&mut self, row: usize, by: BrokerMatch, pieces: Vec<Piece>) {
        for piece in &pieces {
            if let Some(taken) = self.taken.get_mut(piece.sale) {
                *taken = true;
            }
        }
        if let Some(found) = self.found.get_mut(row) {
            *found = Some(Found { by, pieces });
        }
    }

    /// Matches all rows of an account, a security and a day, and of a term if one is asked for, with all such sales, where
    /// their sums agree.
    fn groups(
        &mut self,
        by: BrokerMatch,
        term_of_row: impl Fn(&Row<'a>) -> Option<HoldingTerm>,
        term_of_sale: impl Fn(&Sale<'a>) -> Option<HoldingTerm>,
        is_meant: impl Fn(&str) -> bool,
    ) -> Result<()> {
        let mut work = Work::under(self.control);
        let mut groups: BTreeMap<(DayKey<'a>, Option<HoldingTerm>), Group<'a>> = BTreeMap::new();
        for (place, row) in self.open_rows().filter(|(_, row)| is_meant(row.security)) {
            work.done(ENTRY)?;
            groups.entry((row.day(), term_of_row(row))).or_default().0.push((place, row));
        }
        for (place, sale) in self.open_sales().filter(|(_, sale)| is_meant(sale.security)) {
            work.done(ENTRY)?;
            groups.entry((sale.day(), term_of_sale(sale))).or_default().1.push((place, sale));
        }
        for (mut rows, mut sales) in groups.into_values() {
            if rows.is_empty() || sales.is_empty() || !self.agree(by, &rows, &sales) {
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
