"""What will be in accounts, by the definitions of the reference page of `cash_flow.forecast`.

Square roots and the normal quantile have 40 digits (mpmath); all else is exact.
"""

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction

from mpmath import erfinv, mp, mpf, sqrt

from ledger_flows import flows_of, total
from recurrence import occurrences
from recurring_payments import detect, rules_of
from support import QUOTED, cents, day, number

mp.dps = 40
HORIZONS = (30, 60, 90, 365)
ASKED = ("rule", "rrule", "monthEnd", "calendar", "convention", "start")


def real(fraction):
    return mpf(fraction.numerator) / mpf(fraction.denominator)


def exact(value):
    """A number of 40 digits as a fraction, for rounding."""
    return Fraction(mp.nstr(value, 30, strip_zeros=False, min_fixed=-40, max_fixed=40))


def planned_days(planned, first, last):
    if not planned.get("rule") and not planned.get("rrule"):
        rule = {"rule": {"frequency": "daily", "count": 1}}
        planned = {**{name: planned[name] for name in ASKED if name in planned}, **rule}
    request = {name: planned[name] for name in ASKED if name in planned}
    answer = occurrences(request | {"from": first.isoformat(), "to": last.isoformat(), "limit": 10**5})
    return [day(found["date"]) if isinstance(found["date"], str) else found["date"] for found in answer["occurrences"]]


def forecast(request):
    """`cash_flow.forecast`."""
    ledger = request["ledger"]
    flows = flows_of(ledger)
    as_of = day(request.get("asOf")) or max(flow.date for flow in flows)
    first, last = as_of + timedelta(days=1), as_of + timedelta(days=request.get("days", 365))
    accounts = {account["id"]: account for account in ledger["accounts"]}
    balances = {entry["account"]: number(entry["balance"]) for entry in request["balances"]}
    merchants = {p["merchant"].strip().lower() for p in request.get("planned", []) if p.get("merchant")}
    found = detect(flows, as_of, rules_of(request)) if request.get("detect", True) else []
    found = [series for series in found if series.name.lower() not in merchants]
    currency = {name: accounts[name].get("currency") or ledger.get("currency", "USD") for name in balances}

    payments = []
    for planned in request.get("planned", []):
        for when in planned_days(planned, first, last):
            payments.append(payment(when, planned["account"], number(planned["amount"]), planned["name"], "planned"))
    for series in found:
        place, paid = series.next_place(as_of), series.met[-1]
        if place is None or currency.get(paid.account) != paid.currency:
            continue
        while (due := series.days[place]) <= last:
            row = payment(max(due, first), paid.account, series.amount(), series.name, "recurring")
            payments.append(row | {"overdueSince": due if due < first else None})
            place += 1
    payments.sort(key=lambda row: row["date"])

    known = {paid.transaction for series in found for paid in series.met}
    rows = []
    for name, balance in balances.items():
        mine = [f for f in flows if f.account == name and f.date <= as_of and f.currency == f.account_currency]
        other = [f for f in mine if f.transaction not in known and f.name.lower() not in merchants]
        past = (as_of - min(f.date for f in mine)).days + 1 if mine else 0
        weeks = min(past // 7, request.get("weeks", 52))
        weeks = weeks if weeks >= 4 else 0
        other = [f for f in other if not is_single(f, [f for f in other if (as_of - f.date).days // 7 < weeks])]
        sums = [total(f.amount for f in other if (as_of - f.date).days // 7 == week) for week in range(weeks)]
        rows.append(account_row(name, balance, currency[name], payments, sums, (as_of, last), request, accounts[name]))
    return {"asOf": as_of, "to": last, "accounts": rows, "payments": payments}


def is_single(flow, flows):
    """Whether money was moved just once between two accounts that are no debts, in this direction, or converted in one."""
    if not moves(flow):
        return False
    other = flow.other_account["id"]
    alike = {
        one.transaction
        for one in flows
        if moves(one) and one.other_account["id"] == other and (one.amount < 0) == (flow.amount < 0)
    }
    return alike == {flow.transaction}


def moves(flow):
    return flow.other_account and not flow.debt and "liabilityKind" not in flow.other_account


def payment(when, account, amount, name, source):
    return {
        "date": when,
        "account": account,
        "amount": amount,
        "name": name,
        "source": source,
        "overdueSince": None,
    }


def account_row(name, balance, currency, payments, sums, span, request, account):
    as_of, last = span
    weeks, all_weeks = len(sums), total(sums)
    deviation = mpf(0)
    if weeks:
        mean = all_weeks / weeks
        deviation = sqrt(real(total((value - mean) ** 2 for value in sums) / (weeks - 1)))
    level = Fraction(repr(request.get("confidenceLevel", 0.8)))
    quantile = sqrt(mpf(2)) * erfinv(real(level))
    by_day = defaultdict(list)
    for row in payments:
        if row["account"] == name:
            by_day[row["date"]].append(row["amount"])
    days, horizons = [], []
    comes_in = goes_out = Fraction(0)
    for ahead in range(1, (last - as_of).days + 1):
        when = as_of + timedelta(days=ahead)
        comes_in += sum(amount for amount in by_day[when] if amount > 0)
        goes_out -= sum(amount for amount in by_day[when] if amount < 0)
        other = cents(all_weeks * ahead / (7 * weeks), currency) if weeks else Fraction(0)
        expected = balance + comes_in - goes_out + other
        half = cents(exact(quantile * deviation * sqrt(mpf(ahead) / 7)), currency) if weeks else None
        row = {
            "date": when,
            "expected": expected,
            "low": expected - half if weeks else None,
            "high": expected + half if weeks else None,
        }
        days.append(row)
        if ahead in HORIZONS:
            horizons.append(row | {"days": ahead, "comesIn": comes_in, "goesOut": goes_out, "otherFlows": other})
    debt = account.get("liabilityKind")
    lowest = min(days, key=lambda row: row["expected"])

    def first_below(end):
        return next((row["date"] for row in days if row[end] is not None and row[end] < 0 and not debt), None)

    return {
        "account": name,
        "currency": currency,
        "balance": balance,
        "horizons": horizons,
        "days": days,
        "belowZero": first_below("expected"),
        "mayFallBelowZero": first_below("low"),
        "lowestOn": lowest["date"],
        "lowest": lowest["expected"],
        "weeks": weeks,
        "weeklyMean": cents(all_weeks / weeks, currency) if weeks else None,
        "weeklyDeviation": float(deviation) if weeks else None,
        "noBandReason": None if weeks else QUOTED,
    }


OPERATIONS = {"cash_flow.forecast": forecast}
