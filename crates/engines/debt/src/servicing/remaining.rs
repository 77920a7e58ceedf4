//! The schedule of a loan from a date on, given the payments received.

use super::{
    bill::Units,
    input::{CatchUp, PaymentPurpose, RemainingScheduleInput},
    ledger::{Ledger, Receipt},
    output::{ContractComparison, RemainingSchedule},
    post::Books,
};
use crate::ScheduleRow;
use wherewithal_base::{
    ErrorCode, Result, check,
    control::Control,
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
    remaining_schedule_under(request, &Control::default())
}

/// [`remaining_schedule`], which `control` can stop.
///
/// # Errors
/// Those of [`remaining_schedule`], and `operation.cancelled`.
pub fn remaining_schedule_under(
    request: &RemainingScheduleInput,
    control: &Control<'_>,
) -> Result<RemainingSchedule> {
    let parts = match request.catch_up {
        CatchUp::NextPayment => 1,
        CatchUp::Spread { payments } => {
            check::whole(payments, 1..=120, ErrorCode::CountOutOfRange).at("payments").at("catchUp")?.into()
        }
    };
    let books = Books::new(&request.loan, &request.policy, control)?;
    let mut ledger = books.ledger(&request.loan, &request.payments, request.as_of, "asOf", control)?;
    ledger.finish(request.as_of)?;
    let standing = ledger.standing(request.as_of)?;
    ledger.charges_late_fees = false;
    let open = unpaid(&ledger);
    // Rounded up, so that the last part leaves nothing overdue.
    let mut catch_up = CatchUpPlan { left: open, part: (open + parts - 1) / parts };
    let before = ledger.receipts.paid.interest + ledger.totals.capitalized;
    let received = ledger.receipts.received;
    let mut schedule = Vec::new();
    while ledger.closing.date.is_none()
        && (ledger.principal > 0
            || ledger.interest.owed > 0
            || unpaid(&ledger) > 0
            || ledger.has_later_debt())
    {
        if let Some(row) = next_row(&mut ledger, &mut catch_up, request.as_of)? {
            schedule.push(row);
        }
    }
    let interest = ledger.receipts.paid.interest + ledger.totals.capitalized;
    let amount = |units: Units| Decimal::from_i128(units, books.terms.places);
    let contract = &books.charges.contract;
    let payoff_date = schedule.last().map(|row: &ScheduleRow| row.date);
    let repaid_on = payoff_date.or(ledger.closing.date).unwrap_or(request.as_of);
    let contract_rows = contract.schedule.iter().filter(|row| row.date > request.as_of).count();
    let contract_interest = contract.total_interest.round(books.terms.places, Rounding::Down).mantissa();
    Ok(RemainingSchedule {
        standing,
        payoff_date,
        remaining_interest: amount(interest - before)?,
        remaining_total: amount(ledger.receipts.received - received)?,
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

fn unpaid(ledger: &Ledger<'_>) -> Units {
    ledger.bills.unpaid().total() + ledger.closing.fee
}

/// Makes the extra payments that are planned for days of the current period after `as_of`.
fn prepay(ledger: &mut Ledger<'_>, as_of: Date) -> Result<()> {
    let period = ledger.clock.period;
    for (date, amount) in ledger.terms.extras.within(&period).iter().filter(|(date, _)| *date > as_of) {
        ledger.advance_to(*date)?;
        ledger.accrue_to(*date)?;
        let amount = Units::from(*amount).min(ledger.not_yet_due());
        if amount > 0 && ledger.closing.date.is_none() {
            let purpose = PaymentPurpose::Principal;
            ledger.receive(&Receipt { date: *date, purpose, amount, id: None, more_today: 0 })?;
        }
    }
    Ok(())
}

/// Makes the next installment fall due and pays it. `None` if nothing was due and nothing was paid.
fn next_row(ledger: &mut Ledger<'_>, catch_up: &mut CatchUpPlan, as_of: Date) -> Result<Option<ScheduleRow>> {
    let (number, due) = (ledger.clock.number, ledger.clock.period.end);
    let accrual = *ledger.accrual();
    let (opening, paid) = (ledger.principal, ledger.receipts.paid);
    let (drawn, capitalized, bills) = (ledger.totals.drawn, ledger.totals.capitalized, ledger.bills.len());
    prepay(ledger, as_of)?;
    ledger.advance_to(due)?;
    let last = ledger.walk.is_repaid();
    catch_up.left = if last { 0 } else { (catch_up.left - catch_up.part).max(0) };
    // No extra payments are planned beyond the term.
    let planned = ledger.terms.extras.with_payments.get(number - 1).copied().unwrap_or(0);
    let planned = Units::from(planned).min(ledger.not_yet_due());
    // An extra payment that repays the loan also pays the fees of the last payment.
    let repays = planned > 0 && planned == ledger.not_yet_due() && !ledger.has_draws();
    let closing = if repays && !ledger.closing.fee_charged { ledger.charges.closing } else { 0 };
    let at_hand = ledger.receipts.unapplied + ledger.receipts.designated;
    let payment = (unpaid(ledger) - catch_up.left - at_hand).max(0) + planned + closing;
    if payment > 0 && ledger.closing.date.is_none() {
        let purpose = PaymentPurpose::Installment;
        ledger.receive(&Receipt { date: due, purpose, amount: payment, id: None, more_today: 0 })?;
    }
    let amount = |units: Units| Decimal::from_i128(units, ledger.terms.places);
    let capitalized = ledger.totals.capitalized - capitalized;
    let interest = ledger.receipts.paid.interest - paid.interest;
    let principal = ledger.receipts.paid.principal + ledger.receipts.paid.extra - paid.principal - paid.extra;
    let fees = ledger.receipts.paid.fees + ledger.receipts.paid.late_fees - paid.fees - paid.late_fees;
    let escrow = ledger.receipts.paid.escrow - paid.escrow;
    let insurance = ledger.receipts.paid.insurance - paid.insurance;
    if ledger.bills.len() == bills && interest + principal + fees + escrow + insurance == 0 {
        return Ok(None);
    }
    Ok(Some(ScheduleRow {
        number: number as u32,
        date: due,
        opening: amount(opening)?,
        drawn: amount(ledger.totals.drawn - drawn)?,
        annual_rate: accrual.annual_rate,
        payment: amount(interest + principal)?,
        interest: amount(interest + capitalized)?,
        principal: amount(principal - capitalized)?,
        extra: amount(ledger.receipts.paid.extra - paid.extra)?,
        balance: amount(ledger.principal)?,
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
