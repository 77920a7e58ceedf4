//! `lots.append`.

use wherewithal_base::{
    Error, ErrorCode, Result, check, control::Control, error::At as _, order, wire::Wire,
};

use crate::{
    engine::{Book, MOST_EVENTS, apply_day},
    input::{LotAccount, LotEvent, LotRules, LotSecurity},
    output::{LotChanges, LotState},
};

/// The most events at a time, as many as a history has.
const MOST: usize = 200_000;

/// Input of `lots.append`: a book, and the events that come next.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotAppendInput {
    /// The book so far, as the last call gave it. Without it a book begins, by `rules`, `accounts` and `securities`.
    pub state: Option<LotState>,
    /// The rules by which a new book is kept. Not with `state`, which has them.
    #[wire(omit)]
    pub rules: Option<LotRules>,
    /// The accounts of a new book; absent for one taxable account, which events need not name. Not with `state`.
    #[wire(default, omit, length = ..=1_000)]
    pub accounts: Vec<LotAccount>,
    /// What is known of the securities of a new book beside their id. Those that are not listed are stocks. Not with `state`.
    #[wire(default, omit, length = ..=10_000)]
    pub securities: Vec<LotSecurity>,
    /// The events, in any order, none of them before the last one of the book. They are numbered on from those before.
    #[wire(length = 1..=200_000)]
    pub events: Vec<LotEvent>,
}

impl LotAppendInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`append`].
    pub fn run(&self, control: &Control) -> Result<AppendedBook> {
        append(self, control)
    }
}

/// What events changed in a book, and the book after them.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AppendedBook {
    /// The rows that are new or other than before.
    pub changes: LotChanges,
    /// The book after the events, for the next call.
    pub state: LotState,
}

/// Applies events to a book that is given as a state, and gives what they changed and the new state.
///
/// ```
/// # use wherewithal_lots::wherewithal;
/// use wherewithal::{control::Control, lots::{self, LotAppendInput}};
///
/// let input = |text| serde_json::from_str::<LotAppendInput>(text).unwrap();
/// let bought = lots::append(&input(r#"{"events": [
///     {"kind": "buy", "date": "2025-01-10", "security": "A", "quantity": "10", "price": "50"}]}"#), &Control::default())?;
/// let mut next = input(r#"{"events": [
///     {"kind": "sell", "date": "2025-03-20", "security": "A", "quantity": "4", "price": "55"}]}"#);
/// next.state = Some(bought.state);
/// let sold = lots::append(&next, &Control::default())?;
/// assert_eq!(sold.changes.disposals[0].disposal.gain.to_string(), "20.00");
/// assert_eq!(sold.changes.lots[0].total_cost.to_string(), "300.00");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `dates.out_of_order` for an event that would take effect before the last one of the book; those of
/// [`Book::from_state`], inside `state`; those of [`book`](super::book), each with the index of the event in its path.
pub fn append(input: &LotAppendInput, control: &Control) -> Result<AppendedBook> {
    let events = &input.events;
    check::length(events.len(), 1..=MOST).at("events")?;
    let mut book = begin(input, control)?;
    let number = u32::try_from(events.len()).ok().and_then(|count| book.events.checked_add(count));
    if number.is_none_or(|number| number > MOST_EVENTS) {
        let message = format!("a book has at most {MOST_EVENTS} events");
        return Err(Error::new(ErrorCode::InputTooLarge, message).at("events"));
    }
    book.first_event = book.events;
    let mut sorted: Vec<(usize, &LotEvent)> = events.iter().enumerate().collect();
    order::sort_by_key(&mut sorted, |(_, event)| event.order());
    refuse_late(&book, &sorted)?;
    let mut done = 0;
    let changes = book.tell(control, |book| {
        let mut days = sorted.chunk_by(|(_, one), (_, other)| one.date() == other.date());
        days.try_for_each(|day| apply_day(book, day, control, &mut done))
    })?;
    Ok(AppendedBook { changes, state: book.state_under(control)? })
}

/// The book before the events.
fn begin(input: &LotAppendInput, control: &Control) -> Result<Book> {
    let LotAppendInput { state, rules, accounts, securities, .. } = input;
    let Some(state) = state else {
        return Book::new(&rules.clone().unwrap_or_default(), accounts, securities);
    };
    let given = [
        ("rules", rules.is_some()),
        ("accounts", !accounts.is_empty()),
        ("securities", !securities.is_empty()),
    ];
    if let Some((field, _)) = given.into_iter().find(|(_, is_given)| *is_given) {
        let message = "`state` has the rules, the accounts and the securities of its book";
        return Err(Error::new(ErrorCode::FieldConflict, message).at(field));
    }
    Book::from_state_under(state, control).at("state")
}

/// Refuses events of the last day of a book that would have come before the last one, so that the book is the one of the
/// whole history. A dividend changes no lot, so it may come at any time of the day. `sorted` is in order.
fn refuse_late(book: &Book, sorted: &[(usize, &LotEvent)]) -> Result<()> {
    let Some(last) = book.last_order()? else { return Ok(()) };
    let late = sorted.iter().find(|(_, event)| {
        event.date() == last.0 && event.order() < last && !matches!(event, LotEvent::Dividend { .. })
    });
    let Some((index, _)) = late else { return Ok(()) };
    let message = format!(
        "on this day the event would come before the last one of the book; if it came later, give it a `sequence` above {}, \
         and otherwise build the book of the whole history",
        last.1
    );
    Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("sequence").at_index("events", *index))
}
