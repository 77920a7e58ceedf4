//! The entries of `retirement` that answer questions about a plan.

use wherewithal::retirement;

use crate::Operation;

/// The documentation that the searches have in common.
macro_rules! boundary {
    () => {
        "\
All plans of the search use the same paths (common random numbers), so sampling noise does not affect comparisons. The search bisects a range in whole steps of `precision`: `value` succeeds on at least `confidence` of the paths, and `nextValue`, one step away, does not; both were run. If a more demanding value never succeeds more often, which is so for plans without unusual incentives, that is the only boundary; otherwise it is one of them. The message of `solve.no_solution` has the best share of success. The order of events within a year is that of `retirement.run`."
    };
}

/// The plan of the examples.
macro_rules! plan {
    () => {
        r#"{
    "firstYear": 2026,
    "people": [{"name": "Ana", "birthYear": 1968, "retirementAge": 62, "mortality": {"kind": "fixedAge", "age": 92}}],
    "accounts": [
        {"name": "IRA", "balance": 500000, "treatment": {"kind": "traditional"}},
        {"name": "Brokerage", "balance": 250000, "treatment": {"kind": "taxable", "basis": 180000, "dividendYield": 0.015}}],
    "allocation": {"kind": "fixed", "weights": [0.6, 0.4]},
    "contributions": [{"account": "IRA", "amount": {"kind": "fixed", "annualAmount": 8000}}],
    "incomes": [{"name": "salary", "kind": "salary", "owner": "Ana", "annualAmount": 90000}],
    "socialSecurity": [{"person": "Ana", "annualBenefit": 26000, "claimAge": 67}],
    "spending": {"beforeRetirement": 60000, "policy": {"rule": {"kind": "constantReal", "annualSpending": 52000}}},
    "taxes": {"kind": "rates", "ordinary": 0.16, "longTermGains": 0.1},
    "market": {"kind": "lognormal", "assetClasses": [
        {"name": "shares", "expectedReturn": 0.07, "volatility": 0.16},
        {"name": "bonds", "expectedReturn": 0.04, "volatility": 0.06}],
        "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
    "paths": 300, "seed": 7}"#
    };
}

/// The plan of the example of Roth conversions.
macro_rules! roth_plan {
    () => {
        r#"{
    "firstYear": 2026,
    "people": [{"name": "Ana", "birthYear": 1961, "retirementAge": 65, "mortality": {"kind": "fixedAge", "age": 88}}],
    "accounts": [
        {"name": "IRA", "balance": 700000, "treatment": {"kind": "traditional"}},
        {"name": "Roth", "balance": 150000, "treatment": {"kind": "roth"}}],
    "allocation": {"kind": "fixed", "weights": [1]},
    "socialSecurity": [{"person": "Ana", "annualBenefit": 30000, "claimAge": 70}],
    "spending": {"policy": {"rule": {"kind": "constantReal", "annualSpending": 42000}}},
    "taxes": {"kind": "brackets", "single": {"deduction": 15000,
        "ordinary": [{"above": 0, "rate": 0.1}, {"above": 48000, "rate": 0.22}, {"above": 103000, "rate": 0.24}]}},
    "market": {"kind": "lognormal", "assetClasses": [
        {"name": "portfolio", "expectedReturn": 0.055, "volatility": 0.1}], "inflation": {"expected": 0.025}},
    "paths": 200, "seed": 7}"#
    };
}

pub(super) fn entries() -> Vec<Operation> {
    vec![
        safe_withdrawal_rate(),
        maximum_spending(),
        required_saving(),
        required_return(),
        earliest_retirement_age(),
        roth_conversion_ladder(),
        tornado(),
        sensitivity_grid(),
        stress_tests(),
        what_if(),
        projection(),
    ]
}

fn safe_withdrawal_rate() -> Operation {
    Operation::long(
        "retirement.safe_withdrawal_rate",
        "The highest constant real withdrawal rate that a portfolio sustains with a confidence.",
        retirement::safe_withdrawal_rate,
    )
    .details(
        "In the first year the rate times the portfolio is withdrawn, in every later year the same purchasing power (Bengen \
         1994). The balance of a path at the end is `G - rate × S`: the growth of a portfolio of 1, less the growth of the withdrawals at a rate of 1. So every path has its own highest rate, `(G - finalShare × prices) / S`, and the result is the highest rate that at least `confidence` of the paths sustain. It is exact for the paths, without a search.\n\n\
         With `historicalCohorts` the paths are the sequences of a history, path p from period p on, and the default confidence of 1 gives the rate that never failed, that of the worst of them. `timing` says whether money is withdrawn at the start, in the middle or at the end of each year, or with monthly steps a twelfth of it in each month, from all classes alike; the portfolio is rebalanced once a year. A withdrawal of a year is the rate times the initial portfolio times the prices of the day of the year's first withdrawal. Fees are those of the market.\n\n\
         Only constant purchasing power has a highest rate in closed form. For other spending rules, and for taxes and incomes, use `retirement.maximum_spending`, which searches the level of the rule of a whole plan.",
    )
    .example(
        "Thirty years, with a confidence of 90 %",
        r#"{"market": {"kind": "lognormal", "assetClasses": [
                {"name": "shares", "expectedReturn": 0.07, "volatility": 0.17},
                {"name": "bonds", "expectedReturn": 0.04, "volatility": 0.06}],
                "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
            "weights": [0.5, 0.5], "years": 30, "confidence": 0.9, "paths": 2000, "seed": 7}"#,
    )
    .example(
        "The worst sequence of a history",
        r#"{"market": {"kind": "historicalCohorts", "history": {"assetClasses": ["shares"], "periodsPerYear": 1,
                "returns": [[0.1], [-0.2], [0.05], [0.3], [-0.1], [0.08]],
                "inflation": [0.02, 0.03, 0.01, 0.02, 0.04, 0.02]}},
            "weights": [1], "years": 3, "timing": "end", "percentiles": [50]}"#,
    )
}

