//! Payments of one merchant that recur.

use super::{
    input::RecurrenceDetection,
    payments::{Group, Payment},
    slots::{Cadence, Slots},
};
use std::{cmp::Ordering, collections::BTreeMap};
use wherewithal_base::{Result, control::Work, dates::Date, num::Decimal, order};

/// A series of payments that recur.
#[derive(Debug, Clone)]
pub(crate) struct Series<'f> {
    pub(crate) name: String,
    pub(crate) fit: Fit,
    /// The payments on slots, with the slot of each.
    pub(crate) payments: Vec<(Payment<'f>, i32)>,
    /// Second charges, with the first ones.
    pub(crate) doubles: Vec<(Payment<'f>, Payment<'f>)>,
}

/// How well a cadence fits payments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fit {
    pub(crate) cadence: Cadence,
    pub(crate) slots: Slots,
    /// The payments in slots of their own.
    pub(super) met: u32,
    /// The slots between the first of them and the last in which there is none.
    pub(super) missed: u32,
    /// The payments beside them.
    pub(super) others: u32,
    /// How many days the payments are off their slots, together.
    off: i64,
}

impl Fit {
    /// What the confidence is made of: one more than the slots after the first that were met, and two more than those that
    /// there were, with the other payments.
    pub(super) fn odds(&self) -> (u32, u32) {
        (self.met, self.met + self.missed + self.others + 1)
    }

    /// Whether it fits better: with more confidence, then nearer to the slots.
    fn is_better_than(&self, other: &Self) -> bool {
        let ((met, of), (other_met, of_other)) = (self.odds(), other.odds());
        let (ours, theirs) = (u64::from(met) * u64::from(of_other), u64::from(other_met) * u64::from(of));
        match ours.cmp(&theirs) {
            Ordering::Equal => self.off < other.off,
            order => order == Ordering::Greater,
        }
    }

    /// Whether there are payments and confidence enough.
    fn suffices(&self, detection: &RecurrenceDetection) -> Result<bool> {
        let (met, of) = self.odds();
        let least = detection.min_confidence.times(Decimal::from(of))?;
        Ok(self.met >= detection.min_payments && Decimal::from(met) >= least)
    }
}

/// The series of a group: all payments together, or those of each amount by themselves.
pub(crate) fn series_of<'f>(
    group: &Group<'f>,
    detection: &RecurrenceDetection,
    work: &mut Work<'_, '_>,
) -> Result<Vec<Series<'f>>> {
    let (payments, doubles) = without_doubles(&group.payments, detection);
    if payments.len() < detection.min_payments as usize {
        return Ok(Vec::new());
    }
    let whole = series(&group.name, payments.clone(), detection, work)?;
    let is_steady = whole.as_ref().is_some_and(|series| !changes_mostly(&series.payments));
    let mut found = Vec::new();
    if !is_steady {
        let parts = by_amount(&payments, detection)?;
        let count = parts.len();
        for part in parts {
            found.extend(series(&group.name, part, detection, work)?);
        }
        // Payments that recur together, at amounts that vary, are one series unless each amount recurs by itself.
        if whole.is_some() && found.len() < count.max(2) {
            found.clear();
        }
    }
    if found.is_empty() {
        found.extend(whole);
    }
    assign_doubles(&mut found, doubles);
    Ok(found)
}

/// The cadence that fits payments best, if it does well enough.
fn series<'f>(
    name: &str,
    payments: Vec<Payment<'f>>,
    detection: &RecurrenceDetection,
    work: &mut Work<'_, '_>,
) -> Result<Option<Series<'f>>> {
    if payments.len() < detection.min_payments as usize {
        return Ok(None);
    }
    let dates: Vec<Date> = payments.iter().map(|payment| payment.date).collect();
    let mut best: Option<Fit> = None;
    for cadence in Cadence::ALL {
        let Some(slots) = cadence.fit(&dates, work)? else { continue };
        let Some(fit) = fit(cadence, slots, &dates, work)? else { continue };
        if best.as_ref().is_none_or(|best| fit.is_better_than(best)) {
            best = Some(fit);
        }
    }
    let Some(fit) = best else { return Ok(None) };
    if !fit.suffices(detection)? {
        return Ok(None);
    }
    let mut met: Vec<(Payment<'f>, i32)> = Vec::with_capacity(payments.len());
    for payment in payments {
        let before = met.last().map(|(_, number)| *number);
        if let Some(number) = in_own_slot(&fit.slots, fit.cadence, payment.date, before)? {
            met.push((payment, number));
        }
    }
    Ok(Some(Series { name: name.to_owned(), fit, payments: met, doubles: Vec::new() }))
}

