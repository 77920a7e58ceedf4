"""Random histories of shares in the United Kingdom: the gain of each sale, and what is left of the pool.

Written from TCGA 1992: what is bought and what is sold on one day is one purchase and one sale (section 105); a sale is
identified with the purchases of its day, then with those of the 30 days after it, the earliest first (section 106A(5)), and
then with the pool, which has an average cost (section 104). Three passes over all days do this, one for each rule, in
fractions without any rounding; so the engine may be away from it by a smallest unit for each event.
"""

import json
from datetime import date, timedelta
from fractions import Fraction

from asking import ask, draws

RULES = {"jurisdiction": "unitedKingdom", "currency": "GBP"}


def history(draw):
    """Purchases and sales in one account, some of them on one day."""
    today, held, events = date(2023, 1, 2), 0, []
    for _ in range(draw.randrange(3, 25)):
        today += timedelta(days=draw.choice([0, 0, 1, 3, 8, 20, 29, 30, 31, 90]))
        bought = draw.random() < 0.5 or held < 2
        quantity = draw.randrange(1, 60) if bought else draw.randrange(1, held + 1)
        held += quantity if bought else -quantity
        made = {"kind": "buy" if bought else "sell", "date": str(today), "security": "X"}
        events.append(made | {"quantity": str(quantity), "amount": str(draw.randrange(100, 9999))})
    return events


class Trades:
    """What is not identified yet: sales one by one, purchases by the day."""

    def __init__(self, events):
        self.days = sorted({date.fromisoformat(event["date"]) for event in events})
        self.bought, self.price, self.sales = {}, {}, []
        for place, event in enumerate(events):
            day, quantity = date.fromisoformat(event["date"]), Fraction(event["quantity"])
            amount = Fraction(event["amount"])
            if event["kind"] == "buy":
                paid = self.bought.get(day, 0) * self.price.get(day, 0) + amount
                self.bought[day] = self.bought.get(day, Fraction(0)) + quantity
                self.price[day] = paid / self.bought[day]
            else:
                self.sales.append({"place": place, "day": day, "left": quantity, "price": amount / quantity, "gain": 0})

    def identify(self, first, last):
        """Identifies sales with what was bought from `first` to `last` days after them."""
        for sale in self.sales:
            for day in self.days:
                if first <= (day - sale["day"]).days <= last and day in self.bought:
                    part = min(sale["left"], self.bought[day])
                    sale["gain"] += part * (sale["price"] - self.price[day])
                    sale["left"] -= part
                    self.bought[day] -= part

    def pool(self):
        """Sells the rest from the pool; what is left of its cost."""
        shares, cost = Fraction(0), Fraction(0)
        for day in self.days:
            shares += self.bought.get(day, 0)
            cost += self.bought.get(day, 0) * self.price.get(day, 0)
            for sale in self.sales:
                if sale["day"] == day and sale["left"]:
                    part = cost * sale["left"] / shares
                    sale["gain"] += sale["left"] * sale["price"] - part
                    shares, cost = shares - sale["left"], cost - part
        return cost


def computed(events):
    trades = Trades(events)
    trades.identify(0, 0)
    trades.identify(1, 30)
    left = trades.pool()
    return {sale["place"]: sale["gain"] for sale in trades.sales}, left


def told(answer):
    """The gain of each sale and the cost of what is left, of the engine."""
    gains = {}
    for row in answer["disposals"]:
        gains[row["event"]] = gains.get(row["event"], 0) + Fraction(row["gain"])
    return gains, sum(Fraction(row["totalCost"]) for row in answer["lots"])


def agree(events, answer):
    if "code" in answer:
        return False
    (gains, left), (engine, left_there) = computed(events), told(answer)
    near = Fraction(len(events), 100)
    return set(gains) == set(engine) and all(
        abs(one - other) <= near for one, other in [(left, left_there), *((gains[k], engine[k]) for k in gains)]
    )


def failures(engine, seed, places):
    """The histories whose gains are others."""
    histories = [history(draw) for draw in draws(seed, places)]
    answers = ask(engine, [("lots.book", {"events": events, "rules": RULES}) for events in histories])
    return [
        f"{json.dumps(events)}\n    the engine: {answer if 'code' in answer else told(answer)}"
        f"\n    the program: {computed(events)}"
        for events, answer in zip(histories, answers)
        if not agree(events, answer)
    ]
