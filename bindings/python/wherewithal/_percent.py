"""Percentages as fractions."""

from __future__ import annotations

import re
from decimal import Decimal

from .errors import InvalidInput

_DIGITS = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def percent(percentage: str | int | float | Decimal) -> Decimal:
    """The exact fraction of a percentage: `percent("6.5")` is `Decimal("0.065")`.

    Columns of percentages are divided by 100: what the division adds in the last place is understood.

    Args:
        percentage (str, int, float or Decimal): A number, or its digits as text, without a percent sign.

    Returns:
        The fraction, with all digits.

    Raises:
        WherewithalError: With the code `decimal.malformed`.

    Example:
        >>> import wherewithal as ww
        >>> ww.percent("6.57")
        Decimal('0.0657')
    """
    if isinstance(percentage, bool) or not isinstance(percentage, (str, int, float, Decimal)):
        found = type(percentage).__name__
        raise InvalidInput(
            "decimal.malformed", f"expected a number or its digits, found {found}; divide a column by 100"
        )
    # A float has the digits that it was written with.
    text = percentage if isinstance(percentage, str) else f"{Decimal(str(percentage)):f}"
    if not _DIGITS.fullmatch(text):
        raise InvalidInput(
            "decimal.malformed", f'{text[:40]!r} is not a number of percent; write it like "6.5"'
        )
    sign, digits, exponent = Decimal(text).as_tuple()
    return Decimal((sign, digits, int(exponent) - 2))
