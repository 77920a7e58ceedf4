//! What a household saves for.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// Something that the household wants to have paid or put aside by a date.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Goal {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// What the goal is called, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// What the money is for. It also says whether the money is spent or kept.
    pub kind: GoalKind,
    /// The currency of the goal's amounts, where it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// What is needed, in the money of `asOf`; greater than 0. It rises with inflation until it is spent.
    pub target_amount: Decimal,
    /// When it is needed, after `asOf`.
    pub target_date: Date,
    /// How much it matters beside the others.
    #[wire(default)]
    pub priority: GoalPriority,
    /// The id of the account that the money is kept in.
    #[wire(omit)]
    pub account: Option<String>,
}

/// What a goal is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum GoalKind {
    /// School and university; spent.
    Education,
    /// The household's own part of the price of a home; spent.
    HomePurchase,
    /// A car, a renovation or another large purchase; spent.
    MajorPurchase,
    /// A journey or a sabbatical; spent.
    Travel,
    /// A wedding, a gift or another family event; spent.
    FamilyEvent,
    /// A reserve; kept.
    EmergencyFund,
    /// A sum to have at retirement; kept.
    Retirement,
    /// Anything else; spent.
    Other,
}

impl GoalKind {
    /// Whether the money leaves the household on the target date.
    #[must_use]
    pub fn is_spent(self) -> bool {
        !matches!(self, Self::EmergencyFund | Self::Retirement)
    }
}

/// How much a goal matters beside the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum GoalPriority {
    /// It must be met.
    High,
    /// It should be met.
    #[default]
    Medium,
    /// It would be nice to meet.
    Low,
}
