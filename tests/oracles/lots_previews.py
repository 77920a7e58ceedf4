"""Trades before they are made, in random histories: `lots.preview_trade` compared with `lots_trades.py`.

A history of `lots_random.py` is cut after a day, and its next trade, or another one, is asked for within the days in which wash
sales look back.
"""

from datetime import date, timedelta
from fractions import Fraction

import lots_trades
from asking import ask, disagreement, draws, failed, text
from lots_random import History


def question(draw):
    book = History(draw).made()
    days = sorted({event["date"] for event in book["events"]})
    last = draw.choice(days)
    events = [event for event in book["events"] if event["date"] <= last]
    trades = [event for event in events if event["kind"] in ("buy", "reinvest")]
    if not trades:
        return None
    pattern = draw.choice(trades)
    when = date.fromisoformat(last) + timedelta(days=draw.choice([0, 1, 5, 20, 29, 30, 31, 365]))
    trade = {"kind": draw.choice(["sell", "sell", "buy"]), "date": str(when), "security": pattern["security"]}
    trade |= {"quantity": str(draw.randrange(1, 30)), "price": text(Fraction(draw.randrange(500, 9000), 100))}
    if "account" in pattern:
        trade["account"] = pattern["account"]
    made = {"book": book | {"events": events}, "trade": trade, "horizonDays": draw.choice([0, 30, 400])}
    if draw.random() < 0.5:
        made["rates"] = {"shortTerm": "0.32", "longTerm": "0.15"}
    return made


def failures(engine, seed, places):
    """The previews that differ; a trade that is impossible is refused by both."""
    requests = [request for request in map(question, draws(seed, places)) if request]
    answers = ask(engine, [("lots.preview_trade", request) for request in requests])
    found = []
    for request, answer in zip(requests, answers):
        lines = disagreement(answer, lots_trades.preview, request)
        if lines:
            found.append(failed(request, lines))
    return found
