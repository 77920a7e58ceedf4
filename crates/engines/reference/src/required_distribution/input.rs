//! Whose distribution is asked for.

use wherewithal_base::{num::Decimal, wire::Wire};

/// A question to `retirement_accounts.required_minimum_distribution`: one account, one year.
#[derive(Debug, Clone, Wire)]
pub struct RequiredDistributionInput {
    /// Balance of the account on 31 December of the year before, at least 0, with at most two decimal places.
    pub balance: Decimal,

    /// The calendar year in which the owner was born, 1900 to 2100.
    #[wire(range = 1900..=2100)]
    pub birth_year: u32,

    /// The calendar year of the distribution, 2022 to 2300, not before the birth of owner or spouse. Until 2021 other
    /// tables applied.
    #[wire(range = 2022..=2300)]
    pub year: u32,

    /// The calendar year in which the spouse was born, 1900 to 2300, where the spouse is the only beneficiary throughout
    /// the year: a spouse more than ten years younger lowers the distribution.
    #[wire(range = 1900..=2300)]
    pub spouse_birth_year: Option<u32>,
}
