//! The entries of `plan`.

use wherewithal::plan;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::long(
            "plan.build",
            "A financial plan of a household: net worth, debts, cash flow, and how likely it is that the money lasts.",
            plan::build,
        )
        .details(BUILD)
        .example(
            "A retiree on savings and Social Security",
            r#"{"household": {"version": 1, "name": "Example", "asOf": "2026-01-01",
                "people": [{"id": "pat", "name": "Pat", "birthDate": "1958-07-01"}],
                "accounts": [{"id": "ira", "name": "IRA", "kind": "traditionalIra", "owner": "pat",
                              "balance": "600000"}],
                "income": [{"id": "benefit", "name": "Social Security", "kind": "socialSecurity", "person": "pat",
                            "amount": "2400", "frequency": "monthly"}],
                "expenses": [{"id": "living", "name": "Living", "kind": "living", "amount": "4600",
                              "frequency": "monthly"}],
                "assumptions": {"expectedReturn": 0.05, "volatility": 0.09, "inflation": 0.025,
                                "effectiveTaxRate": 0.1}},
                "paths": 2000, "seed": 7, "percentiles": [10, 50, 90]}"#,
        ),
    ]
}

const BUILD: &str = "\
The plan starts on the household's `asOf` and runs by whole months until the youngest person who is not a dependent \
turns `horizonAge` (95 where nothing is said), or for `years`.

Each item of the document that moves money becomes a stream, listed in `flows` with the path of the item. Amounts of \
another rhythm than a month are spread evenly over months; income and spending rise with inflation unless they name \
their own growth; premiums and debt payments do not rise. Salary, bonus and self-employment end when the person \
retires, and so do contributions to the person's accounts. `effectiveTaxRate` is taken off taxable income; withdrawals \
are not taxed. Goals that are spent are taken out on their date, in the money of that date.

Debts follow `debt.amortize`. A debt with neither a payment nor a term is repaid in the first month.

All accounts together are projected as one portfolio by `simulation.run` with arithmetic mean return: what is left of \
income stays in it and what is missing is taken out, at the end of each month. A path succeeds when the accounts pay \
for everything to the end. Properties, private funds, businesses, policies and other assets are not sold, and capital \
calls are not paid.

`assumptions` repeats each figure that the projection rests on and where it comes from; `notes` says what was decided \
on the way and for which item. There is no built-in forecast: a household without `assumptions` is refused with \
`field.missing`.";
