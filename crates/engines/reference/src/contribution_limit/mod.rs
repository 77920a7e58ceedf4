//! Annual contribution limits of tax-favoured accounts of the United States.

mod input;
#[cfg(test)]
mod tests;

pub use input::{ContributionAccount, ContributionLimitInput, ContributionLimitResult};

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};

/// The limits of one calendar year in dollars.
///
/// Sources: IRS Notice 2024-80 (2025) and Notice 2025-67 with IR-2025-111 (2026) for workplace plans and IRAs; IRS
/// Publication 969 (2025) and Rev. Proc. 2025-19 (2026) for HSAs. As shipped by PyPI fin-assist 0.4.5 (`registry_data`) and
/// PyPI owlplanner 2026.10.26 (`tax_federal.py`), which agree. Annual additions: the same notices, as shipped by PyPI
/// policyengine-us 2.68.0 (`annual_additions.yaml`, after the IRS table of cost-of-living adjustments) and by the repository
/// benstauffer/tax-reference (`federal/retirement.md`); for 2025 also bgov.com and wagnerlawgroup.com on Notice 2024-80.
struct LimitsOfYear {
    year: u32,
    elective_deferral: u32,
    elective_deferral_catch_up: u32,
    elective_deferral_catch_up_at_60_to_63: u32,
    annual_additions: u32,
    individual_retirement_account: u32,
    individual_retirement_account_catch_up: u32,
    health_savings_self_only: u32,
    health_savings_family: u32,
    health_savings_catch_up: u32,
}

const YEARS: [LimitsOfYear; 2] = [
    LimitsOfYear {
        year: 2025,
        elective_deferral: 23_500,
        elective_deferral_catch_up: 7_500,
        elective_deferral_catch_up_at_60_to_63: 11_250,
        annual_additions: 70_000,
        individual_retirement_account: 7_000,
        individual_retirement_account_catch_up: 1_000,
        health_savings_self_only: 4_300,
        health_savings_family: 8_550,
        health_savings_catch_up: 1_000,
    },
    LimitsOfYear {
        year: 2026,
        elective_deferral: 24_500,
        elective_deferral_catch_up: 8_000,
        elective_deferral_catch_up_at_60_to_63: 11_250,
        annual_additions: 72_000,
        individual_retirement_account: 7_500,
        individual_retirement_account_catch_up: 1_100,
        health_savings_self_only: 4_400,
        health_savings_family: 8_750,
        health_savings_catch_up: 1_000,
    },
];

/// The years whose limits are known.
pub const KNOWN_YEARS: std::ops::RangeInclusive<u32> = 2025..=2026;

/// The limit of one account in one year, in dollars, with the catch-up contribution apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContributionLimit {
    /// The limit at any age.
    pub base: u32,
    /// The catch-up contribution.
    pub catch_up: u32,
}

/// The limit for a person who attains `age` by the end of `year`; `None` outside 2025 to 2026.
pub fn limit(account: ContributionAccount, year: u32, age: u32) -> Option<ContributionLimit> {
    let limits = YEARS.iter().find(|limits| limits.year == year)?;
    // The higher catch-up at 60 to 63 ends in the year in which the age of 64 is attained: 26 U.S.C. 414(v)(2)(B)(i), as
    // amended by section 109 of the SECURE 2.0 Act.
    let elective_deferral_catch_up = match age {
        60..=63 => limits.elective_deferral_catch_up_at_60_to_63,
        50.. => limits.elective_deferral_catch_up,
        _ => 0,
    };
    let (base, catch_up) = match account {
        // 26 U.S.C. 457(e)(15) has the amount of 402(g).
        ContributionAccount::WorkplacePlan | ContributionAccount::Plan457b => {
            (limits.elective_deferral, elective_deferral_catch_up)
        }
        // 26 U.S.C. 414(v)(3)(A): catch-up contributions do not count.
        ContributionAccount::AnnualAdditions => (limits.annual_additions, elective_deferral_catch_up),
        ContributionAccount::IndividualRetirementAccount => (
            limits.individual_retirement_account,
            if age >= 50 { limits.individual_retirement_account_catch_up } else { 0 },
        ),
        ContributionAccount::HealthSavingsSelfOnly => {
            (limits.health_savings_self_only, if age >= 55 { limits.health_savings_catch_up } else { 0 })
        }
        ContributionAccount::HealthSavingsFamily => {
            (limits.health_savings_family, if age >= 55 { limits.health_savings_catch_up } else { 0 })
        }
    };
    Some(ContributionLimit { base, catch_up })
}

/// The contribution limit of one person for an account in 2025 or 2026.
///
/// ```
/// # use wherewithal_reference::wherewithal;
/// use wherewithal::retirement_accounts::{ContributionAccount, ContributionLimitInput, contribution_limit};
///
/// let request = ContributionLimitInput { account: ContributionAccount::WorkplacePlan, year: 2026, age: 61 };
/// assert_eq!(contribution_limit(&request)?.total, 35_750);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `year.out_of_range` for another year, `age.out_of_range` for an age above 150.
pub fn contribution_limit(request: &ContributionLimitInput) -> Result<ContributionLimitResult> {
    check::whole(request.age, 0..=150, ErrorCode::AgeOutOfRange).at("age")?;
    let Some(ContributionLimit { base, catch_up }) = limit(request.account, request.year, request.age) else {
        let message = format!("the year is {}; limits are known for 2025 and 2026", request.year);
        return Err(Error::new(ErrorCode::YearOutOfRange, message).at("year"));
    };
    Ok(ContributionLimitResult { base, catch_up, total: base + catch_up })
}
