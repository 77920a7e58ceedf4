"""Charts as SVG: a waterfall, a line and columns. Each is drawn twice, for a wide screen and for a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple

#: A drawing of some width: its height and its content.
Drawing = Callable[[int], tuple[float, str]]


class Step(NamedTuple):
    """A step of a waterfall: a change, or a total from which the next change starts."""

    name: str
    amount: Decimal
    is_total: bool = False


def waterfall(title: str, steps: Sequence[Step]) -> str:
    """Bars of which each begins where the one before ended, with names and amounts beside them."""
    bars: list[tuple[Step, float, float]] = []
    end = 0.0
    for step in steps:
        start = 0.0 if step.is_total else end
        end = start + float(step.amount)
        bars.append((step, start, end))
    low = min(min(start, end) for _, start, end in bars)
    high = max(max(start, end) for _, start, end in bars)

    def draw(width: int) -> tuple[float, str]:
        is_wide = width > 500
        # On a phone a name stands above its bar.
        left, right, row, bar_top = (200, 100, 32, 7) if is_wide else (0, 0, 46, 22)

        def x(value: float) -> float:
            return left + (width - left - right) * (value - low) / ((high - low) or 1)

        parts = []
        for index, (step, start, end) in enumerate(bars):
            top = row * index
            kind = "total" if step.is_total else "up" if step.amount >= 0 else "down"
            # A small change is still seen.
            span = max(abs(x(end) - x(start)), 1.5)
            text = top + (bar_top + 13 if is_wide else 15)
            parts.append(
                f'<text x="0" y="{text}">{escape(step.name)}</text>'
                f'<text x="{width}" y="{text}" text-anchor="end">{amount(step.amount, sign=not step.is_total)}</text>'
                f'<rect class="{kind}" x="{min(x(start), x(end)):.1f}" y="{top + bar_top}" width="{span:.1f}" height="18" rx="2"/>'
            )
            # On a phone it would cross the amounts.
            if is_wide and index + 1 < len(bars):
                join = f'x1="{x(end):.1f}" x2="{x(end):.1f}" y1="{top + bar_top + 18}" y2="{top + row + bar_top}"'
                parts.append(f'<line class="zero" {join}/>')
        return row * len(bars), "".join(parts)

    return _both(title, "; ".join(f"{step.name} {amount(step.amount)}" for step in steps), draw)


def line(title: str, days: Sequence[date], values: Sequence[Decimal]) -> str:
    """Values of days as a line over an axis that begins at zero."""
    marks = _marks(min(0.0, float(min(values))), max(0.0, float(max(values))))

    def draw(width: int) -> tuple[float, str]:
        height, top, bottom, left, right = 260, 14, 26, 58, 14
        y = _scale(marks, top, height - bottom)
        days_in_all = (days[-1] - days[0]).days or 1

        def x(day: date) -> float:
            return left + (width - left - right) * (day - days[0]).days / days_in_all

        points = [f"{x(day):.1f},{y(float(value)):.1f}" for day, value in zip(days, values)]
        base = f"{y(0.0):.1f}"
        parts = [_grid(marks, y, left, width - right)]
        for day in days:
            if day.day == 1:
                parts.append(
                    f'<text class="faint" x="{x(day):.1f}" y="{height - 6}">{day:%b}</text>'
                    f'<line x1="{x(day):.1f}" x2="{x(day):.1f}" y1="{base}" y2="{height - bottom + 5}"/>'
                )
        parts.append(
            f'<polygon class="area" points="{left},{base} {" ".join(points)} {width - right},{base}"/>'
        )
        parts.append(f'<polyline points="{" ".join(points)}"/>')
        parts.append(
            f'<circle class="total" cx="{points[-1].split(",")[0]}" cy="{points[-1].split(",")[1]}" r="4"/>'
        )
        return height, "".join(parts)

    described = f"{amount(values[0])} on {days[0]}, {amount(values[-1])} on {days[-1]}"
    return _both(title, described, draw)


def columns(title: str, groups: Sequence[str], series: Sequence[tuple[str, str, Sequence[Decimal]]]) -> str:
    """Columns side by side for each group; a series is its name, its class and a value for each group."""
    everything = [float(value) for _, _, values in series for value in values]
    marks = _marks(min(0.0, *everything), max(0.0, *everything))

    def draw(width: int) -> tuple[float, str]:
        height, top, bottom, left, right = 250, 22, 26, 58, 0
        y = _scale(marks, top, height - bottom)
        group_width = (width - left - right) / len(groups)
        column = group_width * 0.8 / len(series)
        parts = [_grid(marks, y, left, width - right)]
        for index, group in enumerate(groups):
            start = left + group_width * (index + 0.1)
            parts.append(
                f'<text x="{start + group_width * 0.4:.1f}" y="{height - 6}" text-anchor="middle">{escape(group)}</text>'
            )
            for place, (name, kind, values) in enumerate(series):
                value = values[index]
                foot, head = sorted([y(0.0), y(float(value))], reverse=True)
                at = start + column * place
                parts.append(
                    f'<rect class="{kind}" x="{at + 2:.1f}" y="{head:.1f}" width="{column - 4:.1f}" '
                    f'height="{foot - head:.1f}" rx="2"><title>{escape(name)} {amount(value)}</title></rect>'
                    f'<text x="{at + column / 2:.1f}" y="{head - 5:.1f}" text-anchor="middle">{short(float(value))}</text>'
                )
        return height, "".join(parts)

    said = [
        f"{group}: " + ", ".join(f"{name} {amount(values[index])}" for name, _, values in series)
        for index, group in enumerate(groups)
    ]
    keys = "".join(f'<li style="--key: var(--{kind})">{escape(name)}</li>' for name, kind, _ in series)
    return _both(title, "; ".join(said), draw) + f'<ul class="legend">{keys}</ul>'


def amount(value: Decimal, *, sign: bool = False) -> str:
    """An amount of dollars, with a plus where a change is meant."""
    mark = "-" if value < 0 else "+" if sign else ""
    return f"{mark}${abs(value):,.2f}"


def short(value: float) -> str:
    """An amount in few characters."""
    if abs(value) < 1_000:
        return f"{value:.0f}"
    return f"{value / 1_000:.1f}".removesuffix(".0") + "k"


def _both(title: str, description: str, draw: Drawing) -> str:
    """A drawing for a wide screen and one for a phone, of which the style shows one."""
    drawn = []
    for name, width in (("wide", 760), ("narrow", 330)):
        height, content = draw(width)
        drawn.append(
            f'<svg class="chart {name}" viewBox="0 0 {width} {height:g}" role="img" aria-label="{escape(title)}">'
            f"<desc>{escape(description)}</desc>{content}</svg>"
        )
    return "".join(drawn)


def _marks(low: float, high: float) -> list[float]:
    """The amounts of the horizontal lines: round ones, from below the lowest value to above the highest."""
    rough = (high - low) / 4 or 1.0
    power = 10.0 ** floor(log10(rough))
    step = next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough)
    return [step * index for index in range(floor(low / step), ceil(high / step) + 1)]


def _scale(marks: Sequence[float], top: float, base: float) -> Callable[[float], float]:
    span = (marks[-1] - marks[0]) or 1.0
    return lambda value: base - (base - top) * (value - marks[0]) / span


def _grid(marks: Sequence[float], y: Callable[[float], float], left: float, right: float) -> str:
    lines = []
    for mark in marks:
        kind, below = "zero" if mark == 0 else "", "-" if mark < 0 else ""
        lines.append(
            f'<line class="{kind}" x1="{left}" x2="{right}" y1="{y(mark):.1f}" y2="{y(mark):.1f}"/>'
            f'<text class="faint" x="{left - 8}" y="{y(mark):.1f}" dy="0.35em" text-anchor="end">{below}${short(abs(mark))}</text>'
        )
    return "".join(lines)
