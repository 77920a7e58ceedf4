//! Debts.

use super::super::{
    debts::{Debt, Payments, debts},
    standing::{Standing, interest_of_a_month},
};
use super::Context;
use super::names::Names;
use wherewithal_base::{
    Error, ErrorCode, Result,
    check::MAX_AMOUNT,
    dates::{Date, MonthEnd},
    error::At as _,
    num::{Decimal, Rounding, gate},
};
use wherewithal_debt::{AmortizationRow, Loan, amortize};
use wherewithal_retirement::{RetirementDebt, RetirementDebtRow, RetirementDebtTerms};

/// A payment of a month, in the household's currency.
#[derive(Debug, Clone, Copy)]
struct Month {
    year: i32,
    paid: Decimal,
    balance: Decimal,
}

/// A debt of the plan whose balance is known.
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
        let terms = match &debt.payments {
            Payments::AtOnce => {
                let first = self.timeline.first_year;
                let balance = gate::to_f64(self.in_base(debt.balance, liability.currency)?);
                let row = RetirementDebtRow { year: first.cast_unsigned(), payments: balance, balance: 0.0 };
                RetirementDebtTerms::Rows { balance, rows: vec![row] }
            }
            Payments::Standing(standing) => {
                let months = self.standing_months(debt, *standing)?;
                self.rows(debt, &months)?
            }
            Payments::Schedule(_) if !debt.interest_of_a_month.is_zero() => {
                let months = self.deferred_months(debt)?;
                self.rows(debt, &months)?
            }
            Payments::Schedule(_) => RetirementDebtTerms::Loan { loan: self.loan(debt)? },
        };
        let name = names.unique(&liability.name);
        if !matches!(debt.payments, Payments::AtOnce) {
            loans.push(PlannedLoan {
                index: debt.index,
                name: name.clone(),
                secured_by: liability.secured_by.as_deref(),
                balance: self.in_base(debt.principal, liability.currency)?,
            });
        }
        planned.push(RetirementDebt { name, terms });
        Ok(())
    }

    /// The payments on a debt that does not fall, up to the end of its term or of the plan.
    fn standing_months(&self, debt: &Debt<'a>, standing: Standing) -> Result<Vec<Month>> {
        let liability = debt.liability;
        let places = self.household.places_of(None);
        let paid = self.household.convert(standing.paid, liability.currency)?;
        let mut balance = self.household.convert(debt.principal, liability.currency)?;
        let first = debt.first_payment(self.household)?;
        let mut months = Vec::new();
        for count in 0..standing.payments {
            let date = first.add_months(count.cast_signed())?;
            if date.year() > self.adults.last_year {
                break;
            }
            let owed = balance.plus(interest_of_a_month(balance, debt.annual_rate, places)?)?;
            let is_last = standing.is_repaid && count + 1 == standing.payments;
            let payment = if is_last { owed } else { paid };
            balance = owed.minus(payment)?;
            months.push(Month { year: date.year(), paid: payment, balance });
        }
        Ok(months)
    }

    /// The payments on a loan of which only the interest is paid at first.
    fn deferred_months(&self, debt: &Debt<'a>) -> Result<Vec<Month>> {
        let loan = self.loan(debt)?;
        let interest = interest_of_a_month(loan.principal, loan.annual_rate, self.household.places_of(None))?;
        let mut months = Vec::new();
        for count in 1..=debt.deferred_months {
            let date = self.household.as_of.add_months(count.cast_signed())?;
            months.push(Month { year: date.year(), paid: interest, balance: loan.principal });
        }
        let schedule = amortize(&loan)?.schedule;
        let repaid =
            |row: &AmortizationRow| Month { year: row.date.year(), paid: row.payment, balance: row.balance };
        months.extend(schedule.iter().map(repaid));
        Ok(months)
    }

    /// Payments summed by year. Those before the plan count as made.
    fn rows(&self, debt: &Debt<'a>, months: &[Month]) -> Result<RetirementDebtTerms> {
        let mut opening = self.household.convert(debt.principal, debt.liability.currency)?;
        let mut years: Vec<Month> = Vec::new();
        for month in months {
            if month.year < self.timeline.first_year {
                opening = month.balance;
                continue;
            }
            match years.last_mut() {
                Some(last) if last.year == month.year => {
                    (last.paid, last.balance) = (last.paid.plus(month.paid)?, month.balance);
                }
                _ => years.push(*month),
            }
        }
        let row = |month: &Month| RetirementDebtRow {
            year: month.year.cast_unsigned(),
            payments: gate::to_f64(month.paid),
            balance: gate::to_f64(month.balance),
        };
        let rows: Vec<RetirementDebtRow> = years.iter().map(row).collect();
        if let Some(row) = rows.iter().find(|row| row.balance > MAX_AMOUNT) {
            let message = format!("by {} what is owed is more than a plan can hold", row.year);
            return Err(Error::new(ErrorCode::AmountOutOfRange, message).at("payment"));
        }
        Ok(RetirementDebtTerms::Rows { balance: gate::to_f64(opening), rows })
    }

    /// The loan in the household's currency.
    fn loan(&self, debt: &Debt<'a>) -> Result<Loan> {
        let liability = debt.liability;
        let base = |amount: Decimal| self.household.convert(amount, liability.currency);
        let first_payment: Date = debt.first_payment(self.household)?;
        Ok(Loan {
            principal: base(debt.principal)?,
            currency: self.household.currency,
            annual_rate: debt.annual_rate,
            term_months: debt.term_months(),
            first_payment,
            month_end: MonthEnd::default(),
            payment: debt.payment.map(base).transpose()?,
            extra_monthly_payment: base(debt.extra)?,
            rounding: Rounding::default(),
        })
    }
}
