"""What is assigned, spent and left, by the definitions of the reference page of `cash_flow.budget`."""

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from ledger_flows import flows_of, levels, total
from support import add_months, day, minor_unit, number, round_to

INCOME = {"income", "interest", "dividend"}
SPENDING = {"expense", "refund", "fee", "tax", "withholding", "interestPaid"}


def nearest_budget(category, names):
    """The place of the budget of a category's own name, or of the nearest above it."""
    found = [level for level in levels(category) if level in names] if category is not None else []
    return names.index(found[0]) if found else None


def assigned(category, first):
    amounts = [change["amount"] for change in category.get("changes", []) if day(change["from"]) <= first]
    return number(amounts[-1] if amounts else category["amount"])


def budget(request):
    """`cash_flow.budget`."""
    start, length, currency = day(request["from"]), request.get("months", 1), request.get("currency", "USD")
    count, zero_based = request.get("periods", 1), request.get("method") == "zeroBased"
    starts = [add_months(start, length * step) for step in range(count + 1)]
    days = [(first, after - timedelta(days=1)) for first, after in pairwise(starts)]
    as_of = day(request.get("asOf")) or days[-1][1]
    names = [category["category"].strip().lower() for category in request["categories"]]
    counted = [flow for flow in flows_of(request["ledger"]) if start <= flow.date <= min(as_of, days[-1][1])]
    counted = [flow for flow in counted if flow.kind in INCOME | SPENDING]
    ours = sorted(
        (flow for flow in counted if flow.currency == currency), key=lambda f: (f.date, f.transaction, f.part)
    )
    planned = number(request.get("plannedIncome"))
    unassigned = number(request.get("unassignedBefore", "0"))
    carried = [number(category.get("leftBefore", "0")) for category in request["categories"]]
    rows = []
    for first, last in days:
        within = [flow for flow in ours if first <= flow.date <= last]
        income = total(flow.amount for flow in within if flow.kind in INCOME)
        lines, other = [], defaultdict(Fraction)
        spent = [(nearest_budget(flow.category, names), flow) for flow in within if flow.kind in SPENDING]
        for place, flow in spent:
            if place is None:
                other[flow.category] -= flow.amount
        used_up = total(-flow.amount for _, flow in spent)
        given = Fraction(0)
        for place, category in enumerate(request["categories"]):
            mine = [flow for at, flow in spent if at == place]
            amount, used = assigned(category, first), -total(flow.amount for flow in mine)
            left = carried[place] + amount - used
            stays = {"left": left >= 0, "overspent": left < 0, "both": True}.get(category.get("rollOver"), False)
            lines.append(
                {
                    "category": category["category"],
                    "carriedIn": carried[place],
                    "assigned": amount,
                    "spent": used,
                    "available": left,
                    "variance": used - amount,
                    "carriedOut": left if stays else Fraction(0),
                    "transactions": list(dict.fromkeys(flow.transaction for flow in mine)),
                }
            )
            given += amount
        before = unassigned + total(carried)
        carried = [line["carriedOut"] for line in lines]
        # Nothing is lost: what is not in a category is not assigned.
        unassigned = before + income - used_up - total(carried)
        rows.append(
            {
                "first": first,
                "last": last,
                "categories": lines,
                "unbudgeted": [
                    {"category": name, "spent": other[name]} for name in sorted(other, key=lambda name: name or "")
                ],
                "income": income,
                "assigned": given,
                "spent": used_up,
                "variance": used_up - given,
                "unassigned": unassigned,
                "unplanned": None if planned is None else planned - given,
                "balanced": planned == given if zero_based else None,
            }
        )
    return {
        "currency": currency,
        "asOf": as_of,
        "periods": rows,
        "safeToSpend": safe(request["spending"], rows, names, as_of, currency) if request.get("spending") else None,
        "otherCurrencies": sum(flow.currency != currency for flow in counted),
    }


def safe(question, rows, names, as_of, currency):
    today = next(row for row in rows if row["first"] <= as_of <= row["last"])
    income = day(question["nextIncome"])
    due = defaultdict(Fraction)
    for bill in question.get("bills", []):
        if as_of < day(bill["date"]) < income:
            due[nearest_budget(bill.get("category"), names)] += number(bill["amount"])
    held = [max(line["available"], Fraction(0)) for line in today["categories"]]
    cash = total(number(entry["balance"]) for entry in question["balances"])
    aside = due[None] + total(max(amount, due[place]) for place, amount in enumerate(held))
    days = (income - as_of).days - 1
    per_day = round_to((cash - aside) / days, minor_unit(currency), "down") if days and cash >= aside else None
    return {
        "cash": cash,
        "envelopes": total(held),
        "bills": total(due.values()),
        "setAside": aside,
        "amount": cash - aside,
        "days": days,
        "perDay": per_day,
    }


OPERATIONS = {"cash_flow.budget": budget}
