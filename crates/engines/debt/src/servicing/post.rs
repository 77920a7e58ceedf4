//! Posts received payments to a ledger.

use super::{
    bill::{Charges, Units},
    input::{LoanLedgerInput, ReceivedPayment, ServicingPolicy},
    ledger::{Ledger, Receipt},
    output::LoanLedger,
    policy::Policy,
};
use crate::{
    LoanAgreement,
    schedule::compiled::{Amounts, CompiledAgreement},
};
use wherewithal_base::{Error, ErrorCode, Result, check, control::Control, dates::Date, error::At, order};

/// The largest number of payments of a loan.
const MAX_PAYMENTS: usize = 10_000;

/// Posts received payments: what fell due, how each payment was allocated, what is past due and what is owed.
///
/// A payment pays installments that are due, the oldest first and each in the order of the policy; then the installment
/// of the period in which it is received; the rest repays principal. A payment of everything owed closes the loan; any
/// excess stays unapplied. Payments of the same date are processed by purpose (installments first), then the largest
/// first, so that the order of the list does not matter.
///
/// If interest accrues by the day, interest is charged up to the date of each payment: a late payment leaves more
/// principal to bear interest, an early one less. Unpaid interest bears no interest. The interest of a period is
/// rounded once, however many payments fall into it. If interest accrues by the period, an installment is applied as of
/// its due date, however late it is paid, and money paid early takes effect on the next due date.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, LoanLedgerInput};
///
/// let loan: LoanLedgerInput = serde_json::from_str(
///     r#"{"loan": {"principal": "10000", "annualRate": "0.06", "advanceDate": "2025-01-01", "termMonths": 12,
///                  "accrual": {"kind": "daily", "dayCount": "actual365Fixed"}},
///         "payments": [{"date": "2025-01-31", "amount": "860.66"}], "asOf": "2025-02-01"}"#,
/// ).unwrap();
/// let ledger = debt::post_payments(&loan)?;
/// // 10,000 at 6 % for 30 days.
/// assert_eq!(ledger.standing.total_interest_paid.to_string(), "49.32");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`schedule`](crate::schedule()), at `loan`; `dates.out_of_order` for a payment before the
/// advance or after `asOf`; `amount.out_of_range`; `list.too_long`;
/// `list.incomplete` and `rate.out_of_range` at `policy`.
pub fn post_payments(serviced: &LoanLedgerInput) -> Result<LoanLedger> {
    post_payments_under(serviced, &Control::default())
}

/// [`post_payments`], which `control` can stop.
///
/// # Errors
/// Those of [`post_payments`], and `operation.cancelled`.
pub fn post_payments_under(serviced: &LoanLedgerInput, control: &Control<'_>) -> Result<LoanLedger> {
    let books = Books::new(&serviced.loan, &serviced.policy, control)?;
    let mut ledger = books.ledger(&serviced.loan, &serviced.payments, serviced.as_of, "asOf", control)?;
    ledger.finish(serviced.as_of)?;
    let installments = ledger.bills.iter().map(|bill| bill.output(books.terms.places));
    Ok(LoanLedger {
        standing: ledger.standing(serviced.as_of)?,
        variance: ledger.variance(serviced.as_of)?,
        installments: installments.collect::<Result<_>>()?,
        entries: ledger.journal.entries,
    })
}

/// The validated terms, charges and policy of a loan.
pub(super) struct Books {
    pub(super) terms: CompiledAgreement,
    pub(super) charges: Charges,
    policy: Policy,
}

impl Books {
    pub(super) fn new(
        agreement: &LoanAgreement,
        policy: &ServicingPolicy,
        control: &Control<'_>,
    ) -> Result<Self> {
        let terms = CompiledAgreement::new(agreement).at("loan")?;
        let charges = Charges::new(agreement, terms.places, control).at("loan")?;
        let policy = Policy::new(policy, terms.places).at("policy")?;
        Ok(Self { terms, charges, policy })
    }

    /// The ledger after all payments.
    pub(super) fn ledger<'a>(
        &'a self,
        agreement: &'a LoanAgreement,
        payments: &[ReceivedPayment],
        last: Date,
        last_field: &str,
        control: &'a Control<'a>,
    ) -> Result<Ledger<'a>> {
        if last < agreement.advance_date {
            let message = format!("{last} is before the advance, {}", agreement.advance_date);
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at(last_field));
        }
        let mut ledger = Ledger::open(agreement, &self.terms, &self.charges, &self.policy, control)?;
        for receipt in receipts(agreement, payments, last, self.terms.places)? {
            ledger.receive(&receipt)?;
        }
        Ok(ledger)
    }
}

/// The payments in the order in which they are applied.
fn receipts(
    agreement: &LoanAgreement,
    payments: &[ReceivedPayment],
    last: Date,
    places: u32,
) -> Result<Vec<Receipt>> {
    check::length(payments.len(), 0..=MAX_PAYMENTS).at("payments")?;
    let amounts = Amounts { places };
    let mut receipts = Vec::with_capacity(payments.len());
    for (position, payment) in payments.iter().enumerate() {
        if payment.date < agreement.advance_date || payment.date > last {
            let message = format!(
                "the payment of {} must be on or after the advance, {}, and not after {last}",
                payment.date, agreement.advance_date
            );
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message)
                .at("date")
                .at_index("payments", position));
        }
        let amount = amounts
            .above_zero(payment.amount)
            .map_err(|error| error.at("amount").at_index("payments", position))?;
        receipts.push(Receipt {
            date: payment.date,
            purpose: payment.apply_to,
            amount: Units::from(amount),
            id: payment.id.clone(),
            more_today: 0,
        });
    }
    // A total order, so that the result depends neither on the order of the list nor on the sort.
    order::sort_by(&mut receipts, |a, b| {
        (a.date, a.purpose, b.amount, &a.id).cmp(&(b.date, b.purpose, a.amount, &b.id))
    });
    let (mut today, mut more) = (None, 0);
    for receipt in receipts.iter_mut().rev() {
        more = if today == Some(receipt.date) { more } else { 0 };
        receipt.more_today = more;
        (today, more) = (Some(receipt.date), more + receipt.amount);
    }
    Ok(receipts)
}