/// The number of the slot in which a payment is the first, if it is near enough.
fn in_own_slot(slots: &Slots, cadence: Cadence, date: Date, before: Option<i32>) -> Result<Option<i32>> {
    let (number, late) = slots.nearest(date)?;
    let is_own = late.abs() <= cadence.tolerance && before.is_none_or(|before| number > before);
    Ok(is_own.then_some(number))
}

fn fit(cadence: Cadence, slots: Slots, dates: &[Date], work: &mut Work<'_, '_>) -> Result<Option<Fit>> {
    let mut ends: Option<(i32, i32)> = None;
    let (mut met, mut others, mut off) = (0_u32, 0_u32, 0_i64);
    for date in dates {
        work.done(1)?;
        let Some(number) = in_own_slot(&slots, cadence, *date, ends.map(|(_, last)| last))? else {
            others += 1;
            continue;
        };
        ends = Some((ends.map_or(number, |(first, _)| first), number));
        met += 1;
        off += i64::from(slots.day(number)?.days_until(*date).abs());
    }
    Ok(ends.map(|(first, last)| {
        let missed = (last - first).unsigned_abs() + 1 - met;
        Fit { cadence, slots, met, missed, others, off }
    }))
}

/// The payments without second charges, and those with the first ones.
fn without_doubles<'f>(
    payments: &[Payment<'f>],
    detection: &RecurrenceDetection,
) -> (Vec<Payment<'f>>, Vec<(Payment<'f>, Payment<'f>)>) {
    let mut kept: Vec<Payment<'f>> = Vec::with_capacity(payments.len());
    let mut doubles = Vec::new();
    let mut last: BTreeMap<(&str, Decimal), Payment<'f>> = BTreeMap::new();
    for payment in payments {
        let key = (payment.flow.account.as_str(), payment.amount);
        match last.get(&key) {
            Some(first) if is_double(first, payment, detection) => doubles.push((*payment, *first)),
            _ => {
                last.insert(key, *payment);
                kept.push(*payment);
            }
        }
    }
    (kept, doubles)
}

/// Whether two payments of one amount, in the order of days, are so near that the second is a double charge.
fn is_double(first: &Payment<'_>, second: &Payment<'_>, detection: &RecurrenceDetection) -> bool {
    detection.find_doubles && first.date.days_until(second.date).unsigned_abs() <= detection.double_days
}

/// Gives each second charge to the series of the first one.
fn assign_doubles<'f>(found: &mut [Series<'f>], doubles: Vec<(Payment<'f>, Payment<'f>)>) {
    let mut places = BTreeMap::new();
    for (place, series) in found.iter().enumerate() {
        places.extend(series.payments.iter().map(|(payment, _)| (&payment.flow.transaction, place)));
    }
    for (second, first) in doubles {
        // The first one may belong to no series.
        if let Some(place) = places.get(&first.flow.transaction) {
            #[expect(clippy::indexing_slicing, reason = "places are those of the series")]
            found[*place].doubles.push((second, first));
        }
    }
}

/// Whether the amount changes from one payment to the next more often than it stays.
pub(super) fn changes_mostly(payments: &[(Payment<'_>, i32)]) -> bool {
    let changes = payments.array_windows().filter(|[(before, _), (after, _)]| before.amount != after.amount);
    2 * changes.count() > payments.len().saturating_sub(1)
}

/// The payments, parted where the next higher amount is far above, each part by day.
fn by_amount<'f>(payments: &[Payment<'f>], detection: &RecurrenceDetection) -> Result<Vec<Vec<Payment<'f>>>> {
    let factor = Decimal::ONE.plus(detection.amount_gap)?;
    let mut sorted = payments.to_vec();
    order::sort_by_key(&mut sorted, |payment| payment.amount.abs());
    let mut parts: Vec<Vec<Payment<'f>>> = Vec::new();
    let mut before: Option<Decimal> = None;
    for payment in sorted {
        let amount = payment.amount.abs();
        let begins = match before {
            Some(before) => amount > before.times(factor)?,
            None => true,
        };
        before = Some(amount);
        match parts.last_mut() {
            Some(part) if !begins => part.push(payment),
            _ => parts.push(vec![payment]),
        }
    }
    for part in &mut parts {
        order::sort_by(part, |a, b| (a.date, &a.flow.transaction).cmp(&(b.date, &b.flow.transaction)));
    }
    Ok(parts)
}
