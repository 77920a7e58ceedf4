//! Debts: their schedules, year by year.

use super::{
    super::{RetirementDebt, RetirementDebtTerms, RetirementPlan, check},
    calendar::Calendar,
    properties::RepaidDebt,
    streams::{Amount, Stream},
};
use crate::{
    Result,
    debt::{Loan, amortize},
    error::At as _,
    num::gate,
};

/// A debt.
#[derive(Debug, Clone)]
pub(in super::super) struct Debt {
    pub(in super::super) name: String,
    /// What is paid in each year; without what is repaid from the sale of a property.
    pub(in super::super) payments: Vec<f64>,
    /// What is owed at the end of each year; zeros where only payments are known.
    pub(in super::super) balances: Vec<f64>,
}

/// A loan's schedule, year by year of the plan.
pub(super) struct LoanYears {
    /// What is owed at the start of the plan.
    pub(super) opening: f64,
    pub(super) payments: Vec<f64>,
    pub(super) balances: Vec<f64>,
}

impl LoanYears {
    pub(super) fn new(loan: &Loan, first_year: u32, years: u32) -> Result<Self> {
        let schedule = amortize(loan)?.schedule;
        let mut owed = gate::to_f64(loan.principal);
        let mut opening = owed;
        let mut payments = vec![0.0; years as usize];
        let mut balances = vec![0.0; years as usize];
        let mut rows = schedule.iter().peekable();
        let year_of = |row: &crate::debt::AmortizationRow| i64::from(row.date.year());
        while let Some(row) = rows.next_if(|row| year_of(row) < i64::from(first_year)) {
            owed = gate::to_f64(row.balance);
            opening = owed;
        }
        for ((paid, balance), year) in payments.iter_mut().zip(&mut balances).zip(i64::from(first_year)..) {
            while let Some(row) = rows.next_if(|row| year_of(row) == year) {
                *paid += gate::to_f64(row.payment);
                owed = gate::to_f64(row.balance);
            }
            *balance = owed;
        }
        Ok(Self { opening, payments, balances })
    }

    /// What is owed at the start of a year.
    pub(super) fn owed(&self, year: usize) -> f64 {
        let before = year.checked_sub(1);
        before.map_or(self.opening, |before| self.balances.get(before).copied().unwrap_or(0.0))
    }
}

/// The debts; those of `repaid` are repaid by the sale of a property at the start of a year.
pub(super) fn compile(
    plan: &RetirementPlan,
    calendar: &Calendar,
    years: u32,
    repaid: &[RepaidDebt],
) -> Result<Vec<Debt>> {
    check::length(plan.debts.len(), 0, check::MAX_ITEMS, "debts")?;
    check::names(plan.debts.iter().map(|debt| debt.name.as_str()), "debts")?;
    let debt = |(index, given): (usize, &RetirementDebt)| {
        let mut debt = debt(given, calendar, plan.first_year, years).at_index("debts", index)?;
        if let Some(RepaidDebt { year, .. }) = repaid.iter().find(|repaid| repaid.debt == index) {
            for slot in debt.payments.iter_mut().skip(*year).chain(debt.balances.iter_mut().skip(*year)) {
                *slot = 0.0;
            }
        }
        Ok(debt)
    };
    plan.debts.iter().enumerate().map(debt).collect()
}

fn debt(given: &RetirementDebt, calendar: &Calendar, first_year: u32, years: u32) -> Result<Debt> {
    let name = given.name.clone();
    match &given.terms {
        RetirementDebtTerms::Loan { loan } => {
            let LoanYears { payments, balances, .. } =
                LoanYears::new(loan, first_year, years).at("loan").at("terms")?;
            Ok(Debt { name, payments, balances })
        }
        RetirementDebtTerms::Payments { annual_amount, start, until } => {
            let compile = || {
                let span = calendar.span(start.as_ref(), until.as_ref(), None, years)?;
                let amount =
                    Amount { annual_amount: *annual_amount, inflation_linked: false, annual_growth: 0.0 };
                Stream::new(&amount, span, years, "annualAmount")
            };
            let payments = compile().at("terms")?;
            let payments = (0..years as usize).map(|year| payments.at(year, 1.0)).collect();
            Ok(Debt { name, payments, balances: vec![0.0; years as usize] })
        }
    }
}
