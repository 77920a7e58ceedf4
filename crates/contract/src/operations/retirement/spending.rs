//! The entries of `simulation` about spending in retirement.

use wherewithal::retirement;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::short(
            "retirement.spending_path",
            "Applies a spending rule to given returns, year by year, and reports its decisions and their reasons.",
            retirement::spending_path,
        )
        .details(SPENDING_PATH)
        .example(
            "Guyton and Klinger's rules in a bad start",
            r#"{"policy": {"rule": {"kind": "guytonKlinger", "initialRate": 0.055}},
                "initialPortfolio": 1000000, "firstAge": 65,
                "years": [{"portfolioReturn": -0.18, "inflation": 0.04}, {"portfolioReturn": -0.1, "inflation": 0.05},
                          {"portfolioReturn": 0.22, "inflation": 0.03}, {"portfolioReturn": 0.3, "inflation": 0.02},
                          {"portfolioReturn": 0.12, "inflation": 0.02}, {"portfolioReturn": 0.08, "inflation": 0.02}]}"#,
        )
        .example(
            "Essential spending and a share of the rest, with a pension from the second year on",
            r#"{"policy": {"rule": {"kind": "dynamicSpending", "rate": 0.03}, "essentialSpending": 24000,
                           "maximumSpending": 80000},
                "initialPortfolio": 900000, "firstAge": 66,
                "years": [{"portfolioReturn": 0.05, "inflation": 0.02},
                          {"portfolioReturn": -0.12, "inflation": 0.03, "otherIncome": 20000},
                          {"portfolioReturn": 0.09, "inflation": 0.025, "otherIncome": 20600}]}"#,
        )
        .example(
            "Amortization of a portfolio and of a later pension",
            r#"{"policy": {"rule": {"kind": "amortization", "expectedRealReturn": 0.03, "spendingTilt": -0.01}},
                "initialPortfolio": 500000, "firstAge": 92,
                "years": [{"portfolioReturn": 0.04}, {"portfolioReturn": 0.01, "otherIncome": 15000},
                          {"portfolioReturn": 0.06, "otherIncome": 15000}]}"#,
        ),
        Operation::short(
            "retirement.fund_withdrawal",
            "The sales that pay for a year's withdrawal, by the portfolio management rule of Guyton and Klinger.",
            retirement::fund_withdrawal,
        )
        .details(FUND_WITHDRAWAL)
        .example(
            "Stocks above their target",
            r#"{"withdrawal": 40000, "classes": [
                {"name": "stocks", "role": "equity", "balance": 650000, "targetWeight": 0.6, "lastReturn": 0.2},
                {"name": "bonds", "role": "fixedIncome", "balance": 300000, "targetWeight": 0.3, "lastReturn": 0.02},
                {"name": "cash", "role": "cash", "balance": 50000, "targetWeight": 0.1, "lastReturn": 0.01}]}"#,
        ),
    ]
}

const SPENDING_PATH: &str = "\
Cash flows occur at the start of a year: the policy sets the spending, other income and the portfolio pay it as far as possible, and the rest of the portfolio earns the year's return. Inflation of a year raises prices from the next year on; a rule that depends on last year's return or inflation uses those of the previous year.

A policy consists of a rule, of essential spending that is paid in any case, and of bounds on the total. Essential spending is paid from other income first; the rule applies to the rest of income and portfolio.

| rule | the first year | later years |
|---|---|---|
| `constantReal` | an amount | the same in real terms |
| `constantRealWithdrawal` | a share of the portfolio | the same in real terms |
| `percentOfPortfolio` | a share | the same share |
| `floorAndCeiling` | a share | the same share, within bounds around the first year's real amount |
| `dynamicSpending` | a share | the same share, within bounds around last year's real amount |
| `guytonKlinger` | a share | last year's with inflation, skipped, cut or raised by the decision rules |
| `variablePercentage` | the payment that uses up the portfolio by an age | the same, recomputed |
| `riskGuardrails` | the spending with the target probability of success | the same in real terms while the probability stays in a band |
| `ratchet` | a share | the same in real terms, raised when the portfolio is far above its start |
| `requiredDistribution` | the portfolio over a divisor | the same |
| `capeBased` | a share that rises with the earnings yield of stocks | the same |
| `amortization` | the payment that portfolio and later income can sustain | the same, recomputed |

`constantReal`, `amortization` and `riskGuardrails` set the total spending, which other income pays in part; the others set the withdrawal from the portfolio, and other income is spent in addition.

`triggers` lists the parts of a rule that changed a year's spending. The fourth rule of Guyton and Klinger, about sales, is `retirement.fund_withdrawal`.

Limits: 1 to 200 years, amounts up to 10^15.";

const FUND_WITHDRAWAL: &str = "\
An equity class with a positive return and a share of the portfolio above its target is sold down to the target. The withdrawal is paid, in this order, from

1. these sales,
2. fixed income above its target,
3. cash,
4. the rest of fixed income,
5. the rest of equities, the best return of the previous year first.

So an equity class with a loss is sold only when everything else is used up. The rest of the sales becomes cash, in the first class of cash; without one it stays invested. Within one step classes are used in the order of the list.";
