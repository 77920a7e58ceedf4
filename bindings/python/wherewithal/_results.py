"""Records that can do more than others: results that are drawn by the calendar, and histories that are frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ._record import Record
from ._require import required

if TYPE_CHECKING:
    import pandas as _pandas

#: The share of paths that must still run in a year for its percentiles to be drawn. Those of a few paths jump from year to
#: year and say little.
_FEWEST = 0.1


class RetirementRun(Record):
    """The result of a simulated plan, whose fan is drawn by calendar years."""

    __slots__ = ()

    def _fill(self, plain: Mapping[str, Any]) -> None:
        super()._fill(plain)
        years: Sequence[Mapping[str, Any]] = plain["years"]
        if years:
            shown = [row for row in years if row["running"] >= _FEWEST]
            # The fan begins a year before the end of the first one.
            self.fan._first_year = years[0]["year"]  # type: ignore[attr-defined]
            self.fan._last_row = len(shown)  # type: ignore[attr-defined]


class Historical(Record):
    """Returns period by period, as a frame too."""

    __slots__ = ()

    if TYPE_CHECKING:
        asset_classes: list[str]
        returns: list[list[float]]
        inflation: list[float]
        cape: list[float]

    def to_pandas(self) -> _pandas.DataFrame:
        """A pandas DataFrame with one row for each period and one column for each asset class.

        The last columns are `inflation` and `cape`, if they are known.
        """
        pandas = required("pandas")
        columns: dict[str, Any] = dict(zip(self.asset_classes, zip(*self.returns)))
        columns |= {name: values for name in ("inflation", "cape") if (values := getattr(self, name))}
        frame: _pandas.DataFrame = pandas.DataFrame(columns)
        return frame


class HistoricalYears(Record):
    """A history with its calendar years, as a frame too."""

    __slots__ = ()

    if TYPE_CHECKING:
        years: list[int]
        history: Any

    def to_pandas(self) -> _pandas.DataFrame:
        """A pandas DataFrame with one row for each calendar year, which is its index, and one column for each asset class.

        The last columns are `inflation` and `cape`.
        """
        frame: _pandas.DataFrame = self.history.to_pandas()
        frame.index = required("pandas").Index(self.years, name="year")
        return frame
