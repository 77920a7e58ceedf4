"""Day counts, from the text of each convention, in exact fractions.

2006 ISDA Definitions, section 4.16: (b) actual/actual, (d) actual/365 fixed, (e) actual/360, (f) 30/360 bond basis,
(g) 30E/360, (h) 30E/360 (ISDA). 30/360 US: Standard Securities Calculation Methods (1993). Actual/actual ICMA: rule 251.
Actual/actual AFB: Association Française des Banques (1994). 30/365: ISO 20022, interest computation method A002. 30E+/360:
an end on the 31st is the 1st of the next month. 30/360 Italian: the 28th and the 29th of February are the 30th.
Actual/365L: ICMA rule 251.1(i). Actual/365 Canadian: days over 365, or a whole coupon less what remains of it over 365. RBA
bond basis: 2021 ISDA Definitions, section 4.6.1(xi). 1/1: section 4.16(a). NL/360, NL/365, actual/364, actual/365.25,
actual/366 and business/252 as their names say.

Every convention that QuantLib has too is computed by QuantLib as well, and the program fails where the two differ.
"""

import itertools
from datetime import date, timedelta
from fractions import Fraction

import QuantLib as ql

from calendars import Calendar
from support import add_months, day, is_last_of_month

NUMERATOR = {
    "actual360": Fraction(360),
    "actual364": Fraction(364),
    "actual365Fixed": Fraction(365),
    "actual36525": Fraction(1461, 4),
    "actual366": Fraction(366),
}
COUPONS = {"monthly": 12, "quarterly": 4, "semiannual": 2, "annual": 1}

QUANTLIB = {
    "thirty360Us": ql.Thirty360(ql.Thirty360.USA),
    "thirty360BondBasis": ql.Thirty360(ql.Thirty360.BondBasis),
    "thirtyE360": ql.Thirty360(ql.Thirty360.EurobondBasis),
    "thirty360German": ql.Thirty360(ql.Thirty360.German),
    "actual360": ql.Actual360(),
    "actual364": ql.Actual364(),
    "actual365Fixed": ql.Actual365Fixed(),
    "actual36525": ql.Actual36525(),
    "actualActualIsda": ql.ActualActual(ql.ActualActual.ISDA),
    "actualActualAfb": ql.ActualActual(ql.ActualActual.AFB),
    "noLeap365": ql.Actual365Fixed(ql.Actual365Fixed.NoLeap),
    "thirty360Italian": ql.Thirty360(ql.Thirty360.Italian),
    "actual366": ql.Actual366(),
}


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def last_of_february(when):
    return when.month == 2 and is_last_of_month(when)


def days_of_30(start, end, convention, maturity=None):
    """The days between two dates in months of 30 days."""
    first, second = start.day, end.day
    if convention in ("thirty360Us", "thirty360BondBasis"):
        if convention == "thirty360Us" and last_of_february(start):
            if last_of_february(end):
                second = 30
            first = 30
        if second == 31 and first >= 30:
            second = 30
        if first == 31:
            first = 30
    else:
        if convention == "thirtyEPlus360" and second == 31 and end != start:
            # The 1st of the next month.
            return 360 * (end.year - start.year) + 30 * (end.month + 1 - start.month) + 1 - min(first, 30)
        first, second = min(first, 30), min(second, 30)
        if convention == "thirty360Italian":
            first = 30 if start.month == 2 and first > 27 else first
            second = 30 if end.month == 2 and second > 27 else second
        if convention in ("thirtyE360Isda", "thirty360German"):
            if last_of_february(start):
                first = 30
            if last_of_february(end) and not (convention == "thirtyE360Isda" and end == maturity):
                second = 30
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + second - first


def actual_actual_isda(start, end):
    """Each calendar year's days over the days of that year."""
    total = Fraction(0)
    while start < end:
        stop = min(end, date(start.year + 1, 1, 1))
        total += Fraction((stop - start).days, 366 if is_leap(start.year) else 365)
        start = stop
    return total


def actual_actual_afb(start, end):
    """Whole years back from the end, then days over 366 where a 29 February is among them."""
    years, back = 0, end
    while True:
        earlier = add_months(end, -12 * (years + 1))
        if end.month == 2 and end.day == 28 and is_leap(earlier.year):
            earlier = earlier.replace(day=29)
        if earlier < start:
            break
        years, back = years + 1, earlier
    leap = any(start <= date(year, 2, 29) < back for year in range(start.year, back.year + 1) if is_leap(year))
    return years + Fraction((back - start).days, 366 if leap else 365)


