//! Debts: their schedules, year by year.

use super::{
    super::{RetirementDebt, RetirementDebtRow, RetirementDebtTerms, RetirementPlan},
    calendar::Calendar,
    streams::{Amount, Stream},
};
use crate::limits;
use wherewithal_base::{Result, check, error::At as _, num::gate};
use wherewithal_debt::{AmortizationRow, Loan, amortize};

/// A debt.
#[derive(Debug, Clone)]
pub(in super::super) struct Debt {
    pub(in super::super) name: String,
    /// The balance owed at the start of the plan; 0 if only payments are known.
    opening: f64,
    /// The payments of each year, without a repayment from the sale of a property.
    pub(in super::super) payments: Vec<f64>,
    /// The balance owed at the end of each year; zeros if only payments are known.
    balances: Vec<f64>,
}

impl Debt {
    /// The balance owed at the start of a year.
    #[expect(clippy::indexing_slicing, reason = "the year is one of the plan, each of which has a balance")]
    pub(super) fn owed(&self, year: usize) -> f64 {
        match year.checked_sub(1) {
            Some(before) => self.balances[before],
            None => self.opening,
        }
    }

    /// The balance owed at the end of a year.
    #[expect(clippy::indexing_slicing, reason = "the year is one of the plan, each of which has a balance")]
    pub(in super::super) fn owed_after(&self, year: usize) -> f64 {
        self.balances[year]
    }

    /// Ends the debt at the start of a year.
    pub(super) fn repay(&mut self, year: usize) {
        for amount in self.payments.iter_mut().skip(year).chain(self.balances.iter_mut().skip(year)) {
            *amount = 0.0;
        }
    }
}

pub(super) fn compile(
    plan: &RetirementPlan,
    calendar: &Calendar,
    years: u32,
    first_part: f64,
) -> Result<Vec<Debt>> {
    check::length(plan.debts.len(), 0..=limits::MAX_ITEMS).at("debts")?;
    check::names(plan.debts.iter().map(|debt| debt.name.as_str()), "name").at("debts")?;
    let debt = |(index, given): (usize, &RetirementDebt)| {
        debt(given, calendar, (plan.first_year, first_part), years).at("terms").at_index("debts", index)
    };
    plan.debts.iter().enumerate().map(debt).collect()
}

fn debt(
    given: &RetirementDebt,
    calendar: &Calendar,
    (first_year, first_part): (u32, f64),
    years: u32,
) -> Result<Debt> {
    let name = given.name.clone();
    match &given.terms {
        RetirementDebtTerms::Loan { loan } => of_loan(name, loan, first_year, years).at("loan"),
        RetirementDebtTerms::Payments { annual_amount, start, until } => {
            let span = calendar.span(start.as_ref(), until.as_ref(), None, years)?;
            let amount =
                Amount { annual_amount: *annual_amount, inflation_linked: false, annual_growth: 0.0 };
            let payments = Stream::new(&amount, span, years, "annualAmount")?;
            let part = |year: usize| if year == 0 { first_part } else { 1.0 };
            let payments = (0..years as usize).map(|year| payments.at(year, 1.0) * part(year)).collect();
            Ok(Debt { name, opening: 0.0, payments, balances: vec![0.0; years as usize] })
        }
        RetirementDebtTerms::Rows { balance, rows } => of_rows(name, *balance, rows, first_year, years),
    }
}

/// Known payments and balances. Rows before the plan count as made.
fn of_rows(
    name: String,
    balance: f64,
    rows: &[RetirementDebtRow],
    first_year: u32,
    years: u32,
) -> Result<Debt> {
    let opening = limits::amount(balance).at("balance")?;
    check::length(rows.len(), 0..=limits::MAX_DEBT_ROWS).at("rows")?;
    for (index, row) in rows.iter().enumerate() {
        row_in_range(row).at_index("rows", index)?;
    }
    check::ascending(rows.iter().map(|row| f64::from(row.year))).at("rows")?;
    let mut rows = rows.iter().skip_while(|row| row.year < first_year).peekable();
    let (mut payments, mut balances, mut owed) = (Vec::new(), Vec::new(), opening);
    for year in first_year..first_year + years {
        let row = rows.next_if(|row| row.year == year);
        owed = row.map_or(owed, |row| row.balance);
        payments.push(row.map_or(0.0, |row| row.payments));
        balances.push(owed);
    }
    Ok(Debt { name, opening, payments, balances })
}

fn row_in_range(row: &RetirementDebtRow) -> Result<()> {
    limits::year(row.year, 1900, 2400).at("year")?;
    limits::amount(row.payments).at("payments")?;
    limits::amount(row.balance).at("balance")?;
    Ok(())
}

/// A loan's schedule, summed year by year.
fn of_loan(name: String, loan: &Loan, first_year: u32, years: u32) -> Result<Debt> {
    let schedule = amortize(loan)?.schedule;
    let mut rows = schedule.iter().peekable();
    let year_of = |row: &AmortizationRow| i64::from(row.date.year());
    let mut owed = gate::to_f64(loan.principal);
    while let Some(row) = rows.next_if(|row| year_of(row) < i64::from(first_year)) {
        owed = gate::to_f64(row.balance);
    }
    let opening = owed;
    let mut payments = vec![0.0; years as usize];
    let mut balances = vec![0.0; years as usize];
    for ((paid, balance), year) in payments.iter_mut().zip(&mut balances).zip(i64::from(first_year)..) {
        while let Some(row) = rows.next_if(|row| year_of(row) == year) {
            *paid += gate::to_f64(row.payment);
            owed = gate::to_f64(row.balance);
        }
        *balance = owed;
    }
    Ok(Debt { name, opening, payments, balances })
}
