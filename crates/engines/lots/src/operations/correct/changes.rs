//! What is corrected in a list of events.

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    order,
    wire::Wire,
};

use super::{LotCorrectionsInput, text};
use crate::input::LotEvent;

/// What it takes to write an event down, in units of work.
const EVENT: usize = 100;

/// A correction of a history.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
#[wire(tag = "kind")]
pub enum LotCorrection {
    /// An event was forgotten.
    Add {
        /// The event.
        event: LotEvent,
    },
    /// An event did not happen.
    Remove {
        /// The place of the event in the list, counted from 0.
        index: u32,
    },
    /// An event was different.
    Replace {
        /// The place of the event in the list, counted from 0.
        index: u32,
        /// What happened.
        event: LotEvent,
    },
}

/// The corrected list, and where its events come from.
pub(super) struct Changed {
    pub(super) events: Vec<LotEvent>,
    /// For each event, the place of the one that it stays or replaces; none if it is new.
    pub(super) origins: Vec<Option<u32>>,
    /// For each event, the correction that gives it.
    corrections: Vec<Option<usize>>,
}

impl Changed {
    /// An error of the corrected list, told where the event was given.
    pub(super) fn relocated(&self, error: Error, input: &LotCorrectionsInput) -> Error {
        let Some((index, rest)) = event_of(error.path()) else { return error.at("book") };
        let there = Error::new(error.code(), error.message().to_owned());
        let there = if rest.is_empty() { there } else { there.at(&rest) };
        if input.corrections.is_empty() {
            return there.at_index("correctedEvents", index);
        }
        match (self.corrections.get(index).copied().flatten(), self.origins.get(index).copied().flatten()) {
            (Some(correction), _) => there.at("event").at_index("corrections", correction),
            (None, origin) => {
                there.at_index("events", origin.map_or(index, |origin| origin as usize)).at("book")
            }
        }
    }
}

/// The index of the event that a path starts with, and the rest of the path.
fn event_of(path: &str) -> Option<(usize, String)> {
    let (index, rest) = path.strip_prefix("events[")?.split_once(']')?;
    Some((index.parse().ok()?, rest.trim_start_matches('.').to_owned()))
}

/// Applies the corrections to the list.
pub(super) fn apply(input: &LotCorrectionsInput, control: &Control) -> Result<Changed> {
    match (input.corrections.as_slice(), input.corrected_events.as_slice()) {
        ([], []) => {
            let message = "give `corrections`, or `correctedEvents` with all events as they should be";
            Err(Error::new(ErrorCode::FieldMissing, message).at("corrections"))
        }
        ([], events) => recognized(&input.book.events, events, control),
        (corrections, []) => corrected(&input.book.events, corrections),
        _ => {
            let message = "give `corrections` or `correctedEvents`, not both";
            Err(Error::new(ErrorCode::FieldConflict, message).at("correctedEvents"))
        }
    }
}

fn corrected(events: &[LotEvent], corrections: &[LotCorrection]) -> Result<Changed> {
    // For each event, the correction and what it says.
    let mut corrected: Vec<Option<(usize, Option<&LotEvent>)>> = vec![None; events.len()];
    let mut added = Vec::new();
    for (number, correction) in corrections.iter().enumerate() {
        let (index, event) = match correction {
            LotCorrection::Add { event } => {
                added.push((number, event));
                continue;
            }
            LotCorrection::Remove { index } => (*index as usize, None),
            LotCorrection::Replace { index, event } => (*index as usize, Some(event)),
        };
        let at = |error: Error| error.at("index").at_index("corrections", number);
        let Some(place) = corrected.get_mut(index) else {
            let message = format!("the list has {} events, so none stands at place {index}", events.len());
            return Err(at(Error::new(ErrorCode::NameUnknown, message)));
        };
        if place.replace((number, event)).is_some() {
            let message = format!("the event at place {index} is corrected twice");
            return Err(at(Error::new(ErrorCode::ListDuplicate, message)));
        }
    }
    let mut changed = Changed { events: Vec::new(), origins: Vec::new(), corrections: Vec::new() };
    for ((corrected, event), origin) in corrected.into_iter().zip(events).zip(0..) {
        let (correction, event) = match corrected {
            None => (None, Some(event)),
            Some((number, event)) => (Some(number), event),
        };
        if let Some(event) = event {
            changed.push(event, Some(origin), correction);
        }
    }
    for (number, event) in added {
        changed.push(event, None, Some(number));
    }
    Ok(changed)
}

impl Changed {
    fn push(&mut self, event: &LotEvent, origin: Option<u32>, correction: Option<usize>) {
        self.events.push(event.clone());
        self.origins.push(origin);
        self.corrections.push(correction);
    }
}

/// Finds the events of a new list in the old one: equal ones in their order.
fn recognized(old: &[LotEvent], new: &[LotEvent], control: &Control) -> Result<Changed> {
    let mut work = Work::under(control);
    // The text of an event tells it from every other, and has an order.
    let mut key = |event: &LotEvent| {
        work.done(EVENT)?;
        text::of(event)
    };
    let mut keyed = |events: &[LotEvent]| -> Result<Vec<(String, usize)>> {
        let mut keyed =
            events.iter().zip(0..).map(|(event, place)| Ok((key(event)?, place))).collect::<Result<_>>()?;
        // Stable, so that equal events stay in their order.
        order::sort_by(&mut keyed, |(one, _): &(String, _), (other, _)| one.cmp(other));
        Ok(keyed)
    };
    let mut known = keyed(old)?.into_iter().peekable();
    let mut origins = vec![None; new.len()];
    for (key, place) in keyed(new)? {
        while known.next_if(|(other, _)| *other < key).is_some() {}
        #[expect(clippy::indexing_slicing, reason = "a place is that of an event of the new list")]
        let origin = &mut origins[place];
        *origin = known.next_if(|(other, _)| *other == key).map(|(_, origin)| origin);
    }
    let mut changed = Changed { events: Vec::new(), origins: Vec::new(), corrections: Vec::new() };
    for (event, origin) in new.iter().zip(origins) {
        changed.push(event, origin.and_then(|origin| u32::try_from(origin).ok()), None);
    }
    Ok(changed)
}
