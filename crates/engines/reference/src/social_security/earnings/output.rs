//! Result of the primary insurance amount.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// The result of `social_security.primary_insurance_amount`.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PrimaryInsuranceResult {
    /// The year in which 62 is attained.
    pub eligibility_year: u32,

    /// The year whose bend points are used: the year of eligibility, or the last one known if that is earlier.
    pub formula_year: u32,

    /// The year to whose average wage earnings are indexed: two years before `formulaYear`.
    pub indexing_year: u32,

    /// Whether the year of eligibility lies after the last one whose bend points are known. Amounts are then at the level
    /// of wages of `formulaYear`.
    pub projected: bool,

    /// Whether the earnings were estimated from one salary.
    pub estimated: bool,

    /// The number of years whose earnings are averaged; 35 for all who were born in 1929 or later.
    pub computation_years: u32,

    /// The average indexed monthly earnings (AIME), in whole dollars.
    pub average_indexed_monthly_earnings: u32,

    /// The first bend point: 90 % of the average up to it count.
    pub first_bend_point: u32,

    /// The second bend point: 32 % of the average up to it count, and 15 % above it.
    pub second_bend_point: u32,

    /// The primary insurance amount of the year of eligibility, to ten cents: the monthly benefit at full retirement age
    /// before increases.
    pub primary_insurance_amount: Decimal,

    /// The increases of the cost of living since eligibility that are known, ascending; empty if `projected`.
    pub increases: Vec<CostOfLivingIncrease>,

    /// The primary insurance amount after these increases.
    pub with_increases: Decimal,

    /// The years with earnings, ascending.
    pub years: Vec<IndexedEarnings>,
}

/// An increase by the cost of living.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct CostOfLivingIncrease {
    /// The first day of the first month to which it applies.
    pub effective_date: Date,

    /// The increase as a fraction.
    #[wire(range = 0..)]
    pub rate: f64,

    /// The primary insurance amount after it, to ten cents.
    pub primary_insurance_amount: Decimal,
}

/// The earnings of one year, and what they count for.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct IndexedEarnings {
    /// The calendar year.
    pub year: u32,

    /// The earnings up to the contribution and benefit base of the year.
    pub creditable: Decimal,

    /// The average wage of the indexing year over that of the year; 1 from the indexing year on.
    #[wire(range = 0..)]
    pub factor: f64,

    /// The product, to the nearer cent.
    pub indexed: Decimal,

    /// Whether the year is one of those that are averaged.
    pub counted: bool,
}
