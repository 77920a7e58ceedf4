"""Random histories with short sales: what each closing gains and of which term, and the holding periods of what is held.

Written from the Internal Revenue Code. What is sold short gains when it is closed, and its gain is short-term where shares bought
on the day close it: 1233(a), Reg. 1.1233-1(a). The same shares that are held for one year or less at the short sale, and those
bought before the closing, begin their holding period at the closing, in the order of the dates of acquisition and up to the number sold
short: 1233(b)(2); of one day in the order of the purchases, of a purchase what is left as it was before what was set apart. A loss is long-term as far as the same shares were held for more than one year at the short sale: 1233(d). A loss is
disallowed as far as the same shares are sold short again within 30 days after the closing, and the new short sale brings as much
less: 1091(e)(2). Shares that are held may close a short sale: the gain is of their term, Reg. 1.1233-1(a)(3), and short-term as
far as others wait for the closing: 1233(b)(1).

A history has one security, one short sale at a time, closed at once, and shares that are all held for more than a year or all for
less when it is sold short, since the Code does not say which of both count first. Prices of what is held rise, so that there is no
other wash sale. Prices are whole, so that nothing is rounded but parts of proceeds and losses: a cent for each event.
"""

import json
from datetime import date, timedelta
from fractions import Fraction

import lots
from asking import ask, draws

WINDOW = timedelta(days=30)


def is_long(since, sold):
    """More than one year by the calendar: Rev. Rul. 66-7."""
    return lots.Book({"events": []}).is_long(since, sold)


class Held:
    """Shares of one purchase with one holding period."""

    def __init__(self, day, quantity, cost, purchase, part=0):
        self.day, self.since, self.quantity, self.cost = day, day, quantity, cost
        self.purchase, self.part = purchase, part

    @property
    def place(self):
        return (self.day, self.purchase, self.part)


class Model:
    """Makes a history and computes it at once."""

    def __init__(self, draw):
        self.draw, self.today, self.events = draw, date(2023, 1, 2), []
        self.held, self.short, self.rows, self.losses, self.shift = [], None, [], [], 0
        self.unclear, self.parts = False, {}
        for _ in range(draw.randrange(3, 14)):
            self.today += timedelta(days=draw.choice([1, 5, 20, 29, 30, 31, 100, 200, 364, 365, 366]))
            self.shift += 1
            step = [self.buy, self.sell, self.close if self.short else self.sell_short][draw.randrange(3)]
            step()

    def event(self, kind, quantity, amount):
        made = {"kind": kind, "date": str(self.today), "security": "X", "quantity": str(quantity)}
        self.events.append(made if amount is None else made | {"amount": str(amount)})

    def buy(self):
        quantity = self.draw.randrange(1, 40)
        cost = quantity * (10 + self.shift)
        self.event("buy", quantity, cost)
        self.held.append(Held(self.today, Fraction(quantity), Fraction(cost), len(self.events)))
        if self.short:
            self.stop([self.held[-1]])

    def stop(self, candidates):
        """Sets apart what has no holding period while the short sale is open, as far as it has not enough yet."""
        for lot in sorted(candidates, key=lambda lot: lot.place):
            part = min(lot.quantity, self.short["quantity"] - sum(other.quantity for other in self.short["stopped"]))
            if part and part < lot.quantity:
                share = lot.cost * (1 - part / lot.quantity)
                rest = Held(lot.day, lot.quantity - part, share, lot.purchase, lot.part)
                rest.since = lot.since
                self.held.append(rest)
                lot.cost -= rest.cost
                lot.quantity = part
                lot.part = self.parts[lot.purchase] = self.parts.get(lot.purchase, 0) + 1
            if part:
                self.short["stopped"].append(lot)

    def sell(self):
        """Everything that is left of what was bought first, while nothing is sold short."""
        if not self.held or self.short:
            return
        first = [lot for lot in self.held if lot.day == min(other.day for other in self.held)]
        quantity = sum(lot.quantity for lot in first)
        amount = quantity * (100 + self.shift)
        self.event("sell", quantity, amount)
        for lot in first:
            self.held.remove(lot)
            term = "long" if is_long(lot.since, self.today) else "short"
            proceeds = amount * lot.quantity / quantity
            self.rows.append((len(self.events) - 1, term, lot.quantity, proceeds, lot.cost, Fraction(0)))

    def sell_short(self):
        terms = {is_long(lot.since, self.today) for lot in self.held}
        if len(terms) == 2:
            return
        quantity = self.draw.randrange(1, 40)
        amount = quantity * self.draw.randrange(50, 100)
        self.event("sellShort", quantity, amount)
        held = sum(lot.quantity for lot in self.held)
        self.short = {"quantity": Fraction(quantity), "parts": [], "stopped": [], "long": Fraction(0)}
        # Losses that this short sale replaces, the earliest first; a share replaces one share.
        free, each = self.short["quantity"], Fraction(amount, quantity)
        for loss in self.losses:
            part = min(free, loss["left"]) if self.today - loss["day"] <= WINDOW else Fraction(0)
            if part:
                self.rows[loss["row"]] = (*self.rows[loss["row"]][:5], self.rows[loss["row"]][5] + loss["each"] * part)
                loss["left"] -= part
                free -= part
                self.short["parts"].append((part, part * (each - loss["each"])))
        if free:
            self.short["parts"].insert(0, (free, free * each))
        if True in terms:
            self.short["long"] = min(held, self.short["quantity"])
            if len(self.short["parts"]) > 1 and self.short["long"] < self.short["quantity"]:
                # Nothing says which of its shares those held for more than a year belong to.
                self.short["unclear"] = True
        else:
            self.stop(list(self.held))

    def close(self):
        enough = sum(lot.quantity for lot in self.held) >= self.short["quantity"]
        # A loss that was taken over can make a part bring less than the shares cost.
        gains = all(proceeds > 30 * owed for owed, proceeds in self.short["parts"])
        if enough and gains and self.draw.random() < 0.5:
            self.deliver()
        else:
            self.cover()

    def deliver(self):
        """Closes it with the shares that were bought first. They cost less than it brought, so there is a gain."""
        stopped, place = self.short["stopped"], len(self.events)
        self.event("deliverToCover", self.short["quantity"], None)
        delivered, lacking = [], self.short["quantity"]
        for lot in sorted(self.held, key=lambda lot: lot.place):
            part = min(lot.quantity, lacking)
            if part:
                delivered.append([lot, part])
                lacking -= part
        young = sum(lot.quantity for lot in stopped) - sum(part for lot, part in delivered if lot in stopped)
        for owed, proceeds in self.short["parts"]:
            each = proceeds / owed
            while owed:
                lot, part = delivered[0]
                is_young = lot not in stopped and young > 0
                shares = min(owed, part, young) if is_young else min(owed, part)
                young -= shares if is_young else 0
                is_short = is_young or lot in stopped or not is_long(lot.since, self.today)
                cost = lot.cost * shares / lot.quantity
                term = "short" if is_short else "long"
                self.rows.append((place, term, shares, each * shares, cost, Fraction(0)))
                lot.cost -= cost
                lot.quantity -= shares
                owed -= shares
                delivered[0][1] -= shares
                if not delivered[0][1]:
                    del delivered[0]
        self.held = [lot for lot in self.held if lot.quantity]
        for lot in stopped:
            lot.since = self.today
        self.short = None

    def cover(self):
        quantity, place = self.short["quantity"], len(self.events)
        price = self.draw.randrange(40, 120)
        self.event("buyToCover", quantity, quantity * price)
        for lot in self.short["stopped"]:
            lot.since = self.today
        self.unclear = self.unclear or self.short.get("unclear", False)
        long = self.short["long"]
        for part, proceeds in self.short["parts"]:
            loss = max(part * price - proceeds, Fraction(0))
            among = min(part, long) if loss else Fraction(0)
            for term, shares in (("long", among), ("short", part - among)):
                if shares:
                    share = shares / part
                    self.rows.append((place, term, shares, proceeds * share, price * shares, Fraction(0)))
                    if loss:
                        row = len(self.rows) - 1
                        self.losses.append({"day": self.today, "each": loss / part, "left": shares, "row": row})
            long -= min(part, long)
        self.short = None


