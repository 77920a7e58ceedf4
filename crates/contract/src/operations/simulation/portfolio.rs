//! The entries of `simulation` for portfolios of several asset classes.

use wherewithal::simulation;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::long(
            "simulation.portfolio",
            "Simulates a portfolio of several asset classes along many paths, with stochastic inflation.",
            simulation::portfolio,
        )
        .details(PORTFOLIO)
        .example(
            "Thirty years of retirement from shares and bonds",
            r#"{"initialBalance": 1000000, "years": 30,
                "market": {"kind": "lognormal",
                    "assetClasses": [{"name": "shares", "expectedReturn": 0.07, "volatility": 0.16},
                        {"name": "bonds", "expectedReturn": 0.035, "volatility": 0.06}],
                    "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6},
                    "correlations": [[1, 0.15, -0.1], [0.15, 1, -0.2], [-0.1, -0.2, 1]]},
                "allocation": {"kind": "fixed", "weights": [0.6, 0.4]},
                "flows": [{"amount": -40000, "inflationLinked": true, "timing": "start"}],
                "paths": 2000, "seed": 7, "percentiles": [10, 50, 90]}"#,
        )
        .example(
            "Saving along a glide path, rebalanced within bands",
            r#"{"initialBalance": 20000, "years": 20, "steps": "monthly",
                "market": {"kind": "lognormal",
                    "assetClasses": [{"name": "shares", "expectedReturn": 0.07, "volatility": 0.16},
                        {"name": "bonds", "expectedReturn": 0.035, "volatility": 0.06}]},
                "allocation": {"kind": "glidePath", "points": [{"year": 1, "weights": [0.9, 0.1]},
                    {"year": 20, "weights": [0.4, 0.6]}]},
                "rebalancing": {"kind": "bands", "absolute": 0.05}, "flows": [{"amount": 800, "annualGrowth": 0.02}],
                "annualFee": 0.002, "paths": 1000, "seed": 7, "percentiles": [10, 50, 90], "target": 400000}"#,
        ),
        Operation::new(
            "simulation.portfolio_path",
            "Replays one path of a simulation of a portfolio, step by step.",
            simulation::portfolio_path,
        )
        .details(PATH)
        .example(
            "The first path of a retirement",
            r#"{"simulation": {"initialBalance": 1000000, "years": 3,
                "market": {"kind": "lognormal",
                    "assetClasses": [{"name": "shares", "expectedReturn": 0.07, "volatility": 0.16},
                        {"name": "bonds", "expectedReturn": 0.035, "volatility": 0.06}],
                    "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6}},
                "allocation": {"kind": "fixed", "weights": [0.6, 0.4]},
                "flows": [{"amount": -40000, "inflationLinked": true, "timing": "start"}], "seed": 7}, "path": 0}"#,
        ),
    ]
}

const PORTFOLIO: &str = "\
In each step the flows at its start are paid, the portfolio is brought back to its allocation when `rebalancing` says \
so, each holding is multiplied by the growth of its asset class (after its fee) and by `(1 - annualFee)^(1/n)`, n being \
the steps of a year, then prices rise, and the flows at the end are paid. The market model says how asset classes and \
prices move; it is the same as in `market.sample`. Flows that are linked to inflation follow the prices of \
their own path.

Amounts are from the portfolio's side: positive is paid in, negative is taken out. Deposits are invested by the \
allocation, withdrawals are taken from all asset classes alike. A path that cannot pay a withdrawal in full has failed \
for good: its balance stays 0, and later contributions do not revive it. Success means that every withdrawal was paid; \
the target has a probability of its own.

A balance in today's money is the nominal one over the price level of its path, so that nominal and real percentiles \
are those of two distributions. Quantiles are exact and of type 7 (Hyndman and Fan, 1996). `success.standardError` is \
the noise of the sample; that the model itself may be wrong is in no number here.

The random numbers are a function of seed, path and step: the answer is the same to the bit in every language, on every \
machine and at any number of threads, and more paths keep the first ones.

Limits: 1 to 100 years, at most 10,000,000 paths, paths times rows kept at most 100,000,000 (a row for each year and \
sort of money in the fan, and two more), 1000 flows, 101 percentiles.";

const PATH: &str = "\
The path has the same balances, to the bit, as in `simulation.portfolio`. Each row shows what the step's balance is \
made of: the flows, the return of each asset class, that of the portfolio, and inflation.";
