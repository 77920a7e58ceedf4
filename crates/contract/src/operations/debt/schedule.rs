//! The general loan.

use wherewithal::debt;

use crate::Operation;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "debt.schedule",
            "The schedule of any loan: adjustable, graduated, interest-only, balloon, with fees, escrow and insurance.",
            debt::schedule,
        )
        .example(
            "A Canadian mortgage, compounded semiannually, over 25 years",
            r#"{"principal": "400000", "annualRate": "0.05", "advanceDate": "2026-01-01", "termMonths": 300,
                "accrual": {"kind": "periodic", "compounding": "semiannual"}}"#,
        ),
    ]
}
