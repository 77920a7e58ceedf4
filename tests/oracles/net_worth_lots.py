"""The change of each lot, from the reference page of `net_worth.attribution`: shares in lots, moved day by day.

Every lot is a number of shares in every account that has some, multiplied by each split; a sale takes shares one lot at a time
in the order of the method. What concerns all shares is divided among the lots that were there when the day began. Everything is a
fraction until the end, where parts are rounded as the page says.
"""

from datetime import date, timedelta
from fractions import Fraction

from support import PLACES, NotCovered, cents, day, number, places

METHODS = {"fifo", "averageCost", "lifo", "hifo", "lofo"}
MOST_IN_RATIO = 10**6


class Lot:
    def __init__(self, order, origin, acquired, transaction=None, opening=None):
        self.order, self.origin, self.acquired = order, origin, acquired
        self.transaction, self.opening = transaction, opening

    def age(self):
        return self.acquired or date.min, self.order


class Held:
    """Shares of a lot in one place, and what one of them cost."""

    def __init__(self, shares, cost):
        self.shares, self.cost = shares, cost


def lots(books, detail, first, last):
    rows = []
    told = {}
    for security in books.securities:
        told |= Security(books, detail, security, first, last).tell()
    for key in books.order():
        rows += told.get(key, [])
    return rows


