//! The entries of `rates`.

use wherewithal::rates;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::short(
            "rates.convert",
            "The annual rate with the same growth under another compounding.",
            rates::rate_conversion,
        )
        .details(
            "With n periods a year, a nominal annual rate r grows one unit to (1 + r/n)^n in a year; the effective \
             annual rate is that growth, so it is the rate with `annual` compounding. Continuous: e^r. Simple: \
             1 + r, compared over one year.\n\n\
             A day is 1/365 of a year, a week 1/52, two weeks 1/26.",
        )
        .example(
            "The effective rate of a mortgage",
            r#"{"rate": 0.065, "compounding": "monthly", "to": "annual"}"#,
        )
        .example(
            "A Canadian mortgage: quoted with semiannual compounding, paid monthly",
            r#"{"rate": 0.06, "compounding": "semiannual", "to": "monthly"}"#,
        ),
        Operation::short(
            "rates.factors",
            "The growth of one unit at a rate over a time, and the discount factor.",
            rates::rate_factors,
        )
        .details(
            "Growth is (1 + r/n)^(n t), e^(r t) or 1 + r t; the discount factor is one divided by it. Whole and partial \
                periods are treated alike.",
        )
        .example("Five years at 4 %", r#"{"rate": 0.04, "years": 5}"#)
        .example(
            "A quarter at a simple rate",
            r#"{"rate": 0.05, "compounding": "simple", "years": 0.25}"#,
        ),
    ]
}
