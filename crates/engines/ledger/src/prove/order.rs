//! The order of the transactions of one day, which the balances of their rows tell.

use std::collections::BTreeMap;

use wherewithal_base::{Result, num::Decimal};

use crate::replay::{Exact, Row};

/// Puts the rows of a day into the order in which they count.
///
/// Where every row has the balance after it, each row leads from one balance to another, and an order in which all of them
/// fit is a trail along all rows; whatever order the file has, it is found. Otherwise the rows stand as in the list or the
/// other way round, whichever fits more balances, and where that does not tell, as the dates of the whole list do.
pub(super) fn arrange(rows: &mut Vec<Row>, opening: Option<Exact>, newest_first: bool) -> Result<()> {
    if newest_first {
        rows.reverse();
    }
    if rows.len() < 2 || rows.iter().all(|row| row.balance.is_none()) {
        return Ok(());
    }
    let links = fitting(rows.iter(), opening)?;
    let most = rows.len() - usize::from(opening.is_none());
    if links == most {
        return Ok(());
    }
    if let Some(order) = trail(rows, opening)? {
        let arranged: Vec<Row> = order.iter().filter_map(|place| rows.get(*place).copied()).collect();
        *rows = arranged;
    } else if fitting(rows.iter().rev(), opening)? > links {
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

/// An order of all rows in which each leads from the balance of the one before to its own: an Eulerian trail (Hierholzer
/// 1873) through the balances. `None` if there is none. Rows that could stand in either order keep theirs.
fn trail(rows: &[Row], opening: Option<Exact>) -> Result<Option<Vec<usize>>> {
    let mut ends: Vec<(Decimal, Decimal)> = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(balance) = row.balance else { return Ok(None) };
        ends.push((balance.minus(row.amount)?, balance));
    }
    // The last of a list is taken first, so they are put in from the end.
    let mut leaving: BTreeMap<Decimal, Vec<usize>> = BTreeMap::new();
    let mut surplus: BTreeMap<Decimal, i64> = BTreeMap::new();
    for (place, (from, to)) in ends.iter().enumerate().rev() {
        leaving.entry(*from).or_default().push(place);
        *surplus.entry(*from).or_default() += 1;
        *surplus.entry(*to).or_default() -= 1;
    }
    let opening = opening.map(|opening| opening.decimal(0)).transpose()?;
    let start = surplus
        .iter()
        .find(|(_, surplus)| **surplus > 0)
        .map(|(balance, _)| *balance)
        .or(opening.filter(|opening| leaving.contains_key(opening)))
        .or(ends.first().map(|(from, _)| *from));
    let Some(start) = start else { return Ok(None) };
    let (mut open, mut reversed) = (vec![(start, None)], Vec::with_capacity(rows.len()));
    while let Some((balance, by)) = open.last().copied() {
        match leaving.get_mut(&balance).and_then(Vec::pop) {
            Some(place) => open.extend(ends.get(place).map(|(_, to)| (*to, Some(place)))),
            None => {
                open.pop();
                reversed.extend(by);
            }
        }
    }
    reversed.reverse();
    let mut at = start;
    for place in &reversed {
        match ends.get(*place) {
            Some((from, to)) if *from == at => at = *to,
            _ => return Ok(None),
        }
    }
    Ok((reversed.len() == rows.len()).then_some(reversed))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::replay::Change;

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

    fn arranged(mut rows: Vec<Row>, opening: Option<i128>, newest_first: bool) -> Vec<usize> {
        arrange(&mut rows, opening.map(Exact::whole), newest_first).unwrap();
        rows.iter().map(|row| row.transaction).collect()
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
            arrange(&mut rows, Some(Exact::whole(100)), false).unwrap();
            prop_assert_eq!(fitting(rows.iter(), Some(Exact::whole(100))).unwrap(), rows.len());
        }
    }
}
