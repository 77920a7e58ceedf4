"""The types of the contract that few operations use yet: unions and maps."""

from __future__ import annotations

from decimal import Decimal

import pytest

import wherewithal as ww
from wherewithal import _codec as codec
from wherewithal import _record as record


class Example(record.OneOf, tag="kind"):
    __slots__ = ()


class ExampleFixed(Example):
    __slots__ = __match_args__ = ("amount_paid",)
    kind = "fixed_amount"
    amount_paid: Decimal


class ExampleNothing(Example):
    __slots__ = __match_args__ = ()
    kind = "nothing"


RULE = record.UnionOf(Example)
RULES = codec.MapOf(RULE)
WIRE = {"a b": {"kind": "fixedAmount", "amountPaid": "1.50"}, "c": {"kind": "nothing"}}
RECORDS = {"a b": ExampleFixed(amount_paid="1.50"), "c": ExampleNothing()}


def test_records_of_a_union_go_there_and_back() -> None:
    assert RULES.decode(WIRE) == RECORDS
    assert RULES.encode(RECORDS) == WIRE
    assert RULES.encode({name: rule.to_dict() for name, rule in RECORDS.items()}) == WIRE
    assert RULES.encode(WIRE) == WIRE
    assert RECORDS["a b"].to_dict() == {"kind": "fixed_amount", "amount_paid": Decimal("1.50")}
    assert RULE.decode(WIRE["a b"]).kind == "fixed_amount"


def test_what_is_not_in_the_union_is_left_to_the_engine_or_refused() -> None:
    assert RULE.encode({"kind": "unheard", "x": 1}) == {"kind": "unheard"}
    for wire in ({"kind": "unheard"}, {}, [], None):
        with pytest.raises(ww.InvalidInput) as caught:
            RULES.decode({"a": wire})
        assert (caught.value.code, caught.value.path) == ("input.invalid", "a")
    with pytest.raises(ww.InvalidInput) as caught:
        RULES.decode({"a": {"kind": "fixedAmount", "amountPaid": "x"}})
    assert (caught.value.code, caught.value.path) == ("decimal.malformed", "a.amountPaid")


@pytest.mark.parametrize(
    ("kind", "wire"),
    [
        (codec.INTEGER, 1.0),
        (codec.INTEGER, True),
        (codec.NUMBER, "1"),
        (codec.BOOLEAN, 0),
        (codec.TEXT, 1),
        (codec.DATE, 20260101),
        (codec.DECIMAL, True),
        (codec.ListOf(codec.NUMBER), {}),
        (codec.MapOf(codec.NUMBER), []),
        (codec.Choice(["a_b"]), "a_b"),
    ],
)
def test_a_value_of_another_type_is_refused(kind: codec.Codec, wire: object) -> None:
    with pytest.raises(ww.InvalidInput) as caught:
        kind.decode(wire)
    assert caught.value.code == "input.invalid"


@pytest.mark.parametrize(("wire", "code"), [("20260131", "date.malformed"), ("2026-02-30", "date.malformed")])
def test_a_date_that_is_none_is_refused(wire: str, code: str) -> None:
    with pytest.raises(ww.InvalidInput) as caught:
        codec.DATE.decode(wire)
    assert caught.value.code == code


def test_a_binary_number_is_a_decimal_only_where_that_is_certain() -> None:
    assert codec.DECIMAL.decode(0.065) == Decimal("0.065")
    assert codec.DECIMAL.decode(1e22) == Decimal(10) ** 22
    with pytest.raises(ww.InvalidInput) as caught:
        codec.DECIMAL.decode(0.1 + 0.2)
    assert caught.value.code == "decimal.inexact"
