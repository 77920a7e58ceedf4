//! The taxes of the plan.

use super::Context;
use wherewithal_base::{
    Result,
    num::{Decimal, gate},
};
use wherewithal_household::{IncomeTaxBracket, IncomeTaxScale, TaxAssumption};
use wherewithal_retirement::{RetirementTaxes, TaxBracket, TaxBrackets, TaxableSocialSecurity};

impl Context<'_> {
    /// The taxes that the document assumes.
    pub(super) fn taxes(&mut self) -> Result<RetirementTaxes> {
        if let Some(rate) = self.assumptions.effective_tax_rate {
            return Ok(RetirementTaxes::Rates {
                ordinary: rate,
                long_term_gains: rate,
                state: 0.0,
                taxable_social_security_share: 1.0,
            });
        }
        match &self.assumptions.taxes {
            Some(TaxAssumption::Rates {
                ordinary,
                long_term_gains,
                state_rate,
                taxable_social_security_share,
            }) => Ok(RetirementTaxes::Rates {
                ordinary: *ordinary,
                long_term_gains: *long_term_gains,
                state: *state_rate,
                taxable_social_security_share: *taxable_social_security_share,
            }),
            Some(TaxAssumption::Brackets { single, joint, state_rate, inflation_indexed }) => {
                Ok(RetirementTaxes::Brackets {
                    single: scale(single),
                    joint: joint.as_ref().map(scale),
                    state: *state_rate,
                    inflation_indexed: *inflation_indexed,
                })
            }
            None => {
                self.assumed.figure(
                    "assumptions.taxes",
                    "there are no taxes",
                    (0.0, "fraction of income"),
                    "the taxes, or one effectiveTaxRate",
                );
                Ok(RetirementTaxes::default())
            }
        }
    }
}

fn scale(given: &IncomeTaxScale) -> TaxBrackets {
    TaxBrackets {
        deduction: gate::to_f64(given.deduction),
        ordinary: brackets(&given.ordinary),
        long_term_gains: brackets(&given.long_term_gains),
        social_security: TaxableSocialSecurity::Share { share: given.taxable_social_security_share },
    }
}

fn brackets(given: &[IncomeTaxBracket]) -> Vec<TaxBracket> {
    let above = |amount: Decimal| gate::to_f64(amount);
    given.iter().map(|bracket| TaxBracket { above: above(bracket.above), rate: bracket.rate }).collect()
}
