"""Random histories of shares in Canada: the gain of each sale, what is denied of it, and the adjusted cost base that is left.

Written from the Income Tax Act: identical properties have one average cost (47(1)); a loss is superficial where the same
property is bought in the period that begins 30 days before the sale and ends 30 days after it, and some is held at its end (54);
what is denied is the least of the shares sold, those bought in the period, and those held at its end, over the shares sold
(the administrative rule of the Canada Revenue Agency, 40(2)(g)(i)); it is added to the cost of the property (53(1)(f)).

The program goes over the days, and looks from each loss at the whole period. Nothing is rounded, so the engine may be away from
it by a smallest unit for each event.
"""

import json
from datetime import date, timedelta
from fractions import Fraction

from asking import ask, draws

RULES = {"jurisdiction": "canada", "currency": "CAD"}
PERIOD = timedelta(days=30)


def history(draw):
    """Purchases and sales of one security, each on a day of its own, and no sale in the period of another.

    A purchase may stand in the periods of two sales: it counts for the loss of each, as the formula says.
    """
    today, last, held, events = date(2023, 1, 2), date.min, 0, []
    for _ in range(draw.randrange(3, 16)):
        today += timedelta(days=draw.choice([1, 3, 8, 20, 29, 30, 31, 61, 62, 90]))
        bought = draw.random() < 0.5 or held < 2 or today - last <= PERIOD
        quantity = draw.randrange(1, 60) if bought else draw.randrange(1, held + 1)
        held += quantity if bought else -quantity
        last = last if bought else today
        made = {"kind": "buy" if bought else "sell", "date": str(today), "security": "X"}
        amount = f"{quantity * draw.randrange(500, 1500) / 100:.2f}"
        events.append(made | {"quantity": str(quantity), "amount": amount})
    return events


def computed(events):
    """The gain and the denied loss of each sale, and the cost that is left."""
    trades = [
        (date.fromisoformat(e["date"]), 1 if e["kind"] == "buy" else -1, Fraction(e["quantity"]), Fraction(e["amount"]))
        for e in events
    ]
    shares, cost, rows = Fraction(0), Fraction(0), {}
    for place, (today, sign, quantity, amount) in enumerate(trades):
        if sign > 0:
            shares, cost = shares + quantity, cost + amount
            continue
        part = cost * quantity / shares
        shares, cost = shares - quantity, cost - part
        loss, denied = part - amount, Fraction(0)
        if loss > 0:
            bought = sum(other[2] for other in trades if other[1] > 0 and abs(other[0] - today) <= PERIOD)
            end = sum(other[1] * other[2] for other in trades if other[0] <= today + PERIOD)
            denied = loss * min(quantity, bought, end) / quantity
        # Nothing is sold before the period ends, so it does not matter on which of its days the loss is added.
        cost += denied
        rows[place] = (denied - loss, denied)
    return rows, cost


def told(answer):
    rows = {}
    for row in answer["disposals"]:
        gain, denied = rows.get(row["event"], (Fraction(0), Fraction(0)))
        rows[row["event"]] = (gain + Fraction(row["gain"]), denied + Fraction(row["disallowedLoss"]))
    return rows, sum((Fraction(row["totalCost"]) for row in answer["lots"]), Fraction(0))


def agree(events, answer):
    if "code" in answer:
        return False
    (rows, left), (engine, left_there) = computed(events), told(answer)
    near = Fraction(len(events), 100)
    pairs = [(left, left_there)]
    pairs += [pair for key in rows if key in engine for pair in zip(rows[key], engine[key])]
    return set(rows) == set(engine) and all(abs(one - other) <= near for one, other in pairs)


def failures(engine, seed, places):
    """The histories whose gains, denied losses or costs are others."""
    histories = [history(draw) for draw in draws(seed, places)]
    answers = ask(engine, [("lots.book", {"events": events, "rules": RULES}) for events in histories])
    return [
        f"{json.dumps(events)}\n    the engine: {answer if 'code' in answer else shown(told(answer))}"
        f"\n    the program: {shown(computed(events))}"
        for events, answer in zip(histories, answers)
        if not agree(events, answer)
    ]


def shown(result):
    rows, left = result
    return {place: tuple(round(float(value), 2) for value in row) for place, row in rows.items()}, round(float(left), 2)
