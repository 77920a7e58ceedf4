//! The entries of the general loan.

use wherewithal::debt;

use crate::Operation;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![schedule(), explain_payment(), solve()]
}

fn schedule() -> Operation {
    Operation::new(
        "debt.schedule",
        "The schedule of any loan: fixed or adjustable, level, graduated, interest-only or balloon, with points, fees, \
            escrow and private mortgage insurance (PMI).",
        debt::schedule_under,
    )
    .details(
        "A loan with only `principal`, `annualRate`, `advanceDate` and its term is repaid by level monthly payments, as in `debt.amortize`. Everything else is optional:\n\n\
         | subject | fields |\n|---|---|\n\
         | interest | `accrual` by the period (nominal, or compounded otherwise, as in Canada), by the day with any \
         two-date day count, or flat (add-on), in equal parts or by the Rule of 78; `deferredInterest` for a promotion without \
         interest if repaid in time; `interestRounding` |\n\
         | dates | `frequency`, `accelerated`, `firstPayment` (on the day of the advance: payments in advance, as on a lease), `monthEnd`, `calendar` and \
         `convention` for business days, `semimonthlyDays`, `maturity`; odd first and \
         last periods |\n\
         | repayment | `repayment` (level, straight-line, interest-only, bullet, graduated, stepped), \
         `interestOnlyPayments`, `balloon`, `amortizationPayments`, `unpaidInterest` (negative amortization and its \
         cap) |\n\
         | rate | `adjustableRate`: index, margin, caps, floor, look-back, rounding, recast, payment cap; or `rateChanges` on \
         known days |\n\
         | events | `draws` and `creditLimit`, `offsets`, `extraPayments` with `afterExtraPayment`, `paymentBreaks` \
         (payment holidays, months of interest alone; recomputed payments or an extended term) |\n\
         | charges | `points`, `fees`, `escrow` (aggregate analysis with a cushion), `privateMortgageInsurance` (PMI: \
         ends at 80 % on request and at 78 % automatically) |\n\
         | the last payment | `paymentRounding`, `finalPayment` |\n\n\
         **Totals agree.** Each row opens with the closing balance of the previous row; interest and principal add up to the payment, and repaid principal and balance to the amount drawn; the last balance is exactly zero. Interest is rounded once for each period from its exact value. `debt.explain_payment` shows the components of a row.\n\n\
         **Computed payments.** A level payment is the one whose present value at the rate in force is the balance. It is recomputed when the rate is adjusted (`recastEvery`) or changes, after a draw, after a payment break (unless its `others` says otherwise), after a promotion that was not repaid in time, after an extra payment with `recast`, and when unpaid interest reaches its cap. If a long first period is `spread`, a part of its interest may be added to the balance: the level payment is computed on that assumption.\n\n\
         All amounts are positive, for borrower and lender alike.",
    )
    .example(
        "A Canadian mortgage: compounded semiannually, over 25 years, with a term of five",
        r#"{"principal": "400000", "annualRate": "0.05", "advanceDate": "2026-01-01", "termMonths": 60,
            "amortizationPayments": 300, "accrual": {"kind": "periodic", "compounding": "semiannual"}}"#,
    )
    .example(
        "A 5/1 adjustable-rate mortgage with a rising index",
        r#"{"principal": "350000", "annualRate": "0.055", "advanceDate": "2026-01-01", "termMonths": 360,
            "adjustableRate": {"index": [{"date": "2025-01-01", "rate": "0.043"}, {"date": "2030-06-01", "rate": "0.061"}],
                "margin": "0.0225", "firstAdjustmentAfter": 60, "adjustEvery": 12, "lookBackDays": 45,
                "initialCap": "0.02", "periodicCap": "0.01", "lifetimeCap": "0.05", "floor": "0.0225", "roundTo": "0.00125"}}"#,
    )
    .example(
        "A home loan with points, private mortgage insurance, escrow and 200 extra a month",
        r#"{"principal": "380000", "annualRate": "0.065", "advanceDate": "2026-01-15", "firstPayment": "2026-03-01",
            "termMonths": 360, "oddFirstPeriod": "closing", "points": "1",
            "fees": [{"name": "Origination", "amount": "995"}, {"name": "Recording", "amount": "150", "financeCharge": false}],
            "escrow": {"cushionMonths": 2, "items": [
                {"name": "Property tax", "amount": "2400", "firstDue": "2026-06-01", "everyMonths": 6, "growth": "0.03"},
                {"name": "Home insurance", "amount": "1500", "firstDue": "2027-01-15"}]},
            "privateMortgageInsurance": {"annualRate": "0.005", "originalValue": "400000"},
            "extraPayments": [{"date": "2026-03-01", "amount": "200", "repeat": "everyPayment"}]}"#,
    )
    .example(
        "A line of credit: two draws, two years of interest only, then level payments, by the day",
        r#"{"principal": "5000", "annualRate": "0.0825", "advanceDate": "2026-01-10", "numberOfPayments": 60,
            "accrual": {"kind": "daily"}, "interestOnlyPayments": 24, "creditLimit": "25000",
            "draws": [{"date": "2026-03-20", "amount": "7500"}, {"date": "2026-09-10", "amount": "12000"}]}"#,
    )
}

