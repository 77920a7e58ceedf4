//! The schedule of a loan from a date on, given the payments received.

use super::{
    account::{Account, Receipt},
    bill::{Bill, Units},
    input::{CatchUp, PaymentPurpose, RemainingScheduleInput},
    output::{ContractComparison, RemainingSchedule},
    post::Books,
};
use crate::ScheduleRow;
use wherewithal_base::{
    ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    num::{Decimal, Rounding},
};

/// The schedule from a date on, given the payments received: every later payment, with overdue amounts caught up, and a
/// comparison with the agreed schedule.
///
/// From the date of the advance and without payments, it equals the agreed schedule, row by row.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, RemainingScheduleInput};
///
/// let request: RemainingScheduleInput = serde_json::from_str(
///     r#"{"loan": {"principal": "1200", "annualRate": "0", "advanceDate": "2025-01-01", "termMonths": 12},
///         "payments": [{"date": "2025-02-01", "amount": "500"}], "asOf": "2025-02-01"}"#,
/// ).unwrap();
/// let remaining = debt::remaining_schedule(&request)?;
/// assert_eq!(remaining.schedule.len(), 7);
/// assert_eq!(remaining.comparison.months_saved, 4);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`post_payments`](super::post_payments); `count.out_of_range`.
pub fn remaining_schedule(request: &RemainingScheduleInput) -> Result<RemainingSchedule> {
    let parts = match request.catch_up {
        CatchUp::NextPayment => 1,
        CatchUp::Spread { payments } => {
            check::whole(payments, 1..=120, ErrorCode::CountOutOfRange).at("payments").at("catchUp")?.into()
        }
    };
    let books = Books::new(&request.loan, &request.policy)?;
    let mut account = books.account(&request.loan, &request.payments, request.as_of, "asOf")?;
    account.finish(request.as_of)?;
    let standing = account.standing(request.as_of)?;
    account.charges_late_fees = false;
    let open = unpaid(&account);
    let mut catch_up = CatchUpPlan { left: open, part: (open + parts - 1) / parts };
    let before = account.receipts.paid.interest + account.totals.capitalized;
    let received = account.receipts.received;
    let mut schedule = Vec::new();
    while account.closing.date.is_none()
        && (account.principal > 0 || account.interest.owed > 0 || unpaid(&account) > 0 || account.has_draws())
    {
        if let Some(row) = next_row(&mut account, &mut catch_up)? {
            schedule.push(row);
        }
    }
    let interest = account.receipts.paid.interest + account.totals.capitalized;
    let amount = |units: Units| Decimal::from_i128(units, books.terms.places);
    let contract = &books.charges.contract;
    let payoff_date = schedule.last().map(|row: &ScheduleRow| row.date);
    let repaid_on = payoff_date.or(account.closing.date).unwrap_or(request.as_of);
    let contract_rows = contract.schedule.iter().filter(|row| row.date > request.as_of).count();
    let contract_interest = contract.total_interest.round(books.terms.places, Rounding::Down).mantissa();
    Ok(RemainingSchedule {
        standing,
        payoff_date,
        remaining_interest: amount(interest - before)?,
        remaining_total: amount(account.receipts.received - received)?,
        total_interest: amount(interest)?,
        comparison: ContractComparison {
            contract_payoff_date: contract.payoff_date,
            contract_interest: contract.total_interest,
            interest_saved: amount(contract_interest - interest)?,
            months_saved: whole_months(repaid_on, contract.payoff_date),
            payments_saved: contract_rows as i32 - schedule.len() as i32,
        },
        schedule,
    })
}

/// The overdue amount that is left to catch up, and the part due with each payment.
struct CatchUpPlan {
    left: Units,
    part: Units,
}

fn unpaid(account: &Account<'_>) -> Units {
    account.bills.iter().map(Bill::unpaid).sum::<Units>() + account.closing.fee
}

/// Makes the next installment fall due and pays it. `None` if nothing was due and nothing was paid.
fn next_row(account: &mut Account<'_>, catch_up: &mut CatchUpPlan) -> Result<Option<ScheduleRow>> {
    let (number, due) = (account.clock.number, account.clock.period.end);
    let accrual = account.terms.rate(number).accrual;
    let (opening, paid) = (account.principal, account.receipts.paid);
    let (drawn, capitalized, bills) = (account.totals.drawn, account.totals.capitalized, account.bills.len());
    account.advance_to(due)?;
    let last = account.walk.is_repaid();
    catch_up.left = if last { 0 } else { (catch_up.left - catch_up.part).max(0) };
    // No extra payments are planned beyond the term.
    let planned = account.terms.extras.get(number - 1).copied().unwrap_or(0);
    let planned = Units::from(planned).min(account.not_yet_due());
    // An extra payment that repays the loan also pays the fees of the last payment.
    let repays = planned > 0 && planned == account.not_yet_due() && !account.has_draws();
    let closing = if repays && !account.closing.fee_charged { account.charges.closing } else { 0 };
    let at_hand = account.receipts.unapplied + account.receipts.designated;
    let payment = (unpaid(account) - catch_up.left - at_hand).max(0) + planned + closing;
    if payment > 0 && account.closing.date.is_none() {
        let purpose = PaymentPurpose::Installment;
        account.receive(&Receipt { date: due, purpose, amount: payment, id: None, more_today: 0 })?;
    }
    let amount = |units: Units| Decimal::from_i128(units, account.terms.places);
    let capitalized = account.totals.capitalized - capitalized;
    let interest = account.receipts.paid.interest - paid.interest;
    let principal =
        account.receipts.paid.principal + account.receipts.paid.extra - paid.principal - paid.extra;
    let fees = account.receipts.paid.fees + account.receipts.paid.late_fees - paid.fees - paid.late_fees;
    let escrow = account.receipts.paid.escrow - paid.escrow;
    let insurance = account.receipts.paid.insurance - paid.insurance;
    if account.bills.len() == bills && interest + principal + fees + escrow + insurance == 0 {
        return Ok(None);
    }
    Ok(Some(ScheduleRow {
        number: number as u32,
        date: due,
        opening: amount(opening)?,
        drawn: amount(account.totals.drawn - drawn)?,
        annual_rate: accrual.annual_rate,
        payment: amount(interest + principal)?,
        interest: amount(interest + capitalized)?,
        principal: amount(principal - capitalized)?,
        extra: amount(account.receipts.paid.extra - paid.extra)?,
        balance: amount(account.principal)?,
        fees: amount(fees)?,
        escrow: amount(escrow)?,
        mortgage_insurance: amount(insurance)?,
        total_due: amount(interest + principal + fees + escrow + insurance)?,
    }))
}

/// The whole months from one date to another; negative if the second is earlier.
fn whole_months(start: Date, end: Date) -> i32 {
    if end < start {
        return -whole_months(end, start);
    }
    let months = (end.year() - start.year()) * 12 + end.month().cast_signed() - start.month().cast_signed();
    if start.add_months(months).is_ok_and(|day| day > end) { months - 1 } else { months }
}
