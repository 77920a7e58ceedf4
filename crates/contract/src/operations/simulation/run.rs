//! The entries of `simulation`.

use wherewithal::simulation;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::long(
            "simulation.run",
            "Simulates a portfolio on many paths: the probability of success and the distribution of balances.",
            simulation::run,
        )
        .details(RUN)
        .example(
            "Thirty years of retirement, withdrawals rising with prices",
            r#"{"initialBalance": 1000000, "months": 360, "expectedReturn": 0.06, "volatility": 0.1,
                "inflation": 0.025, "flows": [{"amount": -3500, "inflationLinked": true, "timing": "start"}],
                "paths": 2000, "seed": 7}"#,
        )
        .example(
            "Saving for twenty years towards a target",
            r#"{"initialBalance": 20000, "months": 240, "expectedReturn": 0.07, "volatility": 0.15,
                "annualFee": 0.002, "flows": [{"amount": 800, "annualGrowth": 0.03}],
                "paths": 2000, "seed": 7, "target": 500000, "percentiles": [10, 50, 90]}"#,
        ),
        Operation::short(
            "simulation.path",
            "Replays one path of a simulation, month by month.",
            simulation::path,
        )
        .details(PATH)
        .example(
            "The first path of a retirement",
            r#"{"simulation": {"initialBalance": 1000000, "months": 24, "expectedReturn": 0.06, "volatility": 0.1,
                "flows": [{"amount": -3500}], "seed": 7}, "path": 0}"#,
        ),
    ]
}

const RUN: &str = "\
One portfolio with independent monthly lognormal returns. In each month the flows at its start are paid, the \
balance is multiplied by `exp(m + s z)`, and the flows at its end are paid; z is standard normal, \
`s = volatility / sqrt(12)`, and m is a twelfth of the mean annual logarithmic return less the fee:

- `arithmetic`: `ln(1 + expectedReturn) - volatility^2 / 2`, so that the mean growth of a year is `1 + expectedReturn`;
- `geometric`: `ln(1 + expectedReturn)`, so that the median growth of a year is `1 + expectedReturn`;
- `logarithmic`: `expectedReturn` itself;
- `simple`: mean and standard deviation of a year's growth are `1 + expectedReturn` and `volatility`, so s^2 is a twelfth of \
`ln(1 + (volatility / (1 + expectedReturn))^2)`, and m as in `arithmetic` with that variance;

and the fee adds `ln(1 - annualFee)`. Amounts are positive for deposits into the portfolio and negative for withdrawals. A path that cannot pay a withdrawal in full has failed: its balance stays 0, even with later contributions. A path succeeds if every withdrawal is paid; the target has a separate probability.

Inflation is the same in every year, so a real amount is the nominal amount over `(1 + inflation)^(month / 12)`. \
Quantiles are exact and of type 7 (Hyndman and Fan, 1996). `success.standardError` measures sampling noise, not the uncertainty of the model itself.

The random numbers depend only on seed, path and month (xoshiro256++, Box-Muller): the result is the same to the bit in every language, on every machine and for any number of threads, and additional paths do not change the first ones.

Limits: 1 to 1200 months, at most 10,000,000 paths, paths times reported months at most 100,000,000, 1000 flows, \
101 percentiles.";

const PATH: &str = "\
The path has the same balances, to the bit, as in `simulation.run`. Each row shows the components of the month's balance: the flows and the return after fee.";
