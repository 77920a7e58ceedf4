"""Form 8949, Schedule D and unrealized gains of random histories, compared with `lots_reports.py` row by row.

The histories are those of `lots_random.py` and of `lots_events.py`, with a year, brokers that report less or nothing, carried
losses, and prices at random.
"""

import json
from datetime import date, timedelta
from fractions import Fraction

import lots_reports
from asking import ask, differences, draws, text
from lots_events import Events
from lots_random import History
from support import NotCovered


def questions(draw):
    """A history, and the three questions about it."""
    book = draw.choice([History, Events])(draw).made()
    book["rules"].pop("jurisdiction", None)
    if book["rules"].get("currency") == "JPY":
        del book["rules"]["currency"]
    days = sorted(event["date"] for event in book["events"])
    year = int(draw.choice(days)[:4])
    form = {"book": book, "year": year, "reporting": reporting(draw, book)}
    form |= {"rowsBySale": draw.random() < 0.4, "wholeDollarTotals": draw.random() < 0.4}
    today = date.fromisoformat(draw.choice(days)) + timedelta(days=draw.choice([0, 0, 1, 30, 364, 365, 366]))
    securities = {event["security"] for event in book["events"]}
    securities |= {event["into"] for event in book["events"] if event.get("into")}
    prices = [{"security": name, "price": text(Fraction(draw.randrange(0, 9000), 100))} for name in sorted(securities)]
    asked = [
        ("lots.form_8949", form),
        ("lots.schedule_d", {"book": book, "reporting": form["reporting"]} | series(draw, int(days[0][:4]))),
        ("lots.unrealized", {"book": book, "asOf": str(today), "prices": prices}),
    ]
    return asked


def reporting(draw, book):
    entries = []
    for _ in range(draw.choice([0, 0, 1, 2])):
        entry = {"reported": draw.choice(["basis", "proceedsOnly", "nothing"])}
        if draw.random() < 0.6:
            entry["security"] = draw.choice(book["events"])["security"]
        if draw.random() < 0.4 and "accounts" in book:
            entry["account"] = draw.choice(book["accounts"])["id"]
        bought = [event["lot"] for event in book["events"] if "lot" in event]
        if draw.random() < 0.3 and bought:
            entry["lot"] = draw.choice(bought)
        entries.append(entry)
    return entries


def series(draw, first):
    """Some years, with what the book does not know of them."""
    amount = lambda: text(Fraction(draw.choice([0, 1, -1]) * draw.randrange(0, 900_000), 100))
    years = []
    for year in range(first, first + draw.randrange(1, 5)):
        made = {
            "year": year,
            "filingStatus": draw.choice(["single", "marriedFilingJointly", "marriedFilingSeparately"]),
        }
        for name in ("passThroughShortTerm", "passThroughLongTerm", "otherShortTerm", "otherLongTerm"):
            if draw.random() < 0.3:
                made[name] = amount()
        if draw.random() < 0.3:
            made["capitalGainDistributions"] = amount().strip("-")
        if draw.random() < 0.4:
            made["taxableIncome"] = draw.choice(["-5000", "-1234.56", "0", "500.25", "90000"])
        years.append(made)
    made = {"years": years}
    if draw.random() < 0.4:
        made["carryover"] = {name: amount().strip("-") for name in ("shortTerm", "longTerm")}
    return made


def compared(operation, request, answer):
    try:
        model = lots_reports.OPERATIONS[operation](request)
    except NotCovered as reason:
        return [f"the program does not cover it: {reason}"]
    if "code" in answer:
        return [str(answer)]
    # What a distribution or a fraction of a share is called is free.
    told = {line.split(".description")[0] for line in differences(answer, model) if ".description" in line}
    lines = list(differences(answer, model))
    return [line for line in lines if not any(line.startswith(f"{row}.description") and is_free(line) for row in told)]


def is_free(line):
    return line.endswith("None of the program")


def failures(engine, seed, places):
    """The answers that differ; a history that the program of the book does not cover is passed over."""
    asked = [question for draw in draws(seed, places) for question in questions(draw)]
    found = []
    for (operation, request), answer in zip(asked, ask(engine, asked)):
        lines = compared(operation, request, answer)
        if lines and not any("a new basis" in line for line in lines):
            found.append("\n    ".join([f"{operation} {json.dumps(request)}", *lines[:8]]))
    return found
