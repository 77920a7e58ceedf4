//! A whole history at once.

use wherewithal_base::{Error, ErrorCode, Result, control::Control, error::At as _, order};

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
    let mut sorted: Vec<(usize, &LotEvent)> = events.into_iter().collect();
    // A list that is in order costs one look at each of its events.
    if !sorted.is_sorted_by_key(|(_, event)| event.order()) {
        order::sort_by_key(&mut sorted, |(_, event)| event.order());
    }
    book.reserve(sorted.len());
    let mut done = 0;
    for day in sorted.chunk_by(|(_, one), (_, other)| one.date() == other.date()) {
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
    // Which events of the day have been applied before their turn; empty while none has.
    let mut early: Vec<bool> = Vec::new();
    for (place, (index, event)) in day.iter().enumerate() {
        if done.is_multiple_of(STRIDE) {
            control.check()?;
        }
        *done += 1;
        if early.get(place).is_some_and(|is_early| *is_early) {
            continue;
        }
        match apply(book, *index, event) {
            Err(error) if is_sale(event) && error.code() == ErrorCode::QuantityExceedsHeld => {
                early.resize(day.len(), false);
                sell_early(book, (*index, event), day, place, &mut early, error)?;
            }
            result => result?,
        }
    }
    Ok(())
}

/// Makes the sale at a place of a day that lacks shares: the purchases that follow on the day are made first, one after the
/// other, until there are enough, and are marked in `early`.
fn sell_early(
    book: &mut Book,
    (index, sale): (usize, &LotEvent),
    day: &[(usize, &LotEvent)],
    place: usize,
    early: &mut [bool],
    lacking: Error,
) -> Result<()> {
    book.buy_early(true);
    let sold = buy_and_sell(book, (index, sale), day, place, early, lacking);
    // Whether the sale was made or refused, what is bought next is not bought for it.
    book.buy_early(false);
    sold
}

/// Makes purchases that follow a sale, until there are enough shares for it.
fn buy_and_sell(
    book: &mut Book,
    (index, sale): (usize, &LotEvent),
    day: &[(usize, &LotEvent)],
    place: usize,
    early: &mut [bool],
    mut lacking: Error,
) -> Result<()> {
    let later = day.iter().zip(early).skip(place + 1);
    // After a split the shares are others.
    for ((purchase, event), is_early) in later.take_while(|((_, event), _)| !event.is_split_of(sale)) {
        if *is_early || !event.is_acquisition() || !book.are_of_one_position(event, sale) {
            continue;
        }
        apply(book, *purchase, event)?;
        *is_early = true;
        match apply(book, index, sale) {
            Err(error) if error.code() == ErrorCode::QuantityExceedsHeld => lacking = error,
            result => return result,
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
