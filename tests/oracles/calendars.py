"""Business days and regular dates, by the calendars of QuantLib and the definitions of the documentation.

Holidays: QuantLib's New York stock exchange, United States settlement, Federal Reserve Bankwire and TARGET calendars.
QuantLib keeps Juneteenth as a public holiday from 2022 on; the law (Public Law 117-17) is of June 2021, and the Friday
before the Saturday of that year was kept.

A schedule counts every date from its anchor, and moves dates to business days only afterwards.
"""

from datetime import date, timedelta

import QuantLib as ql

from support import add_months, add_periods, day

HOLIDAYS = {
    "nyse": ql.UnitedStates(ql.UnitedStates.NYSE),
    "usFederal": ql.UnitedStates(ql.UnitedStates.Settlement),
    "federalReserve": ql.UnitedStates(ql.UnitedStates.FederalReserve),
    "target": ql.TARGET(),
}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


JUNETEENTH_OF_2021 = date(2021, 6, 18)


class Calendar:
    """Which days are business days."""

    def __init__(self, document):
        self.name = document.get("holidays", "none")
        self.peer = HOLIDAYS.get(self.name)
        self.weekend = {WEEKDAYS.index(name) for name in document.get("weekend", ["saturday", "sunday"])}
        self.closures = {day(text) for text in document.get("closures", [])}

    def is_holiday(self, when):
        """Whether a day outside the weekend is closed."""
        if when.weekday() in self.weekend:
            return False
        named = self.peer is not None and not self.peer.isBusinessDay(ql.Date(when.day, when.month, when.year))
        first_juneteenth = self.name == "usFederal" and when == JUNETEENTH_OF_2021
        return named or first_juneteenth or when in self.closures

    def is_open(self, when):
        return when.weekday() not in self.weekend and not self.is_holiday(when)

    def next(self, when, step):
        while not self.is_open(when):
            when += timedelta(days=step)
        return when

    def moved(self, when, convention):
        """`when`, or the business day to which a convention moves it."""
        after, before = self.next(when, 1), self.next(when, -1)
        if convention == "unadjusted":
            return when
        if convention == "following" or (convention == "modifiedFollowing" and after.month == when.month):
            return after
        if convention == "modifiedPreceding" and before.month != when.month:
            return after
        if convention == "nearest" and after - when <= when - before:
            return after
        return before

    def advanced(self, when, count):
        """The business day `count` business days later; the day that is left is not counted."""
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            when = self.next(when + timedelta(days=step), step)
        return when


def add(request):
    calendar = Calendar(request.get("calendar", {}))
    when = add_months(day(request["date"]), request.get("months", 0), request.get("monthEnd", "anchorDay"))
    when = calendar.advanced(when + timedelta(days=request.get("days", 0)), request.get("businessDays", 0))
    when = calendar.moved(when, request.get("convention", "unadjusted"))
    return {"date": when, "isBusinessDay": calendar.is_open(when)}


def business_days(request):
    calendar = Calendar(request.get("calendar", {}))
    start, end = day(request["start"]), day(request["end"])
    first, last, sign = (start, end, 1) if start <= end else (end, start, -1)
    days = [first + timedelta(days=offset) for offset in range((last - first).days)]
    closed = [when for when in days if calendar.is_holiday(when)]
    holidays = [{"date": when} | ({"name": "Closure"} if when in calendar.closures else {}) for when in closed]
    return {"businessDays": sign * sum(map(calendar.is_open, days)), "holidays": holidays}


def schedule(request):
    start, end = day(request["start"]), day(request.get("end"))
    stub = request.get("stub", "none")

    def regular(anchor, count):
        return add_periods(
            anchor, count, request["frequency"], request.get("monthEnd", "anchorDay"), request.get("semimonthlyDays")
        )

    if end is None:
        dates = [regular(start, count) for count in range(request["count"])]
    elif stub in ("none", "shortBack", "longBack"):
        dates = [start]
        while regular(start, len(dates)) <= end:
            dates.append(regular(start, len(dates)))
        if stub != "none" and dates[-1] != end:
            dates = (dates if stub == "shortBack" or len(dates) == 1 else dates[:-1]) + [end]
    else:
        dates = [end]
        while regular(end, -len(dates)) >= start:
            dates.append(regular(end, -len(dates)))
        dates.reverse()
        if dates[0] != start:
            dates = [start] + (dates if stub == "shortFront" or len(dates) == 1 else dates[1:])
    calendar = Calendar(request.get("calendar", {}))
    moved = [calendar.moved(when, request.get("convention", "unadjusted")) for when in dates]
    return {"dates": moved, "unadjustedDates": dates}


OPERATIONS = {"dates.add": add, "dates.business_days": business_days, "dates.schedule": schedule}
