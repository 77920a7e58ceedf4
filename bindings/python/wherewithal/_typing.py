"""The types of arguments for decimals and dates."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Union

#: An exact decimal: text such as "1234.56", an integer, a `Decimal`, or a float whose shortest form has at most 15
#: significant digits.
DecimalLike = Union[str, int, Decimal, float]

#: A day: ISO 8601 text such as "2026-01-31", a date, a datetime (the time of day is ignored), a pandas Timestamp or a
#: numpy `datetime64`.
if TYPE_CHECKING:
    import numpy

    DateLike = Union[str, datetime.date, numpy.datetime64]
else:
    # numpy need not be installed, and reading type hints must not load it.
    DateLike = Union[str, datetime.date]
