"""Charts of tables with matplotlib, if it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._require import required
from ._table import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: The column that makes a table a fan: one row for each position and percentile.
_PERCENTILE = "percentile"


def plot(table: Table[Any], y: str | None, x: str | None, ax: Axes | None) -> Axes:
    """Draws the table; see `Table.plot`."""
    pyplot = required("matplotlib.pyplot")
    axes: Axes = pyplot.subplots()[1] if ax is None else ax
    numeric = [name for name, kind in table._kinds() if kind in ("integer", "number", "decimal")]
    across = x or table.columns[0]
    others = [name for name in numeric if name not in (across, _PERCENTILE)]
    if not others:
        raise ValueError("the table has no numeric column to draw")
    if _PERCENTILE in table.columns:
        _fan(table, across, y or others[-1], axes)
    else:
        for name in [y] if y else others:
            axes.plot(_numbers(table, across), _numbers(table, name), label=name)
    axes.set_xlabel(across)
    axes.legend()
    return axes


def _fan(table: Table[Any], x: str, y: str, axes: Axes) -> None:
    """Shades the band between each percentile and its opposite, the outer ones lighter."""
    lines: dict[float, tuple[list[Any], list[Any]]] = {}
    for percentile, place, value in zip(table[_PERCENTILE], _numbers(table, x), _numbers(table, y)):
        places, values = lines.setdefault(percentile, ([], []))
        places.append(place)
        values.append(value)
    percentiles = sorted(lines)
    for lower, upper in zip(percentiles, reversed(percentiles)):
        if lower >= upper:
            break
        places, low = lines[lower]
        axes.fill_between(
            places, low, lines[upper][1], alpha=0.2, color="C0", label=f"{lower:g} to {upper:g} %"
        )
    if len(percentiles) % 2:
        middle = percentiles[len(percentiles) // 2]
        axes.plot(*lines[middle], color="C0", label=f"{middle:g} %")
    axes.set_ylabel(y)


def _numbers(table: Table[Any], name: str) -> list[Any]:
    """A column in a form for matplotlib."""
    kind = dict(table._kinds())[name]
    return [float(value) if kind == "decimal" and value is not None else value for value in table[name]]
