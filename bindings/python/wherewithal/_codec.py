"""How values travel between Python and the wire: one object for each type that the contract knows.

`encode` turns what a caller may pass into what JSON can say. It leaves judging to the engine wherever the engine can
see the value, so that a bad input has the same code and path in every language. `decode` turns what the wire says
into Python's own types.
"""

from __future__ import annotations

import datetime
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, NoReturn, SupportsIndex

from . import _native
from .errors import InvalidInput, WherewithalError

#: The most significant digits of a binary number whose decimal form is certain.
_EXACT_DIGITS = 15


def on_wire(name: str) -> str:
    """A name as the wire spells it: `term_months` as `termMonths`. A keyword has an underscore after it here."""
    first, *others = name.rstrip("_").split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in others)


def refuse(expected: str, found: object) -> NoReturn:
    """Raises the error of a value of the wrong type."""
    shown = repr(found)
    if len(shown) > 60:
        shown = f"{shown[:57]}..."
    raise InvalidInput("input.invalid", f"expected {expected}, found {type(found).__name__} {shown}")


class Codec:
    """A type of the contract."""

    #: The kind of an Arrow column of such values; empty where they make none.
    column = ""
    #: Whether a value's text here differs from that on the wire.
    respelled = False

    def encode(self, value: Any) -> Any:
        """The JSON value of what a caller passed."""
        raise NotImplementedError

    def decode(self, wire: Any) -> Any:
        """The Python value of what the wire says."""
        raise NotImplementedError


class _Text(Codec):
    column = "text"

    def encode(self, value: Any) -> Any:
        if isinstance(value, str):
            return str(value)
        return plain(value, "text")

    def decode(self, wire: Any) -> str:
        return wire if isinstance(wire, str) else refuse("text", wire)


class _Boolean(Codec):
    column = "boolean"

    def encode(self, value: Any) -> Any:
        return plain(value, "true or false")

    def decode(self, wire: Any) -> bool:
        return wire if isinstance(wire, bool) else refuse("true or false", wire)


class _Integer(Codec):
    column = "integer"

    def encode(self, value: Any) -> Any:
        return plain(value, "an integer")

    def decode(self, wire: Any) -> int:
        return wire if type(wire) is int else refuse("an integer", wire)


class _Number(Codec):
    column = "number"

    def encode(self, value: Any) -> Any:
        if type(value) is not float:
            if isinstance(value, Decimal):
                value = float(value)
            else:
                value = plain(value, "a number")
        return _finite(value)

    def decode(self, wire: Any) -> float:
        if type(wire) is float:
            return wire
        return float(wire) if type(wire) is int else refuse("a number", wire)


class _Decimal(Codec):
    column = "decimal"

    def encode(self, value: Any) -> Any:
        if isinstance(value, str):
            return str(value)
        if isinstance(value, Decimal):
            return format(value, "f")
        value = plain(value, "a decimal number")
        return str(value) if type(value) is int else _finite(value)

    def decode(self, wire: Any) -> Decimal:
        if isinstance(wire, str):
            try:
                return Decimal(wire)
            except InvalidOperation:
                raise InvalidInput(
                    "decimal.malformed", f'{wire!r} is not a decimal number; write it like "-1234.56"'
                ) from None
        if type(wire) is int:
            return Decimal(wire)
        if type(wire) is float:
            value = Decimal(repr(wire))
            if len(value.normalize().as_tuple().digits) > _EXACT_DIGITS:
                raise InvalidInput(
                    "decimal.inexact",
                    f"{wire!r} has more than {_EXACT_DIGITS} significant digits and may have been rounded: "
                    "write it as a string",
                )
            return value
        refuse("a decimal number", wire)


class _Date(Codec):
    column = "date"

    def encode(self, value: Any) -> Any:
        if isinstance(value, str):
            return str(value)
        if hasattr(value, "astype"):  # numpy.datetime64
            value = value.astype("datetime64[D]").item()
        if isinstance(value, datetime.datetime) and value == value:
            return value.date().isoformat()
        if isinstance(value, datetime.date) and value == value:
            return value.isoformat()
        refuse("a date", value)

    def decode(self, wire: Any) -> datetime.date:
        if not isinstance(wire, str):
            refuse("a date", wire)
        try:
            if len(wire) == len("2026-01-31"):
                return datetime.date.fromisoformat(wire)
        except ValueError:
            pass
        raise InvalidInput("date.malformed", f'{wire!r} is not a date; write it like "2026-01-31"')


