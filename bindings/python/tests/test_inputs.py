"""The types accepted for each kind of value, and their conversion."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import math
from collections import ChainMap, OrderedDict
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wherewithal as ww

LOAN = {"principal": "400000", "annual_rate": "0.065", "term_months": 360, "first_payment": "2026-01-01"}
RETURNS = [[0.1, 0.1], [0.1, 0.2], [-0.3, 0.05]]


def history(returns: Any) -> ww.types.MarketHistory:
    return ww.types.MarketHistory(asset_classes=["a", "b"], periods_per_year=1, returns=returns)


@dataclasses.dataclass
class Terms:
    principal: Decimal
    annual_rate: float
    term_months: int
    first_payment: datetime.date


class Months(enum.IntEnum):
    THIRTY_YEARS = 360


@pytest.mark.parametrize(
    "whole",
    [
        LOAN,
        OrderedDict(LOAN),
        MappingProxyType(LOAN),
        ChainMap({"term_months": Months.THIRTY_YEARS}, LOAN),
        pd.Series(LOAN),
        {"principal": "400000", "annualRate": "0.065", "termMonths": 360, "firstPayment": "2026-01-01"},
        Terms(Decimal(400_000), 0.065, 360, datetime.date(2026, 1, 1)),
        ww.types.Loan(**LOAN),
    ],
    ids=lambda whole: type(whole).__name__,
)
def test_a_whole_input_may_be_anything_with_names(whole: Any) -> None:
    assert ww.debt.amortize(whole) == ww.debt.amortize(**LOAN)
    shorter = ww.debt.amortize(whole, term_months=180)
    assert len(shorter.schedule) == 180


@pytest.mark.parametrize(
    "returns",
    [
        RETURNS,
        tuple(map(tuple, RETURNS)),
        np.array(RETURNS),
        np.array(RETURNS).astype(np.float64)[::1],
        [np.array(row) for row in RETURNS],
        pd.DataFrame(RETURNS).to_numpy(),
        [pd.Series(row) for row in RETURNS],
        [pl.Series(row) for row in RETURNS],
        pd.DataFrame(RETURNS, columns=["a", "b"]),
        pl.DataFrame(RETURNS, schema=["a", "b"], orient="row"),
        (row for row in RETURNS),
        [[Decimal(str(value)) for value in row] for row in RETURNS],
    ],
    ids=lambda returns: type(returns).__name__,
)
def test_a_list_may_be_anything_that_is_visited(returns: Any) -> None:
    assert history(returns).returns == RETURNS


def test_a_frame_is_a_list_of_records() -> None:
    flows = {"date": [datetime.date(2026, 2, 1), datetime.date(2026, 3, 1)], "amount": [510.0, 510.5]}
    advances = [{"date": "2026-01-01", "amount": 1000}]

    def rate(payments: Any) -> Any:
        return ww.debt.annual_percentage_rate(advances=advances, payments=payments)

    expected = rate([{"date": "2026-02-01", "amount": "510"}, {"date": "2026-03-01", "amount": "510.5"}])
    assert rate(pd.DataFrame(flows).astype({"date": "datetime64[s]"})) == expected
    assert rate(pl.DataFrame(flows)) == expected
    with pytest.raises(ww.InvalidInput) as raised:
        rate(pd.DataFrame(flows | {"amount": [510, "x"]}))
    assert (raised.value.code, raised.value.path) == ("decimal.malformed", "payments[1].amount")


def test_a_column_of_a_table_is_a_list() -> None:
    schedule = ww.debt.amortize(**LOAN).schedule
    days = ww.types.Calendar(closures=schedule["date"][:3])
    expected = [datetime.date(2026, month, 1) for month in (1, 2, 3)]
    assert days.closures == expected
    series = schedule.to_pandas()["date"][:3]
    for dates in (series, series.to_numpy(), pd.DatetimeIndex(series), pl.Series(expected)):
        assert ww.types.Calendar(closures=dates).closures == expected


@pytest.mark.parametrize(
    "number", [np.float32(0.25), np.float64(0.25), Decimal("0.25"), 0.25, np.array(0.25)]
)
def test_a_number_may_come_from_any_library(number: Any) -> None:
    assert ww.types.SpendingRulePercentOfPortfolio(rate=number).rate == 0.25


@pytest.mark.parametrize("count", [360, np.int64(360), np.uint8(24), np.array(12), Months.THIRTY_YEARS])
def test_a_count_may_come_from_any_library(count: Any) -> None:
    assert ww.types.Loan(**LOAN | {"term_months": count}).term_months == int(count)


def test_a_decimal_of_any_length_stays_exact() -> None:
    long = "12345678901234567890.12345678"
    assert ww.types.Loan(**LOAN | {"principal": Decimal(long)}).principal == Decimal(long)
    assert ww.types.Loan(**LOAN | {"principal": 2**70}).principal == 2**70
    with pytest.raises(ww.InvalidInput) as caught:
        ww.types.Loan(**LOAN | {"principal": 10**40})
    assert (caught.value.code, caught.value.path) == ("decimal.overflow", "principal")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (object, "type <class 'object'>"),
        (Fraction(1, 3), "Fraction"),
        (1 + 2j, "complex"),
        (pd.NA, "NAType <NA>"),
    ],
)
def test_what_stands_for_no_value_is_refused_in_the_words_of_the_decoder(value: Any, found: str) -> None:
    with pytest.raises(ww.InvalidInput) as caught:
        ww.debt.amortize(**LOAN | {"term_months": value})
    assert (caught.value.code, caught.value.path) == ("input.invalid", "term_months")
    assert caught.value.message.startswith("expected a whole number from ")
    assert f", got {found}" in caught.value.message


def test_what_is_left_out_has_its_default() -> None:
    loan = ww.types.Loan(**LOAN)
    assert (loan.currency, loan.extra_monthly_payment, loan.payment) == ("USD", Decimal(0), None)
    assert ww.types.Loan(**LOAN, rounding=None, payment=None) == loan
    assert ww.debt.amortize(**LOAN, rounding=None) == ww.debt.amortize(loan)


@pytest.mark.parametrize(
    ("returns", "code", "path"),
    [
        ([[0.1, math.nan], [0.1, 0.2]], "number.not_finite", "returns[0][1]"),
        (np.array([[0.1, math.inf], [0.1, 0.2]]), "number.not_finite", "returns[0][1]"),
        ([[0.1, 0.1], [0.1, "x"]], "input.invalid", "returns[1][1]"),
        ([[0.1, 0.1], 0.2], "input.invalid", "returns[1]"),
        ([[0.1, 0.1], [0.2, object()]], "input.invalid", "returns[1][1]"),
        ("0.1", "input.invalid", "returns"),
        (b"0.1", "input.invalid", "returns"),
        ({"a": 0.1}, "input.invalid", "returns"),
        (np.array(0.1), "input.invalid", "returns"),
    ],
)
def test_a_list_that_is_wrong_says_where(returns: Any, code: str, path: str) -> None:
    with pytest.raises(ww.WherewithalError) as raised:
        history(returns)
    assert (raised.value.code, raised.value.path) == (code, path)
    market = {
        "kind": "historical_cohorts",
        "history": {"asset_classes": ["a", "b"], "periods_per_year": 1, "returns": returns},
    }
    with pytest.raises(ww.WherewithalError) as raised:
        ww.simulation.portfolio(
            initial_balance=1.0, years=1, market=market, allocation={"kind": "fixed", "weights": [0.5, 0.5]}
        )
    assert (raised.value.code, raised.value.path) == (code, f"market.history.{path}")


def test_an_engines_error_is_spelled_as_here() -> None:
    with pytest.raises(ww.InvalidInput) as raised:
        ww.debt.amortize(**LOAN, extra_monthly_payment="-1")
    assert raised.value.path == "extra_monthly_payment"
    with pytest.raises(ww.InvalidInput) as raised:
        ww.simulation.portfolio(
            initial_balance=1.0,
            years=1,
            market={"kind": "historical_cohorts", "history": history([[0.1, 0.1], [0.1, -1.0]])},
            allocation={"kind": "fixed", "weights": [0.5, 0.5]},
        )
    assert (raised.value.code, raised.value.path) == ("rate.out_of_range", "market.history.returns[1][1]")


def test_a_value_that_contains_itself_is_refused() -> None:
    rule: dict[str, Any] = {"kind": "fixed", "weights": []}
    rule["weights"].append(rule["weights"])
    with pytest.raises(ww.InvalidInput):
        ww.simulation.portfolio(initial_balance=1.0, years=1, market={}, allocation=rule)


def test_an_exception_of_the_callers_own_code_is_his() -> None:
    class Broken(Exception):
        pass

    def returns() -> Any:
        yield [0.1, 0.1]
        raise Broken

    with pytest.raises(Broken):
        history(returns())


def test_records_of_another_type_are_refused() -> None:
    with pytest.raises(ww.InvalidInput) as raised:
        ww.debt.amortize(ww.types.SpendingRulePercentOfPortfolio(rate=0.04))
    assert raised.value.code == "input.unknown_field"


def test_an_optional_field_keeps_false() -> None:
    expense = ww.types.Expense(id="a", name="A", kind="other", amount=1, frequency="monthly", essential=False)
    assert expense.essential is False
    assert '"essential":false' in expense.to_json()
    assert expense.replace(amount=2).essential is False
    assert ww.types.Expense.from_dict(expense.to_dict()).essential is False
