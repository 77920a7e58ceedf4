//! Input of the primary insurance amount.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// Input of `social_security.primary_insurance_amount`.
#[derive(Debug, Clone, Wire)]
pub struct PrimaryInsuranceInput {
    /// Date of birth, from 1922-01-02 to 2100-12-31.
    pub birth_date: Date,

    /// What the person earned, or earns.
    pub earnings: CoveredEarnings,
}

/// Earnings that are covered by Social Security.
#[derive(Debug, Clone, Wire)]
#[wire(tag = "kind")]
pub enum CoveredEarnings {
    /// Earnings by year, as a Social Security Statement lists them, and those of the years to come if they shall count.
    Record {
        /// The years with earnings, in any order, at most 150. A year that is missing has none.
        #[wire(length = ..=150)]
        years: Vec<EarningsOfYear>,
    },
    /// An estimate from one salary: in each year the same proportion of the average wage.
    Salary {
        /// The annual salary, 0 to 10^9.
        #[wire(range = 0..=1000000000)]
        amount: Decimal,

        /// The year of the salary, 1951 to 2200. After the last year whose average wage is known, that of the last is used.
        #[wire(range = 1951..=2200)]
        year: u32,

        /// The age in whole years at which earnings start, 14 to 100. Each year counts whole, from the one in which the
        /// age is attained.
        #[wire(default = first_working_age, range = 14..=100)]
        start_age: u32,

        /// The first age without earnings, above `startAge` and at most 120.
        #[wire(range = ..=120)]
        stop_age: u32,
    },
}

/// The earnings of one calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct EarningsOfYear {
    /// The calendar year, 1951 to 2200.
    #[wire(range = 1951..=2200)]
    pub year: u32,

    /// The earnings, 0 to 10^9 with at most two decimal places; what exceeds the contribution and benefit base of the
    /// year does not count.
    #[wire(range = 0..=1000000000)]
    pub amount: Decimal,
}

/// The age from which the years of a working life are counted by 42 U.S.C. 415(b)(2).
fn first_working_age() -> u32 {
    22
}
