//! The entries of `market`.

use wherewithal::{history, market};

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::long(
            "market.sample",
            "Draws paths from a market model and returns the statistics of their returns.",
            market::sample,
        )
        .details(MARKET_SAMPLE)
        .example(
            "Shares and bonds with inflation",
            r#"{"market": {"kind": "lognormal",
                "assetClasses": [{"name": "shares", "expectedReturn": 0.07, "volatility": 0.16},
                    {"name": "bonds", "expectedReturn": 0.035, "volatility": 0.06, "annualFee": 0.001}],
                "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6},
                "correlations": [[1, 0.15, -0.1], [0.15, 1, -0.2], [-0.1, -0.2, 1]]},
                "years": 30, "paths": 2000, "seed": 7, "shownPaths": 1}"#,
        )
        .example(
            "Good and bad times",
            r#"{"market": {"kind": "regimeSwitching", "transitions": [[0.97, 0.03], [0.15, 0.85]],
                "transitionsPerYear": 12, "regimes": [
                    {"name": "calm", "assetClasses": [{"name": "shares", "expectedReturn": 0.1, "volatility": 0.12}]},
                    {"name": "crisis", "assetClasses": [{"name": "shares", "expectedReturn": -0.1, "volatility": 0.28}]}]},
                "years": 20, "stepsPerYear": 12, "paths": 500, "seed": 7, "shownPaths": 0}"#,
        )
        .example(
            "Bonds and shares driven by yields",
            r#"{"market": {"kind": "vectorAutoregression", "inflationState": "inflation",
                "states": [{"name": "inflation", "mean": 0.025, "volatility": 0.01},
                    {"name": "bills", "mean": 0.035, "volatility": 0.012, "initial": 0.045},
                    {"name": "ten years", "mean": 0.042, "volatility": 0.009}],
                "coefficients": [[0.6, 0, 0], [0.2, 0.7, 0], [0.05, 0.1, 0.8]],
                "correlations": [[1, 0.4, 0.3, -0.1, 0, 0], [0.4, 1, 0.7, 0, 0, 0], [0.3, 0.7, 1, -0.2, 0, 0],
                    [-0.1, 0, -0.2, 1, 0, 0], [0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1]],
                "assetClasses": [{"kind": "premium", "name": "shares", "rateState": "bills", "premium": 0.045, "volatility": 0.17},
                    {"kind": "bond", "name": "bonds", "yieldState": "ten years", "duration": 8, "convexity": 80},
                    {"kind": "bond", "name": "bills", "yieldState": "bills", "duration": 0}]},
                "years": 20, "paths": 500, "seed": 7, "shownPaths": 1}"#,
        ),
        Operation::new(
            "market.nearest_correlation",
            "The correlation matrix nearest to a given one, which need not be positive semi-definite.",
            market::nearest_correlation_under,
        )
        .details(NEAREST_CORRELATION)
        .example(
            "Three inconsistent correlations",
            r#"{"correlations": [[1, 0.9, 0.7], [0.9, 1, -0.9], [0.7, -0.9, 1]]}"#,
        )
        .example("A matrix that needs no change", r#"{"correlations": [[1, 0.2], [0.2, 1]]}"#),
        Operation::short(
            "market.history",
            "The annual returns of stocks, bonds, bills and homes and the inflation of the United States from 1928 on.",
            history::history,
        )
        .details(HISTORY)
        .example("Everything", "{}")
        .example(
            "Stocks and Treasury bonds in the stagflation of the seventies",
            r#"{"firstYear": 1966, "lastYear": 1981, "assetClasses": ["largeStocks", "treasuryBonds"]}"#,
        ),
    ]
}

const NEAREST_CORRELATION: &str = "\
Correlations from several sources, rounded or changed by hand, need not be consistent: the matrix then has a negative eigenvalue, and some portfolio would have a negative variance. The result is the matrix with ones on its diagonal and no negative eigenvalue that is nearest to the given one in the Frobenius norm. It is unique. The method is that of Higham (2002), alternating projections with Dykstra's correction, to about 13 digits. A matrix with a smallest eigenvalue of zero or above, up to `1e-12` for each variable, is returned unchanged.

The market models repair their matrices in the same way, and report it.";

const MARKET_SAMPLE: &str = "\
Every simulation draws its returns from such a model; this operation shows its behaviour before it is used. The statistics are over all steps of all paths; `expectedMean` and `expectedStandardDeviation` are given in addition if the model has them in closed form.

**Annual and monthly.** Parameters are annual. In monthly steps a mean logarithmic return is divided by 12 and a \
volatility by the square root of 12; inflation keeps its annual rate, with `persistence^(1/12)` and shocks that preserve its long-run variance. The states of `vectorAutoregression`, the transitions of `regimeSwitching`, histories and given paths have a frequency of their own: an annual step consists of twelve of their months; a year of a regime is twelve monthly steps; other years cannot be divided into months.

**Fees** are charged evenly: a fee f multiplies the growth of a year by `1 - f`.

**Correlations** that are inconsistent are replaced by the nearest consistent ones (`market.nearest_correlation`), and `correlationRepairs` reports the replacement.

**Random numbers.** Each path has its own generator: xoshiro256++, its state being the Philox4x32-10 words of the path at \
the positions 2^32 - 1 and 2^32 - 2 under the seed, for the purpose 1. Two words give two standard normal numbers (Box-Muller). A step uses one for each asset class in order and one for inflation (state variables first in \
`vectorAutoregression`), multiplied by the lower triangular factor of the correlations. The common factor of `studentT` \
is drawn by the method of Marsaglia and Tsang (2000) for the purpose 16, the regimes from a generator for the purpose \
17. So a path depends only on the seed and its number. `antithetic`, `momentMatching` and `sobol` use the same numbers differently, or quasi-random ones (Joe and Kuo 2008, scrambled after Matoušek 1998, purpose 18).

Limits: 20 asset classes, 8 regimes, 10 state variables, 20,000 periods of history, 100 years.";

const HISTORY: &str = "\
Calendar years, nominal, before costs and taxes. The source of each series is in `sources`: A. Damodaran's table \"Historical Returns on Stocks, Bonds and Bills\" (New York University, January 2026), and R. Shiller's ratio of price to ten years' earnings in each January. `history` is the input of market models that draw from a history; the spending rule `capeBased` uses its `cape`.

`statistics` and `correlations` are the input of parametric models: `arithmeticMean` as `expectedReturn` with the \
arithmetic convention, `logVolatility` as `volatility`, and the correlations of logarithmic growth with inflation as the last row. The years are 1928 to 2025, at least two.

Bonds have a maturity of ten years: they are more volatile than the five-year notes, and less than the long corporate bonds, in studies of withdrawal rates. Real estate is a price index, without rent and maintenance, and much less volatile than the price of one house. The history of one country is a single sample, and a fortunate one.";
