//! The entries of `goals`.

use wherewithal::goals;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        project(),
        required_contribution(),
        time_to_target(),
        funded_ratio(),
        allocate(),
        progress(),
        emergency_fund(),
        education(),
    ]
}

fn project() -> Operation {
    Operation::long(
        "goals.project",
        "The projected savings for one goal, and the probability that they reach its target.",
        goals::project,
    )
    .details(
        "The plan is exact: a month consists of the contribution at its start, the interest on the balance, rounded half to even to the minor unit, and the contribution at its end. The interest of a month is the balance times \
         `((1 + expectedReturn) (1 - annualFee))^(1/12) - 1`. The target rises with inflation until it is needed, unless \
         it is nominal.\n\n\
         The probability is that of monthly lognormal returns whose arithmetic mean is the expected return, so the mean of the final amounts is the projected amount. Without contributions it has a closed form; with them it is simulated \
         as in `simulation.run`; without volatility it is 0 or 1.\n\n\
         With `market`, the paths are those of a market model, in monthly steps: its asset classes at the given weights, rebalanced every month, less the fee of the assumptions. A target that is linked to inflation rises with the prices of each path, and growing contributions are not rounded. The plan itself still follows the assumptions.",
    )
    .example(
        "A down payment in five years",
        r#"{"target": {"amount": "80000", "months": 60}, "currentAmount": "22000", "contribution": "750",
            "contributionTerms": {"annualGrowth": 0.03},
            "assumptions": {"expectedReturn": 0.05, "volatility": 0.08, "inflation": 0.025}, "paths": 2000, "seed": 7}"#,
    )
    .example(
        "A lump sum: a closed form",
        r#"{"target": {"amount": "100000", "months": 120, "inflationLinked": false}, "currentAmount": "60000",
            "assumptions": {"expectedReturn": 0.06, "volatility": 0.12, "annualFee": 0.003}}"#,
    )
    .example(
        "Stocks and bonds",
        r#"{"target": {"amount": "150000", "months": 120}, "currentAmount": "40000", "contribution": "600",
            "assumptions": {"expectedReturn": 0.056, "inflation": 0.025},
            "market": {"weights": [0.6, 0.4], "model": {"kind": "lognormal",
                "assetClasses": [{"name": "stocks", "expectedReturn": 0.07, "volatility": 0.16},
                                 {"name": "bonds", "expectedReturn": 0.035, "volatility": 0.05}],
                "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6},
                "correlations": [[1, 0.2, 0], [0.2, 1, -0.1], [0, -0.1, 1]]}},
            "paths": 2000, "seed": 5}"#,
    )
}

fn required_contribution() -> Operation {
    Operation::long(
        "goals.required_contribution",
        "The monthly or annual contribution that reaches a target, by the plan and with a probability.",
        goals::required_contribution,
    )
    .details(
        "`contribution` reaches the target in the plan of `goals.project`; one minor unit less does not. With \
            `successProbability`, `forProbability` has the smallest contribution with which at least that share of paths reaches the target, on the returns or the market of `goals.project`. All amounts are tried on the same paths, so sampling noise does not affect comparisons; the probability still has a standard error.",
    )
    .example(
        "A level contribution for a car",
        r#"{"target": {"amount": "30000", "months": 48}, "currentAmount": "4000",
            "assumptions": {"expectedReturn": 0.04, "inflation": 0.02}}"#,
    )
    .example(
        "Growing with wages, with a success probability of 80 %",
        r#"{"target": {"amount": "250000", "months": 180}, "currentAmount": "40000",
            "contributionTerms": {"annualGrowth": 0.03, "timing": "start"},
            "assumptions": {"expectedReturn": 0.065, "volatility": 0.13, "annualFee": 0.002, "inflation": 0.02},
            "successProbability": 0.8, "paths": 500, "seed": 3}"#,
    )
}

fn time_to_target() -> Operation {
    Operation::long(
        "goals.time_to_target",
        "The month in which savings reach a target, by the plan and with a probability.",
        goals::time_to_target,
    )
    .details(
        "`months` is the first month at whose end the plan of `goals.project` reaches the target. With \
            `successProbability`, `forProbability` has the month with which that plan, ending there, reaches the target \
            with at least that probability: the first year at whose end it does is found, and then the first month of \
            that year. Every month is tried on the same paths.",
    )
    .example(
        "20,000 from 1,000 with 400 a month at 5 %",
        r#"{"targetAmount": "20000", "currentAmount": "1000", "contribution": "400",
            "assumptions": {"expectedReturn": 0.05}}"#,
    )
    .example(
        "A down payment that rises with prices, with a probability of 80 %",
        r#"{"targetAmount": "60000", "currentAmount": "15000", "contribution": "900",
            "assumptions": {"expectedReturn": 0.05, "volatility": 0.1, "inflation": 0.025},
            "successProbability": 0.8, "paths": 500, "seed": 3}"#,
    )
}

