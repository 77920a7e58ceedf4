"""What several programs share: rounding, dates and the reading of numbers. Nothing here computes an answer.

Rounding is exact: every amount is a fraction until the moment at which the documentation rounds it.
"""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor, inf, nextafter

# The decimal places of the minor unit (ISO 4217), where they are not two.
PLACES = {"JPY": 0, "KRW": 0, "CLP": 0, "VND": 0, "KWD": 3, "BHD": 3, "TND": 3}

PER_YEAR = {
    "weekly": 52,
    "biweekly": 26,
    "everyFourWeeks": 13,
    "semimonthly": 24,
    "monthly": 12,
    "everyTwoMonths": 6,
    "quarterly": 4,
    "semiannual": 2,
    "annual": 1,
}
DAYS = {"daily": 1, "weekly": 7, "biweekly": 14, "everyFourWeeks": 28}
MONTHS = {"monthly": 1, "everyTwoMonths": 2, "quarterly": 3, "semiannual": 6, "annual": 12}


# What a program returns in the place of a figure that the vector quotes from a publication, and that it cannot compute.
QUOTED = object()


class NotCovered(Exception):
    """The input asks for something that a program does not compute. It says what."""


def number(value):
    """A decimal of the wire, exactly; of a number, the decimal that it stands for."""
    if isinstance(value, float):
        return stands_for(value)
    return None if value is None else Fraction(str(value))


def stands_for(value):
    """Its shortest form of at most 15 digits, or a decimal of 12 digits at most two floating-point numbers away."""
    if len(Decimal(repr(value)).normalize().as_tuple().digits) <= 15:
        return Fraction(repr(value))
    short = f"{value:.11e}"
    above = nextafter(nextafter(float(short), inf), inf)
    below = nextafter(nextafter(float(short), -inf), -inf)
    if not below <= value <= above:
        raise NotCovered(f"{value!r} stands for no short decimal")
    return Fraction(short)


def day(text):
    """A date of the wire."""
    return None if text is None else date.fromisoformat(text)


def minor_unit(currency="USD"):
    return Fraction(1, 10 ** PLACES.get(currency, 2))


def round_to(value, step, policy="halfEven"):
    """`value` as a multiple of `step`, by one of the four policies."""
    count = Fraction(value) / Fraction(step)
    whole, rest = floor(count), count - floor(count)
    if policy == "halfEven":
        up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1)
    elif policy == "halfUp":
        up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and count > 0)
    elif policy == "down":
        up = rest > 0 and count < 0
    else:
        up = rest > 0 and count > 0
    return (whole + up) * Fraction(step)


def cents(value, currency="USD", policy="halfEven"):
    return round_to(value, minor_unit(currency), policy)


def places(value, digits, policy="halfEven"):
    return round_to(value, Fraction(1, 10**digits), policy)


def add_months(start, months, month_end="anchorDay"):
    """The same day of a later month, or the last day of a month that is too short."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    stays_last = month_end == "endOfMonth" and is_last_of_month(start)
    return date(year, month + 1, last if stays_last else min(start.day, last))


def is_last_of_month(when):
    return when.day == monthrange(when.year, when.month)[1]


def add_periods(start, count, frequency, month_end="anchorDay", semimonthly=None):
    """`count` periods after `start`, counted from `start` itself, so that a short month leaves no trace."""
    if frequency in DAYS:
        return start + timedelta(days=DAYS[frequency] * count)
    if frequency in MONTHS:
        return add_months(start, MONTHS[frequency] * count, month_end)
    return semimonthly_date(start, count, semimonthly)


def semimonthly_date(start, count, days):
    """`count` of the two days of a month after (or before) `start`, `start` itself being one of them or between."""
    if days is None:
        first = start.day if start.day <= 15 else start.day - 15
        days = {"first": first, "second": first + 15}
    month, dates = date(start.year, start.month, 1), []
    span = abs(count) // 2 + 2
    for offset in range(-span, span + 1):
        base = add_months(month, offset)
        last = monthrange(base.year, base.month)[1]
        dates += [base.replace(day=min(days[name], last)) for name in ("first", "second")]
    if count >= 0:
        later = (
            [when for when in dates if when >= start] if start in dates else [start] + [w for w in dates if w > start]
        )
        return later[count]
    earlier = [when for when in reversed(dates) if when <= start]
    earlier = earlier if start in dates else [start] + earlier
    return earlier[-count]
