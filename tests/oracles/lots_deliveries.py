"""Random histories in which shares that are held close short sales at a loss: what replaces them for certain, and what was bought
around the short sale and left before the closing, `leftBeforeClosing` of `probableWashSales`.

Written from the law and the reference page. Shares that close a short sale and were held when it was made count as sold on its day:
Reg. 1.1091-1(g). What was bought within 30 days before or after that day and is held at the closing replaces them, and so does what
is bought later within those days: IRC 1091(a). The loss is added to its cost: 1091(d). Of a purchase, what is left does not replace what
was delivered: Rev. Rul. 56-602. What was bought within those days and left between the short sale and the closing has no cost that
could rise, and may stand against what is left of the loss. Losses count in the order of the closings and, in a closing, of
acquisition: Reg. 1.1091-1(b); purchases in theirs: 1.1091-1(c); a share stands against one share only: 1.1091-1(e).

A history has one security, one account, one event a day and one short sale at a time, which is closed at once with shares that were
held when it was made. What is sold otherwise brings more than any share cost. All prices are whole, so that nothing is rounded.

The program follows every single share.
"""

import json
from datetime import date, timedelta
from fractions import Fraction

from asking import ask, draws

WINDOW = timedelta(days=30)


class Share:
    def __init__(self, purchase, day, cost):
        self.purchase, self.day, self.cost = purchase, day, cost
        self.replaces, self.gone, self.stands = False, None, False


class Loss:
    """The loss of shares of one purchase that close a short sale."""

    def __init__(self, closing, sold, purchase, each, shares):
        self.closing, self.sold, self.purchase = closing, sold, purchase
        self.each, self.left = each, shares

    def is_near(self, share):
        return abs(share.day - self.sold) <= WINDOW and share.purchase != self.purchase


class Model:
    """Makes a history and computes it at once."""

    def __init__(self, draw):
        self.draw, self.today, self.events = draw, date(2023, 1, 9), []
        self.shares, self.short, self.losses, self.washes = [], None, [], {}
        for _ in range(draw.randrange(4, 20)):
            self.today += timedelta(days=draw.choice([1, 2, 4, 9, 15, 29, 30, 31]))
            close = self.deliver if self.short else self.sell_short
            draw.choice([self.buy, self.buy, self.leave, close])()

    def event(self, kind, quantity, **fields):
        made = {"kind": kind, "date": str(self.today), "security": "X", "quantity": str(quantity)}
        self.events.append(made | fields)
        return len(self.events) - 1

    def held(self, since=date.max):
        """The shares that are held of each purchase, of those up to a day."""
        held = {}
        for share in self.shares:
            if share.gone is None and share.day <= since:
                held.setdefault(share.purchase, []).append(share)
        return held

    def part_of(self, shares, most):
        """So many of the shares of a purchase, which are alike."""
        return shares[: self.draw.randrange(1, min(most, len(shares)) + 1)]

    def buy(self):
        quantity, price = self.draw.randrange(1, 25), self.draw.randrange(20, 90)
        place = self.event("buy", quantity, amount=str(quantity * price))
        bought = [Share(place, self.today, price) for _ in range(quantity)]
        self.shares += bought
        for loss in sorted(self.losses, key=lambda loss: loss.sold):
            self.replace(loss, bought)

    def leave(self):
        held = self.held()
        if not held:
            return
        purchase = self.draw.choice(sorted(held))
        own = held[purchase]
        # All of them if they differ, so that it is clear which.
        gone = self.part_of(own, len(own)) if are_alike(own) else own
        lots = [{"lot": f"#{purchase}", "quantity": str(len(gone))}]
        if self.draw.randrange(4):
            place = self.event("sell", len(gone), amount=str(len(gone) * 10_000), lots=lots)
        else:
            place = self.event("give", len(gone), lots=lots)
        for share in gone:
            share.gone = (place, self.today)

    def sell_short(self):
        quantity, price = self.draw.randrange(1, 25), self.draw.randrange(5, 60)
        self.event("sellShort", quantity, amount=str(quantity * price))
        self.short = (self.today, quantity, price)

    def deliver(self):
        sold, quantity, price = self.short
        held = self.held(sold)
        purchases = sorted(held)
        self.draw.shuffle(purchases)
        delivered, wanted = {}, quantity
        for purchase in purchases:
            if wanted and are_alike(held[purchase]):
                part = self.part_of(held[purchase], wanted)
                delivered[purchase] = part
                wanted -= len(part)
        if wanted:
            return
        lots = [{"lot": f"#{purchase}", "quantity": str(len(part))} for purchase, part in delivered.items()]
        place = self.event("deliverToCover", quantity, lots=lots)
        self.short = None
        for share in (share for part in delivered.values() for share in part):
            share.gone = (place, self.today)
        for purchase, part in sorted(delivered.items()):
            each = part[0].cost - price
            if each > 0:
                loss = Loss(place, sold, purchase, each, len(part))
                self.losses.append(loss)
                self.replace(loss, [share for share in self.shares if share.gone is None])

    def replace(self, loss, shares):
        """Lets shares that are held replace what is left of a loss."""
        for share in shares:
            if loss.left and loss.is_near(share) and not share.replaces:
                share.replaces = True
                share.cost += loss.each
                loss.left -= 1
                count(self.washes, (loss.closing, loss.purchase, share.purchase), loss.each)

    def probable(self):
        """What left and stands against what is left of the losses."""
        rows = {}
        in_order = sorted(self.shares, key=lambda share: (share.purchase, share.gone or (0, 0)))
        for loss in self.losses:
            for share in in_order:
                free = share.gone and not share.replaces and not share.stands
                if free and loss.left and loss.is_near(share):
                    place, day = share.gone
                    if place < loss.closing and day > loss.sold:
                        share.stands = True
                        loss.left -= 1
                        count(rows, (loss.closing, loss.purchase, share.purchase), loss.each)
        return rows


