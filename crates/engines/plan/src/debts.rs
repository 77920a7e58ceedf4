//! The remaining payments on debts.

use super::output::{PlanDebt, PlanNote};
use wherewithal_base::{
    Error, Result,
    dates::MonthEnd,
    error::At as _,
    num::{Decimal, Rounding},
};
use wherewithal_debt::{Amortization, Loan, amortize};
use wherewithal_household::{Household, Liability};

/// The term of a debt with a known payment only: until it is repaid, at most a hundred years.
const OPEN_TERM_MONTHS: u32 = 1200;

/// A debt with its schedule, if enough is known to compute one.
pub(super) struct Debt<'a> {
    pub(super) index: usize,
    pub(super) liability: &'a Liability,
    pub(super) amortization: Option<Amortization>,
}

/// The debts that are not repaid, in the order of the document.
pub(super) fn debts<'a>(household: &'a Household, notes: &mut Vec<PlanNote>) -> Result<Vec<Debt<'a>>> {
    let mut debts = Vec::new();
    for (index, liability) in household.liabilities.iter().enumerate() {
        if liability.balance.is_zero() {
            continue;
        }
        let amortization = schedule(household, liability).at_index("liabilities", index)?;
        if let Some(text) = note(liability, amortization.as_ref()) {
            notes.push(PlanNote { source: format!("liabilities[{index}]"), text });
        }
        debts.push(Debt { index, liability, amortization });
    }
    Ok(debts)
}

fn schedule(household: &Household, liability: &Liability) -> Result<Option<Amortization>> {
    if liability.payment.is_none() && liability.remaining_months.is_none() {
        return Ok(None);
    }
    let loan = Loan {
        principal: liability.balance,
        currency: liability.currency.unwrap_or(household.currency),
        annual_rate: liability.annual_rate,
        term_months: liability.remaining_months.unwrap_or(OPEN_TERM_MONTHS),
        first_payment: match liability.next_payment {
            Some(date) => date,
            None => household.as_of.add_months(1)?,
        },
        month_end: MonthEnd::default(),
        payment: liability.payment,
        extra_monthly_payment: liability.extra_monthly_payment.unwrap_or_default(),
        rounding: Rounding::default(),
    };
    amortize(&loan).map(Some).map_err(|error| {
        // The engine names the fields of its own input; the user wrote those of the document.
        let field = match error.path() {
            "principal" => "balance",
            "termMonths" => "remainingMonths",
            "firstPayment" => "nextPayment",
            field => field,
        };
        Error::new(error.code(), error.message()).at(field)
    })
}

fn note(liability: &Liability, amortization: Option<&Amortization>) -> Option<String> {
    let Some(amortization) = amortization else {
        return Some(
            "neither a payment nor a term is known, so the balance is repaid in the first month".to_owned(),
        );
    };
    let final_payment = amortization.final_payment;
    let regular = amortization.payment;
    // With a level payment the last one differs by rounding only, which needs no note.
    let balloon = liability.payment.is_some() && final_payment > regular;
    balloon.then(|| {
        format!(
            "after payments of {regular}, a last payment of {final_payment} is due on {}",
            amortization.payoff_date
        )
    })
}

impl Debt<'_> {
    /// The monthly payment, extra payments included.
    pub(super) fn monthly_payment(&self) -> Result<Option<Decimal>> {
        let extra = self.liability.extra_monthly_payment.unwrap_or_default();
        self.amortization.as_ref().map(|amortization| amortization.payment.plus(extra)).transpose()
    }

    /// The summary of the debt in the plan.
    pub(super) fn summary(&self, household: &Household) -> Result<PlanDebt> {
        let amortization = self.amortization.as_ref();
        Ok(PlanDebt {
            id: self.liability.id.clone(),
            name: self.liability.name.clone(),
            kind: self.liability.kind,
            currency: self.liability.currency.unwrap_or(household.currency),
            balance: self.liability.balance,
            annual_rate: self.liability.annual_rate,
            monthly_payment: self.monthly_payment()?,
            remaining_payments: amortization.map(|schedule| schedule.schedule.len() as u32),
            payoff_date: amortization.map(|schedule| schedule.payoff_date),
            final_payment: amortization.map(|schedule| schedule.final_payment),
            remaining_interest: amortization.map(|schedule| schedule.total_interest),
        })
    }
}
