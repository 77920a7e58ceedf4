//! The events.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// What happened to securities on a day.
///
/// Events take effect by date; on one day, first by `sequence`, then corporate actions before acquisitions and acquisitions
/// before disposals, then in the order of the list. A sale that comes before the purchases of its day takes from them what
/// it lacks. `account` may be left out in a book of one account.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
#[wire(tag = "kind")]
pub enum LotEvent {
    /// A purchase.
    Buy {
        /// The day of the trade.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The price of a share, at least zero. Either this or `amount`.
        #[wire(range = 0..)]
        price: Option<Decimal>,
        /// What all shares cost without `fees`, at least zero.
        #[wire(range = 0..)]
        amount: Option<Decimal>,
        /// Commissions and fees, which are part of the cost; at least zero.
        #[wire(default, omit, range = 0..)]
        fees: Decimal,
        /// The id of the lot, by which a sale can name it; absent for `#` and the place of the event in the list, counted from 0.
        #[wire(length = 1..=100)]
        lot: Option<String>,
    },
    /// A dividend that is reinvested: a purchase, and income of the same amount.
    Reinvest {
        /// The day of the trade.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The dividend, which is the cost of the shares; at least zero.
        #[wire(range = 0..)]
        amount: Decimal,
        /// The id of the lot; absent for `#` and the place of the event in the list, counted from 0.
        #[wire(length = 1..=100)]
        lot: Option<String>,
    },
    /// A dividend paid in cash. It changes no lot.
    Dividend {
        /// The day of the payment.
        date: Date,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The amount, at least zero.
        #[wire(range = 0..)]
        amount: Decimal,
    },
    /// A sale.
    Sell {
        /// The day of the trade.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The price of a share, at least zero. Either this or `amount`.
        #[wire(range = 0..)]
        price: Option<Decimal>,
        /// What all shares brought before `fees`, at least zero.
        #[wire(range = 0..)]
        amount: Option<Decimal>,
        /// Commissions and fees, which reduce the proceeds; at least zero.
        #[wire(default, omit, range = 0..)]
        fees: Decimal,
        /// The lots that are sold, named at the time of the sale (specific identification, Reg. 1.1012-1(c)(2)); absent for
        /// those that the method selects. Their quantities add up to that of the sale.
        #[wire(default, omit, length = ..=10_000)]
        lots: Vec<LotPick>,
        /// The gain that the sale should have, negative for a loss: it takes the shares, by their cost, that come as close to
        /// it as possible. Without `lots`.
        target_gain: Option<Decimal>,
    },
    /// A split, a reverse split, or a dividend in shares of the same kind: every `from` shares become `to` shares. Basis
    /// and dates stay (IRC 305(a), 307(a)).
    Split {
        /// The first day on which the new number of shares counts.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the security; in all accounts.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares before, 1 to 1,000,000.
        #[wire(range = 1..=1_000_000)]
        from: u32,
        /// The number of shares after, 1 to 1,000,000.
        #[wire(range = 1..=1_000_000)]
        to: u32,
        /// Cash paid in place of fractions of shares: they count as received and sold (Rev. Rul. 66-365), by the method of
        /// the account.
        #[wire(default, omit, length = ..=10_000)]
        cash_in_lieu: Vec<CashInLieu>,
    },
    /// A distribution that is not a dividend: it reduces the basis of each lot, and what is above the basis of a lot is a
    /// capital gain of that lot (IRC 301(c)(2) and (3)).
    ReturnOfCapital {
        /// The day of the payment.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// What is paid for all shares, at least zero.
        #[wire(range = 0..)]
        amount: Decimal,
    },
}

/// Shares of one lot that are sold.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotPick {
    /// The id of the lot. The id of a purchase stands for all its parts that are left.
    #[wire(length = 1..=140)]
    pub lot: String,
    /// The number of shares, above zero; absent for all that are left.
    #[wire(above = 0)]
    pub quantity: Option<Decimal>,
}

/// Cash paid in place of a fraction of a share.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CashInLieu {
    /// The id of the account.
    #[wire(length = 1..=100)]
    pub account: Option<String>,
    /// What is paid for the fraction that the account holds beyond whole shares, at least zero.
    #[wire(range = 0..)]
    pub amount: Decimal,
}

impl LotEvent {
    /// The day on which it takes effect.
    #[must_use]
    pub fn date(&self) -> Date {
        match self {
            Self::Buy { date, .. }
            | Self::Reinvest { date, .. }
            | Self::Dividend { date, .. }
            | Self::Sell { date, .. }
            | Self::Split { date, .. }
            | Self::ReturnOfCapital { date, .. } => *date,
        }
    }

    /// Its place among all events: by day, then by sequence, then by what it is.
    pub(crate) fn order(&self) -> (Date, u32, u8) {
        let (sequence, rank) = match self {
            Self::Split { sequence, .. } => (*sequence, 0),
            Self::ReturnOfCapital { sequence, .. } => (*sequence, 1),
            Self::Dividend { .. } => (0, 2),
            Self::Buy { sequence, .. } | Self::Reinvest { sequence, .. } => (*sequence, 3),
            Self::Sell { sequence, .. } => (*sequence, 4),
        };
        (self.date(), sequence, rank)
    }

    /// Whether it is a purchase, a sale or a payment that changes no lot: what the trades of a day consist of.
    pub(crate) fn is_trade(&self) -> bool {
        matches!(self, Self::Buy { .. } | Self::Reinvest { .. } | Self::Sell { .. } | Self::Dividend { .. })
    }

    /// The security.
    pub(crate) fn security(&self) -> &str {
        match self {
            Self::Buy { security, .. }
            | Self::Reinvest { security, .. }
            | Self::Dividend { security, .. }
            | Self::Sell { security, .. }
            | Self::Split { security, .. }
            | Self::ReturnOfCapital { security, .. } => security,
        }
    }

    /// The id of the account that it names.
    pub(crate) fn account(&self) -> Option<&String> {
        match self {
            Self::Buy { account, .. }
            | Self::Reinvest { account, .. }
            | Self::Dividend { account, .. }
            | Self::Sell { account, .. }
            | Self::ReturnOfCapital { account, .. } => account.as_ref(),
            Self::Split { .. } => None,
        }
    }

    /// Whether it splits the security of another event.
    pub(crate) fn is_split_of(&self, other: &Self) -> bool {
        matches!(self, Self::Split { .. }) && self.security() == other.security()
    }

    /// Whether it brings shares that a sale of the same day can take.
    pub(crate) fn is_acquisition(&self) -> bool {
        matches!(self, Self::Buy { .. } | Self::Reinvest { .. })
    }
}