def summed(rows):
    """By event and term: shares, proceeds and cost; by event: what is disallowed."""
    terms, disallowed = {}, {}
    for event, term, quantity, proceeds, cost, loss in rows:
        before = terms.get((event, term), (0, 0, 0))
        terms[event, term] = tuple(one + other for one, other in zip(before, (quantity, proceeds, cost)))
        disallowed[event] = disallowed.get(event, 0) + loss
    return terms, disallowed


def told(answer):
    """The same of the engine's answer, and the shares of each day since which they are held."""
    names = ("quantity", "proceeds", "cost", "disallowedLoss")
    rows = [(row["event"], row["term"], *(Fraction(row[name]) for name in names)) for row in answer["disposals"]]
    since = {}
    for lot in answer["lots"]:
        day = (lot["acquisitionDate"], lot.get("heldSince") or lot["acquisitionDate"])
        since[day] = since.get(day, 0) + Fraction(lot["quantity"])
    return *summed(rows), since


def held_since(model):
    """The shares by the day of purchase and the day since which they are held; open short sales stop it for good."""
    since = {}
    for lot in model.held:
        day = (str(lot.day), str(lot.since))
        since[day] = since.get(day, 0) + lot.quantity
    return since


def near(one, other, events):
    if isinstance(one, dict):
        return set(one) == set(other) and all(near(one[key], other[key], events) for key in one)
    if isinstance(one, tuple):
        return all(near(left, right, events) for left, right in zip(one, other))
    return abs(one - other) <= Fraction(events, 100)


def failures(engine, seed, places):
    """The histories whose closings, terms or holding periods differ."""
    models = [Model(draw) for draw in draws(seed, places)]
    answers = ask(engine, [("lots.book", {"events": model.events}) for model in models])
    found = []
    for model, answer in zip(models, answers):
        lines = [str(answer)] if "code" in answer else []
        if not lines and not model.unclear:
            wanted = (*summed(model.rows), held_since(model) if not model.short else None)
            for one, other in zip(wanted, told(answer)):
                if one is not None and not near(one, other, len(model.events)):
                    lines.append(f"{plain(other)} of the engine, {plain(one)} of the program")
        if lines:
            found.append("\n    ".join([json.dumps(model.events), *lines]))
    return found


def plain(sums):
    number = lambda value: tuple(map(float, value)) if isinstance(value, tuple) else float(value)
    return {key: number(value) for key, value in sorted(sums.items())}
