"""Tables: the rows of a result, as objects and as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, overload

from . import _native
from ._column import Column
from ._html import table_of
from ._nearest import did_you_mean
from ._require import required

if TYPE_CHECKING:
    import pandas as _pandas
    import polars as _polars
    import pyarrow as _pyarrow
    from matplotlib.axes import Axes

    from ._kinds import Field
    from ._record import Record

R = TypeVar("R")

#: The number of rows shown at the start and at the end of a long table.
_SHOWN = 5


class Table(Generic[R]):
    """Rows of one kind: records that are also columns.

    `table[0]` is a record, `table[1:13]` a table and `table["interest"]` a column; `len(table)` is the number of rows,
    and `for row in table` iterates over them.

    Its columns are the fields with single values. What else a record has, such as a list of accounts, stays with the rows:
    `nested` names it, `table["withdrawals"]` is a column of it, and `unnest` makes a table of it.

    It implements the Arrow PyCapsule interface, so polars, pyarrow, DuckDB and pandas can read it directly; the columns
    are created once and shared by all readers. Decimals become 128-bit decimals, dates `date32`, integers `int64` and
    numbers `float64`.
    """

    __slots__ = ("_arrow", "_class", "_first_year", "_last_row", "_rows")

    _class: type[Record]
    _rows: list[dict[str, Any]]
    _arrow: _native.ArrowTable | None
    #: For a fan by years: the calendar year in which it begins, and the last of its years to draw.
    _first_year: int | None
    _last_row: int | None

    def __init__(self, record: type[Any], rows: list[dict[str, Any]]) -> None:
        self._class = record
        self._rows = rows
        self._arrow = None
        self._first_year = self._last_row = None

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> R: ...

    @overload
    def __getitem__(self, index: slice) -> Table[R]: ...

    @overload
    def __getitem__(self, index: str) -> Column[Any]: ...

    def __getitem__(self, index: int | slice | str) -> R | Table[R] | Column[Any]:
        if isinstance(index, str):
            return self._column(index)
        if isinstance(index, slice):
            return Table(self._class, self._rows[index])
        row: Any = self._class._read(self._rows[index])
        return row  # type: ignore[no-any-return]

    def __iter__(self) -> Iterator[R]:
        rows: Any = map(self._class._read, self._rows)
        return rows  # type: ignore[no-any-return]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self._class is other._class and len(self) == len(other) and all(map(_equal, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return Table, (self._class, self._rows)

    @classmethod
    def _of_rows(cls, record: type[Any]) -> Callable[[list[dict[str, Any]]], Table[Any]]:
        """Makes tables of one kind of row."""
        return lambda rows: cls(record, rows)

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return [field.name for field in self._single]

    @property
    def nested(self) -> list[str]:
        """The names of the fields that are not columns, because they are records, lists or tables themselves."""
        return [field.name for field in self._class._described if not field.kind.column]

    @property
    def _single(self) -> list[Field]:
        return [field for field in self._class._described if field.kind.column]

    def unnest(self, name: str) -> Table[Any]:
        """A table of what is nested in the rows: a row for each record of the field `name`, beside the columns of its row.

        Where a nested column has the name of one of this table, it begins with `name` and an underscore.

        Args:
            name: One of `nested`, whose values are records or tables.
        """
        field = next((field for field in self._class._described if field.name == name), None)
        inner = field and field.kind.record
        if field is None or inner is None or name not in self.nested:
            possible = [
                other.name for other in self._class._described if other.kind.record and not other.kind.column
            ]
            raise KeyError(f"{name!r} has no records to unnest; possible are {', '.join(possible) or 'none'}")
        outer, nested = self._single, [field for field in inner._described if field.kind.column]
        taken = {field.name for field in outer}
        renamed = [of._replace(name=f"{name}_{of.name}" if of.name in taken else of.name) for of in nested]
        renamed = [of._replace(key=of.name) for of in renamed]
        rows = []
        for row in self._rows:
            found = field.kind.found(row.get(field.key))
            shared = {of.key: row.get(of.key) for of in outer}
            for record in found if isinstance(found, list) else [found] if found is not None else []:
                own = {new.key: record.get(old.key) for old, new in zip(nested, renamed)}
                rows.append(shared | own)
        return Table(_row_of(f"{self._class.__name__}_{name}", [*outer, *renamed]), rows)

    def _column(self, name: str) -> Column[Any]:
        field = next((field for field in self._class._described if field.name == name), None)
        if field is None:
            hint = did_you_mean(name, self.columns)
            raise KeyError(f"there is no column {name!r}.{hint} The columns are {', '.join(self.columns)}")
        values = [field.kind.made(row.get(field.key)) for row in self._rows]
        return Column(name, field.kind.column or "object", values)

    def _ipython_key_completions_(self) -> list[str]:
        return self.columns

    def to_dicts(self) -> list[dict[str, Any]]:
        """A dictionary for each row."""
        return [row.to_dict() for row in map(self._class._read, self._rows)]

    def to_pandas(self, *, decimals: Literal["decimal", "float"] = "decimal") -> _pandas.DataFrame:
        """A pandas DataFrame with one row per record.

        Dates become `datetime64`, integers and numbers pandas' own types (the nullable ones if a value may be absent).

        Args:
            decimals: `decimal` keeps them exact, as `decimal.Decimal` objects; `float` rounds each to the nearest
                double, which is faster for plots and calculations.
        """
        pandas = required("pandas")
        columns = {name: self[name].to_pandas(decimals=decimals) for name in self.columns}
        frame: _pandas.DataFrame = pandas.DataFrame(columns)
        return frame

    def to_polars(self) -> _polars.DataFrame:
        """A polars DataFrame, through Arrow, with exact decimals."""
        frame: _polars.DataFrame = required("polars").DataFrame(self)
        return frame

    def to_arrow(self) -> _pyarrow.Table:
        """A pyarrow table that shares the columns' memory, with exact decimals."""
        table: _pyarrow.Table = required("pyarrow").table(self)
        return table

    def plot(
        self,
        y: str | Sequence[str] | None = None,
        *,
        x: str | None = None,
        start: int | None = None,
        ax: Axes | None = None,
    ) -> Axes:
        """Draws the table with matplotlib: a fan if it has percentiles, else a line for each column.

        The fan of a plan leaves out the last years, in which less than a tenth of the paths still run: their percentiles
        jump from year to year and say little.

        Args:
            y: The column to draw, or several; by default the last one of a fan, the balance of a schedule, else all that are
                numbers.
            x: The column of the horizontal axis; by default the dates, else the first.
            start: Where the years of a fan begin: a calendar year, or an age. By default the calendar year of a plan, else 0.
            ax: The axes to draw on; by default those of a new figure.

        Returns:
            The axes.

        Raises:
            ImportError: matplotlib is not installed.
        """
        from ._plot import plot

        return plot(self, [y] if isinstance(y, str) else y, x, start, ax)

    def __arrow_c_schema__(self) -> object:
        """The schema, by the Arrow PyCapsule interface."""
        return self._columns().__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The columns, by the Arrow PyCapsule interface."""
        return self._columns().__arrow_c_stream__(requested_schema)

    def _columns(self) -> _native.ArrowTable:
        if self._arrow is None:
            columns = [
                (
                    field.name,
                    field.kind.column,
                    field.kind.nullable,
                    [field.kind.found(row.get(field.key)) for row in self._rows],
                )
                for field in self._single
            ]
            self._arrow = _native.ArrowTable(columns, len(self))
        return self._arrow

    def _kinds(self) -> list[tuple[str, str]]:
        """The name and the kind of each column."""
        return [(field.name, field.kind.column) for field in self._single]

    def _summary(self) -> str:
        return f"<{len(self)} x {self._class.__name__}>"

    def _text(self) -> list[list[str]]:
        """The cells of the rows to show, with an empty row for the rest."""
        long = len(self) > 2 * _SHOWN + 1
        shown = [*self._rows[:_SHOWN], None, *self._rows[-_SHOWN:]] if long else self._rows
        return [
            [] if row is None else [_cell(field.kind.found(row.get(field.key))) for field in self._single]
            for row in shown
        ]

    def __repr__(self) -> str:
        names = self.columns
        rows = self._text()
        widths = [
            max(len(name), *(len(row[at]) for row in rows if row)) if rows else len(name)
            for at, name in enumerate(names)
        ]
        lines = [
            "  ".join(cell.rjust(width) for cell, width in zip(row or ["..."] * len(names), widths))
            for row in [names, *rows]
        ]
        return "\n".join([*lines, f"[{len(self)} rows]"])

    def _repr_html_(self) -> str:
        rows = [row or ["\u2026"] * len(self.columns) for row in self._text()]
        return table_of(self.columns, rows, f"{len(self)} rows")


def _row_of(name: str, fields: list[Field]) -> type[Record]:
    """A class of rows with these fields."""
    from ._record import Record

    names = tuple(field.name for field in fields)
    slots = {"__slots__": names, "__match_args__": names, "_described": tuple(fields)}
    return type(name, (Record,), slots)


def _equal(one: object, other: object) -> bool:
    return one == other


def _cell(value: object) -> str:
    return "" if value is None else str(value)
