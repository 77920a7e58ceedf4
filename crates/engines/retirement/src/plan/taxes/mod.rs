//! The tax of one year: the interface between a plan and tax law.
//!
//! [`Taxes::bill`] is a function of taxable income by kind, filing status and year. It knows no accounts, paths or
//! records, so that another tax engine can replace it.

mod rules;
#[cfg(test)]
mod tests;

use self::rules::{Rules, Schedule};
use super::{TaxBracket, TaxableSocialSecurity};

pub(super) use rules::Taxes;

/// Taxable income by kind.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TaxableIncome {
    /// Ordinary income minus deductible contributions; it can be negative.
    pub(super) ordinary: f64,
    /// Gains minus losses of the year.
    pub(super) long_term_gains: f64,
    /// Social Security benefits, including the part that is not taxed.
    pub(super) social_security: f64,
    /// The part of ordinary income that is subject to the penalty for early withdrawals.
    pub(super) early_withdrawals: f64,
}

/// The filing status of a household.
#[derive(Debug, Clone, Copy)]
pub(super) enum Filing {
    Single,
    Joint,
}

/// The facts about the year that the rules of a plan use.
#[derive(Debug, Clone, Copy)]
pub(super) struct TaxYear {
    /// The price level at its start; 1 at the start of the plan.
    pub(super) price_level: f64,
    /// What was earned and taxed in the year before the plan starts, if the plan starts within it.
    pub(super) months_before: Option<MonthsBefore>,
}

/// What was earned and taxed in the months of a year before a plan starts. The law taxes a year as a whole: what the plan
/// taxes comes on top of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct MonthsBefore {
    income: TaxableIncome,
    taxes: TaxBill,
}

impl MonthsBefore {
    /// The months before those in which `income` is earned, at the same rate: the latter are `part` of the year.
    pub(super) fn new(
        taxes: &Taxes,
        income: &TaxableIncome,
        part: f64,
        filing: Filing,
        year: TaxYear,
    ) -> Self {
        let of_year = taxes.of_year(&income.scaled(1.0 / part), filing, year);
        Self { income: income.scaled((1.0 - part) / part), taxes: of_year.scaled(1.0 - part) }
    }
}

/// The taxes of one year, by kind.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TaxBill {
    pub(super) ordinary: f64,
    pub(super) long_term_gains: f64,
    pub(super) state: f64,
    pub(super) penalty: f64,
}

impl Filing {
    /// Two people file jointly, one alone.
    pub(super) fn of(living: usize) -> Self {
        if living > 1 { Self::Joint } else { Self::Single }
    }
}

impl TaxableIncome {
    fn scaled(&self, factor: f64) -> Self {
        Self {
            ordinary: self.ordinary * factor,
            long_term_gains: self.long_term_gains * factor,
            social_security: self.social_security * factor,
            early_withdrawals: self.early_withdrawals * factor,
        }
    }

    fn plus(&self, other: &Self) -> Self {
        Self {
            ordinary: self.ordinary + other.ordinary,
            long_term_gains: self.long_term_gains + other.long_term_gains,
            social_security: self.social_security + other.social_security,
            early_withdrawals: self.early_withdrawals + other.early_withdrawals,
        }
    }
}

impl TaxBill {
    pub(super) fn total(&self) -> f64 {
        self.ordinary + self.long_term_gains + self.state + self.penalty
    }

    fn scaled(&self, factor: f64) -> Self {
        Self {
            ordinary: self.ordinary * factor,
            long_term_gains: self.long_term_gains * factor,
            state: self.state * factor,
            penalty: self.penalty * factor,
        }
    }

    fn minus(&self, other: &Self) -> Self {
        Self {
            ordinary: self.ordinary - other.ordinary,
            long_term_gains: self.long_term_gains - other.long_term_gains,
            state: self.state - other.state,
            penalty: self.penalty - other.penalty,
        }
    }
}

