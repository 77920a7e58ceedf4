//! Input of the parameters of the federal income tax.

use wherewithal_base::wire::Wire;

/// Input of `income_tax.federal_parameters`.
#[derive(Debug, Clone, Wire)]
pub struct FederalTaxInput {
    /// The tax year, 2024 to 2200. After the last year that is known, the answer is that of the last one and says so.
    #[wire(range = 2024..=2200)]
    pub year: u32,

    /// The filing status.
    pub filing_status: FilingStatus,
}

/// The filing status of a federal income tax return of the United States.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum FilingStatus {
    /// Not married, and none of the others.
    Single,
    /// Married, one return for both.
    MarriedFilingJointly,
    /// Married, a return for each.
    MarriedFilingSeparately,
    /// Not married, with a household for a child or another dependant.
    HeadOfHousehold,
    /// Widowed in one of the two years before, with a household for a child.
    QualifyingSurvivingSpouse,
}
