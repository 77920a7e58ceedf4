"""Dates that recur, by RFC 5545, section 3.3.10: every day of the calendar is asked whether it meets the rule.

A day belongs to the day, week, month or year that the frequency names; every `interval` of them counts, from the one that
holds the start. It must meet each field of the rule, after the table of the RFC. A day of the month or of the year that
does not exist is skipped, or with `clamp` replaced by the nearest day of its month or year. Dates are counted, exceptions
taken out, and the rest moved by the calendars of `calendars.py`.

The texts of rules are read by `dateutil` (PyPI, python-dateutil), whose dates `recurrence_random.py` compares as well.
"""

from calendar import isleap, monthrange
from datetime import date, timedelta
from functools import cache

from dateutil.rrule import rrulestr

from calendars import WEEKDAYS, Calendar
from support import QUOTED, NotCovered, day

UNITS = {
    "daily": ("day", 1),
    "weekly": ("week", 1),
    "biweekly": ("week", 2),
    "everyFourWeeks": ("week", 4),
    "monthly": ("month", 1),
    "everyTwoMonths": ("month", 2),
    "quarterly": ("month", 3),
    "semiannual": ("month", 6),
    "annual": ("year", 1),
}
NAMES = {"YEARLY": "annual", "MONTHLY": "monthly", "WEEKLY": "weekly", "DAILY": "daily"}
# No rule of the vectors has a longer gap, and one cycle of the calendar is as long.
YEARS = 400


def read_text(text, start):
    """The record of a rule in the notation of the RFC, as dateutil understands it."""
    parts = dict(part.split("=") for part in text.upper().removeprefix("RRULE:").split(";"))
    rrulestr(text.upper().removeprefix("RRULE:"), dtstart=start)  # refuses what it does not know
    numbers = {
        "byMonth": "BYMONTH",
        "byWeekNumber": "BYWEEKNO",
        "byYearDay": "BYYEARDAY",
        "byMonthDay": "BYMONTHDAY",
        "bySetPosition": "BYSETPOS",
    }
    rule = {"frequency": NAMES[parts["FREQ"]], "interval": int(parts.get("INTERVAL", 1))}
    rule["weekStart"] = weekday(parts.get("WKST", "MO"))
    for field, part in numbers.items():
        if part in parts:
            rule[field] = [int(number) for number in parts[part].split(",")]
    if "COUNT" in parts:
        rule["count"] = int(parts["COUNT"])
    if "UNTIL" in parts:
        rule["until"] = date(int(parts["UNTIL"][:4]), int(parts["UNTIL"][4:6]), int(parts["UNTIL"][6:])).isoformat()
    if "BYDAY" in parts:
        rule["byDay"] = [
            {"weekday": weekday(item[-2:])} | ({"ordinal": int(item[:-2])} if item[:-2] else {})
            for item in parts["BYDAY"].split(",")
        ]
    return rule


def weekday(letters):
    return next(name for name in WEEKDAYS if name.upper().startswith(letters))


@cache
def weeks_of(year, first_weekday):
    """The number of weeks of a year: of those of its days that are the fourth of their week."""
    days = [date(year, 1, 1) + timedelta(days=offset) for offset in range(366 if isleap(year) else 365)]
    return sum((when.weekday() - 3) % 7 == first_weekday for when in days)


