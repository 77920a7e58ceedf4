"""Random histories of options and of section 1256 contracts: what each closing gains, of which term, and what is left.

Written from the law. The premium of an option that is exercised or assigned is part of the cost or of the proceeds of its shares:
Rev. Rul. 78-182; shares that a call buys are held from the exercise on; what was paid for an option that expires is a loss, of the
term for which it was held: IRC 1234(a); what was received for one that was written is a short-term gain, at its expiry and at its
closing: IRC 1234(b)(1). A section 1256 contract is sold at its value at the end of each year, which is its basis from then on, and
60 % of each gain is long-term: IRC 1256(a).

Each option is bought or written once, so that there is no wash sale; lots leave in the order in which they came.
"""

import json
from datetime import date, timedelta
from fractions import Fraction

from asking import ask, draws
from lots_short_sales import is_long, near, plain

MULTIPLIER = {"O": 100, "P": 10}


class Model:
    """Makes a history and computes it at once."""

    def __init__(self, draw):
        self.draw, self.today, self.events, self.securities = draw, date(2023, 1, 3), [], []
        self.shares, self.contracts, self.written, self.rows = [], [], [], []
        self.longs, self.shorts = [], []
        for _ in range(draw.randrange(4, 20)):
            self.pass_time(timedelta(days=draw.choice([1, 8, 30, 100, 200, 364, 365, 366])))
            draw.choice([self.open_option, self.open_option, self.close_option, self.buy_shares, self.trade_future])()

    def pass_time(self, days):
        """Up to the next event; contracts are marked to market on the last day of each year on the way."""
        until = self.today + days
        while self.today.year < until.year:
            self.today = date(self.today.year, 12, 31)
            self.mark()
            self.today += timedelta(days=1)
        self.today = until

    def event(self, kind, security, **fields):
        made = {"kind": kind, "date": str(self.today), "security": security}
        self.events.append(made | {name: str(value) for name, value in fields.items()})
        return len(self.events) - 1

    def row(self, place, security, term, quantity, proceeds, cost):
        self.rows.append((place, security, term, Fraction(quantity), Fraction(proceeds), Fraction(cost)))

    def buy_shares(self):
        quantity, price = 100 * self.draw.randrange(1, 4), self.draw.randrange(10, 60)
        self.event("buy", "X", quantity=quantity, price=price)
        self.shares.append([self.today, Fraction(quantity), Fraction(quantity * price)])

    def open_option(self):
        """Some contracts, bought or written."""
        right, quantity = self.draw.choice(["call", "put"]), self.draw.randrange(1, 4)
        name = f"{self.draw.choice('OP')}{len(self.securities)}"
        size, price = MULTIPLIER[name[0]], Fraction(self.draw.randrange(10, 900), 100)
        option = {"underlying": "X", "right": right, "multiplier": size}
        self.securities.append({"id": name, "kind": "option", "option": option})
        fees = self.draw.choice([0, 1])
        written = self.draw.random() < 0.5
        kind = "sellShort" if written else "buy"
        self.event(kind, name, quantity=quantity, price=float(price), fees=fees)
        premium = price * quantity * size + (-fees if written else fees)
        entry = {"id": name, "right": right, "size": size, "day": self.today, "quantity": quantity, "premium": premium}
        (self.written if written else self.contracts).append(entry)

    def close_option(self):
        """All contracts of an option: sold or bought back, exercised or assigned, or expired."""
        written = self.draw.random() < 0.5
        entries = self.written if written else self.contracts
        if not entries:
            return
        entry = self.draw.choice(entries)
        quantity, shares = entry["quantity"], entry["quantity"] * entry["size"]
        delivers = (entry["right"] == "put") != written
        how = self.draw.choice(["trade", "expire", "use"])
        if how == "use" and delivers and sum(lot[1] for lot in self.shares) < shares:
            how = "expire"
        entries.remove(entry)
        if how == "use":
            self.use(entry, written, delivers, shares)
            return
        price = Fraction(self.draw.randrange(10, 900), 100) if how == "trade" else Fraction(0)
        worth = price * shares
        if how == "trade":
            place = self.event("buyToCover" if written else "sell", entry["id"], quantity=quantity, price=float(price))
        else:
            place = self.event("expire", entry["id"])
        if written:
            self.row(place, entry["id"], "short", quantity, entry["premium"], worth)
        else:
            term = "long" if is_long(entry["day"], self.today) else "short"
            self.row(place, entry["id"], term, quantity, worth, entry["premium"])

    def use(self, entry, written, delivers, shares):
        """Exercise or assignment: the premium goes into the shares."""
        strike = shares * (200 if delivers else self.draw.randrange(20, 60))
        kind = "assign" if written else "exercise"
        place = self.event(kind, entry["id"], quantity=entry["quantity"], amount=strike)
        premium = entry["premium"] if written else -entry["premium"]
        if not delivers:
            self.shares.append([self.today, Fraction(shares), strike - premium])
            return
        self.deliver(place, Fraction(shares), strike + premium)

    def deliver(self, place, wanted, amount):
        total = wanted
        for lot in self.shares:
            part = min(lot[1], wanted)
            if part:
                cost = lot[2] * part / lot[1]
                term = "long" if is_long(lot[0], self.today) else "short"
                self.row(place, "X", term, part, amount * part / total, cost)
                lot[1], lot[2], wanted = lot[1] - part, lot[2] - cost, wanted - part
        self.shares = [lot for lot in self.shares if lot[1]]

    def trade_future(self):
        """A section 1256 contract: bought, sold, sold short or bought back."""
        amount, quantity = self.draw.randrange(500, 3000), self.draw.randrange(1, 4)
        if self.draw.random() < 0.5:
            opens, closes, kept, sign = "buy", "sell", self.longs, 1
        else:
            opens, closes, kept, sign = "sellShort", "buyToCover", self.shorts, -1
        held = sum(lot[0] for lot in kept)
        if not held or self.draw.random() < 0.5:
            self.event(opens, "F", quantity=quantity, amount=quantity * amount)
            kept.append([Fraction(quantity), Fraction(quantity * amount)])
            return
        quantity = min(quantity, held)
        place, wanted = self.event(closes, "F", quantity=quantity, amount=quantity * amount), quantity
        for lot in kept:
            part = min(lot[0], wanted)
            opened, closed = lot[1] * part / lot[0] if part else 0, part * amount
            if part:
                self.row(place, "F", "sixtyForty", part, *((closed, opened) if sign > 0 else (opened, closed)))
                lot[0], lot[1], wanted = lot[0] - part, lot[1] - opened, wanted - part
        kept[:] = [lot for lot in kept if lot[0]]

    def mark(self):
        if not self.longs and not self.shorts:
            return
        price = self.draw.randrange(500, 3000)
        place = self.event("markToMarket", "F", price=price)
        for kept, sign in ((self.longs, 1), (self.shorts, -1)):
            for lot in kept:
                worth = lot[0] * price
                self.row(place, "F", "sixtyForty", lot[0], *((worth, lot[1]) if sign > 0 else (lot[1], worth)))
                lot[1] = worth

    def request(self):
        securities = [*self.securities, {"id": "F", "kind": "section1256"}]
        return {"events": self.events, "securities": securities}

    def computed(self):
        left = {}
        for day, quantity, cost in self.shares:
            add(left, ("X", str(day)), (quantity, cost))
        for entry in self.contracts:
            add(left, (entry["id"], str(entry["day"])), (Fraction(entry["quantity"]), entry["premium"]))
        owed = {}
        for entry in self.written:
            add(owed, entry["id"], (Fraction(entry["quantity"]), entry["premium"]))
        for sums, kept in ((left, self.longs), (owed, self.shorts)):
            for quantity, amount in kept:
                add(sums, ("F", "") if sums is left else "F", (quantity, amount))
        rows, years = {}, {}
        for place, security, term, quantity, proceeds, cost in self.rows:
            add(rows, (place, security, term), (quantity, proceeds, cost))
            long = {"long": Fraction(1), "short": Fraction(0), "sixtyForty": Fraction(3, 5)}[term]
            gain = proceeds - cost
            add(years, self.events[place]["date"][:4], (gain * long, gain * (1 - long)))
        return rows, left, owed, years


