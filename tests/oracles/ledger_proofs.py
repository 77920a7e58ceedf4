"""What is proved of a ledger, and what single change explains the rest, by trying every change.

Written from the reference page of `ledger.prove`. Every holding is replayed in fractions from figure to figure. Where two
figures and the transactions between them disagree, each change that the page names is made in turn, and the span is replayed
with it: a change that leads to the figure is an explanation.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations

from support import NotCovered, day, number

ORDER = (
    "doubled",
    "shifted",
    "wrongSign",
    "splitRatio",
    "missingSplit",
    "missing",
    "misstated",
    "transposed",
    "decimalPoint",
    "surplus",
)
LIKELIHOOD = ("strong", "plausible", "weak")
USUAL = [Fraction(3, 2)] + [ratio for n in range(2, 51) for ratio in (Fraction(n), Fraction(1, n))]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    place: int
    day: date
    add: Fraction | None
    ratio: Fraction | None
    text: str  # the amount as it is written
    balance: Fraction | None

    def applied(self, held):
        return held + self.add if self.add is not None else held * self.ratio


@dataclass(frozen=True)
class Figure:
    day: date
    stated: Fraction
    source: str
    place: int | None


def prove(inputs):
    book = Book(inputs)
    holdings = [Holding(book, key).answer() for key in sorted(book.keys, key=book.rank)]
    figures = [figure for holding in holdings for figure in holding["figures"]]
    counts = {
        "figures": len(figures),
        "agreeing": sum(figure.get("agrees") is True for figure in figures),
        "openings": sum(figure.get("agrees") is None for figure in figures),
        "differing": sum(figure.get("agrees") is False for figure in figures),
        "transactions": sum(holding["transactions"] for holding in holdings),
        "provedTransactions": sum(holding["provedTransactions"] for holding in holdings),
        "faults": sum(len(holding["faults"]) for holding in holdings),
    }
    return {
        "proved": bool(holdings) and all(holding["status"] == "proved" for holding in holdings),
        "counts": counts,
        "holdings": holdings,
        "unusedFigures": book.unused,
    }


class Book:
    """The records by what they are of: an account and a currency, or an account and a security."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.accounts = [account["id"] for account in inputs["accounts"]]
        self.transactions = inputs.get("transactions", [])
        self.currencies = {account["id"]: account.get("currency") for account in inputs["accounts"]}
        for name in self.accounts:
            stated = [*self.transactions, *inputs.get("balances", [])]
            named = {one["currency"] for one in stated if one["account"] == name and one.get("currency")}
            if self.currencies[name] is None and len(named) == 1:
                self.currencies[name] = named.pop()
        self.rows, self.figures, self.unused = {}, {}, []
        self.days = {}
        for place, transaction in enumerate(self.transactions):
            self.enter(place, transaction)
        for place, balance in enumerate(inputs.get("balances", [])):
            self.state(place, balance)
        self.list_positions()
        self.keys = set(self.rows) | set(self.figures)
        if not inputs.get("positionsIncomplete"):
            self.imply_zeros()

    def rank(self, key):
        account, what, name = key
        return self.accounts.index(account), what != "cash", name or ""

    def enter(self, place, transaction):
        account, amount = transaction["account"], number(transaction["amount"])
        balance = number(transaction.get("balance"))
        if amount or balance is not None:
            settled = self.inputs.get("cashDate", "settlement") == "settlement"
            when = (transaction.get("settlementDate") if settled else None) or transaction["date"]
            key = (account, "cash", transaction.get("currency") or self.currencies[account])
            row = Row(place, day(when), amount, None, str(transaction["amount"]), balance)
            self.rows.setdefault(key, []).append(row)
        if "security" not in transaction:
            return
        quantity, ratio = number(transaction.get("quantity")), ratio_of(transaction)
        key = (account, "shares", transaction["security"])
        when = day(transaction["date"])
        if quantity:
            row = Row(place, when, quantity, None, str(transaction["quantity"]), None)
            self.rows.setdefault(key, []).append(row)
        elif quantity is None and ratio is not None:
            self.rows.setdefault(key, []).append(Row(place, when, None, ratio, "0", None))

    def state(self, place, balance):
        if balance["kind"] == "available":
            self.unused.append({"account": balance["account"], "source": "balance", "place": place})
            return
        account = balance["account"]
        shares = balance["kind"] == "shares"
        currency = balance.get("currency") or self.currencies[account]
        key = (account, "shares", balance["security"]) if shares else (account, "cash", currency)
        figure = Figure(day(balance["date"]), number(balance["amount"]), "balance", place)
        self.figures.setdefault(key, []).append(figure)

    def list_positions(self):
        together = {}
        for place, position in enumerate(self.inputs.get("positions", [])):
            when = position.get("date") or self.inputs.get("positionsAsOf")
            if when is None:
                self.unused.append({"account": position["account"], "source": "position", "place": place})
                continue
            self.days.setdefault(position["account"], set()).add(day(when))
            together.setdefault((position["account"], position["security"], day(when)), []).append((place, position))
        for (account, security, when), lots in together.items():
            stated = sum(number(position["quantity"]) for _, position in lots)
            figure = Figure(when, stated, "position", lots[0][0])
            self.figures.setdefault((account, "shares", security), []).append(figure)

    def imply_zeros(self):
        for key in self.keys:
            days = sorted(self.days.get(key[0], ()))
            if key[1] != "shares" or not days:
                continue
            stated = {figure.day for figure in self.figures.get(key, [])}
            first = min(stated | {row.day for row in self.rows.get(key, [])})
            after = max(stated, default=first)
            zeros = [when for when in days if when < first][-1:]
            later = [when for when in days if when >= after and when not in stated]
            zeros += later[:1] + later[-1:]
            for when in sorted(set(zeros)):
                self.figures.setdefault(key, []).append(Figure(when, Fraction(0), "absent", None))


