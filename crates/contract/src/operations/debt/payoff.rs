//! The entries of payoff plans for several debts.

use wherewithal::debt;

use crate::Operation;

const CONVENTIONS: &str = "Each month every debt is charged interest on its opening balance, rounded to the minor unit: \
    a twelfth of the annual rate in force, or, with `interest`, a 365th for each day since the last payment date, compounded each day or not at all within the month. Then every minimum payment is paid, and the rest of the budget goes to the debts in the order of the strategy: money left after one debt is repaid goes to the next in the same month. The budget is spent in full every month until the last. There are no fees and no new borrowing. A promotional rate applies to every month with a payment date not after its end.\n\n\
    **Minimum payments**: `fixed`, `percentOfBalance` (a share of the opening balance, which is the last \
    statement's, but not less than the floor) and `percentPlusInterest` (a share of the opening balance plus the \
    month's interest, but not less than the floor). With a step in `rounding`, the share is rounded to whole dollars, say: 2 % of 2,230 is 44.60, so 45. No minimum exceeds the balance. With a minimum below the interest, the balance grows.\n\n\
    **Deferred interest** (`deferredInterest`, \"same as cash\"): up to the end of the promotion, each month's interest is rounded and set aside, not charged. If the debt is owed after the last payment up to the end, all of it is charged with the next month's interest; no minimum payment asks for it. The optimum weighs keeping each promotion against missing it, and its bounds hold for all combinations.\n\n\
    **Strategies**: `snowball`, the smallest balance at the start first; `avalanche`, the highest rate in force \
    first, month by month; `highestPayment`, the highest minimum payment of the first month first; `custom`, an \
    order of ids; `optimum`. Ties are broken by the order of ids. With every strategy but the optimum, a larger budget in any month never costs more interest, not by one minor unit, unless minimum payments are rounded to a step.\n\n\
    **The optimum** is the best of all ways to pay, each month, on every debt at least its minimum and at most its balance, and on all together at most the budget, in whole minor units, with the rounding above. `proof` states what is proved about the returned plan:\n\n\
    - `lowerBound`: no plan costs less, even with every rounding of interest in the borrower's favour; `gap` is the cost of the plan above it;\n\
    - `unroundedLowerBound`: no plan would cost less without any rounding;\n\
    - `status`: `exact` if the gap is zero; `exactUpToRounding` if the plan is above the unrounded bound by no more than rounding can make up, so that at best another plan could save some minor units through favourable rounding; `bounded` if the gap is larger.\n\n\
    The bounds follow from the duality of linear programming, regardless of how the plan was found; a branch and bound over the months in which debts are repaid closes the gap. Its work is limited, to a few seconds at most; if it ends before the gap is closed, the status is `bounded`. With constant rates and minimum payments that cover the interest, the avalanche is the optimum up to rounding; with promotions it need not be.\n\n\
    **Baselines**: `minimumsOnly`, each minimum by its rule, and `fixedMinimums`, those of the first month throughout; money freed by a repaid debt is not used. A baseline is null if a debt would still be open after 1,200 months.\n\n\
    The error is `budget.below_minimums` for a budget below the minimum payments of a month, and `payment.never_repays` for one that does not repay the debts within 1,200 months.";

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

const DEFERRED_INTEREST: &str = r#"{
  "firstPayment": "2026-02-01",
  "debts": [
    {"id": "sofa", "balance": "1500", "annualRate": "0.2999",
     "deferredInterest": {"until": "2026-07-01", "accrued": "112.40"},
     "minimumPayment": {"kind": "fixed", "amount": "40"}},
    {"id": "card", "balance": "4000", "annualRate": "0.2199",
     "minimumPayment": {"kind": "percentPlusInterest", "fraction": "0.01", "floor": "35"}}
  ],
  "budget": {"monthly": "450"},
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
            "The payoff of several debts from one budget, month by month, by a strategy or at the least interest.",
            debt::payoff_plan_under,
        )
        .details(CONVENTIONS)
        .example("Two cards and a car, the smallest balance first", TWO_CARDS_AND_A_CAR)
        .example("A promotional rate that ends, at the least interest", PROMOTION_THAT_ENDS)
        .example("A sofa that is free of interest if it is repaid by July", DEFERRED_INTEREST),
        Operation::new(
            "debt.payoff_compare",
            "All payoff strategies side by side, with the one that costs the least interest and why.",
            debt::payoff_compare_under,
        )
        .details(
            "Runs snowball, avalanche, highest payment, the custom order if one is given, and the optimum, and compares each with the baselines. The winner is the simplest strategy that costs the least interest. \
             Conventions, strategies and the proof of the optimum are those of `debt.payoff_plan`.",
        )
        .example("A promotional rate that ends", COMPARISON),
    ]
}
