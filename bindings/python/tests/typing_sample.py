"""A program that uses the package, for type checkers; checked, never run."""

import datetime
from decimal import Decimal
from typing import Any, assert_type

import numpy as np
import numpy.typing as npt

import wherewithal as ww

loan = ww.debt.amortize(
    principal=Decimal(400_000), annual_rate="0.065", term_months=360, first_payment=datetime.date(2026, 1, 1)
)
assert_type(loan, ww.types.Amortization)
assert_type(loan.payment, Decimal)
assert_type(loan.schedule[0], ww.types.AmortizationRow)
assert_type(loan.schedule[1:3]["interest"], ww.Column[Decimal])
assert_type(loan.schedule["number"][0], int)


def first_balance(table: ww.Table[ww.types.AmortizationRow]) -> Decimal:
    assert_type(table["balance"], ww.Column[Any])
    return table[0].balance


first_balance(loan.schedule[1:3])
assert_type([row.date for row in loan.schedule], list[datetime.date])

ww.debt.amortize(principal="1", annual_rate=0, term_months=1, first_payment="2026-01-01", rounding="sideways")  # type: ignore[call-overload]
ww.debt.amortize(principal="1", annual_rate=0, term_months=1)  # type: ignore[call-overload]

household = ww.Household.from_file("household.json")
assert_type(household, ww.types.Household)
ww.net_worth.statement(household)
ww.plan.build(household, paths=1000, on_progress=lambda done, total: done < total)

plan = ww.types.RetirementPlan.from_file("plan.json")
assert_type(ww.retirement.run(plan), ww.types.RetirementResult)
ww.retirement.run(plan, paths=1000, on_progress=lambda done, total: None)
ww.retirement.run(household)  # type: ignore[call-overload]
ww.plan.build(ww.types.PlanInput(household=household, paths=1000))
ww.plan.build()  # type: ignore[call-overload]

rule: ww.types.SpendingRule = ww.types.SpendingRulePercentOfPortfolio(rate=0.04)
if isinstance(rule, ww.types.SpendingRulePercentOfPortfolio):
    assert_type(rule.rate, float)
match loan.schedule[0]:
    case ww.types.AmortizationRow(number, date):
        assert_type((number, date), tuple[int, datetime.date])
ww.debbt  # type: ignore[attr-defined]
ww.types.Lone  # type: ignore[attr-defined]

rates: npt.NDArray[np.float64] = np.array([0.01, 0.02])
assert_type(ww.pmt(0.01, 12, 1000), float)
assert_type(ww.pmt(rates, 12, 1000), npt.NDArray[np.float64])
assert_type(ww.arrays.fv([0.01], 12, -1, 0), list[Any])
assert_type(ww.xirr(["2024-01-01", "2025-01-01"], [-100.0, 110.0]), float)
assert_type(ww.amortize_batch("400000", 0.065, 360).places, int)
assert_type(ww.lot_columns(["2024-01-01"], ["buy"], [1], amount=[100]), ww.LotColumns)
ww.xirr(["2024-01-01"], [1.0], day_count="lunar")  # type: ignore[call-overload]

try:
    ww.irr([1.0])
except ww.NoSolution as error:
    assert_type(error.code, str)