def ratio_of(transaction):
    if "splitTo" not in transaction:
        return None
    return number(transaction["splitTo"]) / number(transaction["splitFrom"])


class Holding:
    def __init__(self, book, key):
        self.book, self.key = book, key
        self.listed = book.rows.get(key, [])
        cash = key[1] == "cash"
        self.tolerance = number(book.inputs.get("tolerance" if cash else "quantityTolerance", "0"))
        pairs = list(zip(self.listed, self.listed[1:]))
        later = sum(one.day < other.day for one, other in pairs)
        self.newest_first = sum(one.day > other.day for one, other in pairs) > later
        self.zero = self.zero_kind()
        self.replay()

    def zero_kind(self):
        if self.key[0] in self.book.inputs.get("completeAccounts", []):
            return "complete"
        first = min((row.day for row in self.listed), default=None)
        for row in self.listed:
            told = self.book.transactions[row.place]
            texts = [told.get("description", ""), told.get("payee") or ""]
            if row.day == first and any(text.strip().lower() == "opening balance" for text in texts):
                return "openingBalance"
        return None

    def close(self, one, other):
        return abs(one - other) <= self.tolerance

    # The replay ------------------------------------------------------------------------------------------------------

    def replay(self):
        """Rows and points in order. A point is (figure, rows before it, replayed, led to, goes on with, reached)."""
        figures = sorted(self.book.figures.get(self.key, []), key=lambda one: (one.day, one.source == "position"))
        days = sorted({row.day for row in self.listed} | {figure.day for figure in figures})
        self.rows, self.points, self.breaks = [], [], []
        held = replayed = Fraction(0) if self.zero else None
        unbroken = None
        self.earlier = 0

        def compare(figure):
            nonlocal held, replayed, unbroken
            if held is None:
                held = replayed = figure.stated
                self.earlier = len(self.rows)
                self.points.append((figure, len(self.rows), held, held, held, None))
                return
            led, reached = held, self.close(figure.stated, held)
            if not reached and unbroken is not None and self.close(figure.stated, unbroken):
                self.breaks[-1][1] = len(self.points)
                held, unbroken = unbroken, None
            elif not reached:
                self.breaks.append([len(self.points), None])
                unbroken, held = held, figure.stated
            self.points.append((figure, len(self.rows), replayed, led, held, reached))

        for when in days:
            for row in self.arranged([row for row in self.listed if row.day == when], held, when):
                if held is not None:
                    held, replayed = row.applied(held), row.applied(replayed)
                    unbroken = None if unbroken is None else row.applied(unbroken)
                self.rows.append(row)
                if row.balance is not None:
                    compare(Figure(when, row.balance, "runningBalance", row.place))
            for figure in figures:
                if figure.day == when:
                    compare(figure)
        if held is None:
            self.earlier = len(self.rows)

    def arranged(self, rows, opening, when):
        if self.newest_first:
            rows = rows[::-1]
        rows = sorted(rows, key=lambda row: row.add is not None)
        if len(rows) < 2 or all(row.balance is None for row in rows):
            return rows
        links = fitting(rows, opening)
        fits = links == len(rows) - (opening is None)
        if fits and (opening is not None or any(row.balance is None for row in rows)):
            return rows
        if fits and before(rows[0]) != rows[-1].balance:
            return rows
        orders = orders_of(rows)
        starts = {before(order[0]) for order in orders}
        if len(starts) > 1:
            known = None if opening is None else self.nearest(starts, opening)
            starts = self.followed(starts, when) if known is None else {known}
        for order in orders:
            if before(order[0]) in starts:
                return list(order)
        return rows[::-1] if not fits and fitting(rows[::-1], opening) > links else rows

    def followed(self, ends, when):
        """Those of the balances at the end of a day with which what comes later agrees.

        Up to the first figure that is stated, the first day that starts at one balance alone, or the first that agrees with
        none of them.
        """
        moved = Fraction(0)
        figures = [figure for figure in self.book.figures.get(self.key, []) if figure.day >= when]
        stated = min(figures, key=lambda one: (one.day, one.source == "position"), default=None)
        for later in sorted({row.day for row in self.listed if row.day > when}):
            if stated is not None and later > stated.day:
                break
            rows = [row for row in self.listed if row.day == later]
            if all(row.balance is None for row in rows):
                moved += sum(row.add for row in rows)
                continue
            orders = orders_of(rows)
            if not orders:
                return ends
            if any(before(order[0]) != order[-1].balance for order in orders):
                only = self.nearest(ends, before(orders[0][0]) - moved)
                return ends if only is None else {only}
            both = ends & {before(order[0]) - moved for order in orders}
            if not both:
                return ends
            ends = both
        only = None if stated is None else self.nearest(ends, stated.stated - moved)
        return ends if only is None else {only}

    def nearest(self, balances, value):
        """The balance nearest to a value, if it is within the tolerance; of two, the lower one."""
        apart, nearest = min((abs(balance - value), balance) for balance in balances)
        return nearest if apart <= self.tolerance else None

    def answer(self):
        account, what, name = self.key
        faults = self.faults()
        spans = self.spans()
        checked = any(point[5] is not None for point in self.points)
        if not faults:
            status = "proved" if checked else "notProvable"
        else:
            status = "oneChange" if len(faults) == 1 and faults[0]["explanations"] else "noSingleChange"
        return {
            "account": account,
            "currency": name if what == "cash" else None,
            "security": name if what == "shares" else None,
            "status": status,
            "opening": self.opening(),
            "transactions": len(self.rows),
            "provedTransactions": sum(span["transactions"] for span in spans),
            "provedSpans": spans,
            "figures": [self.figure(point) for point in self.points],
            "faults": faults,
        }

    def opening(self):
        if self.zero:
            return {"kind": self.zero, "date": None, "amount": Fraction(0), "earlierTransactions": 0}
        if not self.points:
            return None
        first = self.points[0][0]
        told = {"kind": "firstFigure", "date": first.day, "amount": first.stated}
        return told | {"earlierTransactions": self.earlier}

    def figure(self, point):
        figure, _, replayed, led, _, reached = point
        running = figure.source == "runningBalance"
        return {
            "date": figure.day,
            "source": figure.source,
            "place": None if running else figure.place,
            "transaction": self.book.transactions[figure.place]["id"] if running else None,
            "stated": figure.stated,
            "replayed": shown(replayed),
            "difference": shown(figure.stated - replayed),
            "differenceSinceLast": shown(figure.stated - led),
            "agrees": None if reached is None else self.close(figure.stated, replayed),
        }

    def spans(self):
        spans, open_ = [], False
        for place, point in enumerate(self.points):
            if point[5] is True:
                rows = len(self.span(place))
                if open_:
                    spans[-1]["to"] = point[0].day
                    spans[-1]["transactions"] += rows
                else:
                    before = self.points[place - 1][0].day if place else None
                    spans.append({"from": before, "to": point[0].day, "transactions": rows})
            open_ = point[5] is True
        return spans

    # Faults ----------------------------------------------------------------------------------------------------------

    def start(self, place):
        return (self.points[place - 1][1], self.points[place - 1][4]) if place else (0, Fraction(0))

    def span(self, place):
        return self.rows[self.start(place)[0] : self.points[place][1]]

    def days_before(self, place):
        before = self.points[place - 1][0] if place else None
        return (None if before is None else first_after(before)), self.points[place][0].day

    def faults(self):
        if self.breaks and self.tolerance:
            raise NotCovered("explanations within a tolerance")
        faults = []
        for place, healed_by in self.breaks:
            if healed_by is not None:
                found = self.healed(place, healed_by)
                if found:
                    faults.append(self.fault(place, healed_by, found))
                    continue
                faults += [self.fault(one, None, self.lasting(one)) for one in (place, healed_by)]
            else:
                faults.append(self.fault(place, None, self.lasting(place)))
        return faults

    def fault(self, place, healed_by, found):
        found = sorted(found, key=lambda one: (LIKELIHOOD.index(one["likelihood"]), ORDER.index(one["kind"])))
        figure, _, _, led, _, _ = self.points[place]
        confirming = 0
        for point in self.points[place + 1 :]:
            if point[5] is not True:
                break
            confirming += 1
        return {
            "after": self.points[place - 1][0].day if place else None,
            "by": figure.day,
            "figure": place,
            "difference": shown(figure.stated - led),
            "transactions": len(self.span(place)),
            "confirmingFigures": confirming,
            "healedBy": healed_by,
            "explanations": found[:20],
            "leftOff": max(0, len(found) - 20),
        }

    def replayed(self, rows, start):
        for row in rows:
            start = row.applied(start)
        return start

    def lasting(self, place):
        rows, (_, start) = self.span(place), self.start(place)
        figure, _, _, led, _, _ = self.points[place]
        stated, difference = figure.stated, figure.stated - led
        is_last = place + 1 == len(self.points)

        def leads(changed):
            return self.close(self.replayed(changed, start), stated)

        found = []
        for index, row in enumerate(rows):

            def with_other(other, index=index):
                return leads(rows[:index] + other + rows[index + 1 :])

            found += self.changed(row, with_other, rows)
        first, last = self.days_before(place)
        empty = first is not None and first > last
        if not empty:
            found += self.across_splits(rows, first, last, leads)
            found += self.missing(rows, first, last, leads, difference)
            if self.key[1] == "shares":
                found += self.missing_splits(rows, first, last, leads)
        if place == self.breaks[0][0] and self.earlier:
            opening = self.points[0][0]
            likelihood = "plausible" if place == 1 else "weak"
            found += self.outside(rows, None, min(opening.day, last), likelihood, leads)
            found += self.inside(self.rows[: self.earlier], rows, (first, last), likelihood, leads)
        if all(point[5] is True for point in self.points[place + 1 :]):
            end, until = self.points[-1][:2]
            likelihood = "plausible" if is_last else "weak"
            found += self.outside(rows, first_after(end), None, likelihood, leads)
            found += self.inside(self.rows[until:], rows, (first, last), likelihood, leads)
        if (is_last or empty) and is_decimal(led):
            found.append(self.misstated(figure, led, "plausible" if empty else "weak"))
        return found

    def missing(self, rows, first, last, leads, difference):
        """A row between any two days that no split separates, of the amount that leads to the figure."""
        found = []
        for index, since, until in stretches(rows, first, last):
            later = Fraction(1)
            for row in rows[index:]:
                later *= row.ratio or 1
            amount = difference / later
            if is_decimal(amount):
                assert leads([*rows[:index], Row(-1, until, amount, None, "0", None), *rows[index:]])
                found.append(explanation("missing", "plausible", **{"amount": amount, "from": since, "to": until}))
        return found

    def across_splits(self, rows, first, last, leads):
        """Rows of a span that may belong to the other side of one of its splits."""
        for place, row in enumerate(rows):
            for index, since, until in stretches(rows, first, last):
                moved = [*rows[:index], row, *rows[index:]]
                del moved[place + (index <= place)]
                if row.add and leads(moved):
                    yield self.shifted(row, since, until)
                    break

    def outside(self, rows, first, last, likelihood, leads):
        """Rows of a span that may belong beyond all figures."""
        for index, row in enumerate(rows):
            if row.add is not None and leads(rows[:index] + rows[index + 1 :]):
                yield self.shifted(row, first, last, likelihood)

    def inside(self, others, rows, days, likelihood, leads):
        """Rows beyond all figures that may belong to the span."""
        for row in others:
            for index, first, last in stretches(rows, *days):
                if row.add and leads([*rows[:index], row, *rows[index:]]):
                    yield self.shifted(row, first, last, likelihood)
                    break

    def changed(self, row, leads, rows):
        told = self.book.transactions[row.place]
        found = []
        if row.ratio is not None:
            for ratio in USUAL:
                if ratio != row.ratio and leads([replace(row, ratio=ratio)]):
                    found.append(self.ratio(row, ratio, "strong" if ratio * row.ratio == 1 else "plausible"))
            return found
        if row.add == 0:
            return found
        if leads([]):
            found += self.repeated(row, rows)
        if leads([replace(row, add=-row.add)]):
            found.append(explanation("wrongSign", "plausible", transaction=told["id"], amount=-row.add))
        ratio = ratio_of(told)
        if self.key[1] == "shares" and ratio is not None and leads([replace(row, add=None, ratio=ratio)]):
            found.append(self.ratio(row, ratio, "strong"))
        swaps = {other for other in swapped(row) if leads_exactly(other, row, leads)}
        points = {row.add * Fraction(10) ** power for power in (-3, -2, -1, 1, 2, 3)}
        points = {other for other in points if leads_exactly(other, row, leads)}
        for other in sorted(swaps):
            found.append(explanation("transposed", "weak", transaction=told["id"], amount=other))
        for other in sorted(points - swaps):
            found.append(explanation("decimalPoint", "weak", transaction=told["id"], amount=other))
        return found

    def ratio(self, row, ratio, likelihood):
        told = {"splitFrom": ratio.denominator, "splitTo": ratio.numerator}
        return explanation("splitRatio", likelihood, transaction=self.book.transactions[row.place]["id"], **told)

    def repeated(self, row, rows):
        """A row that repeats another one with its amount and description within a week."""
        told = self.book.transactions[row.place]
        equal = sorted(
            (other.day, other.place)
            for other in self.rows
            if written_in(other, self.book) == written_in(row, self.book) and abs((other.day - row.day).days) <= 7
        )
        place = equal.index((row.day, row.place))
        if place:
            twin = equal[place - 1]
        elif place + 1 < len(equal):
            twin = equal[place + 1]
            if any(other.place == twin[1] for other in rows):
                return []
        else:
            return [explanation("surplus", "weak", transaction=told["id"])]
        likelihood = "strong" if twin[0] == row.day else "plausible"
        other = self.book.transactions[twin[1]]["id"]
        return [explanation("doubled", likelihood, transaction=told["id"], twin=other)]

    def missing_splits(self, rows, first, last, leads):
        found, since = [], first
        for index in range(len(rows) + 1):
            until = rows[index].day if index < len(rows) else last
            if since is None or since <= until:
                for ratio in USUAL:
                    split = Row(-1, until, None, ratio, "0", None)
                    if leads([*rows[:index], split, *rows[index:]]):
                        told = {"from": since, "to": until}
                        told |= {"splitFrom": ratio.denominator, "splitTo": ratio.numerator}
                        found.append(explanation("missingSplit", "plausible", **told))
            if index < len(rows):
                since = rows[index].day + ONE_DAY
        return found

    def shifted(self, row, first, last, otherwise="plausible"):
        told = self.book.transactions[row.place]
        days = [day(told["date"]), day(told.get("settlementDate"))]

        def is_there(when):
            after = first is None or when >= first
            return when != row.day and after and (last is None or when <= last)

        strong = any(when is not None and is_there(when) for when in days)
        likelihood = "strong" if strong else otherwise
        return explanation("shifted", likelihood, transaction=told["id"], **{"from": first, "to": last})

    def misstated(self, figure, right, likelihood):
        running = figure.source == "runningBalance"
        transaction = self.book.transactions[figure.place]["id"] if running else None
        return explanation("misstated", likelihood, transaction=transaction, amount=right)

    def healed(self, place, healed_by):
        """Rows that are moved across every figure from the first that differs to the last."""
        figure, end, _, led, _, _ = self.points[place]
        early, late, found = self.span(place), self.span(healed_by), []
        if all(row.ratio is None for row in self.rows[end : self.start(healed_by)[0]]):
            splits = [index for index, row in enumerate(early) if row.ratio is not None]
            later = [row.day for row in late if row.ratio is not None]
            first, last = self.days_before(healed_by)[0], self.points[healed_by][0].day
            last = min([last, *(when - ONE_DAY for when in later)])
            for row in early[splits[-1] + 1 if splits else 0 :]:
                if (first is None or first <= last) and self.close(led - row.add, figure.stated):
                    found.append(self.shifted(row, first, last))
            first, last = self.days_before(place)
            if splits:
                first = early[splits[-1]].day if first is None else max(first, early[splits[-1]].day)
            for row in late:
                if row.ratio is not None:
                    break
                if (first is None or first <= last) and self.close(led + row.add, figure.stated):
                    found.append(self.shifted(row, first, last))
        if healed_by == place + 1 and is_decimal(led):
            found.append(self.misstated(figure, led, "plausible"))
        return found


