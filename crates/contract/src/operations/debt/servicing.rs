//! Payments as they happened.

use wherewithal::debt;

use crate::Operation;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![post_payments(), payoff_quote(), remaining_schedule()]
}

fn post_payments() -> Operation {
    Operation::new(
        "debt.post_payments",
        "The ledger of a loan: what fell due, where each payment went, what is past due and what is owed.",
        debt::post_payments,
    )
    .details(
        "A payment pays the installments that are due, the oldest first; within an installment fees, interest, \
         principal and escrow in the order of the policy; then the installment of the period in which it is received; \
         what is left repays principal. What pays all that is owed closes the loan, and what is more stays \
         unapplied. Payments of one day are taken installments first, the largest first, so the order of the list \
         does not matter.\n\n\
         Where interest accrues by the day, every payment first pays the interest up to its day: a late payment costs \
         interest and an early one saves it; unpaid interest bears none. A period's interest is rounded once, \
         however many payments fall into it. The installment itself is the payment of the agreement; the last one is \
         all that is owed.\n\n\
         Where it accrues by the period, an installment is applied as of its due date and costs the interest of its \
         period on the balance as if all before it had been paid when due (Fannie Mae/Freddie Mac Form 3200, section \
         3(A)), so being late costs late fees only; with `overduePrincipal: bearsInterest`, principal that is past due \
         bears interest for each whole period. Money received before a due date beyond what is due by then is held \
         and takes effect on the due date.\n\n\
         Fees, escrow and insurance are those of `debt.schedule`. Late fees are charged once for an installment; one \
         that is short only because earlier late fees were paid out of it bears none (12 CFR 1026.36(c)(2)).\n\n\
         All amounts are positive: the view is that of the ledger, not of either side.",
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
        "What pays a loan off on a day: principal, interest, fees and penalty, and what each later day costs.",
        debt::payoff_quote,
    )
    .details(
        "The payments are posted as `debt.post_payments` posts them. `total` is the principal, the interest up to the \
         day, fees, late fees, deposits and premiums that are due, and the prepayment penalty, less what was \
         received and not applied. Paid on that day, all but the penalty closes the loan to exactly zero. What escrow \
         refunds is shown beside it and not deducted.\n\n\
         Where interest accrues by the period, the days since the last due date are counted by its day count of odd \
         days, and cost at most the whole period. `perDiem` is what one more day costs before rounding; \
         `goodThrough` gives the exact total of each day up to 92 days later.",
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
        "The schedule of a loan from a day on, given what was really paid, compared with the one agreed.",
        debt::remaining_schedule,
    )
    .details(
        "The payments are posted as `debt.post_payments` posts them; from then on, every installment is paid when it \
         is due, with the extra payments of the agreement. What is past due is made up for with the next payment, or \
         in equal parts with several (`catchUp`). No late fees are charged after `asOf`. The rows are those of \
         `debt.schedule`: with nothing paid and `asOf` the advance, they are its rows.",
    )
    .example(
        "What a lump sum saves",
        r#"{"loan": {"principal": "20000", "annualRate": "0.0725", "advanceDate": "2025-01-15", "termMonths": 48},
            "payments": [{"date": "2025-02-15", "amount": "5481.36"}], "asOf": "2025-02-15"}"#,
    )
}
