"""Every declared array function against the operation whose answer a row is, on the golden vectors."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import wherewithal as ww

TESTS = Path(__file__).resolve().parents[3] / "tests"
TABLE: list[dict[str, Any]] = json.loads((TESTS / "arrays.json").read_text())

# What differs from row to row.
HAS_ROWS = {"column", "rates", "decimals", "decimalRates", "manyDates", "manySeries"}
LISTS = {"manyDates", "manySeries"}
# The dates of a schedule are not part of its columns.
NOT_IN_COLUMNS = {"firstPayment"}
# What is left out of an input, or of another type.
OF_THE_WIRE = {"input.invalid", "input.missing_field", "input.unknown_field"}
MANY = 5_000

Row = dict[str, Any]


def snake_case(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: "_" + letter.group().lower(), name)


def vectors(declared: dict[str, Any]) -> list[Row]:
    """The inputs of the operation that the function's arguments can say."""
    known = {argument["name"] for argument in declared["arguments"]} | NOT_IN_COLUMNS
    family, _, function = declared["operation"].partition(".")
    file = json.loads((TESTS / "vectors" / family / f"{function}.json").read_text())
    return [vector["input"] for vector in file["vectors"] if vector["input"].keys() <= known]


def apply(declared: dict[str, Any], rows: list[Row]) -> Any:
    """The answer for rows; what all share is that of the first."""
    keywords = {}
    for argument in declared["arguments"]:
        name, kind = argument["name"], argument["kind"]
        values = [row.get(name) for row in rows]
        value = values[0]
        if value is None:
            continue
        if kind == "choice":
            value = snake_case(value) if name != "currency" else value
        elif kind in HAS_ROWS and (len(rows) > 1 or kind in LISTS):
            value = values
        keywords[snake_case(name)] = value
    return getattr(ww.arrays, declared["name"])(**keywords)


def rows_of(declared: dict[str, Any], found: Any) -> list[Any]:
    """The answer of each row."""
    if declared["result"] is not None:
        return list(found) if isinstance(found, list) else [found]
    columns = [getattr(found, name).tolist() for name in ("interest", "principal", "balance")]
    ends = found.ends.tolist()
    return [
        (
            int(found.payment[loan]),
            int(found.total_interest[loan]),
            list(zip(*(column[start:end] for column in columns))),
        )
        for loan, (start, end) in enumerate(zip([0, *ends], ends))
    ]


def units(amount: str) -> int:
    """An amount in the smallest unit of its currency."""
    return int(amount.replace(".", ""))


def answer_of(declared: dict[str, Any], output: Any) -> Any:
    """The answer of the operation in the form of a row."""
    if declared["result"] is not None:
        return output[declared["result"]]
    rows = [
        tuple(units(row[name]) for name in ("interest", "principal", "balance")) for row in output["schedule"]
    ]
    return units(output["payment"]), units(output["totalInterest"]), rows


def without_row(declared: dict[str, Any], path: str) -> str:
    """The path of an error in the only series, or the only loan, as the operation names it."""
    path = path.removeprefix("loans[0].")
    has_lists = any(argument["kind"] in LISTS for argument in declared["arguments"])
    return re.sub(r"^(\w+)\[0\]", r"\1", path) if has_lists else path


@pytest.mark.parametrize("declared", TABLE, ids=lambda declared: declared["name"])
def test_a_row_is_the_answer_of_the_operation(declared: dict[str, Any]) -> None:
    answered: dict[str, list[tuple[Row, Any]]] = {}
    compared = 0
    for row in vectors(declared):
        try:
            output = json.loads(ww.call(declared["operation"], json.dumps(row)))
        except ww.WherewithalError as expected:
            of_dates = declared["result"] is None and expected.code.startswith("date.")
            if expected.code in OF_THE_WIRE or of_dates:
                continue
            with pytest.raises(ww.WherewithalError) as caught:
                apply(declared, [row])
            path = without_row(declared, caught.value.path)
            assert (caught.value.code, path) == (expected.code, snake_case(expected.path))
            compared += 1
            continue
        answer = answer_of(declared, output)
        assert repr(rows_of(declared, apply(declared, [row]))[0]) == repr(answer)
        compared += 1
        key = [
            row.get(argument["name"]) is None if argument["kind"] in HAS_ROWS else row.get(argument["name"])
            for argument in declared["arguments"]
        ]
        answered.setdefault(json.dumps(key), []).append((row, answer))
    assert compared > 2

    plain = all(argument["kind"] in ("column", "rates", "choice") for argument in declared["arguments"])
    for group in answered.values():
        rows = [argument["name"] for argument in declared["arguments"] if argument["kind"] in HAS_ROWS]
        if all(group[0][0].get(name) is None for name in rows):
            continue
        many = group * (MANY // len(group) + 1) if plain else group * 2
        found = rows_of(declared, apply(declared, [row for row, _ in many]))
        assert repr(found) == repr([answer for _, answer in many])


def test_the_table_lists_every_function() -> None:
    assert [declared["name"] for declared in TABLE] == ww.arrays.__all__
