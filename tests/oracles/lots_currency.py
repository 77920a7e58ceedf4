"""Amounts of securities in another currency than the book: both amounts as one number, in exact fractions.

`lots.py` counts with these numbers as with fractions. A sum is the sum in each currency, a share of an amount the share in
each, rounded to its own smallest unit; which of two amounts is greater is decided in the currency of the book. So whatever
happens to a cost happens to both, without a rule of its own, and a gain is divided in the end:

    (F1 - F0) e0 + F0 (e1 - e0) + (F1 - F0) (e1 - e0)

with the cost F0 and the proceeds F1 abroad, and with the exchange rates e0 and e1 of each (Treas. Reg. 1.988-2(a)(2)(iii)
and (iv): basis and amount realized are translated each at the rate of its own day). Where amounts of several rates make up
a cost, e0 is the cost in the one currency by that in the other.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import total_ordering

from support import NotCovered, day, number, round_to


@total_ordering
@dataclass(frozen=True, eq=False)
class Both:
    """An amount in the currency of the book and in another, and the rates at which its parts were exchanged."""

    book: Fraction
    abroad: Fraction
    rates: frozenset = field(default=frozenset())

    def __add__(self, other):
        if not isinstance(other, Both):
            return Both(self.book + Fraction(other), self.abroad + Fraction(other), self.rates) if other else self
        return Both(self.book + other.book, self.abroad + other.abroad, self.rates | other.rates)

    __radd__ = __add__

    def __neg__(self):
        return Both(-self.book, -self.abroad, self.rates)

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, factor):
        return Both(self.book * factor, self.abroad * factor, self.rates)

    __rmul__ = __mul__

    def __truediv__(self, divisor):
        return self * (1 / Fraction(divisor))

    def __eq__(self, other):
        return self.book == in_book(other)

    def __lt__(self, other):
        return self.book < in_book(other)

    def __bool__(self):
        return bool(self.book)

    @property
    def rate(self):
        if len(self.rates) == 1:
            return next(iter(self.rates))
        return self.book / self.abroad if self.abroad else None


def in_book(amount):
    """An amount in the currency of the book."""
    return amount.book if isinstance(amount, Both) else amount


def rounded(amount, unit, unit_abroad):
    return Both(round_to(amount.book, unit), round_to(amount.abroad, unit_abroad), amount.rates)


def parts(cost, proceeds, unit):
    """The parts of a gain, which add up to it: the first is what the others leave."""
    gain = proceeds.book - cost.book
    if not cost.abroad:
        return {"pricePart": gain, "currencyPart": Fraction(0), "crossPart": Fraction(0)}
    change = proceeds.rate - cost.rate
    currency = round_to(cost.abroad * change, unit)
    cross = round_to((proceeds.abroad - cost.abroad) * change, unit)
    return {"pricePart": gain - currency - cross, "currencyPart": currency, "crossPart": cross}


def told(currency, cost, proceeds, unit):
    """The fields of a gain on a security in another currency."""
    row = {"currency": currency, "proceeds": proceeds.abroad, "cost": cost.abroad}
    return {"foreign": row | parts(cost, proceeds, unit)}


class Currencies:
    """The currencies of the securities of a request, and the rates of its rules."""

    def __init__(self, request):
        self.own = request.get("rules", {}).get("currency", "USD")
        self.of = {
            security["id"]: security["currency"]
            for security in request.get("securities", [])
            if security.get("currency", self.own) != self.own
        }
        table = request.get("rules", {}).get("exchangeRates", [])
        self.rates = {(row["currency"], day(row["date"])): number(row["rate"]) for row in table}

    def rate(self, security, when, given=None):
        found = number(given) or self.rates.get((self.of[security], when))
        if found is None:
            raise NotCovered("a day without a rate")
        return found

    def exchanged(self, security, amount, when, unit, given=None):
        """An amount of a day in both currencies."""
        rate = self.rate(security, when, given)
        return Both(round_to(amount * rate, unit), amount, frozenset([rate]))
