//! The entries of `plan`.

use wherewithal::plan;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::long(
            "plan.build",
            "A financial plan of a household: net worth, debts, cash flow, and the probability that the money lasts.",
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
reaches `horizonAge` (95 by default), or for `years`.

Each item with a cash flow becomes a stream, listed in `flows` with the path of the item. Amounts with another frequency than monthly are spread evenly over months; income and spending rise with inflation unless they have their own growth; premiums and debt payments do not rise. Salary, bonus and self-employment end when the person \
retires, and so do contributions to the person's accounts. `effectiveTaxRate` is deducted from taxable income; withdrawals are not taxed. Goals that are spent are withdrawn on their date, in the money of that date.

Debts follow `debt.amortize`. A payment that does not exceed the interest leaves the balance or lets it grow: it is due with \
the last payment of the term, and without a term it is still owed at the end of the plan. A card, an overdraft, a medical bill \
or a tax with neither a payment nor a term is repaid in the first month.

What would decide the plan is not assumed but refused with `field.missing`: a loan with neither a payment nor a term, and a \
salary, bonus or self-employment without an end that would go on beyond the age of 75.

All accounts together are projected as one portfolio by `simulation.run` with arithmetic mean return: surplus income is added and a deficit is withdrawn at the end of each month. A path succeeds if the accounts cover everything to the end. Properties, private funds, businesses, policies and other assets are not sold, and capital \
calls are not paid.

`assumptions` lists each figure that the projection is based on and its source; `notes` lists the decisions made in the calculation and their items. There is no built-in forecast: a household without `assumptions` is refused with \
`field.missing`.";
