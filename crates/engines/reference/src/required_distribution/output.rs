//! Result of a required minimum distribution.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// The result of `retirement_accounts.required_minimum_distribution`.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RequiredDistributionResult {
    /// The required minimum distribution for the year: the balance over the distribution period, rounded half up to
    /// cents; 0 before the first year.
    pub required_minimum_distribution: Decimal,

    /// The age that the owner attains in the year.
    pub age: u32,

    /// The age from which distributions are required: 72, 73 or 75 by the year of birth.
    pub first_age: u32,

    /// The first calendar year for which a distribution is required.
    pub first_year: u32,

    /// The table that applies; `null` before the first year.
    pub table: Option<DistributionTable>,

    /// The distribution period in years, by which the balance is divided; `null` before the first year.
    pub distribution_period: Option<Decimal>,

    /// The last day for the distribution: 31 December of the year, for the first year 1 April of the next year; `null`
    /// before the first year.
    pub due_date: Option<Date>,
}

/// A table of distribution periods in 26 CFR 1.401(a)(9)-9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum DistributionTable {
    /// The Uniform Lifetime Table (paragraph (c); Table III of Publication 590-B).
    UniformLifetime,
    /// The Joint and Last Survivor Table (paragraph (d); Table II of Publication 590-B).
    JointAndLastSurvivor,
}
