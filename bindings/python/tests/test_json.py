"""The writer of JSON, held against Python's own."""

from __future__ import annotations

import json
import math
import random
import struct
from typing import Any

import pytest

import wherewithal as ww
from wherewithal import _native


def a_number(source: random.Random) -> float:
    """Any finite double: bits at random, so that every size is as likely."""
    number: float = struct.unpack("<d", source.randbytes(8))[0]
    return number if math.isfinite(number) else 0.1


def a_value(source: random.Random, levels: int) -> Any:
    kind = source.randrange(9 if levels else 6)
    if kind == 0:
        return source.choice([None, True, False])
    if kind == 1:
        return source.randrange(-(2**63), 2**63)
    if kind <= 3:
        return a_number(source)
    if kind <= 5:
        return "".join(chr(source.choice([source.randrange(0xD800), 34, 92, 10, 0x1F600])) for _ in range(5))
    items = [a_value(source, levels - 1) for _ in range(source.randrange(5))]
    return items if kind == 6 else {f"{index} \"'é{kind}": item for index, item in enumerate(items)}


def test_what_is_written_reads_back_the_same() -> None:
    source = random.Random(1)
    for _ in range(5000):
        value = a_value(source, 4)
        written = _native.dumps(value)
        assert written is not None
        # The text of numbers tells -0.0 from 0.0 and 1.0 from 1.
        assert json.dumps(json.loads(written)) == json.dumps(value)


class Name(str):
    pass


DEEP: list[Any] = []
for _ in range(200):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        2**63,
        -(2**63) - 1,
        {1: 2},
        {1},
        (1, 2),
        Name("a"),
        "\ud800",
        {"\ud800": 1},
        object(),
        DEEP,
    ],
)
def test_what_is_unusual_is_left_to_python(value: object) -> None:
    assert _native.dumps(value) is None
    assert _native.dumps({"field": [value]}) is None


def test_lists_of_numbers_are_told_from_others() -> None:
    assert all(map(_native.holds_numbers, [[], [1.0], [[1.0, -0.0], []], [[]]]))
    others = [
        (1.0,),
        [1],
        [True],
        [math.nan],
        [[math.inf]],
        [1.0, [1.0]],
        [[1.0], 1.0],
        [[[1.0]]],
        ["1"],
        None,
        1.0,
    ]
    assert not any(map(_native.holds_numbers, others))


@pytest.mark.parametrize(
    ("returns", "code", "path"),
    [
        ([[0.1, math.nan], [0.1, 0.2]], "number.not_finite", "market.history.returns[0][1]"),
        ([[0.1, 0.1], [0.1, "x"]], "input.invalid", "market.history.returns[1][1]"),
        ([[0.1, 0.1], [0.1, -1.0]], "rate.out_of_range", "market.history.returns[1][1]"),
        ([[0.1, 0.1], 0.2], "input.invalid", "market.history.returns[1]"),
        ([[0.1, 0.1], [0.2, object()]], "input.invalid", "market.history.returns[1][1]"),
    ],
)
def test_a_history_that_is_wrong_says_where(returns: Any, code: str, path: str) -> None:
    history = {"assetClasses": ["a", "b"], "periodsPerYear": 1, "returns": returns}
    with pytest.raises(ww.WherewithalError) as raised:
        ww.simulation.portfolio(
            initial_balance=1.0,
            years=1,
            market={"kind": "historicalCohorts", "history": history},
            allocation={"kind": "fixed", "weights": [0.5, 0.5]},
        )
    assert (raised.value.code, raised.value.path) == (code, path)
