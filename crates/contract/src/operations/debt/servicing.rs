//! The entries of loan servicing.

use wherewithal::debt;

use crate::Operation;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![post_payments(), payoff_quote(), remaining_schedule()]
}

fn post_payments() -> Operation {
    Operation::new(
        "debt.post_payments",
        "The ledger of a loan: installments due, the allocation of each payment, and the amounts past due and owed.",
        debt::post_payments_under,
    )
    .details(
        "A payment pays the installments that are due, the oldest first; within an installment fees, interest, \
         principal and escrow in the order of the policy; then the installment of the period in which it is received; \
         any rest repays principal. A payment of the whole debt closes the loan, and any excess remains unapplied. Payments of one day are posted with installments first and the largest first, so the order of the list does not matter.\n\n\
         If interest accrues by the day, every payment first pays the interest up to its day: a late payment costs interest and an early one saves it; unpaid interest bears no interest. A period's interest is rounded once, regardless of the number of payments in it. The installment itself is the payment of the agreement; the last one is the whole debt.\n\n\
         If it accrues by the period, an installment is applied as of its due date and bears the interest of its period on the balance as if all earlier ones had been paid when due (Fannie Mae/Freddie Mac Form 3200, section 3(A)), so a late payment costs late fees only; with `overduePrincipal: bearsInterest`, principal that is past due bears interest for each whole period. Money received before a due date in excess of the amounts due by then is held until that date.\n\n\
         An installment of flat interest takes its part of the interest of the term; within a period, a payoff costs the part of the days that have passed; once all principal has fallen due, it costs all of the interest that remains. A promotion with `deferredInterest` charges nothing if all is repaid by its end; otherwise all interest since the advance falls due with the next installment.\n\n\
         Fees, escrow and insurance are those of `debt.schedule`. Late fees are charged once for an installment; there is none if the payment is short only because earlier late fees were deducted from it (12 CFR 1026.36(c)(2)).\n\n\
         All amounts are positive, for borrower and lender alike.",
    )
    .example(
        "A car loan with a late and a partial payment",
        r#"{"loan": {"principal": "20000", "annualRate": "0.0725", "advanceDate": "2025-01-15", "termMonths": 48,
                    "accrual": {"kind": "daily", "dayCount": "actual365Fixed"}},
            "payments": [{"id": "a", "date": "2025-02-25", "amount": "481.36"},
                         {"id": "b", "date": "2025-03-15", "amount": "300"}],
            "policy": {"lateFee": {"flat": "25", "graceDays": 10}}, "asOf": "2025-03-31"}"#,
    )
    .example(
        "A mortgage, one payment behind, partial payments held",
        r#"{"loan": {"principal": "300000", "annualRate": "0.06", "advanceDate": "2025-01-01", "termMonths": 360},
            "payments": [{"date": "2025-02-01", "amount": "1798.65"}, {"date": "2025-03-10", "amount": "1000"}],
            "policy": {"partialPayments": "hold"}, "asOf": "2025-03-20"}"#,
    )
}

fn payoff_quote() -> Operation {
    Operation::new(
        "debt.payoff_quote",
        "The payoff amount of a loan on a day: principal, interest, fees and penalty, and the cost of each later day.",
        debt::payoff_quote_under,
    )
    .details(
        "The payments are posted as in `debt.post_payments`. `total` is the principal, the interest up to the day, fees, late fees, deposits and premiums that are due, and the prepayment penalty, less unapplied receipts. A payment of this amount without the penalty on that day closes the loan at exactly zero. The refund of escrow is reported separately and not deducted.\n\n\
         If interest accrues by the period, the days since the last due date are counted by its day count of odd days, and cost at most the whole period. `perDiem` is the cost of one more day before rounding; `goodThrough` gives the exact total of each day up to 92 days later.",
    )
    .example(
        "A car loan, good for three days",
        r#"{"loan": {"principal": "20000", "annualRate": "0.0725", "advanceDate": "2025-01-15", "termMonths": 48,
                    "accrual": {"kind": "daily", "dayCount": "actual365Fixed"}},
            "payments": [{"date": "2025-02-15", "amount": "481.36"}], "date": "2025-03-01",
            "goodThrough": "2025-03-03"}"#,
    )
}

fn remaining_schedule() -> Operation {
    Operation::new(
        "debt.remaining_schedule",
        "The remaining schedule of a loan from a day on, given the payments made, compared with the agreed one.",
        debt::remaining_schedule_under,
    )
    .details(
        "The payments are posted as in `debt.post_payments`; from then on, every installment is paid when due, with the \
            extra payments of the agreement. Amounts past due are paid with the next payment, or in equal parts with several (`catchUp`). There are no late fees after `asOf`. The rows have the form of `debt.schedule`, and equal its rows if nothing was paid and `asOf` is the date of the advance.",
    )
    .example(
        "The effect of a lump sum",
        r#"{"loan": {"principal": "20000", "annualRate": "0.0725", "advanceDate": "2025-01-15", "termMonths": 48},
            "payments": [{"date": "2025-02-15", "amount": "5481.36"}], "asOf": "2025-02-15"}"#,
    )
}
