//! The order of the transactions of one day, which the balances of their rows tell.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{Result, control::Work, num::Decimal};

use crate::replay::{Exact, Figure, Row};

/// Puts the rows of a day into the order in which they count.
///
/// Where every row has the balance after it, each row leads from one balance to another, and an order in which all of them
/// fit is a trail along all rows; whatever order the file has, it is found. Otherwise the rows stand as in the list or the
/// other way round, whichever fits more balances, and where that does not tell, as the dates of the whole list do.
pub(super) fn arrange(
    rows: &mut Vec<Row>,
    opening: Option<Exact>,
    newest_first: bool,
    later: &Later<'_>,
    work: &mut Work<'_, '_>,
) -> Result<()> {
    if newest_first {
        rows.reverse();
    }
    if rows.len() < 2 || rows.iter().all(|row| row.balance.is_none()) {
        return Ok(());
    }
    let links = fitting(rows.iter(), opening)?;
    let fits = links + usize::from(opening.is_none()) == rows.len();
    if fits && opening.is_some() {
        return Ok(());
    }
    let order = match Trails::of(rows)? {
        Some(trails) => trails.order(opening, later, work)?,
        None => None,
    };
    if let Some(order) = order {
        let arranged: Vec<Row> = order.iter().filter_map(|place| rows.get(*place).copied()).collect();
        *rows = arranged;
    } else if !fits && fitting(rows.iter().rev(), opening)? > links {
        rows.reverse();
    }
    Ok(())
}

/// How many rows lead from the balance before them to their own.
fn fitting<'r>(rows: impl Iterator<Item = &'r Row>, opening: Option<Exact>) -> Result<usize> {
    let (mut before, mut count) = (opening, 0);
    for row in rows {
        let reached = before.map(|before| row.change.apply(before)).transpose()?;
        let stated = row.balance.map(Exact::of).transpose()?;
        count += usize::from(stated.is_some() && stated == reached);
        before = stated.or(reached);
    }
    Ok(count)
}

/// The balances of a day, and the rows that lead from one to another.
struct Trails {
    /// The balance before each row and the one after it.
    ends: Vec<(Decimal, Decimal)>,
    /// The balance that more rows leave than reach: a trail starts there. Without one, the rows are a circle, and a trail
    /// starts at any balance and ends there again.
    start: Option<Decimal>,
}

impl Trails {
    /// `None` if a row has no balance.
    fn of(rows: &[Row]) -> Result<Option<Self>> {
        let mut ends = Vec::with_capacity(rows.len());
        let mut surplus: BTreeMap<Decimal, i64> = BTreeMap::new();
        for row in rows {
            let Some(to) = row.balance else { return Ok(None) };
            let from = to.minus(row.amount)?;
            *surplus.entry(from).or_default() += 1;
            *surplus.entry(to).or_default() -= 1;
            ends.push((from, to));
        }
        let start = surplus.into_iter().find(|(_, surplus)| *surplus > 0).map(|(balance, _)| balance);
        Ok(Some(Self { ends, start }))
    }

    /// The balances from which rows lead.
    fn before(&self) -> impl Iterator<Item = Decimal> {
        self.ends.iter().map(|(from, _)| *from)
    }

    /// The order in which the rows count; `None` if no order fits. A circle starts at the opening, and where that is not
    /// known, at a balance from which what comes later follows.
    fn order(
        &self,
        opening: Option<Exact>,
        later: &Later<'_>,
        work: &mut Work<'_, '_>,
    ) -> Result<Option<Vec<usize>>> {
        let order = self.any();
        if self.start.is_some() || order.is_none() {
            return Ok(order);
        }
        let balances: BTreeSet<Decimal> = self.before().collect();
        let opening = opening.map(|opening| opening.decimal(0)).transpose()?;
        let known = opening.map(|opening| nearest(&balances, opening, later.tolerance)).transpose()?;
        let starts = match known.flatten() {
            Some(known) => BTreeSet::from([known]),
            None => later.starts(balances, work)?,
        };
        let first = self.before().find(|balance| starts.contains(balance));
        Ok(first.and_then(|first| self.trail(first)))
    }

    /// An order in which all rows fit; `None` if there is none.
    fn any(&self) -> Option<Vec<usize>> {
        self.trail(self.start.or_else(|| self.before().next())?)
    }