def are_alike(shares):
    """Whether shares of a purchase cost the same, and all of them replace others or none does."""
    return len({(share.replaces, share.cost) for share in shares}) == 1


def count(rows, key, amount):
    """Adds a share and its loss."""
    shares, loss = rows.get(key, (0, 0))
    rows[key] = (shares + 1, loss + amount)


def purchase_of(lot):
    """The event that bought a lot; parts that were set apart from a purchase count as one."""
    return int(lot.split("#")[1])


def told(answer, rows, lot, loss):
    """Rows of the engine's answer by closing and purchases: the shares and their loss."""
    summed = {}
    for row in rows:
        sold = answer["disposals"][row["disposal"]]
        assert not row["permanent"], row
        key = (sold["event"], purchase_of(sold["lot"]), purchase_of(row[lot]))
        shares, amount = summed.get(key, (0, 0))
        summed[key] = (shares + Fraction(row["quantity"]), amount + Fraction(row[loss]))
    return summed


def failures(engine, seed, places):
    """The histories whose rows differ."""
    models = [Model(draw) for draw in draws(seed, places)]
    answers = ask(engine, [("lots.book", {"events": model.events}) for model in models])
    found = []
    for model, answer in zip(models, answers):
        history = json.dumps(model.events)
        if "code" in answer:
            found.append(f"{history}\n    {answer}")
            continue
        certain = told(answer, answer.get("washSales", []), "replacement", "disallowedLoss")
        rows = answer.get("probableWashSales", [])
        probable = told(answer, rows, "lot", "loss")
        if {row["reason"] for row in rows} - {"leftBeforeClosing"}:
            found.append(f"{history}\n    {rows}")
        ours = (model.washes, model.probable())
        if (certain, probable) != ours:
            found.append(f"{history}\n    {(certain, probable)} of the engine, {ours} of the program")
    return found
