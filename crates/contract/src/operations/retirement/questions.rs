//! The entries of `simulation` that answer on top of a retirement plan.

use wherewithal::retirement;

use crate::Operation;

/// What the searches have in common.
macro_rules! boundary {
    () => {
        "\
All plans that are tried live through the same paths (common random numbers), so the answer does not jump with the noise of \
the sample. The search halves a range in whole steps of `precision`: `value` succeeds in at least `confidence` of the paths, \
and `nextValue`, one step away, does not; both were run. Where a harder value never succeeds more often, which holds for \
plans without odd incentives, that is the only boundary; otherwise it is one of them. `solve.no_solution` names \
the best share that was reached. The order of events within a year is that of `retirement.run`."
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

/// The plan of the ladder's example.
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
        "The highest constant real withdrawal rate that a portfolio bears with a confidence.",
        retirement::safe_withdrawal_rate,
    )
    .details(
        "In the first year the rate times the portfolio is withdrawn, in every later year the same purchasing power (Bengen \
         1994). The balance of a path at the end is `G - rate × S`: what a portfolio of 1 grows to, less what the withdrawals \
         of a rate of 1 would have grown to. So every path has a highest rate of its own, \
         `(G - finalShare × prices) / S`, and the answer is the highest rate that at least `confidence` of the paths bear. It \
         is exact for the paths; nothing is searched.\n\n\
         With `historicalCohorts` the paths are the stretches of a history, path p from period p on, and a confidence of 1 \
         asks for the worst of them. With annual steps money is withdrawn at the start of each year, with monthly steps a \
         twelfth at the start of each month, from all classes alike; the portfolio is rebalanced once a year. Fees are those \
         of the market. Other rules than constant purchasing power, taxes and incomes: `retirement.maximum_spending`.",
    )
    .example(
        "Thirty years, nine paths in ten",
        r#"{"market": {"kind": "lognormal", "assetClasses": [
                {"name": "shares", "expectedReturn": 0.07, "volatility": 0.17},
                {"name": "bonds", "expectedReturn": 0.04, "volatility": 0.06}],
                "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
            "weights": [0.5, 0.5], "years": 30, "confidence": 0.9, "paths": 2000, "seed": 7}"#,
    )
    .example(
        "What the worst stretch of a history bore",
        r#"{"market": {"kind": "historicalCohorts", "history": {"assetClasses": ["shares"], "periodsPerYear": 1,
                "returns": [[0.1], [-0.2], [0.05], [0.3], [-0.1], [0.08]],
                "inflation": [0.02, 0.03, 0.01, 0.02, 0.04, 0.02]}},
            "weights": [1], "years": 3, "confidence": 1, "percentiles": [50]}"#,
    )
}

