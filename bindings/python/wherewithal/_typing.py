"""The types of arguments for decimals and dates."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Union

#: An exact decimal: text such as "1234.56" (for a rate also "6.5 %"), an integer, a `Decimal`, or a float whose shortest
#: form has at most 15 significant digits or that lies next to such a decimal, as `6.57 / 100` does.
DecimalLike = Union[str, int, Decimal, float]

#: A rate or a share: a fraction (0.065 is 6.5 %), or text in percent. A rate from 1 up, which is 100 %, is refused as a
#: number, because it is mostly a percentage; where it is meant, it has its percent sign: "650 %".
FractionLike = Union[float, Decimal, str]

#: A day: ISO 8601 text such as "2026-01-31", a date, a datetime (the time of day is ignored), a pandas Timestamp or a
#: numpy `datetime64`.
if TYPE_CHECKING:
    import numpy

    DateLike = Union[str, datetime.date, numpy.datetime64]
else:
    # numpy need not be installed, and reading type hints must not load it.
    DateLike = Union[str, datetime.date]
