//! `lots.explain`.

use wherewithal_base::{
    Error, ErrorCode, Result, control::Control, dates::Date, error::At as _, num::Decimal, wire::Wire,
};

use super::LotBookInput;
use crate::{
    BasisRule,
    engine::{Book, Entry},
    input::LotEvent,
    output::{lot_id, money, quantity},
};

/// Input of `lots.explain`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotExplanationInput {
    /// The history of the book.
    pub book: LotBookInput,
    /// The id of a lot, of a part of one, or of a purchase with all its parts.
    #[wire(length = 1..=140)]
    pub lot: String,
}

impl LotExplanationInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`explain`].
    pub fn run(&self, control: &Control) -> Result<LotExplanation> {
        explain(self, control)
    }
}

/// How a lot came to its cost, event by event.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotExplanation {
    /// What happened to the lot, in the order of the events. `basisChange` adds up to the cost of what is left.
    pub steps: Vec<LotStep>,
}

/// What an event did to a lot.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotStep {
    /// The place of the event in the list, counted from 0.
    pub event: u32,
    /// The day of the event.
    pub date: Date,
    /// The id of the lot or of the part of it.
    pub lot: String,
    /// The rule.
    pub rule: BasisRule,
    /// The number of shares concerned; after a split, the new number.
    pub quantity: Decimal,
    /// The exact number as a fraction if it is no decimal.
    #[wire(omit)]
    pub quantity_fraction: Option<String>,
    /// By how much the cost changed. In a position with an average cost, what the position as a whole gained or lost.
    pub basis_change: Decimal,
    /// The id of the lot that it was set apart from, or whose shares it replaces.
    #[wire(omit)]
    pub other: Option<String>,
}

/// Tells how a lot came to its cost: each event that changed it, and the rule.
///
/// # Errors
/// Those of [`book`](super::book), inside `book`; `name.unknown` if there is no such lot.
pub fn explain(input: &LotExplanationInput, control: &Control) -> Result<LotExplanation> {
    let events = &input.book.events;
    let book = input.book.build(true, control).at("book")?;
    let journal = book.journal.as_deref().unwrap_or_default();
    let is_meant = |id: &str| {
        id == input.lot
            || !input.lot.is_empty() && id.strip_prefix(&input.lot).is_some_and(|rest| rest.starts_with('#'))
    };
    let steps = journal.iter().map(|entry| step(&book, entry, events)).collect::<Result<Vec<_>>>()?;
    let steps: Vec<LotStep> = steps.into_iter().filter(|step| is_meant(&step.lot)).collect();
    if steps.is_empty() {
        let message = format!("no lot is called {:?}", input.lot);
        return Err(Error::new(ErrorCode::NameUnknown, message).at("lot"));
    }
    Ok(LotExplanation { steps })
}

#[expect(clippy::expect_used, reason = "a line of the journal names an event of the list")]
fn step(book: &Book, entry: &Entry, events: &[LotEvent]) -> Result<LotStep> {
    let event = events.get(entry.event as usize).expect("the event is in the list");
    let (quantity, quantity_fraction) = quantity(book, entry.lot, entry.units, entry.unit)?;
    Ok(LotStep {
        event: entry.event,
        date: event.date(),
        lot: lot_id(book, entry.lot),
        rule: entry.rule,
        quantity,
        quantity_fraction,
        basis_change: money(book, entry.basis)?,
        other: entry.other.map(|other| lot_id(book, other)),
    })
}
