//! The splits of securities: what a share is by day.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{Result, control::Work, dates::Date};
use wherewithal_ledger::{LedgerTransaction, LedgerTransactionType};

use super::exact::Ratio;

/// The days within which two accounts may book one split.
const DAYS_OF_ONE_SPLIT: i32 = 31;

/// The largest number of a ratio of splits.
const MOST_IN_RATIO: i128 = 10_i128.pow(18);

/// The splits of one security, whichever accounts state them.
#[derive(Debug, Default)]
pub(super) struct Splits {
    /// By day.
    spans: Vec<Span>,
}

/// A split, and what all splits up to it come to.
#[derive(Debug)]
struct Span {
    /// The first and the last day on which accounts have it.
    first: Date,
    last: Date,
    /// What became of a share that there was before all splits.
    ratio: Ratio,
    /// How many splits up to it have a ratio that nobody states, or not the same.
    unknown: usize,
}

/// What is known of a split before the accounts are compared.
#[derive(Default)]
struct OfDay<'a> {
    /// The ratio of each account; none if it is not known.
    accounts: BTreeMap<&'a str, Option<Ratio>>,
}

impl Splits {
    /// The splits by security, which has its place in `by_id`.
    ///
    /// A record that states a number of shares and a ratio is a split by that ratio, and one that states no ratio one by a ratio that is not
    /// known.
    pub(super) fn read(
        transactions: &[LedgerTransaction],
        by_id: &BTreeMap<&str, usize>,
        work: &mut Work<'_, '_>,
    ) -> Result<BTreeMap<usize, Self>> {
        let mut days: BTreeMap<usize, BTreeMap<Date, OfDay<'_>>> = BTreeMap::new();
        for record in transactions {
            work.done(1)?;
            if record.r#type != LedgerTransactionType::Split && record.split_to.is_none() {
                continue;
            }
            let Some(place) = record.security.as_deref().and_then(|id| by_id.get(id)) else { continue };
            let ratio = record.split_to.zip(record.split_from).and_then(|(to, from)| Ratio::of(to, from));
            let has_quantity = record.quantity.is_some_and(|quantity| !quantity.is_zero());
            let of_day = days.entry(*place).or_default().entry(record.date).or_default();
            of_day
                .accounts
                .entry(&record.account)
                .and_modify(|known| {
                    // Several numbers of shares in one day may be the two sides of one split.
                    *known = if has_quantity {
                        None
                    } else {
                        known.zip(ratio).and_then(|(one, other)| one.times(other))
                    };
                })
                .or_insert(ratio);
        }
        Ok(days.into_iter().map(|(place, days)| (place, Self { spans: spans(days) })).collect())
    }

    /// What became of a share between the end of one day and that of a later one; none if nobody knows.
    pub(super) fn between(&self, from: Date, to: Date) -> Option<Ratio> {
        // Before the one there are splits that are over; after the other such as have not begun.
        let done = self.spans.partition_point(|span| span.last <= from);
        let begun = self.spans.partition_point(|span| span.first <= to);
        if done >= begun {
            return Some(Ratio::NONE);
        }
        let within = self.spans.get(done..begun)?;
        let (first, last) = (within.first()?, within.last()?);
        // On a day on which some accounts have a split and others do not, nobody knows which shares a price is of.
        if first.first <= from || last.last > to {
            return None;
        }
        let before = done.checked_sub(1).and_then(|before| self.spans.get(before));
        let (ratio, unknown) = before.map_or((Ratio::NONE, 0), |span| (span.ratio, span.unknown));
        if last.unknown != unknown {
            return None;
        }
        last.ratio.times(ratio.reversed())
    }
}

