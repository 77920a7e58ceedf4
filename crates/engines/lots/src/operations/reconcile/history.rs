//! How the cost of what was sold came to be what it is, from the journal of the book.

use wherewithal_base::{
    Result,
    control::{Control, Work},
};

use crate::{
    BasisRule,
    engine::{Beside, Book, ById, Entry, Id, Lot},
    exact::proportion,
};

/// What it takes to follow a line of the journal, in units of work.
const ENTRY: usize = 10;

/// Changes of a cost, in the smallest unit of the book.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Changes {
    /// By returns of capital: zero or below.
    pub(super) returned: i128,
    /// By wash sales of the same security in the same account: at least zero.
    pub(super) deferred_here: i128,
    /// By wash sales of another security or in another account: at least zero.
    pub(super) deferred_elsewhere: i128,
}

impl Changes {
    pub(super) fn add(&mut self, other: Self) {
        self.returned += other.returned;
        self.deferred_here += other.deferred_here;
        self.deferred_elsewhere += other.deferred_elsewhere;
    }

    /// Takes the share of a part away.
    fn take(&mut self, part: i128, whole: i128) -> Result<Self> {
        let share = |amount: i128| proportion(amount, part.min(whole), whole.max(1));
        let taken = Self {
            returned: share(self.returned)?,
            deferred_here: share(self.deferred_here)?,
            deferred_elsewhere: share(self.deferred_elsewhere)?,
        };
        self.returned -= taken.returned;
        self.deferred_here -= taken.deferred_here;
        self.deferred_elsewhere -= taken.deferred_elsewhere;
        Ok(taken)
    }
}

/// The changes of all that was sold.
pub(super) struct History {
    /// By the place of the disposal.
    sold: Beside<Changes>,
    /// Losses disallowed because of replacements elsewhere, one for each disposal.
    elsewhere: Vec<i128>,
}

impl History {
    pub(super) fn changes(&self, disposal: u32) -> Changes {
        self.sold.get(disposal as usize).copied().unwrap_or_default()
    }

    /// The loss of a disposal that is disallowed because of replacements in other accounts or by other securities.
    #[expect(clippy::indexing_slicing, reason = "there is an amount for each disposal of the book")]
    pub(super) fn disallowed_elsewhere(&self, disposal: u32) -> i128 {
        self.elsewhere[disposal as usize]
    }
}

/// A lot on its way: what it holds, counted in which unit, and what changed its cost.
struct Held {
    units: i128,
    unit: usize,
    changes: Changes,
}

/// Follows every lot through the journal.
///
/// What is found out here explains differences and changes no figure. In a position with an average cost, whose changes the
/// journal tells of the position as a whole, it is the share of the lot that the journal names.
#[expect(clippy::indexing_slicing, reason = "a wash sale names a disposal of the book")]
pub(super) fn of(book: &Book, control: &Control) -> Result<History> {
    let mut work = Work::under(control);
    let mut lots: ById<Lot, Held> = ById::default();
    let mut sold = Beside::default();
    let mut disposals = book.disposals.iter().enumerate().peekable();
    for entry in book.journal.as_deref().unwrap_or_default() {
        work.done(ENTRY)?;
        if let Some((place, disposal)) = disposals.peek()
            && (disposal.event, disposal.lot, disposal.rule) == (entry.event, entry.lot, entry.rule)
        {
            if let Some(held) = lots.get_mut(entry.lot) {
                sold.push(*place, take(book, held, entry)?);
            }
            disposals.next();
            continue;
        }
        follow(book, &mut lots, entry)?;
    }
    let mut elsewhere = vec![0; book.disposals.len()];
    for wash in &book.washes {
        let sold = book.disposal(wash.disposal).lot;
        if is_elsewhere(book, sold, wash.replacement) {
            elsewhere[wash.disposal] += wash.amount;
        }
    }
    Ok(History { sold, elsewhere })
}

/// Whether two lots are of different securities or in different accounts.
fn is_elsewhere(book: &Book, one: Id<Lot>, other: Id<Lot>) -> bool {
    book.lots[one].position != book.lots[other].position
}

fn follow(book: &Book, lots: &mut ById<Lot, Held>, entry: &Entry) -> Result<()> {
    let Entry { lot, rule, units, unit, basis, other, .. } = *entry;
    match rule {
        BasisRule::Purchase => {
            lots.insert(lot, Held { units, unit, changes: Changes::default() });
        }
        BasisRule::SetApart => {
            // Told twice: of the lot, and then of the part that is new.
            if let Some(apart) = other.filter(|apart| lots.get(*apart).is_none())
                && let Some(held) = lots.get_mut(lot)
            {
                let changes = take(book, held, entry)?;
                lots.insert(apart, Held { units, unit, changes });
            }
        }
        BasisRule::Split => {
            if let Some(held) = lots.get_mut(lot) {
                (held.units, held.unit) = (units, unit);
            }
        }
        BasisRule::ReturnOfCapital => {
            if let Some(held) = lots.get_mut(lot) {
                held.changes.returned += basis;
            }
        }
        BasisRule::WashSaleReplacement => {
            if let (Some(held), Some(sold)) = (lots.get_mut(lot), other) {
                if is_elsewhere(book, sold, lot) {
                    held.changes.deferred_elsewhere += basis;
                } else {
                    held.changes.deferred_here += basis;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// Takes the units of an entry out of a lot, with their share of the changes.
fn take(book: &Book, held: &mut Held, entry: &Entry) -> Result<Changes> {
    let units = &book.families[book.family_of(book.lots[entry.lot].position)].units;
    if let (Some(then), Some(now)) = (units.get(held.unit), units.get(entry.unit))
        && held.unit != entry.unit
    {
        held.units = proportion(held.units, now.denominator(), then.denominator())?;
        held.unit = entry.unit;
    }
    let taken = held.changes.take(entry.units, held.units)?;
    held.units -= entry.units;
    Ok(taken)
}