class Security:
    def __init__(self, books, detail, security, first, last):
        self.books, self.detail, self.name, self.first, self.last = books, detail, security, first, last
        self.keys = [key for key in books.order() if key[1] == "security" and key[2] == security]
        self.born, self.sums, self.ends, self.touched = 0, {}, {}, set()
        # What is where: by account, or on the way of a transfer.
        self.held = {("account", key[0]): {} for key in self.keys}
        self.latest, self.added = {}, set()
        records = [flows[0].record for _, flows in sorted(books.flows.items())]
        self.records = [one for one in records if one.get("security") == security and number(one.get("quantity"))]
        self.splits = {key[0]: self.splits_of(key) for key in self.keys if not key[3]}
        self.find_transfers()

    # What the records are.

    def splits_of(self, key):
        """The splits of an account by day, those by a number of added shares too."""
        position = self.books.positions[key]
        ratios = {when: position.ratio(when) for when, _ in position.splits}
        for record in self.records:
            if record["account"] != key[0] or record["type"] != "split":
                continue
            when, quantity = day(record["date"]), number(record["quantity"])
            before = position.on(when - timedelta(days=1)) * ratios.get(when, 1)
            ratio = 1 + quantity / before if before else Fraction(0)
            if ratio > 0 and max(ratio.numerator, ratio.denominator) <= MOST_IN_RATIO:
                ratios[when] = ratios.get(when, Fraction(1)) * ratio
                self.added.add(record["id"])
        return {when: ratio for when, ratio in ratios.items() if ratio != 1}

    def find_transfers(self):
        """Transfers of as many shares as arrive, between accounts that have the same splits."""
        pairs = []
        for record in self.records:
            other = self.books.other_end(record)
            if number(record["quantity"]) < 0 and other and other.get("security") == self.name:
                same = number(record["quantity"]) == -number(other["quantity"])
                if same and day(record["date"]) <= day(other["date"]):
                    pairs.append((record, other))
        group = {key[0]: {key[0]} for key in self.keys}
        for left, came in pairs:
            both = group[left["account"]] | group[came["account"]]
            for account in both:
                group[account] = both
        self.transfers = {}
        for left, came in pairs:
            if self.agree(group[left["account"]]):
                self.transfers[left["id"]] = self.transfers[came["id"]] = (left, came)

    def agree(self, accounts):
        """Whether all positions that hold shares on the day of a split of one of them have the same."""
        keys = [key for key in self.keys if key[0] in accounts]
        days = {when for account in accounts for when in self.splits.get(account, {})}
        for when in days:
            holding = [key for key in keys if self.books.positions[key].on(when - timedelta(days=1)) != 0]
            ratios = {1 if key[3] else self.splits[key[0]].get(when, 1) for key in holding}
            if len(ratios) > 1:
                return False
        return True

    # What happens.

    def tell(self):
        steps = []
        for record in self.records:
            if record["id"] in self.added:
                continue
            when, quantity, name = day(record["date"]), number(record["quantity"]), record["id"]
            other = self.books.other_end(record)
            if name in self.transfers:
                left, _ = self.transfers[name]
                if record is left:
                    steps.append((when, 4, name, record))
                elif day(left["date"]) != when:
                    steps.append((when, 3, left["id"], record))
                continue
            steps.append((when, 2 if quantity > 0 else 5, name, record))
            if other and quantity < 0 and day(other["date"]) != when:
                # What is under way is by itself.
                steps.append((when, 2, name, (record, -quantity, "enters")))
                steps.append((day(other["date"]), 5, name, (record, quantity, "ends")))
        for key in self.keys:
            for when, (stated, _) in self.books.positions[key].resets.items():
                steps.append((when, 6, key[0], (key, stated)))
        for account, splits in self.splits.items():
            steps += [(when, 0, account, ratio) for when, ratio in splits.items()]
        entries = [(key, entry) for key in self.keys for entry in self.books.positions[key].entries]
        self.entries = [(key, entry) for key, entry in entries if self.first < entry[0] <= self.last]
        days = {step[0] for step in steps} | {entry[0] for _, entry in self.entries}
        self.begin()
        for when in sorted(days | {self.first, self.last}):
            if when > self.last:
                break
            self.of_day(when, sorted((step for step in steps if step[0] == when), key=lambda step: step[1:3]))
            if when == self.first:
                self.ends["opening"] = self.now()
                self.touched = set()
        self.ends["closing"] = self.now()
        return {key: self.rows(key) for key in self.keys}

    def of_day(self, when, steps):
        for _, _, account, ratio in (step for step in steps if step[1] == 0):
            for held in self.held[("account", account)].values():
                held.shares, held.cost = held.shares * ratio, held.cost / ratio
        before = {key: self.of_key(key) for key in self.keys}
        for _, rank, _, what in steps:
            if rank in (3, 4):
                self.transfer(when, rank, what)
            elif rank == 6:
                (key, stated), place = what, ("account", what[0][0])
                change = stated - sum((held.shares for held in self.held[place].values()), Fraction(0))
                money = cents(abs(change) * self.price_on(when), self.books.positions[key].currency)
                parts = self.change(when, place, change, money / abs(change), ("statement", None)) if change else []
                self.concern(key, when, "statement", parts)
            elif rank in (2, 5):
                self.alone(when, what)
        after = {key: self.of_key(key) for key in self.keys}
        for key, entry in self.entries:
            if entry[0] == when and (entry[5] is None or entry[5] in self.added):
                lots = before[key] or after[key] or self.latest.get(key) or {None: Fraction(1)}
                self.divide(key, entry, list(lots.items()))
        for key in self.keys:
            if before[key] and not after[key]:
                self.latest[key] = before[key]

    def of_key(self, key):
        """The lots of a position with their shares."""
        if not key[3]:
            places = [("account", key[0])]
        else:
            places = [place for place in self.held if place[0] == "way" and place[2] == key[0]]
        total = {}
        for place in places:
            for lot, held in self.held[place].items():
                total[lot] = total.get(lot, 0) + held.shares
        return {lot: shares for lot, shares in total.items() if shares}

    def now(self):
        return {key: self.of_key(key) for key in self.keys}

    def price_on(self, when):
        price = self.books.price(self.name, when)
        return price[1] if price else Fraction(0)

    def new(self, origin, acquired, transaction=None, opening=None):
        self.born += 1
        return Lot(self.born, origin, acquired, transaction, opening)

    def alone(self, when, what):
        record, quantity, tag = what if isinstance(what, tuple) else (what, number(what["quantity"]), None)
        account = record["account"]
        key = (account, "security", self.name, tag is not None)
        # All that is under way from an account and is not carried is one position.
        place = ("way", "", account) if tag else ("account", account)
        moved = (record["id"], tag) if tag else record["id"]
        money = self.cost(key, when, moved)
        parts = self.change(when, place, quantity, money / abs(quantity), ("transaction", record["id"]))
        self.concern(key, when, moved, parts)

    def change(self, when, place, quantity, unit, origin):
        """Shares come in or leave: they close what is owed, or are taken from what is held, and the rest is a new lot."""
        bag = self.held.setdefault(place, {})
        parts, sign, left = [], 1 if quantity > 0 else -1, abs(quantity)
        while left:
            open_lots = [lot for lot, held in bag.items() if held.shares * sign < 0]
            if not open_lots:
                lot = self.new(origin[0], when, origin[1])
                bag[lot] = Held(sign * left, places(unit * left, 8) / left)
                parts.append((lot, left))
                break
            lot = self.next_of(bag, open_lots, place, when, sign)
            taken = min(left, abs(bag[lot].shares))
            bag[lot].shares += sign * taken
            parts.append((lot, taken))
            left -= taken
        return parts

    def next_of(self, bag, lots, place, when, sign):
        # What is sold short is closed in its order.
        method = "fifo" if sign > 0 else self.method(place[-1], when)
        if method == "lifo":
            return max(lots, key=Lot.age)
        if method in ("hifo", "lofo"):
            turn = -1 if method == "hifo" else 1
            return min(lots, key=lambda lot: (turn * bag[lot].cost, lot.age()))
        return min(lots, key=Lot.age)

    def method(self, account, when):
        chosen, since = self.detail.get("method", "fifo"), None
        for election in self.detail.get("elections", []):
            fits = election.get("account") in (None, account) and election.get("security") in (None, self.name)
            begins = day(election["from"]) if election.get("from") else date.min
            if fits and begins <= when and (since is None or begins >= since):
                chosen, since = election["method"], begins
        if chosen not in METHODS:
            raise NotCovered(f"the method {chosen}")
        return chosen

    def transfer(self, when, rank, record):
        left, came = self.transfers[record["id"]]
        way = ("way", left["id"], left["account"])
        if rank == 4:
            self.take(when, ("account", left["account"]), way, left, -number(left["quantity"]))
            if day(came["date"]) != when:
                return
        self.give(when, way, ("account", came["account"]), left, came)

    def take(self, when, place, way, record, quantity):
        """Shares leave an account for the way; what is not held is sold short, and new on the way."""
        bag, road = self.held.setdefault(place, {}), self.held.setdefault(way, {})
        parts, left = [], quantity
        while left and any(held.shares > 0 for held in bag.values()):
            lot = self.next_of(bag, [lot for lot, held in bag.items() if held.shares > 0], place, when, -1)
            taken = min(left, bag[lot].shares)
            bag[lot].shares -= taken
            road[lot] = Held(taken, bag[lot].cost)
            parts.append((lot, taken))
            left -= taken
        entered = list(parts)
        if left:
            unit = self.cost((record["account"], "security", self.name, False), when, record["id"]) / quantity
            short, new = (self.new("transaction", when, record["id"]) for _ in range(2))
            bag[short], road[new] = Held(-left, unit), Held(left, unit)
            parts.append((short, left))
            entered.append((new, left))
        self.concern((record["account"], "security", self.name, False), when, record["id"], parts)
        if when != day(self.transfers[record["id"]][1]["date"]):
            self.concern((record["account"], "security", self.name, True), when, (record["id"], "enters"), entered)

    def give(self, when, way, place, left, came):
        """Shares arrive: they close what is owed, and are else the lots that they were."""
        bag, road = self.held.setdefault(place, {}), self.held[way]
        owed = sum((-held.shares for held in bag.values() if held.shares < 0), Fraction(0))
        closing = min(owed, number(came["quantity"]))
        gone = self.off(road, closing)
        parts = self.change(when, place, closing, Fraction(0), None) if closing else []
        for lot, shares in self.off(road, number(came["quantity"]) - closing):
            there = bag.setdefault(lot, Held(Fraction(0), road[lot].cost))
            there.shares += shares
            gone.append((lot, shares))
            parts.append((lot, shares))
        if when != day(left["date"]):
            self.concern((left["account"], "security", self.name, True), when, (left["id"], "ends"), gone)
        self.concern((came["account"], "security", self.name, False), when, came["id"], parts)

    def off(self, road, quantity):
        """Shares that leave the way, the oldest first."""
        parts = []
        while quantity:
            lot = min((lot for lot, held in road.items() if held.shares > 0), key=Lot.age)
            taken = min(quantity, road[lot].shares)
            road[lot].shares -= taken
            parts.append((lot, taken))
            quantity -= taken
        return parts

    def cost(self, key, when, moved):
        """What was paid or brought, in the currency of the security."""
        position = self.books.positions[key]
        total = Fraction(0)
        for entry in position.entries:
            if entry[0] == when and entry[5] == moved and entry[1] not in ("fees", "taxes"):
                total += self.local(entry, position.currency)
        return abs(total)

    def local(self, entry, currency):
        when, _, amount, own, *_ = entry
        if own == currency:
            return amount
        return places(amount * self.books.rate(own, when)[0] / self.books.rate(currency, when)[0], 9)

    # What each lot has of it.

    def concern(self, key, when, moved, parts):
        self.touched |= {(key, lot) for lot, _ in parts}
        for other, entry in self.entries:
            if other == key and entry[0] == when and entry[5] == moved:
                self.divide(key, entry, parts)

    def divide(self, key, entry, parts):
        when, term, amount, currency, *_ = entry
        value = self.books.converted(amount, currency, when)
        went_in = self.local(entry, self.books.positions[key].currency)
        total = sum(shares for _, shares in parts)
        for lot, shares in parts:
            sums = self.sums.setdefault((key, lot), {})
            sums[term] = sums.get(term, 0) + value * shares / total
            sums["wentIn"] = sums.get("wentIn", 0) + went_in * shares / total

    def begin(self):
        """The lots that there were before, those of the list by their days and the rest before them."""
        own = [key for key in self.keys if not key[3]]
        given = []
        for place, lot in enumerate(self.detail.get("opening", [])):
            if lot["security"] == self.name:
                given.append((day(lot["acquired"]), place, lot))
        for key in own:
            left = self.books.positions[key].opening
            mine = [one for one in given if one[2]["account"] == key[0]]
            left -= sum((number(lot["quantity"]) for _, _, lot in mine), Fraction(0))
            if left:
                # Its day is before all others.
                rest = Lot(self.born, "opening", None)
                self.born += 1
                self.held[("account", key[0])][rest] = Held(left, Fraction(0))
        for when, place, lot in sorted(given, key=lambda one: one[:2]):
            quantity = number(lot["quantity"])
            made = self.new("opening", when, None, place)
            self.held[("account", lot["account"])][made] = Held(quantity, number(lot["cost"]) / quantity)

    def rows(self, key):
        books, position = self.books, self.books.positions[key]
        opening, closing = books.worth(key, self.first), books.worth(key, self.last)
        ends = {"opening": (opening, self.first), "closing": (closing, self.last)}
        known = set(self.ends["opening"][key]) | set(self.ends["closing"][key])
        known |= {lot for other, lot in self.touched if other == key}
        known |= {lot for (other, lot), sums in self.sums.items() if other == key and any(sums.values())}
        listed = sorted(known - {None}, key=Lot.age) + ([None] if None in known else [])
        if not listed:
            return []
        rows = [{"lot": lot, "terms": {}} for lot in listed]
        exact = {}
        for end, (worth, _) in ends.items():
            shares = [self.ends[end][key].get(lot, Fraction(0)) for lot in listed]
            total = sum(shares)
            for figure in ("amount", "value"):
                whole = worth[figure] if worth else Fraction(0)
                wanted = [whole * part / total if total else Fraction(0) for part in shares]
                digits = books.places if figure == "value" else PLACES.get(position.currency, 2)
                exact[end, figure] = wanted
                for row, part in zip(rows, apportioned(whole, wanted, digits)):
                    row[end, figure] = part
            for row, part in zip(rows, shares):
                row[end, "shares"] = part
        entered = {}
        for other, entry in self.entries:
            if other == key:
                entered[entry[1]] = entered.get(entry[1], 0) + books.converted(entry[2], entry[3], entry[0])
        sums = [self.sums.get((key, lot), {}) for lot in listed]
        for term in TERMS:
            wanted = [one.get(term, Fraction(0)) for one in sums]
            for row, part in zip(rows, apportioned(entered.get(term, Fraction(0)), wanted, books.places)):
                row["terms"][term] = part
        self.prices(key, rows, sums, exact, opening and closing)
        return [self.row(key, row, ends) for row in rows]

    def prices(self, key, rows, sums, exact, priced):
        """What prices and exchange rates did is the rest."""
        books, position = self.books, self.books.positions[key]
        unknown = any(self.first < when <= self.last for when in position.unvalued)
        term = "market" if priced and not unknown else "revaluation"
        rests = [row["closing", "value"] - row["opening", "value"] - sum(row["terms"].values()) for row in rows]
        if position.currency == books.currency:
            for row, rest in zip(rows, rests):
                row["terms"][term] += rest
            return
        gains = [
            one - other - own.get("wentIn", 0)
            for one, other, own in zip(exact["closing", "amount"], exact["opening", "amount"], sums)
        ]
        whole = books.converted(sum(gains), position.currency, self.last)
        rate = books.rate(position.currency, self.last)[0] if any(gains) else Fraction(0)
        for row, rest, part in zip(rows, rests, apportioned(whole, [gain * rate for gain in gains], books.places)):
            row["terms"][term] += part
            row["terms"]["currency"] += rest - part

    def row(self, key, row, ends):
        lot, points = row["lot"], {}
        for end, (worth, _) in ends.items():
            shares = places(row[end, "shares"], 18)
            point = {"quantity": shares, "amount": row[end, "amount"], "value": row[end, "value"]}
            points[end] = point if worth else None
        told = {"account": key[0], "kind": self.books.kind(key), "security": self.name}
        told |= {"currency": self.books.positions[key].currency, "origin": lot.origin if lot else "noLot"}
        told |= {
            "acquired": lot and lot.acquired,
            "transaction": lot and lot.transaction,
            "openingLot": lot and lot.opening,
        }
        change = row["closing", "value"] - row["opening", "value"]
        return told | points | {"change": change, "terms": row["terms"]}


TERMS = [
    "saving",
    "debtRepaid",
    "income",
    "market",
    "currency",
    "fees",
    "taxes",
    "external",
    "transfers",
    "revaluation",
]


def apportioned(total, wanted, digits):
    """Whole units by the largest remainder, of an amount below zero as of its opposite."""
    if total < 0:
        return [-part for part in apportioned(-total, [-share for share in wanted], digits)]
    unit = Fraction(1, 10**digits)
    shares = [places(share, 9) for share in wanted]
    floors = [share // unit * unit for share in shares]
    left = total - sum(floors)
    for place in sorted(range(len(shares)), key=lambda place: (floors[place] - shares[place], place)):
        step = min(unit, left)
        floors[place] += step
        left -= step
    assert left == 0, f"{total} is not {shares}"
    return floors
