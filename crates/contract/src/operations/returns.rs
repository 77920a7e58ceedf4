//! The entries of `returns`.

use wherewithal::returns;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "returns.performance",
            "What a portfolio gained, as money and in percent: simple, Modified Dietz, time-weighted and money-weighted.",
            returns::performance,
        )
        .details(PERFORMANCE)
        .example(
            "Percent up, money down",
            r#"{"values": [{"date": "2025-01-01", "value": "1000"},
                           {"date": "2025-07-02", "value": "1100", "beforeFlows": true},
                           {"date": "2026-01-01", "value": "10450"}],
                "flows": [{"date": "2025-07-02", "amount": "9900"}]}"#,
        )
        .example(
            "A gain by what it came from",
            r#"{"values": [{"date": "2025-12-31", "value": "50000"}, {"date": "2026-12-31", "value": "54000"}],
                "flows": [{"date": "2026-04-01", "amount": "1200"}, {"date": "2026-09-15", "amount": "-700"}],
                "gainSources": [{"date": "2026-06-15", "kind": "income", "amount": "900"},
                                {"date": "2026-06-15", "kind": "withholding", "amount": "-135"},
                                {"date": "2026-12-31", "kind": "fees", "amount": "-250"}]}"#,
        ),
        Operation::new(
            "returns.attribution",
            "What made a portfolio do better or worse than its benchmark: allocation, selection and interaction by segment.",
            returns::attribution,
        )
        .details(ATTRIBUTION)
        .example(
            "Shares and bonds in two quarters",
            r#"{"periods": [
                {"segments": [
                    {"name": "shares", "portfolioWeight": 0.7, "portfolioReturn": 0.1, "benchmarkWeight": 0.6, "benchmarkReturn": 0.08},
                    {"name": "bonds", "portfolioWeight": 0.3, "portfolioReturn": 0.02, "benchmarkWeight": 0.4, "benchmarkReturn": 0.03}]},
                {"segments": [
                    {"name": "shares", "portfolioWeight": 0.65, "portfolioReturn": -0.05, "benchmarkWeight": 0.6, "benchmarkReturn": -0.04},
                    {"name": "bonds", "portfolioWeight": 0.25, "portfolioReturn": 0.01, "benchmarkWeight": 0.4, "benchmarkReturn": 0.015},
                    {"name": "gold", "portfolioWeight": 0.1, "portfolioReturn": 0.07, "benchmarkWeight": 0}]}]}"#,
        ),
        Operation::new(
            "returns.public_market_equivalent",
            "A private fund beside a public index: multiples, internal rate, Kaplan-Schoar, Long-Nickels, PME+ and direct alpha.",
            returns::public_market_equivalent,
        )
        .details(PUBLIC_MARKET_EQUIVALENT)
        .example(
            "A fund of four years",
            r#"{"flows": [{"date": "2022-03-31", "amount": "400000"}, {"date": "2023-03-31", "amount": "250000"},
                          {"date": "2024-09-30", "amount": "-180000"}, {"date": "2025-12-31", "amount": "-310000"}],
                "asOf": "2026-03-31", "netAssetValue": "420000", "commitment": "1000000", "missingLevel": "lastBefore",
                "index": [{"date": "2022-03-31", "level": 4530.41}, {"date": "2023-03-31", "level": 4109.31},
                          {"date": "2024-09-30", "level": 5762.48}, {"date": "2025-12-31", "level": 6600}]}"#,
        ),
        Operation::new(
            "returns.blended_benchmark",
            "The returns of a benchmark of several indexes, with weights that drift until they are restored, and a portfolio beside it.",
            returns::blended_benchmark,
        )
        .details(BLENDED_BENCHMARK)
        .example(
            "60 % shares and 40 % bonds, restored each quarter",
            r#"{"dates": ["2025-11-28", "2025-12-31", "2026-01-30"], "rebalancing": "quarterly", "components": [
                    {"name": "shares", "weight": 0.6, "returns": [0.021, -0.008, 0.034]},
                    {"name": "bonds", "weight": 0.4, "returns": [0.004, 0.002, -0.006]}],
                "portfolio": [0.015, -0.002, 0.02]}"#,
        ),
    ]
}

