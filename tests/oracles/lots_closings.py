"""Random histories in which shares are sold around the closing of a short sale at a loss: `soldAroundClosing` of
`probableWashSales`.

Written from IRC 1091(e) and the reference page. The loss of a closed short sale is disallowed for certain as far as the same shares
are sold short again within 30 days: 1091(e)(2); of what is left, it may be as far as shares that were held are sold within 30 days
before or after the closing: 1091(e)(1). Losses count in the order of the closings and, in a closing, of the short sales; sales in
theirs; a share stands against one share only.

A history has one security, and one short sale at a time, which is closed at once, and is shorter than a year. Prices of what is
held rise, so that no sale of it has a loss. Prices are whole, so that nothing is rounded but parts of proceeds and losses.

The program counts days and shares of whole histories; only the lots that a sale takes are followed, the first bought first.
"""

import json
from datetime import date, timedelta
from fractions import Fraction

from asking import ask, draws

WINDOW = timedelta(days=30)


class Model:
    """Makes a history, and then looks at all of it."""

    def __init__(self, draw):
        self.draw, self.today, self.events = draw, date(2023, 1, 9), []
        self.held, self.sales, self.shorts, self.closings, self.step = [], [], [], [], 0
        end = self.today + timedelta(days=350)
        for _ in range(draw.randrange(4, 18)):
            self.today += timedelta(days=draw.choice([1, 3, 9, 15, 29, 30, 31]))
            if self.today > end:
                break
            self.step += 1
            is_open = len(self.shorts) > len(self.closings)
            draw.choice([self.buy, self.sell, self.sell, self.cover if is_open else self.sell_short])()

    def event(self, kind, quantity, price):
        made = {"kind": kind, "date": str(self.today), "security": "X"}
        self.events.append(made | {"quantity": str(quantity), "amount": str(quantity * price)})
        return len(self.events) - 1

    def buy(self):
        quantity = self.draw.randrange(1, 60)
        place = self.event("buy", quantity, 10 + self.step)
        self.held.append([place, quantity])

    def sell(self):
        there = sum(quantity for _, quantity in self.held)
        if not there:
            return
        wanted = self.draw.randrange(1, there + 1)
        self.event("sell", wanted, 200 + self.step)
        for lot in self.held:
            part = min(lot[1], wanted)
            if part:
                self.sales.append((self.today, lot[0], part))
                lot[1] -= part
                wanted -= part

    def sell_short(self):
        quantity, price = self.draw.randrange(1, 60), self.draw.randrange(40, 100)
        self.event("sellShort", quantity, price)
        self.shorts.append((self.today, quantity, price))

    def cover(self):
        price = self.draw.randrange(40, 130)
        place = self.event("buyToCover", self.shorts[-1][1], price)
        self.closings.append((self.today, price, place))


def losses(model):
    """The losses of the closings: the event, the day, and for each part of the short sale the shares that no other short sale
    replaces with their loss a share."""
    found, open_losses = [], []
    for number, (sold, quantity, price) in enumerate(model.shorts):
        # Earlier losses that this short sale takes over, each into a part of its own.
        parts, free = [], Fraction(quantity)
        for loss in open_losses:
            part = min(free, loss["left"]) if sold - loss["day"] <= WINDOW else Fraction(0)
            if part:
                loss["left"] -= part
                free -= part
                parts.append((part, price - loss["each"]))
        if free:
            parts.insert(0, (free, Fraction(price)))
        if number < len(model.closings):
            closed, paid, place = model.closings[number]
            for shares, brought in parts:
                if paid > brought:
                    loss = {"day": closed, "event": place, "each": paid - brought, "left": shares}
                    open_losses.append(loss)
                    found.append(loss)
    return found


def wanted(model):
    """By the event of the closing, the day of the sale and the purchase: the shares, and their loss."""
    left = [quantity for _, _, quantity in model.sales]
    rows = {}
    for loss in losses(model):
        for number, (day, lot, _) in enumerate(model.sales):
            part = min(loss["left"], left[number]) if abs(day - loss["day"]) <= WINDOW else 0
            if part:
                loss["left"] -= part
                left[number] -= part
                key = (loss["event"], str(day), lot)
                shares, amount = rows.get(key, (0, 0))
                rows[key] = (shares + part, amount + part * loss["each"])
    return rows


def told(answer):
    """The same of the engine's answer."""
    rows = {}
    for row in answer.get("probableWashSales", []):
        assert row["reason"] == "soldAroundClosing" and not row["permanent"], row
        # Parts that were set apart from a purchase count as one.
        lot = int(row["lot"].split("#")[1])
        key = (answer["disposals"][row["disposal"]]["event"], row["date"], lot)
        shares, amount = rows.get(key, (0, 0))
        rows[key] = (shares + Fraction(row["quantity"]), amount + Fraction(row["loss"]))
    return rows


def near(one, other, events):
    same = set(one) == set(other) and all(one[key][0] == other[key][0] for key in one)
    return same and all(abs(one[key][1] - other[key][1]) <= Fraction(events, 100) for key in one)


def failures(engine, seed, places):
    """The histories whose rows differ."""
    models = [Model(draw) for draw in draws(seed, places)]
    answers = ask(engine, [("lots.book", {"events": model.events}) for model in models])
    found = []
    for model, answer in zip(models, answers):
        if "code" in answer:
            found.append(f"{json.dumps(model.events)}\n    {answer}")
            continue
        ours, theirs = wanted(model), told(answer)
        if not near(ours, theirs, len(model.events)):
            found.append(f"{json.dumps(model.events)}\n    {theirs} of the engine, {ours} of the program")
    return found
