"""Random recurrence rules through the engine, through `recurrence.py`, and through dateutil's reading of RFC 5545.

dateutil (PyPI, python-dateutil) knows neither days that replace missing ones nor business days, so those answers have one witness.
It differs from the RFC where a rule names some weekdays with an ordinal and others without (it asks a date to be both), where weeks
are given without a day (it takes all seven), where a position is taken from the week of the start (it forgets the days before the
start), and for weeks from the end of a year far from it; the rules made here for it avoid these.
"""

import json
from datetime import date, datetime, timedelta

from dateutil import rrule

from asking import ask, differences, draws
from calendars import WEEKDAYS
from recurrence import UNITS, Rule, occurrences

FREQUENCIES = {"day": rrule.DAILY, "week": rrule.WEEKLY, "month": rrule.MONTHLY, "year": rrule.YEARLY}
CONVENTIONS = ["following", "modifiedFollowing", "preceding", "modifiedPreceding", "nearest"]


def some(draw, numbers, most):
    return sorted(draw.sample(list(numbers), draw.randrange(1, most + 1)))


def signed(most):
    return [number for number in range(-most, most + 1) if number]


def rule_of(draw):
    """A rule that keeps the table of the RFC."""
    frequency = draw.choice(list(UNITS))
    unit = UNITS[frequency][0]
    rule = {"frequency": frequency, "interval": draw.choice([1, 1, 1, 2, 3, 4, 7])}
    if draw.random() < 0.3:
        rule["byMonth"] = some(draw, range(1, 13), 4)
    if unit != "week" and draw.random() < 0.5:
        rule["byMonthDay"] = some(draw, draw.choice([signed(31), [29, 30, 31], [-31, -30, -1]]), 3)
    if unit == "year" and draw.random() < 0.2:
        rule["byYearDay"] = some(draw, draw.choice([signed(366), [365, 366, -366]]), 3)
    if draw.random() < (0.2 if "byMonthDay" in rule or "byYearDay" in rule else 0.5):
        ordinals = {"month": signed(5), "year": signed(5 if "byMonth" in rule else 53)}.get(unit, [])
        numbered = ordinals and draw.random() < 0.6
        names = draw.sample(WEEKDAYS, draw.randrange(1, 4))
        rule["byDay"] = [{"weekday": name} | ({"ordinal": draw.choice(ordinals)} if numbered else {}) for name in names]
    days = [day for day in rule.get("byDay", []) if "ordinal" in day]
    if unit == "year" and not days and "byDay" in rule and draw.random() < 0.3:
        rule["byWeekNumber"] = some(draw, [*range(1, 54), -1, -2, -3], 3)
    if len(rule) > 2 and unit != "week" and draw.random() < 0.2:
        rule["bySetPosition"] = some(draw, signed(4), 2)
    if draw.random() < 0.3:
        rule["weekStart"] = draw.choice(WEEKDAYS)
    return rule


def request_of(draw):
    start = date(1997, 1, 1) + timedelta(days=draw.randrange(0, 12_000))
    rule = rule_of(draw)
    request = {"start": str(start), "rule": rule, "to": str(start + timedelta(days=draw.randrange(30, 4000)))}
    end = draw.random()
    if end < 0.3:
        rule["count"] = draw.randrange(1, 30)
    elif end < 0.5:
        rule["until"] = str(start + timedelta(days=draw.randrange(0, 3000)))
    if draw.random() < 0.4:
        request["monthEnd"] = "clamp"
    if draw.random() < 0.4:
        request["convention"] = draw.choice(CONVENTIONS)
        request["calendar"] = {"holidays": draw.choice(["none", "nyse", "usFederal"])}
    if draw.random() < 0.4:
        request["from"] = str(start + timedelta(days=draw.randrange(0, 600)))
        request["to"] = max(request["to"], request["from"])
    near = [str(start + timedelta(days=draw.randrange(0, 200))) for _ in range(6)]
    if draw.random() < 0.3:
        request["exceptions"] = sorted(set(near[:3]))
    if draw.random() < 0.2:
        request["extraDates"] = sorted(set(near[3:]))
    if draw.random() < 0.5:
        request["limit"] = draw.randrange(1, 40)
    return request


def by_dateutil(request):
    """The dates of dateutil in the window, before anything is moved."""
    record, start = request["rule"], date.fromisoformat(request["start"])
    unit, units = UNITS[record["frequency"]]
    weekdays = [rrule.weekday(WEEKDAYS.index(day["weekday"]), day.get("ordinal")) for day in record.get("byDay", [])]
    until = record.get("until")
    rule = rrule.rrule(
        FREQUENCIES[unit],
        dtstart=datetime(start.year, start.month, start.day),
        interval=units * record["interval"],
        wkst=WEEKDAYS.index(record.get("weekStart", "monday")),
        count=record.get("count"),
        until=datetime.fromisoformat(until) if until else None,
        bysetpos=record.get("bySetPosition"),
        bymonth=record.get("byMonth"),
        bymonthday=record.get("byMonthDay"),
        byyearday=record.get("byYearDay"),
        byweekno=record.get("byWeekNumber"),
        byweekday=weekdays or None,
    )
    dates, limit = [], request.get("limit", 100)
    for when in rule:
        text = str(when.date())
        if text > request["to"] or len(dates) == limit:
            break
        if text >= request.get("from", ""):
            dates.append(text)
    return dates


def has_second_witness(request):
    return not {"convention", "exceptions", "extraDates"} & set(request) and request.get("monthEnd") != "clamp"


def failures(engine, seed, places):
    """The rules whose answers differ."""
    requests = [request_of(draw) for draw in draws(seed, places)]
    answers = ask(engine, [("cash_flow.occurrences", request) for request in requests])
    found = []
    for request, answer in zip(requests, answers):
        lines = list(compared(request, answer))
        if lines:
            found.append(f"{json.dumps(request)}\n    " + "\n    ".join(lines[:4]))
    return found


def compared(request, answer):
    if "code" in answer:
        endless = {field: value for field, value in request["rule"].items() if field not in ("count", "until")}
        rule = Rule(endless, date.fromisoformat(request["start"]), request.get("monthEnd") == "clamp")
        found = next(rule.dates(), None)
        if answer["code"] != "recurrence.never_falls" or found:
            yield f"{answer}, {found}"
        return
    yield from differences(answer, occurrences(request))
    if has_second_witness(request):
        told = [row["date"] for row in answer["occurrences"]]
        if told != by_dateutil(request):
            yield f"{told[:4]} of the engine, {by_dateutil(request)[:4]} of dateutil"
