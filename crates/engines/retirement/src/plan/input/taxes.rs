//! How income is taxed.

use wherewithal_base::wire::Wire;

/// How income is taxed. Income is of three sorts: ordinary income, long-term gains, and Social Security benefits.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum RetirementTaxes {
    /// One rate for each sort of income.
    Rates {
        /// Tax on ordinary income as a fraction, from 0 to below 1.
        #[wire(default)]
        ordinary: f64,
        /// Tax on long-term gains as a fraction, from 0 to below 1.
        #[wire(default)]
        long_term_gains: f64,
        /// State tax on ordinary income and long-term gains as a fraction, from 0 to below 1. It is not levied on Social
        /// Security.
        #[wire(default)]
        state: f64,
        /// The share of Social Security benefits that is taxed as ordinary income, 0 to 1.
        #[wire(default = taxable_share)]
        taxable_social_security_share: f64,
    },
    /// Progressive brackets.
    Brackets {
        /// The brackets of a single person.
        single: TaxBrackets,
        /// The brackets of two people who are both alive; by default that of a single person.
        joint: Option<TaxBrackets>,
        /// State tax on ordinary income after the deduction, Social Security excepted, and on long-term gains as a
        /// fraction, from 0 to below 1.
        #[wire(default)]
        state: f64,
        /// Whether the deduction and the brackets rise with prices.
        #[wire(default = yes)]
        inflation_indexed: bool,
    },
}

/// Deductions and brackets. Long-term gains lie on top of ordinary income; what the deduction leaves unused there is
/// deducted from the gains.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct TaxBrackets {
    /// What is deducted from ordinary income, in today's money, 0 to 10^15.
    #[wire(default)]
    pub deduction: f64,

    /// The brackets of ordinary income, at most 50, ascending.
    pub ordinary: Vec<TaxBracket>,

    /// The brackets of long-term gains by taxable income, at most 50, ascending. Empty for no tax.
    #[wire(default)]
    pub long_term_gains: Vec<TaxBracket>,

    /// How much of Social Security benefits is ordinary income.
    #[wire(default)]
    pub social_security: TaxableSocialSecurity,
}

/// The rate on income above an amount, up to the next bracket. Income below the first bracket is not taxed.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct TaxBracket {
    /// Taxable income above which the rate applies, in today's money, 0 to 10^15.
    pub above: f64,

    /// The rate as a fraction, from 0 to below 1.
    pub rate: f64,
}

/// How much of Social Security benefits is ordinary income.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum TaxableSocialSecurity {
    /// A share of them.
    Share {
        /// The share, 0 to 1.
        share: f64,
    },
    /// By the rule of section 86 of the Internal Revenue Code of the United States. Of the benefits B and P, the other
    /// income plus half of B: nothing up to `lower`; then half of P above `lower`, at most half of B; above `upper` 85 %
    /// of P above `upper` more than at `upper`, at most 85 % of B. The thresholds are nominal and are not indexed.
    ProvisionalIncome {
        /// The lower threshold, 0 to 10^15.
        lower: f64,
        /// The upper threshold, from `lower` to 10^15.
        upper: f64,
    },
}

impl Default for TaxableSocialSecurity {
    fn default() -> Self {
        Self::Share { share: taxable_share() }
    }
}

impl Default for RetirementTaxes {
    fn default() -> Self {
        Self::Rates {
            ordinary: 0.0,
            long_term_gains: 0.0,
            state: 0.0,
            taxable_social_security_share: taxable_share(),
        }
    }
}

/// What withdrawals from traditional and health savings accounts cost before an age, on top of other taxes. Conversions
/// and what pays for health are free of it.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct EarlyWithdrawalPenalty {
    /// The share of the withdrawal, 0 to below 1.
    pub rate: f64,

    /// The age from which on nothing is due, 0 to 150.
    #[wire(range = 0..=150)]
    pub until_age: u32,
}

fn taxable_share() -> f64 {
    0.85
}

fn yes() -> bool {
    true
}
