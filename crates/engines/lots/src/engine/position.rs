//! A security in an account, and the securities that count as one.

use std::collections::VecDeque;

use super::{
    Holding, Lot,
    canada::{Bought, OpenLoss},
    queue::Queue,
    table::{Id, Table},
    united_kingdom::{PendingSale, SaleOfDay},
    wash_sale::PendingLoss,
};
use crate::{
    exact::Unit,
    input::{LotMethod, LotOption, SecurityKind},
};

/// A security.
#[derive(Debug, Clone)]
pub(crate) struct Security {
    pub(crate) id: String,
    pub(crate) kind: SecurityKind,
    /// What it gives a right to, if it is an option.
    pub(crate) option: Option<LotOption>,
    pub(crate) family: Id<Family>,
    /// Its positions, in the order of the accounts.
    pub(crate) positions: Vec<Id<Position>>,
}

/// A security together with those that are certainly substantially identical to it. Their quantities are counted in one
/// unit, so that shares of one can be compared with shares of another, before and after a split.
#[derive(Debug, Clone, Default)]
pub(crate) struct Family {
    /// The id of the security that was the first of it.
    pub(super) id: String,
    pub(crate) securities: Vec<Id<Security>>,
    /// The units that quantities were counted in, the present one last: what was recorded names its own.
    pub(crate) units: Vec<Unit>,
    /// What was bought within the last 30 days and may replace shares sold at a loss, in the order of acquisition.
    pub(crate) recent: VecDeque<Id<Lot>>,
    /// Losses of the last 30 days that are not yet matched with replacements, in the order of the sales.
    pub(crate) pending: VecDeque<PendingLoss>,
    /// Short sales of the last 30 days, which may replace one that was closed at a loss.
    pub(crate) recent_shorts: VecDeque<Id<Lot>>,
    /// Losses of closed short sales of the last 30 days.
    pub(crate) pending_shorts: VecDeque<PendingLoss>,
    /// Lots whose holding period waits for the end of a short sale, the earliest first.
    pub(crate) suspended: Vec<Id<Lot>>,
    /// In Canada: what was bought lately, and the losses whose time is not over.
    pub(crate) bought: VecDeque<Bought>,
    pub(crate) open_losses: VecDeque<OpenLoss>,
}

impl Family {
    /// The unit of the present.
    #[expect(clippy::expect_used, reason = "a family starts with a unit and only gets more")]
    pub(crate) fn unit(&self) -> Unit {
        *self.units.last().expect("a family has a unit")
    }
}

/// A security in an account.
#[derive(Debug, Clone)]
pub(crate) struct Position {
    pub(crate) security: Id<Security>,
    /// The index of the account.
    pub(crate) account: usize,
    /// Units held.
    pub(crate) held: i128,
    /// Units owed, because they are sold short.
    pub(crate) owed: i128,
    /// What is sold short, the earliest first.
    pub(crate) shorts: Queue,
    /// The lots, in the order of the method.
    pub(crate) queue: Queue,
    /// The method that counts now.
    pub(crate) method: LotMethod,
    /// The methods to come, each with the day on which it takes effect, the earliest last.
    pub(crate) changes: Vec<(i32, LotMethod)>,
    /// What all lots cost together, where they have an average cost.
    pub(crate) pool: Holding,
    /// Where the law has one pool of all shares: the lot that stands for it, that of the first purchase.
    pub(crate) pool_lot: Option<Id<Lot>>,
    /// In the United Kingdom: the day that is not over, and the sales of the last 30 days that came from the pool.
    pub(crate) today: Option<Today>,
    pub(crate) pending_sales: VecDeque<PendingSale>,
}

/// A day on which shares were traded.
#[derive(Debug, Clone)]
pub(crate) struct Today {
    pub(crate) day: i32,
    /// What was bought.
    pub(crate) lot: Option<Id<Lot>>,
    pub(crate) sales: Vec<SaleOfDay>,
}

impl Security {
    /// How many shares one of it stands for: more than one if it is an option.
    pub(crate) fn multiplier(&self) -> u32 {
        self.option.as_ref().map_or(1, |option| option.multiplier)
    }
}

impl Position {
    /// All lots, held and owed.
    pub(crate) fn all_lots(&self, lots: &Table<Lot>) -> Vec<Id<Lot>> {
        let mut all = self.queue.lots(lots);
        all.append(&mut self.shorts.lots(lots));
        all
    }

    /// Whether the lots have an average cost.
    pub(crate) fn is_averaged(&self) -> bool {
        self.method == LotMethod::AverageCost
    }
}
