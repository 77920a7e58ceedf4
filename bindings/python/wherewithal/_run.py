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
    try:
        text = json.dumps(wire, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise InvalidInput("input.invalid", f"the input cannot be written as JSON: {error}") from None
    return returns._from_wire(json.loads(_native.call(operation, text, on_progress)))
