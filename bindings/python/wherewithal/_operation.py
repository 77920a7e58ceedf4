"""Operations with Python's types: keyword arguments or a whole record in, a record out."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from . import _native, types

_Function = Callable[..., Any]


def operation(name: str, takes: str, returns: str) -> Callable[[_Function], _Function]:
    """Makes a function that runs an operation of one that only says its arguments.

    The function also takes the whole input as its only positional argument, and then changes to its fields by name. What
    is wrong with the arguments, the operation's decoder says.

    Args:
        name: The name of the operation, such as `debt.amortize`.
        takes: The name of the record that it takes.
        returns: The name of the record that it returns.
    """

    def declare(described: _Function) -> _Function:
        code = described.__code__
        # Some operations take a record in their input, such as a household, by position too.
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