impl Taxes {
    /// The tax on a year's income; of a year within which the plan starts, what it adds to that of the months before.
    pub(super) fn bill(&self, income: &TaxableIncome, filing: Filing, year: TaxYear) -> TaxBill {
        match year.months_before {
            None => self.of_year(income, filing, year),
            Some(before) => self.of_year(&income.plus(&before.income), filing, year).minus(&before.taxes),
        }
    }

    /// The tax on the income of a whole year.
    fn of_year(&self, income: &TaxableIncome, filing: Filing, year: TaxYear) -> TaxBill {
        let gains = income.long_term_gains.max(0.0);
        let penalty = self.early_withdrawal.rate * income.early_withdrawals;
        match &self.rules {
            Rules::Rates { ordinary, long_term_gains, state, social_security } => {
                let other = income.ordinary.max(0.0);
                let benefits = taxable_benefits(*social_security, other + gains, income.social_security);
                TaxBill {
                    ordinary: ordinary * (income.ordinary + benefits).max(0.0),
                    long_term_gains: long_term_gains * gains,
                    state: state * (other + gains),
                    penalty,
                }
            }
            Rules::Brackets { single, joint, state, inflation_indexed } => {
                let schedule = match filing {
                    Filing::Single => single,
                    Filing::Joint => joint,
                };
                let index = if *inflation_indexed { year.price_level } else { 1.0 };
                let benefits = taxable_benefits(
                    schedule.social_security,
                    income.ordinary.max(0.0) + gains,
                    income.social_security,
                );
                let taxed = schedule.deducted(income.ordinary + benefits, gains, index);
                // The state does not tax Social Security.
                let of_state = schedule.deducted(income.ordinary, gains, index);
                TaxBill {
                    ordinary: tax_between(&schedule.ordinary, index, 0.0, taxed.ordinary),
                    // Gains are stacked on top: their brackets start where ordinary income ends.
                    long_term_gains: tax_between(
                        &schedule.long_term_gains,
                        index,
                        taxed.ordinary,
                        taxed.ordinary + taxed.gains,
                    ),
                    state: state * (of_state.ordinary + of_state.gains),
                    penalty,
                }
            }
        }
    }
}

/// Income after the deduction.
struct Deducted {
    ordinary: f64,
    gains: f64,
}

impl Schedule {
    /// Deducts from ordinary income, and the unused rest from gains.
    fn deducted(&self, ordinary: f64, gains: f64, index: f64) -> Deducted {
        let rest = ordinary - self.deduction * index;
        Deducted { ordinary: rest.max(0.0), gains: (gains + rest.min(0.0)).max(0.0) }
    }
}

/// The part of the benefits that is ordinary income, given the other income.
fn taxable_benefits(rule: TaxableSocialSecurity, other: f64, benefits: f64) -> f64 {
    match rule {
        TaxableSocialSecurity::Share { share } => share * benefits,
        TaxableSocialSecurity::ProvisionalIncome { lower, upper } => {
            // 26 U.S.C. 86(a) and (b): half of the income between the thresholds, at most half of the benefits; above the
            // upper one 85 % more, at most 85 % of the benefits.
            let provisional = other + 0.5 * benefits;
            let between = (0.5 * (provisional.min(upper) - lower)).max(0.0).min(0.5 * benefits);
            let above = 0.85 * (provisional - upper).max(0.0);
            (between + above).min(0.85 * benefits)
        }
    }
}

/// The tax on the part of income between two amounts.
fn tax_between(brackets: &[TaxBracket], index: f64, low: f64, high: f64) -> f64 {
    let mut tax = 0.0;
    for (place, bracket) in brackets.iter().enumerate() {
        let bottom = bracket.above * index;
        let top = brackets.get(place + 1).map_or(f64::INFINITY, |next| next.above * index);
        tax += bracket.rate * (high.min(top) - low.max(bottom)).max(0.0);
    }
    tax
}
