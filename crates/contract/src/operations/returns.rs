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
| `moneyWeighted` | the rate a year at which the first value, the flows and the last value balance, as `time_value.xirr` has it, with every such rate and its residual; and the same for the whole time |

A value is that at the end of its day, flows included, or that before the flows of its day (`beforeFlows`). With a value before each flow, the time-weighted return is the true one; between values, flows count by their days (Modified Dietz). `dayPolicy` says when in a day flows take place; the returns by the start and by the end of the day stand beside it in each period with flows. Flows of the money-weighted return count by their dates.

Returns of less than a year are not stated for a year unless `annualization` asks for it. Where money was put in and nothing is left and nothing came back, the time-weighted return is -1, and the money-weighted one is undefined (`totalLoss`), because no rate a year makes that of it. Where flows balance at several rates, all are in `rates`, and none is chosen (`severalRates`).

Warnings name a period without capital (`noCapital`), flows from `largeFlow` times the value before them on (`largeFlow`), and a change above `jump` without a flow (`jump`).";
