"""Operations with Python's types: keyword arguments or a whole record in, a record out."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from . import _native, types

_Function = Callable[..., Any]


def operation(name: str, takes: str, returns: str) -> Callable[[_Function], _Function]:
    """Turns a function that only declares arguments into one that runs an operation.

    The function also takes the whole input as its only positional argument, and then replacements of its fields by
    name. The operation's decoder validates the arguments.

    Args:
        name: The name of the operation, such as `debt.amortize`.
        takes: The name of its input record.
        returns: The name of its output record.
    """

    def declare(described: _Function) -> _Function:
        code = described.__code__
        # Some operations also take a record of their input, such as a household, by position.
        by_place = code.co_varnames[: code.co_argcount]
        reports = "on_progress" in code.co_varnames

        @functools.wraps(described)
        def run(*positional: Any, **fields: Any) -> Any:
            on_progress = fields.pop("on_progress", None) if reports else None
            whole: Any = {}
            if len(positional) > 1:
                raise TypeError(
                    f"{described.__name__}() takes one positional argument, a types.{takes} in one piece, "
                    f"but {len(positional)} were given"
                )
            if positional:
                (whole,) = positional
                if by_place and not isinstance(whole, getattr(types, takes)):
                    whole = {by_place[0]: whole}
            return getattr(types, returns)._read(_native.run(name, whole, fields, on_progress))

        return run

    return declare
