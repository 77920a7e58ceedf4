"""What came in and went out by period, by the definitions of the reference page of `cash_flow.statement`.

On the cash basis a card is a queue: every unit of money that is charged stands in line, and every unit that comes in takes
the first in the line. Amounts are exact fractions.
"""

import re
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

from ledger_flows import flows_of, levels, total
from support import QUOTED, add_months, cents, day, number, places

LINES = {
    "income": "income",
    "interest": "interest",
    "dividend": "dividends",
    "expense": "expenses",
    "refund": "expenses",
    "fee": "fees",
    "tax": "taxes",
    "withholding": "taxes",
    "interestPaid": "interestPaid",
    "transfer": "transfers",
    "principalPaid": "principal",
    "loanTaken": "loansTaken",
    "loanGiven": "loansGiven",
    "loanRepaid": "loansRepaid",
    "externalFlow": "external",
    "trade": "securities",
    "corporateAction": "securities",
}
ORDER = list(dict.fromkeys(LINES.values()))
INCOME, SPENDING = ORDER[:3], ORDER[3:7]
MOVEMENTS = ORDER[7:]
MONTHS = {"months": 1, "quarters": 3, "years": 12}
ESSENTIAL = """Alimony, Child care, Child support, Childcare, Clothing, Food, Fuel, Gas, Groceries, Health, Health care,
    Healthcare, Household, Housing, Insurance, Medical, Mortgage, Personal care, Pharmacy, Public transportation, Rent,
    Telephone, Transport, Transportation, Utilities, Water"""


class Entry:
    def __init__(self, when, amount, flow, account, currency):
        self.date, self.amount, self.flow, self.account, self.currency = when, amount, flow, account, currency
        self.line = LINES[flow.kind] if flow else "expenses"
        self.category = flow.category if flow else None
        self.kind = flow.kind if flow else "expense"
        self.debt = flow.debt if flow else "creditCard"


def in_order(entries):
    """By day, account, transaction and part; what was owed before comes first."""

    def key(entry):
        return entry.date, entry.account, (entry.flow.transaction, entry.flow.part) if entry.flow else ("", -1)

    return sorted(entries, key=key)


def recognized(request, flows):
    """The entries, and what is not paid at the end."""
    if request.get("basis", "accrual") == "accrual":
        return in_order(Entry(flow.date, flow.amount, flow, flow.account, flow.currency) for flow in flows), {}
    entries, lines = [], defaultdict(list)
    for owed in request.get("owedBefore", []):
        account = next(a for a in request["ledger"]["accounts"] if a["id"] == owed["account"])
        currency = account.get("currency") or request["ledger"].get("currency", "USD")
        lines[owed["account"], currency].append([number(owed["amount"]), None])
    ahead = defaultdict(Fraction)

    def is_queued(flow):
        return flow.debt == "creditCard" or (flow.debt and flow.kind == "interestPaid")

    def is_spending(flow):
        return flow is None or LINES[flow.kind] not in MOVEMENTS

    for flow in flows:
        if not is_queued(flow):
            entries.append(Entry(flow.settled, flow.amount, flow, flow.account, flow.currency))
    queued = sorted(filter(is_queued, flows), key=lambda f: (f.settled, f.amount >= 0, f.transaction, f.part))
    for flow in queued:
        place = flow.account, flow.currency
        if flow.amount >= 0:
            entries.append(Entry(flow.settled, flow.amount, flow, *place))
            ahead[place] += flow.amount
        else:
            lines[place].append([-flow.amount, flow])
            if not is_spending(flow):
                entries.append(Entry(flow.settled, flow.amount, flow, *place))
        while ahead[place] > 0 and lines[place]:
            first = lines[place][0]
            paid = min(first[0], ahead[place])
            if is_spending(first[1]):
                entries.append(Entry(flow.settled, -paid, first[1], *place))
            first[0] -= paid
            ahead[place] -= paid
            if first[0] == 0:
                lines[place].pop(0)
    unpaid = {place: total(left for left, flow in line if is_spending(flow)) for place, line in lines.items()}
    return in_order(entries), unpaid


