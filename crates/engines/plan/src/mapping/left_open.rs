//! What the plan leaves out or assumes as a whole: its start, the fees, and taxes that are not computed.

use super::super::{assumed::Assumed, timeline::Timeline};
use super::{Context, people::is_wage};
use wherewithal_base::Result;
use wherewithal_household::{IncomeKind, IncomeStream, TaxAssumption};
use wherewithal_retirement::{RetirementPlan, RetirementTaxTreatment};

/// What it means that the plan starts on another day than that of the balances, or within a year.
pub(super) fn start(timeline: &Timeline, assumed: &mut Assumed) -> Result<()> {
    let (as_of, start, months) = (timeline.as_of, timeline.start()?, timeline.first_year_months());
    if as_of == start && months == 12 {
        return Ok(());
    }
    let year = timeline.first_year;
    let counted = match months {
        12 => format!("the whole of {year} counts"),
        1 => format!("of {year}, one month counts"),
        _ => format!("of {year}, {months} months count"),
    };
    assumed.figure(
        "asOf",
        format!(
            "the plan starts on {start}, the first day of a month that is nearest, with the balances of {as_of}: {counted}, \
             for income, expenses, contributions, taxes and returns; of the payments on debts, those after {as_of} in {year}"
        ),
        (f64::from(months), "months of the first year"),
        "balances of the first day of a month; of a 1 January for a whole year",
    );
    Ok(())
}

impl Context<'_> {
    /// The cost of the investments, once for all accounts.
    pub(super) fn fee(&mut self, plan: &RetirementPlan) {
        let is_invested = plan.accounts.iter().any(|account| {
            account.balance > 0.0 && !matches!(account.treatment, RetirementTaxTreatment::Cash { .. })
        });
        if self.assumptions.annual_fee.is_none() && is_invested {
            self.assumed.figure(
                "assumptions.annualFee",
                "the funds and their management cost nothing",
                (0.0, "fraction a year"),
                "the annual cost as a fraction of the balance, such as 0.002; 0 if the returns are after costs",
            );
        }
    }

    /// Taxes of the United States that are not computed, and rents that are taxed without deductions.
    pub(super) fn taxes_left_out(&mut self) {
        self.payroll_taxes();
        let assumptions = self.assumptions;
        let is_taxed = match assumptions.effective_tax_rate {
            Some(rate) => rate > 0.0,
            None => assumptions.taxes.is_some() || self.is_american,
        };
        for (index, property) in self.household.properties.iter().enumerate() {
            if is_taxed && property.monthly_rent.is_some_and(|rent| !rent.is_zero()) {
                self.assumed.add(
                    format!("properties[{index}].monthlyRent"),
                    format!(
                        "the rent of {} is taxed as a whole: interest, costs and depreciation are not deducted",
                        property.name
                    ),
                    "in place of the rent, two incomes of the kind rental: the taxable part, and the rest with \
                     \"taxable\": false",
                );
            }
        }
    }

    /// The contributions to Social Security and Medicare, where the plan computes federal taxes.
    fn payroll_taxes(&mut self) {
        let is_federal = match (&self.assumptions.taxes, self.assumptions.effective_tax_rate) {
            (_, Some(_)) => false,
            (Some(TaxAssumption::UnitedStates { .. }), None) => true,
            (Some(_), None) => false,
            (None, None) => self.is_american,
        };
        let as_of = self.timeline.as_of;
        let goes_on = |income: &&IncomeStream| {
            is_wage(income) && !income.amount.is_zero() && income.end.is_none_or(|end| end >= as_of)
        };
        let earned = || self.household.income.iter().filter(goes_on);
        let is_own = earned().any(|income| income.kind == IncomeKind::SelfEmployment);
        let is_paid = earned().any(|income| income.kind != IncomeKind::SelfEmployment);
        let taxes = match (is_federal, is_paid, is_own) {
            (false, ..) | (true, false, false) => return,
            (true, true, false) => "the taxes for Social Security and Medicare on wages (26 U.S.C. 3101) are",
            (true, false, true) => "the tax on self-employment (26 U.S.C. 1401) is",
            (true, true, true) => {
                "the taxes for Social Security and Medicare on wages and on self-employment (26 U.S.C. 3101 and 1401) \
                 are"
            }
        };
        self.assumed.add(
            "assumptions.taxes",
            format!("{taxes} not deducted: the plan has income tax only"),
            "an expense that ends with the work, or one effective rate that includes them",
        );
    }
}
