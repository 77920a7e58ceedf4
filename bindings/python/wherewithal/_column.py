"""Columns: one field of all rows of a table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, overload

from ._html import table_of
from ._require import required

if TYPE_CHECKING:
    import numpy
    import pandas as _pandas

T_co = TypeVar("T_co", covariant=True)

#: The number of values shown at the start and at the end of a long column.
_SHOWN = 5


class Column(Sequence[T_co], Generic[T_co]):
    """The values of one column of a table, as Python's own types.

    `column[0]` is a value, `column[1:13]` a column, and it works wherever a sequence does: `sum(column)`,
    `max(column)`, `numpy.array(column)`, `frame["interest"] = column`.
    """

    __slots__ = ("_kind", "_name", "_values")

    def __init__(self, name: str, kind: str, values: list[T_co]) -> None:
        self._name = name
        self._kind = kind
        self._values = values

    @property
    def name(self) -> str:
        """The name in the table."""
        return self._name

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, index: int) -> T_co: ...

    @overload
    def __getitem__(self, index: slice) -> Column[T_co]: ...

    def __getitem__(self, index: int | slice) -> T_co | Column[T_co]:
        if isinstance(index, slice):
            return Column(self._name, self._kind, self._values[index])
        return self._values[index]

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._values)

    def __contains__(self, value: object) -> bool:
        return value in self._values

    def __eq__(self, other: object) -> bool:
        """Whether the values are the same as those of another column or of a list."""
        if isinstance(other, Column):
            return self._values == other._values
        return self._values == other if isinstance(other, list) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def to_list(self) -> list[T_co]:
        """The values as a list."""
        return list(self._values)

    def to_numpy(self) -> numpy.ndarray[Any, Any]:
        """The values as a numpy array.

        Decimals and numbers become the nearest `float64`, dates `datetime64[D]`; an absent value becomes `NaN` or
        `NaT`. If an integer is absent, the array has floats. Text and booleans are Python objects.
        """
        numpy = required("numpy")
        if self._kind == "date":
            array = numpy.array(self._values, dtype="datetime64[D]")
        elif self._kind in ("decimal", "number") or (self._kind == "integer" and None in self._values):
            array = numpy.array(self._floats(), dtype="float64")
        elif self._kind == "integer":
            array = numpy.array(self._values, dtype="int64")
        elif self._kind == "boolean" and None not in self._values:
            array = numpy.array(self._values, dtype="bool")
        else:
            # One by one: numpy would look into what is nested.
            array = numpy.empty(len(self._values), dtype="object")
            for index, value in enumerate(self._values):
                array[index] = value
        return array  # type: ignore[no-any-return]

    def to_pandas(self, *, decimals: Literal["decimal", "float"] = "decimal") -> _pandas.Series[Any]:
        """The values as a pandas Series of the same name.

        Dates become `datetime64`, integers and numbers pandas' own types (the nullable ones if a value may be absent).

        Args:
            decimals: `decimal` keeps them exact, as `decimal.Decimal` objects; `float` rounds each to the nearest
                double, which is faster for plots and calculations.
        """
        pandas = required("pandas")
        values: Any = self._values
        absent = None in self._values
        if self._kind == "date":
            values, dtype = pandas.to_datetime(values).astype("datetime64[s]"), None
        elif self._kind == "number" or (self._kind == "decimal" and decimals == "float"):
            values, dtype = self._floats(), "float64"
        elif self._kind == "integer":
            dtype = "Int64" if absent else "int64"
        elif self._kind == "boolean":
            dtype = "boolean" if absent else "bool"
        else:
            dtype = "str" if self._kind == "text" else "object"
        series: _pandas.Series[Any] = pandas.Series(values, dtype=dtype, name=self._name)
        return series

    def _floats(self) -> list[float]:
        values: list[Any] = self._values
        return [math.nan if value is None else float(value) for value in values]

    def _shown(self) -> list[str]:
        """The values to show, with an ellipsis for the rest."""
        if len(self) <= 2 * _SHOWN + 1:
            return [_cell(value) for value in self._values]
        first, last = self._values[:_SHOWN], self._values[-_SHOWN:]
        return [*map(_cell, first), "...", *map(_cell, last)]

    def __repr__(self) -> str:
        cells = self._shown()
        width = max(map(len, [self._name, *cells]))
        lines = [cell.rjust(width) for cell in [self._name, *cells]]
        return "\n".join([*lines, f"[{len(self)} values]"])

    def _repr_html_(self) -> str:
        return table_of([self._name], [[cell] for cell in self._shown()], f"{len(self)} values")


def _cell(value: object) -> str:
    return "" if value is None else str(value)