def add(sums, key, amounts):
    before = sums.get(key, (Fraction(0),) * len(amounts))
    sums[key] = tuple(one + other for one, other in zip(before, amounts))


def told(answer):
    rows, left, owed, years = {}, {}, {}, {}
    for row in answer["disposals"]:
        amounts = tuple(Fraction(row[name]) for name in ("quantity", "proceeds", "cost"))
        add(rows, (row["event"], row["security"], row["term"]), amounts)
    for lot in answer["lots"]:
        day = "" if lot["security"] == "F" else lot["acquisitionDate"]
        add(left, (lot["security"], day), (Fraction(lot["quantity"]), Fraction(lot["totalCost"])))
    for position in answer["shortPositions"]:
        add(owed, position["security"], (Fraction(position["quantity"]), Fraction(position["proceeds"])))
    for year in answer["years"]:
        years[str(year["year"])] = (Fraction(year["longTerm"]["gain"]), Fraction(year["shortTerm"]["gain"]))
    return rows, left, owed, years


def failures(engine, seed, places):
    """The histories whose closings, positions or totals differ."""
    models = [Model(draw) for draw in draws(seed, places)]
    answers = ask(engine, [("lots.book", model.request()) for model in models])
    found = []
    for model, answer in zip(models, answers):
        lines = [str(answer)] if "code" in answer else []
        if not lines:
            for one, other in zip(model.computed(), told(answer)):
                if not near(one, other, len(model.events)):
                    lines.append(f"{plain(other)} of the engine, {plain(one)} of the program")
        if lines:
            found.append("\n    ".join([json.dumps(model.request()), *lines]))
    return found