def stretches(rows, first, last):
    """The days between the splits of a span, each with the place behind its rows."""
    since = first
    for index, row in enumerate(rows):
        if row.ratio is not None:
            if since is None or since <= row.day - ONE_DAY:
                yield index, since, row.day - ONE_DAY
            since = row.day
    if since is None or since <= last:
        yield len(rows), since, last


def written_in(row, book):
    return book.transactions[row.place].get("description", ""), row.add, row.ratio


def fitting(rows, opening):
    before, count = opening, 0
    for row in rows:
        reached = None if before is None else row.applied(before)
        count += row.balance is not None and row.balance == reached
        before = row.balance if row.balance is not None else reached
    return count


def before(row):
    return row.balance - row.add


def orders_of(rows):
    """Every order of the rows of a day in which each balance leads to the next; none if a row has no balance."""
    if any(row.balance is None for row in rows):
        return []
    if len(rows) > 7:
        raise NotCovered("too many rows of one day to try every order")
    return [order for order in permutations(rows) if fitting(order, None) == len(rows) - 1]


def first_after(figure):
    return figure.day if figure.source == "runningBalance" else figure.day + ONE_DAY


def explanation(kind, likelihood, **fields):
    blank = dict.fromkeys(("transaction", "twin", "amount", "from", "to", "splitFrom", "splitTo"))
    return {"kind": kind, "likelihood": likelihood} | blank | fields


def leads_exactly(other, row, leads):
    return other != row.add and leads([replace(row, add=other)])


def is_decimal(value):
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def scale_of(value):
    scale = 0
    while (value * 10**scale).denominator != 1:
        scale += 1
    return scale


def swapped(row):
    """The amount with two neighbouring digits exchanged, at as many places as it or what comes out is written with."""
    written = len(row.text.partition(".")[2])
    for scale in range(written, written + 4):
        digits = str(int(abs(row.add) * 10**scale))
        for place in range(len(digits) - 1):
            other = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
            if other == digits or other[0] == "0":
                continue
            right = Fraction(int(other), 10**scale) * (1 if row.add > 0 else -1)
            if max(written, scale_of(right)) == scale:
                yield right


def shown(value):
    """A number of the answer: rounded half to even to 18 places if no decimal is the number."""
    if is_decimal(value):
        return value
    scaled = abs(value) * 10**18
    whole, rest = divmod(scaled, 1)
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1)
    return Fraction(int(whole) + up, 10**18) * (1 if value > 0 else -1)


OPERATIONS = {"ledger.prove": prove}
