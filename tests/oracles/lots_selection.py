"""Random histories with lots of all accounts as if they were one, and sales that are to have a given gain.

The first are compared with `lots.py` row by row. Of the second every choice of whole shares is tried, which is what is sold where all
quantities are whole: none may come nearer to the gain than what was sold.
"""

import json
from fractions import Fraction

import lots
from asking import ask, disagreement, draws, failed, text
from lots_random import History


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
    few = draw.random() < 0.8
    for _ in range(draw.randrange(1, 7 if few else 4)):
        quantity = draw.randrange(1, 6 if few else 50)
        total += quantity
        made = {"kind": "buy", "date": f"2023-0{draw.randrange(1, 10)}-10", "security": "X", "quantity": str(quantity)}
        events.append(made | {"price": text(Fraction(draw.randrange(500, 9000), 100))})
    sold, wished = draw.randrange(1, total + 1), Fraction(draw.randrange(-20_000, 20_000) * (1 if few else 10), 100)
    sale = {"kind": "sell", "date": "2024-10-10", "security": "X", "quantity": str(sold)}
    return {"events": [*events, sale | {"price": "45", "targetGain": text(wished)}]}


def nearest(request, answer):
    """Whether no other whole shares come nearer to the gain than those that were sold."""
    *bought, sale = request["events"]
    sold = int(sale["quantity"])
    wished = 45 * sold - Fraction(sale["targetGain"])
    # What so many shares of the lots so far can cost.
    costs = {0: {Fraction(0)}}
    for event in bought:
        price, more = Fraction(event["price"]), {}
        for count, sums in costs.items():
            for part in range(min(int(event["quantity"]), sold - count) + 1):
                more.setdefault(count + part, set()).update(cost + part * price for cost in sums)
        costs = more
    got = sum(Fraction(row["cost"]) for row in answer["disposals"])
    return abs(got - wished) == min(abs(cost - wished) for cost in costs[sold])


def failures(engine, seed, places):
    """The histories that differ, and the sales whose gain could be nearer."""
    made = draws(seed, places)
    histories, sales = [Together(draw).made() for draw in made], [with_gain(draw) for draw in made]
    answers = ask(engine, [("lots.book", request) for request in histories + sales])
    found = []
    for request, answer in zip(histories, answers):
        lines = disagreement(answer, lots.book, request)
        if lines:
            found.append(failed(request, lines))
    for request, answer in zip(sales, answers[len(histories) :]):
        if "code" in answer or not nearest(request, answer):
            found.append(f"{json.dumps(request)}\n    {json.dumps(answer)[:1000]}")
    return found