def actual_actual_icma(start, end, period):
    """Each regular period's days over its length and the number of periods a year; notional periods go on both ways.

    They keep the later day of the month of the two ends, and month ends if the period says so.
    """
    coupons = COUPONS[period["frequency"]]
    months = 12 // coupons
    first, last = day(period["start"]), day(period["end"])
    month_end = period.get("monthEnd", "anchorDay")
    anchor, shift = (first, 0) if first.day > last.day else (last, 1)

    def bound(count):
        return add_months(anchor, months * (count - shift), month_end)

    low, high = 0, 1
    while bound(low) > start:
        low -= 1
    while bound(high) < end:
        high += 1
    bounds = [bound(count) for count in range(low, high + 1)]
    total = Fraction(0)
    for left, right in itertools.pairwise(bounds):
        inside = (min(end, right) - max(start, left)).days
        if inside > 0:
            total += Fraction(inside, (right - left).days * coupons)
    return total


def of_coupon(start, end, convention, period):
    """The conventions that look at the coupon period."""
    first, last, coupons = day(period["start"]), day(period["end"]), COUPONS[period["frequency"]]
    days = (end - start).days
    if convention == "rbaBondBasis":
        return Fraction(1, coupons) if (start, end) == (first, last) else actual_actual_isda(start, end)
    if convention == "actual365L":
        long = leap_days(first, last) > 0 if coupons == 1 else is_leap(last.year)
        return Fraction(days, 366 if long else 365)
    if days < Fraction(365, coupons):
        return Fraction(days, 365)
    return Fraction(1, coupons) - Fraction((last - first).days - days, 365)


def leap_days(start, end):
    """The 29ths of February after the start and up to the end."""
    return sum(start < date(year, 2, 29) <= end for year in range(start.year, end.year + 1) if is_leap(year))


def count(start, end, convention, maturity=None, period=None, calendar=None):
    """The days that a convention counts and the fraction of a year, exactly; `start` is not after `end`."""
    days = (end - start).days
    if convention == "thirty365":
        days = days_of_30(start, end, "thirtyE360")
        return days, Fraction(days, 365)
    if convention.startswith("thirty"):
        days = days_of_30(start, end, convention, maturity)
        return days, Fraction(days, 360)
    if convention == "oneOne":
        return days, Fraction(min(days, 1))
    if convention in ("actual365L", "actual365Canadian", "rbaBondBasis"):
        return days, of_coupon(start, end, convention, period)
    if convention in NUMERATOR:
        return days, days / NUMERATOR[convention]
    if convention in ("noLeap360", "noLeap365"):
        days -= leap_days(start, end)
        return days, Fraction(days, int(convention[-3:]))
    if convention == "actualActualIsda":
        return days, actual_actual_isda(start, end)
    if convention == "actualActualAfb":
        return days, actual_actual_afb(start, end)
    if convention == "actualActualIcma":
        return days, actual_actual_icma(start, end, period)
    business = sum(calendar.is_open(start + timedelta(days=offset)) for offset in range(days))
    return business, Fraction(business, 252)


def fraction(start, end, convention="actual365Fixed"):
    """The exact fraction of a year between two dates in order, for the programs of loans."""
    return count(start, end, convention)[1]


def confirm_canadian_by_quantlib(start, end, period, years):
    """QuantLib rounds 365 over the number of coupons down, so one day of a period is left out."""
    days, coupons = (end - start).days, COUPONS[period["frequency"]]
    if days == 365 // coupons:
        return
    bounds = [
        ql.Date(when.day, when.month, when.year) for when in (start, end, day(period["start"]), day(period["end"]))
    ]
    other = ql.Actual365Fixed(ql.Actual365Fixed.Canadian).yearFraction(*bounds)
    if abs(Fraction(other) - years) > Fraction(1, 10**13):
        raise AssertionError(f"QuantLib's actual/365 Canadian: {other}; {float(years)} here")


def confirm_by_quantlib(start, end, convention, days, years):
    peer = QUANTLIB.get(convention)
    if peer is None:
        return
    bounds = [ql.Date(when.day, when.month, when.year) for when in (start, end)]
    other = peer.dayCount(*bounds), peer.yearFraction(*bounds)
    if other[0] != days or abs(Fraction(other[1]) - years) > Fraction(1, 10**13):
        raise AssertionError(f"QuantLib's {convention}: {other}; {days}, {float(years)} here")


def year_fraction(request):
    start, end = day(request["start"]), day(request["end"])
    convention = request.get("dayCount", "actual365Fixed")
    sign = 1
    if end < start:
        start, end, sign = end, start, -1
    calendar = Calendar(request["calendar"]) if "calendar" in request else None
    days, years = count(start, end, convention, day(request.get("maturity")), request.get("couponPeriod"), calendar)
    confirm_by_quantlib(start, end, convention, days, years)
    if convention == "actual365Canadian":
        confirm_canadian_by_quantlib(start, end, request["couponPeriod"], years)
    return {"days": sign * days, "years": sign * years}


OPERATIONS = {"dates.year_fraction": year_fraction}
