"""Random histories with lots of all accounts as if they were one, and sales that are to have a given gain.

The first are compared with `lots.py` row by row. Of the second it is tried that no other shares of what was held would have come
nearer to the gain by more than one share in the place of another does: by their cost, any amount between the least and the greatest
cost of as many shares can be had, but for the size of a share.
"""

import json
from fractions import Fraction

import lots
from asking import ask, differences, draws, text
from lots_random import History
from support import NotCovered


class Together(History):
    """Trades in several accounts, without corporate actions, which concern an account."""

    def made_rules(self):
        rules = super().made_rules() | {"scope": "allAccounts"}
        rules["elections"] = [election for election in rules.get("elections", []) if "account" not in election]
        return rules

    def split(self, security):
        pass

    return_of_capital = choose = lambda self, *_: None


def with_gain(draw):
    """A history of a few purchases, and a sale that is to have a gain."""
    events, total = [], 0
    for _ in range(draw.randrange(1, 6)):
        quantity = draw.randrange(1, 50)
        total += quantity
        made = {"kind": "buy", "date": f"2023-0{draw.randrange(1, 10)}-10", "security": "X", "quantity": str(quantity)}
        events.append(made | {"price": text(Fraction(draw.randrange(500, 9000), 100))})
    sold, wished = draw.randrange(1, total + 1), Fraction(draw.randrange(-200_000, 200_000), 100)
    sale = {"kind": "sell", "date": "2024-10-10", "security": "X", "quantity": str(sold)}
    return {"events": [*events, sale | {"price": "45", "targetGain": text(wished)}]}


def nearest(request, answer):
    """Whether nothing comes nearer to the gain than what was sold, by more than one share in the place of another does.

    Whole shares are sold where all lots have whole shares, so that a gain cannot always be met; and those that are next to each
    other by their cost, so that it may be missed by as much as one share in the place of another changes.
    """
    *bought, sale = request["events"]
    costs = sorted(Fraction(event["price"]) for event in bought for _ in range(int(event["quantity"])))
    sold, proceeds = int(sale["quantity"]), 45 * Fraction(sale["quantity"])
    least, most = proceeds - sum(costs[-sold:]), proceeds - sum(costs[:sold])
    wished = Fraction(sale["targetGain"])
    prices = sorted(Fraction(event["price"]) for event in bought)
    best = prices[-1] - prices[0] + abs(min(max(wished, least), most) - wished)
    got = sum(Fraction(row["gain"]) for row in answer["disposals"])
    return abs(got - wished) <= best + Fraction(len(bought), 100)


def failures(engine, seed, places):
    """The histories that differ, and the sales whose gain could be nearer."""
    made = draws(seed, places)
    histories, sales = [Together(draw).made() for draw in made], [with_gain(draw) for draw in made]
    answers = ask(engine, [("lots.book", request) for request in histories + sales])
    found = []
    for request, answer in zip(histories, answers):
        try:
            model = lots.book(request)
        except NotCovered as reason:
            lines = [] if "code" in answer else [f"the engine answers, and the program does not: {reason}"]
        else:
            lines = [str(answer)] if "code" in answer else list(differences(answer, model))
        if lines:
            found.append("\n    ".join([json.dumps(request), *lines[:8]]))
    for request, answer in zip(sales, answers[len(histories) :]):
        if "code" in answer or not nearest(request, answer):
            found.append(f"{json.dumps(request)}\n    {json.dumps(answer)[:1000]}")
    return found
