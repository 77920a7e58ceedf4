"""Payments that recur, by the definitions of the reference page of `cash_flow.recurring`.

The expected days of a cadence are written out as a list over the years of the payments, and each payment looks for the
nearest in that list. Fractions throughout.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from ledger_flows import flows_of, total
from support import cents, day, number, places

# Name, days that a payment may be off, length, payments of a year.
CADENCES = [
    ("weekly", 2, ("days", 7), 52),
    ("biweekly", 3, ("days", 14), 26),
    ("semimonthly", 3, ("half", 0), 24),
    ("everyFourWeeks", 4, ("days", 28), 13),
    ("monthly", 5, ("months", 1), 12),
    ("everyTwoMonths", 7, ("months", 2), 6),
    ("quarterly", 10, ("months", 3), 4),
    ("semiannual", 15, ("months", 6), 2),
    ("annual", 20, ("months", 12), 1),
]
# Days of the proleptic calendar are counted from this one, which nothing depends on.
ZERO = date(1, 1, 1)


class Payment:
    def __init__(self, flows):
        self.transaction, self.date = flows[0].transaction, flows[0].date
        self.amount = total(flow.amount for flow in flows)
        self.flow = max(flows, key=lambda flow: abs(flow.amount))
        self.name, self.account, self.currency = self.flow.name, self.flow.account, self.flow.currency


def last_of(year, month):
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def clamped(month, wanted):
    """A day of a month that is counted from year 0, or the last."""
    year, index = divmod(month, 12)
    return date(year, index + 1, min(wanted, last_of(year, index + 1)))


def month_of(when):
    return when.year * 12 + when.month - 1


def meets(when, wanted):
    return clamped(month_of(when), wanted) == when


def commonest(values):
    """The value that occurs most often; of several, that of the latest."""
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], max(i for i, v in enumerate(values) if v == value)))


def best_day(dates):
    scores = {wanted: sum(meets(when, wanted) for when in dates) for wanted in range(1, 32)}
    best = [wanted for wanted, score in scores.items() if score == max(scores.values())]
    return next((wanted for wanted in best if meets(dates[-1], wanted)), best[0])


def nearest(days, when):
    """The place of the day nearest to a date, the earlier of two."""
    return min(range(len(days)), key=lambda place: (abs((days[place] - when).days), place))


def own_month(when, wanted):
    months = range(month_of(when) - 1, month_of(when) + 2)
    return min(months, key=lambda month: (abs((clamped(month, wanted) - when).days), month))


def expected_days(cadence, dates):
    """The expected days around the payments, and the days of the month or nothing; none if the cadence does not fit."""
    (kind, length), first, last = cadence[2], dates[0], dates[-1]
    # Enough days on both sides for whatever is asked about.
    low, high = first - timedelta(days=800), last + timedelta(days=4000)
    if kind == "days":
        rest = commonest([(when - ZERO).days % length for when in dates])
        start = low + timedelta(days=(rest - (low - ZERO).days) % length)
        return [start + timedelta(days=step) for step in range(0, (high - start).days, length)], None
    wanted = best_day(dates)
    if kind == "months":
        rest = commonest([own_month(when, wanted) % length for when in dates])
        months = [month for month in range(month_of(low), month_of(high)) if month % length == rest]
        return [clamped(month, wanted) for month in months], ([wanted], rest)
    others = [when for when in dates if abs((clamped(own_month(when, wanted), wanted) - when).days) > 5]
    if not others:
        return None, None
    pair = sorted((wanted, best_day(others)))
    if not 10 <= pair[1] - pair[0] <= 20:
        return None, None
    months = range(month_of(low), month_of(high))
    return [clamped(month, wanted) for month in months for wanted in pair], (pair, None)


class Series:
    """Payments and the best of the cadences, if any fits."""

    def __init__(self, name, payments, cadence, days, of_month):
        self.name, self.cadence, self.days, self.of_month = name, cadence, days, of_month
        self.met, self.places, self.unexpected, self.off, self.doubles = [], [], 0, 0, []
        for payment in payments:
            place = nearest(days, payment.date)
            off = abs((days[place] - payment.date).days)
            if off <= cadence[1] and (not self.places or place > self.places[-1]):
                self.met.append(payment)
                self.places.append(place)
                self.off += off
            else:
                self.unexpected += 1
        self.missed = self.places[-1] - self.places[0] + 1 - len(self.places) if self.places else 0
        self.confidence = Fraction(len(self.met), len(self.met) + self.missed + self.unexpected + 1)

    def changes(self):
        return [(a, b) for a, b in zip(self.met, self.met[1:]) if a.amount != b.amount]

    def varies(self):
        return 2 * len(self.changes()) > len(self.met) - 1

    def amount(self):
        if not self.varies():
            return self.met[-1].amount
        middle = Fraction(median(payment.amount for payment in self.met[-12:]))
        return cents(middle, self.met[-1].currency)

    def status(self, as_of):
        late = [(as_of - self.days[self.places[-1] + step]).days > self.cadence[1] for step in (1, 2)]
        return "ended" if late[1] else "late" if late[0] else "active"

    def next_place(self, as_of):
        return None if self.status(as_of) == "ended" else self.places[-1] + 1


def best_series(name, payments, rules):
    if len(payments) < rules["minPayments"]:
        return None
    found = []
    for cadence in CADENCES:
        days, of_month = expected_days(cadence, [payment.date for payment in payments])
        if days:
            found.append(Series(name, payments, cadence, days, of_month))
    best = max(found, key=lambda series: (series.confidence, -series.off, -CADENCES.index(series.cadence)))
    enough = len(best.met) >= rules["minPayments"] and best.confidence >= rules["minConfidence"]
    return best if enough else None


def parted(payments, rules):
    parts = []
    for payment in sorted(payments, key=lambda payment: abs(payment.amount)):
        if not parts or abs(payment.amount) > abs(parts[-1][-1].amount) * (1 + rules["amountGap"]):
            parts.append([])
        parts[-1].append(payment)
    return [sorted(part, key=lambda payment: (payment.date, payment.transaction)) for part in parts]


def series_of(name, payments, rules):
    kept, doubles = [], []
    for payment in payments:
        same = [p for p in kept if p.amount == payment.amount and p.account == payment.account]
        if rules["findDoubles"] and same and (payment.date - same[-1].date).days <= rules["doubleDays"]:
            doubles.append((payment, same[-1]))
        else:
            kept.append(payment)
    whole = best_series(name, kept, rules)
    found = [whole] if whole else []
    if not whole or whole.varies():
        parts = [best_series(name, part, rules) for part in parted(kept, rules)]
        good = [part for part in parts if part]
        if not whole or (len(parts) >= 2 and len(good) == len(parts)):
            found = good
    for series in found:
        series.doubles = [(second, first) for second, first in doubles if first in series.met]
    return found


def rules_of(request):
    given = request.get("detection", {})
    return {
        "minPayments": given.get("minPayments", 3),
        "minConfidence": number(given.get("minConfidence", "0.7")),
        "amountGap": number(given.get("amountGap", "0.2")),
        "doubleDays": given.get("doubleDays", 3),
        "findDoubles": given.get("findDoubles", True),
    }


def detect(flows, as_of, rules):
    """All series up to a day, in the order of names, directions and currencies."""
    transactions = defaultdict(list)
    for flow in flows:
        if flow.date <= as_of:
            transactions[flow.transaction].append(flow)
    groups = defaultdict(list)
    for parts in transactions.values():
        payment = Payment(parts)
        if payment.amount and payment.flow.kind not in ("trade", "corporateAction") and payment.name:
            groups[payment.name.lower(), payment.amount < 0, payment.currency].append(payment)
    found = []
    for key in sorted(groups):
        payments = sorted(groups[key], key=lambda payment: (payment.date, payment.transaction))
        found += series_of(payments[-1].name, payments, rules)
    return found


def rule_of(series):
    """The rule of `cash_flow.occurrences`."""
    name = series.cadence[0]
    if series.of_month is None:
        return {"frequency": name}
    days, rest = series.of_month
    if name == "semimonthly":
        return {"frequency": "monthly", "byMonthDay": days}
    return {"frequency": name, "byMonthDay": days} | ({"byMonth": [rest + 1]} if name == "annual" else {})


def described(series, as_of):
    last, place = series.met[-1], series.next_place(as_of)
    changes = [] if series.varies() else series.changes()
    return {
        "name": series.name,
        "account": last.account,
        "currency": last.currency,
        "class": last.flow.kind,
        "category": last.flow.category,
        "frequency": series.cadence[0],
        "rule": rule_of(series),
        "start": series.days[series.places[-1]],
        "monthEnd": "clamp",
        "amount": series.amount(),
        "varies": series.varies(),
        "lowest": min(abs(payment.amount) for payment in series.met),
        "highest": max(abs(payment.amount) for payment in series.met),
        "annualAmount": series.amount() * series.cadence[3],
        "confidence": places(series.confidence, 4),
        "missed": series.missed,
        "unexpected": series.unexpected,
        "status": series.status(as_of),
        "next": None if place is None else series.days[place],
        "priceChanges": [
            {
                "date": after.date,
                "transaction": after.transaction,
                "from": abs(before.amount),
                "to": abs(after.amount),
                "change": places((abs(after.amount) - abs(before.amount)) / abs(before.amount), 4),
            }
            for before, after in changes
        ],
        "doubleCharges": [
            {
                "transaction": second.transaction,
                "date": second.date,
                "firstTransaction": first.transaction,
                "amount": second.amount,
            }
            for second, first in series.doubles
        ],
        "payments": [
            {
                "transaction": payment.transaction,
                "date": payment.date,
                "expected": series.days[at],
                "amount": payment.amount,
            }
            for payment, at in zip(series.met, series.places)
        ],
    }


def recurring(request):
    """`cash_flow.recurring`."""
    flows = flows_of(request["ledger"])
    as_of = day(request.get("asOf")) or max(flow.date for flow in flows)
    found = detect(flows, as_of, rules_of(request))
    totals = defaultdict(lambda: [Fraction(0), Fraction(0)])
    for series in found:
        moves = series.met[-1].flow.kind in ("transfer", "principalPaid")
        if series.status(as_of) != "ended" and not moves:
            amount = series.amount() * series.cadence[3]
            totals[series.met[-1].currency][amount < 0] += abs(amount)
    return {
        "asOf": as_of,
        "series": [described(series, as_of) for series in found],
        "totals": [
            {"currency": code, "annualIncome": income, "annualSpending": spending}
            for code, (income, spending) in sorted(totals.items())
        ],
    }


OPERATIONS = {"cash_flow.recurring": recurring}
