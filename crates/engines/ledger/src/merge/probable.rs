//! Transactions that are probably the same although their ids differ.

use std::collections::BTreeMap;

use wherewithal_base::{Result, control::Work, dates::Date, money::Currency, num::Decimal};

use super::records::{ProbableDuplicate, ProbableDuplicateBasis as Basis};
use crate::{LedgerAccount, LedgerTransaction};

/// What two transactions that are the same have in common.
type Key<'a> = (&'a str, Decimal, Option<Currency>, Option<&'a str>, Option<Decimal>);

/// Those that there were and those that are new, of one key.
#[derive(Default)]
struct Group<'a> {
    existing: Vec<&'a LedgerTransaction>,
    new: Vec<&'a LedgerTransaction>,
}

/// The new transactions that are probably there already, each with one of those that there were, and no two with the same:
/// first by equal dates, then by the other date, then by near ones, in the order of dates.
pub(super) fn probable(
    accounts: &[LedgerAccount],
    existing: &[&LedgerTransaction],
    new: &[&LedgerTransaction],
    near_days: u32,
    work: &mut Work<'_, '_>,
) -> Result<Vec<ProbableDuplicate>> {
    let mut currencies = BTreeMap::new();
    for account in accounts {
        currencies.insert(account.id.as_str(), account.currency);
    }
    let mut groups: BTreeMap<Key<'_>, Group<'_>> = BTreeMap::new();
    for transaction in new {
        work.done(4)?;
        groups.entry(key(transaction, &currencies)).or_default().new.push(transaction);
    }
    for transaction in existing {
        work.done(4)?;
        // Only what may be found again is looked at.
        if let Some(group) = groups.get_mut(&key(transaction, &currencies)) {
            group.existing.push(transaction);
        }
    }
    let mut found = Vec::new();
    for group in groups.values_mut() {
        work.done(group.existing.len() + group.new.len())?;
        group.matched(near_days, &mut found);
    }
    Ok(found)
}

fn key<'a>(transaction: &'a LedgerTransaction, currencies: &BTreeMap<&str, Option<Currency>>) -> Key<'a> {
    let of_account = || currencies.get(transaction.account.as_str()).copied().flatten();
    (
        &transaction.account,
        transaction.amount,
        transaction.currency.or_else(of_account),
        transaction.security.as_deref(),
        transaction.quantity,
    )
}

impl Group<'_> {
    fn matched(&mut self, near_days: u32, found: &mut Vec<ProbableDuplicate>) {
        if self.existing.is_empty() {
            return;
        }
        let near = i32::try_from(near_days).unwrap_or(i32::MAX);
        let date = |one: &LedgerTransaction| one.date;
        let posted = |one: &LedgerTransaction| one.settlement_date.unwrap_or(one.date);
        self.pair(Basis::SameDay, date, date, 0, found);
        self.pair(Basis::OtherDate, posted, date, 0, found);
        self.pair(Basis::OtherDate, date, posted, 0, found);
        self.pair(Basis::OtherDate, posted, posted, 0, found);
        self.pair(Basis::NearDay, date, date, near, found);
    }

    /// Pairs what is at most so many days apart, the earliest first, and takes it out.
    fn pair(
        &mut self,
        basis: Basis,
        of_existing: impl Fn(&LedgerTransaction) -> Date,
        of_new: impl Fn(&LedgerTransaction) -> Date,
        most: i32,
        found: &mut Vec<ProbableDuplicate>,
    ) {
        self.existing.sort_by(|one, other| (of_existing(one), &one.id).cmp(&(of_existing(other), &other.id)));
        self.new.sort_by(|one, other| (of_new(one), &one.id).cmp(&(of_new(other), &other.id)));
        let (mut existing, mut new) = (self.existing.iter().peekable(), self.new.iter().peekable());
        let (mut unpaired_existing, mut unpaired_new) = (Vec::new(), Vec::new());
        while let (Some(one), Some(other)) = (existing.peek().copied(), new.peek().copied()) {
            let days = of_existing(one).days_until(of_new(other));
            if days.abs() <= most && may_be_same(one, other, basis) {
                existing.next();
                new.next();
                found.push(ProbableDuplicate {
                    transaction: other.id.clone(),
                    existing: one.id.clone(),
                    basis,
                    days: one.date.days_until(other.date),
                    left_out: false,
                });
            } else if days < 0 {
                new.next();
                unpaired_new.push(*other);
            } else {
                existing.next();
                unpaired_existing.push(*one);
            }
        }
        unpaired_existing.extend(existing);
        unpaired_new.extend(new);
        (self.existing, self.new) = (unpaired_existing, unpaired_new);
    }
}

/// Whether nothing speaks against it: two references of an institution are two transactions, and equal texts on different
/// days are a purchase that recurs.
fn may_be_same(one: &LedgerTransaction, other: &LedgerTransaction, basis: Basis) -> bool {
    let referred = one.reference.is_some() && other.reference.is_some();
    if referred && one.reference != other.reference {
        return false;
    }
    basis != Basis::NearDay || one.description != other.description
}
