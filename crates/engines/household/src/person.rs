//! People.

use wherewithal_base::{dates::Date, wire::Wire};

/// A member of the household.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Person {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The person's name, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The date of birth, not after `asOf`.
    pub birth_date: Date,
    /// The age in whole years at which the person stops working, 18 to 100. Earned income and contributions of the
    /// person end on that birthday unless they have an end of their own.
    #[wire(omit, range = 18..=100)]
    pub retirement_age: Option<u32>,
    /// Whether the person is a child or another dependent. Dependents do not affect the length of a plan.
    #[wire(default, omit)]
    pub dependent: bool,
}