def periods_of(request, entries, flows):
    kind = request.get("periods", "months")
    days = [entry.date for entry in entries] + [flow.date for flow in flows]
    starts = [day(text) for text in request.get("starts", [])]
    first = day(request.get("from")) or (starts or [min(days)])[0]
    last = day(request.get("to")) or max(days)
    if kind == "whole":
        starts = [first]
    elif kind in MONTHS:
        starts, length = [first], MONTHS[kind]
        start = date(first.year, (first.month - 1) // length * length + 1, 1)
        while (start := add_months(start, length)) <= last:
            starts.append(start)
    ends = [start - timedelta(days=1) for start in starts[1:]] + [last]
    return list(zip(starts, ends))


def figures(entries, essential, base):
    """The figures of some entries, which are pairs with the amount that counts."""
    sums = dict.fromkeys(ORDER, Fraction(0))
    kinds = dict.fromkeys((True, False, None), Fraction(0))
    refunds = principal = Fraction(0)
    for entry, amount in entries:
        sums[entry.line] += amount
        if entry.line == "expenses":
            kinds[essential(entry.category)] -= amount
        refunds += amount if entry.kind == "refund" else 0
        principal -= amount if entry.line == "principal" and not entry.debt else 0
    income = total(sums[line] for line in INCOME)
    spending = -total(sums[line] for line in SPENDING)
    saved = income - spending
    amount = income + sums["taxes"] if base == "incomeAfterTax" else income
    result = {line: -sums[line] if line in SPENDING else sums[line] for line in ORDER}
    return result | {
        "totalIncome": income,
        "refunds": refunds,
        "essential": kinds[True],
        "discretionary": kinds[False],
        "uncategorized": kinds[None],
        "totalSpending": spending,
        "saved": saved,
        "savingsRate": places(saved / amount, 6) if amount > 0 else None,
        "savingsBase": base,
        "savingsBaseAmount": amount,
        "noRateReason": None if amount > 0 else QUOTED,
        "debtService": {
            "interest": -sums["interestPaid"],
            "principal": principal,
            "total": principal - sums["interestPaid"],
        },
        "change": total(sums.values()),
    }


def categories(entries, essential):
    sums, counts = defaultdict(Fraction), defaultdict(int)
    for entry, amount in entries:
        key = ORDER.index(entry.line), entry.category or "", entry.category
        sums[key] += amount
        counts[key] += 1
    rows = []
    for key in sorted(sums, key=lambda key: key[:2]):
        line = ORDER[key[0]]
        rows.append(
            {
                "line": line,
                "category": key[2],
                "amount": -sums[key] if line in SPENDING else sums[key],
                "essential": essential(key[2]) if line == "expenses" else None,
                "entries": counts[key],
            }
        )
    return rows


def compared(rows, how):
    """How each period differs from an earlier one."""
    found = []
    for place, row in enumerate(rows):
        if how == "previous":
            earlier = rows[place - 1] if place else None
        else:
            then = add_months(row["last"], -12)
            earlier = next((one for one in rows[:place] if one["first"] <= then <= one["last"]), None)
        if earlier is None:
            continue
        sums = defaultdict(lambda: [Fraction(0), Fraction(0)])
        for side, period in enumerate((earlier, row)):
            for one in period["categories"]:
                key = ORDER.index(one["line"]), one["category"] or "", one["category"]
                sums[key][side] = one["amount"]
        differences = {
            name: row["figures"][name] - earlier["figures"][name] for name in ("totalIncome", "totalSpending", "saved")
        }
        found.append(
            {"first": row["first"], "earlierFirst": earlier["first"]}
            | differences
            | {
                "categories": [
                    {
                        "line": ORDER[key[0]],
                        "category": key[2],
                        "before": before,
                        "now": now,
                        "change": now - before,
                        "relativeChange": places((now - before) / abs(before), 6) if before else None,
                    }
                    for key, (before, now) in sorted(sums.items(), key=lambda entry: entry[0][:2])
                ]
            }
        )
    return found


def statement(request):
    """`cash_flow.statement`."""
    flows = flows_of(request["ledger"])
    entries, unpaid = recognized(request, flows)
    periods = periods_of(request, entries, flows)
    named = request.get("essentialCategories") or [name.strip() for name in ESSENTIAL.split(",")]
    names = {name.strip().lower() for name in named}
    base, report = request.get("savingsBase", "income"), request.get("reportCurrency")

    def essential(category):
        if category is None:
            return None
        # A journal has its categories below an account of all expenses.
        below = re.sub(r"(?i)^\s*expenses?:", "", category)
        return any(level in names for level in levels(category) + levels(below))

    def converted(entry):
        if entry.currency == report:
            return entry.amount
        rates = [rate for rate in request["exchangeRates"] if rate["from"] == entry.currency]
        rate = max((rate for rate in rates if day(rate["date"]) <= entry.date), key=lambda rate: rate["date"])
        return cents(entry.amount * number(rate["rate"]), report)

    def table(currency, pairs):
        rows = []
        for first, last in periods:
            within = [(entry, amount) for entry, amount in pairs if first <= entry.date <= last]
            rows.append(
                {
                    "first": first,
                    "last": last,
                    "figures": figures(within, essential, base),
                    "categories": categories(within, essential),
                }
            )
        told = {
            "currency": currency,
            "periods": rows,
            "total": figures(pairs, essential, base),
            "categories": categories(pairs, essential),
        }
        # What was not asked for is left out, and so is an empty list.
        comparisons = compared(rows, request["comparison"]) if request.get("comparison") else []
        return told | ({"comparisons": comparisons} if comparisons else {})

    counted = [entry for entry in entries if periods[0][0] <= entry.date <= periods[-1][1]]
    currencies = sorted({entry.currency for entry in counted})
    return {
        "from": periods[0][0],
        "to": periods[-1][1],
        "basis": request.get("basis", "accrual"),
        "currencies": [
            table(code, [(entry, entry.amount) for entry in counted if entry.currency == code]) for code in currencies
        ],
        "report": table(report, [(entry, converted(entry)) for entry in counted]) if report else None,
        "unpaid": [
            {"account": account, "currency": currency, "amount": amount}
            for (account, currency), amount in sorted(unpaid.items())
            if amount
        ],
        "outside": len(entries) - len(counted),
        "entries": [
            {
                "period": next(n for n, (first, last) in enumerate(periods) if first <= entry.date <= last),
                "date": entry.date,
                "line": entry.line,
                "category": entry.category,
                "amount": entry.amount,
                "currency": entry.currency,
                "reportAmount": converted(entry) if report else None,
                "account": entry.account,
                "transaction": entry.flow.transaction if entry.flow else None,
                "part": entry.flow.part if entry.flow else None,
            }
            for entry in counted
        ]
        if request.get("entries", True)
        else [],
    }


OPERATIONS = {"cash_flow.statement": statement}
