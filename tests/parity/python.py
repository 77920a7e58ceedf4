"""Replays the golden vectors through the Python package and prints one JSON line a vector.

`raw` is the text of the raw call, or the error in its wire form. `bits` is made from the typed result of the generated
function, or from the exception: every number is the sixteen hexadecimal digits of its double.
"""

from __future__ import annotations

import importlib
import inspect
import json
import re
import struct
import sys
from pathlib import Path
from typing import Any

import wherewithal

VECTORS = Path(__file__).resolve().parent.parent / "vectors"


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def with_bits(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: with_bits(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_bits(item) for item in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return struct.pack(">d", value).hex()
    return value


def error_of(error: wherewithal.WherewithalError) -> dict[str, str]:
    return {"code": error.code, "message": error.message, "path": error.path}


def raw(operation: str, text: str) -> str:
    try:
        return wherewithal.call(operation, text)
    except wherewithal.WherewithalError as error:
        return compact(error_of(error))


def arguments(function: Any, given: dict[str, Any]) -> dict[str, Any]:
    """The input as the function's keyword arguments; Python's own words have an underscore at their end."""
    names = inspect.signature(function).parameters
    snake = {key: re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", key) for key in given}
    return {(f"{name}_" if f"{name}_" in names else name): given[key] for key, name in snake.items()}


def typed(operation: str, given: Any) -> str:
    """The bits of what the typed function returns or raises."""
    family, name = operation.split(".")
    function = getattr(importlib.import_module(f"wherewithal.{family}"), name)
    try:
        try:
            bound = inspect.signature(function).bind(**arguments(function, given))
        except (TypeError, AttributeError):
            # Python itself refuses a call without an argument that is needed, or with one that is not known. What the
            # package raises for such an input shows in the raw call.
            return compact(with_bits(json.loads(wherewithal.call(operation, compact(given)))))
        return compact(with_bits(function(*bound.args, **bound.kwargs)._to_wire()))
    except wherewithal.WherewithalError as error:
        return compact(error_of(error))


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for path in sorted(VECTORS.rglob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for vector in document["vectors"]:
            operation = document["operation"]
            line = {
                "file": path.relative_to(VECTORS).as_posix(),
                "name": vector["name"],
                "raw": raw(operation, compact(vector["input"])),
                "bits": typed(operation, vector["input"]),
            }
            print(compact(line))


main()
