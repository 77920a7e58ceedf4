//! The entries of `risk`.

use wherewithal::risk;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "risk.measures",
            "The return, the risk and the risk-adjusted return of a series, alone and beside a benchmark.",
            risk::measures,
        )
        .details(MEASURES)
        .example(
            "A year of months beside an index",
            r#"{"returns": [-0.1, 0.05, 0.02, 0.01, -0.03, 0.04, 0.02, 0, 0.01, 0.03, -0.01, 0.02], "periodsPerYear": 12,
                "benchmark": [-0.08, 0.04, 0.03, 0.01, -0.04, 0.05, 0.01, 0.01, 0, 0.02, -0.02, 0.03], "riskFreeRate": 0.03}"#,
        )
        .example(
            "Nothing varies",
            r#"{"returns": [0.01, 0.01, 0.01], "periodsPerYear": 12, "annualizeShortSeries": true}"#,
        ),
        Operation::new(
            "risk.drawdowns",
            "The episodes in which a series stands below an earlier value: peak, trough, recovery, depth and length.",
            risk::drawdowns,
        )
        .details(DRAWDOWNS)
        .example(
            "A loss in the first month, and one that is still open",
            r#"{"returns": [-0.1, 0.05, 0.06, 0.02, -0.03], "startDate": "2025-12-31",
                "dates": ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]}"#,
        ),
        Operation::new(
            "risk.rolling",
            "A measure of a series over each window of a given length.",
            risk::rolling,
        )
        .details(ROLLING)
        .example(
            "The volatility of three months at a time",
            r#"{"measure": "volatility", "window": 3, "returns": [-0.1, 0.05, 0.02, 0.01, -0.03], "periodsPerYear": 12}"#,
        )
        .example(
            "The beta of three months at a time",
            r#"{"measure": "beta", "window": 3, "returns": [-0.1, 0.05, 0.02, 0.01, -0.03], "periodsPerYear": 12,
                "benchmark": [-0.08, 0.04, 0.03, 0.01, -0.04]}"#,
        ),
    ]
}

const MEASURES: &str = "\
Returns are simple returns of equal periods as fractions; losses, deviations and drawdowns are positive. A measure has a `value`, or null and the `reason` why it is undefined: never a silent zero or an infinity. How many periods a year has is an argument, because it cannot be known from the returns.

In the table, r are the n returns, f the return without risk of each period, e = r - f, b the benchmark, p `periodsPerYear`, m the minimum acceptable return of a period, s the standard deviation with `deviationDivisor`, S and K skewness and excess kurtosis of the population (divisor n).

