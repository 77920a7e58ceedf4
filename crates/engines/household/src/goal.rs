//! The goals of a household.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// An amount that the household wants to spend or to have saved by a date.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Goal {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name of the goal, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The purpose of the money, which also decides whether it is spent or kept.
    pub kind: GoalKind,
    /// The currency of the goal's amounts, if it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// The amount needed, in the money of `asOf`; greater than 0. It rises with inflation until it is spent.
    #[wire(above = 0)]
    pub target_amount: Decimal,
    /// The date on which it is needed, after `asOf`.
    pub target_date: Date,
    /// The priority among the goals.
    #[wire(default)]
    pub priority: GoalPriority,
    /// The id of the account that holds the money.
    #[wire(omit)]
    pub account: Option<String>,
}

/// The purpose of a goal.
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

/// The priority of a goal among the others.
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
