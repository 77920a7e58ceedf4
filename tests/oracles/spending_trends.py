"""Trends and outliers of spending, by the definitions of the reference page of `cash_flow.spending`.

The median is that of Python's `statistics` on exact fractions.
"""

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from itertools import combinations
from statistics import median

from budgets import SPENDING
from ledger_flows import flows_of, total
from support import add_months, cents, day, number, places


def spending(request):
    """`cash_flow.spending`."""
    currency = request.get("currency", "USD")
    flows = [flow for flow in flows_of(request["ledger"]) if flow.currency == currency and flow.kind in SPENDING]
    first = (day(request.get("from")) or min(flow.date for flow in flows)).replace(day=1)
    last = (day(request.get("to")) or max(flow.date for flow in flows)).replace(day=1)
    months = [first]
    while months[-1] < last:
        months.append(add_months(first, len(months)))
    spent = defaultdict(lambda: defaultdict(list))
    for flow in flows:
        month = flow.date.replace(day=1)
        if first <= month <= last:
            spent[flow.category][month].append(-flow.amount)
    limit = number(request.get("threshold", "3.5"))
    rows = []
    for category in sorted(spent, key=lambda name: name or ""):
        amounts = [total(spent[category][month]) for month in months]
        middle = Fraction(median(amounts))
        off = Fraction(median(abs(amount - middle) for amount in amounts))
        slopes = [(b - a) / (j - i) for (i, a), (j, b) in combinations(enumerate(amounts), 2)]
        scores = [(amount - middle) * Fraction(6745, 10000) / off if off else Fraction(0) for amount in amounts]
        rows.append(
            {
                "category": category,
                "total": total(amounts),
                "median": cents(middle, currency),
                "medianDeviation": cents(off, currency),
                "monthlyTrend": cents(Fraction(median(slopes)), currency) if slopes else None,
                "outliers": [
                    {"month": month, "amount": amount, "usual": cents(middle, currency), "score": places(score, 4)}
                    for month, amount, score in zip(months, amounts, scores)
                    if abs(score) > limit
                ],
                "months": [{"month": month, "amount": amount} for month, amount in zip(months, amounts)],
            }
        )
    end = add_months(first, len(months)) - timedelta(days=1)
    return {"from": first, "to": end, "currency": currency, "categories": rows}


OPERATIONS = {"cash_flow.spending": spending}
