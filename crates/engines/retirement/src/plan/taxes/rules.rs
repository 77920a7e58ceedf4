//! Tax rates and brackets, validated.

use super::super::{RetirementPlan, RetirementTaxes, TaxBracket, TaxBrackets, TaxableSocialSecurity};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};

/// The rules of taxes on income and of the penalty on early withdrawals.
#[derive(Debug, Clone)]
pub(in super::super) struct Taxes {
    pub(super) rules: Rules,
    pub(in super::super) early_withdrawal: EarlyWithdrawal,
}

/// The penalty on early withdrawals.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct EarlyWithdrawal {
    /// The penalty as a share of a withdrawal; 0 for none.
    pub(super) rate: f64,
    /// The age from which withdrawals are no longer early.
    pub(super) until_age: u32,
}

/// The rules of taxes on income.
#[derive(Debug, Clone)]
pub(super) enum Rules {
    Rates { ordinary: f64, long_term_gains: f64, state: f64, social_security: TaxableSocialSecurity },
    Brackets { single: Schedule, joint: Schedule, state: f64, inflation_indexed: bool },
}

/// Deductions and brackets.
#[derive(Debug, Clone)]
pub(super) struct Schedule {
    pub(super) deduction: f64,
    pub(super) ordinary: Vec<TaxBracket>,
    pub(super) long_term_gains: Vec<TaxBracket>,
    pub(super) social_security: TaxableSocialSecurity,
}

impl Taxes {
    pub(in super::super) fn new(plan: &RetirementPlan) -> Result<Self> {
        let rules = Rules::new(&plan.taxes).at("taxes")?;
        let early_withdrawal = EarlyWithdrawal::new(plan).at("earlyWithdrawalPenalty")?;
        let penalty = early_withdrawal.rate;
        let (ordinary, gains, state) = rules.highest_rates();
        let highest = (ordinary + penalty).max(gains) + state;
        // From 1 on, taxes could take a whole withdrawal, and no withdrawal would pay for the spending.
        if highest >= 1.0 {
            let message =
                format!("the rates on one kind of income add up to {highest}; their sum must be below 1");
            return Err(Error::new(ErrorCode::RateOutOfRange, message).at("taxes"));
        }
        Ok(Self { rules, early_withdrawal })
    }
}

impl EarlyWithdrawal {
    fn new(plan: &RetirementPlan) -> Result<Self> {
        plan.early_withdrawal_penalty.map_or(Ok(Self { rate: 0.0, until_age: 0 }), |penalty| {
            Ok(Self {
                rate: check::fee(penalty.rate).at("rate")?,
                until_age: limits::age(penalty.until_age, 0, 150).at("untilAge")?,
            })
        })
    }

    /// Whether a withdrawal at this age is subject to the penalty.
    pub(in super::super) fn applies_at(self, age: u32) -> bool {
        self.rate > 0.0 && age < self.until_age
    }
}

impl Rules {
    fn new(given: &RetirementTaxes) -> Result<Self> {
        Ok(match given {
            RetirementTaxes::Rates { ordinary, long_term_gains, state, taxable_social_security_share } => {
                Self::Rates {
                    ordinary: check::fee(*ordinary).at("ordinary")?,
                    long_term_gains: check::fee(*long_term_gains).at("longTermGains")?,
                    state: check::fee(*state).at("state")?,
                    social_security: TaxableSocialSecurity::Share {
                        share: check::fraction(*taxable_social_security_share)
                            .at("taxableSocialSecurityShare")?,
                    },
                }
            }
            RetirementTaxes::Brackets { single, joint, state, inflation_indexed } => Self::Brackets {
                joint: match joint {
                    Some(joint) => Schedule::new(joint).at("joint")?,
                    None => Schedule::new(single).at("single")?,
                },
                single: Schedule::new(single).at("single")?,
                state: check::fee(*state).at("state")?,
                inflation_indexed: *inflation_indexed,
            },
        })
    }

    /// The highest rates on ordinary income, on gains, and of the state.
    fn highest_rates(&self) -> (f64, f64, f64) {
        match self {
            Self::Rates { ordinary, long_term_gains, state, .. } => (*ordinary, *long_term_gains, *state),
            Self::Brackets { single, joint, state, .. } => {
                let highest = |brackets: [&Vec<TaxBracket>; 2]| {
                    brackets.into_iter().flatten().map(|bracket| bracket.rate).fold(0.0, f64::max)
                };
                let ordinary = highest([&single.ordinary, &joint.ordinary]);
                (ordinary, highest([&single.long_term_gains, &joint.long_term_gains]), *state)
            }
        }
    }
}

impl Schedule {
    fn new(given: &TaxBrackets) -> Result<Self> {
        let social_security = given.social_security;
        match social_security {
            TaxableSocialSecurity::Share { share } => {
                check::fraction(share).at("share").at("socialSecurity")?;
            }
            TaxableSocialSecurity::ProvisionalIncome { lower, upper } => {
                limits::amount(lower)
                    .at("lower")
                    .and_then(|_| limits::amount(upper).at("upper"))
                    .at("socialSecurity")?;
                if lower > upper {
                    let message = format!("the upper threshold, {upper}, is below the lower, {lower}");
                    let error = Error::new(ErrorCode::RangeOutOfOrder, message).at("upper");
                    return Err(error.at("socialSecurity"));
                }
            }
        }
        Ok(Self {
            deduction: limits::amount(given.deduction).at("deduction")?,
            ordinary: brackets(&given.ordinary, "ordinary")?,
            long_term_gains: brackets(&given.long_term_gains, "longTermGains")?,
            social_security,
        })
    }
}

fn brackets(given: &[TaxBracket], field: &str) -> Result<Vec<TaxBracket>> {
    check::length(given.len(), 0..=50).at(field)?;
    let mut before = -1.0;
    for (index, bracket) in given.iter().enumerate() {
        limits::amount(bracket.above)
            .at("above")
            .and_then(|_| check::fee(bracket.rate).at("rate"))
            .at_index(field, index)?;
        if bracket.above <= before {
            let message = format!("{} follows {before}; brackets must ascend", bracket.above);
            let error = Error::new(ErrorCode::ListOutOfOrder, message).at("above");
            return Err(error.at_index(field, index));
        }
        before = bracket.above;
    }
    Ok(given.to_vec())
}
