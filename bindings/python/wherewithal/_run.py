"""Running an operation with Python's types."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from . import _native
from ._record import Record, _encoded


def run(
    operation: str,
    takes: type[Record],
    returns: type[Record],
    arguments: dict[str, Any],
    on_progress: Callable[[int, int], object] | None = None,
) -> Any:
    """Encodes the arguments, runs the operation and decodes its result."""
    text = json.dumps(_encoded(takes, arguments), allow_nan=False, separators=(",", ":"))
    return returns._from_wire(json.loads(_native.call(operation, text, on_progress)))
