//! Debts.

use super::super::{
    debts::{Debt, Payments, debts},
    timeline::{Piece, year},
};
use super::Context;
use super::names::Names;
use wherewithal_base::{
    Result,
    dates::{Date, MonthEnd},
    error::At as _,
    num::{Decimal, Rounding, gate},
};
use wherewithal_debt::Loan;
use wherewithal_retirement::{RetirementDebt, RetirementDebtTerms};

/// A debt of the plan whose terms are those of a loan.
pub(super) struct PlannedLoan<'a> {
    pub(super) index: usize,
    pub(super) name: String,
    pub(super) secured_by: Option<&'a str>,
    pub(super) balance: Decimal,
}

/// The debts of the document and of the plan.
pub(super) struct Liabilities<'a> {
    pub(super) debts: Vec<Debt<'a>>,
    pub(super) planned: Vec<RetirementDebt>,
    pub(super) loans: Vec<PlannedLoan<'a>>,
}

impl<'a> Context<'a> {
    /// The debts that are not repaid.
    pub(super) fn liabilities(&mut self) -> Result<Liabilities<'a>> {
        let mut names = Names::default();
        let mut all = Liabilities {
            debts: debts(self.household, &mut self.assumed)?,
            planned: Vec::new(),
            loans: Vec::new(),
        };
        for debt in &all.debts {
            self.foreign(&format!("liabilities[{}]", debt.index), debt.liability.currency);
            self.liability(debt, &mut names, &mut all.planned, &mut all.loans)
                .at_index("liabilities", debt.index)?;
        }
        Ok(all)
    }

    fn liability(
        &self,
        debt: &Debt<'a>,
        names: &mut Names,
        planned: &mut Vec<RetirementDebt>,
        loans: &mut Vec<PlannedLoan<'a>>,
    ) -> Result<()> {
        let liability = debt.liability;
        let mut pay = |amount: Decimal, piece: &Piece| -> Result<()> {
            let yearly = self.in_base(amount.times(Decimal::from(piece.months))?, liability.currency)?;
            planned.push(RetirementDebt {
                name: names.unique(&liability.name),
                terms: RetirementDebtTerms::Payments {
                    annual_amount: gate::to_f64(yearly),
                    start: Some(year(piece.from)),
                    until: piece.end(),
                },
            });
            Ok(())
        };
        match &debt.payments {
            Payments::AtOnce => {
                let first = self.timeline.first_year;
                pay(debt.balance, &Piece { from: first, until: Some(first + 1), months: 1 })?;
            }
            Payments::Standing(standing) => {
                let first = debt.first_payment(self.household)?;
                let regular = standing.payments - u32::from(standing.is_repaid);
                for piece in self.timeline.monthly(first, regular) {
                    pay(standing.paid, &piece)?;
                }
                if standing.is_repaid {
                    let last = first.add_months(regular.cast_signed())?;
                    for piece in self.timeline.monthly(last, 1) {
                        pay(standing.left, &piece)?;
                    }
                }
            }
            Payments::Schedule(_) => {
                for piece in debt.interest_payments(self.household, &self.timeline)? {
                    pay(debt.interest_of_a_month, &piece)?;
                }
                let name = names.unique(&liability.name);
                loans.push(PlannedLoan {
                    index: debt.index,
                    name: name.clone(),
                    secured_by: liability.secured_by.as_deref(),
                    balance: self.in_base(debt.principal, liability.currency)?,
                });
                planned.push(RetirementDebt {
                    name,
                    terms: RetirementDebtTerms::Loan { loan: self.loan(debt)? },
                });
            }
        }
        Ok(())
    }

    /// The loan in the household's currency.
    fn loan(&self, debt: &Debt<'a>) -> Result<Loan> {
        let liability = debt.liability;
        let base = |amount: Decimal| self.household.convert(amount, liability.currency);
        let first_payment: Date = debt.first_payment(self.household)?;
        Ok(Loan {
            principal: base(debt.principal)?,
            currency: self.household.currency,
            annual_rate: liability.annual_rate,
            term_months: debt.term_months(),
            first_payment,
            month_end: MonthEnd::default(),
            payment: debt.payment.map(base).transpose()?,
            extra_monthly_payment: base(debt.extra)?,
            rounding: Rounding::default(),
        })
    }
}
