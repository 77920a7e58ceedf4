"""What the fields of records hold, and how it is made of the plain objects that the native module returns.

Nothing is judged here: the decoder that every language shares has read every value before.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, NamedTuple, get_args, get_origin


class Kind(NamedTuple):
    """A kind of value."""

    #: Makes the value of a plain object; `None` where it is that object.
    make: Callable[[Any], Any] | None = None
    #: The kind of an Arrow column of such values; empty where they make none.
    column: str = ""
    #: Whether it may be `None`.
    nullable: bool = False
    #: The plain object of a value that says nothing, which results leave out.
    empty: Callable[[], Any] = lambda: None

    def found(self, plain: Any) -> Any:
        """The plain object of a value, which is `None` where a result left it out."""
        return self.empty() if plain is None and not self.nullable else plain

    def made(self, plain: Any) -> Any:
        """The value of a plain object."""
        plain = self.found(plain)
        return plain if self.make is None or plain is None else self.make(plain)


class Field(NamedTuple):
    """A field of a record: its name, the key of its value in plain objects, and what it holds."""

    name: str
    key: str
    kind: Kind


_SINGLE: dict[Any, Kind] = {
    str: Kind(column="text"),
    bool: Kind(column="boolean", empty=bool),
    int: Kind(column="integer"),
    float: Kind(column="number"),
    Decimal: Kind(Decimal, "decimal"),
    datetime.date: Kind(datetime.date.fromisoformat, "date"),
}


def kind_of(annotation: Any) -> Kind:
    """The kind of value that an annotation of a record says."""
    if annotation in _SINGLE:
        return _SINGLE[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return Kind(column="text")
    if origin is list:
        return Kind(_list_of(kind_of(arguments[0])), empty=list)
    if origin is dict:
        return Kind(_map_of(kind_of(arguments[1])), empty=dict)
    if origin is not None and hasattr(origin, "_of_rows"):
        return Kind(origin._of_rows(arguments[0]), empty=list)
    if isinstance(annotation, type):
        return Kind(annotation._read)  # type: ignore[attr-defined]
    return kind_of(arguments[0])._replace(nullable=True)


def _list_of(item: Kind) -> Callable[[Any], Any] | None:
    if item.make is None:
        return None
    return lambda plain: [item.made(value) for value in plain]


def _map_of(item: Kind) -> Callable[[Any], Any] | None:
    if item.make is None:
        return None
    return lambda plain: {name: item.made(value) for name, value in plain.items()}
