//! A whole history at once.

use wherewithal_base::{ErrorCode, Result, control::Control, error::At as _};

use super::Book;
use crate::input::{LotAccount, LotEvent, LotRules, LotSecurity};

/// Events between two looks at the control.
const STRIDE: usize = 1024;

/// Builds a book from events in any order.
pub(crate) fn build(
    rules: &LotRules,
    accounts: &[LotAccount],
    securities: &[LotSecurity],
    events: &[LotEvent],
    with_journal: bool,
    control: &Control,
) -> Result<Book> {
    let mut book = Book::new(rules, accounts, securities)?;
    if with_journal {
        book.journal = Some(Vec::new());
    }
    let mut order: Vec<(usize, &LotEvent)> = events.iter().enumerate().collect();
    order.sort_by_key(|(_, event)| event.order());
    let mut days = order.chunk_by(|(_, one), (_, other)| one.date() == other.date());
    let mut done = 0;
    while let Some(day) = days.next() {
        apply_day(&mut book, day, control, &mut done)?;
    }
    book.finish()?;
    Ok(book)
}

/// Applies the events of a day. A sale that comes before the purchases of its day may take from them.
fn apply_day(book: &mut Book, day: &[(usize, &LotEvent)], control: &Control, done: &mut usize) -> Result<()> {
    let mut bought_early = false;
    for (place, (index, event)) in day.iter().enumerate() {
        if *done % STRIDE == 0 {
            control.check()?;
        }
        *done += 1;
        if bought_early && event.is_acquisition() {
            continue;
        }
        match apply(book, *index, event) {
            Err(error) if error.code() == ErrorCode::QuantityExceedsHeld && !bought_early => {
                bought_early = true;
                let later = day.iter().skip(place + 1).filter(|(_, event)| event.is_acquisition());
                for (index, event) in later {
                    apply(book, *index, event)?;
                }
                apply(book, *index, event)?;
            }
            result => result?,
        }
    }
    Ok(())
}

#[expect(clippy::expect_used, reason = "a list in memory has fewer entries")]
fn apply(book: &mut Book, index: usize, event: &LotEvent) -> Result<()> {
    let number = u32::try_from(index).expect("a list has fewer than 2^32 events");
    book.apply(number, event).at_index("events", index)
}
