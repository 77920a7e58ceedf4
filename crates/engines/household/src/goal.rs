//! What a household saves for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use wherewithal_base::{dates::Date, money::Currency, num::Decimal};

/// Something that the household wants to have paid or put aside by a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Goal {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[schemars(length(min = 1, max = 64))]
    pub id: String,
    /// What the goal is called, at most 200 characters.
    #[schemars(length(min = 1, max = 200))]
    pub name: String,
    /// What the money is for. It also says whether the money is spent or kept.
    pub kind: GoalKind,
    /// The currency of the goal's amounts, where it is not the household's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// What is needed, in the money of `asOf`; greater than 0. It rises with inflation until it is spent.
    pub target_amount: Decimal,
    /// When it is needed, after `asOf`.
    pub target_date: Date,
    /// How much it matters beside the others.
    #[serde(default)]
    pub priority: GoalPriority,
    /// The id of the account that the money is kept in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// What a goal is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
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
    EmergencyFundInput,
    /// A sum to have at retirement; kept.
    Retirement,
    /// Anything else; spent.
    Other,
}

impl GoalKind {
    /// Whether the money leaves the household on the target date.
    #[must_use]
    pub fn is_spent(self) -> bool {
        !matches!(self, Self::EmergencyFundInput | Self::Retirement)
    }
}

/// How much a goal matters beside the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum GoalPriority {
    /// It must be met.
    High,
    /// It should be met.
    #[default]
    Medium,
    /// It would be nice to meet.
    Low,
}