    /// An order of all rows in which each leads from the balance of the one before to its own: an Eulerian trail
    /// (Hierholzer 1873) through the balances, from this one. `None` if there is none. Rows that could stand in either order
    /// keep theirs.
    fn trail(&self, start: Decimal) -> Option<Vec<usize>> {
        // The last of a list is taken first, so they are put in from the end.
        let mut leaving: BTreeMap<Decimal, Vec<usize>> = BTreeMap::new();
        for (place, (from, _)) in self.ends.iter().enumerate().rev() {
            leaving.entry(*from).or_default().push(place);
        }
        let (mut open, mut reversed) = (vec![(start, None)], Vec::with_capacity(self.ends.len()));
        while let Some((balance, by)) = open.last().copied() {
            match leaving.get_mut(&balance).and_then(Vec::pop) {
                Some(place) => open.extend(self.ends.get(place).map(|(_, to)| (*to, Some(place)))),
                None => {
                    open.pop();
                    reversed.extend(by);
                }
            }
        }
        reversed.reverse();
        let mut at = start;
        for place in &reversed {
            match self.ends.get(*place) {
                Some((from, to)) if *from == at => at = *to,
                _ => return None,
            }
        }
        (reversed.len() == self.ends.len()).then_some(reversed)
    }
}

/// What comes after the rows of a day.
pub(super) struct Later<'t> {
    /// The rows of later days.
    pub(super) rows: &'t [Row],
    /// What is stated at the end of the day and later.
    pub(super) figures: &'t [Figure],
    /// The difference up to which a figure agrees.
    pub(super) tolerance: Decimal,
}

impl Later<'_> {
    /// Those of the balances at the end of a day from which all that comes later follows, up to the first figure, to the first
    /// day that starts at one balance alone, or to the first one from which nothing follows.
    ///
    /// A balance that is chosen of these is one of every circle that was looked at, so that no later day looks at these again.
    fn starts(&self, mut left: BTreeSet<Decimal>, work: &mut Work<'_, '_>) -> Result<BTreeSet<Decimal>> {
        let (mut rows, mut moved) = (self.rows, Decimal::ZERO);
        let stated = self.figures.first();
        while let Some(day) = rows.first().map(|row| row.day)
            && stated.is_none_or(|figure| day <= figure.day)
        {
            let (today, after) = rows.split_at(rows.partition_point(|row| row.day <= day));
            rows = after;
            work.done(1 + 4 * today.len())?;
            if today.iter().all(|row| row.balance.is_none()) {
                moved = moved.plus(Decimal::sum(today.iter().map(|row| row.amount))?)?;
                continue;
            }
            let Some(trails) = Trails::of(today)?.filter(|trails| trails.any().is_some()) else {
                return Ok(left);
            };
            if let Some(start) = trails.start {
                return self.alone(left, start.minus(moved)?);
            }
            let mut both: BTreeSet<Decimal> = BTreeSet::new();
            for balance in trails.before() {
                both.extend(left.get(&balance.minus(moved)?));
            }
            if both.is_empty() {
                return Ok(left);
            }
            left = both;
        }
        match stated {
            Some(figure) => self.alone(left, figure.amount.minus(moved)?),
            None => Ok(left),
        }
    }

    /// The balance that is meant by a number; all of them if none is.
    fn alone(&self, left: BTreeSet<Decimal>, number: Decimal) -> Result<BTreeSet<Decimal>> {
        let only = nearest(&left, number, self.tolerance)?;
        Ok(only.map_or(left, |only| BTreeSet::from([only])))
    }
}