| measure | definition |
|---|---|
| `cumulativeReturn` | the product of 1 + r, less 1 |
| `annualizedReturn` | that product to the power p / n, less 1; undefined (`underOneYear`) for less than a year, unless `annualizeShortSeries` |
| `meanReturn` | mean(r) p |
| `volatility` | s(r) √p |
| `downsideDeviation` | √(mean(min(r - m, 0)²) p): the mean is over all returns (Sortino and van der Meer 1991) |
| `semiVariance` | mean(min(r - mean(r), 0)²) p (Markowitz 1959) |
| `skewness`, `excessKurtosis` | as `momentEstimator` says (Joanes and Gill 1998) |
| `jarqueBera`, `jarqueBeraPValue` | x = n / 6 (S² + K² / 4), and exp(-x / 2), the upper tail of the chi-squared distribution with two degrees of freedom (Jarque and Bera 1980) |
| `sharpe` | mean(e) / s(e) √p (Sharpe 1994) |
| `sharpeStandardError` | √((1 + q² / 2) / n) √p, where q is the ratio of a period (Lo 2002) |
| `sharpeStandardErrorMertens` | √((1 + q² / 2 - S q + K q² / 4) / n) √p, with S and K of e (Mertens 2002) |
| `sortino` | (mean(r) - m) √p / √mean(min(r - m, 0)²) |
| `omega` | the sum of max(r - m, 0) over that of max(m - r, 0) (Keating and Shadwick 2002) |
| `kappa3` | (mean(r) - m) / mean(max(m - r, 0)³)^(1/3), of a period (Kaplan and Knowles 2004) |
| `gainToPain` | the sum of r over that of max(-r, 0) (Schwager 2012) |
| `tailRatio` | the size of the quantile at `confidence` over that of the one at 1 - `confidence` |
| `maximumDrawdown` | the greatest fall from a peak as a part of it; the value at the start is the first peak |
| `ulcerIndex` | the root of the mean squared drawdown after each return (Martin and McCann 1989) |
| `conditionalDrawdownAtRisk` | the mean of the deepest drawdowns after a return, as `expectedShortfall.historical` (Chekhlov, Uryasev and Zabarankin 2005) |
| `calmar` | `annualizedReturn` / `maximumDrawdown` (Young 1991, of the whole series) |
| `sterling` | `annualizedReturn` / (mean depth of the `sterlingDrawdowns` deepest episodes + `sterlingExcess`), with the traditional 10 % (Bacon 2008) |
| `burke` | (`annualizedReturn` - that of f) / √(sum of the squared depths of the `burkeDrawdowns` deepest episodes) (Burke 1994; Bacon 2008) |
| `martin` | (`annualizedReturn` - that of f) / `ulcerIndex` |
| `valueAtRisk` | `historical`: the negative of the quantile of r at 1 - `confidence`; `normal`: -(mean(r) + z s(r)), where z is the normal quantile; `cornishFisher`: with z + (z² - 1) S / 6 + (z³ - 3 z) K / 24 - (2 z³ - 5 z) S² / 36 for z |
| `expectedShortfall` | `historical`: the mean loss up to the place of that quantile; `normal`: d s(r) - mean(r), where d is the normal density at z over 1 - `confidence`; `cornishFisher`: (1 + z S / 6 + (z² - 1) K / 24 - (2 z² - 1) S² / 36) d s(r) - mean(r), the mean of that expansion over the tail |
| `beta` | cov(e, b - f) / var(b - f) |
| `alpha` | mean(e) - beta mean(b - f), of a year as `alphaConversion` says (Jensen 1968) |
| `rSquared` | the squared correlation of e and b - f |
| `mSquared` | (mean(e) / s(e) s(b) + mean(f)) p (Modigliani and Modigliani 1997) |
| `treynor` | mean(e) p / beta (Treynor 1965) |
| `trackingError`, `informationRatio` | s(r - b) √p; mean(r - b) / s(r - b) √p |
| `upCapture`, `downCapture` | the geometric mean of r over that of b, where b > 0 and where b < 0 |

A deviation below 10^-14 of the returns that it is computed from is rounding and counts as zero, and so does a covariance below 10^-14 of such returns times the deviations of the others; a drawdown of less than 10^-9 of the peak is none. The expansion of Cornish and Fisher is undefined (`invalidExpansion`) where it does not rise throughout the tail: then it orders no losses. A historical shortfall is never below its value at risk, because it is the mean of the returns up to the same place.

Other libraries have other defaults; the page `docs/RISK_MEASURES.md` lists them name by name.";

const DRAWDOWNS: &str = "\
An episode begins at a peak, the last period at whose end the series was at its highest value, and ends when the series is back there. The value at the start, period 0, is the first peak, so that a loss in the first period counts. An episode that has not ended is open: its recovery is null, and its length is that up to the end of the series.

The days of an episode are counted between the last days of periods; they are null without `dates`, and for an episode that begins at the start without `startDate`. What is missing to a peak counts from one part in 10^9 on, so that rounding neither begins an episode nor keeps one open; nor does it leave out an episode of exactly the minimum depth.";

const ROLLING: &str = "\
Each window has as many returns as `window` says, and a point for the period at which it ends. The measures are defined as in `risk.measures`, which gives the same values for the returns of one window, up to rounding; those that compare with a benchmark need one.

The time does not depend on the length of the window, and nothing of what has left a window remains in it as rounding: the sums of a window are joined from those of two blocks, and never subtracted (van Herk 1992; Chan, Golub and LeVeque 1983).";
