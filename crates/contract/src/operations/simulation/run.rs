//! The entries of `simulation`.

use wherewithal::simulation;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::long(
            "simulation.run",
            "Simulates a portfolio along many paths: how often a plan holds, and how far its balances spread.",
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
        Operation::new(
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

and the fee takes `ln(1 - annualFee)`. Amounts are from the portfolio's side: positive is paid in, negative is taken \
out. A path that cannot pay a withdrawal in full has failed for good: its balance stays 0, and later contributions \
do not revive it. Success means that every withdrawal was paid; the target has a probability of its own.

Inflation is the same in every year, so a real amount is the nominal amount over `(1 + inflation)^(month / 12)`. \
Quantiles are exact and of type 7 (Hyndman and Fan, 1996). `success.standardError` is the noise of the sample; that \
the model itself may be wrong is in no number here.

The random numbers are a function of seed, path and month (xoshiro256++, Box-Muller): the answer is the same to the \
bit in every language, on every machine and at any number of threads, and more paths keep the first ones.

Limits: 1 to 1200 months, at most 10,000,000 paths, paths times reported months at most 100,000,000, 1000 flows, \
101 percentiles.";

const PATH: &str = "\
The path has the same balances, to the bit, as in `simulation.run`. Each row shows what the month's balance is made \
of: the flows and the return after fee.";