const PERFORMANCE: &str = "\
All amounts are in one currency. The gain is exact: the last value less the first, less what was put in, with what was taken out. The parts of the gain add up to it; the change of prices is what the stated parts leave.

| figure | definition |
|---|---|
| `simpleReturn` | the gain over the first value and what was put in |
| `averageCapital` | the first value, and each flow times the part of the time that it was in |
| `modifiedDietzReturn` | the gain over the average capital |
| return of a period | the same between two values |
| `timeWeightedReturn` | the product of 1 + the return of each period, less 1; periods without capital are left out and named in `warnings` |
| `moneyWeighted` | the return at which the first value, the flows and the last value balance, for the whole time and for a year, with every such rate and its residual |

A value is that at the end of its day, flows included, or that before the flows of its day (`beforeFlows`). With a value before each flow, the time-weighted return is the true one; between values, flows count by their days (Modified Dietz). `dayPolicy` says when in a day flows take place; the returns by the start and by the end of the day stand beside it in each period with flows. Flows of the money-weighted return count by the days between them, so by the default day count its annual rate is that of `time_value.xirr`.

Returns of less than a year are not stated for a year unless `annualization` asks for it. Where money was put in and nothing is left and nothing came back, the time-weighted return is -1, and the money-weighted one is undefined (`totalLoss`), because no rate a year makes that of it. Where flows balance at several rates, all are in `roots`, and none is chosen (`severalRates`).

Warnings name a period without capital (`noCapital`), flows from `largeFlow` times the value before them on (`largeFlow`), and a change above `jump` without a flow (`jump`).";

const ATTRIBUTION: &str = "\
Weights are those at the start of a period, and add up to 1 on both sides; returns are those over the period, as fractions. In the table, w and r are weight and return of a segment in the portfolio, v and b in the benchmark, and B is the return of the benchmark, or 0 by the model of Brinson, Hood and Beebower.

| effect | of a segment |
|---|---|
| `allocation` | (w - v) (b - B) |
| `selection` | v (r - b), or w (r - b) with `interaction` in it |
| `interaction` | (w - v) (r - b) |

They add up to the excess return of the period. Over several periods, each counts with a factor:

| `linking` | factor of period t |
|---|---|
| `carino` | k(t) / k of the whole, where k = (ln(1 + R) - ln(1 + B)) / (R - B), and 1 / (1 + B) if R = B |
| `menchero` | M + c (R(t) - B(t)), where M = ((R - B) / T) / ((1 + R)^(1/T) - (1 + B)^(1/T)) and c leaves no rest with the least sum of squares |
| `frongello` | the growth of the portfolio before t, times that of the benchmark after t |
| `sum` | 1, which leaves a `residual` |

A segment that one side does not hold may leave out its return there: that of the other side counts, and all of its effect is allocation.";

const PUBLIC_MARKET_EQUIVALENT: &str = "\
A flow is above zero if it was paid into the fund and below zero if the fund distributed it. Each is compounded with the index to `asOf`: times the level on that day over the level on its own. Rates are internal rates a year of 365 days; where several balance, there is none (`severalRates`).

| figure | definition |
|---|---|
| `dpi`, `rvpi`, `tvpi` | what was distributed, what is left, and both, over what was paid in |
| `pic` | what was paid in over the commitment |
| `kaplanSchoar` | compounded distributions and what is left, over compounded payments |
| `longNickels` | the index value is compounded payments less compounded distributions; the rate is that of the flows with it in place of what is left |
| `pmePlus` | the factor is compounded payments less what is left, over compounded distributions; the rate is that of the flows with distributions times the factor |
| `directAlpha` | the internal rate of the compounded flows at their own days, with what is left |";

const BLENDED_BENCHMARK: &str = "\
The benchmark starts with the stated weights. In each period, what is in a component earns its return, so the weights drift. They are restored at the start of a period by `rebalancing`: every one, or the first that ends in another month, quarter or year than the one before, or none.

`excess` compares the returns of a portfolio in the same periods: by the difference, in each period and over the whole time, and over the whole time also by the quotient, (1 + R) / (1 + B) - 1. What is left of nothing stays nothing.";