fn maximum_spending() -> Operation {
    Operation::long(
        "retirement.maximum_spending",
        "The highest spending of a retirement plan with a confidence.",
        retirement::maximum_spending,
    )
    .details(concat!("The search varies the level of the plan's spending rule: `annualSpending` of `constantReal`, or \
        the share of the portfolio of the rules that have one. Rules that derive spending from other assumptions have no level. Essential spending and the bounds of the policy are unchanged.\n\n", boundary!()))
    .example("The level with a confidence of 90 %", concat!(r#"{"plan": "#, plan!(), r#", "confidence": 0.9, "precision": 10}"#))
}

fn required_saving() -> Operation {
    Operation::long(
        "retirement.required_saving",
        "The smallest annual saving with which a retirement plan succeeds with a confidence.",
        retirement::required_saving,
    )
    .details(concat!("The saving is a contribution in addition to those of the plan, in the money of its first year, or \
        in today's money if it rises with prices. The saving is paid before any spending; what income does not cover is withdrawn.\n\n", boundary!()))
    .example(
        "Into the IRA until retirement",
        concat!(r#"{"plan": "#, plan!(), r#", "account": "IRA", "confidence": 0.5, "precision": 100, "highest": 60000}"#),
    )
}

fn required_return() -> Operation {
    Operation::long(
        "retirement.required_return",
        "The shift of the return of every asset class with which a retirement plan just succeeds with a confidence.",
        retirement::required_return,
    )
    .details(concat!("The expected return of every asset class is shifted by the same number of percentage points; in a \
        history or in given paths the return of each period is shifted by its share of a year. Bonds that follow a yield keep their returns. A negative value is a margin of safety.\n\n", boundary!()))
    .example("In basis points", concat!(r#"{"plan": "#, plan!(), r#", "confidence": 0.9}"#))
}

fn earliest_retirement_age() -> Operation {
    Operation::long(
        "retirement.earliest_retirement_age",
        "The lowest age at which a person can retire with a confidence.",
        retirement::earliest_retirement_age,
    )
    .details(
        "Every age of the range is tried on the same paths, because success need not rise with the age: \
            `holdsForHigherAges` is whether it does, and `ages` lists all of them. The other person retires as planned. The message of `solve.no_solution` has the best age if none suffices.",
    )
    .example(
        "From 58 to 66",
        concat!(r#"{"plan": "#, plan!(), r#", "confidence": 0.85, "lowestAge": 58, "highestAge": 66}"#),
    )
}

fn roth_conversion_ladder() -> Operation {
    Operation::long(
        "retirement.roth_conversion_ladder",
        "Annual conversions to a Roth account that maximize wealth after tax.",
        retirement::roth_conversion_ladder,
    )
    .details(
        "The objective is the final wealth of each path in today's money: all accounts at the end, less `terminalTaxRate` on the balances of traditional and health savings accounts, less unpaid amounts. Its mean or a percentile over the paths is maximized.\n\n\
         Each stage of the years has one amount. A grid of amounts from 0 to `highest` is tried for one stage after the other, then the grid is halved around the best so far, `refinements` times. The result is the best of the ladders tried (`tried` lists all), not a proven optimum: with interdependent stages, or several maxima, there can be a better one. All ladders use the same paths; because the best is chosen on them, `meanGain` is slightly biased upward. A gain in a taxable account is left untaxed at the end, as after a step-up of basis at death.",
    )
    .example(
        "From retirement to 73, in two stages",
        concat!(
            r#"{"plan": "#,
            roth_plan!(),
            r#", "sourceAccount": "IRA", "targetAccount": "Roth", "firstYear": 2026, "lastYear": 2033, "stages": 2,
                "highest": 80000, "grid": 5, "refinements": 2, "terminalTaxRate": 0.24}"#
        ),
    )
}

fn tornado() -> Operation {
    Operation::long(
        "retirement.tornado",
        "The assumptions to which a retirement plan is most sensitive.",
        retirement::tornado,
    )
    .details(
        "Each assumption is set to its low and to its high value with all others unchanged, and the assumptions are \
            sorted by the difference between the two results. A value is a change of the plan: 0 changes nothing. All plans use the same paths; longer lives add years at the end. `difference` is relative to the unchanged plan, with the standard error of paired differences. For the effect of each change see `retirement.what_if`.",
    )
    .example("The usual assumptions", concat!(r#"{"plan": "#, plan!(), r#"}"#))
    .example(
        "Two assumptions, by final wealth",
        concat!(r#"{"plan": "#, plan!(), r#", "sortBy": "medianTerminalReal", "assumptions": [
                {"assumption": "inflation", "low": -0.005, "high": 0.02},
                {"assumption": "retirementAge", "low": -1, "high": 3}]}"#),
    )
}

fn sensitivity_grid() -> Operation {
    Operation::long(
        "retirement.sensitivity_grid",
        "The results of a retirement plan for each pair of values of two assumptions.",
        retirement::sensitivity_grid,
    )
    .details(
        "A value is a change of the plan, as in `retirement.tornado`: the cell of two zeros is the unchanged plan. All \
            plans use the same paths. At most 21 by 21 values.",
    )
    .example(
        "Return and spending",
        concat!(r#"{"plan": "#, plan!(), r#", "rows": {"assumption": "expectedReturn", "values": [-0.01, 0, 0.01]},
                "columns": {"assumption": "spending", "values": [-0.1, 0, 0.1]}}"#),
    )
}

fn stress_tests() -> Operation {
    Operation::long(
        "retirement.stress_tests",
        "The results of a retirement plan if retirement starts with bad years of the past.",
        retirement::stress_tests,
    )
    .details(
        "In every path the first years of retirement spending have the returns, before costs, and the inflation of the history of the United States (`market.history`), with asset classes matched by `historicalClasses`. Before and after them each path is that of the plan. With monthly steps the growth of a historical year is spread evenly over its months. If the plan ends first, the remaining years are left out.\n\n\
         A stress test shows the results if those years happened again, not the probability of that. `outcome.success` counts the paths that succeed given those years. Inflation of later years does not depend on the inserted ones.",
    )
    .example(
        "All named episodes",
        concat!(
            r#"{"plan": "#,
            plan!(),
            r#", "historicalClasses": ["largeStocks", "treasuryBonds"]}"#
        ),
    )
    .example(
        "Custom years",
        concat!(
            r#"{"plan": "#,
            plan!(),
            r#", "historicalClasses": ["largeStocks", "corporateBonds"],
                "tests": [{"kind": "years", "firstYear": 1937, "lastYear": 1941}, {"kind": "lostDecade"}]}"#
        ),
    )
}

fn what_if() -> Operation {
    Operation::long(
        "retirement.what_if",
        "Compares a retirement plan with changed ones on the same markets.",
        retirement::what_if,
    )
    .details(
        "Each scenario applies its changes in order. Both plans use the same paths (common random numbers), so the difference has a smaller error than the two numbers: with g paths that succeed only after the change and l \
         that succeed only before it, out of n, the difference of the success probabilities is `(g - l) / n` and its standard \
         error `sqrt(g + l - (g - l)² / n) / n`.\n\n\
         If a change alters the number of years (longevity), the first years of a path are the same in both plans for markets drawn at random; with quasi-random numbers or given random blocks they may differ. At most 50 scenarios of 20 \
         changes.",
    )
    .example(
        "Retire later, or spend less, or both",
        concat!(r#"{"plan": "#, plan!(), r#", "scenarios": [
                {"name": "two years later", "changes": [{"kind": "retirementAge", "years": 2}]},
                {"name": "a tenth less", "changes": [{"kind": "spending", "relative": -0.1}]},
                {"name": "both", "changes": [{"kind": "retirementAge", "years": 2}, {"kind": "spending", "relative": -0.1}]},
                {"name": "an inheritance", "changes": [{"kind": "lumpSum", "lumpSum":
                    {"name": "inheritance", "amount": 100000, "at": {"kind": "year", "year": 2035}}}]},
                {"name": "claim at 70", "changes": [{"kind": "claimAge", "person": "Ana", "claimAge": 70}]}]}"#),
    )
}

fn projection() -> Operation {
    Operation::long(
        "retirement.projection",
        "A summary of a retirement plan for display: scenarios, success, median, best and worst case.",
        retirement::projection,
    )
    .details(
        "The best and the worst case are the 90th and the 10th percentile of the final balance of the accounts, exact \
            and of type 7 (Hyndman and Fan, 1996). The scenarios are whole paths at even ranks from the worst to the best, in today's money. For all other results use `retirement.run`.",
    )
    .example("Five scenarios", concat!(r#"{"plan": "#, plan!(), r#", "scenarios": 5}"#))
}
