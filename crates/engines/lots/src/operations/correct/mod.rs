//! `lots.correct`.

mod changes;
mod compare;
mod text;

use wherewithal_base::{Result, control::Control, dates::Date, error::At as _, wire::Wire};

pub use changes::LotCorrection;

use super::{LotBookInput, probable_wash_sales};
use crate::{
    engine::build,
    input::LotEvent,
    output::{DistributionGainRow, LotBook, LotDisposal, LotYear, report},
};

/// Input of `lots.correct`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotCorrectionsInput {
    /// The history as it was.
    pub book: LotBookInput,
    /// What is wrong in it. Either this or `correctedEvents`.
    #[wire(default, omit, length = ..=200_000)]
    pub corrections: Vec<LotCorrection>,
    /// All events as they should be, in any order. Events that are equal to one that was count as the same, whatever their
    /// place in the list.
    #[wire(default, omit, length = ..=200_000)]
    pub corrected_events: Vec<LotEvent>,
}

impl LotCorrectionsInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`correct`].
    pub fn run(&self, control: &Control) -> Result<CorrectedBook> {
        correct(self, control)
    }
}

/// A book after corrections, and what they changed.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CorrectedBook {
    /// The book of the corrected events, as `lots.book` gives it. Its list of events has those that stay or are replaced in
    /// their order, then those that were added; the corrected list, if one was given.
    pub book: LotBook,
    /// Every tax year in which a figure changed, in their order. A year whose return was filed may need an amended one.
    pub years: Vec<CorrectedYear>,
}

/// A tax year whose figures changed.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CorrectedYear {
    /// The totals as they were.
    pub before: LotYear,
    /// The totals as they are now.
    pub after: LotYear,
    /// The sales in taxable accounts that changed, came or went.
    pub disposals: Vec<CorrectedDisposal>,
    /// The gains on distributions that changed, came or went.
    pub distribution_gains: Vec<CorrectedDistributionGain>,
}

/// A sale that changed. `event` and the numbers in the ids of lots are places in the list of then.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CorrectedDisposal {
    /// As it was; absent if there was none.
    pub before: Option<LotDisposal>,
    /// As it is now; absent if there is none.
    pub after: Option<LotDisposal>,
}

/// A gain on a distribution that changed.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CorrectedDistributionGain {
    /// As it was; absent if there was none.
    pub before: Option<DistributionGainRow>,
    /// As it is now; absent if there is none.
    pub after: Option<DistributionGainRow>,
}

/// Corrects a history: builds the book anew and tells every tax year whose figures changed.
///
/// # Errors
/// Those of [`book`](super::book), inside `book` for the history as it was; for the corrected one, inside the correction or
/// `correctedEvents`, or inside `book` for an event that stays and is possible no more. `field.conflict`, `field.missing`,
/// `name.unknown` for a place where no event stands, `list.duplicate` if an event is corrected twice.
pub fn correct(input: &LotCorrectionsInput, control: &Control) -> Result<CorrectedBook> {
    let LotBookInput { events, rules, accounts, securities } = &input.book;
    let before = build(rules, accounts, securities, events.iter().enumerate(), false, control).at("book")?;
    let changed = changes::apply(input, control)?;
    // A security may be in one of the two histories only.
    input.book.check_names_with(&changed.events).at("book")?;
    let after = build(rules, accounts, securities, changed.events.iter().enumerate(), false, control)
        .map_err(|error| changed.relocated(error, input))?;
    let old = report(&before)?;
    control.check()?;
    let new = report(&after)?;
    control.check()?;
    let probable_wash_sales = probable_wash_sales(&after, &changed.events, control)?;
    let years = compare::years(
        &compare::Side { book: &before, report: &old, origins: None },
        &compare::Side { book: &after, report: &new, origins: Some(&changed.origins) },
        control,
    )?;
    Ok(CorrectedBook { book: LotBook { probable_wash_sales, ..new }, years })
}

/// The day of a row, which tells its tax year.
pub(super) trait Dated {
    fn date(&self) -> Date;
}

impl Dated for LotDisposal {
    fn date(&self) -> Date {
        self.sale_date
    }
}

impl Dated for DistributionGainRow {
    fn date(&self) -> Date {
        self.date
    }
}
