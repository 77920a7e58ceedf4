//! People.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use wherewithal_base::dates::Date;

/// A member of the household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Person {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[schemars(length(min = 1, max = 64))]
    pub id: String,
    /// The person's name, at most 200 characters.
    #[schemars(length(min = 1, max = 200))]
    pub name: String,
    /// The date of birth, not after `asOf`.
    pub birth_date: Date,
    /// The age in whole years at which the person stops working, 18 to 100. Earned income and contributions of
    /// the person end on that birthday unless they name an end of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 18, max = 100))]
    pub retirement_age: Option<u32>,
    /// Whether the person is a child or someone else whom the others support. The length of a plan does not
    /// follow dependents.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dependent: bool,
}
