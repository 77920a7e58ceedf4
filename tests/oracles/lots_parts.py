"""Random histories in parts: `lots.append` from state to state, compared with `lots.book` of the whole.

The histories are those of the other programs, which compare `lots.book` with rules and publications: whatever they ask the
engine is asked again in parts. What each part changes is put together as the documentation of `lots.append` says, and must
be the whole answer, with the same ids, places and figures; and the state after the last part must be that of one call.
Nothing here computes an answer.

A part ends anywhere, also within a day. Only a sale that takes shares of purchases later on its day comes with them.
"""

import importlib
import json
from datetime import date, timedelta

from asking import ask, differences, draws

PROGRAMS = [
    "lots_random",
    "lots_events",
    "lots_report_histories",
    "lots_correction_histories",
    "lots_previews",
    "lots_short_sales",
    "lots_contracts",
    "lots_selection",
    "lots_brokers",
    "lots_plans",
    "lots_peer",
    "lots_canada",
    "lots_united_kingdom",
]
# Of what a program asks about a history, so many questions are taken.
ASKED = 3
# How events of a day follow one another, as the documentation of `lots.book` has it.
RANKS = {
    **dict.fromkeys(("split", "bonusShares", "symbolChange", "merger", "spinOff"), 0),
    "returnOfCapital": 1,
    "dividend": 2,
    **dict.fromkeys(("buy", "reinvest", "receiveGift", "inherit"), 3),
    **dict.fromkeys(("transfer", "exercise"), 4),
    **dict.fromkeys(("sell", "give", "sellShort"), 5),
    **dict.fromkeys(("buyToCover", "deliverToCover", "assign", "expire"), 6),
    "markToMarket": 7,
}
# What a later call may find missing that came with an earlier one.
LACKING = "quantity.exceeds_held"


def histories(engine, seed, place):
    """The histories that a program asks about."""
    program = importlib.import_module(PROGRAMS[place % len(PROGRAMS)])
    found = []

    def listening(path, requests):
        found.extend(request.get("book", request) for _, request in requests)
        return ask(path, requests)

    program.ask = listening
    try:
        program.failures(engine, seed, [place])
    finally:
        program.ask = ask
    return [history for history in found if isinstance(history, dict) and history.get("events")][:ASKED]


def order(event):
    return event["date"], event.get("sequence", 0), RANKS[event["kind"]]


def ended(request):
    """A history in order, and a payment long after it, which decides what waits for later events."""
    events = sorted(request["events"], key=order)
    last = events[-1]
    day = date.fromisoformat(last["date"]) + timedelta(days=100)
    payment = {"kind": "dividend", "date": str(day), "security": last["security"], "amount": "1"}
    accounts = request.get("accounts", [])
    if accounts:
        payment["account"] = accounts[0]["id"]
    known = {security["id"]: security for security in request.get("securities", [])}
    currency = request.get("rules", {}).get("currency", "USD")
    if known.get(last["security"], {}).get("currency", currency) != currency:
        payment["exchangeRate"] = "1"
    return request | {"events": [*events, payment]}


class Parts:
    """A history that goes to the engine in parts, and what it told so far."""

    def __init__(self, draw, request):
        self.draw, self.request = draw, request
        self.begun = {name: request[name] for name in ("rules", "accounts", "securities") if name in request}
        self.state, self.done, self.size = None, 0, 0
        self.lots, self.shorts, self.places = {}, {}, {}
        self.lists = {"washSales": [], "distributionGains": [], "given": []}
        self.fault = None
        self.cut()

    def cut(self):
        self.size = self.draw.choice([1, 1, 2, 3, 5, 8, 13])

    def is_over(self):
        return self.fault is not None or self.done >= len(self.request["events"])

    def question(self):
        events = self.request["events"][self.done : self.done + self.size]
        so_far = self.begun if self.state is None else {"state": self.state}
        return "lots.append", so_far | {"events": events}

    def hear(self, answer):
        if "code" in answer:
            if answer["code"] == LACKING and self.done + self.size < len(self.request["events"]):
                self.size += 1
            else:
                self.fault = f"after {self.done} events: {answer}"
            return
        changes, self.state = answer["changes"], answer["state"]
        self.done += self.size
        self.cut()
        for lot in changes["closed"]:
            self.lots.pop(lot, None)
            self.shorts.pop(lot, None)
        self.lots |= {row["id"]: row for row in changes["lots"]}
        self.shorts |= {row["id"]: row for row in changes["shortPositions"]}
        self.places |= {row["place"]: row["disposal"] for row in changes["disposals"]}
        for name, rows in self.lists.items():
            rows += changes[name]

    def told(self):
        # In the United Kingdom, a later purchase can take all shares of a row over, which is then no row.
        disposals = [self.places[place] for place in sorted(self.places)]
        return {
            "lots": [self.lots[lot] for lot in sorted(self.lots)],
            "shortPositions": [self.shorts[lot] for lot in sorted(self.shorts)],
            "disposals": [row for row in disposals if row["quantity"] != "0"],
        } | self.lists


def whole(answer):
    """The rows of a whole answer, in the order of those that are put together."""
    rows = {name: answer[name] for name in ("disposals", "washSales", "distributionGains", "given")}
    return rows | {name: sorted(answer[name], key=lambda row: row["id"]) for name in ("lots", "shortPositions")}


def failures(engine, seed, places):
    """The histories that differ in parts."""
    found, books, made = [], [], []
    for place, draw in zip(places, draws(seed, places)):
        for request in histories(engine, seed, place):
            books.append(ended(request))
            made.append(Parts(draw, books[-1]))
    answers = ask(engine, [("lots.book", book) for book in books])
    able = [(parts, answer) for parts, answer in zip(made, answers) if "code" not in answer]
    once = ask(engine, [("lots.append", parts.begun | {"events": parts.request["events"]}) for parts, _ in able])
    while asked := [parts for parts, _ in able if not parts.is_over()]:
        for parts, answer in zip(asked, ask(engine, [parts.question() for parts in asked])):
            parts.hear(answer)
    for (parts, answer), single in zip(able, once):
        if parts.fault or "code" in single:
            lines = [parts.fault or str(single)]
        else:
            lines = list(differences(parts.told(), whole(answer)))
            lines += [f"state{line}" for line in differences(parts.state, single["state"])]
        if lines:
            found.append("\n    ".join([json.dumps(parts.request), *lines[:8]]))
    return found
