"""The types of the fields of records, and their construction from the plain objects of the native module.

Nothing is validated here: the decoder shared by all languages has already read every value.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, NamedTuple, get_args, get_origin


class Kind(NamedTuple):
    """A kind of value."""

    #: Converts a plain object to the value; `None` if no conversion is necessary.
    make: Callable[[Any], Any] | None = None
    #: The kind of an Arrow column of such values; empty if there is none.
    column: str = ""
    #: Whether it may be `None`.
    nullable: bool = False
    #: The plain object of the default, which results leave out.
    empty: Callable[[], Any] = lambda: None
    #: The class of the record that it is, or of the rows of the table that it is.
    record: Any = None

    def found(self, plain: Any) -> Any:
        """Converts a plain object, which is `None` if a result left it out."""
        return self.empty() if plain is None and not self.nullable else plain

    def made(self, plain: Any) -> Any:
        """The value of a plain object."""
        plain = self.found(plain)
        return plain if self.make is None or plain is None else self.make(plain)


class Field(NamedTuple):
    """A field of a record: its name, the key of its value in plain objects, and its kind."""

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
    """The kind of value of an annotation of a record."""
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
        return Kind(origin._of_rows(arguments[0]), empty=list, record=arguments[0])
    if isinstance(annotation, type):
        return Kind(annotation._read, record=annotation)  # type: ignore[attr-defined]
    return kind_of(arguments[0])._replace(nullable=True)


def _list_of(item: Kind) -> Callable[[Any], Any] | None:
    if item.make is None:
        return None
    return lambda plain: [item.made(value) for value in plain]


def _map_of(item: Kind) -> Callable[[Any], Any] | None:
    if item.make is None:
        return None
    return lambda plain: {name: item.made(value) for name, value in plain.items()}
