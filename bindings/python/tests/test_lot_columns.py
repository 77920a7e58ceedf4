"""Tax lots from columns."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wherewithal as ww

DAYS = ["2024-01-10", "2024-02-01", "2025-03-20", "2025-03-25", "2025-06-02"]
KINDS = ["buy", "buy", "sell", "reinvest", "sell"]
QUANTITIES = [1_000, 2_505, 1_500, 100, 800]
PRICES = [5_000, 5_500, 4_500, 4_400, 6_000]
FEES = [100, 0, 99, 0, 0]
ACCOUNTS = [{"id": "broker", "treatment": "taxable"}, {"id": "roth", "treatment": "tax_free"}]


def events() -> list[dict[str, Any]]:
    found = []
    for day, kind, quantity, price, fees in zip(DAYS, KINDS, QUANTITIES, PRICES, FEES):
        event: dict[str, Any] = {"kind": kind, "date": day, "security": "security"}
        event["quantity"] = Decimal(quantity).scaleb(-2)
        if kind == "reinvest":
            event["amount"] = event["quantity"] * Decimal(price).scaleb(-2)
        else:
            event |= {"price": Decimal(price).scaleb(-2), "fees": Decimal(fees).scaleb(-2)}
        found.append(event)
    return found


def columns(**changes: Any) -> ww.LotColumns:
    given = {"date": DAYS, "kind": KINDS, "quantity": QUANTITIES, "price": PRICES, "fees": FEES}
    return ww.lot_columns(**{"quantity_places": 2, **given, **changes})


@pytest.mark.parametrize("jurisdiction", ["united_states", "none"])
@pytest.mark.parametrize("method", ["fifo", "lifo", "hifo", "lofo"])
def test_the_rows_are_those_of_the_book(jurisdiction: str, method: str) -> None:
    rules = {"jurisdiction": jurisdiction, "method": method}
    expected = ww.lots.book(events=events(), rules=rules)
    found = columns(rules=rules)
    sold = found.disposals
    assert sold["event"].tolist() == [row.event for row in expected.disposals]
    for column, field in [("proceeds", "proceeds"), ("cost", "cost"), ("disallowed_loss", "disallowed_loss")]:
        assert [Decimal(int(value)).scaleb(-2) for value in sold[column]] == [
            getattr(row, field) for row in expected.disposals
        ]
    quantities = [Decimal(int(quantity)).scaleb(-2) for quantity in sold["quantity"]]
    assert quantities == [row.quantity for row in expected.disposals]
    assert [found.terms[term] for term in sold["term"]] == [row.term for row in expected.disposals]
    assert [found.rules[rule] for rule in sold["rule"]] == [row.rule for row in expected.disposals]
    parts = zip(sold["lot"], sold["part"])
    assert [f"#{lot}#{part}" if part else f"#{lot}" for lot, part in parts] == [
        row.lot for row in expected.disposals
    ]
    assert [Decimal(int(cost)).scaleb(-2) for cost in found.lots["cost"]] == [
        row.total_cost for row in expected.lots
    ]
    since = [row.held_since or row.acquisition_date for row in expected.lots]
    assert found.lots["held_since"].tolist() == since
    assert len(found.wash_sales["lot"]) == len(expected.wash_sales)
    assert [year["year"] for year in found.years] == [row.year for row in expected.years]
    gains = [Decimal(year["long_term"]["gain"]) for year in found.years]
    assert gains == [row.long_term.gain for row in expected.years]


def test_columns_come_from_numpy_pandas_and_polars() -> None:
    expected = columns().disposals["cost"].tolist()
    numbers = {"kind": [0, 0, 1, 2, 1], "quantity": QUANTITIES, "price": PRICES, "fees": FEES}
    for column in [np.array, pd.Series, pl.Series]:
        changes = {name: column(values) for name, values in numbers.items()}
        found = columns(date=column(np.array(DAYS, "datetime64[D]")), **changes)
        assert found.disposals["cost"].tolist() == expected
    bytes_of_kinds = np.array(numbers["kind"], "uint8")
    assert columns(kind=bytes_of_kinds).disposals["cost"].tolist() == expected
    strided = np.array([QUANTITIES, QUANTITIES]).T[:, 0]
    assert columns(quantity=strided).disposals["cost"].tolist() == expected


def test_accounts_and_securities_are_places_in_their_lists() -> None:
    securities = [{"id": "A"}, {"id": "B", "kind": "digital_asset"}]
    found = columns(account=[1, 1, 1, 1, 1], security=[1] * 5, accounts=ACCOUNTS, securities=securities)
    assert found.years == []
    assert len(found.disposals["event"]) == 3


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"quantity": [1000, 2505, 9000, 100, 800]}, "quantity.exceeds_held", "events[2].quantity"),
        ({"quantity": [10.5] * 5}, "input.invalid", "quantity[0]"),
        ({"quantity": np.array([10.5] * 5)}, "input.invalid", "quantity"),
        ({"quantity": np.ma.array(QUANTITIES, mask=[0, 0, 1, 0, 0])}, "input.invalid", "quantity"),
        ({"fees": np.array([0, 0, 2**64 - 1, 0, 0], "uint64")}, "input.invalid", "fees[2]"),
        ({"kind": ["buy", "give", "sell", "sell", "sell"]}, "input.invalid", "kind[1]"),
        ({"kind": np.array([0, 0, 7, 0, 0], "uint8")}, "input.invalid", "kind[2]"),
        ({"amount": PRICES}, "input.invalid", "amount"),
        ({"price": None}, "input.invalid", "price"),
        ({"fees": [0]}, "list.length_mismatch", "fees"),
        ({"sequence": [0, 0, 0, 0, -1]}, "input.invalid", "sequence[4]"),
        ({"account": [2] * 5, "accounts": ACCOUNTS}, "name.unknown", "account[0]"),
        ({"rules": {"method": "best"}}, "input.invalid", "rules.method"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], code: str, path: str) -> None:
    with pytest.raises(ww.WherewithalError) as caught:
        columns(**changes)
    assert (caught.value.code, caught.value.path) == (code, path)