/// The balance that is nearest to a number, within the tolerance.
fn nearest(balances: &BTreeSet<Decimal>, number: Decimal, tolerance: Decimal) -> Result<Option<Decimal>> {
    let below = balances.range(..=number).next_back();
    let above = balances.range(number..).next();
    let mut nearest: Option<(Decimal, Decimal)> = None;
    for balance in [below, above].into_iter().flatten() {
        let found = (balance.minus(number)?.abs(), *balance);
        nearest = Some(nearest.map_or(found, |nearest| nearest.min(found)));
    }
    Ok(nearest.filter(|(apart, _)| *apart <= tolerance).map(|(_, balance)| balance))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use wherewithal_base::control::Control;

    use super::*;
    use crate::replay::{Change, FigureSource};

    fn row(place: usize, amount: i64, balance: Option<i64>) -> Row {
        let amount = Decimal::from(amount);
        Row {
            transaction: place,
            day: "2026-03-02".parse().unwrap(),
            change: Change::Add(Exact::of(amount).unwrap()),
            amount,
            balance: balance.map(Decimal::from),
        }
    }

    fn on(day: &str, row: Row) -> Row {
        Row { day: day.parse().unwrap(), ..row }
    }

    fn ordered(
        mut rows: Vec<Row>,
        opening: Option<i128>,
        newest_first: bool,
        (later, figures): (&[Row], &[Figure]),
    ) -> Vec<usize> {
        let later = Later { rows: later, figures, tolerance: Decimal::ZERO };
        let control = Control::default();
        let mut work = Work::under(&control);
        arrange(&mut rows, opening.map(Exact::whole), newest_first, &later, &mut work).unwrap();
        rows.iter().map(|row| row.transaction).collect()
    }

    fn arranged(rows: Vec<Row>, opening: Option<i128>, newest_first: bool) -> Vec<usize> {
        ordered(rows, opening, newest_first, (&[], &[]))
    }

    #[test]
    fn a_day_that_is_listed_backwards_is_turned() {
        let rows = vec![row(0, -30, Some(70)), row(1, 20, Some(100)), row(2, -5, Some(80))];
        assert_eq!(arranged(rows.clone(), None, false), [2, 1, 0]);
        assert_eq!(arranged(rows, Some(85), true), [2, 1, 0]);
    }

    #[test]
    fn without_balances_the_order_of_the_list_holds() {
        let rows = vec![row(0, -30, None), row(1, 20, None)];
        assert_eq!(arranged(rows.clone(), None, false), [0, 1]);
        assert_eq!(arranged(rows, None, true), [1, 0]);
    }

    #[test]
    fn a_day_with_a_fault_takes_the_order_that_fits_more() {
        let rows = vec![row(0, 10, Some(140)), row(1, 10, Some(120)), row(2, 10, Some(110))];
        assert_eq!(arranged(rows, Some(100), false), [2, 1, 0]);
    }

    /// From 100 to 110 and back: whether the day ends at 100 or at 110, only what follows tells.
    #[test]
    fn a_circle_ends_where_what_follows_begins() {
        let circle = || vec![row(0, 10, Some(110)), row(1, -10, Some(100))];
        assert_eq!(arranged(circle(), None, false), [0, 1]);
        assert_eq!(arranged(circle(), Some(110), false), [1, 0]);
        let stated = |day: &str, amount: i64| Figure {
            day: day.parse().unwrap(),
            amount: Decimal::from(amount),
            source: FigureSource::Balance(0),
        };
        let told = |rows: &[Row], figures: &[Figure]| ordered(circle(), None, false, (rows, figures));
        assert_eq!(told(&[], &[stated("2026-03-02", 110)]), [1, 0]);
        assert_eq!(told(&[], &[stated("2026-03-09", 100)]), [0, 1]);
        let silent = on("2026-03-03", row(2, -7, None));
        assert_eq!(told(&[silent], &[stated("2026-03-09", 103)]), [1, 0]);
        let next = on("2026-03-03", row(2, -7, Some(103)));
        assert_eq!(told(&[next], &[]), [1, 0]);
        // A circle after it has only one of the two in common with it.
        let other = [on("2026-03-03", row(2, 1, Some(111))), on("2026-03-03", row(3, -1, Some(110)))];
        assert_eq!(told(&other, &[]), [1, 0]);
        // What contradicts both tells nothing.
        assert_eq!(told(&[], &[stated("2026-03-02", 111)]), [0, 1]);
    }

    proptest! {
        #[test]
        fn any_order_of_a_day_leads_through_its_balances(
            amounts in prop::collection::vec(-9_i64..9, 1..12),
            shuffled in any::<prop::sample::Index>(),
        ) {
            let mut balance = 100;
            let mut rows = Vec::new();
            for (place, amount) in amounts.iter().enumerate() {
                balance += amount;
                rows.push(row(place, *amount, Some(balance)));
            }
            let turned = shuffled.index(rows.len());
            rows.rotate_left(turned);
            if turned % 2 == 1 {
                rows.reverse();
            }
            let places = ordered(rows.clone(), Some(100), false, (&[], &[]));
            let of = |place: &usize| rows.iter().find(|row| row.transaction == *place);
            let found = fitting(places.iter().filter_map(of), Some(Exact::whole(100))).unwrap();
            prop_assert_eq!(found, rows.len());
        }
    }
}
