//! The taxes on income.

use wherewithal_base::wire::Wire;

/// The taxes on income. There are three kinds of income: ordinary income, long-term gains and Social Security benefits.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum RetirementTaxes {
    /// One rate for each kind of income.
    Rates {
        /// Tax on ordinary income as a fraction, from 0 to below 1.
        #[wire(share, default, range = 0.., below = 1)]
        ordinary: f64,
        /// Tax on long-term gains as a fraction, from 0 to below 1.
        #[wire(share, default, range = 0.., below = 1)]
        long_term_gains: f64,
        /// State tax on ordinary income and long-term gains as a fraction, from 0 to below 1. It is not levied on Social
        /// Security.
        #[wire(share, default, range = 0.., below = 1)]
        state: f64,
        /// The share of Social Security benefits that is taxed as ordinary income, 0 to 1.
        #[wire(share, default = taxable_share, range = 0..=1)]
        taxable_social_security_share: f64,
    },
    /// Progressive brackets.
    Brackets {
        /// The brackets of a single person.
        single: TaxBrackets,
        /// The brackets of two people who are both alive; by default those of a single person.
        joint: Option<TaxBrackets>,
        /// State tax on ordinary income after the deduction, without Social Security, and on long-term gains, as a
        /// fraction from 0 to below 1.
        #[wire(share, default, range = 0.., below = 1)]
        state: f64,
        /// Whether the deduction and the brackets rise with prices.
        #[wire(default = yes)]
        inflation_indexed: bool,
    },
}

/// The deduction and the brackets. Long-term gains are stacked on top of ordinary income; the unused part of the
/// deduction is deducted from the gains.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct TaxBrackets {
    /// The deduction from ordinary income, in today's money, 0 to 10^15.
    #[wire(default, range = 0..=1e15)]
    pub deduction: f64,

    /// The brackets of ordinary income, at most 50, ascending.
    #[wire(length = ..=50)]
    pub ordinary: Vec<TaxBracket>,

    /// The brackets of long-term gains by taxable income, at most 50, ascending; empty for no tax.
    #[wire(default, length = ..=50)]
    pub long_term_gains: Vec<TaxBracket>,

    /// The part of Social Security benefits that is ordinary income.
    #[wire(default)]
    pub social_security: TaxableSocialSecurity,
}

/// The rate on income above an amount, up to the next bracket. Income below the first bracket is not taxed.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct TaxBracket {
    /// Taxable income above which the rate applies, in today's money, 0 to 10^15.
    #[wire(range = 0..=1e15)]
    pub above: f64,

    /// The rate as a fraction, from 0 to below 1.
    #[wire(share, range = 0.., below = 1)]
    pub rate: f64,
}

/// The part of Social Security benefits that is ordinary income.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum TaxableSocialSecurity {
    /// A fixed share.
    Share {
        /// The share, 0 to 1.
        #[wire(share, range = 0..=1)]
        share: f64,
    },
    /// By section 86 of the Internal Revenue Code of the United States. Let B be the benefits and P the provisional
    /// income: other income plus half of B. Up to `lower`, nothing is taxed; above it, half of the excess of P over
    /// `lower`, at most half of B; above `upper`, the amount at `upper` plus 85 % of the excess of P over `upper`, at
    /// most 85 % of B. The thresholds are nominal and not indexed.
    ProvisionalIncome {
        /// The lower threshold, 0 to 10^15.
        #[wire(range = 0..=1e15)]
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

/// The penalty on withdrawals from traditional and health savings accounts before an age, in addition to other taxes.
/// Conversions and payments for health are exempt.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct EarlyWithdrawalPenalty {
    /// The penalty as a share of the withdrawal, from 0 to below 1.
    #[wire(share, range = 0.., below = 1)]
    pub rate: f64,

    /// The first age without a penalty, 0 to 150.
    #[wire(range = 0..=150)]
    pub until_age: u32,
}

fn taxable_share() -> f64 {
    0.85
}

fn yes() -> bool {
    true
}
