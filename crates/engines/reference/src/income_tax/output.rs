//! The parameters of the federal income tax.

use super::FilingStatus;
use wherewithal_base::wire::Wire;

/// The result of `income_tax.federal_parameters`: the parameters of the federal income tax for one filing status, in
/// nominal dollars of `year`.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct FederalTaxParameters {
    /// The tax year of these parameters: the one asked for, or the last one known if that is earlier.
    pub year: u32,

    /// The filing status.
    pub filing_status: FilingStatus,

    /// Where the amounts of the year were published.
    pub source: String,

    /// The standard deduction, without additional amounts.
    pub deduction: u32,

    /// The addition to the standard deduction for each person who has attained 65 by the end of the year, and again for
    /// each who is blind (26 U.S.C. 63(f)).
    pub additional_deduction: u32,

    /// The deduction for seniors; `null` in years without it, and for married people who file separately.
    pub senior_deduction: Option<SeniorDeduction>,

    /// The brackets of ordinary income by taxable income, ascending.
    pub ordinary: Vec<FederalTaxBracket>,

    /// The brackets of long-term gains and qualified dividends by taxable income, ascending; gains are stacked on top of
    /// ordinary income.
    pub long_term_gains: Vec<FederalTaxBracket>,

    /// The thresholds above which Social Security benefits are taxed.
    pub social_security: SocialSecurityThresholds,
}

/// The rate on taxable income above an amount, up to the next bracket.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct FederalTaxBracket {
    /// Taxable income above which the rate applies, in dollars.
    pub above: u32,

    /// The rate as a fraction.
    #[wire(range = 0.., below = 1)]
    pub rate: f64,
}

/// The deduction for seniors of 2025 to 2028 (26 U.S.C. 151(d)(5)(C)), with the standard deduction or in its place
/// itemized ones.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct SeniorDeduction {
    /// The deduction for each person who has attained 65 by the end of the year, in dollars.
    pub amount: u32,

    /// The modified adjusted gross income above which the deduction of each person falls, in dollars.
    pub phase_out_above: u32,

    /// How much the deduction of each person falls for each dollar of income above that, down to 0.
    #[wire(range = 0..=1)]
    pub phase_out_rate: f64,
}

/// The thresholds of 26 U.S.C. 86(c), in dollars. They are not indexed. Let P be other income plus half of the benefits:
/// up to `lower` nothing is taxed, above it up to half of the benefits, above `upper` up to 85 % of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct SocialSecurityThresholds {
    /// The base amount.
    pub lower: u32,

    /// The adjusted base amount.
    pub upper: u32,
}
