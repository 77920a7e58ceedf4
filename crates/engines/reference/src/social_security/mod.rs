//! Retirement, spouse's and survivor's benefits of Social Security in the United States.
//!
//! `factor` has the adjustments for claims before and after full retirement age, as exact fractions; `benefit` applies
//! them to dimes and rounds as the law requires; `earnings` has the primary insurance amount of a record; `real` applies
//! them to real amounts without rounding, for simulations.

pub mod age;
mod benefit;
mod earnings;
mod factor;
mod input;
mod operation;
mod output;
pub mod real;
#[cfg(test)]
mod tests;

pub use earnings::{
    CostOfLivingIncrease, CoveredEarnings, EarningsOfYear, IndexedEarnings, PrimaryInsuranceInput,
    PrimaryInsuranceResult, primary_insurance_amount,
};
pub use input::{ClaimingAge, SocialSecurityInput, SocialSecurityPerson};
pub use operation::benefit;
pub use output::{
    AgeInMonths, CreditedBenefit, CreditedSpousalBenefit, OwnBenefit, SocialSecurityAmount,
    SocialSecurityBenefits, SocialSecurityResult, SpousalBenefit, SurvivorBenefit,
};
