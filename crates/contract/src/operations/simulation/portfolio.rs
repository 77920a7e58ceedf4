//! The entries of `simulation` for portfolios of several asset classes.

use wherewithal::simulation;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::long(
            "simulation.portfolio",
            "Simulates a portfolio of several asset classes on many paths, with stochastic inflation.",
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
            simulation::portfolio_path_under,
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
In each step the flows at its start are paid, the portfolio is rebalanced to its allocation by `rebalancing`, each holding is multiplied by the growth of its asset class (after its fee) and by `(1 - annualFee)^(1/n)`, n being \
the steps of a year, then prices rise, and the flows at the end are paid. The market model for asset classes and prices is the same as in `market.sample`. Flows that are linked to inflation follow the prices of \
their own path.

Amounts are positive for deposits into the portfolio and negative for withdrawals. Deposits are invested by the allocation, withdrawals reduce all asset classes in proportion. A path that cannot pay a withdrawal in full has failed: its balance stays 0, even with later contributions. A path succeeds if every withdrawal is paid; the target has a separate probability.

A balance in today's money is the nominal one over the price level of its path, so that nominal and real percentiles \
are those of two distributions. Quantiles are exact and of type 7 (Hyndman and Fan, 1996). `success.standardError` measures sampling noise, not the uncertainty of the model itself.

The random numbers depend only on seed, path and step: the result is the same to the bit in every language, on every machine and for any number of threads, and additional paths do not change the first ones.

Limits: 1 to 100 years, at most 10,000,000 paths, paths times rows kept at most 100,000,000 (a row for each year of the fan, nominal and real, and two more), 1000 flows, 101 percentiles.";

const PATH: &str = "\
The path has the same balances, to the bit, as in `simulation.portfolio`. Each row shows the components of the step's balance: the flows, the return of each asset class, that of the portfolio, and inflation.";
