//! Input of a required minimum distribution.

use wherewithal_base::{num::Decimal, wire::Wire};

/// Input of `retirement_accounts.required_minimum_distribution`: one account, one year.
#[derive(Debug, Clone, Wire)]
pub struct RequiredDistributionInput {
    /// Balance of the account on 31 December of the previous year, at least 0, with at most two decimal places.
    #[wire(range = 0..)]
    pub balance: Decimal,

    /// The owner's year of birth, 1900 to 2100.
    #[wire(range = 1900..=2100)]
    pub birth_year: u32,

    /// The calendar year of the distribution, 2022 to 2300, not before the birth of owner or spouse. Other tables
    /// applied until 2021.
    #[wire(range = 2022..=2300)]
    pub year: u32,

    /// The spouse's year of birth, 1900 to 2300, if the spouse is the only beneficiary throughout the year: a spouse
    /// who is more than ten years younger lowers the distribution.
    #[wire(range = 1900..=2300)]
    pub spouse_birth_year: Option<u32>,
}
