//! Payoff planning over several debts.

use wherewithal::debt;

use crate::Operation;

const CONVENTIONS: &str = "Each month every debt is charged a twelfth of the annual rate in force on its opening \
    balance, rounded to the minor unit. Then every minimum payment is paid, and the rest of the budget goes to the \
    debts in the order of the strategy: what one debt no longer needs goes to the next in the same month. The \
    budget is spent in full every month until the last. No fees are charged and nothing new is borrowed. A \
    promotional rate holds for every month whose payment date is not after its end.\n\n\
    **Minimum payments**: `fixed`, `percentOfBalance` (a share of the opening balance, which is the last \
    statement's, but not less than the floor) and `percentPlusInterest` (a share of the opening balance plus the \
    month's interest, but not less than the floor). Where less is owed, what is owed. A minimum below the interest \
    lets the balance grow.\n\n\
    **Strategies**: `snowball`, the smallest balance at the start first; `avalanche`, the highest rate in force \
    first, month by month; `highestPayment`, the highest minimum payment of the first month first; `custom`, an \
    order of ids; `optimum`. Debts that a rule cannot tell apart are taken in the order of their ids. With every \
    strategy but the optimum, a larger budget in any month never costs more interest, not by one minor unit.\n\n\
    **The optimum** is sought among all ways to pay, each month, on every debt at least its minimum and at most \
    what is owed, and on all together at most the budget, in whole minor units, with the rounding above. `proof` \
    says what is proved of the plan that is returned:\n\n\
    - `lowerBound`: none of these ways costs less, with every rounding of interest in one's favour; `gap` is what \
      the plan costs above it;\n\
    - `unroundedLowerBound`: none would cost less if nothing were rounded;\n\
    - `status`: `exact` where the gap is zero; `exactUpToRounding` where the plan is no further above the \
      unrounded bound than rounding can bring it below, so that at best some minor units could be gained by \
      steering balances to where rounding favours them; `bounded` where the gap is wider.\n\n\
    The bounds hold by the duality of linear programming, whatever led to the plan; a branch and bound over the \
    months in which debts are repaid closes the gap. Its work is limited, to a second or a few; where it ends \
    before the gap is closed, the status is `bounded`. With rates that stay the same and minimum \
    payments that the interest does not exceed, the avalanche is the optimum up to rounding; promotional rates \
    that end change that.\n\n\
    **Baselines**: `minimumsOnly`, each minimum by its rule, and `fixedMinimums`, those of the first month \
    throughout; nothing more is paid when a debt is repaid. A baseline is null where a debt would still be owed \
    after 1,200 months.\n\n\
    A budget below the minimum payments of a month is `budget.below_minimums`; one that does not repay the \
    debts within 1,200 months is `payment.never_repays`.";

const TWO_CARDS_AND_A_CAR: &str = r#"{
  "firstPayment": "2026-02-01",
  "debts": [
    {"id": "visa", "name": "Visa", "balance": "4200", "annualRate": "0.2199",
     "minimumPayment": {"kind": "percentPlusInterest", "fraction": "0.01", "floor": "35"}},
    {"id": "store", "name": "Store card", "balance": "950", "annualRate": "0.2899",
     "minimumPayment": {"kind": "percentOfBalance", "fraction": "0.03", "floor": "25"}},
    {"id": "car", "name": "Car loan", "balance": "8600", "annualRate": "0.0649",
     "minimumPayment": {"kind": "fixed", "amount": "260"}, "paymentDay": 15}
  ],
  "budget": {"monthly": "600", "extraPayments": [{"month": 4, "amount": "500"}]},
  "strategy": {"kind": "snowball"}
}"#;

const PROMOTION_THAT_ENDS: &str = r#"{
  "firstPayment": "2026-02-01",
  "debts": [
    {"id": "transfer", "balance": "3000", "annualRate": "0.2899",
     "promotions": [{"until": "2026-07-31", "annualRate": "0"}],
     "minimumPayment": {"kind": "fixed", "amount": "30"}},
    {"id": "loan", "balance": "5000", "annualRate": "0.0849",
     "minimumPayment": {"kind": "fixed", "amount": "100"}}
  ],
  "budget": {"monthly": "600"},
  "strategy": {"kind": "optimum"}
}"#;

const COMPARISON: &str = r#"{
  "firstPayment": "2026-02-01",
  "debts": [
    {"id": "transfer", "balance": "3000", "annualRate": "0.2899",
     "promotions": [{"until": "2026-07-31", "annualRate": "0"}],
     "minimumPayment": {"kind": "fixed", "amount": "30"}},
    {"id": "loan", "balance": "5000", "annualRate": "0.0849",
     "minimumPayment": {"kind": "fixed", "amount": "100"}}
  ],
  "budget": {"monthly": "600"},
  "customOrder": ["transfer", "loan"]
}"#;

pub(in crate::operations) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "debt.payoff_plan",
            "The months in which several debts are repaid from one budget, by a strategy or at the least interest.",
            debt::payoff_plan,
        )
        .details(CONVENTIONS)
        .example("Two cards and a car, the smallest balance first", TWO_CARDS_AND_A_CAR)
        .example("A promotional rate that ends, at the least interest", PROMOTION_THAT_ENDS),
        Operation::new(
            "debt.payoff_compare",
            "All payoff strategies side by side, with the one that costs the least interest and why.",
            debt::payoff_compare,
        )
        .details(
            "Runs snowball, avalanche, highest payment, the custom order where one is given, and the optimum, and \
             holds each against the baselines. The winner is the simplest strategy that costs the least interest. \
             Conventions, strategies and the proof of the optimum are those of `debt.payoff_plan`.",
        )
        .example("A promotional rate that ends", COMPARISON),
    ]
}
