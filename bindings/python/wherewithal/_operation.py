"""Operations with Python's types: keyword arguments or a whole record in, a record out."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

from . import _native, types
from ._nearest import did_you_mean
from ._record import Record, _encoded
from .errors import InvalidInput

_Gather = Callable[..., dict[str, Any]]


def operation(name: str, takes: str, returns: str) -> Callable[[_Gather], Callable[..., Any]]:
    """Makes a function that runs an operation out of one that gathers its arguments.

    The function also takes the whole input as its only positional argument, and then changes to its fields by name.

    Args:
        name: The name of the operation, such as `debt.amortize`.
        takes: The name of the record that it takes.
        returns: The name of the record that it returns.
    """

    def declare(gather: _Gather) -> Callable[..., Any]:
        gather.__annotations__["return"] = f"types.{returns}"

        @functools.wraps(gather)
        def run(*positional: Any, **arguments: Any) -> Any:
            takes_class = getattr(types, takes)
            if _is_input(positional, takes_class, gather):
                fields = _changed(takes_class, positional[0], arguments)
            else:
                fields = _gathered(gather, takes, positional, arguments)
            on_progress = fields.pop("on_progress", None)
            output = _native.call(name, _json(_encoded(takes_class, fields)), on_progress)
            return getattr(types, returns)._from_wire(json.loads(output))

        return run

    return declare


def _is_input(positional: tuple[Any, ...], takes: type[Record], gather: _Gather) -> bool:
    """Whether the positional arguments are the whole input.

    Some operations take a record in their input, such as a household, by position too: there a dictionary is that one.
    """
    if len(positional) != 1:
        return False
    takes_none = gather.__code__.co_argcount == 0
    return isinstance(positional[0], (takes, Mapping) if takes_none else takes)


def _gathered(
    gather: _Gather, takes: str, positional: tuple[Any, ...], arguments: dict[str, Any]
) -> dict[str, Any]:
    try:
        return gather(*positional, **arguments)
    except TypeError as error:
        # It only gathers, so this can be about nothing but how it was called.
        code = gather.__code__
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        unknown = next((name for name in arguments if name not in names), None)
        if unknown is not None:
            hint = "." + did_you_mean(unknown, names)
        elif len(positional) > code.co_argcount:
            hint = f"; it takes keyword arguments, or a types.{takes} in one piece"
        else:
            hint = ""
        raise TypeError(f"{error}{hint}") from None


def _changed(
    takes: type[Record], whole: Record | Mapping[str, Any], changes: dict[str, Any]
) -> dict[str, Any]:
    """The fields of an input by their names, some of them changed."""
    if isinstance(whole, Record):
        return whole._values() | changes
    known = takes._by_name
    return {known[key].name if key in known else key: value for key, value in whole.items()} | changes


def _json(wire: dict[str, Any]) -> str | bytes:
    text: bytes | None = _native.dumps(wire)
    if text is not None:
        return text
    # It holds what a caller passed where nothing was expected; the engine refuses it, or Python does.
    try:
        return json.dumps(wire, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise InvalidInput("input.invalid", f"the input cannot be written as JSON: {error}") from None