class Rule:
    """A rule whose open ends are those of its start."""

    def __init__(self, rule, start, clamps):
        self.start, self.clamps = start, clamps
        self.unit, units = UNITS[rule["frequency"]]
        self.interval = units * rule.get("interval", 1)
        self.until, self.count = day(rule.get("until")), rule.get("count")
        self.months, self.weeks = rule.get("byMonth", []), rule.get("byWeekNumber", [])
        self.year_days, self.month_days = rule.get("byYearDay", []), rule.get("byMonthDay", [])
        self.days = [(WEEKDAYS.index(item["weekday"]), item.get("ordinal")) for item in rule.get("byDay", [])]
        self.positions = rule.get("bySetPosition", [])
        self.first_weekday = WEEKDAYS.index(rule.get("weekStart", "monday"))
        # Ordinals count within the month, unless the rule is annual and names no month.
        self.in_year = self.unit == "year" and not self.months
        self.chooses = (
            bool(self.positions)
            or [bool(self.days), bool(self.month_days), bool(self.year_days)].count(True) > 1
            or bool(self.weeks and self.months)
        )
        self.fill_in()

    def fill_in(self):
        """What the rule leaves open comes from its start."""
        if self.days or self.month_days or self.year_days:
            return
        if self.unit == "week" or self.weeks:
            self.days = [(self.start.weekday(), None)]
        elif self.unit in ("month", "year"):
            self.month_days = [self.start.day]
            if self.unit == "year":
                self.months = self.months or [self.start.month]

    def week_begins(self, when):
        return when - timedelta(days=(when.weekday() - self.first_weekday) % 7)

    def period(self, when):
        """The number of the period that holds a day, from the one that holds the start."""
        if self.unit == "day":
            return (when - self.start).days
        if self.unit == "week":
            return (self.week_begins(when) - self.week_begins(self.start)).days // 7
        if self.unit == "month":
            return 12 * (when.year - self.start.year) + when.month - self.start.month
        return when.year - self.start.year

    def asked(self, numbers, length):
        """The days that are meant of a month or a year with so many days."""
        for number in numbers:
            if abs(number) <= length:
                yield number if number > 0 else length + 1 + number
            elif self.clamps:
                yield length if number > 0 else 1

    def week_of(self, when):
        """The number of a day's week, from the start and from the end of the year that has at least four of its days."""
        middle = self.week_begins(when) + timedelta(days=3)
        weeks = weeks_of(middle.year, self.first_weekday)
        number = (middle - date(middle.year, 1, 1)).days // 7 + 1
        return number, number - weeks - 1

    def meets(self, when):
        length = monthrange(when.year, when.month)[1]
        of_year, year_length = when.timetuple().tm_yday, 366 if isleap(when.year) else 365
        if self.months and when.month not in self.months:
            return False
        if self.month_days and when.day not in self.asked(self.month_days, length):
            return False
        if self.year_days and of_year not in self.asked(self.year_days, year_length):
            return False
        if self.weeks and not set(self.weeks) & set(self.week_of(when)):
            return False
        place, size = (of_year, year_length) if self.in_year else (when.day, length)
        ordinals = (None, (place + 6) // 7, -((size - place + 7) // 7))
        return not self.days or any((when.weekday(), ordinal) in self.days for ordinal in ordinals)

    def dates(self):
        """The dates in order, as far as one looks."""
        found, counted = [], 0
        when = self.start if self.unit in ("day",) else self.beginning()
        last = date(min(self.start.year + YEARS, 9999), 12, 31)
        period = None
        while True:
            number = self.period(when)
            if number != period:
                for kept in self.chosen(found):
                    if kept >= self.start:
                        if (self.until and kept > self.until) or (self.count and counted == self.count):
                            return
                        counted += 1
                        yield kept
                found, period = [], number
            if number % self.interval == 0 and self.meets(when):
                found.append(when)
            if when == last or (self.until and when > self.until + timedelta(days=400)):
                return
            when += timedelta(days=1)

    def over(self, last):
        """The last day for which the rule asks for anything, if it ends before the answer does."""
        if self.until:
            return min(last, self.until)
        if self.count:
            return min(last, list(self.dates())[-1] - timedelta(days=1))
        raise NotCovered("a rule without an end, up to the end of the calendar")

    def beginning(self):
        """The first day of the period that holds the start."""
        when = self.start
        while when > date.min and self.period(when - timedelta(days=1)) == 0:
            when -= timedelta(days=1)
        return when

    def chosen(self, found):
        if not self.positions:
            return found
        places = range(1, len(found) + 1)
        return [
            when
            for place, when in zip(places, found)
            if place in self.positions or place - len(found) - 1 in self.positions
        ]

    def missing(self, first, last):
        """What months and years lack: their first and last day, and the kind of what they lack."""
        if self.chooses:
            return
        for year in range(first.year, last.year + 1):
            whole = date(year, 1, 1), date(year, 12, 31)
            if self.unit == "year" and (year - self.start.year) % self.interval:
                continue
            if self.unit in ("month", "year"):
                for month in range(1, 13):
                    span = date(year, month, 1), date(year, month, monthrange(year, month)[1])
                    counts = self.unit == "year" or self.period(span[0]) % self.interval == 0
                    if counts and (not self.months or month in self.months):
                        yield from self.lacked(span, self.month_days, "noSuchDay")
                        if not self.in_year:
                            yield from self.lacked_weekdays(span)
            if self.unit == "year":
                if self.in_year:
                    yield from self.lacked_weekdays(whole)
                yield from self.lacked(whole, self.year_days, "noSuchDay")
                for number in self.weeks:
                    if abs(number) > weeks_of(year, self.first_weekday):
                        yield *whole, "noSuchWeek"

    def lacked(self, span, numbers, reason):
        length = (span[1] - span[0]).days + 1
        for number in numbers:
            if abs(number) > length and not self.clamps:
                yield *span, reason

    def lacked_weekdays(self, span):
        days = [span[0] + timedelta(days=offset) for offset in range((span[1] - span[0]).days + 1)]
        for name, ordinal in self.days:
            if ordinal and abs(ordinal) > sum(when.weekday() == name for when in days):
                yield *span, "noSuchWeekday"


def occurrences(request):
    """`cash_flow.occurrences`."""
    start = day(request["start"])
    record = request["rule"] if "rule" in request else read_text(request["rrule"], start)
    rule = Rule(record, start, request.get("monthEnd", "skip") == "clamp")
    calendar, convention = Calendar(request.get("calendar", {})), request.get("convention", "unadjusted")
    exceptions = {day(text) for text in request.get("exceptions", [])}
    first, last = day(request.get("from")) or date.min, day(request.get("to")) or date.max
    limit, rows, used, following, final = request.get("limit", 100), [], [], None, last
    for when in merged(rule.dates(), sorted(day(text) for text in request.get("extraDates", []))):
        if when in exceptions:
            used.append(when)
            continue
        moved = calendar.moved(when, convention)
        if moved < first:
            continue
        if moved > last or len(rows) == limit:
            # The answer knows what comes before the first date that it leaves out.
            following, final = moved, min(last, when - timedelta(days=1))
            break
        rows.append({"date": moved, "movedFrom": when if moved != when else None})
    full = following is not None and len(rows) == limit
    return {
        "occurrences": rows,
        "skipped": skipped(
            rule, [when for when in used if first <= when <= last], first, final if following else rule.over(last)
        ),
        "unusedExceptions": [
            when
            for when in sorted(exceptions - set(used))
            if first <= when <= last and not (full and when > rows[-1]["date"])
        ],
        "ends": "count" in record or "until" in record,
        "next": following,
        "rule": QUOTED,
    }


def merged(dates, extra):
    """Two ascending lists as one; a date that is in both comes once."""
    for when in dates:
        while extra and extra[0] < when:
            yield extra.pop(0)
        if extra and extra[0] == when:
            extra.pop(0)
        yield when
    yield from extra


def skipped(rule, exceptions, first, final):
    """Exceptions and days that months and years lack, in the order of time, up to the last day that is answered."""
    lacked = [
        (end, 1, {"date": begin, "reason": reason, "note": QUOTED})
        for begin, end, reason in rule.missing(rule.start, final)
        if end >= rule.start and first <= end <= final
    ]
    taken = [(when, 0, {"date": when, "reason": "exception", "note": QUOTED}) for when in exceptions]
    return [row for _, _, row in sorted(lacked + taken, key=lambda entry: entry[:2])]


OPERATIONS = {"cash_flow.occurrences": occurrences}