fn funded_ratio() -> Operation {
    Operation::short(
        "goals.funded_ratio",
        "The funded ratio of a goal with dated payments, at present value.",
        goals::funded_ratio,
    )
    .details(
        "`(assets + present value of contributions) / present value of payments`. Time is counted in days over 365 from \
         `asOf`. An amount that is linked to inflation is `amount × (1 + inflation)^time`; growth multiplies it by \
         `1 + annualGrowth` for each whole year since its first date. Everything is discounted by `(1 + discountRate)^time`. `fundedByAssets` leaves out contributions, which may be uncertain.",
    )
    .example(
        "Four years of college, paid each autumn, and monthly savings until then",
        r#"{"asOf": "2026-01-01", "assets": "35000", "discountRate": 0.045, "inflation": 0.025,
            "payments": [{"date": "2031-09-01", "amount": "28000", "count": 4, "annualGrowth": 0.015,
                          "inflationLinked": true}],
            "contributions": [{"date": "2026-02-01", "amount": "600", "count": 67, "everyMonths": 1}]}"#,
    )
}

fn allocate() -> Operation {
    Operation::short(
        "goals.allocate",
        "Allocates the money of several accounts to several goals, by priority or jointly.",
        goals::allocate,
    )
    .details(
        "`priority` is a waterfall: by priority, then by date, then in the order of the list, each goal is funded from its accounts as far as possible before the next one. `proportional` divides each account in proportion to the remaining needs of its goals. `raiseLeastFunded` maximizes the smallest funded ratio, then the next one, and so on; if every account may fund every goal, all goals have the same ratio.\n\n\
         Every amount is a whole number of minor units, and totals agree: the funding of a goal is the sum of its lines, and the balance of an account is the sum of its lines and its rest.\n\n\
         Limits: 50 goals, 50 accounts.",
    )
    .example(
        "Three goals, one of which may use an education account",
        r#"{"goals": [
                {"id": "reserve", "need": "18000", "priority": "high"},
                {"id": "college", "need": "60000", "targetDate": "2034-09-01"},
                {"id": "sabbatical", "need": "25000", "priority": "low", "accounts": ["savings"]}],
            "accounts": [{"id": "savings", "balance": "42000"}, {"id": "education", "balance": "31000"}]}"#,
    )
    .example(
        "The same money, with the smallest funded ratio maximized",
        r#"{"goals": [
                {"id": "reserve", "need": "18000", "accounts": ["savings"]},
                {"id": "college", "need": "60000"},
                {"id": "sabbatical", "need": "25000", "accounts": ["savings"]}],
            "accounts": [{"id": "savings", "balance": "30000"}, {"id": "education", "balance": "31000"}],
            "method": "raiseLeastFunded"}"#,
    )
}

fn progress() -> Operation {
    Operation::short(
        "goals.progress",
        "The state of a goal on a date compared with its plan, and the contribution that still reaches it.",
        goals::progress,
    )
    .details(
        "The plan is that of `goals.project` from `startDate` on; whole months count, so on a day within a month the \
            planned amount is that of the end of the previous month. The future is projected from the actual amount with the planned contributions, and `requiredContribution` is the smallest one with which the target is still reached.",
    )
    .example(
        "Two years into an eight-year plan",
        r#"{"startDate": "2024-01-15", "startAmount": "5000",
            "target": {"amount": "60000", "months": 96, "inflationLinked": false}, "contribution": "450",
            "assumptions": {"expectedReturn": 0.05}, "asOf": "2026-02-01", "actualAmount": "15400", "tolerance": 0.05}"#,
    )
}

fn emergency_fund() -> Operation {
    Operation::short(
        "goals.emergency_fund",
        "The emergency fund that a household needs, the months that the present one covers, and when it will be \
            complete.",
        goals::emergency_fund,
    )
    .details(
        "Without `targetMonths` a rule of thumb gives the number of months of essential expenses:\n\n\
         | income | two earners or more | one earner | none |\n\
         |---|---|---|---|\n\
         | stable | 3 | 6 | 12 |\n\
         | variable | 6 | 9 | 12 |\n\
         | irregular | 9 | 12 | 12 |\n\n\
         Three to six months are customary advice, and more for one earner or an unsteady income; the steps of this table are a convention of this library, not a published standard.",
    )
    .example(
        "One stable income",
        r#"{"monthlyEssentialExpenses": "3200", "incomeStability": "stable", "earners": 1, "currentAmount": "8000",
            "monthlyContribution": "400", "annualRate": 0.03}"#,
    )
}

fn education() -> Operation {
    Operation::short(
        "goals.education",
        "The cost of years of study, the share that savings cover, and the required contribution.",
        goals::education,
    )
    .details(
        "Each year of study is paid at its start; a year that starts in m months costs \
         `annualCost × (1 + costInflation)^(m / 12)`, rounded half to even to the minor unit. Savings earn monthly interest \
         as in `goals.project`. `fundedShare` is the share of the whole cost that savings cover; `requiredContribution` is the smallest monthly contribution that covers all of it.",
    )
    .example(
        "Four years of study, starting in twelve years",
        r#"{"annualCost": "26000", "costInflation": 0.04, "monthsUntilStart": 144, "yearsOfStudy": 4,
            "currentAmount": "15000", "monthlyContribution": "500", "expectedReturn": 0.055, "annualFee": 0.002}"#,
    )
}
