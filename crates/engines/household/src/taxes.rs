//! The taxes that a projection assumes.

use wherewithal_base::{num::Decimal, wire::Wire};
use wherewithal_reference::income_tax::FilingStatus;

/// The taxes that a plan assumes. There are three kinds of income: ordinary income, long-term gains and Social Security
/// benefits.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum TaxAssumption {
    /// One rate for each kind of income.
    Rates {
        /// Tax on ordinary income as a fraction, from 0 to below 1.
        #[wire(share, range = 0.., below = 1)]
        ordinary: f64,
        /// Tax on long-term gains as a fraction, from 0 to below 1.
        #[wire(share, default, range = 0.., below = 1)]
        long_term_gains: f64,
        /// State tax on ordinary income and long-term gains as a fraction, from 0 to below 1.
        #[wire(share, default, range = 0.., below = 1)]
        state_rate: f64,
        /// The share of Social Security benefits that is taxed as ordinary income, 0 to 1.
        #[wire(share, default = social_security, range = 0..=1)]
        taxable_social_security_share: f64,
    },
    /// The federal income tax of the United States: its brackets, standard deductions and thresholds of Social Security
    /// for the first year of the plan, or the nearest year that is known (see `income_tax.federal_parameters`). They rise
    /// with prices; the thresholds of Social Security do not.
    UnitedStates {
        /// The filing status. Without it, a plan assumes that a couple files jointly and one adult as single, and says so.
        #[wire(omit)]
        filing_status: Option<FilingStatus>,
        /// State tax on ordinary income after the deduction and on long-term gains, as a fraction from 0 to below 1.
        #[wire(share, default, range = 0.., below = 1)]
        state_rate: f64,
    },
    /// Progressive brackets.
    Brackets {
        /// The brackets of a single person.
        single: IncomeTaxScale,
        /// The brackets of two people who are both alive; by default those of a single person.
        joint: Option<IncomeTaxScale>,
        /// State tax on ordinary income after the deduction and on long-term gains, as a fraction from 0 to below 1.
        #[wire(share, default, range = 0.., below = 1)]
        state_rate: f64,
        /// Whether the deduction and the brackets rise with prices.
        #[wire(default = yes)]
        inflation_indexed: bool,
    },
}

/// A deduction and brackets, in the money of `asOf`. Long-term gains are stacked on top of ordinary income.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct IncomeTaxScale {
    /// The deduction from ordinary income, at least 0.
    #[wire(default, range = 0..)]
    pub deduction: Decimal,
    /// The brackets of ordinary income, 1 to 50, ascending.
    #[wire(length = 1..=50)]
    pub ordinary: Vec<IncomeTaxBracket>,
    /// The brackets of long-term gains by taxable income, at most 50, ascending; empty for no tax.
    #[wire(default, length = ..=50)]
    pub long_term_gains: Vec<IncomeTaxBracket>,
    /// The share of Social Security benefits that is taxed as ordinary income, 0 to 1.
    #[wire(share, default = social_security, range = 0..=1)]
    pub taxable_social_security_share: f64,
}

/// The rate on income above an amount, up to the next bracket.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct IncomeTaxBracket {
    /// Taxable income above which the rate applies, at least 0.
    #[wire(range = 0..)]
    pub above: Decimal,
    /// The rate as a fraction, from 0 to below 1.
    #[wire(share, range = 0.., below = 1)]
    pub rate: f64,
}

fn social_security() -> f64 {
    0.85
}

fn yes() -> bool {
    true
}
