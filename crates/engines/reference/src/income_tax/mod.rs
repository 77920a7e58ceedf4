//! The parameters of the federal income tax of the United States by year and filing status.
//!
//! `federal` has the published amounts.

mod federal;
mod input;
mod output;
#[cfg(test)]
mod tests;

pub use input::{FederalTaxInput, FilingStatus};
pub use output::{FederalTaxBracket, FederalTaxParameters, SeniorDeduction, SocialSecurityThresholds};

use wherewithal_base::{ErrorCode, Result, check, error::At as _};

/// The years for which the parameters are known. For a later one, those of the last are returned.
pub const KNOWN_YEARS: std::ops::RangeInclusive<u32> = 2024..=2026;

/// The last year that may be asked for.
const LAST_YEAR: u32 = 2200;

/// The parameters of the federal income tax.
///
/// ```
/// # use wherewithal_reference::wherewithal;
/// use wherewithal::income_tax::{FederalTaxInput, FilingStatus, federal_parameters};
///
/// let request = FederalTaxInput { year: 2026, filing_status: FilingStatus::MarriedFilingJointly };
/// assert_eq!(federal_parameters(&request)?.deduction, 32_200);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`federal_income_tax`].
pub fn federal_parameters(request: &FederalTaxInput) -> Result<FederalTaxParameters> {
    federal_income_tax(request.year, request.filing_status)
}

/// The parameters of the federal income tax of `year`, or of the last year that is known if that is earlier: nothing is
/// extrapolated, and [`FederalTaxParameters::year`] says which year it is.
///
/// # Errors
/// `year.out_of_range` for a year before 2024 or after 2200.
pub fn federal_income_tax(year: u32, filing: FilingStatus) -> Result<FederalTaxParameters> {
    check::whole(year, *KNOWN_YEARS.start()..=LAST_YEAR, ErrorCode::YearOutOfRange).at("year")?;
    let known = year.min(*KNOWN_YEARS.end());
    #[expect(clippy::expect_used, reason = "a test walks all years of `KNOWN_YEARS`")]
    let of_year =
        federal::YEARS.iter().find(|of_year| of_year.year == known).expect("each known year has amounts");
    let amounts = of_year.amounts(filing);
    let (lower, upper) = federal::social_security_thresholds(filing);
    Ok(FederalTaxParameters {
        year: known,
        filing_status: filing,
        source: of_year.source.to_owned(),
        deduction: amounts.deduction,
        additional_deduction: amounts.additional_deduction,
        senior_deduction: senior_deduction(known, filing),
        ordinary: brackets(&amounts.ordinary, &federal::ORDINARY_PERCENT),
        long_term_gains: brackets(&amounts.long_term_gains, &federal::LONG_TERM_GAINS_PERCENT),
        social_security: SocialSecurityThresholds { lower, upper },
    })
}

fn senior_deduction(year: u32, filing: FilingStatus) -> Option<SeniorDeduction> {
    let phase_out_above =
        federal::senior_phase_out(filing).filter(|_| federal::SENIOR_YEARS.contains(&year))?;
    Some(SeniorDeduction {
        amount: federal::SENIOR_AMOUNT,
        phase_out_above,
        phase_out_rate: fraction(federal::SENIOR_PHASE_OUT_PERCENT),
    })
}

/// The first bracket starts at 0, each later one at its threshold.
fn brackets(starts: &[u32], percent: &[u32]) -> Vec<FederalTaxBracket> {
    let starts = std::iter::once(0).chain(starts.iter().copied());
    starts
        .zip(percent)
        .map(|(above, percent)| FederalTaxBracket { above, rate: fraction(*percent) })
        .collect()
}

/// The number nearest to a whole percentage.
fn fraction(percent: u32) -> f64 {
    f64::from(percent) / 100.0
}
