//! What an event did to a book before it was known whether the book takes it.
//!
//! An event is refused before any lot changes. By then it may have made securities and positions known, let elections take
//! effect and made a unit finer, since its amounts and its lots can only be looked at after that. Each of these steps is noted,
//! and those of an event that is refused are undone, from the last to the first: a book that refused an event is the book that
//! never saw it. What the days before an event bring about, which changes lots, waits until it is known that the book takes it.

use wherewithal_base::Result;

use super::{
    Book, Family, Holding, Id, Lot, Position, Security, currency::CostsAbroad, directory::Known, queue::Queue,
};
use crate::input::LotMethod;

/// The steps of an event that takes effect.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    steps: Vec<Step>,
    /// The day before which what waits is decided, until that has been done.
    passing: Option<i32>,
    /// What the book had spent on visits and searches before.
    visits: usize,
    searched: usize,
}

/// Something that can be undone.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Of a security, by its id, more became known than was known before.
    Known(String, Option<Known>),
    /// A family was added.
    Family,
    /// A security was added, to a family.
    Security(Id<Family>),
    /// A position was added, at a place among those of its security.
    Position(Id<Security>, usize),
    /// Elections took effect.
    Elections(Box<Elected>),
    /// The unit of a family became finer by a factor.
    Finer(Id<Family>, i128),
}

/// A position before elections took effect in it.
#[derive(Debug, Clone)]
pub(super) struct Elected {
    pub(super) position: Id<Position>,
    pub(super) changes: Vec<(i32, LotMethod)>,
    /// What changed because the method is another.
    pub(super) replaced: Option<Replaced>,
}

/// A position and its lots before its method changed.
#[derive(Debug, Clone)]
pub(super) struct Replaced {
    pub(super) method: LotMethod,
    pub(super) queue: Queue,
    pub(super) pool: Holding,
    pub(super) holdings: Vec<(Id<Lot>, Holding)>,
    pub(super) abroad: CostsAbroad,
}

impl Book {
    /// Notes steps from here on. What waits for the days before `passing` is decided when the event is known to be taken.
    pub(super) fn begin_attempt(&mut self, passing: Option<i32>) {
        let (visits, searched) = (self.visits.get(), self.searched.get());
        self.attempt = Some(Attempt { steps: Vec::new(), passing, visits, searched });
    }

    /// Notes a step, if an event takes effect.
    pub(super) fn note_step(&mut self, step: Step) {
        if let Some(attempt) = &mut self.attempt {
            attempt.steps.push(step);
        }
    }

    /// Decides what waits for the days before the event. It is called where nothing of the event is refused any more.
    pub(super) fn pass_days(&mut self) -> Result<()> {
        match self.attempt.as_mut().and_then(|attempt| attempt.passing.take()) {
            None => Ok(()),
            Some(day) => {
                self.end_days()?;
                self.decide_losses(day)
            }
        }
    }

    /// Ends an attempt whose event the book took.
    pub(super) fn keep_attempt(&mut self) {
        self.attempt = None;
    }

    /// Makes the book what it was when the attempt began.
    pub(super) fn undo_attempt(&mut self) {
        let Some(Attempt { steps, visits, searched, .. }) = self.attempt.take() else { return };
        self.visits.set(visits);
        self.searched.set(searched);
        for step in steps.into_iter().rev() {
            self.undo(step);
        }
    }

    fn undo(&mut self, step: Step) {
        match step {
            Step::Known(id, before) => self.directory.put_back(&id, before),
            Step::Family => self.families.drop_last(),
            Step::Security(family) => {
                self.families[family].securities.pop();
                self.securities.drop_last();
            }
            Step::Position(security, place) => {
                self.securities[security].positions.remove(place);
                self.positions.drop_last();
            }
            Step::Elections(elected) => self.undo_elections(*elected),
            Step::Finer(family, factor) => self.undo_refinement(family, factor),
        }
    }

    fn undo_elections(&mut self, Elected { position: id, changes, replaced }: Elected) {
        let position = &mut self.positions[id];
        position.changes = changes;
        let Some(Replaced { method, queue, pool, holdings, abroad }) = replaced else { return };
        (position.method, position.queue, position.pool) = (method, queue, pool);
        for (lot, holding) in holdings {
            self.lots[lot].holding = holding;
        }
        self.put_costs_abroad_back(id, abroad);
    }
}
