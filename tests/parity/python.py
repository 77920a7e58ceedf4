"""Runs the golden vectors through the Python package and prints one line of JSON per vector.

`raw` is the text of the raw call, or the JSON form of the error. `bits` is computed from the typed result of the
generated function, or from the exception: every number is the sixteen hexadecimal digits of its double.
"""

from __future__ import annotations

import importlib
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


def on_wire(error: dict[str, str]) -> dict[str, str]:
    """An error of the typed functions, with its names converted from snake_case to the spelling of the other
    interfaces."""

    def camel(text: re.Match[str]) -> str:
        return re.sub("_([a-z0-9])", lambda letter: letter[1].upper(), text[0])

    message = re.sub('`[^`]*`|"[^"]*"', camel, error["message"])
    return error | {"message": message, "path": re.sub(".+", camel, error["path"])}


def raw(operation: str, text: str) -> str:
    try:
        return wherewithal.call(operation, text)
    except wherewithal.WherewithalError as error:
        return compact(error_of(error))


def typed(operation: str, given: Any) -> str:
    """The bits of the typed function's result or error."""
    family, name = operation.split(".")
    function = getattr(importlib.import_module(f"wherewithal.{family}"), name)
    try:
        result = function(**arguments(given)) if isinstance(given, dict) else function(given)
        return compact(with_bits(json.loads(result.to_json())))
    except wherewithal.WherewithalError as error:
        return compact(on_wire(error_of(error)))


def arguments(given: dict[str, Any]) -> dict[str, Any]:
    """The input as keyword arguments; nested values may have the form of JSON."""
    return {re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", key): given[key] for key in given}


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
