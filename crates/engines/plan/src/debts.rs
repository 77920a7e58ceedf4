//! The remaining payments on debts.

use super::{
    output::{PlanDebt, PlanNote},
    standing::Standing,
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::{Date, MonthEnd},
    error::At as _,
    num::{Decimal, Rounding},
};
use wherewithal_debt::{Amortization, Loan, amortize};
use wherewithal_household::{Household, Liability};

/// The term of a debt with a known payment only: until it is repaid, at most a hundred years.
const OPEN_TERM_MONTHS: u32 = 1200;

/// A debt with its payments.
pub(super) struct Debt<'a> {
    pub(super) index: usize,
    pub(super) liability: &'a Liability,
    pub(super) payments: Payments,
}

/// How a debt is paid.
pub(super) enum Payments {
    /// By a schedule that repays it.
    Schedule(Amortization),
    /// By payments that do not reduce it.
    Standing(Standing),
    /// As a whole in the first month.
    AtOnce,
}

/// The debts that are not repaid, in the order of the document.
pub(super) fn debts<'a>(
    household: &'a Household,
    horizon: u32,
    notes: &mut Vec<PlanNote>,
) -> Result<Vec<Debt<'a>>> {
    let mut debts = Vec::new();
    for (index, liability) in household.liabilities.iter().enumerate() {
        let source = format!("liabilities[{index}]");
        if liability.balance.is_negative() {
            let text = "the credit stays with the lender, so it is not part of the projection".to_owned();
            notes.push(PlanNote { source, text });
            continue;
        }
        if liability.balance.is_zero() {
            continue;
        }
        let payments = payments(household, liability, horizon).at_index("liabilities", index)?;
        if let Some(text) = note(liability, &payments) {
            notes.push(PlanNote { source, text });
        }
        debts.push(Debt { index, liability, payments });
    }
    Ok(debts)
}

fn payments(household: &Household, liability: &Liability, horizon: u32) -> Result<Payments> {
    if liability.payment.is_none() && liability.remaining_months.is_none() {
        if liability.kind.is_due_at_once() {
            return Ok(Payments::AtOnce);
        }
        // Whether a loan is repaid in a month or in thirty years decides the plan, so it is not assumed.
        let message =
            "neither the payment nor the term of this loan is known; give payment or remainingMonths";
        return Err(Error::new(ErrorCode::FieldMissing, message).at("payment"));
    }
    let schedule = schedule(household, liability);
    match (schedule, liability.payment) {
        (Err(error), Some(payment)) if error.code() == ErrorCode::PaymentNeverRepays => {
            let paid = payment.plus(liability.extra_monthly_payment.unwrap_or_default())?;
            let places = household.places_of(liability.currency);
            let (balance, rate) = (liability.balance, liability.annual_rate);
            let term = liability.remaining_months;
            Standing::new(balance, rate, paid, term, horizon, places).map(Payments::Standing)
        }
        (schedule, _) => schedule.map(Payments::Schedule),
    }
}

fn schedule(household: &Household, liability: &Liability) -> Result<Amortization> {
    let loan = Loan {
        principal: liability.balance,
        currency: liability.currency.unwrap_or(household.currency),
        annual_rate: liability.annual_rate,
        term_months: liability.remaining_months.unwrap_or(OPEN_TERM_MONTHS),
        first_payment: first_payment(household, liability)?,
        month_end: MonthEnd::default(),
        payment: liability.payment,
        extra_monthly_payment: liability.extra_monthly_payment.unwrap_or_default(),
        rounding: Rounding::default(),
    };
    amortize(&loan).map_err(|error| {
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

fn first_payment(household: &Household, liability: &Liability) -> Result<Date> {
    liability.next_payment.map_or_else(|| household.as_of.add_months(1), Ok)
}

fn note(liability: &Liability, payments: &Payments) -> Option<String> {
    let amortization = match payments {
        Payments::Schedule(amortization) => amortization,
        Payments::Standing(debt) => {
            let (paid, left) = (debt.paid, debt.left);
            return Some(if debt.is_repaid {
                format!(
                    "payments of {paid} do not reduce the balance; {left} is due with the last of the term"
                )
            } else {
                format!(
                    "payments of {paid} do not reduce the balance; {left} is still owed at the end of the plan"
                )
            });
        }
        Payments::AtOnce => {
            return Some(
                "neither a payment nor a term is known, so the balance is repaid in the first month"
                    .to_owned(),
            );
        }
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
        match &self.payments {
            Payments::Schedule(amortization) => amortization.payment.plus(extra).map(Some),
            Payments::Standing(debt) => Ok(Some(debt.paid)),
            Payments::AtOnce => Ok(None),
        }
    }

    /// The end of the debt: the number of payments left, the date and the amount of the last, and the interest in all.
    fn end(&self, household: &Household) -> Result<Option<(u32, Date, Decimal, Decimal)>> {
        Ok(match &self.payments {
            Payments::Schedule(schedule) => Some((
                schedule.schedule.len() as u32,
                schedule.payoff_date,
                schedule.final_payment,
                schedule.total_interest,
            )),
            Payments::Standing(debt) if debt.is_repaid => {
                let months = debt.payments.cast_signed() - 1;
                let last = first_payment(household, self.liability)?.add_months(months)?;
                Some((debt.payments, last, debt.left, debt.interest))
            }
            Payments::Standing(_) | Payments::AtOnce => None,
        })
    }

    /// The summary of the debt in the plan.
    pub(super) fn summary(&self, household: &Household) -> Result<PlanDebt> {
        let end = self.end(household)?;
        Ok(PlanDebt {
            id: self.liability.id.clone(),
            name: self.liability.name.clone(),
            kind: self.liability.kind,
            currency: self.liability.currency.unwrap_or(household.currency),
            balance: self.liability.balance,
            annual_rate: self.liability.annual_rate,
            monthly_payment: self.monthly_payment()?,
            remaining_payments: end.map(|(payments, ..)| payments),
            payoff_date: end.map(|(_, date, ..)| date),
            final_payment: end.map(|(.., payment, _)| payment),
            remaining_interest: end.map(|(.., interest)| interest),
        })
    }
}
