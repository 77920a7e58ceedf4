"""Corrections of random histories: `lots.correct` compared with `lots_corrections.py`, field by field."""

from fractions import Fraction

import lots_corrections
from asking import ask, disagreement, draws, failed, text
from lots_random import History


def question(draw):
    """A history with one or two of its events left out, put in another amount, or added once more."""
    book = History(draw).made()
    events, corrections, used = book["events"], [], set()
    for _ in range(draw.choice([1, 1, 2])):
        place = draw.randrange(len(events))
        event, kind = events[place], draw.choice(["add", "remove", "replace", "replace"])
        if place in used:
            continue
        used.add(place)
        if kind == "remove":
            corrections.append({"kind": kind, "index": place})
        elif kind == "add":
            again = {name: value for name, value in event.items() if name not in ("lot", "lots")}
            corrections.append({"kind": kind, "event": again})
        else:
            amount = {name: text(cut(event[name])) for name in ("price", "amount") if name in event}
            corrections.append({"kind": kind, "index": place, "event": event | amount})
    made = {"book": book, "corrections": corrections}
    if draw.random() < 0.3:
        shuffled = [event for _, event in lots_corrections.corrected(made)]
        draw.shuffle(shuffled)
        made = {"book": book, "correctedEvents": shuffled}
    return made


def cut(value):
    """About a tenth more, in whole units."""
    return Fraction(int(Fraction(value) * Fraction(11, 10)) + 1)


def in_order(answer):
    """An answer with the rows of a year in an order of their own, since nothing says in which those that came stand."""
    lists = ("disposals", "distributionGains")
    years = [year | {name: sorted(year[name], key=of_pair) for name in lists} for year in answer["years"]]
    return answer | {"years": years}


def of_pair(pair):
    return [of_row(pair[name]) for name in ("before", "after")]


def of_row(row):
    return (row["event"], row["lot"], str(row.get("acquisitionDate")), row.get("rule", "")) if row else (-1, "", "", "")


def failures(engine, seed, places):
    """The corrections that differ; an impossible one is refused by both."""
    requests = [question(draw) for draw in draws(seed, places)]
    answers = ask(engine, [("lots.correct", request) for request in requests])
    found = []
    for request, answer in zip(requests, answers):
        lines = disagreement(answer, lots_corrections.correct, request, in_order)
        if lines:
            found.append(failed(request, lines))
    return found
