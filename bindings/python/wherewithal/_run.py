"""Running an operation with Python's types."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from . import _native
from ._record import Record, _encoded
from .errors import InvalidInput


def run(
    operation: str,
    takes: type[Record],
    returns: type[Record],
    arguments: dict[str, Any],
    on_progress: Callable[[int, int], object] | None = None,
) -> Any:
    """Encodes the arguments, runs the operation and decodes its result."""
    wire = _encoded(takes, arguments)
    text: str | bytes | None = _native.dumps(wire)
    if text is None:
        text = _unusual(wire)
    return returns._from_wire(json.loads(_native.call(operation, text, on_progress)))


def _unusual(wire: dict[str, Any]) -> str:
    """The JSON of what a caller passed where nothing was expected; the engine refuses it, or Python does."""
    try:
        return json.dumps(wire, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise InvalidInput("input.invalid", f"the input cannot be written as JSON: {error}") from None