/// The splits in the order of their days. Those of different accounts within some days are one, which they date differently, unless an
/// account has both.
fn spans(days: BTreeMap<Date, OfDay<'_>>) -> Vec<Span> {
    struct Open<'a> {
        first: Date,
        last: Date,
        ratio: Option<Ratio>,
        accounts: BTreeSet<&'a str>,
    }
    let mut open: Vec<Open<'_>> = Vec::with_capacity(days.len());
    for (day, OfDay { accounts }) in days {
        let mut ratios = accounts.values().copied();
        let first = ratios.next().flatten();
        let ratio = first.filter(|first| ratios.all(|other| other == Some(*first)));
        match open.last_mut() {
            Some(last)
                if last.last.days_until(day) <= DAYS_OF_ONE_SPLIT
                    && !accounts.keys().any(|account| last.accounts.contains(account)) =>
            {
                last.ratio = last.ratio.filter(|known| ratio == Some(*known));
                last.last = day;
                last.accounts.extend(accounts.into_keys());
            }
            _ => open.push(Open { first: day, last: day, ratio, accounts: accounts.into_keys().collect() }),
        }
    }
    let (mut all, mut unknown) = (Ratio::NONE, 0);
    let mut spans = Vec::with_capacity(open.len());
    for Open { first, last, ratio, .. } in open {
        let is_small = |ratio: &Ratio| ratio.to <= MOST_IN_RATIO && ratio.from <= MOST_IN_RATIO;
        match ratio.and_then(|ratio| all.times(ratio)).filter(is_small) {
            Some(ratio) => all = ratio,
            None => unknown += 1,
        }
        spans.push(Span { first, last, ratio: all, unknown });
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use wherewithal_base::{control::Control, dates::date};

    fn day(day: u32) -> Date {
        date(2026, 3, 1).unwrap().add_days(i32::try_from(day).unwrap() - 1).unwrap()
    }

    /// The splits of a security by account and day, each with `from` and `to`, or with a number of shares.
    fn splits(told: &[(&str, u32, &str)]) -> Splits {
        let records: Vec<LedgerTransaction> = (told.iter().enumerate())
            .map(|(index, (account, on, fields))| {
                let text = format!(
                    r#"{{"id": "{index}", "account": "{account}", "date": "{}", "amount": "0", "type": "split",
                        "security": "X", "description": "split", {fields}}}"#,
                    day(*on)
                );
                serde_json::from_str(&text).unwrap()
            })
            .collect();
        let by_id = [("X", 0)].into_iter().collect();
        let control = Control::default();
        let mut read = Splits::read(&records, &by_id, &mut Work::under(&control)).unwrap();
        read.remove(&0).unwrap_or_default()
    }

    const TWO: &str = r#""splitFrom": "1", "splitTo": "2""#;
    const THREE: &str = r#""splitFrom": "1", "splitTo": "3""#;

    fn between(splits: &Splits, from: u32, to: u32) -> Option<(i128, i128)> {
        splits.between(day(from), day(to)).map(|ratio| (ratio.to, ratio.from))
    }

    #[test]
    fn a_split_counts_after_the_day_before_it() {
        let splits = splits(&[("a", 5, TWO), ("b", 5, TWO), ("a", 9, THREE)]);
        assert_eq!(between(&splits, 1, 4), Some((1, 1)));
        assert_eq!(between(&splits, 4, 5), Some((2, 1)));
        assert_eq!(between(&splits, 5, 8), Some((1, 1)));
        assert_eq!(between(&splits, 5, 9), Some((3, 1)));
        assert_eq!(between(&splits, 1, 30), Some((6, 1)));
        assert_eq!(between(&splits, 9, 9), Some((1, 1)));
    }

    #[test]
    fn a_ratio_that_nobody_states_is_not_known() {
        let splits = splits(&[("a", 5, r#""quantity": "90""#), ("a", 50, TWO)]);
        assert_eq!(between(&splits, 4, 5), None);
        assert_eq!(between(&splits, 5, 60), Some((2, 1)));
        let both = self::splits(&[("a", 5, TWO), ("b", 5, THREE)]);
        assert_eq!(between(&both, 4, 5), None);
        assert_eq!(between(&both, 5, 6), Some((1, 1)));
        let stated = self::splits(&[("a", 5, &format!(r#"{TWO}, "quantity": "90""#))]);
        assert_eq!(between(&stated, 4, 5), Some((2, 1)));
    }

    #[test]
    fn two_accounts_may_date_one_split_differently() {
        let splits = splits(&[("a", 5, TWO), ("b", 7, TWO)]);
        assert_eq!(between(&splits, 4, 7), Some((2, 1)));
        for (from, to) in [(4, 5), (4, 6), (5, 6), (5, 7), (6, 9)] {
            assert_eq!(between(&splits, from, to), None, "{from} to {to}");
        }
        assert_eq!(between(&splits, 7, 9), Some((1, 1)));
        // An account that has both tells that there are two.
        let two = self::splits(&[("a", 5, TWO), ("b", 7, TWO), ("a", 7, TWO)]);
        assert_eq!(between(&two, 4, 7), Some((4, 1)));
    }
}
