//! A whole history at once.

use std::collections::BTreeSet;

use wherewithal_base::{Error, ErrorCode, Result, control::Control, error::At as _};

use super::Book;
use crate::input::{LotAccount, LotEvent, LotRules, LotSecurity};

/// Events between two looks at the control.
const STRIDE: usize = 1024;

/// Builds a book from events in any order, each with its place in the caller's list.
pub(crate) fn build<'a>(
    rules: &LotRules,
    accounts: &[LotAccount],
    securities: &[LotSecurity],
    events: impl IntoIterator<Item = (usize, &'a LotEvent)>,
    with_journal: bool,
    control: &Control,
) -> Result<Book> {
    let mut book = build_unfinished(rules, accounts, securities, events, with_journal, control)?;
    book.finish()?;
    Ok(book)
}

/// The same for a book that takes more events.
pub(crate) fn build_unfinished<'a>(
    rules: &LotRules,
    accounts: &[LotAccount],
    securities: &[LotSecurity],
    events: impl IntoIterator<Item = (usize, &'a LotEvent)>,
    with_journal: bool,
    control: &Control,
) -> Result<Book> {
    let mut book = Book::new(rules, accounts, securities)?;
    if with_journal {
        book.journal = Some(Vec::new());
    }
    let mut order: Vec<(usize, &LotEvent)> = events.into_iter().collect();
    // A list that is in order costs one look at each of its events.
    if !order.is_sorted_by_key(|(_, event)| event.order()) {
        order.sort_by_key(|(_, event)| event.order());
    }
    book.reserve(order.len());
    let mut done = 0;
    for day in order.chunk_by(|(_, one), (_, other)| one.date() == other.date()) {
        apply_day(&mut book, day, control, &mut done)?;
    }
    Ok(book)
}

/// Applies the events of a day. A sale that comes before the purchases of its day may take from them.
pub(crate) fn apply_day(
    book: &mut Book,
    day: &[(usize, &LotEvent)],
    control: &Control,
    done: &mut usize,
) -> Result<()> {
    let mut early = BTreeSet::new();
    for (place, (index, event)) in day.iter().enumerate() {
        if done.is_multiple_of(STRIDE) {
            control.check()?;
        }
        *done += 1;
        if early.contains(index) {
            continue;
        }
        match apply(book, *index, event) {
            Err(error) if is_sale(event) && error.code() == ErrorCode::QuantityExceedsHeld => {
                let later = day.iter().skip(place + 1).filter(|(index, _)| !early.contains(index));
                let bought = sell_early(book, *index, event, later, error)?;
                early.extend(bought);
            }
            result => result?,
        }
    }
    Ok(())
}

/// Makes a sale that lacks shares: the purchases that follow on its day are made first, one after the other, until there
/// are enough. Returns the indices of those purchases.
fn sell_early<'a>(
    book: &mut Book,
    index: usize,
    sale: &LotEvent,
    later: impl Iterator<Item = &'a (usize, &'a LotEvent)>,
    mut lacking: Error,
) -> Result<Vec<usize>> {
    let mut bought = Vec::new();
    book.buy_early(true);
    // After a split the shares are others.
    for (purchase, event) in later.take_while(|(_, event)| !event.is_split_of(sale)) {
        if !event.is_acquisition() || book.position_of(event)? != book.position_of(sale)? {
            continue;
        }
        apply(book, *purchase, event)?;
        bought.push(*purchase);
        match apply(book, index, sale) {
            Err(error) if error.code() == ErrorCode::QuantityExceedsHeld => lacking = error,
            result => {
                book.buy_early(false);
                return result.map(|()| bought);
            }
        }
    }
    Err(lacking)
}

fn is_sale(event: &LotEvent) -> bool {
    matches!(event, LotEvent::Sell { .. })
}

#[expect(clippy::expect_used, reason = "a list in memory has fewer entries")]
fn apply(book: &mut Book, index: usize, event: &LotEvent) -> Result<()> {
    let place = u32::try_from(index).expect("a list has fewer than 2^32 events");
    book.apply(book.first_event.saturating_add(place), event).at_index("events", index)
}
