//! Tax rates and brackets, checked.

use super::super::{RetirementPlan, RetirementTaxes, TaxBracket, TaxSchedule, TaxableSocialSecurity};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};

/// How income is taxed.
#[derive(Debug, Clone)]
pub(in super::super) enum Taxes {
    Rates { ordinary: f64, long_term_gains: f64, state: f64, social_security: TaxableSocialSecurity },
    Brackets { single: Schedule, joint: Schedule, state: f64, inflation_indexed: bool },
}

/// Deductions and brackets.
#[derive(Debug, Clone)]
pub(in super::super) struct Schedule {
    pub(in super::super) deduction: f64,
    pub(in super::super) ordinary: Vec<TaxBracket>,
    pub(in super::super) long_term_gains: Vec<TaxBracket>,
    pub(in super::super) social_security: TaxableSocialSecurity,
}

impl Taxes {
    pub(super) fn new(plan: &RetirementPlan) -> Result<Self> {
        let taxes = Self::compile(&plan.taxes).at("taxes")?;
        let penalty = plan.early_withdrawal_penalty.map_or(0.0, |penalty| penalty.rate);
        let (ordinary, gains, state) = taxes.highest_rates();
        let highest = (ordinary + penalty).max(gains) + state;
        if highest < 1.0 {
            return Ok(taxes);
        }
        let message =
            format!("the rates on one sort of income add up to {highest}; together they must be below 1");
        Err(Error::new(ErrorCode::RateOutOfRange, message).at("taxes"))
    }

    fn compile(given: &RetirementTaxes) -> Result<Self> {
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
    fn new(given: &TaxSchedule) -> Result<Self> {
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
            let message = format!("{} follows {before}; brackets ascend", bracket.above);
            let error = Error::new(ErrorCode::ListOutOfOrder, message).at("above");
            return Err(error.at_index(field, index));
        }
        before = bracket.above;
    }
    Ok(given.to_vec())
}

/// The rate of the penalty on early withdrawals, and the age from which there is none.
pub(super) fn penalty(plan: &RetirementPlan) -> Result<(f64, u32)> {
    match plan.early_withdrawal_penalty {
        Some(penalty) => {
            Ok((check::fee(penalty.rate).at("rate")?, limits::age(penalty.until_age, 0, 150).at("untilAge")?))
        }
        None => Ok((0.0, 0)),
    }
}
