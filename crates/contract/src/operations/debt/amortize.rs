//! The entry of the simple schedule.

use wherewithal::debt;

use crate::Operation;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![
        Operation::short(
            "debt.amortize",
            "The payment and the schedule of a loan that is repaid monthly, exact to the minor unit.",
            debt::amortize,
        )
        .details(
            "The rate is nominal and compounded monthly: each month costs `annualRate / 12` of the opening \
             balance, rounded to the minor unit of the currency, and the rest of the payment reduces the \
             balance.\n\n\
             The level payment is `P i / (1 - (1 + i)^-n)`. It is computed in integers of unlimited length and rounded once, so a tie is decided by the exact value. The last payment brings the balance to exactly zero and differs from the others by the sum of the rounding.\n\n\
             `payment` replaces the level payment with an agreed one: any balance that it leaves is due with the last payment of the term (a balloon). `extraMonthlyPayment` is paid in addition every month and ends the loan early. An agreed payment that does not exceed the first month's interest is refused with `payment.never_repays`; a level payment that rounds to the bare interest leaves the principal for the last payment.\n\n\
             Payments fall on the day of `firstPayment`, or on the last day of a month that is too short; with `monthEnd: endOfMonth`, a first payment on the last day of a month keeps all of them there.\n\n\
             All amounts are positive, for borrower and lender alike.",
        )
        .example(
            "A thirty-year mortgage",
            r#"{"principal": "400000", "annualRate": "0.065", "termMonths": 360, "firstPayment": "2026-01-01"}"#,
        )
        .example(
            "A car loan with 50 extra a month",
            r#"{"principal": "28500", "annualRate": "0.0549", "termMonths": 60, "firstPayment": "2026-01-31",
                "extraMonthlyPayment": "50"}"#,
        ),
    ]
}
