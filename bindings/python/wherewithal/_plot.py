"""Charts of tables with matplotlib, if it is installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ._require import required
from ._table import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: The column that makes a table a fan: one row for each position and percentile.
_PERCENTILE = "percentile"
#: Columns of a fan that count from the start, with how many of them make a year.
_COUNTS = {"year": 1, "month": 12}
#: What a schedule is drawn by: its other columns repeat it, or are far smaller.
_BALANCE = "balance"
#: What the columns of a fan are.
_AXES = {"nominal": "balance", "real": "balance in today's money"}
#: From this size on, numbers on an axis are amounts, which need no decimal places.
_AMOUNT = 1000


def plot(
    table: Table[Any], y: Sequence[str] | None, x: str | None, start: int | None, ax: Axes | None
) -> Axes:
    """Draws the table; see `Table.plot`."""
    pyplot = required("matplotlib.pyplot")
    axes: Axes = pyplot.subplots()[1] if ax is None else ax
    kinds = dict(table._kinds())
    dates = [name for name, kind in kinds.items() if kind == "date"]
    is_fan = _PERCENTILE in kinds
    across = x or (table.columns[0] if is_fan or not dates else dates[0])
    numeric = [name for name, kind in kinds.items() if kind in ("integer", "number", "decimal")]
    others = [name for name in numeric if name not in (across, _PERCENTILE)]
    if not others:
        raise ValueError("the table has no numeric column to draw")
    if is_fan:
        _fan(table, across, y[0] if y else others[-1], start, axes)
    else:
        for name in y or ([_BALANCE] if _BALANCE in others else others):
            axes.plot(_numbers(table, across), _numbers(table, name), label=_words(name))
        axes.set_xlabel(_words(across))
    axes.margins(x=0)
    _format(axes)
    axes.legend()
    return axes


def _fan(table: Table[Any], x: str, y: str, start: int | None, axes: Axes) -> None:
    """Fills the band between each percentile and its opposite, the inner ones darker."""
    lines = _lines(table, x, y, start)
    percentiles = sorted(lines)
    bands = [(lower, upper) for lower, upper in zip(percentiles, reversed(percentiles)) if lower < upper]
    for index, (lower, upper) in enumerate(bands):
        places, low = lines[lower]
        color = _tint((index + 1) / (len(bands) + 1))
        axes.fill_between(
            places, low, lines[upper][1], color=color, label=f"{lower:g} to {upper:g} %", linewidth=0
        )
    if len(percentiles) % 2:
        middle = percentiles[len(percentiles) // 2]
        axes.plot(*lines[middle], color="C0", label="median" if middle == 50 else f"{middle:g} %")
    begin = table._first_year if start is None else start
    by_calendar = x in _COUNTS and bool(begin)
    axes.set_xlabel(
        ("age" if begin and begin < 150 else "year")
        if by_calendar
        else "years from the start"
        if x in _COUNTS
        else _words(x)
    )
    axes.set_ylabel(_AXES.get(y, _words(y)))


def _lines(table: Table[Any], x: str, y: str, start: int | None) -> dict[float, tuple[list[Any], list[Any]]]:
    """The places and values of each percentile."""
    begin = (table._first_year if start is None else start) or 0
    lines: dict[float, tuple[list[Any], list[Any]]] = {}
    for percentile, place, value in zip(table[_PERCENTILE], _numbers(table, x), _numbers(table, y)):
        if x in _COUNTS:
            if table._last_row is not None and place > table._last_row:
                continue
            place = begin + place / _COUNTS[x]
        places, values = lines.setdefault(percentile, ([], []))
        places.append(place)
        values.append(value)
    return lines


def _tint(strength: float) -> tuple[float, ...]:
    """The first color of the cycle, mixed with white: the legend shows the very color of a band."""
    red, green, blue = required("matplotlib.colors").to_rgb("C0")
    strength *= 0.7
    return tuple(1 - strength + strength * part for part in (red, green, blue))


def _format(axes: Axes) -> None:
    """Amounts without exponents, with separators; years as whole numbers."""
    ticker = required("matplotlib.ticker")
    if max(map(abs, axes.get_ylim())) >= _AMOUNT:
        axes.yaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,.0f}"))
    if axes.get_xlabel() in ("year", "age", "years from the start"):
        axes.xaxis.set_major_locator(ticker.MaxNLocator(integer=True))


def _words(name: str) -> str:
    return name.replace("_", " ")


def _numbers(table: Table[Any], name: str) -> list[Any]:
    """A column in a form for matplotlib."""
    kind = dict(table._kinds())[name]
    return [float(value) if kind == "decimal" and value is not None else value for value in table[name]]