fn maximum_spending() -> Operation {
    Operation::long(
        "retirement.maximum_spending",
        "The most that a retirement plan can spend with a confidence.",
        retirement::maximum_spending,
    )
    .details(concat!("What is looked for is the level of the plan's spending rule: `annualSpending` of `constantReal`, or the share of the \
         portfolio of the rules that have one. Rules that spend what follows from other assumptions have no level. Essential \
         spending and the bounds of the policy stay.\n\n", boundary!()))
    .example("A level that nine paths in ten bear", concat!(r#"{"plan": "#, plan!(), r#", "confidence": 0.9, "precision": 10}"#))
}

fn required_saving() -> Operation {
    Operation::long(
        "retirement.required_saving",
        "The least that must be saved each year for a retirement plan to succeed with a confidence.",
        retirement::required_saving,
    )
    .details(concat!("The saving is a contribution on top of those of the plan, in the money of its first year, or in today's where it rises \
         with prices. Contributions are paid before anything is spent; what income does not cover is withdrawn.\n\n", boundary!()))
    .example(
        "Into the IRA until retirement",
        concat!(r#"{"plan": "#, plan!(), r#", "account": "IRA", "confidence": 0.5, "precision": 100, "highest": 60000}"#),
    )
}

fn required_return() -> Operation {
    Operation::long(
        "retirement.required_return",
        "By how much the return of every asset class may fall or must rise for a retirement plan to succeed with a confidence.",
        retirement::required_return,
    )
    .details(concat!("The expected return of every asset class is shifted by the same number of percentage points; in a history or in given \
         paths the return of each period is, by its share of a year. Bonds that follow a yield keep theirs. A negative value \
         is what the plan can spare.\n\n", boundary!()))
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
         `holdsForHigherAges` says whether it does here, and `ages` shows all of them. The other person retires as planned. \
         `solve.no_solution` names the best age where none suffices.",
    )
    .example(
        "From 58 to 66",
        concat!(r#"{"plan": "#, plan!(), r#", "confidence": 0.85, "lowestAge": 58, "highestAge": 66}"#),
    )
}

fn roth_conversion_ladder() -> Operation {
    Operation::long(
        "retirement.roth_conversion_ladder",
        "Yearly conversions to a Roth account that leave as much as possible after tax.",
        retirement::roth_conversion_ladder,
    )
    .details(
        "What counts is what each path leaves in today's money: all accounts at the end, less `terminalTaxRate` on what \
         traditional and health savings accounts still hold, less what could not be paid. The mean or a percentile of it over \
         the paths is to be as large as possible.\n\n\
         Each stage of the years has one amount. A grid of amounts from 0 to `highest` is tried for one stage after the other, \
         then the distance of the amounts is halved around the best so far, `refinements` times. The answer is the best of \
         what was tried (`tried` shows all), not a proven optimum: stages that depend on each other, or several peaks, can \
         hide a better ladder. All ladders live through the same paths; because the best is chosen on them, `meanGain` is a \
         little too good. A gain in a taxable account is left untaxed at the end, as after a step-up of basis at death.",
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
        "Which assumption moves a retirement plan most.",
        retirement::tornado,
    )
    .details(
        "Each assumption is set to its low and to its high value, all others staying, and the assumptions are sorted by the \
         distance between the two. A value is a change of the plan: 0 leaves it as it is. All plans live through the same \
         paths; longer lives add years at the end. `difference` compares with the plan as it is, with the standard error of \
         paired differences. How each change works: `retirement.what_if`.",
    )
    .example("The usual assumptions", concat!(r#"{"plan": "#, plan!(), r#"}"#))
    .example(
        "Two of them, by what is left",
        concat!(r#"{"plan": "#, plan!(), r#", "sortBy": "medianTerminalReal", "assumptions": [
                {"assumption": "inflation", "low": -0.005, "high": 0.02},
                {"assumption": "retirementAge", "low": -1, "high": 3}]}"#),
    )
}

fn sensitivity_grid() -> Operation {
    Operation::long(
        "retirement.sensitivity_grid",
        "What becomes of a retirement plan for each pair of values of two assumptions.",
        retirement::sensitivity_grid,
    )
    .details(
        "A value is a change of the plan, as in `retirement.tornado`: the cell of two zeros is the plan as it is. All plans \
         live through the same paths. At most 21 by 21 values.",
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
        "What becomes of a retirement plan whose retirement starts with bad years of the past.",
        retirement::stress_tests,
    )
    .details(
        "In every path the first years of retirement spending are those of the history of the United States that \
         `market.history` gives with its sources: its returns, before costs, class by class as `historicalClasses` says, \
         and its rise of prices. Before and after them each path is the plan's own. With monthly steps the growth of a \
         historical year is spread evenly over its months. Where the plan ends first, the rest of the years is left out.\n\n\
         A stress test says what would happen if those years came again; it says nothing about how likely that is. \
         `outcome.success` counts the paths that succeed given those years. Inflation of later years does not know \
         of the spliced ones.",
    )
    .example(
        "All that have a name",
        concat!(
            r#"{"plan": "#,
            plan!(),
            r#", "historicalClasses": ["largeStocks", "treasuryBonds"]}"#
        ),
    )
    .example(
        "Years of one's own",
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
        "Each scenario makes its changes in their order. Both plans live through the same paths (common random numbers), so \
         the difference has a smaller error than the two numbers have: with g paths that succeed only after the change and l \
         that succeed only before it, out of n, the difference of the success probabilities is `(g - l) / n` and its standard \
         error `sqrt(g + l - (g - l)² / n) / n`.\n\n\
         Where a change alters the number of years (longevity), the first years of a path are the same in both plans for \
         markets drawn at random; with quasi-random numbers or given random blocks they may not be. At most 50 scenarios of 20 \
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
        "A retirement plan in the few numbers that a screen shows: scenarios, success, median, best and worst case.",
        retirement::projection,
    )
    .details(
        "The best and the worst case are the 90th and the 10th percentile of what the accounts hold at the end, exact and of \
         type 7 (Hyndman and Fan, 1996). The scenarios are whole paths at even distances from the worst to the best, in \
         today's money. Everything else that a plan answers: `retirement.run`.",
    )
    .example("Five scenarios", concat!(r#"{"plan": "#, plan!(), r#", "scenarios": 5}"#))
}
