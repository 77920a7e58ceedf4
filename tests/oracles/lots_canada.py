"""Random histories of shares in Canada: the gain of each sale, what is denied of it, and the adjusted cost base that is left.

Written from the Income Tax Act: identical properties have one average cost (47(1)); a loss is superficial where the same
property is bought in the period that begins 30 days before the sale and ends 30 days after it, and some is held at its end (54);
what is denied is the least of the shares sold, those bought in the period, and those held at its end, over the shares sold
(the administrative rule of the Canada Revenue Agency, 40(2)(g)(i)); it is added to the cost of the property (53(1)(f)).

A household may have a registered plan. For the shares bought and held it is one person with the owner, and the denied loss is
divided by what each has left of the shares bought (Canada Revenue Agency, 2022-0940941C6, question 4); the part of the plan is
gone. Where nobody has any left, the shares that are held are those of the one person.

The program goes over the days, and looks from each loss at the whole period. Nothing is rounded, so the engine may be away from
it by a smallest unit for each event.
"""

import json
from datetime import date, timedelta
from fractions import Fraction

from asking import ask, draws

RULES = {"jurisdiction": "canada", "currency": "CAD"}
ACCOUNTS = [{"id": "own", "treatment": "taxable"}, {"id": "plan", "treatment": "taxFree"}]
PERIOD = timedelta(days=30)


def history(draw):
    """Purchases and sales of one security, each on a day of its own, and no taxable sale in the period of another.

    A purchase may stand in the periods of two sales: it counts for the loss of each, as the formula says.
    """
    today, last, held, events = date(2023, 1, 2), date.min, {"own": 0, "plan": 0}, []
    accounts = draw.choice([["own"], ["own", "own", "plan"]])
    for _ in range(draw.randrange(3, 16)):
        today += timedelta(days=draw.choice([1, 3, 8, 20, 29, 30, 31, 61, 62, 90]))
        account = draw.choice(accounts)
        bought = draw.random() < 0.5 or held[account] < 2 or account == "own" and today - last <= PERIOD
        quantity = draw.randrange(1, 60) if bought else draw.randrange(1, held[account] + 1)
        held[account] += quantity if bought else -quantity
        last = last if bought or account == "plan" else today
        made = {"kind": "buy" if bought else "sell", "date": str(today), "security": "X", "account": account}
        amount = f"{quantity * draw.randrange(500, 1500) / 100:.2f}"
        events.append(made | {"quantity": str(quantity), "amount": amount})
    return events


class Trade:
    def __init__(self, event):
        self.day, self.account = date.fromisoformat(event["date"]), event["account"]
        self.sign = 1 if event["kind"] == "buy" else -1
        self.quantity, self.amount = Fraction(event["quantity"]), Fraction(event["amount"])


def computed(events):
    """The gain and the denied loss of each taxable sale, and the cost that is left."""
    trades = [Trade(event) for event in events]
    shares, cost, rows = Fraction(0), Fraction(0), {}
    for place, trade in enumerate(trades):
        if trade.account == "plan":
            continue
        if trade.sign > 0:
            shares, cost = shares + trade.quantity, cost + trade.amount
            continue
        part = cost * trade.quantity / shares
        shares, cost = shares - trade.quantity, cost - part
        loss, denied = part - trade.amount, Fraction(0)
        if loss > 0:
            bought, end = around(trades, trade.day)
            denied = loss * min(trade.quantity, sum(bought.values()), sum(end.values())) / trade.quantity
            left = {account: min(bought[account], end[account]) for account in end}
            left = left if sum(left.values()) else end
            # Nothing is sold before the period ends, so it does not matter on which of its days the loss is added.
            cost += denied * left["own"] / sum(left.values()) if denied else 0
        rows[place] = (denied - loss, denied)
    return rows, cost


def around(trades, day):
    """What each account bought in the period of a day, and what it holds at its end."""
    bought, end = {"own": Fraction(0), "plan": Fraction(0)}, {"own": Fraction(0), "plan": Fraction(0)}
    for other in trades:
        if other.sign > 0 and abs(other.day - day) <= PERIOD:
            bought[other.account] += other.quantity
        if other.day <= day + PERIOD:
            end[other.account] += other.sign * other.quantity
    return bought, end


def told(events, answer):
    rows = {}
    for row in answer["disposals"]:
        if not row["taxable"]:
            continue
        gain, denied = rows.get(row["event"], (Fraction(0), Fraction(0)))
        rows[row["event"]] = (gain + Fraction(row["gain"]), denied + Fraction(row["disallowedLoss"]))
    # A lot stands for a pool, and is called by its first purchase.
    own = [row for row in answer["lots"] if events[int(row["id"].strip("#"))]["account"] == "own"]
    return rows, sum((Fraction(row["totalCost"]) for row in own), Fraction(0))


def agree(events, answer):
    if "code" in answer:
        return False
    (rows, left), (engine, left_there) = computed(events), told(events, answer)
    near = Fraction(len(events), 100)
    pairs = [(left, left_there)]
    pairs += [pair for key in rows if key in engine for pair in zip(rows[key], engine[key])]
    return set(rows) == set(engine) and all(abs(one - other) <= near for one, other in pairs)


def failures(engine, seed, places):
    """The histories whose gains, denied losses or costs are others."""
    histories = [history(draw) for draw in draws(seed, places)]
    books = [{"events": events, "rules": RULES, "accounts": ACCOUNTS} for events in histories]
    answers = ask(engine, [("lots.book", book) for book in books])
    return [
        f"{json.dumps(events)}\n    the engine: {answer if 'code' in answer else shown(told(events, answer))}"
        f"\n    the program: {shown(computed(events))}"
        for events, answer in zip(histories, answers)
        if not agree(events, answer)
    ]


def shown(result):
    rows, left = result
    return {place: tuple(round(float(value), 2) for value in row) for place, row in rows.items()}, round(float(left), 2)