fn explain_payment() -> Operation {
    Operation::new(
        "debt.explain_payment",
        "The components of one payment of a schedule: days, rate, interest before rounding, rounding, allocation.",
        debt::explain_payment_under,
    )
    .details(
        "`loan` is the input of `debt.schedule`, and `row` is the row that it returns. `balances` lists the balances \
            and their days, with draws and offsets separate; the sum of their interest is `interestBeforeRounding`, and `interest` of the row is that sum plus `roundingDifference`. `reason` explains the payment, and `rateAdjustment` the rate. The parts of `allocation`, without `capitalizedInterest`, add up to `totalDue`.",
    )
    .example(
        "The payment after a draw",
        r#"{"loan": {"principal": "5000", "annualRate": "0.0825", "advanceDate": "2026-01-10", "numberOfPayments": 60,
            "accrual": {"kind": "daily"}, "draws": [{"date": "2026-03-20", "amount": "7500"}]}, "number": 3}"#,
    )
}

fn solve() -> Operation {
    Operation::new(
        "debt.solve",
        "The one unknown of a loan from the others: principal, rate, number of payments, payment or balloon.",
        debt::solve_under,
    )
    .details(
        "Leave out exactly one of `principal`, `annualRate`, `numberOfPayments`, `payment` and `balloon`; a balloon that is left out together with another field is zero.\n\n\
         The result reproduces the loan: the level payment computed from it is the payment, to the minor unit. Many rates and principals do so, and the roundest is returned: 6.5 % rather than 6.4999998 %. If no number of payments does, because the payment is between those of two terms, the last payment is smaller.\n\n\
         Interest-only months, payment breaks, extra payments with their own frequency and changes of the rate can be planned: the one level payment then repays the loan together with them, before rounding. Flat interest is possible too, without these.\n\n\
         A payment that does not repay the loan in 5200 payments is refused with the smallest payment that does.",
    )
    .example(
        "At which rate do 360 payments of 2,528.27 repay 400,000?",
        r#"{"principal": "400000", "numberOfPayments": 360, "payment": "2528.27", "advanceDate": "2026-01-01"}"#,
    )
    .example(
        "How much can be borrowed for 1,500 a month over 15 years?",
        r#"{"annualRate": "0.0575", "numberOfPayments": 180, "payment": "1500", "advanceDate": "2026-01-01"}"#,
    )
    .example(
        "How long does it take at 600 a month?",
        r#"{"principal": "30000", "annualRate": "0.0725", "payment": "600", "advanceDate": "2026-01-01"}"#,
    )
    .example(
        "Which payment repays a loan beside 200 extra a month, after a year of interest alone?",
        r#"{"principal": "240000", "annualRate": "0.06", "numberOfPayments": 180, "advanceDate": "2026-01-01",
            "interestOnlyPayments": 12,
            "extraPayments": [{"date": "2027-02-01", "amount": "200", "repeat": "monthly"}]}"#,
    )
    .example(
        "What is left of a car lease after 36 payments?",
        r#"{"principal": "40000", "annualRate": "0.0599", "numberOfPayments": 36, "payment": "650", "advanceDate": "2026-01-01"}"#,
    )
}