TEXT = _Text()
BOOLEAN = _Boolean()
INTEGER = _Integer()
NUMBER = _Number()
DECIMAL = _Decimal()
DATE = _Date()


def plain(value: Any, expected: str) -> Any:
    """A value that JSON can say, as exactly Python's own type. Of what type it must be, the engine knows.

    `expected` says what it ought to be, for the error of a value that JSON cannot say.
    """
    if hasattr(value, "item"):  # numpy's single values
        try:
            value = value.item()
        except ValueError:
            refuse(expected, value)
    if value is None or isinstance(value, (bool, str, list, dict)):
        return value
    if isinstance(value, float):
        return float(value)
    return operator.index(value) if isinstance(value, SupportsIndex) else refuse(expected, value)


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidInput("number.not_finite", f"{value} is not a finite number")
    return value


class Choice(Codec):
    """One of several strings, spelled in snake_case here and in camelCase on the wire."""

    column = "text"
    respelled = True

    def __init__(self, values: Iterable[str]) -> None:
        self._wire = {value: on_wire(value) for value in values}
        self._python = {value: key for key, value in self._wire.items()}

    def encode(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._wire.get(value, str(value))
        return plain(value, "text")

    def decode(self, wire: Any) -> str:
        if isinstance(wire, str) and wire in self._python:
            return self._python[wire]
        refuse("one of " + ", ".join(f'"{value}"' for value in self._wire), wire)


class Nullable(Codec):
    """A value that may be absent."""

    def __init__(self, inner: Codec) -> None:
        self._inner = inner
        self.column = inner.column
        self.respelled = inner.respelled

    def encode(self, value: Any) -> Any:
        return None if value is None else self._inner.encode(value)

    def decode(self, wire: Any) -> Any:
        return None if wire is None else self._inner.decode(wire)


class ListOf(Codec):
    """A list of values of one type."""

    def __init__(self, item: Codec) -> None:
        self._item = item
        row = item._item if isinstance(item, ListOf) else item
        self._of_numbers = row is NUMBER

    def encode(self, value: Any) -> Any:
        if self._of_numbers:
            if hasattr(value, "tolist"):
                value = value.tolist()
            # A history is thousands of numbers: what is written as it stands is not looked at one by one.
            if _native.holds_numbers(value):
                return value
        if isinstance(value, (str, bytes, dict)) or not isinstance(value, Iterable):
            return plain(value, "a list")
        return _each(self._item.encode, value)

    def decode(self, wire: Any) -> list[Any]:
        return _each(self._item.decode, wire if isinstance(wire, list) else refuse("a list", wire))


def _each(convert: Callable[[Any], Any], values: Iterable[Any]) -> list[Any]:
    converted: list[Any] = []
    try:
        for value in values:
            converted.append(convert(value))
    except WherewithalError as error:
        error._within(f"[{len(converted)}]")
        raise
    return converted


class MapOf(Codec):
    """Values of one type by name."""

    def __init__(self, item: Codec) -> None:
        self._item = item

    def encode(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return plain(value, "a mapping")
        return self._each(self._item.encode, value)

    def decode(self, wire: Any) -> dict[str, Any]:
        return self._each(self._item.decode, wire if isinstance(wire, dict) else refuse("a mapping", wire))

    def _each(self, convert: Callable[[Any], Any], values: Mapping[Any, Any]) -> dict[str, Any]:
        converted: dict[str, Any] = {}
        for key, value in values.items():
            try:
                converted[str(key)] = convert(value)
            except WherewithalError as error:
                error._within(str(key))
                raise
        return converted


class Field(NamedTuple):
    """A field of a record: its name here and on the wire, its type, and what the wire says when it is left out."""

    name: str
    wire: str
    codec: Codec
    required: bool = True
    default: Any = None

    @property
    def nullable(self) -> bool:
        """Whether it may be absent or null."""
        return not self.required or isinstance(self.codec, Nullable)
