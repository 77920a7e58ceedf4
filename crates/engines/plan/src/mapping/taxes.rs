//! The taxes of the plan.

use super::{Context, incomes::TAXABLE_SHARE};
use wherewithal_base::{
    Error, ErrorCode, Result,
    money::Currency,
    num::{Decimal, gate},
};
use wherewithal_household::{IncomeTaxBracket, IncomeTaxScale, TaxAssumption};
use wherewithal_reference::income_tax::{FederalTaxBracket, FilingStatus, KNOWN_YEARS, federal_income_tax};
use wherewithal_retirement::{RetirementTaxes, TaxBracket, TaxBrackets, TaxableSocialSecurity};

impl Context<'_> {
    /// The taxes that the document assumes.
    pub(super) fn taxes(&mut self) -> Result<RetirementTaxes> {
        if let Some(rate) = self.assumptions.effective_tax_rate {
            return Ok(RetirementTaxes::Rates {
                ordinary: rate,
                long_term_gains: rate,
                state: 0.0,
                taxable_social_security_share: TAXABLE_SHARE,
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
            Some(TaxAssumption::UnitedStates { filing_status, state_rate }) => {
                self.federal(*filing_status, *state_rate)
            }
            None if self.is_american => {
                self.assumed.add(
                    "assumptions.taxes",
                    "the federal income tax of the United States, and no tax of a state",
                    "the taxes with the rate of the state, or one effective rate",
                );
                self.federal(None, 0.0)
            }
            None => {
                self.assumed.figure(
                    "assumptions.taxes",
                    "there are no taxes",
                    (0.0, "fraction of income"),
                    "the taxes, or one effective rate",
                );
                Ok(RetirementTaxes::default())
            }
        }
    }
}

impl Context<'_> {
    /// The federal income tax of the first year, or of the nearest year that is known.
    fn federal(&mut self, filing: Option<FilingStatus>, state_rate: f64) -> Result<RetirementTaxes> {
        let is_couple = self.adults.list.len() > 1;
        let field = "assumptions.taxes.filingStatus";
        let filing = filing.unwrap_or_else(|| {
            let (status, words) = match is_couple {
                true => {
                    (FilingStatus::MarriedFilingJointly, "the couple files jointly, and a survivor as single")
                }
                false => (FilingStatus::Single, "the household files as single"),
            };
            self.assumed.add(field, words, "the filing status, such as \"headOfHousehold\"");
            status
        });
        let (alone, both) = match filing {
            FilingStatus::MarriedFilingJointly => (FilingStatus::Single, Some(filing)),
            FilingStatus::MarriedFilingSeparately if is_couple => {
                let message = "a plan computes one return for both; a couple files jointly in it";
                return Err(Error::new(ErrorCode::FieldConflict, message)
                    .at("filingStatus")
                    .at("taxes")
                    .at("assumptions"));
            }
            _ => (filing, None),
        };
        let scale_of = |status: FilingStatus| self.federal_scale(status);
        let taxes = RetirementTaxes::Brackets {
            single: scale_of(alone)?,
            joint: both.map(scale_of).transpose()?,
            state: state_rate,
            inflation_indexed: true,
        };
        self.assumed.add(
            "assumptions.taxes",
            "the standard deduction without the additional amounts for age; brackets and deduction rise with prices",
            "brackets of your own",
        );
        Ok(taxes)
    }

    fn federal_scale(&self, status: FilingStatus) -> Result<TaxBrackets> {
        let year = self.timeline.first_year.cast_unsigned().max(*KNOWN_YEARS.start());
        let federal = federal_income_tax(year, status)?;
        let dollars = |amount: u32| -> Result<f64> {
            Ok(gate::to_f64(self.in_base(Decimal::from(amount), Some(Currency::USD))?))
        };
        let scale = |brackets: &[FederalTaxBracket]| -> Result<Vec<TaxBracket>> {
            brackets
                .iter()
                .map(|bracket| Ok(TaxBracket { above: dollars(bracket.above)?, rate: bracket.rate }))
                .collect()
        };
        Ok(TaxBrackets {
            deduction: dollars(federal.deduction)?,
            ordinary: scale(&federal.ordinary)?,
            long_term_gains: scale(&federal.long_term_gains)?,
            social_security: TaxableSocialSecurity::ProvisionalIncome {
                lower: dollars(federal.social_security.lower)?,
                upper: dollars(federal.social_security.upper)?,
            },
        })
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
